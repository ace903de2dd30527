//! Reading a token answer (RFC 6749, sections 5.1 and 5.2).

use std::fmt;

use oauth2::StandardErrorResponse;
use oauth2::basic::BasicErrorResponseType;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Claims, claims, place, words};
use crate::returned::kind;

/// An HTTP answer. Debug prints no body: it may hold a token.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct HttpAnswer {
    /// 200, 400 …
    pub status: u16,
    /// The Content-Type header.
    pub content_type: Option<String>,
    /// The Location header of a redirect, which is not followed.
    pub location: Option<String>,
    /// The WWW-Authenticate header: OAuth1 providers say there what was wrong.
    pub www_authenticate: Option<String>,
    /// The decoded body.
    pub body: String,
}

impl fmt::Debug for HttpAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpAnswer")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// A token. Debug prints no values.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Opens the doors.
    pub access_token: String,
    /// Gets a new access token.
    #[serde(default)]
    pub refresh_token: Option<String>,
    /// Seconds from when it was received.
    #[serde(default)]
    pub expires_in: Option<i64>,
    /// As the provider wrote it; `Bearer` when it wrote none.
    pub token_type: String,
    /// As the provider wrote it.
    #[serde(default)]
    pub scope: Option<String>,
    /// What an OpenID Connect `id_token` beside it says. The token itself is not kept: nothing here is shown to a service with it.
    #[serde(default)]
    pub id_claims: Option<Claims>,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("token_type", &self.token_type)
            .field("expires_in", &self.expires_in)
            .field("has_refresh_token", &self.refresh_token.is_some())
            .finish()
    }
}

/// Why an answer is no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The provider says no, in its own words.
    #[error("the provider refused: {error}{}{} (status {status}){}", description.as_ref().map(|text| format!(": {text}")).unwrap_or_default(), uri.as_ref().map(|text| format!(", see {text}")).unwrap_or_default(), words::of_token_error(error).map(|text| format!(". {text}")).unwrap_or_default())]
    Provider {
        /// The answer's status.
        status: u16,
        /// `invalid_grant`, `invalid_client` …
        error: String,
        /// `error_description`.
        description: Option<String>,
        /// `error_uri`.
        uri: Option<String>,
    },
    /// Neither 2xx nor an error in OAuth's form.
    #[error("the token URL answered with status {status}: {excerpt}")]
    Status {
        /// The answer's status.
        status: u16,
        /// The first words.
        excerpt: String,
    },
    /// A redirect, which a token request does not follow: it would carry the secret to another place.
    #[error(
        "the token URL answered with a redirect to {target} (status {status}), which is not followed; write the address that \
         answers into the token request"
    )]
    Redirect {
        /// The answer's status.
        status: u16,
        /// Where to, without its parameters.
        target: String,
    },
    /// A web page, most likely of a login or an error.
    #[error(
        "the token URL answered with a web page instead of a token: {excerpt}; check the URL of the token request"
    )]
    WebPage {
        /// Its first words.
        excerpt: String,
    },
    /// Neither a JSON object nor a form.
    #[error(
        "the token URL's answer is neither a JSON object nor form-encoded ({content_type}): {excerpt}"
    )]
    Unreadable {
        /// What it says it is.
        content_type: String,
        /// The first words.
        excerpt: String,
    },
    /// Readable, without what it is for.
    #[error("the token URL's answer has no access_token; its fields are: {fields}{}", said.as_ref().map(|text| format!("; it says: {text}")).unwrap_or_default())]
    MissingAccessToken {
        /// Names, without values.
        fields: String,
        /// What sounds like the reason, in the provider's words: many answer 200 with a code and a message of their own.
        said: Option<String>,
    },
    /// A field of another type than RFC 6749 says.
    #[error("the token URL's answer: {field} is {found}, expected {expected}")]
    Mistyped {
        /// Which field.
        field: &'static str,
        /// Its type, not its value.
        found: &'static str,
        /// What it should be.
        expected: &'static str,
    },
}

