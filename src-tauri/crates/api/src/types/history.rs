//! The history of flow runs and calls.

use definition::FunctionKind;
use serde::{Deserialize, Serialize};
use store::{HistoryKind, HistoryRow};
use ts_rs::TS;

/// Looks for flow runs, and for calls that were made outside of one. All of what is given has to fit.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct FindHistory {
    /// `AppView::id`; absent = any app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub app: Option<String>,
    /// Runs, or calls by themselves; absent = both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub kind: Option<HistoryKind>,
    /// Part of any text that went in or out or was logged, of the name, title, key, id or account, or of an error, whatever
    /// the case; empty = any.
    #[serde(default)]
    pub text: String,
    /// `text` is looked for in errors alone.
    #[serde(default)]
    pub in_errors: bool,
    /// `Action::key`; absent = any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub action_key: Option<String>,
    /// A function that was called; absent = any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub function: Option<FunctionKind>,
    /// running, waiting, completed, cancelled or failed; absent = any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub status: Option<String>,
    /// It began at this time or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub from: Option<i64>,
    /// It began before this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub to: Option<i64>,
    /// The place (`HistoryRow::seq`) of the last entry of the page before; absent = the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub before: Option<i64>,
}

/// A page of the history, newest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct HistoryPage {
    /// At most 100 entries.
    pub entries: Vec<HistoryRow>,
    /// There are older ones: ask with `before` = the place of the last one here.
    pub more: bool,
    /// Entries from an older version that no search for text finds yet; they are made ready in the background.
    pub not_searchable: u32,
}

/// How long the list is that a search has, and where its pages begin.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct HistoryExtent {
    /// Entries that fit.
    pub total: u32,
    /// What to give as `before` for the second page, the third, and so on.
    #[ts(type = "Array<number>")]
    pub marks: Vec<i64>,
}

/// Names an entry of the history.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EntryRef {
    /// `HistoryRow::id`.
    pub entry: String,
}

/// Gives an entry of the history a name to know it by.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RenameEntry {
    /// `HistoryRow::id`.
    pub entry: String,
    /// At most 200 characters; empty = none any more.
    pub name: String,
}

/// Keeps an entry of the history however old it gets, or no longer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PinEntry {
    /// `HistoryRow::id`.
    pub entry: String,
    /// Whether it is kept.
    pub pinned: bool,
}
