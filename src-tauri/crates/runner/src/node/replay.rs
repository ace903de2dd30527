//! The other end of Node's requests: answers them with what the bundled runtime received for the same ones.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use engine::{Body, HttpExchange};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Bytes of a request body that are read; a longer one is answered as unknown.
const MAX_BODY: usize = 16 << 20;

/// Headers that belong to the connection, or to an encoding that was already undone when the answer was recorded.
const NOT_REPLAYED: [&str; 6] = [
    "connection",
    "content-encoding",
    "content-length",
    "keep-alive",
    "transfer-encoding",
    "upgrade",
];

/// What was recorded, what was already replayed of it, and what Node asked for.
#[derive(Debug, Default)]
struct Tape {
    recorded: Vec<(HttpExchange, bool)>,
    asked: Vec<HttpExchange>,
}

/// Two loopback ports that answer from recorded exchanges; closed on drop.
#[derive(Debug)]
pub(super) struct Replay {
    /// Where requests for `http:` go.
    pub(super) http_port: u16,
    /// Where requests for `https:` go, without TLS.
    pub(super) https_port: u16,
    tape: Arc<Mutex<Tape>>,
    servers: [JoinHandle<()>; 2],
}

impl Replay {
    pub(super) async fn start(recorded: &[HttpExchange]) -> std::io::Result<Self> {
        let recorded = recorded.iter().map(|exchange| (exchange.clone(), false)).collect();
        let tape = Arc::new(Mutex::new(Tape { recorded, asked: Vec::new() }));
        let (http_port, http) = serve("http", Arc::clone(&tape)).await?;
        let (https_port, https) = serve("https", Arc::clone(&tape)).await?;
        Ok(Self { http_port, https_port, tape, servers: [http, https] })
    }

    /// What Node asked for so far, in order, with the answers it got.
    pub(super) fn asked(&self) -> Vec<HttpExchange> {
        lock(&self.tape).asked.clone()
    }
}

impl Drop for Replay {
    fn drop(&mut self) {
        for server in &self.servers {
            server.abort();
        }
    }
}

fn lock(tape: &Mutex<Tape>) -> MutexGuard<'_, Tape> {
    tape.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(
    scheme: &'static str,
    tape: Arc<Mutex<Tape>>,
) -> std::io::Result<(u16, JoinHandle<()>)> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let port = listener.local_addr()?.port();
    let server = tokio::spawn(async move {
        let mut connections = tokio::task::JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            let tape = Arc::clone(&tape);
            connections.spawn(async move {
                let answer = hyper::service::service_fn(|request| answer(scheme, &tape, request));
                // A connection that breaks is Node's own affair: it ends, or the function sees the error.
                let _ = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), answer)
                    .await;
            });
        }
    });
    Ok((port, server))
}

/// No answer: the connection is closed instead.
#[derive(Debug, thiserror::Error)]
#[error("no answer was recorded for this request")]
struct NoAnswer;

async fn answer(
    scheme: &str,
    tape: &Mutex<Tape>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, NoAnswer> {
    let host = request.headers().get("host").and_then(|host| host.to_str().ok()).unwrap_or("");
    let url = format!("{scheme}://{host}{}", request.uri());
    let url = url::Url::parse(&url).map_or(url, String::from);
    let method = request.method().to_string();
    let headers: Vec<(String, String)> = request
        .headers()
        .iter()
        .map(|(name, value)| {
            (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    let body = Limited::new(request.into_body(), MAX_BODY).collect().await;
    let body = body.map(|body| body.to_bytes()).unwrap_or_default();
    let mut asked = HttpExchange {
        at_ms: 0.0,
        method,
        url,
        request_headers: headers,
        request_body: Body::kept(&body),
        status: None,
        response_headers: Vec::new(),
        response_body: Body::default(),
        duration_ms: 0.0,
        error: Some(
            "The bundled runtime did not make this request, so there is no answer to replay."
                .to_owned(),
        ),
    };
    let mut tape = lock(tape);
    let found = tape.recorded.iter_mut().find(|(recorded, used)| {
        !used && recorded.method == asked.method && same_place(&recorded.url, &asked.url)
    });
    if let Some((recorded, used)) = found {
        *used = true;
        asked.status = recorded.status;
        asked.response_headers = recorded.response_headers.clone();
        asked.response_body = recorded.response_body.clone();
        asked.error = recorded.error.clone();
    }
    let response = recorded_response(&asked);
    tape.asked.push(asked);
    response
}

fn same_place(recorded: &str, asked: &str) -> bool {
    let plain = |text: &str| {
        let mut url = url::Url::parse(text).ok()?;
        url.set_fragment(None);
        // What stands before the host travels as a header, not in the request line.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        Some(url)
    };
    match (plain(recorded), plain(asked)) {
        (Some(recorded), Some(asked)) => recorded == asked,
        _ => recorded == asked,
    }
}

fn recorded_response(exchange: &HttpExchange) -> Result<Response<Full<Bytes>>, NoAnswer> {
    let status = exchange.status.ok_or(NoAnswer)?;
    let body = &exchange.response_body;
    let bytes = match (&body.text, &body.base64) {
        (Some(text), _) => Bytes::from(text.clone()),
        (None, Some(encoded)) => Bytes::from(STANDARD.decode(encoded).unwrap_or_default()),
        (None, None) => Bytes::new(),
    };
    let mut response = Response::builder().status(status);
    for (name, value) in &exchange.response_headers {
        if !NOT_REPLAYED.contains(&name.to_ascii_lowercase().as_str()) {
            response = response.header(name, value);
        }
    }
    response.body(Full::new(bytes)).map_err(|_| NoAnswer)
}
