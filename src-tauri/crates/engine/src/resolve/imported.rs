//! `import`: paths are URLs, taken as they are; packages without `exports` have a main file.

use super::{Question, ROOT, Refusal, Target, refusal, split};
use crate::exports;
use crate::manifest::Described;
use crate::package::{Entry, child_path, join};

pub(super) fn resolve(question: Question<'_>, specifier: &str) -> Result<Target, Refusal> {
    if specifier.starts_with('#') {
        return question.by_imports(specifier);
    }
    let path = if specifier == "."
        || specifier == ".."
        || specifier.starts_with("./")
        || specifier.starts_with("../")
    {
        Some((question.from, specifier))
    } else if let Some(url) = specifier.strip_prefix("file:") {
        let path = url
            .strip_prefix("//")
            .map_or(url, |rest| rest.strip_prefix("localhost").unwrap_or(rest));
        Some((path, ""))
    } else {
        specifier.starts_with('/').then_some((specifier, ""))
    };
    match path {
        Some((from, "")) => match from.strip_prefix(ROOT) {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => exact(&question, "", rest),
            _ => Err(Refusal::outside(&question, specifier)),
        },
        Some((from, relative)) => exact(&question, from, relative),
        None => match specifier.split_once(':') {
            Some((scheme, _)) if is_scheme(scheme) => Err(Refusal::scheme(scheme)),
            _ => question.by_package(specifier),
        },
    }
}

fn is_scheme(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

fn exact(question: &Question<'_>, from: &str, path: &str) -> Result<Target, Refusal> {
    let lower = path.to_ascii_lowercase();
    if lower.contains("%2f") || lower.contains("%5c") {
        return Err(Refusal::bad_specifier(
            question,
            &format!("\"{path}\" must not include encoded \"/\" or \"\\\" characters"),
        ));
    }
    let decoded = refusal::decoded(path);
    let Some(target) = join(from, &decoded) else {
        return Err(Refusal::outside(question, path));
    };
    match question.packages.entry(&target) {
        Entry::File(_) if path.ends_with('/') => Err(Refusal::file_missing(question, &target)),
        Entry::File(real) => Ok(Target::File(real)),
        Entry::Folder(_) => Err(Refusal::folder(question, &target)),
        Entry::Outside => Err(Refusal::outside(question, path)),
        Entry::Absent => Err(Refusal::file_missing(question, &target)),
    }
}

/// A package in a `node_modules` folder.
pub(super) fn package(question: &Question<'_>, specifier: &str) -> Result<Target, Refusal> {
    let Some((name, subpath)) = split(specifier) else {
        return Err(Refusal::bad_specifier(
            question,
            &format!("\"{specifier}\" is not a valid package name"),
        ));
    };
    if (question.is_builtin)(specifier) {
        return Ok(Target::Builtin(specifier.to_owned()));
    }
    for base in question.node_modules() {
        let Some(folder) = join(&base, name) else { continue };
        let real = match question.packages.entry(&folder) {
            Entry::Folder(real) => real,
            Entry::Outside => return Err(Refusal::outside(question, specifier)),
            _ => continue,
        };
        let manifest = match question.packages.manifest(&real) {
            Described::Badly(path) => {
                return Err(Refusal::broken_manifest(question, specifier, path));
            }
            Described::By(manifest) => Some(manifest),
            Described::Not => None,
        };
        if let Some(manifest) = &manifest
            && let Some(map) = &manifest.exports
        {
            let offer = exports::exported(map, &subpath, question.conditions());
            return question.offered(manifest, offer, &subpath, false, Some(question.importer));
        }
        if subpath != "." {
            return exact(question, &real, &subpath);
        }
        let main = manifest.as_ref().and_then(|manifest| manifest.main.as_deref());
        let mut wanted = Vec::new();
        if let Some(main) = main {
            for ending in ["", ".js", ".json", ".node", "/index.js", "/index.json", "/index.node"] {
                wanted.extend(join(&real, &format!("{main}{ending}")));
            }
        }
        for name in ["index.js", "index.json", "index.node"] {
            wanted.push(child_path(&real, name));
        }
        for path in &wanted {
            if let Entry::File(path) = question.packages.entry(path) {
                return Ok(Target::File(path));
            }
        }
        let missing = wanted.first().map_or(real.as_str(), String::as_str);
        return Err(Refusal::package_missing(question, &format!("{ROOT}/{missing}")));
    }
    Err(Refusal::package_missing(question, name))
}
