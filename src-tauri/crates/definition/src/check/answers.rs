//! Saved answers: the shape that `sample-apps/README.md` describes, and whether they fit the app.

use serde_json::{Map, Value};

use super::place::add_places;
use crate::{App, Diagnostic, Project, nearest};

const FIELDS: [&str; 8] =
    ["action", "account", "context", "forms", "click", "run_forms", "pages", "expect"];

impl Project {
    /// Checks every file of saved answers. `app` is absent where app.json cannot be read: then only the shape is looked at.
    pub(super) fn check_answers(&self, app: Option<&App>) -> Vec<Diagnostic> {
        let files = match self.answers() {
            Ok(files) => files,
            Err(error) => return vec![error.diagnostic()],
        };
        let mut findings = Vec::new();
        for file in files {
            let read = self.read_answers_text(&file.name);
            match read {
                Ok((text, value)) => {
                    let mut of_file = answers(&value, app);
                    add_places(&mut of_file, &text);
                    let named = of_file.into_iter().map(|one| one.in_file(&file.path_in_app));
                    findings.extend(named);
                }
                Err(error) => findings.push(error.diagnostic()),
            }
        }
        findings
    }
}

struct Findings(Vec<Diagnostic>);

impl Findings {
    fn wrong(&mut self, path: &str, message: &str, expected: &str) {
        self.0.push(Diagnostic::error("answers.shape", path, message).expecting(expected));
    }

    fn unknown<'a>(
        &mut self,
        object: &'a Map<String, Value>,
        path: &str,
        known: impl IntoIterator<Item = &'a str> + Clone,
    ) {
        for name in object.keys() {
            let mut all = known.clone().into_iter();
            if all.any(|one| one == name) {
                continue;
            }
            let place = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let meant = nearest(name, known.clone());
            let advice =
                meant.map_or_else(String::new, |meant| format!("; `{meant}` may be meant"));
            let message = format!("`{place}` is not known and says nothing to a flow{advice}");
            let list: Vec<&str> = known.clone().into_iter().collect();
            let finding = Diagnostic::warning("answers.field.unknown", place, message);
            self.0.push(finding.expecting(format!("one of {}", list.join(", "))).nearest_to(meant));
        }
    }

    /// The value as an object; `None` = it is absent or was found wrong.
    fn object<'a>(
        &mut self,
        value: Option<&'a Value>,
        path: &str,
    ) -> Option<&'a Map<String, Value>> {
        match value {
            None => None,
            Some(Value::Object(object)) => Some(object),
            Some(_) => {
                self.wrong(path, "this is no object", "an object");
                None
            }
        }
    }

    fn list<'a>(&mut self, value: Option<&'a Value>, path: &str) -> &'a [Value] {
        match value {
            None => &[],
            Some(Value::Array(list)) => list,
            Some(_) => {
                self.wrong(path, "this is no list", "a list");
                &[]
            }
        }
    }

    fn text(&mut self, value: Option<&Value>, path: &str) {
        if value.is_some_and(|value| !value.is_string()) {
            self.wrong(path, "this is no text", "a text");
        }
    }
}

fn answers(value: &Value, app: Option<&App>) -> Vec<Diagnostic> {
    let mut findings = Findings(Vec::new());
    let Some(all) = findings.object(Some(value), "") else { return findings.0 };
    findings.unknown(all, "", FIELDS);
    action(&mut findings, all.get("action"), app);
    account(&mut findings, all.get("account"), app);
    context(&mut findings, all.get("context"));
    for name in ["forms", "run_forms"] {
        for (index, form) in findings.list(all.get(name), name).iter().enumerate() {
            findings.object(Some(form), &format!("{name}[{index}]"));
        }
    }
    clicks(&mut findings, all.get("click"));
    pages(&mut findings, all.get("pages"));
    if let Some(expect) = findings.object(all.get("expect"), "expect") {
        findings.unknown(expect, "expect", ["status"]);
        one_of(&mut findings, expect.get("status"), "expect.status", &["completed", "cancelled"]);
    }
    findings.0
}

fn action(findings: &mut Findings, value: Option<&Value>, app: Option<&App>) {
    findings.text(value, "action");
    let (Some(Value::String(key)), Some(app)) = (value, app) else { return };
    if app.action(key).is_some() {
        return;
    }
    let keys: Vec<&str> = app.actions.iter().map(|action| action.key.as_str()).collect();
    let message = format!("the app has no action {key:?}");
    findings.0.push(
        Diagnostic::error("answers.action.unknown", "action", message)
            .expecting(format!("one of {}", keys.join(", ")))
            .nearest_to(nearest(key, keys.iter().copied())),
    );
}

