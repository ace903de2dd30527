//! One attempt to get a credential (contract chapters 3 and 5).
//!
//! Decisions where the contract is silent:
//! * A redirect with a wrong or missing `state` (OAuth1: request token), or a second one, is turned away; the attempt goes on as if it had not come.
//! * `iss` (RFC 9207): the contract has no field for the issuer. A field `issuer` beside `client_id` is compared with it; without one,
//!   the host of `iss` has to be that of the authorization or the token URL. Another issuer ends the attempt, its code unused.
//! * Connecting an account again has to end in the same account. Another one is not saved unless the Creator says so.
//! * The authorization page is opened in a browser, so it has to be a GET; headers of that request play no part.
//! * After Identity failed, it can be called again with the same token: the author mends the function, the Creator does not log in
//!   once more.

pub mod event;
mod identity;
mod oauth1;
mod oauth2;
pub mod phase;
pub mod refresh;

use definition::{Authentication, Custom, NameValue, OAuth2};
use serde_json::{Map, Value, json};

pub use event::{AuthorizationEffect, AuthorizationEvent};
pub use oauth1::{OAuth1Sender, oauth1_test_request};
pub use oauth2::carries_code;
pub use phase::{AttemptFailure, AttemptPhase, AttemptStep, StepState};
pub use refresh::{RefreshError, read_refresh, refresh_request, test_request};

use crate::run::Identity;
use crate::timeline::{Actor, Message, MessageKind, Stage, label};
use crate::token::Credential;
use oauth1::OAuth1Attempt;
use phase::StepKey;

/// The values of an attempt that must not print. Fresh `state` and `code_verifier` for each attempt.
#[derive(Clone, PartialEq, Eq)]
pub struct AttemptSecrets {
    /// The resolved client secret; empty = none is stored.
    pub client_secret: String,
    /// Random, at least 128 bits.
    pub state: String,
    /// Random, 43 to 128 unreserved characters (RFC 7636, section 4.1).
    pub code_verifier: String,
}

impl std::fmt::Debug for AttemptSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AttemptSecrets(***)")
    }
}

/// Why an app cannot be authorized.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttemptUnavailable {
    /// The app has no authorization.
    #[error("this app has no authorization: its functions are called without a credential")]
    NoAuthorization,
}

/// Why an event changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct AttemptRefusal(pub String);

/// One attempt to get a credential. In memory only: it holds secrets, which Debug does not print.
#[derive(Clone, Debug)]
pub struct Attempt {
    kind: Kind,
    position: Position,
    last_at: i64,
    /// The redirect's parameters, `code` and `state` included, for the token request's `{{query.NAME}}`.
    credential: Option<Credential>,
    identity: Option<Identity>,
    failure: Option<(StepKey, AttemptFailure)>,
    notices: Vec<String>,
    /// The account that is to be connected again.
    expected: Option<Identity>,
    /// The account that came instead.
    other: Option<Identity>,
}

#[derive(Clone)]
enum Kind {
    OAuth2 {
        config: Box<OAuth2>,
        redirect_uri: String,
        secrets: AttemptSecrets,
        queries: Vec<NameValue>,
    },
    OAuth1(Box<OAuth1Attempt>),
    Custom(Custom),
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::OAuth2 { .. } => "OAuth2",
            Self::OAuth1(_) => "OAuth1",
            Self::Custom(_) => "Custom",
        })
    }
}

/// What the attempt waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    Start,
    RequestToken,
    Redirect,
    Token,
    Inputs,
    Identity,
    Saved,
    Failed,
}

/// One event being handled.
struct Turn {
    at: i64,
    effects: Vec<AuthorizationEffect>,
}

impl Turn {
    fn message(&self, from: Actor, kind: MessageKind, to: Actor, label: &str) -> Message {
        Message::new(self.at, Stage::Authorization, from, kind, to, label)
    }

    fn record(&mut self, message: Message) {
        self.effects.push(AuthorizationEffect::Record(message));
    }

    fn say(&mut self, from: Actor, kind: MessageKind, to: Actor, label: &str, payload: Value) {
        let message = self.message(from, kind, to, label).with(payload);
        self.record(message);
    }
}

