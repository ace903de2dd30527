//! RFC 5849's own examples, and what they leave open.

use definition::{NameValue, Request};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::template::{OAuth1Variables, RenderError, Signed, SigningKey, render_signed};

const METHODS: [SignatureMethod; 4] = [
    SignatureMethod::HmacSha1,
    SignatureMethod::HmacSha256,
    SignatureMethod::HmacSha512,
    SignatureMethod::Plaintext,
];

fn request(value: Value) -> Request {
    serde_json::from_value(value).unwrap()
}

fn pair(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}

fn signed(
    request: &Request,
    variables: &OAuth1Variables,
    key: (&SignatureMethod, &str, &str),
) -> Result<Signed, RenderError> {
    let (method, consumer_secret, token_secret) = key;
    let key = SigningKey { method, consumer_secret, token_secret };
    render_signed(request, variables, &key, "r")
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// Section 3.4.1.1: parameters in the query, in the header and in the body, one name twice, one without a value.
#[test]
fn the_base_string_of_section_3_4_1() {
    let request = request(json!({
        "method": "POST",
        "url": "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
        "headers": [pair("Authorization", "OAuth realm=\"Example, and so on\", oauth_consumer_key=\"{{consumer_key}}\", \
            oauth_token=\"{{oauth_token}}\", oauth_signature_method=\"{{signature_method}}\", \
            oauth_timestamp=\"{{auto_oauth_timestamp}}\", oauth_nonce=\"{{auto_oauth_nonce}}\", \
            oauth_signature=\"{{auto_oauth_signature}}\"")],
        "body_fields": [pair("c2", ""), pair("a3", "2 q")],
    }));
    let variables = OAuth1Variables {
        consumer_key: some("9djdj82h48djs9d2"),
        oauth_token: some("kkk9d7dh3k39sjv7"),
        signature_method: some("HMAC-SHA1"),
        auto_oauth_timestamp: some("137131201"),
        auto_oauth_nonce: some("7d8f3e4a"),
        ..OAuth1Variables::default()
    };
    let key = (&SignatureMethod::HmacSha1, "j49sk3j29djd", "dh893hdasih9");
    let sent = signed(&request, &variables, key).unwrap();
    assert_eq!(
        sent.base_string.unwrap(),
        "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26\
         oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26\
         oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
    );
    let header = &sent.request.headers[0].value;
    assert!(
        header.starts_with("OAuth realm=\"Example, and so on\", oauth_consumer_key="),
        "{header}"
    );
    // The RFC prints another one; its erratum 2550 corrects it.
    assert!(
        header.ends_with("oauth_signature=\"r6%2FTJjbCOr97%2F%2BUU0NsvSne7s5g%3D\""),
        "{header}"
    );
    assert_eq!(sent.request.body.as_deref(), Some("c2=&a3=2+q"));
}

/// Section 1.2: the printer and the photos.
#[test]
fn the_three_requests_of_section_1_2() {
    let header = |parameters: &[(&str, &str)]| {
        let parts: Vec<String> =
            parameters.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
        format!("OAuth realm=\"Photos\", {}", parts.join(", "))
    };
    let usual = [
        ("oauth_consumer_key", "{{consumer_key}}"),
        ("oauth_signature_method", "{{signature_method}}"),
        ("oauth_timestamp", "{{auto_oauth_timestamp}}"),
        ("oauth_nonce", "{{auto_oauth_nonce}}"),
        ("oauth_signature", "{{auto_oauth_signature}}"),
    ];
    let with = |first: &[(&str, &str)]| header(&[first, &usual].concat());
    let at = |timestamp: &str, nonce: &str| OAuth1Variables {
        consumer_key: some("dpf43f3p2l4k3l03"),
        signature_method: some("HMAC-SHA1"),
        redirect_uri: some("http://printer.example.com/ready"),
        auto_oauth_timestamp: some(timestamp),
        auto_oauth_nonce: some(nonce),
        ..OAuth1Variables::default()
    };
    let initiate = OAuth1Variables::clone(&at("137131200", "wIjqoS"));
    let token = OAuth1Variables {
        oauth_request_token: some("hh5s93j4hdidpola"),
        oauth_verifier: some("hfdp7dh39dks9884"),
        ..at("137131201", "walatlh")
    };
    let photos =
        OAuth1Variables { oauth_token: some("nnch734d00sl2jdk"), ..at("137131202", "chapoH") };
    for (method, url, header, variables, secret, wanted) in [
        (
            "POST",
            "https://photos.example.net/initiate",
            with(&[("oauth_callback", "{{redirect_uri}}")]),
            initiate,
            "",
            "74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D",
        ),
        (
            "POST",
            "https://photos.example.net/token",
            with(&[
                ("oauth_token", "{{oauth_request_token}}"),
                ("oauth_verifier", "{{oauth_verifier}}"),
            ]),
            token,
            "hdhd0244k9j7ao03",
            "gKgrFCywp7rO0OXSjdot%2FIHF7IU%3D",
        ),
        (
            "GET",
            "http://photos.example.net/photos?file=vacation.jpg&size=original",
            with(&[("oauth_token", "{{oauth_token}}")]),
            photos,
            "pfkkdhi9sl3r4s00",
            "MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D",
        ),
    ] {
        let request = request(
            json!({ "method": method, "url": url, "headers": [pair("Authorization", &header)] }),
        );
        let key = (&SignatureMethod::HmacSha1, "kd94hf93k423kf44", secret);
        let sent = signed(&request, &variables, key).unwrap();
        let value = &sent.request.headers[0].value;
        assert!(value.contains(&format!("oauth_signature=\"{wanted}\"")), "{url}: {value}");
        assert!(
            !value.contains("oauth_callback")
                || value.contains("=\"http%3A%2F%2Fprinter.example.com%2Fready\"")
        );
    }
}

/// Section 3.4.4: both secrets encoded, joined by `&`, and encoded once more for their place.
#[test]
fn plaintext_is_the_secrets_themselves() {
    assert_eq!(
        sign(&SignatureMethod::Plaintext, "", "djr9rjt0jd78jf88", "jjd999tj88uiths3").unwrap(),
        "djr9rjt0jd78jf88&jjd999tj88uiths3"
    );
    assert_eq!(
        sign(&SignatureMethod::Plaintext, "", "djr9rjt0jd78jf88", "jjd99$tj88uiths3").unwrap(),
        "djr9rjt0jd78jf88&jjd99%24tj88uiths3"
    );
    assert_eq!(
        sign(&SignatureMethod::Plaintext, "", "djr9rjt0jd78jf88", "").unwrap(),
        "djr9rjt0jd78jf88&"
    );
    assert_eq!(sign(&SignatureMethod::Other("RSA-SHA1".to_owned()), "", "", ""), None);
}

#[test]
fn the_base_uri_is_of_section_3_4_1_2() {
    for (url, wanted) in [
        ("http://EXAMPLE.COM:80/r%20v/X?id=123", "http://example.com/r%20v/X"),
        ("https://www.example.net:8080/?q=1", "https://www.example.net:8080/"),
        ("https://example.com:443#f", "https://example.com/"),
    ] {
        assert_eq!(base_uri(&Url::parse(url).unwrap()), wanted);
    }
}

#[test]
fn a_json_body_is_not_covered() {
    let sent = |body: &str| {
        let request = request(json!({
            "method": "POST", "url": "https://a.example/x",
            "queries": [pair("oauth_signature", "{{auto_oauth_signature}}")],
            "headers": [pair("Content-Type", "application/json")],
            "body_fields": [pair("a", body)],
        }));
        signed(&request, &OAuth1Variables::default(), (&SignatureMethod::HmacSha256, "s", ""))
            .unwrap()
    };
    assert_eq!(sent("1").base_string, sent("2").base_string);
    assert_ne!(sent("1").request.body, sent("2").request.body);
}

#[test]
fn a_signature_stands_in_its_own_parameter_only() {
    for places in [
        json!({ "queries": [pair("sig", "{{auto_oauth_signature}}")] }),
        json!({ "queries": [pair("oauth_signature", "x{{auto_oauth_signature}}")] }),
        json!({ "queries": [pair("oauth_signature", "{{auto_oauth_signature}}")], "body_fields": [pair("oauth_signature", "{{auto_oauth_signature}}")] }),
        json!({ "headers": [pair("X-Signature", "{{auto_oauth_signature}}")] }),
        json!({ "headers": [pair("Content-Type", "application/json")], "body_fields": [pair("oauth_signature", "{{auto_oauth_signature}}")] }),
        json!({ "url": "https://a.example/{{auto_oauth_signature}}" }),
    ] {
        let mut whole = json!({ "method": "POST", "url": "https://a.example/" });
        for (name, value) in places.as_object().unwrap() {
            whole[name] = value.clone();
        }
        let error = signed(
            &request(whole),
            &OAuth1Variables::default(),
            (&SignatureMethod::HmacSha1, "", ""),
        )
        .unwrap_err();
        assert_eq!(error.variable.as_deref(), Some("auto_oauth_signature"), "{places}");
    }
    let other = SignatureMethod::Other("RSA-SHA1".to_owned());
    let request = request(
        json!({ "url": "https://a.example/", "queries": [pair("oauth_signature", "{{auto_oauth_signature}}")] }),
    );
    let error = signed(&request, &OAuth1Variables::default(), (&other, "", "")).unwrap_err();
    assert_eq!(error.field, "authentication.oauth1.signature_method");
    assert!(error.message.contains("RSA-SHA1"));
}

/// What a provider that has never heard of templates makes of a request: it decodes each part its own way and signs anew.
fn as_the_provider(
    sent: &RenderedRequest,
    method: &SignatureMethod,
    secrets: (&str, &str),
) -> (String, String) {
    let url = Url::parse(&sent.url).unwrap();
    let mut all: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    for header in sent.headers.iter().filter(|header| header.name == "Authorization") {
        for part in header.value.strip_prefix("OAuth ").unwrap().split(", ") {
            let (name, value) = part.split_once("=\"").unwrap();
            let value = percent_decode_str(value.strip_suffix('"').unwrap()).decode_utf8().unwrap();
            all.push((name.to_owned(), value.into_owned()));
        }
    }
    if let Some(body) = &sent.body {
        all.extend(url::form_urlencoded::parse(body.as_bytes()).into_owned());
    }
    let got = all
        .iter()
        .position(|(name, _)| name == "oauth_signature")
        .map(|at| all.remove(at).1)
        .unwrap();
    let strict = |text: &str| {
        text.bytes().fold(String::new(), |encoded, byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded + &char::from(byte).to_string()
            }
            other => encoded + &format!("%{other:02X}"),
        })
    };
    let mut encoded: Vec<(String, String)> =
        all.iter().map(|(name, value)| (strict(name), strict(value))).collect();
    encoded.sort();
    let joined: Vec<String> =
        encoded.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let base = format!("{}://{}{port}{}", url.scheme(), url.host_str().unwrap(), url.path());
    let verb = match sent.method {
        Method::Get => "GET",
        Method::Post => "POST",
    };
    let text = format!("{verb}&{}&{}", strict(&base), strict(&joined.join("&")));
    (got, sign(method, &text, secrets.0, secrets.1).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Whatever the values are and wherever the parameters stand, the provider computes the same signature.
    #[test]
    fn any_request_verifies(
        values in prop::collection::vec("\\PC{1,12}|[&=?#%+/;:,\"' !*()~]{1,8}", 5),
        place in 0..3_usize,
        method in 0..4_usize,
        path in "[a-zA-Z0-9/_~-]{0,12}",
    ) {
        let method = &METHODS[method];
        let variables = OAuth1Variables {
            consumer_key: some(&values[0]),
            signature_method: some(method.as_str()),
            oauth_token: some(&values[1]),
            auto_oauth_nonce: some("n"),
            auto_oauth_timestamp: some("1"),
            redirect_uri: some(&values[2]),
            queries: vec![NameValue::new("q", &values[3])],
            ..OAuth1Variables::default()
        };
        let parameters = [
            ("oauth_consumer_key", "{{consumer_key}}"), ("oauth_token", "{{oauth_token}}"),
            ("oauth_signature_method", "{{signature_method}}"), ("oauth_nonce", "{{auto_oauth_nonce}}"),
            ("oauth_timestamp", "{{auto_oauth_timestamp}}"), ("oauth_callback", "{{redirect_uri}}"),
            ("oauth_signature", "{{auto_oauth_signature}}"),
        ];
        let rows: Vec<Value> = parameters.iter().map(|(name, value)| pair(name, value)).collect();
        let header: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
        let mut whole = json!({
            "method": "POST",
            "url": format!("https://a.example:8443/{path}?own=a%20b+c&same={{{{query.q}}}}"),
            "queries": [pair("a", "{{query.q}}"), pair("a é", "{{query.q}}")],
            "body_fields": [pair("a", "{{query.q}}"), pair("b c", &values[4].replace("{{", "{ {"))],
        });
        match place {
            0 => whole["queries"].as_array_mut().unwrap().extend(rows),
            1 => whole["body_fields"].as_array_mut().unwrap().extend(rows),
            _ => whole["headers"] = json!([pair("Authorization", &format!("OAuth {}", header.join(", ")))]),
        }
        let sent = signed(&request(whole), &variables, (method, &values[4], &values[0])).unwrap();
        let (got, wanted) = as_the_provider(&sent.request, method, (&values[4], &values[0]));
        prop_assert_eq!(got, wanted);
    }
}
