//! The secret store, open or not. A keychain that is locked or absent does not stop the program: what needs no secret works,
//! what needs one fails with [`ErrorCode::VaultClosed`], and opening can be tried again.

use std::sync::Mutex;

use secrets::{KeyPlace, Vault};

use crate::start::lock;
use crate::types::{Event, MoveVault, Nothing, VaultPlace, VaultView};
use crate::{Api, ApiError, ErrorCode, Options, apps, callbacks, flow_runs};

/// The vault, or why there is none. Once open it stays open.
pub struct VaultAccess {
    state: Mutex<Result<Vault, String>>,
    /// Two at once would ask the user twice.
    opening: tokio::sync::Mutex<()>,
}

impl VaultAccess {
    /// Tries to open the vault of the data folder.
    pub async fn open(options: &Options) -> Self {
        Self { state: Mutex::new(try_open(options).await), opening: tokio::sync::Mutex::default() }
    }

    /// The vault.
    ///
    /// # Errors
    /// [`ErrorCode::VaultClosed`] with the reason while it is not open.
    pub fn get(&self) -> Result<Vault, ApiError> {
        lock(&self.state).clone().map_err(|problem| {
            ApiError::new(
                ErrorCode::VaultClosed,
                format!("the secret store is not open: {problem}"),
            )
        })
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        lock(&self.state).is_ok()
    }
}

/// A keychain may take seconds to answer.
async fn try_open(options: &Options) -> Result<Vault, String> {
    let place = if options.key_in_file { KeyPlace::File } else { KeyPlace::Auto };
    let folder = options.data_folder.clone();
    let opened = tokio::task::spawn_blocking(move || Vault::open(&folder, place)).await;
    match opened {
        Ok(Ok(vault)) => Ok(vault),
        Ok(Err(error)) => {
            tracing::warn!("the secret store cannot be opened: {error}");
            Err(error.to_string())
        }
        Err(error) => Err(error.to_string()),
    }
}

/// Whether secrets can be read and kept now, and if not, why.
pub async fn vault_status(api: &Api, _: Nothing) -> Result<VaultView, ApiError> {
    Ok(match &*lock(&api.vault_access().state) {
        Ok(vault) => VaultView {
            place: match vault.place() {
                KeyPlace::Keychain => VaultPlace::Keychain,
                KeyPlace::File | KeyPlace::Auto => VaultPlace::File,
            },
            reason: vault.place_reason().to_owned(),
            problem: None,
        },
        Err(problem) => VaultView {
            place: VaultPlace::Closed,
            reason: "the secret store is not open".to_owned(),
            problem: Some(problem.clone()),
        },
    })
}

/// Tries again to open the secret store. What waited for it goes on: runs that were cut off, callbacks that came meanwhile.
pub async fn open_vault(api: &Api, _: Nothing) -> Result<VaultView, ApiError> {
    let access = api.vault_access();
    let alone = access.opening.lock().await;
    if !access.is_open() {
        let opened = try_open(api.options()).await;
        let is_open = opened.is_ok();
        *lock(&access.state) = opened;
        if is_open {
            apps::adopt_secrets_of_open(api);
            let runs = flow_runs::left_behind(api);
            flow_runs::resume(api, runs).await;
            callbacks::handle_waiting(api);
        }
        api.host().emit(Event::VaultChanged);
    }
    drop(alone);
    vault_status(api, Nothing {}).await
}

/// Moves the key of the secret store to the keychain or to a file. What is sealed stays as it is.
pub async fn move_vault(api: &Api, request: MoveVault) -> Result<VaultView, ApiError> {
    let access = api.vault_access();
    let alone = access.opening.lock().await;
    let vault = access.get()?;
    let to = if request.to_keychain { KeyPlace::Keychain } else { KeyPlace::File };
    let folder = api.options().data_folder.clone();
    // A keychain may take seconds to answer.
    let moved = tokio::task::spawn_blocking(move || vault.move_key(&folder, to)).await;
    let moved = moved.map_err(|error| ApiError::failed(&error))?;
    let moved = moved.map_err(|error| {
        let error = ApiError::from(error);
        let message = format!("the key stays where it is: {}", error.message);
        error.with_message(message)
    })?;
    *lock(&access.state) = Ok(moved);
    drop(alone);
    api.host().emit(Event::VaultChanged);
    vault_status(api, Nothing {}).await
}
