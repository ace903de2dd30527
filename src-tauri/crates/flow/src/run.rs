//! One life of a step, from "Add app to workspace" to its end (contract chapters 1 and 6 to 10).
//!
//! Decisions where the contract is silent:
//! * An action is completed when all its steps are, cancelled as soon as one is: the others are cancelled with it.
//! * Steps without `order_number` count as 0. A step that is its turn can be clicked again while it waits for a callback (the
//!   assignee closed the page); each click has its own token, and all of them go on naming the step.
//! * In one return value events come first, then variables, then the decision. Attachments do not hold the decision back.
//! * A return value is used whole or not at all: when a part cannot be read, nothing of it is done.
//! * A trigger without `retry` is polled when the caller sends [`Event::Woken`].
//! * What returns for a step that was decided meanwhile is recorded and ignored.

mod action;
mod again;
mod build;
mod built;
mod callback;
mod calls;
mod decide;
pub mod event;
mod forms;
mod outcome;
mod process;
mod show;
mod turn;
pub mod view;

use definition::{ActionType, FunctionKind};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use again::Inputs;
pub use event::{
    Assignee, AuthorizationKind, CallFailure, Callback, CallbackSource, Effect, EndStatus, Event,
    Exchange, FetchedFile, Headers, OpenType, Refusal, Role, Setup, User,
};
pub use view::{Identity, RunView};

use crate::timeline::{Actor, MessageKind, Stage, label};
use calls::Pending;
use forms::FormLoop;
use process::{Process, StepAssignee};
use turn::Turn;
use view::{AttachmentState, ChatItem, Problem};

/// One life of a step. A snapshot of all of it can be stored after every event; it never holds a credential.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlowRun {
    setup: Setup,
    /// When the last event was, ms since 1970.
    last_at: i64,
    next_id: u64,
    identity: Option<Identity>,
    forms: FormLoop,
    build_problem: Option<Problem>,
    process: Option<Process>,
    /// A callback whose function failed or named nobody.
    callback_problem: Option<Problem>,
    calls: Vec<Pending>,
    notices: Vec<String>,
    ended: Option<EndStatus>,
}

/// What a run waits for from the caller: what to do again, or give up, after a restart.
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
    pub function: FunctionKind,
}

impl FlowRun {
    /// The Creator adds the app: the run, and what to do first.
    pub fn start(now: i64, setup: Setup) -> (Self, Vec<Effect>) {
        let mut run = Self {
            setup,
            last_at: now,
            next_id: 0,
            identity: None,
            forms: FormLoop::default(),
            build_problem: None,
            process: None,
            callback_problem: None,
            calls: Vec::new(),
            notices: Vec::new(),
            ended: None,
        };
        let mut turn = Turn { at: now, effects: Vec::new() };
        let stage = Stage::Authorization;
        let added = json!({ "action_key": run.setup.action.key, "title": run.setup.action.title });
        let kind = json!({ "type": run.setup.authorization });
        turn.say(
            stage,
            Actor::Creator,
            MessageKind::Request,
            Actor::MoxoClient,
            label::ADD_APP,
            added,
        );
        let (client, framework) = (Actor::MoxoClient, Actor::IntegrationFramework);
        turn.say(
            stage,
            client,
            MessageKind::Request,
            framework,
            label::GET_AUTHENTICATION,
            Value::Null,
        );
        turn.say(stage, framework, MessageKind::Reply, client, label::AUTHENTICATION, kind);
        if run.setup.authorization == AuthorizationKind::None {
            run.call_build(&mut turn);
        }
        (run, turn.effects)
    }

    /// Something happened at `now`, ms since 1970. A clock that goes back is not followed.
    ///
    /// # Errors
    /// Why the event changed nothing.
    pub fn apply(&mut self, now: i64, event: Event) -> Result<Vec<Effect>, Refusal> {
        let mut turn = Turn { at: now.max(self.last_at), effects: Vec::new() };
        self.handle(&mut turn, event)?;
        self.last_at = turn.at;
        Ok(turn.effects)
    }

    fn handle(&mut self, turn: &mut Turn, event: Event) -> Result<(), Refusal> {
        // What may still come after the end: late answers, and callbacks that want to know why they change nothing.
        let event = match event {
            Event::AttachmentFetched { attachment, result } => {
                return self.attachment_fetched(turn, attachment, result);
            }
            Event::CallReturned { ticket, call_id, result, exchanges } => {
                return self.call_returned(turn, ticket, call_id, result, &exchanges);
            }
            Event::TokenRefreshed { ticket, result } => {
                return self.token_refreshed(turn, ticket, result);
            }
            Event::CallbackReturned {
                source,
                received_at,
                request,
                call_id,
                result,
                exchanges,
                inbox_id,
            } => {
                let arrived = callback::Arrived { source, inbox_id, received_at, request, call_id };
                return self.callback_returned(turn, arrived, result, &exchanges);
            }
            other => other,
        };
        if let Some(status) = self.ended {
            return Err(Refusal::Ended(status));
        }
        match event {
            Event::CredentialChosen { unique_id, display_id, fresh } => {
                self.credential_chosen(turn, Identity { unique_id, display_id }, fresh)
            }
            Event::FormAnswered { values } => self.form_answered(turn, values),
            Event::FormReopened { index } => self.form_reopened(turn, index),
            Event::StepFormAnswered { step, values } => self.step_form_answered(turn, step, values),
            Event::RoleAssigned { role, user } => self.role_assigned(&role, &user),
            Event::ButtonClicked { step, button, callback } => {
                self.button_clicked(turn, step, button, callback)
            }
            Event::ProcessStarted { callback } => self.process_started(turn, callback),
            Event::Woken { step } => self.woken(turn, step),
            Event::UrlOpened { step } => self.url_opened(turn, step),
            Event::Retry { step } => self.retry(turn, step),
            Event::Cancel => {
                self.cancel(turn);
                Ok(())
            }
            Event::AttachmentFetched { .. }
            | Event::CallReturned { .. }
            | Event::TokenRefreshed { .. }
            | Event::CallbackReturned { .. } => Err(Refusal::Stale),
        }
    }

