//! Sending a request and following redirects.

use std::cell::RefCell;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, Response, Url, Version};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::UnboundedSender;

use super::body::{Decoder, Kept};
use super::{Head, HttpEvent, HttpFailure, failure};
use crate::host::Event;
use crate::log::size;
use crate::memory::Budget;

/// Redirects that are followed, as the Fetch Standard has it.
const MAX_REDIRECTS: usize = 20;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Headers that the connection itself decides.
const OWN_HEADERS: [&str; 7] =
    ["connection", "content-length", "expect", "keep-alive", "te", "transfer-encoding", "upgrade"];

pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
    /// `follow`, `manual` or `error`.
    pub(crate) redirect: String,
    /// Whether the script gets the body decoded; the trace always does.
    pub(crate) decode: bool,
}

/// Where a request's news go.
pub(crate) struct Sinks {
    pub(crate) turns: Arc<Semaphore>,
    pub(crate) events: UnboundedSender<Event>,
    pub(crate) kept: Arc<Mutex<Kept>>,
    pub(crate) memory: Budget,
    /// Bytes of a decoded body.
    pub(crate) limit: u64,
}

thread_local! {
    static CLIENT: RefCell<Option<Client>> = const { RefCell::new(None) };
}

/// The client of this thread: connections stay open from call to call.
pub(crate) fn client() -> Result<Client, reqwest::Error> {
    CLIENT.with_borrow_mut(|known| match known {
        Some(client) => Ok(client.clone()),
        None => {
            // A second call finds the provider installed: that is fine.
            let _ = rustls::crypto::ring::default_provider().install_default();
            let client = Client::builder()
                .no_proxy()
                .no_gzip()
                .no_brotli()
                .no_deflate()
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .connect_timeout(CONNECT_TIMEOUT)
                .pool_idle_timeout(Duration::from_secs(4))
                .build()?;
            Ok(known.insert(client).clone())
        }
    })
}

/// Sends the request and reports all that comes of it.
pub(crate) async fn run(client: Client, request: Request, id: usize, sinks: Sinks) {
    let _turn = sinks.turns.acquire().await;
    let end = match exchange(&client, request, id, &sinks).await {
        Ok(()) => HttpEvent::End { id },
        Err(failure) => HttpEvent::Failed { id, failure },
    };
    let _ = sinks.events.send(end.into());
}

async fn exchange(
    client: &Client,
    request: Request,
    id: usize,
    sinks: &Sinks,
) -> Result<(), HttpFailure> {
    let (response, redirected) = follow(client, &request).await?;
    let head = Head {
        status: response.status().as_u16(),
        reason: response.status().canonical_reason().unwrap_or_default().to_owned(),
        headers: response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), text(value)))
            .collect(),
        url: response.url().to_string(),
        redirected,
        version: if response.version() == Version::HTTP_2 { "2.0" } else { "1.1" },
    };
    let encodings = response
        .headers()
        .get_all("content-encoding")
        .iter()
        .map(text)
        .collect::<Vec<_>>()
        .join(",");
    let _ = sinks.events.send(HttpEvent::Head { id, head }.into());
    read(response, &request, &encodings, id, sinks).await
}

fn text(value: &HeaderValue) -> String {
    value.as_bytes().iter().map(|byte| *byte as char).collect()
}

