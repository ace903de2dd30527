//! `/developer/apps/{app_id}/logo` and the image itself.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::IntoResponse;
use serde_json::json as object;

use super::{Answer, ServerState, json, no_content};
use crate::database::app;
use crate::error::ApiError;
use crate::{body, check, files};

pub async fn create(state: State<ServerState>, path: Path<String>, request: Request) -> Answer {
    write(state, path, request, false).await
}

pub async fn replace(state: State<ServerState>, path: Path<String>, request: Request) -> Answer {
    write(state, path, request, true).await
}

async fn write(
    State(state): State<ServerState>,
    Path(app_id): Path<String>,
    request: Request,
    exists: bool,
) -> Answer {
    let body = body::json_object(request).await?;
    let logo = files::logo_from_base64(check::text(&body, "", "base64")?, "base64")?;
    let written = state.database.run(move |database| {
        match (app::logo(database, &app_id)?.is_some(), exists) {
            (true, false) => {
                return Err(ApiError::conflict("the app has a logo; replace it with PATCH"));
            }
            (false, true) => {
                return Err(ApiError::not_found("the app has no logo yet; create it with POST"));
            }
            _ => {}
        }
        app::set_logo(database, &app_id, Some(&logo))
    });
    written.await?;
    Ok(json(if exists { StatusCode::OK } else { StatusCode::CREATED }, object!({})))
}

pub async fn delete(State(state): State<ServerState>, Path(app_id): Path<String>) -> Answer {
    state
        .database
        .run(move |database| app::set_logo(database, &app_id, None))
        .await
        .map(|()| no_content())
}

pub async fn image(State(state): State<ServerState>, Path(app_id): Path<String>) -> Answer {
    let logo = state.database.run(move |database| app::logo(database, &app_id)).await?;
    let logo = logo.ok_or_else(|| ApiError::not_found("the app has no logo"))?;
    let headers = [
        (CONTENT_TYPE, "image/png"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "private, no-cache"),
    ];
    Ok((headers, logo).into_response())
}
