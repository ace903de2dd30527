//! The OAuth 2.0 provider: authorization code grant (RFC 6749), PKCE S256 (RFC 7636), loopback redirects (RFC 8252),
//! rotating refresh tokens (RFC 9700).

mod authorize;
mod token;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::Account;
use crate::access::Bearer;
use crate::problem::Problem;
use crate::world::World;

pub(crate) use authorize::Interaction;
pub(crate) use token::{Code, Grant, Token};

/// What there is to ask for, and what the consent page says about it. Each client may ask for some of it.
pub(crate) const SCOPES: [(&str, &str); 5] = [
    ("profile", "see your name and e-mail address"),
    ("esign.read", "see your templates, envelopes and signed documents"),
    ("esign.write", "send envelopes for signature and register webhooks"),
    ("crm.read", "see your pipelines, contacts and deals"),
    ("crm.write", "add and change contacts and deals"),
];

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/oauth2/authorize", get(authorize::authorize))
        .route(
            "/oauth2/sign-in/{interaction}",
            get(authorize::sign_in_page).post(authorize::sign_in),
        )
        .route(
            "/oauth2/consent/{interaction}",
            get(authorize::consent_page).post(authorize::consent),
        )
        .route("/oauth2/other-account/{interaction}", post(authorize::other_account))
        .route("/oauth2/token", post(token::token))
        .route("/oauth2/userinfo", get(userinfo).post(userinfo))
}

/// GET /oauth2/userinfo
async fn userinfo(bearer: Bearer) -> Result<Json<Value>, Problem> {
    bearer.needs("profile")?;
    let Account { sub, name, email } = *bearer.account;
    Ok(Json(json!({ "sub": sub, "name": name, "email": email, "email_verified": true })))
}

/// `application/x-www-form-urlencoded` pairs, from a query or a body.
pub(crate) fn pairs(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text).into_owned().collect()
}

/// The value of `name`; `Err` if it comes more than once (RFC 6749, 3.1 and 3.2).
pub(crate) fn single<'a>(
    pairs: &'a [(String, String)],
    name: &str,
) -> Result<Option<&'a str>, String> {
    let mut values = pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let first = values.next().filter(|value| !value.is_empty());
    if values.next().is_some() { Err(format!("{name} is given more than once")) } else { Ok(first) }
}

const SESSION_COOKIE: &str = "stepsmith_session";

/// The account that the browser signed in with before.
fn signed_in(world: &World, headers: &HeaderMap) -> Option<&'static Account> {
    let sent = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let session = sent
        .flat_map(|line| cookie::Cookie::split_parse(line.to_owned()))
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == SESSION_COOKIE)?;
    let sub = *world.records().sessions.get(session.value())?;
    crate::demo_clients().accounts.iter().find(|account| account.sub == sub)
}

/// What handlers of this module take from the world.
type InWorld = State<World>;
