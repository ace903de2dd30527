//! What goes into a flow run, and what comes out of it.

use definition::{FunctionKind, NameValue};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use crate::timeline::Message;

/// What a flow run starts from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    /// Which of the app's actions.
    pub action: definition::Action,
    /// What kind of authorization the app wants.
    pub authorization: AuthorizationKind,
    /// `context.title` of an action; the action's own title when absent.
    #[serde(default)]
    pub title: Option<String>,
    /// `context.description` of an action.
    #[serde(default)]
    pub description: Option<String>,
    /// `context.assignees` of an action.
    #[serde(default)]
    pub assignees: Vec<Assignee>,
}

/// What kind of authorization an app wants (contract chapter 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AuthorizationKind {
    /// No credential.
    None,
    /// OAuth 2.0, whose tokens can be refreshed.
    #[serde(rename = "oauth2")]
    OAuth2,
    /// OAuth 1.0.
    #[serde(rename = "oauth1")]
    OAuth1,
    /// A form of the app's own.
    Custom,
}

impl AuthorizationKind {
    /// What `authentication` asks for.
    pub fn of(authentication: &definition::Authentication) -> Self {
        if authentication.oauth2.is_some() {
            Self::OAuth2
        } else if authentication.oauth1.is_some() {
            Self::OAuth1
        } else if authentication.custom.is_some() {
            Self::Custom
        } else {
            Self::None
        }
    }
}

/// One entry of `context.assignees` (contract chapter 6).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Assignee {
    /// A person.
    User(User),
    /// A role of a flow template, filled when the flow starts.
    Role(Role),
}

/// A person who acts on steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub struct User {
    pub id: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub phone_number: Option<String>,
}

/// A role of a flow template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub struct Role {
    pub id: String,
}

/// `callback` as Action gets it (contract chapter 8).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Callback {
    /// A fresh uuid for each click and each started process.
    pub token: String,
    /// The app's redirect URL; passed on for actions only. Absent = the app has no Redirect function.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub redirect: Option<String>,
    /// The app's webhook URL. Absent = the app has no Webhook function.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub webhook: Option<String>,
}

/// Why a call gave no return value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CallFailure {
    /// `TypeError: x is not a function`, `Time-out after 30 s` …
    pub message: String,
    /// The stack, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub stack: Option<String>,
}

impl CallFailure {
    /// A failure without a stack.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), stack: None }
    }
}

/// One HTTP exchange that a function had while it ran.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// GET, POST …
    pub method: String,
    /// The request's URL. Only host and path are recorded.
    pub url: String,
    /// Absent = no answer.
    pub status: Option<u16>,
    /// When it was sent, ms since 1970.
    pub started_at: i64,
    /// How long until the whole answer was there, or until it failed, ms.
    pub duration_ms: i64,
    /// The request's URL or body held the run's webhook URL: it registers the webhook.
    pub carried_webhook_url: bool,
}

/// Which callback it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CallbackSource {
    /// A GET on the redirect URL (contract chapter 9).
    Redirect,
    /// A request on the webhook URL (contract chapter 10).
    Webhook,
}

impl CallbackSource {
    /// The function that handles it.
    pub fn function(self) -> FunctionKind {
        match self {
            Self::Redirect => FunctionKind::Redirect,
            Self::Webhook => FunctionKind::Webhook,
        }
    }
}

/// What came of a fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchedFile {
    /// Bytes.
    pub size: u64,
    /// What the answer's Content-Type said.
    pub mime_type: Option<String>,
}

