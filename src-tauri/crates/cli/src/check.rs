//! `stepsmith check`.

use api::Api;
use api::types::{AppRef, AppView, Diagnostic, OpenApp, Severity};
use serde_json::json;

use crate::output::{Output, finding};
use crate::{Ending, command_of};

/// Prints what is wrong with an app's files; ends negatively when something is an error.
pub async fn check(api: &Api, output: &Output, path: &str) -> Result<(), Ending> {
    let view: AppView = command_of(api, "open_app", &OpenApp { path: path.to_owned() }).await?;
    let findings: Vec<Diagnostic> = command_of(api, "check_app", &AppRef { app: view.id }).await?;
    output.say(&json!({ "diagnostics": findings }), || {
        if findings.is_empty() {
            "no findings".to_owned()
        } else {
            findings.iter().map(finding).collect::<Vec<_>>().join("\n")
        }
    });
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        Err(Ending::Negative)
    } else {
        Ok(())
    }
}
