//! What Stepsmith keeps that is not the author's source: one SQLite file.
//!
//! [`Store::open`] opens or creates it; each table has a file in this crate with its migrations, its row types and its
//! methods, reached from the store by the table's name: `store.flow_runs().get(id)`.
//!
//! Rules that hold for every table:
//!
//! * **Durable before answered.** WAL with `synchronous = FULL`: a method that returned `Ok` has reached the disk. A
//!   callback is answered only after [`Inbox::receive`] returned, so a power cut cannot lose what a sender believes delivered.
//! * **Writers do not deadlock.** A writing method is one transaction that starts IMMEDIATE. Another process may use the file
//!   at the same time; a writer waits up to five seconds for it, then fails with [`StoreError::Locked`].
//! * **No clock.** Times are arguments, in milliseconds since 1970.
//! * **No plain secrets.** Columns called `sealed` hold what the caller has encrypted; parameters and reports of calls arrive
//!   redacted. Inbox rows are as received, because the functions need them so: the file is readable by its owner alone.
//! * **A file this version does not understand is left alone.** Newer, foreign, broken: a named error, and no byte is changed.
//!
//! Methods block for about the time of one disk sync; call them where that is fine.

mod app_limits;
mod apps;
mod bindings;
mod calls;
mod connection;
mod credentials;
mod error;
mod files;
mod flow_runs;
mod history;
mod inbox;
mod messages;
mod migrate;
mod pruning;
mod publications;
mod secret_values;
mod settings;
mod snapshots;
mod tokens;
mod values;

pub use app_limits::{AppLimits, AppLimitsTable};
pub use apps::{AppRow, Apps};
pub use bindings::{BindingRow, Bindings};
pub use calls::{CallRow, Calls, StoredCall};
pub use connection::Store;
pub use credentials::{
    CredentialKind, CredentialRow, CredentialState, Credentials, NewCredential, Saved,
};
pub use error::StoreError;
pub use files::{FileRow, Files};
pub use flow_runs::{FlowRunChange, FlowRunRow, FlowRuns, NewFlowRun, StoredFlowRun};
pub use history::{
    Extent, History, HistoryFilter, HistoryKind, HistoryRow, Older, OlderCall, Texts,
};
pub use inbox::{
    CallbackEnd, CallbackSource, CallbackState, Inbox, InboxRow, NewCallback,
    Outcome as CallbackOutcome,
};
pub use messages::MessageRow;
pub use pruning::{Keep, Pruned};
pub use publications::{NewPublication, PublicationRow, Publications};
pub use secret_values::SecretValues;
pub use settings::Settings;
pub use snapshots::{KEPT_PER_FILE, SnapshotRow, Snapshots};
