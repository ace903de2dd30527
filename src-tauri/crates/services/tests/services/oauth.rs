//! The OAuth 2.0 provider.

use std::time::Duration;

use base64::Engine as _;
use reqwest::{Method, StatusCode};
use serde_json::Value;
use services::{Settings, demo_clients};
use sha2::{Digest, Sha256};
use url::Url;

use crate::client::{Setup, answer, code_of, quick, start};

const OWNER: &str = "owner@example.test";
const REDIRECT: &str = "http://127.0.0.1:9/oauth2/redirect";

fn parameter(url: &str, name: &str) -> Option<String> {
    Url::parse(url)
        .unwrap()
        .query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// Where GET /oauth2/authorize sends the browser.
async fn location(setup: &Setup, url: &str) -> String {
    let response = setup.http.get(url).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()["location"].to_str().unwrap().to_owned()
}

async fn error_of(response: reqwest::Response) -> (StatusCode, String) {
    let (status, body) = answer(response).await;
    assert!(body["error_description"].is_string(), "{body}");
    (status, body["error"].as_str().unwrap().to_owned())
}

async fn exchange(
    setup: &Setup,
    code: &str,
    redirect_uri: &str,
    more: &[(&str, &str)],
) -> reqwest::Response {
    let mut fields =
        vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect_uri)];
    fields.extend_from_slice(more);
    setup.token(&fields).await
}

#[tokio::test]
async fn a_code_becomes_tokens_that_open_userinfo() {
    let setup = start(quick()).await;
    let tokens = setup.tokens("member@example.test", &[]).await;
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 3600);
    assert_eq!(tokens["scope"], "profile esign.read esign.write");
    let token = tokens["access_token"].as_str().unwrap();
    let (status, info) = setup.call(token, Method::GET, "/oauth2/userinfo", None).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(info["sub"], "acct-member");
    assert_eq!(info["email"], "member@example.test");
    assert_eq!(info["name"], "Team Member");
}

#[tokio::test]
async fn requests_that_cannot_be_trusted_are_shown_and_not_redirected() {
    let setup = start(quick()).await;
    let id = demo_clients().esign_client_id;
    for query in [
        String::new(),
        format!("client_id={id}&response_type=code"),
        format!("client_id=nobody&redirect_uri={REDIRECT}"),
        format!("client_id={id}&client_id={id}&redirect_uri={REDIRECT}"),
        format!("client_id={id}&redirect_uri=http://example.test/"),
        format!("client_id={id}&redirect_uri={REDIRECT}&redirect_uri={REDIRECT}"),
        format!("client_id={id}&redirect_uri=javascript:alert(1)"),
    ] {
        let response =
            setup.request(Method::GET, &format!("/oauth2/authorize?{query}")).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{query}");
        assert!(response.headers().get("location").is_none());
        assert!(response.text().await.unwrap().contains("role=\"alert\""));
    }
}

#[tokio::test]
async fn other_bad_requests_go_back_to_the_client_with_the_state() {
    let setup = start(quick()).await;
    let base = format!(
        "client_id={}&redirect_uri={REDIRECT}%3Fkept%3D1&state=xyz",
        demo_clients().esign_client_id
    );
    let challenge = "a".repeat(43);
    for (more, error) in [
        (String::new(), "invalid_request"),
        ("&response_type=token".to_owned(), "unsupported_response_type"),
        ("&response_type=code&scope=profile+everything".to_owned(), "invalid_scope"),
        ("&response_type=code&scope=profile&scope=profile".to_owned(), "invalid_request"),
        (format!("&response_type=code&code_challenge={challenge}"), "invalid_request"),
        (
            format!("&response_type=code&code_challenge={challenge}&code_challenge_method=plain"),
            "invalid_request",
        ),
        (
            "&response_type=code&code_challenge=short&code_challenge_method=S256".to_owned(),
            "invalid_request",
        ),
        ("&response_type=code&code_challenge_method=S256".to_owned(), "invalid_request"),
    ] {
        let to = location(&setup, &setup.at(&format!("/oauth2/authorize?{base}{more}"))).await;
        assert!(to.starts_with(REDIRECT), "{to}");
        assert_eq!(parameter(&to, "error").as_deref(), Some(error), "{more}");
        assert_eq!(parameter(&to, "state").as_deref(), Some("xyz"));
        assert_eq!(parameter(&to, "kept").as_deref(), Some("1"));
        assert!(parameter(&to, "error_description").is_some());
    }
}

