//! What can go wrong, by name.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the store could not do what was asked. Values of rows never appear in it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file was written by a newer Stepsmith. It is untouched.
    #[error(
        "{}: this database has version {found}, this Stepsmith knows up to {known}; use the newer Stepsmith, or another data folder",
        path.display()
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// The file is an SQLite database of another program. It is untouched.
    #[error(
        "{}: this is another program's SQLite database (application id {application_id}), not Stepsmith's; choose another data folder",
        path.display()
    )]
    Foreign {
        /// The database.
        path: PathBuf,
        /// SQLite's `application_id`; 0 = none.
        application_id: i64,
    },
    /// The file is not an SQLite database. It is untouched.
    #[error("{}: not an SQLite database; move the file away to start with an empty one", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The file is damaged. It is kept as it is.
    #[error(
        "{}: the database is damaged ({detail}); it is kept as it is: restore a copy, or move it away to start with an empty one",
        path.display()
    )]
    Corrupt {
        /// The database.
        path: PathBuf,
        /// What SQLite found.
        detail: String,
    },
    /// Another program kept the file locked for longer than the wait.
    #[error("{}: the database is in use by another program and stayed locked; close it and try again", path.display())]
    Locked {
        /// The database.
        path: PathBuf,
    },
    /// No room on the disk. What was stored before is whole.
    #[error("{}: the disk is full, nothing was written; free some space and try again", path.display())]
    Full {
        /// The database.
        path: PathBuf,
    },
    /// The file or its folder cannot be opened, created or written.
    #[error("{}: cannot open the database for writing: {reason}; check the rights of the file and its folder", path.display())]
    CannotOpen {
        /// The database.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// A row that was named does not exist.
    #[error("there is no {what} `{id}`")]
    Missing {
        /// Which kind of row.
        what: &'static str,
        /// Its key.
        id: String,
    },
    /// The row has changed since the caller read it. Read it again and repeat the step.
    #[error("{what} `{id}` has changed meanwhile ({detail}); read it again")]
    Changed {
        /// Which kind of row.
        what: &'static str,
        /// Its key.
        id: String,
        /// What was expected and what is there.
        detail: String,
    },
    /// A rule between rows was broken: a key used twice, a reference to nothing.
    #[error("the database refuses the row: {detail}")]
    Refused {
        /// SQLite's words: table and column, never a value.
        detail: String,
    },
    /// A value that could be written but not read again, such as JSON nested too deeply.
    #[error("the value cannot be stored: {detail}")]
    Unstorable {
        /// Why.
        detail: String,
    },
    /// A stored value is not what this version writes.
    #[error("{}: a stored value cannot be read: {detail}", path.display())]
    Unreadable {
        /// The database.
        path: PathBuf,
        /// Column and reason.
        detail: String,
    },
    /// Anything else that SQLite reports.
    #[error("{}: {source}", path.display())]
    Sqlite {
        /// The database.
        path: PathBuf,
        /// As SQLite said it.
        source: rusqlite::Error,
    },
}

/// An error on its way to the boundary, where the path is known.
#[derive(Debug)]
pub(crate) enum Fault {
    /// From SQLite.
    Sql(rusqlite::Error),
    /// Already named.
    Named(StoreError),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Named(error)
    }
}

impl Fault {
    /// The error a caller sees.
    pub(crate) fn at(self, path: &Path) -> StoreError {
        match self {
            Self::Named(error) => error,
            Self::Sql(error) => name(error, path),
        }
    }
}

fn name(error: rusqlite::Error, path: &Path) -> StoreError {
    let path = path.to_path_buf();
    let detail = match &error {
        rusqlite::Error::SqliteFailure(failure, text) => {
            text.clone().unwrap_or_else(|| failure.to_string())
        }
        other => other.to_string(),
    };
    match &error {
        rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..) => {
            return StoreError::Unreadable { path, detail };
        }
        rusqlite::Error::ToSqlConversionFailure(reason) => {
            return StoreError::Unstorable { detail: reason.to_string() };
        }
        _ => {}
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked { path },
        Some(ErrorCode::DiskFull) => StoreError::Full { path },
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Corrupt { path, detail },
        Some(ErrorCode::NotADatabase) => StoreError::NotADatabase { path },
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            StoreError::CannotOpen { path, reason: detail }
        }
        Some(ErrorCode::ConstraintViolation) => StoreError::Refused { detail },
        Some(ErrorCode::TooBig) => StoreError::Unstorable { detail },
        _ => StoreError::Sqlite { path, source: error },
    }
}
