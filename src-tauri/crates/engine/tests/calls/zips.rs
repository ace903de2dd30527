//! Functions that are zips: run where they are, and refused when they are not what they should be.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use engine::{CallReport, FailureReason, Limits};
use serde_json::json;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{call_at, failure, value};

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn written(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("function.zip");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn called(path: &Path) -> CallReport {
    call_at(path, json!({}), Limits::default())
}

const FILES: [(&str, &str); 6] = [
    (
        "index.js",
        "const dep = require('dep'); exports.handler = async () => [dep.name, (await import('esm')).default, __filename, require.resolve('dep')];",
    ),
    ("package.json", r#"{"name": "zipped"}"#),
    ("node_modules/dep/package.json", r#"{"main": "lib"}"#),
    ("node_modules/dep/lib/index.js", "exports.name = require('../package.json').main;"),
    ("node_modules/esm/package.json", r#"{"type": "module", "exports": "./m.js"}"#),
    ("node_modules/esm/m.js", "export default 'module';"),
];

#[test]
fn a_zip_runs_with_its_packages_and_nothing_is_unpacked() {
    let (folder, path) = written(&zipped(&FILES));
    let expected =
        json!(["lib", "module", "/var/task/index.js", "/var/task/node_modules/dep/lib/index.js"]);
    let first = called(&path);
    assert_eq!(value(&first), &expected);
    assert_eq!(called(&path).code_hash, first.code_hash);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    // Another zip at the same place is another function.
    let mut files = FILES;
    files[3].1 = "exports.name = 'other';";
    std::fs::write(&path, zipped(&files)).unwrap();
    let second = called(&path);
    assert_eq!(value(&second)[0], "other");
    assert_ne!(second.code_hash, first.code_hash);
}

#[test]
fn many_files_cost_little() {
    let names: Vec<String> =
        (0..5_000).map(|n| format!("node_modules/p{}/lib/f{n}.js", n % 50)).collect();
    let text = "module.exports = 1;".repeat(20);
    let mut files: Vec<(&str, &str)> =
        names.iter().map(|name| (name.as_str(), text.as_str())).collect();
    files.push(("index.js", "exports.handler = () => require('p7/lib/f7');"));
    let (_folder, path) = written(&zipped(&files));
    let begun = std::time::Instant::now();
    assert_eq!(value(&called(&path)), &json!(1));
    let first = begun.elapsed();
    let begun = std::time::Instant::now();
    assert_eq!(value(&called(&path)), &json!(1));
    // The second call does not list the zip again.
    assert!(begun.elapsed() < first, "{:?} after {first:?}", begun.elapsed());
}

#[test]
fn what_is_no_honest_zip_is_refused_as_a_whole() {
    let index = ("index.js", "exports.handler = () => 1;");
    let name = |from: &str, to: &str| {
        let mut bytes = zipped(&[index, (from, "x")]);
        for at in 0..bytes.len() - from.len() {
            if &bytes[at..at + from.len()] == from.as_bytes() {
                bytes[at..at + from.len()].copy_from_slice(to.as_bytes());
            }
        }
        bytes
    };
    let mut link = ZipWriter::new_append(Cursor::new(zipped(&[index]))).unwrap();
    link.add_symlink("link.js", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let link = link.finish().unwrap().into_inner();
    for (bytes, part) in [
        (b"no zip".to_vec(), "cannot be used"),
        (zipped(&[index])[..60].to_vec(), "cannot be used"),
        (name("ab/cd.js", "../cd.js"), "is no name for a file"),
        (name("abcd.js", "/bcd.js"), "is no name for a file"),
        (name("abcd.js", "a\\cd.js"), "is no name for a file"),
        (name("abcd.js", "C:cd.js"), "is no name for a file"),
        (name("indey.js", "index.js"), "twice"),
        (zipped(&[index, ("a", "x"), ("a/b.js", "x")]), "a file and a folder"),
        (link, "symbolic link"),
        (zipped(&[("lib/index.js", "")]), "There is no index.js"),
    ] {
        let (_folder, path) = written(&bytes);
        let report = called(&path);
        let failure = failure(&report);
        assert_eq!(failure.reason, FailureReason::Missing, "{part}: {failure:?}");
        assert!(failure.message.contains(part), "{part}: {}", failure.message);
    }
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let index = ("index.js", "exports.handler = () => require('./bomb.json').length;");
    let bomb = format!("\"{}\"", "0".repeat(300_000));
    let size = u32::try_from(bomb.len()).unwrap().to_le_bytes();
    // One that says what comes out, and one that understates it.
    for (told, part) in [(65u32 << 20, "larger than 64 MB"), (9, "cannot be loaded")] {
        let mut bytes = zipped(&[index, ("bomb.json", &bomb)]);
        while let Some(at) = bytes.windows(4).position(|window| window == size) {
            bytes[at..at + 4].copy_from_slice(&told.to_le_bytes());
        }
        let (_folder, path) = written(&bytes);
        let report = called(&path);
        assert!(failure(&report).message.contains(part), "{:?}", failure(&report));
    }
}
