//! A small schema language for return values, and the walk that compares a value with it.
//!
//! What an object may hold is a table of fields; what fields have to do with each other is not said here but in the rules
//! beside it.

use serde_json::{Map, Value};

use crate::{Diagnostic, nearest};

/// Findings beyond this many help nobody.
const MOST_FINDINGS: usize = 200;

/// What a value must be.
pub(super) enum Shape {
    /// Anything.
    Any,
    /// A text, perhaps empty.
    Text,
    /// A text with something in it.
    FilledText,
    /// A text that passes a test.
    Formatted { test: fn(&str) -> bool, expected: &'static str },
    /// One of these words.
    Choice(&'static [&'static str]),
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// A number that is not negative.
    Seconds,
    /// An object of the author's own.
    AnyObject,
    /// An object with these fields.
    Object(&'static Object),
    /// A list.
    List { of: &'static Shape, at_least_one: bool },
    /// An object whose fields depend on the word in its field `type`.
    Tagged(&'static [(&'static str, &'static Object)]),
}

/// What an object may hold.
pub(super) struct Object {
    pub fields: &'static [Field],
    /// Old names, with what they are called now.
    pub renamed: &'static [(&'static str, &'static str)],
    /// Names that belong elsewhere, and where.
    pub misplaced: &'static [(&'static str, &'static str)],
}

impl Object {
    /// An object of these fields.
    pub const fn of(fields: &'static [Field]) -> Self {
        Self { fields, renamed: &[], misplaced: &[] }
    }
}

/// A field of an object.
pub(super) struct Field {
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
}

/// A field that must be there.
pub(super) const fn required(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: true }
}

/// A field that may be there.
pub(super) const fn optional(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: false }
}

/// A list that may be empty.
pub(super) const fn list(of: &'static Shape) -> Shape {
    Shape::List { of, at_least_one: false }
}

/// A list of at least one.
pub(super) const fn filled_list(of: &'static Shape) -> Shape {
    Shape::List { of, at_least_one: true }
}

/// What has been found so far.
#[derive(Default)]
pub(super) struct Findings(pub Vec<Diagnostic>);

impl Findings {
    /// Adds one, unless there are too many already.
    pub fn add(&mut self, finding: Diagnostic) {
        if self.0.len() < MOST_FINDINGS {
            self.0.push(finding);
        }
    }

