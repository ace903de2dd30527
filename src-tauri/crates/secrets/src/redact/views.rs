//! A text as it reads when its escapes are taken away, with the way back to where each byte came from.
//!
//! An encoder is free in what it escapes (`%41` is an `A`, `\u0041` too), so needles for every way of writing a secret
//! cannot be listed. Undoing the escapes finds them all.

use std::ops::Range;

/// How many layers of escapes are taken away: JSON in a query parameter in a JSON string has three.
const LAYERS: usize = 3;

/// One reading of a text.
pub(super) struct View<'a> {
    bytes: Bytes<'a>,
}

enum Bytes<'a> {
    /// The text itself.
    Plain(&'a [u8]),
    /// Decoded bytes, each with the part of the text it stands for.
    Decoded(Vec<u8>, Vec<Range<u32>>),
}

#[derive(Clone, Copy)]
enum Escapes {
    Percent,
    /// Percent, and `+` for a space.
    Form,
    /// `\n`, `\"`, `\u0041`, `\x41` and whatever else follows a backslash.
    Backslash,
}

impl<'a> View<'a> {
    pub(super) fn whole(text: &'a [u8]) -> Self {
        // Above 4 GB the way back does not fit; such a text is read as it is.
        Self { bytes: Bytes::Plain(text) }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Plain(bytes) => bytes,
            Bytes::Decoded(bytes, _) => bytes,
        }
    }

    /// Where a part of this reading stands in the text.
    pub(super) fn in_text(&self, part: Range<usize>) -> Range<usize> {
        match &self.bytes {
            Bytes::Plain(_) => part,
            Bytes::Decoded(_, origin) => {
                match (origin.get(part.start), origin.get(part.end.wrapping_sub(1))) {
                    (Some(first), Some(last)) => first.start as usize..last.end as usize,
                    _ => 0..0,
                }
            }
        }
    }

    /// Calls `look` with this reading and every one behind it. `spaces`: a secret has a space, so `+` may stand for one.
    pub(super) fn visit(&self, spaces: bool, look: &mut dyn FnMut(&View<'_>)) {
        self.descend(LAYERS, spaces, look);
    }

    fn descend(&self, layers: usize, spaces: bool, look: &mut dyn FnMut(&View<'_>)) {
        look(self);
        if layers == 0 || u32::try_from(self.bytes().len()).is_err() {
            return;
        }
        let forms = if spaces {
            &[Escapes::Percent, Escapes::Form, Escapes::Backslash][..]
        } else {
            &[Escapes::Percent, Escapes::Backslash]
        };
        for escapes in forms {
            if let Some(view) = self.decoded(*escapes) {
                view.descend(layers - 1, spaces, look);
            }
        }
    }

    /// `None` when there is nothing to decode.
    fn decoded(&self, escapes: Escapes) -> Option<View<'static>> {
        let bytes = self.bytes();
        let begins = match escapes {
            Escapes::Percent => bytes.contains(&b'%'),
            Escapes::Form => bytes.contains(&b'+'),
            Escapes::Backslash => bytes.contains(&b'\\'),
        };
        if !begins {
            return None;
        }
        let mut decoded = Vec::with_capacity(bytes.len());
        let mut origin = Vec::with_capacity(bytes.len());
        let mut at = 0;
        let mut changed = false;
        while let Some(&byte) = bytes.get(at) {
            let rest = &bytes[at..];
            let mut text = [0; 4];
            let (length, meant): (usize, &[u8]) = match escapes {
                Escapes::Percent | Escapes::Form if byte == b'%' => match hex(rest.get(1..3)) {
                    Some(code) => {
                        text[0] = code as u8;
                        (3, &text[..1])
                    }
                    None => (1, &rest[..1]),
                },
                Escapes::Form if byte == b'+' => (1, b" "),
                Escapes::Backslash if byte == b'\\' => backslash(rest, &mut text),
                _ => (1, &rest[..1]),
            };
            changed |= meant != &rest[..length];
            let from = self.in_text(at..at + length);
            for byte in meant {
                decoded.push(*byte);
                origin.push(from.start as u32..from.end as u32);
            }
            at += length;
        }
        changed.then_some(View { bytes: Bytes::Decoded(decoded, origin) })
    }
}

/// What an escape that begins `rest` means, and its length.
fn backslash<'t>(rest: &[u8], text: &'t mut [u8; 4]) -> (usize, &'t [u8]) {
    let one = |text: &'t mut [u8; 4], byte: u8, length: usize| -> (usize, &'t [u8]) {
        text[0] = byte;
        (length, &text[..1])
    };
    match rest.get(1) {
        None => one(text, b'\\', 1),
        Some(b'n') => one(text, b'\n', 2),
        Some(b'r') => one(text, b'\r', 2),
        Some(b't') => one(text, b'\t', 2),
        Some(b'b') => one(text, 8, 2),
        Some(b'f') => one(text, 12, 2),
        Some(b'x') if hex(rest.get(2..4)).is_some() => {
            let code = hex(rest.get(2..4)).and_then(char::from_u32).unwrap_or_default();
            (4, code.encode_utf8(text).as_bytes())
        }
        Some(b'u') => match utf16(rest) {
            Some((character, length)) => (length, character.encode_utf8(text).as_bytes()),
            None => one(text, b'u', 2),
        },
        Some(other) => one(text, *other, 2),
    }
}

/// `\u0041`, or two of them for one character beyond the first 65536.
fn utf16(rest: &[u8]) -> Option<(char, usize)> {
    let first = hex(rest.get(2..6))?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, 6));
    }
    if rest.get(6..8) != Some(b"\\u") {
        return None;
    }
    let second = hex(rest.get(8..12))?;
    let pair = [u16::try_from(first).ok()?, u16::try_from(second).ok()?];
    char::decode_utf16(pair).next()?.ok().map(|character| (character, 12))
}

fn hex(digits: Option<&[u8]>) -> Option<u32> {
    digits?.iter().try_fold(0, |number, digit| Some(number << 4 | char::from(*digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        View::whole(text.as_bytes()).visit(true, &mut |view| {
            assert_eq!(view.in_text(0..view.bytes().len()), 0..text.len());
            found.push(String::from_utf8_lossy(view.bytes()).into_owned());
        });
        found
    }

    #[test]
    fn escapes_are_taken_away_layer_by_layer() {
        assert_eq!(readings("plain"), ["plain"]);
        assert!(readings(r"a%22%5cu0041%22+b").contains(&r#"a"A" b"#.to_owned()));
        assert!(
            readings(r#"\"\\u00e9\\ud83e\\udd80\\\"\""#)
                .contains(&"\"\u{e9}\u{1F980}\"\"".to_owned())
        );
        assert!(readings("%2541%25%34%31").iter().any(|reading| reading == "AA"));
        assert!(readings(r"it\'s \x41").contains(&"it's A".to_owned()));
    }

    #[test]
    fn broken_escapes_stay() {
        for text in ["%", "%4", "%zz", "100%", r"\u12", r"\ud83e\u0041", r"\ud83e", "\\"] {
            readings(text);
        }
        assert_eq!(readings("50% off"), ["50% off"]);
    }

    #[test]
    fn each_byte_knows_where_it_came_from() {
        let text = r"x%C3%A9\u0041z";
        View::whole(text.as_bytes()).visit(false, &mut |view| {
            if view.bytes() == "x\u{e9}Az".as_bytes() {
                assert_eq!(&text[view.in_text(1..3)], "%C3%A9");
                assert_eq!(&text[view.in_text(3..4)], r"\u0041");
                assert_eq!(&text[view.in_text(4..5)], "z");
            }
        });
    }
}
