//! What the program around the api does for it: the window, or nothing at all.

use std::path::PathBuf;

use crate::types::Event;

/// The few things that only a program with a user in front of it can do.
///
/// The desktop shell implements it with Tauri; the command line and the tests implement it with what they have.
pub trait Host: Send + Sync + 'static {
    /// Tells the window what changed.
    fn emit(&self, event: Event);

    /// Opens `url` (always http or https) in the system browser.
    ///
    /// # Errors
    /// A sentence that says why no browser could be opened.
    fn open_url(&self, url: &str) -> Result<(), String>;

    /// Asks for a folder; `None` = the user chose none, or there is nobody to ask.
    fn pick_folder(&self, title: &str, start: Option<PathBuf>) -> Option<PathBuf>;

    /// Brings the window to the front: a second start of the program asks for it.
    fn show(&self);
}
