//! Watching the folders of opened apps, so that the window sees what other editors do.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::mpsc;

use crate::Event;
use crate::start::{WeakApi, lock};

/// Saving in an editor touches a file several times; one event is enough.
const SETTLE: Duration = Duration::from_millis(120);

/// The watchers by app id.
#[derive(Default)]
pub struct Watches(Mutex<HashMap<String, RecommendedWatcher>>);

impl Watches {
    /// Watches `root` from now on; a second time changes nothing.
    pub fn watch(&self, app_id: &str, root: &Path, api: WeakApi) {
        let mut all = lock(&self.0);
        if all.contains_key(app_id) {
            return;
        }
        match start(app_id.to_owned(), root.to_path_buf(), api) {
            Ok(watcher) => {
                all.insert(app_id.to_owned(), watcher);
            }
            // The app works without it: changes show when a file is opened or saved.
            Err(error) => tracing::warn!("{} cannot be watched: {error}", root.display()),
        }
    }

    /// The apps that are watched.
    pub fn ids(&self) -> Vec<String> {
        lock(&self.0).keys().cloned().collect()
    }

    /// Watches nothing any more.
    pub fn clear(&self) {
        lock(&self.0).clear();
    }
}

fn start(app_id: String, root: PathBuf, api: WeakApi) -> notify::Result<RecommendedWatcher> {
    let (send, mut receive) = mpsc::unbounded_channel::<PathBuf>();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        if !event.kind.is_access() {
            for path in event.paths {
                // The other end is gone only when the program ends.
                let _ = send.send(path);
            }
        }
    })?;
    watcher.watch(&root, RecursiveMode::NonRecursive)?;
    for folder in ["functions", "answers"] {
        let path = root.join(folder);
        if path.is_dir() {
            watch_without_packages(&mut watcher, &path)?;
        }
    }
    tokio::spawn(async move {
        while let Some(first) = receive.recv().await {
            let mut changed = BTreeSet::from([first]);
            while let Ok(Some(next)) = tokio::time::timeout(SETTLE, receive.recv()).await {
                changed.insert(next);
            }
            let paths: Vec<String> = changed.iter().filter_map(|path| shown(path, &root)).collect();
            let Some(api) = api.get() else { return };
            if !paths.is_empty() {
                api.host().emit(Event::AppChanged { app: app_id.clone(), paths });
            }
        }
    });
    Ok(watcher)
}

/// node_modules can hold tens of thousands of folders, and nobody edits there.
fn watch_without_packages(watcher: &mut RecommendedWatcher, folder: &Path) -> notify::Result<()> {
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    for entry in std::fs::read_dir(folder)?.flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) && entry.file_name() != "node_modules"
        {
            watch_without_packages(watcher, &entry.path())?;
        }
    }
    Ok(())
}

/// Relative to the app's folder, with `/`; temporary files of a save are left out.
fn shown(path: &Path, root: &Path) -> Option<String> {
    let relative = path.strip_prefix(root).ok()?;
    let hidden =
        relative.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'));
    let text = relative.to_string_lossy().replace('\\', "/");
    (!hidden && !text.is_empty()).then_some(text)
}
