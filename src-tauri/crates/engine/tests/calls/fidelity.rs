//! The fidelity page agrees with the engine, the list of names with Node 20, the differences with their tests.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::page;

#[test]
fn the_fidelity_page_is_not_stale() {
    let kept = fs::read_to_string(page::page_path()).unwrap_or_default();
    assert!(
        kept == page::page().unwrap(),
        "docs/fidelity.md is stale: run `cargo run -p engine --example fidelity`"
    );
}

#[test]
fn the_list_of_names_is_node_20s() {
    let output = Command::new("node").arg("write_list.js").current_dir(page::folder()).output();
    let Ok(output) = output else {
        eprintln!("no Node on the PATH: nothing to compare with");
        return;
    };
    let version = Command::new("node").arg("--version").output().unwrap();
    if !version.stdout.starts_with(b"v20.") {
        eprintln!("the Node on the PATH is not Node 20: nothing to compare with");
        return;
    }
    let kept = fs::read(page::folder().join("node20.json")).unwrap();
    if version.stdout.trim_ascii() == b"v20.20.2" {
        assert!(
            kept == output.stdout,
            "node20.json is stale: run `node write_list.js > node20.json` in tests/fidelity"
        );
    }
}

#[test]
fn every_known_difference_names_a_test_that_exists() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut sources = String::new();
    for entry in fs::read_dir(tests.join("calls")).unwrap() {
        sources.push_str(&fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    for difference in page::differences().unwrap() {
        let exists = if difference.pin.starts_with("corpus/") {
            tests.join(&difference.pin).exists()
        } else {
            sources.contains(&format!("fn {}()", difference.pin))
        };
        assert!(exists, "{} does not exist: {}", difference.pin, difference.what);
    }
}
