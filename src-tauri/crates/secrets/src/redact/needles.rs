//! What is looked for: each secret as it is, as base64 at each of three offsets, and in hex.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use super::{SUBSTRING_CHARS, VALUE_CHARS};

/// What the WHATWG's form encoding escapes, beside the space.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');
/// What RFC 3986 escapes.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// What JavaScript's `encodeURIComponent` escapes.
const COMPONENT: &AsciiSet =
    &UNRESERVED.remove(b'!').remove(b'\'').remove(b'(').remove(b')').remove(b'*');

pub(super) struct Needles {
    /// How many secrets there are.
    pub(super) secrets: usize,
    /// A secret has a space, which a form writes as `+`.
    pub(super) spaces: bool,
    /// Every secret in every encoding, for values that are nothing else.
    pub(super) whole: HashSet<Vec<u8>>,
    exact: Option<AhoCorasick>,
    /// What each pattern of `exact` is.
    kinds: Vec<Kind>,
    /// Hex is written in either case.
    hex: Option<AhoCorasick>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// A secret as it is.
    Anywhere,
    /// A short one: only where it is a whole value.
    Value,
    /// The middle of a base64 run; the character before or after it holds bits of the secret as well.
    Base64 { before: bool, after: bool },
}

impl Needles {
    pub(super) fn new<'a>(secrets: impl Iterator<Item = &'a str>) -> Self {
        let secrets: HashSet<&str> = secrets.filter(|secret| !secret.is_empty()).collect();
        let mut exact: HashMap<Vec<u8>, Kind> = HashMap::new();
        let mut hex = HashSet::new();
        let mut whole = HashSet::new();
        for secret in &secrets {
            let ways = ways_to_write(secret);
            whole.insert(secret.as_bytes().to_vec());
            if secret.chars().count() >= VALUE_CHARS {
                whole.extend(ways.iter().flat_map(|way| whole_values(way)));
            }
            // Once more without the spaces and line ends around it, which a header or a form loses.
            for text in [secret, secret.trim()] {
                match text.chars().count() {
                    SUBSTRING_CHARS.. => {
                        exact.insert(text.as_bytes().to_vec(), Kind::Anywhere);
                    }
                    VALUE_CHARS.. => {
                        exact.entry(text.as_bytes().to_vec()).or_insert(Kind::Value);
                    }
                    _ => {}
                }
            }
            // Key material is often logged line by line.
            for line in secret
                .lines()
                .map(str::trim)
                .filter(|line| line.len() >= 16 && !line.starts_with("-----"))
            {
                exact.insert(line.as_bytes().to_vec(), Kind::Anywhere);
            }
            if secret.trim().chars().count() >= SUBSTRING_CHARS {
                for way in &ways {
                    hex.insert(hex::encode(way));
                    for (core, kind) in base64_cores(way) {
                        exact.entry(core.into_bytes()).or_insert(kind);
                    }
                }
            }
        }
        let (patterns, kinds): (Vec<_>, Vec<_>) = exact.into_iter().unzip();
        Self {
            secrets: secrets.len(),
            spaces: secrets.iter().any(|secret| secret.contains(' ')),
            whole,
            exact: automaton(&patterns, false),
            kinds,
            hex: automaton(&hex.into_iter().collect::<Vec<_>>(), true),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.secrets == 0
    }

    /// Calls `found` with each place in `bytes`; places may overlap.
    pub(super) fn find(&self, bytes: &[u8], found: &mut dyn FnMut(Range<usize>)) {
        // Overlapping, because of two secrets that share characters both have to go.
        for place in self.exact.iter().flat_map(|automaton| automaton.find_overlapping_iter(bytes))
        {
            let span = place.start()..place.end();
            match self.kinds.get(place.pattern().as_usize()) {
                Some(Kind::Base64 { before, after }) => {
                    found(widened(bytes, span, *before, *after))
                }
                Some(Kind::Value) if !is_value(bytes, &span) => {}
                _ => found(span),
            }
        }
        for place in self.hex.iter().flat_map(|automaton| automaton.find_overlapping_iter(bytes)) {
            found(place.start()..place.end());
        }
    }
}

