//! What the program tells the window without being asked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something changed; the window reads again what it shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// A file of the app changed on disk, by this program or by another.
    AppChanged {
        /// `AppView::id`.
        app: String,
        /// The files, relative to the app's folder.
        paths: Vec<String>,
    },
    /// A flow run moved on.
    FlowRunChanged {
        /// `FlowRunView::id`.
        flow_run: String,
        /// `AppView::id`.
        app: String,
    },
    /// An authorization moved on.
    AuthorizationChanged {
        /// `AuthorizationView::id`.
        authorization: String,
    },
    /// The list of an app's credentials changed.
    CredentialsChanged {
        /// `AppView::id`.
        app: String,
    },
    /// A callback arrived or was handled.
    InboxChanged {
        /// `AppView::id`.
        app: String,
    },
    /// The list of servers, or the state of the local one, changed.
    ServersChanged,
    /// The secret store was opened, or could not be.
    VaultChanged,
    /// Publishing began or finished a step that sends something.
    PublishProgress {
        /// `AppView::id`.
        app: String,
        /// `PublishStep::what`.
        what: String,
        /// Finished; otherwise begun.
        done: bool,
    },
    /// Something the user should know that belongs to no command, such as a port that had to change.
    Notice {
        /// In sentences.
        text: String,
        /// Whether it is about a failure.
        failed: bool,
    },
}
