//! What moves a flow run: an event is applied to the state machine, the result is saved, and only then is anything done.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use definition::{App, FunctionKind, Project};
use flow::run::view::RunStatus;
use flow::run::{CallFailure, Callback, Effect, Event, FlowRun, Outstanding, Setup};
use flow::timeline::Message;
use secrets::Redactor;
use serde_json::{Map, Value, json};
use store::{CallbackOutcome, FlowRunChange, FlowRunRow, NewFlowRun, StoredFlowRun};
use tokio::sync::Notify;

use super::{attachments, show};
use crate::calls::{self, CallPlan};
use crate::clock::now;
use crate::start::{NamedLocks, lock};
use crate::types::{self, CredentialView, FlowRunView};
use crate::words::word;
use crate::{Api, ApiError, credentials, history, redaction};

/// Which runs have something under way, and the locks that make their events come one after the other.
#[derive(Default)]
pub struct Drives {
    turns: NamedLocks,
    under_way: Mutex<HashMap<String, usize>>,
    changed: Notify,
    /// What went wrong outside the functions, by run, until the next event.
    errors: Mutex<HashMap<String, types::ShownError>>,
}

impl Drives {
    /// Is anything under way in this run?
    pub fn busy(&self, id: &str) -> bool {
        lock(&self.under_way).contains_key(id)
    }

    /// What went wrong last outside the functions.
    pub fn error(&self, id: &str) -> Option<types::ShownError> {
        lock(&self.errors).get(id).cloned()
    }

    fn begin(&self, id: &str) {
        *lock(&self.under_way).entry(id.to_owned()).or_default() += 1;
    }

    fn end(&self, id: &str) {
        let mut all = lock(&self.under_way);
        if let Some(count) = all.get_mut(id) {
            *count -= 1;
            if *count == 0 {
                all.remove(id);
            }
        }
        drop(all);
        self.changed.notify_waiters();
    }
}

/// Waits until nothing is under way in a run.
pub async fn settle(api: &Api, id: &str) {
    loop {
        let changed = api.drives().changed.notified();
        tokio::pin!(changed);
        // From here on a change is noticed, also one between the look and the wait.
        changed.as_mut().enable();
        if !api.drives().busy(id) {
            return;
        }
        changed.await;
    }
}

/// The run once it has come to rest.
pub async fn settled_view(api: &Api, id: &str) -> Result<FlowRunView, ApiError> {
    settle(api, id).await;
    show::view(api, id)
}

/// The row and the snapshot of a run.
pub fn stored(api: &Api, id: &str) -> Result<StoredFlowRun, ApiError> {
    api.store().flow_runs().get(id)?.ok_or_else(|| ApiError::not_found("this flow run"))
}

fn context(id: &str) -> String {
    format!("flow_run/{id}")
}

/// A snapshot holds what functions returned, which may be secret: it is kept sealed.
fn seal(api: &Api, id: &str, run: &FlowRun) -> Result<Value, ApiError> {
    use base64::Engine as _;
    let plain = serde_json::to_vec(run).map_err(|error| ApiError::failed(&error))?;
    let sealed = api.vault()?.seal(&plain, &context(id))?;
    Ok(json!({ "sealed": base64::engine::general_purpose::STANDARD.encode(sealed) }))
}

fn open(api: &Api, id: &str, snapshot: &Value) -> Result<FlowRun, ApiError> {
    use base64::Engine as _;
    let text = snapshot.get("sealed").and_then(Value::as_str).unwrap_or_default();
    let sealed = base64::engine::general_purpose::STANDARD
        .decode(text)
        .map_err(|error| ApiError::failed(&error))?;
    let plain = api.vault()?.open_sealed(&sealed, &context(id))?;
    serde_json::from_slice(plain.expose()).map_err(|error| ApiError::failed(&error))
}

/// A run with its state machine.
pub fn load(api: &Api, id: &str) -> Result<(FlowRunRow, FlowRun), ApiError> {
    let stored = stored(api, id)?;
    let run = open(api, id, &stored.snapshot)?;
    Ok((stored.row, run))
}

