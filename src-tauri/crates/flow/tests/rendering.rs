//! What each place of a request makes of a value: the encodings of RFC 3986, RFC 6749, RFC 7617, RFC 9110 and of forms and JSON.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use definition::{NameValue, Request};
use flow::template::{RenderError, RenderedRequest, Variables, render};
use serde_json::{Value, json};

/// Every character that some encoding treats in its own way.
const NASTY: &str = "a b+c%20d&e=f;g/h?i#j:k@l\"m\\n'ü€😀~-._*!(){}[]<>^`|,$";

fn variables(value: &str) -> Variables {
    Variables {
        client_id: Some("my app".to_owned()),
        client_secret: Some(value.to_owned()),
        redirect_uri: Some("http://127.0.0.1:1/cb?a=1&b=2".to_owned()),
        access_token: Some(value.to_owned()),
        queries: vec![NameValue::new("host", "eu1.example"), NameValue::new("v", value)],
        ..Variables::default()
    }
}

fn pair(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}

fn with(value: &str, request: Value) -> Result<RenderedRequest, RenderError> {
    let mut whole = json!({ "method": "POST", "url": "https://p.example/token" });
    for (name, value) in request.as_object().unwrap() {
        whole[name] = value.clone();
    }
    let request: Request = serde_json::from_value(whole).unwrap();
    render(&request, &variables(value), "r")
}

fn url(request: Value) -> String {
    with("v", request).unwrap().url
}

#[test]
fn each_place_gives_back_what_was_put_in() {
    let sent = with(
        NASTY,
        json!({
            "url": "https://p.example/{{query.v}}/t?in={{query.v}}",
            "queries": [pair("q", "{{query.v}}")],
            "headers": [pair("X-Value", "1{{client_id}}")],
            "body_fields": [pair("f", "{{query.v}}")],
        }),
    )
    .unwrap();
    // Query: everything but the unreserved characters, a space as %20; form: a space as +.
    let query = "a%20b%2Bc%2520d%26e%3Df%3Bg%2Fh%3Fi%23j%3Ak%40l%22m%5Cn%27%C3%BC%E2%82%AC%F0%9F%98%80~-._%2A%21%28%29%7B%7D%5B%5D%3C%3E%5E%60%7C%2C%24";
    assert_eq!(sent.url, format!("https://p.example/{query}/t?in={query}&q={query}"));
    let form = query.replace("%20", "+").replace('~', "%7E").replace("%2A", "*");
    assert_eq!(sent.body, Some(format!("f={form}")));
    assert_eq!(sent.headers[0].value, "1my app");
    let json = with(
        NASTY,
        json!({ "headers": [pair("Content-Type", "application/json")], "body_fields": [pair("f", "{{query.v}}"), pair("g", "")] }),
    );
    let body: Value = serde_json::from_str(&json.unwrap().body.unwrap()).unwrap();
    assert_eq!(body, json!({ "f": NASTY, "g": "" }));
}

#[test]
fn a_client_in_the_basic_header_is_form_encoded_then_base64() {
    let basic = |value: &str, template: &str| {
        with(value, json!({ "headers": [pair("authorization", template)] })).unwrap().headers[0]
            .value
            .clone()
    };
    // "my+app:s%3A%26": RFC 6749, section 2.3.1.
    assert_eq!(basic("s:&", "Basic {{client_id}}:{{client_secret}}"), "Basic bXkrYXBwOnMlM0ElMjY=");
    assert_eq!(
        basic("s:&", "basic  {{ client_id }}:{{ client_secret }} "),
        "basic bXkrYXBwOnMlM0ElMjY="
    );
    // Not a client: a key as the user's name goes as it is (RFC 7617).
    assert_eq!(basic("k&y", "Basic {{access_token}}:"), "Basic ayZ5Og==");
    assert_eq!(basic("k&y", "Basic {{access_token}}:x"), "Basic ayZ5Ong=");
    // No `:` of the author's: it is base64 already, and a `:` in a value makes no difference.
    assert_eq!(basic("a:b", "Basic {{access_token}}"), "Basic a:b");
    assert_eq!(basic("v", "Basic bXk6YXBw"), "Basic bXk6YXBw");
    assert_eq!(basic("t+/=", "Bearer {{access_token}}"), "Bearer t+/=");
    assert_eq!(basic("t", "OAuth {{access_token}}"), "OAuth t");
    let other = with("v", json!({ "headers": [pair("X-Auth", "Basic {{client_id}}:x")] })).unwrap();
    assert_eq!(other.headers[0].value, "Basic my app:x");
}

