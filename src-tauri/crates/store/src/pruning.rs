//! Bounds on what is kept of the past: by age and by number. What is under way, and what is pinned, stays.

use rusqlite::{Transaction, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::Fault;
use crate::{HistoryKind, Store, StoreError};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Flow runs or calls that are deleted in one transaction.
const STEP: usize = 50;

/// How much of the past is kept. Numbers count for each app, the newest stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Keep {
    /// Days after which an ended flow run, a call, a handled callback or an uploaded file goes.
    pub days: u32,
    /// Ended flow runs.
    pub flow_runs: u32,
    /// Calls that belong to no flow run; those of a run go with it.
    pub calls: u32,
    /// Handled callbacks.
    pub callbacks: u32,
    /// Megabytes of uploaded files, of all apps together.
    pub files_mb: u32,
}

impl Default for Keep {
    fn default() -> Self {
        Self { days: 30, flow_runs: 500, calls: 2_000, callbacks: 2_000, files_mb: 500 }
    }
}

/// How many rows went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Flow runs, with their timelines and calls.
    pub flow_runs: usize,
    /// Calls by themselves.
    pub calls: usize,
    /// Callbacks.
    pub callbacks: usize,
    /// Uploaded files.
    pub files: usize,
}

impl Store {
    /// Deletes what is beyond the bounds at `now`, in milliseconds since 1970: in steps, so that others get their turn between
    /// them. When one fails, those before it have happened, and the next time does the rest.
    ///
    /// A flow run that has not ended and what is pinned stay, a run with its timeline, calls and callbacks. A file stays while a
    /// run may still use it: one that has not ended, is within the days, and had begun when the file came.
    ///
    /// # Errors
    /// Those of every write.
    pub fn prune(&self, keep: &Keep, now: i64) -> Result<Pruned, StoreError> {
        let oldest = now.saturating_sub(i64::from(keep.days) * DAY_MS);
        let runs = self.beyond(HistoryKind::FlowRun, oldest, keep.flow_runs)?;
        let calls = self.beyond(HistoryKind::Call, oldest, keep.calls)?;
        let flow_runs = self.delete_in_steps("DELETE FROM flow_runs WHERE id = ?1", &runs)?;
        let calls = self.delete_in_steps("DELETE FROM calls WHERE id = ?1", &calls)?;
        self.write(|transaction| {
            Ok(Pruned {
                flow_runs,
                calls,
                callbacks: ranked(
                    transaction,
                    "DELETE FROM inbox WHERE id IN (
                       SELECT id FROM (
                         SELECT inbox.id, received_at,
                           row_number() OVER (PARTITION BY app_id ORDER BY received_at DESC, inbox.rowid DESC) AS place
                         FROM inbox JOIN bindings ON bindings.id = binding_id
                         WHERE state NOT IN ('received', 'running') AND flow_run_id IS NULL)
                       WHERE received_at < ?1 OR place > ?2)",
                    oldest,
                    keep.callbacks,
                )?,
                files: files(transaction, keep, oldest, now)?,
            })
        })
    }

    /// The ids of what ended before `oldest`, or has `most` of its app that ended later; not what is pinned.
    fn beyond(&self, kind: HistoryKind, oldest: i64, most: u32) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT coalesce(flow_run_id, call_id) FROM (
                SELECT flow_run_id, call_id, ended_at,
                  row_number() OVER (PARTITION BY app_id ORDER BY ended_at DESC, seq DESC) AS place
                FROM history WHERE kind = ?3 AND NOT pinned AND ended_at IS NOT NULL)
              WHERE ended_at < ?1 OR place > ?2";
            let mut query = connection.prepare_cached(sql)?;
            let ids = query.query_map(params![oldest, most, kind], |row| row.get(0))?;
            Ok(ids.collect::<Result<_, _>>()?)
        })
    }

    /// Deletes by id what has ended and is not pinned, also not since the ids were read.
    fn delete_in_steps(&self, sql: &str, ids: &[String]) -> Result<usize, StoreError> {
        let sql = format!(
            "{sql} AND EXISTS (SELECT 1 FROM history
               WHERE (flow_run_id = ?1 OR call_id = ?1) AND NOT pinned AND ended_at IS NOT NULL)"
        );
        let mut gone = 0;
        for step in ids.chunks(STEP) {
            gone += self.write(|transaction| {
                let mut delete = transaction.prepare_cached(&sql)?;
                let mut gone = 0;
                for id in step {
                    gone += delete.execute([id])?;
                }
                Ok(gone)
            })?;
        }
        Ok(gone)
    }
}

fn ranked(
    transaction: &Transaction<'_>,
    sql: &str,
    oldest: i64,
    most: u32,
) -> Result<usize, Fault> {
    Ok(transaction.execute(sql, params![oldest, most])?)
}

fn files(
    transaction: &Transaction<'_>,
    keep: &Keep,
    oldest: i64,
    now: i64,
) -> Result<usize, Fault> {
    // Runs that began longer ago than anything is kept for are taken for abandoned.
    let sql = "DELETE FROM files WHERE id IN (
          SELECT id FROM (
            SELECT id, created_at,
              sum(length(bytes)) OVER (ORDER BY created_at DESC, rowid DESC) AS bytes_up_to_here
            FROM files)
          WHERE created_at < ?1 OR bytes_up_to_here > ?2)
        AND NOT EXISTS (
          SELECT 1 FROM flow_runs WHERE ended_at IS NULL AND flow_runs.created_at BETWEEN ?1 AND ?3
            AND files.created_at BETWEEN flow_runs.created_at AND ?3)";
    Ok(transaction.execute(sql, params![oldest, i64::from(keep.files_mb) << 20, now])?)
}