/// Starts a run and what it wants done first.
pub fn begin(api: &Api, app_id: &str, setup: Setup) -> Result<String, ApiError> {
    let id = uuid::Uuid::new_v4().to_string();
    let (key, title) = (setup.action.key.clone(), setup.action.title.clone());
    let (run, effects) = FlowRun::start(now(), setup);
    let redactor = redaction::for_app(api, app_id)?;
    let (messages, deeds) = split(effects, &redactor)?;
    let view = run.view();
    let new = NewFlowRun {
        id: id.clone(),
        app_id: app_id.to_owned(),
        action_key: key,
        action_title: title,
        credential_id: None,
        unique_id: None,
        status: word(&view.status),
        stage: word(&view.stage),
        snapshot: seal(api, &id, &run)?,
        texts: history::of_messages(&messages),
        messages,
        tokens: Vec::new(),
    };
    api.store().flow_runs().insert(&new, now())?;
    tell(api, &id, app_id);
    carry_out_all(api, &id, deeds);
    Ok(id)
}

/// Messages to append, masked, and everything else.
fn split(effects: Vec<Effect>, redactor: &Redactor) -> Result<(Vec<Value>, Vec<Effect>), ApiError> {
    let (mut messages, mut deeds) = (Vec::new(), Vec::new());
    for effect in effects {
        match effect {
            Effect::Record(message) => messages.push(masked(&message, redactor)?),
            other => deeds.push(other),
        }
    }
    Ok((messages, deeds))
}

fn masked(message: &Message, redactor: &Redactor) -> Result<Value, ApiError> {
    let mut value = serde_json::to_value(message).map_err(|error| ApiError::failed(&error))?;
    redactor.redact_json(&mut value);
    Ok(value)
}

/// One event: applied, saved, carried out.
///
/// # Errors
/// `Refused` when the event does not fit where the run is; nothing has changed then.
pub async fn apply(api: &Api, id: &str, event: Event) -> Result<(), ApiError> {
    apply_with(api, id, event, None).await
}

/// The same; `callback` counts as handled exactly if the event's result is saved.
pub async fn apply_with(
    api: &Api,
    id: &str,
    event: Event,
    callback: Option<CallbackOutcome>,
) -> Result<(), ApiError> {
    let turn = api.drives().turns.hold(id).await;
    let (row, mut run) = load(api, id)?;
    let tokens = tokens_of(&event);
    let account = account_of(&event);
    let effects =
        run.apply(now(), event).map_err(|refusal| ApiError::refused(refusal.to_string()))?;
    let redactor = redaction::for_app(api, &row.app_id)?;
    let (messages, deeds) = split(effects, &redactor)?;
    let view = run.view();
    // A run that waits for a file of its last step is picked up again when this process ends before the file is there.
    let ended = matches!(view.status, RunStatus::Completed | RunStatus::Cancelled)
        && run.outstanding() == Outstanding::default();
    let change = FlowRunChange {
        id: id.to_owned(),
        revision: row.revision,
        status: word(&view.status),
        stage: word(&view.stage),
        snapshot: seal(api, id, &run)?,
        wake_at: run.outstanding().alarms.iter().map(|(_, at)| *at).min(),
        ended_at: if ended { row.ended_at.or_else(|| Some(now())) } else { None },
        texts: history::of_messages(&messages),
        messages,
        tokens,
        calls: Vec::new(),
        callback,
        unique_id: account,
    };
    api.store().flow_runs().save(&change, now())?;
    lock(&api.drives().errors).remove(id);
    drop(turn);
    tell(api, id, &row.app_id);
    carry_out_all(api, id, deeds);
    Ok(())
}

fn tokens_of(event: &Event) -> Vec<String> {
    match event {
        Event::ButtonClicked { callback, .. } | Event::ProcessStarted { callback } => {
            vec![callback.token.clone()]
        }
        _ => Vec::new(),
    }
}

fn account_of(event: &Event) -> Option<String> {
    match event {
        Event::CredentialChosen { unique_id, .. } => Some(unique_id.clone()),
        _ => None,
    }
}

/// Appends messages that come from outside the run's own machine.
pub async fn record(
    api: &Api,
    id: &str,
    messages: Vec<Message>,
    redactor: &Redactor,
) -> Result<(), ApiError> {
    let _turn = api.drives().turns.hold(id).await;
    let stored = stored(api, id)?;
    let messages: Vec<Value> =
        messages.iter().map(|message| masked(message, redactor)).collect::<Result<_, _>>()?;
    let texts = history::of_messages(&messages);
    api.store().flow_runs().append_messages(id, &messages, &texts, now())?;
    tell(api, id, &stored.row.app_id);
    Ok(())
}

