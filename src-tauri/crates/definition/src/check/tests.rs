//! One example and one counter-example a rule: a good app, and changes to it that must be found where they are.

use serde_json::{Value, json};

use super::check_app;
use crate::{App, Diagnostic, Severity};

fn good() -> Value {
    json!({
        "app_id": "a-1",
        "name": "Signing",
        "description": "Signs",
        "category": "APP_CATEGORY_E_SIGNATURE",
        "actions": [
            {"key": "sign", "title": "Sign", "type": "APP_ACTION_TYPE_ACTION"},
            {"key": "remind-2.0", "title": "Remind", "type": "APP_ACTION_TYPE_AUTOMATION"}
        ],
        "authentication": {"oauth2": {
            "client_id": "id",
            "client_secret": {"secret": "client_secret"},
            "authorization_request": {"method": "GET", "url": "https://example.com/{{client_id}}/authorize?prompt=login",
                "queries": [
                    {"name": "response_type", "value": "code"},
                    {"name": "redirect_uri", "value": "{{redirect_uri}}"},
                    {"name": "state", "value": "{{ state }}"},
                    {"name": "code_challenge", "value": "{{code_challenge}}"},
                    {"name": "code_challenge_method", "value": "S256"}
                ], "headers": [], "body_fields": []},
            "get_token_request": {"method": "POST", "url": "http://127.0.0.1:4870/token", "queries": [],
                "headers": [{"name": "content-type", "value": "application/json; charset=utf-8"}],
                "body_fields": [
                    {"name": "code", "value": "{{code}}"},
                    {"name": "client_secret", "value": "{{client_secret}}"},
                    {"name": "realm", "value": "{{query.realmId}}"},
                    {"name": "code_verifier", "value": "{{code_verifier}}"}
                ]},
            "refresh_token_request": {"method": "POST", "url": "https://example.com/token", "queries": [], "headers": [],
                "body_fields": [{"name": "refresh_token", "value": "{{refresh_token}}"}]},
            "test_token_request": {"method": "GET", "url": "https://example.com/me", "queries": [],
                "headers": [{"name": "Authorization", "value": "Bearer {{access_token}}"}], "body_fields": []}
        }},
        "identity_function": {"by_zip": false},
        "build_function": {"by_zip": true},
        "action_function": {"by_zip": false}
    })
}

fn check(value: Value) -> Vec<Diagnostic> {
    check_app(&serde_json::from_value::<App>(value).unwrap())
}

/// The findings for the good app with the value at `pointer` replaced; `None` = taken away.
fn with(pointer: &str, value: Option<Value>) -> Vec<(String, String)> {
    let mut app = good();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = app.pointer_mut(parent).unwrap();
    match (parent, value) {
        (Value::Object(map), Some(value)) => drop(map.insert(name.to_owned(), value)),
        (Value::Object(map), None) => drop(map.shift_remove(name)),
        (Value::Array(list), Some(value)) if name == "-" => list.push(value),
        (Value::Array(list), Some(value)) => list[name.parse::<usize>().unwrap()] = value,
        (Value::Array(list), None) => drop(list.remove(name.parse().unwrap())),
        _ => panic!("no place {pointer}"),
    }
    check(app).into_iter().map(|finding| (finding.rule, finding.path)).collect()
}

#[test]
fn a_good_app_has_no_findings() {
    assert_eq!(check(good()), []);
    let custom = json!({"custom": {"inputs": [{"key": "api_key", "label": "API key"}, {"key": "site", "label": "Site", "tip": "x"}]}});
    assert_eq!(with("/authentication", Some(custom)), []);
    assert_eq!(with("/authentication", Some(json!({}))), []);
    assert_eq!(with("/authentication", Some(json!({"oauth1": {"consumer_key": "k"}}))), []);
    let o = "/authentication/oauth2";
    assert_eq!(with(&format!("{o}/client_secret"), Some(json!(""))), []);
    assert_eq!(with(&format!("{o}/test_token_request"), None), []);
}

