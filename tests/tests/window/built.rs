//! Refuses to test what is not built from the sources as they are: a green test of an old program says nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::programs::{built_program, root};

pub const DESKTOP: &str = "stepsmith-desktop";
pub const CLI: &str = "stepsmith";

/// Panics with what to run when something is missing or older than its sources.
pub fn demand_fresh() {
    let ui = root().join("ui");
    let sources = ["src", "index.html", "vite.config.ts", "package-lock.json"];
    let newest_source = sources.iter().filter_map(|name| newest(&ui.join(name))).max();
    let bundle = ui.join("dist");
    let index = changed(&bundle.join("index.html"));
    let (Some(index), Some((source_at, source))) = (index, newest_source) else {
        panic!("{} is missing: run `npm run build` in ui/", bundle.display());
    };
    assert!(
        index >= source_at,
        "ui/dist is older than {}: run `npm run build` in ui/, then build the programs",
        source.display()
    );
    let (bundle_at, _) = newest(&bundle).unwrap();
    for name in [DESKTOP, CLI] {
        let program = built_program(name);
        let build = "`cargo build -p stepsmith-desktop -p cli`";
        let Some(at) = changed(&program) else {
            panic!("{} is missing: run {build}", program.display());
        };
        let stale = sources_of(&program)
            .into_iter()
            .find(|source| changed(source).is_none_or(|changed| changed > at));
        if let Some(source) = stale {
            panic!("{name} is older than {}: run {build}", source.display());
        }
        assert!(
            name == CLI || at >= bundle_at,
            "{name} carries another user interface than ui/dist: run {build}"
        );
    }
}

/// What cargo noted that a program is made of (`NAME.d`: `target: source source …`).
fn sources_of(program: &Path) -> Vec<PathBuf> {
    let note = program.with_extension("d");
    let Ok(text) = fs::read_to_string(&note) else {
        panic!("{} is missing: it should stand beside the program", note.display());
    };
    let Some((_, sources)) = text.split_once(": ") else { return Vec::new() };
    // Blanks in paths are escaped.
    let sources = sources.trim().replace("\\ ", "\0");
    sources.split(' ').map(|path| PathBuf::from(path.replace('\0', " "))).collect()
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// The file below `path` that was changed last.
fn newest(path: &Path) -> Option<(SystemTime, PathBuf)> {
    if !path.is_dir() {
        return Some((changed(path)?, path.to_path_buf()));
    }
    let below = fs::read_dir(path).ok()?.filter_map(|entry| newest(&entry.ok()?.path()));
    below.max_by_key(|(at, _)| *at)
}
