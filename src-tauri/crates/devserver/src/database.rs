//! The server's own SQLite file: opening, migrations, and running work on it away from the async threads.

pub mod app;
pub mod function;
pub mod version;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::error::ApiError;

/// One entry a version of the file; an entry never changes once released.
const MIGRATIONS: [&str; 1] = ["
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE app (
        sequence INTEGER PRIMARY KEY,
        app_id TEXT NOT NULL UNIQUE,
        definition TEXT NOT NULL,
        authentication TEXT NOT NULL DEFAULT '{}',
        logo BLOB,
        created_time INTEGER NOT NULL,
        updated_time INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE function (
        app_id TEXT NOT NULL REFERENCES app (app_id) ON DELETE CASCADE,
        type TEXT NOT NULL,
        config TEXT NOT NULL,
        zip BLOB,
        updated_time INTEGER NOT NULL,
        PRIMARY KEY (app_id, type)
    ) STRICT;
    CREATE TABLE function_version (
        app_id TEXT NOT NULL REFERENCES app (app_id) ON DELETE CASCADE,
        type TEXT NOT NULL,
        version INTEGER NOT NULL,
        description TEXT NOT NULL,
        zip BLOB NOT NULL,
        created_time INTEGER NOT NULL,
        PRIMARY KEY (app_id, type, version)
    ) STRICT;
    CREATE TABLE function_log (
        sequence INTEGER PRIMARY KEY,
        app_id TEXT NOT NULL REFERENCES app (app_id) ON DELETE CASCADE,
        type TEXT NOT NULL,
        time INTEGER NOT NULL,
        text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX function_log_time ON function_log (app_id, type, time);
    CREATE TABLE app_version (
        sequence INTEGER PRIMARY KEY,
        version_id TEXT NOT NULL UNIQUE,
        app_id TEXT NOT NULL REFERENCES app (app_id) ON DELETE CASCADE,
        label TEXT NOT NULL,
        status TEXT NOT NULL,
        created_time INTEGER NOT NULL
    ) STRICT;
"];

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The folder cannot be made or the file not be created.
    #[error("cannot create {path}: {source}")]
    Create {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// SQLite cannot read or write it.
    #[error(
        "cannot open the local server's database {path}: {source}. Is it a database of this program, and writable?"
    )]
    Open {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// It was written by a newer version of the program; it stays untouched.
    #[error(
        "{path} has format {found}, but this version of the program knows formats up to {known}; use a newer version"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest format known here.
        known: u32,
    },
}

/// The server's database. Clones share one connection.
#[derive(Clone)]
pub struct Database(Arc<Mutex<Connection>>);

impl Database {
    /// Opens `path`, creating file and folder when they are missing. On Unix a new file is readable by its owner only,
    /// for it holds client secrets.
    ///
    /// # Errors
    /// The file cannot be created, is no database, or was written by a newer version.
    pub fn open(path: &Path) -> Result<Self, DatabaseError> {
        create_private(path)
            .map_err(|source| DatabaseError::Create { path: path.to_owned(), source })?;
        let open = |source| DatabaseError::Open { path: path.to_owned(), source };
        let mut connection = Connection::open(path).map_err(open)?;
        let found: u32 =
            connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(open)?;
        let known = MIGRATIONS.len() as u32;
        if found > known {
            return Err(DatabaseError::Newer { path: path.to_owned(), found, known });
        }
        prepare(&mut connection).map_err(open)?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Runs `work` in one write transaction on a thread that may block; nothing stays written when it fails.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, ApiError> + Send + 'static,
    {
        let connection = self.0.clone();
        let ran = tokio::task::spawn_blocking(move || {
            // A panic elsewhere cannot leave the connection half-written: its transaction was rolled back.
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        });
        ran.await.unwrap_or_else(|error| Err(ApiError::internal(&error)))
    }

    /// A setting of the server, made by `make` the first time.
    pub(crate) fn setting(
        &self,
        name: &str,
        make: impl FnOnce() -> String,
    ) -> Result<String, rusqlite::Error> {
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let stored = transaction
            .query_row("SELECT value FROM setting WHERE name = ?1", [name], |row| row.get(0))
            .optional()?;
        let value = match stored {
            Some(value) => value,
            None => {
                let value = make();
                transaction.execute(
                    "INSERT INTO setting (name, value) VALUES (?1, ?2)",
                    params![name, value],
                )?;
                value
            }
        };
        transaction.commit()?;
        Ok(value)
    }
}

fn prepare(connection: &mut Connection) -> Result<(), rusqlite::Error> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again inside the transaction: another process may have migrated the file meanwhile.
    let found: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for migration in MIGRATIONS.iter().skip(found as usize) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", found.max(MIGRATIONS.len() as u32))?;
    transaction.commit()
}

fn create_private(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// Now, in ms since 1970.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_file_is_refused_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/server.db");
        drop(Database::open(&path).unwrap());
        let connection = Connection::open(&path).unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        drop(connection);
        let before = std::fs::read(&path).unwrap();
        let error = Database::open(&path).err().unwrap();
        assert!(matches!(error, DatabaseError::Newer { found: 99, .. }), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_file_that_is_no_database_is_refused_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("server.db");
        std::fs::write(
            &path,
            "these are someone's notes, not a database, and they are worth keeping",
        )
        .unwrap();
        assert!(matches!(Database::open(&path).err().unwrap(), DatabaseError::Open { .. }));
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("these are someone's notes"));
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_readable_by_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("server.db");
        drop(Database::open(&path).unwrap());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0);
    }
}
