//! Which file or built-in a specifier names, as Node finds it for `require` and for `import`.
//!
//! Pure but for [`Packages`]. The maps of package.json stand in [`crate::exports`]; `require` looks for extensions and folders
//! (`resolve/required.rs`), `import` takes paths as they are (`resolve/imported.rs`); packages are found by both here.

mod imported;
mod refusal;
mod required;

use crate::exports::{self, Offer};
use crate::manifest::{Described, Kind, Manifest, Packages};
use crate::package::{Entry, child_path, join, parent};

pub(crate) use refusal::Refusal;

/// Where the package seems to stand for the script, as on a Node function host.
pub(crate) const ROOT: &str = "/var/task";

/// Who asks, and with that how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    ByRequire,
    ByImport,
}

/// What a specifier names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A file of the package, as a virtual path.
    File(String),
    /// A built-in, or what a package calls one: without `node:`.
    Builtin(String),
}

/// How a file is to be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    CommonJs,
    Module,
    Json,
    Addon,
    /// `.js` where no package.json says what that is: CommonJS, unless only an ES module can be written so.
    Unsaid,
    /// An extension that `import` does not know; `require` reads it as `.js`.
    Unknown,
}

/// A question to the resolver.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    pub(crate) packages: &'a Packages,
    pub(crate) asked: Asked,
    /// Folder of the file that asks (virtual path).
    pub(crate) from: &'a str,
    /// The file that asks, as errors call it.
    pub(crate) importer: &'a str,
    /// Whether a name is that of a built-in.
    pub(crate) is_builtin: &'a dyn Fn(&str) -> bool,
}

/// Resolves `specifier`.
pub(crate) fn resolve(question: Question<'_>, specifier: &str) -> Result<Target, Refusal> {
    match question.asked {
        Asked::ByRequire => required::resolve(question, specifier),
        Asked::ByImport => imported::resolve(question, specifier),
    }
}

/// How the file at `path` is to be loaded.
pub(crate) fn format(packages: &Packages, path: &str) -> Format {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("mjs") => Format::Module,
        Some("cjs") => Format::CommonJs,
        Some("json") => Format::Json,
        Some("node") => Format::Addon,
        Some("js") => match packages.scope(parent(path)) {
            Described::By(manifest) => match manifest.kind {
                Some(Kind::Module) => Format::Module,
                Some(Kind::CommonJs) => Format::CommonJs,
                None => Format::Unsaid,
            },
            _ => Format::Unsaid,
        },
        // A name without an extension, such as that of a program.
        None => Format::CommonJs,
        Some(_) => Format::Unknown,
    }
}

/// The name of a package in a specifier, and the path in it: `@scope/name/rest` → (`@scope/name`, `./rest`).
fn split(specifier: &str) -> Option<(&str, String)> {
    let scoped = specifier.starts_with('@');
    let end = specifier.match_indices('/').nth(usize::from(scoped)).map(|(at, _)| at);
    let name = &specifier[..end.unwrap_or(specifier.len())];
    let ok = !name.is_empty()
        && !name.starts_with('.')
        && !name.contains(['\\', '%'])
        && (!scoped || (name.contains('/') && !name.ends_with('/')));
    ok.then(|| (name, format!(".{}", &specifier[name.len()..])))
}

