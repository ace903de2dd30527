//! Well-known packages do real work here and on Node 20, with the same results.
//!
//! They are installed from the lock file beside this one when that has changed. A server of the test's own, on Node, answers their
//! requests. Each script in `scripts/` is one call here.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use engine::{CallRequest, Limits, Outcome};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packages")
}

fn is_node_20() -> bool {
    Command::new("node")
        .arg("--version")
        .output()
        .is_ok_and(|output| output.stdout.starts_with(b"v20."))
}

/// A folder with the packages of the lock file, installed once for each state of it.
fn installed() -> PathBuf {
    let lock = fs::read(here().join("package-lock.json")).unwrap();
    let name = format!("packages-{}", hex::encode(&Sha256::digest(&lock)[..8]));
    let parent = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = parent.join(name);
    if !folder.is_dir() {
        let fresh = tempfile::Builder::new().prefix("packages-").tempdir_in(parent).unwrap();
        for file in ["package.json", "package-lock.json"] {
            fs::copy(here().join(file), fresh.path().join(file)).unwrap();
        }
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        let output = Command::new(npm)
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(fresh.path())
            .output()
            .unwrap_or_else(|error| {
                panic!("the packages of tests/packages are installed with npm, which cannot be started: {error}. It comes with Node 20 from nodejs.org.")
            });
        assert!(
            output.status.success(),
            "the packages of tests/packages cannot be installed; `npm ci` says:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        fs::rename(fresh.keep(), &folder).unwrap();
    }
    folder
}

/// Index and scripts stand beside the packages: a function sees nothing outside its package.
fn with_scripts(folder: &Path) -> Vec<String> {
    fs::copy(here().join("index.js"), folder.join("index.js")).unwrap();
    let scripts = folder.join("scripts");
    let _ = fs::remove_dir_all(&scripts);
    fs::create_dir(&scripts).unwrap();
    let mut names = Vec::new();
    for entry in fs::read_dir(here().join("scripts")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        fs::copy(entry.path(), scripts.join(&name)).unwrap();
        names.push(name.trim_end_matches(".js").to_owned());
    }
    names.sort();
    names
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn server() -> (Server, String) {
    let mut child = Command::new("node")
        .arg(here().join("server.js"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut port = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
    (Server(child), format!("http://127.0.0.1:{}", port.trim()))
}

fn on_node(folder: &Path, parameters: &Value, names: &[String]) -> Map<String, Value> {
    let output = Command::new("node")
        .env("TZ", "UTC")
        .arg(here().join("on-node.js"))
        .arg(folder)
        .arg(parameters.to_string())
        .args(names)
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("node: {}", String::from_utf8_lossy(&output.stderr)))
}

fn called(folder: &Path, mut parameters: Value, name: &str) -> Value {
    parameters["script"] = name.into();
    let request = CallRequest {
        package: folder.to_path_buf(),
        label: String::new(),
        parameters,
        limits: Limits::default(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    match runtime.block_on(engine::call(request, |_| {})).outcome {
        Outcome::Returned { value } => json!({ "value": value }),
        Outcome::Failed { failure } => {
            json!({ "error": format!("{}\n{}", failure.message, failure.stack) })
        }
    }
}

/// Where two values differ, by path.
fn differences(path: &str, ours: &Value, theirs: &Value, found: &mut Vec<String>) {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            let keys = a.keys().chain(b.keys().filter(|key| !a.contains_key(*key)));
            for key in keys {
                let absent = Value::Null;
                let (a, b) = (a.get(key).unwrap_or(&absent), b.get(key).unwrap_or(&absent));
                differences(&format!("{path}.{key}"), a, b, found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                differences(&format!("{path}[{index}]"), a, b, found);
            }
        }
        _ if ours == theirs => {}
        _ => found.push(format!("  {path}\n    here {ours}\n    node {theirs}")),
    }
}

#[test]
fn packages_work_as_on_node() {
    if !is_node_20() {
        eprintln!("no Node 20 on the PATH: nothing to compare with");
        return;
    }
    let folder = installed();
    let names = with_scripts(&folder);
    assert!(names.len() >= 24, "the scripts are not there");
    // One of them alone, while working on it.
    let only = std::env::var("STEPSMITH_PACKAGE").ok();
    let names: Vec<String> =
        names.into_iter().filter(|name| only.as_ref().is_none_or(|only| only == name)).collect();
    let (_server, base) = server();
    let parameters = json!({ "base": base });
    let theirs = on_node(&folder, &parameters, &names);
    let mut failures = Vec::new();
    for name in &names {
        let begun = Instant::now();
        let ours = called(&folder, parameters.clone(), name);
        eprintln!("{name}: {:?}", begun.elapsed());
        let expected = &theirs[name];
        if expected.get("value").is_none() {
            failures.push(format!("{name} fails on Node: {expected}"));
            continue;
        }
        let mut found = Vec::new();
        differences("", &ours, expected, &mut found);
        if !found.is_empty() {
            failures.push(format!("{name}\n{}", found.join("\n")));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {} differ\n{}",
        failures.len(),
        names.len(),
        failures.join("\n")
    );
}
