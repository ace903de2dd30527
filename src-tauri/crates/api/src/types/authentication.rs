//! An app's authentication while it is being edited: presets, defaults, previews.

use definition::{Authentication, Diagnostic, Method, NameValue, RequestKind};
use flow::run::AuthorizationKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names one of the presets.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PresetRef {
    /// `Preset::name`.
    pub preset: String,
}

/// Asks for a new authentication of a kind (contract chapter 3's defaults).
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DefaultAuthentication {
    /// Which kind.
    pub kind: AuthorizationKind,
}

/// A new authentication, and the test request that can be added to it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct NewAuthentication {
    /// What goes into app.json.
    pub authentication: Authentication,
    /// A test request of this kind, its URL left to the author; absent = this kind has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub test_token_request: Option<definition::Request>,
}

/// Asks how a request will look.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PreviewRequest {
    /// As it is being edited; need not be saved.
    pub authentication: Authentication,
    /// Which of its requests.
    pub request: RequestKind,
    /// `AppView::redirect_uri`, or the external address that stands for it; absent = that of this program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub redirect_uri: Option<String>,
}

/// A request as it will be sent, with `***` for every secret and samples (`sample-code`) for what is known only later.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RequestPreview {
    /// Absent = it has no usable URL, or the authentication has no such request. Rows that have a problem are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub rendered: Option<PreviewedRequest>,
    /// What is wrong with this request, each with the path of its row (`authentication.oauth2.get_token_request.queries[0].value`).
    pub problems: Vec<Diagnostic>,
    /// What has a value when it is sent, for completion, the usual ones first.
    pub variables: Vec<TemplateVariable>,
}

/// A rendered request.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PreviewedRequest {
    /// GET or POST.
    pub method: Method,
    /// With all its parameters.
    pub url: String,
    /// `Content-Type` included when there is a body. What base64 holds is shown as `Basic base64(my-app:***)`.
    pub headers: Vec<NameValue>,
    /// As it is encoded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub body: Option<String>,
    /// OAuth1: the signature base string, which is what the signature covers (RFC 5849, section 3.4.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub signature_base_string: Option<String>,
}

/// A variable that a template may hold.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TemplateVariable {
    /// What stands between the braces; `query.NAME` stands for every parameter of the redirect.
    pub name: String,
    /// What it stands for, in a sentence.
    pub text: String,
}
