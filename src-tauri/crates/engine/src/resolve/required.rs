//! `require`: extensions are tried, folders have a main file.

use super::{Question, ROOT, Refusal, Target, split};
use crate::exports;
use crate::manifest::Described;
use crate::package::{Entry, child_path, join};

pub(super) fn resolve(question: Question<'_>, specifier: &str) -> Result<Target, Refusal> {
    let found = if is_relative(specifier) {
        match join(question.from, specifier) {
            Some(path) => as_path(&question, specifier, &path, ends_as_folder(specifier))?,
            None => Found::Outside,
        }
    } else if specifier.starts_with('/') {
        match specifier.strip_prefix(ROOT).filter(|rest| rest.is_empty() || rest.starts_with('/')) {
            Some(rest) => match join("", rest) {
                Some(path) => as_path(&question, specifier, &path, ends_as_folder(rest))?,
                None => Found::Outside,
            },
            None => Found::Outside,
        }
    } else if specifier.starts_with('#') {
        return match question.packages.scope(question.from) {
            // Without a package.json above, `#x` is a name like any other.
            Described::Not => question.by_package(specifier),
            Described::By(manifest) if manifest.imports.is_none() => question.by_package(specifier),
            _ => question.by_imports(specifier),
        };
    } else {
        return question.by_package(specifier);
    };
    match found {
        Found::File(path) => Ok(Target::File(path)),
        Found::Outside => Err(Refusal::outside(&question, specifier)),
        Found::Absent => Err(Refusal::absent(&question, specifier)),
    }
}

/// A package in a `node_modules` folder.
pub(super) fn package(question: &Question<'_>, specifier: &str) -> Result<Target, Refusal> {
    let mut outside = false;
    let named = split(specifier);
    for base in question.node_modules() {
        if !matches!(question.packages.entry(&base), Entry::Folder(_)) {
            continue;
        }
        if let Some((name, subpath)) = &named
            && let Some(folder) = join(&base, name)
            && let Entry::Folder(real) = question.packages.entry(&folder)
        {
            match question.packages.manifest(&real) {
                Described::Badly(path) => {
                    return Err(Refusal::broken_manifest(question, specifier, path));
                }
                Described::By(manifest) => {
                    if let Some(map) = &manifest.exports {
                        let offer = exports::exported(map, subpath, question.conditions());
                        return question.offered(&manifest, offer, subpath, false, None);
                    }
                }
                Described::Not => {}
            }
        }
        if let Some(path) = join(&base, specifier).filter(|path| path.starts_with(&base)) {
            match as_path(question, specifier, &path, ends_as_folder(specifier))? {
                Found::Absent => {}
                Found::Outside => outside = true,
                Found::File(path) => return Ok(Target::File(path)),
            }
        }
    }
    Err(if outside {
        Refusal::outside(question, specifier)
    } else {
        Refusal::absent(question, specifier)
    })
}

enum Found {
    File(String),
    Outside,
    Absent,
}

fn is_relative(specifier: &str) -> bool {
    specifier == "."
        || specifier == ".."
        || specifier.starts_with("./")
        || specifier.starts_with("../")
}

fn ends_as_folder(specifier: &str) -> bool {
    specifier.is_empty() || matches!(specifier.rsplit('/').next(), Some("" | "." | ".."))
}

fn as_path(
    question: &Question<'_>,
    specifier: &str,
    path: &str,
    folder_only: bool,
) -> Result<Found, Refusal> {
    let mut outside = false;
    if !folder_only {
        match as_file(question, path) {
            Found::Outside => outside = true,
            Found::Absent => {}
            found @ Found::File(_) => return Ok(found),
        }
    }
    Ok(match as_folder(question, specifier, path)? {
        Found::Absent if outside => Found::Outside,
        found => found,
    })
}

fn as_file(question: &Question<'_>, path: &str) -> Found {
    if path.is_empty() {
        Found::Absent
    } else {
        first(question, path, &["", ".js", ".json", ".node"])
    }
}

fn as_index(question: &Question<'_>, path: &str) -> Found {
    first(question, &child_path(path, "index"), &[".js", ".json", ".node"])
}

fn first(question: &Question<'_>, path: &str, endings: &[&str]) -> Found {
    let mut outside = false;
    for ending in endings {
        match question.packages.entry(&format!("{path}{ending}")) {
            Entry::File(real) => return Found::File(real),
            Entry::Outside => outside = true,
            _ => {}
        }
    }
    if outside { Found::Outside } else { Found::Absent }
}

fn as_folder(question: &Question<'_>, specifier: &str, path: &str) -> Result<Found, Refusal> {
    let folder = match question.packages.entry(path) {
        Entry::Folder(folder) => folder,
        Entry::Outside => return Ok(Found::Outside),
        _ => return Ok(Found::Absent),
    };
    let main = match question.packages.manifest(&folder) {
        Described::By(manifest) => manifest.main.clone(),
        Described::Badly(path) => return Err(Refusal::broken_manifest(question, specifier, path)),
        Described::Not => None,
    };
    let Some(main) = main.filter(|main| !main.is_empty()) else {
        return Ok(as_index(question, &folder));
    };
    let Some(target) = join(&folder, &main) else { return Ok(Found::Outside) };
    for found in [as_file(question, &target), as_index(question, &target)] {
        if !matches!(found, Found::Absent) {
            return Ok(found);
        }
    }
    match as_index(question, &folder) {
        Found::Absent => Err(Refusal::main_missing(specifier, &folder, &target)),
        found => Ok(found),
    }
}
