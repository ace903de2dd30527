//! The OAuth2 part of an attempt: page, redirect, token (RFC 6749, section 4.1; RFC 7636; RFC 9207).

use ::oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use definition::{Method, NameValue, OAuth2, Request};
use serde_json::{Value, json};
use url::Url;

use super::{Attempt, AttemptSecrets, AuthorizationEffect, Kind, Position, Turn};
use crate::template::{RenderError, Variables, render, variable_names};
use crate::timeline::{Actor, MessageKind, label};
use crate::token::{Credential, HttpAnswer, OAuth2Credential, parse_token, words};

pub(super) const NOTHING_SENT: &str =
    "Nothing was sent. Mend the field in the Authorization tab, then start again.";

impl Attempt {
    pub(super) fn open_page(&mut self, turn: &mut Turn) {
        let Kind::OAuth2 { config, redirect_uri, secrets, .. } = &self.kind else { return };
        let page = page_url(config, &variables(config, redirect_uri, secrets));
        let payload = request_payload(&config.authorization_request);
        match page {
            Ok(url) => {
                let (client, creator) = (Actor::MoxoClient, Actor::Creator);
                turn.say(
                    client,
                    MessageKind::Reply,
                    creator,
                    label::OPEN_AUTHORIZATION_PAGE,
                    payload,
                );
                turn.effects.push(AuthorizationEffect::OpenBrowser { url });
                self.position = Position::Redirect;
            }
            Err(error) => {
                self.fail(
                    turn,
                    "The authorization page cannot be opened",
                    format!("{error}. {NOTHING_SENT}"),
                );
            }
        }
    }

    pub(super) fn redirect_arrived(
        &mut self,
        turn: &mut Turn,
        queries: Vec<NameValue>,
        position: Position,
    ) {
        let expected = match &self.kind {
            Kind::OAuth2 { secrets, .. } => secrets.state.clone(),
            Kind::OAuth1(_) => return self.oauth1_redirect_arrived(turn, queries, position),
            Kind::Custom(_) => String::new(),
        };
        let (service, framework) = (Actor::ExternalService, Actor::IntegrationFramework);
        if let Err((title, description)) = check_state(&queries, &expected, position) {
            let redirect =
                turn.message(service, MessageKind::Reply, framework, label::OAUTH2_REDIRECT);
            let payload = json!({ "queries": masked(&queries), "refused": description });
            turn.record(redirect.with(payload).failed_if(true));
            turn.effects
                .push(AuthorizationEffect::RefuseRedirect { title: title.to_owned(), description });
            return;
        }
        turn.say(Actor::Creator, MessageKind::Line, service, label::AUTHENTICATE, Value::Null);
        // An answer of another issuer says nothing about this attempt, whatever it says (RFC 9207, section 2.4).
        let checked = match &self.kind {
            Kind::OAuth2 { config, .. } => check_issuer(config, &queries),
            Kind::OAuth1(_) | Kind::Custom(_) => Ok(()),
        }
        .and_then(|()| read_redirect(&queries, self.needs_code()));
        let redirect = turn.message(service, MessageKind::Reply, framework, label::OAUTH2_REDIRECT);
        turn.record(
            redirect.with(json!({ "queries": masked(&queries) })).failed_if(checked.is_err()),
        );
        turn.effects.push(AuthorizationEffect::AcceptRedirect);
        let code = match checked {
            Ok(code) => code,
            Err((title, description)) => return self.fail(turn, title, description),
        };
        let Kind::OAuth2 { config, redirect_uri, secrets, queries: kept } = &mut self.kind else {
            return;
        };
        kept.clone_from(&queries);
        let mut known = variables(config, redirect_uri, secrets);
        known.code = code;
        known.queries = queries;
        self.position = Position::Token;
        match render(&config.get_token_request, &known, "authentication.oauth2.get_token_request") {
            Ok(request) => {
                let payload = request_payload(&config.get_token_request);
                turn.say(framework, MessageKind::Request, service, label::GET_TOKEN, payload);
                turn.effects.push(AuthorizationEffect::Send(request));
            }
            Err(error) => {
                self.fail(
                    turn,
                    "The token request cannot be sent",
                    format!("{error}. {NOTHING_SENT}"),
                );
            }
        }
    }

    /// Whether the token request sends the redirect's `code`, rather than a parameter of another name.
    fn needs_code(&self) -> bool {
        match &self.kind {
            Kind::OAuth2 { config, .. } => {
                let names = variable_names(&config.get_token_request);
                names.contains(&"code") || !names.iter().any(|name| name.starts_with("query."))
            }
            Kind::OAuth1(_) | Kind::Custom(_) => false,
        }
    }

