//! Who said what to whom: the messages of the seed's diagrams, with payload and time.

mod mermaid;

use definition::FunctionKind;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

pub use mermaid::{Requests, mermaid};

/// The parties of the seed's diagrams (contract chapter 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Adds the step to a workspace.
    Creator,
    /// Acts on the step.
    Assignee,
    /// Renders forms, steps and pages.
    MoxoClient,
    /// Runs functions, keeps credentials.
    IntegrationFramework,
    /// Owns the step.
    MoxoServer,
    /// The app's counterpart.
    ExternalService,
}

impl Actor {
    /// The short name in the seed's Mermaid diagrams (`A`, the assignee, is not in the seed's).
    pub fn mermaid_id(self) -> &'static str {
        match self {
            Self::Creator => "C",
            Self::Assignee => "A",
            Self::MoxoClient => "CL",
            Self::IntegrationFramework => "IF",
            Self::MoxoServer => "S",
            Self::ExternalService => "ES",
        }
    }

    /// The name people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Creator => "Creator",
            Self::Assignee => "Assignee",
            Self::MoxoClient => "Moxo Client",
            Self::IntegrationFramework => "Integration Framework",
            Self::MoxoServer => "Moxo Server",
            Self::ExternalService => "External Service",
        }
    }

    fn is_person(self) -> bool {
        matches!(self, Self::Creator | Self::Assignee)
    }
}

/// The part of a step's life a message belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// From adding the app to a saved credential.
    Authorization,
    /// The form loop, up to the created step.
    Build,
    /// From the trigger to the end.
    Run,
}

/// The arrow of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// `->>`, a solid arrow.
    Request,
    /// `-->>`, a dashed arrow.
    Reply,
    /// `->`, a line without a head: the two have to do with each other.
    Line,
    /// `note over`.
    Note,
}

/// One message of a timeline.
///
/// Payloads never hold credentials: what is recorded of a request is its template, of a header its name, of a token what kind
/// it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Message {
    /// When, ms since 1970. A call's messages are recorded when it returns, so that those of calls that ran at once are not
    /// recorded in the order of their times: [`in_order`].
    #[ts(type = "number")]
    pub at: i64,
    /// Which part of the step's life.
    pub stage: Stage,
    /// Who speaks.
    pub from: Actor,
    /// Who is spoken to.
    pub to: Actor,
    /// Which arrow.
    pub kind: MessageKind,
    /// The seed's words, where the seed's diagrams have the message.
    pub label: String,
    /// What was said, masked; `null` = nothing worth showing.
    #[ts(type = "unknown")]
    pub payload: Value,
    /// The function call it tells of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub call: Option<String>,
    /// It is this call itself: the framework invokes the function.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub function: Option<FunctionKind>,
    /// What a function does over HTTP: the seed's diagrams leave it out, except for the registration of a webhook.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub detail: bool,
    /// Something went wrong here.
    pub failed: bool,
}

impl Message {
    /// A message without payload that did not fail.
    pub fn new(
        at: i64,
        stage: Stage,
        from: Actor,
        kind: MessageKind,
        to: Actor,
        label: impl Into<String>,
    ) -> Self {
        Self {
            at,
            stage,
            from,
            to,
            kind,
            label: label.into(),
            payload: Value::Null,
            call: None,
            function: None,
            detail: false,
            failed: false,
        }
    }

    /// The same with a payload.
    pub fn with(mut self, payload: Value) -> Self {
        self.payload = payload;
        self
    }

    /// The same, telling of a function call.
    pub fn of_call(mut self, call: impl Into<String>) -> Self {
        self.call = Some(call.into());
        self
    }

    /// The same, being a function call.
    pub fn invoking(mut self, function: FunctionKind, call: impl Into<String>) -> Self {
        self.function = Some(function);
        self.of_call(call)
    }

    /// The same, marked as not in the seed's diagrams when `detail`.
    pub fn detail_if(mut self, detail: bool) -> Self {
        self.detail = detail;
        self
    }

    /// The same, marked as failed when `failed`.
    pub fn failed_if(mut self, failed: bool) -> Self {
        self.failed = failed;
        self
    }
}

