//! The inputs of a form (contract chapter 7): read for drawing, and checked when they are filled in.
//!
//! Reading is tolerant, for a form with a mistake is still drawn; what is wrong with it is told by
//! [`check_return`](crate::check_return).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use crate::formats::{is_date_time, is_decimal, is_full_date, is_full_time};

/// The name under which a file's value stands.
pub const FILE_KEY: &str = "@moxo.file";

/// A form as it is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Form {
    /// In the order shown.
    pub inputs: Vec<FormInput>,
    /// No further form follows: the last button may say "done".
    pub no_more_forms: bool,
}

/// The ten types of input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum InputType {
    /// One line of text. Also what an unknown type is drawn as.
    #[default]
    String,
    /// Several lines of text.
    Text,
    /// A decimal number, as text.
    Number,
    /// RFC 3339 full-date.
    Date,
    /// RFC 3339 full-time, offset included.
    Time,
    /// RFC 3339 date-time.
    DateTime,
    /// One of the options.
    Select,
    /// Some of the options, as a list.
    MultiSelect,
    /// `{"@moxo.file": {"files": [{name?, url}]}}`.
    File,
    /// Read-only text; carries no value.
    Heading,
}

impl InputType {
    /// All ten, in the order of the contract's table.
    pub const ALL: [Self; 10] = [
        Self::String,
        Self::Text,
        Self::Number,
        Self::Date,
        Self::Time,
        Self::DateTime,
        Self::Select,
        Self::MultiSelect,
        Self::File,
        Self::Heading,
    ];

    /// The word in a form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Time => "time",
            Self::DateTime => "date-time",
            Self::Select => "select",
            Self::MultiSelect => "multi-select",
            Self::File => "file",
            Self::Heading => "heading",
        }
    }
}

/// One line of a form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct FormInput {
    /// How it is drawn.
    #[serde(rename = "type")]
    pub input_type: InputType,
    /// The name of its value; empty where the form forgot it, or for a heading.
    pub key: String,
    /// What stands above it; the key where the form has no label.
    pub label: String,
    /// Help beside it.
    #[ts(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tip: Option<String>,
    /// Must be filled in; the default. Never for a heading.
    pub required: bool,
    /// The value it begins with, as the form gives it; `null` = none.
    #[serde(default)]
    #[ts(type = "unknown")]
    pub default: Value,
    /// Shown while it is empty.
    #[ts(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// What a select or multi-select offers.
    #[serde(default)]
    pub options: Vec<FormOption>,
    /// A heading's title.
    #[ts(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A heading's text.
    #[ts(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormOption {
    /// What is read.
    pub label: String,
    /// What is sent.
    pub value: String,
}

/// What is wrong with what was entered for one input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldProblem {
    /// The input's key.
    pub key: String,
    /// For the person who fills the form.
    pub message: String,
}

impl Form {
    /// The form in a function's return value, in its `output`, or in `output.form`; `None` = there is none.
    pub fn parse(value: &Value) -> Option<Self> {
        let output = value.get("output").unwrap_or(value);
        let list = output.get("form").unwrap_or(output).as_array()?;
        Some(Self {
            inputs: list.iter().filter_map(FormInput::parse).collect(),
            no_more_forms: output.get("no_more_forms").and_then(Value::as_bool).unwrap_or(false),
        })
    }

    /// What the form's inputs begin with, by key.
    pub fn defaults(&self) -> Map<String, Value> {
        let given =
            self.inputs.iter().filter(|input| !input.key.is_empty() && !input.default.is_null());
        given.map(|input| (input.key.clone(), input.default.clone())).collect()
    }
}

impl FormInput {
    /// `None` for what is no object, of which nothing can be drawn.
    fn parse(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
        let prop = |name: &str| object.get("props").and_then(|props| props.get(name));
        let key = text("key").unwrap_or_default();
        let input_type = object
            .get("type")
            .and_then(|t| serde_json::from_value(t.clone()).ok())
            .unwrap_or_default();
        let is_heading = input_type == InputType::Heading;
        Some(Self {
            input_type,
            label: if is_heading {
                String::new()
            } else {
                text("label").unwrap_or_else(|| key.clone())
            },
            key,
            tip: text("tip"),
            required: !is_heading
                && object.get("required").and_then(Value::as_bool).unwrap_or(true),
            default: object.get("default").cloned().unwrap_or(Value::Null),
            placeholder: text("placeholder"),
            options: prop("options").and_then(Value::as_array).map_or_else(Vec::new, |options| {
                options.iter().filter_map(FormOption::parse).collect()
            }),
            title: prop("title").and_then(Value::as_str).map(str::to_owned),
            description: prop("description").and_then(Value::as_str).map(str::to_owned),
        })
    }

