//! A pool of real workers and functions written on the spot.

use std::path::{Path, PathBuf};
use std::time::Duration;

use runner::{CallReport, CallRequest, Failure, FailureReason, Limits, Outcome, Pool, PoolConfig};
use serde_json::Value;
use tempfile::TempDir;

pub struct World {
    pub pool: Pool,
    pub folder: TempDir,
}

pub fn config(folder: &Path) -> PoolConfig {
    PoolConfig {
        program: PathBuf::from(env!("CARGO_BIN_EXE_script-worker")),
        workers: 2,
        temporary: Some(folder.to_owned()),
        ..PoolConfig::default()
    }
}

impl World {
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut PoolConfig)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config(folder.path());
        change(&mut config);
        Self { pool: Pool::new(config), folder }
    }

    /// A request for a function with this body; `p` holds the parameters.
    pub fn request(&self, body: &str, parameters: Value) -> CallRequest {
        request(self.folder.path(), body, parameters)
    }

    /// The same in the one package of this world: its worker is used again.
    pub fn request_again(&self, body: &str, parameters: Value) -> CallRequest {
        request_in(&self.folder.path().join("again"), body, parameters)
    }

    pub async fn call_again(&self, body: &str) -> CallReport {
        self.pool.call(self.request_again(body, Value::Null)).await
    }

    pub async fn call(&self, body: &str) -> CallReport {
        self.pool.call(self.request(body, Value::Null)).await
    }

    /// The process id of the one busy worker.
    pub async fn busy(&self) -> u32 {
        for _ in 0..500 {
            if let Some(worker) = self.pool.workers().iter().find(|w| w.busy && w.calls > 0) {
                return worker.pid;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("no call began");
    }
}

pub fn request(folder: &Path, body: &str, parameters: Value) -> CallRequest {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let name = format!("function-{}", NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    request_in(&folder.join(name), body, parameters)
}

fn request_in(package: &Path, body: &str, parameters: Value) -> CallRequest {
    std::fs::create_dir_all(package).unwrap();
    let code = format!("exports.handler = async (p) => {{ {body} }};");
    std::fs::write(package.join("index.js"), code).unwrap();
    let limits = Limits { time_ms: 20_000, ..Limits::default() };
    CallRequest { package: package.to_owned(), label: "functions/test".into(), parameters, limits }
}

pub fn returned(report: CallReport) -> Value {
    match report.outcome {
        Outcome::Returned { value } => value,
        Outcome::Failed { failure } => panic!("{failure:?}"),
    }
}

pub fn failed(report: &CallReport, reason: FailureReason) -> Failure {
    match &report.outcome {
        Outcome::Failed { failure } if failure.reason == reason => failure.clone(),
        other => panic!("expected {reason:?}: {other:?}"),
    }
}

pub fn signal(pid: u32, signal: &str) {
    assert!(
        std::process::Command::new("kill")
            .args([signal, &pid.to_string()])
            .status()
            .unwrap()
            .success()
    );
}

/// Whether the process is gone, or will be within two seconds. A zombie counts as gone.
pub async fn gone(pid: u32) -> bool {
    for _ in 0..200 {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"));
        if stat.map_or(true, |s| s.contains(") Z ")) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    false
}
