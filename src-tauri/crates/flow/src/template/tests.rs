use definition::NameValue;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;

fn request(value: Value) -> Request {
    serde_json::from_value(value).unwrap()
}

fn variables() -> Variables {
    Variables {
        client_id: Some("id".to_owned()),
        client_secret: Some("s&e=c r/t".to_owned()),
        redirect_uri: Some("http://127.0.0.1:1/r?a=1".to_owned()),
        code: Some(String::new()),
        queries: vec![
            NameValue::new("realmId", "1"),
            NameValue::new("realmId", "2 3"),
            NameValue::new("up", ".."),
        ],
        ..Variables::default()
    }
}

fn rendered(value: Value) -> RenderedRequest {
    render(&request(value), &variables(), "r").unwrap()
}

fn refused(value: Value) -> RenderError {
    render(&request(value), &variables(), "r").unwrap_err()
}

fn pair(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}

#[test]
fn values_are_encoded_by_their_place() {
    let sent = rendered(json!({
        "method": "POST",
        "url": "https://{{client_id}}.example/v/{{client_secret}}/x?keep=a%20b&client_id=old&r={{query.realmId}}",
        "queries": [pair("client_id", "{{ client_id }}"), pair("u", "{{redirect_uri}}"), pair("", "")],
        "headers": [pair("Authorization", "Key {{client_secret}}")],
        "body_fields": [pair("client_secret", "{{client_secret}}"), pair("grant_type", "a b")],
    }));
    assert_eq!(
        sent.url,
        "https://id.example/v/s%26e%3Dc%20r%2Ft/x?keep=a%20b&r=2%203&client_id=id&u=http%3A%2F%2F127.0.0.1%3A1%2Fr%3Fa%3D1"
    );
    assert_eq!(sent.body.as_deref(), Some("client_secret=s%26e%3Dc+r%2Ft&grant_type=a+b"));
    assert_eq!(sent.headers[0].value, "Key s&e=c r/t");
    assert_eq!(
        sent.headers[1],
        NameValue::new("Content-Type", "application/x-www-form-urlencoded")
    );
}

