//! Table `flow_runs`: each life of a step, as its state machine last stood.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::error::Fault;
use crate::inbox::{self, Outcome};
use crate::migrate::Migration;
use crate::values::{Json, JsonRef, sql_limit};
use crate::{Store, StoreError, StoredCall, Texts, calls, history, messages, tokens};

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
    version: 6,
    // A deleted credential leaves the run and its history.
    sql: "CREATE TABLE flow_runs (
            id TEXT PRIMARY KEY,
            app_id TEXT NOT NULL REFERENCES apps (id),
            action_key TEXT NOT NULL,
            action_title TEXT NOT NULL,
            credential_id TEXT REFERENCES credentials (id) ON DELETE SET NULL,
            unique_id TEXT,
            status TEXT NOT NULL,
            stage TEXT NOT NULL,
            snapshot TEXT NOT NULL,
            revision INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            wake_at INTEGER,
            ended_at INTEGER
          ) STRICT;
          CREATE INDEX flow_runs_by_app ON flow_runs (app_id, created_at);
          CREATE INDEX flow_runs_by_credential ON flow_runs (credential_id);
          CREATE INDEX flow_runs_waiting ON flow_runs (wake_at) WHERE ended_at IS NULL;",
    },
    Migration {
        version: 14,
        // An account that was chosen after the run began was not noted.
        sql: "ALTER TABLE flow_runs ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
          UPDATE flow_runs SET credential_id =
            (SELECT id FROM credentials WHERE app_id = flow_runs.app_id AND unique_id = flow_runs.unique_id)
            WHERE credential_id IS NULL AND unique_id IS NOT NULL;",
    },
    Migration {
        version: 16,
        sql: "CREATE INDEX flow_runs_by_action ON flow_runs (app_id, action_key, created_at);
          CREATE INDEX flow_runs_by_status ON flow_runs (app_id, status, created_at);",
    },
];

/// One life of a step, build to end, without the state machine's own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FlowRunRow {
    /// Given by whoever started the run.
    pub id: String,
    /// The app.
    pub app_id: String,
    /// The action's key.
    pub action_key: String,
    /// The action's title when the run began.
    pub action_title: String,
    /// The account; absent for an app without authorization, or when the account was deleted since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub credential_id: Option<String>,
    /// The account's identity; stays when the account is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unique_id: Option<String>,
    /// The state machine's word for how it stands.
    pub status: String,
    /// The state machine's word for where it stands.
    pub stage: String,
    /// Counts the changes: a change names the revision it is based on.
    #[ts(type = "number")]
    pub revision: i64,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub created_at: i64,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub updated_at: i64,
    /// When the run has to go on by itself (a retry), in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub wake_at: Option<i64>,
    /// Kept, however old it gets.
    pub pinned: bool,
    /// When the run ended and nothing was owed to it any more, in milliseconds since 1970; absent = it is still alive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub ended_at: Option<i64>,
}

/// A run with its state machine's data.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredFlowRun {
    /// The row.
    pub row: FlowRunRow,
    /// The state machine, as JSON.
    pub snapshot: Value,
}

/// A run that begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewFlowRun {
    /// Unique; a uuid.
    pub id: String,
    /// The app.
    pub app_id: String,
    /// The action's key.
    pub action_key: String,
    /// The action's title.
    pub action_title: String,
    /// The account, if the app has authorization.
    pub credential_id: Option<String>,
    /// The account's identity.
    pub unique_id: Option<String>,
    /// How it stands.
    pub status: String,
    /// Where it stands.
    pub stage: String,
    /// The state machine, as JSON.
    pub snapshot: Value,
    /// The beginning of its timeline.
    pub messages: Vec<Value>,
    /// Its callback tokens, if there are any yet.
    pub tokens: Vec<String>,
    /// What it is found by.
    pub texts: Texts,
}

/// What one event did to a run. All of it is stored in one transaction, or nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlowRunChange {
    /// The run.
    pub id: String,
    /// The revision the change is based on.
    pub revision: i64,
    /// How it stands now.
    pub status: String,
    /// Where it stands now.
    pub stage: String,
    /// The state machine, as JSON.
    pub snapshot: Value,
    /// When the run has to go on by itself, in milliseconds since 1970.
    pub wake_at: Option<i64>,
    /// When it ended and nothing was owed to it any more, in milliseconds since 1970.
    pub ended_at: Option<i64>,
    /// The account's identity, when the event chose it: the run then belongs to that credential; `None` leaves what is there.
    pub unique_id: Option<String>,
    /// What the event adds to the timeline.
    pub messages: Vec<Value>,
    /// Callback tokens that are new.
    pub tokens: Vec<String>,
    /// Calls that belong to the event, if they were not inserted before.
    pub calls: Vec<StoredCall>,
    /// The callback that was the event: it counts as handled exactly if the change is stored.
    pub callback: Option<Outcome>,
    /// What the event adds to what the run is found by.
    pub texts: Texts,
}

