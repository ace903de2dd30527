//! Table `credentials`: the accounts that were connected, each sealed by the caller.

use rusqlite::{OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::migrate::Migration;
use crate::values::{new_id, words};
use crate::{Store, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 4,
        sql: "CREATE TABLE credentials (
            id TEXT PRIMARY KEY,
            app_id TEXT NOT NULL REFERENCES apps (id),
            unique_id TEXT NOT NULL,
            display_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            sealed BLOB NOT NULL,
            expires_at INTEGER,
            state TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            last_used_at INTEGER,
            UNIQUE (app_id, unique_id)
          ) STRICT;",
    },
    Migration {
        version: 15,
        sql: "ALTER TABLE credentials ADD COLUMN name TEXT;
          ALTER TABLE credentials ADD COLUMN problem TEXT;
          ALTER TABLE credentials ADD COLUMN refreshing_since INTEGER;",
    },
];

/// How the account was connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// An authorization page and a token.
    Oauth2,
    /// An authorization page and a token of OAuth1.
    Oauth1,
    /// A form of the app's own inputs.
    Custom,
}
words!(CredentialKind { Oauth2 = "oauth2", Oauth1 = "oauth1", Custom = "custom" });

/// Whether a credential can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CredentialState {
    /// As far as known, yes.
    Ok,
    /// Refreshing it failed for good: the account has to be connected again.
    NeedsReconnect,
}
words!(CredentialState { Ok = "ok", NeedsReconnect = "needs_reconnect" });

/// A connected account, without its secret part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CredentialRow {
    /// Stays the same when the account is connected again.
    pub id: String,
    /// The app it belongs to.
    pub app_id: String,
    /// The identity function's `unique_id`.
    pub unique_id: String,
    /// The identity function's `display_id`.
    pub display_id: String,
    /// What the author calls it; absent = by its display id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<String>,
    /// How it was connected.
    pub kind: CredentialKind,
    /// When the access token expires, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub expires_at: Option<i64>,
    /// Whether it can be used.
    pub state: CredentialState,
    /// Why the last refresh failed; absent = it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub problem: Option<String>,
    /// When a refresh began whose end was not noted, in milliseconds since 1970: it runs, or the program was stopped in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub refreshing_since: Option<i64>,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub created_at: i64,
    /// When it was last connected or refreshed, in milliseconds since 1970.
    #[ts(type = "number")]
    pub updated_at: i64,
    /// When a function last got it, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub last_used_at: Option<i64>,
}

/// An account that has just been connected.
#[derive(Clone, Debug)]
pub struct NewCredential<'a> {
    /// The app it belongs to.
    pub app_id: &'a str,
    /// The identity function's `unique_id`.
    pub unique_id: &'a str,
    /// The identity function's `display_id`.
    pub display_id: &'a str,
    /// How it was connected.
    pub kind: CredentialKind,
    /// Encrypted. Bind it to app and `unique_id`, which stay, not to a row id, which is not known yet.
    pub sealed: &'a [u8],
    /// When the access token expires, in milliseconds since 1970.
    pub expires_at: Option<i64>,
}

/// What [`Credentials::save`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The row as it is now.
    pub credential: CredentialRow,
    /// The account was connected before; its secret part was replaced.
    pub replaced: bool,
}

/// The methods of the table.
#[derive(Debug)]
pub struct Credentials<'a>(&'a Store);

impl Store {
    /// The connected accounts.
    pub fn credentials(&self) -> Credentials<'_> {
        Credentials(self)
    }
}

