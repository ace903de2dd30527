//! The api's view of the desktop: events to the window, the system browser, the system's folder dialog.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use api::{Event, Host};
use tauri::{AppHandle, Emitter, Manager};
use tauri_plugin_dialog::DialogExt;

use crate::window::MAIN;

/// Reaches the window once there is one; before that, there is nobody to tell.
#[derive(Clone, Default)]
pub struct DesktopHost(Arc<OnceLock<AppHandle>>);

impl DesktopHost {
    /// From now on there is a window.
    pub fn attach(&self, handle: AppHandle) {
        // Attached once, from the one window's set-up; a second one would change nothing.
        let _ = self.0.set(handle);
    }
}

impl Host for DesktopHost {
    fn emit(&self, event: Event) {
        if let Some(handle) = self.0.get() {
            // The window may be closing: then nobody is left to hear it.
            let _ = handle.emit_to(MAIN, "stepsmith", event);
        }
    }

    fn open_url(&self, url: &str) -> Result<(), String> {
        open::that_detached(url)
            .map_err(|error| format!("the system browser could not be opened: {error}"))
    }

    fn pick_folder(&self, title: &str, start: Option<PathBuf>) -> Option<PathBuf> {
        let mut dialog = self.0.get()?.dialog().file().set_title(title);
        if let Some(start) = start {
            dialog = dialog.set_directory(start);
        }
        dialog.blocking_pick_folder()?.into_path().ok()
    }

    fn show(&self) {
        if let Some(window) = self.0.get().and_then(|handle| handle.get_webview_window(MAIN)) {
            // Each may be refused by the window system; the others still help.
            let _ = window.unminimize();
            let _ = window.show();
            let _ = window.set_focus();
        }
    }
}
