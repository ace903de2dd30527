//! What the return values of Action, Redirect and Webhook do to a step (contract chapters 8 to 10).

use definition::{ActionType, FunctionKind};
use serde_json::{Map, Value, json};

use super::calls::Pending;
use super::outcome::{self, Outcome, StepEvent};
use super::turn::{Turn, failure, record_exchanges};
use super::view::{AttachmentState, ChatItem, PendingUrl, Problem, ProblemKind};
use super::{CallFailure, Effect, EndStatus, Exchange, FetchedFile, FlowRun, Refusal};
use crate::returned::{self, masked};
use crate::timeline::{Actor, Message, MessageKind, Stage, label};

const FRAMEWORK: Actor = Actor::IntegrationFramework;

/// What a return value comes to.
pub(super) enum Used {
    Outcome(Outcome),
    Refresh,
    Error(Problem),
    Failed(Problem),
}

impl FlowRun {
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
        let began = pending.began(turn);
        let invoked = Message::new(
            began,
            Stage::Run,
            FRAMEWORK,
            MessageKind::Reply,
            FRAMEWORK,
            label::ACTION_RETURNS,
        );
        turn.record(
            invoked
                .with(payload)
                .invoking(FunctionKind::Action, &call_id)
                .failed_if(matches!(outcome, Used::Failed(_))),
        );
        record_exchanges(turn, Stage::Run, began, &call_id, exchanges);
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