fn account(findings: &mut Findings, value: Option<&Value>, app: Option<&App>) {
    let given = findings.object(value, "account");
    for (key, value) in given.into_iter().flatten() {
        findings.text(Some(value), &format!("account.{key}"));
    }
    let Some(app) = app else { return };
    let Some(custom) = &app.authentication.custom else {
        if given.is_some_and(|given| !given.is_empty()) {
            let message = "`account` fills a custom authorization, which this app does not have";
            findings.0.push(Diagnostic::warning("answers.account.unused", "account", message));
        }
        return;
    };
    let keys = custom.inputs.iter().map(|input| input.key.as_str());
    if let Some(given) = given {
        findings.unknown(given, "account", keys);
    }
    for input in custom.inputs.iter().filter(|input| input.required) {
        let filled = given.and_then(|given| given.get(&input.key));
        if filled.and_then(Value::as_str).is_none_or(str::is_empty) {
            let message =
                format!("the authorization requires `{}`, and it is not given", input.key);
            findings.0.push(
                Diagnostic::error(
                    "answers.account.missing",
                    format!("account.{}", input.key),
                    message,
                )
                .expecting("a text that is not empty"),
            );
        }
    }
}

fn context(findings: &mut Findings, value: Option<&Value>) {
    let Some(context) = findings.object(value, "context") else { return };
    findings.unknown(context, "context", ["title", "description", "assignees"]);
    for name in ["title", "description"] {
        findings.text(context.get(name), &format!("context.{name}"));
    }
    let assignees = findings.list(context.get("assignees"), "context.assignees");
    for (index, assignee) in assignees.iter().enumerate() {
        let path = format!("context.assignees[{index}]");
        let Some(assignee) = findings.object(Some(assignee), &path) else { continue };
        let kind = ["user", "role"].into_iter().find(|kind| assignee.contains_key(*kind));
        let Some(kind) = kind else {
            findings.wrong(
                &path,
                "the assignee is neither a user nor a role",
                "{\"user\": {\"id\", \"name\"}}",
            );
            continue;
        };
        let required: &[&str] = if kind == "user" { &["id", "name"] } else { &["id"] };
        let path = format!("{path}.{kind}");
        let Some(who) = findings.object(assignee.get(kind), &path) else { continue };
        for name in required {
            if !who.get(*name).is_some_and(Value::is_string) {
                findings.wrong(
                    &format!("{path}.{name}"),
                    &format!("the {kind} has no {name}"),
                    "a text",
                );
            }
        }
    }
}

fn clicks(findings: &mut Findings, value: Option<&Value>) {
    let list = match value {
        Some(Value::Array(list)) => {
            list.iter().enumerate().map(|(i, one)| (format!("click[{i}]"), one)).collect()
        }
        Some(one) => vec![("click".to_owned(), one)],
        None => Vec::new(),
    };
    for (path, click) in list {
        let Some(click) = findings.object(Some(click), &path) else { continue };
        findings.unknown(click, &path, ["step", "button"]);
        for name in ["step", "button"] {
            if click.get(name).and_then(Value::as_u64).is_none() {
                findings.wrong(
                    &format!("{path}.{name}"),
                    &format!("the click names no {name}"),
                    "a number from 0",
                );
            }
        }
    }
}

fn pages(findings: &mut Findings, value: Option<&Value>) {
    let Some(pages) = findings.object(value, "pages") else { return };
    findings.unknown(pages, "pages", ["sign_in", "consent", "signing"]);
    match pages.get("sign_in") {
        None | Some(Value::String(_)) => {}
        Some(Value::Object(who)) => {
            findings.unknown(who, "pages.sign_in", ["email", "password"]);
            for name in ["email", "password"] {
                if !who.get(name).is_some_and(Value::is_string) {
                    findings.wrong(
                        &format!("pages.sign_in.{name}"),
                        &format!("there is no {name}"),
                        "a text",
                    );
                }
            }
        }
        Some(_) => findings.wrong(
            "pages.sign_in",
            "this is neither an e-mail address nor an object",
            "an e-mail address, or {\"email\", \"password\"}",
        ),
    }
    one_of(findings, pages.get("consent"), "pages.consent", &["allow", "deny"]);
    one_of(findings, pages.get("signing"), "pages.signing", &["sign", "decline"]);
}

