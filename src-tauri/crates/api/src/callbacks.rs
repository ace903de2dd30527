//! Callbacks: stored before they are answered, handled afterwards, exactly once.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use definition::{App, FunctionKind};
use flow::run::{CallbackSource, Event, callback_token};
use flow::token::Credential;
use gateway::{
    Answer, Callback, CallbackSink, FileContent, PageText, Refused, ServedFile, Source, Stored,
};
use serde_json::{Map, Value, json};
use store::{CallbackEnd, CallbackOutcome, InboxRow, NewCallback};

use crate::calls::{self, CallPlan, FinishedCall};
use crate::clock::now;
use crate::flow_runs::{self, drive_callback};
use crate::inbox::header;
use crate::start::WeakApi;
use crate::types;
use crate::{Api, ApiError, authorizations, credentials};

/// The gateway's way to the api.
pub struct Sink(pub WeakApi);

impl CallbackSink for Sink {
    fn authorization_redirect(&self, queries: Vec<(String, String)>) -> Answer<'_, PageText> {
        Box::pin(async move {
            match self.0.get() {
                Some(api) => authorizations::redirect_arrived(&api, queries).await,
                None => PageText {
                    title: "Stepsmith is starting".to_owned(),
                    text: "Load this page again.".to_owned(),
                    ok: false,
                },
            }
        })
    }

    fn callback(&self, callback: Callback) -> Answer<'_, Result<Stored, Refused>> {
        Box::pin(async move {
            let not_now =
                || Refused::NotStored { reason: "the program is starting or ending".to_owned() };
            let api = self.0.get().ok_or_else(not_now)?;
            let stored = {
                let api = api.clone();
                // A write waits for the disk.
                tokio::task::spawn_blocking(move || receive(&api, &callback)).await
            };
            let (row, app_id) = stored.map_err(|_| not_now())??;
            tokio::spawn(async move { handle(&api, &row.id, &app_id).await });
            Ok(Stored)
        })
    }

    fn file(&self, id: String) -> Answer<'_, Option<ServedFile>> {
        Box::pin(async move {
            let api = self.0.get()?;
            let (row, bytes) = api.store().files().get(&id).ok().flatten()?;
            Some(ServedFile {
                name: row.name,
                mime_type: row.mime,
                content: FileContent::Bytes(bytes.into()),
            })
        })
    }

    fn control(&self, verb: String, _: Value) -> Answer<'_, Option<Value>> {
        Box::pin(async move {
            let api = self.0.get()?;
            if verb != "show" {
                return None;
            }
            api.host().show();
            Some(json!({}))
        })
    }
}

/// Puts a callback into the inbox; it is on the disk when this returns.
fn receive(api: &Api, callback: &Callback) -> Result<(InboxRow, String), Refused> {
    let failed = |error: store::StoreError| Refused::NotStored { reason: error.to_string() };
    let binding =
        api.store().bindings().by_id(&callback.binding).map_err(failed)?.ok_or(Refused::Unknown)?;
    let source = match callback.source {
        Source::Redirect => store::CallbackSource::Redirect,
        Source::Webhook => store::CallbackSource::Webhook,
    };
    let new = NewCallback {
        binding_id: &binding.id,
        source,
        method: &callback.method,
        path: &callback.path,
        query: &callback.query,
        headers: &json!(callback.headers),
        body: &callback.body,
    };
    let row = api.store().inbox().receive(&new, callback.received_at).map_err(failed)?;
    api.host().emit(types::Event::InboxChanged { app: binding.app_id.clone() });
    Ok((row, binding.app_id))
}

/// Callbacks whose handler died with the last process can be handled again. To be called before this process handles any.
pub fn release_running(api: &Api) {
    let Ok(rows) = api.store().inbox().unfinished() else { return };
    for row in rows.iter().filter(|row| row.state == store::CallbackState::Running) {
        if let Err(error) = api.store().inbox().release(&row.id, now()) {
            tracing::warn!("callback {} cannot be handled again: {error}", row.id);
        }
    }
}

/// Handles the callbacks that are stored and have not been: those of the last process, and those that came while the secret
/// store was closed.
pub fn handle_waiting(api: &Api) {
    let Ok(rows) = api.store().inbox().unfinished() else { return };
    let api = api.clone();
    tokio::spawn(async move {
        for row in rows {
            let Ok(Some(binding)) = api.store().bindings().by_id(&row.binding_id) else { continue };
            handle(&api, &row.id, &binding.app_id).await;
        }
    });
}

/// Runs the function and lets the run that it names decide.
async fn handle(api: &Api, id: &str, app_id: &str) {
    // It stays in the inbox until its run can be read.
    if !api.vault_access().is_open() {
        return;
    }
    let claimed = api.store().inbox().claim(id, now());
    let Ok(Some((row, body))) = claimed else { return };
    let end = |end, call_id, note: String| CallbackOutcome {
        id: id.to_owned(),
        end,
        flow_run_id: None,
        call_id,
        note,
    };
    let outcome = match run_function(api, &row, &body).await {
        Err(error) => Some(end(CallbackEnd::Failed, None, error.message)),
        Ok((finished, input)) => {
            decide(api, &row, finished, input).await.unwrap_or_else(|(call, error)| {
                Some(end(CallbackEnd::Failed, Some(call), error.message))
            })
        }
    };
    // `None` = it was finished together with the run that it decided.
    if let Some(outcome) = outcome
        && let Err(error) = api.store().inbox().finish(&outcome, now())
    {
        tracing::warn!("callback {id} could not be finished: {error}");
    }
    api.host().emit(types::Event::InboxChanged { app: app_id.to_owned() });
}

