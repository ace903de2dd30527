//! Keeping the history in step with what it tells of, inside the transaction that changes that.

use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use super::texts::Lines;
use super::{HistoryKind, Texts, grams};
use crate::error::Fault;
use crate::inbox::Outcome;
use crate::{FlowRunRow, StoredCall};

/// Characters of an error that a list shows.
const SHOWN: usize = 300;

/// An entry as it is found by text.
pub(super) struct Entry {
    pub(super) seq: i64,
    id: String,
    app_id: String,
    kind: HistoryKind,
    status: String,
    action_key: String,
    functions: String,
    name: String,
    title: String,
    unique_id: String,
    display_id: String,
    pub(super) indexed: bool,
}

/// Reads the entry of a flow run or of a call by itself; `None` = there is none.
pub(super) fn entry(transaction: &Transaction<'_>, id: &str) -> Result<Option<Entry>, Fault> {
    let sql = "SELECT history.seq, coalesce(history.flow_run_id, call_id) AS id, history.app_id, history.kind, history.status,
        history.action_key, functions, history.name, coalesce(action_title, '') AS title,
        coalesce(flow_runs.unique_id, '') AS unique_id, coalesce(display_id, '') AS display_id, indexed
      FROM history LEFT JOIN flow_runs ON flow_runs.id = history.flow_run_id
        LEFT JOIN credentials ON credentials.id = credential_id
      WHERE history.flow_run_id = ?1 OR history.call_id = ?1";
    Ok(transaction.prepare_cached(sql)?.query_row([id], from_row).optional()?)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        seq: row.get("seq")?,
        id: row.get("id")?,
        app_id: row.get("app_id")?,
        kind: row.get("kind")?,
        status: row.get("status")?,
        action_key: row.get("action_key")?,
        functions: row.get("functions")?,
        name: row.get("name")?,
        title: row.get("title")?,
        unique_id: row.get("unique_id")?,
        display_id: row.get("display_id")?,
        indexed: row.get("indexed")?,
    })
}

impl Entry {
    /// The lines that are stored of it.
    fn lines(&self, transaction: &Transaction<'_>) -> Result<Lines, Fault> {
        let mut query =
            transaction.prepare_cached("SELECT text FROM history_text WHERE seq = ?1")?;
        let stored: Option<String> = query.query_row([self.seq], |row| row.get(0)).optional()?;
        Ok(stored.map(|stored| Lines::parse(&stored)).unwrap_or_default())
    }

    /// Writes its texts and their index.
    pub(super) fn write(&self, transaction: &Transaction<'_>, lines: &Lines) -> Result<(), Fault> {
        let head = [&self.name, &self.title, &self.action_key, &self.unique_id, &self.display_id];
        let mut head: Vec<&str> = head.into_iter().map(String::as_str).collect();
        head.push(&self.id);
        if self.kind == HistoryKind::Call {
            head.push(self.functions.trim());
        }
        let text = lines.with_head(head);
        let mut words = grams::of_lines(&text);
        let mut labels = vec![
            ('a', self.app_id.as_str()),
            ('k', self.kind.as_str()),
            ('t', &self.action_key),
            ('s', &self.status),
        ];
        labels.extend(self.functions.split_whitespace().map(|function| ('f', function)));
        if lines.has_errors() {
            labels.push(('e', ""));
        }
        for (kind, value) in labels {
            words.push_str(&grams::label(kind, value));
            words.push(' ');
        }
        if self.indexed {
            let gone = "DELETE FROM history_grams WHERE rowid = ?1";
            transaction.prepare_cached(gone)?.execute([self.seq])?;
        }
        let index = "INSERT INTO history_grams (rowid, grams) VALUES (?1, ?2)";
        transaction.prepare_cached(index)?.execute(params![self.seq, words])?;
        let keep = "INSERT INTO history_text (seq, text) VALUES (?1, ?2)
            ON CONFLICT (seq) DO UPDATE SET text = excluded.text";
        transaction.prepare_cached(keep)?.execute(params![self.seq, text])?;
        Ok(())
    }

    /// Notes the functions that were called and what went wrong last.
    pub(super) fn note(
        &mut self,
        transaction: &Transaction<'_>,
        functions: &[&str],
        error: Option<&str>,
    ) -> Result<(), Fault> {
        for function in functions {
            if !self.functions.split_whitespace().any(|known| known == *function) {
                self.functions =
                    format!(" {} {function} ", self.functions.trim()).replace("  ", " ");
            }
        }
        let sql = "UPDATE history SET functions = ?2, error = coalesce(?3, error) WHERE seq = ?1";
        let error = error.map(one_line);
        transaction.prepare_cached(sql)?.execute(params![self.seq, self.functions, error])?;
        Ok(())
    }
}