#[test]
fn scopes_are_joined_as_written_and_encoded_by_the_place() {
    for (scope, in_query, in_form) in [
        ("a b", "a%20b", "a+b"),
        ("a,b", "a%2Cb", "a%2Cb"),
        (
            "https://p.example/auth/x.read offline",
            "https%3A%2F%2Fp.example%2Fauth%2Fx.read%20offline",
            "https%3A%2F%2Fp.example%2Fauth%2Fx.read+offline",
        ),
    ] {
        assert_eq!(
            url(json!({ "queries": [pair("scope", scope)] })),
            format!("https://p.example/token?scope={in_query}")
        );
        let sent = with("v", json!({ "body_fields": [pair("scope", scope)] })).unwrap();
        assert_eq!(sent.body, Some(format!("scope={in_form}")));
    }
}

#[test]
fn what_stands_in_the_url_stays_as_the_author_wrote_it() {
    for (template, queries, wanted) in [
        // An existing query, an own encoding, a parameter without a value.
        (
            "https://p.example/t?a=1%2B2&flag",
            vec![pair("b", "3")],
            "https://p.example/t?a=1%2B2&flag&b=3",
        ),
        ("https://p.example/t?refresh", vec![], "https://p.example/t?refresh"),
        // Rows of the same name replace it, each of them once.
        (
            "https://p.example/t?a=1&b=2",
            vec![pair("a", "3"), pair("a", "4")],
            "https://p.example/t?b=2&a=3&a=4",
        ),
        // Empty values are sent, empty rows are not.
        ("https://p.example/t", vec![pair("a", ""), pair("", "")], "https://p.example/t?a="),
        ("https://p.example/t", vec![pair("na me&", "1")], "https://p.example/t?na%20me%26=1"),
        ("https://{{query.host}}/t", vec![], "https://eu1.example/t"),
        ("https://P.example:443/a/../t", vec![], "https://p.example/t"),
        ("https://p.example/t#part", vec![pair("a", "1")], "https://p.example/t?a=1#part"),
    ] {
        assert_eq!(
            url(json!({ "method": "GET", "url": template, "queries": queries })),
            wanted,
            "{template}"
        );
    }
}

#[test]
fn a_url_may_begin_with_the_origin_that_the_redirect_named() {
    let begun =
        |value: &str, template: &str| with(value, json!({ "url": template })).map(|sent| sent.url);
    for (value, template, wanted) in [
        (
            "https://accounts.p.example",
            "{{query.v}}/oauth/token",
            "https://accounts.p.example/oauth/token",
        ),
        (
            "https://api.na1.p.example:8443/",
            " {{ query.v }}/v2/token?a=1",
            "https://api.na1.p.example:8443/v2/token?a=1",
        ),
        ("https://p.example/eu/", "{{query.v}}/{{client_id}}", "https://p.example/eu/my%20app"),
        ("https://p.example", "{{query.v}}", "https://p.example/"),
        ("http://127.0.0.1:81", "{{query.v}}/t", "http://127.0.0.1:81/t"),
    ] {
        assert_eq!(begun(value, template).unwrap(), wanted);
    }
    // What goes there may hold the client secret.
    for value in [
        "http://p.example",
        "p.example",
        "//p.example",
        "https://",
        "javascript:alert(1)",
        "file:///etc",
        "https://u:p@p.example",
        "https://p.example?x=",
        "https://p.example#",
        "https:\\\\p.example",
        "https://p.example /x",
        "https://p.example/a/../..",
    ] {
        let error = begun(value, "{{query.v}}/t").unwrap_err();
        assert_eq!(error.field, "r.url", "{value}");
        assert!(!error.message.contains("p.example"), "no value is repeated");
    }
    // Not the origin, or not the redirect's.
    for template in
        ["{{query.v}}.evil.example/t", "{{query.v}}@evil.example/t", "{{access_token}}/t"]
    {
        assert!(begun("https://p.example", template).is_err(), "{template}");
    }
}

