//! Settings, and the state of what this program runs beside the window.

use runner::Limits;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the user chose.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Settings {
    /// Light, dark or as the system.
    #[serde(default)]
    pub theme: Theme,
    /// What a call may use.
    #[serde(default)]
    pub limits: Limits,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// What the settings screen shows.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SettingsView {
    /// What the user chose.
    pub settings: Settings,
    /// This program's version.
    pub version: String,
    /// Where the database and the keys are.
    pub data_folder: String,
    /// `keychain` or `file`: where the key that encrypts secrets is kept.
    pub secrets_place: String,
    /// Why it is kept there, in a sentence.
    pub secrets_reason: String,
    /// Where callbacks arrive.
    pub callback_base: String,
    /// The sample services' address; absent = off.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub services_url: Option<String>,
}

/// Switches the sample services on or off.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct SetServices {
    /// On or off.
    pub on: bool,
}
