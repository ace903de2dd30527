//! Rules across the fields of what Build returns (contract chapter 6).

use serde_json::{Map, Value};

use super::schema::{Findings, one_of};
use super::{form, variables};
use crate::{ActionType, Diagnostic};

/// What ends the loop, or keeps it going.
const OUTCOMES: [&str; 4] = ["form", "action", "automation", "await"];

/// Checks Build's `output`.
pub(super) fn check(
    output: &Map<String, Value>,
    action_type: Option<ActionType>,
    findings: &mut Findings,
) {
    outcome(output, action_type, findings);
    if let Some(form) = output.get("form") {
        form::check(form, "output.form", findings);
    } else if output.contains_key("no_more_forms") {
        let message = "`no_more_forms` says something about a form, and there is none";
        let finding = Diagnostic::warning("build.no_more_forms", "output.no_more_forms", message);
        findings.add(finding.expecting("`no_more_forms` only beside `form`"));
    }
    if let Some(steps) =
        output.get("action").and_then(|action| action.get("steps")).and_then(Value::as_array)
    {
        for (index, step) in steps.iter().enumerate() {
            assignee(step, &format!("output.action.steps[{index}].assignee"), findings);
        }
    }
    if let Some(declared) = output.get("variables").and_then(Value::as_array) {
        variables::declared(declared, action_type, findings);
    }
}

fn outcome(output: &Map<String, Value>, action_type: Option<ActionType>, findings: &mut Findings) {
    let found: Vec<&str> = OUTCOMES.into_iter().filter(|name| output.contains_key(*name)).collect();
    let has_variables = output.contains_key("variables");
    let fitting = action_type.map(outcome_of);
    match found[..] {
        [] => {
            let enough = has_variables && matches!(fitting, None | Some(None));
            if !enough {
                let expected = match fitting {
                    None => one_of(OUTCOMES.into_iter()),
                    Some(None) => "\"form\" or \"variables\"".to_owned(),
                    Some(Some(name)) => format!("\"form\" or \"{name}\""),
                };
                let message = "`output` neither asks (`form`) nor describes the step";
                findings.add(
                    Diagnostic::error("build.outcome.none", "output", message).expecting(expected),
                );
            }
        }
        [name] => {
            if let (Some(fitting), Some(action_type), true) = (fitting, action_type, name != "form")
                && fitting != Some(name)
            {
                let kind = type_word(action_type);
                let message = format!("`{name}` does not fit the action, whose type is {kind}");
                let expected =
                    fitting.map_or("only `variables`".to_owned(), |fitting| format!("`{fitting}`"));
                let place = format!("output.{name}");
                findings.add(
                    Diagnostic::error("build.outcome.kind", place, message).expecting(expected),
                );
            } else if has_variables && matches!(name, "form" | "action") {
                let message = format!("`variables` does not stand beside `{name}`");
                let finding =
                    Diagnostic::error("build.variables.place", "output.variables", message);
                findings.add(finding.expecting(
                    "`variables` beside `automation` or `await`, or alone for a trigger",
                ));
            }
        }
        _ => {
            let message = format!("`output` holds {} at once", found.join(" and "));
            let finding = Diagnostic::error("build.outcome.several", "output", message);
            findings
                .add(finding.expecting(format!("exactly one of {}", one_of(OUTCOMES.into_iter()))));
        }
    }
}

/// What describes a step of this type; `None` = its variables alone.
fn outcome_of(action_type: ActionType) -> Option<&'static str> {
    match action_type {
        ActionType::Action => Some("action"),
        ActionType::Automation => Some("automation"),
        ActionType::Await => Some("await"),
        ActionType::Trigger => None,
    }
}

/// The type's word in messages.
pub(super) fn type_word(action_type: ActionType) -> &'static str {
    outcome_of(action_type).unwrap_or("trigger")
}

fn assignee(step: &Value, path: &str, findings: &mut Findings) {
    let Some(assignee) = step.get("assignee").and_then(Value::as_object) else { return };
    let message = match (assignee.contains_key("user"), assignee.contains_key("role")) {
        (true, true) => "the assignee is a user and a role at once",
        (false, false) => "the assignee is neither a user nor a role",
        _ => return,
    };
    let finding = Diagnostic::error("build.assignee", path, message);
    findings.add(finding.expecting("{\"user\": {\"id\": …}} or {\"role\": {\"id\": …}}"));
}
