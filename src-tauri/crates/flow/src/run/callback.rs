//! Callbacks: what Redirect and Webhook return (contract chapters 9 and 10).

use serde_json::{Value, json};

use super::decide::Used;
use super::turn::{Turn, failure, record_exchanges};
use super::view::Problem;
use super::{CallFailure, CallbackSource, Exchange, FlowRun, Refusal, callback_token};
use crate::returned::masked;
use crate::timeline::{Actor, Message, MessageKind, Stage, label};

/// A callback as it arrived, and the call that handled it.
pub(super) struct Arrived {
    pub source: CallbackSource,
    pub inbox_id: String,
    pub received_at: i64,
    pub request: Value,
    pub call_id: String,
}

impl FlowRun {
    pub(super) fn callback_returned(
        &mut self,
        turn: &mut Turn,
        arrived: Arrived,
        result: Result<Value, CallFailure>,
        exchanges: &[Exchange],
    ) -> Result<(), Refusal> {
        let token = result.as_ref().ok().and_then(callback_token);
        let index = match (token, &self.process) {
            (Some(token), Some(process)) => {
                let index = process.step_of_token(token).ok_or(Refusal::UnknownToken)?;
                if let Some(status) = process.steps.get(index).and_then(|step| step.decided) {
                    return Err(Refusal::AlreadyDecided { step: index, status });
                }
                Some(index)
            }
            (Some(_), None) => return Err(Refusal::UnknownToken),
            (None, _) => None,
        };
        if let Some(status) = self.ended {
            return Err(Refusal::Ended(status));
        }
        let function = arrived.source.function();
        // The caller refreshes and calls again before the run hears of it: a directive here is the second.
        let used = match &result {
            Ok(_) if token.is_none() => {
                let message = "the return value has no callback.token: no run can be found by it; expected the token \
                               that Action got as callback.token, beside output";
                Used::Failed(failure(turn, function, &arrived.call_id, CallFailure::new(message)))
            }
            Ok(value) => self.use_returned(turn, function, value, true, &arrived.call_id),
            Err(why) => Used::Failed(failure(turn, function, &arrived.call_id, why.clone())),
        };
        let began = self.record_arrival(turn, &arrived);
        record_invocation(turn, &arrived, began, &result, matches!(used, Used::Failed(_)));
        record_exchanges(turn, Stage::Run, began, &arrived.call_id, exchanges);
        self.callback_problem = None;
        let Some(index) = index else {
            if let Used::Failed(problem) = used {
                self.callback_problem = Some(problem);
            }
            return Ok(());
        };
        if arrived.source == CallbackSource::Redirect
            && let Some(step) = self.step_mut(index)
        {
            // The page has come back: there is nothing left to open.
            step.open_url = None;
        }
        match used {
            Used::Outcome(outcome) => {
                self.notices_of(&outcome);
                if let Some(step) = self.step_mut(index) {
                    step.problem = None;
                }
                self.apply_outcome(turn, index, function, outcome);
            }
            Used::Error(problem) | Used::Failed(problem) => self.note_problem(index, problem),
            Used::Refresh => {}
        }
        Ok(())
    }

    /// The step waits on: another callback may decide it.
    fn note_problem(&mut self, index: usize, problem: Problem) {
        if let Some(step) = self.step_mut(index) {
            step.problem = Some(problem);
        }
    }

    /// Gives back the time it is recorded at: its function began then.
    fn record_arrival(&self, turn: &mut Turn, arrived: &Arrived) -> i64 {
        // It came before its function returned, but never before what the timeline holds already.
        let at = arrived.received_at.clamp(self.last_at, turn.at);
        let returned_at = std::mem::replace(&mut turn.at, at);
        let (service, framework) = (Actor::ExternalService, Actor::IntegrationFramework);
        let payload = json!({ "inbox_id": arrived.inbox_id, "input": arrived.request });
        let words = match arrived.source {
            CallbackSource::Redirect => label::REDIRECT,
            CallbackSource::Webhook => {
                turn.say(
                    Stage::Run,
                    service,
                    MessageKind::Reply,
                    service,
                    label::FINISH_OPERATIONS,
                    Value::Null,
                );
                label::WEBHOOK
            }
        };
        turn.say(Stage::Run, service, MessageKind::Reply, framework, words, payload);
        turn.at = returned_at;
        at
    }
}

fn record_invocation(
    turn: &mut Turn,
    arrived: &Arrived,
    began: i64,
    result: &Result<Value, CallFailure>,
    failed: bool,
) {
    let framework = Actor::IntegrationFramework;
    let words = match arrived.source {
        CallbackSource::Redirect => label::REDIRECT_RETURNS,
        CallbackSource::Webhook => label::WEBHOOK_RETURNS,
    };
    let payload = match result {
        Ok(value) => masked(value),
        Err(why) => json!({ "message": why.message }),
    };
    let message = Message::new(began, Stage::Run, framework, MessageKind::Reply, framework, words);
    let function = arrived.source.function();
    turn.record(message.with(payload).invoking(function, &arrived.call_id).failed_if(failed));
}
