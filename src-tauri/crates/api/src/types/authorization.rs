//! Credentials and the attempts to get one.

use std::collections::BTreeMap;

use definition::CustomInput;
use flow::authorization::StepState;
use secrets::Secret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FormProblem;

/// A saved credential. Its values never leave the secret store by this way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CredentialView {
    /// Names the credential in other commands.
    pub id: String,
    /// What the identity function returned as `unique_id`.
    pub unique_id: String,
    /// What the Creator sees in the list of accounts.
    pub display_id: String,
    /// What the author calls it; absent = by its display id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<String>,
    /// `oauth2`, `oauth1` or `custom`.
    pub kind: String,
    /// When the access token expires, when that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub expires_at: Option<i64>,
    /// The provider refused to refresh it: authorize again.
    pub needs_reconnect: bool,
    /// Why the last refresh failed, in the provider's words; absent = it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub problem: Option<String>,
    /// When it was first saved.
    #[ts(type = "number")]
    pub created_at: i64,
    /// When its values last changed.
    #[ts(type = "number")]
    pub updated_at: i64,
    /// When a call last used it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub last_used_at: Option<i64>,
}

/// Names a credential.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CredentialRef {
    /// `CredentialView::id`.
    pub credential: String,
}

/// Gives a credential a name of the author's own.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RenameCredential {
    /// `CredentialView::id`.
    pub credential: String,
    /// At most 100 characters; empty = by its display id again.
    pub name: String,
}

/// A flow run that cannot go on without a credential.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CredentialUse {
    /// `FlowRunView::id`.
    pub flow_run: String,
    /// The action's title when the run began.
    pub action_title: String,
    /// `build` or `run`.
    pub stage: String,
    /// When it began.
    #[ts(type = "number")]
    pub created_at: i64,
}

/// What is known of a credential's token, without the token.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct TokenView {
    /// `Bearer`, as the provider wrote it; absent for a custom credential.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub token_type: Option<String>,
    /// What the provider granted; empty = it did not say.
    pub scopes: Vec<String>,
    /// When the token was received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub received_at: Option<i64>,
    /// When it expires; absent = the provider did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub expires_at: Option<i64>,
    /// It can be refreshed, as far as the provider goes.
    pub has_refresh_token: bool,
    /// Names of the authorization redirect's other parameters.
    pub redirect_queries: Vec<String>,
    /// Length of the access token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub characters: Option<u32>,
    /// What the access token says about itself, when it is a JSON Web Token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub claims: Option<TokenClaims>,
    /// What the OpenID Connect id token that came with it said, when one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub id_claims: Option<TokenClaims>,
    /// The keys of a custom credential's values.
    pub keys: Vec<String>,
}

/// The readable parts of a JSON Web Token, without its signature. Nothing of it is verified; what opens doors is masked.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TokenClaims {
    /// `alg`, `kid` …
    #[ts(type = "unknown")]
    pub header: serde_json::Value,
    /// `iss`, `sub`, `exp` …
    #[ts(type = "unknown")]
    pub payload: serde_json::Value,
}

/// Starts an attempt to get a credential.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StartAuthorization {
    /// `AppView::id`.
    pub app: String,
    /// The flow run that waits for it: its timeline gets the attempt's messages, and it goes on with the credential.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub flow_run: Option<String>,
    /// The credential to connect again: another account is not saved without asking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub credential: Option<String>,
}

/// Names an attempt.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AuthorizationRef {
    /// `AuthorizationView::id`.
    pub authorization: String,
}

/// An attempt as it stands.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AuthorizationView {
    /// Names the attempt.
    pub id: String,
    /// `AppView::id`.
    pub app: String,
    /// How it stands as a whole.
    pub status: AuthorizationStatus,
    /// Its steps in order, for the list that is shown while it runs.
    pub steps: Vec<AuthorizationStep>,
    /// The form to fill in, while the attempt waits for it (custom authorization).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub custom_inputs: Option<Vec<CustomInput>>,
    /// Why the form was refused, input by input; empty = it was not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<FormProblem>>")]
    pub input_problems: Vec<FormProblem>,
    /// What the author should know although the attempt went on, each in a sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub notices: Vec<String>,
    /// `retry_identity` would call the identity function again, without authorizing again.
    pub can_retry_identity: bool,
    /// The authorization page, while the attempt waits for the browser to come back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub url: Option<String>,
    /// The redirect URI of this attempt, which the provider has to know.
    pub redirect_uri: String,
    /// The redirect URI does not lead to this machine: the address that the browser ends at has to be pasted.
    pub by_hand: bool,
    /// When the attempt gives up by itself.
    #[ts(type = "number")]
    pub times_out_at: i64,
    /// The display id of the account that came instead of the one to connect again; `keep_other_account` saves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub other_account: Option<String>,
    /// The credential that came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub credential: Option<CredentialView>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub error: Option<ShownError>,
    /// The call of the identity function, when there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub identity_call: Option<String>,
}

/// How an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum AuthorizationStatus {
    Running,
    Done,
    Failed,
    Cancelled,
}

/// One step of an attempt.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AuthorizationStep {
    /// What it does.
    pub title: String,
    /// How it stands.
    pub state: StepState,
    /// More on it: what it waits for, or why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub detail: Option<String>,
}

/// An error as the framework shows it to a person (contract chapter 4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShownError {
    /// In a few words.
    pub title: String,
    /// In sentences.
    pub description: String,
}

/// The custom authorization form, filled in.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SubmitCustomInputs {
    /// `AuthorizationView::id`.
    pub authorization: String,
    /// Value by key.
    #[ts(type = "Record<string, string>")]
    pub values: BTreeMap<String, Secret>,
}

/// The address that the provider sent the browser to, pasted by hand when the browser could not reach it.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PasteRedirect {
    /// `AuthorizationView::id`.
    pub authorization: String,
    /// The whole address; it carries the code.
    #[ts(type = "string")]
    pub url: Secret,
}

/// Whether a credential works against its service.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CredentialTest {
    /// The provider's answer was a 2xx.
    pub ok: bool,
    /// What it answered, in a sentence.
    pub detail: String,
}
