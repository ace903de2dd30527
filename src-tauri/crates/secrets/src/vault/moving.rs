//! Moving the master key between keychain and file. Whatever step it stops at, one of the two opens:
//!
//! 1. `vault.json` notes that a copy may be in the new place;
//! 2. the key is written there and read back;
//! 3. `vault.json` names the new place, and the old one as that of a copy;
//! 4. the key is taken out of the old place;
//! 5. `vault.json` forgets the copy.
//!
//! A vault with a noted copy uses the copy when the key is not in its own place, and takes it away otherwise.

use std::path::Path;
use std::sync::Arc;

use super::keychain::{self, Keychain, SystemKeychain};
use super::marker::Marker;
use super::seal::Key;
use super::{Inner, KeyPlace, Vault, VaultError, key_file, lock};

impl Vault {
    /// Moves the master key of `data_dir` to another place. What was sealed stays as it is: the key is the same.
    ///
    /// # Errors
    /// [`VaultError::Keychain`] when the keychain does not work, and the file system's. The vault then opens as before.
    pub fn move_key(&self, data_dir: &Path, to: KeyPlace) -> Result<Self, VaultError> {
        self.move_key_with(data_dir, to, &Arc::new(SystemKeychain), &mut |_| Ok(()))
    }

    /// The same; `step` is asked before each step, by its number: an error stops there, as a crash would.
    pub(super) fn move_key_with<K: Keychain>(
        &self,
        data_dir: &Path,
        to: KeyPlace,
        keychain: &Arc<K>,
        step: &mut dyn FnMut(u8) -> Result<(), VaultError>,
    ) -> Result<Self, VaultError> {
        let _lock = lock(data_dir)?;
        let Some(mut marker) = Marker::read(data_dir)? else {
            return Err(VaultError::KeyGone { at: data_dir.display().to_string() });
        };
        let from = marker.place;
        if from == to || to == KeyPlace::Auto {
            return Ok(self.clone());
        }
        // Another program may have made another vault of the folder meanwhile.
        if !marker.fits(&self.inner.key) {
            return Err(VaultError::WrongKey { at: data_dir.display().to_string() });
        }
        step(1)?;
        marker.copy = Some(to);
        marker.replace(data_dir)?;
        step(2)?;
        // When this fails it is not known whether something of it is there: the copy stays noted.
        put(data_dir, keychain, &marker, to, &self.inner.key)?;
        step(3)?;
        marker.place = to;
        marker.copy = Some(from);
        marker.reason = match to {
            KeyPlace::Keychain => "it was moved to the system keychain".to_owned(),
            KeyPlace::File | KeyPlace::Auto => "it was moved to a file".to_owned(),
        };
        marker.replace(data_dir)?;
        step(4)?;
        if let Err(error) = remove_copy_noted(data_dir, keychain, &mut marker, from, step) {
            tracing::warn!("a copy of the master key stays for now: {error}");
        }
        let inner = Inner { key: self.inner.key.clone(), place: to, reason: marker.reason };
        Ok(Self { inner: Arc::new(inner) })
    }
}

/// The key in one place, checked.
pub(super) fn key_at<K: Keychain>(
    data_dir: &Path,
    keychain: &Arc<K>,
    marker: &Marker,
    place: KeyPlace,
) -> Result<Key, VaultError> {
    let (key, at) = match place {
        KeyPlace::Keychain => (
            keychain::read(keychain, &marker.folder_id)
                .map_err(|reason| VaultError::Keychain { reason })?,
            format!("the system keychain, entry `{}`", keychain::entry_name(&marker.folder_id)),
        ),
        KeyPlace::File | KeyPlace::Auto => {
            (key_file::read(data_dir)?, key_file::path(data_dir).display().to_string())
        }
    };
    let Some(key) = key else { return Err(VaultError::KeyGone { at }) };
    if !marker.fits(&key) {
        return Err(VaultError::WrongKey { at });
    }
    Ok(key)
}

fn put<K: Keychain>(
    data_dir: &Path,
    keychain: &Arc<K>,
    marker: &Marker,
    to: KeyPlace,
    key: &Key,
) -> Result<(), VaultError> {
    match to {
        KeyPlace::Keychain => keychain::put(keychain, &marker.folder_id, key)
            .map_err(|reason| VaultError::Keychain { reason }),
        KeyPlace::File | KeyPlace::Auto => match key_file::read(data_dir)? {
            // Left of a move that was interrupted.
            Some(found) if found == *key => Ok(()),
            Some(_) => {
                Err(VaultError::WrongKey { at: key_file::path(data_dir).display().to_string() })
            }
            None => key_file::put(data_dir, key),
        },
    }
}

/// Ends an interrupted move: the key is safe in its own place, the copy goes.
pub(super) fn remove_copy<K: Keychain>(
    data_dir: &Path,
    keychain: &Arc<K>,
    marker: &Marker,
    copy: KeyPlace,
) -> Result<(), VaultError> {
    let mut marker = marker.clone();
    remove_copy_noted(data_dir, keychain, &mut marker, copy, &mut |_| Ok(()))
}

fn remove_copy_noted<K: Keychain>(
    data_dir: &Path,
    keychain: &Arc<K>,
    marker: &mut Marker,
    copy: KeyPlace,
    step: &mut dyn FnMut(u8) -> Result<(), VaultError>,
) -> Result<(), VaultError> {
    match copy {
        KeyPlace::Keychain => keychain::remove(keychain, &marker.folder_id)
            .map_err(|reason| VaultError::Keychain { reason })?,
        // Another key in the file is not ours to delete.
        KeyPlace::File | KeyPlace::Auto => match key_file::read(data_dir)? {
            Some(key) if !marker.fits(&key) => {}
            _ => key_file::remove(data_dir)?,
        },
    }
    step(5)?;
    marker.copy = None;
    marker.replace(data_dir)
}
