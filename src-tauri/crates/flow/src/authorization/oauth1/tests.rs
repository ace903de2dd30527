use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::*;
use crate::token::HttpAnswer;

fn authentication() -> Authentication {
    let mut authentication = Authentication::new_oauth1();
    let oauth1 = authentication.oauth1.as_mut().unwrap();
    oauth1.consumer_key = "key".to_owned();
    oauth1.request_token_request.url = "https://p.example/initiate".to_owned();
    oauth1.authorization_request.url = "https://p.example/authorize?lang=de".to_owned();
    oauth1.get_token_request.url = "https://p.example/token".to_owned();
    oauth1.test_token_request = Some(definition::defaults::oauth1_test_request());
    oauth1.test_token_request.as_mut().unwrap().url =
        "https://p.example/{{query.site}}/me".to_owned();
    authentication
}

fn start() -> Attempt {
    let secrets = AttemptSecrets {
        client_secret: "hush".to_owned(),
        state: "st-1".to_owned(),
        code_verifier: String::new(),
    };
    Attempt::new(&authentication(), "http://127.0.0.1:9/oauth", secrets).unwrap()
}

fn answered(status: u16, body: &str) -> AuthorizationEvent {
    AuthorizationEvent::TokenAnswered(Ok(HttpAnswer {
        status,
        body: body.to_owned(),
        ..HttpAnswer::default()
    }))
}

fn redirect(pairs: &[(&str, &str)]) -> AuthorizationEvent {
    let queries = pairs.iter().map(|(name, value)| NameValue::new(*name, *value)).collect();
    AuthorizationEvent::RedirectArrived { queries }
}

const REQUEST_TOKEN: &str =
    "oauth_token=rt-1&oauth_token_secret=rs-1&oauth_callback_confirmed=true";
const BACK: &[(&str, &str)] = &[("oauth_token", "rt-1"), ("oauth_verifier", "v-1"), ("site", "s1")];

fn at_page() -> Attempt {
    let mut attempt = start();
    attempt.apply(10_000, AuthorizationEvent::Start).unwrap();
    attempt.apply(11_000, answered(200, REQUEST_TOKEN)).unwrap();
    attempt
}

fn failed(effects: &[AuthorizationEffect]) -> String {
    let found = effects.iter().find_map(|effect| match effect {
        AuthorizationEffect::Failed { title, description } => {
            Some(format!("{title}: {description}"))
        }
        _ => None,
    });
    found.unwrap_or_default()
}

fn refused(effects: &[AuthorizationEffect]) -> &str {
    let found = effects.iter().find_map(|effect| match effect {
        AuthorizationEffect::RefuseRedirect { title, .. } => Some(title.as_str()),
        _ => None,
    });
    found.unwrap_or_default()
}

fn sent(effects: &[AuthorizationEffect]) -> Vec<(String, String)> {
    let AuthorizationEffect::Send(request) = effects.last().unwrap() else { panic!("{effects:?}") };
    let url = url::Url::parse(&request.url).unwrap();
    url.query_pairs().into_owned().collect()
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
}