/// Reads a token answer: JSON, or form-encoded as some providers still send it.
///
/// # Errors
/// Says in what way the answer is no token. An error in OAuth's form counts with any status: some providers send it with 200.
pub fn parse_token(answer: &HttpAnswer) -> Result<Token, TokenError> {
    let fields = fields(answer);
    let success = (200..300).contains(&answer.status);
    if let Some(object) = &fields
        && object.get("error").is_some_and(|error| !place::is_nothing(error))
    {
        return Err(provider_error(object, answer.status));
    }
    if (300..400).contains(&answer.status)
        && let Some(location) = &answer.location
    {
        let target = short(location.split(['?', '#']).next().unwrap_or_default());
        return Err(TokenError::Redirect { status: answer.status, target });
    }
    if !success {
        return Err(TokenError::Status { status: answer.status, excerpt: excerpt(&answer.body) });
    }
    let Some(object) = fields else {
        let excerpt = excerpt(&answer.body);
        return Err(if is_web_page(answer) {
            TokenError::WebPage { excerpt }
        } else {
            let content_type =
                answer.content_type.clone().unwrap_or_else(|| "no Content-Type".to_owned());
            TokenError::Unreadable { content_type, excerpt }
        });
    };
    let object = place::of_token(&object).map_or(object.clone(), |place| place.fields(&object));
    let Some(access_token) = secret(&object, "access_token")? else {
        let names: Vec<&str> = object.keys().map(String::as_str).collect();
        let fields = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        return Err(TokenError::MissingAccessToken { fields, said: said(&object) });
    };
    Ok(Token {
        access_token,
        refresh_token: secret(&object, "refresh_token")?,
        expires_in: seconds(&object)?,
        token_type: text(&object, "token_type")?.unwrap_or_else(|| "Bearer".to_owned()),
        scope: scope(&object)?,
        // Only to be read: one of another shape makes the answer no worse.
        id_claims: object.get("id_token").and_then(Value::as_str).and_then(claims),
    })
}

fn media_type(answer: &HttpAnswer) -> String {
    let declared = answer.content_type.as_deref().unwrap_or_default();
    declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn is_web_page(answer: &HttpAnswer) -> bool {
    media_type(answer) == "text/html" || answer.body.trim_start().starts_with('<')
}

/// The members of a JSON object, or the fields of a form. Providers mislabel both, so the body itself decides.
fn fields(answer: &HttpAnswer) -> Option<Map<String, Value>> {
    let body = answer.body.trim_start_matches('\u{feff}').trim();
    if let Ok(Value::Object(object)) = serde_json::from_str(body) {
        return Some(object);
    }
    let looks_like_form = media_type(answer) == "application/x-www-form-urlencoded"
        || (media_type(answer) != "application/json"
            && (body.contains("access_token=") || body.contains("error=")));
    if is_web_page(answer) || body.is_empty() || !looks_like_form || body.contains(['{', '\n']) {
        return None;
    }
    let pairs = url::form_urlencoded::parse(body.as_bytes());
    Some(
        pairs.map(|(name, value)| (name.into_owned(), Value::String(value.into_owned()))).collect(),
    )
}

fn provider_error(object: &Map<String, Value>, status: u16) -> TokenError {
    let standard: Result<StandardErrorResponse<BasicErrorResponseType>, _> =
        serde_json::from_value(Value::Object(object.clone()));
    match standard {
        Ok(standard) => TokenError::Provider {
            status,
            error: short(standard.error().as_ref()),
            description: standard.error_description().map(|text| short(text)),
            uri: standard.error_uri().map(|text| short(text)),
        },
        // Not in the standard's form, such as {"error": {"message": "…"}}: say what is there.
        Err(_) => {
            let error = object.get("error").cloned().unwrap_or_default();
            let inner = |name: &str| {
                error.get(name).or_else(|| object.get(name)).and_then(Value::as_str).map(short)
            };
            let plain = error.as_str().map(short);
            TokenError::Provider {
                status,
                error: plain
                    .or_else(|| inner("code"))
                    .or_else(|| inner("type"))
                    .unwrap_or_else(|| short(&error.to_string())),
                description: inner("message").or_else(|| inner("error_description")),
                uri: None,
            }
        }
    }
}

/// The fields of an answer without a token that are there to say why. A number in `code` is an error's, a text may be a login's.
fn said(object: &Map<String, Value>) -> Option<String> {
    const REASONS: [&str; 16] = [
        "code",
        "errcode",
        "errorcode",
        "err",
        "errmsg",
        "errormsg",
        "errormessage",
        "errors",
        "msg",
        "message",
        "description",
        "errordescription",
        "detail",
        "details",
        "reason",
        "hint",
    ];
    let plain = |name: &str| name.replace(['_', '-'], "").to_ascii_lowercase();
    let texts = object.iter().filter_map(|(name, value)| {
        let known = plain(name);
        let counts = REASONS.contains(&known.as_str())
            && !place::is_nothing(value)
            && (known != "code" || value.is_number());
        let mut value = counts.then(|| value.clone())?;
        mask(&mut value);
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Some(format!("{name} {}", short(&text)))
    });
    let texts: Vec<String> = texts.collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}

/// Absent, null and empty are the same.
fn text(object: &Map<String, Value>, field: &'static str) -> Result<Option<String>, TokenError> {
    match object.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(value)) => Ok((!value.is_empty()).then(|| value.clone())),
        Some(other) => {
            Err(TokenError::Mistyped { field, found: kind(other), expected: "a string" })
        }
    }
}

