//! The master key in the system's keychain, asked with patience that ends.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::VaultError;
use super::seal::{Key, new_key};
use crate::SecretBytes;

/// How long one question to the keychain may take. A locked one may wait for the user for ever; a start must not.
const PATIENCE: Duration = Duration::from_secs(3);

/// The program's name among the keychain's entries.
const PROGRAM: &str = "Stepsmith";

/// What this crate needs of a keychain. Failures are the keychain's own words.
pub(super) trait Keychain: Send + Sync + 'static {
    /// The entry's value; `None` when there is no such entry.
    fn get(&self, entry: &str) -> Result<Option<SecretBytes>, String>;
    /// Sets the entry's value.
    fn set(&self, entry: &str, value: &[u8]) -> Result<(), String>;
    /// Takes the entry away; it may be gone already.
    fn remove(&self, entry: &str) -> Result<(), String>;
    /// How long one question may take.
    fn patience(&self) -> Duration {
        PATIENCE
    }
}

/// Secret Service, Keychain Services or Credential Manager.
pub(super) struct SystemKeychain;

impl Keychain for SystemKeychain {
    fn get(&self, entry: &str) -> Result<Option<SecretBytes>, String> {
        match system_entry(entry)?.get_secret() {
            Ok(value) => Ok(Some(SecretBytes::new(value))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }

    fn set(&self, entry: &str, value: &[u8]) -> Result<(), String> {
        system_entry(entry)?.set_secret(value).map_err(|error| error.to_string())
    }

    fn remove(&self, entry: &str) -> Result<(), String> {
        match system_entry(entry)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn system_entry(name: &str) -> Result<keyring::Entry, String> {
    // Asked first: it names the reason, where making an entry only says that there is no keychain.
    keyring::Entry::store_status().as_ref().map_err(ToString::to_string)?;
    keyring::Entry::new(PROGRAM, name).map_err(|error| error.to_string())
}

/// The entry's name: each data folder has its own.
pub(super) fn entry_name(folder_id: &str) -> String {
    format!("master-key {folder_id}")
}

/// Makes a key in the keychain. The inner error is the keychain's reason.
pub(super) fn create<K: Keychain>(
    keychain: &Arc<K>,
    folder_id: &str,
) -> Result<Result<Key, String>, VaultError> {
    let key = new_key()?;
    Ok(put(keychain, folder_id, &key).map(|()| key))
}

/// Keeps this key in the keychain, in the place of another one.
pub(super) fn put<K: Keychain>(
    keychain: &Arc<K>,
    folder_id: &str,
    key: &Key,
) -> Result<(), String> {
    let value = SecretBytes::new(key.to_vec());
    let entry = entry_name(folder_id);
    ask(keychain, move |keychain| keychain.set(&entry, value.expose()))?;
    // Read back: a keychain that forgets is worse than none.
    match read(keychain, folder_id)? {
        Some(found) if found == *key => Ok(()),
        _ => Err("it did not return what was stored in it".to_owned()),
    }
}

/// Takes the key out of the keychain.
pub(super) fn remove<K: Keychain>(keychain: &Arc<K>, folder_id: &str) -> Result<(), String> {
    let entry = entry_name(folder_id);
    ask(keychain, move |keychain| keychain.remove(&entry))
}

/// The key in the keychain, if there is one.
pub(super) fn read<K: Keychain>(keychain: &Arc<K>, folder_id: &str) -> Result<Option<Key>, String> {
    let entry = entry_name(folder_id);
    let Some(value) = ask(keychain, move |keychain| keychain.get(&entry))? else { return Ok(None) };
    let key =
        value.expose().try_into().map_err(|_| "the entry does not hold a master key".to_owned())?;
    Ok(Some(Key::new(key)))
}

/// Asks on a thread of its own. One that never answers keeps its thread, and nothing else.
fn ask<K: Keychain, T: Send + 'static>(
    keychain: &Arc<K>,
    question: impl FnOnce(&K) -> Result<T, String> + Send + 'static,
) -> Result<T, String> {
    let (answer, answered) = mpsc::channel();
    let asked = Arc::clone(keychain);
    thread::Builder::new()
        .name("keychain".to_owned())
        .spawn(move || answer.send(question(&asked)))
        .map_err(|error| error.to_string())?;
    let patience = keychain.patience();
    answered.recv_timeout(patience).unwrap_or_else(|error| {
        Err(match error {
            RecvTimeoutError::Timeout => format!("no answer within {} s", patience.as_secs_f32()),
            RecvTimeoutError::Disconnected => "it ended without an answer".to_owned(),
        })
    })
}
