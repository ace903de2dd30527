//! What went over the wire between the framework and a provider.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One request of contract chapter 3 with its answer. Values that open doors are hidden; each can be asked for by its number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ExchangeView {
    /// Names the exchange.
    pub id: String,
    /// What it was for.
    pub purpose: ExchangePurpose,
    /// When it began.
    #[ts(type = "number")]
    pub started_at: i64,
    /// GET or POST.
    pub method: String,
    /// With all parameters.
    pub url: Vec<ExchangePart>,
    /// As sent.
    pub headers: Vec<ExchangeHeader>,
    /// As sent; empty = none.
    pub body: Vec<ExchangePart>,
    /// What came back; absent = nothing did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub answer: Option<ExchangeAnswer>,
    /// Why nothing, or not all, came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub failure: Option<String>,
    /// From sending to the end, in ms.
    #[ts(type = "number")]
    pub took_ms: u64,
    /// What was taken from the answer.
    pub extracted: Vec<ExtractedField>,
    /// The answer's fields that were not taken.
    pub ignored: Vec<String>,
}

/// What an exchange was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExchangePurpose {
    /// An OAuth1 request token.
    RequestToken,
    /// A token for the code.
    Token,
    /// A new token for the refresh token.
    Refresh,
    /// Whether the token works.
    Test,
}

/// A header, with the note whether the author wrote it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ExchangeHeader {
    /// As sent.
    pub name: String,
    /// As sent.
    pub value: Vec<ExchangePart>,
    /// It does not stand in app.json: every HTTP client adds it.
    pub added: bool,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ExchangeAnswer {
    /// 200, 400 …
    pub status: u16,
    /// In the order received.
    pub headers: Vec<ExchangeHeader>,
    /// Decoded; as far as it came.
    pub body: Vec<ExchangePart>,
    /// Its length in bytes once decompressed.
    pub body_bytes: u32,
    /// From sending to the last header, in ms.
    #[ts(type = "number")]
    pub after_ms: u64,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ExchangePart {
    /// To be shown.
    Text {
        /// As it is.
        text: String,
    },
    /// Not to be shown before somebody asks for it: `reveal_value`.
    Hidden {
        /// Its number in the exchange.
        value: u32,
        /// What it is, as far as its place says: `client_secret`, `Authorization` …
        name: String,
        /// How long it is.
        characters: u32,
    },
}

/// A field that was taken from an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ExtractedField {
    /// `access_token`, `expires_in` …
    pub name: String,
    /// What was made of it.
    pub value: Vec<ExchangePart>,
}

/// Names whose exchanges are meant.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExchangesOf {
    /// `AuthorizationView::id` or `CredentialView::id`.
    pub owner: String,
}

/// Names a hidden value.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RevealValue {
    /// `ExchangeView::id`.
    pub exchange: String,
    /// `ExchangePart::Hidden::value`.
    pub value: u32,
}

/// A hidden value that somebody asked for.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct RevealedValue {
    /// The value itself: for the screen, and for nothing else.
    pub text: String,
}

impl std::fmt::Debug for RevealedValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RevealedValue(***)")
    }
}
