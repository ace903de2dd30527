//! /oauth2/authorize and the pages behind it: sign in, consent, and back to the client.
//!
//! A browser is recognised by the unguessable interaction in the address, not by a cookie: inside a frame of another
//! site a browser sends no cookies. The session cookie only spares people a second sign-in.

use axum::body::Bytes;
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::html;
use url::Url;

use super::token::{Code, Grant};
use super::{InWorld, SCOPES, SESSION_COOKIE, pairs, signed_in, single};
use crate::Account;
use crate::clients::{Client, client, demo_clients};
use crate::page::{Page, see_other, trouble};
use crate::world::{World, millis, now, unguessable};

const BRAND: &str = "Sample Sign-In";
/// A person has ten minutes to sign in and decide.
const INTERACTION_LIFE_MS: u64 = 600_000;

/// An authorization request that waits for a person.
#[derive(Clone)]
pub(crate) struct Interaction {
    request: AuthorizationRequest,
    account: Option<&'static Account>,
    expires_at: u64,
}

/// A checked authorization request (RFC 6749, 4.1.1).
#[derive(Clone)]
struct AuthorizationRequest {
    client: &'static Client,
    /// As sent: the token request has to repeat it.
    redirect_uri: String,
    redirect_to: Url,
    scopes: Vec<&'static str>,
    state: Option<String>,
    code_challenge: Option<String>,
    /// Ask for the password even if the browser is signed in (OpenID Connect's `prompt=login`).
    always_sign_in: bool,
}