    /// Is one of the run's callbacks named by `token`?
    pub fn owns_token(&self, token: &str) -> bool {
        self.process.as_ref().is_some_and(|process| process.step_of_token(token).is_some())
    }

    /// All tokens that name a step of this run, the oldest first.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        let steps = self.process.iter().flat_map(|process| &process.steps);
        steps.flat_map(|step| &step.callbacks).map(|callback| callback.token.as_str())
    }

    /// The account in use.
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }

    /// What it started from, with roles filled since.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// How it ended.
    pub fn ended(&self) -> Option<EndStatus> {
        self.ended
    }

    /// What the caller owes the run.
    pub fn outstanding(&self) -> Outstanding {
        let mut outstanding = Outstanding::default();
        for call in &self.calls {
            if call.refreshing {
                outstanding.refreshes.push(call.ticket);
            } else {
                outstanding
                    .calls
                    .push(OutstandingCall { ticket: call.ticket, function: call.function() });
            }
        }
        if let Some(process) = &self.process {
            let fetching = process.chat.iter().filter_map(|item| match item {
                ChatItem::Attachment { id, state: AttachmentState::Fetching, .. } => Some(*id),
                _ => None,
            });
            outstanding.attachments = fetching.collect();
            let steps = process.steps.iter().enumerate();
            outstanding.alarms =
                steps.filter_map(|(index, step)| step.wake_at.map(|at| (index, at))).collect();
            outstanding.start_process = self.is_unstarted(process);
        }
        outstanding
    }

    fn is_unstarted(&self, process: &Process) -> bool {
        let untouched = process.steps.iter().all(|step| step.callbacks.is_empty());
        self.setup.action.action_type != ActionType::Action && untouched && self.ended.is_none()
    }

    fn fresh_id(&mut self) -> u64 {
        self.next_id = self.next_id.saturating_add(1);
        self.next_id
    }

    fn step(&self, index: usize) -> Option<&process::Step> {
        self.process.as_ref()?.steps.get(index)
    }

    fn step_mut(&mut self, index: usize) -> Option<&mut process::Step> {
        self.process.as_mut()?.steps.get_mut(index)
    }

    fn notice(&mut self, notice: String) {
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }

    fn role_assigned(&mut self, role: &str, user: &User) -> Result<(), Refusal> {
        let is_role =
            |assignee: &Assignee| matches!(assignee, Assignee::Role(known) if known.id == role);
        let mut found = false;
        for assignee in self.setup.assignees.iter_mut().filter(|assignee| is_role(assignee)) {
            *assignee = Assignee::User(user.clone());
            found = true;
        }
        for step in self
            .process
            .iter_mut()
            .flat_map(|process| &mut process.steps)
            .filter(|step| step.decided.is_none())
        {
            if matches!(&step.assignee, Some(StepAssignee::Role { id }) if id == role) {
                step.assignee =
                    Some(StepAssignee::User { id: user.id.clone(), name: user.name.clone() });
                found = true;
            }
        }
        if found {
            Ok(())
        } else {
            Err(Refusal::NotNow(format!("the run has no role {role:?} to fill")))
        }
    }

    fn cancel(&mut self, turn: &mut Turn) {
        let stage = self.stage();
        turn.say(
            stage,
            Actor::Creator,
            MessageKind::Request,
            Actor::MoxoClient,
            label::CANCEL,
            Value::Null,
        );
        self.calls.clear();
        for step in self
            .process
            .iter_mut()
            .flat_map(|process| &mut process.steps)
            .filter(|step| step.decided.is_none())
        {
            step.decide(EndStatus::Cancelled);
        }
        self.end(turn, EndStatus::Cancelled);
    }

    fn end(&mut self, turn: &mut Turn, status: EndStatus) {
        self.ended = Some(status);
        turn.effects.push(Effect::Ended { status });
    }

    fn stage(&self) -> Stage {
        match &self.process {
            Some(process) if process.steps.iter().any(|step| !step.callbacks.is_empty()) => {
                Stage::Run
            }
            Some(_) => Stage::Build,
            None if self.identity.is_none()
                && self.setup.authorization != AuthorizationKind::None =>
            {
                Stage::Authorization
            }
            None => Stage::Build,
        }
    }
}

/// The `callback.token` that a Redirect or Webhook function returned.
pub fn callback_token(return_value: &Value) -> Option<&str> {
    return_value.get("callback")?.get("token")?.as_str().filter(|token| !token.is_empty())
}

/// The return value of a Redirect or Webhook function asks for a new token. The first time in a call, refresh and call again; the
/// second time, hand the value to the run all the same: it is a failure there (contract chapter 3).
pub fn wants_refresh(return_value: &Value) -> bool {
    return_value
        .get("directive")
        .and_then(|directive| directive.get("type"))
        .and_then(Value::as_str)
        == Some("refresh_token")
}

#[cfg(test)]
mod tests;
