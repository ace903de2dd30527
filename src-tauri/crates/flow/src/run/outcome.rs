//! `output` of Action, Redirect and Webhook, read leniently (contract chapters 8 to 10).

use definition::{ActionType, FunctionKind, NameValue};
use serde_json::{Map, Value};
use url::Url;

use super::event::{EndStatus, Headers, OpenType};
use crate::returned::{
    get, kind, masked, optional_list, optional_object, optional_text, required_text,
};

/// What the function decided.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub status: Option<EndStatus>,
    pub message: Option<String>,
    pub events: Vec<StepEvent>,
    pub form: Option<(Vec<Value>, bool)>,
    /// ms.
    pub retry_delay: Option<i64>,
    /// Header values masked.
    pub variables: Vec<Value>,
    pub state: Option<String>,
    /// Header values masked.
    pub groups: Vec<Value>,
    /// Fields that were there and play no part.
    pub ignored: Vec<String>,
}

#[derive(Debug)]
pub(super) enum StepEvent {
    SendMessage { text: String },
    UploadAttachment { file_name: String, mime_type: String, url: String, headers: Headers },
    OpenUrl { url: String, open_type: OpenType },
}

/// Reads `output`; nothing of it is done unless all of it can be read.
///
/// # Errors
/// A sentence with the path of what cannot be used and what was expected.
pub(super) fn read(
    function: FunctionKind,
    kind: ActionType,
    output: &Map<String, Value>,
) -> Result<Outcome, String> {
    let mut outcome = Outcome {
        status: status(output)?,
        message: optional_text(output, "message", "output")?,
        ..Outcome::default()
    };
    let is_action = kind == ActionType::Action;
    let is_trigger = kind == ActionType::Trigger;
    let mut ignored = Vec::new();
    let mut fits = |name: &str, fits: bool, why: &str| {
        let there = get(output, name).is_some();
        if there && !fits {
            ignored.push(format!("{function} returned output.{name}, which was ignored: {why}"));
        }
        there && fits
    };
    if fits("events", is_action, "only action apps have events") {
        for (index, event) in
            optional_list(output, "events", "output")?.into_iter().flatten().enumerate()
        {
            outcome.events.push(step_event(event, &format!("output.events[{index}]"))?);
        }
    }
    if fits("form", is_action, "only action apps can ask the assignee") {
        outcome.form = form(output)?;
    }
    if fits("retry", !is_action, "action apps are called again by a click, a redirect or a webhook")
    {
        outcome.retry_delay = retry_delay(output)?;
    }
    if fits("state", is_trigger, "only triggers have a state") {
        outcome.state = optional_text(output, "state", "output")?;
    }
    if fits("variable_groups", is_trigger, "only triggers start flows") {
        let groups = optional_list(output, "variable_groups", "output")?.into_iter().flatten();
        for (index, group) in groups.enumerate() {
            if !group.is_object() {
                let found = self::kind(group);
                return Err(format!(
                    "output.variable_groups[{index}] is {found}; expected {{ variables: [ … ] }}"
                ));
            }
            outcome.groups.push(masked(group));
        }
    }
    if fits("variables", !is_action, "action apps provide no variables") {
        for (index, variable) in
            optional_list(output, "variables", "output")?.into_iter().flatten().enumerate()
        {
            let path = format!("output.variables[{index}]");
            let Value::Object(object) = variable else {
                return Err(format!(
                    "{path} is {}; expected {{ key, value }} or {{ key, files }}",
                    self::kind(variable)
                ));
            };
            required_text(object, "key", &path)?;
            outcome.variables.push(masked(variable));
        }
    }
    if function != FunctionKind::Action {
        let before = outcome.events.len();
        outcome.events.retain(|event| !matches!(event, StepEvent::OpenUrl { .. }));
        if outcome.events.len() < before {
            ignored.push(format!("{function} returned an open_url event, which was ignored: only Action can open a page"));
        }
    }
    outcome.ignored = ignored;
    Ok(outcome)
}

