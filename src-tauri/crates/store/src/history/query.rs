//! Which entries fit, newest first.

use rusqlite::{Connection, ToSql};

use super::{HistoryFilter, grams, texts};
use crate::error::Fault;

/// Gives `each` the place of every entry that fits, newest first, until it returns false.
pub(super) fn walk(
    connection: &Connection,
    filter: &HistoryFilter,
    before: Option<i64>,
    mut each: impl FnMut(i64) -> bool,
) -> Result<(), Fault> {
    let text = grams::fold(&filter.text);
    let Some((first, last)) = places(connection, filter)? else { return Ok(()) };
    let before = before.unwrap_or(i64::MAX).min(last.saturating_add(1));
    let kind = filter.kind.map(super::HistoryKind::as_str);
    let function = filter.function.as_ref().map(|function| format!(" {function} "));
    let mut conditions = String::new();
    let mut values: Vec<(&str, &dyn ToSql)> = vec![(":before", &before), (":first", &first)];
    // A condition only where it is asked for.
    macro_rules! only {
        ($value:expr, $name:literal, $condition:literal) => {
            if let Some(value) = $value {
                conditions.push_str(concat!(" AND ", $condition));
                values.push(($name, value));
            }
        };
    }
    only!(&filter.from, ":from", "history.begun_at >= :from");
    only!(&filter.to, ":to", "history.begun_at < :to");
    let matched;
    let sql = if text.is_empty() {
        only!(&filter.app_id, ":app", "history.app_id = :app");
        only!(&kind, ":kind", "history.kind = :kind");
        only!(&filter.action_key, ":action", "history.action_key = :action");
        only!(&filter.status, ":status", "history.status = :status");
        only!(&function, ":function", "instr(history.functions, :function)");
        format!(
            "SELECT seq FROM history WHERE seq < :before AND seq >= :first{conditions} ORDER BY seq DESC"
        )
    } else {
        matched = terms(filter, &text);
        values.push((":terms", &matched));
        // The index gives its rows in the order of their numbers, which are the places.
        let times = if conditions.is_empty() {
            ""
        } else {
            " CROSS JOIN history ON history.seq = history_grams.rowid"
        };
        let (column, join) = if grams::is_exact(&text) && !filter.in_errors {
            ("NULL", "")
        } else {
            ("text", " CROSS JOIN history_text ON history_text.seq = history_grams.rowid")
        };
        format!(
            "SELECT history_grams.rowid, {column} FROM history_grams{times}{join}
            WHERE history_grams MATCH :terms AND history_grams.rowid < :before
              AND history_grams.rowid >= :first{conditions}
            ORDER BY history_grams.rowid DESC"
        )
    };
    let mut query = connection.prepare_cached(&sql)?;
    let compares = query.column_count() == 2;
    let mut rows = query.query(values.as_slice())?;
    while let Some(row) = rows.next()? {
        if compares
            && let Some(stored) = row.get_ref(1)?.as_str_or_null().map_err(rusqlite::Error::from)?
            && !texts::contains(stored, &text, filter.in_errors)
        {
            continue;
        }
        if !each(row.get(0)?) {
            break;
        }
    }
    Ok(())
}

/// The places between which everything is that began in the time that is asked for; `None` = nothing did. Entries stand in the
/// order they began, but for a clock that was set: so this narrows what is looked through, and each is compared all the same.
fn places(connection: &Connection, filter: &HistoryFilter) -> Result<Option<(i64, i64)>, Fault> {
    if filter.from.is_none() && filter.to.is_none() {
        return Ok(Some((i64::MIN, i64::MAX - 1)));
    }
    let sql = "SELECT min(seq), max(seq) FROM history INDEXED BY history_by_time WHERE begun_at >= ?1 AND begun_at < ?2";
    let times = (filter.from.unwrap_or(i64::MIN), filter.to.unwrap_or(i64::MAX));
    let (first, last): (Option<i64>, Option<i64>) =
        connection.prepare_cached(sql)?.query_row(times, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(first.zip(last))
}

/// The full-text query: what the text needs, and what the entry has to be.
fn terms(filter: &HistoryFilter, text: &str) -> String {
    let mut terms = grams::asked(text);
    let labels = [
        ('a', filter.app_id.as_deref()),
        ('k', filter.kind.map(super::HistoryKind::as_str)),
        ('t', filter.action_key.as_deref()),
        ('f', filter.function.as_deref()),
        ('s', filter.status.as_deref()),
        ('e', filter.in_errors.then_some("")),
    ];
    for (kind, value) in labels {
        terms.extend(value.map(|value| grams::label(kind, value)));
    }
    let quoted: Vec<String> = terms.iter().map(|term| format!("\"{term}\"")).collect();
    quoted.join(" AND ")
}