/// What happens to a flow run.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The Creator has an account. The messages of the attempt that made it stand in the timeline already.
    CredentialChosen {
        /// The key of the saved credential.
        unique_id: String,
        /// What the Creator sees.
        display_id: String,
        /// Just authorized for this run; `false` = chosen from the saved accounts.
        fresh: bool,
    },
    /// The call of [`Effect::Call`] is over.
    CallReturned {
        /// From the effect.
        ticket: u64,
        /// The recorded call.
        call_id: String,
        /// The whole return value (`{output, error, directive}`), or why there is none.
        result: Result<Value, CallFailure>,
        /// What the function did over HTTP meanwhile.
        exchanges: Vec<Exchange>,
    },
    /// The refresh of [`Effect::RefreshToken`] is over.
    TokenRefreshed {
        /// From the effect.
        ticket: u64,
        /// Or why not, in the provider's words.
        result: Result<(), String>,
    },
    /// The Creator filled the form that Build asked for.
    FormAnswered {
        /// By key.
        values: Map<String, Value>,
    },
    /// The Creator goes back to an earlier form of Build.
    FormReopened {
        /// From 0.
        index: usize,
    },
    /// The Assignee filled the form that Action asked for.
    StepFormAnswered {
        /// From 0.
        step: usize,
        /// By key.
        values: Map<String, Value>,
    },
    /// A flow template's role is filled by a person.
    RoleAssigned {
        /// The role.
        role: String,
        /// Who fills it.
        user: User,
    },
    /// The Assignee clicks.
    ButtonClicked {
        /// From 0.
        step: usize,
        /// From 0.
        button: usize,
        /// With a fresh token.
        callback: Callback,
    },
    /// The step of an automation, await or trigger starts: the answer to [`Effect::StartProcess`].
    ProcessStarted {
        /// With a fresh token.
        callback: Callback,
    },
    /// The time of [`Effect::WakeAt`] has come, or the author does not want to wait for it. Polls a trigger.
    Woken {
        /// From 0; 0 for all but actions.
        step: usize,
    },
    /// The client opened the page of [`Effect::OpenUrl`].
    UrlOpened {
        /// From 0.
        step: usize,
    },
    /// The fetch of [`Effect::FetchAttachment`] is over. Welcome after the end of the run too.
    AttachmentFetched {
        /// From the effect.
        attachment: u64,
        /// Or why not.
        result: Result<FetchedFile, String>,
    },
    /// Redirect or Webhook was called for a callback.
    ///
    /// The return value's `callback.token` names the step ([`super::callback_token`]). A failed call, or a return value without
    /// a token, is recorded in the timeline of a run it is given to and decides nothing.
    CallbackReturned {
        /// Which callback.
        source: CallbackSource,
        /// The stored callback.
        inbox_id: String,
        /// When it arrived, ms since 1970.
        received_at: i64,
        /// The function's `input`, for the timeline.
        request: Value,
        /// The recorded call.
        call_id: String,
        /// The whole return value (`{output, error, callback}`), or why there is none.
        result: Result<Value, CallFailure>,
        /// What the function did over HTTP meanwhile.
        exchanges: Vec<Exchange>,
    },
    /// Call the function again with what it got last, after the author changed it.
    Retry {
        /// Which step's Action; `None` = Build while the step is not created, else the only or first failed step.
        step: Option<usize>,
    },
    /// The run is given up.
    Cancel,
}

/// Headers that print their names only: they carry access tokens.
#[derive(Clone, Default, PartialEq)]
pub struct Headers(pub Vec<NameValue>);

impl std::fmt::Debug for Headers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|header| &header.name)).finish()
    }
}

/// What a flow run wants done, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Append to the run's timeline.
    Record(Message),
    /// Call Build or Action, then send [`Event::CallReturned`].
    Call {
        /// To give back.
        ticket: u64,
        /// Build or Action.
        function: FunctionKind,
        /// Without `credential` and `identity`: the caller adds them.
        parameters: Map<String, Value>,
    },
    /// Refresh the credential's token, then send [`Event::TokenRefreshed`].
    RefreshToken {
        /// To give back.
        ticket: u64,
    },
    /// The step exists and starts by itself: send [`Event::ProcessStarted`].
    StartProcess,
    /// Fetch a file, then send [`Event::AttachmentFetched`].
    FetchAttachment {
        /// To give back.
        attachment: u64,
        /// The name it gets.
        file_name: String,
        /// The type it gets.
        mime_type: String,
        /// Where it is.
        url: String,
        /// To send along; kept nowhere in the run.
        headers: Headers,
    },
    /// Show a page to the Assignee.
    OpenUrl {
        /// From 0.
        step: usize,
        /// The page.
        url: String,
        /// How.
        open_type: OpenType,
    },
    /// Send [`Event::Woken`] at this time.
    WakeAt {
        /// From 0.
        step: usize,
        /// ms since 1970.
        at: i64,
    },
    /// A trigger found something: one flow starts with these variables.
    StartFlow {
        /// `{variables: […]}` as the function returned it, header values masked.
        group: Value,
    },
    /// The run is over. Attachments may still be on their way ([`super::FlowRun::outstanding`]).
    Ended {
        /// How.
        status: EndStatus,
    },
}

/// How a page is shown (contract chapter 8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OpenType {
    /// A new tab.
    #[default]
    Redirect,
    /// Inside the client.
    Webview,
}

/// How a step, and a run, ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum EndStatus {
    Completed,
    Cancelled,
}

/// Why an event changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The run is over.
    #[error("the run is over ({0:?}): nothing changes any more")]
    Ended(EndStatus),
    /// The step named by a callback is decided.
    #[error("step {step} is already {status:?}: the callback changes nothing")]
    AlreadyDecided {
        /// From 0.
        step: usize,
        /// How it was decided.
        status: EndStatus,
    },
    /// No step of this run has the token.
    #[error("callback.token names no step of this run")]
    UnknownToken,
    /// The answer of a call, refresh or fetch that nobody waits for (given up, or answered before).
    #[error("nobody waits for this answer: it was given up or has come before")]
    Stale,
    /// A function of this run or step is running.
    #[error("a call is running: wait for its answer")]
    Busy,
    /// The event does not fit where the run is.
    #[error("{0}")]
    NotNow(String),
}
