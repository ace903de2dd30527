use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;
use serde_json::json;

use super::*;

fn redactor(secrets: &[&str]) -> Redactor {
    let secrets: Vec<_> = secrets.iter().map(|secret| Secret::from(*secret)).collect();
    Redactor::new(&secrets)
}

fn text(secrets: &[&str], text: &str) -> String {
    redactor(secrets).redact_text(text)
}

fn json(secrets: &[&str], mut value: Value) -> Value {
    redactor(secrets).redact_json(&mut value);
    value
}

#[test]
fn a_secret_goes_and_its_surroundings_stay() {
    assert_eq!(text(&["s3cr3t-value"], "before s3cr3t-value, after"), "before ***, after");
    assert_eq!(text(&["s3cr3t-value"], "s3cr3t-values3cr3t-value"), "***");
    assert_eq!(text(&["s3cr3t-value"], "nothing here"), "nothing here");
    assert_eq!(text(&["s3cr3t-value"], ""), "");
    assert_eq!(text(&[], "s3cr3t-value"), "s3cr3t-value");
    assert_eq!(text(&[""], "é"), "é");
}

#[test]
fn secrets_that_share_characters_go_together() {
    assert_eq!(text(&["abcdef", "defghi"], "x abcdefghi y"), "x *** y");
    assert_eq!(text(&["abcdef", "abcdefghijkl"], "x abcdefghijkl y"), "x *** y");
}

#[test]
fn every_encoding_goes() {
    let secret = "pä$$ \"w/ord\" & more+";
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let json_once = serde_json::to_string(secret).unwrap();
    let json_twice = serde_json::to_string(&json_once).unwrap();
    for encoded in [
        secret.to_owned(),
        json_once.clone(),
        json_twice,
        form.clone(),
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string().to_lowercase(),
        utf8_percent_encode(&json_once, NON_ALPHANUMERIC).to_string(),
        STANDARD.encode(secret),
        STANDARD.encode(&form),
        utf8_percent_encode(&STANDARD.encode(secret), NON_ALPHANUMERIC).to_string(),
        URL_SAFE_NO_PAD.encode(format!("{{\"a\":{json_once}}}")),
        hex::encode(secret),
        hex::encode_upper(secret),
        secret.chars().map(|c| format!("\\u{:04x}", c as u32)).collect(),
        format!("'{}'", secret.replace('$', "\\x24")),
    ] {
        let shown = text(&[secret], &format!("before {encoded} after"));
        assert!(shown.starts_with("before ") && shown.ends_with(" after"), "{encoded}: {shown}");
        assert!(shown.contains("***") && shown.len() < 40, "{encoded}: {shown}");
    }
}

#[test]
fn http_basic_goes_where_it_has_no_name() {
    for (user, secret) in [("a", "s3cr3t-value"), ("ab", "s3cr3t-value"), ("abc", "s3cr3t value/2")]
    {
        let encoded = STANDARD.encode(format!("{user}:{secret}"));
        let shown = text(&[secret], &format!("sent {encoded}."));
        assert!(shown.ends_with("***."), "{shown}");
    }
}

