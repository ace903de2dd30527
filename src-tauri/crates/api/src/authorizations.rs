//! Attempts to get a credential: the browser, the token, the identity function, the saved account.
//!
//! An attempt lives in memory only, for it holds secrets: when the program ends, it is over.

mod attempts;
mod masking;
mod outcome;
mod seen;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use definition::{FunctionKind, NameValue};
use flow::authorization::{
    Attempt, AttemptSecrets, AuthorizationEffect, AuthorizationEvent, carries_code,
};
use flow::run::{CallFailure, Identity};
use flow::token::Credential;
use gateway::PageText;
use secrets::Secret;
use serde_json::{Map, Value, json};

use crate::calls::{self, CallPlan};
use crate::clock::now;
use crate::start::{WeakApi, lock};
use crate::types::{
    AuthorizationRef, AuthorizationStatus, AuthorizationStep, AuthorizationView, CredentialView,
    Event, FormProblem, PasteRedirect, ShownError, StartAuthorization, SubmitCustomInputs,
};
use crate::{Api, ApiError, credentials, flow_runs, outgoing, redirect};

/// How long an attempt may take, the person at the provider's page included.
const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// The attempts by id.
#[derive(Default)]
pub struct Attempts(Mutex<HashMap<String, Arc<Cell>>>);

/// One attempt with what stands around it.
struct Cell {
    id: String,
    app_id: String,
    flow_run: Option<String>,
    is_oauth1: bool,
    /// Where the provider sends the browser back to, whatever the settings say by then.
    redirect_uri: String,
    /// The account that is connected again.
    reconnects: Option<String>,
    started_at: i64,
    attempt: Mutex<Attempt>,
    outside: Mutex<Outside>,
    /// One event with all its effects at a time.
    turn: tokio::sync::Mutex<()>,
    /// After each event.
    changed: tokio::sync::Notify,
}

/// What the attempt itself does not know.
#[derive(Default)]
struct Outside {
    url: Option<String>,
    browser: Option<String>,
    credential: Option<CredentialView>,
    identity_call: Option<String>,
    cancelled: bool,
    /// The credential as far as it is known, in the shape that functions get: what the Creator typed, or the token. Secret from
    /// the first message on, long before it is saved.
    secret: Value,
    /// What goes out in requests and must not be shown: client secret, code verifier, code.
    sent: Vec<Secret>,
    /// What happened beside the attempt's own course, each in a sentence.
    notices: Vec<String>,
    /// Why what the Creator typed was refused.
    problems: Vec<FormProblem>,
    /// A failure of the program itself, not of the authorization.
    failure: Option<ShownError>,
}

pub(crate) fn random() -> Result<String, ApiError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| ApiError::failed(&error))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Starts an attempt; for OAuth2 the system browser opens on the provider's page.
pub async fn start_authorization(
    api: &Api,
    request: StartAuthorization,
) -> Result<AuthorizationView, ApiError> {
    let (app_id, project) = api.project(&request.app)?;
    let app = project.load()?.app;
    redirect::listen(api).await?;
    let redirect_uri = api.redirect_uri()?;
    let again = match &request.credential {
        Some(id) => Some(credentials::row_of(api, &app_id, id)?),
        None => None,
    };
    let secrets = AttemptSecrets {
        client_secret: credentials::client_secret(api, &app_id, &app)?.expose().to_owned(),
        state: random()?,
        code_verifier: random()?,
    };
    let sent = [&secrets.client_secret, &secrets.code_verifier, &secrets.state]
        .map(|text| Secret::new(text.as_str()))
        .to_vec();
    let mut attempt = Attempt::new(&app.authentication, redirect_uri.as_str(), secrets)
        .map_err(|error| ApiError::refused(error.to_string()))?;
    if let Some(row) = &again {
        attempt = attempt.expecting(Identity {
            unique_id: row.unique_id.clone(),
            display_id: row.display_id.clone(),
        });
    }
    let cell = Arc::new(Cell {
        id: uuid::Uuid::new_v4().to_string(),
        app_id,
        flow_run: request.flow_run,
        is_oauth1: app.authentication.oauth2.is_none() && app.authentication.oauth1.is_some(),
        redirect_uri,
        reconnects: again.map(|row| row.unique_id),
        started_at: now(),
        attempt: Mutex::new(attempt),
        outside: Mutex::new(Outside { sent, ..Outside::default() }),
        turn: tokio::sync::Mutex::default(),
        changed: tokio::sync::Notify::new(),
    });
    if let Some(gone) = api.attempts().insert(cell.clone()) {
        api.exchanges().forget(&gone);
    }
    apply(api, &cell, AuthorizationEvent::Start).await?;
    tokio::spawn(end_of_patience(api.weak(), cell.clone(), patience(api)));
    Ok(view(api, &cell))
}

