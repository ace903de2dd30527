//! Apps: the start screen, the definition, functions, logo, secrets.

use definition::{App, Diagnostic, FunctionKind};
use secrets::Secret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the start screen shows.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StartScreen {
    /// Apps opened before, the latest first.
    pub recent: Vec<RecentApp>,
    /// Apps that come with Stepsmith.
    pub samples: Vec<SampleApp>,
    /// The folder offered for a new app.
    pub new_app_folder: String,
    /// This program's version.
    pub version: String,
}

/// An app that was opened before.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RecentApp {
    /// Names the app in every other command.
    pub id: String,
    /// From app.json, or the folder's name when that cannot be read.
    pub name: String,
    /// Absolute path of the folder.
    pub path: String,
    /// When it was last opened.
    #[ts(type = "number")]
    pub last_opened_at: i64,
    /// Whether it can be opened now.
    pub state: RecentState,
    /// The logo as a `data:` URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub logo: Option<String>,
}

/// Whether a recent app can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecentState {
    /// It can.
    Ok,
    /// The folder is gone.
    Missing,
    /// app.json cannot be read as an app; it opens for repair.
    NeedsRepair,
}

/// An app that comes with Stepsmith; opening it makes a copy that is the author's own.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SampleApp {
    /// Folder name, such as `esign`.
    pub name: String,
    /// The app's name.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// The logo as a `data:` URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub logo: Option<String>,
}

/// Creates the folder `parent/<name as a folder name>` with a working app in it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CreateApp {
    /// Absolute path of an existing folder.
    pub parent: String,
    /// The app's name.
    pub name: String,
}

/// Opens the app in a folder.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OpenApp {
    /// Absolute path of the folder.
    pub path: String,
}

/// Opens a copy of a sample app; the copy made before, when there is one.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OpenSample {
    /// `SampleApp::name`.
    pub name: String,
}

/// Names an app.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AppRef {
    /// `AppView::id`.
    pub app: String,
}

/// An app as the window edits it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AppView {
    /// Names the app in every other command.
    pub id: String,
    /// Absolute path of the folder.
    pub path: String,
    /// app.json, when it can be read as an app.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub definition: Option<App>,
    /// Version of app.json on disk: the `base_version` of the next save.
    pub definition_version: String,
    /// Why app.json cannot be read as an app, and where; `definition_text` then holds the file for repair.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub problem: Option<Diagnostic>,
    /// The whole of app.json when `problem` is set and the file is text.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub definition_text: Option<String>,
    /// The logo as a `data:` URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub logo: Option<String>,
    /// Names of the saved answers (`answers/NAME.json`).
    pub answers: Vec<String>,
    /// The OAuth redirect URL to register with the provider.
    pub redirect_uri: String,
    /// What happened on opening that the author should know, in sentences.
    pub notices: Vec<String>,
}

/// Saves app.json. Unknown fields stay when the definition that was loaded is edited and sent back whole.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveDefinition {
    /// `AppView::id`.
    pub app: String,
    /// The whole definition.
    pub definition: App,
    /// The version the edit started from; another version on disk makes a conflict.
    pub base_version: String,
}

/// Saves app.json as text: to repair a file that cannot be read as an app.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveDefinitionText {
    /// `AppView::id`.
    pub app: String,
    /// The whole file.
    pub text: String,
    /// The version the edit started from.
    pub base_version: String,
}

/// How a save ended.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SaveResult {
    /// It is on disk.
    Saved {
        /// The version now on disk.
        version: String,
    },
    /// Someone else changed the file; nothing was written.
    Conflict {
        /// The version on disk: save again with it to overwrite.
        current_version: String,
        /// What is on disk.
        current_text: String,
    },
}

/// Names a function of an app.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FunctionRef {
    /// `AppView::id`.
    pub app: String,
    /// Which of the five.
    pub function: FunctionKind,
}

/// A function's index.js.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FunctionSource {
    /// Which of the five.
    pub function: FunctionKind,
    /// Such as `functions/build/index.js`.
    pub path_in_app: String,
    /// The file.
    pub code: String,
    /// Version on disk: the `base_version` of the next save.
    pub version: String,
}

/// Saves a function's index.js.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveFunction {
    /// `AppView::id`.
    pub app: String,
    /// Which of the five.
    pub function: FunctionKind,
    /// The whole file.
    pub code: String,
    /// The version the edit started from.
    pub base_version: String,
}

/// Switches Redirect or Webhook on or off. Off keeps the file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SetFunctionEnabled {
    /// `AppView::id`.
    pub app: String,
    /// `redirect` or `webhook`.
    pub function: FunctionKind,
    /// On or off.
    pub enabled: bool,
}

/// Puts a zip in the place of a function: index.js at its root, at most 50 MB (contract chapter 4).
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportFunctionZip {
    /// `AppView::id`.
    pub app: String,
    /// Which function.
    pub function: FunctionKind,
    /// The file as base64.
    pub base64: String,
}

/// A function that a zip was put in the place of.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportedFunction {
    /// The app with it.
    pub app: AppView,
    /// How many files it has.
    #[ts(type = "number")]
    pub files: usize,
    /// Where what stood there before is kept, as a zip; absent = nothing stood there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub kept: Option<String>,
}

/// Replaces the logo: PNG, 128×128 px, at most 100 KB (contract chapter 2).
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveLogo {
    /// `AppView::id`.
    pub app: String,
    /// The file as base64.
    pub base64: String,
}

/// A secret that the app's definition names.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SecretState {
    /// Its name in app.json, such as `client_secret`.
    pub name: String,
    /// Whether a value is kept on this machine.
    pub present: bool,
}

/// Keeps a secret's value. Values go in; none ever comes out.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SetSecret {
    /// `AppView::id`.
    pub app: String,
    /// Its name in app.json.
    pub name: String,
    /// The value.
    #[ts(type = "string")]
    pub value: Secret,
}

/// Names a secret.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SecretRef {
    /// `AppView::id`.
    pub app: String,
    /// Its name in app.json.
    pub name: String,
}

/// Asks for a folder with the system's own dialog.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PickFolder {
    /// What the dialog says.
    pub title: String,
    /// Where it starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub start: Option<String>,
}

/// The folder chosen.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PickedFolder {
    /// Absolute path; absent = the dialog was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub path: Option<String>,
}
