//! Run time: clicks and starts, calls of Action, what they decide (contract chapter 8).

use definition::{ActionType, FunctionKind};
use serde_json::{Map, Value, json};

use super::outcome::{self, Outcome, StepEvent};
use super::view::{AttachmentState, ChatItem, PendingUrl, Problem, ProblemKind};
use super::{
    Assignee, CallFailure, Callback, Effect, EndStatus, Exchange, FetchedFile, FlowRun, Pending,
    Refusal, Turn, failure, record_exchanges,
};
use crate::returned::{self, masked};
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
        turn.say(
            Stage::Run,
            FRAMEWORK,
            MessageKind::Note,
            FRAMEWORK,
            label::TRIGGERED,
            Value::Null,
        );
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
        turn.say(
            Stage::Run,
            FRAMEWORK,
            MessageKind::Note,
            FRAMEWORK,
            label::TRIGGERED,
            Value::Null,
        );
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

    pub(super) fn action_returned(
        &mut self,
        turn: &mut Turn,
        pending: Pending,
        index: usize,
        call_id: String,
        result: Result<Value, CallFailure>,
        exchanges: &[Exchange],
    ) {
        let payload = match &result {
            Ok(value) => json!({ "parameters": pending.parameters, "return_value": masked(value) }),
            Err(why) => json!({ "parameters": pending.parameters, "message": why.message }),
        };
        let outcome = match result {
            Ok(value) => {
                self.use_returned(turn, FunctionKind::Action, &value, pending.refreshed, &call_id)
            }
            Err(why) => Used::Failed(failure(turn, FunctionKind::Action, &call_id, why)),
        };
        let invoked = turn.message(
            Stage::Run,
            FRAMEWORK,
            MessageKind::Reply,
            FRAMEWORK,
            label::ACTION_RETURNS,
        );
        turn.record(
            invoked.with(payload).of_call(&call_id).failed_if(matches!(outcome, Used::Failed(_))),
        );
        record_exchanges(turn, Stage::Run, &call_id, exchanges);
        if self.step(index).is_none_or(|step| step.decided.is_some()) {
            turn.say(
                Stage::Run,
                FRAMEWORK,
                MessageKind::Note,
                FRAMEWORK,
                label::ALREADY_DECIDED,
                Value::Null,
            );
            return;
        }
        match outcome {
            Used::Outcome(outcome) => {
                self.notices_of(&outcome);
                self.apply_outcome(turn, index, FunctionKind::Action, outcome);
            }
            Used::Refresh => {
                if let Err(message) = self.refresh(turn, pending) {
                    let problem =
                        failure(turn, FunctionKind::Action, &call_id, CallFailure::new(message));
                    self.fail(Some(index), problem);
                }
            }
            Used::Error(problem) => {
                let (title, description) = (problem.title.clone(), problem.description.clone());
                let shown = problem.shown_to_user;
                self.fail(Some(index), problem);
                if shown {
                    let payload = json!({ "title": title, "description": description });
                    let client = Actor::MoxoClient;
                    turn.say(
                        Stage::Run,
                        FRAMEWORK,
                        MessageKind::Reply,
                        client,
                        label::SHOW_ERROR,
                        payload,
                    );
                    if let Some(process) = &mut self.process {
                        process.chat.push(ChatItem::Error { at: turn.at, title, description });
                        // The assignee reads it and clicks again.
                        process
                            .steps
                            .iter_mut()
                            .skip(index)
                            .take(1)
                            .for_each(|step| step.failed = false);
                    }
                }
            }
            Used::Failed(problem) => self.fail(Some(index), problem),
        }
    }

    /// What to make of a return value of Action, Redirect or Webhook.
    pub(super) fn use_returned(
        &self,
        turn: &Turn,
        function: FunctionKind,
        value: &Value,
        refreshed: bool,
        call_id: &str,
    ) -> Used {
        let failed = |message: String| {
            Used::Failed(failure(turn, function, call_id, CallFailure::new(message)))
        };
        let returned = match returned::read(function, value) {
            Ok(returned) => returned,
            Err(message) => return failed(message),
        };
        let action_type = self.setup.action.action_type;
        if returned.wants_refresh {
            return if refreshed {
                failed(
                    "the token was refreshed once in this call, and the function asks for it again"
                        .to_owned(),
                )
            } else {
                Used::Refresh
            };
        }
        if let Some((title, description)) = returned.error {
            return Used::Error(Problem {
                at: turn.at,
                kind: ProblemKind::Error,
                function,
                title,
                description,
                stack: None,
                call: Some(call_id.to_owned()),
                shown_to_user: function == FunctionKind::Action
                    && action_type == ActionType::Action,
            });
        }
        let empty = Map::new();
        match outcome::read(function, action_type, returned.output.unwrap_or(&empty)) {
            Ok(outcome) => Used::Outcome(outcome),
            Err(message) => failed(message),
        }
    }

    pub(super) fn notices_of(&mut self, outcome: &Outcome) {
        for ignored in &outcome.ignored {
            self.notice(ignored.clone());
        }
    }

    /// Events, then variables, then the decision.
    pub(super) fn apply_outcome(
        &mut self,
        turn: &mut Turn,
        index: usize,
        function: FunctionKind,
        outcome: Outcome,
    ) {
        for event in outcome.events {
            self.step_event(turn, index, event);
        }
        let server = Actor::MoxoServer;
        if !outcome.variables.is_empty() {
            let payload = json!(outcome.variables);
            turn.say(
                Stage::Run,
                FRAMEWORK,
                MessageKind::Request,
                server,
                label::PROVIDE_VARIABLES,
                payload,
            );
        }
        for group in &outcome.groups {
            turn.say(
                Stage::Run,
                FRAMEWORK,
                MessageKind::Request,
                server,
                label::START_FLOW,
                group.clone(),
            );
            turn.effects.push(Effect::StartFlow { group: group.clone() });
        }
        let Some(process) = &mut self.process else { return };
        for variable in outcome.variables {
            if let Some(key) = variable.get("key").and_then(Value::as_str).map(str::to_owned) {
                process.provided.insert(key, variable);
            }
        }
        process.started_flows.extend(outcome.groups);
        if outcome.state.is_some() {
            process.state = outcome.state;
        }
        let is_trigger = self.setup.action.action_type == ActionType::Trigger;
        if let Some(status) = outcome.status {
            let words = if function == FunctionKind::Action {
                label::COMPLETE_OR_CANCEL
            } else {
                label::COMPLETE_OR_FAIL
            };
            let payload = json!({ "step": index, "status": status, "message": outcome.message });
            turn.say(Stage::Run, FRAMEWORK, MessageKind::Request, server, words, payload);
            self.decide(turn, index, status, outcome.message);
            return;
        }
        let Some(step) = process.steps.get_mut(index) else { return };
        let from_action = function == FunctionKind::Action;
        if from_action {
            step.asking = false;
            step.awaiting = false;
        }
        if let Some((inputs, no_more_forms)) = outcome.form {
            let client = Actor::MoxoClient;
            let payload = json!(inputs);
            turn.say(
                Stage::Run,
                FRAMEWORK,
                MessageKind::Reply,
                client,
                label::RETURN_VALUE,
                payload,
            );
            turn.say(
                Stage::Run,
                client,
                MessageKind::Reply,
                Actor::Assignee,
                label::ASK_ASSIGNEE,
                Value::Null,
            );
            step.forms.ask(inputs, no_more_forms);
            step.asking = true;
        } else if let Some(delay) = outcome.retry_delay {
            let at = turn.at.saturating_add(delay);
            step.wake_at = Some(at);
            let payload = json!({ "after_ms": delay, "at": at });
            turn.say(
                Stage::Run,
                FRAMEWORK,
                MessageKind::Note,
                FRAMEWORK,
                label::INVOKE_AGAIN,
                payload,
            );
            turn.effects.push(Effect::WakeAt { step: index, at });
        } else if from_action && !is_trigger {
            step.awaiting = true;
        }
    }

    fn step_event(&mut self, turn: &mut Turn, index: usize, event: StepEvent) {
        let at = turn.at;
        let id = self.fresh_id();
        let Some(process) = &mut self.process else { return };
        match event {
            StepEvent::SendMessage { text } => {
                let payload = json!({ "text": text });
                let server = Actor::MoxoServer;
                turn.say(
                    Stage::Run,
                    FRAMEWORK,
                    MessageKind::Request,
                    server,
                    label::SEND_MESSAGE,
                    payload,
                );
                process.chat.push(ChatItem::Message { at, text });
            }
            StepEvent::UploadAttachment { file_name, mime_type, url, headers } => {
                let payload = json!({ "file_name": file_name, "mime_type": mime_type, "url": url });
                let service = Actor::ExternalService;
                turn.say(
                    Stage::Run,
                    FRAMEWORK,
                    MessageKind::Request,
                    service,
                    label::GET_ATTACHMENT,
                    payload,
                );
                process.chat.push(ChatItem::Attachment {
                    at,
                    id,
                    file_name: file_name.clone(),
                    mime_type: mime_type.clone(),
                    state: AttachmentState::Fetching,
                });
                turn.effects.push(Effect::FetchAttachment {
                    attachment: id,
                    file_name,
                    mime_type,
                    url,
                    headers,
                });
            }
            StepEvent::OpenUrl { url, open_type } => {
                let payload = json!({ "url": url, "open_type": open_type });
                let client = Actor::MoxoClient;
                turn.say(
                    Stage::Run,
                    FRAMEWORK,
                    MessageKind::Reply,
                    client,
                    label::EXTERNAL_URL,
                    payload,
                );
                if let Some(step) = process.steps.get_mut(index) {
                    step.open_url = Some(PendingUrl { url: url.clone(), open_type, opened: false });
                }
                turn.effects.push(Effect::OpenUrl { step: index, url, open_type });
            }
        }
    }

    pub(super) fn attachment_fetched(
        &mut self,
        turn: &mut Turn,
        attachment: u64,
        result: Result<FetchedFile, String>,
    ) -> Result<(), Refusal> {
        let chat = self.process.iter_mut().flat_map(|process| &mut process.chat);
        let mut waiting = chat.filter_map(|item| match item {
            ChatItem::Attachment {
                id,
                file_name,
                state: state @ AttachmentState::Fetching,
                ..
            } if *id == attachment => Some((file_name, state)),
            _ => None,
        });
        let Some((file_name, state)) = waiting.next() else {
            return Err(Refusal::Stale);
        };
        let (payload, failed) = match &result {
            Ok(file) => (
                json!({ "file_name": file_name, "size": file.size, "mime_type": file.mime_type }),
                false,
            ),
            Err(message) => (json!({ "file_name": file_name, "message": message }), true),
        };
        let reply = turn.message(
            Stage::Run,
            Actor::ExternalService,
            MessageKind::Reply,
            FRAMEWORK,
            label::FILE,
        );
        turn.record(reply.with(payload.clone()).failed_if(failed));
        *state = match result {
            Ok(file) => {
                let server = Actor::MoxoServer;
                turn.say(
                    Stage::Run,
                    FRAMEWORK,
                    MessageKind::Request,
                    server,
                    label::UPLOAD_ATTACHMENT,
                    payload,
                );
                AttachmentState::Uploaded { size: file.size }
            }
            Err(message) => AttachmentState::Failed { message },
        };
        Ok(())
    }

    fn decide(
        &mut self,
        turn: &mut Turn,
        index: usize,
        status: EndStatus,
        message: Option<String>,
    ) {
        let Some(process) = &mut self.process else { return };
        process.chat.push(ChatItem::Status { at: turn.at, step: index, status, message });
        for (place, step) in process.steps.iter_mut().enumerate() {
            if step.decided.is_none() && (place == index || status == EndStatus::Cancelled) {
                step.decide(status);
            }
        }
        if let Some(status) = process.end() {
            self.end(turn, status);
        }
    }
}

/// What a return value comes to.
pub(super) enum Used {
    Outcome(Outcome),
    Refresh,
    Error(Problem),
    Failed(Problem),
}