    /// What is wrong with `value` as this input's value; `None` = nothing.
    pub fn problem(&self, value: Option<&Value>) -> Option<String> {
        if self.input_type == InputType::Heading {
            return None;
        }
        let value = value.filter(|value| !is_nothing(value));
        let Some(value) = value else {
            return self.required.then(|| "Please fill this in".to_owned());
        };
        let text_that = |test: fn(&str) -> bool| value.as_str().is_some_and(test);
        let offered = |value: &Value| {
            value.as_str().is_some_and(|v| self.options.iter().any(|o| o.value == v))
        };
        let (fits, expected) = match self.input_type {
            InputType::String | InputType::Text => (value.is_string(), "a text"),
            InputType::Number => (text_that(is_decimal), "a number, such as 12 or 12.5, as text"),
            InputType::Date => (text_that(is_full_date), "a date, such as 2026-02-28"),
            InputType::Time => (
                text_that(is_full_time),
                "a time with its offset, such as 14:30:00Z or 14:30:00+02:00",
            ),
            InputType::DateTime => {
                (text_that(is_date_time), "a date and time, such as 2026-02-28T14:30:00Z")
            }
            InputType::Select => (offered(value), "one of the options"),
            InputType::MultiSelect => (
                value.as_array().is_some_and(|list| list.iter().all(offered)),
                "a list of some of the options",
            ),
            InputType::File => {
                (is_file(value), "a file, as {\"@moxo.file\": {\"files\": [{\"url\": …}]}}")
            }
            InputType::Heading => (true, ""),
        };
        (!fits).then(|| format!("Expected {expected}"))
    }
}

impl FormOption {
    fn parse(value: &Value) -> Option<Self> {
        let sent = value.get("value").and_then(Value::as_str)?;
        let label = value.get("label").and_then(Value::as_str).unwrap_or(sent);
        Some(Self { label: label.to_owned(), value: sent.to_owned() })
    }
}

/// Whether `value` is what an input left empty holds.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => {
            let files =
                object.get(FILE_KEY).and_then(|file| file.get("files")).and_then(Value::as_array);
            files.is_some_and(Vec::is_empty)
        }
        _ => false,
    }
}

/// Whether `value` has the shape of a file input's value.
pub(crate) fn is_file(value: &Value) -> bool {
    let files = value.get(FILE_KEY).and_then(|file| file.get("files")).and_then(Value::as_array);
    files.is_some_and(|files| {
        files.iter().all(|file| {
            file.get("url").is_some_and(Value::is_string)
                && file.get("name").is_none_or(Value::is_string)
        })
    })
}

/// What is wrong with what was entered, in the order of the inputs; empty = the form may be sent.
pub fn check_values(inputs: &[FormInput], values: &Map<String, Value>) -> Vec<FieldProblem> {
    let problems = inputs.iter().filter(|input| !input.key.is_empty()).filter_map(|input| {
        let message = input.problem(values.get(&input.key))?;
        Some(FieldProblem { key: input.key.clone(), message })
    });
    problems.collect()
}