/// The Creator has an account.
pub async fn choose(
    api: &Api,
    id: &str,
    account: &CredentialView,
    fresh: bool,
) -> Result<(), ApiError> {
    let event = Event::CredentialChosen {
        unique_id: account.unique_id.clone(),
        display_id: account.display_id.clone(),
        fresh,
    };
    apply(api, id, event).await
}

pub fn tell(api: &Api, id: &str, app_id: &str) {
    api.host()
        .emit(types::Event::FlowRunChanged { flow_run: id.to_owned(), app: app_id.to_owned() });
}

fn carry_out_all(api: &Api, id: &str, deeds: Vec<Effect>) {
    for deed in deeds {
        carry_out(api, id, deed);
    }
}

/// Does one thing in the background and sends its result back as an event.
pub fn carry_out(api: &Api, id: &str, deed: Effect) {
    match deed {
        Effect::WakeAt { step, at } => wake_at(api, id, step, at),
        // These are for whoever looks at the run.
        Effect::Record(_)
        | Effect::OpenUrl { .. }
        | Effect::StartFlow { .. }
        | Effect::Ended { .. } => {}
        work => {
            api.drives().begin(id);
            let (api, id) = (api.clone(), id.to_owned());
            tokio::spawn(async move {
                let done = match work_on(&api, &id, work).await {
                    Ok(event) => apply(&api, &id, event).await,
                    Err(error) => Err(error),
                };
                if let Err(error) = done {
                    show_error(&api, &id, &error);
                }
                api.drives().end(&id);
            });
        }
    }
}

fn show_error(api: &Api, id: &str, error: &ApiError) {
    let shown = types::ShownError {
        title: "The run stopped here".to_owned(),
        description: error.message.clone(),
    };
    lock(&api.drives().errors).insert(id.to_owned(), shown);
    if let Ok(stored) = stored(api, id) {
        tell(api, id, &stored.row.app_id);
    }
}

/// Carries out an effect that has a result. Boxed: one event leads to the next.
fn work_on<'a>(
    api: &'a Api,
    id: &'a str,
    work: Effect,
) -> std::pin::Pin<Box<dyn Future<Output = Result<Event, ApiError>> + Send + 'a>> {
    Box::pin(async move {
        match work {
            Effect::Call { ticket, function, parameters } => {
                Ok(call(api, id, ticket, function, parameters).await)
            }
            Effect::RefreshToken { ticket } => {
                let result = refresh(api, id).await.map_err(|error| error.message);
                Ok(Event::TokenRefreshed { ticket, result })
            }
            Effect::StartProcess => {
                Ok(Event::ProcessStarted { callback: new_callback(api, &stored(api, id)?.row)? })
            }
            Effect::FetchAttachment { attachment, url, headers, .. } => {
                Ok(Event::AttachmentFetched {
                    attachment,
                    result: attachments::fetch(&url, &headers).await,
                })
            }
            other => Err(ApiError::refused(format!("nothing is to be done for {other:?}"))),
        }
    })
}

/// Calls Build or Action. Whatever goes wrong on the way is the call's failure: the run shows it and can try again.
async fn call(
    api: &Api,
    id: &str,
    ticket: u64,
    function: FunctionKind,
    parameters: Map<String, Value>,
) -> Event {
    let event =
        |call_id, result, exchanges| Event::CallReturned { ticket, call_id, result, exchanges };
    match try_call(api, id, function, parameters).await {
        Ok(finished) => event(finished.id, finished.result, finished.exchanges),
        Err(error) => event(String::new(), Err(CallFailure::new(error.message)), Vec::new()),
    }
}

async fn try_call(
    api: &Api,
    id: &str,
    function: FunctionKind,
    mut parameters: Map<String, Value>,
) -> Result<calls::FinishedCall, ApiError> {
    let (row, run) = load(api, id)?;
    let (project, app) = app_of(api, &row)?;
    if let Some(credential) = credential_of(api, &row)? {
        let given = credentials::add_to(api, &app, &credential, &mut parameters).await?;
        api.refreshes().gave(id, given);
    }
    let view = run.view();
    let plan = CallPlan {
        app_id: &row.app_id,
        project: &project,
        function,
        parameters,
        flow_run: Some(id),
        action_type: Some(view.action_type),
        declared: declared(&view),
    };
    calls::run(api, plan).await
}

