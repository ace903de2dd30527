//! Envelopes and webhooks as the e-signature service keeps them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use url::Url;

/// How far an envelope, or one signer, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    /// Waits for signatures.
    Sent,
    /// Signed; an envelope: by everyone.
    Completed,
    /// Declined; an envelope: by anyone.
    Declined,
}

/// One person who signs.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Signer {
    pub(crate) role: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) status: Status,
    pub(crate) signing_url: String,
    /// The name as typed on the signing page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) signed_as: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) decline_reason: Option<String>,
    /// ms since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) decided_at: Option<u64>,
}

/// A document on its way to its signers.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Envelope {
    pub(crate) id: String,
    pub(crate) template_id: String,
    pub(crate) title: String,
    pub(crate) message: Option<String>,
    pub(crate) status: Status,
    pub(crate) signers: Vec<Signer>,
    pub(crate) redirect_url: Option<Url>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<String>,
    pub(crate) metadata: Map<String, Value>,
    /// ms since 1970.
    pub(crate) created_at: u64,
    /// ms since 1970: when the last signer signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) completed_at: Option<u64>,
    /// `sub` of the account that sent it; nobody else sees it.
    #[serde(skip)]
    pub(crate) owner: String,
}

/// Where to send events to.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Webhook {
    pub(crate) id: String,
    pub(crate) url: Url,
    pub(crate) events: Vec<String>,
    /// Key of the signature header.
    pub(crate) secret: String,
    /// ms since 1970.
    pub(crate) created_at: u64,
    /// `sub` of the account that registered it.
    pub(crate) owner: String,
}

/// An event on its way to a webhook.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Delivery {
    /// Id of the webhook.
    pub(crate) webhook: String,
    pub(crate) body: String,
}

impl Webhook {
    /// As listed: without the secret, which is shown once.
    pub(crate) fn listed(&self) -> Value {
        json!({ "id": self.id, "url": self.url, "events": self.events, "created_at": self.created_at })
    }
}
