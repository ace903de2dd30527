mod again;

use proptest::prelude::*;

use super::*;
use crate::run::CallFailure;
use crate::token::HttpAnswer;

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

fn authentication() -> Authentication {
    serde_json::from_value(json!({ "oauth2": {
        "client_id": "app",
        "authorization_request": { "method": "GET", "url": "https://p.example/authorize", "queries": [
            { "name": "state", "value": "fixed" },
            { "name": "redirect_uri", "value": "{{redirect_uri}}" },
            { "name": "code_challenge", "value": "{{code_challenge}}" },
        ] },
        "get_token_request": { "method": "POST", "url": "https://p.example/token", "body_fields": [
            { "name": "code", "value": "{{code}}" },
            { "name": "client_secret", "value": "{{client_secret}}" },
            { "name": "code_verifier", "value": "{{code_verifier}}" },
        ] },
        "refresh_token_request": { "method": "POST", "url": "https://p.example/token", "body_fields": [
            { "name": "refresh_token", "value": "{{refresh_token}}" },
        ] },
        "test_token_request": { "method": "GET", "url": "https://p.example/{{query.realm}}/me", "headers": [
            { "name": "Authorization", "value": "Bearer {{access_token}}" },
        ] },
    } }))
    .unwrap()
}

fn secrets() -> AttemptSecrets {
    AttemptSecrets {
        client_secret: "hush".to_owned(),
        state: "st-1".to_owned(),
        code_verifier: VERIFIER.to_owned(),
    }
}

fn oauth2() -> Attempt {
    Attempt::new(&authentication(), "http://127.0.0.1:9/oauth2", secrets()).unwrap()
}

fn custom() -> Attempt {
    let inputs = json!({ "custom": { "inputs": [
        { "key": "api_key", "label": "API key" }, { "key": "region", "label": "Region", "required": false },
    ] } });
    Attempt::new(&serde_json::from_value(inputs).unwrap(), "", secrets()).unwrap()
}

fn redirect(pairs: &[(&str, &str)]) -> AuthorizationEvent {
    AuthorizationEvent::RedirectArrived {
        queries: pairs.iter().map(|(name, value)| NameValue::new(*name, *value)).collect(),
    }
}

fn answered(status: u16, body: Value) -> AuthorizationEvent {
    let content_type = Some("application/json".to_owned());
    AuthorizationEvent::TokenAnswered(Ok(HttpAnswer {
        status,
        content_type,
        body: body.to_string(),
        ..HttpAnswer::default()
    }))
}

fn identified(value: Value) -> AuthorizationEvent {
    AuthorizationEvent::IdentityReturned { call_id: "call-1".to_owned(), result: Ok(value) }
}

fn arrows(effects: &[AuthorizationEffect]) -> Vec<String> {
    let messages: Vec<Message> = effects
        .iter()
        .filter_map(|effect| match effect {
            AuthorizationEffect::Record(message) => Some(message.clone()),
            _ => None,
        })
        .collect();
    let text = crate::timeline::mermaid(&messages, crate::timeline::Requests::Shown);
    text.lines()
        .skip(2)
        .map(str::trim)
        .filter(|line| line.contains(": "))
        .map(str::to_owned)
        .collect()
}

fn failed(effects: &[AuthorizationEffect]) -> Option<String> {
    effects.iter().find_map(|effect| match effect {
        AuthorizationEffect::Failed { title, description } => {
            Some(format!("{title}: {description}"))
        }
        _ => None,
    })
}

fn refused(effects: &[AuthorizationEffect]) -> Option<&str> {
    effects.iter().find_map(|effect| match effect {
        AuthorizationEffect::RefuseRedirect { title, .. } => Some(title.as_str()),
        _ => None,
    })
}

const GOOD: &[(&str, &str)] =
    &[("code", "c-1"), ("state", "st-1"), ("realm", "r1"), ("iss", "https://p.example")];

/// An attempt that waits for the token.
fn at_token() -> Attempt {
    let mut attempt = oauth2();
    attempt.apply(1, AuthorizationEvent::Start).unwrap();
    attempt.apply(2, redirect(GOOD)).unwrap();
    attempt
}

