//! The same call on a real Node, when there is one, to compare the bundled runtime with.
//!
//! Node runs the author's code with the rights of the user who started Stepsmith, less what its permission model takes
//! away where it has one: it may read the package and write to its temporary folder, and start no programs. HTTP answers
//! come from what the bundled runtime recorded (`replay.rs`), so the outside world sees each request once.

mod replay;

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use engine::{
    CallReport, CallRequest, Failure, FailureReason, HttpExchange, LogLevel, LogLine, Outcome,
    Timing,
};
use replay::Replay;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use tokio::time::timeout;

/// As it is looked for on the PATH.
const PROGRAM: &str = "node";

/// The program that loads the function in Node.
const HARNESS: &str = include_str!("node/harness.cjs");

/// How long Node may take to start, beside the call's own time.
const START: Duration = Duration::from_secs(5);

/// Bytes of Node's report.
const MAX_REPORT: u64 = 64 << 20;

/// A Node that can run functions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// As it names itself, such as `v20.20.2`.
    pub version: String,
    /// Its first two numbers.
    release: (u32, u32),
}

/// Why there is nothing to compare with.
#[derive(Debug, thiserror::Error)]
pub enum NodeError {
    /// No program of that name.
    #[error(
        "there is no `node` on the PATH, so there is nothing to compare with: install Node 20 or later, or go on without"
    )]
    Missing,
    /// It is there, and does not work or is too old.
    #[error("`node` on the PATH cannot be used to compare: {0}")]
    Unusable(String),
    /// It did not leave a report behind.
    #[error("Node did not finish the comparison: {0}")]
    Broken(String),
}

impl Node {
    /// The `node` on the PATH.
    ///
    /// # Errors
    /// There is none, or one before 18.
    pub async fn find() -> Result<Self, NodeError> {
        let asked = Command::new(PROGRAM)
            .arg("--version")
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .output();
        let output = match timeout(START, asked).await {
            Ok(Ok(output)) => output,
            Ok(Err(error)) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(NodeError::Missing);
            }
            Ok(Err(error)) => return Err(NodeError::Unusable(error.to_string())),
            Err(_) => return Err(NodeError::Unusable(format!("no answer within {START:?}"))),
        };
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        match release(&version) {
            Some(release @ (18.., _)) => Ok(Self { version, release }),
            Some(_) => Err(NodeError::Unusable(format!("it is {version}; 18 or later is needed"))),
            None => Err(NodeError::Unusable(format!("it calls itself {version:?}"))),
        }
    }

    /// Runs a call, answering its HTTP requests from `recorded`. The report's `http` holds what Node asked for; memory and
    /// code hash are not known.
    ///
    /// # Errors
    /// Node could not be started or left no report. What the function does wrong is in the report.
    pub async fn call(
        &self,
        request: &CallRequest,
        recorded: &[HttpExchange],
    ) -> Result<CallReport, NodeError> {
        let broken = |what: &dyn std::fmt::Display| NodeError::Broken(what.to_string());
        let package = request
            .package
            .canonicalize()
            .map_err(|error| broken(&format!("{}: {error}", request.package.display())))?;
        let folder = tempfile::Builder::new()
            .prefix("stepsmith-node-")
            .tempdir()
            .map_err(|error| broken(&format!("no temporary folder: {error}")))?;
        let home = folder.path().canonicalize().map_err(|error| broken(&error))?;
        let harness = home.join("harness.cjs");
        std::fs::write(&harness, HARNESS).map_err(|error| broken(&error))?;
        let report = home.join("report.json");
        let replay = Replay::start(recorded).await.map_err(|error| broken(&error))?;
        let task = json!({
            "entry": entry(&package),
            "parameters": request.parameters,
            "report": report,
            "http_port": replay.http_port,
            "https_port": replay.https_port,
            "log_bytes": request.limits.log_bytes,
        });

        let mut child = self
            .command(&package, &home)
            .arg(&harness)
            .spawn()
            .map_err(|error| NodeError::Unusable(error.to_string()))?;
        if let Some(mut input) = child.stdin.take() {
            // A Node that ends early says why below.
            let _ = input.write_all(task.to_string().as_bytes()).await;
        }
        let time = Duration::from_millis(request.limits.time_ms.into()) + START;
        let output = match timeout(time, child.wait_with_output()).await {
            Ok(output) => output.map_err(|error| broken(&error))?,
            Err(_) => {
                let seconds = f64::from(request.limits.time_ms) / 1000.0;
                let mut report = CallReport::without_run(Outcome::failed(
                    FailureReason::TimedOut,
                    format!("The function did not return within {seconds} seconds."),
                ));
                report.http = replay.asked();
                return Ok(report);
            }
        };
        let left = read_bounded(&report).map_err(|error| {
            let said = String::from_utf8_lossy(&output.stderr);
            let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("");
            broken(&format!("{} and left no report ({error}). {last}", output.status))
        })?;
        let left: Left = serde_json::from_str(&left)
            .map_err(|error| broken(&format!("its report cannot be read: {error}")))?;
        Ok(left.report(&Places { package: &package, label: &request.label }, replay.asked()))
    }

    fn command(&self, package: &Path, home: &Path) -> Command {
        let mut command = Command::new(PROGRAM);
        // The permission model warns that it is new; the function's log should not hold that.
        if self.release >= (20, 0) {
            command.arg(match self.release {
                (24.., _) => "--permission",
                _ => "--experimental-permission",
            });
            if self.release >= (20, 11) {
                command.arg("--disable-warning=ExperimentalWarning");
            }
            for readable in [package, home] {
                command.arg(format!("--allow-fs-read={}", with_content(readable)));
            }
            command.arg(format!("--allow-fs-write={}", with_content(home)));
        }
        command
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .env("TZ", "UTC")
            .env(if cfg!(windows) { "TEMP" } else { "TMPDIR" }, home)
            .current_dir(home)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }
}

