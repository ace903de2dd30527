//! The routes of contract chapter 13, below `/framework/v1`.

mod app;
mod authentication;
mod function;
mod logo;
mod testing;
mod version;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Query, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use definition::FunctionKind;
use serde::Deserialize;
use serde_json::Value;

use crate::error::ApiError;
use crate::{Database, FunctionTester, MAX_MULTIPART, Token};

/// What the routes share.
#[derive(Clone)]
pub struct ServerState {
    database: Database,
    token: Token,
    tester: Option<Arc<dyn FunctionTester>>,
}

impl ServerState {
    /// A server on `database` for holders of `token`. Without `tester`, test runs answer 501.
    pub fn new(database: Database, token: Token, tester: Option<Arc<dyn FunctionTester>>) -> Self {
        Self { database, token, tester }
    }
}

/// What every handler answers.
type Answer = Result<Response, ApiError>;

/// The whole interface as an axum router, apart from binding.
pub fn router(state: ServerState) -> Router {
    let function = "/developer/apps/{app_id}/functions/{kind}";
    let below = |rest: &str| format!("{function}{rest}");
    let routes = Router::new()
        .route("/developer/apps", get(app::list).post(app::create))
        .route("/developer/apps/{app_id}", get(app::get).patch(app::update).delete(app::delete))
        .route(
            "/developer/apps/{app_id}/logo",
            post(logo::create).patch(logo::replace).delete(logo::delete),
        )
        .route(
            "/developer/apps/{app_id}/authentication",
            get(authentication::get)
                .post(authentication::create)
                .patch(authentication::replace)
                .delete(authentication::delete),
        )
        .route(
            function,
            get(function::get)
                .post(function::create)
                .patch(function::update)
                .delete(function::delete),
        )
        .route(&below("/zip"), get(function::zip))
        .route(&below("/versions"), get(function::versions).post(function::add_version))
        .route(&below("/test"), post(testing::test))
        .route(&below("/log"), get(testing::log))
        .route("/developer/apps/{app_id}/versions", get(version::list).post(version::create))
        .route_layer(from_fn_with_state(state.clone(), bearer_only));
    let images = Router::new()
        .route("/apps/{app_id}/logo", get(logo::image))
        .route_layer(from_fn_with_state(state.clone(), bearer_or_query));
    let v1 = routes.merge(images);
    Router::new()
        .nest("/framework/v1", v1)
        .fallback(async || {
            ApiError::not_found("there is no such path; the interface begins at {server}/framework/v1/developer/apps")
        })
        .method_not_allowed_fallback(async || ApiError::method_not_allowed())
        .layer(DefaultBodyLimit::max(MAX_MULTIPART))
        .layer(from_fn(trace))
        .with_state(state)
}

/// Logs method, path and status; never the query (it may hold a token) nor a body (it may hold a secret).
async fn trace(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    tracing::debug!(%method, path, status = response.status().as_u16(), "request");
    response
}

async fn bearer_only(State(state): State<ServerState>, request: Request, next: Next) -> Answer {
    match bearer(request.headers()) {
        Some(token) if state.token.matches(token) => Ok(next.run(request).await),
        Some(_) => Err(ApiError::unauthorized("the access token is not this server's")),
        None => Err(ApiError::unauthorized(
            "an access token is needed, as the header Authorization: Bearer …",
        )),
    }
}

#[derive(Deserialize)]
struct AccessToken {
    access_token: Option<String>,
}

/// An `<img>` cannot send a header, so the logo alone takes its token from the query as well.
async fn bearer_or_query(
    State(state): State<ServerState>,
    Query(query): Query<AccessToken>,
    request: Request,
    next: Next,
) -> Answer {
    let token = query.access_token.as_deref().or_else(|| bearer(request.headers()));
    match token {
        Some(token) if state.token.matches(token) => Ok(next.run(request).await),
        Some(_) => Err(ApiError::unauthorized("the access token is not this server's")),
        None => Err(ApiError::unauthorized(
            "an access token is needed, as ?access_token=… or Authorization: Bearer …",
        )),
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// TYPE of a path.
fn kind_of(word: &str) -> Result<FunctionKind, ApiError> {
    FunctionKind::ALL.into_iter().find(|kind| kind.wire_name() == word).ok_or_else(|| {
        ApiError::not_found(format!(
            "there is no function {word:?}: expected IDENTITY, BUILD, ACTION, REDIRECT or WEBHOOK"
        ))
    })
}

fn json(status: StatusCode, value: Value) -> Response {
    (status, axum::Json(value)).into_response()
}

fn ok(value: Value) -> Response {
    json(StatusCode::OK, value)
}

fn no_content() -> Response {
    StatusCode::NO_CONTENT.into_response()
}
