//! Table `inbox`: callbacks as received. Stored first, handled second, each exactly once.

use rusqlite::{OptionalExtension as _, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::error::Fault;
use crate::migrate::Migration;
use crate::values::{Json, JsonRef, new_id, sql_limit, words};
use crate::{Store, StoreError, history};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 10,
    // What was received stays, even when the run or the call it led to is deleted.
    sql: "CREATE TABLE inbox (
            id TEXT PRIMARY KEY,
            binding_id TEXT NOT NULL REFERENCES bindings (id),
            source TEXT NOT NULL,
            method TEXT NOT NULL,
            path TEXT NOT NULL,
            query TEXT NOT NULL,
            headers TEXT NOT NULL,
            body BLOB NOT NULL,
            received_at INTEGER NOT NULL,
            state TEXT NOT NULL,
            state_at INTEGER NOT NULL,
            flow_run_id TEXT REFERENCES flow_runs (id) ON DELETE SET NULL,
            call_id TEXT REFERENCES calls (id) ON DELETE SET NULL,
            note TEXT NOT NULL DEFAULT ''
          ) STRICT;
          CREATE INDEX inbox_by_binding ON inbox (binding_id, received_at);
          CREATE INDEX inbox_by_flow_run ON inbox (flow_run_id);
          CREATE INDEX inbox_by_call ON inbox (call_id);
          CREATE INDEX inbox_unfinished ON inbox (received_at) WHERE state IN ('received', 'running');",
}];

/// Which URL a callback came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CallbackSource {
    /// The redirect URL.
    Redirect,
    /// The webhook URL.
    Webhook,
}
words!(CallbackSource { Redirect = "redirect", Webhook = "webhook" });

/// How far a callback is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CallbackState {
    /// Stored; its function has not begun.
    Received,
    /// Its function was begun.
    Running,
    /// It moved a flow run on.
    Decided,
    /// Its function named no flow run that waits.
    Ignored,
    /// Its function failed.
    Failed,
}
words!(CallbackState {
    Received = "received",
    Running = "running",
    Decided = "decided",
    Ignored = "ignored",
    Failed = "failed"
});

/// The state a callback ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallbackEnd {
    /// It moved a flow run on.
    Decided,
    /// Its function named no flow run that waits.
    Ignored,
    /// Its function failed.
    Failed,
}

impl From<CallbackEnd> for CallbackState {
    fn from(end: CallbackEnd) -> Self {
        match end {
            CallbackEnd::Decided => Self::Decided,
            CallbackEnd::Ignored => Self::Ignored,
            CallbackEnd::Failed => Self::Failed,
        }
    }
}

/// A callback that is coming in.
#[derive(Clone, Debug)]
pub struct NewCallback<'a> {
    /// The binding in its URL.
    pub binding_id: &'a str,
    /// Which of the two URLs.
    pub source: CallbackSource,
    /// Such as `POST`.
    pub method: &'a str,
    /// As received, percent-encoded.
    pub path: &'a str,
    /// As received, without the `?`; empty when there is none.
    pub query: &'a str,
    /// As received: list of `[name, value]`, in order.
    pub headers: &'a Value,
    /// As received.
    pub body: &'a [u8],
}

/// A callback without its body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct InboxRow {
    /// Unique.
    pub id: String,
    /// The binding in its URL.
    pub binding_id: String,
    /// Which of the two URLs.
    pub source: CallbackSource,
    /// Such as `POST`.
    pub method: String,
    /// As received, percent-encoded.
    pub path: String,
    /// As received, without the `?`.
    pub query: String,
    /// As received: list of `[name, value]`, in order.
    #[ts(type = "Array<[string, string]>")]
    pub headers: Value,
    /// Bytes of the body.
    #[ts(type = "number")]
    pub body_bytes: i64,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub received_at: i64,
    /// How far it is.
    pub state: CallbackState,
    /// Since when, in milliseconds since 1970.
    #[ts(type = "number")]
    pub state_at: i64,
    /// The run it belongs to, once known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub flow_run_id: Option<String>,
    /// The call that handled it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub call_id: Option<String>,
    /// Why it was ignored or failed, in words; else empty.
    pub note: String,
}

/// How a callback was handled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The callback; it must be running.
    pub id: String,
    /// How it ends.
    pub end: CallbackEnd,
    /// The run it belongs to, when its function named one.
    pub flow_run_id: Option<String>,
    /// The call that handled it, when it was stored.
    pub call_id: Option<String>,
    /// Why it was ignored or failed, in words; else empty.
    pub note: String,
}

/// The methods of the table.
#[derive(Debug)]
pub struct Inbox<'a>(&'a Store);

impl Store {
    /// The callbacks as received.
    pub fn inbox(&self) -> Inbox<'_> {
        Inbox(self)
    }
}

const COLUMNS: &str = "inbox.id, binding_id, source, method, path, query, headers, length(body) AS body_bytes, received_at,
    state, state_at, flow_run_id, call_id, note";

