//! A short random run of what `fuzz/` runs for long.

use std::io::Write;

use engine::fuzzing::{resolution, zip};
use proptest::prelude::*;

/// Pieces that specifiers, paths and manifests are made of.
fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "a",
        "b",
        ".",
        "..",
        "/",
        "*",
        "#x",
        "@s",
        "node_modules",
        "package.json",
        "index.js",
        "exports",
        "main",
        "%2e",
        "\\",
        "",
        "fs",
        "node:fs",
        ".json",
        ".mjs",
        "?q",
    ])
    .prop_map(str::to_owned)
}

fn path() -> impl Strategy<Value = String> {
    proptest::collection::vec(word(), 1..5).prop_map(|words| words.join("/"))
}

fn manifest() -> impl Strategy<Value = String> {
    (path(), path(), path()).prop_map(|(main, key, target)| {
        serde_json::json!({
            "name": "a",
            "main": main,
            "exports": { ".": { "require": format!("./{target}"), "default": [null, main] }, (format!("./{key}")): format!("./{target}") },
            "imports": { (format!("#{key}")): format!("./{target}") },
        })
        .to_string()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn whatever_is_resolved_is_in_the_package(
        specifier in path(),
        from in path(),
        files in proptest::collection::vec((path(), prop_oneof![manifest(), Just("1".to_owned()), ".{0,30}"]), 0..8),
    ) {
        let mut parts = vec![specifier, from];
        for (path, content) in files {
            parts.extend([path, content]);
        }
        resolution(parts.join("\0").as_bytes());
    }

    #[test]
    fn damaged_zips_are_read_or_refused(
        names in proptest::collection::vec(path(), 0..5),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for name in std::iter::once("index.js".to_owned()).chain(names) {
            // A name twice is refused by the writer already.
            if writer.start_file(name, zip::write::SimpleFileOptions::default()).is_ok() {
                writer.write_all(b"exports.handler = () => 1;").unwrap();
            }
        }
        let mut bytes = writer.finish().unwrap().into_inner();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&bytes).unwrap();
        zip(file.path());
    }
}