#[test]
fn the_content_type_decides_the_body() {
    let with = |content_type: &str| {
        json!({
            "method": "POST",
            "url": "https://a.example",
            "headers": [pair("content-type", content_type)],
            "body_fields": [pair("b", "1"), pair("a", "{{client_secret}}")],
        })
    };
    let sent = rendered(with("Application/JSON; charset=utf-8"));
    assert_eq!(sent.body.as_deref(), Some(r#"{"b":"1","a":"s&e=c r/t"}"#));
    assert_eq!(sent.headers.len(), 1);
    let error = refused(with("text/plain"));
    assert_eq!(error.field, "r.headers");
    assert!(error.message.contains("text/plain"), "{error}");
}

#[test]
fn an_unknown_or_empty_variable_names_itself_and_its_field() {
    let error = refused(
        json!({ "method": "GET", "url": "https://a.example", "queries": [pair("q", "1"), pair("c", "{{code}}")] }),
    );
    assert_eq!(
        (error.field.as_str(), error.variable.as_deref()),
        ("r.queries[1].value", Some("code"))
    );
    let error = refused(json!({ "method": "GET", "url": "https://a.example/{{state}}" }));
    assert_eq!((error.field.as_str(), error.variable.as_deref()), ("r.url", Some("state")));
    let error = refused(
        json!({ "method": "GET", "url": "https://a.example", "headers": [pair("h", "{{client}}")] }),
    );
    assert_eq!(
        (error.field.as_str(), error.variable.as_deref()),
        ("r.headers[0].value", Some("client"))
    );
    assert!(error.message.contains("client_id"), "names what is known: {error}");
    let error = refused(
        json!({ "method": "GET", "url": "https://a.example", "queries": [pair("q", "{{query.no}}")] }),
    );
    assert_eq!(error.variable.as_deref(), Some("query.no"));
}

#[test]
fn what_does_not_fit_its_place_is_refused() {
    for (url, says) in [
        ("{{client_id}}://a", "scheme"),
        ("https://{{client_secret}}/", "host name"),
        ("https://a.example/{{query.up}}/b", "`..`"),
        ("https://a.example/{{client_id", "without"),
        ("ftp://a.example/", "http"),
        ("a.example/token", "not a URL"),
    ] {
        let error = refused(json!({ "method": "GET", "url": url }));
        assert!(error.message.contains(says), "{url}: {error}");
        assert_eq!(error.field, "r.url");
    }
    let error = refused(
        json!({ "method": "GET", "url": "https://a.example", "body_fields": [pair("a", "b")] }),
    );
    assert_eq!(error.field, "r.body_fields");
    let error =
        refused(json!({ "method": "GET", "url": "https://a.example", "queries": [pair("", "b")] }));
    assert_eq!(error.field, "r.queries[0].name");
    let error = refused(
        json!({ "method": "GET", "url": "https://a.example", "headers": [pair("a b", "c")] }),
    );
    assert_eq!(error.field, "r.headers[0].name");
}

#[test]
fn a_preview_has_an_origin_where_the_url_begins_with_one() {
    let mut authentication = definition::Authentication::new_oauth2();
    let oauth2 = authentication.oauth2.as_mut().unwrap();
    oauth2.get_token_request.url = "{{query.accounts-server}}/{{query.realm}}/token".to_owned();
    let shown = preview(&authentication, definition::RequestKind::GetTokenRequest, "http://r", 0);
    assert_eq!(shown.problems, Vec::new());
    assert_eq!(shown.request.unwrap().url, "https://sample-accountsserver/sample-realm/token");
}

#[test]
fn nothing_prints_a_value() {
    let sent = rendered(json!({
        "method": "POST",
        "url": "https://a.example/{{client_secret}}",
        "headers": [pair("Authorization", "{{client_secret}}")],
        "body_fields": [pair("s", "{{client_secret}}")],
    }));
    for text in [format!("{sent:?}"), format!("{:?}", variables())] {
        assert!(!text.contains("s&e") && !text.contains("s%26e"), "{text}");
    }
}

fn decoded(query: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

proptest! {
    #[test]
    fn any_value_survives_and_adds_nothing(value in "\\PC{1,40}|[\\x00-\\x7f]{1,40}|[&=?#%+/;:@{}]{1,12}") {
        let known = Variables { access_token: Some(value.clone()), ..Variables::default() };
        let template = request(json!({
            "method": "POST",
            "url": "https://a.example/p/x{{access_token}}/q?u={{access_token}}",
            "queries": [pair("v", "<{{access_token}}>")],
            "body_fields": [pair("w", "{{access_token}}"), pair("z", "end")],
        }));
        let sent = render(&template, &known, "r").unwrap();
        let url = Url::parse(&sent.url).unwrap();
        prop_assert_eq!(url.host_str(), Some("a.example"));
        prop_assert_eq!(url.fragment(), None);
        let segments: Vec<String> = url.path_segments().unwrap()
            .map(|segment| percent_encoding::percent_decode_str(segment).decode_utf8().unwrap().into_owned()).collect();
        prop_assert_eq!(segments, vec!["p".to_owned(), format!("x{value}"), "q".to_owned()]);
        let expected = vec![("u".to_owned(), value.clone()), ("v".to_owned(), format!("<{value}>"))];
        prop_assert_eq!(decoded(url.query().unwrap()), expected);
        let expected = vec![("w".to_owned(), value.clone()), ("z".to_owned(), "end".to_owned())];
        prop_assert_eq!(decoded(sent.body.as_deref().unwrap()), expected);

        let mut as_json = template.clone();
        as_json.headers.push(NameValue::new("Content-Type", "application/json"));
        let sent = render(&as_json, &known, "r").unwrap();
        let body: Map<String, Value> = serde_json::from_str(sent.body.as_deref().unwrap()).unwrap();
        prop_assert_eq!(Value::Object(body), json!({ "w": value, "z": "end" }));

        let mut in_header = template;
        in_header.headers.push(NameValue::new("X", "a{{access_token}}"));
        match render(&in_header, &known, "r") {
            Ok(sent) => prop_assert!(!sent.headers[0].value.contains(['\r', '\n', '\0'])),
            Err(error) => {
                prop_assert_eq!(error.field, "r.headers[0].value");
                prop_assert!(value.chars().any(char::is_control));
            }
        }
    }
}