fn one_line(error: &str) -> String {
    error.lines().next().unwrap_or_default().chars().take(SHOWN).collect()
}

/// A flow run has begun.
pub(crate) fn run_begun(
    transaction: &Transaction<'_>,
    row: &FlowRunRow,
    texts: &Texts,
) -> Result<(), Fault> {
    let sql =
        "INSERT INTO history (kind, flow_run_id, app_id, begun_at, status, action_key, indexed)
        VALUES ('flow_run', ?1, ?2, ?3, ?4, ?5, 0)";
    let values = params![row.id, row.app_id, row.created_at, row.status, row.action_key];
    transaction.prepare_cached(sql)?.execute(values)?;
    first(transaction, &row.id, texts)
}

/// Writes the texts of an entry that was just made.
fn first(transaction: &Transaction<'_>, id: &str, texts: &Texts) -> Result<(), Fault> {
    let Some(mut entry) = entry(transaction, id)? else { return Ok(()) };
    entry.note(transaction, &[], texts.errors.last().map(String::as_str))?;
    let mut lines = Lines::default();
    lines.add(texts);
    entry.write(transaction, &lines)?;
    mark_indexed(transaction, entry.seq)
}

pub(super) fn mark_indexed(transaction: &Transaction<'_>, seq: i64) -> Result<(), Fault> {
    transaction.prepare_cached("UPDATE history SET indexed = 1 WHERE seq = ?1")?.execute([seq])?;
    Ok(())
}

/// A flow run stands otherwise than before.
pub(crate) fn run_changed(
    transaction: &Transaction<'_>,
    row: &FlowRunRow,
    texts: &Texts,
) -> Result<(), Fault> {
    let sql = "UPDATE history SET status = ?2, ended_at = ?3 WHERE flow_run_id = ?1";
    transaction.prepare_cached(sql)?.execute(params![row.id, row.status, row.ended_at])?;
    run_said(transaction, &row.id, &[], texts)
}

/// Something was said in a flow run, or functions were called in it.
pub(crate) fn run_said(
    transaction: &Transaction<'_>,
    id: &str,
    functions: &[&str],
    texts: &Texts,
) -> Result<(), Fault> {
    let Some(mut entry) = entry(transaction, id)? else { return Ok(()) };
    entry.note(transaction, functions, texts.errors.last().map(String::as_str))?;
    // One from before the index was there: it is read as a whole when its turn comes.
    if entry.indexed {
        let mut lines = entry.lines(transaction)?;
        lines.add(texts);
        entry.write(transaction, &lines)?;
    }
    Ok(())
}

/// A call is stored: it belongs to its run, or is an entry by itself.
pub(crate) fn call_made(transaction: &Transaction<'_>, call: &StoredCall) -> Result<(), Fault> {
    let row = &call.row;
    if let Some(run) = &row.flow_run_id {
        return run_said(transaction, run, &[&row.function], &call.texts);
    }
    let sql = "INSERT INTO history (kind, call_id, app_id, begun_at, ended_at, status, functions)
        VALUES ('call', ?1, ?2, ?3, ?3, ?4, ?5)";
    let status = if row.ok { "completed" } else { "failed" };
    let functions = format!(" {} ", row.function);
    let values = params![row.id, row.app_id, row.started_at, status, functions];
    transaction.prepare_cached(sql)?.execute(values)?;
    first(transaction, &row.id, &call.texts)
}

/// A callback that was handled: its call belongs to the run that it decided, if it did.
pub(crate) fn call_decided(transaction: &Transaction<'_>, outcome: &Outcome) -> Result<(), Fault> {
    let (Some(run), Some(call)) = (&outcome.flow_run_id, &outcome.call_id) else { return Ok(()) };
    let Some(of_call) = entry(transaction, call)?.filter(|entry| entry.kind == HistoryKind::Call)
    else {
        return Ok(());
    };
    let said = of_call.lines(transaction)?;
    transaction.prepare_cached("DELETE FROM history WHERE seq = ?1")?.execute([of_call.seq])?;
    let Some(mut of_run) = entry(transaction, run)? else { return Ok(()) };
    let functions: Vec<&str> = of_call.functions.split_whitespace().collect();
    of_run.note(transaction, &functions, None)?;
    if of_run.indexed {
        let mut lines = of_run.lines(transaction)?;
        lines.join(&said);
        of_run.write(transaction, &lines)?;
    }
    Ok(())
}

/// The row of an entry says something else than before.
pub(super) fn head_changed(transaction: &Transaction<'_>, id: &str) -> Result<(), Fault> {
    let Some(entry) = entry(transaction, id)?.filter(|entry| entry.indexed) else { return Ok(()) };
    let lines = entry.lines(transaction)?;
    entry.write(transaction, &lines)
}