async fn read(
    mut response: Response,
    request: &Request,
    encodings: &str,
    id: usize,
    sinks: &Sinks,
) -> Result<(), HttpFailure> {
    let mut decoder = Decoder::new(encodings);
    let mut total = 0u64;
    let mut pass = |bytes: Vec<u8>, to_script: bool| -> io::Result<()> {
        if to_script {
            if !sinks.memory.reserve(bytes.len()) {
                return Err(io::Error::new(io::ErrorKind::OutOfMemory, "out of memory"));
            }
            let _ = sinks.events.send(HttpEvent::Data { id, bytes }.into());
        } else {
            total += bytes.len() as u64;
            if total > sinks.limit {
                return Err(io::Error::new(
                    io::ErrorKind::FileTooLarge,
                    format!("the answer's body is larger than {}", size(sinks.limit)),
                ));
            }
            sinks.kept.lock().unwrap_or_else(PoisonError::into_inner).add(&bytes);
            if request.decode {
                if !sinks.memory.reserve(bytes.len()) {
                    return Err(io::Error::new(io::ErrorKind::OutOfMemory, "out of memory"));
                }
                let _ = sinks.events.send(HttpEvent::Data { id, bytes }.into());
            }
        }
        Ok(())
    };
    let broken = |error: io::Error| failure::of_body(&error);
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                if !request.decode {
                    pass(chunk.to_vec(), true).map_err(broken)?;
                }
                decoder.push(&chunk, &mut |bytes| pass(bytes, false)).map_err(broken)?;
            }
            Ok(None) => break,
            Err(error) => return Err(failure::of_request(&error, response.url())),
        }
    }
    let rest = decoder.finish().map_err(broken)?;
    if !rest.is_empty() {
        pass(rest, false).map_err(broken)?;
    }
    Ok(())
}

/// Sends, and follows redirects when it shall; the flag says that it did.
async fn follow(client: &Client, request: &Request) -> Result<(Response, bool), HttpFailure> {
    let mut url = Url::parse(&request.url)
        .map_err(|error| failure::of_url(&request.url, &error.to_string()))?;
    let mut method = Method::from_bytes(request.method.as_bytes())
        .map_err(|_| failure::plain("ERR_INVALID_HTTP_TOKEN", "the method is not valid"))?;
    let mut headers = HeaderMap::new();
    for (name, value) in &request.headers {
        let lower = name.to_ascii_lowercase();
        if OWN_HEADERS.contains(&lower.as_str()) {
            continue;
        }
        let bytes: Option<Vec<u8>> =
            value.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
        let (Ok(name), Some(Ok(value))) = (
            HeaderName::from_bytes(lower.as_bytes()),
            bytes.map(|bytes| HeaderValue::from_bytes(&bytes)),
        ) else {
            return Err(failure::plain(
                "ERR_INVALID_CHAR",
                &format!("the header {name:?} has a name or a value that HTTP cannot carry"),
            ));
        };
        headers.append(name, value);
    }
    let mut body = request.body.clone();
    for hop in 0..=MAX_REDIRECTS {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(failure::of_url(
                url.as_str(),
                "only http: and https: addresses can be requested",
            ));
        }
        let mut builder = client.request(method.clone(), url.clone()).headers(headers.clone());
        if !body.is_empty() || matches!(method.as_str(), "POST" | "PUT" | "PATCH") {
            builder = builder.body(body.clone());
        }
        let response = builder.send().await.map_err(|error| failure::of_request(&error, &url))?;
        let status = response.status().as_u16();
        let location = matches!(status, 301 | 302 | 303 | 307 | 308)
            .then(|| response.headers().get("location").map(text))
            .flatten();
        let (Some(location), true) = (location, request.redirect != "manual") else {
            return Ok((response, hop > 0));
        };
        if request.redirect == "error" {
            return Err(failure::plain("", "unexpected redirect"));
        }
        let mut next = url.join(&location).map_err(|error| {
            failure::of_url(&location, &format!("the redirect leads nowhere: {error}"))
        })?;
        if !matches!(next.scheme(), "http" | "https") {
            return Err(failure::plain(
                "",
                &format!(
                    "URL scheme must be a HTTP(S) scheme: a redirect leads to {}:",
                    next.scheme()
                ),
            ));
        }
        if next.fragment().is_none() {
            next.set_fragment(url.fragment());
        }
        let drops_body = (matches!(status, 301 | 302) && method == Method::POST)
            || (status == 303 && method != Method::GET && method != Method::HEAD);
        if drops_body {
            method = Method::GET;
            body = Bytes::new();
            for name in ["content-type", "content-encoding", "content-language", "content-location"]
            {
                headers.remove(name);
            }
        }
        if next.origin() != url.origin() {
            for name in ["authorization", "proxy-authorization", "cookie", "host"] {
                headers.remove(name);
            }
        }
        url = next;
    }
    Err(failure::plain("", "redirect count exceeded"))
}
