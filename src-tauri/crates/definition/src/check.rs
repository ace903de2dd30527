//! What is wrong with an app's definition, and with the files beside it (contract chapters 2 and 3).
//!
//! Paths are those of app.json: `authentication.oauth2.get_token_request.queries[1].value`. The syntax of a function's code
//! is not looked at here.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::{App, Authentication, Diagnostic, FunctionKind, nearest};

mod answers;
mod authorization;
mod files;
mod oauth1;
mod oauth2;
mod place;
mod request;
mod template_text;

#[cfg(test)]
pub(crate) use request::placeholders;

/// Checks an app's definition. Empty = nothing to say.
pub fn check_app(app: &App) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    if app.name.trim().is_empty() {
        findings.push(
            Diagnostic::error("app.name.empty", "name", "the app has no name").expecting("a name"),
        );
    }
    unknown_fields(&app.unknown, "", &APP_FIELDS, &mut findings);
    actions(app, &mut findings);
    functions(app, &mut findings);
    authorization::check(&app.authentication, &mut findings);
    findings
}

/// Checks an authorization by itself, as it is being edited. Paths are those of [`check_app`].
pub fn check_authentication(authentication: &Authentication) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    authorization::check(authentication, &mut findings);
    findings
}

const APP_FIELDS: [&str; 11] = [
    "app_id",
    "name",
    "description",
    "category",
    "actions",
    "authentication",
    "identity_function",
    "build_function",
    "action_function",
    "redirect_function",
    "webhook_function",
];

fn actions(app: &App, findings: &mut Vec<Diagnostic>) {
    if app.actions.is_empty() {
        let message = "the app offers nothing: it has no actions";
        findings.push(
            Diagnostic::error("app.actions.empty", "actions", message)
                .expecting("at least one action"),
        );
    }
    for (index, action) in app.actions.iter().enumerate() {
        let path = format!("actions[{index}]");
        let place = format!("{path}.key");
        if action.key.trim().is_empty() {
            let message = "the action has no key, and functions could not tell which action they are called for";
            findings.push(
                Diagnostic::error("action.key.empty", place, message)
                    .expecting("a key such as `send_envelope`"),
            );
        } else if !action.key.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c)) {
            let message =
                format!("the key {:?} holds characters that are easily mistaken", action.key);
            let finding = Diagnostic::warning("action.key.characters", place, message);
            findings.push(finding.expecting("letters a to z, digits, `_`, `-` and `.`"));
        }
        if action.title.trim().is_empty() {
            let message = "the action has no title, which is what people choose it by";
            findings.push(
                Diagnostic::error("action.title.empty", format!("{path}.title"), message)
                    .expecting("a title"),
            );
        }
        unknown_fields(&action.unknown, &path, &["key", "title", "type"], findings);
    }
    for (index, first) in repeated(app.actions.iter().map(|action| action.key.as_str())) {
        let message =
            format!("the key {:?} is that of actions[{first}] already", app.actions[index].key);
        let finding =
            Diagnostic::error("action.key.duplicate", format!("actions[{index}].key"), message);
        findings.push(finding.expecting("a key that is unique in the app"));
    }
}

fn functions(app: &App, findings: &mut Vec<Diagnostic>) {
    for kind in FunctionKind::ALL {
        let field = format!("{kind}_function");
        match app.function(kind) {
            Some(config) => unknown_fields(&config.unknown, &field, &["by_zip"], findings),
            None if !kind.can_be_switched_off() => {
                let message = format!("the {kind} function is missing; every app has one");
                let finding = Diagnostic::error("function.missing", field, message);
                findings.push(finding.expecting("{\"by_zip\": false}"));
            }
            None => {}
        }
    }
}

/// A warning for each field that nobody knows; it stays in the file.
fn unknown_fields(
    unknown: &Map<String, Value>,
    path: &str,
    known: &[&str],
    findings: &mut Vec<Diagnostic>,
) {
    for name in unknown.keys() {
        let place = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let meant = nearest(name, known.iter().copied());
        let advice = meant.map_or_else(String::new, |meant| format!("; `{meant}` may be meant"));
        let message = format!("`{place}` is not known and is kept as it is{advice}");
        let finding = Diagnostic::warning("app.field.unknown", place, message);
        findings.push(finding.expecting(format!("one of {}", known.join(", "))).nearest_to(meant));
    }
}

/// Which of `keys` stood there before: index, index of the first. Empty ones do not count.
fn repeated<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<(usize, usize)> {
    let mut seen = HashMap::new();
    let filled = keys.enumerate().filter(|(_, key)| !key.trim().is_empty());
    filled
        .filter_map(|(index, key)| {
            let first = *seen.entry(key).or_insert(index);
            (first != index).then_some((index, first))
        })
        .collect()
}

#[cfg(test)]
mod tests;