#[test]
fn oauth2_follows_the_seeds_diagram() {
    let mut attempt = oauth2();
    let mut effects = attempt.apply(1, AuthorizationEvent::Start).unwrap();
    let AuthorizationEffect::OpenBrowser { url } = effects.last().unwrap() else {
        panic!("{effects:?}")
    };
    assert_eq!(
        url,
        "https://p.example/authorize?redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Foauth2\
         &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&state=st-1",
        "RFC 7636's own example, and the framework's state"
    );
    let sent = attempt.apply(2, redirect(GOOD)).unwrap();
    let AuthorizationEffect::Send(request) = sent.last().unwrap() else { panic!("{sent:?}") };
    assert_eq!(
        request.body.as_deref(),
        Some(format!("code=c-1&client_secret=hush&code_verifier={VERIFIER}").as_str())
    );
    effects.extend(sent);
    let called =
        attempt.apply(3, answered(200, json!({ "access_token": "at", "expires_in": 60 }))).unwrap();
    let AuthorizationEffect::CallIdentity { credential } = called.last().unwrap() else {
        panic!("{called:?}")
    };
    let queries = credential.value()["oauth2"]["redirect_queries"].clone();
    assert_eq!(queries[0], json!({ "name": "realm", "value": "r1" }));
    assert_eq!(queries.as_array().unwrap().len(), 2, "neither code nor state");
    effects.extend(called);
    let saved = attempt
        .apply(4, identified(json!({ "output": { "unique_id": "u", "display_id": "d" } })))
        .unwrap();
    let AuthorizationEffect::Save { credential, unique_id, .. } = saved.last().unwrap() else {
        panic!("{saved:?}")
    };
    assert_eq!((credential.expires_at(), unique_id.as_str()), (Some(60_003), "u"));
    effects.extend(saved);
    assert_eq!(
        arrows(&effects),
        [
            "CL-->>C: Open OAuth2 authorization web page",
            "C->ES: Authenticate",
            "ES-->>IF: Redirect to OAuth2 redirect URL",
            "IF->>ES: Get OAuth2 token",
            "ES-->>IF: OAuth2 token",
            "IF-->>IF: Invoke identity function to get identity information",
            "IF-->>IF: Save credential",
        ]
    );
    let text = format!("{effects:?} {attempt:?}");
    for secret in ["hush", "c-1", "st-1", VERIFIER, "\"at\""] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let phase = attempt.phase();
    assert!(
        phase.over
            && phase.notices.is_empty()
            && phase.steps.iter().all(|step| step.state == StepState::Done)
    );
}

#[test]
fn custom_follows_the_seeds_diagram() {
    let mut attempt = custom();
    let mut effects = attempt.apply(1, AuthorizationEvent::Start).unwrap();
    assert_eq!(attempt.phase().custom_inputs.unwrap().len(), 2);
    let submit = |values: Value| AuthorizationEvent::CustomSubmitted {
        values: values.as_object().unwrap().clone(),
    };
    let asked = attempt.apply(2, submit(json!({ "api_key": "", "region": 5 }))).unwrap();
    let AuthorizationEffect::AskCustomInputs { problems } = asked.last().unwrap() else {
        panic!("{asked:?}")
    };
    assert_eq!(problems.len(), 2);
    effects.extend(attempt.apply(3, submit(json!({ "api_key": "hush", "other": "x" }))).unwrap());
    let AuthorizationEffect::CallIdentity { credential } = effects.last().unwrap() else {
        panic!("{effects:?}")
    };
    assert_eq!(credential.value(), json!({ "custom": { "api_key": "hush" } }));
    effects.extend(
        attempt
            .apply(4, identified(json!({ "output": { "unique_id": "u", "display_id": "d" } })))
            .unwrap(),
    );
    assert_eq!(
        arrows(&effects),
        [
            "CL-->>C: Display a form to ask creator to provide input",
            "C->>CL: Inputs",
            "CL->>IF: Inputs",
            "IF-->>IF: Invoke identity function to get identity information",
            "IF-->>IF: Save credential",
        ]
    );
    assert!(!format!("{effects:?}").contains("hush"));
}

