//! The request and response types of every command, as the window and the command line see them.
//!
//! Each derives its TypeScript twin; times are milliseconds since 1970, ids are opaque text.

pub mod app;
pub mod authentication;
pub mod authorization;
pub mod comparison;
pub mod diagram;
pub mod event;
pub mod exchange;
pub mod flow_run;
pub mod history;
pub mod limits;
pub mod publishing;
pub mod settings;

pub use app::*;
pub use authentication::*;
pub use authorization::*;
pub use comparison::*;
pub use diagram::*;
pub use event::*;
pub use exchange::*;
pub use flow_run::*;
pub use history::*;
pub use limits::*;
pub use publishing::*;
pub use settings::*;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request or an answer without content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// Types of the crates below that stand in answers.
pub use definition::{CustomInput, Diagnostic, Severity};
pub use flow::run::view::StepView;
pub use store::AppLimits;
