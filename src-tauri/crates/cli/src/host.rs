//! The api's view of a program without a window.

use std::path::PathBuf;

use api::{Event, Host};

/// Has nobody to show anything to: whoever walks a flow reads what it needs.
pub struct HeadlessHost;

impl Host for HeadlessHost {
    fn emit(&self, event: Event) {
        if let Event::Notice { text, .. } = event {
            tracing::warn!("{text}");
        }
    }

    fn open_url(&self, _: &str) -> Result<(), String> {
        Err("there is no browser here".to_owned())
    }

    fn pick_folder(&self, _: &str, _: Option<PathBuf>) -> Option<PathBuf> {
        None
    }

    fn show(&self) {}
}
