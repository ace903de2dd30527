//! The app definition as app.json holds it (contract chapters 2 and 3).
//!
//! Every object keeps the fields it does not know in `unknown` and writes them back.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use crate::FunctionKind;

/// An app: what the framework offers to the people who add steps to a workspace (contract chapter 2).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct App {
    /// Given by the server when the app is created there; absent before the first publish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub app_id: Option<String>,
    /// Shown wherever the app is; never empty in a valid app.
    pub name: String,
    /// What the app is for, in a sentence or two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub description: Option<String>,
    /// The shelf on which the app stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub category: Option<Category>,
    /// What the app offers, in the order shown.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// How the app authenticates against its external service (contract chapter 3).
    #[serde(default)]
    pub authentication: Authentication,
    /// Present = the function exists. Always present in a valid app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub identity_function: Option<FunctionConfig>,
    /// Present = the function exists. Always present in a valid app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub build_function: Option<FunctionConfig>,
    /// Present = the function exists. Always present in a valid app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub action_function: Option<FunctionConfig>,
    /// Absent = redirects are switched off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub redirect_function: Option<FunctionConfig>,
    /// Absent = webhooks are switched off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub webhook_function: Option<FunctionConfig>,
    /// Fields this version does not know, kept as they were.
    #[serde(flatten)]
    #[ts(skip)]
    pub unknown: Map<String, Value>,
}

impl App {
    /// How `kind` is configured; `None` = the app has no such function.
    pub fn function(&self, kind: FunctionKind) -> Option<&FunctionConfig> {
        match kind {
            FunctionKind::Identity => self.identity_function.as_ref(),
            FunctionKind::Build => self.build_function.as_ref(),
            FunctionKind::Action => self.action_function.as_ref(),
            FunctionKind::Redirect => self.redirect_function.as_ref(),
            FunctionKind::Webhook => self.webhook_function.as_ref(),
        }
    }

    /// The place in which `kind`'s configuration stands, to switch it on or off.
    pub fn function_mut(&mut self, kind: FunctionKind) -> &mut Option<FunctionConfig> {
        match kind {
            FunctionKind::Identity => &mut self.identity_function,
            FunctionKind::Build => &mut self.build_function,
            FunctionKind::Action => &mut self.action_function,
            FunctionKind::Redirect => &mut self.redirect_function,
            FunctionKind::Webhook => &mut self.webhook_function,
        }
    }

    /// The action whose key is `key`.
    pub fn action(&self, key: &str) -> Option<&Action> {
        self.actions.iter().find(|action| action.key == key)
    }
}

/// The shelf an app stands on (contract chapter 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Category {
    #[serde(rename = "APP_CATEGORY_E_SIGNATURE")]
    ESignature,
    #[serde(rename = "APP_CATEGORY_FORM")]
    Form,
    #[serde(rename = "APP_CATEGORY_PAYMENT")]
    Payment,
    #[serde(rename = "APP_CATEGORY_TIME_BOOKING")]
    TimeBooking,
    #[serde(rename = "APP_CATEGORY_TODO")]
    Todo,
    #[serde(rename = "APP_CATEGORY_ID_VERIFICATION")]
    IdVerification,
}

/// One thing the app offers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Action {
    /// Unique in the app; arrives in every function as `context.action_key`.
    pub key: String,
    /// What people read when they choose it.
    pub title: String,
    /// What kind of process it starts.
    #[serde(rename = "type")]
    pub action_type: ActionType,
    /// Fields this version does not know, kept as they were.
    #[serde(flatten)]
    #[ts(skip)]
    pub unknown: Map<String, Value>,
}

/// What kind of process an action starts (contract chapters 1 and 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub enum ActionType {
    /// A step on which an assignee clicks a button.
    #[serde(rename = "APP_ACTION_TYPE_ACTION")]
    Action,
    /// Runs by itself when the step starts.
    #[serde(rename = "APP_ACTION_TYPE_AUTOMATION")]
    Automation,
    /// Starts with the step and waits for the outside world.
    #[serde(rename = "APP_ACTION_TYPE_AWAIT")]
    Await,
    /// Polls, and starts a flow for each group of variables.
    #[serde(rename = "APP_ACTION_TYPE_TRIGGER")]
    Trigger,
}

/// How a function is configured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct FunctionConfig {
    /// `true` = a package with its own package.json and node_modules; `false` = one index.js edited in place.
    #[serde(default)]
    pub by_zip: bool,
    /// Fields this version does not know, kept as they were.
    #[serde(flatten)]
    #[ts(skip)]
    pub unknown: Map<String, Value>,
}

