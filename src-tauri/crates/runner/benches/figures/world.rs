//! Packages to call, and pools that call them.

use std::path::{Path, PathBuf};

use runner::{CallReport, CallRequest, Limits, Outcome, Pool, PoolConfig};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The 5 KB function.
pub const FUNCTION: &str = include_str!("function.js");

/// What it is called with.
pub fn parameters(service: &str) -> Value {
    json!({
        "credential": { "oauth2": { "access_token": "token" } },
        "identity": { "unique_id": "1", "display_id": "ada@example.com" },
        "context": { "action_key": "sign", "assignees": [{ "name": "Ada", "email": "ada@example.com" }] },
        "input": { "envelope": "envelope-3", "message": "Please sign\nsoon" },
        "service": service,
    })
}

/// A package with this one file.
pub fn package(code: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.js"), code).unwrap();
    folder
}

pub fn request(package: &Path, parameters: &Value) -> CallRequest {
    CallRequest {
        package: package.to_path_buf(),
        label: "functions/build".into(),
        parameters: parameters.clone(),
        limits: Limits::default(),
    }
}

/// A pool whose workers are this program again.
pub fn pool(change: impl FnOnce(&mut PoolConfig)) -> Pool {
    let mut config = PoolConfig {
        program: PathBuf::from(env!("CARGO_BIN_EXE_script-worker")),
        ..PoolConfig::default()
    };
    change(&mut config);
    Pool::new(config)
}

/// What the call returned; one that failed ends the measurement.
pub fn returned(report: CallReport) -> Value {
    match report.outcome {
        Outcome::Returned { value } => value,
        Outcome::Failed { failure } => {
            eprintln!("the measured function failed: {failure:#?}");
            std::process::exit(1)
        }
    }
}

pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}
