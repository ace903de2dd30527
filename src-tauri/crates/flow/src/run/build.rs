//! Build time: the account, the form loop, the created step (contract chapter 6).

use definition::{ActionType, FunctionKind};
use serde_json::{Map, Value, json};

use super::built::{self, Built};
use super::calls::Pending;
use super::process::{Process, Step};
use super::turn::{Turn, failure, record_exchanges};
use super::view::{Identity, Problem, ProblemKind};
use super::{AuthorizationKind, CallFailure, Effect, Exchange, FlowRun, Refusal};
use crate::returned::{self, masked};
use crate::timeline::{Actor, Message, MessageKind, Stage, label};

/// A loop longer than this is worth a word.
const MANY_FORMS: usize = 50;

impl FlowRun {
    pub(super) fn credential_chosen(
        &mut self,
        turn: &mut Turn,
        identity: Identity,
        fresh: bool,
    ) -> Result<(), Refusal> {
        if self.setup.authorization == AuthorizationKind::None {
            return Err(Refusal::NotNow(
                "this app has no authorization: there is no account to choose".to_owned(),
            ));
        }
        self.still_building()?;
        if !fresh {
            let payload = json!({ "display_id": identity.display_id });
            let (creator, client) = (Actor::Creator, Actor::MoxoClient);
            turn.say(
                Stage::Authorization,
                creator,
                MessageKind::Request,
                client,
                label::CHOOSE_ACCOUNT,
                payload,
            );
        }
        // Another account sees other choices: the loop starts anew, what was entered is remembered.
        self.identity = Some(identity);
        self.forms.clear();
        self.call_build(turn);
        Ok(())
    }

    pub(super) fn form_answered(
        &mut self,
        turn: &mut Turn,
        values: Map<String, Value>,
    ) -> Result<(), Refusal> {
        self.still_building()?;
        if self.pending(None).is_some() {
            return Err(Refusal::Busy);
        }
        if self.forms.len() == 0 {
            return Err(Refusal::NotNow("Build has not asked for a form".to_owned()));
        }
        let (creator, client) = (Actor::Creator, Actor::MoxoClient);
        turn.say(
            Stage::Build,
            creator,
            MessageKind::Request,
            client,
            label::FORM_DATA,
            json!(values),
        );
        self.forms.answer(values);
        self.call_build(turn);
        Ok(())
    }

    pub(super) fn form_reopened(&mut self, turn: &mut Turn, index: usize) -> Result<(), Refusal> {
        self.still_building()?;
        if index >= self.forms.len() {
            return Err(Refusal::NotNow(format!("there is no form {index} to go back to")));
        }
        let (creator, client) = (Actor::Creator, Actor::MoxoClient);
        let payload = json!({ "index": index });
        turn.say(Stage::Build, creator, MessageKind::Request, client, label::BACK_TO_FORM, payload);
        // A call on its way is given up: its answer belongs to the later form.
        self.calls.retain(|call| call.step.is_some());
        self.build_problem = None;
        self.forms.reopen(index);
        Ok(())
    }

    fn still_building(&self) -> Result<(), Refusal> {
        match &self.process {
            Some(_) => Err(Refusal::NotNow("the step is created: build time is over".to_owned())),
            None => Ok(()),
        }
    }

    /// Calls Build with the answered forms; one that is on its way is given up.
    pub(super) fn call_build(&mut self, turn: &mut Turn) {
        self.calls.retain(|call| call.step.is_some());
        self.build_problem = None;
        let input = self.forms.merged(&Map::new());
        let mut context = Map::new();
        context.insert("action_key".to_owned(), json!(self.setup.action.key));
        if self.setup.action.action_type == ActionType::Action {
            let title = self.setup.title.as_ref().unwrap_or(&self.setup.action.title);
            context.insert("title".to_owned(), json!(title));
            if let Some(description) = &self.setup.description {
                context.insert("description".to_owned(), json!(description));
            }
            context.insert("assignees".to_owned(), json!(self.setup.assignees));
        }
        let mut parameters = Map::new();
        parameters.insert("context".to_owned(), Value::Object(context));
        parameters.insert("input".to_owned(), Value::Object(input));
        let words = if self.forms.answered() > 0 {
            label::INVOKE_BUILD_WITH_FORM
        } else {
            label::INVOKE_BUILD
        };
        let (client, framework) = (Actor::MoxoClient, Actor::IntegrationFramework);
        turn.say(Stage::Build, client, MessageKind::Request, framework, words, json!(parameters));
        self.call(turn, None, parameters, false);
    }

