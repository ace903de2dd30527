//! The templated requests of contract chapter 3, rendered.
//!
//! Values are encoded by the place they land in: a value can fill a parameter, never add one. Besides URL, query, form and JSON
//! three places have rules of their own. One is the beginning of a URL: `{{query.accounts_server}}/token` takes the whole origin
//! that some providers name in their redirect, https only. Two stand in the header `Authorization`:
//! * `Basic {{client_id}}:{{client_secret}}`: a user name and a password, which a template tells by its `:` (base64 has none), are
//!   sent as base64 (RFC 7617); client id and secret are form-encoded before (RFC 6749, section 2.3.1).
//! * `OAuth oauth_nonce="{{auto_oauth_nonce}}", …` of an OAuth1 request: percent-encoded (RFC 5849, section 3.5.1).

mod oauth1;
mod place;
mod preview;
mod signature;

pub use oauth1::{OAuth1Variables, Signed, SigningKey, render_signed};
pub(crate) use place::variable_names;
pub use preview::{MASK, Preview, preview};
pub use signature::{base_string, sign};

use std::fmt;

use definition::{Method, NameValue, OAUTH2_VARIABLES, Request};
use url::Url;

/// What `{{…}}` can stand for. Values never print.
#[derive(Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of contract chapter 3")]
pub struct Variables {
    pub client_id: Option<String>,
    pub client_secret: Option<String>,
    pub redirect_uri: Option<String>,
    pub state: Option<String>,
    pub code: Option<String>,
    pub access_token: Option<String>,
    pub refresh_token: Option<String>,
    pub code_challenge: Option<String>,
    pub code_verifier: Option<String>,
    /// `{{query.NAME}}`: the parameters of the authorization redirect. The last of a repeated name counts.
    pub queries: Vec<NameValue>,
}

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known =
            OAUTH2_VARIABLES.iter().copied().filter(|name| self.named(name).flatten().is_some());
        f.debug_set()
            .entries(known)
            .entries(self.queries.iter().map(|query| format!("query.{}", query.name)))
            .finish()
    }
}

/// What the variables of a template stand for.
trait Known {
    /// `None` = no such variable; `Some(None)` = known, without a value yet.
    fn named(&self, name: &str) -> Option<Option<&str>>;
    /// All names, besides `query.NAME`.
    fn names(&self) -> &'static [&'static str];
    /// Whether `Authorization: OAuth …` holds parameters rather than a token.
    fn signs(&self) -> bool;

    fn value<'a>(&'a self, field: &str, name: &str) -> Result<&'a str, RenderError> {
        let fail = |message: String| RenderError {
            field: field.to_owned(),
            variable: Some(name.to_owned()),
            message,
        };
        match self.named(name) {
            None => Err(fail(format!(
                "there is no variable {{{{{name}}}}}; known are {}, and query.NAME",
                self.names().join(", ")
            ))),
            Some(None | Some("")) => Err(fail(format!("{{{{{name}}}}} has no value here"))),
            Some(Some(value)) => Ok(value),
        }
    }
}

/// `{{query.NAME}}`: the last of a repeated name counts.
fn query_named<'a>(queries: &'a [NameValue], name: &str) -> Option<&'a str> {
    queries.iter().rev().find(|pair| pair.name == name).map(|pair| pair.value.as_str())
}

impl Known for Variables {
    fn named(&self, name: &str) -> Option<Option<&str>> {
        if let Some(query) = name.strip_prefix("query.") {
            return Some(query_named(&self.queries, query));
        }
        let value = match name {
            "client_id" => &self.client_id,
            "client_secret" => &self.client_secret,
            "redirect_uri" => &self.redirect_uri,
            "state" => &self.state,
            "code" => &self.code,
            "access_token" => &self.access_token,
            "refresh_token" => &self.refresh_token,
            "code_challenge" => &self.code_challenge,
            "code_verifier" => &self.code_verifier,
            _ => return None,
        };
        Some(value.as_deref())
    }

    fn names(&self) -> &'static [&'static str] {
        &OAUTH2_VARIABLES
    }

    fn signs(&self) -> bool {
        false
    }
}

/// A request that cannot be built; nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct RenderError {
    /// Path of the field in app.json, such as `authentication.oauth2.get_token_request.body_fields[2].value`.
    pub field: String,
    /// The variable at fault.
    pub variable: Option<String>,
    /// What is wrong. Never holds a value of a variable.
    pub message: String,
}

/// A request ready to be sent. Debug prints no values.
#[derive(Clone, PartialEq, Eq)]
pub struct RenderedRequest {
    /// GET or POST.
    pub method: Method,
    /// Absolute http or https URL with all its parameters.
    pub url: String,
    /// All headers, `Content-Type` included when there is a body.
    pub headers: Vec<NameValue>,
    /// The encoded body fields; absent when there are none.
    pub body: Option<String>,
}

impl fmt::Debug for RenderedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = Url::parse(&self.url)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_default();
        let headers: Vec<&str> = self.headers.iter().map(|header| header.name.as_str()).collect();
        f.debug_struct("RenderedRequest")
            .field("method", &self.method)
            .field("host", &place)
            .field("headers", &headers)
            .field("body_bytes", &self.body.as_ref().map(String::len))
            .finish()
    }
}

/// Fills `request`'s templates. `prefix` is the request's path in app.json (`authentication.oauth2.get_token_request`).
///
/// Parameters of `queries` replace those of the same name that stand in `url`. They go to the end of a fragment that is the address
/// of a page in itself (`https://app.example/#/oauth/authorize`), before any other fragment. Names are literal. Rows with neither
/// a name nor a value are skipped.
///
/// # Errors
/// The first field that cannot be rendered: an unknown or empty variable, a value that does not fit its place, a URL that is
/// none, a content type other than form or JSON, body fields of a GET.
pub fn render(
    request: &Request,
    variables: &Variables,
    prefix: &str,
) -> Result<RenderedRequest, RenderError> {
    fill(request, variables, prefix)
}

fn fill(
    request: &Request,
    variables: &dyn Known,
    prefix: &str,
) -> Result<RenderedRequest, RenderError> {
    let mut url = place::url(&request.url, variables, &format!("{prefix}.url"))?;
    let queries = place::pairs(&request.queries, variables, &format!("{prefix}.queries"))?;
    place::merge_queries(&mut url, &queries);
    let mut headers = place::headers(&request.headers, variables, &format!("{prefix}.headers"))?;
    let fields = place::pairs(&request.body_fields, variables, &format!("{prefix}.body_fields"))?;
    let body = if fields.is_empty() {
        None
    } else if request.method == Method::Get {
        return Err(RenderError {
            field: format!("{prefix}.body_fields"),
            variable: None,
            message: "a GET has no body: use POST, or move the fields to queries".to_owned(),
        });
    } else {
        Some(place::body(&mut headers, fields, prefix)?)
    };
    Ok(RenderedRequest { method: request.method, url: url.into(), headers, body })
}

#[cfg(test)]
mod tests;
