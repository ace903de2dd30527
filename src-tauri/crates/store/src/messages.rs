//! Table `messages`: the timeline of a flow run, in order. Written only together with the run's snapshot.

use rusqlite::{Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::error::Fault;
use crate::migrate::Migration;
use crate::values::{Json, JsonRef};
use crate::{FlowRuns, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 8,
    // The timeline is part of its run.
    sql: "CREATE TABLE messages (
            flow_run_id TEXT NOT NULL REFERENCES flow_runs (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            message TEXT NOT NULL,
            PRIMARY KEY (flow_run_id, seq)
          ) STRICT, WITHOUT ROWID;",
}];

/// One message of a timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MessageRow {
    /// Place in the timeline: 1, 2, 3 … without gaps.
    #[ts(type = "number")]
    pub seq: i64,
    /// As the state machine wrote it.
    #[ts(type = "unknown")]
    pub message: Value,
}

/// Appends to a run's timeline.
pub(crate) fn append(
    transaction: &Transaction<'_>,
    flow_run_id: &str,
    messages: &[Value],
) -> Result<(), Fault> {
    let sql = "INSERT INTO messages (flow_run_id, seq, message)
        SELECT ?1, coalesce(max(seq), 0) + 1, ?2 FROM messages WHERE flow_run_id = ?1";
    let mut insert = transaction.prepare_cached(sql)?;
    for message in messages {
        insert.execute(params![flow_run_id, JsonRef(message)])?;
    }
    Ok(())
}

impl FlowRuns<'_> {
    /// The timeline of a run from the message after `after` on; 0 = all of it.
    ///
    /// # Errors
    /// Those of every read.
    pub fn messages(&self, flow_run_id: &str, after: i64) -> Result<Vec<MessageRow>, StoreError> {
        self.store().read(|connection| {
            let sql = "SELECT seq, message FROM messages WHERE flow_run_id = ?1 AND seq > ?2 ORDER BY seq";
            let mut query = connection.prepare_cached(sql)?;
            let rows = query.query_map(params![flow_run_id, after], |row| {
                Ok(MessageRow { seq: row.get(0)?, message: row.get::<_, Json>(1)?.0 })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}
