//! What is wrong with an app or with a return value, and where (contract chapter 11).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Does not break anything today; worth a look.
    Warning,
    /// The framework would refuse it or do something else than meant.
    Error,
}

/// One finding: the rule, the place, what was expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Stable name of the rule, such as `form.key.duplicate`.
    pub rule: String,
    /// Where, as a path into the value: `output.form[2].props.options[0].value`, `actions[1].key`; empty = the whole.
    pub path: String,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What was expected there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub expected: Option<String>,
    /// The known name that was probably meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub nearest: Option<String>,
    /// The file it stands in, relative to the app's folder (`app.json`, `functions/build/index.js`), when it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub file: Option<String>,
    /// Line in `file`, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub line: Option<u32>,
    /// Column in `line`, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub column: Option<u32>,
}
