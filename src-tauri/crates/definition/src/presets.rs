//! Well-known providers: what an author would otherwise copy from their documentation (contract chapter 3).
//!
//! One file a provider in `presets/`; its name names the preset. A file says what is particular to the provider, the rest follows
//! from the kind of OAuth.

mod expand;
mod oauth1;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Authentication, Method, SignatureMethod};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/presets");
static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let mut presets: Vec<Preset> = FILES
        .files()
        .filter_map(|file| {
            let name = file.path().file_stem()?.to_str()?;
            Some(preset(name, &serde_json::from_slice(file.contents()).ok()?))
        })
        .collect();
    presets.sort_by_key(|preset| preset.title.to_lowercase());
    presets
});

/// All presets, by title.
pub fn presets() -> &'static [Preset] {
    &PRESETS
}

/// A provider, with a whole `authentication` for it that lacks only the author's own client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Preset {
    /// Names it, such as `google`.
    pub name: String,
    /// What people know it by.
    pub title: String,
    /// The provider's own page about its OAuth.
    pub documentation: String,
    /// The day on which the preset was last compared with at least two public sources, such as the provider's pages and well-kept
    /// clients of its OAuth: `2026-11-24`; absent = not yet since
    /// it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub checked: Option<String>,
    /// The scopes that are asked for, to be changed to what the app needs.
    pub scopes: Vec<String>,
    /// What stands between them.
    pub scope_separator: String,
    /// How the token request proves which client it is.
    pub client: ClientAuthentication,
    /// Whether the code is protected by PKCE (RFC 7636).
    pub pkce: bool,
    /// What is to be replaced by something of the author's own.
    pub placeholders: Vec<Placeholder>,
    /// What is particular to the provider, in sentences.
    pub notes: Vec<String>,
    /// What goes into app.json.
    pub authentication: Authentication,
}

/// How a client proves who it is (RFC 6749, section 2.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuthentication {
    /// `Authorization: Basic`.
    Basic,
    /// Client id and secret among the body fields.
    #[default]
    Body,
    /// Client id and secret among the URL parameters.
    Query,
    /// OAuth1: by the signature.
    Signature,
}

/// A word such as `YOUR_DOMAIN` in a preset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Placeholder {
    /// As it stands there.
    pub word: String,
    /// What to put in its place.
    pub text: String,
}

/// A file of `presets/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    title: String,
    documentation: String,
    checked: Option<String>,
    /// Present = OAuth1.
    signature_method: Option<SignatureMethod>,
    /// OAuth1 only.
    request_token: Option<Endpoint>,
    authorization: Endpoint,
    token: Endpoint,
    /// Absent = tokens are not refreshed.
    refresh: Option<Endpoint>,
    test: Option<Endpoint>,
    #[serde(default)]
    client: ClientAuthentication,
    #[serde(default)]
    scopes: Vec<String>,
    scope_separator: Option<String>,
    /// Where scopes are not called `scope`.
    scope_parameter: Option<String>,
    #[serde(default)]
    pkce: bool,
    #[serde(default)]
    placeholders: BTreeMap<String, String>,
    #[serde(default)]
    notes: Vec<String>,
}

/// What is particular to one of the requests.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Endpoint {
    /// Empty in `refresh` = that of `token`.
    url: String,
    method: Option<Method>,
    /// The body is JSON.
    json: bool,
    /// The parameters stand in the URL instead of the body.
    in_query: bool,
    queries: Pairs,
    headers: Pairs,
    fields: Pairs,
    /// Usual parameters that this provider does not want.
    without: Vec<String>,
}

/// Name and value in the order of the file.
type Pairs = Vec<(String, String)>;

fn preset(name: &str, sheet: &Sheet) -> Preset {
    let authentication = match &sheet.signature_method {
        Some(method) => oauth1::authentication(sheet, method),
        None => expand::authentication(sheet),
    };
    let placeholder =
        |(word, text): (&String, &String)| Placeholder { word: word.clone(), text: text.clone() };
    Preset {
        name: name.to_owned(),
        title: sheet.title.clone(),
        documentation: sheet.documentation.clone(),
        checked: sheet.checked.clone(),
        scopes: sheet.scopes.clone(),
        scope_separator: sheet.separator().to_owned(),
        client: match sheet.signature_method {
            Some(_) => ClientAuthentication::Signature,
            None => sheet.client,
        },
        pkce: sheet.pkce,
        placeholders: sheet.placeholders.iter().map(placeholder).collect(),
        notes: sheet.notes.clone(),
        authentication,
    }
}

impl Sheet {
    fn separator(&self) -> &str {
        self.scope_separator.as_deref().unwrap_or(" ")
    }
}

#[cfg(test)]
mod tests;
