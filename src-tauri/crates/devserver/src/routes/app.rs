//! `/developer/apps` and `/developer/apps/{app_id}`.

use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::{Answer, ServerState, json, no_content, ok};
use crate::MAX_FUNCTION_ZIP;
use crate::body::{self, Part};
use crate::database::app::{self, Extent};
use crate::error::ApiError;
use crate::parts::{self, AppParts, ArchiveFile};

pub async fn list(State(state): State<ServerState>) -> Answer {
    state.database.run(app::list).await.map(|apps| ok(Value::Array(apps)))
}

pub async fn create(State(state): State<ServerState>, request: Request) -> Answer {
    let parts = read(request, true, None).await?;
    let created = state.database.run(move |database| {
        let app_id = app::create(database, parts)?;
        app::get(database, &app_id, Extent::Usual)
    });
    created.await.map(|app| json(StatusCode::CREATED, app))
}

#[derive(Deserialize)]
pub struct Extents {
    #[serde(rename = "dataForDownload")]
    download: Option<String>,
}

pub async fn get(
    State(state): State<ServerState>,
    Path(app_id): Path<String>,
    Query(query): Query<Extents>,
) -> Answer {
    let extent = match query.download.as_deref() {
        Some("true") => Extent::Download,
        None | Some("false") => Extent::Usual,
        Some(_) => return Err(ApiError::field("dataForDownload", "true or false")),
    };
    state.database.run(move |database| app::get(database, &app_id, extent)).await.map(ok)
}

pub async fn update(
    State(state): State<ServerState>,
    Path(app_id): Path<String>,
    request: Request,
) -> Answer {
    let parts = read(request, false, Some(&app_id)).await?;
    let updated = state.database.run(move |database| {
        app::update(database, &app_id, parts)?;
        app::get(database, &app_id, Extent::Usual)
    });
    updated.await.map(ok)
}

pub async fn delete(State(state): State<ServerState>, Path(app_id): Path<String>) -> Answer {
    state.database.run(move |database| app::delete(database, &app_id)).await.map(|()| no_content())
}

async fn read(
    request: Request,
    needs_config: bool,
    app_id: Option<&str>,
) -> Result<AppParts, ApiError> {
    if body::is_multipart(&request) {
        let files = body::multipart(request, MAX_FUNCTION_ZIP).await?;
        let files = files.into_iter().map(archive_file).collect::<Result<_, _>>()?;
        return parts::from_archive(files, needs_config);
    }
    let app = body::json_object(request).await?;
    // Someone who patches one app with the definition of another most likely took the wrong one.
    if let (Some(here), Some(given)) = (app_id, app.get("app_id"))
        && given.as_str() != Some(here)
    {
        return Err(ApiError::field("app_id", "the id of the app that is changed, or no app_id"));
    }
    parts::from_object(app)
}

fn archive_file(part: Part) -> Result<ArchiveFile, ApiError> {
    let number = part.name.strip_prefix("file").filter(|number| !number.is_empty());
    if !number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(ApiError::field(
            &part.name,
            "parts named file0, file1, …, one a file of the archive",
        ));
    }
    let file_name =
        part.file_name.ok_or_else(|| ApiError::field(&part.name, "a part with a file name"))?;
    Ok(ArchiveFile { part: part.name, file_name, bytes: part.bytes })
}
