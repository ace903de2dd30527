//! The run as the window shows it.

use definition::ActionType;

use super::process::{Process, Step, StepAssignee};
use super::view::{ButtonView, RunStatus, RunView, StepCard, StepView, VariableView, WaitingFor};
use super::{EndStatus, FlowRun};
use crate::timeline::Stage;

impl FlowRun {
    /// Everything the preview draws.
    pub fn view(&self) -> RunView {
        let card = self.process.as_ref().map(|process| self.card(process));
        let waiting_for = if self.ended.is_some() { None } else { self.waiting_for(card.as_ref()) };
        let status = match (self.ended, &waiting_for) {
            (Some(EndStatus::Completed), _) => RunStatus::Completed,
            (Some(EndStatus::Cancelled), _) => RunStatus::Cancelled,
            (None, Some(WaitingFor::Call { .. } | WaitingFor::TokenRefresh)) => RunStatus::Running,
            (None, Some(WaitingFor::Retry)) => RunStatus::Failed,
            (None, _) => RunStatus::Waiting,
        };
        let process = self.process.as_ref();
        let steps = || process.iter().flat_map(|process| &process.steps);
        let problem = match self.process {
            None => self.build_problem.clone(),
            Some(_) => steps()
                .find_map(|step| step.problem.clone())
                .or_else(|| self.callback_problem.clone()),
        };
        let can_retry = self.ended.is_none()
            && match self.process {
                None => self.stage() != Stage::Authorization && self.pending(None).is_none(),
                Some(_) => steps().enumerate().any(|(index, step)| {
                    step.decided.is_none()
                        && !step.callbacks.is_empty()
                        && self.pending(Some(index)).is_none()
                }),
            };
        RunView {
            action_key: self.setup.action.key.clone(),
            action_type: self.setup.action.action_type,
            stage: self.stage(),
            status,
            waiting_for,
            identity: self.identity.clone(),
            form: self
                .process
                .is_none()
                .then(|| self.forms.view(self.pending(None).is_some()))
                .flatten(),
            card,
            chat: process.map(|process| process.chat.clone()).unwrap_or_default(),
            problem,
            notices: self.notices.clone(),
            can_retry,
            variables: process.map(variables).unwrap_or_default(),
            started_flows: process.map(|process| process.started_flows.clone()).unwrap_or_default(),
        }
    }

    fn waiting_for(&self, card: Option<&StepCard>) -> Option<WaitingFor> {
        if let Some(card) = card {
            let waits = || card.steps.iter().filter_map(|step| step.waiting_for.clone());
            let is_running = |waits: &WaitingFor| {
                matches!(waits, WaitingFor::Call { .. } | WaitingFor::TokenRefresh)
            };
            let is_stuck = |waits: &WaitingFor| *waits == WaitingFor::Retry;
            return waits()
                .find(is_running)
                .or_else(|| waits().find(is_stuck))
                .or_else(|| waits().next());
        }
        if self.stage() == Stage::Authorization {
            return Some(WaitingFor::Credential);
        }
        if let Some(running) = self.running(None) {
            return Some(running);
        }
        let user_can_go_on = self.forms.len() > 0
            && self.build_problem.as_ref().is_none_or(|problem| problem.shown_to_user);
        Some(if user_can_go_on { WaitingFor::Form } else { WaitingFor::Retry })
    }

    fn running(&self, step: Option<usize>) -> Option<WaitingFor> {
        let pending = self.pending(step)?;
        Some(if pending.refreshing {
            WaitingFor::TokenRefresh
        } else {
            WaitingFor::Call { function: pending.function() }
        })
    }

    fn card(&self, process: &Process) -> StepCard {
        let steps = process
            .steps
            .iter()
            .enumerate()
            .map(|(index, step)| self.step_view(process, index, step));
        StepCard {
            title: process.title.clone(),
            description: process.description.clone(),
            steps: steps.collect(),
            status: self.ended,
        }
    }

    fn step_view(&self, process: &Process, index: usize, step: &Step) -> StepView {
        let blocked = step.decided.is_none() && process.is_blocked(index);
        let running = self.running(Some(index));
        let asked = step.asking && step.decided.is_none();
        StepView {
            assignee: step.assignee.as_ref().map(|assignee| match assignee {
                StepAssignee::User { name, .. } => name.clone(),
                StepAssignee::Role { id } => id.clone(),
            }),
            assignee_id: step.assignee.as_ref().map(|assignee| match assignee {
                StepAssignee::User { id, .. } | StepAssignee::Role { id } => id.clone(),
            }),
            is_role: matches!(step.assignee, Some(StepAssignee::Role { .. })),
            buttons: step
                .buttons
                .iter()
                .map(|button| ButtonView {
                    title: button.title.clone(),
                    style: button.style.clone(),
                    input: button.input.clone(),
                })
                .collect(),
            order_number: step.order_number,
            open: step.decided.is_none()
                && !blocked
                && running.is_none()
                && !step.buttons.is_empty(),
            blocked,
            status: step.decided,
            form: if asked { step.forms.view(running.is_some()) } else { None },
            waiting_for: if step.decided.is_some() {
                None
            } else {
                self.step_waits(step, blocked, running)
            },
            open_url: step.open_url.clone(),
            problem: step.problem.clone(),
            attempts: step.attempts,
            token: step.callbacks.last().map(|callback| callback.token.clone()),
        }
    }

    fn step_waits(
        &self,
        step: &Step,
        blocked: bool,
        running: Option<WaitingFor>,
    ) -> Option<WaitingFor> {
        let action_type = self.setup.action.action_type;
        if running.is_some() {
            running
        } else if step.failed {
            Some(WaitingFor::Retry)
        } else if step.asking {
            Some(WaitingFor::StepForm)
        } else if let Some(at) = step.wake_at {
            Some(WaitingFor::Time { at })
        } else if step.awaiting {
            let current = step.callbacks.last();
            Some(WaitingFor::Callback {
                redirect: action_type == ActionType::Action
                    && current.is_some_and(|urls| urls.redirect.is_some()),
                webhook: current.is_some_and(|urls| urls.webhook.is_some()),
            })
        } else if blocked {
            None
        } else if action_type == ActionType::Action {
            Some(WaitingFor::Button)
        } else if step.callbacks.is_empty() {
            Some(WaitingFor::Start)
        } else {
            Some(WaitingFor::Poll)
        }
    }
}

/// Declared ones in their order, then those provided without a declaration.
fn variables(process: &Process) -> Vec<VariableView> {
    let key_of = |value: &serde_json::Value| {
        value.get("key").and_then(|key| key.as_str()).unwrap_or_default().to_owned()
    };
    let mut views: Vec<VariableView> = process
        .declared
        .iter()
        .map(|declared| {
            let key = key_of(declared);
            let provided = process.provided.get(&key).cloned();
            VariableView { key, declared: Some(declared.clone()), provided }
        })
        .collect();
    for (key, value) in &process.provided {
        if !views.iter().any(|view| view.key == *key) {
            views.push(VariableView {
                key: key.clone(),
                declared: None,
                provided: Some(value.clone()),
            });
        }
    }
    views
}
