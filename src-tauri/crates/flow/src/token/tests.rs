use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use definition::NameValue;
use proptest::prelude::*;
use serde_json::json;

use super::*;

fn answer(status: u16, content_type: &str, body: &str) -> HttpAnswer {
    HttpAnswer {
        status,
        content_type: Some(content_type.to_owned()),
        body: body.to_owned(),
        ..HttpAnswer::default()
    }
}

fn json_token(body: serde_json::Value) -> Result<Token, TokenError> {
    parse_token(&answer(200, "application/json", &body.to_string()))
}

#[test]
fn reads_json_and_form() {
    let token = json_token(
        json!({ "access_token": "a", "refresh_token": "r", "expires_in": 3600, "scope": "x y" }),
    )
    .unwrap();
    assert_eq!((token.access_token.as_str(), token.token_type.as_str()), ("a", "Bearer"));
    assert_eq!((token.refresh_token.as_deref(), token.expires_in), (Some("r"), Some(3600)));
    let form = answer(
        200,
        "application/x-www-form-urlencoded; charset=utf-8",
        "access_token=a%26b&token_type=bearer&expires_in=60",
    );
    let token = parse_token(&form).unwrap();
    assert_eq!(
        (token.access_token.as_str(), token.token_type.as_str(), token.expires_in),
        ("a&b", "bearer", Some(60))
    );
    let mislabelled = parse_token(&answer(200, "text/plain", "access_token=a&scope=")).unwrap();
    assert_eq!((mislabelled.access_token.as_str(), mislabelled.scope), ("a", None));
    assert!(
        parse_token(&answer(200, "text/html", r#"{"access_token":"a"}"#)).is_ok(),
        "a mislabelled JSON object"
    );
}

#[test]
fn expires_in_is_a_number_or_a_numeric_string() {
    let lifetime =
        |value: serde_json::Value| json_token(json!({ "access_token": "a", "expires_in": value }));
    assert_eq!(lifetime(json!("3600")).unwrap().expires_in, Some(3600));
    assert_eq!(lifetime(json!(59.9)).unwrap().expires_in, Some(59));
    assert_eq!(lifetime(json!(null)).unwrap().expires_in, None);
    assert_eq!(lifetime(json!(1e300)).unwrap().expires_in, Some(i64::from(i32::MAX)));
    for wrong in [json!("soon"), json!(-1), json!([1]), json!(true)] {
        assert!(matches!(lifetime(wrong), Err(TokenError::Mistyped { field: "expires_in", .. })));
    }
}

#[test]
fn the_provider_speaks_in_its_own_words() {
    let body = r#"{"error":"invalid_grant","error_description":"Code expired","error_uri":"https://p.example/e"}"#;
    let error = parse_token(&answer(400, "application/json", body)).unwrap_err();
    let text = error.to_string();
    let said =
        "the provider refused: invalid_grant: Code expired, see https://p.example/e (status 400). ";
    assert!(text.starts_with(said) && text.contains("used before"), "{text}");
    let long = "why ".repeat(150);
    let body = serde_json::json!({ "error": "x", "error_description": long }).to_string();
    let error = parse_token(&answer(400, "application/json", &body)).unwrap_err().to_string();
    assert!(error.contains(long.trim()), "all of it: {error}");
    let with_200 = answer(
        200,
        "application/x-www-form-urlencoded",
        "error=bad_verification_code&error_description=The+code",
    );
    assert!(
        parse_token(&with_200).unwrap_err().to_string().contains("bad_verification_code: The code")
    );
    let nested = parse_token(&answer(
        401,
        "application/json",
        r#"{"error":{"code":"E7","message":"no such app"}}"#,
    ));
    assert!(nested.unwrap_err().to_string().contains("E7: no such app"));
}

#[test]
fn each_wrong_answer_names_its_cause() {
    let page = answer(200, "text/html", "<html><body><h1>Sign in</h1></body></html>");
    let error = parse_token(&page).unwrap_err();
    assert!(matches!(&error, TokenError::WebPage { excerpt } if excerpt == "Sign in"), "{error}");
    let error = parse_token(&answer(502, "text/html", "<h1>Bad gateway</h1>")).unwrap_err();
    assert!(
        matches!(&error, TokenError::Status { status: 502, excerpt } if excerpt == "Bad gateway"),
        "{error}"
    );
    let error = json_token(json!({ "token": "secret-1", "ok": true })).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the token URL's answer has no access_token; its fields are: token, ok"
    );
    for (body, says) in [
        (
            json!({ "errcode": 40029, "errmsg": "invalid code" }),
            "errcode 40029, errmsg invalid code",
        ),
        (
            json!({ "code": 40002, "message": "auth_code used", "data": {} }),
            "code 40002, message auth_code used",
        ),
        (
            json!({ "errors": [{ "detail": "no", "id_token": "secret-1" }], "code": "secret-1" }),
            r#"errors [{"detail":"no","id_token":"***"}]"#,
        ),
    ] {
        let text = json_token(body).unwrap_err().to_string();
        assert!(
            text.ends_with(&format!("; it says: {says}")) && !text.contains("secret-1"),
            "{text}"
        );
    }
    assert!(matches!(
        parse_token(&answer(200, "text/plain", "hello")),
        Err(TokenError::Unreadable { .. })
    ));
    assert!(matches!(
        parse_token(&answer(200, "application/json", "[1]")),
        Err(TokenError::Unreadable { .. })
    ));
    assert!(matches!(
        json_token(json!({ "access_token": 7 })),
        Err(TokenError::Mistyped { field: "access_token", .. })
    ));
    assert!(matches!(
        json_token(json!({ "access_token": "" })),
        Err(TokenError::MissingAccessToken { .. })
    ));
    let broken = parse_token(&answer(200, "application/json", r#"{"access_token":"very-secret"#))
        .unwrap_err();
    assert!(!format!("{broken} {broken:?}").contains("very-secret"));
}

#[test]
fn a_token_has_no_line_break_and_no_broken_character() {
    for wrong in ["a\r\nX: 1", "a\u{0}", "a\u{fffd}"] {
        for field in ["access_token", "refresh_token"] {
            let mut body = json!({ "access_token": "a" });
            body[field] = json!(wrong);
            let error = json_token(body).unwrap_err();
            assert!(matches!(error, TokenError::Mistyped { field: named, .. } if named == field));
        }
    }
}

#[test]
fn functions_get_strings() {
    let token = json_token(
        json!({ "access_token": "a", "refresh_token": "r", "expires_in": 3600, "token_type": "bearer" }),
    );
    let credential =
        OAuth2Credential::new(token.unwrap(), vec![NameValue::new("realmId", "1")], 1_000);
    let credential = Credential::OAuth2(credential);
    assert_eq!(
        credential.value(),
        json!({ "oauth2": {
            "access_token": "a", "refresh_token": "r", "expires_in": "3600", "token_type": "bearer",
            "redirect_queries": [{ "name": "realmId", "value": "1" }],
        } })
    );
    let stored: Credential = serde_json::from_value(json!(credential)).unwrap();
    assert_eq!(stored, credential);
    let text = format!("{credential:?}");
    assert!(!text.contains("\"a\"") && !text.contains("\"r\""), "{text}");
    let custom = Credential::Custom(json!({ "key": "k" }).as_object().unwrap().clone());
    assert_eq!(custom.value(), json!({ "custom": { "key": "k" } }));
    assert!(!custom.needs_refresh(i64::MAX));
}

#[test]
fn a_token_is_refreshed_thirty_seconds_early_and_keeps_its_refresh_token() {
    let token =
        json_token(json!({ "access_token": "a", "refresh_token": "r", "expires_in": "60" }))
            .unwrap();
    let credential = OAuth2Credential::new(token, Vec::new(), 1_000);
    assert_eq!(credential.expires_at, Some(61_000));
    assert!(!credential.needs_refresh(30_999));
    assert!(credential.needs_refresh(31_000));
    let next = credential.refreshed(json_token(json!({ "access_token": "b" })).unwrap(), 50_000);
    assert_eq!(
        (next.token.access_token.as_str(), next.token.refresh_token.as_deref()),
        ("b", Some("r"))
    );
    assert_eq!((next.expires_at, next.needs_refresh(i64::MAX)), (None, false));
    let rotated = credential
        .refreshed(json_token(json!({ "access_token": "b", "refresh_token": "r2" })).unwrap(), 0);
    assert_eq!(rotated.token.refresh_token.as_deref(), Some("r2"));
}

#[test]
fn an_error_that_is_not_oauths_is_shown_as_it_is_without_values_that_open_doors() {
    for (status, body, says) in [
        (400, r#"{"message":"invalid token request"}"#, "invalid token request"),
        (500, "Your token could not be made today", "Your token could not be made today"),
        (500, r#"{"api_token":"hush-hush","code":12,"hint":"x"}"#, r#""hint":"x""#),
        (500, r#"{"access_token": "hush-hush"#, "may hold a token"),
        (500, "token=hush-hush", "may hold a token"),
    ] {
        let error = parse_token(&answer(status, "text/plain", body)).unwrap_err().to_string();
        assert!(error.contains(says) && !error.contains("hush-hush"), "{error}");
    }
    let elsewhere = HttpAnswer {
        location: Some("https://p.example/new?code=hush-hush".to_owned()),
        ..answer(302, "text/html", "")
    };
    let error = parse_token(&elsewhere).unwrap_err().to_string();
    assert!(error.contains("redirect to https://p.example/new (status 302)"), "{error}");
    assert!(!error.contains("hush-hush"));
}

#[test]
fn a_token_that_is_to_count_as_expired_does() {
    let token = json_token(json!({ "access_token": "a", "expires_in": 60 })).unwrap();
    let credential = OAuth2Credential::new(token.clone(), Vec::new(), 1_000);
    assert!(credential.expired(2_000).needs_refresh(2_000));
    assert_eq!(credential.expired(90_000).expires_at, Some(61_000), "it had expired already");
    let endless = OAuth2Credential { expires_at: None, ..credential };
    let zero = json_token(json!({ "access_token": "a", "expires_in": 0, "scope": null })).unwrap();
    assert_eq!(OAuth2Credential::new(zero, Vec::new(), 1_000).expires_at, None, "0 = never");
    assert!(endless.expired(2_000).needs_refresh(2_000));
    assert_eq!(field_names(&answer(200, "", r#"{"b":1,"a":2}"#)).len(), 2);
}

proptest! {
    #[test]
    fn any_answer_is_read_without_panic_and_no_error_shows_a_token(
        status in 100u16..600, content_type in "application/json|text/html|x", body in "\\PC{0,60}",
    ) {
        let _ = parse_token(&answer(status, &content_type, &body));
        let leaking = format!("{{\"refresh_token\":\"hush-hush\",\"expires_in\":{body:?}, \"a\": [{body}");
        if let Err(error) = parse_token(&answer(status, &content_type, &leaking)) {
            prop_assert!(!error.to_string().contains("hush-hush"));
        }
    }
}

#[test]
fn an_id_token_leaves_its_claims_and_nothing_else() {
    let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let header = part(json!({ "alg": "RS256" }));
    let payload = part(json!({ "sub": "ada", "email": "ada@example.test" }));
    let id_token = format!("{header}.{payload}.c2lnbmF0dXJl");
    let token = json_token(json!({ "access_token": "a", "id_token": id_token })).unwrap();
    assert_eq!(token.id_claims.as_ref().unwrap().payload["sub"], "ada");
    assert!(!format!("{token:?}").contains("ada"));
    let first = OAuth2Credential::new(token, Vec::new(), 0);
    let saved = serde_json::to_string(&first).unwrap();
    assert!(!saved.contains(&id_token) && !saved.contains("c2lnbmF0dXJl"), "{saved}");
    assert_eq!(Credential::OAuth2(first.clone()).value()["oauth2"].get("id_token"), None);
    // A refresh brings a new one or none.
    let next = first.refreshed(json_token(json!({ "access_token": "b" })).unwrap(), 0);
    assert_eq!(next.token.id_claims, first.token.id_claims);
    let other = format!("{header}.{}.c2ln", part(json!({ "sub": "bob" })));
    let renewed = json_token(json!({ "access_token": "b", "id_token": other })).unwrap();
    assert_eq!(first.refreshed(renewed, 0).token.id_claims.unwrap().payload["sub"], "bob");
    // What was saved before there were any is read as it was.
    let old = json!({ "access_token": "a", "token_type": "Bearer" });
    assert_eq!(serde_json::from_value::<Token>(old).unwrap().id_claims, None);
    for shapeless in [json!(1), json!({}), json!("opaque")] {
        let body = json!({ "access_token": "a", "id_token": shapeless });
        assert_eq!(json_token(body).unwrap().id_claims, None);
    }
}
