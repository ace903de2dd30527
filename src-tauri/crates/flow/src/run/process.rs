//! The created step and what has become of it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::event::{Callback, EndStatus};
use super::forms::FormLoop;
use super::view::{ChatItem, PendingUrl, Problem};

/// The created step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Process {
    pub title: String,
    pub description: Option<String>,
    /// At least one; exactly one for all but actions.
    pub steps: Vec<Step>,
    pub declared: Vec<Value>,
    /// By key, the later one wins.
    pub provided: Map<String, Value>,
    pub chat: Vec<ChatItem>,
    /// `output.state` of a trigger.
    pub state: Option<String>,
    /// When a trigger was switched on, ms since 1970.
    pub activated_at: Option<i64>,
    pub started_flows: Vec<Value>,
}

/// One step: an assignee's of an action, or the only one of another process.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Step {
    pub assignee: Option<StepAssignee>,
    pub buttons: Vec<Button>,
    pub order_number: Option<f64>,
    /// What Action gets before forms are merged into it.
    pub input: Map<String, Value>,
    /// One for each click or start; the last is current, all of them name this step.
    pub callbacks: Vec<Callback>,
    pub attempts: u32,
    pub forms: FormLoop,
    /// The last form is to be filled.
    pub asking: bool,
    pub wake_at: Option<i64>,
    pub open_url: Option<PendingUrl>,
    /// Action left the decision to a callback.
    pub awaiting: bool,
    /// Action failed: nothing goes on by itself.
    pub failed: bool,
    pub problem: Option<Problem>,
    pub decided: Option<EndStatus>,
}

/// Whose step it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StepAssignee {
    User { id: String, name: String },
    Role { id: String },
}

/// What the assignee can click.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Button {
    pub title: String,
    pub style: String,
    pub input: Map<String, Value>,
}

impl Step {
    /// From here on nothing changes.
    pub fn decide(&mut self, status: EndStatus) {
        self.decided = Some(status);
        self.asking = false;
        self.wake_at = None;
        self.open_url = None;
        self.awaiting = false;
        self.failed = false;
        self.problem = None;
    }

    /// Steps without a number come first.
    fn order(&self) -> f64 {
        self.order_number.unwrap_or(0.0)
    }
}

impl Process {
    /// Which step `token` names.
    pub fn step_of_token(&self, token: &str) -> Option<usize> {
        self.steps
            .iter()
            .position(|step| step.callbacks.iter().any(|callback| callback.token == token))
    }

    /// Steps of a lower order number are not completed yet.
    pub fn is_blocked(&self, index: usize) -> bool {
        let order = self.steps.get(index).map_or(0.0, Step::order);
        self.steps
            .iter()
            .any(|other| other.order() < order && other.decided != Some(EndStatus::Completed))
    }

    /// How the whole ends, once every step is decided: cancelled when one of them is.
    pub fn end(&self) -> Option<EndStatus> {
        if self.steps.iter().any(|step| step.decided.is_none()) {
            return None;
        }
        let cancelled = self.steps.iter().any(|step| step.decided == Some(EndStatus::Cancelled));
        Some(if cancelled { EndStatus::Cancelled } else { EndStatus::Completed })
    }
}
