//! Run time: clicks and starts, calls of Action, what they decide (contract chapter 8).

use definition::ActionType;
use serde_json::{Map, Value, json};

use super::turn::Turn;
use super::{Assignee, Callback, FlowRun, Refusal};
use crate::timeline::{Actor, MessageKind, Stage, label};

const FRAMEWORK: Actor = Actor::IntegrationFramework;

impl FlowRun {
    pub(super) fn button_clicked(
        &mut self,
        turn: &mut Turn,
        index: usize,
        button: usize,
        callback: Callback,
    ) -> Result<(), Refusal> {
        if self.setup.action.action_type != ActionType::Action {
            return Err(Refusal::NotNow("only the steps of an action have buttons".to_owned()));
        }
        self.undecided(index)?;
        self.fresh_token(&callback)?;
        if self.process.as_ref().is_some_and(|process| process.is_blocked(index)) {
            let message = format!("step {index} waits for the steps of a lower order_number");
            return Err(Refusal::NotNow(message));
        }
        let clicked = self.step(index).and_then(|step| step.buttons.get(button));
        let clicked = clicked
            .ok_or_else(|| Refusal::NotNow(format!("step {index} has no button {button}")))?
            .clone();
        let payload = json!({ "step": index, "button": clicked.title });
        let (assignee, client) = (Actor::Assignee, Actor::MoxoClient);
        turn.say(Stage::Run, assignee, MessageKind::Request, client, label::CLICK_BUTTON, payload);
        triggered(turn);
        if let Some(step) = self.step_mut(index) {
            step.input = clicked.input;
            step.callbacks.push(callback);
            step.attempts = 1;
            step.forms.clear();
            step.asking = false;
        }
        self.call_action(turn, index);
        Ok(())
    }

    pub(super) fn process_started(
        &mut self,
        turn: &mut Turn,
        callback: Callback,
    ) -> Result<(), Refusal> {
        if !self.process.as_ref().is_some_and(|process| self.is_unstarted(process)) {
            return Err(Refusal::NotNow("there is no process that waits to be started".to_owned()));
        }
        self.fresh_token(&callback)?;
        triggered(turn);
        if let Some(process) = &mut self.process {
            process.activated_at = Some(turn.at);
            for step in &mut process.steps {
                step.callbacks.push(callback.clone());
                step.attempts = 1;
            }
        }
        self.call_action(turn, 0);
        Ok(())
    }

    pub(super) fn woken(&mut self, turn: &mut Turn, index: usize) -> Result<(), Refusal> {
        self.undecided(index)?;
        let is_trigger = self.setup.action.action_type == ActionType::Trigger;
        let Some(step) = self.step_mut(index).filter(|step| !step.callbacks.is_empty()) else {
            return Err(Refusal::NotNow("the process has not been started".to_owned()));
        };
        match step.wake_at {
            Some(_) => step.attempts = step.attempts.saturating_add(1),
            None if is_trigger => step.attempts = 1,
            None => return Err(Refusal::NotNow(format!("step {index} has no alarm set"))),
        }
        self.call_action(turn, index);
        Ok(())
    }

    pub(super) fn step_form_answered(
        &mut self,
        turn: &mut Turn,
        index: usize,
        values: Map<String, Value>,
    ) -> Result<(), Refusal> {
        self.undecided(index)?;
        let Some(step) = self.step_mut(index).filter(|step| step.asking) else {
            return Err(Refusal::NotNow(format!("step {index} has not asked for a form")));
        };
        let payload = json!(values);
        step.forms.answer(values);
        let input = step.forms.merged(&step.input);
        let (assignee, client) = (Actor::Assignee, Actor::MoxoClient);
        turn.say(Stage::Run, assignee, MessageKind::Request, client, label::FORM_DATA, payload);
        turn.say(
            Stage::Run,
            client,
            MessageKind::Request,
            FRAMEWORK,
            label::INVOKE_ACTION_WITH_FORM,
            json!(input),
        );
        self.call_action(turn, index);
        Ok(())
    }

    pub(super) fn url_opened(&mut self, turn: &mut Turn, index: usize) -> Result<(), Refusal> {
        let Some(page) = self.step_mut(index).and_then(|step| step.open_url.as_mut()) else {
            return Err(Refusal::NotNow(format!("step {index} has no page to open")));
        };
        page.opened = true;
        let payload = json!({ "url": page.url, "open_type": page.open_type });
        let (client, service) = (Actor::MoxoClient, Actor::ExternalService);
        turn.say(Stage::Run, client, MessageKind::Reply, client, label::OPEN_EXTERNAL_URL, payload);
        turn.say(
            Stage::Run,
            client,
            MessageKind::Request,
            service,
            label::DO_SOMETHING,
            Value::Null,
        );
        Ok(())
    }

