//! Who sends a request: a bearer token (RFC 6750) or a survey account, each with its rate limit.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};

use crate::problem::Problem;
use crate::world::{World, fingerprint, now};
use crate::{Account, SurveyAccount, demo_clients};

/// A request with a valid access token.
pub(crate) struct Bearer {
    pub(crate) account: &'static Account,
    scopes: Vec<&'static str>,
}

impl Bearer {
    /// 403 unless the token covers `scope` (RFC 6750, 3.1).
    pub(crate) fn needs(&self, scope: &str) -> Result<(), Problem> {
        if self.scopes.contains(&scope) {
            return Ok(());
        }
        let message = format!("The access token does not cover {scope:?}.");
        let challenge =
            format!("Bearer realm=\"stepsmith\", error=\"insufficient_scope\", scope=\"{scope}\"");
        Err(Problem::new(StatusCode::FORBIDDEN, "insufficient_scope", message)
            .with_header("www-authenticate", &challenge))
    }
}

impl FromRequestParts<World> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, Problem> {
        let Some(token) = bearer_token(&parts.headers) else {
            return Err(unauthorized("The header Authorization: Bearer … is missing.", None));
        };
        let mut records = world.records();
        let Some(found) = records.access_tokens.get(&fingerprint(token)).cloned() else {
            return Err(unauthorized(
                "The access token is unknown.",
                Some("The access token is unknown"),
            ));
        };
        let Some(grant) = records.grants.get(&found.grant).cloned() else {
            return Err(unauthorized(
                "The access token was revoked.",
                Some("The access token was revoked"),
            ));
        };
        if found.expires_at <= now() {
            return Err(unauthorized(
                "The access token has expired.",
                Some("The access token expired"),
            ));
        }
        count(&mut records.rates, token, world.settings().requests_per_minute)?;
        Ok(Self { account: grant.account, scopes: found.scopes })
    }
}

fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn unauthorized(message: &str, invalid_token: Option<&str>) -> Problem {
    let (code, challenge) = match invalid_token {
        None => ("unauthorized", "Bearer realm=\"stepsmith\"".to_owned()),
        Some(why) => (
            "invalid_token",
            format!(
                "Bearer realm=\"stepsmith\", error=\"invalid_token\", error_description=\"{why}\""
            ),
        ),
    };
    Problem::new(StatusCode::UNAUTHORIZED, code, message)
        .with_header("www-authenticate", &challenge)
}

/// A request with the key of a survey account.
pub(crate) struct ApiKey {
    pub(crate) account: &'static SurveyAccount,
}

impl FromRequestParts<World> for ApiKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, Problem> {
        let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let (Some(id), Some(key)) = (header("x-survey-account"), header("x-api-key")) else {
            let message = "The headers X-Survey-Account and X-Api-Key are both required.";
            return Err(refused_key(message));
        };
        // One answer for a wrong account and a wrong key: nobody learns which accounts exist.
        let known = demo_clients()
            .survey_accounts
            .iter()
            .find(|account| account.id == id && account.api_key == key);
        let Some(account) = known else {
            return Err(refused_key("The account or its API key is not valid."));
        };
        count(&mut world.records().rates, account.id, world.settings().requests_per_minute)?;
        Ok(Self { account })
    }
}

fn refused_key(message: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", message)
        .with_header("www-authenticate", "ApiKey realm=\"stepsmith-survey\"")
}

/// Counts one request of `who`; 429 beyond the limit of the running minute.
fn count(
    rates: &mut crate::bounded::Bounded<String, (u64, u32)>,
    who: &str,
    limit: u32,
) -> Result<(), Problem> {
    let now = now();
    let (since, sent) = match rates.get(who) {
        Some(&(since, sent)) if now < since + 60_000 => (since, sent),
        _ => (now, 0),
    };
    if sent >= limit {
        let seconds = (since + 60_000 - now).div_ceil(1000);
        let message = format!("More than {limit} requests in a minute. Try again in {seconds} s.");
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", message)
            .with_header("retry-after", &seconds.to_string()));
    }
    rates.insert(who.to_owned(), (since, sent + 1));
    Ok(())
}