    pub(super) fn build_returned(
        &mut self,
        turn: &mut Turn,
        pending: Pending,
        call_id: String,
        result: Result<Value, CallFailure>,
        exchanges: &[Exchange],
    ) {
        let framework = Actor::IntegrationFramework;
        let payload = match &result {
            Ok(value) => masked(value),
            Err(failure) => json!({ "message": failure.message }),
        };
        let began = pending.began(turn);
        let invoked = Message::new(
            began,
            Stage::Build,
            framework,
            MessageKind::Reply,
            framework,
            label::BUILD_RETURNS,
        );
        turn.record(
            invoked
                .with(payload.clone())
                .invoking(FunctionKind::Build, &call_id)
                .failed_if(result.is_err()),
        );
        record_exchanges(turn, Stage::Build, began, &call_id, exchanges);
        let value = match result {
            Ok(value) => value,
            Err(why) => {
                self.build_problem = Some(failure(turn, FunctionKind::Build, &call_id, why));
                return;
            }
        };
        if let Err(message) = self.use_built(turn, pending, &call_id, &value, payload) {
            let reply = turn.message(
                Stage::Build,
                framework,
                MessageKind::Reply,
                Actor::MoxoClient,
                label::RETURN_VALUE,
            );
            turn.record(
                reply.with(json!({ "message": message })).of_call(&call_id).failed_if(true),
            );
            self.build_problem =
                Some(failure(turn, FunctionKind::Build, &call_id, CallFailure::new(message)));
        }
    }

    /// `Err` = why the value cannot be used; nothing has been done then.
    fn use_built(
        &mut self,
        turn: &mut Turn,
        pending: Pending,
        call_id: &str,
        value: &Value,
        payload: Value,
    ) -> Result<(), String> {
        let returned = returned::read(FunctionKind::Build, value)?;
        if returned.wants_refresh && !pending.refreshed {
            return self.refresh(turn, pending);
        }
        let returns = |turn: &mut Turn| {
            let (framework, client) = (Actor::IntegrationFramework, Actor::MoxoClient);
            let reply = turn.message(
                Stage::Build,
                framework,
                MessageKind::Reply,
                client,
                label::RETURN_VALUE,
            );
            turn.record(reply.with(payload.clone()).of_call(call_id));
        };
        if let Some((title, description)) = returned.error {
            returns(turn);
            let shown_to_user = self.setup.action.action_type != ActionType::Automation;
            if shown_to_user {
                let payload = json!({ "title": title, "description": description });
                let (client, creator) = (Actor::MoxoClient, Actor::Creator);
                turn.say(
                    Stage::Build,
                    client,
                    MessageKind::Reply,
                    creator,
                    label::SHOW_ERROR,
                    payload,
                );
            }
            self.build_problem = Some(Problem {
                at: turn.at,
                kind: ProblemKind::Error,
                function: FunctionKind::Build,
                title,
                description,
                stack: None,
                call: Some(call_id.to_owned()),
                shown_to_user,
            });
            return Ok(());
        }
        let Some(output) = returned.output else {
            return Err(if returned.wants_refresh {
                "the token was refreshed once in this call; the second directive is ignored, and there is no output".to_owned()
            } else {
                "there is no output; expected output.form or the result of this action's type"
                    .to_owned()
            });
        };
        match built::read(self.setup.action.action_type, &self.setup.assignees, output)? {
            Built::Form { inputs, no_more_forms } => {
                returns(turn);
                let (client, creator) = (Actor::MoxoClient, Actor::Creator);
                turn.say(
                    Stage::Build,
                    client,
                    MessageKind::Reply,
                    creator,
                    label::ASK_CREATOR,
                    json!(inputs),
                );
                self.forms.ask(inputs, no_more_forms);
                if self.forms.len() == MANY_FORMS + 1 {
                    self.notice(format!(
                        "Build has asked for more than {MANY_FORMS} forms in a row: does it ever return a result?"
                    ));
                }
            }
            Built::Step { title, description, steps, variables } => {
                returns(turn);
                let (client, server) = (Actor::MoxoClient, Actor::MoxoServer);
                turn.say(
                    Stage::Build,
                    client,
                    MessageKind::Reply,
                    server,
                    label::CREATE_STEP,
                    masked(&json!(output)),
                );
                self.create_step(turn, title, description, steps, variables);
            }
        }
        Ok(())
    }

    fn create_step(
        &mut self,
        turn: &mut Turn,
        title: Option<String>,
        description: Option<String>,
        mut steps: Vec<Step>,
        declared: Vec<Value>,
    ) {
        let is_action = self.setup.action.action_type == ActionType::Action;
        if !is_action {
            let input = self.forms.merged(&Map::new());
            steps.iter_mut().for_each(|step| step.input.clone_from(&input));
        }
        let title = title.unwrap_or_else(|| self.setup.action.title.clone());
        self.process = Some(Process { title, description, steps, declared, ..Process::default() });
        if !is_action {
            turn.effects.push(Effect::StartProcess);
        }
    }
}