    pub(super) fn retry(&mut self, turn: &mut Turn, step: Option<usize>) -> Result<(), Refusal> {
        let Some(process) = &self.process else {
            if self.stage() == Stage::Authorization {
                return Err(Refusal::NotNow("choose an account first".to_owned()));
            }
            if self.pending(None).is_some() {
                return Err(Refusal::Busy);
            }
            self.call_build(turn);
            return Ok(());
        };
        let failed = || {
            process.steps.iter().position(|step| step.problem.is_some() && step.decided.is_none())
        };
        let started = || {
            process
                .steps
                .iter()
                .position(|step| !step.callbacks.is_empty() && step.decided.is_none())
        };
        let Some(index) = step.or_else(failed).or_else(started) else {
            return Err(Refusal::NotNow(
                "no step has been started: there is nothing to call again".to_owned(),
            ));
        };
        self.undecided(index)?;
        if self.step(index).is_none_or(|step| step.callbacks.is_empty()) {
            return Err(Refusal::NotNow(format!("step {index} has not been started")));
        }
        turn.say(
            Stage::Run,
            FRAMEWORK,
            MessageKind::Note,
            FRAMEWORK,
            label::INVOKE_AGAIN,
            Value::Null,
        );
        self.call_action(turn, index);
        Ok(())
    }

    /// The step exists, is not decided, and none of its calls is running.
    fn undecided(&self, index: usize) -> Result<(), Refusal> {
        let Some(process) = &self.process else {
            return Err(Refusal::NotNow("the step is not created yet".to_owned()));
        };
        let step = process
            .steps
            .get(index)
            .ok_or_else(|| Refusal::NotNow(format!("there is no step {index}")))?;
        if let Some(status) = step.decided {
            return Err(Refusal::AlreadyDecided { step: index, status });
        }
        if self.pending(Some(index)).is_some() { Err(Refusal::Busy) } else { Ok(()) }
    }

    fn fresh_token(&self, callback: &Callback) -> Result<(), Refusal> {
        if callback.token.is_empty() || self.owns_token(&callback.token) {
            return Err(Refusal::NotNow("each click needs a callback token of its own".to_owned()));
        }
        Ok(())
    }

    fn call_action(&mut self, turn: &mut Turn, index: usize) {
        let action_type = self.setup.action.action_type;
        let Some(process) = &mut self.process else { return };
        let state = process.state.clone();
        let activated_at = process.activated_at;
        let Some(step) = process.steps.get_mut(index) else { return };
        step.wake_at = None;
        step.problem = None;
        step.failed = false;
        let mut context = Map::new();
        context.insert("action_key".to_owned(), json!(self.setup.action.key));
        match action_type {
            ActionType::Action => {
                let users = self
                    .setup
                    .assignees
                    .iter()
                    .filter(|assignee| matches!(assignee, Assignee::User(_)));
                context.insert("assignees".to_owned(), json!(users.collect::<Vec<_>>()));
            }
            ActionType::Automation | ActionType::Await => {
                context.insert("attempts".to_owned(), json!(step.attempts));
            }
            ActionType::Trigger => {
                if let Some(state) = state {
                    context.insert("state".to_owned(), json!(state));
                }
                context.insert("trigger_activation_time".to_owned(), json!(activated_at));
            }
        }
        let mut callback = Map::new();
        if let Some(current) = step.callbacks.last() {
            callback.insert("token".to_owned(), json!(current.token));
            if let Some(url) =
                current.redirect.as_ref().filter(|_| action_type == ActionType::Action)
            {
                callback.insert("redirect".to_owned(), json!(url));
            }
            if let Some(url) = &current.webhook {
                callback.insert("webhook".to_owned(), json!(url));
            }
        }
        let mut parameters = Map::new();
        parameters.insert("context".to_owned(), Value::Object(context));
        parameters.insert("input".to_owned(), Value::Object(step.forms.merged(&step.input)));
        parameters.insert("callback".to_owned(), Value::Object(callback));
        self.call(turn, Some(index), parameters, false);
    }
}

/// The seed's note at the begin of run time.
fn triggered(turn: &mut Turn) {
    let note = MessageKind::Note;
    turn.say(Stage::Run, FRAMEWORK, note, FRAMEWORK, label::TRIGGERED, Value::Null);
}
