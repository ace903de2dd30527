//! `/developer/apps/{app_id}/versions`: requests for the review that ends in deployment.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use definition::FunctionKind;
use serde_json::Value;

use super::{Answer, ServerState, json, ok};
use crate::database::{app, function, version};
use crate::error::ApiError;
use crate::{body, check};

pub async fn list(State(state): State<ServerState>, Path(app_id): Path<String>) -> Answer {
    let versions = state.database.run(move |database| version::list(database, &app_id));
    versions.await.map(|versions| ok(Value::Array(versions)))
}

pub async fn create(
    State(state): State<ServerState>,
    Path(app_id): Path<String>,
    request: Request,
) -> Answer {
    let body = body::json_object(request).await?;
    let label = check::text(&body, "", "label")?.trim().to_owned();
    if label.is_empty() {
        return Err(ApiError::field("label", "a text that is not empty"));
    }
    let created = state.database.run(move |database| {
        app::must_exist(database, &app_id)?;
        // A review of an app that cannot work would be wasted on the reviewer.
        for kind in FunctionKind::ALL {
            let needed = !kind.can_be_switched_off() || function::config(database, &app_id, kind)?.is_some();
            if needed && function::zip(database, &app_id, kind, None)?.is_none() {
                let field = crate::parts::function_field(kind);
                return Err(ApiError::unprocessable(
                    &field,
                    format!("{field}: the {kind} function has no code; upload it before requesting a version"),
                ));
            }
        }
        version::create(database, &app_id, &label)
    });
    created.await.map(|version| json(StatusCode::CREATED, version))
}