#[test]
fn short_secrets_go_where_they_are_a_value() {
    let stack = "Error: no main\n    at main (functions/main/index.js:3:5)";
    assert_eq!(text(&["main"], stack), stack);
    assert_eq!(text(&["main"], "main"), "***");
    assert_eq!(text(&["main"], "key=main&a=mainly"), "key=***&a=mainly");
    assert_eq!(text(&["main"], r#"{"key":"main","b":"domain"}"#), r#"{"key":"***","b":"domain"}"#);
    assert_eq!(text(&["main"], r#"{\"key\":\"main\"}"#), r#"{\"key\":\"***\"}"#);
    assert_eq!(
        json(
            &["main", "12"],
            json!({"a": "main", "b": "domain", "c": "12", "d": "123", "e": 12, "main": "bWFpbg=="})
        ),
        json!({"a": "***", "b": "domain", "c": "***", "d": "123", "e": 12, "main": "***"})
    );
    assert_eq!(text(&["12"], "12"), "12");
}

#[test]
fn json_values_and_keys() {
    assert_eq!(
        json(
            &["s3cr3t-value", "other-secret", "123456"],
            json!({
                "text": "a s3cr3t-value b", "list": ["s3cr3t-value", {"x": "other-secret"}],
                "s3cr3t-value": 1, "other-secret": 2, "number": 123456, "float": 1.5, "null": null
            })
        ),
        json!({
            "text": "a *** b", "list": ["***", {"x": "***"}],
            "***": 1, "*** (2)": 2, "number": "***", "float": 1.5, "null": null
        })
    );
}

#[test]
fn headers_go_by_name() {
    assert_eq!(
        json(
            &[],
            json!({
                "request_headers": [["Authorization", "Bearer abc"], ["X-API-Key", "k"], ["Accept", "text/html"]],
                "response_headers": {"set-cookie": ["a=1", "b=2"], "Proxy-Authorization": "Basic eDp5", "cookie": "c"},
                "headers": [{"name": "authorization", "value": "opaque"}, {"name": "Accept", "value": "*/*"}],
                "template": {"Authorization": "Bearer {{access_token}}"}
            })
        ),
        json!({
            "request_headers": [["Authorization", "Bearer ***"], ["X-API-Key", "***"], ["Accept", "text/html"]],
            "response_headers": {"set-cookie": ["***", "***"], "Proxy-Authorization": "Basic ***", "cookie": "***"},
            "headers": [{"name": "authorization", "value": "***"}, {"name": "Accept", "value": "*/*"}],
            "template": {"Authorization": "Bearer {{access_token}}"}
        })
    );
}

#[test]
fn fields_go_by_name() {
    assert_eq!(
        json(
            &[],
            json!({
                "access_token": "a", "refreshToken": "b", "expires_in": "3600", "password": 1234, "code_verifier": "",
                "client_secret": {"secret": "client_secret"}, "title": "password",
                "body_fields": [{"name": "client_secret", "value": "{{client_secret}}"}, {"name": "id_token", "value": "x"}]
            })
        ),
        json!({
            "access_token": "***", "refreshToken": "***", "expires_in": "3600", "password": "***", "code_verifier": "",
            "client_secret": {"secret": "client_secret"}, "title": "password",
            "body_fields": [{"name": "client_secret", "value": "{{client_secret}}"}, {"name": "id_token", "value": "***"}]
        })
    );
}

#[test]
fn names_in_text() {
    for (before, after) in [
        (
            "GET /\r\nAuthorization: Bearer abc.def\r\nAccept: */*",
            "GET /\r\nAuthorization: Bearer ***\r\nAccept: */*",
        ),
        ("cookie: a=1; b=\"2\"\nnext", "cookie: ***\nnext"),
        (
            "curl -H 'Authorization: Basic eDp5' https://example.com",
            "curl -H 'Authorization: Basic ***' https://example.com",
        ),
        (
            "{ authorization: 'Bearer abc', accept: 'x' }",
            "{ authorization: 'Bearer ***', accept: 'x' }",
        ),
        (r#"Authorization: Digest username="u", response="r""#, "Authorization: Digest ***"),
        (
            r#"{"access_token":"a\"b","expires_in":3600}"#,
            r#"{"access_token":"***","expires_in":3600}"#,
        ),
        (r#"{"access_token":"ab\\","x":"y"}"#, r#"{"access_token":"***","x":"y"}"#),
        (
            r#""{\"refresh_token\": \"a\\\"b\", \"x\": 1}""#,
            r#""{\"refresh_token\": \"***\", \"x\": 1}""#,
        ),
        (r"a\nAuthorization: Bearer x\nb", r"a\nAuthorization: Bearer ***\nb"),
        (r#"{"password": 12345}"#, r#"{"password": "***"}"#),
        ("grant_type=x&client_secret=s%20t&code=c", "grant_type=x&client_secret=***&code=c"),
        ("https://x.example/?access_token=abc#top", "https://x.example/?access_token=***#top"),
        ("password=a password=b", "password=*** password=***"),
    ] {
        assert_eq!(text(&[], before), after);
        assert_eq!(text(&[], after), after, "a second time changes nothing");
    }
}

#[test]
fn what_only_talks_about_secrets_stays() {
    for stays in [
        "password: the field is required",
        "TypeError: Cannot read properties of undefined (reading 'access_token')\n    at handler (functions/build/index.js:3:5)",
        "access_token={{access_token}}&client_secret={{client_secret}}",
        r#"{"Authorization": "Bearer {{access_token}}"}"#,
        "const password = input.password;",
        "the cookie=yes setting",
        "",
    ] {
        assert_eq!(text(&["s3cr3t-value"], stays), stays);
    }
}

#[test]
fn key_material_goes_line_by_line() {
    let key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n-----END KEY-----\n";
    assert_eq!(text(&[key], "line MIIEvQIBADANBgkqhkiG9w0B"), "line ***");
    assert_eq!(text(&[key], &format!("{key:?}")), "\"***\"");
    assert_eq!(text(&["  s3cr3t-value\n"], "x=s3cr3t-value"), "x=***");
}

#[test]
fn nothing_prints_the_secrets() {
    assert_eq!(
        format!("{:?}", redactor(&["s3cr3t-value", "other"])),
        "Redactor { secrets: 2, .. }"
    );
}

#[test]
fn escapes_upon_escapes_end() {
    // Each layer doubles the readings: the depth is bounded, so this ends soon.
    let nasty = r"%255C\\u005c%2525+\\\\".repeat(2000);
    let shown = text(&["s3cr3t value"], &format!("{nasty} s3cr3t+value {nasty}"));
    assert_eq!(shown, format!("{nasty} *** {nasty}"));
}

/// Characters that encodings treat differently.
fn secret() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            4 => prop::char::range('!', '~'),
            1 => Just(' '), 1 => Just('"'), 1 => Just('\\'), 1 => Just('+'), 1 => Just('%'), 1 => Just('='),
            1 => Just('é'), 1 => Just('漢'), 1 => Just('🦀'), 1 => Just('\n'),
        ],
        6..40,
    )
    .prop_map(|characters| characters.into_iter().collect::<String>())
    // A secret made of the mask would be found in it; one that is all spaces is none.
    .prop_filter("no mask", |secret: &String| !secret.contains("**") && secret.trim().chars().count() >= 6)
}

/// Whether some run of base64 characters in `shown`, read from any of four places on, decodes to the secret.
fn base64_reveals(shown: &str, secret: &str) -> bool {
    shown.split(|c: char| !(c.is_ascii_alphanumeric() || "+/-_".contains(c))).any(|run| {
        let run = run.replace('-', "+").replace('_', "/");
        (0..4.min(run.len())).any(|from| {
            let rest = &run[from..];
            let whole = &rest[..rest.len() - usize::from(rest.len() % 4 == 1)];
            STANDARD_NO_PAD
                .decode(whole)
                .or_else(|_| STANDARD_NO_PAD.decode(&whole[..whole.len() / 4 * 4]))
                .is_ok_and(|bytes| {
                    bytes.windows(secret.len()).any(|window| window == secret.as_bytes())
                })
        })
    })
}

proptest! {
    #[test]
    fn a_secret_never_survives(secret in secret(), before in "[a-z{\": ]{0,12}", after in "[a-z}\": ]{0,12}", seed in any::<u64>()) {
        let redactor = Redactor::new(&[Secret::from(secret.as_str())]);
        let around = format!("{before}{secret}{after}");

        let shown = redactor.redact_text(&around);
        prop_assert!(!shown.contains(&secret), "{shown}");
        let whole = redactor.redact_text(&format!("[{secret}]"));
        prop_assert_eq!(whole, "[***]");

        let quoted = serde_json::to_string(&around).unwrap();
        let shown = redactor.redact_text(&quoted);
        prop_assert!(!serde_json::from_str::<String>(&shown).unwrap_or_default().contains(&secret), "{shown}");
        let shown = redactor.redact_text(&serde_json::to_string(&json!({ "body": quoted })).unwrap());
        let body = serde_json::from_str::<Value>(&shown).ok().and_then(|v| v["body"].as_str().map(str::to_owned)).unwrap_or_default();
        prop_assert!(!serde_json::from_str::<String>(&body).unwrap_or_default().contains(&secret), "{shown}");

        let form = url::form_urlencoded::Serializer::new(String::new()).append_pair("value", &around).finish();
        let shown = redactor.redact_text(&form);
        let back: Vec<_> = url::form_urlencoded::parse(shown.as_bytes()).map(|(_, value)| value.into_owned()).collect();
        prop_assert!(!back.concat().contains(&secret), "{shown}");

        // Percent-encoding with any choice of what to escape.
        let mut choice = seed;
        let percent: String = secret.bytes().map(|byte| {
            choice = choice.rotate_left(7).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            if byte.is_ascii_alphanumeric() && choice & 1 == 0 { char::from(byte).to_string() }
            else if choice & 2 == 0 { format!("%{byte:02x}") } else { format!("%{byte:02X}") }
        }).collect();
        prop_assert_eq!(redactor.redact_text(&format!("/a/{percent}/b")), "/a/***/b");

        for engine in [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD] {
            let shown = redactor.redact_text(&format!("data {}, end", engine.encode(&around)));
            prop_assert!(!base64_reveals(&shown, &secret), "{shown}");
            prop_assert!(shown.starts_with("data ") && shown.ends_with(", end"), "{shown}");
        }

        for encoded in [hex::encode(&around), hex::encode_upper(&around)] {
            let shown = redactor.redact_text(&encoded).to_lowercase();
            prop_assert!(!shown.contains(&hex::encode(&secret)), "{shown}");
        }
    }

    #[test]
    fn a_secret_never_survives_in_json(secret in secret(), before in "[a-z ]{0,5}", after in "[a-z ]{0,5}") {
        let around = format!("{before}{secret}{after}");
        let mut value = json!({
            "list": [around, {"deep": around}], around.as_str(): 1,
            "body": serde_json::to_string(&json!({ "a": around })).unwrap(),
        });
        Redactor::new(&[Secret::from(secret.as_str())]).redact_json(&mut value);
        let shown = serde_json::to_string(&value).unwrap();
        prop_assert!(!value["list"][0].as_str().unwrap().contains(&secret));
        prop_assert!(!shown.contains(serde_json::to_string(&secret).unwrap().trim_matches('"')), "{shown}");
        prop_assert_eq!(value.as_object().unwrap().len(), 3);
    }

    #[test]
    fn text_without_secrets_stays(words in "[a-z0-9 /.:(){}\n]{0,200}") {
        let redactor = redactor(&["S3CR3T-VALUE", "OTHER SECRET"]);
        prop_assert_eq!(redactor.redact_text(&words), words);
    }

    #[test]
    fn any_text_is_handled(text in any::<String>(), noise in r#"[%\\u+="'a-f0-9é🦀:]{0,60}"#) {
        let redactor = redactor(&["aé\\%+", "abcdef", "0000000"]);
        redactor.redact_text(&text);
        let once = redactor.redact_text(&noise);
        prop_assert!(!once.contains("abcdef"));
        redactor.redact_text(&format!("Authorization: {noise}\npassword={noise}&access_token:\"{noise}"));
    }
}
