//! Test runs of a function, and its log.

use axum::extract::{Path, Query, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use definition::FunctionKind;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, ServerState, kind_of, ok};
use crate::check::Object;
use crate::database::function;
use crate::error::ApiError;
use crate::tester::FunctionTest;
use crate::{MAX_LOG_RANGE_MS, body};

type Place = Path<(String, String)>;

pub async fn test(
    State(state): State<ServerState>,
    Path((app_id, kind)): Place,
    request: Request,
) -> Answer {
    let kind = kind_of(&kind)?;
    let parameters = body::json_object(request).await?;
    if kind == FunctionKind::Action {
        callback(&parameters)?;
    }
    let Some(tester) = state.tester.clone() else {
        return Err(ApiError::not_implemented(
            "this server was started without a script engine, so it cannot run functions; start it from the desktop app",
        ));
    };
    let app = app_id.clone();
    let zip = state.database.run(move |database| function::zip(database, &app, kind, None)).await?;
    let zip = zip
        .ok_or_else(|| ApiError::not_found(format!("the app has no {kind} function with code")))?;
    let test =
        FunctionTest { app_id: app_id.clone(), kind, zip, parameters: Value::Object(parameters) };
    let outcome = tester.test(test).await.map_err(|cause| ApiError::internal(&cause))?;
    let log = outcome.log.clone();
    state.database.run(move |database| function::add_log(database, &app_id, kind, &log)).await?;
    Ok(ok(json!(outcome)))
}

/// `callback.webhook` and `callback.redirect` are each a URL or null.
fn callback(parameters: &Object) -> Result<(), ApiError> {
    let callback = match parameters.get("callback") {
        None | Some(Value::Null) => return Ok(()),
        Some(Value::Object(callback)) => callback,
        Some(_) => return Err(ApiError::field("callback", "an object")),
    };
    for key in ["webhook", "redirect"] {
        let fits = match callback.get(key) {
            None | Some(Value::Null) => true,
            Some(Value::String(text)) => url::Url::parse(text).is_ok(),
            Some(_) => false,
        };
        if !fits {
            return Err(ApiError::field(&format!("callback.{key}"), "a URL or null"));
        }
    }
    Ok(())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Range {
    start_timestamp: Option<String>,
    end_timestamp: Option<String>,
}

pub async fn log(
    State(state): State<ServerState>,
    Path((app_id, kind)): Place,
    Query(range): Query<Range>,
) -> Answer {
    let kind = kind_of(&kind)?;
    let start = time(range.start_timestamp.as_deref(), "startTimestamp")?;
    let end = time(range.end_timestamp.as_deref(), "endTimestamp")?;
    if end < start {
        return Err(ApiError::field("endTimestamp", "a time that is not before startTimestamp"));
    }
    if end - start > MAX_LOG_RANGE_MS {
        return Err(ApiError::field("endTimestamp", "a time at most 5 days after startTimestamp"));
    }
    let entries = state
        .database
        .run(move |database| function::log(database, &app_id, kind, start, end))
        .await?;
    let text: String = entries
        .iter()
        .map(|(time, text)| format!("{} {}\n", shown(*time), text.trim_end()))
        .collect();
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

fn time(text: Option<&str>, path: &str) -> Result<i64, ApiError> {
    text.and_then(|text| text.parse().ok())
        .filter(|time: &i64| *time >= 0)
        .ok_or_else(|| ApiError::field(path, "a time in ms since 1970"))
}

fn shown(time: i64) -> String {
    jiff::Timestamp::from_millisecond(time)
        .map_or_else(|_| time.to_string(), |time| time.to_string())
}
