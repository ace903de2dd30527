//! The five functions of an app (contract chapter 4).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which of an app's five functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FunctionKind {
    /// Tells whose credential it is (chapter 5).
    Identity,
    /// Asks the Creator for input and describes the step (chapter 6).
    Build,
    /// Does the work when the step is triggered (chapter 8).
    Action,
    /// Handles a GET on the redirect URL (chapter 9).
    Redirect,
    /// Handles a request on the webhook URL (chapter 10).
    Webhook,
}

impl FunctionKind {
    /// All five, in the order of the tabs.
    pub const ALL: [Self; 5] =
        [Self::Identity, Self::Build, Self::Action, Self::Redirect, Self::Webhook];

    /// The folder below `functions/`, and the word used in commands and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Build => "build",
            Self::Action => "action",
            Self::Redirect => "redirect",
            Self::Webhook => "webhook",
        }
    }

    /// The word that the developer REST interface and the archive use (chapters 12 and 13).
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::Identity => "IDENTITY",
            Self::Build => "BUILD",
            Self::Action => "ACTION",
            Self::Redirect => "REDIRECT",
            Self::Webhook => "WEBHOOK",
        }
    }

    /// Redirect and Webhook may be absent; the other three always exist.
    pub fn can_be_switched_off(self) -> bool {
        matches!(self, Self::Redirect | Self::Webhook)
    }
}

impl std::fmt::Display for FunctionKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names none of the five functions.
#[derive(Debug, thiserror::Error)]
#[error("unknown function {0:?}: expected identity, build, action, redirect or webhook")]
pub struct UnknownFunction(pub String);

impl std::str::FromStr for FunctionKind {
    type Err = UnknownFunction;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(word))
            .ok_or_else(|| UnknownFunction(word.to_owned()))
    }
}
