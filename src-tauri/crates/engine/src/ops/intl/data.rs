//! The locale data: `data/intl.bin`, written by `data/intl/make.mjs`, unpacked piece by piece when asked for.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::Read;
use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

/// The piece of what holds for all locales.
const SUPPLEMENT: &str = "supplement";

static ARCHIVE: &[u8] = include_bytes!("../../../data/intl.bin");

/// What is kept at most of merged sections: a call seldom touches more than a few locales.
const KEPT: usize = 96;

/// A piece whose parts are read when they are asked for: most of a piece is not needed by most calls.
type Parts = HashMap<String, Box<RawValue>>;

#[derive(Default)]
struct Unpacked {
    /// Where each piece lies: its first byte and how many there are.
    index: Option<Rc<HashMap<&'static str, (usize, usize)>>>,
    /// Whole pieces: `section/language`.
    pieces: HashMap<String, Rc<Parts>>,
    /// Sections of one locale, its parents' data merged in.
    merged: HashMap<(&'static str, String), Rc<Value>>,
    /// Tables of what holds for all locales.
    tables: HashMap<&'static str, Rc<Value>>,
}

thread_local! {
    static UNPACKED: RefCell<Unpacked> = RefCell::default();
}

/// Bytes of the index, which follows the four that say so.
fn head() -> usize {
    ARCHIVE.first_chunk::<4>().map_or(0, |head| u32::from_le_bytes(*head) as usize)
}

fn index() -> Rc<HashMap<&'static str, (usize, usize)>> {
    UNPACKED.with_borrow_mut(|unpacked| {
        Rc::clone(unpacked.index.get_or_insert_with(|| {
            let text = ARCHIVE.get(4..4 + head()).unwrap_or_default();
            Rc::new(serde_json::from_slice(text).unwrap_or_default())
        }))
    })
}

fn unpack(name: &str) -> Option<Parts> {
    let (start, length) = *index().get(name)?;
    let start = 4 + head() + start;
    let packed = ARCHIVE.get(start..start + length)?;
    let mut text = Vec::with_capacity(packed.len() * 6);
    brotli_decompressor::Decompressor::new(packed, 8192).read_to_end(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}

fn piece(name: &str) -> Rc<Parts> {
    if let Some(known) = UNPACKED.with_borrow(|unpacked| unpacked.pieces.get(name).cloned()) {
        return known;
    }
    let made = Rc::new(unpack(name).unwrap_or_default());
    UNPACKED.with_borrow_mut(|unpacked| {
        if unpacked.pieces.len() >= KEPT {
            unpacked.pieces.clear();
        }
        unpacked.pieces.insert(name.to_owned(), Rc::clone(&made));
    });
    made
}

fn read<T: DeserializeOwned>(part: &RawValue) -> Option<T> {
    serde_json::from_str(part.get()).ok()
}

/// A table of what holds for all locales.
pub(super) fn supplement(table: &'static str) -> Rc<Value> {
    if let Some(known) = UNPACKED.with_borrow(|unpacked| unpacked.tables.get(table).cloned()) {
        return known;
    }
    let made = piece(SUPPLEMENT).get(table).and_then(|part| read(part)).unwrap_or(Value::Null);
    let made = Rc::new(made);
    UNPACKED.with_borrow_mut(|unpacked| unpacked.tables.insert(table, Rc::clone(&made)));
    made
}

/// One entry of such a table, without reading the others.
pub(super) fn supplement_of(table: &str, name: &str) -> Value {
    let parts = piece(SUPPLEMENT).get(table).and_then(|part| read::<Parts>(part));
    parts.and_then(|parts| read(parts.get(name)?)).unwrap_or(Value::Null)
}

/// The locale whose data a locale without its own data in some place has: `None` after the root, `und`.
fn parent(locale: &str) -> Option<String> {
    if locale == "und" {
        return None;
    }
    if let Some(named) = supplement("parents")[locale].as_str() {
        return Some(named.to_owned());
    }
    Some(locale.rfind('-').map_or("und", |at| &locale[..at]).to_owned())
}

/// A locale and those it has data from, up to the root.
pub(super) fn parents(locale: &str) -> Vec<String> {
    let mut chain = vec![locale.to_owned()];
    while let Some(above) = chain.last().and_then(|last| parent(last)) {
        chain.push(above);
    }
    chain
}

/// A section's data of a data locale (as [`super::locale::data_locale`] names it).
pub(super) fn section(name: &'static str, locale: &str) -> Rc<Value> {
    let key = (name, locale.to_owned());
    if let Some(known) = UNPACKED.with_borrow(|unpacked| unpacked.merged.get(&key).cloned()) {
        return known;
    }
    let mut value = Value::Null;
    for locale in parents(locale).iter().rev() {
        let language = locale.split('-').next().unwrap_or_default();
        let piece = piece(&format!("{name}/{language}"));
        if let Some(change) = piece.get(locale.as_str()).and_then(|part| read(part)) {
            apply(&mut value, change);
        }
    }
    let made = Rc::new(value);
    UNPACKED.with_borrow_mut(|unpacked| {
        if unpacked.merged.len() >= KEPT {
            unpacked.merged.clear();
        }
        unpacked.merged.insert(key, Rc::clone(&made));
    });
    made
}

fn apply(value: &mut Value, change: Value) {
    match (value, change) {
        (Value::Object(fields), Value::Object(changes)) => {
            for (name, change) in changes {
                if change.is_null() {
                    fields.shift_remove(&name);
                } else if let Some(field) = fields.get_mut(&name) {
                    apply(field, change);
                } else {
                    fields.insert(name, change);
                }
            }
        }
        (value, change) => *value = change,
    }
}

/// The text of a field, or nothing.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_unpacks() {
        let index = index();
        assert!(index.len() > 500, "{} pieces", index.len());
        for name in index.keys() {
            let parts = unpack(name).unwrap_or_else(|| panic!("{name}"));
            for (part, text) in parts {
                assert!(read::<Value>(&text).is_some(), "{name} {part}");
            }
        }
    }

    #[test]
    fn a_region_has_what_its_parents_have() {
        let british = section("dates", "en-GB");
        assert_eq!(british["mf"]["w"][0], "January");
        assert_eq!(british["D"][3], "dd/MM/y");
        assert_eq!(section("dates", "en")["D"][3], "M/d/yy");
    }
}
