mod build;
mod diagrams;
mod random;
mod run_time;
mod times;

use serde_json::{Map, Value, json};

use super::view::WaitingFor;
use super::*;
use crate::timeline::Message;

/// A run that is driven, with all it said. After every event the snapshot goes through JSON.
pub(super) struct Driven {
    pub run: FlowRun,
    pub messages: Vec<Message>,
    /// Everything but messages, since the last look.
    pub effects: Vec<Effect>,
    pub now: i64,
    calls: usize,
    tokens: usize,
}

impl Driven {
    pub fn start(action_type: &str, authorization: AuthorizationKind) -> Self {
        let action = json!({ "key": "sign", "title": "Sign", "type": format!("APP_ACTION_TYPE_{action_type}") });
        let assignees = json!([
            { "user": { "id": "u1", "name": "Ann" } },
            { "user": { "id": "u2", "name": "Ben", "email": "b@x.example" } },
            { "role": { "id": "r1" } },
        ]);
        let setup = Setup {
            action: serde_json::from_value(action).unwrap(),
            authorization,
            title: Some("Sign it".to_owned()),
            description: None,
            assignees: serde_json::from_value(assignees).unwrap(),
        };
        let (run, effects) = FlowRun::start(1_000, setup);
        let (messages, tokens) = (Vec::new(), 0);
        let mut driven = Self { run, messages, effects: Vec::new(), now: 1_000, calls: 0, tokens };
        driven.take(effects);
        driven
    }

    fn take(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Record(message) => self.messages.push(message),
                other => self.effects.push(other),
            }
        }
    }

    pub fn try_event(&mut self, event: Event) -> Result<(), Refusal> {
        self.now += 10;
        let before = self.run.clone();
        let result = self.run.apply(self.now, event);
        if result.is_err() {
            assert_eq!(self.run, before, "a refused event changes nothing");
        }
        let stored = serde_json::to_string(&self.run).unwrap();
        assert_eq!(serde_json::from_str::<FlowRun>(&stored).unwrap(), self.run);
        let view = serde_json::to_string(&self.run.view()).unwrap();
        assert_eq!(serde_json::from_str::<RunView>(&view).unwrap(), self.run.view());
        self.take(result?);
        Ok(())
    }

    pub fn event(&mut self, event: Event) {
        self.try_event(event).unwrap();
    }

    /// The call that waits, as function and parameters.
    pub fn called(&self) -> (FunctionKind, Value) {
        let last = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Call { function, parameters, .. } => Some((*function, json!(parameters))),
            _ => None,
        });
        last.unwrap()
    }

    pub fn last_ticket(&self) -> u64 {
        let last = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Call { ticket, .. } | Effect::RefreshToken { ticket } => Some(*ticket),
            _ => None,
        });
        last.unwrap()
    }

    fn returned_event(
        &mut self,
        result: Result<Value, CallFailure>,
        exchanges: Vec<Exchange>,
    ) -> Event {
        self.calls += 1;
        let (ticket, call_id) = (self.last_ticket(), format!("call-{}", self.calls));
        Event::CallReturned { ticket, call_id, result, exchanges }
    }

    pub fn returns(&mut self, value: Value) {
        let event = self.returned_event(Ok(value), Vec::new());
        self.event(event);
    }

    pub fn returns_after(&mut self, value: Value, exchanges: Vec<Exchange>) {
        let event = self.returned_event(Ok(value), exchanges);
        self.event(event);
    }

    pub fn throws(&mut self, message: &str) {
        let event = self.returned_event(Err(CallFailure::new(message)), Vec::new());
        self.event(event);
    }

    pub fn answers(&mut self, values: Value) {
        self.event(Event::FormAnswered { values: object(values) });
    }

    pub fn callback(&mut self) -> Callback {
        self.tokens += 1;
        Callback {
            token: format!("token-{}", self.tokens),
            redirect: Some("http://127.0.0.1:9/redirect".to_owned()),
            webhook: Some("http://127.0.0.1:9/webhook".to_owned()),
        }
    }

    pub fn try_click(&mut self, step: usize, button: usize) -> Result<(), Refusal> {
        let callback = self.callback();
        self.try_event(Event::ButtonClicked { step, button, callback })
    }

    pub fn click(&mut self, step: usize) {
        self.try_click(step, 0).unwrap();
    }

    pub fn process_starts(&mut self) {
        let callback = self.callback();
        self.event(Event::ProcessStarted { callback });
    }

    pub fn callback_event(
        &self,
        source: CallbackSource,
        result: Result<Value, CallFailure>,
    ) -> Event {
        Event::CallbackReturned {
            source,
            inbox_id: "inbox-1".to_owned(),
            received_at: self.now - 5_000,
            request: json!({ "a": "1" }),
            call_id: "call-cb".to_owned(),
            result,
            exchanges: Vec::new(),
        }
    }

    pub fn calls_back(
        &mut self,
        source: CallbackSource,
        token: &str,
        output: Value,
    ) -> Result<(), Refusal> {
        let value = json!({ "output": output, "callback": { "token": token } });
        let event = self.callback_event(source, Ok(value));
        self.try_event(event)
    }

    pub fn arrows(&self) -> Vec<String> {
        let text = crate::timeline::mermaid(&self.messages, crate::timeline::Requests::Shown);
        text.lines()
            .skip(2)
            .map(str::trim)
            .filter(|line| line.contains(": "))
            .map(str::to_owned)
            .collect()
    }

    pub fn problem(&self) -> String {
        let problem = self.run.view().problem.expect("a problem");
        format!("{}: {}", problem.title, problem.description)
    }

    pub fn waits(&self) -> Option<WaitingFor> {
        self.run.view().waiting_for
    }

    pub fn status(&self) -> view::RunStatus {
        self.run.view().status
    }

    pub fn ends(&self) -> Vec<EndStatus> {
        let status = |effect: &Effect| match effect {
            Effect::Ended { status } => Some(*status),
            _ => None,
        };
        self.effects.iter().filter_map(status).collect()
    }

    /// An action with the given steps, built at once, no authorization.
    pub fn action(steps: Value) -> Self {
        let mut driven = Self::start("ACTION", AuthorizationKind::None);
        driven.returns(json!({ "output": { "action": { "title": "T", "steps": steps } } }));
        driven
    }

    /// An automation, await or trigger whose process has been started.
    pub fn process(action_type: &str, authorization: AuthorizationKind) -> Self {
        let mut driven = Self::start(action_type, authorization);
        if authorization != AuthorizationKind::None {
            driven.event(Event::CredentialChosen {
                unique_id: "u".into(),
                display_id: "d".into(),
                fresh: true,
            });
        }
        driven.returns(match action_type {
            "TRIGGER" => json!({ "output": { "variables": [{ "key": "v", "label": "V", "type": "string" }] } }),
            other => json!({ "output": { other.to_lowercase(): {}, "variables": [{ "key": "v", "label": "V", "type": "string" }] } }),
        });
        driven.process_starts();
        driven
    }
}

pub(super) fn object(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

pub(super) fn step(user: &str, order_number: Value) -> Value {
    json!({
        "assignee": { "user": { "id": user } },
        "buttons": [{ "title": "Go", "input": { "who": user } }, { "title": "No", "style": "branding" }],
        "order_number": order_number,
    })
}

pub(super) fn completed() -> Value {
    json!({ "output": { "status": "completed" } })
}