    fn full(&self) -> bool {
        self.0.len() >= MOST_FINDINGS
    }
}

/// `path` with the field `name` added.
pub(super) fn join(path: &str, name: &str) -> String {
    let plain = !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$');
    match (plain, path.is_empty()) {
        (true, true) => name.to_owned(),
        (true, false) => format!("{path}.{name}"),
        (false, _) => format!("{path}[{}]", Value::from(name)),
    }
}

/// What `value` is, in a few words.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Compares `value` with `shape`.
pub(super) fn walk(value: &Value, shape: &Shape, path: &str, findings: &mut Findings) {
    if findings.full() {
        return;
    }
    let mut mistyped = |expected: &str| findings.add(wrong_type(value, path, expected));
    match (shape, value) {
        (Shape::Any, _)
        | (Shape::Text, Value::String(_))
        | (Shape::Flag, Value::Bool(_))
        | (Shape::Number, Value::Number(_))
        | (Shape::AnyObject, Value::Object(_)) => {}
        (Shape::Text, _) => mistyped("a text"),
        (Shape::Flag, _) => mistyped("true or false"),
        (Shape::Number, _) => mistyped("a number"),
        (Shape::AnyObject, _) => mistyped("an object"),
        (Shape::FilledText, Value::String(text)) if text.trim().is_empty() => findings.add(
            Diagnostic::error("field.empty", path, format!("`{path}` is empty"))
                .expecting("a text that is not empty"),
        ),
        (Shape::FilledText, Value::String(_)) => {}
        (Shape::FilledText, _) => mistyped("a text that is not empty"),
        (Shape::Formatted { test, expected }, Value::String(text)) => {
            if !test(text) {
                let message = format!("`{path}` is {}, which is not {expected}", shown(text));
                findings.add(Diagnostic::error("field.format", path, message).expecting(*expected));
            }
        }
        (Shape::Formatted { expected, .. }, _) => mistyped(&format!("a text: {expected}")),
        (Shape::Choice(words), Value::String(word)) => {
            choose(word, words.iter().copied(), path, findings)
        }
        (Shape::Choice(words), _) => mistyped(&one_of(words.iter().copied())),
        (Shape::Seconds, Value::Number(number)) => {
            if number.as_f64().is_none_or(|seconds| seconds < 0.0) {
                let message = format!("`{path}` is {number}");
                findings.add(
                    Diagnostic::error("field.range", path, message)
                        .expecting("a number of seconds, 0 or more"),
                );
            }
        }
        (Shape::Seconds, _) => mistyped("a number of seconds, 0 or more"),
        (Shape::Object(object), Value::Object(map)) => walk_object(map, object, path, findings),
        (Shape::Object(object), _) => mistyped(&object_of(object)),
        (Shape::List { of, at_least_one }, Value::Array(items)) => {
            if items.is_empty() && *at_least_one {
                let message = format!("`{path}` is an empty list");
                findings.add(
                    Diagnostic::error("field.empty", path, message).expecting("at least one entry"),
                );
            }
            for (index, item) in items.iter().enumerate() {
                walk(item, of, &format!("{path}[{index}]"), findings);
            }
        }
        (Shape::List { .. }, _) => mistyped("a list"),
        (Shape::Tagged(variants), Value::Object(map)) => walk_tagged(map, variants, path, findings),
        (Shape::Tagged(variants), _) => {
            mistyped(&format!(
                "an object with `type`: {}",
                one_of(variants.iter().map(|(word, _)| *word))
            ));
        }
    }
}

fn wrong_type(value: &Value, path: &str, expected: &str) -> Diagnostic {
    let found = kind_of(value);
    let advice = if value.is_null() { "; leave it out instead" } else { "" };
    let message = format!("`{path}` is {found}, not {expected}{advice}");
    Diagnostic::error("field.type", path, message).expecting(expected)
}

fn walk_tagged(
    map: &Map<String, Value>,
    variants: &[(&'static str, &Object)],
    path: &str,
    findings: &mut Findings,
) {
    let words = || variants.iter().map(|(word, _)| *word);
    let tag = join(path, "type");
    match map.get("type") {
        None => {
            let message = format!("`{tag}` is missing");
            findings
                .add(Diagnostic::error("field.missing", tag, message).expecting(one_of(words())));
        }
        Some(Value::String(word)) => match variants.iter().find(|(known, _)| known == word) {
            Some((_, object)) => walk_object(map, object, path, findings),
            None => choose(word, words(), &tag, findings),
        },
        Some(other) => findings.add(wrong_type(other, &tag, &one_of(words()))),
    }
}

fn walk_object(map: &Map<String, Value>, object: &Object, path: &str, findings: &mut Findings) {
    let old_name_of = |name: &str| {
        object
            .renamed
            .iter()
            .find(|(old, new)| *new == name && map.contains_key(*old) && !map.contains_key(*new))
    };
    for field in
        object.fields.iter().filter(|field| field.required && !map.contains_key(field.name))
    {
        if old_name_of(field.name).is_none() {
            let place = join(path, field.name);
            let message = format!("`{place}` is missing");
            findings.add(
                Diagnostic::error("field.missing", place, message)
                    .expecting(expected(&field.shape)),
            );
        }
    }
    for (name, value) in map {
        let place = join(path, name);
        if let Some(field) = object.fields.iter().find(|field| field.name == name) {
            walk(value, &field.shape, &place, findings);
        } else if let Some((_, new)) =
            object.renamed.iter().find(|(old, new)| old == name && !map.contains_key(*new))
        {
            let message = format!("`{place}` is an old name and is not read; `{new}` is meant");
            let finding = Diagnostic::error("field.renamed", place, message);
            findings.add(finding.expecting(format!("`{new}`")).nearest_to(Some(new)));
        } else if let Some((_, belongs)) =
            object.misplaced.iter().find(|(misplaced, _)| misplaced == name)
        {
            let message = format!("`{place}` is not read here; it belongs {belongs}");
            findings.add(
                Diagnostic::warning("field.misplaced", place, message)
                    .expecting(format!("`{name}` {belongs}")),
            );
        } else {
            unknown(name, object, place, findings);
        }
    }
}

fn unknown(name: &str, object: &Object, place: String, findings: &mut Findings) {
    let meant = nearest(name, object.fields.iter().map(|field| field.name));
    let advice = meant.map_or_else(String::new, |meant| format!("; `{meant}` may be meant"));
    let message = format!("`{place}` is not known{advice}");
    let finding = Diagnostic::warning("field.unknown", place, message);
    findings.add(finding.expecting(object_of(object)).nearest_to(meant));
}

fn choose(
    word: &str,
    words: impl Iterator<Item = &'static str> + Clone,
    path: &str,
    findings: &mut Findings,
) {
    if words.clone().any(|known| known == word) {
        return;
    }
    let expected = one_of(words.clone());
    let message = format!("`{path}` is {}, not {expected}", shown(word));
    let finding = Diagnostic::error("field.choice", path, message);
    findings.add(finding.expecting(expected).nearest_to(nearest(word, words)));
}

/// `text` in quotes, cut where it is long.
pub(super) fn shown(text: &str) -> String {
    const LONG: usize = 60;
    let cut: String = text.chars().take(LONG).collect();
    if cut.len() < text.len() { format!("{:?}", cut + "…") } else { format!("{cut:?}") }
}

/// The words as a choice: `"a", "b" or "c"`.
pub(super) fn one_of(words: impl Iterator<Item = &'static str>) -> String {
    let mut quoted: Vec<String> = words.map(|word| format!("\"{word}\"")).collect();
    match (quoted.pop(), quoted.is_empty()) {
        (Some(last), true) => last,
        (Some(last), false) => format!("{} or {last}", quoted.join(", ")),
        (None, _) => String::new(),
    }
}

fn object_of(object: &Object) -> String {
    let names: Vec<String> = object
        .fields
        .iter()
        .map(|field| format!("{}{}", field.name, if field.required { "" } else { "?" }))
        .collect();
    if names.is_empty() {
        "an object".to_owned()
    } else {
        format!("an object {{ {} }}", names.join(", "))
    }
}

fn expected(shape: &Shape) -> String {
    match shape {
        Shape::Any => "any value".to_owned(),
        Shape::Text => "a text".to_owned(),
        Shape::FilledText => "a text that is not empty".to_owned(),
        Shape::Formatted { expected, .. } => (*expected).to_owned(),
        Shape::Choice(words) => one_of(words.iter().copied()),
        Shape::Flag => "true or false".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::Seconds => "a number of seconds, 0 or more".to_owned(),
        Shape::AnyObject => "an object".to_owned(),
        Shape::Object(object) => object_of(object),
        Shape::List { .. } => "a list".to_owned(),
        Shape::Tagged(variants) => {
            format!("an object with `type`: {}", one_of(variants.iter().map(|(word, _)| *word)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_readable_and_unambiguous() {
        assert_eq!(join("", "output"), "output");
        assert_eq!(join("output.form[2]", "key"), "output.form[2].key");
        assert_eq!(join("default", "@moxo.file"), "default[\"@moxo.file\"]");
        assert_eq!(join("", "a b"), "[\"a b\"]");
        assert_eq!(join("x", "a\"b"), "x[\"a\\\"b\"]");
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(shown("short"), "\"short\"");
        assert!(shown(&"é".repeat(1000)).chars().count() < 70);
    }

    #[test]
    fn there_is_an_end_to_findings() {
        let mut findings = Findings::default();
        let many = Value::Array(vec![Value::Null; 100_000]);
        walk(&many, &list(&Shape::Text), "x", &mut findings);
        assert_eq!(findings.0.len(), MOST_FINDINGS);
    }
}
