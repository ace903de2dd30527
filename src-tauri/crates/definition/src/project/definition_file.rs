//! app.json as text: reading it with exact places in errors, and writing it the one way.

use serde::Deserialize;
use serde_json::error::Category;

use super::{APP_JSON, ProjectError};
use crate::{Action, ActionType, App, FunctionConfig};

/// The app in the text of app.json.
///
/// # Errors
/// [`ProjectError::NotJson`] and [`ProjectError::WrongShape`], with line, column and field.
pub fn parse_app(text: &str) -> Result<App, ProjectError> {
    parse(APP_JSON, text)
}

/// `text` of `file` as JSON of the shape `T`.
pub(super) fn parse<'a, T: Deserialize<'a>>(file: &str, text: &'a str) -> Result<T, ProjectError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut parser = serde_json::Deserializer::from_str(text);
    let parsed = serde_path_to_error::deserialize(&mut parser);
    let value = parsed.map_err(|error| {
        let field = error.path().to_string();
        wrong(file, text, if field == "." { String::new() } else { field }, &error.into_inner())
    })?;
    parser.end().map_err(|error| wrong(file, text, String::new(), &error))?;
    Ok(value)
}

fn wrong(file: &str, text: &str, field: String, error: &serde_json::Error) -> ProjectError {
    let number = |n: usize| u32::try_from(n.max(1)).unwrap_or(u32::MAX);
    let (file, line, column) = (file.to_owned(), number(error.line()), number(error.column()));
    // serde_json ends its message with the place, which stands in fields of its own here.
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = message.strip_suffix(&place).unwrap_or(&message);
    if error.classify() != Category::Data {
        let reason = if text.trim().is_empty() {
            "the file is empty".to_owned()
        } else {
            message.to_owned()
        };
        return ProjectError::NotJson { file, line, column, reason };
    }
    let message = message.replace("map, expected", "object, expected");
    let (reason, expected) = match message.split_once(", expected ") {
        Some((reason, expected)) => (reason.to_owned(), Some(in_words(expected))),
        // The one untagged type of app.json; serde can only say that nothing matched.
        None if message.contains("SecretValue") => (
            "neither the name of a secret nor a text".to_owned(),
            Some("{\"secret\": \"client_secret\"}".to_owned()),
        ),
        None => (message, None),
    };
    ProjectError::WrongShape { file, line, column, field, reason, expected }
}

/// What serde expected, in the words of JSON.
fn in_words(expected: &str) -> String {
    match expected {
        "a map" => "an object".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a boolean" => "true or false".to_owned(),
        _ if expected.starts_with("struct ") => "an object".to_owned(),
        _ => expected.to_owned(),
    }
}

/// The text of app.json for `app`: fields in a fixed order, then those this version does not know in theirs; two spaces,
/// a newline at the end.
pub fn app_text(app: &App) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(app)?;
    text.push('\n');
    Ok(text)
}

/// What a new app begins as: every function, one action, no authorization.
pub(super) fn new_app(name: &str) -> App {
    let function = || Some(FunctionConfig::default());
    App {
        name: name.to_owned(),
        actions: vec![Action {
            key: "start".to_owned(),
            title: name.to_owned(),
            action_type: ActionType::Action,
            unknown: serde_json::Map::new(),
        }],
        identity_function: function(),
        build_function: function(),
        action_function: function(),
        redirect_function: function(),
        webhook_function: function(),
        ..App::default()
    }
}