/// The methods of the table, and of its `tokens` and `messages`.
#[derive(Debug)]
pub struct FlowRuns<'a>(&'a Store);

impl Store {
    /// The flow runs, with their callback tokens and timelines.
    pub fn flow_runs(&self) -> FlowRuns<'_> {
        FlowRuns(self)
    }
}

impl FlowRuns<'_> {
    pub(crate) fn store(&self) -> &Store {
        self.0
    }

    /// Stores a run that begins, at revision 1.
    ///
    /// # Errors
    /// [`StoreError::Refused`]: the app or the credential is unknown, or an id or a token is in use.
    pub fn insert(&self, new: &NewFlowRun, now: i64) -> Result<FlowRunRow, StoreError> {
        self.0.write(|transaction| {
            let sql = "INSERT INTO flow_runs (id, app_id, action_key, action_title, credential_id, unique_id, status, stage,
                  snapshot, revision, created_at, updated_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, ?10, ?10) RETURNING *";
            let values = params![
                new.id,
                new.app_id,
                new.action_key,
                new.action_title,
                new.credential_id,
                new.unique_id,
                new.status,
                new.stage,
                JsonRef(&new.snapshot),
                now
            ];
            let row = transaction.query_row(sql, values, from_row)?;
            tokens::add(transaction, &new.id, &new.tokens)?;
            messages::append(transaction, &new.id, &new.messages)?;
            history::run_begun(transaction, &row, &new.texts)?;
            Ok(row)
        })
    }

    /// Stores what an event did to a run, and returns the row as it is now.
    ///
    /// # Errors
    /// [`StoreError::Missing`]; [`StoreError::Changed`] when the run or the callback is not as the change expects: nothing was
    /// stored, read the run again and repeat the step; [`StoreError::Refused`] when a token is in use for another run.
    pub fn save(&self, change: &FlowRunChange, now: i64) -> Result<FlowRunRow, StoreError> {
        self.0.write(|transaction| {
            let row = update(transaction, change, now)?;
            tokens::add(transaction, &change.id, &change.tokens)?;
            messages::append(transaction, &change.id, &change.messages)?;
            for call in &change.calls {
                calls::insert(transaction, call)?;
            }
            if let Some(outcome) = &change.callback {
                inbox::finish(transaction, outcome, now)?;
            }
            history::run_changed(transaction, &row, &change.texts)?;
            Ok(row)
        })
    }

    /// Appends to a run's timeline what its state machine does not say: the messages of an authorization made for it.
    ///
    /// # Errors
    /// [`StoreError::Missing`].
    pub fn append_messages(
        &self,
        id: &str,
        messages: &[Value],
        texts: &Texts,
        now: i64,
    ) -> Result<(), StoreError> {
        self.0.write(|transaction| {
            let sql = "UPDATE flow_runs SET updated_at = ?2 WHERE id = ?1";
            if transaction.execute(sql, params![id, now])? == 0 {
                return Err(StoreError::Missing { what: "flow run", id: id.to_owned() }.into());
            }
            messages::append(transaction, id, messages)?;
            history::run_said(transaction, id, &[], texts)
        })
    }

    /// One run.
    ///
    /// # Errors
    /// Those of every read.
    pub fn get(&self, id: &str) -> Result<Option<StoredFlowRun>, StoreError> {
        self.one("SELECT * FROM flow_runs WHERE id = ?1", id)
    }

    /// The run that a callback token means.
    ///
    /// # Errors
    /// Those of every read.
    pub fn by_token(&self, token: &str) -> Result<Option<StoredFlowRun>, StoreError> {
        self.one(
            "SELECT * FROM flow_runs WHERE id = (SELECT flow_run_id FROM tokens WHERE token = ?1)",
            token,
        )
    }

    /// The callback tokens of a run, sorted.
    ///
    /// # Errors
    /// Those of every read.
    pub fn tokens(&self, id: &str) -> Result<Vec<String>, StoreError> {
        self.0.read(|connection| tokens::of(connection, id))
    }

    /// The runs of an app, newest first; `before` = the id of the last run of the page before.
    ///
    /// # Errors
    /// Those of every read.
    pub fn list(
        &self,
        app_id: &str,
        limit: usize,
        before: Option<&str>,
    ) -> Result<Vec<FlowRunRow>, StoreError> {
        let sql =
            "SELECT * FROM flow_runs WHERE app_id = ?1 AND (?2 IS NULL OR (created_at, rowid) <
              (SELECT created_at, rowid FROM flow_runs WHERE id = ?2))
            ORDER BY created_at DESC, rowid DESC LIMIT ?3";
        self.many(sql, params![app_id, before, sql_limit(limit)])
    }

    /// The runs that have not ended, of all apps, oldest first.
    ///
    /// # Errors
    /// Those of every read.
    pub fn waiting(&self) -> Result<Vec<FlowRunRow>, StoreError> {
        self.many("SELECT * FROM flow_runs WHERE ended_at IS NULL ORDER BY created_at, rowid", [])
    }

    /// The runs that have to go on by themselves at `now` or before, the longest overdue first.
    ///
    /// # Errors
    /// Those of every read.
    pub fn due(&self, now: i64) -> Result<Vec<FlowRunRow>, StoreError> {
        let sql = "SELECT * FROM flow_runs WHERE ended_at IS NULL AND wake_at <= ?1 ORDER BY wake_at, rowid";
        self.many(sql, [now])
    }

    /// Deletes a run with its timeline, tokens and calls; callbacks that belonged to it stay in the inbox. True when it was there.
    ///
    /// # Errors
    /// Those of every write.
    pub fn delete(&self, id: &str) -> Result<bool, StoreError> {
        self.0.write(|transaction| {
            Ok(transaction.execute("DELETE FROM flow_runs WHERE id = ?1", [id])? > 0)
        })
    }

    fn one(&self, sql: &str, key: &str) -> Result<Option<StoredFlowRun>, StoreError> {
        self.0.read(|connection| {
            let mut query = connection.prepare_cached(sql)?;
            let run = query.query_row([key], |row| {
                Ok(StoredFlowRun {
                    row: from_row(row)?,
                    snapshot: row.get::<_, Json>("snapshot")?.0,
                })
            });
            Ok(run.optional()?)
        })
    }

    fn many(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<FlowRunRow>, StoreError> {
        self.0.read(|connection| {
            let mut query = connection.prepare_cached(sql)?;
            Ok(query.query_map(values, from_row)?.collect::<Result<_, _>>()?)
        })
    }
}