/// Exactly one of the three, or none of them: an app without authorization (contract chapter 3).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Authentication {
    /// OAuth 2.0 authorization code grant (RFC 6749).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub oauth2: Option<OAuth2>,
    /// OAuth 1.0 (RFC 5849).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub oauth1: Option<OAuth1>,
    /// A form of the app's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub custom: Option<Custom>,
    /// Fields this version does not know, kept as they were.
    #[serde(flatten)]
    #[ts(skip)]
    pub unknown: Map<String, Value>,
}

impl Authentication {
    /// The field that holds the secret of this kind of OAuth; `None` = there is none to hold.
    pub fn secret(&self) -> Option<&SecretValue> {
        let oauth2 = self.oauth2.as_ref().map(|oauth2| &oauth2.client_secret);
        oauth2.or_else(|| self.oauth1.as_ref().map(|oauth1| &oauth1.consumer_secret))
    }

    /// The same, to be replaced.
    pub fn secret_mut(&mut self) -> Option<&mut SecretValue> {
        let oauth2 = self.oauth2.as_mut().map(|oauth2| &mut oauth2.client_secret);
        oauth2.or_else(|| self.oauth1.as_mut().map(|oauth1| &mut oauth1.consumer_secret))
    }

    /// The name that its secret gets in the secret store when it has none: that of the field.
    pub fn secret_name(&self) -> &'static str {
        if self.oauth2.is_none() && self.oauth1.is_some() {
            "consumer_secret"
        } else {
            "client_secret"
        }
    }
}

/// OAuth 2.0 as four templated requests (contract chapter 3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct OAuth2 {
    /// The client identifier that the provider gave out.
    #[serde(default)]
    pub client_id: String,
    /// The client secret; on disk only its name stands.
    #[serde(default)]
    pub client_secret: SecretValue,
    /// The page that the browser is sent to.
    pub authorization_request: Request,
    /// Exchanges the code for a token.
    pub get_token_request: Request,
    /// Exchanges the refresh token for a new token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub refresh_token_request: Option<Request>,
    /// Proves that a token works: any 2xx answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub test_token_request: Option<Request>,
    /// Fields this version does not know, kept as they were.
    #[serde(flatten)]
    #[ts(skip)]
    pub unknown: Map<String, Value>,
}

/// OAuth 1.0 as up to four templated requests (contract chapter 3; RFC 5849).
///
/// A file may lack any field: it is read with what it has, and what is missing is a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct OAuth1 {
    /// The client identifier that the provider gave out (RFC 5849 calls it client credentials).
    #[serde(default)]
    pub consumer_key: String,
    /// The shared secret; on disk only its name stands.
    #[serde(default = "consumer_secret")]
    pub consumer_secret: SecretValue,
    /// How requests are signed.
    #[serde(default)]
    pub signature_method: SignatureMethod,
    /// Gets the request token (temporary credentials, RFC 5849, section 2.1).
    #[serde(default)]
    pub request_token_request: Request,
    /// The page that the browser is sent to (section 2.2).
    #[serde(default)]
    pub authorization_request: Request,
    /// Exchanges the request token and the verifier for a token (section 2.3).
    #[serde(default)]
    pub get_token_request: Request,
    /// Proves that a token works: any 2xx answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub test_token_request: Option<Request>,
    /// Fields this version does not know, kept as they were.
    #[serde(flatten)]
    #[ts(skip)]
    pub unknown: Map<String, Value>,
}

fn consumer_secret() -> SecretValue {
    SecretValue::Reference { secret: "consumer_secret".to_owned() }
}

impl Default for OAuth1 {
    fn default() -> Self {
        Self {
            consumer_key: String::new(),
            consumer_secret: consumer_secret(),
            signature_method: SignatureMethod::default(),
            request_token_request: Request::default(),
            authorization_request: Request::default(),
            get_token_request: Request::default(),
            test_token_request: None,
            unknown: Map::new(),
        }
    }
}

/// How OAuth 1.0 requests are signed (RFC 5849, section 3.4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum SignatureMethod {
    /// RFC 5849, section 3.4.2.
    #[default]
    #[serde(rename = "HMAC-SHA1")]
    HmacSha1,
    /// As HMAC-SHA1, with SHA-256.
    #[serde(rename = "HMAC-SHA256")]
    HmacSha256,
    /// As HMAC-SHA1, with SHA-512.
    #[serde(rename = "HMAC-SHA512")]
    HmacSha512,
    /// The secrets themselves (section 3.4.4): only over TLS.
    #[serde(rename = "PLAINTEXT")]
    Plaintext,
    /// A name that chapter 3 does not have; kept, and an error.
    #[serde(untagged)]
    Other(String),
}

impl SignatureMethod {
    /// The names of chapter 3.
    pub const NAMES: [&str; 4] = ["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "PLAINTEXT"];

    /// As it stands in app.json, and as `oauth_signature_method` says it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::HmacSha1 => "HMAC-SHA1",
            Self::HmacSha256 => "HMAC-SHA256",
            Self::HmacSha512 => "HMAC-SHA512",
            Self::Plaintext => "PLAINTEXT",
            Self::Other(name) => name,
        }
    }
}

