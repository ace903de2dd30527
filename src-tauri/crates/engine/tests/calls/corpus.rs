//! The corpus: each function runs here and on Node 20, when there is one, with the same console output and result.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use engine::{Limits, Outcome};
use serde_json::{Value, json};

use crate::page;
use crate::support::{LABEL, call_at, text};

const DRIVER: &str = r"
let out = '';
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk) => { out += chunk; return true; };
}
const finish = (result) => {
  result.log = out.replace(/\n$/, '');
  require('fs').writeFileSync(process.argv[4], JSON.stringify(result));
  process.exit(0);
};
(async () => require(process.argv[2] + '/index.js').handler(JSON.parse(process.argv[3])))().then(
  (value) => finish({ value }),
  (error) => finish({ error: `${error && error.name}: ${error && error.message}` }),
);
";

fn node() -> bool {
    Command::new("node")
        .arg("--version")
        .output()
        .is_ok_and(|output| output.stdout.starts_with(b"v20."))
}

fn on_node(folder: &Path, parameters: &Value) -> Value {
    let home = tempfile::tempdir().unwrap();
    let driver = home.path().join("driver.js");
    fs::write(&driver, DRIVER).unwrap();
    // A file: a pipe takes only so much at once.
    let answer = home.path().join("answer.json");
    let output = Command::new("node")
        .arg(driver)
        .args([&folder.display().to_string(), &parameters.to_string()])
        .arg(&answer)
        .output()
        .unwrap();
    serde_json::from_slice(&fs::read(&answer).unwrap_or_default()).unwrap_or_else(|_| {
        panic!("node: {}", String::from_utf8_lossy(&output.stderr));
    })
}

fn here(folder: &Path, parameters: &Value) -> Value {
    let report = call_at(folder, parameters.clone(), Limits::default());
    let log = text(&report);
    match report.outcome {
        Outcome::Returned { value } => json!({"value": value, "log": log}),
        Outcome::Failed { failure } => json!({"error": failure.message, "log": log}),
    }
}

/// The same place has two names.
fn tidy(text: &str, folder: &Path) -> String {
    text.replace(&format!("{}/", folder.display()), &format!("{LABEL}/"))
        .replace("/var/task/", &format!("{LABEL}/"))
        .replace(&folder.display().to_string(), LABEL)
        .replace("/var/task", LABEL)
}

fn compare(folder: &Path) -> Result<(), String> {
    let parameters = json!({"name": "Ada", "list": [1, 2, 3]});
    let mut ours = here(folder, &parameters);
    let mut theirs = on_node(folder, &parameters);
    for side in [&mut ours, &mut theirs] {
        for key in ["log", "error"] {
            if let Some(text) = side.get(key).and_then(Value::as_str) {
                let text = tidy(text, folder);
                side[key] = text.into();
            }
        }
    }
    let lines = |side: &Value| {
        side["log"].as_str().unwrap_or_default().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let (a, b) = (lines(&ours), lines(&theirs));
    let mut differences = Vec::new();
    for index in 0..a.len().max(b.len()) {
        if a.get(index) != b.get(index) {
            differences.push(format!(
                "line {} of the log\n  here {:?}\n  node {:?}",
                index + 1,
                a.get(index),
                b.get(index)
            ));
            if differences.len() > 12 {
                break;
            }
        }
    }
    for key in ["value", "error"] {
        if ours.get(key) != theirs.get(key) {
            differences.push(format!(
                "{key}\n  here {:?}\n  node {:?}",
                ours.get(key),
                theirs.get(key)
            ));
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n")) }
}

#[test]
fn the_corpus_runs_as_on_node() {
    if !node() {
        eprintln!("no Node 20 on the PATH: nothing to compare with");
        return;
    }
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut entries: Vec<PathBuf> =
        fs::read_dir(&corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let differences = page::differences().unwrap();
    let mut failures = Vec::new();
    for entry in &entries {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        let result = if entry.is_dir() {
            compare(&entry.canonicalize().unwrap())
        } else {
            let folder = tempfile::tempdir().unwrap();
            fs::copy(entry, folder.path().join("index.js")).unwrap();
            compare(&folder.path().canonicalize().unwrap())
        };
        let known = differences.iter().find(|one| one.pin == format!("corpus/{name}"));
        match (result, known) {
            (Err(difference), None) => failures.push(format!("{name}: {difference}")),
            (Ok(()), Some(one)) => failures.push(format!(
                "{name} agrees now ({}): take it off differences.json, and the file into one that agrees",
                one.what
            )),
            _ => {}
        }
    }
    assert!(entries.len() >= 18, "the corpus is not there");
    assert!(
        failures.is_empty(),
        "{} of {} differ\n{}",
        failures.len(),
        entries.len(),
        failures.join("\n")
    );
}