#[test]
fn parameters_go_to_the_page_that_a_fragment_stands_for() {
    let query = json!([pair("a", "1 2")]);
    for (template, wanted) in [
        ("https://p.example/#/oauth/authorize", "https://p.example/#/oauth/authorize?a=1%202"),
        ("https://p.example/?x=1#/page?b=2&a=0", "https://p.example/?x=1#/page?b=2&a=1%202"),
        ("https://p.example/#!/page", "https://p.example/#!/page?a=1%202"),
        ("https://p.example/qr#wechat_redirect", "https://p.example/qr?a=1%202#wechat_redirect"),
    ] {
        assert_eq!(url(json!({ "method": "GET", "url": template, "queries": query })), wanted);
    }
}

#[test]
fn a_value_can_break_out_of_no_place() {
    for bad in ["a\r\nX-Evil: 1", "a\nb", "a\0b", "a\u{7f}"] {
        let error = with(
            bad,
            json!({ "headers": [pair("A", "1"), pair("", ""), pair("A", "{{access_token}}")] }),
        )
        .unwrap_err();
        assert_eq!(
            error.field, "r.headers[2].value",
            "the row of its own, also among rows of one name"
        );
        assert!(!error.message.contains("Evil"), "no value is repeated");
        // In base64 it breaks nothing.
        assert!(
            with(bad, json!({ "headers": [pair("Authorization", "Basic {{access_token}}:")] }))
                .is_ok()
        );
    }
    for (bad, template) in [
        ("p.example/evil", "https://{{access_token}}/"),
        ("user@evil.example", "https://{{access_token}}/"),
        ("evil.example:1", "https://{{access_token}}/"),
        ("..", "https://p.example/{{access_token}}/t"),
        ("%2e%2E", "{{access_token}}://p.example/"),
    ] {
        assert_eq!(with(bad, json!({ "url": template })).unwrap_err().field, "r.url", "{template}");
    }
    for name in ["A B", "A:", "Ä", "A\n"] {
        let error = with("v", json!({ "headers": [pair(name, "1")] })).unwrap_err();
        assert_eq!(error.field, "r.headers[0].name");
    }
    let twice = json!({ "headers": [pair("Content-Type", "application/json")], "body_fields": [pair("a", "1"), pair("a", "2")] });
    assert_eq!(with("v", twice).unwrap_err().field, "r.body_fields");
    let get = json!({ "method": "GET", "body_fields": [pair("a", "1")] });
    assert_eq!(with("v", get).unwrap_err().field, "r.body_fields");
}

#[test]
fn a_token_request_may_be_a_get() {
    let sent = with("s&", json!({
        "method": "GET", "queries": [pair("client_id", "{{client_id}}"), pair("client_secret", "{{client_secret}}"), pair("redirect_uri", "{{redirect_uri}}")],
    }))
    .unwrap();
    assert_eq!(
        sent.url,
        "https://p.example/token?client_id=my%20app&client_secret=s%26&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcb%3Fa%3D1%26b%3D2"
    );
    assert_eq!((sent.body, sent.headers), (None, Vec::new()));
}
