//! Calls of Build and Action on their way, and the refreshes they ask for (contract chapter 3).

use definition::FunctionKind;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::turn::Turn;
use super::view::{Problem, ProblemKind};
use super::{AuthorizationKind, CallFailure, Effect, Exchange, FlowRun, Refusal};
use crate::timeline::{Actor, MessageKind, Stage, label};

/// A call, or the refresh it asked for, on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Pending {
    pub ticket: u64,
    /// `None` = Build; else Action of this step.
    pub step: Option<usize>,
    pub parameters: Map<String, Value>,
    /// The call asked for a refresh once.
    pub refreshed: bool,
    /// Waits for the refresh, not for the call.
    pub refreshing: bool,
    /// When the call was asked for, ms since 1970; unknown in runs that were stored before this was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_at: Option<i64>,
}

impl Pending {
    pub fn function(&self) -> FunctionKind {
        if self.step.is_none() { FunctionKind::Build } else { FunctionKind::Action }
    }

    /// When the call began, as its return at `turn` knows it.
    pub fn began(&self, turn: &Turn) -> i64 {
        self.called_at.unwrap_or(turn.at)
    }

    pub fn stage(&self) -> Stage {
        if self.step.is_none() { Stage::Build } else { Stage::Run }
    }
}

impl FlowRun {
    /// Puts a call on its way.
    pub(super) fn call(
        &mut self,
        turn: &mut Turn,
        step: Option<usize>,
        parameters: Map<String, Value>,
        refreshed: bool,
    ) {
        let ticket = self.fresh_id();
        let pending = Pending {
            ticket,
            step,
            parameters: parameters.clone(),
            refreshed,
            refreshing: false,
            called_at: Some(turn.at),
        };
        turn.effects.push(Effect::Call { ticket, function: pending.function(), parameters });
        self.calls.push(pending);
    }

    pub(super) fn pending(&self, step: Option<usize>) -> Option<&Pending> {
        self.calls.iter().find(|call| call.step == step)
    }

    pub(super) fn call_returned(
        &mut self,
        turn: &mut Turn,
        ticket: u64,
        call_id: String,
        result: Result<Value, CallFailure>,
        exchanges: &[Exchange],
    ) -> Result<(), Refusal> {
        let place = self.calls.iter().position(|call| call.ticket == ticket && !call.refreshing);
        let pending = self.calls.remove(place.ok_or(Refusal::Stale)?);
        match pending.step {
            None => self.build_returned(turn, pending, call_id, result, exchanges),
            Some(step) => self.action_returned(turn, pending, step, call_id, result, exchanges),
        }
        Ok(())
    }

    /// A function asked for a new token. `Err` = why that cannot be.
    pub(super) fn refresh(&mut self, turn: &mut Turn, pending: Pending) -> Result<(), String> {
        if self.setup.authorization != AuthorizationKind::OAuth2 {
            return Err(
                "the directive refresh_token needs OAuth2: this app has no token to refresh"
                    .to_owned(),
            );
        }
        let ticket = self.fresh_id();
        let (framework, service) = (Actor::IntegrationFramework, Actor::ExternalService);
        turn.say(
            pending.stage(),
            framework,
            MessageKind::Request,
            service,
            label::REFRESH_TOKEN,
            Value::Null,
        );
        turn.effects.push(Effect::RefreshToken { ticket });
        self.calls.push(Pending { ticket, refreshing: true, ..pending });
        Ok(())
    }

    pub(super) fn token_refreshed(
        &mut self,
        turn: &mut Turn,
        ticket: u64,
        result: Result<(), String>,
    ) -> Result<(), Refusal> {
        let place = self.calls.iter().position(|call| call.ticket == ticket && call.refreshing);
        let pending = self.calls.remove(place.ok_or(Refusal::Stale)?);
        let (framework, service) = (Actor::IntegrationFramework, Actor::ExternalService);
        let reply =
            turn.message(pending.stage(), service, MessageKind::Reply, framework, label::TOKEN);
        let payload =
            result.as_ref().err().map_or(Value::Null, |message| json!({ "message": message }));
        turn.record(reply.with(payload).failed_if(result.is_err()));
        let decided =
            |run: &Self, step: usize| run.step(step).is_none_or(|step| step.decided.is_some());
        if pending.step.is_some_and(|step| decided(self, step)) {
            return Ok(());
        }
        let Err(message) = result else {
            self.call(turn, pending.step, pending.parameters, true);
            return Ok(());
        };
        let problem = Problem {
            at: turn.at,
            kind: ProblemKind::Refresh,
            function: pending.function(),
            title: "The token could not be refreshed".to_owned(),
            description: format!("{message}. Authorize the account again, then try again."),
            stack: None,
            call: None,
            shown_to_user: false,
        };
        self.fail(pending.step, problem);
        Ok(())
    }

    /// The call gave nothing to go on with: the run stays where it was.
    pub(super) fn fail(&mut self, step: Option<usize>, problem: Problem) {
        match step {
            None => self.build_problem = Some(problem),
            Some(index) => {
                if let Some(step) = self.step_mut(index) {
                    step.failed = true;
                    step.problem = Some(problem);
                }
            }
        }
    }
}
