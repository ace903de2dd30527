//! Checks a deal's properties against the fields of its pipeline.

use serde_json::{Map, Value};

use super::catalog::{Field, Kind, Pipeline};
use crate::fields::Fields;

/// What was sent as `properties`, checked; what is wrong is in `fields`.
pub(super) fn check(
    fields: &mut Fields,
    pipeline: &Pipeline,
    sent: Option<&Value>,
) -> Map<String, Value> {
    let empty = Map::new();
    let properties = match sent {
        None => &empty,
        Some(Value::Object(properties)) => properties,
        Some(_) => {
            fields.refuse("properties", "must be an object from field name to value");
            &empty
        }
    };
    for name in properties.keys() {
        if !pipeline.fields.iter().any(|field| field.name == name) {
            let message = format!("is not a field of the pipeline {:?}", pipeline.id);
            fields.refuse(format!("properties.{name}"), message);
        }
    }
    for field in pipeline.fields {
        let at = format!("properties.{}", field.name);
        match properties.get(field.name).filter(|value| !is_blank(value)) {
            None if field.required => fields.refuse(at, "is required"),
            None => {}
            Some(value) => {
                if let Err(expected) = fits(field, value) {
                    fields.refuse(at, expected);
                }
            }
        }
    }
    properties.clone()
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// `Err` = what was expected.
fn fits(field: &Field, value: &Value) -> Result<(), String> {
    let options = || field.options.iter().map(|option| option.value).collect::<Vec<_>>().join(", ");
    let is_option = |value: &Value| field.options.iter().any(|option| value == option.value);
    let text = value.as_str();
    let (good, expected) = match field.kind {
        Kind::Text => (
            text.is_some_and(|text| !text.contains('\n') && text.chars().count() <= 200),
            "must be one line of at most 200 characters".to_owned(),
        ),
        Kind::LongText => (
            text.is_some_and(|text| text.chars().count() <= 5000),
            "must be text of at most 5000 characters".to_owned(),
        ),
        Kind::Number => (
            value.as_f64().is_some_and(|number| number >= 0.0),
            "must be a number from 0, not in quotes".to_owned(),
        ),
        Kind::Date => (
            text.is_some_and(|text| text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()),
            "must be an RFC 3339 full-date, such as 2030-01-31".to_owned(),
        ),
        Kind::Choice => (is_option(value), format!("must be one of {}", options())),
        Kind::Choices => (
            value.as_array().is_some_and(|list| list.iter().all(is_option)),
            format!("must be a list from {}", options()),
        ),
    };
    if good { Ok(()) } else { Err(expected) }
}
