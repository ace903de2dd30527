//! Module resolution as Node does it for CommonJS.
//!
//! Pure but for [`Files`]. The conditions of a package's `exports` stand in [`crate::exports`].

use serde_json::Value;

use crate::exports;
use crate::package::{Entry, Files, join};

/// Where the package seems to stand for the script, as on a Node function host.
pub(crate) const ROOT: &str = "/var/task";

/// What a specifier names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Resolved {
    /// A file of the package, as a virtual path.
    File(String),
    /// Nothing that may be loaded.
    Missing(Missing),
}

/// Why a specifier names nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// There is no such module.
    Absent,
    /// It lies outside the package.
    Outside,
    /// The package's `exports` do not offer this path.
    NotExported {
        /// Folder of the package.
        package: String,
        /// Path asked for, from `.`.
        subpath: String,
    },
}

/// Conditions under which `require` reads `exports`.
const CONDITIONS: [&str; 4] = ["node", "require", "module-sync", "default"];

/// Resolves `specifier` as asked for by a file in the folder `from` (virtual path).
pub(crate) fn resolve(files: &dyn Files, specifier: &str, from: &str) -> Resolved {
    let found = if is_relative(specifier) {
        match join(from, specifier) {
            Some(path) => {
                as_path(files, &path, specifier.ends_with('/') || ends_in_dots(specifier))
            }
            None => Found::Outside,
        }
    } else if let Some(absolute) = specifier.strip_prefix('/') {
        match specifier.strip_prefix(ROOT) {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => match join("", rest) {
                Some(path) => as_path(files, &path, rest.ends_with('/') || rest.is_empty()),
                None => Found::Outside,
            },
            _ => {
                let _ = absolute;
                Found::Outside
            }
        }
    } else {
        as_package(files, specifier, from)
    };
    match found {
        Found::File(path) => Resolved::File(path),
        Found::Outside => Resolved::Missing(Missing::Outside),
        Found::NotExported(package, subpath) => {
            Resolved::Missing(Missing::NotExported { package, subpath })
        }
        Found::Absent => Resolved::Missing(Missing::Absent),
    }
}

enum Found {
    File(String),
    Outside,
    NotExported(String, String),
    Absent,
}

fn is_relative(specifier: &str) -> bool {
    specifier == "."
        || specifier == ".."
        || specifier.starts_with("./")
        || specifier.starts_with("../")
}

fn ends_in_dots(specifier: &str) -> bool {
    specifier == "." || specifier == ".." || specifier.ends_with("/.") || specifier.ends_with("/..")
}

fn as_path(files: &dyn Files, path: &str, folder_only: bool) -> Found {
    let mut outside = false;
    if !folder_only {
        match as_file(files, path) {
            Found::Outside => outside = true,
            Found::Absent => {}
            found => return found,
        }
    }
    match as_folder(files, path) {
        Found::Absent if outside => Found::Outside,
        found => found,
    }
}

fn as_file(files: &dyn Files, path: &str) -> Found {
    if path.is_empty() {
        return Found::Absent;
    }
    let mut outside = false;
    for extension in ["", ".js", ".json", ".node"] {
        match files.entry(&format!("{path}{extension}")) {
            Entry::File(real) => return Found::File(real),
            Entry::Outside => outside = true,
            _ => {}
        }
    }
    if outside { Found::Outside } else { Found::Absent }
}

fn as_folder(files: &dyn Files, path: &str) -> Found {
    match files.entry(path) {
        Entry::Folder(_) => {}
        Entry::Outside => return Found::Outside,
        _ => return Found::Absent,
    }
    if let Some(main) = manifest(files, path)
        .and_then(|manifest| manifest.get("main").and_then(Value::as_str).map(str::to_owned))
    {
        match join(path, &main) {
            None => return Found::Outside,
            Some(target) => {
                match as_file(files, &target) {
                    Found::Absent => {}
                    found => return found,
                }
                match as_index(files, &target) {
                    Found::Absent => {}
                    found => return found,
                }
            }
        }
    }
    as_index(files, path)
}