/// A secret in app.json: its name in the secret store, never its value.
///
/// Plain text is read (hand-written files and imports carry it) so that it can be moved into the secret store; it is
/// what a file should not hold.
#[derive(Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum SecretValue {
    /// `{"secret": "client_secret"}`: the value stands in the secret store under this name.
    Reference {
        /// Name within the app.
        secret: String,
    },
    /// The value itself. Reported as an error; moved into the secret store when the window opens the app.
    Plain(String),
}

impl Default for SecretValue {
    fn default() -> Self {
        Self::Reference { secret: "client_secret".to_owned() }
    }
}

impl std::fmt::Debug for SecretValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Reference { secret } => {
                f.debug_struct("Reference").field("secret", secret).finish()
            }
            Self::Plain(_) => f.write_str("Plain(***)"),
        }
    }
}

/// A templated HTTP request (contract chapter 3). `url` and every `value` may hold `{{variables}}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Request {
    /// GET or POST.
    #[serde(default)]
    pub method: Method,
    /// Template of an absolute URL.
    #[serde(default)]
    pub url: String,
    /// URL parameters, added to those in `url`.
    #[serde(default)]
    pub queries: Vec<NameValue>,
    /// Request headers; `Content-Type` decides how `body_fields` are encoded.
    #[serde(default)]
    pub headers: Vec<NameValue>,
    /// Form fields, or the members of one flat JSON object.
    #[serde(default)]
    pub body_fields: Vec<NameValue>,
    /// Fields this version does not know, kept as they were.
    #[serde(flatten)]
    #[ts(skip)]
    pub unknown: Map<String, Value>,
}

/// The two methods of chapter 3's requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Method {
    #[default]
    Get,
    Post,
}

/// A name with a value; both as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub struct NameValue {
    pub name: String,
    pub value: String,
    /// Fields this version does not know, kept as they were.
    #[serde(flatten)]
    #[ts(skip)]
    pub unknown: Map<String, Value>,
}

impl NameValue {
    /// A pair from anything that turns into text.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), unknown: Map::new() }
    }
}

/// Authorization by a form of the app's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Custom {
    /// What the Creator is asked for, in the order shown.
    #[serde(default)]
    pub inputs: Vec<CustomInput>,
    /// Fields this version does not know, kept as they were.
    #[serde(flatten)]
    #[ts(skip)]
    pub unknown: Map<String, Value>,
}

/// One line of a custom authorization form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CustomInput {
    /// The name under which functions find the value: `credential.custom.KEY`.
    pub key: String,
    /// What the Creator reads.
    pub label: String,
    /// Help shown beside the input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tip: Option<String>,
    /// Must be filled in; the default.
    #[serde(default = "yes")]
    pub required: bool,
    /// Fields this version does not know, kept as they were.
    #[serde(flatten)]
    #[ts(skip)]
    pub unknown: Map<String, Value>,
}

impl CustomInput {
    /// Whether its key or label says that it holds a secret, as in `api_key`, and not a name, as in `account`. The contract marks
    /// no input (chapter 3), so its words are all there is. The window covers what is typed into one by the same rule
    /// (`secretLooking.ts`).
    pub fn looks_secret(&self) -> bool {
        const PARTS: [&str; 11] = [
            "secret",
            "token",
            "passw",
            "passphrase",
            "passcode",
            "credential",
            "private",
            "apikey",
            "accesskey",
            "api key",
            "access key",
        ];
        let words = |text: &str| text.to_lowercase().replace(['_', '-'], " ");
        let says = |text: &str| {
            PARTS.iter().any(|part| text.contains(part))
                || text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "pin")
        };
        let (key, label) = (words(&self.key), words(&self.label));
        says(&key) || says(&label) || key == "key" || key.ends_with(" key")
    }
}

fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_looks_secret_by_the_words_of_its_key_and_label() {
        let input = |key: &str, label: &str| -> CustomInput {
            serde_json::from_value(serde_json::json!({ "key": key, "label": label })).unwrap()
        };
        let secret = [
            ("api_key", "API key"),
            ("apikey", "Key"),
            ("x", "Access token"),
            ("signing-key", "S"),
            ("key", "Key"),
            ("code", "PIN"),
        ];
        let plain = [
            ("account", "Account"),
            ("domain", "Domain"),
            ("shipping", "Shipping"),
            ("keyboard", "Keyboard"),
        ];
        for (key, label) in secret {
            assert!(input(key, label).looks_secret(), "{key}");
        }
        for (key, label) in plain {
            assert!(!input(key, label).looks_secret(), "{key}");
        }
    }
}
