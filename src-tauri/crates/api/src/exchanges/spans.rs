//! Where the values of named fields stand in a URL, a form, or a JSON text that may be broken off.

use std::ops::Range;

/// A field's value: where it stands, and the field's name, decoded.
pub struct Field {
    /// The name; empty = there is none.
    pub name: String,
    /// Bytes of the text.
    pub value: Range<usize>,
}

/// The fields of `a=1&b=2`, which begins at byte `from` of `text`.
pub fn of_form(text: &str, from: usize) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut start = from;
    for pair in text.get(from..).unwrap_or_default().split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let at = start + name.len() + 1;
        if !value.is_empty() {
            let decoded = url::form_urlencoded::parse(name.as_bytes())
                .next()
                .map(|(name, _)| name.into_owned());
            fields.push(Field { name: decoded.unwrap_or_default(), value: at..at + value.len() });
        }
        start += pair.len() + 1;
    }
    fields
}

/// The scalar values of a JSON text, each with the name of the innermost field it belongs to. Strings without their quotes. A text
/// that is broken off gives what is there.
pub fn of_json(text: &str) -> Vec<Field> {
    let bytes = text.as_bytes();
    let mut fields = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut name = String::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => {
                names.push(name.clone());
                at += 1;
            }
            b'}' | b']' => {
                name = names.pop().unwrap_or_default();
                at += 1;
            }
            b',' => {
                name = names.last().cloned().unwrap_or_default();
                at += 1;
            }
            b'"' => {
                let value = at + 1..end_of_string(bytes, at + 1);
                at = value.end + 1;
                if is_name(bytes, at) {
                    let quoted = text.get(value.start - 1..value.end + 1).unwrap_or_default();
                    name = serde_json::from_str(quoted).unwrap_or_default();
                } else if !value.is_empty() {
                    fields.push(Field { name: name.clone(), value });
                }
            }
            b'-' | b'0'..=b'9' => {
                let rest = bytes.get(at..).unwrap_or_default();
                let length = rest
                    .iter()
                    .take_while(|byte| {
                        matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')
                    })
                    .count();
                fields.push(Field { name: name.clone(), value: at..at + length });
                at += length;
            }
            _ => at += 1,
        }
    }
    fields
}

/// The byte of the closing quote, or the end of a text that is broken off.
fn end_of_string(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Whether a colon follows.
fn is_name(bytes: &[u8], from: usize) -> bool {
    bytes.iter().skip(from).find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
}

/// The parameters of an OAuth 1.0 `Authorization` header: `a="1", b="2"`.
pub fn of_parameters(text: &str, from: usize) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut start = from;
    for part in text.get(from..).unwrap_or_default().split(',') {
        if let Some((name, value)) = part.split_once("=\"")
            && let Some(value) = value.trim_end().strip_suffix('"')
        {
            let at = start + name.len() + 2;
            fields.push(Field { name: name.trim().to_owned(), value: at..at + value.len() });
        }
        start += part.len() + 1;
    }
    fields
}
