//! Redaction of JSON values.

use std::ops::Range;

use serde_json::{Map, Value};

use super::named::{self, Named, by_header, by_name};
use super::{Redactor, mask};
use crate::MASK;

pub(super) fn redact(redactor: &Redactor, value: &mut Value) {
    match value {
        Value::String(text) => {
            if redactor.is_whole(text) {
                MASK.clone_into(text);
            } else {
                *text = redactor.redact_text(text);
            }
        }
        // A secret of digits alone may have become a number.
        Value::Number(number) => {
            let text = number.to_string();
            if text.len() >= super::VALUE_CHARS && redactor.is_whole(&text) {
                *value = MASK.into();
            }
        }
        Value::Array(items) => {
            if let [Value::String(name), second @ Value::String(_)] = items.as_mut_slice()
                && let Some(named) = by_header(name)
            {
                redact_named(redactor, second, named);
                return;
            }
            for item in items {
                redact(redactor, item);
            }
        }
        Value::Object(fields) => redact_object(redactor, fields),
        Value::Null | Value::Bool(_) => {}
    }
}

fn redact_object(redactor: &Redactor, fields: &mut Map<String, Value>) {
    // {"name": "Authorization", "value": "…"} is one field written as two.
    let pair = ["name", "key"]
        .iter()
        .find_map(|key| fields.get(*key).and_then(Value::as_str).and_then(by_name));
    for (key, value) in fields.iter_mut() {
        match by_name(key).or(pair.filter(|_| key == "value")) {
            Some(named) => redact_named(redactor, value, named),
            None => redact(redactor, value),
        }
    }
    if fields.keys().any(|key| !key_spans(redactor, key).is_empty()) {
        rename(redactor, fields);
    }
}

fn redact_named(redactor: &Redactor, value: &mut Value, named: Named) {
    match value {
        Value::String(text) => *text = redactor.redact_text(&named::mask_value(text, named)),
        Value::Number(_) => *value = MASK.into(),
        // `Set-Cookie` may have several values.
        Value::Array(items) => {
            items.iter_mut().for_each(|item| redact_named(redactor, item, named))
        }
        other => redact(redactor, other),
    }
}

/// A short secret that equals a key is a common word: the key stays.
fn key_spans(redactor: &Redactor, key: &str) -> Vec<Range<usize>> {
    if key.chars().count() < super::SUBSTRING_CHARS { Vec::new() } else { redactor.spans(key) }
}

/// Masks secrets in keys. Two keys that look the same then are told apart: no value is lost.
fn rename(redactor: &Redactor, fields: &mut Map<String, Value>) {
    let mut renamed = Map::with_capacity(fields.len());
    for (key, value) in std::mem::take(fields) {
        let masked = mask(&key, key_spans(redactor, &key)).unwrap_or(key);
        let mut unique = masked.clone();
        let mut count = 1;
        while renamed.contains_key(&unique) {
            count += 1;
            unique = format!("{masked} ({count})");
        }
        renamed.insert(unique, value);
    }
    *fields = renamed;
}
