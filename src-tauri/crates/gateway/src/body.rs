//! Bodies in and out, with their bounds.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::io::AsyncReadExt;

use crate::sink::{FileContent, ServedFile};

/// How much of a body that is too large is read and thrown away, so that a client that writes before it reads gets to
/// see the 413 instead of a reset connection.
const DRAINED_BYTES: usize = 64 << 20;

/// Reads a whole body.
///
/// # Errors
/// 413 beyond `limit` bytes, 408 after `time`, 400 when the body breaks off or is badly framed.
pub(crate) async fn read(
    headers: &HeaderMap,
    body: Body,
    limit: usize,
    time: Duration,
) -> Result<Bytes, StatusCode> {
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|v| v.to_str().ok()?.parse::<u64>().ok())
        .unwrap_or(0);
    let too_large = announced > limit as u64;
    if too_large && headers.contains_key(header::EXPECT) {
        // The client waits for a word before it sends: this is the word.
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    tokio::time::timeout(time, collect(body, limit, too_large)).await.unwrap_or(Err(if too_large {
        StatusCode::PAYLOAD_TOO_LARGE
    } else {
        StatusCode::REQUEST_TIMEOUT
    }))
}

async fn collect(body: Body, limit: usize, mut too_large: bool) -> Result<Bytes, StatusCode> {
    let mut stream = body.into_data_stream();
    let mut kept = BytesMut::new();
    let mut seen = 0usize;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| StatusCode::BAD_REQUEST)?;
        seen = seen.saturating_add(chunk.len());
        if seen > limit {
            too_large = true;
            kept = BytesMut::new();
        }
        if too_large {
            if seen > limit.saturating_add(DRAINED_BYTES) {
                break;
            }
        } else {
            kept.extend_from_slice(&chunk);
        }
    }
    if too_large { Err(StatusCode::PAYLOAD_TOO_LARGE) } else { Ok(kept.freeze()) }
}

/// Characters that RFC 8187 leaves unencoded in `filename*`.
const FILE_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The file as an answer: always an attachment, never something that a browser would run as a page of this server.
pub(crate) async fn serve(file: ServedFile, head: bool) -> Response<Body> {
    let (length, body) = match file.content {
        FileContent::Bytes(bytes) => (bytes.len() as u64, Body::from(bytes)),
        FileContent::Path(path) => {
            let opened = async {
                let file = tokio::fs::File::open(&path).await?;
                let length = file.metadata().await?.len();
                Ok::<_, std::io::Error>((file, length))
            };
            match opened.await {
                Ok((file, length)) => (length, stream(file, length)),
                Err(error) => {
                    tracing::warn!(%error, "a file of a form input cannot be read");
                    return empty(StatusCode::NOT_FOUND);
                }
            }
        }
    };
    let mut response = Response::new(if head { Body::empty() } else { body });
    let headers = response.headers_mut();
    let mime = HeaderValue::from_str(&file.mime_type).ok().filter(|v| !v.is_empty());
    headers.insert(
        header::CONTENT_TYPE,
        mime.unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    let name = utf8_percent_encode(&file.name, FILE_NAME);
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{name}"))
    {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("sandbox; default-src 'none'; frame-ancestors 'none'"),
    );
    response
}

/// At most `length` bytes of the file: what was announced, even when it grows meanwhile.
fn stream(file: tokio::fs::File, length: u64) -> Body {
    let state = (file.take(length), BytesMut::new());
    Body::from_stream(futures_util::stream::try_unfold(
        state,
        |(mut file, mut buffer)| async move {
            buffer.reserve(64 << 10);
            let read = file.read_buf(&mut buffer).await?;
            let chunk = buffer.split().freeze();
            Ok::<_, std::io::Error>((read > 0).then_some((chunk, (file, buffer))))
        },
    ))
}

/// A status and nothing else.
pub(crate) fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