#[test]
fn each_mistake_is_found_by_its_rule_at_its_place() {
    let o = "/authentication/oauth2";
    let a = "authentication.oauth2";
    let pair = |name: &str, value: &str| Some(json!({"name": name, "value": value}));
    let text = |text: &str| Some(json!(text));
    let cases: Vec<(String, Option<Value>, &str, String)> = vec![
        ("/name".into(), text(" "), "app.name.empty", "name".into()),
        ("/actions".into(), Some(json!([])), "app.actions.empty", "actions".into()),
        ("/actions/0/key".into(), text(""), "action.key.empty", "actions[0].key".into()),
        (
            "/actions/0/key".into(),
            text("send it!"),
            "action.key.characters",
            "actions[0].key".into(),
        ),
        ("/actions/1/key".into(), text("sign"), "action.key.duplicate", "actions[1].key".into()),
        ("/actions/1/title".into(), text(""), "action.title.empty", "actions[1].title".into()),
        ("/build_function".into(), None, "function.missing", "build_function".into()),
        ("/identity_function".into(), None, "function.missing", "identity_function".into()),
        ("/action_function".into(), None, "function.missing", "action_function".into()),
        ("/zebra".into(), text(""), "app.field.unknown", "zebra".into()),
        ("/actions/0/zebra".into(), text(""), "app.field.unknown", "actions[0].zebra".into()),
        (
            "/build_function/zebra".into(),
            text(""),
            "app.field.unknown",
            "build_function.zebra".into(),
        ),
        (
            "/authentication/zebra".into(),
            text(""),
            "app.field.unknown",
            "authentication.zebra".into(),
        ),
        (format!("{o}/zebra"), text(""), "app.field.unknown", format!("{a}.zebra")),
        (
            format!("{o}/get_token_request/zebra"),
            text(""),
            "app.field.unknown",
            format!("{a}.get_token_request.zebra"),
        ),
        (
            format!("{o}/get_token_request/headers/0/zebra"),
            text(""),
            "app.field.unknown",
            format!("{a}.get_token_request.headers[0].zebra"),
        ),
        (
            "/authentication/custom".into(),
            Some(json!({"inputs": [{"key": "k", "label": "K"}]})),
            "authentication.several",
            "authentication".into(),
        ),
        (
            "/authentication/oauth1".into(),
            Some(json!({})),
            "authentication.several",
            "authentication".into(),
        ),
        (
            format!("{o}/client_secret"),
            text("hunter2"),
            "oauth2.client_secret.plain",
            format!("{a}.client_secret"),
        ),
        (
            format!("{o}/client_secret"),
            Some(json!({"secret": ""})),
            "oauth2.client_secret.name",
            format!("{a}.client_secret"),
        ),
        (format!("{o}/client_id"), text(""), "oauth2.client_id.empty", format!("{a}.client_id")),
        (
            format!("{o}/test_token_request/url"),
            text(" "),
            "oauth2.url.empty",
            format!("{a}.test_token_request.url"),
        ),
        (
            format!("{o}/get_token_request/url"),
            text("example.com/token"),
            "oauth2.url.not_http",
            format!("{a}.get_token_request.url"),
        ),
        (
            format!("{o}/authorization_request/url"),
            text("javascript:alert(1)//{{client_id}}"),
            "oauth2.url.not_http",
            format!("{a}.authorization_request.url"),
        ),
        (
            format!("{o}/get_token_request/body_fields/0/value"),
            text("{{cod}}"),
            "oauth2.variable.unknown",
            format!("{a}.get_token_request.body_fields[0].value"),
        ),
        (
            format!("{o}/get_token_request/body_fields/0/value"),
            text("{{query.}}"),
            "oauth2.variable.unknown",
            format!("{a}.get_token_request.body_fields[0].value"),
        ),
        (
            format!("{o}/get_token_request/body_fields/0/value"),
            text("{{code"),
            "oauth2.template.unclosed",
            format!("{a}.get_token_request.body_fields[0].value"),
        ),
        (
            format!("{o}/authorization_request/queries/0/value"),
            text("{{code}}"),
            "oauth2.variable.no_value",
            format!("{a}.authorization_request.queries[0].value"),
        ),
        (
            format!("{o}/authorization_request/queries/0/value"),
            text("{{query.realmId}}"),
            "oauth2.variable.no_value",
            format!("{a}.authorization_request.queries[0].value"),
        ),
        (
            format!("{o}/get_token_request/body_fields/0/value"),
            text("{{access_token}}"),
            "oauth2.variable.no_value",
            format!("{a}.get_token_request.body_fields[0].value"),
        ),
        (
            format!("{o}/refresh_token_request/body_fields/-"),
            pair("code", "{{code}}"),
            "oauth2.variable.no_value",
            format!("{a}.refresh_token_request.body_fields[1].value"),
        ),
        (
            format!("{o}/test_token_request/url"),
            text("https://example.com/{{state}}"),
            "oauth2.variable.no_value",
            format!("{a}.test_token_request.url"),
        ),
        (
            format!("{o}/get_token_request/headers/0/value"),
            text("text/xml"),
            "oauth2.content_type",
            format!("{a}.get_token_request.headers[0].value"),
        ),
        (
            format!("{o}/get_token_request/queries/-"),
            pair("", "x"),
            "oauth2.name.empty",
            format!("{a}.get_token_request.queries[0].name"),
        ),
        (
            format!("{o}/test_token_request/body_fields/-"),
            pair("a", "x"),
            "oauth2.body_of_get",
            format!("{a}.test_token_request.body_fields"),
        ),
        (
            format!("{o}/authorization_request/queries/2/value"),
            text("mine"),
            "oauth2.state",
            format!("{a}.authorization_request.queries[2].value"),
        ),
        (
            format!("{o}/authorization_request/url"),
            text("https://example.com/{{client_id}}?state=1"),
            "oauth2.state",
            format!("{a}.authorization_request.url"),
        ),
        (
            format!("{o}/authorization_request/queries/0/value"),
            text("{{client_secret}}"),
            "oauth2.client_secret.in_browser",
            format!("{a}.authorization_request"),
        ),
        (
            format!("{o}/authorization_request/queries/4"),
            None,
            "oauth2.pkce.half",
            format!("{a}.authorization_request"),
        ),
        (
            format!("{o}/authorization_request/queries/3"),
            None,
            "oauth2.pkce.half",
            format!("{a}.authorization_request"),
        ),
        (
            format!("{o}/get_token_request/body_fields/3"),
            None,
            "oauth2.pkce.half",
            format!("{a}.get_token_request"),
        ),
        (
            format!("{o}/authorization_request/queries/4/value"),
            text("plain"),
            "oauth2.pkce.method",
            format!("{a}.authorization_request.queries[4].value"),
        ),
    ];
    for (pointer, value, rule, path) in cases {
        assert_eq!(
            with(&pointer, value.clone()),
            [(rule.to_owned(), path)],
            "{pointer} = {value:?}"
        );
    }
}

