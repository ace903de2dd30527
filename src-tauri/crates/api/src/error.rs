//! What a command answers when it cannot do what was asked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A refused or failed command: what failed, where, what was expected, what to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// What a caller may branch on.
    pub code: ErrorCode,
    /// For a person.
    pub message: String,
    /// More, line by line: the chain of causes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub details: Vec<String>,
}

/// The codes that a caller branches on; everything else is `Failed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Something named in the request is not there.
    NotFound,
    /// The request itself is not right.
    Invalid,
    /// The app's app.json has to be repaired first.
    NeedsRepair,
    /// It cannot be done in the state things are in.
    Refused,
    /// A secret is missing on this machine; the message names it.
    SecretMissing,
    /// A sealed value was changed outside the program; the message names it.
    Tampered,
    /// The secret store is not open; `open_vault` tries again. The message says why.
    VaultClosed,
    /// Anything else: disk, network, database.
    Failed,
}

impl ApiError {
    /// An error with a code of its own.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), details: Vec::new() }
    }

    /// The thing that was named is not there.
    pub fn not_found(what: &str) -> Self {
        Self::new(
            ErrorCode::NotFound,
            format!("{what} is not there any more: reload the list and choose again"),
        )
    }

    /// The same error in other words; the details stay.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// The request is not right.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::Invalid, message)
    }

    /// It cannot be done now.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::Refused, message)
    }

    /// Something outside failed; the whole chain of causes is kept.
    pub fn failed(error: &dyn std::error::Error) -> Self {
        let mut details = Vec::new();
        let mut cause = error.source();
        while let Some(next) = cause {
            details.push(next.to_string());
            cause = next.source();
        }
        Self { code: ErrorCode::Failed, message: error.to_string(), details }
    }
}

/// Every error of the crates below is a failure that says itself what is wrong.
macro_rules! failed_from {
    ($($error:ty),* $(,)?) => {
        $(impl From<$error> for ApiError {
            fn from(error: $error) -> Self {
                Self::failed(&error)
            }
        })*
    };
}

failed_from!(store::StoreError, secrets::VaultError, definition::SaveError);

impl From<definition::ProjectError> for ApiError {
    fn from(error: definition::ProjectError) -> Self {
        let code = match error {
            definition::ProjectError::FolderMissing { .. }
            | definition::ProjectError::NoAppJson { .. } => ErrorCode::NotFound,
            definition::ProjectError::NotJson { .. }
            | definition::ProjectError::NotUtf8 { .. }
            | definition::ProjectError::WrongShape { .. } => ErrorCode::NeedsRepair,
            _ => ErrorCode::Failed,
        };
        Self { code, ..Self::failed(&error) }
    }
}
