//! An OAuth 1.0 provider (RFC 5849): request tokens, a page to sign in and decide, tokens, and one protected resource. Strict about
//! signatures (all four methods), nonces, timestamps, callbacks and verifiers; says what is wrong as `oauth_problem`, in the body
//! and in `WWW-Authenticate`.
//!
//! Its signature is computed here once more, from the request as it came in.

mod pages;
mod signed;

use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, extract::State};
use serde_json::json;

use crate::Account;
use crate::clients::{Client, client};
use crate::world::{World, now, unguessable};
use signed::SignedRequest;

/// A person has ten minutes to decide.
const REQUEST_TOKEN_LIFE_MS: u64 = 600_000;

/// Temporary credentials (section 2.1).
#[derive(Clone)]
pub(crate) struct RequestToken {
    client: &'static Client,
    secret: String,
    callback: String,
    expires_at: u64,
    account: Option<&'static Account>,
    /// Given out with the redirect, once the person has allowed it.
    verifier: Option<String>,
}

/// Token credentials (section 2.3).
#[derive(Clone)]
pub(crate) struct Token1 {
    client: &'static Client,
    secret: String,
    account: &'static Account,
}

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/oauth1/initiate", get(initiate).post(initiate))
        .route("/oauth1/authorize", get(pages::sign_in_page).post(pages::sign_in))
        .route("/oauth1/consent/{token}", get(pages::consent_page).post(pages::consent))
        .route("/oauth1/token", get(token).post(token))
        .route("/oauth1/me", get(me).post(me))
}

/// A request that is not answered: `oauth_problem` and a sentence.
#[derive(Debug)]
pub(crate) struct Refused(StatusCode, &'static str, String);

impl Refused {
    fn unauthorized(problem: &'static str, advice: impl Into<String>) -> Self {
        Self(StatusCode::UNAUTHORIZED, problem, advice.into())
    }

    fn bad_request(problem: &'static str, advice: impl Into<String>) -> Self {
        Self(StatusCode::BAD_REQUEST, problem, advice.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self(status, problem, advice) = self;
        let body = form(&[("oauth_problem", problem), ("oauth_problem_advice", &advice)]);
        let mut response = (status, body).into_response();
        let challenge = format!("OAuth realm=\"Sample\", oauth_problem=\"{problem}\"");
        if let Ok(value) = HeaderValue::from_str(&challenge) {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, value);
        }
        as_form(response)
    }
}

fn form(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn as_form(mut response: Response) -> Response {
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    response.headers_mut().insert(header::CONTENT_TYPE, form);
    response
}

/// /oauth1/initiate: a request token.
async fn initiate(State(world): State<World>, request: SignedRequest) -> Result<Response, Refused> {
    let client = request.client()?;
    request.verify(&world, client, "")?;
    let callback = request.needs("oauth_callback")?;
    if !client.may_redirect_to(callback) {
        return Err(Refused::bad_request(
            "parameter_rejected",
            format!("oauth_callback {callback:?} is not registered for {:?}", client.id),
        ));
    }
    let (token, secret) = (unguessable("reqtok_"), unguessable(""));
    let answer = [
        ("oauth_token", token.as_str()),
        ("oauth_token_secret", &secret),
        ("oauth_callback_confirmed", "true"),
    ];
    let answer = as_form(form(&answer).into_response());
    let stored = RequestToken {
        client,
        secret,
        callback: callback.to_owned(),
        expires_at: now() + REQUEST_TOKEN_LIFE_MS,
        account: None,
        verifier: None,
    };
    world.records().oauth1_request_tokens.insert(token, stored);
    Ok(answer)
}

/// /oauth1/token: a token for a request token that the person has allowed. Used up by the first try that is signed rightly.
async fn token(State(world): State<World>, request: SignedRequest) -> Result<Response, Refused> {
    let client = request.client()?;
    let name = request.needs("oauth_token")?;
    let known = world.records().oauth1_request_tokens.get(name).cloned();
    let known = known
        .filter(|known| known.client.id == client.id && known.expires_at > now())
        .ok_or_else(|| Refused::unauthorized("token_rejected", "there is no such request token"))?;
    request.verify(&world, client, &known.secret)?;
    let verifier = request.needs("oauth_verifier")?;
    let (Some(account), Some(expected)) = (known.account, known.verifier) else {
        let text = "nobody has allowed this request token";
        return Err(Refused::unauthorized("permission_unknown", text));
    };
    world.records().oauth1_request_tokens.remove(name);
    if verifier != expected {
        let text = "the verifier is not that of this request token";
        return Err(Refused::unauthorized("verifier_invalid", text));
    }
    let (token, secret) = (unguessable("acctok_"), unguessable(""));
    let answer = [
        ("oauth_token", token.as_str()),
        ("oauth_token_secret", &secret),
        ("user_id", account.sub),
    ];
    let answer = as_form(form(&answer).into_response());
    world.records().oauth1_tokens.insert(token, Token1 { client, secret, account });
    Ok(answer)
}

/// /oauth1/me: whose token it is.
async fn me(State(world): State<World>, request: SignedRequest) -> Result<Response, Refused> {
    let client = request.client()?;
    let known = world.records().oauth1_tokens.get(request.needs("oauth_token")?).cloned();
    let known = known
        .filter(|known| known.client.id == client.id)
        .ok_or_else(|| Refused::unauthorized("token_rejected", "there is no such token"))?;
    request.verify(&world, client, &known.secret)?;
    let Account { sub, name, email } = *known.account;
    Ok(Json(json!({ "sub": sub, "name": name, "email": email })).into_response())
}

impl SignedRequest {
    fn client(&self) -> Result<&'static Client, Refused> {
        let key = self.needs("oauth_consumer_key")?;
        client(key).ok_or_else(|| {
            Refused::unauthorized("consumer_key_unknown", format!("there is no consumer {key:?}"))
        })
    }
}
