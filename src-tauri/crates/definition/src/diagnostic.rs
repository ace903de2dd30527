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

impl Diagnostic {
    /// An error of `rule` at `path`.
    pub fn error(
        rule: impl Into<String>,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Error,
            rule: rule.into(),
            path: path.into(),
            message: message.into(),
            expected: None,
            nearest: None,
            file: None,
            line: None,
            column: None,
        }
    }

    /// A warning of `rule` at `path`.
    pub fn warning(
        rule: impl Into<String>,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, path, message) }
    }

    /// The same, saying what was expected.
    #[must_use]
    pub fn expecting(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// The same, with the known name that was probably meant, if there is one.
    #[must_use]
    pub fn nearest_to(mut self, nearest: Option<&str>) -> Self {
        self.nearest = nearest.map(str::to_owned);
        self
    }

    /// The same, in `file` (relative to the app's folder).
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// The same, at a line and column of its file, both from 1.
    #[must_use]
    pub fn at(mut self, line: u32, column: u32) -> Self {
        self.line = Some(line);
        self.column = Some(column);
        self
    }
}
