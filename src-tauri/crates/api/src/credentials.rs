//! Credentials and secrets: kept sealed, opened for a call, refreshed one at a time.

mod accounts;
mod refreshing;
mod token;

use definition::{App, Authentication, OAuth2, SecretValue};
use flow::token::Credential;
use secrets::{Secret, VaultError};
use store::{CredentialKind, CredentialRow, CredentialState};

pub use accounts::{credential_uses, delete_credential, list_credentials, rename_credential};
pub use refreshing::{Refreshes, add_to, refresh, refresh_credential};
pub use token::{expire_credential, read_token, test_credential};

use crate::clock::now;
use crate::types::{AppRef, CredentialView, Event, SecretRef, SecretState, SetSecret};
use crate::{Api, ApiError, ErrorCode};

fn secret_context(app_id: &str, name: &str) -> String {
    format!("secret/{app_id}/{name}")
}

fn credential_context(app_id: &str, unique_id: &str) -> String {
    format!("credential/{app_id}/{unique_id}")
}

/// A secret's value: kept here, or from the environment where that is allowed; `None` = there is none.
pub fn secret(api: &Api, app_id: &str, name: &str) -> Result<Option<Secret>, ApiError> {
    if let Some(sealed) = api.store().secret_values().get(app_id, name)? {
        let opened = api.vault()?.open_sealed(&sealed, &secret_context(app_id, name));
        let opened = opened.map_err(|error| match error {
            VaultError::Tampered { .. } => ApiError::new(
                ErrorCode::Tampered,
                format!(
                    "the stored value of the secret {name:?} has been changed outside Stepsmith, or belongs to another one: it is not used. \
                     Enter it again in the Authorization tab."
                ),
            ),
            other => other.into(),
        })?;
        return Ok(opened.to_text());
    }
    Ok(if api.options().secrets_from_environment {
        std::env::var(variable(name)).ok().map(Secret::new)
    } else {
        None
    })
}

/// The names of the app's secrets that may have a value: those that are kept, and where the environment counts, the one that
/// app.json names.
pub fn secret_names(api: &Api, app_id: &str) -> Result<Vec<String>, ApiError> {
    let mut names = api.store().secret_values().names(app_id)?;
    if api.options().secrets_from_environment
        && let Ok(loaded) = api.project(app_id)?.1.load()
        && let Some(SecretValue::Reference { secret: name }) = loaded.app.authentication.secret()
        && !names.contains(name)
    {
        names.push(name.clone());
    }
    Ok(names)
}

/// The environment variable of a secret: `STEPSMITH_SECRET_CLIENT_SECRET` for `client_secret`. What is neither a letter of ASCII nor
/// a digit becomes `_`.
pub fn variable(name: &str) -> String {
    let name: String = name
        .chars()
        .map(
            |letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' },
        )
        .collect();
    format!("STEPSMITH_SECRET_{name}")
}

/// Seals and keeps a secret.
pub fn keep_secret(api: &Api, app_id: &str, name: &str, value: &str) -> Result<(), ApiError> {
    let sealed = api.vault()?.seal(value.as_bytes(), &secret_context(app_id, name))?;
    api.store().secret_values().set(app_id, name, &sealed)?;
    api.redactors().forget(app_id);
    Ok(())
}

/// The sample services' clients and their secrets are public: an app that uses one works without asking.
pub fn adopt_demo_secret(api: &Api, app_id: &str, app: &App) -> Result<(), ApiError> {
    let Some(SecretValue::Reference { secret: name }) = app.authentication.secret() else {
        return Ok(());
    };
    let (client, requests) = match &app.authentication {
        Authentication { oauth2: Some(oauth2), .. } => {
            (&oauth2.client_id, vec![&oauth2.authorization_request, &oauth2.get_token_request])
        }
        Authentication { oauth1: Some(oauth1), .. } => (
            &oauth1.consumer_key,
            vec![
                &oauth1.request_token_request,
                &oauth1.authorization_request,
                &oauth1.get_token_request,
            ],
        ),
        _ => return Ok(()),
    };
    let services = format!("http://127.0.0.1:{}/", api.options().services_port);
    let own = requests.into_iter().all(|request| request.url.starts_with(&services));
    if let Some(value) = services::demo_clients().secret_of(client).filter(|_| own)
        && secret(api, app_id, name)?.is_none()
    {
        keep_secret(api, app_id, name, value)?;
    }
    Ok(())
}

/// The client secret of an app's OAuth2 configuration, or the consumer secret of its OAuth1 configuration.
pub fn client_secret(api: &Api, app_id: &str, app: &App) -> Result<Secret, ApiError> {
    let Some(value) = app.authentication.secret() else { return Ok(Secret::default()) };
    match value {
        SecretValue::Plain(value) => Ok(Secret::new(value.as_str())),
        SecretValue::Reference { secret: name } => match secret(api, app_id, name)? {
            None if !needs_secret(app) => Ok(Secret::default()),
            found => found.ok_or_else(|| {
            let also = if api.options().secrets_from_environment { format!(", or set {}", variable(name)) } else { String::new() };
            ApiError::new(
                ErrorCode::SecretMissing,
                format!("the secret {name:?} of {:?} is not kept on this machine: enter it in the Authorization tab{also}", app.name),
            )
        }),
        },
    }
}

/// Every OAuth1 request is signed with it.
fn needs_secret(app: &App) -> bool {
    match &app.authentication.oauth2 {
        Some(oauth2) => sends_client_secret(oauth2),
        None => app.authentication.oauth1.is_some(),
    }
}

