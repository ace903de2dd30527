//! The OAuth1 part of an attempt: request token, page, redirect, token (RFC 5849, section 2).
//!
//! What `state` is to OAuth2 the request token is here: the provider makes it for this attempt alone, nobody else has seen it
//! before the page opens, and a redirect that does not bring it back is turned away. `redirect_uri` gets no parameter of its own,
//! because providers compare it with the registered one.

use definition::{Method, NameValue, OAuth1, RequestKind};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::oauth2::{NOTHING_SENT, all, request_payload, same};
use super::{Attempt, AttemptSecrets, AuthorizationEffect, Kind, Position, Turn};
use crate::template::{OAuth1Variables, RenderError, RenderedRequest, SigningKey, render_signed};
use crate::timeline::{Actor, MessageKind, label};
use crate::token::{
    Credential, HttpAnswer, OAuth1Credential, OAuth1Token, oauth1_problem, parse_oauth1_token,
};

/// What an OAuth1 attempt knows. No Debug: it holds secrets.
#[derive(Clone)]
pub(super) struct OAuth1Attempt {
    config: OAuth1,
    redirect_uri: String,
    secrets: AttemptSecrets,
    /// From the first answer on.
    request_token: Option<OAuth1Token>,
    /// The redirect's parameters.
    queries: Vec<NameValue>,
}

impl OAuth1Attempt {
    pub(super) fn new(config: OAuth1, redirect_uri: String, secrets: AttemptSecrets) -> Self {
        Self { config, redirect_uri, secrets, request_token: None, queries: Vec::new() }
    }

    /// Whether a redirect brings this attempt's request token, or says in the way of some providers that it was denied.
    pub(super) fn is_meant(&self, queries: &[NameValue]) -> bool {
        let Some(own) = &self.request_token else { return false };
        let named = all(queries, "oauth_token");
        let denied = all(queries, "denied");
        match (named.as_slice(), denied.as_slice()) {
            ([token], _) | ([], [token]) => same(token, &own.token),
            _ => false,
        }
    }

    /// Renders and signs one of the requests as it is sent at `now`, ms since 1970.
    fn render(&self, kind: RequestKind, now: i64) -> Result<RenderedRequest, RenderError> {
        let request = match kind {
            RequestKind::RequestTokenRequest => &self.config.request_token_request,
            RequestKind::GetTokenRequest => &self.config.get_token_request,
            _ => &self.config.authorization_request,
        };
        let mut known = variables(
            &self.config,
            &self.secrets.client_secret,
            &self.redirect_uri,
            &nonce(&self.secrets.state, kind),
            now,
        );
        let own = self.request_token.as_ref();
        known.oauth_request_token = own.map(|token| token.token.clone());
        known.oauth_verifier =
            all(&self.queries, "oauth_verifier").first().map(|text| (*text).to_owned());
        known.queries.clone_from(&self.queries);
        let key = SigningKey {
            method: &self.config.signature_method,
            consumer_secret: &self.secrets.client_secret,
            token_secret: own.map_or("", |token| token.secret.as_str()),
        };
        let prefix = format!("authentication.oauth1.{}", kind.field());
        Ok(render_signed(request, &known, &key, &prefix)?.request)
    }

    fn page(&self, now: i64) -> Result<String, RenderError> {
        let method = self.config.authorization_request.method;
        if method != Method::Get {
            return Err(RenderError {
                field: "authentication.oauth1.authorization_request.method".to_owned(),
                variable: None,
                message: "the page is opened in a browser, which sends a GET".to_owned(),
            });
        }
        Ok(self.render(RequestKind::AuthorizationRequest, now)?.url)
    }
}

/// Another one for each request of each attempt (section 3.3), and none tells anything of `state`.
fn nonce(state: &str, kind: RequestKind) -> String {
    let digest = Sha256::digest(format!("{state} {}", kind.field()));
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn variables(
    config: &OAuth1,
    consumer_secret: &str,
    redirect_uri: &str,
    nonce: &str,
    now: i64,
) -> OAuth1Variables {
    OAuth1Variables {
        consumer_key: Some(config.consumer_key.clone()),
        consumer_secret: Some(consumer_secret.to_owned()),
        signature_method: Some(config.signature_method.as_str().to_owned()),
        redirect_uri: Some(redirect_uri.to_owned()),
        auto_oauth_timestamp: Some(now.div_euclid(1000).to_string()),
        auto_oauth_nonce: Some(nonce.to_owned()),
        ..OAuth1Variables::default()
    }
}

/// What is sent with a saved OAuth1 token, beside the configuration.
#[derive(Clone, Copy)]
pub struct OAuth1Sender<'a> {
    /// The resolved consumer secret.
    pub consumer_secret: &'a str,
    /// The registered one.
    pub redirect_uri: &'a str,
    /// Random, never used before.
    pub nonce: &'a str,
    /// ms since 1970.
    pub now: i64,
}

