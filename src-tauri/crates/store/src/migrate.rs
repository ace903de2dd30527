//! From an empty or older database to the one this version writes.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::Fault;
use crate::{
    app_limits, apps, bindings, calls, credentials, files, flow_runs, history, inbox, messages,
    publications, secret_values, settings, snapshots, tokens,
};

/// SQLite's `application_id` of a Stepsmith database: `StSm` in ASCII.
pub(crate) const APPLICATION_ID: i64 = 0x5374_536d;

/// One step of the schema. A step that has been released is never edited; a change is a new step in its table's file.
pub(crate) struct Migration {
    /// The `user_version` after it. Each number is used once in the crate.
    pub(crate) version: i64,
    /// What it does.
    pub(crate) sql: &'static str,
}

/// Every step of every table, in order.
pub(crate) fn all() -> Vec<&'static Migration> {
    let tables = [
        apps::MIGRATIONS,
        app_limits::MIGRATIONS,
        settings::MIGRATIONS,
        bindings::MIGRATIONS,
        credentials::MIGRATIONS,
        secret_values::MIGRATIONS,
        flow_runs::MIGRATIONS,
        tokens::MIGRATIONS,
        messages::MIGRATIONS,
        calls::MIGRATIONS,
        inbox::MIGRATIONS,
        files::MIGRATIONS,
        snapshots::MIGRATIONS,
        publications::MIGRATIONS,
        history::MIGRATIONS,
    ];
    let mut steps: Vec<_> = tables.into_iter().flatten().collect();
    steps.sort_by_key(|step| step.version);
    steps
}

/// The version this code writes.
pub(crate) fn newest() -> i64 {
    all().last().map_or(0, |step| step.version)
}

/// The database's own version.
pub(crate) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Applies what is missing up to `target`, all of it or nothing.
pub(crate) fn migrate(connection: &mut Connection, target: i64) -> Result<(), Fault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read inside the transaction: another process may have done it while this one waited.
    let from = version(&transaction)?;
    let mut reached = from;
    for step in all().into_iter().filter(|step| step.version > from && step.version <= target) {
        transaction.execute_batch(step.sql)?;
        reached = step.version;
    }
    if reached > from {
        transaction.execute_batch(&format!(
            "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {reached}"
        ))?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_count_from_one_without_gaps() {
        let versions: Vec<_> = all().iter().map(|step| step.version).collect();
        let counted: Vec<_> = (1..=newest()).collect();
        assert_eq!(versions, counted);
    }

    #[test]
    fn every_older_version_becomes_the_newest() {
        let schema = |connection: &Connection| -> Vec<String> {
            let mut query = connection
                .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
                .unwrap();
            query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        };
        let mut fresh = Connection::open_in_memory().unwrap();
        migrate(&mut fresh, newest()).unwrap();
        for stop in 1..newest() {
            let mut old = Connection::open_in_memory().unwrap();
            migrate(&mut old, stop).unwrap();
            assert_eq!(version(&old).unwrap(), stop);
            migrate(&mut old, newest()).unwrap();
            assert_eq!(version(&old).unwrap(), newest());
            assert_eq!(schema(&old), schema(&fresh));
        }
    }
}