    pub(super) fn token_answered(&mut self, turn: &mut Turn, answer: Result<HttpAnswer, String>) {
        if matches!(self.kind, Kind::OAuth1(_)) {
            return self.oauth1_token_answered(turn, answer);
        }
        let status = answer.as_ref().ok().map(|answer| answer.status);
        let token = match &answer {
            Ok(answer) => parse_token(answer).map_err(|error| error.to_string()),
            Err(message) => Err(format!("the token URL could not be reached: {message}")),
        };
        let (service, framework) = (Actor::ExternalService, Actor::IntegrationFramework);
        let reply = turn
            .message(service, MessageKind::Reply, framework, label::TOKEN)
            .failed_if(token.is_err());
        let token = match token {
            Ok(token) => token,
            Err(message) => {
                turn.record(reply.with(json!({ "status": status, "message": message })));
                return self.fail(turn, "No token was received", message);
            }
        };
        let payload = json!({
            "status": status,
            "token_type": token.token_type,
            "expires_in": token.expires_in,
            "scope": token.scope,
            "has_refresh_token": token.refresh_token.is_some(),
        });
        turn.record(reply.with(payload));
        let Kind::OAuth2 { queries, .. } = &self.kind else { return };
        let beside: Vec<NameValue> =
            queries.iter().filter(|pair| !is_secret(&pair.name)).cloned().collect();
        self.credential = Some(Credential::OAuth2(OAuth2Credential::new(token, beside, turn.at)));
        self.call_identity(turn);
    }
}

fn variables(config: &OAuth2, redirect_uri: &str, secrets: &AttemptSecrets) -> Variables {
    let fits = |verifier: &str| {
        let unreserved = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        (43..=128).contains(&verifier.len()) && verifier.chars().all(unreserved)
    };
    let verifier = Some(&secrets.code_verifier).filter(|verifier| fits(verifier)).cloned();
    let challenge = verifier.clone().map(|verifier| {
        let verifier = PkceCodeVerifier::new(verifier);
        PkceCodeChallenge::from_code_verifier_sha256(&verifier).as_str().to_owned()
    });
    Variables {
        client_id: Some(config.client_id.clone()),
        client_secret: Some(secrets.client_secret.clone()),
        redirect_uri: Some(redirect_uri.to_owned()),
        state: Some(secrets.state.clone()),
        code_verifier: verifier,
        code_challenge: challenge,
        ..Variables::default()
    }
}

/// The page with the framework's own `state`, whatever the template says.
fn page_url(config: &OAuth2, variables: &Variables) -> Result<String, RenderError> {
    const PREFIX: &str = "authentication.oauth2.authorization_request";
    let mut request: Request = config.authorization_request.clone();
    if request.method != Method::Get {
        return Err(RenderError {
            field: format!("{PREFIX}.method"),
            variable: None,
            message: "the page is opened in a browser, which sends a GET".to_owned(),
        });
    }
    request.queries.retain(|pair| pair.name != "state");
    request.queries.push(NameValue::new("state", "{{state}}"));
    request.headers.clear();
    render(&request, variables, PREFIX).map(|rendered| rendered.url)
}

/// A request as its templates: shows what is sent where, without a value. What an author wrote out instead of using a variable is
/// masked where its name sounds like a secret.
pub(super) fn request_payload(request: &Request) -> Value {
    let mask = |pair: &NameValue| {
        let name = pair.name.to_ascii_lowercase();
        let sounds_secret = ["secret", "token", "password", "key", "assertion"]
            .iter()
            .any(|word| name.contains(word));
        let value =
            if sounds_secret && !pair.value.contains("{{") { "***" } else { pair.value.as_str() };
        NameValue::new(pair.name.clone(), value)
    };
    json!({
        "method": request.method,
        "url": request.url,
        "queries": request.queries.iter().map(mask).collect::<Vec<_>>(),
        "headers": request.headers.iter().map(|header| &header.name).collect::<Vec<_>>(),
        "body_fields": request.body_fields.iter().map(mask).collect::<Vec<_>>(),
    })
}

/// Whether a parameter of the redirect is what a token is given for: `code`, or a provider's own name for it such as `auth_code`,
/// which the token request then sends as `{{query.auth_code}}`.
pub fn carries_code(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "code" || (name.ends_with("code") && name.contains("auth"))
}

/// Parameters of a redirect that open doors.
fn is_secret(name: &str) -> bool {
    carries_code(name) || matches!(name, "state" | "access_token" | "refresh_token" | "id_token")
}