fn kind(row: &InboxRow) -> (CallbackSource, FunctionKind) {
    match row.source {
        store::CallbackSource::Redirect => (CallbackSource::Redirect, FunctionKind::Redirect),
        store::CallbackSource::Webhook => (CallbackSource::Webhook, FunctionKind::Webhook),
    }
}

/// The function's `input` (contract chapters 9 and 10).
fn input(row: &InboxRow, body: &[u8]) -> Value {
    match row.source {
        store::CallbackSource::Redirect => {
            // Of a repeated name the last value stays.
            let pairs = url::form_urlencoded::parse(row.query.as_bytes());
            Value::Object(
                pairs
                    .map(|(name, value)| (name.into_owned(), Value::from(value.into_owned())))
                    .collect(),
            )
        }
        store::CallbackSource::Webhook => json!({
            "content_type": header(&row.headers, "content-type").unwrap_or_default(),
            "body_base64": STANDARD.encode(body),
        }),
    }
}

async fn run_function(
    api: &Api,
    row: &InboxRow,
    body: &[u8],
) -> Result<(FinishedCall, Value), ApiError> {
    let binding = api
        .store()
        .bindings()
        .by_id(&row.binding_id)?
        .ok_or_else(|| ApiError::not_found("the callback's app"))?;
    let (app_id, project) = api.project(&binding.app_id)?;
    let app = project.load()?.app;
    let (_, function) = kind(row);
    if app.function(function).is_none() {
        return Err(ApiError::refused(format!("the app's {function} function is switched off")));
    }
    let input = input(row, body);
    let account = Some(binding.unique_id).filter(|id| !id.is_empty());
    let credential = match &account {
        Some(unique_id) => {
            let found = api.store().credentials().by_unique_id(&app_id, unique_id)?;
            Some(
                found
                    .ok_or_else(|| {
                        ApiError::refused(format!("the account {unique_id:?} was deleted"))
                    })?
                    .0
                    .id,
            )
        }
        None => None,
    };
    let (mut finished, given) =
        call(api, &app_id, &project, &app, function, credential.as_deref(), &input).await?;
    if let (Some(credential), Some(seen), true) = (&credential, given, wants_refresh(&finished)) {
        credentials::refresh(api, &app, credential, &seen).await?;
        (finished, _) =
            call(api, &app_id, &project, &app, function, Some(credential), &input).await?;
        if wants_refresh(&finished) {
            return Err(ApiError::refused(format!(
                "the {function} function asked for a new token twice in one call"
            )));
        }
    }
    Ok((finished, input))
}

fn wants_refresh(finished: &FinishedCall) -> bool {
    finished.result.as_ref().is_ok_and(flow::run::wants_refresh)
}

async fn call(
    api: &Api,
    app_id: &str,
    project: &definition::Project,
    app: &App,
    function: FunctionKind,
    credential: Option<&str>,
    input: &Value,
) -> Result<(FinishedCall, Option<Credential>), ApiError> {
    let mut parameters = Map::from_iter([("input".to_owned(), input.clone())]);
    let given = match credential {
        Some(credential) => Some(credentials::add_to(api, app, credential, &mut parameters).await?),
        None => None,
    };
    let plan = CallPlan {
        app_id,
        project,
        function,
        parameters,
        flow_run: None,
        action_type: None,
        declared: Vec::new(),
    };
    Ok((calls::run(api, plan).await?, given))
}

/// Gives the function's answer to the run that it names. The outcome is returned when the run did not store it.
async fn decide(
    api: &Api,
    row: &InboxRow,
    finished: FinishedCall,
    input: Value,
) -> Result<Option<CallbackOutcome>, (String, ApiError)> {
    let call_id = finished.id.clone();
    let outcome = |end, flow_run_id, note: String| CallbackOutcome {
        id: row.id.clone(),
        end,
        flow_run_id,
        call_id: Some(call_id.clone()),
        note,
    };
    let token = finished.result.as_ref().ok().and_then(callback_token).map(str::to_owned);
    let named = match &token {
        Some(token) => api
            .store()
            .flow_runs()
            .by_token(token)
            .map_err(|error| (call_id.clone(), error.into()))?,
        None => None,
    };
    let (source, function) = kind(row);
    let event = |result| Event::CallbackReturned {
        source,
        inbox_id: row.id.clone(),
        received_at: row.received_at,
        request: input.clone(),
        call_id: call_id.clone(),
        result,
        exchanges: finished.exchanges.clone(),
    };
    match (&finished.result, token, named) {
        (Ok(value), Some(_), Some(run)) => {
            let id = run.row.id;
            let stored = outcome(CallbackEnd::Decided, Some(id.clone()), String::new());
            match flow_runs::apply_with(api, &id, event(Ok(value.clone())), Some(stored)).await {
                Ok(_) => Ok(None),
                Err(error) => Ok(Some(outcome(CallbackEnd::Ignored, Some(id), error.message))),
            }
        }
        (Ok(_), Some(_), None) => Ok(Some(outcome(
            CallbackEnd::Ignored,
            None,
            "callback.token names no flow run".to_owned(),
        ))),
        (Ok(_), None, _) => {
            let note = format!(
                "the {function} function returned no callback.token: it cannot be told which flow run is meant"
            );
            drive_callback(api, row, event(finished.result.clone())).await;
            Ok(Some(outcome(CallbackEnd::Ignored, None, note)))
        }
        (Err(failure), _, _) => {
            drive_callback(api, row, event(finished.result.clone())).await;
            Ok(Some(outcome(CallbackEnd::Failed, None, failure.message.clone())))
        }
    }
}