impl Attempt {
    /// An attempt that has not started. `redirect_uri` and the secrets play no part in custom authorization.
    ///
    /// # Errors
    /// When there is nothing to authorize, or in a way that cannot be run.
    pub fn new(
        authentication: &Authentication,
        redirect_uri: impl Into<String>,
        secrets: AttemptSecrets,
    ) -> Result<Self, AttemptUnavailable> {
        let kind = if let Some(config) = &authentication.oauth2 {
            let config = Box::new(config.clone());
            Kind::OAuth2 { config, redirect_uri: redirect_uri.into(), secrets, queries: Vec::new() }
        } else if let Some(config) = &authentication.oauth1 {
            let own = OAuth1Attempt::new(config.clone(), redirect_uri.into(), secrets);
            Kind::OAuth1(Box::new(own))
        } else if let Some(custom) = &authentication.custom {
            Kind::Custom(custom.clone())
        } else {
            return Err(AttemptUnavailable::NoAuthorization);
        };
        let position = Position::Start;
        let (credential, identity, failure) = (None, None, None);
        Ok(Self {
            kind,
            position,
            last_at: i64::MIN,
            credential,
            identity,
            failure,
            notices: Vec::new(),
            expected: None,
            other: None,
        })
    }

    /// The same for an account that is to be connected again: another one is not saved without asking.
    #[must_use]
    pub fn expecting(mut self, account: Identity) -> Self {
        self.expected = Some(account);
        self
    }

    /// Whether a redirect with these parameters belongs to this attempt: by `state`, or by OAuth1's request token.
    pub fn is_meant(&self, queries: &[NameValue]) -> bool {
        match &self.kind {
            Kind::OAuth2 { secrets, .. } => oauth2::all(queries, "state")
                .iter()
                .any(|state| oauth2::same(state, &secrets.state)),
            Kind::OAuth1(own) => own.is_meant(queries),
            Kind::Custom(_) => false,
        }
    }

    /// Something happened at `now`, ms since 1970. A clock that goes back is not followed.
    ///
    /// # Errors
    /// Why the event changed nothing.
    pub fn apply(
        &mut self,
        now: i64,
        event: AuthorizationEvent,
    ) -> Result<Vec<AuthorizationEffect>, AttemptRefusal> {
        let mut turn = Turn { at: now.max(self.last_at), effects: Vec::new() };
        let refuse = |message: &str| Err(AttemptRefusal(message.to_owned()));
        match (event, self.position) {
            (AuthorizationEvent::Start, Position::Start) => self.begin(&mut turn),
            (AuthorizationEvent::RedirectArrived { queries }, position) => {
                self.redirect_arrived(&mut turn, queries, position);
            }
            (AuthorizationEvent::TokenAnswered(answer), Position::RequestToken) => {
                self.request_token_answered(&mut turn, answer);
            }
            (AuthorizationEvent::TokenAnswered(answer), Position::Token) => {
                self.token_answered(&mut turn, answer)
            }
            (AuthorizationEvent::CustomSubmitted { values }, Position::Inputs) => {
                self.custom_submitted(&mut turn, values);
            }
            (AuthorizationEvent::IdentityReturned { call_id, result }, Position::Identity) => {
                self.identity_returned(&mut turn, &call_id, result);
            }
            (AuthorizationEvent::RetryIdentity, Position::Failed) if self.can_retry_identity() => {
                self.failure = None;
                self.call_identity(&mut turn);
            }
            (AuthorizationEvent::KeepOther, Position::Failed) if self.other.is_some() => {
                self.failure = None;
                if let Some(other) = self.other.take() {
                    self.save(&mut turn, other);
                }
            }
            (_, Position::Saved) => return refuse("the attempt is over: the credential is saved"),
            (_, Position::Failed) => return refuse("the attempt is over: start a new one"),
            (AuthorizationEvent::Cancel, _) => {
                self.fail(
                    &mut turn,
                    "Authorization was cancelled",
                    "Start it again when you are ready.".to_owned(),
                );
            }
            (AuthorizationEvent::TimedOut, position) => {
                let text = match position {
                    Position::Redirect => {
                        "Nobody came back from the authorization page in time. Check that the page ends in the redirect URL \
                         and that the provider knows this redirect URL, then start again."
                    }
                    Position::RequestToken => {
                        "The request token URL did not answer in time. Start again."
                    }
                    Position::Token => "The token URL did not answer in time. Start again.",
                    Position::Identity => {
                        "The identity function did not return in time. Call it again."
                    }
                    _ => "Nothing happened in time. Start again.",
                };
                self.fail(&mut turn, "Authorization timed out", text.to_owned());
            }
            (AuthorizationEvent::Start, _) => return refuse("the attempt has started already"),
            (AuthorizationEvent::TokenAnswered(_), _) => {
                return refuse("the attempt waits for no token");
            }
            (AuthorizationEvent::CustomSubmitted { .. }, _) => {
                return refuse("the attempt asks for no inputs");
            }
            (AuthorizationEvent::IdentityReturned { .. }, _) => {
                return refuse("the attempt waits for no identity");
            }
            (AuthorizationEvent::KeepOther, _) => {
                return refuse("no other account came in this attempt");
            }
            (AuthorizationEvent::RetryIdentity, _) => {
                return refuse("Identity has not failed in this attempt");
            }
        }
        self.last_at = turn.at;
        Ok(turn.effects)
    }