/// How a bad authorization request is answered.
#[derive(Debug)]
enum Refusal {
    /// Shown to the person: the client or its address is not to be trusted (RFC 6749, 4.1.2.1).
    Shown(String),
    /// Sent to the client.
    Sent { to: Box<Url>, error: &'static str, description: String, state: Option<String> },
}

fn check(query: &[(String, String)]) -> Result<AuthorizationRequest, Refusal> {
    let shown = |name: &str| single(query, name).map_err(Refusal::Shown);
    let id =
        shown("client_id")?.ok_or_else(|| Refusal::Shown("client_id is missing".to_owned()))?;
    let client = client(id).ok_or_else(|| Refusal::Shown(format!("there is no client {id:?}")))?;
    let redirect_uri = shown("redirect_uri")?
        .ok_or_else(|| Refusal::Shown("redirect_uri is missing".to_owned()))?;
    let redirect_to =
        Url::parse(redirect_uri).ok().filter(|_| client.may_redirect_to(redirect_uri));
    let Some(redirect_to) = redirect_to else {
        let expected = client.redirect_uris.join(", ");
        let loopback = if client.loopback { " or http://127.0.0.1 with any port" } else { "" };
        return Err(Refusal::Shown(format!(
            "redirect_uri {redirect_uri:?} is not registered for {id:?}; registered: {expected}{loopback}"
        )));
    };

    // From here on the client can be told.
    let state = single(query, "state").ok().flatten().map(str::to_owned);
    let sent = |error, description: String| Refusal::Sent {
        to: Box::new(redirect_to.clone()),
        error,
        description,
        state: state.clone(),
    };
    let one = |name: &str| single(query, name).map_err(|text| sent("invalid_request", text));
    one("state")?;
    match one("response_type")? {
        Some("code") => {}
        Some(other) => {
            return Err(sent(
                "unsupported_response_type",
                format!("response_type {other:?} is not code"),
            ));
        }
        None => return Err(sent("invalid_request", "response_type is missing".to_owned())),
    }
    let scopes = match one("scope")? {
        None => client.scopes.to_vec(),
        Some(text) => {
            let known = |word: &str| client.scopes.iter().copied().find(|name| *name == word);
            let mut scopes = Vec::new();
            for word in text.split_ascii_whitespace() {
                let scope = known(word)
                    .ok_or_else(|| sent("invalid_scope", format!("unknown scope {word:?}")))?;
                if !scopes.contains(&scope) {
                    scopes.push(scope);
                }
            }
            scopes
        }
    };
    let code_challenge = match (one("code_challenge")?, one("code_challenge_method")?) {
        (None, None) => None,
        (Some(challenge), Some("S256")) if challenge.len() == 43 => Some(challenge.to_owned()),
        (Some(_), Some("S256")) => {
            let text = "code_challenge is not a base64url SHA-256, which has 43 characters";
            return Err(sent("invalid_request", text.to_owned()));
        }
        _ => {
            let text = "code_challenge and code_challenge_method=S256 belong together; plain is not supported";
            return Err(sent("invalid_request", text.to_owned()));
        }
    };
    let always_sign_in =
        one("prompt")?.is_some_and(|prompt| prompt.split(' ').any(|word| word == "login"));
    let redirect_uri = redirect_uri.to_owned();
    Ok(AuthorizationRequest {
        client,
        redirect_uri,
        redirect_to,
        scopes,
        state,
        code_challenge,
        always_sign_in,
    })
}

fn answer(to: &Url, parameters: &[(&str, &str)], state: Option<&str>) -> Response {
    let mut to = to.clone();
    {
        let mut query = to.query_pairs_mut();
        query.extend_pairs(parameters);
        if let Some(state) = state {
            query.append_pair("state", state);
        }
    }
    see_other(to.as_str())
}

/// GET /oauth2/authorize
pub(super) async fn authorize(
    axum::extract::State(world): InWorld,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = pairs(query.unwrap_or_default().as_bytes());
    match check(&query) {
        Err(Refusal::Shown(text)) => {
            let text = format!("The app sent a request that cannot be answered: {text}.");
            trouble(BRAND, StatusCode::BAD_REQUEST, "This request is not valid", &text)
                .into_response()
        }
        Err(Refusal::Sent { to, error, description, state }) => {
            answer(&to, &[("error", error), ("error_description", &description)], state.as_deref())
        }
        Ok(request) => {
            let account = signed_in(&world, &headers).filter(|_| !request.always_sign_in);
            let id = unguessable("");
            let next = if account.is_some() { "consent" } else { "sign-in" };
            let to = format!("/oauth2/{next}/{id}");
            let interaction =
                Interaction { request, account, expires_at: now() + INTERACTION_LIFE_MS };
            world.records().interactions.insert(id, interaction);
            see_other(&to)
        }
    }
}

/// The interaction, or the page that says it is over.
fn find(world: &World, id: &str) -> Result<Interaction, Page> {
    world.records().interactions.get(id).filter(|found| found.expires_at > now()).cloned().ok_or_else(|| {
        let text = "It was answered already, or it waited for more than ten minutes. Go back to the app and start again.";
        trouble(BRAND, StatusCode::GONE, "This sign-in is over", text)
    })
}

/// GET /oauth2/sign-in/{interaction}
pub(super) async fn sign_in_page(
    axum::extract::State(world): InWorld,
    Path(id): Path<String>,
) -> Result<Page, Page> {
    let interaction = find(&world, &id)?;
    Ok(sign_in_form(&interaction, StatusCode::OK, "", None))
}

fn sign_in_form(
    interaction: &Interaction,
    status: StatusCode,
    email: &str,
    wrong: Option<&str>,
) -> Page {
    let demo = demo_clients();
    let body = html! {
        p { "to continue to " strong { (interaction.request.client.name) } }
        @if let Some(wrong) = wrong { p.error #wrong role="alert" { (wrong) } }
        // Without an action the form comes back to its own address.
        form method="post" {
            label for="email" { "E-mail address" }
            input #email name="email" type="email" autocomplete="username" required value=(email)
                aria-describedby=[wrong.map(|_| "wrong")];
            label for="password" { "Password" }
            input #password name="password" type="password" autocomplete="current-password" required;
            div.buttons { button.main type="submit" { "Sign in" } }
        }
        div.demo {
            p { "Demo accounts, all with the password " code { (demo.password) } ":" }
            ul { @for account in demo.accounts { li { code { (account.email) } " (" (account.name) ")" } } }
        }
    };
    Page {
        status,
        name: "sign_in",
        title: "Sign in".to_owned(),
        brand: BRAND,
        body,
        leads_to: Some(Box::new(interaction.request.redirect_to.clone())),
    }
}

/// POST /oauth2/sign-in/{interaction}
pub(super) async fn sign_in(
    axum::extract::State(world): InWorld,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Page> {
    let interaction = find(&world, &id)?;
    let form = pairs(&body);
    let email = single(&form, "email").ok().flatten().unwrap_or_default();
    let password = single(&form, "password").ok().flatten().unwrap_or_default();
    let account = demo_clients().account(email).filter(|_| password == demo_clients().password);
    let Some(account) = account else {
        let wrong = "The e-mail address or the password is not right.";
        return Err(sign_in_form(
            &interaction,
            StatusCode::UNPROCESSABLE_ENTITY,
            email,
            Some(wrong),
        ));
    };
    let session = unguessable("");
    let cookie = cookie::Cookie::build((SESSION_COOKIE, session.clone()))
        .path("/oauth2")
        .http_only(true)
        .same_site(cookie::SameSite::Lax)
        .build();
    let mut records = world.records();
    if let Some(stored) = records.interactions.get_mut(&id) {
        stored.account = Some(account);
    }
    records.sessions.insert(session, account.sub);
    let mut response = see_other(&format!("/oauth2/consent/{id}"));
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// POST /oauth2/other-account/{interaction}: back to the sign-in page.
pub(super) async fn other_account(
    axum::extract::State(world): InWorld,
    Path(id): Path<String>,
) -> Result<Response, Page> {
    find(&world, &id)?;
    if let Some(stored) = world.records().interactions.get_mut(&id) {
        stored.account = None;
    }
    Ok(see_other(&format!("/oauth2/sign-in/{id}")))
}

/// GET /oauth2/consent/{interaction}
pub(super) async fn consent_page(
    axum::extract::State(world): InWorld,
    Path(id): Path<String>,
) -> Result<Response, Page> {
    let Interaction { request, account, .. } = find(&world, &id)?;
    let Some(account) = account else { return Ok(see_other(&format!("/oauth2/sign-in/{id}"))) };
    let body = html! {
        p { "Signed in as " strong { (account.name) } " (" (account.email) "). The app will be able to:" }
        ul { @for (name, meaning) in SCOPES { @if request.scopes.contains(&name) { li { (meaning) } } } }
        form method="post" {
            div.buttons {
                button.main type="submit" name="decision" value="allow" { "Allow" }
                button type="submit" name="decision" value="deny" { "Deny" }
            }
        }
        form.demo method="post" action={ "/oauth2/other-account/" (id) } {
            button type="submit" { "Use another account" }
        }
    };
    let title = format!("Allow {} to use your account?", request.client.name);
    let leads_to = Some(Box::new(request.redirect_to));
    Ok(Page { status: StatusCode::OK, name: "consent", title, brand: BRAND, body, leads_to }
        .into_response())
}

/// POST /oauth2/consent/{interaction}
pub(super) async fn consent(
    axum::extract::State(world): InWorld,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Page> {
    let Interaction { request, account, .. } = find(&world, &id)?;
    let Some(account) = account else { return Ok(see_other(&format!("/oauth2/sign-in/{id}"))) };
    let form = pairs(&body);
    let state = request.state.as_deref();
    match single(&form, "decision") {
        Ok(Some("allow")) => {
            let mut records = world.records();
            records.interactions.remove(&id);
            let grant = unguessable("");
            let code = unguessable("code_");
            let stored = Code {
                grant: Some(Grant {
                    client: request.client.id.to_owned(),
                    account,
                    scopes: request.scopes,
                }),
                grant_id: grant,
                redirect_uri: request.redirect_uri,
                code_challenge: request.code_challenge,
                expires_at: now() + millis(world.settings().code_lifetime),
            };
            records.codes.insert(code.clone(), stored);
            Ok(answer(&request.redirect_to, &[("code", &code)], state))
        }
        Ok(Some("deny")) => {
            world.records().interactions.remove(&id);
            let parameters =
                [("error", "access_denied"), ("error_description", "the person did not allow it")];
            Ok(answer(&request.redirect_to, &parameters, state))
        }
        _ => {
            let text = "Press Allow or Deny.";
            Err(trouble(BRAND, StatusCode::UNPROCESSABLE_ENTITY, "No decision was sent", text))
        }
    }
}
