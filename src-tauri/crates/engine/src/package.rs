//! Where a function's files come from.
//!
//! Paths are virtual: relative to the package root, separated by `/`, without `.` and `..`; the root itself is the empty path. A zip package
//! becomes a second implementation of [`Files`].

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// The largest source file that is read, in bytes.
const MAX_FILE: u64 = 64 << 20;

/// What stands at a virtual path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// A file, with its virtual path after symbolic links.
    File(String),
    /// A folder, with its virtual path after symbolic links.
    Folder(String),
    /// Something that leads out of the package.
    Outside,
    /// Nothing.
    Absent,
}

/// The files of a package, read-only.
pub(crate) trait Files {
    fn entry(&self, path: &str) -> Entry;
    /// Content of a file; the error is a sentence.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
}

/// A package in a folder.
#[derive(Debug)]
pub(crate) struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Opens the folder; the error is a sentence that names it.
    pub(crate) fn open(root: &Path) -> Result<Self, String> {
        match fs::canonicalize(root) {
            Ok(root) if root.is_dir() => Ok(Self { root }),
            Ok(_) => Err(format!("{} is not a folder", root.display())),
            Err(error) => Err(format!("{} cannot be opened: {error}", root.display())),
        }
    }

    fn real(&self, path: &str) -> Option<Result<PathBuf, ()>> {
        let wanted = self.root.join(path);
        let real = fs::canonicalize(wanted).ok()?;
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
}

impl Files for Folder {
    fn entry(&self, path: &str) -> Entry {
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
}

/// A package of one file, index.js, that stands nowhere.
#[derive(Debug)]
pub(crate) struct Single {
    pub(crate) code: String,
}

impl Files for Single {
    fn entry(&self, path: &str) -> Entry {
        match path {
            "" => Entry::Folder(String::new()),
            "index.js" => Entry::File(path.to_owned()),
            _ => Entry::Absent,
        }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        match path {
            "index.js" => Ok(self.code.clone().into_bytes()),
            _ => Err("there is no such file".to_owned()),
        }
    }
}

/// Joins and normalizes a virtual path; `None` = it climbs above the root.
pub(crate) fn join(base: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The folder of a virtual path.
pub(crate) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_join_and_never_climb_out() {
        assert_eq!(join("", "./a/../b.js").as_deref(), Some("b.js"));
        assert_eq!(join("lib/x", "../y").as_deref(), Some("lib/y"));
        assert_eq!(join("lib", "../.."), None);
        assert_eq!(join("", ".."), None);
        assert_eq!(parent("a/b.js"), "a");
        assert_eq!(parent("b.js"), "");
    }
}
