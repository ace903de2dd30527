//! One call run twice: here, and on Node.

use runner::CallReport;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::CallView;

/// Both runs, side by side, with secrets masked.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Comparison {
    /// The run in the bundled runtime, kept like any other call.
    pub call: CallView,
    /// What the run on Node left behind; its HTTP answers are the recorded ones.
    pub node: CallReport,
    /// As Node names itself, such as `v20.20.2`.
    pub node_version: String,
    /// Where the two differ; empty = nowhere that is compared.
    pub differences: Vec<Difference>,
    /// What should be known when reading the differences.
    pub notes: Vec<String>,
}

/// One difference between the bundled runtime and Node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Difference {
    /// In what.
    pub part: ComparedPart,
    /// Where in it: a JSON pointer (RFC 6901), a line of the log, a request and what of it.
    pub place: String,
    /// In the bundled runtime; absent = not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub here: Option<String>,
    /// On Node; absent = not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub node: Option<String>,
}

/// What is compared of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ComparedPart {
    /// How the call ended, and the value returned.
    Output,
    /// Why it failed, and where.
    Failure,
    /// What it wrote to the console.
    Log,
    /// What it asked for over HTTP.
    Requests,
}
