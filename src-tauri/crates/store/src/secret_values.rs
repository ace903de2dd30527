//! Table `secret_values`: what app.json names as a secret, sealed by the caller.

use rusqlite::{OptionalExtension as _, params};

use crate::migrate::Migration;
use crate::{Store, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 5,
    sql: "CREATE TABLE secret_values (
            app_id TEXT NOT NULL REFERENCES apps (id),
            name TEXT NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (app_id, name)
          ) STRICT, WITHOUT ROWID;",
}];

/// The methods of the table.
#[derive(Debug)]
pub struct SecretValues<'a>(&'a Store);

impl Store {
    /// The values behind the secret names in app.json.
    pub fn secret_values(&self) -> SecretValues<'_> {
        SecretValues(self)
    }
}

impl SecretValues<'_> {
    /// Sets the sealed value of `name`.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when the app is unknown.
    pub fn set(&self, app_id: &str, name: &str, sealed: &[u8]) -> Result<(), StoreError> {
        self.0.write(|transaction| {
            let sql = "INSERT INTO secret_values (app_id, name, sealed) VALUES (?1, ?2, ?3)
                ON CONFLICT (app_id, name) DO UPDATE SET sealed = excluded.sealed";
            transaction.execute(sql, params![app_id, name, sealed])?;
            Ok(())
        })
    }

    /// The sealed value of `name`.
    ///
    /// # Errors
    /// Those of every read.
    pub fn get(&self, app_id: &str, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT sealed FROM secret_values WHERE app_id = ?1 AND name = ?2",
            )?;
            Ok(query.query_row([app_id, name], |row| row.get(0)).optional()?)
        })
    }

    /// Deletes the value of `name`; true when it was there.
    ///
    /// # Errors
    /// Those of every write.
    pub fn delete(&self, app_id: &str, name: &str) -> Result<bool, StoreError> {
        self.0.write(|transaction| {
            let sql = "DELETE FROM secret_values WHERE app_id = ?1 AND name = ?2";
            Ok(transaction.execute(sql, [app_id, name])? > 0)
        })
    }

    /// The names that have a value, sorted.
    ///
    /// # Errors
    /// Those of every read.
    pub fn names(&self, app_id: &str) -> Result<Vec<String>, StoreError> {
        self.0.read(|connection| {
            let mut query = connection
                .prepare_cached("SELECT name FROM secret_values WHERE app_id = ?1 ORDER BY name")?;
            Ok(query.query_map([app_id], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_belong_to_an_app_and_a_name() {
        let store = Store::in_memory().unwrap();
        let a = store.apps().upsert_by_path("/a", "a", 1).unwrap().id;
        let b = store.apps().upsert_by_path("/b", "b", 1).unwrap().id;
        let values = store.secret_values();
        values.set(&a, "client_secret", b"1").unwrap();
        values.set(&a, "api_key", b"2").unwrap();
        values.set(&a, "client_secret", b"3").unwrap();
        assert_eq!(values.get(&a, "client_secret").unwrap().as_deref(), Some(b"3".as_slice()));
        assert_eq!(values.get(&b, "client_secret").unwrap(), None);
        assert_eq!(values.names(&a).unwrap(), ["api_key", "client_secret"]);
        assert!(values.delete(&a, "api_key").unwrap());
        assert!(!values.delete(&a, "api_key").unwrap());
        assert_eq!(values.names(&a).unwrap(), ["client_secret"]);
        assert!(matches!(values.set("nobody", "x", b""), Err(StoreError::Refused { .. })));
    }
}