fn masked(queries: &[NameValue]) -> Vec<NameValue> {
    let mask = |pair: &NameValue| {
        if is_secret(&pair.name) { NameValue::new(pair.name.clone(), "***") } else { pair.clone() }
    };
    queries.iter().map(mask).collect()
}

pub(super) fn all<'a>(queries: &'a [NameValue], name: &str) -> Vec<&'a str> {
    queries.iter().filter(|pair| pair.name == name).map(|pair| pair.value.as_str()).collect()
}

/// Takes as long for a near miss as for a far one.
pub(super) fn same(left: &str, right: &str) -> bool {
    let difference = left
        .bytes()
        .zip(right.bytes())
        .fold(0, |difference, (a, b)| std::hint::black_box(difference | (a ^ b)));
    left.len() == right.len() && difference == 0
}

/// `Err` = title and description of why this redirect is not the attempt's own.
fn check_state(
    queries: &[NameValue],
    expected: &str,
    position: Position,
) -> Result<(), (&'static str, String)> {
    let states = all(queries, "state");
    let [state] = states.as_slice() else {
        let description = if states.is_empty() {
            "The redirect carries no state parameter, so it cannot be told from a forged one. The provider has to send back the \
             state that it was given."
        } else {
            "The redirect carries more than one state parameter."
        };
        return Err(("State is missing", description.to_owned()));
    };
    if expected.is_empty() || !same(state, expected) {
        let description = "The redirect carries a state that belongs to another attempt, or to none. The attempt that is \
                           running goes on waiting for its own redirect.";
        return Err(("State does not match", description.to_owned()));
    }
    if position != Position::Redirect {
        let description =
            "This redirect was used before, or its attempt is over. Start the authorization again.";
        return Err(("Redirect was used already", description.to_owned()));
    }
    Ok(())
}

/// The code; `None` = it has another name, or none is `needed`. `Err` = title and description of why there is none.
fn read_redirect(
    queries: &[NameValue],
    needed: bool,
) -> Result<Option<String>, (&'static str, String)> {
    if let Some(error) = all(queries, "error").first() {
        let mut text = (*error).to_owned();
        if let Some(description) = all(queries, "error_description").first() {
            text.push_str(&format!(": {description}"));
        }
        if let Some(uri) = all(queries, "error_uri").first() {
            text.push_str(&format!(" (see {uri})"));
        }
        if let Some(words) = words::of_page_error(error) {
            text.push_str(&format!(". {words}."));
        }
        return Err(("The provider refused", text));
    }
    match all(queries, "code").as_slice() {
        [code] if !code.is_empty() => Ok(Some((*code).to_owned())),
        [] | [_] if !needed => Ok(None),
        [] | [_] => {
            let names: Vec<&str> = queries.iter().map(|pair| pair.name.as_str()).collect();
            let text = format!(
                "The redirect carries neither code nor error; its parameters are: {}. Check that the authorization request \
                 has response_type=code. Where the provider has a name of its own for the code, write {{{{query.NAME}}}} \
                 instead of {{{{code}}}} into the token request.",
                names.join(", ")
            );
            Err(("No code was received", text))
        }
        _ => Err(("No code was received", "The redirect carries more than one code.".to_owned())),
    }
}

/// Title and description of why the answer is another issuer's.
fn check_issuer(config: &OAuth2, queries: &[NameValue]) -> Result<(), (&'static str, String)> {
    let wrong = |text: String| Err(("The answer is another issuer's", text));
    let issuers = all(queries, "iss");
    let issuer = match issuers.as_slice() {
        [] => return Ok(()),
        [issuer] => *issuer,
        _ => return wrong("The redirect carries more than one iss parameter.".to_owned()),
    };
    if let Some(expected) = config.unknown.get("issuer").and_then(Value::as_str) {
        if issuer == expected {
            return Ok(());
        }
        return wrong(format!(
            "The redirect names the issuer {issuer}; authentication.oauth2.issuer in app.json is {expected}. The code was not used."
        ));
    }
    let origin = |text: &str| Url::parse(text).ok().map(|url| url.origin());
    let known = [&config.authorization_request.url, &config.get_token_request.url];
    // An opaque origin is equal to none.
    if origin(issuer)
        .is_some_and(|issuer| known.iter().any(|url| origin(url).as_ref() == Some(&issuer)))
    {
        return Ok(());
    }
    wrong(format!(
        "The redirect names the issuer {issuer}, whose scheme, host and port are neither those of the authorization URL nor of the token URL. The code \
         was not used. If this is the provider's own name for itself, write it into app.json as authentication.oauth2.issuer."
    ))
}
