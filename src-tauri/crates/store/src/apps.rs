//! Table `apps`: the app folders that were opened here.

use rusqlite::{OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::migrate::Migration;
use crate::values::{new_id, sql_limit};
use crate::{Store, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    // Nothing ever deletes an app: its history hangs on it, and the folder may come back.
    sql: "CREATE TABLE apps (
            id TEXT PRIMARY KEY,
            path TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            last_opened_at INTEGER NOT NULL,
            hidden INTEGER NOT NULL DEFAULT 0
          ) STRICT;
          CREATE INDEX apps_by_last_opened ON apps (last_opened_at);",
}];

/// An app folder that was opened at least once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AppRow {
    /// Id in this store; not the server's `app_id`.
    pub id: String,
    /// The folder, canonical.
    pub path: String,
    /// The app's name when it was last opened.
    pub name: String,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub last_opened_at: i64,
}

/// The methods of the table.
#[derive(Debug)]
pub struct Apps<'a>(&'a Store);

impl Store {
    /// The app folders that were opened here.
    pub fn apps(&self) -> Apps<'_> {
        Apps(self)
    }
}

impl Apps<'_> {
    /// Notes that the folder `path` (canonical) was opened; it returns to the recent apps if it was forgotten. The same path
    /// keeps its id for ever.
    ///
    /// # Errors
    /// Those of every write.
    pub fn upsert_by_path(&self, path: &str, name: &str, now: i64) -> Result<AppRow, StoreError> {
        self.0.write(|transaction| {
            let sql = "INSERT INTO apps (id, path, name, last_opened_at) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (path) DO UPDATE SET name = excluded.name, last_opened_at = excluded.last_opened_at, hidden = 0
                RETURNING *";
            Ok(transaction.prepare_cached(sql)?.query_row(params![new_id(), path, name, now], from_row)?)
        })
    }

    /// The apps opened last, newest first.
    ///
    /// # Errors
    /// Those of every read.
    pub fn recent(&self, limit: usize) -> Result<Vec<AppRow>, StoreError> {
        self.0.read(|connection| {
            let sql = "SELECT * FROM apps WHERE hidden = 0 ORDER BY last_opened_at DESC, rowid DESC LIMIT ?1";
            let mut query = connection.prepare_cached(sql)?;
            Ok(query.query_map([sql_limit(limit)], from_row)?.collect::<Result<_, _>>()?)
        })
    }

    /// Hides the app from [`Apps::recent`]. Its history stays, and comes back when the folder is opened again.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such app.
    pub fn forget(&self, id: &str) -> Result<(), StoreError> {
        self.0.write(|transaction| {
            match transaction.execute("UPDATE apps SET hidden = 1 WHERE id = ?1", [id])? {
                0 => Err(StoreError::Missing { what: "app", id: id.to_owned() }.into()),
                _ => Ok(()),
            }
        })
    }

    /// One app, forgotten or not.
    ///
    /// # Errors
    /// Those of every read.
    pub fn by_id(&self, id: &str) -> Result<Option<AppRow>, StoreError> {
        self.0.read(|connection| {
            Ok(connection
                .query_row("SELECT * FROM apps WHERE id = ?1", [id], from_row)
                .optional()?)
        })
    }

    /// The app in the folder `path` (canonical), forgotten or not.
    ///
    /// # Errors
    /// Those of every read.
    pub fn by_path(&self, path: &str) -> Result<Option<AppRow>, StoreError> {
        self.0.read(|connection| {
            Ok(connection
                .query_row("SELECT * FROM apps WHERE path = ?1", [path], from_row)
                .optional()?)
        })
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<AppRow> {
    Ok(AppRow {
        id: row.get("id")?,
        path: row.get("path")?,
        name: row.get("name")?,
        last_opened_at: row.get("last_opened_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_keeps_its_id_and_takes_the_newest_name() {
        let store = Store::in_memory().unwrap();
        let first = store.apps().upsert_by_path("/apps/esign", "esign", 1).unwrap();
        let again = store.apps().upsert_by_path("/apps/esign", "E-Sign", 5).unwrap();
        assert_eq!(again, AppRow { name: "E-Sign".into(), last_opened_at: 5, ..first.clone() });
        assert_eq!(store.apps().by_id(&first.id).unwrap(), Some(again.clone()));
        assert_eq!(store.apps().by_path("/apps/esign").unwrap(), Some(again));
        assert_eq!(store.apps().by_id("nobody").unwrap(), None);
    }

    #[test]
    fn recent_apps_come_newest_first_and_forgotten_ones_come_back() {
        let store = Store::in_memory().unwrap();
        for (at, path) in ["/a", "/b", "/c"].iter().enumerate() {
            store.apps().upsert_by_path(path, path, at as i64).unwrap();
        }
        let paths = |limit| -> Vec<String> {
            store.apps().recent(limit).unwrap().into_iter().map(|app| app.path).collect()
        };
        assert_eq!(paths(2), ["/c", "/b"]);
        let b = store.apps().by_path("/b").unwrap().unwrap();
        store.apps().forget(&b.id).unwrap();
        assert_eq!(paths(9), ["/c", "/a"]);
        assert!(store.apps().by_id(&b.id).unwrap().is_some());
        assert_eq!(store.apps().upsert_by_path("/b", "b", 9).unwrap().id, b.id);
        assert_eq!(paths(9), ["/b", "/c", "/a"]);
        assert!(matches!(store.apps().forget("nobody"), Err(StoreError::Missing { .. })));
    }
}