/// Adds what the later form says to what the earlier forms said; the later wins (contract chapter 6).
pub fn merge(earlier: &mut Map<String, Value>, later: Map<String, Value>) {
    for (key, value) in later {
        earlier.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn input(value: Value) -> FormInput {
        FormInput::parse(&value).unwrap()
    }

    fn typed(input_type: InputType) -> FormInput {
        input(json!({"type": input_type.as_str(), "key": "k", "label": "K", "props": {"options": [
            {"label": "A", "value": "a"}, {"label": "B", "value": "b"}]}}))
    }

    #[test]
    fn reads_all_ten_types() {
        for kind in InputType::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            assert_eq!(typed(kind).input_type, kind);
        }
    }

    #[test]
    fn reads_a_form_wherever_it_stands() {
        let list = json!([{"type": "string", "key": "a", "label": "A"}]);
        let whole = json!({"output": {"form": list, "no_more_forms": true}});
        let form = Form::parse(&whole).unwrap();
        assert!(form.no_more_forms && form.inputs[0].required);
        assert_eq!(Form::parse(&whole["output"]), Some(form.clone()));
        assert_eq!(Form::parse(&list).unwrap().inputs, form.inputs);
        assert_eq!(Form::parse(&json!({"output": {"action": {}}})), None);
        assert_eq!(Form::parse(&json!("x")), None);
    }

    #[test]
    fn draws_what_has_mistakes() {
        let form = Form::parse(&json!({"form": [5, {"type": "slider", "key": "s"}, {"type": "heading", "props": {"title": "T"}},
            {"type": "select", "key": "o", "label": "O", "props": {"options": [{"value": "v"}, "x"]}}]}))
        .unwrap();
        assert_eq!(form.inputs.len(), 3);
        assert_eq!(
            (form.inputs[0].input_type, form.inputs[0].label.as_str()),
            (InputType::String, "s")
        );
        assert_eq!((form.inputs[1].title.as_deref(), form.inputs[1].required), (Some("T"), false));
        assert_eq!(form.inputs[2].options, [FormOption { label: "v".into(), value: "v".into() }]);
    }

    #[test]
    fn values_are_checked_by_type() {
        let file =
            json!({"@moxo.file": {"files": [{"name": "a.pdf", "url": "http://127.0.0.1/a"}]}});
        let cases = [
            (InputType::String, json!("x"), json!(5)),
            (InputType::Text, json!("x\ny"), json!(["x"])),
            (InputType::Number, json!("12.5"), json!(12.5)),
            (InputType::Number, json!("-3"), json!("three")),
            (InputType::Date, json!("2026-02-28"), json!("2026-02-30")),
            (InputType::Time, json!("14:30:00+02:00"), json!("14:30:00")),
            (InputType::DateTime, json!("2026-02-28T14:30:00Z"), json!("2026-02-28 14:30")),
            (InputType::Select, json!("a"), json!("c")),
            (InputType::Select, json!("b"), json!(["b"])),
            (InputType::MultiSelect, json!(["a", "b"]), json!(["a", "c"])),
            (InputType::MultiSelect, json!(["a"]), json!("a")),
            (InputType::File, file, json!({"files": []})),
            (
                InputType::File,
                json!({"@moxo.file": {"files": [{"url": "x"}]}}),
                json!({"@moxo.file": {"files": [{"name": "x"}]}}),
            ),
        ];
        for (kind, good, bad) in cases {
            assert_eq!(typed(kind).problem(Some(&good)), None, "{kind:?} {good}");
            assert!(
                typed(kind).problem(Some(&bad)).is_some_and(|m| m.starts_with("Expected ")),
                "{kind:?} {bad}"
            );
        }
    }

    #[test]
    fn what_is_required_must_be_filled_in() {
        let nothing = [
            None,
            Some(json!(null)),
            Some(json!("")),
            Some(json!([])),
            Some(json!({"@moxo.file": {"files": []}})),
        ];
        for kind in InputType::ALL {
            for value in &nothing {
                let mut input = typed(kind);
                let problem = input.problem(value.as_ref());
                assert_eq!(problem.is_some(), kind != InputType::Heading, "{kind:?} {value:?}");
                input.required = false;
                assert_eq!(input.problem(value.as_ref()), None, "{kind:?} {value:?}");
            }
        }
    }

    #[test]
    fn problems_come_by_key_in_the_order_of_the_form() {
        let form = Form::parse(&json!([{"type": "number", "key": "n", "label": "N"}, {"type": "string", "key": "s", "label": "S"},
            {"type": "heading", "key": "h", "props": {"title": "T"}}]))
        .unwrap();
        let values = json!({"n": "x", "extra": 1});
        let problems = check_values(&form.inputs, values.as_object().unwrap());
        let keys: Vec<&str> = problems.iter().map(|problem| problem.key.as_str()).collect();
        assert_eq!(keys, ["n", "s"]);
    }

    #[test]
    fn later_forms_win() {
        let mut merged = json!({"a": "1", "b": "1"}).as_object().unwrap().clone();
        merge(&mut merged, json!({"b": "2", "c": "2"}).as_object().unwrap().clone());
        assert_eq!(Value::Object(merged), json!({"a": "1", "b": "2", "c": "2"}));
    }

    #[test]
    fn defaults_by_key() {
        let form = Form::parse(
            &json!([{"type": "number", "key": "n", "label": "N", "default": "3"}, {"type": "string", "key": "s", "label": "S"}]),
        );
        assert_eq!(Value::Object(form.unwrap().defaults()), json!({"n": "3"}));
    }
}
