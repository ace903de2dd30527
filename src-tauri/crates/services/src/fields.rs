//! Reads the fields of a JSON request body and collects everything that is wrong with them.

use serde_json::{Map, Value};
use url::Url;

use crate::problem::{FieldProblem, Problem};

/// The problems found so far.
#[derive(Default)]
pub(crate) struct Fields {
    problems: Vec<FieldProblem>,
}

/// The body as a JSON object, or 400.
pub(crate) fn object(body: &[u8]) -> Result<Map<String, Value>, Problem> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Problem::bad_request("The body must be a JSON object.")),
        Err(error) => Err(Problem::bad_request(format!("The body is not JSON: {error}."))),
    }
}

impl Fields {
    pub(crate) fn refuse(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.problems.push(FieldProblem { field: field.into(), message: message.into() });
    }

    /// `value` if nothing was refused, else 422 with every field.
    pub(crate) fn finish<T>(self, value: T) -> Result<T, Problem> {
        if self.problems.is_empty() { Ok(value) } else { Err(Problem::invalid(self.problems)) }
    }

    /// Optional text of at most `max` characters; `null` counts as absent.
    pub(crate) fn text(
        &mut self,
        object: &Map<String, Value>,
        prefix: &str,
        key: &str,
        max: usize,
    ) -> Option<String> {
        match object.get(key) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if text.chars().count() <= max => Some(text.clone()),
            Some(Value::String(_)) => {
                self.refuse(
                    format!("{prefix}{key}"),
                    format!("must have at most {max} characters"),
                );
                None
            }
            Some(_) => {
                self.refuse(format!("{prefix}{key}"), "must be a string");
                None
            }
        }
    }

    /// As [`Fields::text`], and neither absent nor blank.
    pub(crate) fn required_text(
        &mut self,
        object: &Map<String, Value>,
        prefix: &str,
        key: &str,
        max: usize,
    ) -> Option<String> {
        let before = self.problems.len();
        let text = self.text(object, prefix, key, max).filter(|text| !text.trim().is_empty());
        if text.is_none() && self.problems.len() == before {
            self.refuse(format!("{prefix}{key}"), "is required");
        }
        text
    }

    /// Checks a URL that this program will send people or requests to: `https`, or `http` on loopback.
    pub(crate) fn target(&mut self, field: &str, text: &str) -> Option<Url> {
        let url = Url::parse(text).ok().filter(|url| {
            let loopback = matches!(url.host_str(), Some("127.0.0.1" | "localhost"));
            let plain =
                url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
            plain && (url.scheme() == "https" || (url.scheme() == "http" && loopback))
        });
        if url.is_none() {
            self.refuse(field, "must be an absolute https URL, or http on 127.0.0.1 or localhost");
        }
        url
    }
}
