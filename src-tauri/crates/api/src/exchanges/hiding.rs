//! Taking what opens doors out of the texts of an exchange, so that each can be shown by itself.

use std::ops::Range;

use flow::authorization::carries_code;
use secrets::{Redactor, Secret};

use super::spans::{self, Field};
use crate::types::ExchangePart;

/// Names whose values open doors, compared without case, `_` and `-`.
const NAMES: [&str; 7] = [
    "apikey",
    "assertion",
    "authorization",
    "cookie",
    "proxyauthorization",
    "setcookie",
    "xapikey",
];
/// The same for any name with one of these in it.
const PARTS_OF_NAMES: [&str; 6] =
    ["token", "secret", "password", "verifier", "assertion", "signature"];
/// Names that only sound so.
const HARMLESS: [&str; 8] = [
    "tokentype",
    "tokentypehint",
    "issuedtokentype",
    "tokenendpoint",
    "oauthsignaturemethod",
    "signaturemethod",
    "expirestoken",
    "tokenexpiresin",
];

/// Cuts texts into what is shown and what is not, and keeps the latter.
pub struct Hiding<'a> {
    redactor: &'a Redactor,
    values: Vec<Secret>,
}

impl<'a> Hiding<'a> {
    pub fn new(redactor: &'a Redactor) -> Self {
        Self { redactor, values: Vec::new() }
    }

    /// What was hidden, by number.
    pub fn into_values(self) -> Vec<Secret> {
        self.values
    }

    /// Hides all of a value.
    pub fn hide(&mut self, name: &str, value: &str) -> ExchangePart {
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(Secret::new(value));
        ExchangePart::Hidden {
            value: number,
            name: name.to_owned(),
            characters: u32::try_from(value.chars().count()).unwrap_or(u32::MAX),
        }
    }

    /// A URL: its parameters and what stands before `@`.
    pub fn url(&mut self, url: &str) -> Vec<ExchangePart> {
        let mut fields = match url.split_once('?') {
            Some((before, _)) => spans::of_form(url, before.len() + 1),
            None => Vec::new(),
        };
        fields.retain(|field| opens_doors(&field.name));
        let host = url.find("://").map_or(0, |at| at + 3);
        let authority = url.get(host..).unwrap_or_default();
        let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some((person, _)) = authority.rsplit_once('@') {
            fields.push(Field { name: "user".to_owned(), value: host..host + person.len() });
        }
        self.cut(url, fields)
    }

    /// A header's value; of `Authorization` the scheme stays.
    pub fn header(&mut self, name: &str, value: &str) -> Vec<ExchangePart> {
        if name.eq_ignore_ascii_case("location") {
            return self.url(value);
        }
        if !opens_doors(name) {
            return self.cut(value, Vec::new());
        }
        let is_authorization = name.to_ascii_lowercase().ends_with("authorization");
        let scheme = value.split_once(' ').filter(|_| is_authorization).map(|(scheme, _)| scheme);
        let from = scheme.map_or(0, |scheme| scheme.len() + 1);
        if scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("oauth")) {
            let mut fields = spans::of_parameters(value, from);
            if !fields.is_empty() {
                fields.retain(|field| opens_doors(&field.name));
                return self.cut(value, fields);
            }
        }
        self.cut(value, vec![Field { name: name.to_owned(), value: from..value.len() }])
    }

    /// A body, which itself says what it is: JSON, a form, or a text.
    pub fn body(&mut self, body: &str) -> Vec<ExchangePart> {
        let trimmed = body.trim_start_matches('\u{feff}').trim();
        let mut fields = if trimmed.starts_with(['{', '[']) {
            spans::of_json(body)
        } else if trimmed.contains('=') && !trimmed.contains(['<', '\n', ' ', '{']) {
            spans::of_form(body, 0)
        } else {
            Vec::new()
        };
        fields.retain(|field| opens_doors(&field.name));
        self.cut(body, fields)
    }

    /// The text in pieces: named fields are hidden, and known secrets wherever they stand.
    fn cut(&mut self, text: &str, fields: Vec<Field>) -> Vec<ExchangePart> {
        let known = self
            .redactor
            .find(text)
            .into_iter()
            .filter(|found| !fields.iter().any(|field| overlap(&field.value, found)))
            .map(|value| Field { name: "secret".to_owned(), value });
        let mut all: Vec<Field> = known.collect();
        all.extend(fields);
        all.retain(|field| !field.value.is_empty());
        all.sort_by_key(|field| field.value.start);
        let mut parts = Vec::new();
        let mut shown_to = 0;
        for field in all {
            let Some(value) = text.get(field.value.clone()) else { continue };
            if field.value.start < shown_to {
                continue;
            }
            push_text(&mut parts, text.get(shown_to..field.value.start));
            parts.push(self.hide(&field.name, value));
            shown_to = field.value.end;
        }
        push_text(&mut parts, text.get(shown_to..));
        parts
    }
}

