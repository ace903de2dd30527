//! Table `history`: what happened, in the order it began: each flow run, and each call that was made outside of one.
//!
//! It holds what a list shows and asks for, without the data: a page is read from one narrow index, whatever the size of the
//! runs. Beside it stand the texts that an entry is found by (`history_text`) and their index (`history_grams`). All three
//! are written by the transaction that writes the run or the call, and go with it.

mod grams;
mod keeping;
mod older;
mod query;
mod texts;

use rusqlite::{OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::migrate::Migration;
use crate::values::words;
use crate::{Store, StoreError};

pub(crate) use keeping::{call_decided, call_made, run_begun, run_changed, run_said};
pub use older::{Older, OlderCall};
pub use texts::Texts;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 18,
    // What was there before is listed at once; its texts are read bit by bit afterwards: `History::index_older`.
    sql: "CREATE TABLE history (
            seq INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            flow_run_id TEXT UNIQUE REFERENCES flow_runs (id) ON DELETE CASCADE,
            call_id TEXT UNIQUE REFERENCES calls (id) ON DELETE CASCADE,
            app_id TEXT NOT NULL,
            begun_at INTEGER NOT NULL,
            ended_at INTEGER,
            status TEXT NOT NULL,
            action_key TEXT NOT NULL DEFAULT '',
            functions TEXT NOT NULL DEFAULT '',
            pinned INTEGER NOT NULL DEFAULT 0,
            name TEXT NOT NULL DEFAULT '',
            error TEXT NOT NULL DEFAULT '',
            indexed INTEGER NOT NULL DEFAULT 0
          ) STRICT;
          INSERT INTO history (kind, flow_run_id, call_id, app_id, begun_at, ended_at, status, action_key, functions, pinned)
            SELECT * FROM (
              SELECT 'flow_run', id, NULL, app_id, created_at AS begun_at, ended_at, status, action_key, '', pinned
                FROM flow_runs
              UNION ALL
              SELECT 'call', NULL, id, app_id, started_at, started_at, iif(ok, 'completed', 'failed'), '',
                  ' ' || function || ' ', 0
                FROM calls WHERE flow_run_id IS NULL AND NOT EXISTS (
                  SELECT 1 FROM inbox WHERE call_id = calls.id AND inbox.flow_run_id IS NOT NULL))
            ORDER BY begun_at;
          DROP INDEX flow_runs_by_action;
          DROP INDEX flow_runs_by_status;
          CREATE INDEX history_by_app ON history (app_id, seq, kind, begun_at, status, action_key, functions);
          CREATE INDEX history_by_time ON history (begun_at);
          CREATE INDEX history_by_end ON history (app_id, kind, pinned, ended_at);
          CREATE INDEX history_to_index ON history (seq) WHERE NOT indexed;
          CREATE TABLE history_text (seq INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
          CREATE VIRTUAL TABLE history_grams
            USING fts5 (grams, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
          CREATE TRIGGER flow_run_goes BEFORE DELETE ON flow_runs BEGIN
            DELETE FROM calls WHERE flow_run_id IS NULL AND id IN (SELECT call_id FROM inbox WHERE flow_run_id = old.id);
          END;
          CREATE TRIGGER history_gone AFTER DELETE ON history BEGIN
            DELETE FROM history_text WHERE seq = old.seq;
            DELETE FROM history_grams WHERE rowid = old.seq;
          END;",
}];

/// What an entry of the history is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HistoryKind {
    /// One life of a step, with its calls.
    FlowRun,
    /// A call by itself: a test run, or a callback that decided no run.
    Call,
}
words!(HistoryKind { FlowRun = "flow_run", Call = "call" });

/// An entry of the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct HistoryRow {
    /// Its place: grows with each run or call that begins.
    #[ts(type = "number")]
    pub seq: i64,
    /// What it is.
    pub kind: HistoryKind,
    /// The id of the flow run or the call.
    pub id: String,
    /// The app.
    pub app_id: String,
    /// The name the author gave it; empty = none.
    pub name: String,
    /// The action's key; empty for a call.
    pub action_key: String,
    /// The action's title when the run began; empty for a call.
    pub action_title: String,
    /// The functions that were called, in the order they were first.
    pub functions: Vec<String>,
    /// The account's identity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unique_id: Option<String>,
    /// The account's display id, while it is connected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub display_id: Option<String>,
    /// The state machine's word for how it stands; of a call, completed or failed.
    pub status: String,
    /// What went wrong last, in one line; empty = nothing.
    pub error: String,
    /// Kept, however old it gets.
    pub pinned: bool,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub begun_at: i64,
    /// When it last moved on, in milliseconds since 1970.
    #[ts(type = "number")]
    pub updated_at: i64,
    /// When it ended, in milliseconds since 1970; absent = it is still alive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub ended_at: Option<i64>,
}

