//! Who said what to whom: the messages of the seed's diagrams, with payload and time.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

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

/// Renders a timeline in the seed's notation, as it happened.
pub fn mermaid(messages: &[Message]) -> String {
    let mut text = String::from("%%{init: {'theme':'default'}}%%\nsequenceDiagram\n");
    let order = [
        Actor::Creator,
        Actor::Assignee,
        Actor::MoxoClient,
        Actor::IntegrationFramework,
        Actor::MoxoServer,
        Actor::ExternalService,
    ];
    for actor in order {
        if messages.iter().any(|message| message.from == actor || message.to == actor) {
            let word = if actor.is_person() { "actor" } else { "participant" };
            text.push_str(&format!("\t{word} {} as {}\n", actor.mermaid_id(), actor.title()));
        }
    }
    for message in in_order(messages) {
        let (from, to, label) =
            (message.from.mermaid_id(), message.to.mermaid_id(), escape(&message.label));
        text.push_str(&match message.kind {
            MessageKind::Request => format!("\t{from}->>{to}: {label}\n"),
            MessageKind::Reply => format!("\t{from}-->>{to}: {label}\n"),
            MessageKind::Note => format!("\tnote over {from}: {label}\n"),
        });
    }
    text
}

/// Mermaid ends a statement at a line break or `;` and reads `#…;` as a character code.
fn escape(label: &str) -> String {
    let mut text = String::with_capacity(label.len());
    for character in label.chars() {
        match character {
            '#' => text.push_str("#35;"),
            ';' => text.push_str("#59;"),
            other if other.is_control() => text.push(' '),
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders_the_seeds_notation() {
        let messages = [
            Message::new(
                1,
                Stage::Build,
                Actor::Creator,
                MessageKind::Request,
                Actor::MoxoClient,
                label::ADD_APP,
            ),
            Message::new(
                2,
                Stage::Run,
                Actor::IntegrationFramework,
                MessageKind::Note,
                Actor::IntegrationFramework,
                label::TRIGGERED,
            ),
            Message::new(
                3,
                Stage::Run,
                Actor::ExternalService,
                MessageKind::Reply,
                Actor::IntegrationFramework,
                "POST a/#1;b\nC->>S: no",
            ),
        ];
        assert_eq!(
            mermaid(&messages),
            "%%{init: {'theme':'default'}}%%\nsequenceDiagram\n\tactor C as Creator\n\tparticipant CL as Moxo Client\n\
             \tparticipant IF as Integration Framework\n\tparticipant ES as External Service\n\
             \tC->>CL: Add app to workspace\n\tnote over IF: Process is triggered\n\
             \tES-->>IF: POST a/#35;1#59;b C->>S: no\n"
        );
    }
}