/// What Build declared, for the contract's rules.
pub fn declared(view: &flow::run::RunView) -> Vec<definition::DeclaredVariable> {
    let variables: Vec<&Value> =
        view.variables.iter().filter_map(|variable| variable.declared.as_ref()).collect();
    definition::declared_variables(&json!({ "output": { "variables": variables } }))
}

/// The id of the run's credential; `None` = the app has no authorization.
pub fn credential_of(api: &Api, row: &FlowRunRow) -> Result<Option<String>, ApiError> {
    let Some(unique_id) = &row.unique_id else { return Ok(None) };
    match api.store().credentials().by_unique_id(&row.app_id, unique_id)? {
        Some((credential, _)) => Ok(Some(credential.id)),
        None => Err(ApiError::refused(format!(
            "the account {unique_id:?} was deleted: choose another one in a new run"
        ))),
    }
}

async fn refresh(api: &Api, id: &str) -> Result<(), ApiError> {
    let row = stored(api, id)?.row;
    let app = app_of(api, &row)?.1;
    let Some(credential_id) = credential_of(api, &row)? else {
        return Err(ApiError::refused(
            "the app has no authorization: there is no token to refresh",
        ));
    };
    // What the function got is what it found wanting; a token that another flow has got since may do.
    let seen = match api.refreshes().given(id) {
        Some(seen) => seen,
        None => credentials::existing(api, &credential_id)?,
    };
    credentials::refresh(api, &app, &credential_id, &seen).await?;
    Ok(())
}

fn app_of(api: &Api, row: &FlowRunRow) -> Result<(Project, App), ApiError> {
    let (_, project) = api.project(&row.app_id)?;
    let app = project.load()?.app;
    Ok((project, app))
}

/// The redirect URL and the webhook URL of an app and an identity: the same for all of their runs (contract chapter 1).
pub fn callback_urls(
    api: &Api,
    app_id: &str,
    unique_id: Option<&str>,
) -> Result<(String, String), ApiError> {
    let fresh = uuid::Uuid::new_v4().simple().to_string();
    let binding = api.store().bindings().get_or_create(
        app_id,
        unique_id.unwrap_or_default(),
        &fresh,
        now(),
    )?;
    Ok((api.gateway().redirect_url(&binding.id), api.gateway().webhook_url(&binding.id)))
}

/// A callback with a fresh token, for one click or one started process.
pub fn new_callback(api: &Api, row: &FlowRunRow) -> Result<Callback, ApiError> {
    let (_, app) = app_of(api, row)?;
    let (redirect, webhook) = callback_urls(api, &row.app_id, row.unique_id.as_deref())?;
    Ok(Callback {
        token: uuid::Uuid::new_v4().to_string(),
        redirect: app.redirect_function.is_some().then_some(redirect),
        webhook: app.webhook_function.is_some().then_some(webhook),
    })
}

pub fn wake_at(api: &Api, id: &str, step: usize, at: i64) {
    let wait = Duration::from_millis(u64::try_from(at - now()).unwrap_or_default());
    let (api, id) = (api.weak(), id.to_owned());
    tokio::spawn(async move {
        tokio::time::sleep(wait).await;
        let Some(api) = api.get() else { return };
        // The alarm may have been taken back meanwhile: by a callback, by the author who did not want to wait.
        let armed =
            load(&api, &id).is_ok_and(|(_, run)| run.outstanding().alarms.contains(&(step, at)));
        if armed && let Err(error) = apply(&api, &id, Event::Woken { step }).await {
            tracing::debug!("flow run {id}: {error}");
        }
    });
}

/// A callback that names no run is shown in the only run that waits on its URL, where its author looks for it.
pub async fn drive_callback(api: &Api, callback: &store::InboxRow, event: Event) {
    let Ok(Some(binding)) = api.store().bindings().by_id(&callback.binding_id) else { return };
    let Ok(rows) = api.store().flow_runs().waiting() else { return };
    let mut waiting = rows.into_iter().filter(|row| {
        row.app_id == binding.app_id
            && row.unique_id.as_deref().unwrap_or_default() == binding.unique_id
            && row.stage == "run"
    });
    let (Some(only), None) = (waiting.next(), waiting.next()) else { return };
    if let Err(error) = apply(api, &only.id, event).await {
        tracing::debug!("flow run {}: {error}", only.id);
    }
}
