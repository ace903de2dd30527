//! The latest exchanges with providers, for the author to look at. In memory only: they hold codes, secrets and tokens, and are
//! gone with the attempt, the account or the program.

mod hiding;
mod spans;

use std::collections::VecDeque;
use std::sync::Mutex;

use flow::token::{HttpAnswer, OAuth1Token, Token, field_in, field_names};
use secrets::{Redactor, Secret};

use crate::outgoing::Wire;
use crate::start::lock;
use crate::types::{
    ExchangeAnswer, ExchangeHeader, ExchangePart, ExchangePurpose, ExchangeView, ExchangesOf,
    ExtractedField, Nothing, RevealValue, RevealedValue,
};
use crate::{Api, ApiError};
use hiding::Hiding;

/// So many exchanges are kept in all, and so many of them for one attempt or account.
const KEPT: usize = 60;
const KEPT_OF_ONE: usize = 6;
/// Kept no longer than this, in ms: a value nobody looks at need not stay in memory.
const KEPT_MS: i64 = 60 * 60 * 1000;

/// The latest exchanges, the oldest first.
#[derive(Default)]
pub struct Exchanges(Mutex<VecDeque<Kept>>);

struct Kept {
    owner: String,
    view: ExchangeView,
    /// By number.
    hidden: Vec<Secret>,
}

impl Exchanges {
    fn keep(&self, kept: Kept) {
        let mut all = lock(&self.0);
        let now = kept.view.started_at;
        all.retain(|one| now - one.view.started_at < KEPT_MS);
        while all.len() >= KEPT {
            all.pop_front();
        }
        while all.iter().filter(|one| one.owner == kept.owner).count() >= KEPT_OF_ONE {
            let Some(oldest) = all.iter().position(|one| one.owner == kept.owner) else { break };
            all.remove(oldest);
        }
        all.push_back(kept);
    }

    /// Wipes the exchanges of an attempt or an account.
    pub fn forget(&self, owner: &str) {
        lock(&self.0).retain(|one| one.owner != owner);
    }
}

/// What an exchange belongs to, and what is known to be secret in it.
pub struct About<'a> {
    /// The attempt's or the account's id.
    pub owner: &'a str,
    /// What it was for.
    pub purpose: ExchangePurpose,
    /// Knows the secrets that went out.
    pub redactor: &'a Redactor,
}

/// What was read from an answer.
#[derive(Clone, Copy)]
pub enum Taken<'a> {
    /// An OAuth2 token.
    OAuth2(&'a Token),
    /// An OAuth1 request token or token.
    OAuth1(&'a OAuth1Token),
}

/// Keeps an exchange.
pub fn keep(api: &Api, about: &About<'_>, wire: &Wire, taken: Option<Taken<'_>>) {
    let mut hiding = Hiding::new(about.redactor);
    let header = |hiding: &mut Hiding<'_>, name: &str, value: &str, added| ExchangeHeader {
        name: name.to_owned(),
        value: hiding.header(name, value),
        added,
    };
    let url = hiding.url(&wire.request.url);
    let mut headers: Vec<ExchangeHeader> = wire
        .request
        .headers
        .iter()
        .map(|pair| header(&mut hiding, &pair.name, &pair.value, false))
        .collect();
    for (name, value) in &wire.added {
        headers.push(header(&mut hiding, name, value, true));
    }
    let body = wire.request.body.as_deref().map(|body| hiding.body(body)).unwrap_or_default();
    let answer = wire.answer.as_ref().map(|answer| ExchangeAnswer {
        status: answer.status,
        headers: answer
            .headers
            .iter()
            .map(|(name, value)| header(&mut hiding, name, value, false))
            .collect(),
        body: hiding.body(&answer.body),
        body_bytes: u32::try_from(answer.body_bytes).unwrap_or(u32::MAX),
        after_ms: answer.after_ms,
    });
    let fields = match &wire.answer {
        Some(answer) if about.purpose != ExchangePurpose::Test => field_names(&HttpAnswer {
            status: answer.status,
            body: answer.body.clone(),
            ..HttpAnswer::default()
        }),
        _ => Vec::new(),
    };
    let mut extracted = match taken {
        Some(Taken::OAuth2(token)) => extracted(&mut hiding, token),
        Some(Taken::OAuth1(token)) => extracted_oauth1(&mut hiding, token),
        None => Vec::new(),
    };
    for field in &mut extracted {
        // By the name that the provider gives it.
        if let Some(name) = field_in(&fields, &field.name) {
            field.name = name.to_owned();
        }
    }
    let ignored = if taken.is_some() {
        let taken = |name: &String| extracted.iter().any(|field| field.name == *name);
        fields.into_iter().filter(|name| !taken(name)).collect()
    } else {
        Vec::new()
    };
    let view = ExchangeView {
        id: uuid::Uuid::new_v4().to_string(),
        purpose: about.purpose,
        started_at: wire.started_at,
        method: crate::words::word(&wire.request.method),
        url,
        headers,
        body,
        answer,
        failure: wire.failure.clone(),
        took_ms: wire.took_ms,
        extracted,
        ignored,
    };
    let hidden = hiding.into_values();
    api.exchanges().keep(Kept { owner: about.owner.to_owned(), view, hidden });
}

