//! The app as it stands on the server.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use definition::FunctionKind;
use serde_json::{Map, Value};

use crate::{Client, Failure, RequestError, content_hash};

/// What the server has of an app.
#[derive(Clone)]
pub struct RemoteApp {
    /// Its id on that server.
    pub app_id: String,
    /// The definition's own fields, without id, authorization, logo and functions.
    pub fields: Map<String, Value>,
    /// The authorization configuration; empty = none. May hold client secrets.
    pub authentication: Map<String, Value>,
    /// The logo's bytes.
    pub logo: Option<Vec<u8>>,
    /// The functions that exist.
    pub functions: BTreeMap<FunctionKind, RemoteFunction>,
}

/// What the server has of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteFunction {
    /// Whether it is a package or a single index.js.
    pub by_zip: bool,
    /// [`content_hash`] of its package; `None` = it has no code yet.
    pub content_hash: Option<String>,
}

impl std::fmt::Debug for RemoteApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RemoteApp")
            .field("app_id", &self.app_id)
            .field("functions", &self.functions)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Everything the server has of an app; `None` = it has no such app. Downloads the functions' packages to compare them.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn remote_app(&self, app_id: &str) -> Result<Option<RemoteApp>, RequestError> {
        let mut fields = match self.app_for_download(app_id).await {
            Err(error) if error.failure() == Failure::NotFound => return Ok(None),
            answer => answer?,
        };
        fields.shift_remove("app_id");
        let authentication = match taken_authentication(&mut fields) {
            Some(authentication) => authentication,
            None => self.authentication(app_id).await?,
        };
        let logo = fields.shift_remove("logo").and_then(|logo| {
            let text = logo.get("base64")?.as_str()?;
            STANDARD.decode(text.strip_prefix("data:image/png;base64,").unwrap_or(text)).ok()
        });
        let mut functions = BTreeMap::new();
        for kind in FunctionKind::ALL {
            let Some(Value::Object(config)) = fields.shift_remove(&format!("{kind}_function"))
            else {
                continue;
            };
            let zip = self.download(app_id, kind, None).await?;
            functions.insert(
                kind,
                RemoteFunction {
                    by_zip: config.get("by_zip").and_then(Value::as_bool).unwrap_or_default(),
                    content_hash: (!zip.is_empty()).then(|| content_hash(&zip)),
                },
            );
        }
        Ok(Some(RemoteApp { app_id: app_id.to_owned(), fields, authentication, logo, functions }))
    }
}

/// The authorization from any of the places that contract chapter 12 names.
fn taken_authentication(fields: &mut Map<String, Value>) -> Option<Map<String, Value>> {
    for key in ["authentication", "auth_config"] {
        match fields.shift_remove(key) {
            Some(Value::Object(authentication)) => return Some(authentication),
            Some(_) => return Some(Map::new()),
            None => {}
        }
    }
    let direct: Map<_, _> = ["oauth2", "oauth1", "custom"]
        .into_iter()
        .filter_map(|key| fields.shift_remove(key).map(|value| (key.to_owned(), value)))
        .collect();
    (!direct.is_empty()).then_some(direct)
}
