//! One call run twice: here, and on Node.

use runner::CallReport;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use definition::FunctionKind;

use super::CallView;

/// Runs one function in the bundled runtime and then, with the recorded HTTP answers, on the Node of this machine.
///
/// Refused with `refused` when there is no usable `node` on the PATH.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CompareCall {
    /// `AppView::id`.
    pub app: String,
    /// Which function.
    pub function: FunctionKind,
    /// What `handler` gets; `credential` and `identity` are added when `credential` names one.
    #[ts(type = "Record<string, unknown>")]
    pub parameters: Map<String, Value>,
    /// `CredentialView::id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub credential: Option<String>,
}

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
