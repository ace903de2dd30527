//! An authorization attempt as the window shows it.

use definition::CustomInput;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Attempt, Kind, Position};
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
    /// The account that came instead of the one to be connected again; `KeepOther` saves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub other: Option<Identity>,
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
    /// `request_token`, `page`, `redirect`, `token`, `inputs`, `identity` or `save`.
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

/// The steps, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum StepKey {
    RequestToken,
    Page,
    Inputs,
    Redirect,
    Token,
    Identity,
    Save,
}

impl StepKey {
    fn as_str(self) -> &'static str {
        match self {
            Self::RequestToken => "request_token",
            Self::Page => "page",
            Self::Inputs => "inputs",
            Self::Redirect => "redirect",
            Self::Token => "token",
            Self::Identity => "identity",
            Self::Save => "save",
        }
    }

    fn sentence(self, state: StepState) -> &'static str {
        match (self, state) {
            (Self::RequestToken, StepState::Done) => "The provider gave a request token.",
            (Self::RequestToken, _) => "The provider is asked for a request token.",
            (Self::Page, StepState::Done) => "The authorization page is open in the browser.",
            (Self::Page, _) => "The authorization page opens in the browser.",
            (Self::Inputs, StepState::Done) => "The inputs were filled in.",
            (Self::Inputs, _) => "Fill in what the app asks for.",
            (Self::Redirect, StepState::Done) => "The provider sent the browser back.",
            (Self::Redirect, _) => {
                "Log in on the authorization page; the browser comes back to the redirect URL."
            }
            (Self::Token, StepState::Done) => "The provider gave a token.",
            (Self::Token, _) => "What the redirect brought is exchanged for a token.",
            (Self::Identity, StepState::Done) => "The identity function said whose account it is.",
            (Self::Identity, _) => "The identity function is asked whose account it is.",
            (Self::Save, StepState::Done) => "The credential is saved.",
            (Self::Save, _) => "The credential is saved under the identity.",
        }
    }
}

impl Attempt {
    /// Where it is, for the window.
    pub fn phase(&self) -> AttemptPhase {
        let oauth2 =
            [StepKey::Page, StepKey::Redirect, StepKey::Token, StepKey::Identity, StepKey::Save];
        let oauth1 = [
            StepKey::RequestToken,
            StepKey::Page,
            StepKey::Redirect,
            StepKey::Token,
            StepKey::Identity,
            StepKey::Save,
        ];
        let custom = [StepKey::Inputs, StepKey::Identity, StepKey::Save];
        let keys: &[StepKey] = match self.kind {
            Kind::OAuth2 { .. } => &oauth2,
            Kind::OAuth1(_) => &oauth1,
            Kind::Custom(_) => &custom,
        };
        // The step at which the attempt stands; `None` = not started, or all done.
        let current = match self.position {
            Position::Start | Position::Saved => None,
            Position::RequestToken => Some(StepKey::RequestToken),
            Position::Redirect => Some(StepKey::Redirect),
            Position::Token => Some(StepKey::Token),
            Position::Inputs => Some(StepKey::Inputs),
            Position::Identity => Some(StepKey::Identity),
            Position::Failed => self.failure.as_ref().map(|(key, _)| *key),
        };
        let state_of = |key: StepKey| match (self.position, current) {
            (Position::Saved, _) => StepState::Done,
            (_, Some(current)) if key < current => StepState::Done,
            (Position::Failed, Some(current)) if key == current => StepState::Failed,
            (_, Some(current)) if key == current => StepState::Running,
            _ => StepState::Waiting,
        };
        let step = |key: &StepKey| {
            let state = state_of(*key);
            let sentence = match (&self.failure, state) {
                (Some((_, failure)), StepState::Failed) => {
                    format!("{}: {}", failure.title, failure.description)
                }
                _ => key.sentence(state).to_owned(),
            };
            AttemptStep { key: key.as_str().to_owned(), state, sentence }
        };
        AttemptPhase {
            steps: keys.iter().map(step).collect(),
            custom_inputs: match (&self.kind, self.position) {
                (Kind::Custom(custom), Position::Inputs) => Some(custom.inputs.clone()),
                _ => None,
            },
            identity: self.identity.clone(),
            failure: self.failure.as_ref().map(|(_, failure)| failure.clone()),
            notices: self.notices.clone(),
            other: self.other.clone(),
            over: matches!(self.position, Position::Saved | Position::Failed),
            can_retry_identity: self.position == Position::Failed && self.can_retry_identity(),
        }
    }
}