/// The first two numbers of a version such as `v20.20.2`.
fn release(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// A folder and all that is in it, in the notation of Node's permission flags.
fn with_content(folder: &Path) -> String {
    format!("{}{}*", folder.display(), std::path::MAIN_SEPARATOR)
}

/// The file that production loads.
fn entry(package: &Path) -> PathBuf {
    let module = package.join("index.mjs");
    let common = package.join("index.js");
    if !common.exists() && module.exists() { module } else { common }
}

fn read_bounded(file: &Path) -> std::io::Result<String> {
    let length = std::fs::metadata(file)?.len();
    if length > MAX_REPORT {
        return Err(std::io::Error::other(format!("it has {length} bytes")));
    }
    std::fs::read_to_string(file)
}

/// What the harness writes.
#[derive(Deserialize)]
struct Left {
    log: Vec<LeftLine>,
    start_ms: f64,
    total_ms: f64,
    outcome: LeftOutcome,
}

#[derive(Deserialize)]
struct LeftLine {
    at_ms: f64,
    level: LogLevel,
    text: String,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum LeftOutcome {
    Returned { json: String },
    Failed { reason: FailureReason, message: String, stack: String },
}

impl Left {
    fn report(self, places: &Places<'_>, http: Vec<HttpExchange>) -> CallReport {
        let outcome = match self.outcome {
            LeftOutcome::Returned { json } => match serde_json::from_str::<Value>(&json) {
                Ok(value) => Outcome::Returned { value },
                Err(error) => Outcome::failed(FailureReason::Unserializable, error.to_string()),
            },
            LeftOutcome::Failed { reason, message, stack } => {
                let stack = places.named(&stack);
                let (file, line, column) = places.first(&stack);
                let message = places.named(&message);
                let failure = Failure { reason, message, stack, file, line, column };
                Outcome::Failed { failure }
            }
        };
        let line = |line: LeftLine| LogLine {
            at_ms: line.at_ms,
            level: line.level,
            text: places.named(&line.text),
            file: None,
            line: None,
            column: None,
        };
        CallReport {
            log: self.log.into_iter().map(line).collect(),
            http,
            timing: Timing {
                start_ms: self.start_ms,
                total_ms: self.total_ms,
                ..Timing::default()
            },
            ..CallReport::without_run(outcome)
        }
    }
}

/// How places in the package are called, here and there.
struct Places<'a> {
    package: &'a Path,
    label: &'a str,
}

impl Places<'_> {
    fn named(&self, text: &str) -> String {
        text.replace(&format!("file://{}", self.package.display()), self.label)
            .replace(&self.package.display().to_string(), self.label)
    }

    /// The first frame in the author's code: file, line, column.
    fn first(&self, stack: &str) -> (Option<String>, Option<u32>, Option<u32>) {
        let place = stack.lines().find_map(|line| {
            let at = line.find(&format!("{}/", self.label))?;
            let mut parts = line[at..].trim_end_matches(')').rsplitn(3, ':');
            let last = parts.next()?;
            let before = parts.next()?;
            match (parts.next(), before.parse::<u32>()) {
                (Some(file), Ok(number)) => {
                    Some((file.to_owned(), number, last.parse::<u32>().ok()))
                }
                // A syntax error names file and line alone.
                _ => Some((before.to_owned(), last.parse().ok()?, None)),
            }
        });
        match place {
            Some((file, line, column)) => (Some(file), Some(line), column),
            None => (None, None, None),
        }
    }
}
