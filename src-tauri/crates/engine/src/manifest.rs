//! The files of a package with what was looked up before: where names lead, and each package.json once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::package::{Entry, Files, child_path, parent};

/// Look-ups remembered at most; a script can ask for any number of names.
const MAX_KNOWN: usize = 50_000;

/// What a package.json says of modules.
#[derive(Clone, Debug, Default)]
pub(crate) struct Manifest {
    /// Its folder.
    pub(crate) folder: String,
    pub(crate) name: Option<String>,
    pub(crate) main: Option<String>,
    /// `module` or `commonjs`; `None` = neither is said.
    pub(crate) kind: Option<Kind>,
    pub(crate) exports: Option<Value>,
    pub(crate) imports: Option<Value>,
}

/// How files that end in `.js` are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    CommonJs,
    Module,
}

/// What there is to say about the package.json of a folder.
#[derive(Clone, Debug)]
pub(crate) enum Described {
    By(Rc<Manifest>),
    /// It is not JSON; its path.
    Badly(String),
    Not,
}

/// The files of a function's package and what is known of them. One for each call: nothing is remembered longer.
pub(crate) struct Packages {
    files: Box<dyn Files>,
    entries: RefCell<HashMap<String, Entry>>,
    manifests: RefCell<HashMap<String, Described>>,
}

impl Packages {
    pub(crate) fn new(files: Box<dyn Files>) -> Self {
        Self { files, entries: RefCell::default(), manifests: RefCell::default() }
    }

    /// Content of a file; the error is a sentence.
    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.files.read(path)
    }

    /// Names in a folder.
    pub(crate) fn list(&self, path: &str) -> Vec<String> {
        self.files.list(path)
    }

    /// Bytes of a file.
    pub(crate) fn size(&self, path: &str) -> u64 {
        self.files.size(path)
    }

    /// What stands at a path.
    pub(crate) fn entry(&self, path: &str) -> Entry {
        if path.is_empty() {
            return Entry::Folder(String::new());
        }
        if let Some(known) = self.entries.borrow().get(path) {
            return known.clone();
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let found = match self.entry(parent(path)) {
            Entry::Folder(folder) => self.files.child(&folder, name),
            Entry::Outside => Entry::Outside,
            _ => Entry::Absent,
        };
        let mut entries = self.entries.borrow_mut();
        if entries.len() >= MAX_KNOWN {
            entries.clear();
        }
        entries.insert(path.to_owned(), found.clone());
        found
    }

    /// The package.json of a folder.
    pub(crate) fn manifest(&self, folder: &str) -> Described {
        if let Some(known) = self.manifests.borrow().get(folder) {
            return known.clone();
        }
        let found = self.read_manifest(folder);
        let mut manifests = self.manifests.borrow_mut();
        if manifests.len() >= MAX_KNOWN {
            manifests.clear();
        }
        manifests.insert(folder.to_owned(), found.clone());
        found
    }

    fn read_manifest(&self, folder: &str) -> Described {
        let Entry::File(path) = self.entry(&child_path(folder, "package.json")) else {
            return Described::Not;
        };
        let Ok(content) = self.read(&path) else { return Described::Not };
        let text = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&content);
        let fields = match serde_json::from_slice::<Value>(text) {
            Ok(Value::Object(fields)) => fields,
            Ok(_) => Map::new(),
            Err(_) => return Described::Badly(path),
        };
        let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
        let value = |name: &str| fields.get(name).filter(|value| !value.is_null()).cloned();
        let kind = match fields.get("type").and_then(Value::as_str) {
            Some("module") => Some(Kind::Module),
            Some("commonjs") => Some(Kind::CommonJs),
            _ => None,
        };
        Described::By(Rc::new(Manifest {
            folder: folder.to_owned(),
            name: text("name"),
            main: text("main"),
            kind,
            exports: value("exports"),
            imports: value("imports").filter(Value::is_object),
        }))
    }

    /// The package.json that is nearest at or above `folder`.
    pub(crate) fn scope(&self, folder: &str) -> Described {
        let mut at = folder;
        loop {
            if at == "node_modules" || at.ends_with("/node_modules") {
                return Described::Not;
            }
            match self.manifest(at) {
                Described::Not if at.is_empty() => return Described::Not,
                Described::Not => at = parent(at),
                found => return found,
            }
        }
    }
}
