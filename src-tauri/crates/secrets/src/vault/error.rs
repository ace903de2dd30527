//! What can go wrong with a vault, by name. No error holds a key or a value.

use std::path::{Path, PathBuf};

/// Why a vault cannot be opened, or a value not be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The file system refused.
    #[error("{}: cannot {doing}: {reason}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// What the system said.
        reason: String,
    },
    /// Others than the owner can read the key file.
    #[error(
        "{}: the key file has mode {mode:03o}, so others can read the key to every stored credential; run `chmod 600` on it, and \
         connect the accounts again if others may have read it",
        path.display()
    )]
    KeyFileReadable {
        /// The key file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The key file holds no key.
    #[error("{}: this is not a master key ({detail}); restore the file from a copy", path.display())]
    KeyFileBroken {
        /// The key file.
        path: PathBuf,
        /// What is wrong with it.
        detail: &'static str,
    },
    /// The folder holds sealed values, and their key is gone.
    #[error(
        "the master key of this data folder is gone from {at}; restore it, or remove vault.json to start over: then every stored \
         credential and secret has to be entered again"
    )]
    KeyGone {
        /// Where it should be.
        at: String,
    },
    /// The key is not the one the folder's values were sealed with.
    #[error(
        "the master key in {at} is not the one of this data folder; restore the right one, or remove vault.json to start over: \
         then every stored credential and secret has to be entered again"
    )]
    WrongKey {
        /// Where the wrong one is.
        at: String,
    },
    /// The keychain does not work now. Try again when it is unlocked.
    #[error(
        "the system keychain, which should hold the master key, is not available: {reason}; unlock it and try again"
    )]
    Keychain {
        /// The keychain's own words.
        reason: String,
    },
    /// The folder's key is in another place than the one that was demanded.
    #[error(
        "the master key of this data folder is kept in place `{found}`, but `{wanted}` is demanded; demand `auto`"
    )]
    OtherPlace {
        /// Where it is.
        found: &'static str,
        /// What was demanded.
        wanted: &'static str,
    },
    /// The environment variable says something else than a place.
    #[error("STEPSMITH_KEY_PLACE is `{found}`; expected `auto`, `keychain` or `file`")]
    BadPlace {
        /// What it says.
        found: String,
    },
    /// `vault.json` cannot be read. It is untouched.
    #[error("{}: cannot be understood: {detail}; restore it from a copy", path.display())]
    MarkerBroken {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// The vault was made by a newer Stepsmith. It is untouched.
    #[error("{}: this vault has version {found}, this Stepsmith knows up to {known}; use the newer Stepsmith", path.display())]
    Newer {
        /// `vault.json`.
        path: PathBuf,
        /// Its version.
        found: u64,
        /// The newest version known here.
        known: u64,
    },
    /// The sealed value was changed, moved, or sealed with another key.
    #[error("the sealed value of {context} has been changed or belongs elsewhere; enter it again")]
    Tampered {
        /// What the value was sealed for.
        context: String,
    },
    /// The sealed value is of a kind this version does not know.
    #[error(
        "the sealed value of {context} has format {found}, which this Stepsmith does not know; use the newer Stepsmith"
    )]
    UnknownFormat {
        /// What the value was sealed for.
        context: String,
        /// Its first byte.
        found: u8,
    },
    /// The system has no randomness.
    #[error("the system gives no random numbers: {reason}")]
    Random {
        /// What the system said.
        reason: String,
    },
}

impl VaultError {
    pub(crate) fn io(path: &Path, doing: &'static str, error: &std::io::Error) -> Self {
        Self::Io { path: path.to_path_buf(), doing, reason: error.to_string() }
    }
}
