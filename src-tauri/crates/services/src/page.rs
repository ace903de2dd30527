//! The frame around every HTML page: no scripts, one style sheet, a strict content security policy.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use url::Url;

/// A page. `name` identifies it to programs (`data-page`), `title` to people.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) name: &'static str,
    pub(crate) title: String,
    /// Which service speaks.
    pub(crate) brand: &'static str,
    pub(crate) body: Markup,
    /// Where the page's form may end up beside here: browsers apply `form-action` to redirects too.
    pub(crate) leads_to: Option<Box<Url>>,
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let markup = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · " (self.brand) }
                    link rel="stylesheet" href="/style.css";
                }
                body data-page=(self.name) {
                    header { span.mark aria-hidden="true" {} (self.brand) }
                    main { h1 { (self.title) } (self.body) }
                    footer { "A sample service on this computer." }
                }
            }
        };
        let mut response = (self.status, markup.into_string()).into_response();
        let leads_to = self
            .leads_to
            .map(|url| format!(" {}", url.origin().ascii_serialization()))
            .unwrap_or_default();
        // No frame-ancestors: a client may show these pages inside its own window, which is what they are for.
        let policy = format!(
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'{leads_to}"
        );
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        response
    }
}

/// A page that only says what went wrong.
pub(crate) fn trouble(brand: &'static str, status: StatusCode, title: &str, text: &str) -> Page {
    Page {
        status,
        name: "error",
        title: title.to_owned(),
        brand,
        body: html! { p.error role="alert" { (text) } },
        leads_to: None,
    }
}

/// 303: the browser goes on with GET, whatever it came with.
pub(crate) fn see_other(to: &str) -> Response {
    match HeaderValue::from_str(to) {
        Ok(location) => (
            StatusCode::SEE_OTHER,
            [
                (header::LOCATION, location),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ],
        )
            .into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// GET /style.css
pub(crate) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("style.css")).into_response()
}