impl Question<'_> {
    const fn conditions(&self) -> &'static [&'static str] {
        match self.asked {
            Asked::ByRequire => &["node", "require", "module-sync", "node-addons", "default"],
            Asked::ByImport => &["node", "import", "module-sync", "node-addons", "default"],
        }
    }

    /// A specifier that begins with `#`.
    fn by_imports(&self, specifier: &str) -> Result<Target, Refusal> {
        let manifest = match self.packages.scope(self.from) {
            Described::Badly(path) => return Err(Refusal::broken_manifest(self, specifier, path)),
            Described::By(manifest) => Some(manifest),
            Described::Not => None,
        };
        let imports = manifest.as_ref().and_then(|manifest| manifest.imports.as_ref());
        if specifier == "#" || specifier.starts_with("#/") || specifier.ends_with('/') {
            return Err(Refusal::bad_specifier(
                self,
                &format!("\"{specifier}\" is not a valid internal imports specifier name"),
            ));
        }
        let (Some(manifest), Some(imports)) = (&manifest, imports) else {
            let folder = manifest.as_ref().map(|manifest| manifest.folder.as_str());
            return Err(Refusal::import_not_defined(self, specifier, folder));
        };
        match exports::imported(imports, specifier, self.conditions()) {
            Offer::Module(name) if (self.is_builtin)(name.trim_start_matches("node:")) => {
                Ok(Target::Builtin(name.trim_start_matches("node:").to_owned()))
            }
            Offer::Module(name) => {
                let inside = Question { from: &manifest.folder, ..*self };
                inside.by_package(&name)
            }
            Offer::Nothing => {
                Err(Refusal::import_not_defined(self, specifier, Some(&manifest.folder)))
            }
            offer => self.offered(manifest, offer, specifier, true, Some(self.importer)),
        }
    }

    /// A package that asks for itself by name, when it has exports.
    fn by_own_name(&self, specifier: &str) -> Option<Result<Target, Refusal>> {
        let (name, subpath) = split(specifier)?;
        let Described::By(manifest) = self.packages.scope(self.from) else { return None };
        let exports = manifest.exports.as_ref()?;
        if manifest.name.as_deref() != Some(name) {
            return None;
        }
        let offer = exports::exported(exports, &subpath, self.conditions());
        Some(self.offered(&manifest, offer, &subpath, false, Some(self.importer)))
    }

    /// A package in a `node_modules` folder.
    fn by_package(&self, specifier: &str) -> Result<Target, Refusal> {
        if let Some(found) = self.by_own_name(specifier) {
            return found;
        }
        match self.asked {
            Asked::ByRequire => required::package(self, specifier),
            Asked::ByImport => imported::package(self, specifier),
        }
    }

    /// What `exports` or `imports` offer, as a file that must be there.
    fn offered(
        &self,
        manifest: &Manifest,
        offer: Offer,
        subpath: &str,
        imports: bool,
        importer: Option<&str>,
    ) -> Result<Target, Refusal> {
        let folder = &manifest.folder;
        match offer {
            Offer::Path(path) => {
                let decoded = refusal::decoded(&path);
                let target = join(folder, &decoded).ok_or_else(|| Refusal::outside(self, &path))?;
                match self.packages.entry(&target) {
                    Entry::File(real) => Ok(Target::File(real)),
                    Entry::Outside => Err(Refusal::outside(self, &path)),
                    Entry::Folder(_) if self.asked == Asked::ByImport => {
                        Err(Refusal::folder(self, &target))
                    }
                    _ => Err(Refusal::target_missing(self, folder, &target)),
                }
            }
            Offer::Module(name) => self.by_package(&name),
            Offer::Nothing => Err(Refusal::not_exported(folder, subpath, importer)),
            Offer::Bad { key, target } => {
                Err(Refusal::bad_target(folder, &key, &target, imports, importer))
            }
            Offer::BadMatch(key) => {
                Err(Refusal::bad_match(folder, subpath, &key, imports, importer))
            }
            Offer::Broken(why) => Err(Refusal::bad_manifest(self, folder, why)),
        }
    }

    /// The folders in which packages are looked for, nearest first.
    fn node_modules(&self) -> impl Iterator<Item = String> + '_ {
        let mut next = Some(self.from);
        std::iter::from_fn(move || {
            let at = next?;
            next = (!at.is_empty()).then(|| parent(at));
            Some(at)
        })
        .filter(|at| *at != "node_modules" && !at.ends_with("/node_modules"))
        .map(|at| child_path(at, "node_modules"))
    }
}

/// The folders in which `require.resolve.paths` says packages are looked for.
pub(crate) fn lookup_folders(from: &str) -> Vec<String> {
    let mut found = Vec::new();
    let whole = format!("{ROOT}/{from}");
    let mut at = whole.trim_end_matches('/');
    loop {
        if !at.ends_with("/node_modules") {
            found.push(format!("{at}/node_modules"));
        }
        if at.is_empty() {
            return found;
        }
        at = parent(at);
    }
}

#[cfg(test)]
mod tests;