fn automaton(patterns: &[impl AsRef<[u8]>], either_case: bool) -> Option<AhoCorasick> {
    if patterns.is_empty() {
        return None;
    }
    let mut builder = AhoCorasick::builder();
    // An error means more than two billion states: secrets of gigabytes.
    builder.match_kind(MatchKind::Standard).ascii_case_insensitive(either_case).build(patterns).ok()
}

/// The secret as it is, and as other encodings find it: RFC 6749 form-encodes a client secret before the base64 of HTTP Basic,
/// and a token's JSON is escaped before its base64.
fn ways_to_write(secret: &str) -> HashSet<Vec<u8>> {
    let percent = |plain| percent_encode(secret.as_bytes(), plain).to_string();
    let form = percent(FORM).replace("%20", "+");
    let json = serde_json::to_string(secret).unwrap_or_default();
    let json = json.get(1..json.len().saturating_sub(1)).unwrap_or_default();
    [
        secret,
        secret.trim(),
        &percent(NON_ALPHANUMERIC),
        &percent(UNRESERVED),
        &percent(COMPONENT),
        &form,
        json,
    ]
    .iter()
    .filter(|way| !way.is_empty())
    .map(|way| way.as_bytes().to_vec())
    .collect()
}

/// What a value that is nothing but the secret can read.
fn whole_values(way: &[u8]) -> [Vec<u8>; 7] {
    [
        STANDARD.encode(way).into_bytes(),
        STANDARD_NO_PAD.encode(way).into_bytes(),
        URL_SAFE.encode(way).into_bytes(),
        URL_SAFE_NO_PAD.encode(way).into_bytes(),
        hex::encode(way).into_bytes(),
        hex::encode_upper(way).into_bytes(),
        way.to_vec(),
    ]
}

/// The characters of a base64 run that depend on `way` alone, for each of the three places it can have in a group.
fn base64_cores(way: &[u8]) -> Vec<(String, Kind)> {
    let mut cores = Vec::new();
    for offset in 0..3 {
        let padded = [&vec![0; offset], way].concat();
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            let run = engine.encode(&padded);
            // 8 bits of a stranger fill one character and a part of the next, 16 bits two and a part.
            let head = [0, 2, 3][offset];
            let tail = usize::from(padded.len() % 3 != 0);
            if let Some(core) =
                run.get(head..run.len() - tail).filter(|core| core.len() >= SUBSTRING_CHARS)
            {
                cores.push((core.to_owned(), Kind::Base64 { before: offset > 0, after: tail > 0 }));
            }
        }
    }
    cores
}

/// With the characters beside it that hold a few bits of the secret, and the padding.
fn widened(bytes: &[u8], span: Range<usize>, before: bool, after: bool) -> Range<usize> {
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte);
    let Range { mut start, mut end } = span;
    if before && start.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(is_base64) {
        start -= 1;
    }
    if after && bytes.get(end).is_some_and(is_base64) {
        end += 1;
    }
    // At most two `=` end a run; an `=` between a name and a value is something else.
    let rest = bytes.get(end..).unwrap_or_default();
    let signs = rest.iter().take_while(|byte| **byte == b'=').count();
    if after && signs <= 2 && !rest.get(signs).is_some_and(u8::is_ascii_alphanumeric) {
        end += signs;
    }
    start..end
}

/// True for the whole text, for what is between two quotes of a kind, and for what follows `=` in a query or a form.
fn is_value(bytes: &[u8], span: &Range<usize>) -> bool {
    let before = span.start.checked_sub(1).and_then(|at| bytes.get(at));
    // In a text that is itself escaped, a backslash stands before the closing quote.
    let after = match (bytes.get(span.end), bytes.get(span.end + 1)) {
        (Some(b'\\'), Some(quote @ (b'"' | b'\''))) => Some(quote),
        (after, _) => after,
    };
    match (before, after) {
        (None, None) => true,
        (Some(open @ (b'"' | b'\'' | b'`')), Some(close)) => open == close,
        (Some(b'='), None) => true,
        (Some(b'='), Some(end)) => b"&#; \t\r\n\"'".contains(end),
        _ => false,
    }
}
