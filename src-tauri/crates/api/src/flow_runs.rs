//! Commands on flow runs. What moves a run stands in [`drive`]; what the window sees of it in [`show`].

mod again;
mod attachments;
mod drive;
mod resume;
mod show;

use definition::Form;
use flow::run::view::FormView;
use flow::run::{Assignee, AuthorizationKind, Event, Setup, User};
use serde_json::{Map, Value};

use crate::types::{
    AppRef, AssignRole, BackToForm, ChooseCredential, ClickButton, CredentialView, FlowRunRef,
    FlowRunSummary, FlowRunView, FormAnswer, FormProblem, OpenUrl, ReadFlowRun, RetryCall,
    StartFlow, StepRef, SubmitForm, SubmitStepForm,
};
use crate::{Api, ApiError};

pub use again::run_again;
pub use drive::{Drives, apply, apply_with, drive_callback, record, tell};
pub use resume::{left_behind, resume};

/// The whole timeline of a run, as recorded.
pub fn messages(api: &Api, id: &str) -> Result<Vec<flow::timeline::Message>, ApiError> {
    // A run without messages and no run at all are two things.
    drive::stored(api, id)?;
    show::messages(api, id, 0)
}

const LISTED: usize = 200;

/// Adds the app to a workspace: a flow run begins.
pub async fn start_flow(api: &Api, request: StartFlow) -> Result<FlowRunView, ApiError> {
    let (app_id, project) = api.project(&request.app)?;
    let app = project.load()?.app;
    let action = app
        .action(&request.action_key)
        .ok_or_else(|| {
            ApiError::invalid(format!(
                "the app has no action {:?}: see the Action List tab",
                request.action_key
            ))
        })?
        .clone();
    let context = request.context.unwrap_or_default();
    let setup = Setup {
        authorization: AuthorizationKind::of(&app.authentication),
        title: context.title.or_else(|| Some(action.title.clone())),
        description: context.description,
        assignees: if context.assignees.is_empty() {
            example_assignees()
        } else {
            context.assignees
        },
        action,
    };
    let id = drive::begin(api, &app_id, setup)?;
    drive::settled_view(api, &id).await
}

/// Two people, for authors who have not said who the step is for.
fn example_assignees() -> Vec<Assignee> {
    let person = |number: u8| {
        Assignee::User(User {
            id: format!("user-{number}"),
            name: format!("Assignee {number}"),
            email: Some(format!("assignee{number}@example.test")),
            phone_number: None,
        })
    };
    vec![person(1), person(2)]
}

/// Goes on with an account that is there already.
pub async fn choose_credential(
    api: &Api,
    request: ChooseCredential,
) -> Result<FlowRunView, ApiError> {
    let stored = drive::stored(api, &request.flow_run)?;
    let found = api
        .store()
        .credentials()
        .get(&request.credential)?
        .filter(|(row, _)| row.app_id == stored.row.app_id);
    let (row, _) = found.ok_or_else(|| ApiError::not_found("this account"))?;
    drive::choose(api, &request.flow_run, &crate::credentials::view(row), false).await?;
    drive::settled_view(api, &request.flow_run).await
}

/// An authorization that was made for this run has its credential. Goes on in the background.
pub async fn credential_arrived(
    api: &Api,
    flow_run: &str,
    credential: CredentialView,
) -> Result<(), ApiError> {
    drive::choose(api, flow_run, &credential, true).await
}

/// The Creator's form, filled in.
pub async fn submit_form(api: &Api, request: SubmitForm) -> Result<FormAnswer, ApiError> {
    let (_, run) = drive::load(api, &request.flow_run)?;
    let form = run.view().form.ok_or_else(|| ApiError::refused("this run waits for no form"))?;
    let event = Event::FormAnswered { values: request.values.clone() };
    answer_form(api, &request.flow_run, &form, &request.values, event).await
}

/// The Assignee's form, filled in.
pub async fn submit_step_form(api: &Api, request: SubmitStepForm) -> Result<FormAnswer, ApiError> {
    let (_, run) = drive::load(api, &request.flow_run)?;
    let step = index(request.step);
    let view = run.view();
    let form =
        view.card.and_then(|card| card.steps.into_iter().nth(step)).and_then(|step| step.form);
    let form = form.ok_or_else(|| ApiError::refused("this step waits for no form"))?;
    let event = Event::StepFormAnswered { step, values: request.values.clone() };
    answer_form(api, &request.flow_run, &form, &request.values, event).await
}

async fn answer_form(
    api: &Api,
    flow_run: &str,
    form: &FormView,
    values: &Map<String, Value>,
    event: Event,
) -> Result<FormAnswer, ApiError> {
    let problems = form_problems(form, values);
    if problems.is_empty() {
        apply(api, flow_run, event).await?;
    }
    Ok(FormAnswer { run: drive::settled_view(api, flow_run).await?, problems })
}

