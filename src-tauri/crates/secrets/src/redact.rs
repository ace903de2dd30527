//! Taking secrets out of what is stored or shown.

mod json;
mod named;
mod needles;
mod views;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;

use crate::{MASK, Secret};
use needles::Needles;
use views::View;

/// From how many characters on a secret is masked inside a longer text; a shorter one would take half of the text with it.
const SUBSTRING_CHARS: usize = 6;

/// From how many characters on a secret is masked where it is a whole value in a text: in quotes, or after `=`.
const VALUE_CHARS: usize = 4;

/// Masks known secrets, and what is secret by its name. Clones share their tables.
///
/// A secret of six characters or more is found anywhere: as it is, JSON- or JavaScript-escaped, percent- or form-encoded, as
/// base64 (either alphabet, also in the middle of a longer base64 run), in hex, and in any of these inside another, up to three
/// deep. A secret of four or five characters is masked where it is a whole value, a shorter one where it is a whole JSON string.
/// Independent of any secret, the values of `Authorization`, `Proxy-Authorization`, `Cookie`, `Set-Cookie` and `X-Api-Key`
/// (keeping the scheme: `Bearer ***`) and of fields such as `access_token` or `client_secret` are masked; placeholders like
/// `{{access_token}}` stay.
///
/// Not found: a secret that was cut in pieces, compressed, encrypted, hashed, or broken over lines within base64.
///
/// Building takes some tens of microseconds a secret; build one for a call, not for a text. The tables hold the secrets in
/// memory that is not wiped.
#[derive(Clone)]
pub struct Redactor {
    needles: Arc<Needles>,
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").field("secrets", &self.needles.secrets).finish_non_exhaustive()
    }
}

impl Default for Redactor {
    fn default() -> Self {
        Self::new([])
    }
}

impl Redactor {
    /// A redactor that knows these secrets. Empty ones do not count.
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        Self { needles: Arc::new(Needles::new(secrets.into_iter().map(Secret::expose))) }
    }

    /// The text with every secret replaced by `***`.
    pub fn redact_text(&self, text: &str) -> String {
        let masked = mask(text, self.spans(text));
        named::redact(masked.as_deref().unwrap_or(text))
            .or(masked)
            .unwrap_or_else(|| text.to_owned())
    }

    /// The same for every string and key in a JSON value, with the rules for names applied to objects, to
    /// `{"name": …, "value": …}` and to header pairs `[name, value]`.
    pub fn redact_json(&self, value: &mut Value) {
        json::redact(self, value);
    }

    /// Where known secrets stand in the text, in whatever encoding, in order and without overlap. What is secret by its name alone
    /// is not among them.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut spans = self.spans(text);
        spans.sort_by_key(|span| span.start);
        let mut found: Vec<Range<usize>> = Vec::with_capacity(spans.len());
        for span in spans {
            let span = text.floor_char_boundary(span.start)..text.ceil_char_boundary(span.end);
            match found.last_mut() {
                Some(open) if span.start <= open.end => open.end = open.end.max(span.end),
                _ => found.push(span),
            }
        }
        found
    }

    /// True for a secret that is a whole JSON string, however short, and in whatever encoding.
    fn is_whole(&self, text: &str) -> bool {
        self.needles.whole.contains(text.as_bytes())
    }

    /// Where secrets are, in no order; may overlap.
    fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        if self.needles.is_empty() {
            return spans;
        }
        View::whole(text.as_bytes()).visit(self.needles.spaces, &mut |view| {
            self.needles.find(view.bytes(), &mut |found| spans.push(view.in_text(found)));
        });
        spans
    }
}

/// Replaces the spans; those that touch become one mask. `None` when there are none.
fn mask(text: &str, mut spans: Vec<Range<usize>>) -> Option<String> {
    if spans.is_empty() {
        return None;
    }
    spans.sort_by_key(|span| span.start);
    let mut masked = String::with_capacity(text.len());
    let mut kept_to = 0;
    let mut pending: Option<Range<usize>> = None;
    let mut emit = |span: Range<usize>| {
        masked.push_str(text.get(kept_to..span.start).unwrap_or_default());
        masked.push_str(MASK);
        kept_to = span.end;
    };
    for span in spans {
        // A match in a decoded view may begin or end inside a character of the text.
        let span = text.floor_char_boundary(span.start)..text.ceil_char_boundary(span.end);
        match &mut pending {
            Some(open) if span.start <= open.end => open.end = open.end.max(span.end),
            _ => {
                if let Some(done) = pending.replace(span) {
                    emit(done);
                }
            }
        }
    }
    if let Some(done) = pending {
        emit(done);
    }
    masked.push_str(text.get(kept_to..).unwrap_or_default());
    Some(masked)
}

#[cfg(test)]
mod tests;
