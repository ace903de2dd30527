//! The page behind /oauth1/authorize: sign in, decide, back to the callback (RFC 5849, section 2.2).

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use url::Url;

use super::RequestToken;
use crate::clients::demo_clients;
use crate::oauth::{pairs, single};
use crate::page::{Page, see_other, trouble};
use crate::world::{World, now, unguessable};

const BRAND: &str = "Sample OAuth1 Sign-In";

fn find(world: &World, token: &str) -> Result<RequestToken, Page> {
    let known = world.records().oauth1_request_tokens.get(token).cloned();
    known.filter(|known| known.expires_at > now() && known.verifier.is_none()).ok_or_else(|| {
        let text = "It was answered already, or it waited for more than ten minutes. Go back to the app and start again.";
        trouble(BRAND, StatusCode::GONE, "This request token is over", text)
    })
}

fn named(query: Option<&str>) -> Result<String, Page> {
    let query = pairs(query.unwrap_or_default().as_bytes());
    let token = single(&query, "oauth_token").ok().flatten().map(str::to_owned);
    token.ok_or_else(|| {
        let text = "The app sent a request that cannot be answered: oauth_token is missing.";
        trouble(BRAND, StatusCode::BAD_REQUEST, "This request is not valid", text)
    })
}

fn sign_in_form(known: &RequestToken, status: StatusCode, wrong: Option<&str>) -> Page {
    let body = html! {
        p { "to continue to " strong { (known.client.name) } }
        @if let Some(wrong) = wrong { p.error role="alert" { (wrong) } }
        form method="post" {
            label for="email" { "E-mail address" }
            input #email name="email" type="email" autocomplete="username" required;
            label for="password" { "Password" }
            input #password name="password" type="password" autocomplete="current-password" required;
            div.buttons { button.main type="submit" { "Sign in" } }
        }
    };
    let leads_to = Url::parse(&known.callback).ok().map(Box::new);
    Page { status, name: "sign_in", title: "Sign in".to_owned(), brand: BRAND, body, leads_to }
}

/// GET /oauth1/authorize
pub(super) async fn sign_in_page(
    State(world): State<World>,
    RawQuery(query): RawQuery,
) -> Result<Page, Page> {
    let known = find(&world, &named(query.as_deref())?)?;
    Ok(sign_in_form(&known, StatusCode::OK, None))
}

/// POST /oauth1/authorize
pub(super) async fn sign_in(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Result<Response, Page> {
    let token = named(query.as_deref())?;
    let known = find(&world, &token)?;
    let form = pairs(&body);
    let email = single(&form, "email").ok().flatten().unwrap_or_default();
    let password = single(&form, "password").ok().flatten().unwrap_or_default();
    let account = demo_clients().account(email).filter(|_| password == demo_clients().password);
    let Some(account) = account else {
        let wrong = "The e-mail address or the password is not right.";
        return Err(sign_in_form(&known, StatusCode::UNPROCESSABLE_ENTITY, Some(wrong)));
    };
    if let Some(stored) = world.records().oauth1_request_tokens.get_mut(&token) {
        stored.account = Some(account);
    }
    Ok(see_other(&format!("/oauth1/consent/{token}")))
}

/// GET /oauth1/consent/{token}
pub(super) async fn consent_page(
    State(world): State<World>,
    Path(token): Path<String>,
) -> Result<Response, Page> {
    let known = find(&world, &token)?;
    let Some(account) = known.account else {
        return Ok(see_other(&format!("/oauth1/authorize?oauth_token={token}")));
    };
    let body = html! {
        p { "Signed in as " strong { (account.name) } " (" (account.email) ")." }
        form method="post" {
            div.buttons {
                button.main type="submit" name="decision" value="allow" { "Allow" }
                button type="submit" name="decision" value="deny" { "Deny" }
            }
        }
    };
    let title = format!("Allow {} to use your account?", known.client.name);
    let leads_to = Url::parse(&known.callback).ok().map(Box::new);
    Ok(Page { status: StatusCode::OK, name: "consent", title, brand: BRAND, body, leads_to }
        .into_response())
}

/// POST /oauth1/consent/{token}
pub(super) async fn consent(
    State(world): State<World>,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, Page> {
    let known = find(&world, &token)?;
    if known.account.is_none() {
        return Ok(see_other(&format!("/oauth1/authorize?oauth_token={token}")));
    }
    let Ok(mut callback) = Url::parse(&known.callback) else {
        let text = "The callback is no address.";
        return Err(trouble(BRAND, StatusCode::BAD_REQUEST, "This request is not valid", text));
    };
    let form = pairs(&body);
    let mut records = world.records();
    match single(&form, "decision") {
        Ok(Some("allow")) => {
            let verifier = unguessable("");
            callback
                .query_pairs_mut()
                .extend_pairs([("oauth_token", &token), ("oauth_verifier", &verifier)]);
            if let Some(stored) = records.oauth1_request_tokens.get_mut(&token) {
                stored.verifier = Some(verifier);
            }
        }
        Ok(Some("deny")) => {
            records.oauth1_request_tokens.remove(&token);
            callback
                .query_pairs_mut()
                .extend_pairs([("oauth_token", token.as_str()), ("oauth_problem", "user_refused")]);
        }
        _ => {
            let text = "Press Allow or Deny.";
            return Err(trouble(
                BRAND,
                StatusCode::UNPROCESSABLE_ENTITY,
                "No decision was sent",
                text,
            ));
        }
    }
    Ok(see_other(callback.as_str()))
}