/// Whether any request names it. A public client (RFC 6749, section 2.1) has no secret, and needs none.
fn sends_client_secret(oauth2: &OAuth2) -> bool {
    let requests = [&oauth2.authorization_request, &oauth2.get_token_request]
        .into_iter()
        .chain(&oauth2.refresh_token_request)
        .chain(&oauth2.test_token_request);
    let names_it = |text: &str| {
        text.split("{{").skip(1).any(|rest| {
            rest.split_once("}}").is_some_and(|(name, _)| name.trim() == "client_secret")
        })
    };
    requests.into_iter().any(|request| {
        let lists = [&request.queries, &request.headers, &request.body_fields];
        names_it(&request.url) || lists.into_iter().flatten().any(|pair| names_it(&pair.value))
    })
}

/// Which of the secrets that the app sends are kept here.
pub async fn secret_states(api: &Api, request: AppRef) -> Result<Vec<SecretState>, ApiError> {
    let (app_id, project) = api.project(&request.app)?;
    let app = project.load()?.app;
    let Some(SecretValue::Reference { secret: name }) = app.authentication.secret().cloned() else {
        return Ok(Vec::new());
    };
    let kept = secret(api, &app_id, &name)?.is_some();
    if !kept && !needs_secret(&app) {
        return Ok(Vec::new());
    }
    Ok(vec![SecretState { name, present: kept }])
}

/// Keeps a secret's value.
pub async fn set_secret(api: &Api, request: SetSecret) -> Result<Vec<SecretState>, ApiError> {
    if request.value.is_empty() {
        return Err(ApiError::invalid(format!("the secret {:?} is empty", request.name)));
    }
    keep_secret(api, &request.app, &request.name, request.value.expose())?;
    secret_states(api, AppRef { app: request.app }).await
}

/// Forgets a secret's value.
pub async fn remove_secret(api: &Api, request: SecretRef) -> Result<Vec<SecretState>, ApiError> {
    api.store().secret_values().delete(&request.app, &request.name)?;
    api.redactors().forget(&request.app);
    secret_states(api, AppRef { app: request.app }).await
}

/// The app's credentials are not as they were.
fn changed(api: &Api, app_id: &str) {
    api.redactors().forget(app_id);
    api.host().emit(Event::CredentialsChanged { app: app_id.to_owned() });
}

/// What the window sees of a credential.
pub fn view(row: CredentialRow) -> CredentialView {
    CredentialView {
        id: row.id,
        unique_id: row.unique_id,
        display_id: row.display_id,
        name: row.name,
        kind: row.kind.as_str().to_owned(),
        expires_at: row.expires_at,
        needs_reconnect: row.state == CredentialState::NeedsReconnect,
        problem: row.problem,
        created_at: row.created_at,
        updated_at: row.updated_at,
        last_used_at: row.last_used_at,
    }
}

fn row(api: &Api, id: &str) -> Result<CredentialRow, ApiError> {
    Ok(api.store().credentials().get(id)?.ok_or_else(|| ApiError::not_found("this account"))?.0)
}

/// The row of one of the app's accounts.
pub fn row_of(api: &Api, app_id: &str, id: &str) -> Result<CredentialRow, ApiError> {
    let found = row(api, id)?;
    if found.app_id == app_id { Ok(found) } else { Err(ApiError::not_found("this account")) }
}

/// Opens a credential; `None` = it is not there.
pub fn read(api: &Api, id: &str) -> Result<Option<Credential>, ApiError> {
    let Some((row, sealed)) = api.store().credentials().get(id)? else { return Ok(None) };
    let context = credential_context(&row.app_id, &row.unique_id);
    let opened = api.vault()?.open_sealed(&sealed, &context).map_err(|error| match error {
        VaultError::Tampered { .. } => ApiError::new(
            ErrorCode::Tampered,
            format!(
                "the stored values of the account {:?} have been changed outside Stepsmith, or belong to another account: they are not \
                 used. Reconnect the account, or delete it.",
                row.display_id
            ),
        ),
        other => other.into(),
    })?;
    serde_json::from_slice(opened.expose()).map(Some).map_err(|error| ApiError::failed(&error))
}

/// The same for one that has to be there.
pub fn existing(api: &Api, id: &str) -> Result<Credential, ApiError> {
    read(api, id)?.ok_or_else(|| ApiError::not_found("this account"))
}

fn seal(
    api: &Api,
    app_id: &str,
    unique_id: &str,
    credential: &Credential,
) -> Result<Vec<u8>, ApiError> {
    let plain = serde_json::to_vec(credential).map_err(|error| ApiError::failed(&error))?;
    Ok(api.vault()?.seal(&plain, &credential_context(app_id, unique_id))?)
}

/// Saves a credential under the app and its `unique_id`; the same id again replaces.
pub fn save(
    api: &Api,
    app_id: &str,
    unique_id: &str,
    display_id: &str,
    credential: &Credential,
) -> Result<CredentialView, ApiError> {
    let sealed = seal(api, app_id, unique_id, credential)?;
    let kind = match credential {
        Credential::OAuth2(_) => CredentialKind::Oauth2,
        Credential::OAuth1(_) => CredentialKind::Oauth1,
        Credential::Custom(_) => CredentialKind::Custom,
    };
    let new = store::NewCredential {
        app_id,
        unique_id,
        display_id,
        kind,
        sealed: &sealed,
        expires_at: credential.expires_at(),
    };
    let saved = {
        let _writing = api.refreshes().write();
        api.store().credentials().save(&new, now())?
    };
    changed(api, app_id);
    Ok(view(saved.credential))
}

/// The app that an account belongs to.
fn app_of(api: &Api, credential: &str) -> Result<App, ApiError> {
    let row = row(api, credential)?;
    let (_, project) = api.project(&row.app_id)?;
    Ok(project.load()?.app)
}
