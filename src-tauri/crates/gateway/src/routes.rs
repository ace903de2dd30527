//! The paths, apart from any socket.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::routing::any;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::access::{Access, Target};
use crate::body::{empty, read, serve};
use crate::page::{self, PageText};
use crate::server::Bounds;
use crate::sink::{Callback, CallbackSink, Refused, Source, Stored};

#[derive(Clone)]
struct Shared {
    access: Arc<Access>,
    bounds: Bounds,
    sink: Arc<dyn CallbackSink>,
}

/// Where the request came in by, for the handlers behind the check.
#[derive(Clone, Copy)]
struct CameBy(Target);

/// All paths of the gateway. Bounds on headers and connections are the listener's, not the router's.
pub fn router(access: Access, bounds: Bounds, sink: Arc<dyn CallbackSink>) -> Router {
    let shared = Shared { access: Arc::new(access), bounds, sink };
    Router::new()
        .route("/{token}/oauth", any(oauth))
        .route("/{token}/redirect/{binding}", any(redirect))
        .route("/{token}/webhook/{binding}", any(webhook))
        .route("/{token}/file/{id}", any(file))
        .route("/{token}/control/{verb}", any(control))
        .fallback(|| async { empty(StatusCode::NOT_FOUND) })
        .layer(from_fn_with_state(shared.clone(), check))
        .with_state(shared)
}

