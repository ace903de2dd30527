//! Table `publications`: what was published where.

use rusqlite::{OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::migrate::Migration;
use crate::values::new_id;
use crate::{Store, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 13,
    sql: "CREATE TABLE publications (
            id TEXT PRIMARY KEY,
            app_id TEXT NOT NULL REFERENCES apps (id),
            server TEXT NOT NULL,
            remote_app_id TEXT NOT NULL,
            published_at INTEGER NOT NULL,
            label TEXT,
            content_hash TEXT NOT NULL
          ) STRICT;
          CREATE INDEX publications_by_app ON publications (app_id, server, published_at);",
}];

/// One publication of an app to a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PublicationRow {
    /// Unique.
    pub id: String,
    /// The app.
    pub app_id: String,
    /// The server's base URL.
    pub server: String,
    /// The app's id on the server.
    pub remote_app_id: String,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub published_at: i64,
    /// The version's name on the server, when one was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub label: Option<String>,
    /// Hash of what was published.
    pub content_hash: String,
}

/// A publication that has just succeeded.
#[derive(Clone, Debug)]
pub struct NewPublication<'a> {
    /// The app.
    pub app_id: &'a str,
    /// The server's base URL.
    pub server: &'a str,
    /// The app's id on the server.
    pub remote_app_id: &'a str,
    /// The version's name on the server, when one was made.
    pub label: Option<&'a str>,
    /// Hash of what was published.
    pub content_hash: &'a str,
}

/// The methods of the table.
#[derive(Debug)]
pub struct Publications<'a>(&'a Store);

impl Store {
    /// What was published where.
    pub fn publications(&self) -> Publications<'_> {
        Publications(self)
    }
}

impl Publications<'_> {
    /// Notes a publication.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when the app is unknown.
    pub fn insert(&self, new: &NewPublication<'_>, now: i64) -> Result<PublicationRow, StoreError> {
        self.0.write(|transaction| {
            let sql = "INSERT INTO publications (id, app_id, server, remote_app_id, published_at, label, content_hash)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING *";
            let values =
                params![new_id(), new.app_id, new.server, new.remote_app_id, now, new.label, new.content_hash];
            Ok(transaction.query_row(sql, values, from_row)?)
        })
    }

    /// The publications of an app, newest first.
    ///
    /// # Errors
    /// Those of every read.
    pub fn list(&self, app_id: &str) -> Result<Vec<PublicationRow>, StoreError> {
        self.0.read(|connection| {
            let sql = "SELECT * FROM publications WHERE app_id = ?1 ORDER BY published_at DESC, rowid DESC";
            let mut query = connection.prepare_cached(sql)?;
            Ok(query.query_map([app_id], from_row)?.collect::<Result<_, _>>()?)
        })
    }

    /// The newest publication of an app to one server.
    ///
    /// # Errors
    /// Those of every read.
    pub fn latest(&self, app_id: &str, server: &str) -> Result<Option<PublicationRow>, StoreError> {
        self.0.read(|connection| {
            let sql = "SELECT * FROM publications WHERE app_id = ?1 AND server = ?2
                ORDER BY published_at DESC, rowid DESC LIMIT 1";
            Ok(connection.prepare_cached(sql)?.query_row([app_id, server], from_row).optional()?)
        })
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<PublicationRow> {
    Ok(PublicationRow {
        id: row.get("id")?,
        app_id: row.get("app_id")?,
        server: row.get("server")?,
        remote_app_id: row.get("remote_app_id")?,
        published_at: row.get("published_at")?,
        label: row.get("label")?,
        content_hash: row.get("content_hash")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_server_has_its_own_latest() {
        let store = Store::in_memory().unwrap();
        let app = store.apps().upsert_by_path("/a", "a", 1).unwrap().id;
        let new = |server, label| NewPublication {
            app_id: &app,
            server,
            remote_app_id: "remote",
            label,
            content_hash: "hash",
        };
        let publications = store.publications();
        let first = publications.insert(&new("https://one.example", None), 1).unwrap();
        let second = publications.insert(&new("https://two.example", Some("v1")), 2).unwrap();
        let third = publications.insert(&new("https://one.example", Some("v2")), 2).unwrap();
        assert_eq!(publications.list(&app).unwrap(), [third.clone(), second.clone(), first]);
        assert_eq!(publications.latest(&app, "https://one.example").unwrap(), Some(third));
        assert_eq!(publications.latest(&app, "https://two.example").unwrap(), Some(second));
        assert_eq!(publications.latest(&app, "https://none.example").unwrap(), None);
    }
}
