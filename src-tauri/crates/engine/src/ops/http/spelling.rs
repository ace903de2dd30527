//! The case of header names. HTTP does not care, and servers that should not do: names go out as the script spells them.
//!
//! The HTTP library keeps spellings only of heads that it has read itself, in a form of its own. So it reads one here: the
//! names, over a pipe in memory.

use std::convert::Infallible;

use http_body_util::Empty;
use hyper::body::Incoming;
use hyper::http::Extensions;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc::unbounded_channel;

/// Header names of one request that the library reads at most; more go out in small letters.
const MAX_NAMES: usize = 90;

/// What makes a request's names go out as spelled; `None` where all are in small letters anyway.
pub(crate) async fn of<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Option<Extensions> {
    if names.clone().all(|name| !name.contains(|letter: char| letter.is_ascii_uppercase()))
        || names.clone().count() > MAX_NAMES
    {
        return None;
    }
    let mut head = String::from("GET / HTTP/1.1\r\n");
    for name in names {
        // What a value means must not matter while reading.
        let value = match name.to_ascii_lowercase().as_str() {
            "content-length" => "0",
            "transfer-encoding" => "chunked",
            "connection" => "close",
            _ => "",
        };
        head.extend([name, ": ", value, "\r\n"]);
    }
    head.push_str("\r\n");
    let (mut near, far) = tokio::io::duplex(head.len() + 1024);
    near.write_all(head.as_bytes()).await.ok()?;
    let (found, mut finding) = unbounded_channel();
    let service = service_fn(move |request: Request<Incoming>| {
        let _ = found.send(request.extensions().clone());
        std::future::ready(Ok::<_, Infallible>(Response::new(Empty::<bytes::Bytes>::new())))
    });
    let reading = hyper::server::conn::http1::Builder::new()
        .preserve_header_case(true)
        .keep_alive(false)
        .serve_connection(TokioIo::new(far), service);
    tokio::select! {
        biased;
        extensions = finding.recv() => extensions,
        _ = reading => finding.try_recv().ok(),
    }
}