#[test]
fn a_foreign_redirect_is_turned_away_and_the_attempt_goes_on() {
    let mut attempt = oauth2();
    let early = attempt.apply(0, redirect(GOOD)).unwrap();
    assert_eq!(refused(&early), Some("Redirect was used already"));
    attempt.apply(1, AuthorizationEvent::Start).unwrap();
    for (pairs, title) in [
        (&[("code", "evil")][..], "State is missing"),
        (&[("code", "evil"), ("state", "st-2")], "State does not match"),
        (&[("code", "evil"), ("state", "st-")], "State does not match"),
        (&[("code", "evil"), ("state", "st-1"), ("state", "st-1")], "State is missing"),
        (&[("error", "access_denied"), ("state", "")], "State does not match"),
    ] {
        let effects = attempt.apply(2, redirect(pairs)).unwrap();
        assert_eq!(refused(&effects), Some(title), "{pairs:?}");
        assert_eq!(failed(&effects), None);
    }
    let effects = attempt.apply(3, redirect(GOOD)).unwrap();
    assert!(matches!(effects.last(), Some(AuthorizationEffect::Send(_))));
    let again = attempt.apply(4, redirect(GOOD)).unwrap();
    assert_eq!(refused(&again), Some("Redirect was used already"));
    assert!(!format!("{again:?}").contains("c-1"));
    attempt.apply(5, answered(200, json!({ "access_token": "at" }))).unwrap();
}

#[test]
fn a_redirect_without_code_fails_in_the_providers_words() {
    for (pairs, says) in [
        (
            &[("state", "st-1"), ("error", "access_denied"), ("error_description", "Not today")][..],
            "access_denied: Not today",
        ),
        (&[("state", "st-1"), ("error", "server_error")], "server_error"),
        (&[("state", "st-1"), ("foo", "1")], "state, foo"),
        (&[("state", "st-1"), ("code", "")], "neither code nor error"),
        (&[("state", "st-1"), ("code", "1"), ("code", "2")], "more than one code"),
    ] {
        let mut attempt = oauth2();
        attempt.apply(1, AuthorizationEvent::Start).unwrap();
        let effects = attempt.apply(2, redirect(pairs)).unwrap();
        assert!(failed(&effects).unwrap().contains(says), "{effects:?}");
        let phase = attempt.phase();
        assert_eq!((phase.over, phase.steps[1].state), (true, StepState::Failed));
    }
}

#[test]
fn an_answer_of_another_issuer_ends_the_attempt_with_its_code_unused() {
    let answer = |authentication: &Authentication, issuers: &[&str]| {
        let mut attempt = Attempt::new(authentication, "http://r", secrets()).unwrap();
        attempt.apply(1, AuthorizationEvent::Start).unwrap();
        let mut pairs = vec![("code", "c"), ("state", "st-1")];
        pairs.extend(issuers.iter().map(|issuer| ("iss", *issuer)));
        attempt.apply(2, redirect(&pairs)).unwrap()
    };
    let sent = |effects: &[AuthorizationEffect]| {
        effects.iter().any(|effect| matches!(effect, AuthorizationEffect::Send(_)))
    };
    let plain = authentication();
    let mut named = authentication();
    let oauth2 = named.oauth2.as_mut().unwrap();
    oauth2.unknown.insert("issuer".to_owned(), json!("https://id.example/tenant"));
    assert!(sent(&answer(&plain, &[])) && sent(&answer(&plain, &["https://p.example/a"])));
    assert!(sent(&answer(&named, &["https://id.example/tenant"])));
    for (authentication, issuers) in [
        (&plain, &["https://other.example"][..]),
        (&plain, &["not a URL"]),
        (&plain, &["https://p.example", "https://p.example"]),
        (&named, &["https://id.example/tenant/"]),
        (&named, &["https://p.example"]),
    ] {
        let effects = answer(authentication, issuers);
        assert!(!sent(&effects), "{issuers:?}");
        assert!(failed(&effects).unwrap().contains("another issuer's"), "{effects:?}");
    }
}

#[test]
fn token_and_template_failures_end_the_attempt() {
    for (event, says) in [
        (
            AuthorizationEvent::TokenAnswered(Err("connection refused".to_owned())),
            "connection refused",
        ),
        (
            answered(400, json!({ "error": "invalid_client", "error_description": "Who?" })),
            "invalid_client: Who?",
        ),
        (answered(200, json!({ "token": "x" })), "no access_token"),
    ] {
        let effects = at_token().apply(3, event).unwrap();
        assert!(failed(&effects).unwrap().contains(says), "{effects:?}");
        assert!(matches!(&effects[0], AuthorizationEffect::Record(message) if message.failed));
    }
    let nameless = AttemptSecrets {
        client_secret: String::new(),
        code_verifier: "short".to_owned(),
        ..secrets()
    };
    let mut attempt =
        Attempt::new(&authentication(), "http://127.0.0.1:9/oauth2", nameless).unwrap();
    let effects = attempt.apply(1, AuthorizationEvent::Start).unwrap();
    let text = failed(&effects).unwrap();
    assert!(
        text.contains("authorization_request.queries[1].value") && text.contains("code_challenge"),
        "{text}"
    );
    let mut posted = authentication();
    posted.oauth2.as_mut().unwrap().authorization_request.method = definition::Method::Post;
    let mut attempt = Attempt::new(&posted, "http://127.0.0.1:9/oauth2", secrets()).unwrap();
    assert!(
        failed(&attempt.apply(1, AuthorizationEvent::Start).unwrap())
            .unwrap()
            .contains("authorization_request.method")
    );
}

