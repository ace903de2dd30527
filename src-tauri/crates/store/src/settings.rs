//! Table `settings`: what belongs to the data folder as a whole.

use rusqlite::{OptionalExtension as _, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::migrate::Migration;
use crate::values::{Json, JsonRef};
use crate::{Store, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 2,
    sql: "CREATE TABLE settings (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL
          ) STRICT, WITHOUT ROWID;",
}];

/// The methods of the table.
#[derive(Debug)]
pub struct Settings<'a>(&'a Store);

impl Store {
    /// Gateway port, theme, limits, servers and whatever else is one value for the data folder.
    pub fn settings(&self) -> Settings<'_> {
        Settings(self)
    }
}

impl Settings<'_> {
    /// The value of `key`; `None` when it was never set.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] when the stored value has another shape than `T`: it is kept.
    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StoreError> {
        let Some(value) = self.get_value(key)? else { return Ok(None) };
        serde_json::from_value(value).map(Some).map_err(|error| StoreError::Unreadable {
            path: self.0.path().to_path_buf(),
            detail: format!("setting `{key}`: {error}"),
        })
    }

    /// The same as JSON.
    ///
    /// # Errors
    /// Those of every read.
    pub fn get_value(&self, key: &str) -> Result<Option<Value>, StoreError> {
        self.0.read(|connection| {
            let mut query =
                connection.prepare_cached("SELECT value FROM settings WHERE key = ?1")?;
            Ok(query.query_row([key], |row| row.get::<_, Json>(0)).optional()?.map(|json| json.0))
        })
    }

    /// Sets `key`, whatever it was before.
    ///
    /// # Errors
    /// [`StoreError::Unstorable`] when JSON cannot hold the value.
    pub fn set<T: Serialize + ?Sized>(&self, key: &str, value: &T) -> Result<(), StoreError> {
        let value = to_value(key, value)?;
        self.0.write(|transaction| {
            let sql = "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
            transaction.execute(sql, params![key, JsonRef(&value)])?;
            Ok(())
        })
    }

    /// Sets `key` unless it has a value, and returns the value it has then. Two processes that choose at once agree.
    ///
    /// # Errors
    /// Those of [`Settings::get`] and [`Settings::set`].
    pub fn get_or_set<T: Serialize + DeserializeOwned>(
        &self,
        key: &str,
        fresh: &T,
    ) -> Result<T, StoreError> {
        let value = to_value(key, fresh)?;
        self.0.write(|transaction| {
            let sql =
                "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING";
            transaction.execute(sql, params![key, JsonRef(&value)])?;
            Ok(())
        })?;
        self.get(key)?.ok_or_else(|| StoreError::Missing { what: "setting", id: key.to_owned() })
    }

    /// Removes `key`; true when it was there.
    ///
    /// # Errors
    /// Those of every write.
    pub fn remove(&self, key: &str) -> Result<bool, StoreError> {
        self.0.write(|transaction| {
            Ok(transaction.execute("DELETE FROM settings WHERE key = ?1", [key])? > 0)
        })
    }
}

fn to_value<T: Serialize + ?Sized>(key: &str, value: &T) -> Result<Value, StoreError> {
    serde_json::to_value(value)
        .map_err(|error| StoreError::Unstorable { detail: format!("setting `{key}`: {error}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_type() {
        let store = Store::in_memory().unwrap();
        let settings = store.settings();
        assert_eq!(settings.get::<u16>("gateway.port").unwrap(), None);
        settings.set("gateway.port", &4810_u16).unwrap();
        assert_eq!(settings.get::<u16>("gateway.port").unwrap(), Some(4810));
        settings.set("gateway.port", &4811_u16).unwrap();
        assert_eq!(settings.get::<u16>("gateway.port").unwrap(), Some(4811));
        settings.set("nothing", &Value::Null).unwrap();
        assert_eq!(settings.get_value("nothing").unwrap(), Some(Value::Null));
        settings.set("theme", "dark").unwrap();
        assert_eq!(settings.get::<String>("theme").unwrap().as_deref(), Some("dark"));
        assert!(settings.remove("theme").unwrap());
        assert!(!settings.remove("theme").unwrap());
    }

    #[test]
    fn another_shape_is_an_error_that_names_the_key() {
        let store = Store::in_memory().unwrap();
        store.settings().set("theme", "dark").unwrap();
        let error = store.settings().get::<u16>("theme").unwrap_err();
        assert!(matches!(error, StoreError::Unreadable { .. }));
        assert!(error.to_string().contains("theme"));
    }

    #[test]
    fn the_first_choice_stays() {
        let store = Store::in_memory().unwrap();
        assert_eq!(store.settings().get_or_set("token", &"a".to_owned()).unwrap(), "a");
        assert_eq!(store.settings().get_or_set("token", &"b".to_owned()).unwrap(), "a");
    }
}
