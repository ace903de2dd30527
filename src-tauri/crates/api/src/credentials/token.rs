//! What an account's token is, whether it works, and letting it expire.

use definition::{App, Authentication};
use flow::authorization::OAuth1Sender;
use flow::template::{RenderError, RenderedRequest};
use flow::token::{Claims, Credential, claims};
use serde_json::Value;

use super::refreshing::fresh;
use super::{app_of, changed, client_secret, existing, row, seal, view};
use crate::authorizations::random;
use crate::clock::now;
use crate::exchanges::{self, About};
use crate::types::{
    CredentialRef, CredentialTest, CredentialView, ExchangePurpose, TokenClaims, TokenView,
};
use crate::{Api, ApiError, outgoing, redaction};

/// What is known of an account's token, without the token.
pub async fn read_token(api: &Api, request: CredentialRef) -> Result<TokenView, ApiError> {
    let credential = existing(api, &request.credential)?;
    let redactor = redaction::for_app(api, &row(api, &request.credential)?.app_id)?;
    let masked = |object| {
        let mut value = Value::Object(object);
        redactor.redact_json(&mut value);
        value
    };
    // A provider may put a token for another service into its own.
    let shown = |claims: Claims| TokenClaims {
        header: masked(claims.header),
        payload: masked(claims.payload),
    };
    Ok(match credential {
        Credential::OAuth2(credential) => TokenView {
            token_type: Some(credential.token.token_type.clone()),
            scopes: scopes(credential.token.scope.as_deref()),
            received_at: Some(credential.received_at),
            expires_at: credential.expires_at,
            has_refresh_token: credential.token.refresh_token.is_some(),
            redirect_queries: credential
                .redirect_queries
                .iter()
                .map(|pair| pair.name.clone())
                .collect(),
            characters: u32::try_from(credential.token.access_token.len()).ok(),
            claims: claims(&credential.token.access_token).map(shown),
            id_claims: credential.token.id_claims.map(shown),
            keys: Vec::new(),
        },
        Credential::OAuth1(credential) => TokenView {
            token_type: Some("OAuth1".to_owned()),
            received_at: Some(credential.received_at),
            redirect_queries: credential
                .redirect_queries
                .iter()
                .map(|pair| pair.name.clone())
                .collect(),
            characters: u32::try_from(credential.token.token.len()).ok(),
            keys: credential.token.extra.iter().map(|pair| pair.name.clone()).collect(),
            ..TokenView::default()
        },
        Credential::Custom(values) => {
            TokenView { keys: values.keys().cloned().collect(), ..TokenView::default() }
        }
    })
}

/// Providers separate scopes by spaces, as RFC 6749 says, or by commas.
fn scopes(text: Option<&str>) -> Vec<String> {
    let words = text.unwrap_or_default().split([' ', ',']);
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Takes the token for expired from now on: the next call refreshes it first. The provider is not asked and does not know.
pub async fn expire_credential(
    api: &Api,
    request: CredentialRef,
) -> Result<CredentialView, ApiError> {
    let account = row(api, &request.credential)?;
    // A token that arrives at this moment must not be written over with the old one.
    let _alone = api.refreshes().hold(&request.credential).await;
    let Credential::OAuth2(credential) = existing(api, &request.credential)? else {
        return Err(ApiError::refused(format!(
            "the account {:?} has no token that could expire",
            account.display_id
        )));
    };
    let expired = Credential::OAuth2(credential.expired(now()));
    let sealed = seal(api, &account.app_id, &account.unique_id, &expired)?;
    api.store().credentials().reseal(&request.credential, &sealed, expired.expires_at())?;
    changed(api, &account.app_id);
    Ok(view(row(api, &request.credential)?))
}

/// The test request of the kind of OAuth that the credential is of; `None` = the app has none.
fn test_request(
    api: &Api,
    app_id: &str,
    app: &App,
    credential: &Credential,
) -> Result<Option<Result<RenderedRequest, RenderError>>, ApiError> {
    let Authentication { oauth2, oauth1, .. } = &app.authentication;
    let secret = client_secret(api, app_id, app)?;
    let redirect_uri = &api.redirect_uri()?;
    match (credential, oauth2, oauth1) {
        (Credential::OAuth2(credential), Some(config), _) => {
            Ok(flow::authorization::test_request(config, secret.expose(), redirect_uri, credential))
        }
        (Credential::OAuth1(credential), None, Some(config)) => {
            let nonce = random()?;
            let sender = OAuth1Sender {
                consumer_secret: secret.expose(),
                redirect_uri,
                nonce: &nonce,
                now: now(),
            };
            Ok(flow::authorization::oauth1_test_request(config, sender, credential))
        }
        (Credential::Custom(_), _, _) => {
            Err(ApiError::refused("only OAuth2 and OAuth1 have a test request"))
        }
        _ => Err(ApiError::refused(
            "the app is configured for another kind of authorization by now: authorize again",
        )),
    }
}

/// Sends the configuration's test request with the credential: any 2xx is a success.
pub async fn test_credential(
    api: &Api,
    request: CredentialRef,
) -> Result<CredentialTest, ApiError> {
    let app = app_of(api, &request.credential)?;
    let account = row(api, &request.credential)?;
    let whole = fresh(api, &app, &request.credential).await?;
    let known = whole.value();
    let rendered = test_request(api, &account.app_id, &app, &whole)?
        .ok_or_else(|| {
            ApiError::refused("the app has no test request: add one under Authorization")
        })?
        .map_err(|error| ApiError::invalid(error.to_string()))?;
    let redactor = redaction::with_credential(api, &account.app_id, &known)?;
    let wire = outgoing::send(api, rendered).await;
    let about =
        About { owner: &request.credential, purpose: ExchangePurpose::Test, redactor: &redactor };
    exchanges::keep(api, &about, &wire, None);
    // The list of exchanges has grown.
    changed(api, &account.app_id);
    Ok(match wire.answer() {
        Ok(answer) => CredentialTest {
            ok: (200..300).contains(&answer.status),
            detail: format!("the provider answered {}", answer.status),
        },
        Err(words) => CredentialTest { ok: false, detail: words },
    })
}
