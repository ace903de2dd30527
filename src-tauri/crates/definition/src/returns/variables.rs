//! Variables: declared by Build, given their values by Action (contract chapters 6 and 8).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::keys::duplicates;
use super::schema::{Findings, shown};
use crate::{ActionType, Diagnostic, nearest};

/// A variable that the step will provide to later steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeclaredVariable {
    /// Its name.
    pub key: String,
    /// What people read.
    pub label: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub variable_type: VariableType,
}

/// What a variable holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VariableType {
    /// A text.
    #[default]
    String,
    /// Files.
    File,
}

/// The variables that Build's return value declares; what is no variable is passed over.
pub fn declared_variables(build_return: &Value) -> Vec<DeclaredVariable> {
    let output = build_return.get("output").unwrap_or(build_return);
    let Some(variables) = output.get("variables").and_then(Value::as_array) else {
        return Vec::new();
    };
    let read = |variable: &Value| {
        let text = |name: &str| variable.get(name).and_then(Value::as_str).map(str::to_owned);
        let key = text("key")?;
        let label = text("label").unwrap_or_else(|| key.clone());
        let kind = variable.get("type").and_then(|kind| serde_json::from_value(kind.clone()).ok());
        Some(DeclaredVariable { key, label, variable_type: kind.unwrap_or_default() })
    };
    variables.iter().filter_map(read).collect()
}

/// Rules for the declarations.
pub(super) fn declared(
    variables: &[Value],
    action_type: Option<ActionType>,
    findings: &mut Findings,
) {
    unique(variables, "output.variables", findings);
    for (index, variable) in
        variables.iter().enumerate().filter(|(_, variable)| variable.is_object())
    {
        for field in ["id", "sample_value"] {
            let place = format!("output.variables[{index}].{field}");
            match (variable.get(field).is_some(), action_type) {
                (false, Some(ActionType::Trigger)) => {
                    let message = format!("`{field}` is missing: a trigger's variables carry it");
                    let finding = Diagnostic::error("build.variables.trigger", place, message);
                    findings.add(finding.expecting(
                        "`id` (the service's name and the record's id) and `sample_value`",
                    ));
                }
                (true, Some(ActionType::Action | ActionType::Automation | ActionType::Await)) => {
                    let message = format!("`{field}` is read from a trigger's variables only");
                    findings.add(Diagnostic::warning(
                        "build.variables.not_trigger",
                        place,
                        message,
                    ));
                }
                _ => {}
            }
        }
    }
}

/// Rules for the values in `output.variables` of Action, Redirect and Webhook.
pub(super) fn values(
    variables: &[Value],
    declared: Option<&[DeclaredVariable]>,
    path: &str,
    findings: &mut Findings,
) {
    unique(variables, path, findings);
    for (index, variable) in
        variables.iter().enumerate().filter(|(_, variable)| variable.is_object())
    {
        let place = format!("{path}[{index}]");
        let holds = match (variable.get("value").is_some(), variable.get("files").is_some()) {
            (true, false) => VariableType::String,
            (false, true) => VariableType::File,
            (both, _) => {
                let message = if both {
                    "the variable has both `value` and `files`"
                } else {
                    "the variable has no value"
                };
                findings.add(
                    Diagnostic::error("variables.value", place, message)
                        .expecting("either `value` or `files`"),
                );
                continue;
            }
        };
        if let Some(declaration) = declaration(variable, declared, &place, findings)
            && declaration.variable_type != holds
        {
            let (field, expected) = match declaration.variable_type {
                VariableType::String => ("files", "`value`, for Build declared it as \"string\""),
                VariableType::File => ("value", "`files`, for Build declared it as \"file\""),
            };
            let message =
                format!("`{field}` does not fit the variable {}", shown(&declaration.key));
            let finding = Diagnostic::error("variables.kind", format!("{place}.{field}"), message);
            findings.add(finding.expecting(expected));
        }
    }
}

/// Rules for `output.variable_groups` of a trigger.
pub(super) fn groups(
    groups: &[Value],
    declared: Option<&[DeclaredVariable]>,
    findings: &mut Findings,
) {
    for (index, group) in groups.iter().enumerate() {
        let path = format!("output.variable_groups[{index}].variables");
        let Some(variables) = group.get("variables").and_then(Value::as_array) else { continue };
        unique(variables, &path, findings);
        for (index, variable) in variables.iter().enumerate() {
            let place = format!("{path}[{index}]");
            let Some(declaration) = declaration(variable, declared, &place, findings) else {
                continue;
            };
            let given = variable
                .get("type")
                .and_then(|kind| serde_json::from_value::<VariableType>(kind.clone()).ok());
            if given.is_some_and(|given| given != declaration.variable_type) {
                let message = format!(
                    "the type is not the one that Build declared for {}",
                    shown(&declaration.key)
                );
                findings.add(Diagnostic::error("variables.kind", format!("{place}.type"), message));
            }
        }
    }
}

fn declaration<'a>(
    variable: &Value,
    declared: Option<&'a [DeclaredVariable]>,
    place: &str,
    findings: &mut Findings,
) -> Option<&'a DeclaredVariable> {
    let declared = declared?;
    let key = variable.get("key").and_then(Value::as_str)?;
    let found = declared.iter().find(|declaration| declaration.key == key);
    if found.is_none() {
        let known = || declared.iter().map(|declaration| declaration.key.as_str());
        let message = format!("Build never declared the variable {}", shown(key));
        let expected = if declared.is_empty() {
            "no variables: Build declared none".to_owned()
        } else {
            format!("one of Build's variables: {}", known().collect::<Vec<_>>().join(", "))
        };
        let finding = Diagnostic::error("variables.undeclared", format!("{place}.key"), message);
        findings.add(finding.expecting(expected).nearest_to(nearest(key, known())));
    }
    found
}

fn unique(variables: &[Value], path: &str, findings: &mut Findings) {
    for (index, key, first) in duplicates(variables, "key") {
        let message = format!("the key {} is used by `{path}[{first}]` already", shown(key));
        let finding =
            Diagnostic::error("variables.key.duplicate", format!("{path}[{index}].key"), message);
        findings.add(finding.expecting("a key that is unique among the variables"));
    }
}
