//! The hostile corpus: scripts that try to get out, to break the host, to take everything, or to lie. Each stands in a file
//! that says what it tries and what it must give, and runs in a real worker. After each of them an innocent call in the
//! same worker must find the world as a fresh worker has it.
//!
//! The first lines of a file, each a comment:
//!
//! * `Tries: …` for people.
//! * `Must give: OUTCOME`, or several with ` or ` between. An outcome is `returned JSON`, or `failed REASON`, or
//!   `failed REASON "part of the message"`.
//! * `Limits: name=number …`, `File: path content`, `Outside: path content` (beside the package), `Link: path -> target`.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use runner::{CallReport, CallRequest, Limits, Outcome, Pool};
use serde_json::{Value, json};

use crate::hostile_server;
use crate::world::World;

const PROBE: &str = include_str!("hostile_data/probe.js");

/// Names that Node 20 has among its globals.
const NODE_GLOBALS: &str = include_str!("hostile_data/node-globals.json");

/// Time beyond its limit after which a script counts as not stopped. The bound that holds on an idle machine, one second,
/// is a figure of `cargo xtask bench`.
const GRACE: Duration = Duration::from_secs(8);

struct Script {
    name: String,
    text: String,
    expected: Vec<Expected>,
    limits: Limits,
}

/// One way in which a script may end.
enum Expected {
    Returned(Value),
    Failed(String, Option<String>),
}

impl Expected {
    fn read(text: &str) -> Self {
        if let Some(value) = text.strip_prefix("returned ") {
            return Self::Returned(
                serde_json::from_str(value).unwrap_or_else(|e| panic!("{text}: {e}")),
            );
        }
        let failure = text.strip_prefix("failed ").unwrap_or_else(|| panic!("{text}"));
        match failure.split_once(" \"") {
            Some((reason, part)) => {
                Self::Failed(reason.to_owned(), Some(part.trim_end_matches('"').to_owned()))
            }
            None => Self::Failed(failure.to_owned(), None),
        }
    }

    fn is(&self, outcome: &Outcome) -> bool {
        match (self, outcome) {
            (Self::Returned(expected), Outcome::Returned { value }) => expected == value,
            (Self::Failed(reason, part), Outcome::Failed { failure }) => {
                json!(failure.reason) == json!(reason)
                    && part.as_ref().is_none_or(|part| failure.message.contains(part))
            }
            _ => false,
        }
    }
}

impl Script {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let gives = notes(&text, "Must give").next().unwrap_or_else(|| panic!("{name} gives?"));
        assert!(notes(&text, "Tries").count() == 1, "{name} says what it tries");
        let mut limits = serde_json::to_value(Limits::default()).unwrap();
        for (name, value) in notes(&text, "Limits")
            .flat_map(|line| line.split(' '))
            .map(|limit| limit.split_once('=').unwrap())
        {
            limits[name] = json!(value.parse::<u32>().unwrap());
        }
        Self {
            expected: gives.split(" or ").map(Expected::read).collect(),
            limits: serde_json::from_value(limits).unwrap(),
            name,
            text,
        }
    }

    /// Writes the package into `folder` and what lies beside it.
    fn lay_out(&self, folder: &Path) {
        let package = folder.join("package");
        let write = |root: &Path, path: &str, content: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        };
        let lines = |word| notes(&self.text, word).map(|line| line.split_once(' ').unwrap());
        write(&package, "index.js", &self.text);
        for (path, content) in lines("File") {
            write(&package, path, content);
        }
        for (path, content) in lines("Outside") {
            write(folder, path, content);
        }
        for path in notes(&self.text, "Node globals") {
            write(&package, path, NODE_GLOBALS);
        }
        for link in notes(&self.text, "Link") {
            let (path, target) = link.split_once(" -> ").unwrap();
            let path = package.join(path);
            let _ = fs::remove_file(&path);
            std::os::unix::fs::symlink(target, path).unwrap();
        }
    }
}

/// What the head of a script says after a word.
fn notes<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    text.lines()
        .map_while(|line| line.strip_prefix("// "))
        .filter_map(move |line| line.strip_prefix(word)?.strip_prefix(": "))
}

