//! What is printed: text for people, or JSON for programs.

use std::io::Write as _;

use api::types::{CallView, Comparison, Diagnostic, FlowRunView, Severity};
use api::word;
use runner::Outcome;
use serde_json::{Value, json};

/// How to print.
pub struct Output {
    /// For programs.
    pub json: bool,
}

impl Output {
    /// One answer in both forms.
    pub fn say(&self, value: &Value, text: impl FnOnce() -> String) {
        let text = if self.json { value.to_string() } else { text() };
        // Whoever reads may have gone: then there is nobody left to tell.
        let _ = writeln!(std::io::stdout(), "{text}");
    }

    /// A call.
    pub fn call(&self, view: &CallView) {
        self.say(&json!(view), || {
            let mut lines = Vec::new();
            for line in &view.report.log {
                lines.push(format!(
                    "{:>8.1} ms  {:<5} {}",
                    line.at_ms,
                    word(&line.level),
                    line.text
                ));
            }
            for exchange in &view.report.http {
                let answer = exchange.status.map_or_else(
                    || exchange.error.clone().unwrap_or_default(),
                    |status| status.to_string(),
                );
                lines.push(format!(
                    "{:>8.1} ms  {} {} → {answer}",
                    exchange.at_ms, exchange.method, exchange.url
                ));
            }
            match &view.report.outcome {
                Outcome::Returned { value } => {
                    lines.push(serde_json::to_string_pretty(value).unwrap_or_default())
                }
                Outcome::Failed { failure } => {
                    let stack =
                        if failure.stack.is_empty() { &failure.message } else { &failure.stack };
                    lines.push(stack.clone());
                }
            }
            lines.extend(view.met_limit.iter().map(|met| met.change.clone()));
            lines.extend(view.diagnostics.iter().map(finding));
            lines.push(format!(
                "{:.1} ms, code {}",
                view.report.timing.total_ms, view.report.code_hash
            ));
            lines.join("\n")
        });
    }

    /// A call that ran twice.
    pub fn comparison(&self, comparison: &Comparison) {
        self.say(&json!(comparison), || {
            let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "(none)".to_owned());
            let mut lines = Vec::new();
            for one in &comparison.differences {
                lines.push(format!("{} {}", word(&one.part), one.place).trim_end().to_owned());
                lines.push(format!("  here  {}", side(&one.here)));
                lines.push(format!("  node  {}", side(&one.node)));
            }
            lines.extend(comparison.notes.iter().map(|note| format!("note: {note}")));
            lines.push(match comparison.differences.len() {
                0 => format!(
                    "No difference between the bundled runtime and Node {}: output, log, requests and errors agree.",
                    comparison.node_version
                ),
                1 => format!("1 difference from Node {}.", comparison.node_version),
                count => format!("{count} differences from Node {}.", comparison.node_version),
            });
            lines.join("\n")
        });
    }

    /// A flow's timeline and end.
    pub fn flow(&self, status: &str, run: &FlowRunView) {
        self.say(&json!({ "status": status, "run": run }), || {
            let begin = run.messages.first().map_or(0, |message| message.at);
            let mut lines = Vec::new();
            for message in &run.messages {
                let kind = word(&message.kind);
                let arrow = match kind.as_str() {
                    "reply" => "-->",
                    "line" => "--",
                    _ => "->",
                };
                let mark = if message.failed { "  FAILED" } else { "" };
                let (from, to) = (message.from.title(), message.to.title());
                let time = message.at - begin;
                lines.push(match kind.as_str() {
                    "note" => format!("{time:>6} ms  ({from}) {}{mark}", message.label),
                    _ => format!("{time:>6} ms  {from} {arrow} {to}: {}{mark}", message.label),
                });
            }
            if let Some(problem) = &run.view.problem {
                lines.push(format!("{}: {}", problem.title, problem.description));
            }
            if let Some(error) = &run.error {
                lines.push(format!("{}: {}", error.title, error.description));
            }
            lines.push(format!("status: {status}"));
            lines.join("\n")
        });
    }
}

/// A finding in one line: place, what is wrong, what was expected.
pub fn finding(finding: &Diagnostic) -> String {
    let mut text = finding.file.clone().unwrap_or_default();
    for number in [finding.line, finding.column].into_iter().flatten() {
        text.push_str(&format!(":{number}"));
    }
    if !finding.path.is_empty() {
        text.push_str(&format!(" {}", finding.path));
    }
    let severity = if finding.severity == Severity::Error { "error" } else { "warning" };
    text.push_str(&format!(" {severity}: {}", finding.message));
    if let Some(expected) = &finding.expected {
        text.push_str(&format!(" (expected: {expected})"));
    }
    if let Some(nearest) = &finding.nearest {
        text.push_str(&format!(" (did you mean {nearest}?)"));
    }
    text.trim_start().to_owned()
}
