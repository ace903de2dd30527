//! What each of the ten types of form input may hold (contract chapter 7).

use super::schema::{Field, Object, Shape, filled_list, list, optional, required};
use crate::formats::{is_date_time, is_decimal, is_full_date, is_full_time};

/// One entry of a form.
pub(super) static INPUT: Shape = Shape::Tagged(&[
    ("string", &STRING),
    ("text", &STRING),
    ("number", &NUMBER),
    ("date", &DATE),
    ("time", &TIME),
    ("date-time", &DATE_TIME),
    ("select", &SELECT),
    ("multi-select", &MULTI_SELECT),
    ("file", &FILE),
    ("heading", &HEADING),
]);

const TYPE: Field = required("type", Shape::Text);
const KEY: Field = required("key", Shape::FilledText);
const LABEL: Field = required("label", Shape::Text);
const TIP: Field = optional("tip", Shape::Text);
const REQUIRED: Field = optional("required", Shape::Flag);
const PLACEHOLDER: Field = optional("placeholder", Shape::Text);

/// An old example of the framework's documentation writes the names on the left.
const OLD_NAMES: &[(&str, &str)] =
    &[("name", "label"), ("description", "tip"), ("is_required", "required")];

macro_rules! input {
    ($($more:expr),*) => {
        Object { fields: &[TYPE, KEY, LABEL, TIP, REQUIRED, PLACEHOLDER, $($more),*], renamed: OLD_NAMES, misplaced: &[] }
    };
}

static STRING: Object = input!(optional("default", Shape::Text));
static NUMBER: Object = input!(optional(
    "default",
    Shape::Formatted { test: is_decimal, expected: "a decimal number as text, such as \"12.5\"" }
));
static DATE: Object = input!(optional(
    "default",
    Shape::Formatted { test: is_full_date, expected: "a date by RFC 3339, such as \"2026-02-28\"" }
));
static TIME: Object = input!(optional(
    "default",
    Shape::Formatted {
        test: is_full_time,
        expected: "a time with its offset by RFC 3339, such as \"14:30:00Z\""
    }
));
static DATE_TIME: Object = input!(optional(
    "default",
    Shape::Formatted {
        test: is_date_time,
        expected: "a date and time by RFC 3339, such as \"2026-02-28T14:30:00Z\""
    }
));
static SELECT: Object =
    input!(optional("default", Shape::Text), required("props", Shape::Object(&WITH_OPTIONS)));
static MULTI_SELECT: Object = input!(
    optional("default", list(&Shape::Text)),
    required("props", Shape::Object(&WITH_OPTIONS))
);
static WITH_OPTIONS: Object =
    Object::of(&[required("options", filled_list(&Shape::Object(&OPTION)))]);
static OPTION: Object =
    Object::of(&[required("label", Shape::Text), required("value", Shape::Text)]);
static FILE: Object = input!(optional("default", Shape::Object(&FILE_VALUE)));
static FILE_VALUE: Object = Object::of(&[required(crate::form::FILE_KEY, Shape::Object(&FILES))]);
static FILES: Object = Object::of(&[required("files", list(&Shape::Object(&NAMED_FILE)))]);
static NAMED_FILE: Object =
    Object::of(&[optional("name", Shape::Text), required("url", Shape::FilledText)]);
// That it has a title or a description is a rule.
static HEADING: Object = Object::of(&[TYPE, KEY, optional("props", Shape::Object(&HEADING_PROPS))]);
static HEADING_PROPS: Object =
    Object::of(&[optional("title", Shape::Text), optional("description", Shape::Text)]);
