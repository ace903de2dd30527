//! Versions of an app: requests for the review that ends in deployment.

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use ts_rs::TS;

use super::Client;
use crate::RequestError;

/// A version that was requested.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AppVersion {
    /// Given by the server.
    pub version_id: String,
    /// Its label, as its author wrote it.
    #[serde(default)]
    pub label: String,
    /// `APP_VERSION_STATUS_INITIAL` (waiting), `APP_VERSION_STATUS_RESOLVED` (reviewed), or a newer word.
    #[serde(default)]
    pub status: String,
    /// When it was requested, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub created_time: Option<u64>,
    /// Everything else the server said, such as `nodes` and `undeployed_nodes`.
    #[serde(flatten)]
    #[ts(skip)]
    pub unknown: Map<String, Value>,
}

impl Client {
    /// Requests the review of the app as it stands on the server.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn request_version(
        &self,
        app_id: &str,
        label: &str,
    ) -> Result<AppVersion, RequestError> {
        let call = self.call(Method::POST, &["developer", "apps", app_id, "versions"]);
        call.json(json!({ "label": label })).read().await
    }

    /// All versions that were requested.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn versions(&self, app_id: &str) -> Result<Vec<AppVersion>, RequestError> {
        self.call(Method::GET, &["developer", "apps", app_id, "versions"]).read().await
    }
}