#[tokio::test]
async fn a_code_works_once_and_a_second_use_revokes_its_tokens() {
    let setup = start(quick()).await;
    let (code, redirect_uri) = setup.code(OWNER, &[]).await;
    let tokens: Value = exchange(&setup, &code, &redirect_uri, &[]).await.json().await.unwrap();
    let token = tokens["access_token"].as_str().unwrap();
    assert_eq!(setup.call(token, Method::GET, "/oauth2/userinfo", None).await.0, StatusCode::OK);

    let again = error_of(exchange(&setup, &code, &redirect_uri, &[]).await).await;
    assert_eq!(again, (StatusCode::BAD_REQUEST, "invalid_grant".to_owned()));
    let (status, body) = setup.call(token, Method::GET, "/oauth2/userinfo", None).await;
    assert_eq!((status, code_of(&body)), (StatusCode::UNAUTHORIZED, "invalid_token"));
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let refreshed =
        setup.token(&[("grant_type", "refresh_token"), ("refresh_token", refresh)]).await;
    assert_eq!(error_of(refreshed).await.1, "invalid_grant");
}

#[tokio::test]
async fn a_code_is_bound_to_its_time_redirect_and_client() {
    let setup = start(Settings { code_lifetime: Duration::ZERO, ..quick() }).await;
    let (code, redirect_uri) = setup.code(OWNER, &[]).await;
    assert_eq!(
        error_of(exchange(&setup, &code, &redirect_uri, &[]).await).await.1,
        "invalid_grant"
    );

    let setup = start(quick()).await;
    let (code, redirect_uri) = setup.code(OWNER, &[]).await;
    assert_eq!(
        error_of(exchange(&setup, &code, &format!("{redirect_uri}/"), &[]).await).await.1,
        "invalid_grant"
    );
    // A code that failed once is spent.
    assert_eq!(
        error_of(exchange(&setup, &code, &redirect_uri, &[]).await).await.1,
        "invalid_grant"
    );

    let (code, redirect_uri) = setup.code(OWNER, &[]).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", &redirect_uri),
        ("client_id", "stepsmith-other"),
        ("client_secret", "stepsmith-other-demo-secret"),
    ];
    let response = setup.request(Method::POST, "/oauth2/token").form(&form).send().await.unwrap();
    assert_eq!(error_of(response).await.1, "invalid_grant");
    assert_eq!(
        error_of(exchange(&setup, "code_unknown", &redirect_uri, &[]).await).await.1,
        "invalid_grant"
    );
}

#[tokio::test]
async fn pkce_is_checked_when_it_was_asked_for() {
    let setup = start(quick()).await;
    let verifier = "v".repeat(64);
    let challenge =
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
    let asked = [("code_challenge", challenge.as_str()), ("code_challenge_method", "S256")];
    for (asked, given, good) in [
        (&asked[..], vec![("code_verifier", verifier.as_str())], true),
        (&asked[..], vec![("code_verifier", "another")], false),
        (&asked[..], vec![], false),
        (&[], vec![("code_verifier", verifier.as_str())], false),
    ] {
        let (code, redirect_uri) = setup.code(OWNER, asked).await;
        let response = exchange(&setup, &code, &redirect_uri, &given).await;
        if good {
            assert_eq!(response.status(), StatusCode::OK);
        } else {
            assert_eq!(
                error_of(response).await,
                (StatusCode::BAD_REQUEST, "invalid_grant".to_owned())
            );
        }
    }
}

