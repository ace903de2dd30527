//! The framework's own HTTP requests: tokens and attachments. (Those of functions are the runner's.)

use std::time::{Duration, Instant};

use flow::template::RenderedRequest;
use flow::token::HttpAnswer;
use reqwest::{Client, Method, redirect};

use crate::Api;
use crate::clock::now;

const USER_AGENT: &str = concat!("Stepsmith/", env!("CARGO_PKG_VERSION"));
/// No token answer is larger; more is refused.
const MAX_ANSWER: usize = 1 << 20;
/// No attachment is larger.
pub const MAX_ATTACHMENT: usize = 100 << 20;
const TOKEN_TIMEOUT: Duration = Duration::from_secs(30);

/// A client that follows no redirect: a token request goes where app.json says and nowhere else.
pub fn client(timeout: Duration) -> Result<Client, String> {
    build(timeout, redirect::Policy::none())
}

/// A client for files, which services like to hand out by way of a redirect.
pub fn client_that_follows(timeout: Duration) -> Result<Client, String> {
    build(timeout, redirect::Policy::limited(5))
}

fn build(timeout: Duration, redirects: redirect::Policy) -> Result<Client, String> {
    // Installed once for the whole process; a second time changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .timeout(timeout)
        .redirect(redirects)
        .user_agent(USER_AGENT)
        .build()
        .map_err(|error| words(&error))
}

/// One request of contract chapter 3 with what came of it, as it went over the wire. Holds secrets and does not print.
pub struct Wire {
    /// As rendered.
    pub request: RenderedRequest,
    /// Headers that are sent beside those of app.json.
    pub added: Vec<(String, String)>,
    /// ms since 1970.
    pub started_at: i64,
    /// From sending to the end.
    pub took_ms: u64,
    /// As far as it came.
    pub answer: Option<WireAnswer>,
    /// Why nothing, or not all, came back.
    pub failure: Option<String>,
}

/// What came back.
pub struct WireAnswer {
    /// 200, 400 …
    pub status: u16,
    /// In the order received.
    pub headers: Vec<(String, String)>,
    /// Decoded.
    pub body: String,
    /// Its length once decompressed.
    pub body_bytes: usize,
    /// From sending to the last header, in ms.
    pub after_ms: u64,
}

impl Wire {
    /// The whole answer, or why there is none.
    pub fn answer(&self) -> Result<HttpAnswer, String> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let answer = self.answer.as_ref().ok_or_else(|| "no answer".to_owned())?;
        let header = |name: &str| header(&answer.headers, name).map(str::to_owned);
        Ok(HttpAnswer {
            status: answer.status,
            content_type: header("content-type"),
            location: header("location"),
            www_authenticate: header("www-authenticate"),
            body: answer.body.clone(),
        })
    }
}

/// Sends a request of contract chapter 3.
pub async fn send(api: &Api, request: RenderedRequest) -> Wire {
    let clock = Instant::now();
    let mut wire = Wire {
        added: added(&request),
        request,
        started_at: now(),
        took_ms: 0,
        answer: None,
        failure: None,
    };
    let patience = api.options().answer_patience.unwrap_or(TOKEN_TIMEOUT);
    wire.failure = exchange(&mut wire, clock, patience).await.err();
    wire.took_ms = elapsed_ms(clock);
    wire
}

async fn exchange(wire: &mut Wire, clock: Instant, patience: Duration) -> Result<(), String> {
    let method = match wire.request.method {
        definition::Method::Get => Method::GET,
        definition::Method::Post => Method::POST,
    };
    let mut outgoing = client(patience)?.request(method, &wire.request.url);
    for header in &wire.request.headers {
        outgoing = outgoing.header(&header.name, &header.value);
    }
    if let Some(body) = &wire.request.body {
        outgoing = outgoing.body(body.clone());
    }
    let mut answer = outgoing.send().await.map_err(|error| words(&error))?;
    let text = |value: &reqwest::header::HeaderValue| {
        String::from_utf8_lossy(value.as_bytes()).into_owned()
    };
    let headers: Vec<(String, String)> =
        answer.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    let status = answer.status().as_u16();
    let after_ms = elapsed_ms(clock);
    let mut body = Vec::new();
    // What came before it broke off is shown all the same.
    let read = read_into(&mut body, &mut answer, MAX_ANSWER).await;
    wire.answer = Some(WireAnswer {
        status,
        body: decode(&body, header(&headers, "content-type").unwrap_or_default()),
        body_bytes: body.len(),
        headers,
        after_ms,
    });
    read?;
    // Where the client knows the coding, it takes the header away with it.
    match wire.answer.as_ref().and_then(|answer| header(&answer.headers, "content-encoding")) {
        Some(coding) if !coding.is_empty() && !coding.eq_ignore_ascii_case("identity") => {
            Err(format!(
                "the answer is packed as {coding:?}, which was not asked for; expected gzip, br, deflate or none"
            ))
        }
        _ => Ok(()),
    }
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// What the client sends of its own accord, for the author to see.
fn added(request: &RenderedRequest) -> Vec<(String, String)> {
    let host = url::Url::parse(&request.url).ok().and_then(|url| {
        let host = url.host_str()?.to_owned();
        Some(url.port().map_or(host.clone(), |port| format!("{host}:{port}")))
    });
    let length = request.body.as_ref().map(|body| body.len().to_string());
    [
        ("host", host),
        ("user-agent", Some(USER_AGENT.to_owned())),
        ("accept", Some("*/*".to_owned())),
        ("accept-encoding", Some("gzip, br, deflate".to_owned())),
        ("content-length", length),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
    .filter(|(name, _)| !request.headers.iter().any(|own| own.name.eq_ignore_ascii_case(name)))
    .collect()
}

/// The text in the charset that the Content-Type names; an unknown one, or none, is read as UTF-8.
fn decode(body: &[u8], content_type: &str) -> String {
    let charset = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    });
    let encoding = charset
        .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        .unwrap_or(encoding_rs::UTF_8);
    encoding.decode(body).0.into_owned()
}

fn elapsed_ms(clock: Instant) -> u64 {
    u64::try_from(clock.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// The whole body, or why not.
pub async fn read_bounded(mut answer: reqwest::Response, limit: usize) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    read_into(&mut body, &mut answer, limit).await?;
    Ok(body)
}

async fn read_into(
    body: &mut Vec<u8>,
    answer: &mut reqwest::Response,
    limit: usize,
) -> Result<(), String> {
    while let Some(chunk) = answer.chunk().await.map_err(|error| words(&error))? {
        if body.len() + chunk.len() > limit {
            return Err(format!("the answer is larger than {limit} bytes"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(())
}

/// Why there was no answer, in words: the innermost cause says it best. The URL is left out, for it may carry a secret.
pub fn words(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    let what = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else if error.is_body() || error.is_decode() {
        "the answer broke off"
    } else {
        "the request failed"
    };
    let detail = cause.to_string();
    if detail.contains("http://") || detail.contains("https://") {
        what.to_owned()
    } else {
        format!("{what}: {detail}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_read_in_the_charset_it_names() {
        assert_eq!(decode(b"caf\xe9", "text/plain; charset=ISO-8859-1"), "café");
        assert_eq!(decode("café".as_bytes(), "application/json"), "café");
        assert_eq!(decode("café".as_bytes(), "text/plain; charset=\"no-such\""), "café");
        assert_eq!(decode(b"\x83\x65", "text/html; x=1; Charset=\"Shift_JIS\""), "テ");
    }
}
