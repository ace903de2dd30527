//! Writing a package and calling its function.

use std::fs;
use std::path::Path;

use engine::{CallReport, CallRequest, Failure, Limits, Outcome};
use serde_json::Value;
use tempfile::TempDir;

pub const LABEL: &str = "functions/build";

/// A package of these files.
pub fn package(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

pub fn call_at(folder: &Path, parameters: Value, limits: Limits) -> CallReport {
    let request =
        CallRequest { package: folder.to_path_buf(), label: LABEL.to_owned(), parameters, limits };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(engine::call(request, |_| {}))
}

pub fn call_files(files: &[(&str, &str)]) -> CallReport {
    let folder = package(files);
    call_at(folder.path(), serde_json::json!({}), Limits::default())
}

/// Calls a function that is one file.
pub fn call(source: &str) -> CallReport {
    call_files(&[("index.js", source)])
}

pub fn call_limited(source: &str, limits: Limits) -> CallReport {
    let folder = package(&[("index.js", source)]);
    call_at(folder.path(), serde_json::json!({}), limits)
}

/// The body of a handler.
pub fn run(body: &str) -> CallReport {
    call(&format!("exports.handler = async (parameters) => {{\n{body}\n}};"))
}

pub fn value(report: &CallReport) -> &Value {
    match &report.outcome {
        Outcome::Returned { value } => value,
        Outcome::Failed { failure } => panic!("the call failed: {failure:#?}\n{}", text(report)),
    }
}

pub fn failure(report: &CallReport) -> &Failure {
    match &report.outcome {
        Outcome::Failed { failure } => failure,
        Outcome::Returned { value } => panic!("the call returned {value}"),
    }
}

/// All that was logged.
pub fn text(report: &CallReport) -> String {
    report.log.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
}
