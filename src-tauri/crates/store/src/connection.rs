//! The one connection of a process, and the checks before a file is touched.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::error::{Fault, StoreError};
use crate::migrate::{self, APPLICATION_ID};

/// How long a writer waits for another process.
const PATIENCE: Duration = Duration::from_secs(5);

/// Files up to this size are checked page by page at every start (some 50 ms); larger ones when [`Store::check`] is called.
const CHECKED_AT_START: u64 = 32 << 20;

/// The database of one data folder. Clones share one connection; methods of different threads take turns.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.inner.path).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the database at `path`, or creates it (file mode 0600; folders that are missing 0700).
    ///
    /// # Errors
    /// [`StoreError::Newer`], [`StoreError::Foreign`], [`StoreError::NotADatabase`], [`StoreError::Corrupt`]: the file is left
    /// as it is. [`StoreError::Locked`], [`StoreError::Full`], [`StoreError::CannotOpen`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_with(path, PATIENCE)
    }

    pub(crate) fn open_with(path: &Path, patience: Duration) -> Result<Self, StoreError> {
        let unopenable = |error: std::io::Error| StoreError::CannotOpen {
            path: path.to_path_buf(),
            reason: error.to_string(),
        };
        create_private(path).map_err(unopenable)?;
        let size = refuse_by_header(path)?;
        let connection = prepare(path, size, patience).map_err(|fault| fault.at(path))?;
        Ok(Self {
            inner: Arc::new(Inner { path: path.to_path_buf(), connection: Mutex::new(connection) }),
        })
    }

    /// A database that lives as long as the value, for tests.
    ///
    /// # Errors
    /// When memory runs out.
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = PathBuf::from(":memory:");
        let open = || -> Result<Connection, Fault> {
            let mut connection = Connection::open_in_memory()?;
            connection.execute_batch("PRAGMA foreign_keys = ON")?;
            migrate::migrate(&mut connection, migrate::newest())?;
            Ok(connection)
        };
        let connection = open().map_err(|fault| fault.at(&path))?;
        Ok(Self { inner: Arc::new(Inner { path, connection: Mutex::new(connection) }) })
    }

    /// Where the database is.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// Reads every page and says whether the file is sound. Takes about a second per gigabyte.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] with the first finding.
    pub fn check(&self) -> Result<(), StoreError> {
        let path = &self.inner.path;
        self.read(|connection| check_pages(connection, path))
    }

    /// Runs `work` outside of a transaction; for single SELECTs.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        work(&self.lock()).map_err(|fault| fault.at(&self.inner.path))
    }

    /// Runs `work` in one transaction that has the write lock from its start, so that what it reads cannot change before it
    /// writes. An error undoes all of it.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let mut connection = self.lock();
        let run = || -> Result<T, Fault> {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        run().map_err(|fault| fault.at(&self.inner.path))
    }

    // A panic in `work` drops the transaction, which rolls it back: the connection is fit for use.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.inner.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn prepare(path: &Path, size: u64, patience: Duration) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let log_left = fs::metadata(with_suffix(path, "-wal")).is_ok_and(|log| log.len() > 0);
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(patience)?;
    // A log that a crash left behind is folded into the file when the last connection closes: not before the file is known to
    // be ours to change.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, log_left)?;
    refuse_by_content(&connection, path)?;
    if size <= CHECKED_AT_START {
        check_pages(&connection, path)?;
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;

    // The schema is created before the switch to WAL: so the main file carries our application id from its first byte on.
    migrate::migrate(&mut connection, migrate::newest())?;
    switch_to_wal(&connection, patience)?;
    connection.execute_batch(
        // FULL: callbacks are answered once they are stored, so a commit must have reached the disk when it returns; NORMAL
        // would lose the last ones in a power cut. fullfsync matters on macOS only.
        "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
         PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA journal_size_limit = 67108864;",
    )?;
    Ok(connection)
}

