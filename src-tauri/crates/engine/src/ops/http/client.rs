//! Sending a request and following redirects.

use std::cell::RefCell;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::ext::ReasonPhrase;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Response, Uri, Version};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client as Pool;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::UnboundedSender;
use url::Url;

use super::body::{Decoder, Kept};
use super::sending::{Outgoing, Streamed};
use super::{Head, HttpEvent, HttpFailure, failure, spelling};
use crate::host::Event;
use crate::log::size;
use crate::memory::Budget;

/// Redirects that are followed, as the Fetch Standard has it.
const MAX_REDIRECTS: usize = 20;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Headers that the connection itself decides: what a script may say of them is checked, or not passed on.
const OWN_HEADERS: [&str; 3] = ["keep-alive", "te", "upgrade"];

/// Headers that speak of a body: gone where a redirect drops it.
const BODY_HEADERS: [&str; 6] = [
    "content-type",
    "content-length",
    "content-encoding",
    "content-language",
    "content-location",
    "transfer-encoding",
];

type Client = Pool<HttpsConnector<HttpConnector>, Outgoing>;

pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
    /// The body, where it is sent as it comes; `body` is empty then.
    pub(crate) streamed: Option<Streamed>,
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
pub(crate) fn client() -> io::Result<Client> {
    CLIENT.with_borrow_mut(|known| match known {
        Some(client) => Ok(client.clone()),
        None => {
            let mut plain = HttpConnector::new();
            plain.enforce_http(false);
            plain.set_nodelay(true);
            plain.set_connect_timeout(Some(CONNECT_TIMEOUT));
            let connector = HttpsConnectorBuilder::new()
                .with_provider_and_platform_verifier(rustls::crypto::ring::default_provider())
                .map_err(io::Error::other)?
                .https_or_http()
                .enable_all_versions()
                .wrap_connector(plain);
            let client = Pool::builder(TokioExecutor::new())
                .http1_preserve_header_case(true)
                .pool_timer(TokioTimer::new())
                .pool_idle_timeout(Duration::from_secs(4))
                .build(connector);
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
    mut request: Request,
    id: usize,
    sinks: &Sinks,
) -> Result<(), HttpFailure> {
    let (response, url, hops) = follow(client, &mut request, id, sinks).await?;
    let head = Head {
        status: response.status().as_u16(),
        reason: reason(&response),
        headers: response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), text(value)))
            .collect(),
        url: url.to_string(),
        redirected: hops > 0,
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
    read(response, &url, &request, &encodings, id, sinks).await
}

/// The reason as the server put it; HTTP/2 has none.
fn reason(response: &Response<Incoming>) -> String {
    if let Some(said) = response.extensions().get::<ReasonPhrase>() {
        return said.as_bytes().iter().map(|byte| *byte as char).collect();
    }
    match response.version() {
        Version::HTTP_2 => String::new(),
        _ => response.status().canonical_reason().unwrap_or_default().to_owned(),
    }
}

fn text(value: &HeaderValue) -> String {
    value.as_bytes().iter().map(|byte| *byte as char).collect()
}

async fn read(
    mut response: Response<Incoming>,
    url: &Url,
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
        match response.frame().await {
            Some(Ok(frame)) => {
                let Ok(chunk) = frame.into_data() else { continue };
                if !request.decode {
                    pass(chunk.to_vec(), true).map_err(broken)?;
                }
                decoder.push(&chunk, &mut |bytes| pass(bytes, false)).map_err(broken)?;
            }
            None => break,
            Some(Err(error)) => return Err(failure::of_request(&error, url)),
        }
    }
    let rest = decoder.finish().map_err(broken)?;
    if !rest.is_empty() {
        pass(rest, false).map_err(broken)?;
    }
    Ok(())
}

/// A request's headers as they are sent, or the name of one that cannot be.
fn headers_of(request: &Request) -> Result<HeaderMap, &str> {
    let mut headers = HeaderMap::with_capacity(request.headers.len());
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
            return Err(name);
        };
        headers.append(name, value);
    }
    Ok(headers)
}

/// Sends, and follows redirects when it shall. Gives the last answer, its address, and how many redirects led there.
async fn follow(
    client: &Client,
    request: &mut Request,
    id: usize,
    sinks: &Sinks,
) -> Result<(Response<Incoming>, Url, usize), HttpFailure> {
    let mut url = Url::parse(&request.url)
        .map_err(|error| failure::of_url(&request.url, &error.to_string()))?;
    let mut method = Method::from_bytes(request.method.as_bytes())
        .map_err(|_| failure::plain("ERR_INVALID_HTTP_TOKEN", "the method is not valid"))?;
    let mut headers = headers_of(request).map_err(|name| {
        failure::plain(
            "ERR_INVALID_CHAR",
            &format!("the header {name:?} has a name or a value that HTTP cannot carry"),
        )
    })?;
    let spelled = spelling::of(request.headers.iter().map(|(name, _)| name.as_str())).await;
    let mut streamed = request.streamed.take();
    let was_streamed = streamed.is_some();
    let mut body = request.body.clone();
    for hop in 0..=MAX_REDIRECTS {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(failure::of_url(
                url.as_str(),
                "only http: and https: addresses can be requested",
            ));
        }
        // The path as the script wrote it; where HTTP cannot carry that, as it is normalized.
        let uri = Uri::try_from(if hop == 0 { request.url.as_str() } else { url.as_str() })
            .or_else(|_| Uri::try_from(url.as_str()))
            .map_err(|error| failure::of_url(url.as_str(), &error.to_string()))?;
        let outgoing = match streamed.take() {
            Some(parts) => Outgoing::Streamed(parts),
            None if body.is_empty() && !headers.contains_key("content-length") => Outgoing::None,
            None => Outgoing::Whole(Some(body.clone())),
        };
        let mut sent = hyper::Request::new(outgoing);
        *sent.method_mut() = method.clone();
        *sent.uri_mut() = uri;
        *sent.headers_mut() = headers.clone();
        if let Some(spelled) = &spelled {
            *sent.extensions_mut() = spelled.clone();
        }
        let events = sinks.events.clone();
        hyper::ext::on_informational(&mut sent, move |response| {
            let status = response.status().as_u16();
            let _ = events.send(HttpEvent::Informed { id, status }.into());
        });
        let response =
            client.request(sent).await.map_err(|error| failure::of_request(&error, &url))?;
        let status = response.status().as_u16();
        let location = matches!(status, 301 | 302 | 303 | 307 | 308)
            .then(|| response.headers().get("location").map(text))
            .flatten();
        let (Some(location), true) = (location, request.redirect != "manual") else {
            return Ok((response, url, hop));
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
            for name in BODY_HEADERS {
                headers.remove(name);
            }
        } else if was_streamed {
            return Err(failure::plain(
                "",
                "a redirect asks for the body again, and a streamed body can be sent only once",
            ));
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
