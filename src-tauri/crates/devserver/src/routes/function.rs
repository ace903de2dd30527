//! `/developer/apps/{app_id}/functions/{TYPE}`, its package and its versions.

use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::{Value, json as object};

use super::{Answer, ServerState, json, kind_of, no_content, ok};
use crate::MAX_FUNCTION_ZIP;
use crate::body;
use crate::check;
use crate::database::{app, function};
use crate::error::ApiError;
use crate::files;
use crate::parts::refuse_to_switch_off;

type Place = Path<(String, String)>;

pub async fn get(State(state): State<ServerState>, Path((app_id, kind)): Place) -> Answer {
    let kind = kind_of(&kind)?;
    let config = state.database.run(move |database| {
        app::must_exist(database, &app_id)?;
        function::config(database, &app_id, kind)
    });
    config.await.map(|config| ok(Value::Object(config.unwrap_or_default())))
}

pub async fn create(state: State<ServerState>, path: Place, request: Request) -> Answer {
    write(state, path, request, false).await
}

pub async fn update(state: State<ServerState>, path: Place, request: Request) -> Answer {
    write(state, path, request, true).await
}

async fn write(
    State(state): State<ServerState>,
    Path((app_id, kind)): Place,
    request: Request,
    exists: bool,
) -> Answer {
    let kind = kind_of(&kind)?;
    let (mut zip, mut by_zip) = (None, None);
    for part in body::multipart(request, MAX_FUNCTION_ZIP).await? {
        match part.name.as_str() {
            "file" => zip = Some(part.bytes),
            "by_zip" => by_zip = Some(flag(&part.bytes)?),
            // A newer client may send more; it is not for this server to refuse.
            _ => {}
        }
    }
    let more = zip.as_deref().map(|zip| files::check_function_zip(zip, "file")).transpose()?;
    if zip.is_none() && (!exists || by_zip.is_none()) {
        return Err(ApiError::field("file", "a part with the function's zip"));
    }
    let written = state.database.run(move |database| {
        app::must_exist(database, &app_id)?;
        let config = function::config(database, &app_id, kind)?;
        match (config.is_some(), exists) {
            (true, false) => {
                return Err(ApiError::conflict(format!(
                    "the {kind} function exists; change it with PATCH"
                )));
            }
            (false, true) => {
                return Err(ApiError::not_found(format!(
                    "the app has no {kind} function yet; create it with POST"
                )));
            }
            _ => {}
        }
        let mut config = config.unwrap_or_default();
        if let Some(by_zip) = by_zip {
            config.insert("by_zip".to_owned(), Value::Bool(by_zip));
        }
        config.entry("by_zip").or_insert(Value::Bool(more.unwrap_or(false)));
        function::set(database, &app_id, kind, config.clone(), zip.as_deref())?;
        Ok(config)
    });
    let status = if exists { StatusCode::OK } else { StatusCode::CREATED };
    written.await.map(|config| json(status, Value::Object(config)))
}

fn flag(bytes: &[u8]) -> Result<bool, ApiError> {
    match bytes {
        b"true" => Ok(true),
        b"false" => Ok(false),
        _ => Err(ApiError::field("by_zip", "true or false")),
    }
}

pub async fn delete(State(state): State<ServerState>, Path((app_id, kind)): Place) -> Answer {
    let kind = kind_of(&kind)?;
    refuse_to_switch_off(kind, true)?;
    let deleted = state.database.run(move |database| {
        app::must_exist(database, &app_id)?;
        function::delete(database, &app_id, kind)
    });
    deleted.await.map(|()| no_content())
}

#[derive(Deserialize)]
pub struct Version {
    version: Option<String>,
}

pub async fn zip(
    State(state): State<ServerState>,
    Path((app_id, kind)): Place,
    Query(query): Query<Version>,
) -> Answer {
    let kind = kind_of(&kind)?;
    let version = match query.version.as_deref() {
        None | Some("$LATEST") => None,
        Some(number) => Some(
            number
                .parse::<i64>()
                .map_err(|_| ApiError::field("version", "$LATEST or the number of a version"))?,
        ),
    };
    let zip = state.database.run(move |database| {
        let zip = function::zip(database, &app_id, kind, version)?;
        match (zip, version) {
            (None, Some(version)) => {
                Err(ApiError::not_found(format!("the {kind} function has no version {version}")))
            }
            (zip, _) => Ok(zip.unwrap_or_default()),
        }
    });
    Ok(([(CONTENT_TYPE, "application/zip")], zip.await?).into_response())
}

pub async fn versions(State(state): State<ServerState>, Path((app_id, kind)): Place) -> Answer {
    let kind = kind_of(&kind)?;
    let versions =
        state.database.run(move |database| function::versions(database, &app_id, kind)).await?;
    Ok(ok(object!({ "Versions": versions })))
}

pub async fn add_version(
    State(state): State<ServerState>,
    Path((app_id, kind)): Place,
    request: Request,
) -> Answer {
    let kind = kind_of(&kind)?;
    let body = body::json_object(request).await?;
    let description = match body.get("description") {
        None | Some(Value::Null) => String::new(),
        Some(_) => check::text(&body, "", "description")?.to_owned(),
    };
    let added = state
        .database
        .run(move |database| function::add_version(database, &app_id, kind, &description))
        .await?;
    Ok(json(StatusCode::CREATED, added))
}
