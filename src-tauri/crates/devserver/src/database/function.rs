//! Tables `function`, `function_version` and `function_log`.

use definition::FunctionKind;
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::app::{must_exist, object};
use super::now;
use crate::MAX_LOG_RANGE_MS;
use crate::check::Object;
use crate::error::ApiError;
use crate::parts::FunctionPart;

/// `{by_zip, …}` of a function; `None` = the app has no such function.
pub fn config(
    database: &Transaction<'_>,
    app_id: &str,
    kind: FunctionKind,
) -> Result<Option<Object>, ApiError> {
    let sql = "SELECT config FROM function WHERE app_id = ?1 AND type = ?2";
    Ok(database
        .query_row(sql, params![app_id, kind.wire_name()], |row| object(row, 0))
        .optional()?)
}

/// Applies one change of [`crate::parts`].
pub fn apply(database: &Transaction<'_>, app_id: &str, part: FunctionPart) -> Result<(), ApiError> {
    let kind = part.kind;
    let stored = config(database, app_id, kind)?;
    let mut config = match part.config {
        Some(None) => return delete(database, app_id, kind),
        Some(Some(config)) => {
            let mut merged = stored.unwrap_or_default();
            merged.extend(config);
            merged
        }
        None => stored.unwrap_or_default(),
    };
    config.entry("by_zip").or_insert(Value::Bool(part.holds_more_than_index));
    set(database, app_id, kind, config, part.zip.as_deref())
}

/// Writes a function; without `zip` the package stays as it is.
pub fn set(
    database: &Transaction<'_>,
    app_id: &str,
    kind: FunctionKind,
    config: Object,
    zip: Option<&[u8]>,
) -> Result<(), ApiError> {
    database.execute(
        "INSERT INTO function (app_id, type, config, zip, updated_time) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (app_id, type) DO UPDATE
         SET config = excluded.config, zip = coalesce(excluded.zip, zip), updated_time = excluded.updated_time",
        params![app_id, kind.wire_name(), Value::Object(config), zip, now()],
    )?;
    Ok(())
}

/// Removes a function; its versions stay readable.
pub fn delete(
    database: &Transaction<'_>,
    app_id: &str,
    kind: FunctionKind,
) -> Result<(), ApiError> {
    database.execute(
        "DELETE FROM function WHERE app_id = ?1 AND type = ?2",
        params![app_id, kind.wire_name()],
    )?;
    Ok(())
}

/// The package as last uploaded (`version` = `None`) or as a version keeps it; `None` = there is none.
pub fn zip(
    database: &Transaction<'_>,
    app_id: &str,
    kind: FunctionKind,
    version: Option<i64>,
) -> Result<Option<Vec<u8>>, ApiError> {
    must_exist(database, app_id)?;
    let kind = kind.wire_name();
    let Some(version) = version else {
        let sql = "SELECT zip FROM function WHERE app_id = ?1 AND type = ?2";
        return Ok(database
            .query_row(sql, params![app_id, kind], |row| row.get(0))
            .optional()?
            .flatten());
    };
    let sql = "SELECT zip FROM function_version WHERE app_id = ?1 AND type = ?2 AND version = ?3";
    Ok(database.query_row(sql, params![app_id, kind, version], |row| row.get(0)).optional()?)
}

/// Keeps the present package as a new version and returns its entry.
pub fn add_version(
    database: &Transaction<'_>,
    app_id: &str,
    kind: FunctionKind,
    description: &str,
) -> Result<Value, ApiError> {
    let zip = zip(database, app_id, kind, None)?.ok_or_else(|| {
        ApiError::unprocessable(
            "",
            format!("the {kind} function has no code yet, so there is nothing to keep"),
        )
    })?;
    let (name, time) = (kind.wire_name(), now());
    let version: i64 = database.query_row(
        "INSERT INTO function_version (app_id, type, version, description, zip, created_time)
         SELECT ?1, ?2, coalesce(max(version), 0) + 1, ?3, ?4, ?5
         FROM function_version WHERE app_id = ?1 AND type = ?2
         RETURNING version",
        params![app_id, name, description, zip, time],
        |row| row.get(0),
    )?;
    Ok(entry(&version.to_string(), description, &zip, time))
}

/// All versions, the present package (`$LATEST`) first.
pub fn versions(
    database: &Transaction<'_>,
    app_id: &str,
    kind: FunctionKind,
) -> Result<Vec<Value>, ApiError> {
    must_exist(database, app_id)?;
    let key = params![app_id, kind.wire_name()];
    let latest = database
        .query_row(
            "SELECT zip, updated_time FROM function WHERE app_id = ?1 AND type = ?2",
            key,
            |row| Ok((row.get::<_, Option<Vec<u8>>>(0)?, row.get(1)?)),
        )
        .optional()?;
    let mut entries = Vec::new();
    if let Some((Some(zip), time)) = latest {
        entries.push(entry("$LATEST", "", &zip, time));
    }
    let mut statement = database.prepare(
        "SELECT version, description, zip, created_time FROM function_version
         WHERE app_id = ?1 AND type = ?2 ORDER BY version",
    )?;
    let rows = statement.query_map(key, |row| {
        let version: i64 = row.get(0)?;
        Ok(entry(
            &version.to_string(),
            &row.get::<_, String>(1)?,
            &row.get::<_, Vec<u8>>(2)?,
            row.get(3)?,
        ))
    })?;
    entries.extend(rows.collect::<Result<Vec<_>, _>>()?);
    Ok(entries)
}

fn entry(version: &str, description: &str, zip: &[u8], time: i64) -> Value {
    json!({
        "Version": version,
        "Description": description,
        "CodeSize": zip.len(),
        "CodeSha256": hex::encode(Sha256::digest(zip)),
        "LastModified": time,
    })
}

/// Adds to a function's log and forgets what is older than a request can ask for.
pub fn add_log(
    database: &Transaction<'_>,
    app_id: &str,
    kind: FunctionKind,
    text: &str,
) -> Result<(), ApiError> {
    must_exist(database, app_id)?;
    let (kind, time) = (kind.wire_name(), now());
    let sql = "DELETE FROM function_log WHERE app_id = ?1 AND type = ?2 AND time < ?3";
    database.execute(sql, params![app_id, kind, time - MAX_LOG_RANGE_MS])?;
    let sql = "INSERT INTO function_log (app_id, type, time, text) VALUES (?1, ?2, ?3, ?4)";
    database.execute(sql, params![app_id, kind, time, text])?;
    Ok(())
}

/// The log from `start` to `end` (ms since 1970, both included), oldest first: time and text.
pub fn log(
    database: &Transaction<'_>,
    app_id: &str,
    kind: FunctionKind,
    start: i64,
    end: i64,
) -> Result<Vec<(i64, String)>, ApiError> {
    must_exist(database, app_id)?;
    let mut statement = database.prepare(
        "SELECT time, text FROM function_log WHERE app_id = ?1 AND type = ?2 AND time BETWEEN ?3 AND ?4 ORDER BY sequence",
    )?;
    let rows = statement.query_map(params![app_id, kind.wire_name(), start, end], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
