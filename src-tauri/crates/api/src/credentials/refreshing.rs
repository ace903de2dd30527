//! New tokens for old: before a call, when a function asks for it, when the author does. One refresh at a time for each account.

use std::sync::{Mutex, MutexGuard};

use definition::App;
use flow::authorization::{RefreshError, read_refresh, refresh_request};
use flow::token::{Credential, OAuth2Credential};
use serde_json::{Map, Value, json};
use store::{CredentialRow, CredentialState};

use super::{app_of, changed, client_secret, existing, row, seal, view};
use crate::clock::now;
use crate::exchanges::{self, About, Taken};
use crate::start::{NamedLocks, lock};
use crate::types::{CredentialRef, CredentialView, ExchangePurpose};
use crate::{Api, ApiError, outgoing, redaction};

/// One refresh at a time for each credential, across all flows.
#[derive(Default)]
pub struct Refreshes {
    alone: NamedLocks,
    /// Held while an account's new values are written: what a refresh makes of its answer and what a new connection brings do not
    /// get between each other's look and write.
    writing: Mutex<()>,
    /// What the calls of each flow run that is under way got last, by run: what a function finds wanting is what it got.
    seen: Mutex<Vec<(String, Credential)>>,
}

/// Runs whose last credential is remembered.
const SEEN: usize = 100;

impl Refreshes {
    /// Waits until no refresh of the account is under way, and lets none begin.
    pub async fn hold(&self, id: &str) -> tokio::sync::OwnedMutexGuard<()> {
        self.alone.hold(id).await
    }

    /// Held from the last look at an account to the write that follows from it.
    pub fn write(&self) -> MutexGuard<'_, ()> {
        lock(&self.writing)
    }

    /// Notes what a call of this run gets.
    pub fn gave(&self, flow_run: &str, credential: Credential) {
        let mut seen = lock(&self.seen);
        seen.retain(|(run, _)| run != flow_run);
        if seen.len() >= SEEN {
            seen.remove(0);
        }
        seen.push((flow_run.to_owned(), credential));
    }

    /// What the last call of this run got, as far as that is known.
    pub fn given(&self, flow_run: &str) -> Option<Credential> {
        let seen = lock(&self.seen);
        seen.iter().find(|(run, _)| run == flow_run).map(|(_, credential)| credential.clone())
    }
}

/// A credential that is good for a call now: refreshed first when it has expired or is about to.
pub async fn fresh(api: &Api, app: &App, id: &str) -> Result<Credential, ApiError> {
    let credential = existing(api, id)?;
    let can_refresh = app
        .authentication
        .oauth2
        .as_ref()
        .is_some_and(|oauth2| oauth2.refresh_token_request.is_some());
    if !credential.needs_refresh(now()) || !can_refresh {
        return Ok(credential);
    }
    refresh(api, app, id, &credential).await
}

/// Gets a new token and saves it before anyone uses it. `seen` is the credential that was found wanting: when another flow has
/// refreshed it meanwhile, that one's result serves.
///
/// Goes on to its end when the caller does not: a refresh token that the provider has replaced must not be lost between the answer
/// and the disk. Only the end of the process itself can do that; then the next failure says so.
pub async fn refresh(
    api: &Api,
    app: &App,
    id: &str,
    seen: &Credential,
) -> Result<Credential, ApiError> {
    let (api, app, id, seen) = (api.clone(), app.clone(), id.to_owned(), seen.clone());
    tokio::spawn(async move { refresh_alone(&api, &app, &id, &seen).await })
        .await
        .map_err(|error| ApiError::failed(&error))?
}

async fn refresh_alone(
    api: &Api,
    app: &App,
    id: &str,
    seen: &Credential,
) -> Result<Credential, ApiError> {
    let _alone = api.refreshes().hold(id).await;
    let current = existing(api, id)?;
    if !same_token(&current, seen) {
        return Ok(current);
    }
    let row = row(api, id)?;
    let Credential::OAuth2(old) = &current else {
        return Err(ApiError::refused(format!(
            "the account {:?} has no token that could be refreshed",
            row.display_id
        )));
    };
    if app.authentication.oauth2.is_none() {
        return Err(ApiError::refused(
            "the app is not configured for OAuth2 any more: authorize again",
        ));
    }
    let answer = ask(api, app, &row, old).await?;
    let _writing = api.refreshes().write();
    // Connected again while the provider was asked: what came of the old token counts no more.
    let meanwhile = existing(api, id)?;
    if !same_token(&meanwhile, &current) {
        api.store().credentials().end_refresh(id)?;
        return Ok(meanwhile);
    }
    match answer {
        Ok(renewed) => {
            let renewed = Credential::OAuth2(renewed);
            let sealed = seal(api, &row.app_id, &row.unique_id, &renewed)?;
            // On disk before anybody gets it: the old refresh token may be dead by now.
            api.store().credentials().refresh(id, &sealed, renewed.expires_at(), now())?;
            changed(api, &row.app_id);
            Ok(renewed)
        }
        Err(error) => Err(refused(api, &row, &error)?),
    }
}