impl Inbox<'_> {
    /// Stores a callback. When this returns `Ok`, the callback is on the disk and may be answered.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when the binding is unknown; [`StoreError::Full`]: do not answer with success.
    pub fn receive(&self, new: &NewCallback<'_>, now: i64) -> Result<InboxRow, StoreError> {
        self.0.write(|transaction| {
            let sql = format!(
                "INSERT INTO inbox (id, binding_id, source, method, path, query, headers, body, received_at, state, state_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'received', ?9) RETURNING {COLUMNS}"
            );
            let values = params![
                new_id(),
                new.binding_id,
                new.source,
                new.method,
                new.path,
                new.query,
                JsonRef(new.headers),
                new.body,
                now
            ];
            Ok(transaction.prepare_cached(&sql)?.query_row(values, from_row)?)
        })
    }

    /// Takes a callback for handling, with its body. `None` when it is not there, or is being handled or was handled already:
    /// of several that claim at once, one gets it.
    ///
    /// # Errors
    /// Those of every write.
    pub fn claim(&self, id: &str, now: i64) -> Result<Option<(InboxRow, Vec<u8>)>, StoreError> {
        self.0.write(|transaction| {
            let sql = format!(
                "UPDATE inbox SET state = 'running', state_at = ?2 WHERE id = ?1 AND state = 'received'
                RETURNING {COLUMNS}, body"
            );
            let mut query = transaction.prepare_cached(&sql)?;
            Ok(query.query_row(params![id, now], |row| Ok((from_row(row)?, row.get("body")?))).optional()?)
        })
    }

    /// Notes how a callback that was claimed ended. Where it moved a flow run on, give the outcome to
    /// [`FlowRuns::save`](crate::FlowRuns::save) instead, which stores both or none.
    ///
    /// # Errors
    /// [`StoreError::Missing`]; [`StoreError::Changed`] when it is not running.
    pub fn finish(&self, outcome: &Outcome, now: i64) -> Result<(), StoreError> {
        self.0.write(|transaction| finish(transaction, outcome, now))
    }

    /// Gives a running callback back, so that it can be claimed again: for one whose handler died with its process.
    ///
    /// # Errors
    /// [`StoreError::Missing`]; [`StoreError::Changed`] when it is not running.
    pub fn release(&self, id: &str, now: i64) -> Result<(), StoreError> {
        self.0.write(|transaction| {
            let sql = "UPDATE inbox SET state = 'received', state_at = ?2 WHERE id = ?1 AND state = 'running'";
            match transaction.execute(sql, params![id, now])? {
                0 => Err(not_running(transaction, id)?.into()),
                _ => Ok(()),
            }
        })
    }

    /// The callbacks that are received or running, in the order they came: at start, what the last process left behind.
    ///
    /// # Errors
    /// Those of every read.
    pub fn unfinished(&self) -> Result<Vec<InboxRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM inbox WHERE state IN ('received', 'running') ORDER BY received_at, rowid"
        );
        self.many(&sql, [])
    }

    /// The callbacks of an app, newest first; `before` = the id of the last one of the page before.
    ///
    /// # Errors
    /// Those of every read.
    pub fn list(
        &self,
        app_id: &str,
        limit: usize,
        before: Option<&str>,
    ) -> Result<Vec<InboxRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM inbox JOIN bindings ON bindings.id = binding_id
            WHERE app_id = ?1 AND (?2 IS NULL OR (received_at, inbox.rowid) <
              (SELECT received_at, rowid FROM inbox WHERE id = ?2))
            ORDER BY received_at DESC, inbox.rowid DESC LIMIT ?3"
        );
        self.many(&sql, params![app_id, before, sql_limit(limit)])
    }

    /// One callback with its body.
    ///
    /// # Errors
    /// Those of every read.
    pub fn get(&self, id: &str) -> Result<Option<(InboxRow, Vec<u8>)>, StoreError> {
        self.0.read(|connection| {
            let mut query = connection
                .prepare_cached(&format!("SELECT {COLUMNS}, body FROM inbox WHERE id = ?1"))?;
            Ok(query.query_row([id], |row| Ok((from_row(row)?, row.get("body")?))).optional()?)
        })
    }

    fn many(&self, sql: &str, values: impl rusqlite::Params) -> Result<Vec<InboxRow>, StoreError> {
        self.0.read(|connection| {
            let mut query = connection.prepare_cached(sql)?;
            Ok(query.query_map(values, from_row)?.collect::<Result<_, _>>()?)
        })
    }
}

pub(crate) fn finish(
    transaction: &Transaction<'_>,
    outcome: &Outcome,
    now: i64,
) -> Result<(), Fault> {
    let sql =
        "UPDATE inbox SET state = ?2, state_at = ?3, flow_run_id = ?4, call_id = ?5, note = ?6
        WHERE id = ?1 AND state = 'running'";
    let state = CallbackState::from(outcome.end);
    let values =
        params![outcome.id, state, now, outcome.flow_run_id, outcome.call_id, outcome.note];
    match transaction.execute(sql, values)? {
        0 => Err(not_running(transaction, &outcome.id)?.into()),
        _ => history::call_decided(transaction, outcome),
    }
}

fn not_running(transaction: &Transaction<'_>, id: &str) -> Result<StoreError, Fault> {
    let state: Option<CallbackState> = transaction
        .query_row("SELECT state FROM inbox WHERE id = ?1", [id], |row| row.get(0))
        .optional()?;
    Ok(match state {
        None => StoreError::Missing { what: "callback", id: id.to_owned() },
        Some(state) => StoreError::Changed {
            what: "callback",
            id: id.to_owned(),
            detail: format!("it is {}, not running", state.as_str()),
        },
    })
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<InboxRow> {
    Ok(InboxRow {
        id: row.get("id")?,
        binding_id: row.get("binding_id")?,
        source: row.get("source")?,
        method: row.get("method")?,
        path: row.get("path")?,
        query: row.get("query")?,
        headers: row.get::<_, Json>("headers")?.0,
        body_bytes: row.get("body_bytes")?,
        received_at: row.get("received_at")?,
        state: row.get("state")?,
        state_at: row.get("state_at")?,
        flow_run_id: row.get("flow_run_id")?,
        call_id: row.get("call_id")?,
        note: row.get("note")?,
    })
}
