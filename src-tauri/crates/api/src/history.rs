//! Commands on the history of flow runs and calls, and what its entries are found by.

mod texts;

use std::time::Duration;

use crate::start::WeakApi;
use crate::types::{
    EntryRef, FindHistory, HistoryExtent, HistoryPage, Nothing, PinEntry, RenameEntry,
};
use crate::{Api, ApiError, flow_runs};

pub use texts::{of_call, of_messages};

/// Entries of a page.
const PAGE: usize = 100;
/// Characters of a name.
const MAX_NAME: usize = 200;
/// Entries of an older version that are made searchable at once, and the pause in which others get their turn.
const AT_ONCE: usize = 20;
const PAUSE: Duration = Duration::from_millis(20);

/// A page of what fits.
pub async fn find_history(api: &Api, request: FindHistory) -> Result<HistoryPage, ApiError> {
    let before = request.before;
    let filter = filter(request);
    let history = api.store().history();
    // One more than a page tells whether there is another.
    let mut entries = history.page(&filter, PAGE + 1, before)?;
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    Ok(HistoryPage { entries, more, not_searchable: count(history.not_indexed()?) })
}

/// How much fits.
pub async fn measure_history(api: &Api, request: FindHistory) -> Result<HistoryExtent, ApiError> {
    let extent = api.store().history().extent(&filter(request), PAGE)?;
    Ok(HistoryExtent { total: count(extent.total), marks: extent.marks })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn filter(request: FindHistory) -> store::HistoryFilter {
    store::HistoryFilter {
        app_id: request.app,
        kind: request.kind,
        text: request.text,
        in_errors: request.in_errors,
        action_key: request.action_key,
        function: request.function.map(|function| function.to_string()),
        status: request.status,
        from: request.from,
        to: request.to,
    }
}

/// Gives an entry a name.
pub async fn rename_entry(api: &Api, request: RenameEntry) -> Result<Nothing, ApiError> {
    let name = request.name.trim();
    let length = name.chars().count();
    if length > MAX_NAME {
        return Err(ApiError::invalid(format!(
            "the name has {length} characters: at most {MAX_NAME} fit"
        )));
    }
    api.store().history().rename(&request.entry, name)?;
    told(api, &request.entry)
}

/// Keeps an entry however old it gets, or no longer.
pub async fn pin_entry(api: &Api, request: PinEntry) -> Result<Nothing, ApiError> {
    api.store().history().pin(&request.entry, request.pinned)?;
    told(api, &request.entry)
}

/// Deletes a run with its timeline and calls, or a call by itself.
pub async fn delete_entry(api: &Api, request: EntryRef) -> Result<Nothing, ApiError> {
    api.store().history().delete(&request.entry)?;
    Ok(Nothing {})
}

fn told(api: &Api, entry: &str) -> Result<Nothing, ApiError> {
    if let Some(row) = api.store().history().get(entry)? {
        flow_runs::tell(api, &row.id, &row.app_id);
    }
    Ok(Nothing {})
}

/// Makes searchable what an older version left, bit by bit, until there is no more of it or the program ends.
pub fn index_older(api: WeakApi) {
    tokio::spawn(async move {
        while let Some(running) = api.get() {
            let step = move || running.store().history().index_older(AT_ONCE, texts::of_older);
            match tokio::task::spawn_blocking(step).await {
                Ok(Ok(0)) => return,
                Ok(Ok(_)) => tokio::time::sleep(PAUSE).await,
                Ok(Err(error)) => return tracing::warn!("the history cannot be indexed: {error}"),
                Err(error) => return tracing::warn!("the history cannot be indexed: {error}"),
            }
        }
    });
}
