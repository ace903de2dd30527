//! An authorization attempt as the window shows it.

use definition::CustomInput;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::run::Identity;

/// Where an attempt is: a visible list of steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AttemptPhase {
    /// In order.
    pub steps: Vec<AttemptStep>,
    /// The form to fill, while it is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub custom_inputs: Option<Vec<CustomInput>>,
    /// Whose credential it is, once saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub identity: Option<Identity>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub failure: Option<AttemptFailure>,
    /// What the author should know although the attempt went on.
    pub notices: Vec<String>,
    /// Nothing happens any more (but a retry of Identity).
    pub over: bool,
    /// `RetryIdentity` would call Identity again.
    pub can_retry_identity: bool,
}

/// Why an attempt failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AttemptFailure {
    /// A headline.
    pub title: String,
    /// What happened and what to do.
    pub description: String,
}

/// One step of an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AttemptStep {
    /// `page`, `redirect`, `token`, `inputs`, `identity` or `save`.
    pub key: String,
    /// How far it is.
    pub state: StepState,
    /// A sentence about it.
    pub sentence: String,
}

/// How far a step of an attempt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum StepState {
    Waiting,
    Running,
    Done,
    Failed,
}
