//! `vault.json`: that there is a vault, where its key is, and how to tell that key from another.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::key_file::sync_folder;
use super::seal::{self, Key};
use super::{KeyPlace, VaultError};

const VERSION: u64 = 1;
const CHECKED: &[u8] = b"this is the key of this data folder";

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Marker {
    version: u64,
    /// Random; names the keychain entry, so that two data folders do not share one.
    pub(super) folder_id: String,
    pub(super) place: KeyPlace,
    /// Why the key is there.
    pub(super) reason: String,
    /// A copy of the key may be there too: a move is under way, or was interrupted. Taken away when the vault is opened next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) copy: Option<KeyPlace>,
    /// A known text, sealed with the key, in hex.
    check: String,
}

impl Marker {
    pub(super) fn new(
        folder_id: String,
        place: KeyPlace,
        reason: &str,
        key: &Key,
    ) -> Result<Self, VaultError> {
        let check = hex::encode(seal::seal(key, CHECKED, &context(&folder_id))?);
        Ok(Self {
            version: VERSION,
            folder_id,
            place,
            reason: reason.to_owned(),
            copy: None,
            check,
        })
    }

    /// True for the key that the folder's values were sealed with.
    pub(super) fn fits(&self, key: &Key) -> bool {
        let Ok(sealed) = hex::decode(&self.check) else { return false };
        seal::open(key, &sealed, &context(&self.folder_id))
            .is_ok_and(|plain| plain.expose() == CHECKED)
    }

    pub(super) fn read(data_dir: &Path) -> Result<Option<Self>, VaultError> {
        let path = path(data_dir);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(VaultError::io(&path, "read the vault's description", &error));
            }
        };
        let broken = |error: serde_json::Error| VaultError::MarkerBroken {
            path: path.clone(),
            detail: error.to_string(),
        };
        let value: serde_json::Value = serde_json::from_slice(&text).map_err(broken)?;
        match value.get("version").and_then(serde_json::Value::as_u64) {
            Some(found) if found > VERSION => {
                Err(VaultError::Newer { path, found, known: VERSION })
            }
            _ => serde_json::from_value(value).map(Some).map_err(broken),
        }
    }

    /// Writes the first description of a vault; never over another one.
    pub(super) fn write(&self, data_dir: &Path) -> Result<(), VaultError> {
        self.put(data_dir, false)
    }

    /// Puts this description in the place of the one before, whole or not at all.
    pub(super) fn replace(&self, data_dir: &Path) -> Result<(), VaultError> {
        self.put(data_dir, true)
    }

    fn put(&self, data_dir: &Path, over: bool) -> Result<(), VaultError> {
        let path = path(data_dir);
        let failed =
            |error: std::io::Error| VaultError::io(&path, "write the vault's description", &error);
        let text = serde_json::to_vec_pretty(self).map_err(|error| failed(error.into()))?;
        let mut file = tempfile::NamedTempFile::new_in(data_dir).map_err(failed)?;
        file.write_all(&text).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        let put = if over { file.persist(&path) } else { file.persist_noclobber(&path) };
        put.map_err(|error| failed(error.error))?;
        sync_folder(data_dir);
        Ok(())
    }
}

fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("vault.json")
}

fn context(folder_id: &str) -> String {
    format!("vault/{folder_id}")
}