async fn end_of_patience(api: WeakApi, cell: Arc<Cell>, patience: Duration) {
    tokio::time::sleep(patience).await;
    let Some(api) = api.get() else { return };
    // Refused when the attempt is over by then, which is what one hopes for.
    let _ = apply(&api, &cell, AuthorizationEvent::TimedOut).await;
}

/// An attempt as it stands.
pub async fn read_authorization(
    api: &Api,
    request: AuthorizationRef,
) -> Result<AuthorizationView, ApiError> {
    Ok(view(api, &*api.attempts().get(&request.authorization)?))
}

/// The custom form, filled in.
pub async fn submit_custom_inputs(
    api: &Api,
    request: SubmitCustomInputs,
) -> Result<AuthorizationView, ApiError> {
    let cell = api.attempts().get(&request.authorization)?;
    let values: Map<String, Value> =
        request.values.iter().map(|(key, value)| (key.clone(), value.expose().into())).collect();
    apply(api, &cell, AuthorizationEvent::CustomSubmitted { values }).await?;
    Ok(view(api, &cell))
}

/// Opens the provider's page (again) in the system browser.
pub async fn open_authorization_page(
    api: &Api,
    request: AuthorizationRef,
) -> Result<AuthorizationView, ApiError> {
    let cell = api.attempts().get(&request.authorization)?;
    let url = lock(&cell.outside)
        .url
        .clone()
        .ok_or_else(|| ApiError::refused("this authorization waits for no page"))?;
    api.host()
        .open_url(&url)
        .map_err(|words| ApiError::refused(format!("{words}. Open the address by hand.")))?;
    lock(&cell.outside).browser = None;
    Ok(view(api, &cell))
}

/// The address that the browser was sent to, by hand.
pub async fn paste_redirect(
    api: &Api,
    request: PasteRedirect,
) -> Result<AuthorizationView, ApiError> {
    let cell = api.attempts().get(&request.authorization)?;
    let url = url::Url::parse(request.url.expose().trim())
        .map_err(|error| ApiError::invalid(format!("this is not a whole address ({error}): paste all of what the browser's address bar shows")))?;
    if !redirect::is_redirect(&url, &cell.redirect_uri) {
        // Such as the authorization page's own address: it carries the state, and no code.
        return Err(ApiError::invalid(format!(
            "this is not the address that the provider sends the browser to: expected {} with parameters behind it",
            cell.redirect_uri
        )));
    }
    let queries = url.query_pairs().map(|(name, value)| NameValue::new(name, value)).collect();
    let page = arrived(api, &cell, queries).await;
    if page.ok {
        Ok(view(api, &cell))
    } else {
        Err(ApiError::refused(format!("{}: {}", page.title, page.text)))
    }
}

/// Calls the identity function again after it failed: the author has mended it, nobody has to authorize again.
pub async fn retry_identity(
    api: &Api,
    request: AuthorizationRef,
) -> Result<AuthorizationView, ApiError> {
    let cell = api.attempts().get(&request.authorization)?;
    apply(api, &cell, AuthorizationEvent::RetryIdentity).await?;
    Ok(view(api, &cell))
}

/// Saves the account that came, although another one was to be connected again.
pub async fn keep_other_account(
    api: &Api,
    request: AuthorizationRef,
) -> Result<AuthorizationView, ApiError> {
    let cell = api.attempts().get(&request.authorization)?;
    apply(api, &cell, AuthorizationEvent::KeepOther).await?;
    Ok(view(api, &cell))
}

/// Gives an attempt up.
pub async fn cancel_authorization(
    api: &Api,
    request: AuthorizationRef,
) -> Result<AuthorizationView, ApiError> {
    let cell = api.attempts().get(&request.authorization)?;
    apply(api, &cell, AuthorizationEvent::Cancel).await?;
    lock(&cell.outside).cancelled = true;
    Ok(view(api, &cell))
}