fn one_of(findings: &mut Findings, value: Option<&Value>, path: &str, words: &[&str]) {
    let Some(value) = value else { return };
    if !value.as_str().is_some_and(|word| words.contains(&word)) {
        let quoted: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
        findings.wrong(path, &format!("{value} is not known here"), &quoted.join(" or "));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::parse_app;

    fn app() -> App {
        parse_app(
            r#"{ "name": "A", "actions": [{ "key": "send", "title": "Send", "type": "APP_ACTION_TYPE_ACTION" }],
                 "authentication": { "custom": { "inputs": [{ "key": "api_key", "label": "Key", "required": true }] } } }"#,
        )
        .unwrap()
    }

    fn found(value: Value) -> Vec<(String, String)> {
        let mut all: Vec<_> =
            answers(&value, Some(&app())).into_iter().map(|one| (one.rule, one.path)).collect();
        all.sort();
        all
    }

    fn with(name: &str, value: Value) -> Value {
        let mut all = json!({ "account": { "api_key": "k" } });
        all[name] = value;
        all
    }

    #[test]
    fn whole_answers_are_right() {
        assert!(found(json!({
            "action": "send",
            "account": { "api_key": "k" },
            "context": { "title": "T", "description": "D",
                "assignees": [{ "user": { "id": "u", "name": "U", "email": "u@example.test" } }, { "role": { "id": "r" } }] },
            "forms": [{ "a": "b" }, {}],
            "click": [{ "step": 0, "button": 1 }],
            "run_forms": [],
            "pages": { "sign_in": { "email": "e", "password": "p" }, "consent": "deny", "signing": "sign" },
            "expect": { "status": "cancelled" },
        }))
        .is_empty());
        assert!(found(with("click", json!({ "step": 0, "button": 0 }))).is_empty());
    }

    #[test]
    fn each_mistake_is_found_at_its_place() {
        for (value, rule, path) in [
            (with("action", json!("sendd")), "answers.action.unknown", "action"),
            (with("action", json!(1)), "answers.shape", "action"),
            (with("form", json!([])), "answers.field.unknown", "form"),
            (
                with("account", json!({ "api_key": "" })),
                "answers.account.missing",
                "account.api_key",
            ),
            (
                with("account", json!({ "api_key": "k", "key": "k" })),
                "answers.field.unknown",
                "account.key",
            ),
            (with("account", json!({ "api_key": 5 })), "answers.shape", "account.api_key"),
            (
                with("context", json!({ "assignees": [{ "group": 1 }] })),
                "answers.shape",
                "context.assignees[0]",
            ),
            (
                with("context", json!({ "assignees": [{ "user": { "id": "u" } }] })),
                "answers.shape",
                "context.assignees[0].user.name",
            ),
            (with("context", json!({ "title": [] })), "answers.shape", "context.title"),
            (with("forms", json!({})), "answers.shape", "forms"),
            (with("forms", json!([1])), "answers.shape", "forms[0]"),
            (with("run_forms", json!(["x"])), "answers.shape", "run_forms[0]"),
            (with("click", json!([{ "step": -1, "button": 0 }])), "answers.shape", "click[0].step"),
            (with("click", json!("first")), "answers.shape", "click"),
            (with("pages", json!({ "sign_in": 1 })), "answers.shape", "pages.sign_in"),
            (
                with("pages", json!({ "sign_in": { "email": "e" } })),
                "answers.shape",
                "pages.sign_in.password",
            ),
            (with("pages", json!({ "consent": true })), "answers.shape", "pages.consent"),
            (with("expect", json!({ "status": "done" })), "answers.shape", "expect.status"),
        ] {
            let found = found(value.clone());
            assert!(found.contains(&(rule.to_owned(), path.to_owned())), "{value}: {found:?}");
        }
        assert_eq!(found(json!([])), [("answers.shape".to_owned(), String::new())]);
    }

    #[test]
    fn an_account_without_a_custom_authorization_is_noted() {
        let plain = App::default();
        let rules: Vec<_> = answers(&json!({ "account": { "a": "b" } }), Some(&plain))
            .into_iter()
            .map(|one| one.rule)
            .collect();
        assert_eq!(rules, ["answers.account.unused"]);
    }
}
