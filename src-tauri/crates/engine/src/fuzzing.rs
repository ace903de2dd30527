//! What is fuzzed here, as functions of bytes: called by a short random test and by the targets in `fuzz/`.
//!
//! Each panics when what must always hold does not.
#![expect(clippy::panic, reason = "a finding is told by a panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::manifest::Packages;
use crate::package::{self, Entry, Files};
use crate::resolve::{Asked, Question, Target, resolve};

/// Opens the file at `path` as a function's zip and reads all that it lists: names stay inside, and no more comes out of a
/// file than is allowed.
pub fn zip(path: &Path) {
    let Ok((files, entry)) = package::open(path) else { return };
    if files.entry(&entry) != Entry::File(entry.clone()) {
        panic!("the file that it begins with, {entry:?}, is none");
    }
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        for name in files.list(&folder) {
            let path = package::child_path(&folder, &name);
            if name.is_empty() || name.contains('/') || [".", ".."].contains(&name.as_str()) {
                panic!("{path:?} is no name for a file");
            }
            match files.entry(&path) {
                Entry::Folder(inside) => folders.push(inside),
                Entry::File(file) => drop(files.read(&file)),
                Entry::Outside | Entry::Absent => panic!("{path:?} is listed and not there"),
            }
        }
    }
}

/// Resolves a specifier in a package. `input` has parts with a NUL between: the specifier, the folder that asks, then paths
/// of files, each followed by its content. What is found must be a file of the package.
pub fn resolution(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let mut parts = text.split('\0');
    let (Some(specifier), Some(from)) = (parts.next(), parts.next()) else { return };
    let mut files = BTreeMap::new();
    while let (Some(path), Some(content)) = (parts.next(), parts.next()) {
        if let Some(path) = package::join("", path).filter(|path| !path.is_empty()) {
            files.insert(path, content.as_bytes().to_vec());
        }
    }
    let Some(from) = package::join("", from) else { return };
    let memory = Memory::new(files);
    let paths: BTreeSet<String> = memory.files.keys().cloned().collect();
    let packages = Packages::new(Box::new(memory));
    for asked in [Asked::ByRequire, Asked::ByImport] {
        let question = Question {
            packages: &packages,
            asked,
            from: &from,
            importer: "index.js",
            is_builtin: &|name| name == "fs",
        };
        if let Ok(Target::File(path)) = resolve(question, specifier)
            && !paths.contains(&path)
        {
            panic!("{specifier:?} from {from:?} leads to {path:?}, which is not in the package");
        }
    }
}

/// Files that stand nowhere.
struct Memory {
    files: BTreeMap<String, Vec<u8>>,
    folders: BTreeSet<String>,
}

impl Memory {
    /// A file below another file is left out: no folder has both.
    fn new(all: BTreeMap<String, Vec<u8>>) -> Self {
        let mut memory = Self { files: BTreeMap::new(), folders: BTreeSet::from([String::new()]) };
        for (path, content) in all {
            let above: Vec<String> =
                path.match_indices('/').map(|(at, _)| path[..at].to_owned()).collect();
            if !above.iter().any(|folder| memory.files.contains_key(folder))
                && !memory.folders.contains(&path)
            {
                memory.folders.extend(above);
                memory.files.insert(path, content);
            }
        }
        memory
    }
}

impl Files for Memory {
    fn child(&self, folder: &str, name: &str) -> Entry {
        let path = package::child_path(folder, name);
        if self.files.contains_key(&path) {
            Entry::File(path)
        } else if self.folders.contains(&path) {
            Entry::Folder(path)
        } else {
            Entry::Absent
        }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.files.get(path).cloned().ok_or_else(|| "there is no such file".to_owned())
    }

    fn list(&self, path: &str) -> Vec<String> {
        let inside = |at: &&String| !at.is_empty() && package::parent(at) == path;
        let names = self.files.keys().filter(inside).chain(self.folders.iter().filter(inside));
        names.map(|at| at.rsplit('/').next().unwrap_or(at).to_owned()).collect()
    }

    fn size(&self, path: &str) -> u64 {
        self.files.get(path).map_or(0, |content| content.len() as u64)
    }
}