fn update(
    transaction: &Transaction<'_>,
    change: &FlowRunChange,
    now: i64,
) -> Result<FlowRunRow, Fault> {
    let found = revision(transaction, &change.id)?
        .ok_or_else(|| StoreError::Missing { what: "flow run", id: change.id.clone() })?;
    if found != change.revision {
        let detail = format!(
            "it is at revision {found}, the change is based on revision {}",
            change.revision
        );
        return Err(StoreError::Changed { what: "flow run", id: change.id.clone(), detail }.into());
    }
    let sql = "UPDATE flow_runs SET status = ?2, stage = ?3, snapshot = ?4, wake_at = ?5, ended_at = ?6, updated_at = ?7,
        unique_id = coalesce(?8, unique_id), credential_id = CASE WHEN ?8 IS NULL THEN credential_id ELSE
          (SELECT id FROM credentials WHERE app_id = flow_runs.app_id AND unique_id = ?8) END, revision = revision + 1 WHERE id = ?1 RETURNING *";
    let values = params![
        change.id,
        change.status,
        change.stage,
        JsonRef(&change.snapshot),
        change.wake_at,
        change.ended_at,
        now,
        change.unique_id
    ];
    Ok(transaction.query_row(sql, values, from_row)?)
}

fn revision(connection: &Connection, id: &str) -> Result<Option<i64>, Fault> {
    let mut query = connection.prepare_cached("SELECT revision FROM flow_runs WHERE id = ?1")?;
    Ok(query.query_row([id], |row| row.get(0)).optional()?)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<FlowRunRow> {
    Ok(FlowRunRow {
        id: row.get("id")?,
        app_id: row.get("app_id")?,
        action_key: row.get("action_key")?,
        action_title: row.get("action_title")?,
        credential_id: row.get("credential_id")?,
        unique_id: row.get("unique_id")?,
        status: row.get("status")?,
        stage: row.get("stage")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        wake_at: row.get("wake_at")?,
        ended_at: row.get("ended_at")?,
        pinned: row.get("pinned")?,
    })
}
