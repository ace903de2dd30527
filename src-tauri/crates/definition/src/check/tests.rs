//! One example and one counter-example a rule: a good app, and changes to it that must be found where they are.

use serde_json::{Value, json};

use super::check_app;
use crate::{App, Authentication, Diagnostic, Severity};

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

/// The defaults of chapter 3, filled in.
fn oauth1() -> Value {
    let mut oauth1 = json!(crate::Authentication::new_oauth1().oauth1);
    oauth1["consumer_key"] = json!("key");
    for request in ["request_token_request", "authorization_request", "get_token_request"] {
        oauth1[request]["url"] = json!(format!("https://example.com/{request}"));
    }
    oauth1["test_token_request"] = json!(crate::defaults::oauth1_test_request());
    oauth1["test_token_request"]["url"] = json!("https://example.com/me?size=1");
    oauth1
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
    assert_eq!(with("/authentication", Some(json!({"oauth1": oauth1()}))), []);
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
            Some(oauth1()),
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
            format!("{o}/authorization_request/method"),
            text("POST"),
            "oauth2.authorization.method",
            format!("{a}.authorization_request.method"),
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
fn each_mistake_of_oauth1_is_found_by_its_rule_at_its_place() {
    let with = |pointer: &str, value: Value| {
        let mut app = good();
        app["authentication"] = json!({"oauth1": oauth1()});
        *app.pointer_mut(&format!("/authentication/oauth1{pointer}")).unwrap() = value;
        let all = check(app);
        all.into_iter()
            .map(|finding| {
                let path = finding.path.trim_start_matches("authentication.oauth1").to_owned();
                (finding.rule.trim_start_matches("oauth1.").to_owned(), path, finding.nearest)
            })
            .collect::<Vec<_>>()
    };
    let pair = |name: &str, value: &str| json!({"name": name, "value": value});
    let (request, token) = ("request_token_request", "get_token_request");
    let cases = [
        ("/consumer_key", json!(""), "consumer_key.empty", ".consumer_key".to_owned(), None),
        (
            "/consumer_secret",
            json!("hush"),
            "consumer_secret.plain",
            ".consumer_secret".into(),
            None,
        ),
        (
            "/consumer_secret",
            json!({"secret": " "}),
            "consumer_secret.name",
            ".consumer_secret".into(),
            None,
        ),
        (
            "/signature_method",
            json!("HMAC_SHA1"),
            "signature_method",
            ".signature_method".into(),
            Some("HMAC-SHA1"),
        ),
        (
            "/signature_method",
            json!("RSA-SHA256"),
            "signature_method",
            ".signature_method".into(),
            Some("HMAC-SHA256"),
        ),
        ("/signature_method", json!("none"), "signature_method", ".signature_method".into(), None),
        ("/request_token_request/url", json!(""), "url.empty", format!(".{request}.url"), None),
        (
            "/authorization_request/method",
            json!("POST"),
            "authorization.method",
            ".authorization_request.method".into(),
            None,
        ),
        (
            "/authorization_request/queries/0/name",
            json!("token"),
            "parameter.missing",
            ".authorization_request".into(),
            None,
        ),
        (
            "/request_token_request/queries/0/name",
            json!("callback"),
            "parameter.missing",
            format!(".{request}"),
            None,
        ),
        (
            "/get_token_request/queries/1/name",
            json!("verifier"),
            "parameter.missing",
            format!(".{token}"),
            None,
        ),
        (
            "/get_token_request/queries/3/name",
            json!("method"),
            "parameter.missing",
            format!(".{token}"),
            None,
        ),
        (
            "/get_token_request/queries/1/value",
            json!("{{oauth_verifyer}}"),
            "variable.unknown",
            format!(".{token}.queries[1].value"),
            Some("oauth_verifier"),
        ),
        (
            "/request_token_request/queries/0/value",
            json!("{{oauth_verifier}}"),
            "variable.no_value",
            format!(".{request}.queries[0].value"),
            None,
        ),
        (
            "/request_token_request/queries/2/value",
            json!("PLAINTEXT"),
            "signature_method.other",
            format!(".{request}.queries[2].value"),
            None,
        ),
        (
            "/request_token_request/queries/6/value",
            json!("mine"),
            "signature.fixed",
            format!(".{request}.queries[6].value"),
            None,
        ),
        (
            "/request_token_request/queries/5",
            pair("v", "{{auto_oauth_signature}}"),
            "signature.place",
            format!(".{request}.queries[5].value"),
            None,
        ),
        (
            "/request_token_request/body_fields",
            json!([pair("oauth_nonce", "1")]),
            "parameter.twice",
            format!(".{request}.body_fields[0].value"),
            None,
        ),
        (
            "/request_token_request/headers",
            json!([pair("authorization", "OAuth realm=\"x\", oauth_nonce=\"1\"")]),
            "parameter.twice",
            format!(".{request}.headers[0].value"),
            None,
        ),
        (
            "/request_token_request/url",
            json!("https://example.com/?oauth_version=1.0"),
            "parameter.twice",
            format!(".{request}.queries[5].value"),
            None,
        ),
        (
            "/request_token_request/url",
            json!("https://YOUR_DOMAIN.example.com/x"),
            "placeholder",
            format!(".{request}.url"),
            None,
        ),
        (
            "/authorization_request/queries/0/value",
            json!("{{oauth_request_token}}{{consumer_secret}}"),
            "variable.no_value",
            ".authorization_request.queries[0].value".into(),
            None,
        ),
    ];
    for (pointer, value, rule, path, meant) in cases {
        let found = with(pointer, value.clone());
        let found: Vec<_> = found
            .iter()
            .map(|(rule, path, meant)| (rule.as_str(), path.as_str(), meant.as_deref()))
            .filter(|(rule, _, _)| *rule != "consumer_secret.in_browser")
            .collect();
        assert_eq!(found, [(rule, path.as_str(), meant)], "{pointer} = {value}");
    }
    // Over http the secrets of PLAINTEXT are read by everybody on the way; on this machine nobody is on the way.
    let plain = |url: &str| {
        let mut app = good();
        app["authentication"] = json!({"oauth1": oauth1()});
        app["authentication"]["oauth1"]["signature_method"] = json!("PLAINTEXT");
        app["authentication"]["oauth1"]["get_token_request"]["url"] = json!(url);
        check(app).into_iter().map(|finding| finding.rule).collect::<Vec<_>>()
    };
    assert_eq!(plain("http://example.com/token"), ["oauth1.plaintext.http"]);
    assert_eq!(plain("http://127.0.0.1:1/token"), Vec::<String>::new());
    // A JSON body is not signed.
    let mut app = good();
    app["authentication"] = json!({"oauth1": oauth1()});
    app["authentication"]["oauth1"]["get_token_request"]["headers"] =
        json!([pair("Content-Type", "application/json")]);
    app["authentication"]["oauth1"]["get_token_request"]["body_fields"] =
        json!([pair("oauth_x", "1"), pair("other", "1")]);
    let rules: Vec<String> = check(app).into_iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["oauth1.parameter.in_json"]);
}

