//! Flow runs, calls, the inbox.

use definition::{ActionType, Diagnostic, FunctionKind};
use flow::run::RunView;
use flow::timeline::Message;
use runner::{CallReport, Limits};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use super::{CredentialView, MetLimit, ShownError};

/// What the Creator says when adding the step (contract chapter 6, `context`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct CreatorContext {
    /// The step's title; for actions of type ACTION.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub title: Option<String>,
    /// The step's description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub description: Option<String>,
    /// Who the step is for: `{user: {id, name, email?, phone_number?}}` or `{role: {id}}`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<flow::run::Assignee>>")]
    pub assignees: Vec<flow::run::Assignee>,
}

/// Adds the app to a workspace: the start of a flow run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StartFlow {
    /// `AppView::id`.
    pub app: String,
    /// `Action::key`.
    pub action_key: String,
    /// What the Creator says; a sensible example when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub context: Option<CreatorContext>,
}

/// Names a flow run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FlowRunRef {
    /// `FlowRunView::id`.
    pub flow_run: String,
}

/// Reads a flow run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReadFlowRun {
    /// `FlowRunView::id`.
    pub flow_run: String,
    /// How many messages of the timeline the caller has already: the answer holds those after them. A timeline only grows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub after: Option<u32>,
}

/// Goes on with an account that is there already.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChooseCredential {
    /// `FlowRunView::id`.
    pub flow_run: String,
    /// `CredentialView::id`.
    pub credential: String,
}

/// The form that Build asks for, filled in by the Creator.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SubmitForm {
    /// `FlowRunView::id`.
    pub flow_run: String,
    /// Value by key, in the shapes of contract chapter 7.
    #[ts(type = "Record<string, unknown>")]
    pub values: Map<String, Value>,
}

/// The form that Action asks for, filled in by the Assignee.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SubmitStepForm {
    /// `FlowRunView::id`.
    pub flow_run: String,
    /// Index of the step, from 0.
    pub step: u32,
    /// Value by key, in the shapes of contract chapter 7.
    #[ts(type = "Record<string, unknown>")]
    pub values: Map<String, Value>,
}

/// A step of a flow run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StepRef {
    /// `FlowRunView::id`.
    pub flow_run: String,
    /// Index of the step, from 0.
    pub step: u32,
}

/// Calls the function that failed again with what it got last.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RetryCall {
    /// `FlowRunView::id`.
    pub flow_run: String,
    /// Index of the step whose Action is meant; absent = Build, or the only failed step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub step: Option<u32>,
}

/// A flow template's role is filled by a person.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AssignRole {
    /// `FlowRunView::id`.
    pub flow_run: String,
    /// The role's id.
    pub role: String,
    /// Who fills it.
    pub user: flow::run::User,
}

/// What is wrong with a form's values, beside the run as it stands.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FormAnswer {
    /// The flow run after the form went in, or as it was when the form was refused.
    pub run: FlowRunView,
    /// Why the form was refused, input by input; empty = it went in.
    pub problems: Vec<FormProblem>,
}

/// What is wrong with one input's value (contract chapter 7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormProblem {
    /// The input's key.
    pub key: String,
    /// In a sentence.
    pub message: String,
}

/// Back to an earlier form of the build loop.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BackToForm {
    /// `FlowRunView::id`.
    pub flow_run: String,
    /// Index of the form, from 0.
    pub form: u32,
}

/// The Assignee clicks a button.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ClickButton {
    /// `FlowRunView::id`.
    pub flow_run: String,
    /// Index of the step, from 0.
    pub step: u32,
    /// Index of the button in the step, from 0.
    pub button: u32,
}

/// The client opens the page of an `open_url` event.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OpenUrl {
    /// `FlowRunView::id`.
    pub flow_run: String,
    /// Index of the step, from 0.
    pub step: u32,
    /// `true` = in the system browser; `false` = the caller shows it in a webview of its own.
    pub in_browser: bool,
}