#[tokio::test]
async fn refresh_tokens_rotate_and_reuse_revokes_all() {
    let setup = start(quick()).await;
    let first = setup.tokens(OWNER, &[]).await;
    let refresh = |token: Value| {
        let setup = &setup;
        async move {
            setup
                .token(&[
                    ("grant_type", "refresh_token"),
                    ("refresh_token", token.as_str().unwrap()),
                ])
                .await
        }
    };
    let second: Value = refresh(first["refresh_token"].clone()).await.json().await.unwrap();
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    assert_ne!(first["access_token"], second["access_token"]);
    let token = second["access_token"].as_str().unwrap();
    assert_eq!(setup.call(token, Method::GET, "/oauth2/userinfo", None).await.0, StatusCode::OK);

    assert_eq!(error_of(refresh(first["refresh_token"].clone()).await).await.1, "invalid_grant");
    assert_eq!(
        setup.call(token, Method::GET, "/oauth2/userinfo", None).await.0,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(error_of(refresh(second["refresh_token"].clone()).await).await.1, "invalid_grant");
    assert_eq!(error_of(refresh(Value::from("rt_unknown")).await).await.1, "invalid_grant");
}

#[tokio::test]
async fn a_refresh_may_narrow_the_scope_but_not_widen_it() {
    let setup = start(quick()).await;
    let first = setup.tokens(OWNER, &[("scope", "profile esign.read")]).await;
    let refresh = first["refresh_token"].as_str().unwrap();
    let ask = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    let wide = setup.token(&[ask[0], ask[1], ("scope", "profile esign.write")]).await;
    assert_eq!(error_of(wide).await.1, "invalid_scope");
    let narrow: Value =
        setup.token(&[ask[0], ask[1], ("scope", "esign.read")]).await.json().await.unwrap();
    assert_eq!(narrow["scope"], "esign.read");
    let response = setup.request(Method::GET, "/oauth2/userinfo");
    let response =
        response.bearer_auth(narrow["access_token"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(
        response.headers()["www-authenticate"].to_str().unwrap().contains("insufficient_scope")
    );
}

#[tokio::test]
async fn clients_authenticate_by_header_or_body() {
    let setup = start(quick()).await;
    let demo = demo_clients();
    let (id, secret) = (demo.esign_client_id, demo.esign_client_secret);
    let post = |form: Vec<(&'static str, String)>| {
        setup.request(Method::POST, "/oauth2/token").form(&form)
    };
    let (code, redirect_uri) = setup.code(OWNER, &[]).await;
    let grant = |code: &str| {
        vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.to_owned()),
            ("redirect_uri", redirect_uri.clone()),
        ]
    };
    let basic =
        post(grant(&code)).basic_auth(id.replace('-', "%2D"), Some(secret)).send().await.unwrap();
    assert_eq!(basic.status(), StatusCode::OK, "client_secret_basic, form-encoded");
    assert_eq!(basic.headers()["cache-control"], "no-store");

    let wrong = post(grant("c")).basic_auth(id, Some("wrong")).send().await.unwrap();
    assert!(wrong.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic "));
    assert_eq!(error_of(wrong).await, (StatusCode::UNAUTHORIZED, "invalid_client".to_owned()));
    let unreadable = post(grant("c")).header("Authorization", "Basic ?").send().await.unwrap();
    assert_eq!(error_of(unreadable).await.1, "invalid_client");

    for (more, error) in [
        (vec![], "invalid_client"),
        (vec![("client_id", id)], "invalid_client"),
        (vec![("client_id", id), ("client_secret", "wrong")], "invalid_client"),
        (vec![("client_id", "nobody"), ("client_secret", secret)], "invalid_client"),
    ] {
        let mut form = grant("c");
        form.extend(more.into_iter().map(|(name, value)| (name, value.to_owned())));
        assert_eq!(error_of(post(form).send().await.unwrap()).await.1, error);
    }
    let mut both = grant("c");
    both.push(("client_secret", secret.to_owned()));
    let both = post(both).basic_auth(id, Some(secret)).send().await.unwrap();
    assert_eq!(error_of(both).await.1, "invalid_request");
}

#[tokio::test]
async fn malformed_token_requests_are_named() {
    let setup = start(quick()).await;
    for (fields, error) in [
        (vec![], "invalid_request"),
        (vec![("grant_type", "password")], "unsupported_grant_type"),
        (vec![("grant_type", "authorization_code")], "invalid_request"),
        (vec![("grant_type", "authorization_code"), ("code", "c")], "invalid_request"),
        (vec![("grant_type", "refresh_token")], "invalid_request"),
        (vec![("grant_type", "refresh_token"), ("grant_type", "refresh_token")], "invalid_request"),
    ] {
        assert_eq!(
            error_of(setup.token(&fields).await).await,
            (StatusCode::BAD_REQUEST, error.to_owned())
        );
    }
    let json = setup
        .request(Method::POST, "/oauth2/token")
        .json(&serde_json::json!({}))
        .send()
        .await
        .unwrap();
    assert_eq!(error_of(json).await.1, "invalid_request");
    let get = setup.request(Method::GET, "/oauth2/token").send().await.unwrap();
    assert_eq!(get.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn userinfo_wants_a_token_that_has_not_expired() {
    let setup = start(Settings { access_token_lifetime: Duration::ZERO, ..quick() }).await;
    let expired = setup.access_token().await;
    for (token, code) in [
        (None, "unauthorized"),
        (Some("at_x"), "invalid_token"),
        (Some(&*expired), "invalid_token"),
    ] {
        let mut request = setup.request(Method::GET, "/oauth2/userinfo");
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.unwrap();
        let challenge = response.headers()["www-authenticate"].to_str().unwrap().to_owned();
        assert!(challenge.starts_with("Bearer "), "{challenge}");
        assert_eq!(challenge.contains("invalid_token"), token.is_some());
        let (status, body) = answer(response).await;
        assert_eq!((status, code_of(&body)), (StatusCode::UNAUTHORIZED, code));
    }
}