fn as_index(files: &dyn Files, path: &str) -> Found {
    let mut outside = false;
    for name in ["index.js", "index.json", "index.node"] {
        let candidate = if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
        match files.entry(&candidate) {
            Entry::File(real) => return Found::File(real),
            Entry::Outside => outside = true,
            _ => {}
        }
    }
    if outside { Found::Outside } else { Found::Absent }
}

/// The `package.json` of a folder, when it is there and an object.
pub(crate) fn manifest(files: &dyn Files, folder: &str) -> Option<Value> {
    let path = join(folder, "package.json")?;
    let Entry::File(path) = files.entry(&path) else { return None };
    let content = files.read(&path).ok()?;
    let text = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&content);
    serde_json::from_slice(text).ok().filter(Value::is_object)
}

/// The nearest folder at or above `folder` that has a `package.json`.
fn scope(files: &dyn Files, folder: &str) -> Option<(String, Value)> {
    let mut at = folder.to_owned();
    loop {
        if at == "node_modules" || at.ends_with("/node_modules") {
            return None;
        }
        if let Some(manifest) = manifest(files, &at) {
            return Some((at, manifest));
        }
        if at.is_empty() {
            return None;
        }
        at = crate::package::parent(&at).to_owned();
    }
}

/// Whether the nearest `package.json` says that `.js` files of `folder` are ES modules.
pub(crate) fn is_module_scope(files: &dyn Files, folder: &str) -> bool {
    scope(files, folder)
        .is_some_and(|(_, manifest)| manifest.get("type").and_then(Value::as_str) == Some("module"))
}

fn as_package(files: &dyn Files, specifier: &str, from: &str) -> Found {
    if specifier.starts_with('#') {
        return match scope(files, from) {
            Some((folder, manifest)) => {
                match manifest
                    .get("imports")
                    .and_then(|imports| exports::lookup(imports, specifier, &CONDITIONS))
                {
                    Some(target) if target.starts_with("./") => {
                        target_file(files, &folder, &target)
                    }
                    Some(target) => as_package(files, &target, &folder),
                    None => Found::Absent,
                }
            }
            None => Found::Absent,
        };
    }
    let Some((name, rest)) = split_name(specifier) else { return Found::Absent };
    let subpath = if rest.is_empty() { ".".to_owned() } else { format!("./{rest}") };

    // A package may require itself by name when it has exports.
    if let Some((folder, manifest)) = scope(files, from)
        && manifest.get("name").and_then(Value::as_str) == Some(name)
        && let Some(map) = manifest.get("exports").filter(|map| !map.is_null())
    {
        return exported(files, &folder, map, subpath);
    }

    let mut at = from.to_owned();
    let mut outside = false;
    loop {
        if at != "node_modules" && !at.ends_with("/node_modules") {
            let base = if at.is_empty() {
                "node_modules".to_owned()
            } else {
                format!("{at}/node_modules")
            };
            if let Some(folder) = join(&base, name) {
                match files.entry(&folder) {
                    Entry::Outside => outside = true,
                    Entry::Folder(real) => {
                        if let Some(map) = manifest(files, &real)
                            .and_then(|manifest| manifest.get("exports").cloned())
                            .filter(|map| !map.is_null())
                        {
                            return exported(files, &real, &map, subpath);
                        }
                    }
                    _ => {}
                }
            }
            if let Some(path) = join(&base, specifier) {
                match as_path(files, &path, specifier.ends_with('/')) {
                    Found::Absent => {}
                    Found::Outside => outside = true,
                    found => return found,
                }
            }
        }
        if at.is_empty() {
            return if outside { Found::Outside } else { Found::Absent };
        }
        at = crate::package::parent(&at).to_owned();
    }
}

fn exported(files: &dyn Files, folder: &str, map: &Value, subpath: String) -> Found {
    match exports::lookup(map, &subpath, &CONDITIONS) {
        Some(target) => target_file(files, folder, &target),
        None => Found::NotExported(folder.to_owned(), subpath),
    }
}

