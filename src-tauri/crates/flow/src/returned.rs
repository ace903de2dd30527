//! What functions return, read leniently (contract chapter 4): nothing here trusts the value.

use definition::FunctionKind;
use serde_json::{Map, Value};

/// The parts of a return value that are the same for all functions.
pub(crate) struct Returned<'a> {
    /// Absent, null: none.
    pub output: Option<&'a Map<String, Value>>,
    /// Title and description.
    pub error: Option<(String, String)>,
    /// `directive.type` is `refresh_token`.
    pub wants_refresh: bool,
}

/// What kind of value it is, in words.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// `name` in `object`; null counts as absent.
pub(crate) fn get<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object.get(name).filter(|value| !value.is_null())
}

/// A string that has to be there, and not empty.
pub(crate) fn required_text(
    object: &Map<String, Value>,
    name: &str,
    path: &str,
) -> Result<String, String> {
    match get(object, name) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text.clone()),
        Some(Value::String(_)) => {
            Err(format!("{path}.{name} is empty; expected a non-empty string"))
        }
        Some(other) => Err(format!("{path}.{name} is {}; expected a string", kind(other))),
        None => Err(format!("{path}.{name} is missing; expected a string")),
    }
}

/// A string that may be missing.
pub(crate) fn optional_text(
    object: &Map<String, Value>,
    name: &str,
    path: &str,
) -> Result<Option<String>, String> {
    match get(object, name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err(format!("{path}.{name} is {}; expected a string", kind(other))),
    }
}

/// A list that may be missing.
pub(crate) fn optional_list<'a>(
    object: &'a Map<String, Value>,
    name: &str,
    path: &str,
) -> Result<Option<&'a Vec<Value>>, String> {
    match get(object, name) {
        None => Ok(None),
        Some(Value::Array(list)) => Ok(Some(list)),
        Some(other) => Err(format!("{path}.{name} is {}; expected a list", kind(other))),
    }
}

/// An object that may be missing.
pub(crate) fn optional_object<'a>(
    object: &'a Map<String, Value>,
    name: &str,
    path: &str,
) -> Result<Option<&'a Map<String, Value>>, String> {
    match get(object, name) {
        None => Ok(None),
        Some(Value::Object(inner)) => Ok(Some(inner)),
        Some(other) => Err(format!("{path}.{name} is {}; expected an object", kind(other))),
    }
}

/// Fields that stand in `output`, whichever function.
const OUTPUT_FIELDS: [&str; 13] = [
    "display_id",
    "unique_id",
    "form",
    "action",
    "automation",
    "await",
    "variables",
    "status",
    "message",
    "events",
    "retry",
    "state",
    "variable_groups",
];

/// Reads the frame of a return value.
///
/// # Errors
/// A sentence that says what was expected.
pub(crate) fn read(function: FunctionKind, value: &Value) -> Result<Returned<'_>, String> {
    let Value::Object(object) = value else {
        let found = kind(value);
        return Err(format!(
            "{function} returned {found}; expected an object such as {{ output: {{ … }} }}"
        ));
    };
    let output = match get(object, "output") {
        None => None,
        Some(Value::Object(output)) => Some(output),
        Some(other) => return Err(format!("output is {}; expected an object", kind(other))),
    };
    let error = match get(object, "error") {
        None => None,
        Some(Value::String(text)) => Some(("Error".to_owned(), text.clone())),
        Some(Value::Object(error)) => {
            let text =
                |name| error.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let (title, description) = (text("title"), text("description"));
            Some((if title.is_empty() { "Error".to_owned() } else { title }, description))
        }
        Some(other) => {
            return Err(format!("error is {}; expected {{ title, description }}", kind(other)));
        }
    };
    let wants_refresh = match get(object, "directive") {
        None => false,
        Some(directive)
            if directive.get("type").and_then(Value::as_str) == Some("refresh_token") =>
        {
            true
        }
        Some(_) => {
            return Err("directive is not known; expected { type: \"refresh_token\" }".to_owned());
        }
    };
    if output.is_none()
        && error.is_none()
        && !wants_refresh
        && let Some(name) = OUTPUT_FIELDS.iter().find(|name| object.contains_key(**name))
    {
        return Err(format!(
            "{name} stands at the top; expected it inside output: {{ output: {{ {name}: … }} }}"
        ));
    }
    Ok(Returned { output, error, wants_refresh })
}

/// The same value with the values of all `headers` masked: they carry access tokens.
pub(crate) fn masked(value: &Value) -> Value {
    match value {
        Value::Array(list) => Value::Array(list.iter().map(masked).collect()),
        Value::Object(object) => Value::Object(
            object
                .iter()
                .map(|(name, inner)| {
                    let hidden = name.eq_ignore_ascii_case("headers");
                    (name.clone(), if hidden { masked_headers(inner) } else { masked(inner) })
                })
                .collect(),
        ),
        other => other.clone(),
    }
}

/// Header names stay, whatever else hides behind them does not.
fn masked_headers(value: &Value) -> Value {
    match value {
        Value::Array(list) => Value::Array(list.iter().map(masked_headers).collect()),
        Value::Object(object) => Value::Object(
            object
                .iter()
                .map(|(name, inner)| {
                    (
                        name.clone(),
                        if name == "name" { inner.clone() } else { masked_headers(inner) },
                    )
                })
                .collect(),
        ),
        Value::Null => Value::Null,
        _ => Value::from("***"),
    }
}
