//! Table `snapshots`: every save of a source file, so that nothing an author wrote is lost.

use rusqlite::{OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use ts_rs::TS;

use crate::migrate::Migration;
use crate::{Store, StoreError};

/// How many snapshots of one file are kept; older ones go.
pub const KEPT_PER_FILE: usize = 200;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 12,
    // Contents apart from the list: going back and forth between two texts stores each once.
    sql: "CREATE TABLE snapshot_contents (
            hash TEXT PRIMARY KEY,
            content BLOB NOT NULL
          ) STRICT;
          CREATE TABLE snapshots (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            app_id TEXT NOT NULL REFERENCES apps (id),
            path_in_app TEXT NOT NULL,
            hash TEXT NOT NULL REFERENCES snapshot_contents (hash),
            saved_at INTEGER NOT NULL
          ) STRICT;
          CREATE INDEX snapshots_by_file ON snapshots (app_id, path_in_app, id);
          CREATE INDEX snapshots_by_hash ON snapshots (hash);",
}];

/// One save of a source file, without the content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SnapshotRow {
    /// Grows with every save.
    #[ts(type = "number")]
    pub id: i64,
    /// The app.
    pub app_id: String,
    /// The file, relative to the app's folder, with `/`.
    pub path_in_app: String,
    /// SHA-256 of the content, in hex.
    pub hash: String,
    /// Bytes of the content.
    #[ts(type = "number")]
    pub size_bytes: i64,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub saved_at: i64,
}

/// The methods of the table.
#[derive(Debug)]
pub struct Snapshots<'a>(&'a Store);

impl Store {
    /// Every save of a source file.
    pub fn snapshots(&self) -> Snapshots<'_> {
        Snapshots(self)
    }
}

const SELECT: &str = "SELECT snapshots.id, app_id, path_in_app, snapshots.hash, length(content) AS size_bytes, saved_at, content
    FROM snapshots JOIN snapshot_contents ON snapshot_contents.hash = snapshots.hash";