/// A token: it goes into headers and forms as it is, so a line break or a byte that was no text would do harm there.
fn secret(object: &Map<String, Value>, field: &'static str) -> Result<Option<String>, TokenError> {
    let token = text(object, field)?;
    match &token {
        Some(token) if token.contains(|c: char| c.is_control() || c == '\u{fffd}') => {
            Err(TokenError::Mistyped {
                field,
                found: "a string with control characters, or with bytes that are no text",
                expected: "a token's visible characters",
            })
        }
        _ => Ok(token),
    }
}

/// A list of scopes is written as OAuth would: separated by spaces.
fn scope(object: &Map<String, Value>) -> Result<Option<String>, TokenError> {
    let Some(Value::Array(list)) = object.get("scope") else {
        return text(object, "scope");
    };
    let words: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
    Ok((!words.is_empty()).then(|| words.join(" ")))
}

fn seconds(object: &Map<String, Value>) -> Result<Option<i64>, TokenError> {
    let wrong = |value: &Value| TokenError::Mistyped {
        field: "expires_in",
        found: kind(value),
        expected: "a number of seconds, or a string with one",
    };
    // Whole seconds; a fraction is cut off, and no lifetime is longer than i32 can say.
    let limited = |number: f64| {
        (number.is_finite() && number >= 0.0).then(|| number.min(f64::from(i32::MAX)) as i64)
    };
    match object.get("expires_in") {
        None | Some(Value::Null) => Ok(None),
        Some(value @ Value::Number(number)) => {
            number.as_f64().and_then(limited).map(Some).ok_or_else(|| wrong(value))
        }
        Some(Value::String(digits)) if digits.trim().is_empty() => Ok(None),
        Some(value @ Value::String(digits)) => {
            digits.trim().parse().ok().and_then(limited).map(Some).ok_or_else(|| wrong(value))
        }
        Some(other) => Err(wrong(other)),
    }
}

/// Long enough for any sentence that a provider has for its error.
const EXCERPT_CHARACTERS: usize = 1000;

fn short(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT_CHARACTERS {
        return line;
    }
    line.chars().take(EXCERPT_CHARACTERS).chain(['…']).collect()
}

/// The first words of an answer, without the value of any field that could open a door.
pub(super) fn excerpt(body: &str) -> String {
    let trimmed = body.trim_start_matches('\u{feff}').trim();
    if trimmed.is_empty() {
        return "(empty)".to_owned();
    }
    if let Ok(mut value) = serde_json::from_str::<Value>(trimmed) {
        mask(&mut value);
        return short(&value.to_string());
    }
    if trimmed.starts_with('<') {
        return short(&strip_tags(trimmed));
    }
    // Neither JSON nor a page: where a value could begin is not known.
    if names_a_token(trimmed) {
        return format!("({} bytes, not shown: it may hold a token)", body.len());
    }
    short(trimmed)
}

/// `"access_token": …` or `token=…` in a text that is broken off or of another kind.
fn names_a_token(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["token", "secret", "password"].iter().any(|word| {
        lower.match_indices(word).any(|(at, _)| {
            let after = lower[at + word.len()..].trim_start_matches(['"', '\'', '\\', ' ', '\t']);
            after.starts_with([':', '='])
        })
    })
}

/// Masks the values of fields that could open a door by their name.
fn mask(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(mask),
        Value::Object(fields) => {
            for (name, field) in fields {
                if opens_doors(name) && (field.is_string() || field.is_number()) {
                    *field = Value::from("***");
                } else {
                    mask(field);
                }
            }
        }
        _ => {}
    }
}

fn opens_doors(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name != "token_type"
        && ["token", "secret", "password", "key", "assertion", "verifier"]
            .iter()
            .any(|word| name.contains(word))
}

/// The names of the fields of a token answer, in order; empty = it is neither JSON nor form-encoded. Those of an object in which the
/// token was found stand with its name before theirs, such as `authed_user.access_token`.
pub fn field_names(answer: &HttpAnswer) -> Vec<String> {
    fields(answer).map(|object| place::names(&object)).unwrap_or_default()
}

/// The name that `field` (`access_token`, `expires_in` …) has in a token answer: `authed_user.access_token`, `accessToken`. `None` = it
/// is not there.
pub fn field_in<'a>(names: &'a [String], field: &str) -> Option<&'a str> {
    place::named(names, field)
}

/// The visible text of a page, roughly: enough to recognise it.
fn strip_tags(page: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for character in page.chars() {
        match character {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            other if !inside => text.push(other),
            _ => {}
        }
    }
    text
}
