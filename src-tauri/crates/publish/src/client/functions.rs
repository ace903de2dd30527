//! Functions: their packages, versions, test runs and logs.

use definition::{FunctionConfig, FunctionKind};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use ts_rs::TS;

use super::{Call, Client, Write};
use crate::RequestError;

/// A version of a function that the server keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FunctionVersion {
    /// `$LATEST` or a number.
    #[serde(rename = "Version")]
    pub version: String,
    /// What its author wrote about it.
    #[serde(rename = "Description", default)]
    pub description: String,
    /// Everything else the server said.
    #[serde(flatten)]
    #[ts(skip)]
    pub unknown: Map<String, Value>,
}

/// What came of a test run on the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FunctionTestOutcome {
    /// What the handler returned.
    #[serde(default)]
    #[ts(type = "unknown")]
    pub output: Value,
    /// What it wrote to the console.
    #[serde(default)]
    pub log: String,
    /// Whether `output` fits the contract.
    #[serde(default, alias = "schemaValid")]
    pub schema_valid: bool,
    /// Why it does not.
    #[serde(default, alias = "schemaError")]
    #[ts(optional)]
    pub schema_error: Option<String>,
}

#[derive(Deserialize)]
struct Versions {
    #[serde(rename = "Versions")]
    versions: Vec<FunctionVersion>,
}

impl Client {
    fn function_call(
        &self,
        method: Method,
        app_id: &str,
        kind: FunctionKind,
        rest: &[&str],
    ) -> Call<'_> {
        let mut segments = vec!["developer", "apps", app_id, "functions", kind.wire_name()];
        segments.extend(rest);
        self.call(method, &segments)
    }

    /// How a function is configured; `None` = the app has no such function.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn function(
        &self,
        app_id: &str,
        kind: FunctionKind,
    ) -> Result<Option<FunctionConfig>, RequestError> {
        let config: Option<Map<String, Value>> =
            self.function_call(Method::GET, app_id, kind, &[]).read().await?;
        Ok(config.filter(|config| !config.is_empty()).map(|mut config| FunctionConfig {
            by_zip: config
                .shift_remove("by_zip")
                .and_then(|value| value.as_bool())
                .unwrap_or_default(),
            unknown: config,
        }))
    }

    /// Uploads a function: a zip with `index.js` at its root.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn put_function(
        &self,
        app_id: &str,
        kind: FunctionKind,
        zip: &[u8],
        by_zip: bool,
        write: Write,
    ) -> Result<(), RequestError> {
        let file = Part::bytes(zip.to_vec()).file_name(format!("{kind}.zip"));
        let form = Form::new().part("file", file).text("by_zip", by_zip.to_string());
        self.function_call(write.method(), app_id, kind, &[]).form(form).done().await
    }

    /// Switches a function off; only Redirect and Webhook can be.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn delete_function(
        &self,
        app_id: &str,
        kind: FunctionKind,
    ) -> Result<(), RequestError> {
        self.function_call(Method::DELETE, app_id, kind, &[]).done().await
    }

    /// A function's package: `version` as [`Client::function_versions`] names it, `None` = the latest. Empty = there is none.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn download(
        &self,
        app_id: &str,
        kind: FunctionKind,
        version: Option<&str>,
    ) -> Result<Vec<u8>, RequestError> {
        let call = self.function_call(Method::GET, app_id, kind, &["zip"]);
        call.query("version", version.unwrap_or("$LATEST")).transfer().bytes().await
    }

    /// The versions of a function that the server keeps.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn function_versions(
        &self,
        app_id: &str,
        kind: FunctionKind,
    ) -> Result<Vec<FunctionVersion>, RequestError> {
        let versions: Versions =
            self.function_call(Method::GET, app_id, kind, &["versions"]).read().await?;
        Ok(versions.versions)
    }

    /// Has the server keep the present package as a version.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn create_function_version(
        &self,
        app_id: &str,
        kind: FunctionKind,
        description: &str,
    ) -> Result<(), RequestError> {
        let call = self.function_call(Method::POST, app_id, kind, &["versions"]);
        call.json(json!({ "description": description })).done().await
    }

    /// Runs a function once on the server with `parameters` (contract chapters 5 to 10).
    ///
    /// # Errors
    /// See [`Client::apps`]; 501 when the server cannot run functions.
    pub async fn test_function(
        &self,
        app_id: &str,
        kind: FunctionKind,
        parameters: Value,
    ) -> Result<FunctionTestOutcome, RequestError> {
        self.function_call(Method::POST, app_id, kind, &["test"])
            .json(parameters)
            .transfer()
            .read()
            .await
    }

    /// What a function logged on the server from `start` to `end`, in ms since 1970 and at most five days apart.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn function_log(
        &self,
        app_id: &str,
        kind: FunctionKind,
        start: u64,
        end: u64,
    ) -> Result<String, RequestError> {
        let call = self.function_call(Method::GET, app_id, kind, &["log"]);
        let call = call
            .query("startTimestamp", &start.to_string())
            .query("endTimestamp", &end.to_string());
        call.bytes().await.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }
}