#[test]
fn identity_can_be_called_again_after_the_author_mended_it() {
    let mut attempt = at_token();
    attempt.apply(3, answered(200, json!({ "access_token": "at" }))).unwrap();
    for (value, says) in [
        (
            json!({ "error": { "title": "No", "description": "account closed" } }),
            "No: account closed",
        ),
        (json!({ "unique_id": "u", "display_id": "d" }), "expected it inside output"),
        (json!({ "output": { "unique_id": "", "display_id": "d" } }), "output.unique_id is empty"),
        (
            json!({ "output": { "unique_id": "u", "display_id": 5 } }),
            "output.display_id is a number",
        ),
        (json!("u"), "identity returned a string"),
        (json!({}), "no output"),
        (json!({ "directive": { "type": "refresh_token" } }), "just received"),
    ] {
        let effects = attempt.apply(4, identified(value)).unwrap();
        assert!(failed(&effects).unwrap().contains(says), "{says}: {effects:?}");
        assert!(attempt.phase().can_retry_identity);
        let effects = attempt.apply(5, AuthorizationEvent::RetryIdentity).unwrap();
        assert!(matches!(effects.as_slice(), [AuthorizationEffect::CallIdentity { .. }]));
        assert!(!attempt.phase().over);
    }
    let thrown = AuthorizationEvent::IdentityReturned {
        call_id: "c".to_owned(),
        result: Err(CallFailure::new("TypeError: x")),
    };
    assert!(failed(&attempt.apply(6, thrown).unwrap()).unwrap().contains("TypeError: x"));
}

#[test]
fn cancel_and_time_out_end_the_attempt_once() {
    for event in [AuthorizationEvent::Cancel, AuthorizationEvent::TimedOut] {
        let mut attempt = oauth2();
        attempt.apply(1, AuthorizationEvent::Start).unwrap();
        assert!(failed(&attempt.apply(2, event.clone()).unwrap()).is_some());
        assert!(attempt.apply(3, event).is_err());
        assert_eq!(
            refused(&attempt.apply(4, redirect(GOOD)).unwrap()),
            Some("Redirect was used already")
        );
        assert!(attempt.apply(5, AuthorizationEvent::RetryIdentity).is_err());
    }
}

#[test]
fn what_cannot_be_authorized_says_so() {
    let none = Attempt::new(&Authentication::default(), "", secrets()).unwrap_err();
    assert_eq!(none, AttemptUnavailable::NoAuthorization);
}

#[test]
fn a_saved_token_is_refreshed_and_tested() {
    let mut config = authentication().oauth2.unwrap();
    let token: crate::token::Token = serde_json::from_value(
        json!({ "access_token": "at", "refresh_token": "rt", "token_type": "Bearer" }),
    )
    .unwrap();
    let queries = vec![NameValue::new("realm", "r1")];
    let mut credential = crate::token::OAuth2Credential::new(token, queries, 0);
    let request = refresh_request(&config, "hush", "http://r", &credential).unwrap();
    assert_eq!(request.body.as_deref(), Some("refresh_token=rt"));
    let test = test_request(&config, "hush", "http://r", &credential).unwrap().unwrap();
    assert_eq!(
        (test.url.as_str(), test.headers[0].value.as_str()),
        ("https://p.example/r1/me", "Bearer at")
    );
    let AuthorizationEvent::TokenAnswered(answer) = answered(200, json!({ "access_token": "a2" }))
    else {
        panic!()
    };
    let next = read_refresh(&credential, answer, 5).unwrap();
    assert_eq!((next.token.refresh_token.as_deref(), next.received_at), (Some("rt"), 5));
    let unreachable = read_refresh(&credential, Err("timed out".to_owned()), 5).unwrap_err();
    assert!(unreachable.to_string().contains("timed out"));
    credential.token.refresh_token = None;
    assert_eq!(
        refresh_request(&config, "", "", &credential).unwrap_err(),
        RefreshError::NoRefreshToken
    );
    let prolongs = config.refresh_token_request.as_mut().unwrap();
    prolongs.body_fields = vec![NameValue::new("access_token", "{{access_token}}")];
    let request = refresh_request(&config, "", "", &credential).unwrap();
    assert_eq!(request.body.as_deref(), Some("access_token=at"), "without a refresh token");
    config.refresh_token_request = None;
    config.test_token_request = None;
    assert_eq!(
        refresh_request(&config, "", "", &credential).unwrap_err(),
        RefreshError::NotConfigured
    );
    assert!(test_request(&config, "", "", &credential).is_none());
}

