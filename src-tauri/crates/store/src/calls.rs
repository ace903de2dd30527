//! Table `calls`: each execution of a function, with what went in and what came out, redacted by the caller.

use rusqlite::{OptionalExtension as _, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::error::Fault;
use crate::migrate::Migration;
use crate::values::{Json, JsonRef, sql_limit};
use crate::{Store, StoreError, Texts, history};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 9,
    // The calls of a run are part of its history and go with it.
    sql: "CREATE TABLE calls (
            id TEXT PRIMARY KEY,
            app_id TEXT NOT NULL REFERENCES apps (id),
            flow_run_id TEXT REFERENCES flow_runs (id) ON DELETE CASCADE,
            function TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            parameters TEXT NOT NULL,
            report TEXT NOT NULL,
            ok INTEGER NOT NULL,
            code_hash TEXT NOT NULL,
            total_ms REAL NOT NULL
          ) STRICT;
          CREATE INDEX calls_by_flow_run ON calls (flow_run_id, started_at);
          CREATE INDEX calls_by_function ON calls (app_id, function, started_at);",
}];

/// One call, without its data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct CallRow {
    /// Unique; a uuid.
    pub id: String,
    /// The app.
    pub app_id: String,
    /// The run it belongs to; absent for a call tried by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub flow_run_id: Option<String>,
    /// The function's word: identity, build, action, redirect, webhook.
    pub function: String,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub started_at: i64,
    /// It returned a value that fits the contract.
    pub ok: bool,
    /// Hash of the code that ran.
    pub code_hash: String,
    /// Milliseconds from the request to the answer.
    pub total_ms: f64,
}

/// One call with its data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct StoredCall {
    /// The row.
    #[serde(flatten)]
    #[ts(flatten)]
    pub row: CallRow,
    /// What the function got, redacted.
    #[ts(type = "unknown")]
    pub parameters: Value,
    /// What the call left behind, redacted.
    #[ts(type = "unknown")]
    pub report: Value,
    /// What it is found by; only told when it is stored.
    #[serde(skip)]
    #[ts(skip)]
    pub texts: Texts,
}

/// The methods of the table.
#[derive(Debug)]
pub struct Calls<'a>(&'a Store);

impl Store {
    /// The executions of functions.
    pub fn calls(&self) -> Calls<'_> {
        Calls(self)
    }
}

impl Calls<'_> {
    /// Stores a call.
    ///
    /// # Errors
    /// [`StoreError::Refused`]: the app or the run is unknown, or the id is in use.
    pub fn insert(&self, call: &StoredCall) -> Result<(), StoreError> {
        self.0.write(|transaction| insert(transaction, call))
    }

    /// One call with its data.
    ///
    /// # Errors
    /// Those of every read.
    pub fn get(&self, id: &str) -> Result<Option<StoredCall>, StoreError> {
        self.0.read(|connection| {
            let mut query = connection.prepare_cached("SELECT * FROM calls WHERE id = ?1")?;
            let call = query.query_row([id], |row| {
                Ok(StoredCall {
                    row: from_row(row)?,
                    parameters: row.get::<_, Json>("parameters")?.0,
                    report: row.get::<_, Json>("report")?.0,
                    texts: Texts::default(),
                })
            });
            Ok(call.optional()?)
        })
    }

    /// The calls of a run in the order they began.
    ///
    /// # Errors
    /// Those of every read.
    pub fn by_flow_run(&self, flow_run_id: &str) -> Result<Vec<CallRow>, StoreError> {
        self.many(
            "SELECT * FROM calls WHERE flow_run_id = ?1 ORDER BY started_at, rowid",
            [flow_run_id],
        )
    }

    /// The calls of an app, of one function or of all, newest first; `before` = the id of the last call of the page before.
    ///
    /// # Errors
    /// Those of every read.
    pub fn list(
        &self,
        app_id: &str,
        function: Option<&str>,
        limit: usize,
        before: Option<&str>,
    ) -> Result<Vec<CallRow>, StoreError> {
        let sql = "SELECT * FROM calls WHERE app_id = ?1 AND (?2 IS NULL OR function = ?2) AND (?3 IS NULL OR
              (started_at, rowid) < (SELECT started_at, rowid FROM calls WHERE id = ?3))
            ORDER BY started_at DESC, rowid DESC LIMIT ?4";
        self.many(sql, params![app_id, function, before, sql_limit(limit)])
    }

    fn many(&self, sql: &str, values: impl rusqlite::Params) -> Result<Vec<CallRow>, StoreError> {
        self.0.read(|connection| {
            let mut query = connection.prepare_cached(sql)?;
            Ok(query.query_map(values, from_row)?.collect::<Result<_, _>>()?)
        })
    }
}

pub(crate) fn insert(transaction: &Transaction<'_>, call: &StoredCall) -> Result<(), Fault> {
    let sql = "INSERT INTO calls (id, app_id, flow_run_id, function, started_at, parameters, report, ok, code_hash, total_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let StoredCall { row, parameters, report, texts: _ } = call;
    transaction.prepare_cached(sql)?.execute(params![
        row.id,
        row.app_id,
        row.flow_run_id,
        row.function,
        row.started_at,
        JsonRef(parameters),
        JsonRef(report),
        row.ok,
        row.code_hash,
        row.total_ms
    ])?;
    history::call_made(transaction, call)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<CallRow> {
    Ok(CallRow {
        id: row.get("id")?,
        app_id: row.get("app_id")?,
        flow_run_id: row.get("flow_run_id")?,
        function: row.get("function")?,
        started_at: row.get("started_at")?,
        ok: row.get("ok")?,
        code_hash: row.get("code_hash")?,
        total_ms: row.get("total_ms")?,
    })
}