async fn call(pool: &Pool, package: &Path, parameters: Value, limits: Limits) -> CallReport {
    let label = "functions/build".to_owned();
    pool.call(CallRequest { package: package.to_owned(), label, parameters, limits }).await
}

/// What an innocent call sees in the worker that this package's last call ran in.
async fn probe(pool: &Pool, package: &Path) -> Value {
    let index = package.join("index.js");
    let _ = fs::remove_file(&index);
    fs::write(&index, PROBE).unwrap();
    match call(pool, package, json!({}), Limits::default()).await.outcome {
        Outcome::Returned { value } => value,
        Outcome::Failed { failure } => json!(failure.message),
    }
}

/// Runs one script and its probe; what is wrong.
async fn run(
    pool: &Pool,
    folder: &Path,
    script: &Script,
    server: &str,
    fresh: &Value,
) -> Vec<String> {
    let folder = folder.join(&script.name);
    script.lay_out(&folder);
    let package = folder.join("package");
    let parameters: Value = serde_json::from_str(&format!(
        r#"{{"server": "{server}", "proto": {{"__proto__": {{"admin": true}}, "constructor": {{"prototype": {{"admin": true}}}}}}}}"#
    ))
    .unwrap();
    let begin = Instant::now();
    let report = call(pool, &package, parameters, script.limits).await;
    let took = begin.elapsed();
    if std::env::var_os("HOSTILE_TIMES").is_some() {
        eprintln!("{:5} ms  {}", took.as_millis(), script.name);
    }
    let mut wrong = Vec::new();
    let told = |what: String| format!("{}: {what}", script.name);
    if !script.expected.iter().any(|expected| expected.is(&report.outcome)) {
        let outcome = serde_json::to_string(&report.outcome).unwrap();
        wrong.push(told(outcome.chars().take(600).collect()));
    }
    let all = Duration::from_millis(script.limits.time_ms.into()) + GRACE;
    if took > all {
        wrong.push(told(format!("took {took:?}")));
    }
    let logged: usize = report.log.iter().map(|line| line.text.len()).sum();
    if logged > script.limits.log_bytes as usize + 1_000 {
        wrong.push(told(format!("logged {logged} bytes")));
    }
    let seen = probe(pool, &package).await;
    if &seen != fresh {
        wrong.push(told(format!("the next call found {}", difference(fresh, &seen))));
    }
    wrong
}

/// The parts in which what was seen differs.
fn difference(fresh: &Value, seen: &Value) -> String {
    let (Some(fresh), Some(seen)) = (fresh.as_object(), seen.as_object()) else {
        return seen.to_string();
    };
    let parts = seen.iter().filter(|(name, value)| fresh.get(*name) != Some(*value));
    parts.map(|(name, value)| format!("{name}: {value:.400}; ")).collect()
}

#[tokio::test]
async fn hostile_scripts_give_what_they_must_and_leave_nothing() {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pool/hostile");
    let mut scripts: Vec<Script> =
        fs::read_dir(files).unwrap().map(|entry| Script::read(&entry.unwrap().path())).collect();
    assert!(scripts.len() >= 60);
    if let Ok(only) = std::env::var("HOSTILE") {
        scripts.retain(|script| script.name.contains(&only));
    }
    let world = World::with(|config| (config.workers, config.waiting) = (4, 8));
    let server = hostile_server::start();
    let blank = world.folder.path().join("blank");
    fs::create_dir(&blank).unwrap();
    let fresh = Arc::new(probe(&world.pool, &blank).await);
    assert!(fresh.is_object(), "{fresh}");
    let places = Arc::new(tokio::sync::Semaphore::new(4));
    let mut running = tokio::task::JoinSet::new();
    for script in scripts {
        let (pool, folder) = (world.pool.clone(), world.folder.path().to_owned());
        let (server, fresh, places) = (server.clone(), Arc::clone(&fresh), Arc::clone(&places));
        running.spawn(async move {
            // The time that a script takes is measured without its wait for a worker.
            let _place = places.acquire().await.unwrap();
            run(&pool, &folder, &script, &server, &fresh).await
        });
    }
    let wrong: Vec<String> = running.join_all().await.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
}