impl Snapshots<'_> {
    /// Notes a save; `None` when the newest snapshot of the file has the same content. Drops what is older than the last
    /// [`KEPT_PER_FILE`].
    ///
    /// # Errors
    /// [`StoreError::Refused`] when the app is unknown; [`StoreError::Full`].
    pub fn save(
        &self,
        app_id: &str,
        path_in_app: &str,
        content: &[u8],
        now: i64,
    ) -> Result<Option<SnapshotRow>, StoreError> {
        let hash = hex::encode(Sha256::digest(content));
        self.0.write(|transaction| {
            let sql = "SELECT hash FROM snapshots WHERE app_id = ?1 AND path_in_app = ?2 ORDER BY id DESC LIMIT 1";
            let newest: Option<String> =
                transaction.query_row(sql, [app_id, path_in_app], |row| row.get(0)).optional()?;
            if newest.as_ref() == Some(&hash) {
                return Ok(None);
            }
            let sql = "INSERT INTO snapshot_contents (hash, content) VALUES (?1, ?2) ON CONFLICT (hash) DO NOTHING";
            transaction.execute(sql, params![hash, content])?;
            let sql = "INSERT INTO snapshots (app_id, path_in_app, hash, saved_at) VALUES (?1, ?2, ?3, ?4)";
            transaction.execute(sql, params![app_id, path_in_app, hash, now])?;
            let id = transaction.last_insert_rowid();

            let sql = "DELETE FROM snapshots WHERE app_id = ?1 AND path_in_app = ?2 AND id NOT IN
                (SELECT id FROM snapshots WHERE app_id = ?1 AND path_in_app = ?2 ORDER BY id DESC LIMIT ?3) RETURNING hash";
            let mut dropped = transaction.prepare_cached(sql)?;
            let dropped: Vec<String> = dropped
                .query_map(params![app_id, path_in_app, KEPT_PER_FILE as i64], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for hash in dropped {
                let sql = "DELETE FROM snapshot_contents WHERE hash = ?1 AND NOT EXISTS
                    (SELECT 1 FROM snapshots WHERE snapshots.hash = ?1)";
                transaction.execute(sql, [hash])?;
            }
            Ok(Some(transaction.query_row(&format!("{SELECT} WHERE snapshots.id = ?1"), [id], from_row)?))
        })
    }

    /// The snapshots of a file, newest first.
    ///
    /// # Errors
    /// Those of every read.
    pub fn list(&self, app_id: &str, path_in_app: &str) -> Result<Vec<SnapshotRow>, StoreError> {
        self.0.read(|connection| {
            let sql = format!(
                "{SELECT} WHERE app_id = ?1 AND path_in_app = ?2 ORDER BY snapshots.id DESC"
            );
            let mut query = connection.prepare_cached(&sql)?;
            Ok(query.query_map([app_id, path_in_app], from_row)?.collect::<Result<_, _>>()?)
        })
    }

    /// One snapshot with its content.
    ///
    /// # Errors
    /// Those of every read.
    pub fn get(&self, id: i64) -> Result<Option<(SnapshotRow, Vec<u8>)>, StoreError> {
        self.0.read(|connection| {
            let mut query =
                connection.prepare_cached(&format!("{SELECT} WHERE snapshots.id = ?1"))?;
            Ok(query.query_row([id], |row| Ok((from_row(row)?, row.get("content")?))).optional()?)
        })
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<SnapshotRow> {
    Ok(SnapshotRow {
        id: row.get("id")?,
        app_id: row.get("app_id")?,
        path_in_app: row.get("path_in_app")?,
        hash: row.get("hash")?,
        size_bytes: row.get("size_bytes")?,
        saved_at: row.get("saved_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "functions/build/index.js";

    fn contents(store: &Store) -> i64 {
        store
            .read(|connection| {
                Ok(connection
                    .query_row("SELECT count(*) FROM snapshot_contents", [], |row| row.get(0))?)
            })
            .unwrap()
    }

    #[test]
    fn each_text_is_kept_once_and_each_change_is_listed() {
        let store = Store::in_memory().unwrap();
        let app = store.apps().upsert_by_path("/a", "a", 1).unwrap().id;
        let snapshots = store.snapshots();
        let first = snapshots.save(&app, FILE, b"one", 1).unwrap().unwrap();
        assert_eq!(snapshots.save(&app, FILE, b"one", 2).unwrap(), None);
        snapshots.save(&app, FILE, b"two", 3).unwrap().unwrap();
        let third = snapshots.save(&app, FILE, b"one", 4).unwrap().unwrap();
        snapshots.save(&app, "app.json", b"one", 5).unwrap().unwrap();
        assert_eq!(contents(&store), 2);
        assert_eq!(third.hash, first.hash);
        assert_eq!(third.size_bytes, 3);
        let at: Vec<_> =
            snapshots.list(&app, FILE).unwrap().iter().map(|row| row.saved_at).collect();
        assert_eq!(at, [4, 3, 1]);
        assert_eq!(snapshots.get(third.id).unwrap(), Some((third, b"one".to_vec())));
        assert_eq!(snapshots.get(99).unwrap(), None);
        assert!(matches!(snapshots.save("nobody", FILE, b"x", 1), Err(StoreError::Refused { .. })));
    }

    #[test]
    fn the_oldest_go_and_shared_contents_stay() {
        let store = Store::in_memory().unwrap();
        let app = store.apps().upsert_by_path("/a", "a", 1).unwrap().id;
        let snapshots = store.snapshots();
        snapshots.save(&app, "other", b"0", 0).unwrap();
        for at in 0..(KEPT_PER_FILE as i64 + 3) {
            snapshots.save(&app, FILE, at.to_string().as_bytes(), at).unwrap();
        }
        let kept = snapshots.list(&app, FILE).unwrap();
        assert_eq!((kept.len(), kept.last().unwrap().saved_at), (KEPT_PER_FILE, 3));
        // 0 is still used by the other file, 1 and 2 are gone.
        assert_eq!(contents(&store), KEPT_PER_FILE as i64 + 1);
        assert_eq!(snapshots.list(&app, "other").unwrap().len(), 1);
    }
}
