//! Table `app`: the definition as it was written, its authorization, its logo.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use definition::FunctionKind;
use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde_json::{Value, json};

use super::{function, now};
use crate::check::Object;
use crate::error::ApiError;
use crate::parts::{AppParts, function_field};

/// How much of an app an answer holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Definition and function configurations.
    Usual,
    /// The whole of contract chapter 2, with authorization and logo.
    Download,
}

/// All apps, in the order in which they were created.
pub fn list(database: &Transaction<'_>) -> Result<Vec<Value>, ApiError> {
    let mut statement = database.prepare("SELECT app_id FROM app ORDER BY sequence")?;
    let ids =
        statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    ids.iter().map(|app_id| get(database, app_id, Extent::Usual)).collect()
}

/// One app as the interface shows it.
pub fn get(database: &Transaction<'_>, app_id: &str, extent: Extent) -> Result<Value, ApiError> {
    let (definition, authentication, logo) = database
        .query_row(
            "SELECT definition, authentication, logo FROM app WHERE app_id = ?1",
            [app_id],
            |row| Ok((object(row, 0)?, object(row, 1)?, row.get::<_, Option<Vec<u8>>>(2)?)),
        )
        .optional()?
        .ok_or_else(|| ApiError::no_app(app_id))?;
    let mut app = Object::new();
    app.insert("app_id".to_owned(), json!(app_id));
    app.extend(definition);
    for kind in FunctionKind::ALL {
        if let Some(config) = function::config(database, app_id, kind)? {
            app.insert(function_field(kind), Value::Object(config));
        }
    }
    if extent == Extent::Download {
        app.insert("authentication".to_owned(), Value::Object(authentication));
        if let Some(logo) = logo {
            app.insert("logo".to_owned(), json!({ "base64": STANDARD.encode(logo) }));
        }
    }
    Ok(Value::Object(app))
}

/// Makes a new app of `parts` and returns its id.
pub fn create(database: &Transaction<'_>, parts: AppParts) -> Result<String, ApiError> {
    if !parts.fields.contains_key("name") {
        return Err(ApiError::field("name", "a text that is not empty"));
    }
    let app_id = uuid::Uuid::new_v4().to_string();
    database.execute(
        "INSERT INTO app (app_id, definition, created_time, updated_time) VALUES (?1, '{}', ?2, ?2)",
        params![app_id, now()],
    )?;
    update(database, &app_id, parts)?;
    Ok(app_id)
}

/// Changes what `parts` mentions and nothing else.
pub fn update(database: &Transaction<'_>, app_id: &str, parts: AppParts) -> Result<(), ApiError> {
    let mut definition = database
        .query_row("SELECT definition FROM app WHERE app_id = ?1", [app_id], |row| object(row, 0))
        .optional()?
        .ok_or_else(|| ApiError::no_app(app_id))?;
    for (field, value) in parts.fields {
        if value.is_null() {
            definition.shift_remove(&field);
        } else {
            definition.insert(field, value);
        }
    }
    database.execute(
        "UPDATE app SET definition = ?2, updated_time = ?3 WHERE app_id = ?1",
        params![app_id, Value::Object(definition), now()],
    )?;
    if let Some(authentication) = parts.authentication {
        set_authentication(database, app_id, &authentication)?;
    }
    if let Some(logo) = parts.logo {
        set_logo(database, app_id, logo.as_deref())?;
    }
    for part in parts.functions {
        function::apply(database, app_id, part)?;
    }
    Ok(())
}

/// Removes the app with everything that belongs to it.
pub fn delete(database: &Transaction<'_>, app_id: &str) -> Result<(), ApiError> {
    changed(database.execute("DELETE FROM app WHERE app_id = ?1", [app_id])?, app_id)
}

/// Fails with 404 when there is no such app.
pub fn must_exist(database: &Transaction<'_>, app_id: &str) -> Result<(), ApiError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM app WHERE app_id = ?1)";
    let found: bool = database.query_row(sql, [app_id], |row| row.get(0))?;
    changed(usize::from(found), app_id)
}

/// The authorization configuration; `{}` = none.
pub fn authentication(database: &Transaction<'_>, app_id: &str) -> Result<Object, ApiError> {
    database
        .query_row("SELECT authentication FROM app WHERE app_id = ?1", [app_id], |row| {
            object(row, 0)
        })
        .optional()?
        .ok_or_else(|| ApiError::no_app(app_id))
}

/// Replaces the authorization configuration.
pub fn set_authentication(
    database: &Transaction<'_>,
    app_id: &str,
    value: &Value,
) -> Result<(), ApiError> {
    let sql = "UPDATE app SET authentication = ?2, updated_time = ?3 WHERE app_id = ?1";
    changed(database.execute(sql, params![app_id, value, now()])?, app_id)
}

/// The logo's bytes.
pub fn logo(database: &Transaction<'_>, app_id: &str) -> Result<Option<Vec<u8>>, ApiError> {
    database
        .query_row("SELECT logo FROM app WHERE app_id = ?1", [app_id], |row| row.get(0))
        .optional()?
        .ok_or_else(|| ApiError::no_app(app_id))
}

/// Replaces or removes the logo.
pub fn set_logo(
    database: &Transaction<'_>,
    app_id: &str,
    logo: Option<&[u8]>,
) -> Result<(), ApiError> {
    let sql = "UPDATE app SET logo = ?2, updated_time = ?3 WHERE app_id = ?1";
    changed(database.execute(sql, params![app_id, logo, now()])?, app_id)
}

fn changed(rows: usize, app_id: &str) -> Result<(), ApiError> {
    if rows == 0 { Err(ApiError::no_app(app_id)) } else { Ok(()) }
}

/// A column that holds a JSON object.
pub fn object(row: &Row<'_>, index: usize) -> rusqlite::Result<Object> {
    match row.get(index)? {
        Value::Object(object) => Ok(object),
        _ => Err(rusqlite::Error::InvalidColumnType(
            index,
            "JSON object".to_owned(),
            rusqlite::types::Type::Text,
        )),
    }
}