fn target_file(files: &dyn Files, folder: &str, target: &str) -> Found {
    match join(folder, target) {
        None => Found::Outside,
        Some(path) => match files.entry(&path) {
            Entry::File(real) => Found::File(real),
            Entry::Outside => Found::Outside,
            _ => Found::Absent,
        },
    }
}

/// `@scope/name/rest` → (`@scope/name`, `rest`).
fn split_name(specifier: &str) -> Option<(&str, &str)> {
    if specifier.is_empty() || specifier.contains('\\') {
        return None;
    }
    let slashes = if specifier.starts_with('@') { 2 } else { 1 };
    let end = specifier.match_indices('/').nth(slashes - 1).map(|(at, _)| at);
    match end {
        Some(end) => Some((&specifier[..end], &specifier[end + 1..])),
        None if slashes == 2 && !specifier.contains('/') => None,
        None => Some((specifier, "")),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    struct Fake(BTreeMap<&'static str, &'static str>);

    impl Files for Fake {
        fn entry(&self, path: &str) -> Entry {
            if path.starts_with("link") {
                return Entry::Outside;
            }
            if self.0.contains_key(path) {
                return Entry::File(path.to_owned());
            }
            let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
            if self.0.keys().any(|key| key.starts_with(&folder)) {
                return Entry::Folder(path.to_owned());
            }
            Entry::Absent
        }

        fn read(&self, path: &str) -> Result<Vec<u8>, String> {
            self.0.get(path).map(|text| text.as_bytes().to_vec()).ok_or_else(String::new)
        }
    }

    fn package() -> Fake {
        Fake(BTreeMap::from([
            ("index.js", ""),
            ("lib/index.js", ""),
            ("lib/data.json", "{}"),
            ("node_modules/plain/package.json", r#"{"main": "./dist"}"#),
            ("node_modules/plain/dist/index.js", ""),
            ("node_modules/plain/extra.js", ""),
            (
                "node_modules/@org/mapped/package.json",
                r#"{"name": "@org/mapped", "exports": {".": {"import": "./m.mjs", "require": "./c.js"}, "./x/*": "./src/*.js"}}"#,
            ),
            ("node_modules/@org/mapped/c.js", ""),
            ("node_modules/@org/mapped/src/one.js", ""),
            ("node_modules/@org/mapped/secret.js", ""),
        ]))
    }

    fn file(specifier: &str, from: &str) -> String {
        match resolve(&package(), specifier, from) {
            Resolved::File(path) => path,
            Resolved::Missing(missing) => format!("{missing:?}"),
        }
    }

    #[test]
    fn files_folders_and_extensions() {
        assert_eq!(file("./lib", ""), "lib/index.js");
        assert_eq!(file("./data", "lib"), "lib/data.json");
        assert_eq!(file("..", "lib"), "index.js");
        assert_eq!(file("/var/task/lib/", ""), "lib/index.js");
        assert_eq!(file("./none", ""), "Absent");
    }

    #[test]
    fn packages_main_and_exports() {
        assert_eq!(file("plain", "lib"), "node_modules/plain/dist/index.js");
        assert_eq!(file("plain/extra", ""), "node_modules/plain/extra.js");
        assert_eq!(file("@org/mapped", ""), "node_modules/@org/mapped/c.js");
        assert_eq!(file("@org/mapped/x/one", ""), "node_modules/@org/mapped/src/one.js");
        assert!(file("@org/mapped/secret.js", "").starts_with("NotExported"));
        assert_eq!(
            file("@org/mapped", "node_modules/@org/mapped/src"),
            "node_modules/@org/mapped/c.js"
        );
    }

    #[test]
    fn nothing_outside_the_package() {
        assert_eq!(file("../x", ""), "Outside");
        assert_eq!(file("../../../etc/passwd", "lib"), "Outside");
        assert_eq!(file("/etc/passwd", ""), "Outside");
        assert_eq!(file("/var/task/../../etc/passwd", ""), "Outside");
        assert_eq!(file("./link", ""), "Outside");
        assert_eq!(file("", ""), "Absent");
        assert_eq!(file("plain/../../../x", ""), "Absent");
    }
}