/// Why a form does not take these values; empty = it does.
fn form_problems(form: &FormView, values: &Map<String, Value>) -> Vec<FormProblem> {
    let inputs =
        Form::parse(&Value::Array(form.inputs.clone())).map(|form| form.inputs).unwrap_or_default();
    definition::check_values(&inputs, values)
        .into_iter()
        .map(|problem| FormProblem { key: problem.key, message: problem.message })
        .collect()
}

/// Back to an earlier form.
pub async fn back_to_form(api: &Api, request: BackToForm) -> Result<FlowRunView, ApiError> {
    apply(api, &request.flow_run, Event::FormReopened { index: index(request.form) }).await?;
    drive::settled_view(api, &request.flow_run).await
}

/// A role is filled by a person.
pub async fn assign_role(api: &Api, request: AssignRole) -> Result<FlowRunView, ApiError> {
    apply(api, &request.flow_run, Event::RoleAssigned { role: request.role, user: request.user })
        .await?;
    drive::settled_view(api, &request.flow_run).await
}

/// The Assignee clicks a button.
pub async fn click_button(api: &Api, request: ClickButton) -> Result<FlowRunView, ApiError> {
    let stored = drive::stored(api, &request.flow_run)?;
    let callback = drive::new_callback(api, &stored.row)?;
    let event =
        Event::ButtonClicked { step: index(request.step), button: index(request.button), callback };
    apply(api, &request.flow_run, event).await?;
    drive::settled_view(api, &request.flow_run).await
}

/// The client opens the page of an `open_url` event.
pub async fn open_url(api: &Api, request: OpenUrl) -> Result<FlowRunView, ApiError> {
    let (_, run) = drive::load(api, &request.flow_run)?;
    let step = index(request.step);
    let pending = run
        .view()
        .card
        .and_then(|card| card.steps.into_iter().nth(step))
        .and_then(|step| step.open_url);
    let pending = pending.ok_or_else(|| ApiError::refused("this step waits for no page"))?;
    if request.in_browser {
        let url = url::Url::parse(&pending.url)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"));
        let url = url.ok_or_else(|| {
            ApiError::refused(format!(
                "{:?} is no http or https address: it is not opened",
                pending.url
            ))
        })?;
        api.host().open_url(url.as_str()).map_err(ApiError::refused)?;
    }
    apply(api, &request.flow_run, Event::UrlOpened { step }).await?;
    drive::settled_view(api, &request.flow_run).await
}

/// Calls a failed function again.
pub async fn retry_call(api: &Api, request: RetryCall) -> Result<FlowRunView, ApiError> {
    apply(api, &request.flow_run, Event::Retry { step: request.step.map(index) }).await?;
    drive::settled_view(api, &request.flow_run).await
}

/// Does not wait for the time of a retry or poll.
pub async fn wake_step(api: &Api, request: StepRef) -> Result<FlowRunView, ApiError> {
    apply(api, &request.flow_run, Event::Woken { step: index(request.step) }).await?;
    drive::settled_view(api, &request.flow_run).await
}

/// Gives a run up.
pub async fn cancel_flow(api: &Api, request: FlowRunRef) -> Result<FlowRunView, ApiError> {
    apply(api, &request.flow_run, Event::Cancel).await?;
    drive::settled_view(api, &request.flow_run).await
}

/// A run as it stands.
pub async fn read_flow_run(api: &Api, request: ReadFlowRun) -> Result<FlowRunView, ApiError> {
    show::view_after(api, &request.flow_run, request.after.unwrap_or_default())
}

/// The latest runs of an app.
pub async fn list_flow_runs(api: &Api, request: AppRef) -> Result<Vec<FlowRunSummary>, ApiError> {
    let rows = api.store().flow_runs().list(&request.app, LISTED, None)?;
    summaries(api, &request.app, rows)
}

fn summaries(
    api: &Api,
    app: &str,
    rows: Vec<store::FlowRunRow>,
) -> Result<Vec<FlowRunSummary>, ApiError> {
    let accounts = api.store().credentials().list(app)?;
    let summary = |row: store::FlowRunRow| FlowRunSummary {
        display_id: accounts
            .iter()
            .find(|account| Some(&account.unique_id) == row.unique_id.as_ref())
            .map(|account| account.display_id.clone())
            .or(row.unique_id),
        id: row.id,
        action_key: row.action_key,
        action_title: row.action_title,
        pinned: row.pinned,
        status: row.status,
        stage: row.stage,
        created_at: row.created_at,
        updated_at: row.updated_at,
        ended_at: row.ended_at,
    };
    Ok(rows.into_iter().map(summary).collect())
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
