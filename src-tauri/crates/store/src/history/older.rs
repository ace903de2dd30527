//! Making what was there before the index searchable, a few entries at a time.

use rusqlite::{Connection, Transaction, params};
use serde_json::Value;

use super::keeping::{entry, mark_indexed};
use super::texts::Lines;
use super::{History, Texts};
use crate::StoreError;
use crate::error::Fault;
use crate::values::{Json, sql_limit};

/// An entry from before there was an index, with all that is kept of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Older {
    /// The timeline of a flow run.
    pub messages: Vec<Value>,
    /// Its calls, or the one call by itself, in the order they began.
    pub calls: Vec<OlderCall>,
}

/// A call of such an entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OlderCall {
    /// The function's word.
    pub function: String,
    /// What the function got.
    pub parameters: Value,
    /// What the call left behind.
    pub report: Value,
}

impl History<'_> {
    /// Entries that no search for text finds yet.
    ///
    /// # Errors
    /// Those of every read.
    pub fn not_indexed(&self) -> Result<usize, StoreError> {
        self.0.read(|connection| {
            let sql = "SELECT count(*) FROM history INDEXED BY history_to_index WHERE NOT indexed";
            let count: i64 = connection.query_row(sql, [], |row| row.get(0))?;
            Ok(usize::try_from(count).unwrap_or_default())
        })
    }

    /// Indexes the newest `limit` of them in one transaction; `texts` says what each is found by. Returns how many it did: 0 =
    /// there are no more.
    ///
    /// # Errors
    /// Those of every write.
    pub fn index_older(
        &self,
        limit: usize,
        texts: impl Fn(&Older) -> Texts,
    ) -> Result<usize, StoreError> {
        self.0.write(|transaction| {
            let ids = next(transaction, limit)?;
            for (seq, run, call) in &ids {
                let older = read(transaction, run.as_deref(), call.as_deref())?;
                let id = run.as_deref().or(call.as_deref()).unwrap_or_default();
                if let Some(mut entry) = entry(transaction, id)? {
                    let said = texts(&older);
                    let functions: Vec<&str> =
                        older.calls.iter().map(|call| call.function.as_str()).collect();
                    entry.note(transaction, &functions, said.errors.last().map(String::as_str))?;
                    let mut lines = Lines::default();
                    lines.add(&said);
                    entry.write(transaction, &lines)?;
                }
                mark_indexed(transaction, *seq)?;
            }
            Ok(ids.len())
        })
    }
}

type Ids = (i64, Option<String>, Option<String>);

fn next(transaction: &Transaction<'_>, limit: usize) -> Result<Vec<Ids>, Fault> {
    let sql = "SELECT seq, flow_run_id, call_id FROM history INDEXED BY history_to_index
        WHERE NOT indexed ORDER BY seq DESC LIMIT ?1";
    let mut query = transaction.prepare_cached(sql)?;
    let rows =
        query.query_map([sql_limit(limit)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(connection: &Connection, run: Option<&str>, call: Option<&str>) -> Result<Older, Fault> {
    let mut messages = connection
        .prepare_cached("SELECT message FROM messages WHERE flow_run_id = ?1 ORDER BY seq")?;
    let messages = messages.query_map([run], |row| Ok(row.get::<_, Json>(0)?.0))?;
    // The calls of callbacks name no run: the inbox says which one they decided.
    let sql = "SELECT function, parameters, report FROM calls
        WHERE id = ?2 OR flow_run_id = ?1 OR id IN (SELECT call_id FROM inbox WHERE inbox.flow_run_id = ?1)
        ORDER BY started_at, rowid";
    let mut calls = connection.prepare_cached(sql)?;
    let calls = calls.query_map(params![run, call], |row| {
        Ok(OlderCall {
            function: row.get(0)?,
            parameters: row.get::<_, Json>(1)?.0,
            report: row.get::<_, Json>(2)?.0,
        })
    })?;
    Ok(Older {
        messages: messages.collect::<Result<_, _>>()?,
        calls: calls.collect::<Result<_, _>>()?,
    })
}
