//! Language tags: canonical form, what is available, and which locale's data a tag has.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use icu_locale::subtags::Script;
use icu_locale::{LanguageIdentifier, Locale, LocaleCanonicalizer, LocaleExpander};

use super::data::{section, supplement};

struct Tools {
    canonicalizer: LocaleCanonicalizer,
    expander: LocaleExpander,
    /// Tags with data of their own.
    own: HashSet<String>,
    /// Those and what names the same: `zh-TW` has the data of `zh-Hant`.
    available: HashMap<String, String>,
}

thread_local! {
    static TOOLS: RefCell<Option<Tools>> = const { RefCell::new(None) };
}

fn with<R>(look: impl FnOnce(&mut Tools) -> R) -> R {
    TOOLS.with_borrow_mut(|tools| {
        look(tools.get_or_insert_with(|| {
            let names = |key: &'static str| -> Vec<String> {
                let list = supplement(key);
                let list = list.as_array().into_iter().flatten();
                list.filter_map(|name| name.as_str()).map(str::to_owned).collect()
            };
            let own: HashSet<String> = names("locales").into_iter().collect();
            // Languages, scripts and regions; no variants. Norway's regions go by "no" and "nn".
            let counts = |tag: &str| {
                tag != "und"
                    && !tag.starts_with("nb-")
                    && tag.split('-').skip(1).all(|part| part.len() < 5)
            };
            let mut available: HashMap<String, String> = own
                .iter()
                .filter(|tag| counts(tag))
                .map(|tag| (tag.clone(), tag.clone()))
                .collect();
            if own.contains("no") {
                available.insert("no-NO".to_owned(), "no".to_owned());
            }
            for tag in names("defaults").into_iter().filter(|tag| counts(tag)) {
                let mut data = tag.as_str();
                while !own.contains(data) {
                    let Some(at) = data.rfind('-') else { break };
                    data = &data[..at];
                }
                if own.contains(data) {
                    available.insert(tag.clone(), data.to_owned());
                }
            }
            // Where a language has scripts, its regions are known without the script too.
            let expander = LocaleExpander::new_extended();
            let with_script: Vec<(String, String)> =
                available.iter().map(|(tag, data)| (tag.clone(), data.clone())).collect();
            for (tag, data) in with_script {
                let parts: Vec<&str> = tag.split('-').collect();
                let [language, script, region] = parts.as_slice() else { continue };
                if script.len() != 4 {
                    continue;
                }
                let short = format!("{language}-{region}");
                let Ok(mut id) = short.parse::<LanguageIdentifier>() else { continue };
                expander.maximize(&mut id);
                if id.script.is_some_and(|likely| likely.as_str() == *script) {
                    available.entry(short).or_insert(data);
                }
            }
            Tools { canonicalizer: LocaleCanonicalizer::new_extended(), expander, own, available }
        }))
    })
}

/// A well-formed tag in canonical form.
pub(super) fn canonicalize(tag: &str) -> Option<String> {
    // What is only for private use, and the tags of old, are no locales.
    let first = tag.split('-').next().unwrap_or_default();
    if first.len() < 2 || first.len() == 4 || tag.contains('_') || tag.is_empty() {
        return None;
    }
    let mut locale = Locale::try_from_str(tag).ok()?;
    with(|tools| tools.canonicalizer.canonicalize(&mut locale));
    Some(locale.to_string())
}

/// The longest beginning of a tag without extensions that is available.
pub(super) fn best_available(tag: &str) -> Option<String> {
    with(|tools| {
        let mut candidate = tag;
        loop {
            if tools.available.contains_key(candidate) {
                return Some(candidate.to_owned());
            }
            let mut at = candidate.rfind('-')?;
            if at >= 2 && candidate.as_bytes()[at - 2] == b'-' {
                at -= 2;
            }
            candidate = &candidate[..at];
        }
    })
}

/// Where the data of an available locale lies.
pub(super) fn data_locale(tag: &str) -> String {
    let id: String = tag.split("-u-").next().unwrap_or_default().to_owned();
    with(|tools| {
        let mut candidate = id.as_str();
        loop {
            if let Some(data) = tools.available.get(candidate) {
                return data.clone();
            }
            if tools.own.contains(candidate) {
                return candidate.to_owned();
            }
            match candidate.rfind('-') {
                Some(at) => candidate = &candidate[..at],
                None => return "und".to_owned(),
            }
        }
    })
}