/// The request that proves that an OAuth1 token works, signed with the token's secret: any 2xx answer. `None` = app.json has no
/// such request.
///
/// # Errors
/// When a template cannot be rendered.
pub fn oauth1_test_request(
    config: &OAuth1,
    sender: OAuth1Sender<'_>,
    credential: &OAuth1Credential,
) -> Option<Result<RenderedRequest, RenderError>> {
    let request = config.test_token_request.as_ref()?;
    let OAuth1Sender { consumer_secret, redirect_uri, nonce, now } = sender;
    let mut known = variables(config, consumer_secret, redirect_uri, nonce, now);
    known.oauth_token = Some(credential.token.token.clone());
    known.oauth_token_secret = Some(credential.token.secret.clone());
    known.queries.clone_from(&credential.redirect_queries);
    let token_secret = credential.token.secret.as_str();
    let key = SigningKey { method: &config.signature_method, consumer_secret, token_secret };
    let signed = render_signed(request, &known, &key, "authentication.oauth1.test_token_request");
    Some(signed.map(|signed| signed.request))
}

impl Attempt {
    pub(super) fn get_request_token(&mut self, turn: &mut Turn) {
        let Kind::OAuth1(own) = &self.kind else { return };
        self.position = Position::RequestToken;
        match own.render(RequestKind::RequestTokenRequest, turn.at) {
            Ok(request) => {
                let payload = request_payload(&own.config.request_token_request);
                let (framework, service) = (Actor::IntegrationFramework, Actor::ExternalService);
                let label = label::GET_OAUTH1_REQUEST_TOKEN;
                turn.say(framework, MessageKind::Request, service, label, payload);
                turn.effects.push(AuthorizationEffect::Send(request));
            }
            Err(error) => {
                let text = format!("{error}. {NOTHING_SENT}");
                self.fail(turn, "The request for a request token cannot be sent", text);
            }
        }
    }

    pub(super) fn request_token_answered(
        &mut self,
        turn: &mut Turn,
        answer: Result<HttpAnswer, String>,
    ) {
        let read = read(&answer, "the request token URL").and_then(confirmed);
        self.say_answer(turn, label::OAUTH1_REQUEST_TOKEN, &answer, &read);
        let (token, is_confirmed) = match read {
            Ok(read) => read,
            Err(message) => return self.fail(turn, "No request token was received", message),
        };
        if !is_confirmed {
            self.notices.push(
                "The answer does not say oauth_callback_confirmed=true, which RFC 5849 asks of every provider: it may ignore the \
                 callback and show a PIN instead."
                    .to_owned(),
            );
        }
        let Kind::OAuth1(own) = &mut self.kind else { return };
        own.request_token = Some(token);
        self.position = Position::Start;
        match own.page(turn.at) {
            Ok(url) => {
                let payload = request_payload(&own.config.authorization_request);
                let (client, creator) = (Actor::MoxoClient, Actor::Creator);
                turn.say(client, MessageKind::Reply, creator, label::OPEN_OAUTH1_PAGE, payload);
                turn.effects.push(AuthorizationEffect::OpenBrowser { url });
                self.position = Position::Redirect;
            }
            Err(error) => {
                let text =
                    format!("{error}. Mend the field in the Authorization tab, then start again.");
                self.fail(turn, "The authorization page cannot be opened", text);
            }
        }
    }

    pub(super) fn oauth1_redirect_arrived(
        &mut self,
        turn: &mut Turn,
        queries: Vec<NameValue>,
        position: Position,
    ) {
        let Kind::OAuth1(own) = &mut self.kind else { return };
        let (service, framework) = (Actor::ExternalService, Actor::IntegrationFramework);
        let redirect = turn.message(service, MessageKind::Reply, framework, label::OAUTH1_REDIRECT);
        if let Err((title, description)) = check_token(own, &queries, position) {
            let payload = json!({ "queries": masked(&queries), "refused": description });
            turn.record(redirect.with(payload).failed_if(true));
            turn.effects
                .push(AuthorizationEffect::RefuseRedirect { title: title.to_owned(), description });
            return;
        }
        turn.say(Actor::Creator, MessageKind::Line, service, label::AUTHENTICATE, Value::Null);
        let denied = denial(&queries);
        turn.record(
            redirect.with(json!({ "queries": masked(&queries) })).failed_if(denied.is_some()),
        );
        turn.effects.push(AuthorizationEffect::AcceptRedirect);
        if let Some(text) = denied {
            return self.fail(turn, "The provider refused", text);
        }
        own.queries = queries;
        let request = own.render(RequestKind::GetTokenRequest, turn.at);
        let payload = request_payload(&own.config.get_token_request);
        self.position = Position::Token;
        match request {
            Ok(request) => {
                let label = label::GET_OAUTH1_TOKEN;
                turn.say(framework, MessageKind::Request, service, label, payload);
                turn.effects.push(AuthorizationEffect::Send(request));
            }
            Err(error) => {
                let text = format!("{error}. {NOTHING_SENT}");
                self.fail(turn, "The token request cannot be sent", text);
            }
        }
    }