/// Sends the refresh request. The outer error: nothing was asked.
async fn ask(
    api: &Api,
    app: &App,
    row: &CredentialRow,
    old: &OAuth2Credential,
) -> Result<Result<OAuth2Credential, RefreshError>, ApiError> {
    let Some(oauth2) = &app.authentication.oauth2 else {
        return Ok(Err(RefreshError::NotConfigured));
    };
    let secret = client_secret(api, &row.app_id, app)?;
    let request = match refresh_request(oauth2, secret.expose(), &api.redirect_uri()?, old) {
        Ok(request) => request,
        Err(error) => return Ok(Err(error)),
    };
    let known = Credential::OAuth2(old.clone()).value();
    let redactor = redaction::with_credential(api, &row.app_id, &known)?;
    api.store().credentials().begin_refresh(&row.id, now())?;
    let wire = outgoing::send(api, request).await;
    let renewed = read_refresh(old, wire.answer(), now());
    let about = About { owner: &row.id, purpose: ExchangePurpose::Refresh, redactor: &redactor };
    exchanges::keep(
        api,
        &about,
        &wire,
        renewed.as_ref().ok().map(|renewed| Taken::OAuth2(&renewed.token)),
    );
    Ok(renewed)
}

/// Notes on the account why it got no new token, and says so.
fn refused(api: &Api, row: &CredentialRow, error: &RefreshError) -> Result<ApiError, ApiError> {
    let mut words = format!("the token of {:?} could not be refreshed: {error}.", row.display_id);
    let state = if error.needs_reconnect() {
        if let Some(since) = row.refreshing_since {
            words.push_str(&format!(
                " Stepsmith was stopped {} ago, while it was asking for a new token: the provider has most likely replaced the \
                 refresh token then, and the new one did not arrive.",
                ago(now() - since)
            ));
        }
        words.push_str(" Reconnect the account.");
        CredentialState::NeedsReconnect
    } else {
        words.push_str(" The account itself was not refused: try again, or reconnect it.");
        row.state
    };
    // The provider may have echoed what it was sent.
    let words = redaction::for_app(api, &row.app_id)?.redact_text(&words);
    api.store().credentials().refresh_failed(&row.id, &words, state)?;
    changed(api, &row.app_id);
    Ok(ApiError::refused(words))
}

fn ago(ms: i64) -> String {
    match ms / 60_000 {
        ..=0 => "less than a minute".to_owned(),
        1 => "a minute".to_owned(),
        minutes @ 2..=119 => format!("{minutes} minutes"),
        minutes => format!("{} hours", minutes / 60),
    }
}

/// The author may let a token count as expired meanwhile: it is the same token.
fn same_token(a: &Credential, b: &Credential) -> bool {
    match (a, b) {
        (Credential::OAuth2(a), Credential::OAuth2(b)) => {
            a.token == b.token && a.received_at == b.received_at
        }
        (a, b) => a == b,
    }
}

/// Adds `credential` and `identity` to a function's parameters, in front of what is there (contract chapter 4). Gives the credential
/// that the function gets.
pub async fn add_to(
    api: &Api,
    app: &App,
    id: &str,
    parameters: &mut Map<String, Value>,
) -> Result<Credential, ApiError> {
    let row = row(api, id)?;
    let credential = fresh(api, app, id).await?;
    api.store().credentials().touch(id, now())?;
    let mut whole = Map::new();
    whole.insert("credential".to_owned(), credential.value());
    whole.insert("identity".to_owned(), json!({ "unique_id": row.unique_id }));
    whole.append(parameters);
    *parameters = whole;
    Ok(credential)
}

/// Refreshes a token now, whether or not it has expired.
pub async fn refresh_credential(
    api: &Api,
    request: CredentialRef,
) -> Result<CredentialView, ApiError> {
    let app = app_of(api, &request.credential)?;
    let credential = existing(api, &request.credential)?;
    refresh(api, &app, &request.credential, &credential).await?;
    Ok(view(row(api, &request.credential)?))
}
