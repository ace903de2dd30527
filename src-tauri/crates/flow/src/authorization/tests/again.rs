//! Connecting an account again, and what asks for it.

use super::*;

#[test]
fn an_account_that_is_connected_again_has_to_be_the_same() {
    let expected = Identity { unique_id: "u".to_owned(), display_id: "Alice".to_owned() };
    let identity = |id: &str| {
        identified(json!({ "output": { "unique_id": id, "display_id": format!("the {id}") } }))
    };
    let begun = || {
        let mut attempt = at_token().expecting(expected.clone());
        attempt.apply(3, answered(200, json!({ "access_token": "at" }))).unwrap();
        attempt
    };
    let saved = |effects: &[AuthorizationEffect]| match effects.last() {
        Some(AuthorizationEffect::Save { unique_id, .. }) => Some(unique_id.clone()),
        _ => None,
    };
    let mut same = begun();
    assert_eq!(saved(&same.apply(4, identity("u")).unwrap()).as_deref(), Some("u"));
    assert!(same.apply(5, AuthorizationEvent::KeepOther).is_err());

    let mut other = begun();
    assert!(other.apply(4, AuthorizationEvent::KeepOther).is_err());
    let effects = other.apply(4, identity("v")).unwrap();
    assert_eq!(saved(&effects), None);
    let text = failed(&effects).unwrap();
    assert!(text.contains("Alice (unique id u)") && text.contains("the v (unique id v)"), "{text}");
    let phase = other.phase();
    assert_eq!(phase.other.as_ref().map(|other| other.unique_id.as_str()), Some("v"));
    assert!(phase.over && !phase.can_retry_identity);
    assert_eq!(
        saved(&other.apply(5, AuthorizationEvent::KeepOther).unwrap()).as_deref(),
        Some("v")
    );
    assert!(other.phase().failure.is_none() && other.phase().other.is_none());
}

#[test]
fn only_what_the_provider_says_of_the_account_asks_for_a_reconnect() {
    let refused = |status, body: Value| {
        let AuthorizationEvent::TokenAnswered(answer) = answered(status, body) else { panic!() };
        let token = serde_json::from_value(json!({ "access_token": "a", "token_type": "b" }));
        let credential = crate::token::OAuth2Credential::new(token.unwrap(), Vec::new(), 0);
        read_refresh(&credential, answer, 1).unwrap_err().needs_reconnect()
    };
    assert!(refused(400, json!({ "error": "invalid_grant" })));
    assert!(refused(401, json!({ "message": "who are you" })));
    assert!(RefreshError::NoRefreshToken.needs_reconnect());
    assert!(!refused(401, json!({ "error": "invalid_client" })));
    assert!(!refused(503, json!({ "error": "temporarily_unavailable" })));
    assert!(!refused(502, json!({})));
    assert!(!RefreshError::Unreachable("no answer".to_owned()).needs_reconnect());
}
