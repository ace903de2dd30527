//! `/developer/apps/{app_id}/authentication` (contract chapter 3).

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use serde_json::{Value, json as object};

use super::{Answer, ServerState, json, no_content, ok};
use crate::database::app;
use crate::error::ApiError;
use crate::{body, check};

pub async fn get(State(state): State<ServerState>, Path(app_id): Path<String>) -> Answer {
    state
        .database
        .run(move |database| app::authentication(database, &app_id))
        .await
        .map(|it| ok(Value::Object(it)))
}

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
    let value = Value::Object(body::json_object(request).await?);
    check::authentication(&value, "")?;
    let written = state.database.run(move |database| {
        match (!app::authentication(database, &app_id)?.is_empty(), exists) {
            (true, false) => {
                return Err(ApiError::conflict(
                    "the app has an authorization; replace it with PATCH",
                ));
            }
            (false, true) => {
                return Err(ApiError::not_found(
                    "the app has no authorization yet; create it with POST",
                ));
            }
            _ => {}
        }
        app::set_authentication(database, &app_id, &value)?;
        Ok(value)
    });
    let status = if exists { StatusCode::OK } else { StatusCode::CREATED };
    written.await.map(|value| json(status, value))
}

pub async fn delete(State(state): State<ServerState>, Path(app_id): Path<String>) -> Answer {
    let deleted = state
        .database
        .run(move |database| app::set_authentication(database, &app_id, &object!({})));
    deleted.await.map(|()| no_content())
}
