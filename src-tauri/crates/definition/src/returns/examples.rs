//! Runs the table of examples and counter-examples, and changes complete return values one place at a time.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{DeclaredVariable, RULES, check_return};
use crate::{ActionType, FunctionKind, Severity};

/// One line of the table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    rule: String,
    function: FunctionKind,
    #[serde(default)]
    action: Option<ActionType>,
    #[serde(default)]
    declared: Vec<DeclaredVariable>,
    example: Value,
    counter_example: Value,
    path: String,
}

fn table() -> Vec<Example> {
    serde_json::from_str(include_str!("examples.json")).unwrap()
}

#[test]
fn every_example_passes_and_every_counter_example_fails_by_its_rule_alone() {
    for Example { rule, function, action, declared, example, counter_example, path } in table() {
        assert_eq!(
            check_return(function, action, &declared, &example),
            [],
            "example of {rule} at {path}"
        );
        let findings = check_return(function, action, &declared, &counter_example);
        let found: Vec<(&str, &str)> =
            findings.iter().map(|f| (f.rule.as_str(), f.path.as_str())).collect();
        assert_eq!(found, [(rule.as_str(), path.as_str())], "counter-example of {rule}");
    }
}

#[test]
fn every_rule_is_in_the_table() {
    let table = table();
    for (rule, _) in RULES {
        assert!(table.iter().any(|example| example.rule == *rule), "no example of {rule}");
    }
    for example in table {
        assert!(
            RULES.iter().any(|(rule, _)| *rule == example.rule),
            "{} is not listed",
            example.rule
        );
    }
}

#[test]
fn findings_say_what_was_expected_and_which_name_is_meant() {
    let all = |function, value: Value| check_return(function, None, &[], &value);
    let findings =
        all(FunctionKind::Identity, json!({"output": {"displayId": "a", "unique_id": "b"}}));
    let unknown = findings.iter().find(|finding| finding.rule == "field.unknown").unwrap();
    assert_eq!(
        (unknown.severity, unknown.nearest.as_deref()),
        (Severity::Warning, Some("display_id"))
    );
    let findings = all(
        FunctionKind::Build,
        json!({"output": {"form": [{"type": "string", "key": "a", "name": "A"}]}}),
    );
    assert_eq!((findings.len(), findings[0].nearest.as_deref()), (1, Some("label")));
    for Example { function, action, declared, counter_example, rule, .. } in table() {
        for finding in check_return(function, action, &declared, &counter_example) {
            assert!(
                finding.expected.is_some()
                    || rule.starts_with("variables.")
                    || rule.starts_with("build.variables"),
                "{finding:?}"
            );
        }
    }
}

