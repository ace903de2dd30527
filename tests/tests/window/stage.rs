//! Where a test plays: a display, a data folder, a stand-in for the system browser.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::Path;
use std::process::{Command, Stdio};
use std::rc::Rc;

use fantoccini::Client;
use futures_util::FutureExt as _;
use tempfile::TempDir;

use crate::browser::Browser;
use crate::built;
use crate::programs::{Program, root};
use crate::window::{Window, picture};

/// The fields end in their order: first the display, then the folder that programs on it use.
pub struct Stage {
    name: &'static str,
    display: String,
    _xvfb: Program,
    pub browser: Browser,
    folder: TempDir,
    /// The window opened last: a picture of what was in it is taken when a test fails, so its driver has to outlive the test.
    last: RefCell<Option<(Client, Rc<Program>)>>,
}

/// Runs a test; if it fails, what its window shows is kept as `test-output/NAME.png`.
pub async fn on_stage(name: &'static str, test: impl AsyncFnOnce(&Stage)) {
    built::demand_fresh();
    let stage = Stage::set(name);
    let kept = root().join("test-output").join(format!("{name}.png"));
    let _ = std::fs::remove_file(&kept);
    if let Err(panic) = AssertUnwindSafe(test(&stage)).catch_unwind().await {
        let last = stage.last.borrow().clone();
        if let Some((client, _driver)) = last {
            eprintln!("what the window showed: {}", kept.display());
            picture(&client, &kept).await;
        }
        resume_unwind(panic);
    }
}

impl Stage {
    fn set(name: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (xvfb, number) = Program::start_and_read(
            Command::new("Xvfb")
                // The server looks for a free number itself and prints it once it takes connections.
                .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
                .stderr(Stdio::null()),
        );
        assert!(!number.is_empty(), "Xvfb ended before it had a display");
        let browser = Browser::install(folder.path());
        Self {
            name,
            display: format!(":{number}"),
            _xvfb: xvfb,
            browser,
            folder,
            last: RefCell::default(),
        }
    }

    /// Opens the window; a second time on what the first one left.
    pub async fn open(&self, arguments: &[&str]) -> Window {
        let window = Window::open(self, arguments).await;
        *self.last.borrow_mut() = Some((window.client.clone(), window.driver.clone()));
        window
    }

    pub fn name(&self) -> &str {
        self.name
    }

    pub fn display(&self) -> &str {
        &self.display
    }

    /// A folder of the test's own.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}
