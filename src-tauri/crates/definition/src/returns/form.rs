//! Rules across the fields of a form (contract chapter 7).

use serde_json::Value;

use super::keys::duplicates;
use super::schema::{Findings, shown};
use crate::Diagnostic;

/// Checks the list `form` that stands at `path`.
pub(super) fn check(form: &Value, path: &str, findings: &mut Findings) {
    let Some(inputs) = form.as_array() else { return };
    for (index, key, first) in duplicates(inputs, "key") {
        let message = format!("the key {} is used by `{path}[{first}]` already", shown(key));
        let finding =
            Diagnostic::error("form.key.duplicate", format!("{path}[{index}].key"), message);
        findings.add(finding.expecting("a key that is unique in the form"));
    }
    for (index, input) in inputs.iter().enumerate() {
        let path = format!("{path}[{index}]");
        match input.get("type").and_then(Value::as_str) {
            Some("heading") => heading(input, &path, findings),
            Some("select" | "multi-select") => options(input, &path, findings),
            _ => {}
        }
    }
}

fn heading(input: &Value, path: &str, findings: &mut Findings) {
    let props = input.get("props");
    let says = |name: &str| props.and_then(|props| props.get(name)).is_some();
    if props.is_none_or(Value::is_object) && !says("title") && !says("description") {
        let message = "the heading says nothing: it has neither a title nor a description";
        let finding = Diagnostic::error("form.heading.empty", format!("{path}.props"), message);
        findings.add(finding.expecting("`title`, `description` or both"));
    }
}

fn options(input: &Value, path: &str, findings: &mut Findings) {
    let Some(options) =
        input.get("props").and_then(|props| props.get("options")).and_then(Value::as_array)
    else {
        return;
    };
    for (index, value, first) in duplicates(options, "value") {
        let place = format!("{path}.props.options[{index}].value");
        let message = format!(
            "the value {} is that of option {first} already: the two cannot be told apart",
            shown(value)
        );
        findings.add(
            Diagnostic::error("form.option.duplicate", place, message)
                .expecting("a value of its own"),
        );
    }
    let offered = |value: &Value| options.iter().any(|option| option.get("value") == Some(value));
    let mut check = |value: &Value, place: String| {
        if let Some(text) = value.as_str().filter(|_| !offered(value)) {
            let message = format!("{} is none of the options", shown(text));
            findings.add(
                Diagnostic::error("form.default.option", place, message)
                    .expecting("the value of an option"),
            );
        }
    };
    match input.get("default") {
        Some(Value::Array(values)) => {
            for (index, value) in values.iter().enumerate() {
                check(value, format!("{path}.default[{index}]"));
            }
        }
        Some(value) => check(value, format!("{path}.default")),
        None => {}
    }
}
