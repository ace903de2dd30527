//! Table `files`: what was put into file inputs of forms, served to functions by the gateway.

use rusqlite::{OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::migrate::Migration;
use crate::values::new_id;
use crate::{Store, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 11,
    sql: "CREATE TABLE files (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            mime TEXT NOT NULL,
            bytes BLOB NOT NULL,
            created_at INTEGER NOT NULL
          ) STRICT;",
}];

/// An uploaded file without its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileRow {
    /// Unguessable; stands in the URL the function gets.
    pub id: String,
    /// The file's name.
    pub name: String,
    /// The file's media type.
    pub mime: String,
    /// Bytes of the content.
    #[ts(type = "number")]
    pub size_bytes: i64,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub created_at: i64,
}

/// The methods of the table.
#[derive(Debug)]
pub struct Files<'a>(&'a Store);

impl Store {
    /// The uploaded files.
    pub fn files(&self) -> Files<'_> {
        Files(self)
    }
}

impl Files<'_> {
    /// Stores a file.
    ///
    /// # Errors
    /// [`StoreError::Full`]; [`StoreError::Unstorable`] above 1 GB.
    pub fn insert(
        &self,
        name: &str,
        mime: &str,
        bytes: &[u8],
        now: i64,
    ) -> Result<FileRow, StoreError> {
        self.0.write(|transaction| {
            let sql =
                "INSERT INTO files (id, name, mime, bytes, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
                RETURNING id, name, mime, length(bytes) AS size_bytes, created_at";
            Ok(transaction.query_row(sql, params![new_id(), name, mime, bytes, now], from_row)?)
        })
    }

    /// One file with its content.
    ///
    /// # Errors
    /// Those of every read.
    pub fn get(&self, id: &str) -> Result<Option<(FileRow, Vec<u8>)>, StoreError> {
        self.0.read(|connection| {
            let sql = "SELECT id, name, mime, length(bytes) AS size_bytes, created_at, bytes FROM files WHERE id = ?1";
            let mut query = connection.prepare_cached(sql)?;
            Ok(query.query_row([id], |row| Ok((from_row(row)?, row.get("bytes")?))).optional()?)
        })
    }

    /// Deletes a file; true when it was there.
    ///
    /// # Errors
    /// Those of every write.
    pub fn delete(&self, id: &str) -> Result<bool, StoreError> {
        self.0.write(|transaction| {
            Ok(transaction.execute("DELETE FROM files WHERE id = ?1", [id])? > 0)
        })
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<FileRow> {
    Ok(FileRow {
        id: row.get("id")?,
        name: row.get("name")?,
        mime: row.get("mime")?,
        size_bytes: row.get("size_bytes")?,
        created_at: row.get("created_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_back_as_it_was() {
        let store = Store::in_memory().unwrap();
        let content: Vec<u8> = (0..=255).collect();
        let row = store.files().insert("scan é.pdf", "application/pdf", &content, 7).unwrap();
        assert_eq!((row.size_bytes, row.created_at), (256, 7));
        assert_eq!(store.files().get(&row.id).unwrap(), Some((row.clone(), content)));
        let empty = store.files().insert("empty", "text/plain", b"", 8).unwrap();
        assert_eq!(store.files().get(&empty.id).unwrap().unwrap().1, b"");
        assert!(store.files().delete(&row.id).unwrap());
        assert!(!store.files().delete(&row.id).unwrap());
        assert_eq!(store.files().get(&row.id).unwrap(), None);
    }
}