/// A provider sent the browser back.
pub async fn redirect_arrived(api: &Api, queries: Vec<(String, String)>) -> PageText {
    let queries: Vec<NameValue> =
        queries.into_iter().map(|(name, value)| NameValue::new(name, value)).collect();
    let Some(cell) = api.attempts().for_redirect(&queries) else {
        return PageText {
            title: "No authorization waits for this answer".to_owned(),
            text: "It may have been cancelled, or this page was opened a second time. Start the authorization again in Stepsmith.".to_owned(),
            ok: false,
        };
    };
    let mut page = arrived(api, &cell, queries).await;
    if page.ok {
        page = outcome::outcome(&cell).await.unwrap_or(page);
    }
    if !page.ok {
        // The provider may have echoed what it was sent.
        page.text = match masking::redactor(api, &cell) {
            Ok(redactor) => redactor.redact_text(&page.text),
            Err(error) => error.message,
        };
        page.text.push_str("\nYou can close this page. Stepsmith shows the rest.");
    }
    page
}

async fn arrived(api: &Api, cell: &Arc<Cell>, queries: Vec<NameValue>) -> PageText {
    let failed = |title: &str, text: String| PageText { title: title.to_owned(), text, ok: false };
    match apply(api, cell, AuthorizationEvent::RedirectArrived { queries }).await {
        Ok(Some(page)) => page,
        Ok(None) => PageText {
            title: "Authorization received".to_owned(),
            text: "You can close this page and return to Stepsmith.".to_owned(),
            ok: true,
        },
        Err(error) => failed("This answer was not accepted", error.message),
    }
}

/// One event with all that follows from it at once. Requests and calls go on in the background.
async fn apply(
    api: &Api,
    cell: &Arc<Cell>,
    event: AuthorizationEvent,
) -> Result<Option<PageText>, ApiError> {
    let _turn = cell.turn.lock().await;
    if let AuthorizationEvent::CustomSubmitted { values } = &event {
        lock(&cell.outside).secret = json!({ "custom": values });
    }
    // What comes with another state is not the attempt's: a stranger does not choose what is masked.
    if let AuthorizationEvent::RedirectArrived { queries } = &event
        && lock(&cell.attempt).is_meant(queries)
    {
        let code =
            queries.iter().filter(|pair| pair.name == "oauth_verifier" || carries_code(&pair.name));
        lock(&cell.outside).sent.extend(code.map(|pair| Secret::new(pair.value.as_str())));
    }
    let effects = lock(&cell.attempt)
        .apply(now(), event)
        .map_err(|error| ApiError::refused(error.to_string()))?;
    {
        let mut outside = lock(&cell.outside);
        // What was said about the last event counts no more, unless a redirect came that is nothing to this attempt.
        let refused = |effect: &_| matches!(effect, AuthorizationEffect::RefuseRedirect { .. });
        if !effects.iter().any(refused) {
            outside.problems.clear();
            outside.failure = None;
            outside.cancelled = false;
        }
        // Known before the messages that follow from it are recorded.
        for effect in &effects {
            if let AuthorizationEffect::CallIdentity { credential } = effect {
                outside.secret = credential.value();
            }
        }
    }
    let mut page = None;
    for effect in effects {
        match effect {
            AuthorizationEffect::Record(message) => {
                if let Some(flow_run) = &cell.flow_run {
                    let redactor = masking::redactor(api, cell)?;
                    flow_runs::record(api, flow_run, vec![message], &redactor).await?;
                }
            }
            AuthorizationEffect::OpenBrowser { url } => {
                let browser = api.host().open_url(&url).err();
                let mut outside = lock(&cell.outside);
                outside.url = Some(url);
                outside.browser = browser;
            }
            AuthorizationEffect::AcceptRedirect => page = None,
            AuthorizationEffect::RefuseRedirect { title, description } => {
                page = Some(PageText { title, text: description, ok: false });
            }
            AuthorizationEffect::Send(request) => {
                let (api, cell) = (api.clone(), cell.clone());
                // The first thing that OAuth1 sends; the page opens after it.
                let is_request_token = cell.is_oauth1 && lock(&cell.outside).url.is_none();
                tokio::spawn(async move {
                    let wire = outgoing::send(&api, request).await;
                    seen::keep(&api, &cell, &wire, is_request_token);
                    go_on(&api, &cell, AuthorizationEvent::TokenAnswered(wire.answer())).await;
                });
            }
            // The form itself shows in the view.
            AuthorizationEffect::AskCustomInputs { problems } => {
                let problem = |(key, message)| FormProblem { key, message };
                lock(&cell.outside).problems = problems.into_iter().map(problem).collect();
            }
            AuthorizationEffect::CallIdentity { credential } => {
                let (api, cell) = (api.clone(), cell.clone());
                tokio::spawn(async move {
                    let called = call_identity(&api, &cell, &credential).await;
                    // Whatever goes wrong on the way is the call's failure: it can be tried again.
                    let event =
                        called.unwrap_or_else(|error| AuthorizationEvent::IdentityReturned {
                            call_id: String::new(),
                            result: Err(CallFailure::new(error.message)),
                        });
                    go_on(&api, &cell, event).await;
                });
            }
            AuthorizationEffect::Save { credential, unique_id, display_id } => {
                seen::say_what_is_replaced(api, cell, &unique_id)?;
                let display_id =
                    masking::shown_identity(api, cell, &credential, &unique_id, &display_id)?;
                let saved =
                    credentials::save(api, &cell.app_id, &unique_id, &display_id, &credential)?;
                lock(&cell.outside).credential = Some(saved.clone());
                if let Some(flow_run) = cell.flow_run.clone() {
                    flow_runs::credential_arrived(api, &flow_run, saved).await?;
                }
            }
            AuthorizationEffect::Failed { title, description } => {
                page = Some(PageText { title, text: description, ok: false })
            }
        }
    }
    if let Some(page) = &mut page {
        page.text = masking::redactor(api, cell)?.redact_text(&page.text);
    }
    told(api, cell);
    Ok(page)
}

