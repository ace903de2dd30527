//! The page at the end, and the addresses on the way.

use serde_json::{Value, json};

use super::attacked;
use crate::provider::Provider;
use crate::shared::in_shared_world;

#[test]
fn the_page_at_the_end_leads_nowhere() {
    attacked(async |target| {
        for query in [
            "next=https%3A%2F%2Fevil.example&redirect_uri=https%3A%2F%2Fevil.example&code=c",
            "error=x&error_uri=https%3A%2F%2Fevil.example%2F&state=STATE",
        ] {
            let answer = target.comes(query).await;
            assert!(!(300..400).contains(&answer.status), "{query}");
            assert!(!answer.headers.contains_key("location"));
            assert!(!answer.headers.contains_key("refresh"));
            for leading in ["href", "http-equiv", "<form", "<iframe", "<script", "<a "] {
                assert!(!answer.page.contains(leading), "{leading} in {}", answer.page);
            }
        }
    });
}

#[test]
fn script_in_the_parameters_is_text_on_the_page() {
    attacked(async |target| {
        let markup = "</p></main><script>alert(1)</script><img src=x onerror='alert(1)'>\"&amp;";
        let encoded: String = url::form_urlencoded::byte_serialize(markup.as_bytes()).collect();
        let query = format!(
            "error={encoded}&error_description={encoded}&error_uri=javascript%3Aalert(1)&state=STATE"
        );
        let answer = target.comes(&query).await;
        assert!(answer.page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{}", answer.page);
        for markup in ["<script", "<img", "onerror='", "javascript:alert(1)\""] {
            assert!(!answer.page.contains(markup), "{markup} in {}", answer.page);
        }
        let header = |name: &str| answer.headers[name].to_str().unwrap();
        let policy = header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none';") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'none'"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(
            header("referrer-policy"),
            "no-referrer",
            "the code stays out of the next request"
        );
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("content-type"), "text/html; charset=utf-8");
        target.assert_failed("alert(1)").await;
    });
}

#[test]
fn line_breaks_and_bidi_marks_in_the_parameters_do_nothing() {
    attacked(async |target| {
        let query = "error=a%0D%0ASet-Cookie:%20a=b%0D%0A%0D%0A%3Ch1%3E&error_description=%E2%80%AEtxt.exe%1B%5B2J%00&state=STATE";
        let answer = target.comes(query).await;
        assert_eq!(answer.status, 400);
        assert!(!answer.headers.contains_key("set-cookie"));
        for character in ['\u{202e}', '\u{1b}', '\0', '\r'] {
            assert!(!answer.page.contains(character), "{character:?} in {}", answer.page);
        }
    });
}

#[test]
fn a_page_address_that_is_no_web_address_is_not_opened() {
    in_shared_world(async |world| {
        for address in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "//evil.example",
            "--help",
            "ms-settings:x",
        ] {
            let provider = Provider::start(|_, _| (200, json!({}))).await;
            let mut definition = provider.app();
            definition["authentication"]["oauth2"]["authorization_request"]["url"] = address.into();
            let app = world.app("no-web-address", definition, &[]).await;
            let secret =
                json!({ "app": app, "name": "client_secret", "value": "hush-hush-client" });
            world.get("set_secret", secret).await;
            let attempt = world.get("start_authorization", json!({ "app": app })).await;
            assert_eq!(
                (&attempt["status"], attempt.get("url")),
                (&json!("failed"), None),
                "{address}"
            );
        }
    });
}

#[test]
fn an_address_elsewhere_is_not_taken_for_the_redirect() {
    attacked(async |target| {
        let port = target.uri.port().unwrap();
        let right = target.back("code=c&state=STATE");
        for address in [
            right.replace("http://", "https://"),
            right.replace("127.0.0.1", "127.0.0.1.evil.example"),
            right.replace("http://", "http://127.0.0.1@evil.example/"),
            right.replace(&port.to_string(), &(port ^ 1).to_string()),
            right.replace("/oauth?", "/oauth/../webhook?"),
            right.replace("?", "#"),
            "javascript:alert(1)".to_owned(),
            String::new(),
        ] {
            let paste = json!({ "authorization": target.attempt["id"], "url": address });
            let error = target.world.call::<Value>("paste_redirect", paste).await;
            assert!(error.is_err(), "{address}");
        }
        target.assert_unharmed().await;
    });
}