    pub(super) fn oauth1_token_answered(
        &mut self,
        turn: &mut Turn,
        answer: Result<HttpAnswer, String>,
    ) {
        let read = read(&answer, "the token URL").map(|token| (token, true));
        self.say_answer(turn, label::OAUTH1_TOKEN, &answer, &read);
        let token = match read {
            Ok((token, _)) => token,
            Err(message) => return self.fail(turn, "No token was received", message),
        };
        let Kind::OAuth1(own) = &self.kind else { return };
        let beside = own.queries.iter().filter(|pair| !is_secret(&pair.name)).cloned().collect();
        self.credential = Some(Credential::OAuth1(OAuth1Credential {
            token,
            redirect_queries: beside,
            received_at: turn.at,
        }));
        self.call_identity(turn);
    }

    fn say_answer(
        &self,
        turn: &mut Turn,
        label: &str,
        answer: &Result<HttpAnswer, String>,
        read: &Result<(OAuth1Token, bool), String>,
    ) {
        let status = answer.as_ref().ok().map(|answer| answer.status);
        let (service, framework) = (Actor::ExternalService, Actor::IntegrationFramework);
        let payload = match read {
            Ok((token, _)) => {
                let names: Vec<&str> = token.extra.iter().map(|pair| pair.name.as_str()).collect();
                json!({ "status": status, "has_secret": !token.secret.is_empty(), "beside": names })
            }
            Err(message) => json!({ "status": status, "message": message }),
        };
        let message = turn.message(service, MessageKind::Reply, framework, label);
        turn.record(message.with(payload).failed_if(read.is_err()));
    }
}

fn read(answer: &Result<HttpAnswer, String>, whose: &str) -> Result<OAuth1Token, String> {
    match answer {
        Ok(answer) => parse_oauth1_token(answer).map_err(|error| error.to_string()),
        Err(message) => Err(format!("{whose} could not be reached: {message}")),
    }
}

/// Whether the provider says that it has understood the callback (section 2.1). A `false` is a refusal; nothing said is the way of
/// the time before the callback was part of the protocol.
fn confirmed(token: OAuth1Token) -> Result<(OAuth1Token, bool), String> {
    match token.extra("oauth_callback_confirmed") {
        Some("true") => Ok((token, true)),
        None => Ok((token, false)),
        Some(other) => Err(format!(
            "the provider answered oauth_callback_confirmed={other}: it does not accept the callback. Register {{{{redirect_uri}}}} \
             with the provider, and send it as oauth_callback"
        )),
    }
}

fn is_secret(name: &str) -> bool {
    matches!(name, "oauth_token" | "oauth_verifier" | "oauth_token_secret" | "denied" | "state")
}

fn masked(queries: &[NameValue]) -> Vec<NameValue> {
    let mask = |pair: &NameValue| {
        if is_secret(&pair.name) { NameValue::new(pair.name.clone(), "***") } else { pair.clone() }
    };
    queries.iter().map(mask).collect()
}

/// `Err` = title and description of why this redirect is not the attempt's own.
fn check_token(
    own: &OAuth1Attempt,
    queries: &[NameValue],
    position: Position,
) -> Result<(), (&'static str, String)> {
    let refuse = |title, text: &str| Err((title, text.to_owned()));
    if all(queries, "oauth_token").is_empty() && all(queries, "denied").is_empty() {
        return refuse(
            "The request token is missing",
            "The redirect carries no oauth_token, so it cannot be told from a forged one.",
        );
    }
    if !own.is_meant(queries) {
        return refuse(
            "The request token does not match",
            "The redirect carries the request token of another attempt, or of none. The attempt that is running goes on waiting \
             for its own redirect.",
        );
    }
    if position != Position::Redirect {
        return refuse(
            "Redirect was used already",
            "This redirect was used before, or its attempt is over. Start the authorization again.",
        );
    }
    Ok(())
}

/// What the provider says when the person did not grant access: there is no one way (`oauth_problem`, `denied`, `error`).
fn denial(queries: &[NameValue]) -> Option<String> {
    let first = |name: &str| all(queries, name).first().map(|text| (*text).to_owned());
    if let Some(problem) = first("oauth_problem").or_else(|| first("error")) {
        let said = first("oauth_problem_advice").or_else(|| first("error_description"));
        let said = said.map(|text| format!(": {text}")).unwrap_or_default();
        let words = oauth1_problem(&problem).map(|text| format!(". {text}")).unwrap_or_default();
        return Some(format!("{problem}{said}{words}."));
    }
    first("denied").map(|_| "denied: access was not granted on the authorization page.".to_owned())
}

#[cfg(test)]
mod tests;
