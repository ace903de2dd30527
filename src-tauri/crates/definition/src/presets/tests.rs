use std::collections::HashSet;

use super::*;
use crate::{Severity, check_authentication};

/// As an author fills it in.
fn filled(preset: &Preset) -> Authentication {
    let mut authentication = preset.authentication.clone();
    if let Some(oauth2) = &mut authentication.oauth2 {
        oauth2.client_id = "client".to_owned();
    }
    if let Some(oauth1) = &mut authentication.oauth1 {
        oauth1.consumer_key = "consumer".to_owned();
    }
    authentication
}

#[test]
fn every_file_is_a_preset_that_is_right_but_for_its_placeholders() {
    let files = FILES.files().count();
    assert_eq!(
        presets().len(),
        files,
        "{:?}",
        FILES
            .files()
            .map(|file| (file.path(), serde_json::from_slice::<Sheet>(file.contents()).err()))
            .filter(|(_, error)| error.is_some())
            .collect::<Vec<_>>()
    );
    for preset in presets() {
        let findings = check_authentication(&filled(preset));
        for finding in &findings {
            assert!(finding.rule.ends_with(".placeholder"), "{}: {finding:?}", preset.name);
            assert_eq!(finding.severity, Severity::Warning);
        }
        let named: HashSet<&str> =
            preset.placeholders.iter().map(|one| one.word.as_str()).collect();
        let text = serde_json::to_string(&preset.authentication).unwrap();
        let used: HashSet<&str> = crate::check::placeholders(&text).into_iter().collect();
        assert_eq!(
            named, used,
            "{}: each placeholder is explained, and none that is not there",
            preset.name
        );
        assert_eq!(findings.is_empty(), named.is_empty(), "{}", preset.name);
    }
}

#[test]
fn every_preset_says_where_it_comes_from() {
    let mut titles = HashSet::new();
    for preset in presets() {
        let name = &preset.name;
        assert!(titles.insert(preset.title.to_lowercase()), "{name}");
        assert!(preset.documentation.starts_with("https://"), "{name}");
        if let Some(day) = &preset.checked {
            assert!(day.parse::<jiff::civil::Date>().is_ok(), "{name}: {day}");
        }
        assert!(preset.notes.iter().all(|note| note.ends_with('.')), "{name}");
        assert!(preset.placeholders.iter().all(|one| one.text.ends_with('.')), "{name}");
    }
}
