//! A request as it will be sent, shown while it is being edited: secrets masked, samples for what is known only later.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use definition::{
    Authentication, NameValue, OAuth1, OAuth2, Request, RequestKind, begins_with_origin,
};

use super::{
    OAuth1Variables, RenderError, RenderedRequest, SigningKey, Variables, render, render_signed,
    variable_names,
};

/// Stands in the place of a secret.
pub const MASK: &str = "***";
/// No encoding changes it, and nothing else reads like it.
const SECRET: &str = "maskedsecret9c41f6a2";

/// A request as far as it can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The request without the rows that are in `problems`; absent = it has no usable URL, or there is no such request.
    pub request: Option<RenderedRequest>,
    /// What an OAuth1 signature covers.
    pub base_string: Option<String>,
    /// What cannot be rendered, field by field.
    pub problems: Vec<RenderError>,
}

/// `kind` of `authentication`, rendered with sample values at `now` (ms since 1970). Nothing of it can be used: every secret,
/// also one that stands in app.json as plain text, is replaced.
pub fn preview(
    authentication: &Authentication,
    kind: RequestKind,
    redirect_uri: &str,
    now: i64,
) -> Preview {
    let none = Preview { request: None, base_string: None, problems: Vec::new() };
    let field = kind.field();
    if let Some(config) = &authentication.oauth2 {
        let Some(request) = oauth2_request(config, kind) else { return none };
        let prefix = format!("authentication.oauth2.{field}");
        let known = oauth2_samples(config, request, redirect_uri);
        without_bad_rows(request, &prefix, |request| Ok((render(request, &known, &prefix)?, None)))
    } else if let Some(config) = &authentication.oauth1 {
        let Some(request) = oauth1_request(config, kind) else { return none };
        let prefix = format!("authentication.oauth1.{field}");
        let known = oauth1_samples(config, request, redirect_uri, now);
        let token_secret = if kind == RequestKind::RequestTokenRequest { "" } else { SECRET };
        let method = &config.signature_method;
        let key = SigningKey { method, consumer_secret: SECRET, token_secret };
        without_bad_rows(request, &prefix, |request| {
            let signed = render_signed(request, &known, &key, &prefix)?;
            Ok((signed.request, signed.base_string))
        })
    } else {
        none
    }
}

fn oauth2_request(config: &OAuth2, kind: RequestKind) -> Option<&Request> {
    match kind {
        RequestKind::RequestTokenRequest => None,
        RequestKind::AuthorizationRequest => Some(&config.authorization_request),
        RequestKind::GetTokenRequest => Some(&config.get_token_request),
        RequestKind::RefreshTokenRequest => config.refresh_token_request.as_ref(),
        RequestKind::TestTokenRequest => config.test_token_request.as_ref(),
    }
}

fn oauth1_request(config: &OAuth1, kind: RequestKind) -> Option<&Request> {
    match kind {
        RequestKind::RequestTokenRequest => Some(&config.request_token_request),
        RequestKind::AuthorizationRequest => Some(&config.authorization_request),
        RequestKind::GetTokenRequest => Some(&config.get_token_request),
        RequestKind::RefreshTokenRequest => None,
        RequestKind::TestTokenRequest => config.test_token_request.as_ref(),
    }
}

fn sample(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn own_or(value: &str, sample: &str) -> Option<String> {
    Some(if value.is_empty() { sample } else { value }.to_owned())
}

fn oauth2_samples(config: &OAuth2, request: &Request, redirect_uri: &str) -> Variables {
    Variables {
        client_id: own_or(&config.client_id, "sample-client-id"),
        client_secret: sample(SECRET),
        redirect_uri: sample(redirect_uri),
        state: sample("sample-state"),
        code: sample("sample-code"),
        access_token: sample("sample-access-token"),
        refresh_token: sample("sample-refresh-token"),
        code_challenge: sample("sample-code-challenge"),
        code_verifier: sample("sample-code-verifier"),
        queries: sample_queries(request),
    }
}

fn oauth1_samples(
    config: &OAuth1,
    request: &Request,
    redirect_uri: &str,
    now: i64,
) -> OAuth1Variables {
    OAuth1Variables {
        consumer_key: own_or(&config.consumer_key, "sample-consumer-key"),
        consumer_secret: sample(SECRET),
        signature_method: sample(config.signature_method.as_str()),
        redirect_uri: sample(redirect_uri),
        oauth_request_token: sample("sample-request-token"),
        oauth_verifier: sample("sample-verifier"),
        auto_oauth_timestamp: Some((now / 1000).to_string()),
        auto_oauth_nonce: sample("sample-nonce"),
        oauth_token: sample("sample-token"),
        oauth_token_secret: sample(SECRET),
        queries: sample_queries(request),
    }
}

/// A value for each parameter of the redirect that the request speaks of.
fn sample_queries(request: &Request) -> Vec<NameValue> {
    let names = variable_names(request);
    let origin = names.first().filter(|_| begins_with_origin(&request.url)).copied();
    names
        .into_iter()
        .filter_map(|variable| {
            let name = variable.strip_prefix("query.")?;
            let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
            let scheme = if Some(variable) == origin { "https://" } else { "" };
            Some(NameValue::new(name, format!("{scheme}sample-{plain}")))
        })
        .collect()
}

type Rendered = (RenderedRequest, Option<String>);

/// Renders what can be rendered: a row that cannot is named and left out.
fn without_bad_rows(
    request: &Request,
    prefix: &str,
    render: impl Fn(&Request) -> Result<Rendered, RenderError>,
) -> Preview {
    let mut request = request.clone();
    let rows = request.queries.len() + request.headers.len() + request.body_fields.len();
    let mut problems = Vec::new();
    for _ in 0..=rows {
        match render(&request) {
            Ok((rendered, base_string)) => {
                let request = Some(masked(rendered));
                let base_string = base_string.map(|text| text.replace(SECRET, MASK));
                return Preview { request, base_string, problems };
            }
            Err(error) => {
                let gone = blank(&mut request, error.field.strip_prefix(prefix));
                problems.push(error);
                if !gone {
                    break;
                }
            }
        }
    }
    Preview { request: None, base_string: None, problems }
}

/// Empties the row at `.queries[2].value`, so that its followers keep their places. `false` = no row stands there.
fn blank(request: &mut Request, place: Option<&str>) -> bool {
    let row = || {
        let (list, rest) = place?.strip_prefix('.')?.split_once('[')?;
        let index: usize = rest.split_once(']')?.0.parse().ok()?;
        Some((list, index))
    };
    let Some((list, index)) = row() else { return false };
    let list = match list {
        "queries" => &mut request.queries,
        "headers" => &mut request.headers,
        "body_fields" => &mut request.body_fields,
        _ => return false,
    };
    let Some(pair) = list.get_mut(index) else { return false };
    *pair = NameValue::new("", "");
    true
}

fn masked(mut request: RenderedRequest) -> RenderedRequest {
    request.url = request.url.replace(SECRET, MASK);
    request.body = request.body.map(|body| body.replace(SECRET, MASK));
    for header in &mut request.headers {
        header.value = masked_header(&header.value);
    }
    request
}

/// What a base64 holds is shown in words: `Basic base64(my-app:***)`.
fn masked_header(value: &str) -> String {
    let decoded = value.split_once(' ').and_then(|(scheme, encoded)| {
        let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
        text.contains(SECRET).then(|| format!("{scheme} base64({text})"))
    });
    decoded.unwrap_or_else(|| value.to_owned()).replace(SECRET, MASK)
}
