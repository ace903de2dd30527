//! The locale data: `data/intl.bin`, written by `data/intl/make.mjs`, unpacked piece by piece when asked for.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::Read;
use std::rc::Rc;

use serde_json::{Map, Value};

static ARCHIVE: &[u8] = include_bytes!("../../../data/intl.bin");

/// What is kept at most of merged sections: a call seldom touches more than a few locales.
const KEPT: usize = 96;

#[derive(Default)]
struct Unpacked {
    index: Option<Rc<Map<String, Value>>>,
    /// Whole pieces: `section/language`.
    pieces: HashMap<String, Rc<Value>>,
    /// Sections of one locale, its parents' data merged in.
    merged: HashMap<(&'static str, String), Rc<Value>>,
    supplement: Option<Rc<Value>>,
}

thread_local! {
    static UNPACKED: RefCell<Unpacked> = RefCell::default();
}

fn index() -> Rc<Map<String, Value>> {
    UNPACKED.with_borrow_mut(|unpacked| {
        Rc::clone(unpacked.index.get_or_insert_with(|| {
            let head =
                ARCHIVE.first_chunk::<4>().map_or(0, |head| u32::from_le_bytes(*head) as usize);
            let text = ARCHIVE.get(4..4 + head).unwrap_or_default();
            Rc::new(serde_json::from_slice(text).unwrap_or_default())
        }))
    })
}

fn unpack(name: &str) -> Option<Value> {
    let index = index();
    let place = index.get(name)?;
    let head = u32::from_le_bytes(*ARCHIVE.first_chunk::<4>()?) as usize;
    let start = 4 + head + place.get(0)?.as_u64()? as usize;
    let packed = ARCHIVE.get(start..start + place.get(1)?.as_u64()? as usize)?;
    let mut text = Vec::with_capacity(packed.len() * 6);
    brotli_decompressor::Decompressor::new(packed, 8192).read_to_end(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}

fn piece(section: &str, language: &str) -> Rc<Value> {
    let name = format!("{section}/{language}");
    if let Some(known) = UNPACKED.with_borrow(|unpacked| unpacked.pieces.get(&name).cloned()) {
        return known;
    }
    let made = Rc::new(unpack(&name).unwrap_or(Value::Null));
    UNPACKED.with_borrow_mut(|unpacked| {
        if unpacked.pieces.len() >= KEPT {
            unpacked.pieces.clear();
        }
        unpacked.pieces.insert(name, Rc::clone(&made));
    });
    made
}

/// What holds for all locales.
pub(super) fn supplement() -> Rc<Value> {
    if let Some(known) = UNPACKED.with_borrow(|unpacked| unpacked.supplement.clone()) {
        return known;
    }
    let made = Rc::new(unpack("supplement").unwrap_or(Value::Null));
    UNPACKED.with_borrow_mut(|unpacked| unpacked.supplement = Some(Rc::clone(&made)));
    made
}

/// The locale whose data a locale without its own data in some place has: `None` after the root, `und`.
fn parent(locale: &str) -> Option<String> {
    if locale == "und" {
        return None;
    }
    if let Some(named) = supplement()["parents"][locale].as_str() {
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
        if let Some(change) = piece(name, language).get(locale) {
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

fn apply(value: &mut Value, change: &Value) {
    match (value, change) {
        (Value::Object(fields), Value::Object(changes)) => {
            for (name, change) in changes {
                if change.is_null() {
                    fields.shift_remove(name);
                } else if let Some(field) = fields.get_mut(name) {
                    apply(field, change);
                } else {
                    fields.insert(name.clone(), change.clone());
                }
            }
        }
        (value, change) => *value = change.clone(),
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
            assert!(unpack(name).is_some(), "{name}");
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