#[test]
fn placeholders_are_flagged_until_they_are_replaced() {
    let o = "/authentication/oauth2";
    let found = with(
        &format!("{o}/get_token_request/url"),
        Some(json!("https://YOUR_DOMAIN.example.com/YOUR_TENANT")),
    );
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|(rule, _)| rule == "oauth2.placeholder"));
    assert_eq!(
        with(
            &format!("{o}/get_token_request/url"),
            Some(json!("https://YOURS.example.com/your_tenant"))
        ),
        []
    );
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

#[test]
fn the_requests_after_the_redirect_may_go_to_the_origin_that_it_named() {
    let app = |request: &str, url: &str| {
        let mut authentication = Authentication::new_oauth2();
        let oauth2 = authentication.oauth2.as_mut().unwrap();
        oauth2.client_id = "app".to_owned();
        oauth2.authorization_request.url = "https://example.com/authorize".to_owned();
        oauth2.get_token_request.url = "https://example.com/token".to_owned();
        let refresh = oauth2.refresh_token_request.as_mut().unwrap();
        refresh.url = "https://example.com/token".to_owned();
        match request {
            "token" => oauth2.get_token_request.url = url.to_owned(),
            "refresh" => oauth2.refresh_token_request.as_mut().unwrap().url = url.to_owned(),
            _ => oauth2.authorization_request.url = url.to_owned(),
        }
        let findings = crate::check_authentication(&authentication);
        findings.into_iter().map(|finding| finding.rule).collect::<Vec<_>>()
    };
    for request in ["token", "refresh"] {
        assert_eq!(app(request, "{{query.server}}/token"), Vec::<String>::new());
        assert_eq!(app(request, "{{query.server}}.example/token"), ["oauth2.url.not_http"]);
    }
    assert_eq!(app("page", "{{query.server}}/authorize"), ["oauth2.variable.no_value"]);
}