/// Which entries are looked for; the default is all. All of what is given has to fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryFilter {
    /// The app.
    pub app_id: Option<String>,
    /// Runs, or calls by themselves.
    pub kind: Option<HistoryKind>,
    /// Part of any text that went in or out, of the name, title, key, id or account, or of an error, whatever the case.
    pub text: String,
    /// `text` is looked for in the errors alone.
    pub in_errors: bool,
    /// The action's key.
    pub action_key: Option<String>,
    /// A function that was called.
    pub function: Option<String>,
    /// How it stands.
    pub status: Option<String>,
    /// It began at this time or later, in milliseconds since 1970.
    pub from: Option<i64>,
    /// It began before this time, in milliseconds since 1970.
    pub to: Option<i64>,
}

/// How long a list is, and where its pages begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Entries that fit.
    pub total: usize,
    /// The place of the last entry of each full page: the next page is what comes `before` it.
    pub marks: Vec<i64>,
}

/// The methods of the table.
#[derive(Debug)]
pub struct History<'a>(&'a Store);

impl Store {
    /// What happened, newest first.
    pub fn history(&self) -> History<'_> {
        History(self)
    }
}

/// Entries that are counted before others get their turn at the database.
const COUNTED_AT_ONCE: usize = 5_000;

/// The columns of an entry. What is not in the table itself is read for the entries of one page.
const SELECT: &str = "SELECT history.seq, history.kind, coalesce(history.flow_run_id, history.call_id) AS id, history.app_id,
    history.name, history.action_key, coalesce(action_title, '') AS action_title, functions, flow_runs.unique_id, display_id,
    history.status, error, history.pinned, begun_at, coalesce(flow_runs.updated_at, begun_at + cast(total_ms AS INTEGER)) AS updated_at,
    iif(history.kind = 'call', begun_at + cast(total_ms AS INTEGER), history.ended_at) AS ended_at
  FROM history LEFT JOIN flow_runs ON flow_runs.id = history.flow_run_id LEFT JOIN calls ON calls.id = history.call_id
    LEFT JOIN credentials ON credentials.app_id = flow_runs.app_id AND credentials.unique_id = flow_runs.unique_id";

