//! The survey service: surveys in sections, files, responses. Authorization by account and API key.

mod answers;
mod catalog;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::ApiKey;
use crate::problem::{FieldProblem, Problem};
use crate::world::{World, now};

const MAX_FILE_BYTES: usize = 1_000_000;

/// A file that was uploaded, by its description: its bytes are not kept.
pub(crate) struct StoredFile {
    pub(crate) account: &'static str,
    pub(crate) name: String,
    pub(crate) size: usize,
}

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/survey/v1/account", get(account))
        .route("/survey/v1/surveys", get(surveys))
        .route("/survey/v1/surveys/{id}", get(survey))
        .route("/survey/v1/surveys/{id}/responses", post(respond))
        .route("/survey/v1/responses/{id}", get(response))
        .route("/survey/v1/files", post(upload))
        .route("/survey/samples/receipt.txt", get(sample))
}

/// GET /survey/v1/account
async fn account(key: ApiKey) -> Json<Value> {
    Json(
        json!({ "id": key.account.id, "name": key.account.name, "surveys": catalog::of(key.account.id).len() }),
    )
}

/// GET /survey/v1/surveys: without their questions.
async fn surveys(key: ApiKey) -> Json<Value> {
    let list: Vec<Value> = catalog::of(key.account.id)
        .iter()
        .map(|survey| json!({ "id": survey.id, "title": survey.title, "description": survey.description }))
        .collect();
    Json(json!({ "surveys": list }))
}

fn find(key: &ApiKey, id: &str) -> Result<&'static catalog::Survey, Problem> {
    catalog::of(key.account.id)
        .iter()
        .find(|survey| survey.id == id)
        .ok_or_else(|| Problem::not_found("survey", id))
}

/// GET /survey/v1/surveys/{id}: with its sections and questions.
async fn survey(
    key: ApiKey,
    Path(id): Path<String>,
) -> Result<Json<&'static catalog::Survey>, Problem> {
    find(&key, &id).map(Json)
}

#[derive(Deserialize)]
struct Upload {
    #[serde(default)]
    name: String,
}

/// POST /survey/v1/files?name=…: the file is the body.
async fn upload(
    key: ApiKey,
    State(world): State<World>,
    Query(Upload { name }): Query<Upload>,
    body: Bytes,
) -> Result<Response, Problem> {
    if name.trim().is_empty() || name.len() > 255 {
        let message = "is required in the query, at most 255 bytes".to_owned();
        return Err(Problem::invalid(vec![FieldProblem { field: "name".to_owned(), message }]));
    }
    if body.len() > MAX_FILE_BYTES {
        let message =
            format!("A file may have {MAX_FILE_BYTES} bytes; this one has {}.", body.len());
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message));
    }
    let id = Uuid::new_v4().to_string();
    let answer = json!({ "id": id, "name": name, "size": body.len(), "sha256": hex::encode(Sha256::digest(&body)) });
    world
        .records()
        .files
        .insert(id, StoredFile { account: key.account.id, name, size: body.len() });
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

/// POST /survey/v1/surveys/{id}/responses: `{"answers": {QUESTION: value}, "respondent"?: {name, email}}`.
async fn respond(
    key: ApiKey,
    State(world): State<World>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    let survey = find(&key, &id)?;
    let body = crate::fields::object(&body)?;
    let mut records = world.records();
    let result = answers::check(survey, &body, |file| {
        records
            .files
            .get(file)
            .filter(|file| file.account == key.account.id)
            .map(|file| (file.name.clone(), file.size))
    })?;
    let id = Uuid::new_v4().to_string();
    let stored = json!({
        "id": id,
        "account": key.account.id,
        "survey_id": survey.id,
        "received_at": now(),
        "respondent": body.get("respondent"),
        "answers": body.get("answers"),
        "result": result,
    });
    records.responses.insert(id, stored.clone());
    Ok((StatusCode::CREATED, Json(stored)).into_response())
}

/// GET /survey/v1/responses/{id}
async fn response(
    key: ApiKey,
    State(world): State<World>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    let records = world.records();
    let found = records.responses.get(&id).filter(|response| response["account"] == key.account.id);
    found.cloned().map(Json).ok_or_else(|| Problem::not_found("response", &id))
}

/// GET /survey/samples/receipt.txt: a file for those who have none at hand.
async fn sample() -> Response {
    let text = "RECEIPT\n\n2 x coffee    7.00\n1 x cake      4.50\n-----------------\ntotal        11.50\n";
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
