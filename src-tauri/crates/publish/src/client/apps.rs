//! Apps, their logo and their authorization.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use ts_rs::TS;

use super::{Client, Write};
use crate::RequestError;
use crate::local::secrets_in;

/// An app as the server lists it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AppSummary {
    /// Given by the server.
    pub app_id: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub description: Option<String>,
    /// The shelf it stands on, as the server words it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub category: Option<String>,
    /// Everything else the server said.
    #[serde(flatten)]
    #[ts(skip)]
    pub unknown: Map<String, Value>,
}

/// One file of an archive (contract chapter 12).
#[derive(Clone, PartialEq, Eq)]
pub struct ArchiveFile {
    /// `config.json`, `logo.png` or `FUNCTION_TYPE_….zip`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Client {
    /// All apps of the token's owner.
    ///
    /// # Errors
    /// As every call: [`RequestError`] says which request failed, why, and what to do.
    pub async fn apps(&self) -> Result<Vec<AppSummary>, RequestError> {
        self.call(Method::GET, &["developer", "apps"]).read().await
    }

    /// Creates an app of the fields of contract chapter 2; `name` is required.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn create_app(&self, fields: Map<String, Value>) -> Result<AppSummary, RequestError> {
        let hidden = secrets_in(&fields);
        self.call(Method::POST, &["developer", "apps"])
            .json(Value::Object(fields))
            .hiding(hidden)
            .read()
            .await
    }

    /// Creates an app of the files of an archive.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn create_app_from_archive(
        &self,
        files: Vec<ArchiveFile>,
    ) -> Result<AppSummary, RequestError> {
        self.call(Method::POST, &["developer", "apps"]).form(archive(files)).read().await
    }

    /// An app as the server shows it.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn app(&self, app_id: &str) -> Result<Map<String, Value>, RequestError> {
        self.call(Method::GET, &["developer", "apps", app_id]).read().await
    }

    /// The whole of an app, with its authorization and `logo: {base64}`.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn app_for_download(&self, app_id: &str) -> Result<Map<String, Value>, RequestError> {
        self.call(Method::GET, &["developer", "apps", app_id])
            .query("dataForDownload", "true")
            .read()
            .await
    }

    /// Sets the given fields of an app; `null` takes one away.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn update_app(
        &self,
        app_id: &str,
        fields: Map<String, Value>,
    ) -> Result<AppSummary, RequestError> {
        let hidden = secrets_in(&fields);
        let call = self.call(Method::PATCH, &["developer", "apps", app_id]);
        call.json(Value::Object(fields)).hiding(hidden).read().await
    }

    /// Changes an app to what an archive holds; what the archive lacks stays.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn update_app_from_archive(
        &self,
        app_id: &str,
        files: Vec<ArchiveFile>,
    ) -> Result<AppSummary, RequestError> {
        self.call(Method::PATCH, &["developer", "apps", app_id]).form(archive(files)).read().await
    }

    /// Deletes an app with everything that belongs to it.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn delete_app(&self, app_id: &str) -> Result<(), RequestError> {
        self.call(Method::DELETE, &["developer", "apps", app_id]).done().await
    }

    /// Sets the logo: a PNG of 128 × 128 pixels and at most 100 KB.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn set_logo(
        &self,
        app_id: &str,
        png: &[u8],
        write: Write,
    ) -> Result<(), RequestError> {
        let call = self.call(write.method(), &["developer", "apps", app_id, "logo"]);
        call.json(json!({ "base64": STANDARD.encode(png) })).done().await
    }

    /// Takes the logo away.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn delete_logo(&self, app_id: &str) -> Result<(), RequestError> {
        self.call(Method::DELETE, &["developer", "apps", app_id, "logo"]).done().await
    }

    /// The logo's image.
    ///
    /// # Errors
    /// See [`Client::apps`]; 404 when there is none.
    pub async fn logo(&self, app_id: &str) -> Result<Vec<u8>, RequestError> {
        self.call(Method::GET, &["apps", app_id, "logo"]).token_in_query().bytes().await
    }

    /// The authorization configuration (contract chapter 3), client secret and all; `{}` = none. Not to be printed.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn authentication(&self, app_id: &str) -> Result<Map<String, Value>, RequestError> {
        self.call(Method::GET, &["developer", "apps", app_id, "authentication"]).read().await
    }

    /// Sets the authorization configuration; client secrets stand in it as plain text.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn set_authentication(
        &self,
        app_id: &str,
        authentication: Map<String, Value>,
        write: Write,
    ) -> Result<(), RequestError> {
        let hidden = secrets_in(&authentication);
        let call = self.call(write.method(), &["developer", "apps", app_id, "authentication"]);
        call.json(Value::Object(authentication)).hiding(hidden).done().await
    }

    /// Makes it an app without authorization.
    ///
    /// # Errors
    /// See [`Client::apps`].
    pub async fn delete_authentication(&self, app_id: &str) -> Result<(), RequestError> {
        self.call(Method::DELETE, &["developer", "apps", app_id, "authentication"]).done().await
    }
}

fn archive(files: Vec<ArchiveFile>) -> Form {
    files.into_iter().enumerate().fold(Form::new(), |form, (index, file)| {
        form.part(format!("file{index}"), Part::bytes(file.bytes).file_name(file.name))
    })
}