#[test]
fn a_code_may_have_a_name_of_its_own() {
    let mut authentication = authentication();
    let config = authentication.oauth2.as_mut().unwrap();
    config.get_token_request.body_fields[0].value = "{{query.spapi_oauth_code}}".to_owned();
    let begun = || {
        let mut attempt = Attempt::new(&authentication, "http://r", secrets()).unwrap();
        attempt.apply(1, AuthorizationEvent::Start).unwrap();
        attempt
    };
    let mut attempt = begun();
    let back = [("spapi_oauth_code", "c-1"), ("seller", "s"), ("state", "st-1")];
    let effects = attempt.apply(2, redirect(&back)).unwrap();
    let Some(AuthorizationEffect::Send(request)) = effects.last() else { panic!("{effects:?}") };
    assert!(request.body.as_ref().unwrap().starts_with("code=c-1&"), "{:?}", request.body);
    assert!(!format!("{effects:?}").contains("c-1"), "it is masked in what is recorded");
    let effects = attempt.apply(3, answered(200, json!({ "access_token": "at" }))).unwrap();
    let Some(AuthorizationEffect::CallIdentity { credential: Credential::OAuth2(credential) }) =
        effects.last()
    else {
        panic!("{effects:?}")
    };
    assert_eq!(credential.redirect_queries, [NameValue::new("seller", "s")]);

    let effects = begun().apply(2, redirect(&[("code", "c-1"), ("state", "st-1")])).unwrap();
    let text = failed(&effects).unwrap();
    assert!(text.contains("{{query.spapi_oauth_code}} has no value"), "{text}");
    let text = failed(&begun().apply(2, redirect(&[("error", "no"), ("state", "st-1")])).unwrap());
    assert!(text.unwrap().contains("The provider refused: no"));
    for (name, is_code) in [
        ("code", true),
        ("auth_code", true),
        ("authCode", true),
        ("postcode", false),
        ("author", false),
    ] {
        assert_eq!(carries_code(name), is_code, "{name}");
    }
}

fn any_event() -> impl Strategy<Value = AuthorizationEvent> {
    prop_oneof![
        Just(AuthorizationEvent::Start),
        Just(redirect(GOOD)),
        Just(redirect(&[("state", "st-1"), ("error", "x")])),
        Just(redirect(&[("code", "evil")])),
        Just(answered(200, json!({ "access_token": "at" }))),
        Just(answered(500, json!(null))),
        Just(AuthorizationEvent::CustomSubmitted {
            values: json!({ "api_key": "k" }).as_object().unwrap().clone()
        }),
        Just(identified(json!({ "output": { "unique_id": "u", "display_id": "d" } }))),
        Just(identified(json!([]))),
        Just(AuthorizationEvent::RetryIdentity),
        Just(AuthorizationEvent::KeepOther),
        Just(AuthorizationEvent::Cancel),
        Just(AuthorizationEvent::TimedOut),
    ]
}

proptest! {
    #[test]
    fn any_events_end_in_at_most_one_credential(
        is_custom in any::<bool>(), events in proptest::collection::vec((any_event(), -5i64..50), 0..30),
    ) {
        let mut attempt = if is_custom { custom() } else { oauth2() };
        let (mut saved, mut sent, mut last_at) = (0, 0, i64::MIN);
        for (event, now) in events {
            for effect in attempt.apply(now, event).unwrap_or_default() {
                match effect {
                    AuthorizationEffect::Record(message) => {
                        prop_assert!(message.at >= last_at);
                        last_at = message.at;
                    }
                    AuthorizationEffect::Save { .. } => saved += 1,
                    AuthorizationEffect::Send(_) => sent += 1,
                    _ => {}
                }
            }
            let phase = attempt.phase();
            prop_assert_eq!(phase.over, phase.identity.is_some() || phase.failure.is_some());
        }
        prop_assert!(saved <= 1 && sent <= 1, "a code is used once");
    }
}