/// Return values that hold every field there is, each right.
fn complete() -> Vec<(FunctionKind, Option<ActionType>, Vec<DeclaredVariable>, Value)> {
    let file = json!({"url": "https://example.com/a", "file_name": "a", "mime_type": "text/plain",
        "headers": [{"name": "X", "value": "y"}]});
    let options = json!({"options": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]});
    let mut form: Vec<Value> = [
        ("string", json!("x"), None),
        ("text", json!("x"), None),
        ("number", json!("1"), None),
        ("date", json!("2026-01-01"), None),
        ("time", json!("12:00:00Z"), None),
        ("date-time", json!("2026-01-01T12:00:00Z"), None),
        ("select", json!("a"), Some(&options)),
        ("multi-select", json!(["a"]), Some(&options)),
        ("file", json!({"@moxo.file": {"files": [{"name": "a", "url": "https://example.com/a"}]}}), None),
    ]
    .into_iter()
    .map(|(kind, default, props)| {
        let mut input = json!({"type": kind, "key": kind, "label": "L", "tip": "T", "required": true,
            "placeholder": "P", "default": default});
        if let Some(props) = props {
            input["props"] = props.clone();
        }
        input
    })
    .collect();
    form.push(json!({"type": "heading", "key": "h", "props": {"title": "T", "description": "D"}}));
    let declared = json!([{"key": "s", "label": "S", "type": "string"}, {"key": "f", "label": "F", "type": "file"}]);
    let declared_here: Vec<DeclaredVariable> = serde_json::from_value(declared.clone()).unwrap();
    let events = json!([{"type": "send_message", "options": {"text": "x"}}, {"type": "upload_attachment", "options": file}]);
    let mut all = vec![
        (FunctionKind::Identity, None, json!({"output": {"display_id": "a", "unique_id": "b"}})),
        (FunctionKind::Identity, None, json!({"error": {"title": "a", "description": "b"}})),
        (FunctionKind::Build, None, json!({"output": {"form": form, "no_more_forms": true}})),
        (
            FunctionKind::Build,
            None,
            json!({"output": {"await": {"description": "d"}, "variables": declared}}),
        ),
        (FunctionKind::Build, None, json!({"directive": {"type": "refresh_token"}})),
        (
            FunctionKind::Build,
            Some(ActionType::Action),
            json!({"output": {"action": {"title": "t", "description": "d", "steps": [
                {"assignee": {"user": {"id": "u"}}, "order_number": 1,
                 "buttons": [{"title": "t", "style": "default", "input": {}}]},
                {"assignee": {"role": {"id": "r"}}, "buttons": [{"title": "t"}]}]}}}),
        ),
        (
            FunctionKind::Build,
            Some(ActionType::Trigger),
            json!({"output": {"variables": [{"key": "k", "label": "l", "type": "string", "id": "i", "sample_value": 1}]}}),
        ),
        (
            FunctionKind::Action,
            Some(ActionType::Action),
            json!({"output": {"status": "completed", "events": [
            {"type": "open_url", "options": {"url": "https://example.com", "open_type": "redirect"}}]}}),
        ),
        (
            FunctionKind::Action,
            Some(ActionType::Action),
            json!({"output": {"form": form, "no_more_forms": false}}),
        ),
        (
            FunctionKind::Action,
            Some(ActionType::Trigger),
            json!({"output": {"state": "x", "retry": {"delay": 1.5},
            "variable_groups": [{"variables": [{"id": "i", "key": "s", "label": "S", "type": "string", "value": "x"}]}]}}),
        ),
    ];
    let values = json!([{"key": "s", "value": "x"}, {"key": "f", "files": [file]}]);
    for kind in [FunctionKind::Redirect, FunctionKind::Webhook] {
        all.push((
            kind,
            Some(ActionType::Action),
            json!({"callback": {"token": "t"}, "output": {"events": events}}),
        ));
        all.push((
            kind,
            Some(ActionType::Automation),
            json!({"callback": {"token": "t"},
            "output": {"status": "cancelled", "message": "m", "variables": values}}),
        ));
    }
    all.into_iter()
        .map(|(kind, action, value)| (kind, action, declared_here.clone(), value))
        .collect()
}

/// Calls `visit` with the pointer and path of every place in `value`.
fn places(value: &Value, pointer: &str, path: &str, visit: &mut impl FnMut(&str, &str, &Value)) {
    visit(pointer, path, value);
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{pointer}/{index}"), &format!("{path}[{index}]"), visit);
            }
        }
        Value::Object(map) => {
            for (name, item) in map {
                places(item, &format!("{pointer}/{name}"), &super::schema::join(path, name), visit);
            }
        }
        _ => {}
    }
}

#[test]
fn every_place_of_a_complete_value_is_watched() {
    let mut watched = 0;
    for (kind, action, declared, whole) in complete() {
        assert_eq!(check_return(kind, action, &declared, &whole), [], "{whole}");
        places(&whole, "", "", &mut |pointer, path, value| {
            let free = path.ends_with("sample_value")
                || pointer.contains("variable_groups") && path.ends_with(".value");
            let found = |changed: Value, rule: &str, severity, place: &str| {
                let findings = check_return(kind, action, &declared, &changed);
                assert!(
                    findings
                        .iter()
                        .any(|f| f.rule == rule && f.severity == severity && f.path == place),
                    "{rule} at {place}: {findings:?}"
                );
            };
            if !path.is_empty() && !free {
                for wrong in
                    [Value::Null, json!(["x"]), json!({"x": 1}), json!(true), json!(1), json!("x")]
                {
                    if std::mem::discriminant(&wrong) != std::mem::discriminant(value) {
                        let mut changed = whole.clone();
                        *changed.pointer_mut(pointer).unwrap() = wrong;
                        found(changed, "field.type", Severity::Error, path);
                    }
                }
                watched += 1;
            }
            if value.is_object() && !path.ends_with(".input") {
                let mut changed = whole.clone();
                changed.pointer_mut(pointer).unwrap()["zebra_crossing"] = json!(1);
                found(
                    changed,
                    "field.unknown",
                    Severity::Warning,
                    &super::schema::join(path, "zebra_crossing"),
                );
            }
        });
    }
    assert!(watched > 250, "{watched}");
}