impl History<'_> {
    /// The entries that fit, newest first; `before` = the place of the last entry of the page before.
    ///
    /// # Errors
    /// Those of every read.
    pub fn page(
        &self,
        filter: &HistoryFilter,
        limit: usize,
        before: Option<i64>,
    ) -> Result<Vec<HistoryRow>, StoreError> {
        self.0.read(|connection| {
            let mut places = Vec::new();
            if limit > 0 {
                query::walk(connection, filter, before, |seq| {
                    places.push(seq);
                    places.len() < limit
                })?;
            }
            let mut query =
                connection.prepare_cached(&format!("{SELECT} WHERE history.seq = ?1"))?;
            let rows = places.into_iter().map(|seq| query.query_row([seq], from_row));
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// How many entries fit, and where pages of `page` entries begin.
    ///
    /// # Errors
    /// Those of every read.
    pub fn extent(&self, filter: &HistoryFilter, page: usize) -> Result<Extent, StoreError> {
        self.counted(filter, page, COUNTED_AT_ONCE)
    }

    fn counted(
        &self,
        filter: &HistoryFilter,
        page: usize,
        at_once: usize,
    ) -> Result<Extent, StoreError> {
        let mut extent = Extent::default();
        let mut before = None;
        // A long count lets others at the database in between.
        loop {
            let last = self.0.read(|connection| {
                let (mut counted, mut last) = (0, None);
                query::walk(connection, filter, before, |seq| {
                    extent.total += 1;
                    if extent.total.is_multiple_of(page.max(1)) {
                        extent.marks.push(seq);
                    }
                    counted += 1;
                    last = Some(seq).filter(|_| counted == at_once);
                    last.is_none()
                })?;
                Ok(last)
            })?;
            if last.is_none() {
                return Ok(extent);
            }
            before = last;
        }
    }

    /// One entry by the id of its flow run or call.
    ///
    /// # Errors
    /// Those of every read.
    pub fn get(&self, id: &str) -> Result<Option<HistoryRow>, StoreError> {
        self.0.read(|connection| {
            let sql = format!("{SELECT} WHERE history.flow_run_id = ?1 OR history.call_id = ?1");
            Ok(connection.prepare_cached(&sql)?.query_row([id], from_row).optional()?)
        })
    }

    /// Gives an entry a name to know it by; empty takes it away.
    ///
    /// # Errors
    /// [`StoreError::Missing`].
    pub fn rename(&self, id: &str, name: &str) -> Result<(), StoreError> {
        self.0.write(|transaction| {
            let sql = "UPDATE history SET name = ?2 WHERE flow_run_id = ?1 OR call_id = ?1";
            if transaction.execute(sql, params![id, name])? == 0 {
                return Err(missing(id).into());
            }
            keeping::head_changed(transaction, id)
        })
    }

    /// Keeps an entry however old it gets, or no longer.
    ///
    /// # Errors
    /// [`StoreError::Missing`].
    pub fn pin(&self, id: &str, pinned: bool) -> Result<(), StoreError> {
        self.0.write(|transaction| {
            transaction
                .execute("UPDATE flow_runs SET pinned = ?2 WHERE id = ?1", params![id, pinned])?;
            let sql = "UPDATE history SET pinned = ?2 WHERE flow_run_id = ?1 OR call_id = ?1";
            match transaction.execute(sql, params![id, pinned])? {
                0 => Err(missing(id).into()),
                _ => Ok(()),
            }
        })
    }

    /// Deletes a flow run with its timeline, tokens and calls, or a call by itself; callbacks that belonged to it stay in the
    /// inbox. True when it was there.
    ///
    /// # Errors
    /// Those of every write.
    pub fn delete(&self, id: &str) -> Result<bool, StoreError> {
        self.0.write(|transaction| {
            let runs = transaction.execute("DELETE FROM flow_runs WHERE id = ?1", [id])?;
            let call =
                "DELETE FROM calls WHERE id = (SELECT call_id FROM history WHERE call_id = ?1)";
            Ok(runs + transaction.execute(call, [id])? > 0)
        })
    }
}

fn missing(id: &str) -> StoreError {
    StoreError::Missing { what: "entry of the history", id: id.to_owned() }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<HistoryRow> {
    Ok(HistoryRow {
        seq: row.get("seq")?,
        kind: row.get("kind")?,
        id: row.get("id")?,
        app_id: row.get("app_id")?,
        name: row.get("name")?,
        action_key: row.get("action_key")?,
        action_title: row.get("action_title")?,
        functions: row
            .get_ref("functions")?
            .as_str()?
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        unique_id: row.get("unique_id")?,
        display_id: row.get("display_id")?,
        status: row.get("status")?,
        error: row.get("error")?,
        pinned: row.get("pinned")?,
        begun_at: row.get("begun_at")?,
        updated_at: row.get("updated_at")?,
        ended_at: row.get("ended_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NewFlowRun;

    #[test]
    fn a_count_in_parts_is_the_count() {
        let store = Store::in_memory().unwrap();
        let app_id = store.apps().upsert_by_path("/a", "a", 1).unwrap().id;
        for n in 0..7 {
            let texts = Texts { said: vec!["some words".into()], errors: Vec::new() };
            let id = n.to_string();
            let new = NewFlowRun { id, app_id: app_id.clone(), texts, ..NewFlowRun::default() };
            store.flow_runs().insert(&new, n).unwrap();
        }
        for text in ["", "e wor"] {
            let filter = HistoryFilter { text: text.into(), ..HistoryFilter::default() };
            let whole = store.history().extent(&filter, 2).unwrap();
            assert_eq!((whole.total, whole.marks.as_slice()), (7, &[6, 4, 2][..]));
            for at_once in 1..9 {
                assert_eq!(
                    store.history().counted(&filter, 2, at_once).unwrap(),
                    whole,
                    "{at_once}"
                );
            }
        }
    }
}
