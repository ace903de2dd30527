//! Rules across the fields of what Action, Redirect and Webhook return (contract chapters 8 to 10).

use serde_json::{Map, Value};

use super::build::type_word;
use super::schema::Findings;
use super::{DeclaredVariable, form, variables};
use crate::{ActionType, Diagnostic, FunctionKind};

use ActionType::{Action, Automation, Await, Trigger};

/// Which fields of `output` are for which types of action; the others are for all.
const FOR: [(&str, &[ActionType]); 8] = [
    ("message", &[Automation]),
    ("events", &[Action]),
    ("form", &[Action]),
    ("no_more_forms", &[Action]),
    ("retry", &[Automation, Await, Trigger]),
    ("variables", &[Automation, Await]),
    ("state", &[Trigger]),
    ("variable_groups", &[Trigger]),
];

/// Checks the `output` of Action, Redirect or Webhook.
pub(super) fn check(
    kind: FunctionKind,
    output: &Map<String, Value>,
    action_type: Option<ActionType>,
    declared: &[DeclaredVariable],
    findings: &mut Findings,
) {
    let fits = |name: &str| {
        let wanted = FOR.iter().find(|(field, _)| *field == name).map(|(_, types)| *types);
        action_type
            .is_none_or(|action_type| wanted.is_none_or(|types| types.contains(&action_type)))
    };
    if let Some(action_type) = action_type {
        for (name, types) in
            FOR.iter().filter(|(name, _)| output.contains_key(*name) && !fits(name))
        {
            let message =
                format!("`{name}` is not read: the action's type is {}", type_word(action_type));
            let types: Vec<&str> = types.iter().map(|wanted| type_word(*wanted)).collect();
            let finding =
                Diagnostic::error("action.not_for_type", format!("output.{name}"), message);
            findings.add(finding.expecting(format!("`{name}` only for {}", types.join(", "))));
        }
    }
    // A field that does not belong here at all has been told about; its inside does not matter.
    let list = |name: &str| output.get(name).filter(|_| fits(name)).and_then(Value::as_array);
    if let Some(form) = output.get("form").filter(|_| fits("form")) {
        form::check(form, "output.form", findings);
    }
    together(output, &fits, findings);
    // Without the action nothing is known of its step, and so nothing of what its Build declared.
    let declared = action_type.map(|_| declared);
    if let Some(values) = list("variables") {
        variables::values(values, declared, "output.variables", findings);
    }
    if let Some(groups) = list("variable_groups") {
        variables::groups(groups, declared, findings);
    }
    if matches!(kind, FunctionKind::Redirect | FunctionKind::Webhook)
        && let Some(events) = list("events")
    {
        for (index, event) in events.iter().enumerate() {
            if event.get("type").and_then(Value::as_str) == Some("open_url") {
                let message =
                    format!("the {kind} function cannot open a page: nobody is waiting for one");
                let finding = Diagnostic::error(
                    "callback.open_url",
                    format!("output.events[{index}].type"),
                    message,
                );
                findings.add(finding.expecting("\"send_message\" or \"upload_attachment\""));
            }
        }
    }
}

/// What cannot be meant at the same time.
fn together(output: &Map<String, Value>, fits: &impl Fn(&str) -> bool, findings: &mut Findings) {
    let has = |name: &str| output.contains_key(name) && fits(name);
    if has("status") {
        for (name, rule) in
            [("retry", "action.retry.with_status"), ("form", "action.form.with_status")]
        {
            if has(name) {
                let message = format!("`status` decides the step, so `{name}` comes to nothing");
                let finding = Diagnostic::warning(rule, format!("output.{name}"), message);
                findings.add(finding.expecting(format!("either `status` or `{name}`")));
            }
        }
    } else if has("message") {
        let message = "`message` is shown with the status, and there is no `status`";
        let finding =
            Diagnostic::warning("action.message.without_status", "output.message", message);
        findings.add(finding.expecting("`status` beside `message`"));
    }
}
