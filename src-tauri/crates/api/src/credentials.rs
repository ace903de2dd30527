//! Credentials and secrets: kept sealed, opened for a call, refreshed one at a time.

use definition::{App, SecretValue};
use flow::authorization::{read_refresh, refresh_request};
use flow::token::Credential;
use secrets::Secret;
use serde_json::{Map, Value, json};
use store::{CredentialKind, CredentialRow, CredentialState};

use crate::clock::now;
use crate::start::NamedLocks;
use crate::types::{
    AppRef, CredentialRef, CredentialTest, CredentialView, Event, Nothing, SecretRef, SecretState,
    SetSecret,
};
use crate::{Api, ApiError, ErrorCode, outgoing};

/// One refresh at a time for each credential, across all flows.
#[derive(Default)]
pub struct Refreshes(NamedLocks);

fn secret_context(app_id: &str, name: &str) -> String {
    format!("secret/{app_id}/{name}")
}

fn credential_context(app_id: &str, unique_id: &str) -> String {
    format!("credential/{app_id}/{unique_id}")
}

/// A secret's value: kept here, or from the environment where that is allowed; `None` = there is none.
pub fn secret(api: &Api, app_id: &str, name: &str) -> Result<Option<Secret>, ApiError> {
    if let Some(sealed) = api.store().secret_values().get(app_id, name)? {
        let opened = api.vault()?.open_sealed(&sealed, &secret_context(app_id, name))?;
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
        && let Some(oauth2) = loaded.app.authentication.oauth2
        && let SecretValue::Reference { secret: name } = oauth2.client_secret
        && !names.contains(&name)
    {
        names.push(name);
    }
    Ok(names)
}

/// `STEPSMITH_SECRET_CLIENT_SECRET` for `client_secret`.
fn variable(name: &str) -> String {
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
    let Some(oauth2) = &app.authentication.oauth2 else { return Ok(()) };
    let SecretValue::Reference { secret: name } = &oauth2.client_secret else { return Ok(()) };
    let demo = services::demo_clients();
    let services = format!("http://127.0.0.1:{}/", api.options().services_port);
    let own = [&oauth2.authorization_request.url, &oauth2.get_token_request.url]
        .into_iter()
        .all(|url| url.starts_with(&services));
    if own && oauth2.client_id == demo.esign_client_id && secret(api, app_id, name)?.is_none() {
        keep_secret(api, app_id, name, demo.esign_client_secret)?;
    }
    Ok(())
}

/// The client secret of an app's OAuth2 configuration.
pub fn client_secret(api: &Api, app_id: &str, app: &App) -> Result<Secret, ApiError> {
    let Some(oauth2) = &app.authentication.oauth2 else { return Ok(Secret::default()) };
    match &oauth2.client_secret {
        SecretValue::Plain(value) => Ok(Secret::new(value.as_str())),
        SecretValue::Reference { secret: name } => secret(api, app_id, name)?.ok_or_else(|| {
            let also = if api.options().secrets_from_environment { format!(", or set {}", variable(name)) } else { String::new() };
            ApiError::new(
                ErrorCode::SecretMissing,
                format!("the secret {name:?} of {:?} is not kept on this machine: enter it in the Authorization tab{also}", app.name),
            )
        }),
    }
}

/// Which of the secrets that the app names are kept here.
pub async fn secret_states(api: &Api, request: AppRef) -> Result<Vec<SecretState>, ApiError> {
    let (app_id, project) = api.project(&request.app)?;
    let app = project.load()?.app;
    let Some(oauth2) = app.authentication.oauth2 else { return Ok(Vec::new()) };
    let SecretValue::Reference { secret: name } = oauth2.client_secret else {
        return Ok(Vec::new());
    };
    let present = secret(api, &app_id, &name)?.is_some();
    Ok(vec![SecretState { name, present }])
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

/// The app's accounts.
pub async fn list_credentials(api: &Api, request: AppRef) -> Result<Vec<CredentialView>, ApiError> {
    Ok(api.store().credentials().list(&request.app)?.into_iter().map(view).collect())
}

/// Forgets a credential.
pub async fn delete_credential(api: &Api, request: CredentialRef) -> Result<Nothing, ApiError> {
    let row = row(api, &request.credential)?;
    api.store().credentials().delete(&request.credential)?;
    changed(api, &row.app_id);
    Ok(Nothing {})
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
        kind: row.kind.as_str().to_owned(),
        expires_at: row.expires_at,
        needs_reconnect: row.state == CredentialState::NeedsReconnect,
        created_at: row.created_at,
        updated_at: row.updated_at,
        last_used_at: row.last_used_at,
    }
}

fn row(api: &Api, id: &str) -> Result<CredentialRow, ApiError> {
    Ok(api.store().credentials().get(id)?.ok_or_else(|| ApiError::not_found("this account"))?.0)
}

/// Opens a credential; `None` = it is not there.
pub fn read(api: &Api, id: &str) -> Result<Option<Credential>, ApiError> {
    let Some((row, sealed)) = api.store().credentials().get(id)? else { return Ok(None) };
    let opened =
        api.vault()?.open_sealed(&sealed, &credential_context(&row.app_id, &row.unique_id))?;
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
    let saved = api.store().credentials().save(&new, now())?;
    changed(api, app_id);
    Ok(view(saved.credential))
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
pub async fn refresh(
    api: &Api,
    app: &App,
    id: &str,
    seen: &Credential,
) -> Result<Credential, ApiError> {
    let _alone = api.refreshes().0.hold(id).await;
    let current = existing(api, id)?;
    if current != *seen {
        return Ok(current);
    }
    let row = row(api, id)?;
    let Credential::OAuth2(old) = &current else {
        return Err(ApiError::refused(format!(
            "the account {:?} has no token that could be refreshed",
            row.display_id
        )));
    };
    let Some(oauth2) = &app.authentication.oauth2 else {
        return Err(ApiError::refused(
            "the app is not configured for OAuth2 any more: authorize again",
        ));
    };
    let secret = client_secret(api, &row.app_id, app)?;
    let attempt = async {
        let request = refresh_request(oauth2, secret.expose(), &api.gateway().oauth_url(), old)
            .map_err(|error| error.to_string())?;
        let answer = outgoing::send(&request).await;
        read_refresh(old, answer, now()).map_err(|error| error.to_string())
    };
    match attempt.await {
        Ok(renewed) => {
            let renewed = Credential::OAuth2(renewed);
            let sealed = seal(api, &row.app_id, &row.unique_id, &renewed)?;
            api.store().credentials().refresh(id, &sealed, renewed.expires_at(), now())?;
            changed(api, &row.app_id);
            Ok(renewed)
        }
        Err(words) => {
            api.store().credentials().mark_state(id, CredentialState::NeedsReconnect)?;
            changed(api, &row.app_id);
            Err(ApiError::refused(format!(
                "the token of {:?} could not be refreshed: {words}. Reconnect the account.",
                row.display_id
            )))
        }
    }
}

/// Adds `credential` and `identity` to a function's parameters, in front of what is there (contract chapter 4).
pub async fn add_to(
    api: &Api,
    app: &App,
    id: &str,
    parameters: &mut Map<String, Value>,
) -> Result<(), ApiError> {
    let row = row(api, id)?;
    let credential = fresh(api, app, id).await?;
    api.store().credentials().touch(id, now())?;
    let mut whole = Map::new();
    whole.insert("credential".to_owned(), credential.value());
    whole.insert("identity".to_owned(), json!({ "unique_id": row.unique_id }));
    whole.append(parameters);
    *parameters = whole;
    Ok(())
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

/// Sends the configuration's test request with the credential: any 2xx is a success.
pub async fn test_credential(
    api: &Api,
    request: CredentialRef,
) -> Result<CredentialTest, ApiError> {
    let app = app_of(api, &request.credential)?;
    let row = row(api, &request.credential)?;
    let Some(oauth2) = &app.authentication.oauth2 else {
        return Err(ApiError::refused("only OAuth2 has a test request"));
    };
    let Credential::OAuth2(credential) = fresh(api, &app, &request.credential).await? else {
        return Err(ApiError::refused("only OAuth2 has a test request"));
    };
    let secret = client_secret(api, &row.app_id, &app)?;
    let rendered = flow::authorization::test_request(
        oauth2,
        secret.expose(),
        &api.gateway().oauth_url(),
        &credential,
    )
    .ok_or_else(|| ApiError::refused("the app has no test request: add one under Authorization"))?
    .map_err(|error| ApiError::invalid(error.to_string()))?;
    Ok(match outgoing::send(&rendered).await {
        Ok(answer) => CredentialTest {
            ok: (200..300).contains(&answer.status),
            detail: format!("the provider answered {}", answer.status),
        },
        Err(words) => CredentialTest { ok: false, detail: words },
    })
}

fn app_of(api: &Api, credential: &str) -> Result<App, ApiError> {
    let row = row(api, credential)?;
    let (_, project) = api.project(&row.app_id)?;
    Ok(project.load()?.app)
}
