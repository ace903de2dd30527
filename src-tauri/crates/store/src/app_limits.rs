//! Table `app_limits`: what calls of one app may use where that differs from the program's setting.

use rusqlite::{OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::migrate::Migration;
use crate::{Store, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 17,
    sql: "CREATE TABLE app_limits (
            app_id TEXT PRIMARY KEY REFERENCES apps (id) ON DELETE CASCADE,
            time_ms INTEGER,
            memory_bytes INTEGER,
            stack_bytes INTEGER,
            timers INTEGER,
            requests INTEGER,
            output_bytes INTEGER,
            log_bytes INTEGER
          ) STRICT, WITHOUT ROWID;",
}];

/// What calls of one app may use; an absent limit is the program's setting, also after that has changed.
///
/// They belong to this machine and stand in its database. The definition, `app.json`, the archive and what is published know
/// nothing of them: how much a machine gives a call is no property of the app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields)]
pub struct AppLimits {
    /// Milliseconds from start to answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_ms: Option<u32>,
    /// Bytes of script memory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_bytes: Option<u32>,
    /// Bytes of script stack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stack_bytes: Option<u32>,
    /// Timers open at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timers: Option<u32>,
    /// HTTP requests open at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests: Option<u32>,
    /// Bytes of the return value as JSON, and of the parameters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_bytes: Option<u32>,
    /// Bytes of log text kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_bytes: Option<u32>,
}

/// The methods of the table.
#[derive(Debug)]
pub struct AppLimitsTable<'a>(&'a Store);

impl Store {
    /// The limits that apps have of their own.
    pub fn app_limits(&self) -> AppLimitsTable<'_> {
        AppLimitsTable(self)
    }
}

impl AppLimitsTable<'_> {
    /// The app's own limits; all absent when it has none, or is not known.
    ///
    /// # Errors
    /// Those of every read.
    pub fn get(&self, app_id: &str) -> Result<AppLimits, StoreError> {
        self.0.read(|connection| {
            let mut query =
                connection.prepare_cached("SELECT * FROM app_limits WHERE app_id = ?1")?;
            Ok(query.query_row([app_id], from_row).optional()?.unwrap_or_default())
        })
    }

    /// Sets all of the app's own limits, those that are absent too.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when the app is unknown.
    pub fn set(&self, app_id: &str, limits: &AppLimits) -> Result<(), StoreError> {
        self.0.write(|transaction| {
            let sql = "INSERT OR REPLACE INTO app_limits
                (app_id, time_ms, memory_bytes, stack_bytes, timers, requests, output_bytes, log_bytes)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
            let AppLimits { time_ms, memory_bytes, stack_bytes, timers, requests, output_bytes, log_bytes } =
                limits;
            transaction.execute(
                sql,
                params![app_id, time_ms, memory_bytes, stack_bytes, timers, requests, output_bytes, log_bytes],
            )?;
            Ok(())
        })
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<AppLimits> {
    Ok(AppLimits {
        time_ms: row.get("time_ms")?,
        memory_bytes: row.get("memory_bytes")?,
        stack_bytes: row.get("stack_bytes")?,
        timers: row.get("timers")?,
        requests: row.get("requests")?,
        output_bytes: row.get("output_bytes")?,
        log_bytes: row.get("log_bytes")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_belong_to_an_app_and_each_may_be_absent() {
        let store = Store::in_memory().unwrap();
        let a = store.apps().upsert_by_path("/a", "a", 1).unwrap().id;
        let b = store.apps().upsert_by_path("/b", "b", 1).unwrap().id;
        let all = AppLimits {
            time_ms: Some(1),
            memory_bytes: Some(2),
            stack_bytes: Some(3),
            timers: Some(4),
            requests: Some(5),
            output_bytes: Some(6),
            log_bytes: Some(u32::MAX),
        };
        assert_eq!(store.app_limits().get(&a).unwrap(), AppLimits::default());
        store.app_limits().set(&a, &all).unwrap();
        assert_eq!(store.app_limits().get(&a).unwrap(), all);
        assert_eq!(store.app_limits().get(&b).unwrap(), AppLimits::default());
        let less = AppLimits { time_ms: None, timers: Some(9), ..all };
        store.app_limits().set(&a, &less).unwrap();
        assert_eq!(store.app_limits().get(&a).unwrap(), less);
        store.app_limits().set(&a, &AppLimits::default()).unwrap();
        assert_eq!(store.app_limits().get(&a).unwrap(), AppLimits::default());
        assert!(matches!(store.app_limits().set("nobody", &all), Err(StoreError::Refused { .. })));
    }

    #[test]
    fn they_go_with_their_app() {
        let store = Store::in_memory().unwrap();
        let id = store.apps().upsert_by_path("/a", "a", 1).unwrap().id;
        let limits = AppLimits { time_ms: Some(1_000), ..AppLimits::default() };
        store.app_limits().set(&id, &limits).unwrap();
        // A forgotten app may come back, and finds its limits.
        store.apps().forget(&id).unwrap();
        assert_eq!(store.app_limits().get(&id).unwrap(), limits);
        store
            .write(|transaction| Ok(transaction.execute("DELETE FROM apps WHERE id = ?1", [&id])?))
            .unwrap();
        let left: i64 = store
            .read(|connection| {
                Ok(connection.query_row("SELECT count(*) FROM app_limits", [], |row| row.get(0))?)
            })
            .unwrap();
        assert_eq!(left, 0);
    }
}
