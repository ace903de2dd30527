//! The master key in a file that only its owner can read.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::VaultError;
use super::seal::{Key, new_key};

/// The first line says what the file is to whoever finds it.
const TITLE: &str = "Stepsmith master key 1: whoever has it can read the stored credentials";

pub(super) fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("master.key")
}

/// The key, or `None` when there is no file.
pub(super) fn read(data_dir: &Path) -> Result<Option<Key>, VaultError> {
    let path = path(data_dir);
    let failed = |error: std::io::Error| VaultError::io(&path, "read the master key", &error);
    let mut file = match fs::File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = file.metadata().map_err(failed)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(VaultError::KeyFileReadable { path, mode });
        }
    }
    let mut text = Zeroizing::new(String::new());
    std::io::Read::read_to_string(&mut file, &mut text).map_err(failed)?;
    let broken = |detail| VaultError::KeyFileBroken { path: path.clone(), detail };
    let mut lines = text.lines();
    if lines.next() != Some(TITLE) {
        return Err(broken("the first line is another"));
    }
    let digits = lines.next().unwrap_or_default().trim();
    let mut key = Key::default();
    hex::decode_to_slice(digits, key.as_mut_slice())
        .map_err(|_| broken("the second line is not 64 hex digits"))?;
    Ok(Some(key))
}

/// Makes a key and its file: whole or not at all, never over another one.
pub(super) fn create(data_dir: &Path) -> Result<Key, VaultError> {
    let key = new_key()?;
    put(data_dir, &key)?;
    Ok(key)
}

/// Makes the file of this key: whole or not at all, never over another one.
pub(super) fn put(data_dir: &Path, key: &Key) -> Result<(), VaultError> {
    let path = path(data_dir);
    let failed = |error: std::io::Error| VaultError::io(&path, "write the master key", &error);
    let text =
        Zeroizing::new(format!("{TITLE}\n{}\n", *Zeroizing::new(hex::encode(key.as_slice()))));
    // Temporary files are made with mode 0600.
    let mut file = tempfile::NamedTempFile::new_in(data_dir).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist_noclobber(&path).map_err(|error| failed(error.error))?;
    sync_folder(data_dir);
    Ok(())
}

/// Takes the file away; it may be gone already.
pub(super) fn remove(data_dir: &Path) -> Result<(), VaultError> {
    let path = path(data_dir);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(VaultError::io(&path, "remove the master key", &error))
        }
        _ => {
            sync_folder(data_dir);
            Ok(())
        }
    }
}

/// Makes a rename last; where the system cannot sync a folder, it does that by itself.
pub(super) fn sync_folder(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}
