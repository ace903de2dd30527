//! Table `bindings`: the unguessable part of the redirect and webhook URLs.

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::migrate::Migration;
use crate::{Store, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 3,
    // unique_id is '' for an app without authorization: NULLs would not be unique.
    sql: "CREATE TABLE bindings (
            id TEXT PRIMARY KEY,
            app_id TEXT NOT NULL REFERENCES apps (id),
            unique_id TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            UNIQUE (app_id, unique_id)
          ) STRICT;",
}];

/// One app and one identity, which share one redirect URL and one webhook URL (contract chapter 1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BindingRow {
    /// Stands in the URL; nobody can guess it.
    pub id: String,
    /// The app.
    pub app_id: String,
    /// The identity; empty for an app without authorization.
    pub unique_id: String,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub created_at: i64,
}

/// The methods of the table.
#[derive(Debug)]
pub struct Bindings<'a>(&'a Store);

impl Store {
    /// The pairs of app and identity that have callback URLs.
    pub fn bindings(&self) -> Bindings<'_> {
        Bindings(self)
    }
}

impl Bindings<'_> {
    /// The binding of the pair; made with `fresh_id` when there is none. External services keep the URL, so a pair never gets
    /// another id. `unique_id` is empty for an app without authorization.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when the app is unknown or `fresh_id` is in use for another pair.
    pub fn get_or_create(
        &self,
        app_id: &str,
        unique_id: &str,
        fresh_id: &str,
        now: i64,
    ) -> Result<BindingRow, StoreError> {
        // The pair is nearly always there, and a reader waits for nobody.
        if let Some(row) = self.0.read(|connection| Ok(find(connection, app_id, unique_id)?))? {
            return Ok(row);
        }
        self.0.write(|transaction| {
            let sql =
                "INSERT INTO bindings (id, app_id, unique_id, created_at) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (app_id, unique_id) DO NOTHING";
            transaction.execute(sql, params![fresh_id, app_id, unique_id, now])?;
            find(transaction, app_id, unique_id)?
                .ok_or_else(|| rusqlite::Error::QueryReturnedNoRows.into())
        })
    }

    /// The pair behind a URL.
    ///
    /// # Errors
    /// Those of every read.
    pub fn by_id(&self, id: &str) -> Result<Option<BindingRow>, StoreError> {
        self.0.read(|connection| {
            let mut query = connection.prepare_cached("SELECT * FROM bindings WHERE id = ?1")?;
            Ok(query.query_row([id], from_row).optional()?)
        })
    }
}

fn find(
    connection: &Connection,
    app_id: &str,
    unique_id: &str,
) -> rusqlite::Result<Option<BindingRow>> {
    let mut query =
        connection.prepare_cached("SELECT * FROM bindings WHERE app_id = ?1 AND unique_id = ?2")?;
    query.query_row([app_id, unique_id], from_row).optional()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<BindingRow> {
    Ok(BindingRow {
        id: row.get("id")?,
        app_id: row.get("app_id")?,
        unique_id: row.get("unique_id")?,
        created_at: row.get("created_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_keeps_its_id() {
        let store = Store::in_memory().unwrap();
        let app = store.apps().upsert_by_path("/a", "a", 1).unwrap().id;
        let bindings = store.bindings();
        let none = bindings.get_or_create(&app, "", "id-1", 1).unwrap();
        assert_eq!(bindings.get_or_create(&app, "", "id-2", 2).unwrap(), none);
        let alice = bindings.get_or_create(&app, "alice", "id-3", 3).unwrap();
        assert_ne!(alice.id, none.id);
        assert_eq!(bindings.by_id("id-3").unwrap(), Some(alice));
        assert_eq!(bindings.by_id("id-2").unwrap(), None);
    }

    #[test]
    fn an_id_in_use_and_an_unknown_app_are_refused() {
        let store = Store::in_memory().unwrap();
        let app = store.apps().upsert_by_path("/a", "a", 1).unwrap().id;
        store.bindings().get_or_create(&app, "alice", "id", 1).unwrap();
        let taken = store.bindings().get_or_create(&app, "bob", "id", 1);
        assert!(matches!(taken, Err(StoreError::Refused { .. })), "{taken:?}");
        let unknown = store.bindings().get_or_create("nobody", "", "id-2", 1);
        assert!(matches!(unknown, Err(StoreError::Refused { .. })), "{unknown:?}");
    }
}