/// With the likely script and region; `None` = not a tag.
pub(super) fn maximize(tag: &str) -> Option<String> {
    let mut locale = Locale::try_from_str(tag).ok()?;
    with(|tools| tools.expander.maximize(&mut locale.id));
    Some(locale.to_string())
}

/// Without the script and region that are likely anyway.
pub(super) fn minimize(tag: &str) -> Option<String> {
    let mut locale = Locale::try_from_str(tag).ok()?;
    with(|tools| tools.expander.minimize(&mut locale.id));
    Some(locale.to_string())
}

/// The region of a tag, the likely one if it names none; `001` when there is none.
pub(super) fn region(tag: &str) -> String {
    let Ok(mut locale) = Locale::try_from_str(tag) else { return "001".to_owned() };
    with(|tools| tools.expander.maximize(&mut locale.id));
    locale.id.region.map_or_else(|| "001".to_owned(), |region| region.to_string())
}

/// The numbering systems that are digits.
pub(super) fn numbering_systems() -> Vec<String> {
    supplement("digits").as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

/// The numbering system of a locale.
pub(super) fn numbering(tag: &str) -> String {
    section("numbers", &data_locale(tag))["ns"].as_str().unwrap_or("latn").to_owned()
}

/// The calendar that a locale's region prefers.
pub(super) fn calendar(tag: &str) -> String {
    calendars(tag).into_iter().next().unwrap_or_else(|| "gregory".to_owned())
}

/// All calendars that a locale's region uses, the preferred one first.
pub(super) fn calendars(tag: &str) -> Vec<String> {
    let table = supplement("calendars");
    let list = table.get(region(tag)).or_else(|| table.get("001"));
    let names = list.and_then(|list| list.as_array()).into_iter().flatten();
    names
        .filter_map(|name| name.as_str())
        .map(|name| if name == "gregorian" { "gregory" } else { name }.to_owned())
        .collect()
}

/// The week of a locale's region, Monday = 1: its first day, the fewest days of a first week, the days of the weekend.
pub(super) fn week(tag: &str) -> Vec<u32> {
    let tables = supplement("week");
    let region = region(tag);
    let of = |table: &str| -> String {
        let table = &tables[table];
        let value = table.get(&region).or_else(|| table.get("001"));
        value.and_then(|value| value.as_str()).unwrap_or_default().to_owned()
    };
    let day = |name: &str| {
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        names.iter().position(|other| *other == name).map_or(1, |at| at as u32 + 1)
    };
    let (start, end) = (day(&of("start")), day(&of("end")));
    let mut out = vec![day(&of("first")), of("min").parse().unwrap_or(1), start];
    let mut at = start;
    while at != end {
        at = at % 7 + 1;
        out.push(at);
    }
    out
}

/// Whether a tag's script, named or likely, is written from the right.
pub(super) fn right_to_left(tag: &str) -> bool {
    let Ok(mut locale) = Locale::try_from_str(tag) else { return false };
    with(|tools| tools.expander.maximize(&mut locale.id));
    locale.id.script.is_some_and(|script: Script| {
        matches!(
            script.as_str(),
            "Arab" | "Hebr" | "Thaa" | "Syrc" | "Nkoo" | "Adlm" | "Mand" | "Samr" | "Rohg" | "Yezi"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_put_in_order() {
        assert_eq!(canonicalize("EN-us").as_deref(), Some("en-US"));
        assert_eq!(canonicalize("iw").as_deref(), Some("he"));
        assert_eq!(canonicalize("x-foo"), None);
        assert_eq!(canonicalize("a_b"), None);
    }

    #[test]
    fn data_is_found_through_scripts_and_regions() {
        assert_eq!(data_locale("zh-TW"), "zh-Hant");
        assert_eq!(data_locale("zh-CN"), "zh-Hans");
        assert_eq!(data_locale("en-US"), "en");
        assert_eq!(data_locale("sr-ME"), "sr-Latn-ME");
        assert_eq!(best_available("de-XX-u-nu-latn").as_deref(), Some("de"));
        assert_eq!(best_available("xx"), None);
    }
}
