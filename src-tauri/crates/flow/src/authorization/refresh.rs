//! Refreshing and testing a saved token (contract chapter 3; RFC 6749, section 6).

use definition::OAuth2;

use crate::template::{RenderError, RenderedRequest, Variables, render};
use crate::token::{HttpAnswer, OAuth2Credential, TokenError, parse_token};

/// Why a token was not refreshed. What to do stands in the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefreshError {
    /// app.json has no such request.
    #[error(
        "authentication.oauth2.refresh_token_request is not configured: authorize the account again, or configure it"
    )]
    NotConfigured,
    /// The provider never gave one.
    #[error(
        "the provider gave no refresh token: authorize the account again (some providers need a scope such as offline_access)"
    )]
    NoRefreshToken,
    /// The request cannot be built; nothing was sent.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// No answer.
    #[error("the token URL could not be reached: {0}")]
    Unreachable(String),
    /// An answer without a token.
    #[error(transparent)]
    Token(#[from] TokenError),
}

impl RefreshError {
    /// Whether only authorizing again helps: the provider said that the refresh token is not good, or there is none. What may be
    /// gone in a minute, or lies in the app's configuration, is not held against the account.
    pub fn needs_reconnect(&self) -> bool {
        const NOT_THE_ACCOUNT: [&str; 9] = [
            "invalid_client",
            "invalid_request",
            "invalid_scope",
            "server_error",
            "slow_down",
            "temporarily_unavailable",
            "unauthorized_client",
            "unsupported_grant_type",
            "rate_limit_exceeded",
        ];
        match self {
            Self::NoRefreshToken => true,
            Self::Token(TokenError::Provider { error, status, .. }) => {
                *status < 500 && *status != 429 && !NOT_THE_ACCOUNT.contains(&error.as_str())
            }
            Self::Token(TokenError::Status { status, .. }) => matches!(status, 400 | 401 | 403),
            Self::NotConfigured | Self::Render(_) | Self::Unreachable(_) | Self::Token(_) => false,
        }
    }
}

/// The request that gets a new token for `credential`.
///
/// # Errors
/// When there is no such request, no refresh token for one that sends it, or a template that cannot be rendered.
pub fn refresh_request(
    config: &OAuth2,
    client_secret: &str,
    redirect_uri: &str,
    credential: &OAuth2Credential,
) -> Result<RenderedRequest, RefreshError> {
    let request = config.refresh_token_request.as_ref().ok_or(RefreshError::NotConfigured)?;
    let variables = variables(config, client_secret, redirect_uri, credential);
    // Some providers prolong the access token itself, so only a request that speaks of a refresh token needs one.
    render(request, &variables, "authentication.oauth2.refresh_token_request").map_err(|error| {
        match error.variable.as_deref() {
            Some("refresh_token") => RefreshError::NoRefreshToken,
            _ => error.into(),
        }
    })
}

/// The refreshed credential, to be saved before it is used: the old refresh token may be dead by now. Received at `now`.
///
/// # Errors
/// When there was no answer, or no token in it. The old credential stays as it is then.
pub fn read_refresh(
    credential: &OAuth2Credential,
    answer: Result<HttpAnswer, String>,
    now: i64,
) -> Result<OAuth2Credential, RefreshError> {
    let token = parse_token(&answer.map_err(RefreshError::Unreachable)?)?;
    Ok(credential.refreshed(token, now))
}

/// The request that proves that a token works: any 2xx answer. `None` = app.json has no such request.
///
/// # Errors
/// When a template cannot be rendered.
pub fn test_request(
    config: &OAuth2,
    client_secret: &str,
    redirect_uri: &str,
    credential: &OAuth2Credential,
) -> Option<Result<RenderedRequest, RenderError>> {
    let request = config.test_token_request.as_ref()?;
    let variables = variables(config, client_secret, redirect_uri, credential);
    Some(render(request, &variables, "authentication.oauth2.test_token_request"))
}

fn variables(
    config: &OAuth2,
    client_secret: &str,
    redirect_uri: &str,
    credential: &OAuth2Credential,
) -> Variables {
    Variables {
        client_id: Some(config.client_id.clone()),
        client_secret: Some(client_secret.to_owned()),
        redirect_uri: Some(redirect_uri.to_owned()),
        access_token: Some(credential.token.access_token.clone()),
        refresh_token: credential.token.refresh_token.clone(),
        queries: credential.redirect_queries.clone(),
        ..Variables::default()
    }
}