fn extracted(hiding: &mut Hiding<'_>, token: &Token) -> Vec<ExtractedField> {
    let mut fields = Vec::new();
    let mut put = |name: &str, value: Vec<ExchangePart>| {
        fields.push(ExtractedField { name: name.to_owned(), value });
    };
    put("access_token", vec![hiding.hide("access_token", &token.access_token)]);
    if let Some(refresh_token) = &token.refresh_token {
        put("refresh_token", vec![hiding.hide("refresh_token", refresh_token)]);
    }
    let text = |text: String| vec![ExchangePart::Text { text }];
    if let Some(seconds) = token.expires_in {
        put("expires_in", text(format!("{seconds} s")));
    }
    put("token_type", text(token.token_type.clone()));
    if let Some(scope) = &token.scope {
        put("scope", text(scope.clone()));
    }
    if token.id_claims.is_some() {
        put("id_token", text("its claims, to be read in the account's details".to_owned()));
    }
    fields
}

/// Whatever an OAuth1 answer holds is taken: functions get it beside the token.
fn extracted_oauth1(hiding: &mut Hiding<'_>, token: &OAuth1Token) -> Vec<ExtractedField> {
    let own = [("oauth_token", &token.token), ("oauth_token_secret", &token.secret)];
    let field = |name: &str, part| ExtractedField { name: name.to_owned(), value: vec![part] };
    let mut fields: Vec<ExtractedField> =
        own.iter().map(|(name, value)| field(name, hiding.hide(name, value))).collect();
    fields.extend(
        token
            .extra
            .iter()
            .map(|pair| field(&pair.name, ExchangePart::Text { text: pair.value.clone() })),
    );
    fields
}

/// The latest exchanges of an attempt or an account, the latest first.
pub async fn list_exchanges(
    api: &Api,
    request: ExchangesOf,
) -> Result<Vec<ExchangeView>, ApiError> {
    let all = lock(&api.exchanges().0);
    let own = all.iter().rev().filter(|one| one.owner == request.owner);
    Ok(own.map(|one| one.view.clone()).collect())
}

/// One hidden value, because somebody wants to see it.
pub async fn reveal_value(api: &Api, request: RevealValue) -> Result<RevealedValue, ApiError> {
    let all = lock(&api.exchanges().0);
    let exchange = all.iter().find(|one| one.view.id == request.exchange);
    let value = exchange.and_then(|one| one.hidden.get(usize::try_from(request.value).ok()?));
    let value = value.ok_or_else(|| ApiError::not_found("this exchange"))?;
    Ok(RevealedValue { text: value.expose().to_owned() })
}

/// The window looks no more at an attempt or an account: its exchanges are wiped.
pub async fn forget_exchanges(api: &Api, request: ExchangesOf) -> Result<Nothing, ApiError> {
    api.exchanges().forget(&request.owner);
    Ok(Nothing {})
}
