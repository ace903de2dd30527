//! Ranges of numbers: what both ends have in common is written once.

use super::data::{section, text};
use super::dateparts::Part;
use super::daterange::RangePart;
use super::numberformat::{NumberFormat, system};
use super::plural;

fn numeric(kind: &str) -> bool {
    matches!(
        kind,
        "integer"
            | "group"
            | "decimal"
            | "fraction"
            | "nan"
            | "infinity"
            | "exponentSeparator"
            | "exponentMinusSign"
            | "exponentInteger"
    )
}

/// What stands before the number, the number, and what stands after it.
fn split(parts: Vec<Part>) -> (Vec<Part>, Vec<Part>, Vec<Part>) {
    let start = parts.iter().position(|(kind, _)| numeric(kind)).unwrap_or(0);
    let end = parts.iter().rposition(|(kind, _)| numeric(kind)).map_or(parts.len(), |at| at + 1);
    let mut before = parts;
    let after = before.split_off(end);
    let number = before.split_off(start);
    (before, number, after)
}

impl NumberFormat {
    pub(super) fn range(&self, start: &str, end: &str) -> Vec<RangePart> {
        let numbers = section("numbers", &self.data);
        let own = system(&numbers, &self.settings.numbering_system);
        let (first, first_plural) = self.written(start, None);
        let (second, second_plural) = self.written(end, None);
        if first == second {
            let sign = text(&own["sym"], "approximatelySign");
            let (body, plural) =
                self.written(start, Some(if sign.is_empty() { "~" } else { sign }));
            let parts = self.wrapped(body, plural);
            return parts.into_iter().map(|(kind, text)| (kind, text, "shared")).collect();
        }
        let pattern = match text(own, "range") {
            "" => "{0}–{1}",
            pattern => pattern,
        };
        let separator = pattern.replace("{0}", "").replace("{1}", "");
        let (before, number, after) = split(first);
        let (other_before, other_number, other_after) = split(second);
        let size: usize = before.iter().chain(&after).map(|(_, text)| text.chars().count()).sum();
        let same = before == other_before && after == other_after;
        let other_size: usize =
            other_before.iter().chain(&other_after).map(|(_, text)| text.chars().count()).sum();
        let mut parts: Vec<RangePart> = Vec::new();
        let mut add = |more: Vec<Part>, source: &'static str| {
            for (kind, text) in more {
                match parts.last_mut() {
                    Some(("literal", last, own)) if kind == "literal" && *own == source => {
                        last.push_str(&text);
                    }
                    _ => parts.push((kind, text, source)),
                }
            }
        };
        if same && size != 1 {
            add(before, "shared");
            add(number, "startRange");
            add(vec![("literal", separator)], "shared");
            add(other_number, "endRange");
            add(after, "shared");
        } else {
            let spaced = if size + other_size > 0 && !separator.starts_with(char::is_whitespace) {
                format!(" {} ", separator.trim())
            } else {
                separator
            };
            add(before, "startRange");
            add(number, "startRange");
            add(after, "startRange");
            add(vec![("literal", spaced)], "shared");
            add(other_before, "endRange");
            add(other_number, "endRange");
            add(other_after, "endRange");
        }
        // The unit stands around both.
        let plural = plural::range(&self.settings.locale, first_plural, second_plural);
        let mark = vec![("integer", "\u{0}".to_owned())];
        let around = self.wrapped(mark, &plural);
        let Some(at) = around.iter().position(|(_, text)| text == "\u{0}") else { return parts };
        let share = |parts: &[Part]| -> Vec<RangePart> {
            parts.iter().map(|(kind, text)| (*kind, text.clone(), "shared")).collect()
        };
        let mut out = share(&around[..at]);
        out.extend(parts);
        out.extend(share(&around[at + 1..]));
        out
    }
}
