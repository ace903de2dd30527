//! Everything Stepsmith can do, as commands without a window.
//!
//! [`Api`] joins the crates that do not know each other: app folders, flow runs, script workers, the callback gateway, the
//! database, secrets, servers. A command is one async function `(&Api, Request) -> Result<Answer, ApiError>` in the file
//! of its subject, listed in [`command`]; the desktop shell and the command line call nothing else. [`Host`] is what the
//! program around it does in return.
//!
//! A flow run moves in [`flow_runs`]: every event is applied to the state machine of crate `flow`, the result is saved, and
//! only then is anything done. Callbacks come in through [`callbacks`]: stored first, handled second.

mod apps;
mod authentication;
mod authorizations;
pub mod bindings;
mod callbacks;
mod calls;
mod clock;
pub mod command;
mod comparison;
mod credentials;
mod diagrams;
mod error;
mod exchanges;
mod flow_runs;
mod function_zips;
mod history;
mod host;
mod inbox;
mod instance;
pub mod limits;
mod local_server;
mod outgoing;
mod pruning;
mod publishing;
mod redaction;
mod redirect;
mod samples;
mod server_tester;
mod services_switch;
mod settings;
mod start;
pub mod types;
mod vault;
mod watch;
mod words;

pub use command::dispatch;
pub use credentials::variable as secret_variable;
pub use error::{ApiError, ErrorCode};
pub use host::Host;
pub use start::{Api, Options, StartError};
pub use types::Event;
pub use words::word;

/// A program that stands in for a person in front of the sample services' pages.
pub use services::visitor;

/// For programs without a window: the local server and the sample services by themselves.
pub mod headless;