/// One life of a step, build to end.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FlowRunView {
    /// Names the flow run.
    pub id: String,
    /// `AppView::id`.
    pub app: String,
    /// `Action::key`.
    pub action_key: String,
    /// `Action::title`.
    pub action_title: String,
    /// What kind of process it is.
    pub action_type: ActionType,
    /// The account in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub credential: Option<CredentialView>,
    /// The state machine's own view: stage, form, step card, chat, what it waits for.
    pub view: RunView,
    /// The timeline, in order; of `read_flow_run`, from the message after `after` on.
    pub messages: Vec<Message>,
    /// A call or a request is under way.
    pub busy: bool,
    /// What went wrong last outside the functions (a lost worker, a refused refresh), until the next step.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub error: Option<ShownError>,
    /// The URL that redirects of this app and identity come back to.
    pub redirect_url: String,
    /// The URL that webhooks of this app and identity come in on.
    pub webhook_url: String,
    /// When it began.
    #[ts(type = "number")]
    pub created_at: i64,
    /// When it last moved on.
    #[ts(type = "number")]
    pub updated_at: i64,
}

/// A line in the list of flow runs.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FlowRunSummary {
    /// `FlowRunView::id`.
    pub id: String,
    /// `Action::key`.
    pub action_key: String,
    /// `Action::title`.
    pub action_title: String,
    /// Kept, however old it gets.
    pub pinned: bool,
    /// running, waiting, completed, cancelled or failed.
    pub status: String,
    /// authorization, build or run.
    pub stage: String,
    /// The account in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub display_id: Option<String>,
    /// When it began.
    #[ts(type = "number")]
    pub created_at: i64,
    /// When it last moved on.
    #[ts(type = "number")]
    pub updated_at: i64,
    /// When it ended and nothing was owed to it any more; absent = it is still alive.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub ended_at: Option<i64>,
}

/// Names a call.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CallRef {
    /// `CallView::id`.
    pub call: String,
}

/// One execution of one function, with secrets masked.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CallView {
    /// Names the call.
    pub id: String,
    /// Which function.
    pub function: FunctionKind,
    /// The flow run it belongs to, when it belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub flow_run: Option<String>,
    /// When it began.
    #[ts(type = "number")]
    pub started_at: i64,
    /// What `handler` got.
    #[ts(type = "unknown")]
    pub parameters: Value,
    /// What came of it.
    pub report: CallReport,
    /// Whether the return value fits the contract (chapter 11).
    pub diagnostics: Vec<Diagnostic>,
    /// What it could use; absent = not recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub limits: Option<Limits>,
    /// The limit that ended it; absent = none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub met_limit: Option<MetLimit>,
}

/// Runs one function by itself: the test-run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CallFunction {
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

/// Lists calls, the latest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ListCalls {
    /// `AppView::id`.
    pub app: String,
    /// Only those of one function.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub function: Option<FunctionKind>,
}

/// A line in the list of calls.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CallSummary {
    /// `CallView::id`.
    pub id: String,
    /// Which function.
    pub function: FunctionKind,
    /// When it began.
    #[ts(type = "number")]
    pub started_at: i64,
    /// Milliseconds it took.
    pub total_ms: f64,
    /// Returned a value.
    pub ok: bool,
}

/// A file for a form input of type `file`; kept, and served to functions on loopback.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct UploadFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime_type: String,
    /// Its content; at most 10 MB.
    pub base64: String,
}

/// A file that a function can fetch.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct UploadedFile {
    /// Its name.
    pub name: String,
    /// Where a function fetches it.
    pub url: String,
}

/// A callback as received.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct InboxEntry {
    /// Names the callback.
    pub id: String,
    /// `redirect` or `webhook`.
    pub source: String,
    /// HTTP method.
    pub method: String,
    /// Path and query, without the unguessable parts.
    pub path: String,
    /// Content-Type of the request, when it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub content_type: Option<String>,
    /// The body when it is text, with secrets masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub body_text: Option<String>,
    /// Bytes of the body.
    #[ts(type = "number")]
    pub body_bytes: u64,
    /// When it arrived.
    #[ts(type = "number")]
    pub received_at: i64,
    /// received, running, decided, ignored or failed.
    pub state: String,
    /// The flow run it decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub flow_run: Option<String>,
    /// The call that handled it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub call: Option<String>,
    /// Why it decided nothing, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub note: Option<String>,
}
