//! Servers, and publishing to them (contract chapter 13).

use secrets::Secret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A server that apps can be published to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ServerView {
    /// Names the server; `local` is the one that this program can run itself.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Origin with an optional path prefix; empty for the local server while it is off.
    pub url: String,
    /// The local server, run by this program.
    pub local: bool,
    /// The local server is on; always true for others.
    pub running: bool,
    /// An access token is kept for it.
    pub has_token: bool,
}

/// Remembers a server, or changes it when `id` is given.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SaveServer {
    /// `ServerView::id` to change one.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<String>,
    /// What people call it.
    pub name: String,
    /// Origin with an optional path prefix.
    pub url: String,
    /// Access token; absent = keep the one that is there.
    #[serde(default)]
    #[ts(optional, type = "string")]
    pub token: Option<Secret>,
}

/// Names a server.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ServerRef {
    /// `ServerView::id`.
    pub server: String,
}

/// An app and the server it goes to.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PublishTarget {
    /// `AppView::id`.
    pub app: String,
    /// `ServerView::id`.
    pub server: String,
}

/// What publishing would do.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PublishPlan {
    /// The app's id on the server; absent = it will be created.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub app_id: Option<String>,
    /// One line a part of the app.
    pub steps: Vec<PublishStep>,
    /// Findings that the server would refuse, from the app's own check.
    pub blockers: Vec<definition::Diagnostic>,
}

/// One part of the app and what becomes of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PublishStep {
    /// Such as `app`, `logo`, `authentication`, `functions/build`.
    pub what: String,
    /// What becomes of it.
    pub change: PublishChange,
    /// More on it, in a few words.
    pub detail: String,
}

/// What becomes of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum PublishChange {
    Create,
    Update,
    Unchanged,
    Delete,
}

/// Publishes an app.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Publish {
    /// `AppView::id`.
    pub app: String,
    /// `ServerView::id`.
    pub server: String,
    /// Also request a version under this label: the review that ends in deployment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub version_label: Option<String>,
}

/// What publishing did.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Published {
    /// The app's id on the server.
    pub app_id: String,
    /// What was done.
    pub steps: Vec<PublishStep>,
    /// The version requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub version_id: Option<String>,
    /// Its status, such as `APP_VERSION_STATUS_INITIAL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub version_status: Option<String>,
}
