//! Sealing with a master key, and where that key is.

mod error;
mod key_file;
mod keychain;
mod marker;
mod moving;
mod seal;

use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::SecretBytes;
use keychain::{Keychain, SystemKeychain};
use marker::Marker;
use seal::Key;

pub use error::VaultError;

/// The environment variable that decides for [`KeyPlace::Auto`]: `auto`, `keychain` or `file`.
pub const KEY_PLACE_VARIABLE: &str = "STEPSMITH_KEY_PLACE";

/// Where a master key is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyPlace {
    /// In the keychain if it works, else in a file; [`KEY_PLACE_VARIABLE`] overrides it. A vault never says this of itself.
    Auto,
    /// In the system's keychain.
    Keychain,
    /// In `master.key` in the data folder, readable by its owner alone.
    File,
}

impl KeyPlace {
    fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Keychain => "keychain",
            Self::File => "file",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Auto, Self::Keychain, Self::File].into_iter().find(|place| place.word() == word)
    }
}

/// Seals and opens byte strings with the master key of one data folder. Clones share the key.
#[derive(Clone)]
pub struct Vault {
    inner: Arc<Inner>,
}

struct Inner {
    key: Key,
    place: KeyPlace,
    reason: String,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("place", &self.inner.place).finish_non_exhaustive()
    }
}

impl Vault {
    /// Opens the vault of `data_dir`, or makes a new one when there is none.
    ///
    /// `wanted` says where a new vault keeps its key. An existing one keeps its place, which `vault.json` in the folder
    /// remembers together with a check value, so that a lost key is noticed and never replaced by a new one.
    ///
    /// Takes at most some seconds: a keychain that does not answer (three seconds a question) counts as not available. For a
    /// new vault and [`KeyPlace::Auto`] that means the key file; for an existing one, [`VaultError::Keychain`], and opening can
    /// be tried again once the user has unlocked the keychain.
    ///
    /// # Errors
    /// Every [`VaultError`] but the two about sealed values.
    pub fn open(data_dir: &Path, wanted: KeyPlace) -> Result<Self, VaultError> {
        Self::open_with(data_dir, environment(wanted)?, &Arc::new(SystemKeychain))
    }

    fn open_with<K: Keychain>(
        data_dir: &Path,
        wanted: KeyPlace,
        keychain: &Arc<K>,
    ) -> Result<Self, VaultError> {
        let _lock = lock(data_dir)?;
        match Marker::read(data_dir)? {
            Some(marker) => Self::reopen(data_dir, wanted, keychain, marker),
            None => Self::create(data_dir, wanted, keychain),
        }
    }

    fn create<K: Keychain>(
        data_dir: &Path,
        wanted: KeyPlace,
        keychain: &Arc<K>,
    ) -> Result<Self, VaultError> {
        let folder_id = hex::encode(seal::random::<16>()?);
        // A file without a marker is left of a start that was interrupted: it is the key then.
        let (key, place, reason) = if let Some(key) = key_file::read(data_dir)? {
            (key, KeyPlace::File, "a key file was there already".to_owned())
        } else if wanted == KeyPlace::File {
            (key_file::create(data_dir)?, KeyPlace::File, "a key file was asked for".to_owned())
        } else {
            match keychain::create(keychain, &folder_id)? {
                Ok(key) => (key, KeyPlace::Keychain, "the system keychain is available".to_owned()),
                Err(reason) if wanted == KeyPlace::Keychain => {
                    return Err(VaultError::Keychain { reason });
                }
                Err(reason) => {
                    tracing::warn!(%reason, "no system keychain: the master key is kept in a file");
                    let reason = format!("the system keychain is not available: {reason}");
                    (key_file::create(data_dir)?, KeyPlace::File, reason)
                }
            }
        };
        Marker::new(folder_id, place, &reason, &key)?.write(data_dir)?;
        Ok(Self { inner: Arc::new(Inner { key, place, reason }) })
    }

    fn reopen<K: Keychain>(
        data_dir: &Path,
        wanted: KeyPlace,
        keychain: &Arc<K>,
        marker: Marker,
    ) -> Result<Self, VaultError> {
        let place = marker.place;
        if wanted != KeyPlace::Auto && wanted != place {
            return Err(VaultError::OtherPlace { found: place.word(), wanted: wanted.word() });
        }
        let key = match (moving::key_at(data_dir, keychain, &marker, place), marker.copy) {
            // The move had not come to its end: the other place may hold the key that this one lacks.
            (Err(error), Some(copy)) => {
                let found = moving::key_at(data_dir, keychain, &marker, copy);
                found.map_err(|_| error)?
            }
            (Ok(key), Some(copy)) => {
                if let Err(error) = moving::remove_copy(data_dir, keychain, &marker, copy) {
                    tracing::warn!("a copy of the master key stays for now: {error}");
                }
                key
            }
            (found, None) => found?,
        };
        Ok(Self { inner: Arc::new(Inner { key, place, reason: marker.reason }) })
    }

    /// Encrypts `plain` for `context`, such as `credential/APP/UNIQUE_ID`: it can be opened with the same context only, so a
    /// value that is moved to another row is noticed.
    ///
    /// # Errors
    /// [`VaultError::Random`] when the system has no randomness.
    pub fn seal(&self, plain: &[u8], context: &str) -> Result<Vec<u8>, VaultError> {
        seal::seal(&self.inner.key, plain, context)
    }

    /// Decrypts what [`Vault::seal`] made for the same context.
    ///
    /// # Errors
    /// [`VaultError::Tampered`], [`VaultError::UnknownFormat`]: both name the context, never the value.
    pub fn open_sealed(&self, sealed: &[u8], context: &str) -> Result<SecretBytes, VaultError> {
        seal::open(&self.inner.key, sealed, context)
    }

    /// Where the master key is: [`KeyPlace::Keychain`] or [`KeyPlace::File`].
    pub fn place(&self) -> KeyPlace {
        self.inner.place
    }

    /// Why it is there, in words for the settings.
    pub fn place_reason(&self) -> &str {
        &self.inner.reason
    }
}

fn environment(wanted: KeyPlace) -> Result<KeyPlace, VaultError> {
    if wanted != KeyPlace::Auto {
        return Ok(wanted);
    }
    match std::env::var_os(KEY_PLACE_VARIABLE) {
        None => Ok(wanted),
        Some(word) if word.is_empty() => Ok(wanted),
        Some(word) => word
            .to_str()
            .and_then(KeyPlace::from_word)
            .ok_or_else(|| VaultError::BadPlace { found: word.display().to_string() }),
    }
}

/// One process at a time makes a vault: two would make two keys.
fn lock(data_dir: &Path) -> Result<File, VaultError> {
    let path: PathBuf = data_dir.join("vault.lock");
    let failed = |error: std::io::Error| VaultError::io(&path, "lock the vault", &error);
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(data_dir).map_err(failed)?;
    let file =
        File::options().write(true).create(true).truncate(false).open(&path).map_err(failed)?;
    file.lock().map_err(failed)?;
    Ok(file)
}

#[cfg(test)]
mod tests;
