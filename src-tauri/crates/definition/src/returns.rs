//! Whether what a function returned fits the contract (chapters 4 to 11).
//!
//! What each object may hold stands in tables; the rules across fields stand beside them, one file a chapter. Every rule
//! has an example and a counter-example in `returns/examples.json`, which the tests run.

use serde_json::{Map, Value};

use crate::{ActionType, Diagnostic, FunctionKind};

mod action;
mod build;
mod form;
mod form_tables;
mod keys;
mod schema;
mod tables;
mod variables;

#[cfg(test)]
mod examples;

pub use variables::{DeclaredVariable, VariableType, declared_variables};

use schema::{Findings, Shape, kind_of, walk};

/// The names of all rules for return values, each with what it is about.
pub const RULES: &[(&str, &str)] = &[
    ("return.not_object", "a function returns an object"),
    ("return.nothing", "an object with none of output, error, directive says nothing"),
    ("return.output_forgotten", "what is returned stands in `output`"),
    ("return.several", "output, error and directive are alternatives"),
    ("field.missing", "a required field is there"),
    ("field.type", "a field has its type"),
    ("field.empty", "a key, an id or a list that must hold something does"),
    ("field.format", "a number, a date, a time or a URL has its format"),
    ("field.choice", "a word is one of the known ones"),
    ("field.range", "a number is within its bounds"),
    ("field.unknown", "a field is known"),
    ("field.renamed", "an old name is not read"),
    ("field.misplaced", "a field stands where it is read"),
    ("callback.token.missing", "Redirect and Webhook name the run"),
    ("callback.not_read", "only Redirect and Webhook return a callback"),
    ("callback.open_url", "Redirect and Webhook open no page"),
    ("build.outcome.several", "exactly one of form, action, automation, await"),
    ("build.outcome.none", "Build asks or describes the step"),
    ("build.outcome.kind", "the result fits the action's type"),
    ("build.no_more_forms", "no_more_forms stands beside a form"),
    ("build.assignee", "an assignee is a user or a role"),
    ("build.variables.place", "variables stand beside automation or await, or alone"),
    ("build.variables.trigger", "a trigger's variables carry id and sample_value"),
    ("build.variables.not_trigger", "other variables carry neither"),
    ("form.key.duplicate", "keys are unique in a form"),
    ("form.heading.empty", "a heading has a title or a description"),
    ("form.option.duplicate", "the values of options differ"),
    ("form.default.option", "a default is one of the options"),
    ("action.not_for_type", "a field fits the action's type"),
    ("action.retry.with_status", "a decided step is not tried again"),
    ("action.form.with_status", "a decided step asks nobody"),
    ("action.message.without_status", "a message goes with a status"),
    ("variables.undeclared", "Build declared the variable"),
    ("variables.kind", "a variable holds what Build declared"),
    ("variables.value", "a variable has either value or files"),
    ("variables.key.duplicate", "keys are unique among variables"),
];

/// Checks what a function returned. Empty = it fits.
///
/// `action_type` is that of the action the call was for; with `None` nothing is known of it, and the rules that depend on
/// the type, and on what Build declared, are left out. `declared_variables` are those of the step's Build
/// ([`declared_variables`]). Paths begin at the whole return value: `output.form[2].key`.
pub fn check_return(
    kind: FunctionKind,
    action_type: Option<ActionType>,
    declared_variables: &[DeclaredVariable],
    value: &Value,
) -> Vec<Diagnostic> {
    let mut findings = Findings::default();
    let Some(whole) = value.as_object() else {
        let message = format!("the {kind} function returned {}, not an object", kind_of(value));
        let finding = Diagnostic::error("return.not_object", "", message);
        return vec![finding.expecting("an object with `output`, `error` or `directive`")];
    };
    if let Some(finding) = output_forgotten(kind, whole) {
        return vec![finding];
    }
    walk(value, &Shape::Object(tables::whole(kind)), "", &mut findings);
    alternatives(kind, whole, &mut findings);
    callback(kind, whole, &mut findings);
    if let Some(output) = whole.get("output").and_then(Value::as_object) {
        match kind {
            FunctionKind::Identity => {}
            FunctionKind::Build => build::check(output, action_type, &mut findings),
            FunctionKind::Action | FunctionKind::Redirect | FunctionKind::Webhook => {
                action::check(kind, output, action_type, declared_variables, &mut findings);
            }
        }
    }
    findings.0
}

fn output_forgotten(kind: FunctionKind, whole: &Map<String, Value>) -> Option<Diagnostic> {
    if ["output", "error", "directive"].iter().any(|name| whole.contains_key(*name)) {
        return None;
    }
    let known = tables::output_fields(kind).iter().map(|field| field.name);
    let outside: Vec<&str> = known.filter(|name| whole.contains_key(*name)).collect();
    let first = outside.first()?;
    let message =
        format!("`{}` stands outside of `output`, which is forgotten", outside.join("`, `"));
    let finding = Diagnostic::error("return.output_forgotten", "", message);
    Some(
        finding.expecting(format!("{{\"output\": {{\"{first}\": …}}}}")).nearest_to(Some("output")),
    )
}

fn alternatives(kind: FunctionKind, whole: &Map<String, Value>, findings: &mut Findings) {
    let found: Vec<&str> = ["output", "error", "directive"]
        .into_iter()
        .filter(|name| whole.contains_key(*name))
        .collect();
    let expected = "one of `output`, `error`, `directive`";
    match (found.len(), kind) {
        (0, FunctionKind::Identity | FunctionKind::Build) => {
            let message =
                format!("the {kind} function returned none of `output`, `error`, `directive`");
            findings.add(Diagnostic::error("return.nothing", "", message).expecting(expected));
        }
        // To decide nothing and wait for a callback is allowed, and said so with an empty output.
        (0, FunctionKind::Action) => {
            let message = "the action function returned nothing; to wait for a callback, return an empty `output`";
            findings.add(Diagnostic::warning("return.nothing", "", message).expecting(expected));
        }
        (0 | 1, _) => {}
        _ => {
            let message =
                format!("`{}` are returned at once; only one is used", found.join("` and `"));
            findings.add(Diagnostic::warning("return.several", "", message).expecting(expected));
        }
    }
}

fn callback(kind: FunctionKind, whole: &Map<String, Value>, findings: &mut Findings) {
    let callback = whole.get("callback");
    match kind {
        FunctionKind::Redirect | FunctionKind::Webhook => {
            // With a directive the function is called again, and names the run then.
            let needed = !whole.contains_key("directive") && callback.is_none_or(Value::is_object);
            if needed && callback.and_then(|callback| callback.get("token")).is_none() {
                let message =
                    "`callback.token` is missing: it says which run this request belongs to";
                let finding =
                    Diagnostic::error("callback.token.missing", "callback.token", message);
                findings.add(finding.expecting(
                    "the token that Action was given as `callback.token`, beside `output`",
                ));
            }
        }
        FunctionKind::Identity | FunctionKind::Build | FunctionKind::Action => {
            if callback.is_some() {
                let message = format!("`callback` is not read from the {kind} function");
                let finding = Diagnostic::warning("callback.not_read", "callback", message);
                findings.add(finding.expecting("`callback` only from Redirect and Webhook"));
            }
        }
    }
}
