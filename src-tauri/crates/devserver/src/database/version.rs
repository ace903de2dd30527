//! Table `app_version`: the reviews that were asked for.

use rusqlite::{Transaction, params};
use serde_json::{Value, json};

use super::app::must_exist;
use super::now;
use crate::error::ApiError;

/// Waiting for its review.
pub const INITIAL: &str = "APP_VERSION_STATUS_INITIAL";

/// Asks for a review of the app as it stands.
pub fn create(database: &Transaction<'_>, app_id: &str, label: &str) -> Result<Value, ApiError> {
    must_exist(database, app_id)?;
    let (version_id, time) = (uuid::Uuid::new_v4().to_string(), now());
    database.execute(
        "INSERT INTO app_version (version_id, app_id, label, status, created_time) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![version_id, app_id, label, INITIAL, time],
    )?;
    Ok(shown(&version_id, app_id, label, INITIAL, time))
}

/// All versions of an app, oldest first.
pub fn list(database: &Transaction<'_>, app_id: &str) -> Result<Vec<Value>, ApiError> {
    must_exist(database, app_id)?;
    let mut statement = database.prepare(
        "SELECT version_id, label, status, created_time FROM app_version WHERE app_id = ?1 ORDER BY sequence",
    )?;
    let rows = statement.query_map([app_id], |row| {
        let (version_id, label, status): (String, String, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(shown(&version_id, app_id, &label, &status, row.get(3)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn shown(version_id: &str, app_id: &str, label: &str, status: &str, time: i64) -> Value {
    json!({ "version_id": version_id, "app_id": app_id, "label": label, "status": status, "created_time": time })
}
