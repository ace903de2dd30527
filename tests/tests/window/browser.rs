//! A stand-in for the system browser and the person in front of it.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use services::visitor::{PageAnswer, Visit, VisitError, Visitor, default_answers};
use url::Url;

use crate::elements::{LOOK, PATIENCE};

/// Programs named `xdg-open` that come first on the PATH and only note the address.
pub struct Browser {
    programs: PathBuf,
    note: PathBuf,
}

impl Browser {
    pub fn install(folder: &Path) -> Self {
        let programs = folder.join("bin");
        let note = folder.join("opened");
        fs::create_dir(&programs).unwrap();
        let program = programs.join("xdg-open");
        // Beside, then renamed: a reader never sees half an address.
        let script = format!(
            "#!/bin/sh\nprintf '%s' \"$1\" > '{0}.new' && mv '{0}.new' '{0}'\n",
            note.display()
        );
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        Self { programs, note }
    }

    pub fn path_variable(&self) -> OsString {
        let others = std::env::var_os("PATH").unwrap_or_default();
        let all = [self.programs.clone()].into_iter().chain(std::env::split_paths(&others));
        std::env::join_paths(all).unwrap()
    }

    /// The address that the app opens next, or has opened since the last look.
    pub async fn opened(&self) -> String {
        let begin = Instant::now();
        loop {
            if let Ok(address) = fs::read_to_string(&self.note) {
                fs::remove_file(&self.note).unwrap();
                return address;
            }
            assert!(begin.elapsed() < PATIENCE, "the app opened no page in the system browser");
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// Opens `address` as a person would who signs in, allows, signs, until the services send the browser back.
pub async fn visit(address: &str) -> Result<Visit, VisitError> {
    visit_with(address, &default_answers()).await
}

/// The same with other answers.
pub async fn visit_with(address: &str, answers: &[PageAnswer]) -> Result<Visit, VisitError> {
    let origin = Url::parse(address).unwrap().join("/").unwrap();
    Visitor::new(&origin)?.visit(address, answers).await
}
