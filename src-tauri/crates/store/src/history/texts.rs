//! What of a flow run or a call is searched for text.

use serde_json::Value;

use super::grams::fold;

/// Bytes kept of what was said in one entry; later ones are not searched.
const SAID: usize = 6_000;
/// Bytes kept of its errors, beside.
const ERRORS: usize = 2_000;
/// Characters searched of one text, from its beginning.
const ONE: usize = 500;

/// Begins the line of an error. No text has control characters.
pub(super) const ERROR: char = '\u{1}';
/// Stands between what the entry's row says and what was said in it.
const BODY: char = '\u{2}';

/// Texts that a search finds an entry by, masked by the caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// What went in and out: form values, parameters, answers, log lines.
    pub said: Vec<String>,
    /// Why something failed.
    pub errors: Vec<String>,
}

impl Texts {
    /// Adds every text and number in `value`, not the names of fields.
    pub fn say(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.said.push(text.clone()),
            Value::Number(number) => self.said.push(number.to_string()),
            Value::Array(items) => items.iter().for_each(|item| self.say(item)),
            Value::Object(fields) => fields.values().for_each(|item| self.say(item)),
            Value::Null | Value::Bool(_) => {}
        }
    }
}

/// The lines of an entry, as they stand in the database: folded, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lines {
    /// With a line break before, between and behind.
    body: String,
    said: usize,
    errors: usize,
}

impl Lines {
    /// From the stored text of an entry.
    pub(super) fn parse(stored: &str) -> Self {
        let mut lines = Self::default();
        let body = stored.split_once(BODY).map_or("", |(_, body)| body);
        for line in body.lines().filter(|line| !line.is_empty()) {
            let length = line.len() + 1;
            *(if line.starts_with(ERROR) { &mut lines.errors } else { &mut lines.said }) += length;
        }
        body.clone_into(&mut lines.body);
        lines
    }

    /// Adds what is new and fits.
    pub(super) fn add(&mut self, texts: &Texts) {
        for text in &texts.errors {
            self.line(text, true);
        }
        for text in &texts.said {
            self.line(text, false);
        }
    }

    /// Is there an error among them?
    pub(super) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Adds the lines of another entry.
    pub(super) fn join(&mut self, other: &Self) {
        for line in other.body.lines() {
            self.line(line.trim_start_matches(ERROR), line.starts_with(ERROR));
        }
    }

    fn line(&mut self, text: &str, is_error: bool) {
        let end = text.char_indices().nth(ONE).map_or(text.len(), |(at, _)| at);
        let folded = fold(text.get(..end).unwrap_or_default());
        let (used, most) =
            if is_error { (&mut self.errors, ERRORS) } else { (&mut self.said, SAID) };
        if folded.is_empty() || *used + folded.len() > most {
            return;
        }
        let mark = if is_error { ERROR.to_string() } else { String::new() };
        let line = format!("\n{mark}{folded}\n");
        if self.body.contains(&line) {
            return;
        }
        *used += line.len() - 1;
        self.body.push_str(line.get(usize::from(!self.body.is_empty())..).unwrap_or_default());
    }

    /// The whole text of an entry whose row says `head`.
    pub(super) fn with_head<'a>(&self, head: impl IntoIterator<Item = &'a str>) -> String {
        let mut text = String::with_capacity(self.body.len() + 200);
        for part in head {
            let folded = fold(part);
            if !folded.is_empty() {
                text.push_str(&folded);
                text.push('\n');
            }
        }
        text.push(BODY);
        text.push_str(&self.body);
        text
    }
}

/// Does the stored text of an entry contain what is looked for, in one line?
pub(super) fn contains(stored: &str, folded: &str, in_errors: bool) -> bool {
    if in_errors {
        stored.lines().any(|line| line.starts_with(ERROR) && line.contains(folded))
    } else {
        stored.contains(folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn texts(said: &[&str], errors: &[&str]) -> Texts {
        let owned = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect();
        Texts { said: owned(said), errors: owned(errors) }
    }

    #[test]
    fn each_text_stands_there_once_and_comes_back_as_stored() {
        let mut lines = Lines::default();
        lines.add(&texts(&["Order 7", "order  7", "", "x"], &["It FAILED"]));
        lines.add(&texts(&["x", "Y"], &["it failed"]));
        let stored = lines.with_head(["Sign", ""]);
        assert_eq!(stored, "sign\n\u{2}\n\u{1}it failed\norder 7\nx\ny\n");
        assert_eq!(Lines::parse(&stored), lines);
        assert!(contains(&stored, "rder 7", false) && !contains(&stored, "rder 7", true));
        assert!(contains(&stored, "it f", true));
    }

    #[test]
    fn what_is_kept_is_bounded_and_errors_have_room_of_their_own() {
        let mut lines = Lines::default();
        let many: Vec<String> = (0..10_000).map(|n| format!("line {n}")).collect();
        lines.add(&Texts { said: many, errors: Vec::new() });
        lines.add(&texts(&["too late"], &["still here"]));
        let stored = lines.with_head([]);
        assert!(stored.len() < SAID + ERRORS + 10, "{}", stored.len());
        assert!(stored.contains("still here") && !stored.contains("too late"));
        let mut one = Lines::default();
        one.add(&texts(&[&"ä".repeat(10_000)], &[]));
        assert_eq!(one.with_head([]).matches('ä').count(), ONE);
    }

    #[test]
    fn texts_and_numbers_are_found_and_field_names_are_not() {
        let mut found = Texts::default();
        found.say(&json!({ "name": "Ann", "list": [1, true, null, { "deep": "er" }] }));
        found.said.sort();
        assert_eq!(found.said, ["1", "Ann", "er"]);
    }
}
