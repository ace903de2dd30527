//! A flow run as the window shows it.

use definition::{ActionType, FunctionKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use super::event::{EndStatus, OpenType};
use crate::timeline::Stage;

/// Everything the preview draws.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RunView {
    /// Key of the app's action.
    pub action_key: String,
    /// Its type.
    pub action_type: ActionType,
    /// The part of its life the step is in.
    pub stage: Stage,
    /// In one word.
    pub status: RunStatus,
    /// Who has to do what next; absent when the run is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub waiting_for: Option<WaitingFor>,
    /// The account in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub identity: Option<Identity>,
    /// Build's current form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub form: Option<FormView>,
    /// The created step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub card: Option<StepCard>,
    /// What the workspace's conversation shows, in order.
    pub chat: Vec<ChatItem>,
    /// What went wrong last and has not been tried again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub problem: Option<Problem>,
    /// What the author should know although the run went on.
    pub notices: Vec<String>,
    /// `Retry` would call the function again.
    pub can_retry: bool,
    /// Declared by Build, with the value when Action (or a callback) provided it.
    pub variables: Vec<VariableView>,
    /// What a trigger found: one entry for each started flow.
    #[ts(type = "unknown[]")]
    pub started_flows: Vec<Value>,
}

/// A run in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// A function or a refresh is running.
    Running,
    /// Somebody outside has to act.
    Waiting,
    /// Over.
    Completed,
    /// Over.
    Cancelled,
    /// The last call failed; it can be tried again.
    Failed,
}

/// Who has to do what next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum WaitingFor {
    /// The Creator authorizes or chooses an account.
    Credential,
    /// A call to return.
    Call {
        /// Which function.
        function: FunctionKind,
    },
    /// The provider to refresh the token.
    TokenRefresh,
    /// The Creator fills Build's form.
    Form,
    /// The process to be started ([`super::Effect::StartProcess`]).
    Start,
    /// The Assignee clicks a button.
    Button,
    /// The Assignee fills Action's form.
    StepForm,
    /// The page to come back, or the external service to call.
    Callback {
        /// The redirect URL was handed out.
        redirect: bool,
        /// The webhook URL was handed out.
        webhook: bool,
    },
    /// The time to call Action again.
    Time {
        /// ms since 1970.
        #[ts(type = "number")]
        at: i64,
    },
    /// The next poll of a trigger.
    Poll,
    /// The author, to change the function and try again.
    Retry,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Identity {
    /// The key of the saved credential.
    pub unique_id: String,
    /// What the Creator sees.
    pub display_id: String,
}

/// A form that Build (or Action) asks to be filled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FormView {
    /// Which form of the loop, from 0; as many earlier ones can be reopened.
    pub index: usize,
    /// `output.form` as returned (contract chapter 7).
    #[ts(type = "unknown[]")]
    pub inputs: Vec<Value>,
    /// The client may show its last button as "done".
    pub no_more_forms: bool,
    /// What was entered before for the keys of this form; survives going back and calling again.
    #[ts(type = "Record<string, unknown>")]
    pub values: Map<String, Value>,
    /// Sent; the function is at it.
    pub submitted: bool,
    /// Why parts of it cannot be drawn.
    pub problems: Vec<String>,
}

/// The created step as the Moxo client would show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct StepCard {
    /// Headline.
    pub title: String,
    /// Below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub description: Option<String>,
    /// One for each entry of `output.action.steps`; exactly one, without buttons, for the other types.
    pub steps: Vec<StepView>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub status: Option<EndStatus>,
}

/// One step of the card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct StepView {
    /// Name of the person, or the role's or unknown person's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub assignee: Option<String>,
    /// Id of the person or the role: two people may have one name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub assignee_id: Option<String>,
    /// The assignee is a role that nobody fills yet.
    #[serde(default)]
    pub is_role: bool,
    /// To click.
    pub buttons: Vec<ButtonView>,
    /// Steps with equal numbers run in parallel, higher ones wait; a missing one counts as 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub order_number: Option<f64>,
    /// Its turn, undecided and no call running: the buttons work.
    pub open: bool,
    /// Waits for steps of a lower order number.
    pub blocked: bool,
    /// How it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub status: Option<EndStatus>,
    /// Who has to do what next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub waiting_for: Option<WaitingFor>,
    /// The form that Action asks the Assignee to fill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub form: Option<FormView>,
    /// The page the Assignee is asked to open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub open_url: Option<PendingUrl>,
    /// What went wrong last in this step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub problem: Option<Problem>,
    /// How often Action was called as `context.attempts` counts.
    pub attempts: u32,
    /// The current callback token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub token: Option<String>,
}

/// A button of a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ButtonView {
    /// Its words.
    pub title: String,
    /// `default` or `branding`.
    pub style: String,
    /// What Action gets as `input`.
    #[ts(type = "Record<string, unknown>")]
    pub input: Map<String, Value>,
}

/// A page to open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PendingUrl {
    /// The page.
    pub url: String,
    /// How.
    pub open_type: OpenType,
    /// Opened at least once.
    pub opened: bool,
}

/// Something that went wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Problem {
    /// When, ms since 1970.
    #[ts(type = "number")]
    pub at: i64,
    /// What it is.
    pub kind: ProblemKind,
    /// Which function.
    pub function: FunctionKind,
    /// A headline.
    pub title: String,
    /// What happened and what to do.
    pub description: String,
    /// The stack, when the function threw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub stack: Option<String>,
    /// The call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub call: Option<String>,
    /// The framework would show it to the Creator or Assignee; `false` = only the author sees it.
    pub shown_to_user: bool,
}

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// The function returned `error`.
    Error,
    /// The function threw, timed out, or returned what cannot be used.
    Failure,
    /// The token could not be refreshed.
    Refresh,
}

/// One item of the workspace's conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ChatItem {
    /// `send_message`.
    Message {
        /// ms since 1970.
        #[ts(type = "number")]
        at: i64,
        /// What it says.
        text: String,
    },
    /// `upload_attachment`.
    Attachment {
        /// ms since 1970.
        #[ts(type = "number")]
        at: i64,
        /// Names it in the run.
        #[ts(type = "number")]
        id: u64,
        /// Its name.
        file_name: String,
        /// Its type.
        mime_type: String,
        /// How far it is.
        state: AttachmentState,
    },
    /// `error`, where the framework shows it.
    Error {
        /// ms since 1970.
        #[ts(type = "number")]
        at: i64,
        /// A headline.
        title: String,
        /// In full.
        description: String,
    },
    /// A step was decided.
    Status {
        /// ms since 1970.
        #[ts(type = "number")]
        at: i64,
        /// From 0.
        step: usize,
        /// How.
        status: EndStatus,
        /// `output.message` of an automation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        message: Option<String>,
    },
}

/// How far an attachment is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AttachmentState {
    /// On its way.
    Fetching,
    /// There.
    Uploaded {
        /// Bytes.
        #[ts(type = "number")]
        size: u64,
    },
    /// Not there.
    Failed {
        /// Why.
        message: String,
    },
}

/// A variable the step provides to later steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct VariableView {
    /// Its key.
    pub key: String,
    /// As Build declared it; absent = never declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "unknown")]
    pub declared: Option<Value>,
    /// As Action or a callback provided it, header values masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "unknown")]
    pub provided: Option<Value>,
}
