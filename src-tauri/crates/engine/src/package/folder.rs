//! A package in a folder.

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::{Entry, Files, MAX_FILE, child_path};

#[derive(Debug)]
pub(crate) struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Opens the folder; the error is a sentence that names it.
    pub(crate) fn open(root: &Path) -> Result<Self, String> {
        let why = match fs::canonicalize(root) {
            Ok(root) if root.is_dir() => return Ok(Self { root }),
            Ok(_) => "is neither a folder nor a zip".to_owned(),
            Err(error) => format!("cannot be opened: {error}"),
        };
        Err(format!("The function's package cannot be read: {} {why}.", root.display()))
    }

    fn real(&self, path: &str) -> Option<Result<PathBuf, ()>> {
        let real = fs::canonicalize(self.root.join(path)).ok()?;
        Some(if real.starts_with(&self.root) { Ok(real) } else { Err(()) })
    }

    fn virtual_path(&self, real: &Path) -> Option<String> {
        let relative = real.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<&str>> = relative
            .components()
            .map(|component| match component {
                Component::Normal(part) => part.to_str(),
                _ => None,
            })
            .collect();
        parts.map(|parts| parts.join("/"))
    }

    fn linked(&self, path: &str) -> Entry {
        match self.real(path) {
            None => Entry::Absent,
            Some(Err(())) => Entry::Outside,
            Some(Ok(real)) => match (self.virtual_path(&real), fs::metadata(&real)) {
                (Some(path), Ok(data)) if data.is_file() => Entry::File(path),
                (Some(path), Ok(data)) if data.is_dir() => Entry::Folder(path),
                _ => Entry::Absent,
            },
        }
    }
}

impl Files for Folder {
    fn child(&self, folder: &str, name: &str) -> Entry {
        // A name that is more than one component elsewhere (`C:`, `a\b`) is none here.
        if !matches!(
            Path::new(name).components().collect::<Vec<_>>()[..],
            [Component::Normal(only)] if only == name
        ) {
            return Entry::Absent;
        }
        let path = child_path(folder, name);
        match fs::symlink_metadata(self.root.join(&path)) {
            Ok(data) if data.is_file() => Entry::File(path),
            Ok(data) if data.is_dir() => Entry::Folder(path),
            Ok(_) => self.linked(&path),
            Err(_) => Entry::Absent,
        }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let real = match self.real(path) {
            Some(Ok(real)) => real,
            Some(Err(())) => return Err("it leads out of the function's package".to_owned()),
            None => return Err("there is no such file".to_owned()),
        };
        let read = || {
            let mut content = Vec::new();
            fs::File::open(&real)?.take(MAX_FILE + 1).read_to_end(&mut content)?;
            Ok::<_, std::io::Error>(content)
        };
        let content = read().map_err(|error| format!("it cannot be read: {error}"))?;
        if content.len() as u64 > MAX_FILE {
            return Err(format!("it is larger than {} MB", MAX_FILE >> 20));
        }
        Ok(content)
    }
    fn list(&self, path: &str) -> Vec<String> {
        let Some(Ok(real)) = self.real(path) else { return Vec::new() };
        fs::read_dir(real).map_or_else(
            |_| Vec::new(),
            |entries| {
                entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect()
            },
        )
    }

    fn size(&self, path: &str) -> u64 {
        match self.real(path) {
            Some(Ok(real)) => fs::metadata(real).map_or(0, |data| data.len()),
            _ => 0,
        }
    }
}
