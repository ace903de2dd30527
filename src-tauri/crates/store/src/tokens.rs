//! Table `tokens`: which flow run a `callback.token` means.

use rusqlite::{Connection, Transaction, params};

use crate::error::Fault;
use crate::migrate::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 7,
    // A token lives as long as its run.
    sql: "CREATE TABLE tokens (
            token TEXT PRIMARY KEY,
            flow_run_id TEXT NOT NULL REFERENCES flow_runs (id) ON DELETE CASCADE
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX tokens_by_flow_run ON tokens (flow_run_id);",
}];

/// Adds tokens of a run. One that the run has already is fine; one of another run breaks the rule that tokens are unique.
pub(crate) fn add(
    transaction: &Transaction<'_>,
    flow_run_id: &str,
    tokens: &[String],
) -> Result<(), Fault> {
    let mut insert =
        transaction.prepare_cached("INSERT INTO tokens (token, flow_run_id) VALUES (?1, ?2)")?;
    let mut owner = transaction
        .prepare_cached("SELECT count(*) FROM tokens WHERE token = ?1 AND flow_run_id = ?2")?;
    for token in tokens {
        if owner.query_row(params![token, flow_run_id], |row| row.get::<_, i64>(0))? == 0 {
            insert.execute(params![token, flow_run_id])?;
        }
    }
    Ok(())
}

/// The tokens of a run, sorted.
pub(crate) fn of(connection: &Connection, flow_run_id: &str) -> Result<Vec<String>, Fault> {
    let mut query = connection
        .prepare_cached("SELECT token FROM tokens WHERE flow_run_id = ?1 ORDER BY token")?;
    Ok(query.query_map([flow_run_id], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
