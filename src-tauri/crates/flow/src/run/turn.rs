//! One event being handled: the messages and effects that come out of it.

use definition::FunctionKind;
use serde_json::{Value, json};

use super::event::{CallFailure, Effect, Exchange};
use super::view::{Problem, ProblemKind};
use crate::timeline::{Actor, Message, MessageKind, Stage, label};

/// One event being handled: its time, and what comes out.
pub(super) struct Turn {
    pub at: i64,
    pub effects: Vec<Effect>,
}

impl Turn {
    pub fn message(
        &self,
        stage: Stage,
        from: Actor,
        kind: MessageKind,
        to: Actor,
        label: &str,
    ) -> Message {
        Message::new(self.at, stage, from, kind, to, label)
    }

    pub fn record(&mut self, message: Message) {
        self.effects.push(Effect::Record(message));
    }

    pub fn say(
        &mut self,
        stage: Stage,
        from: Actor,
        kind: MessageKind,
        to: Actor,
        label: &str,
        payload: Value,
    ) {
        let message = self.message(stage, from, kind, to, label).with(payload);
        self.record(message);
    }
}

/// Records what a function did over HTTP in a call that began at `began`, ms since 1970: each message at its own time, though
/// never outside the call. A clock that was set meanwhile must not put an answer ahead of its question.
pub(super) fn record_exchanges(
    turn: &mut Turn,
    stage: Stage,
    began: i64,
    call_id: &str,
    exchanges: &[Exchange],
) {
    let within = |at: i64| at.min(turn.at).max(began);
    let mut messages = Vec::new();
    let (framework, service) = (Actor::IntegrationFramework, Actor::ExternalService);
    for exchange in exchanges {
        let place = url::Url::parse(&exchange.url)
            .map(|url| format!("{}{}", url.host_str().unwrap_or_default(), url.path()))
            .unwrap_or_else(|_| "an invalid URL".to_owned());
        let said = format!("{} {place}", exchange.method);
        let failed = exchange.status.is_none_or(|status| status >= 400);
        let registers = exchange.carried_webhook_url;
        let label = if registers { label::REGISTER_WEBHOOK } else { said.as_str() };
        let payload = json!({
            "request": said,
            "status": exchange.status,
            "duration_ms": exchange.duration_ms,
        });
        let (sent, over) =
            (exchange.started_at, exchange.started_at.saturating_add(exchange.duration_ms));
        let request =
            Message::new(within(sent), stage, framework, MessageKind::Request, service, label);
        messages.push(request.with(payload).of_call(call_id).detail_if(!registers));
        // The seed draws no answer to a registration that worked.
        if !registers || failed {
            let words = exchange
                .status
                .map_or_else(|| "No answer".to_owned(), |status| format!("Status {status}"));
            let reply =
                Message::new(within(over), stage, service, MessageKind::Reply, framework, words);
            let reply = reply.of_call(call_id).detail_if(!registers);
            messages.push(reply.failed_if(failed));
        }
    }
    // Requests that a function made at once overlap.
    messages.sort_by_key(|message| message.at);
    turn.effects.extend(messages.into_iter().map(Effect::Record));
}

/// A problem from a call without a usable return value.
pub(super) fn failure(
    turn: &Turn,
    function: FunctionKind,
    call_id: &str,
    failure: CallFailure,
) -> Problem {
    Problem {
        at: turn.at,
        kind: ProblemKind::Failure,
        function,
        title: format!("{function} failed"),
        description: failure.message,
        stack: failure.stack,
        call: Some(call_id.to_owned()),
        shown_to_user: false,
    }
}