    fn begin(&mut self, turn: &mut Turn) {
        let custom = match &self.kind {
            Kind::OAuth2 { .. } => return self.open_page(turn),
            Kind::OAuth1(_) => return self.get_request_token(turn),
            Kind::Custom(custom) => custom,
        };
        let (client, creator) = (Actor::MoxoClient, Actor::Creator);
        turn.say(client, MessageKind::Reply, creator, label::ASK_INPUTS, json!(custom.inputs));
        turn.effects.push(AuthorizationEffect::AskCustomInputs { problems: Vec::new() });
        self.position = Position::Inputs;
    }

    fn custom_submitted(&mut self, turn: &mut Turn, values: Map<String, Value>) {
        let Kind::Custom(custom) = &self.kind else { return };
        let mut credential = Map::new();
        let mut problems = Vec::new();
        for input in &custom.inputs {
            match values.get(&input.key) {
                Some(Value::String(text)) if !text.is_empty() => {
                    credential.insert(input.key.clone(), Value::String(text.clone()));
                }
                None | Some(Value::Null) | Some(Value::String(_)) => {
                    if input.required {
                        problems.push((input.key.clone(), format!("{} is required", input.label)));
                    }
                }
                Some(_) => {
                    problems.push((input.key.clone(), format!("{} has to be a text", input.label)))
                }
            }
        }
        if !problems.is_empty() {
            turn.effects.push(AuthorizationEffect::AskCustomInputs { problems });
            return;
        }
        let keys: Vec<&String> = credential.keys().collect();
        let payload = json!({ "keys": keys });
        let (creator, client) = (Actor::Creator, Actor::MoxoClient);
        turn.say(creator, MessageKind::Request, client, label::INPUTS, payload.clone());
        turn.say(client, MessageKind::Request, Actor::IntegrationFramework, label::INPUTS, payload);
        self.credential = Some(Credential::Custom(credential));
        self.call_identity(turn);
    }

    fn fail(&mut self, turn: &mut Turn, title: &str, description: String) {
        let place = match self.position {
            Position::RequestToken => StepKey::RequestToken,
            Position::Start if !matches!(self.kind, Kind::Custom(_)) => StepKey::Page,
            Position::Start | Position::Inputs => StepKey::Inputs,
            Position::Redirect => StepKey::Redirect,
            Position::Token => StepKey::Token,
            Position::Identity | Position::Saved | Position::Failed => StepKey::Identity,
        };
        let title = title.to_owned();
        turn.effects.push(AuthorizationEffect::Failed {
            title: title.clone(),
            description: description.clone(),
        });
        self.failure = Some((place, AttemptFailure { title, description }));
        self.position = Position::Failed;
    }
}

#[cfg(test)]
mod tests;