fn push_text(parts: &mut Vec<ExchangePart>, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        parts.push(ExchangePart::Text { text: text.to_owned() });
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn opens_doors(name: &str) -> bool {
    let bare: String = name
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    if HARMLESS.contains(&bare.as_str()) {
        return false;
    }
    NAMES.contains(&bare.as_str())
        || carries_code(&bare)
        || PARTS_OF_NAMES.iter().any(|part| bare.contains(part))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The text as shown, hidden values as `[name]`.
    fn shown(parts: &[ExchangePart]) -> String {
        parts
            .iter()
            .map(|part| match part {
                ExchangePart::Text { text } => text.clone(),
                ExchangePart::Hidden { name, .. } => format!("[{name}]"),
            })
            .collect()
    }

    /// The text put together again from what is shown and what was hidden.
    fn whole(parts: &[ExchangePart], values: &[Secret]) -> String {
        parts
            .iter()
            .map(|part| match part {
                ExchangePart::Text { text } => text.as_str(),
                ExchangePart::Hidden { value, .. } => values[*value as usize].expose(),
            })
            .collect()
    }

    #[test]
    fn each_place_hides_what_opens_doors_and_nothing_else() {
        let redactor = Redactor::new(&[Secret::new("hunter2-hunter2")]);
        let mut hiding = Hiding::new(&redactor);
        let check = |parts: Vec<ExchangePart>, expected: &str| {
            assert_eq!(shown(&parts), expected);
        };
        check(
            hiding.url("https://me:pw@p.example/t?code=c-1&scope=a+b#x"),
            "https://[user]@p.example/t?code=[code]&scope=a+b#x",
        );
        check(
            hiding.body("grant_type=authorization_code&client_secret=s%26&code=c&redirect_uri=r"),
            "grant_type=authorization_code&client_secret=[client_secret]&code=[code]&redirect_uri=r",
        );
        check(
            hiding.body(r#"{"authed_user":{"access_token":"xoxp","scope":"a"},"token_type":"bot","n":[1,"x"]}"#),
            r#"{"authed_user":{"access_token":"[access_token]","scope":"a"},"token_type":"bot","n":[1,"x"]}"#,
        );
        check(
            hiding.body(r#"{"id_token": 12345, "refresh_token": "broken o"#),
            r#"{"id_token": [id_token], "refresh_token": "[refresh_token]"#,
        );
        check(hiding.body("<p>hunter2-hunter2</p>"), "<p>[secret]</p>");
        check(hiding.header("Authorization", "Basic YTpi"), "Basic [Authorization]");
        check(
            hiding.header(
                "authorization",
                r#"OAuth realm="x", oauth_signature="s", oauth_token="t", oauth_version="1.0""#,
            ),
            r#"OAuth realm="x", oauth_signature="[oauth_signature]", oauth_token="[oauth_token]", oauth_version="1.0""#,
        );
        check(hiding.header("Content-Type", "application/json"), "application/json");
        check(hiding.header("X-Trace", "of hunter2-hunter2"), "of [secret]");
        check(hiding.header("Set-Cookie", "a=b; Path=/"), "[Set-Cookie]");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_a_named_value_is_never_shown(
            before in "[a-z{}\\[\\]\",:& =]{0,20}", secret in "[A-Z0-9]{8,20}", cut in 0..400usize,
        ) {
            let redactor = Redactor::default();
            for text in [
                format!("{{\"a\": \"{}\", \"access_token\": \"{secret}\", \"b\": [1]}}", before.replace('"', "")),
                format!("scope=x&access_token={secret}&b=1"),
            ] {
                let mut hiding = Hiding::new(&redactor);
                let cut = text.floor_char_boundary(cut.min(text.len()));
                let parts = hiding.body(&text[..cut]);
                prop_assert!(!shown(&parts).contains(&secret));
                prop_assert_eq!(whole(&parts, &hiding.into_values()), &text[..cut]);
            }
            let mut hiding = Hiding::new(&redactor);
            let parts = hiding.body(&before);
            prop_assert_eq!(whole(&parts, &hiding.into_values()), before);
        }
    }
}
