//! The framework's own HTTP requests: tokens and attachments. (Those of functions are the runner's.)

use std::time::Duration;

use flow::template::RenderedRequest;
use flow::token::HttpAnswer;
use reqwest::{Client, Method, redirect};

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
        .user_agent(concat!("Stepsmith/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| words(&error))
}

/// Sends a request of contract chapter 3.
pub async fn send(request: &RenderedRequest) -> Result<HttpAnswer, String> {
    let method = match request.method {
        definition::Method::Get => Method::GET,
        definition::Method::Post => Method::POST,
    };
    let mut outgoing = client(TOKEN_TIMEOUT)?.request(method, &request.url);
    for header in &request.headers {
        outgoing = outgoing.header(&header.name, &header.value);
    }
    if let Some(body) = &request.body {
        outgoing = outgoing.body(body.clone());
    }
    let answer = outgoing.send().await.map_err(|error| words(&error))?;
    let status = answer.status().as_u16();
    let content_type = answer
        .headers()
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let body = read_bounded(answer, MAX_ANSWER).await?;
    Ok(HttpAnswer { status, content_type, body: String::from_utf8_lossy(&body).into_owned() })
}

/// The whole body, or why not.
pub async fn read_bounded(mut answer: reqwest::Response, limit: usize) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| words(&error))? {
        if body.len() + chunk.len() > limit {
            return Err(format!("the answer is larger than {limit} bytes"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
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