#[test]
fn what_is_missing_is_found_and_what_may_be_missing_is_not() {
    let mut missing = std::collections::BTreeSet::new();
    for (kind, action, declared, whole) in complete() {
        places(&whole, "", "", &mut |pointer, path, value| {
            let Some(map) = value.as_object() else { return };
            for name in map.keys() {
                let mut changed = whole.clone();
                changed.pointer_mut(pointer).unwrap().as_object_mut().unwrap().shift_remove(name);
                let place = super::schema::join(path, name);
                for finding in check_return(kind, action, &declared, &changed) {
                    if finding.rule == "field.missing" && finding.path == place {
                        let parent = path
                            .rsplit('.')
                            .next()
                            .unwrap_or_default()
                            .split('[')
                            .next()
                            .unwrap_or_default();
                        missing.insert(format!("{parent}.{name}"));
                    }
                }
            }
        });
    }
    // Object and field, by the contract: whatever is not here may be missing, or is the matter of another rule.
    let found: Vec<&str> = missing.iter().map(String::as_str).collect();
    assert_eq!(
        found,
        [
            "action.steps",
            "action.title",
            "buttons.title",
            "default.@moxo.file",
            "directive.type",
            "error.description",
            "error.title",
            "events.options",
            "events.type",
            "file\"].files",
            "files.file_name",
            "files.mime_type",
            "files.url",
            "form.key",
            "form.label",
            "form.props",
            "form.type",
            "headers.name",
            "headers.value",
            "options.file_name",
            "options.label",
            "options.mime_type",
            "options.text",
            "options.url",
            "options.value",
            "output.display_id",
            "output.unique_id",
            "props.options",
            "retry.delay",
            "role.id",
            "steps.assignee",
            "steps.buttons",
            "user.id",
            "variable_groups.variables",
            "variables.id",
            "variables.key",
            "variables.label",
            "variables.type",
            "variables.value"
        ]
    );
}

fn any_json() -> impl proptest::strategy::Strategy<Value = Value> {
    use proptest::prelude::*;
    // Names that mean something, so that the walk goes deep.
    let name = prop_oneof![
        "output|error|directive|callback|form|action|automation|await|variables|steps|assignee|user|buttons|events|options",
        "type|key|label|props|default|files|status|retry|delay|token|value|id|variable_groups|headers|@moxo\\.file",
        "\\PC{0,6}",
    ];
    let text = prop_oneof![
        "string|select|heading|file|open_url|send_message|completed|date-time",
        "\\PC{0,12}"
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from)
    ];
    leaf.prop_recursive(8, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<String, Value>>())),
        ]
    })
}

proptest::proptest! {
    #[test]
    fn no_value_makes_it_panic_and_only_listed_rules_are_found(value in any_json()) {
        let declared = [DeclaredVariable { key: "k".into(), label: "K".into(), variable_type: super::VariableType::File }];
        let types = [None, Some(ActionType::Action), Some(ActionType::Automation), Some(ActionType::Await), Some(ActionType::Trigger)];
        for kind in FunctionKind::ALL {
            for action in types {
                for finding in check_return(kind, action, &declared, &value) {
                    assert!(RULES.iter().any(|(rule, _)| *rule == finding.rule), "{}", finding.rule);
                }
            }
        }
        super::declared_variables(&value);
        if let Some(form) = crate::Form::parse(&value) {
            crate::check_values(&form.inputs, &Map::new());
        }
    }
}
