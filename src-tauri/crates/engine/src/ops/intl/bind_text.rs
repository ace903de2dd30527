//! The operations for text: comparing, dividing, and the case of letters.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use icu_casemap::CaseMapper;
use icu_collator::options::{AlternateHandling, CaseLevel, CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale::{LanguageIdentifier, Locale};
use icu_segmenter::{GraphemeClusterSegmenter, SentenceSegmenter, WordSegmenter};
use rquickjs::{Ctx, Exception, Function, Object, Result};

use super::super::define;
use crate::value::Text;

pub(super) fn bind<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    // A function that compares two texts: below, equal, above as -1, 0, 1.
    define!(ctx, object, "collator", |ctx: Ctx<'js>,
                                      tag: Text,
                                      sensitivity: Text,
                                      ignore: Option<bool>|
     -> Result<Function<'js>> {
        let Some(collator) = collator(&tag.0, &sensitivity.0, ignore) else {
            return Err(Exception::throw_range(&ctx, "Incorrect locale information provided"));
        };
        Function::new(ctx, move |one: Text, other: Text| -> i32 {
            collator.compare(&one.0, &other.0) as i32
        })
    });
    // Where the pieces of a text end, in code units; of words, a negative end is one of no word.
    define!(ctx, object, "segments", |text: Text, granularity: Text| -> Vec<f64> {
        segments(&text.0, &granularity.0)
    });
    define!(ctx, object, "upper", |text: Text, language: Text| -> String {
        let Ok(id) = language.0.parse::<LanguageIdentifier>() else { return text.0 };
        CaseMapper::new().uppercase_to_string(&text.0, &id).into_owned()
    });
    define!(ctx, object, "lower", |text: Text, language: Text| -> String {
        let Ok(id) = language.0.parse::<LanguageIdentifier>() else { return text.0 };
        CaseMapper::new().lowercase_to_string(&text.0, &id).into_owned()
    });
    Ok(())
}

fn collator(
    tag: &str,
    sensitivity: &str,
    ignore: Option<bool>,
) -> Option<Rc<CollatorBorrowed<'static>>> {
    thread_local! {
        static KNOWN: RefCell<HashMap<String, Rc<CollatorBorrowed<'static>>>> = RefCell::default();
    }
    let key = format!("{tag} {sensitivity} {ignore:?}");
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&key).cloned()) {
        return Some(known);
    }
    let locale: Locale = tag.parse().ok()?;
    let mut options = CollatorOptions::default();
    options.strength = Some(match sensitivity {
        "base" | "case" => Strength::Primary,
        "accent" => Strength::Secondary,
        _ => Strength::Tertiary,
    });
    if sensitivity == "case" {
        options.case_level = Some(CaseLevel::On);
    }
    options.alternate_handling = ignore.map(|ignore| {
        if ignore { AlternateHandling::Shifted } else { AlternateHandling::NonIgnorable }
    });
    let made = Rc::new(Collator::try_new(locale.into(), options).ok()?);
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= 64 {
            known.clear();
        }
        known.insert(key, Rc::clone(&made));
    });
    Some(made)
}

fn segments(text: &str, granularity: &str) -> Vec<f64> {
    let units: Vec<u16> = text.encode_utf16().collect();
    match granularity {
        "word" => {
            let segmenter = WordSegmenter::new_dictionary(Default::default());
            let pieces = segmenter.segment_utf16(&units).iter_with_word_type();
            let mut start = 0;
            pieces
                .skip(1)
                .map(|(end, kind)| {
                    // A mark at its end makes a word no less one.
                    let word = kind.is_word_like()
                        || char::decode_utf16(units[start..end].iter().copied())
                            .any(|letter| letter.is_ok_and(char::is_alphanumeric));
                    start = end;
                    if word { end as f64 } else { -(end as f64) }
                })
                .collect()
        }
        "sentence" => {
            let segmenter = SentenceSegmenter::new(Default::default());
            segmenter.segment_utf16(&units).skip(1).map(|end| end as f64).collect()
        }
        _ => GraphemeClusterSegmenter::new()
            .segment_utf16(&units)
            .skip(1)
            .map(|end| end as f64)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::*;

    #[test]
    fn languages_sort_their_own_way() {
        let compare = |tag: &str, sensitivity: &str, a: &str, b: &str| {
            collator(tag, sensitivity, None).unwrap().compare(a, b)
        };
        assert_eq!(compare("de", "variant", "ä", "z"), Ordering::Less);
        assert_eq!(compare("sv", "variant", "ä", "z"), Ordering::Greater);
        assert_eq!(compare("en", "base", "a", "Á"), Ordering::Equal);
        assert_eq!(compare("en", "accent", "a", "á"), Ordering::Less);
        assert_eq!(compare("en", "case", "a", "á"), Ordering::Equal);
        assert_eq!(compare("en-u-kn", "variant", "a2", "a10"), Ordering::Less);
    }

    #[test]
    fn text_is_divided() {
        assert_eq!(segments("a👨‍👩‍👧é", "grapheme"), [1.0, 9.0, 10.0]);
        assert_eq!(segments("Hi, you", "word"), [2.0, -3.0, -4.0, 7.0]);
        assert_eq!(segments("One. Two!", "sentence"), [5.0, 9.0]);
    }
}