/// `output.form` with `output.no_more_forms`.
pub(super) fn form(output: &Map<String, Value>) -> Result<Option<(Vec<Value>, bool)>, String> {
    let Some(inputs) = optional_list(output, "form", "output")? else {
        return Ok(None);
    };
    let no_more_forms = match get(output, "no_more_forms") {
        None => false,
        Some(Value::Bool(flag)) => *flag,
        Some(other) => {
            return Err(format!("output.no_more_forms is {}; expected true or false", kind(other)));
        }
    };
    Ok(Some((inputs.clone(), no_more_forms)))
}

fn status(output: &Map<String, Value>) -> Result<Option<EndStatus>, String> {
    match get(output, "status") {
        None => Ok(None),
        Some(value) => match value.as_str() {
            Some("completed") => Ok(Some(EndStatus::Completed)),
            Some("cancelled") => Ok(Some(EndStatus::Cancelled)),
            _ => Err(format!("output.status is {value}; expected \"completed\" or \"cancelled\"")),
        },
    }
}

fn retry_delay(output: &Map<String, Value>) -> Result<Option<i64>, String> {
    let Some(retry) = optional_object(output, "retry", "output")? else {
        return Ok(None);
    };
    // A year is as long as anybody waits for a step.
    const LONGEST_SECONDS: f64 = 366.0 * 86_400.0;
    match get(retry, "delay").and_then(Value::as_f64) {
        Some(seconds) if (0.0..=LONGEST_SECONDS).contains(&seconds) => {
            Ok(Some((seconds * 1000.0) as i64))
        }
        Some(seconds) => {
            Err(format!("output.retry.delay is {seconds}; expected seconds from 0 up to a year"))
        }
        None => Err("output.retry.delay is missing or no number; expected seconds".to_owned()),
    }
}

fn step_event(event: &Value, path: &str) -> Result<StepEvent, String> {
    let Value::Object(object) = event else {
        return Err(format!("{path} is {}; expected {{ type, options }}", kind(event)));
    };
    let name = required_text(object, "type", path)?;
    let Some(options) = optional_object(object, "options", path)? else {
        return Err(format!("{path}.options is missing; expected an object"));
    };
    let inside = format!("{path}.options");
    match name.as_str() {
        "send_message" => {
            Ok(StepEvent::SendMessage { text: required_text(options, "text", &inside)? })
        }
        "upload_attachment" => Ok(StepEvent::UploadAttachment {
            file_name: required_text(options, "file_name", &inside)?,
            mime_type: required_text(options, "mime_type", &inside)?,
            url: web_address(options, &inside)?,
            headers: headers(options, &inside)?,
        }),
        "open_url" => {
            let open_type = match optional_text(options, "open_type", &inside)?.as_deref() {
                None | Some("redirect") => OpenType::Redirect,
                Some("webview") => OpenType::Webview,
                Some(other) => {
                    return Err(format!(
                        "{inside}.open_type is {other:?}; expected \"redirect\" or \"webview\""
                    ));
                }
            };
            Ok(StepEvent::OpenUrl { url: web_address(options, &inside)?, open_type })
        }
        other => Err(format!(
            "{path}.type is {other:?}; expected \"send_message\", \"upload_attachment\" or \"open_url\""
        )),
    }
}

/// Only http and https: a return value must not open files or run scripts in the client.
fn web_address(options: &Map<String, Value>, path: &str) -> Result<String, String> {
    let text = required_text(options, "url", path)?;
    match Url::parse(&text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(text),
        Ok(url) => {
            Err(format!("{path}.url starts with {}:; expected an http or https URL", url.scheme()))
        }
        Err(cause) => Err(format!(
            "{path}.url is not a URL ({cause}); expected an absolute http or https URL"
        )),
    }
}

fn headers(options: &Map<String, Value>, path: &str) -> Result<Headers, String> {
    let mut headers = Vec::new();
    for (index, header) in
        optional_list(options, "headers", path)?.into_iter().flatten().enumerate()
    {
        let text = |name: &str| header.get(name).and_then(Value::as_str);
        let (Some(name), Some(value)) = (text("name"), text("value")) else {
            return Err(format!(
                "{path}.headers[{index}]: expected {{ name, value }}, both strings"
            ));
        };
        headers.push(NameValue::new(name, value));
    }
    Ok(Headers(headers))
}
