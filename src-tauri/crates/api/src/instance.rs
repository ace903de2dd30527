//! One instance a data folder: the first holds a lock, a second asks the first to show itself and leaves.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::outgoing;

/// Held while the program runs; the system releases it however the program ends.
pub struct Instance {
    _lock: File,
    address: PathBuf,
}

/// Takes the data folder; `None` = another instance has it.
pub fn acquire(data_folder: &Path) -> io::Result<Option<Instance>> {
    let lock = private(data_folder.join("instance.lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(Instance { _lock: lock, address: data_folder.join("instance.address") })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn private(path: PathBuf) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

impl Instance {
    /// Leaves word of where this instance listens. Without it a second start only says that there is a first.
    pub fn announce(&self, gateway: &str) {
        let written = private(self.address.clone()).and_then(|_| fs::write(&self.address, gateway));
        if let Err(error) = written {
            tracing::warn!("{} cannot be written: {error}", self.address.display());
        }
    }
}

/// Asks the instance that has the data folder to bring its window to the front.
pub async fn ask_to_show(data_folder: &Path) {
    let Ok(gateway) = fs::read_to_string(data_folder.join("instance.address")) else { return };
    let Ok(client) = outgoing::client(Duration::from_secs(3)) else { return };
    // When it does not answer there is nothing more to be done: the caller says that it runs.
    let _ = client.post(format!("{gateway}/control/show")).body("{}").send().await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_finds_the_folder_taken_until_the_first_ends() {
        let folder = tempfile::tempdir().unwrap();
        let first = acquire(folder.path()).unwrap();
        assert!(first.is_some());
        assert!(acquire(folder.path()).unwrap().is_none());
        drop(first);
        assert!(acquire(folder.path()).unwrap().is_some());
    }
}
