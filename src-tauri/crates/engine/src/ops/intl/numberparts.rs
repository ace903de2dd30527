//! Parts of written numbers: units and currencies around them, signs and spaces apart.

use std::collections::HashMap;

use super::data::{section, text};
use super::dateparts::Part;
use super::numberformat::{NumberFormat, Wrapping, texts};

impl NumberFormat {
    pub(super) fn wrapped(&self, body: Vec<Part>, plural: &str) -> Vec<Part> {
        match &self.wrapping {
            Wrapping::None => body,
            Wrapping::Unit(texts) => {
                let pattern = texts.get(plural).or_else(|| texts.get("other"));
                let Some(pattern) = pattern else { return body };
                // A unit that says its number itself, as Arabic's dual does.
                let Some((before, after)) = pattern.split_once("{0}") else {
                    return spaced(pattern, "unit");
                };
                let mut out = spaced(before, "unit");
                out.extend(body);
                out.extend(spaced(after, "unit"));
                out
            }
            Wrapping::Name(names, texts) => {
                let name =
                    names.get(plural).or_else(|| names.get("other")).map_or("", String::as_str);
                let pattern = texts.get(plural).or_else(|| texts.get("other"));
                let pattern = pattern.map_or("{0} {1}", String::as_str);
                let mut out = Vec::new();
                let mut rest = pattern;
                while let Some(at) = rest.find('{') {
                    push(&mut out, ("literal", rest[..at].to_owned()));
                    if rest[at..].starts_with("{0}") {
                        body.iter().cloned().for_each(|part| push(&mut out, part));
                    } else {
                        push(&mut out, ("currency", name.to_owned()));
                    }
                    rest = rest.get(at + 3..).unwrap_or_default();
                }
                push(&mut out, ("literal", rest.to_owned()));
                out
            }
        }
    }
}

/// Adds a part; text joins text, and what is empty is not there.
pub(super) fn push(out: &mut Vec<Part>, part: Part) {
    if part.1.is_empty() {
        return;
    }
    match out.last_mut() {
        Some(("literal", before)) if part.0 == "literal" => before.push_str(&part.1),
        _ => out.push(part),
    }
}

/// A mark of direction.
fn mark(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}')
}

/// A sign with the marks of direction around it apart.
pub(super) fn marked(kind: &'static str, text: &str) -> Vec<Part> {
    apart(kind, text, mark)
}

/// A text with the space around it apart.
pub(super) fn spaced(text: &str, kind: &'static str) -> Vec<Part> {
    apart(kind, text, |letter| letter.is_whitespace() || mark(letter))
}

/// A text with what is `around` it apart.
fn apart(kind: &'static str, text: &str, around: fn(char) -> bool) -> Vec<Part> {
    let inner = text.trim_matches(around);
    let start = text.find(inner).unwrap_or(0);
    let mut out = Vec::new();
    for part in [
        ("literal", text[..start].to_owned()),
        (kind, inner.to_owned()),
        ("literal", text[start + inner.len()..].to_owned()),
    ] {
        push(&mut out, part);
    }
    out
}

/// A unit's texts by plural category; of two units, the second per the first.
pub(super) fn unit(data: &str, unit: &str, display: &str) -> HashMap<String, String> {
    let all = section("units", data);
    let table = &all[match display {
        "long" => "l",
        "narrow" => "n",
        _ => "s",
    }];
    if table[unit].is_object() {
        return texts(&table[unit]);
    }
    let Some((first, second)) = unit.split_once("-per-") else { return HashMap::new() };
    let mut texts = texts(&table[first]);
    texts.remove("per");
    match table[second]["per"].as_str() {
        Some(per) => texts.values_mut().for_each(|text| *text = per.replace("{0}", text)),
        None => {
            let one = table[second]["one"].as_str().or_else(|| table[second]["other"].as_str());
            let name = one.unwrap_or_default().replace("{0}", "").trim().to_owned();
            let per = text(table, "per").to_owned();
            texts
                .values_mut()
                .for_each(|text| *text = per.replace("{0}", text).replace("{1}", &name));
        }
    }
    texts
}