/// Lets in who may come in, and puts on every answer the headers that keep it out of caches and other pages.
async fn check(State(shared): State<Shared>, mut request: Request, next: Next) -> Response<Body> {
    let target = shared.access.target(request.uri(), request.headers());
    let token = request.uri().path().split('/').nth(1).unwrap_or_default();
    // The listener's buffer bounds them too, but only to a multiple of this.
    let mut response = if head_bytes(&request) > shared.bounds.header_bytes {
        empty(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE)
    } else if target == Target::Elsewhere {
        empty(StatusCode::MISDIRECTED_REQUEST)
    } else if !shared.access.path_token.matches(token) {
        empty(StatusCode::NOT_FOUND)
    } else {
        request.extensions_mut().insert(CameBy(target));
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

/// Bytes of request line and headers, about as they were on the wire.
fn head_bytes(request: &Request) -> usize {
    let uri = request.uri().path_and_query().map_or(0, |p| p.as_str().len());
    request
        .headers()
        .iter()
        .fold(uri, |sum, (name, value)| sum + name.as_str().len() + value.len() + 4)
}

async fn oauth(State(shared): State<Shared>, request: Request) -> Response<Body> {
    if request.method() != Method::GET {
        return only("GET");
    }
    // The browser comes here by a redirect, which is a navigation and carries no Origin. What carries one, or says that it
    // is an image or a script, was made by a page of somebody else.
    let fetched = request.headers().get("sec-fetch-mode").is_some_and(|mode| mode != "navigate");
    if fetched || shared.access.has_foreign_origin(request.headers()) {
        return empty(StatusCode::FORBIDDEN);
    }
    let query = request.uri().query().unwrap_or_default();
    let queries = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let sink = shared.sink.clone();
    match to_its_end(async move { sink.authorization_redirect(queries).await }).await {
        Some(text) => {
            let status = if text.ok { StatusCode::OK } else { StatusCode::BAD_REQUEST };
            page::answer(status, &text, &[])
        }
        None => page::answer(
            StatusCode::INTERNAL_SERVER_ERROR,
            &failed("The authorization could not be finished."),
            &[],
        ),
    }
}

async fn redirect(
    State(shared): State<Shared>,
    Path((_, binding)): Path<(String, String)>,
    request: Request,
) -> Response<Body> {
    // Not HEAD: link previews and scanners send it, and it must not count as the person's return.
    if request.method() != Method::GET {
        return only("GET");
    }
    let framed_by = shared.access.framed_by.clone();
    let page = |status, text: &PageText| page::answer(status, text, &framed_by);
    match store(shared, Source::Redirect, binding, request).await {
        Ok(Stored) => page(StatusCode::OK, &PageText::redirect_stored()),
        Err(StatusCode::NOT_FOUND) => empty(StatusCode::NOT_FOUND),
        Err(status) if status.is_server_error() => page(
            status,
            &failed("Stepsmith could not keep this answer. Please load this page again."),
        ),
        Err(status) => empty(status),
    }
}

async fn webhook(
    State(shared): State<Shared>,
    Path((_, binding)): Path<(String, String)>,
    request: Request,
) -> Response<Body> {
    match store(shared, Source::Webhook, binding, request).await {
        Ok(Stored) => empty(StatusCode::OK),
        Err(status) => empty(status),
    }
}

/// Reads the whole request and has it stored.
async fn store(
    shared: Shared,
    source: Source,
    binding: String,
    request: Request,
) -> Result<Stored, StatusCode> {
    let (parts, body) = request.into_parts();
    let body =
        read(&parts.headers, body, shared.bounds.body_bytes, shared.bounds.body_time).await?;
    let callback = Callback {
        source,
        binding,
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: texts(&parts.headers),
        body,
        received_at: now_ms(),
    };
    match to_its_end(async move { shared.sink.callback(callback).await }).await {
        Some(Ok(Stored)) => Ok(Stored),
        Some(Err(Refused::Unknown)) => Err(StatusCode::NOT_FOUND),
        Some(Err(Refused::NotStored { reason })) => {
            tracing::error!(?source, %reason, "a callback could not be stored; the sender was told to try again");
            Err(StatusCode::SERVICE_UNAVAILABLE)
        }
        None => Err(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

async fn file(
    State(shared): State<Shared>,
    Path((_, id)): Path<(String, String)>,
    request: Request,
) -> Response<Body> {
    let head = request.method() == Method::HEAD;
    if request.method() != Method::GET && !head {
        return only("GET, HEAD");
    }
    match shared.sink.file(id).await {
        Some(file) => serve(file, head).await,
        None => empty(StatusCode::NOT_FOUND),
    }
}

async fn control(
    State(shared): State<Shared>,
    Path((_, verb)): Path<(String, String)>,
    request: Request,
) -> Response<Body> {
    let came_by = request.extensions().get::<CameBy>().map(|c| c.0);
    // Programs send no Origin; a web page, even one of this server, has no business here. Nor has the outside.
    if came_by != Some(Target::Loopback) || request.headers().contains_key(header::ORIGIN) {
        return empty(StatusCode::FORBIDDEN);
    }
    if request.method() != Method::POST {
        return only("POST");
    }
    let (parts, body) = request.into_parts();
    let body = match read(
        &parts.headers,
        body,
        shared.bounds.control_bytes,
        shared.bounds.body_time,
    )
    .await
    {
        Ok(body) => body,
        Err(status) => {
            return problem(status, "the body could not be read in whole, or is too large");
        }
    };
    let body = match body.as_ref() {
        [] => Value::Null,
        bytes => match serde_json::from_slice(bytes) {
            Ok(value) => value,
            Err(_) => return problem(StatusCode::BAD_REQUEST, "the body is not JSON"),
        },
    };
    let sink = shared.sink.clone();
    match to_its_end(async move { sink.control(verb, body).await }).await {
        Some(Some(answer)) => axum::response::IntoResponse::into_response(Json(answer)),
        Some(None) => problem(StatusCode::NOT_FOUND, "no such verb"),
        None => problem(StatusCode::INTERNAL_SERVER_ERROR, "the request failed inside"),
    }
}

/// Runs what the sink does in a task of its own, so that it is not cut off in the middle when the client hangs up. `None`
/// = it panicked.
async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> Option<T> {
    tokio::spawn(work).await.ok()
}

fn only(methods: &'static str) -> Response<Body> {
    let mut response = empty(StatusCode::METHOD_NOT_ALLOWED);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(methods));
    response
}

fn problem(status: StatusCode, message: &str) -> Response<Body> {
    axum::response::IntoResponse::into_response((status, Json(json!({ "error": message }))))
}

fn failed(text: &str) -> PageText {
    PageText { title: "Something went wrong".into(), text: text.into(), ok: false }
}

fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
