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
    /// How much of the past is kept.
    #[serde(default)]
    pub keep: store::Keep,
    /// Where providers send the browser back to.
    #[serde(default)]
    pub redirect: RedirectSettings,
}

/// Where providers send the browser back to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RedirectSettings {
    /// A port of 127.0.0.1 that stays, for providers that compare it; absent = the one this installation has chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub port: Option<u16>,
    /// The whole redirect URI, for providers that refuse loopback; absent = loopback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub external: Option<String>,
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
    /// Where the key that encrypts secrets is kept.
    pub vault: VaultView,
    /// Where callbacks arrive.
    pub callback_base: String,
    /// The redirect URI to register with a provider.
    pub redirect_uri: String,
    /// The sample services' address; absent = off.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub services_url: Option<String>,
}

/// The secret store: where its key is, or why it is not open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VaultView {
    /// Where the key is kept.
    pub place: VaultPlace,
    /// Why it is kept there, in a sentence.
    pub reason: String,
    /// Why the store is not open, and what to do; absent = it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub problem: Option<String>,
}

/// Where the key of the secret store is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VaultPlace {
    /// In the system's keychain.
    Keychain,
    /// In a file of the data folder that its owner alone can read.
    File,
    /// The store is not open: nothing secret can be read or kept.
    Closed,
}

/// Where the key of the secret store shall be.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct MoveVault {
    /// In the keychain; otherwise in a file.
    pub to_keychain: bool,
}

/// Switches the sample services on or off.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct SetServices {
    /// On or off.
    pub on: bool,
}
