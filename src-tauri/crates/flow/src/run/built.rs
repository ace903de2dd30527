//! `output` of Build, read leniently (contract chapter 6).

use definition::ActionType;
use serde_json::{Map, Value};

use super::event::Assignee;
use super::outcome::form;
use super::process::{Button, Step, StepAssignee};
use crate::returned::{get, kind, optional_list, optional_object, optional_text, required_text};

/// What Build wants.
pub(super) enum Built {
    Form {
        inputs: Vec<Value>,
        no_more_forms: bool,
    },
    Step {
        title: Option<String>,
        description: Option<String>,
        steps: Vec<Step>,
        variables: Vec<Value>,
    },
}

/// The result field of an action type; a trigger has none.
fn result_field(action_type: ActionType) -> Option<&'static str> {
    match action_type {
        ActionType::Action => Some("action"),
        ActionType::Automation => Some("automation"),
        ActionType::Await => Some("await"),
        ActionType::Trigger => None,
    }
}

/// Reads `output`.
///
/// # Errors
/// A sentence with the path of what cannot be used and what was expected.
pub(super) fn read(
    action_type: ActionType,
    assignees: &[Assignee],
    output: &Map<String, Value>,
) -> Result<Built, String> {
    let results: Vec<&str> = ["form", "action", "automation", "await"]
        .into_iter()
        .filter(|name| get(output, name).is_some())
        .collect();
    let wanted = result_field(action_type);
    let expected = || format!("output.form or output.{}", wanted.unwrap_or("variables"));
    match results.as_slice() {
        [] if wanted.is_none() && get(output, "variables").is_some() => {
            let steps = vec![Step::default()];
            Ok(Built::Step { title: None, description: None, steps, variables: variables(output)? })
        }
        [] => Err(format!("output holds no result; expected {}", expected())),
        ["form"] => form(output)?
            .map(|(inputs, no_more_forms)| Built::Form { inputs, no_more_forms })
            .ok_or_else(|| "output.form is missing".to_owned()),
        [one] if Some(*one) == wanted => {
            let Some(result) = optional_object(output, one, "output")? else {
                return Err(format!("output.{one} is missing"));
            };
            let path = format!("output.{one}");
            let description = optional_text(result, "description", &path)?;
            if action_type == ActionType::Action {
                let title = Some(required_text(result, "title", &path)?);
                Ok(Built::Step {
                    title,
                    description,
                    steps: steps(result, assignees)?,
                    variables: Vec::new(),
                })
            } else {
                let steps = vec![Step::default()];
                Ok(Built::Step { title: None, description, steps, variables: variables(output)? })
            }
        }
        [one] => Err(format!(
            "output.{one} does not fit the type of this action; expected {}",
            expected()
        )),
        several => Err(format!(
            "output holds {} at once; expected exactly one of them",
            several.join(" and ")
        )),
    }
}

fn variables(output: &Map<String, Value>) -> Result<Vec<Value>, String> {
    let mut found = Vec::new();
    for (index, variable) in
        optional_list(output, "variables", "output")?.into_iter().flatten().enumerate()
    {
        let path = format!("output.variables[{index}]");
        let Value::Object(object) = variable else {
            return Err(format!("{path} is {}; expected {{ key, label, type }}", kind(variable)));
        };
        required_text(object, "key", &path)?;
        found.push(variable.clone());
    }
    Ok(found)
}

fn steps(action: &Map<String, Value>, assignees: &[Assignee]) -> Result<Vec<Step>, String> {
    let Some(list) =
        optional_list(action, "steps", "output.action")?.filter(|list| !list.is_empty())
    else {
        return Err(
            "output.action.steps is missing or empty; expected at least one step".to_owned()
        );
    };
    let mut steps = Vec::with_capacity(list.len());
    for (index, value) in list.iter().enumerate() {
        let path = format!("output.action.steps[{index}]");
        let Value::Object(object) = value else {
            return Err(format!("{path} is {}; expected {{ assignee, buttons }}", kind(value)));
        };
        let order_number = match get(object, "order_number") {
            None => None,
            Some(Value::Number(number)) => number.as_f64(),
            Some(other) => {
                return Err(format!("{path}.order_number is {}; expected a number", kind(other)));
            }
        };
        let assignee = Some(assignee(object, assignees, &path)?);
        steps.push(Step {
            assignee,
            buttons: buttons(object, &path)?,
            order_number,
            ..Step::default()
        });
    }
    Ok(steps)
}

fn assignee(
    step: &Map<String, Value>,
    assignees: &[Assignee],
    path: &str,
) -> Result<StepAssignee, String> {
    let path = format!("{path}.assignee");
    let expected = "expected { user: { id } } or { role: { id } }";
    let Some(Value::Object(object)) = get(step, "assignee") else {
        return Err(format!("{path} is missing or no object; {expected}"));
    };
    if let Some(user) = optional_object(object, "user", &path)? {
        let id = required_text(user, "id", &format!("{path}.user"))?;
        let name = assignees.iter().find_map(|known| match known {
            Assignee::User(user) if user.id == id => Some(user.name.clone()),
            _ => None,
        });
        return Ok(StepAssignee::User { name: name.unwrap_or_else(|| id.clone()), id });
    }
    if let Some(role) = optional_object(object, "role", &path)? {
        return Ok(StepAssignee::Role { id: required_text(role, "id", &format!("{path}.role"))? });
    }
    Err(format!("{path} names nobody; {expected}"))
}

fn buttons(step: &Map<String, Value>, path: &str) -> Result<Vec<Button>, String> {
    let Some(list) = optional_list(step, "buttons", path)?.filter(|list| !list.is_empty()) else {
        return Err(format!(
            "{path}.buttons is missing or empty; without a button nobody can trigger the step"
        ));
    };
    let mut buttons = Vec::with_capacity(list.len());
    for (index, value) in list.iter().enumerate() {
        let path = format!("{path}.buttons[{index}]");
        let Value::Object(object) = value else {
            return Err(format!("{path} is {}; expected {{ title }}", kind(value)));
        };
        buttons.push(Button {
            title: required_text(object, "title", &path)?,
            style: optional_text(object, "style", &path)?.unwrap_or_else(|| "default".to_owned()),
            input: optional_object(object, "input", &path)?.cloned().unwrap_or_default(),
        });
    }
    Ok(buttons)
}