/// Creates what is missing, readable by the owner alone. The log files of SQLite take the mode of the database.
fn create_private(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// Looks at the first bytes without SQLite, which would roll another program's journal back just by looking. Returns the size.
fn refuse_by_header(path: &Path) -> Result<u64, StoreError> {
    let unopenable = |error: std::io::Error| StoreError::CannotOpen {
        path: path.to_path_buf(),
        reason: error.to_string(),
    };
    let file = fs::File::open(path).map_err(unopenable)?;
    let metadata = file.metadata().map_err(unopenable)?;
    if !metadata.is_file() {
        return Err(StoreError::CannotOpen {
            path: path.to_path_buf(),
            reason: "not a file".to_owned(),
        });
    }
    let mut header = Vec::with_capacity(100);
    file.take(100).read_to_end(&mut header).map_err(unopenable)?;
    if header.is_empty() {
        return Ok(0);
    }
    let Some((magic, rest)) = header.split_at_checked(16).filter(|_| header.len() == 100) else {
        return Err(StoreError::NotADatabase { path: path.to_path_buf() });
    };
    if magic != b"SQLite format 3\0" {
        return Err(StoreError::NotADatabase { path: path.to_path_buf() });
    }
    // Bytes 68 to 71 of the file, big-endian (SQLite file format, chapter 1.3).
    let application_id = rest[52..56].iter().fold(0, |id, byte| id << 8 | i64::from(*byte));
    if application_id != APPLICATION_ID {
        return Err(StoreError::Foreign { path: path.to_path_buf(), application_id });
    }
    Ok(metadata.len())
}

/// The same through SQLite, which also sees what is still in the write-ahead log.
fn refuse_by_content(connection: &Connection, path: &Path) -> Result<(), Fault> {
    let found = migrate::version(connection)?;
    let known = migrate::newest();
    if found > known {
        return Err(StoreError::Newer { path: path.to_path_buf(), found, known }.into());
    }
    #[cfg(unix)]
    {
        // Known to be ours now: an older copy may have been restored with wider rights.
        use std::os::unix::fs::PermissionsExt as _;
        if let Err(error) = fs::set_permissions(path, fs::Permissions::from_mode(0o600)) {
            return Err(StoreError::CannotOpen {
                path: path.to_path_buf(),
                reason: error.to_string(),
            }
            .into());
        }
    }
    Ok(())
}

fn check_pages(connection: &Connection, path: &Path) -> Result<(), Fault> {
    let finding: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if finding == "ok" {
        return Ok(());
    }
    Err(StoreError::Corrupt { path: path.to_path_buf(), detail: finding }.into())
}

/// SQLite does not wait by itself where two processes switch at once.
fn switch_to_wal(connection: &Connection, patience: Duration) -> Result<(), Fault> {
    let give_up = Instant::now() + patience;
    loop {
        let mode =
            connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0));
        match mode {
            Ok(mode) if mode.eq_ignore_ascii_case("wal") => return Ok(()),
            Ok(mode) => {
                let reason = format!(
                    "the file system does not support SQLite's write-ahead log (mode is {mode})"
                );
                let path = connection.path().map(PathBuf::from).unwrap_or_default();
                return Err(StoreError::CannotOpen { path, reason }.into());
            }
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && Instant::now() < give_up =>
            {
                thread::sleep(Duration::from_millis(20));
            }
            Err(error) => return Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_stays_locked_is_a_named_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("stepsmith.db");
        let store = Store::open_with(&path, Duration::from_millis(50)).unwrap();
        let other = Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let refused = store.apps().upsert_by_path("/a", "A", 1);
        assert!(matches!(refused, Err(StoreError::Locked { .. })), "{refused:?}");
        assert!(store.apps().recent(10).unwrap().is_empty(), "readers do not wait for a writer");
        other.execute_batch("ROLLBACK").unwrap();
        store.apps().upsert_by_path("/a", "A", 1).unwrap();
    }

    #[test]
    fn a_full_disk_is_a_named_error_and_loses_nothing() {
        let store = Store::in_memory().unwrap();
        let kept = store.files().insert("small", "text/plain", b"x", 1).unwrap();
        store
            .read(|connection| {
                let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
                Ok(connection.query_row(
                    &format!("PRAGMA max_page_count = {}", pages + 2),
                    [],
                    |_| Ok(()),
                )?)
            })
            .unwrap();
        let refused = store.files().insert("big", "text/plain", &vec![0; 1 << 20], 2);
        assert!(matches!(refused, Err(StoreError::Full { .. })), "{refused:?}");
        assert_eq!(store.files().get(&kept.id).unwrap().map(|(row, _)| row), Some(kept));
    }

    #[test]
    fn a_panic_in_the_middle_of_a_write_undoes_it() {
        let store = Store::in_memory().unwrap();
        let other = store.clone();
        let panicked = thread::spawn(move || {
            let _ = other.write(|transaction| -> Result<(), Fault> {
                transaction.execute("INSERT INTO settings (key, value) VALUES ('a', '1')", [])?;
                panic!("on purpose");
            });
        })
        .join();
        assert!(panicked.is_err());
        assert_eq!(store.settings().get_value("a").unwrap(), None);
        store.settings().set("a", &2).unwrap();
    }
}
