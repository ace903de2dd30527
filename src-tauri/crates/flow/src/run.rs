//! One life of a step, from "Add app to workspace" to its end (contract chapters 1 and 6 to 10).

pub mod event;
pub mod view;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use event::{
    Assignee, AuthorizationKind, CallFailure, Callback, CallbackSource, Effect, EndStatus, Event,
    Exchange, FetchedFile, Headers, OpenType, Refusal, Role, Setup, User,
};
pub use view::{Identity, RunView};

/// One life of a step. A snapshot of all of it can be stored after every event; it never holds a credential.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlowRun {
    setup: Setup,
}

/// What a run waits for from the caller: what to do again (or give up) after a restart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outstanding {
    /// Calls that have not returned. After a restart: send [`Event::CallReturned`] with a failure that says so.
    pub calls: Vec<OutstandingCall>,
    /// Refreshes that have not returned. After a restart: send [`Event::TokenRefreshed`] with an error.
    pub refreshes: Vec<u64>,
    /// Attachments on their way. After a restart: send [`Event::AttachmentFetched`] with an error.
    pub attachments: Vec<u64>,
    /// Set alarms: step and time, ms since 1970.
    pub alarms: Vec<(usize, i64)>,
    /// [`Effect::StartProcess`] was not answered.
    pub start_process: bool,
}

/// A call that has not returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutstandingCall {
    /// From the effect.
    pub ticket: u64,
    /// Build or Action.
    pub function: definition::FunctionKind,
}

impl FlowRun {
    /// The Creator adds the app: the run, and what to do first.
    pub fn start(_now: i64, setup: Setup) -> (Self, Vec<Effect>) {
        (Self { setup }, Vec::new())
    }

    /// Something happened at `now`, ms since 1970. A clock that goes back is not followed.
    ///
    /// # Errors
    /// Why the event changed nothing.
    pub fn apply(&mut self, _now: i64, _event: Event) -> Result<Vec<Effect>, Refusal> {
        Err(Refusal::Stale)
    }

    /// Is one of the run's callbacks named by `token`?
    pub fn owns_token(&self, _token: &str) -> bool {
        false
    }
}

/// The `callback.token` that a Redirect or Webhook function returned.
pub fn callback_token(return_value: &Value) -> Option<&str> {
    return_value.get("callback")?.get("token")?.as_str()
}