#[test]
fn a_custom_form_is_checked() {
    let inputs =
        |inputs: Value| with("/authentication", Some(json!({"custom": {"inputs": inputs}})));
    let found =
        |rule: &str, path: &str| [(rule.to_owned(), format!("authentication.custom.inputs{path}"))];
    assert_eq!(inputs(json!([])), found("custom.inputs.empty", ""));
    assert_eq!(inputs(json!([{"key": "", "label": "K"}])), found("custom.key.empty", "[0].key"));
    assert_eq!(
        inputs(json!([{"key": "k", "label": ""}])),
        found("custom.label.empty", "[0].label")
    );
    assert_eq!(
        inputs(json!([{"key": "k", "label": "K"}, {"key": "k", "label": "L"}])),
        found("custom.key.duplicate", "[1].key")
    );
    assert_eq!(
        inputs(json!([{"key": "k", "label": "K", "is_required": true}])),
        found("app.field.unknown", "[0].is_required")
    );
}

#[test]
fn unknown_fields_are_warnings_that_name_what_is_meant() {
    let mut app = good();
    app["webhok_function"] = json!({});
    let findings = check(app);
    assert_eq!(findings[0].severity, Severity::Warning);
    assert_eq!(findings[0].nearest.as_deref(), Some("webhook_function"));
}

#[test]
fn a_plain_secret_is_never_repeated() {
    let mut app = good();
    app["authentication"]["oauth2"]["client_secret"] = json!("hunter2");
    assert!(!format!("{:?}", check(app)).contains("hunter2"));
}

#[test]
fn the_lists_of_known_fields_are_those_of_the_types() {
    // A field that the type knows never lands in `unknown`; one that the list forgets would not be offered.
    let mut app = good();
    app["redirect_function"] = json!({});
    app["webhook_function"] = json!({});
    let written = serde_json::to_value(serde_json::from_value::<App>(app).unwrap()).unwrap();
    let names: Vec<&str> = written.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, super::APP_FIELDS);
}