/// The words of messages. Those above the blank line are the seed's own.
#[expect(missing_docs, reason = "the texts are the documentation")]
pub mod label {
    pub const ADD_APP: &str = "Add app to workspace";
    pub const GET_AUTHENTICATION: &str = "Get app's authentication configuration";
    pub const AUTHENTICATION: &str = "Authentication configuration";
    pub const OPEN_AUTHORIZATION_PAGE: &str = "Open OAuth2 authorization web page";
    pub const AUTHENTICATE: &str = "Authenticate";
    pub const OAUTH2_REDIRECT: &str = "Redirect to OAuth2 redirect URL";
    pub const GET_TOKEN: &str = "Get OAuth2 token";
    pub const TOKEN: &str = "OAuth2 token";
    pub const ASK_INPUTS: &str = "Display a form to ask creator to provide input";
    pub const INPUTS: &str = "Inputs";
    pub const INVOKE_IDENTITY: &str = "Invoke identity function to get identity information";
    pub const SAVE_CREDENTIAL: &str = "Save credential";
    pub const INVOKE_BUILD: &str = "Invoke build function";
    pub const BUILD_RETURNS: &str = "Invoke build function and get return value";
    pub const RETURN_VALUE: &str = "Return value";
    pub const ASK_CREATOR: &str = "Ask creator to fill the form";
    pub const FORM_DATA: &str = "Form data";
    pub const INVOKE_BUILD_WITH_FORM: &str = "Invoke build function with form data";
    pub const CREATE_STEP: &str = "Create the step";
    pub const TRIGGERED: &str = "Process is triggered";
    pub const ACTION_RETURNS: &str = "Invoke action function and get return value";
    pub const COMPLETE_OR_CANCEL: &str = "Complete or cancel the action or automation";
    pub const EXTERNAL_URL: &str = "External URL with `Redirect URL` as parameter";
    pub const OPEN_EXTERNAL_URL: &str = "Open external URL";
    pub const DO_SOMETHING: &str = "Do something";
    pub const REDIRECT: &str = "Redirect to `Redirect URL`";
    pub const REGISTER_WEBHOOK: &str = "Register webhook";
    pub const FINISH_OPERATIONS: &str = "Finish asynchronous operations";
    pub const WEBHOOK: &str = "Send webhook request to `Webhook URL`";
    pub const REDIRECT_RETURNS: &str = "Invoke redirect function and get return value";
    pub const WEBHOOK_RETURNS: &str = "Invoke webhook function and get return value";
    pub const COMPLETE_OR_FAIL: &str = "Complete or fail the action or automation";

    pub const GET_OAUTH1_REQUEST_TOKEN: &str = "Get OAuth1 request token";
    pub const OAUTH1_REQUEST_TOKEN: &str = "OAuth1 request token";
    pub const OPEN_OAUTH1_PAGE: &str = "Open OAuth1 authorization web page";
    pub const OAUTH1_REDIRECT: &str = "Redirect to OAuth1 redirect URL";
    pub const GET_OAUTH1_TOKEN: &str = "Get OAuth1 token";
    pub const OAUTH1_TOKEN: &str = "OAuth1 token";
    pub const CHOOSE_ACCOUNT: &str = "Choose a saved account";
    pub const CLICK_BUTTON: &str = "Click the button";
    pub const ASK_ASSIGNEE: &str = "Ask assignee to fill the form";
    pub const INVOKE_ACTION_WITH_FORM: &str = "Invoke action function with form data";
    pub const SEND_MESSAGE: &str = "Send message";
    pub const GET_ATTACHMENT: &str = "Get file of attachment";
    pub const FILE: &str = "File";
    pub const UPLOAD_ATTACHMENT: &str = "Upload attachment";
    pub const PROVIDE_VARIABLES: &str = "Provide variables";
    pub const START_FLOW: &str = "Start a flow";
    pub const REFRESH_TOKEN: &str = "Refresh OAuth2 token";
    pub const SHOW_ERROR: &str = "Show error";
    pub const INVOKE_AGAIN: &str = "Invoke action function again";
    pub const CANCEL: &str = "Cancel";
    pub const ALREADY_DECIDED: &str = "Already decided: return value ignored";
    pub const BACK_TO_FORM: &str = "Go back to an earlier form";
}

/// The messages as they happened: by time, and as recorded where it is the same.
pub fn in_order(messages: &[Message]) -> Vec<&Message> {
    let mut ordered: Vec<&Message> = messages.iter().collect();
    ordered.sort_by_key(|message| message.at);
    ordered
}
