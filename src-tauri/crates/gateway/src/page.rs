//! The small pages that a person sees in the browser after a redirect.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What a page says. All of it is shown as text, whatever it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageText {
    /// One line.
    pub title: String,
    /// One paragraph a line.
    pub text: String,
    /// False = something went wrong: the page looks so and the status is 400.
    pub ok: bool,
}

impl PageText {
    /// What the redirect URL shows after its callback was stored.
    pub(crate) fn redirect_stored() -> Self {
        Self {
            title: "Done".into(),
            text: "You can close this page and return to Stepsmith.".into(),
            ok: true,
        }
    }
}

const STYLE: &str = "\
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}\
body{display:grid;place-items:center;min-height:90vh;margin:1rem}\
main{max-width:34rem;padding:2rem;border:1px solid #8884;border-radius:12px;border-top:4px solid #2b8a3e}\
main.failed{border-top-color:#c92a2a}\
h1{font-size:1.25rem;margin:0 0 .5rem}\
p{margin:.25rem 0;overflow-wrap:anywhere}";

/// Escapes for element content and quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Nothing that a terminal, a bidi override or a parser quirk could make use of.
            c if c.is_control() && c != '\n' => out.push('\u{fffd}'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// The page as an answer. Nothing on it can run, load or be framed by others than `framed_by`.
pub(crate) fn answer(status: StatusCode, page: &PageText, framed_by: &[String]) -> Response<Body> {
    let mut random = [0; 16];
    // Without random bytes the page goes out unstyled: the style's nonce then is not in the policy.
    let (nonce, style_policy) = match getrandom::fill(&mut random) {
        Ok(()) => {
            let nonce = STANDARD.encode(random);
            let policy = format!(" style-src 'nonce-{nonce}';");
            (nonce, policy)
        }
        Err(_) => (String::new(), String::new()),
    };
    let paragraphs: String =
        page.text.lines().map(|line| format!("<p>{}</p>", escape(line))).collect();
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} · Stepsmith</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style nonce=\"{nonce}\">{STYLE}</style></head>\
         <body><main class=\"{class}\"><h1>{title}</h1>{paragraphs}</main></body></html>",
        title = escape(&page.title),
        class = if page.ok { "ok" } else { "failed" },
    );
    let ancestors = if framed_by.is_empty() { "'none'".to_owned() } else { framed_by.join(" ") };
    let policy = format!(
        "default-src 'none';{style_policy} base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    );
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    } else {
        // An origin that cannot stand in a header: then nobody may frame the page.
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(
                "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            ),
        );
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(
            escape("<script>alert(\"1\")</script> & 'x'"),
            "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;"
        );
        assert_eq!(escape("a\u{0}b\u{202e}c\u{1b}[0m"), "a\u{fffd}b\u{fffd}c\u{fffd}[0m");
    }

    #[test]
    fn policy_allows_nothing_but_the_style() {
        let page = PageText { title: "T".into(), text: "a\nb".into(), ok: false };
        let response = answer(StatusCode::BAD_REQUEST, &page, &[]);
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'nonce-"), "{policy}");
        assert!(policy.ends_with("frame-ancestors 'none'"), "{policy}");
        let framed = answer(StatusCode::OK, &page, &["https://a.example".into()]);
        let policy = framed.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.ends_with("frame-ancestors https://a.example"), "{policy}");
    }
}
