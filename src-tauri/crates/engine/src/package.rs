//! Where a function's files come from: a folder or a zip, read-only.
//!
//! Paths are virtual: relative to the package root, separated by `/`, without `.` and `..`; the root itself is the empty path.

mod folder;
mod zip;

use std::path::Path;

use folder::Folder;
use zip::Zip;

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 64 << 20;

/// What a function's package may begin with, in the order in which a function host looks for it.
const ENTRIES: [&str; 3] = ["index.js", "index.mjs", "index.cjs"];

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
    /// What stands as `name` in `folder`, which is the path of a folder after symbolic links; `name` is one component.
    fn child(&self, folder: &str, name: &str) -> Entry;

    /// Content of a file; the error is a sentence.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;

    /// Names in a folder; empty when there is none.
    fn list(&self, path: &str) -> Vec<String>;

    /// Bytes of a file; 0 when there is none.
    fn size(&self, path: &str) -> u64;

    /// What stands at a path.
    fn entry(&self, path: &str) -> Entry {
        let mut at = Entry::Folder(String::new());
        for name in path.split('/').filter(|name| !name.is_empty()) {
            let Entry::Folder(folder) = at else { return Entry::Absent };
            at = self.child(&folder, name);
            if at == Entry::Outside {
                return at;
            }
        }
        at
    }
}

/// Opens a function's package, a folder or a zip, and finds the file that it begins with. The error is a sentence.
pub(crate) fn open(package: &Path) -> Result<(Box<dyn Files>, String), String> {
    let files: Box<dyn Files> = if package.is_file() {
        Box::new(Zip::open(package)?)
    } else {
        Box::new(Folder::open(package)?)
    };
    for name in ENTRIES {
        match files.entry(name) {
            Entry::File(path) => return Ok((files, path)),
            Entry::Folder(_) => {
                return Err(format!(
                    "{} is a folder; it must be the function's file.",
                    package.join(name).display()
                ));
            }
            Entry::Outside => {
                return Err(format!(
                    "{} is a link that leads out of the function's package.",
                    package.join(name).display()
                ));
            }
            Entry::Absent => {}
        }
    }
    Err(format!(
        "There is no index.js in {}. A function's package has index.js at its root, which exports `handler`.",
        package.display()
    ))
}

/// A package of one file, index.js, with or without a package.json, that stands nowhere.
#[derive(Debug)]
pub(crate) struct Single {
    pub(crate) code: String,
    pub(crate) manifest: Option<String>,
}

impl Single {
    fn text(&self, path: &str) -> Option<&str> {
        match path {
            "index.js" => Some(&self.code),
            "package.json" => self.manifest.as_deref(),
            _ => None,
        }
    }
}

impl Files for Single {
    fn child(&self, folder: &str, name: &str) -> Entry {
        match self.text(name) {
            Some(_) if folder.is_empty() => Entry::File(name.to_owned()),
            _ => Entry::Absent,
        }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let text = self.text(path).ok_or_else(|| "there is no such file".to_owned())?;
        Ok(text.as_bytes().to_vec())
    }

    fn list(&self, path: &str) -> Vec<String> {
        let files = ["index.js", "package.json"].into_iter();
        files
            .filter(|name| path.is_empty() && self.text(name).is_some())
            .map(str::to_owned)
            .collect()
    }

    fn size(&self, path: &str) -> u64 {
        self.text(path).map_or(0, |text| text.len() as u64)
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

/// Both parts of a virtual path.
pub(crate) fn child_path(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
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