fn told(api: &Api, cell: &Cell) {
    cell.changed.notify_waiters();
    api.host().emit(Event::AuthorizationChanged { authorization: cell.id.clone() });
}

/// An event that comes from inside: nobody waits for its answer, so a failure is shown on the attempt. Boxed, because one
/// event leads to the next.
fn go_on<'a>(
    api: &'a Api,
    cell: &'a Arc<Cell>,
    event: AuthorizationEvent,
) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
    Box::pin(async move {
        let over = lock(&cell.attempt).phase().over;
        if let Err(error) = apply(api, cell, event).await
            && !over
        {
            fail(api, cell, &error);
        }
    })
}

fn fail(api: &Api, cell: &Cell, error: &ApiError) {
    lock(&cell.outside).failure = Some(ShownError {
        title: "The authorization stopped".to_owned(),
        description: error.message.clone(),
    });
    told(api, cell);
}

async fn call_identity(
    api: &Api,
    cell: &Cell,
    credential: &Credential,
) -> Result<AuthorizationEvent, ApiError> {
    let (_, project) = api.project(&cell.app_id)?;
    let parameters = Map::from_iter([("credential".to_owned(), credential.value())]);
    let plan = CallPlan {
        app_id: &cell.app_id,
        project: &project,
        function: FunctionKind::Identity,
        parameters,
        flow_run: cell.flow_run.as_deref(),
        action_type: None,
        declared: Vec::new(),
    };
    let finished = calls::run(api, plan).await?;
    lock(&cell.outside).identity_call = Some(finished.id.clone());
    Ok(AuthorizationEvent::IdentityReturned { call_id: finished.id, result: finished.result })
}

fn patience(api: &Api) -> Duration {
    api.options().authorization_patience.unwrap_or(PATIENCE)
}

fn view(api: &Api, cell: &Cell) -> AuthorizationView {
    let phase = lock(&cell.attempt).phase();
    let outside = lock(&cell.outside);
    let failure = phase
        .failure
        .map(|failure| ShownError { title: failure.title, description: failure.description });
    let error = failure.or_else(|| outside.failure.clone());
    let status = if outside.cancelled {
        AuthorizationStatus::Cancelled
    } else if outside.credential.is_some() {
        AuthorizationStatus::Done
    } else if error.is_some() {
        AuthorizationStatus::Failed
    } else {
        AuthorizationStatus::Running
    };
    let running = status == AuthorizationStatus::Running;
    let can_retry_identity = status == AuthorizationStatus::Failed && phase.can_retry_identity;
    let app_steps = phase.steps.into_iter().map(|step| {
        let detail = if step.key == "page" { outside.browser.clone() } else { None };
        AuthorizationStep { title: step.sentence, state: step.state, detail }
    });
    let mut view = AuthorizationView {
        id: cell.id.clone(),
        app: cell.app_id.clone(),
        status,
        steps: app_steps.collect(),
        custom_inputs: phase.custom_inputs.filter(|_| running),
        input_problems: outside.problems.clone(),
        notices: phase.notices.into_iter().chain(outside.notices.iter().cloned()).collect(),
        redirect_uri: cell.redirect_uri.clone(),
        by_hand: !redirect::is_loopback(&cell.redirect_uri),
        times_out_at: cell.started_at.saturating_add(ms(patience(api))),
        other_account: phase.other.map(|other| other.display_id),
        can_retry_identity,
        url: outside.url.clone().filter(|_| running),
        credential: outside.credential.clone(),
        error,
        identity_call: outside.identity_call.clone(),
    };
    drop(outside);
    masking::mask(api, cell, &mut view);
    view
}

fn ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
