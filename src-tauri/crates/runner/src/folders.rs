//! The folder below which the temporary folders of a pool's workers are made.
//!
//! A program that is killed cannot clean up. So each pool holds a lock on a file in its folder, which the system lets go of
//! when the program ends, however it ends; the next program removes the folders whose lock nobody holds.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

/// How the folders' names begin.
const PREFIX: &str = "stepsmith-call-";

const LOCK: &str = "lock";

/// A folder without a lock file may be one that is being made; after this time it is not.
const MAKING: Duration = Duration::from_secs(60);

/// One pool's folder, removed with all in it when dropped.
#[derive(Debug)]
pub(crate) struct PoolFolder {
    // Before the folder in order: some systems do not remove what is open.
    _lock: File,
    folder: TempDir,
}

impl PoolFolder {
    /// Makes one in `place`.
    ///
    /// # Errors
    /// Why not, as the end of a sentence.
    pub(crate) fn new(place: &Path) -> Result<Self, String> {
        let make = || {
            let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(place)?;
            let lock = File::create_new(folder.path().join(LOCK))?;
            lock.lock()?;
            Ok(Self { _lock: lock, folder })
        };
        make().map_err(|error: io::Error| {
            format!("no temporary folder can be made in {}: {error}", place.display())
        })
    }

    /// A folder for one worker.
    pub(crate) fn worker(&self) -> io::Result<TempDir> {
        tempfile::Builder::new().prefix("worker-").tempdir_in(self.folder.path())
    }
}

/// Removes the folders of pools that are no more. What cannot be removed stays.
pub(crate) fn sweep(place: &Path) {
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX)
            // Of the entry itself: a link somebody else put there is none of ours.
            && entry.file_type().is_ok_and(|kind| kind.is_dir());
        if ours && is_left(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn is_left(folder: &Path) -> bool {
    let lock: PathBuf = folder.join(LOCK);
    match File::options().read(true).write(true).open(lock) {
        Ok(lock) => lock.try_lock().is_ok(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let made = fs::symlink_metadata(folder).and_then(|data| data.modified());
            made.is_ok_and(|made| {
                SystemTime::now().duration_since(made).is_ok_and(|age| age > MAKING)
            })
        }
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_dead_program_left_is_removed_and_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let living = PoolFolder::new(place.path()).unwrap();
        fs::write(living.worker().unwrap().keep().join("file"), "x").unwrap();
        // As after a kill: the folder is there, nobody holds its lock.
        let dead = place.path().join("stepsmith-call-dead");
        fs::create_dir_all(dead.join("worker-1/deep")).unwrap();
        fs::write(dead.join("worker-1/deep/secret"), "x").unwrap();
        fs::write(dead.join(LOCK), "").unwrap();
        let old = place.path().join("stepsmith-call-old");
        fs::create_dir(&old).unwrap();
        File::open(&old)
            .unwrap()
            .set_modified(SystemTime::now() - Duration::from_secs(3600))
            .unwrap();
        let fresh = place.path().join("stepsmith-call-fresh");
        fs::create_dir(&fresh).unwrap();
        let other = place.path().join("other");
        fs::create_dir(&other).unwrap();
        fs::write(other.join(LOCK), "").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&other, place.path().join("stepsmith-call-link")).unwrap();

        sweep(place.path());
        let next = PoolFolder::new(place.path()).unwrap();
        assert!(!dead.exists() && !old.exists());
        assert!(fresh.exists() && other.join(LOCK).exists());
        assert!(living.folder.path().join(LOCK).exists(), "a living pool keeps its folder");
        let path = next.folder.path().to_owned();
        drop(next);
        assert!(!path.exists());
    }
}