#[test]
fn three_legs_lead_to_a_credential() {
    let mut attempt = start();
    let mut effects = attempt.apply(10_000, AuthorizationEvent::Start).unwrap();
    let first = sent(&effects);
    assert_eq!(value(&first, "oauth_callback"), "http://127.0.0.1:9/oauth");
    assert_eq!(value(&first, "oauth_timestamp"), "10");
    let page = attempt.apply(11_000, answered(200, REQUEST_TOKEN)).unwrap();
    let AuthorizationEffect::OpenBrowser { url } = page.last().unwrap() else { panic!("{page:?}") };
    assert_eq!(url, "https://p.example/authorize?lang=de&oauth_token=rt-1");
    effects.extend(page);
    let token = attempt.apply(12_000, redirect(BACK)).unwrap();
    let second = sent(&token);
    assert_eq!((value(&second, "oauth_token"), value(&second, "oauth_verifier")), ("rt-1", "v-1"));
    assert_ne!(value(&first, "oauth_nonce"), value(&second, "oauth_nonce"));
    effects.extend(token);
    let called = attempt
        .apply(13_000, answered(200, "oauth_token=t-1&oauth_token_secret=ts-1&user_id=7"))
        .unwrap();
    let AuthorizationEffect::CallIdentity { credential } = called.last().unwrap() else {
        panic!("{called:?}")
    };
    assert_eq!(
        credential.value(),
        json!({ "oauth1": {
            "oauth_token": "t-1", "oauth_token_secret": "ts-1", "user_id": "7",
            "redirect_queries": [{ "name": "site", "value": "s1" }],
        } })
    );
    let stored: Credential = serde_json::from_value(json!(credential)).unwrap();
    assert_eq!(stored, *credential);
    let Credential::OAuth1(credential) = stored else { panic!() };
    effects.extend(called);
    let identity = json!({ "output": { "unique_id": "u", "display_id": "d" } });
    let returned =
        AuthorizationEvent::IdentityReturned { call_id: "c".to_owned(), result: Ok(identity) };
    effects.extend(attempt.apply(14_000, returned).unwrap());
    let labels: Vec<&str> = effects
        .iter()
        .filter_map(|effect| match effect {
            AuthorizationEffect::Record(message) => Some(message.label.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(
        labels,
        [
            "Get OAuth1 request token",
            "OAuth1 request token",
            "Open OAuth1 authorization web page",
            "Authenticate",
            "Redirect to OAuth1 redirect URL",
            "Get OAuth1 token",
            "OAuth1 token",
            "Invoke identity function to get identity information",
            "Save credential",
        ]
    );
    let records: Vec<Value> = effects
        .iter()
        .filter_map(|effect| match effect {
            AuthorizationEffect::Record(message) => Some(message.payload.clone()),
            _ => None,
        })
        .collect();
    let text = format!("{effects:?} {attempt:?} {}", json!(records));
    for secret in ["hush", "rs-1", "rt-1", "v-1", "t-1", "ts-1"] {
        assert!(!text.contains(&format!("{secret}\"")), "{secret} in {text}");
    }
    let phase = attempt.phase();
    let keys: Vec<&str> = phase.steps.iter().map(|step| step.key.as_str()).collect();
    assert_eq!(keys, ["request_token", "page", "redirect", "token", "identity", "save"]);
    assert!(phase.over && phase.steps.iter().all(|step| step.state == StepState::Done));

    let config = authentication().oauth1.unwrap();
    let sender =
        OAuth1Sender { consumer_secret: "hush", redirect_uri: "http://r", nonce: "n", now: 20_000 };
    let test = oauth1_test_request(&config, sender, &credential).unwrap().unwrap();
    assert!(test.url.starts_with("https://p.example/s1/me?oauth_token=t-1&"), "{}", test.url);
    let base = crate::template::base_string(&test).unwrap();
    let signature = crate::template::sign(&config.signature_method, &base, "hush", "ts-1").unwrap();
    let url = url::Url::parse(&test.url).unwrap();
    assert!(url.query_pairs().any(|(name, value)| name == "oauth_signature" && value == signature));
}

#[test]
fn a_foreign_redirect_is_turned_away_and_the_attempt_goes_on() {
    let mut attempt = start();
    assert_eq!(
        refused(&attempt.apply(0, redirect(BACK)).unwrap()),
        "The request token does not match"
    );
    let mut attempt = at_page();
    for (pairs, title) in [
        (&[("oauth_verifier", "v")][..], "The request token is missing"),
        (&[("oauth_token", "rt-2"), ("oauth_verifier", "v")], "The request token does not match"),
        (&[("oauth_token", ""), ("oauth_verifier", "v")], "The request token does not match"),
        (&[("oauth_token", "rt-1"), ("oauth_token", "rt-1")], "The request token does not match"),
        (&[("denied", "rt-2")], "The request token does not match"),
        (&[("oauth_problem", "user_refused")], "The request token is missing"),
    ] {
        let effects = attempt.apply(12_000, redirect(pairs)).unwrap();
        assert_eq!(refused(&effects), title, "{pairs:?}");
        assert_eq!(failed(&effects), "");
    }
    assert!(!sent(&attempt.apply(13_000, redirect(BACK)).unwrap()).is_empty());
    let again = attempt.apply(14_000, redirect(BACK)).unwrap();
    assert_eq!(refused(&again), "Redirect was used already");
}

#[test]
fn each_refusal_is_in_the_providers_words() {
    for (event, says) in [
        (
            answered(401, "oauth_problem=nonce_used"),
            "No request token was received: the provider refused: nonce_used",
        ),
        (
            answered(200, "oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=false"),
            "oauth_callback_confirmed=false",
        ),
        (answered(200, "<html>Sign in"), "Sign in"),
        (
            AuthorizationEvent::TokenAnswered(Err("no connection".to_owned())),
            "request token URL could not be reached: no connection",
        ),
        (AuthorizationEvent::TimedOut, "request token URL did not answer in time"),
    ] {
        let mut attempt = start();
        attempt.apply(1, AuthorizationEvent::Start).unwrap();
        let effects = attempt.apply(2, event).unwrap();
        assert!(failed(&effects).contains(says), "{says}: {effects:?}");
        assert_eq!(attempt.phase().steps[0].state, StepState::Failed);
    }
    for (pairs, says) in [
        (
            &[("oauth_token", "rt-1"), ("oauth_problem", "user_refused")][..],
            "user_refused. Access was not granted",
        ),
        (&[("denied", "rt-1")], "denied: access was not granted"),
        (
            &[("oauth_token", "rt-1"), ("error", "no"), ("error_description", "Not today")],
            "no: Not today",
        ),
        (
            &[("oauth_token", "rt-1")],
            "get_token_request.queries[1].value: {{oauth_verifier}} has no value",
        ),
    ] {
        let effects = at_page().apply(12_000, redirect(pairs)).unwrap();
        assert!(failed(&effects).contains(says), "{says}: {effects:?}");
    }
    let mut attempt = at_page();
    attempt.apply(12_000, redirect(BACK)).unwrap();
    let body = "oauth_problem=verifier_invalid&oauth_problem_advice=Typed+wrong";
    let effects = attempt.apply(13_000, answered(401, body)).unwrap();
    assert!(failed(&effects).contains("verifier_invalid: Typed wrong"), "{effects:?}");
    assert_eq!(attempt.phase().steps[3].state, StepState::Failed);
    // A provider of the time before the callback was confirmed.
    let mut attempt = start();
    attempt.apply(1, AuthorizationEvent::Start).unwrap();
    attempt.apply(2, answered(200, "oauth_token=t&oauth_token_secret=s")).unwrap();
    assert!(attempt.phase().notices[0].contains("oauth_callback_confirmed"));
}

proptest! {
    /// Whatever comes in which order: at most one token request, one save, and never both over and running.
    #[test]
    fn any_order_of_events_is_survived(order in prop::collection::vec(0..9_usize, 1..24)) {
        let mut attempt = start();
        let (mut sends, mut saves) = (0, 0);
        for (index, event) in order.into_iter().enumerate() {
            let identity = json!({ "output": { "unique_id": "u", "display_id": "d" } });
            let event = match event {
                0 => AuthorizationEvent::Start,
                1 => answered(200, REQUEST_TOKEN),
                2 => redirect(BACK),
                3 => redirect(&[("oauth_token", "other"), ("oauth_verifier", "v")]),
                4 => answered(200, "oauth_token=t&oauth_token_secret=s"),
                5 => answered(500, "oops"),
                6 => AuthorizationEvent::IdentityReturned { call_id: "c".to_owned(), result: Ok(identity) },
                7 => AuthorizationEvent::RetryIdentity,
                _ => AuthorizationEvent::TimedOut,
            };
            for effect in attempt.apply(index as i64, event).unwrap_or_default() {
                match effect {
                    AuthorizationEffect::Send(_) => sends += 1,
                    AuthorizationEffect::Save { .. } => saves += 1,
                    _ => {}
                }
            }
            let phase = attempt.phase();
            prop_assert_eq!(phase.over, phase.identity.is_some() || phase.failure.is_some());
        }
        prop_assert!(sends <= 2 && saves <= 1);
    }
}