impl Credentials<'_> {
    /// Saves an account under its `unique_id`; the same `unique_id` again replaces the secret part, the display id and the
    /// state, and keeps the id (contract chapter 1, step 3).
    ///
    /// # Errors
    /// [`StoreError::Refused`] when the app is unknown.
    pub fn save(&self, new: &NewCredential<'_>, now: i64) -> Result<Saved, StoreError> {
        self.0.write(|transaction| {
            let fresh = new_id();
            let sql = "INSERT INTO credentials
                  (id, app_id, unique_id, display_id, kind, sealed, expires_at, state, created_at, updated_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'ok', ?8, ?8)
                ON CONFLICT (app_id, unique_id) DO UPDATE SET display_id = excluded.display_id, kind = excluded.kind,
                  sealed = excluded.sealed, expires_at = excluded.expires_at, state = excluded.state, updated_at = excluded.updated_at,
                  problem = NULL, refreshing_since = NULL
                RETURNING *";
            let values =
                params![fresh, new.app_id, new.unique_id, new.display_id, new.kind, new.sealed, new.expires_at, now];
            let credential = transaction.query_row(sql, values, from_row)?;
            let replaced = credential.id != fresh;
            Ok(Saved { credential, replaced })
        })
    }

    /// The accounts of an app, the one used or connected last first.
    ///
    /// # Errors
    /// Those of every read.
    pub fn list(&self, app_id: &str) -> Result<Vec<CredentialRow>, StoreError> {
        self.0.read(|connection| {
            let sql = "SELECT * FROM credentials WHERE app_id = ?1
                ORDER BY max(coalesce(last_used_at, 0), updated_at) DESC, rowid DESC";
            let mut query = connection.prepare_cached(sql)?;
            Ok(query.query_map([app_id], from_row)?.collect::<Result<_, _>>()?)
        })
    }

    /// One account and its sealed part.
    ///
    /// # Errors
    /// Those of every read.
    pub fn get(&self, id: &str) -> Result<Option<(CredentialRow, Vec<u8>)>, StoreError> {
        self.0.read(|connection| {
            let mut query = connection.prepare_cached("SELECT * FROM credentials WHERE id = ?1")?;
            Ok(query.query_row([id], |row| Ok((from_row(row)?, row.get("sealed")?))).optional()?)
        })
    }

    /// The same by the identity's `unique_id`.
    ///
    /// # Errors
    /// Those of every read.
    pub fn by_unique_id(
        &self,
        app_id: &str,
        unique_id: &str,
    ) -> Result<Option<(CredentialRow, Vec<u8>)>, StoreError> {
        self.0.read(|connection| {
            let mut query = connection
                .prepare_cached("SELECT * FROM credentials WHERE app_id = ?1 AND unique_id = ?2")?;
            Ok(query
                .query_row([app_id, unique_id], |row| Ok((from_row(row)?, row.get("sealed")?)))
                .optional()?)
        })
    }

    /// Replaces the secret part after a token refresh; the account can be used again.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the account is gone.
    pub fn refresh(
        &self,
        id: &str,
        sealed: &[u8],
        expires_at: Option<i64>,
        now: i64,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE credentials SET sealed = ?2, expires_at = ?3, state = 'ok', updated_at = ?4, problem = NULL,
            refreshing_since = NULL WHERE id = ?1";
        self.update(id, sql, params![id, sealed, expires_at, now])
    }

    /// Notes that a refresh is about to be asked for: should the program be stopped before its answer is kept, this stays.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the account is gone.
    pub fn begin_refresh(&self, id: &str, now: i64) -> Result<(), StoreError> {
        let sql = "UPDATE credentials SET refreshing_since = ?2 WHERE id = ?1";
        self.update(id, sql, params![id, now])
    }

    /// Notes that no refresh is under way any more, where its answer does not count because the account was connected again.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the account is gone.
    pub fn end_refresh(&self, id: &str) -> Result<(), StoreError> {
        let sql = "UPDATE credentials SET refreshing_since = NULL WHERE id = ?1";
        self.update(id, sql, params![id])
    }

    /// Notes that a refresh came to nothing, and what that means for the account.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the account is gone.
    pub fn refresh_failed(
        &self,
        id: &str,
        problem: &str,
        state: CredentialState,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE credentials SET problem = ?2, state = ?3, refreshing_since = NULL WHERE id = ?1";
        self.update(id, sql, params![id, problem, state])
    }

    /// Replaces the secret part and nothing else, as when the author lets a token count as expired.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the account is gone.
    pub fn reseal(
        &self,
        id: &str,
        sealed: &[u8],
        expires_at: Option<i64>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE credentials SET sealed = ?2, expires_at = ?3 WHERE id = ?1";
        self.update(id, sql, params![id, sealed, expires_at])
    }

    /// Sets what the author calls it; `None` = by its display id again.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the account is gone.
    pub fn rename(&self, id: &str, name: Option<&str>) -> Result<(), StoreError> {
        self.update(id, "UPDATE credentials SET name = ?2 WHERE id = ?1", params![id, name])
    }

    /// Notes that a function got the credential.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the account is gone.
    pub fn touch(&self, id: &str, now: i64) -> Result<(), StoreError> {
        self.update(id, "UPDATE credentials SET last_used_at = ?2 WHERE id = ?1", params![id, now])
    }

    /// Notes whether the account can be used.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the account is gone.
    pub fn mark_state(&self, id: &str, state: CredentialState) -> Result<(), StoreError> {
        self.update(id, "UPDATE credentials SET state = ?2 WHERE id = ?1", params![id, state])
    }

    /// Deletes the account; flow runs that used it keep their history. True when it was there.
    ///
    /// # Errors
    /// Those of every write.
    pub fn delete(&self, id: &str) -> Result<bool, StoreError> {
        self.0.write(|transaction| {
            Ok(transaction.execute("DELETE FROM credentials WHERE id = ?1", [id])? > 0)
        })
    }

    fn update(&self, id: &str, sql: &str, values: impl rusqlite::Params) -> Result<(), StoreError> {
        self.0.write(|transaction| match transaction.execute(sql, values)? {
            0 => Err(StoreError::Missing { what: "credential", id: id.to_owned() }.into()),
            _ => Ok(()),
        })
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<CredentialRow> {
    Ok(CredentialRow {
        id: row.get("id")?,
        app_id: row.get("app_id")?,
        unique_id: row.get("unique_id")?,
        display_id: row.get("display_id")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        expires_at: row.get("expires_at")?,
        state: row.get("state")?,
        problem: row.get("problem")?,
        refreshing_since: row.get("refreshing_since")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        last_used_at: row.get("last_used_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new<'a>(app_id: &'a str, unique_id: &'a str, sealed: &'a [u8]) -> NewCredential<'a> {
        NewCredential {
            app_id,
            unique_id,
            display_id: "Alice",
            kind: CredentialKind::Oauth2,
            sealed,
            expires_at: Some(9),
        }
    }

    #[test]
    fn the_same_identity_replaces_and_says_so() {
        let store = Store::in_memory().unwrap();
        let app = store.apps().upsert_by_path("/a", "a", 1).unwrap().id;
        let first = store.credentials().save(&new(&app, "alice", b"one"), 1).unwrap();
        assert!(!first.replaced);
        store
            .credentials()
            .mark_state(&first.credential.id, CredentialState::NeedsReconnect)
            .unwrap();
        let again = store
            .credentials()
            .save(
                &NewCredential {
                    display_id: "Alice B.",
                    expires_at: None,
                    ..new(&app, "alice", b"two")
                },
                2,
            )
            .unwrap();
        assert!(again.replaced);
        assert_eq!(
            again.credential,
            CredentialRow {
                display_id: "Alice B.".into(),
                expires_at: None,
                updated_at: 2,
                ..first.credential.clone()
            }
        );
        let (row, sealed) = store.credentials().get(&first.credential.id).unwrap().unwrap();
        assert_eq!((row, sealed.as_slice()), (again.credential, b"two".as_slice()));
        assert_eq!(store.credentials().list(&app).unwrap().len(), 1);
    }

    #[test]
    fn identities_of_other_apps_are_others() {
        let store = Store::in_memory().unwrap();
        let a = store.apps().upsert_by_path("/a", "a", 1).unwrap().id;
        let b = store.apps().upsert_by_path("/b", "b", 1).unwrap().id;
        store.credentials().save(&new(&a, "alice", b"a"), 1).unwrap();
        assert!(!store.credentials().save(&new(&b, "alice", b"b"), 1).unwrap().replaced);
        assert_eq!(store.credentials().by_unique_id(&b, "alice").unwrap().unwrap().1, b"b");
        assert!(matches!(
            store.credentials().save(&new("no", "x", b""), 1),
            Err(StoreError::Refused { .. })
        ));
    }

    #[test]
    fn use_refresh_and_deletion() {
        let store = Store::in_memory().unwrap();
        let app = store.apps().upsert_by_path("/a", "a", 1).unwrap().id;
        let one = store.credentials().save(&new(&app, "one", b"1"), 1).unwrap().credential.id;
        let two = store.credentials().save(&new(&app, "two", b"2"), 2).unwrap().credential.id;
        let order = || -> Vec<String> {
            store.credentials().list(&app).unwrap().into_iter().map(|row| row.unique_id).collect()
        };
        assert_eq!(order(), ["two", "one"]);
        store.credentials().touch(&one, 5).unwrap();
        assert_eq!(order(), ["one", "two"]);
        store.credentials().mark_state(&two, CredentialState::NeedsReconnect).unwrap();
        store.credentials().refresh(&two, b"new", Some(77), 6).unwrap();
        let (row, sealed) = store.credentials().get(&two).unwrap().unwrap();
        assert_eq!(
            (row.state, row.expires_at, sealed.as_slice()),
            (CredentialState::Ok, Some(77), b"new".as_slice())
        );
        assert!(store.credentials().delete(&one).unwrap());
        assert!(!store.credentials().delete(&one).unwrap());
        assert!(matches!(store.credentials().touch(&one, 1), Err(StoreError::Missing { .. })));
        assert!(matches!(
            store.credentials().refresh(&one, b"", None, 1),
            Err(StoreError::Missing { .. })
        ));
    }

    #[test]
    fn a_name_stays_and_a_refresh_leaves_its_traces() {
        let store = Store::in_memory().unwrap();
        let app = store.apps().upsert_by_path("/a", "a", 1).unwrap().id;
        let id = store.credentials().save(&new(&app, "alice", b"1"), 1).unwrap().credential.id;
        let row = || store.credentials().get(&id).unwrap().unwrap().0;
        store.credentials().rename(&id, Some("Production")).unwrap();
        store.credentials().begin_refresh(&id, 5).unwrap();
        assert_eq!(row().refreshing_since, Some(5));
        store.credentials().refresh_failed(&id, "no", CredentialState::NeedsReconnect).unwrap();
        assert_eq!((row().refreshing_since, row().problem.as_deref()), (None, Some("no")));
        store.credentials().begin_refresh(&id, 6).unwrap();
        store.credentials().end_refresh(&id).unwrap();
        assert_eq!((row().refreshing_since, row().problem.as_deref()), (None, Some("no")));
        store.credentials().begin_refresh(&id, 6).unwrap();
        store.credentials().refresh(&id, b"2", Some(9), 7).unwrap();
        assert_eq!(
            (row().problem, row().refreshing_since, row().state),
            (None, None, CredentialState::Ok)
        );
        store.credentials().reseal(&id, b"3", Some(0)).unwrap();
        assert_eq!((row().expires_at, row().updated_at), (Some(0), 7));
        store.credentials().save(&new(&app, "alice", b"4"), 8).unwrap();
        assert_eq!(row().name.as_deref(), Some("Production"), "connected again, still called so");
        store.credentials().rename(&id, None).unwrap();
        assert_eq!(row().name, None);
    }
}
