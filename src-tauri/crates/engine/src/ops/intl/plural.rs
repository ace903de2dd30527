//! Plural categories of numbers.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use fixed_decimal::Decimal;
use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRuleType, PluralRules, PluralRulesOptions};

use super::data::supplement;

/// By language, and whether they are of ordinal numbers.
type Known = HashMap<(String, bool), Option<Rc<PluralRules>>>;

thread_local! {
    static RULES: RefCell<Known> = RefCell::default();
}

/// The rules of a locale's language; `None` where it has none.
pub(super) fn rules(locale: &str, ordinal: bool) -> Option<Rc<PluralRules>> {
    let language = locale.split('-').next().unwrap_or_default();
    // Portugal's Portuguese counts unlike Brazil's.
    let language =
        if locale.starts_with("pt-") && super::data::parents(locale).iter().any(|l| l == "pt-PT") {
            "pt-PT"
        } else {
            language
        };
    // What these languages say of ordinals is newer than Node 20's data.
    if ordinal && matches!(language, "af" | "bg" | "es") {
        return None;
    }
    let key = (language.to_owned(), ordinal);
    RULES.with_borrow_mut(|rules| {
        rules
            .entry(key)
            .or_insert_with(|| {
                let locale: Locale = language.parse().ok()?;
                let kind = if ordinal { PluralRuleType::Ordinal } else { PluralRuleType::Cardinal };
                let options = PluralRulesOptions::default().with_type(kind);
                PluralRules::try_new(locale.into(), options).ok().map(Rc::new)
            })
            .clone()
    })
}

pub(super) fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// The category of a number as it is written.
pub(super) fn category(locale: &str, number: &Decimal, ordinal: bool) -> &'static str {
    let name = rules(locale, ordinal).map_or("other", |rules| name(rules.category_for(number)));
    if newer(locale, name) { "other" } else { name }
}

/// Galician's "many" is newer than Node 20's data too.
fn newer(locale: &str, name: &str) -> bool {
    name == "many" && locale.split('-').next() == Some("gl")
}

/// The categories that a language has, `other` last.
pub(super) fn categories(locale: &str, ordinal: bool) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = rules(locale, ordinal)
        .map(|rules| rules.categories().map(name).collect())
        .unwrap_or_default();
    names.retain(|name| *name != "other" && !newer(locale, name));
    names.sort_unstable();
    names.push("other");
    names
}

/// The category of a range of two.
pub(super) fn range(locale: &str, start: &str, end: &str) -> String {
    let language = locale.split('-').next().unwrap_or_default();
    supplement("ranges")[language][format!("{start} {end}")].as_str().unwrap_or("other").to_owned()
}
