//! app.json keeps what this version does not know: read and written, it is the same JSON.

use definition::{App, Project, app_text, parse_app};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Value::from),
        "\\PC{0,10}".prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..4)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<String, Value>>())),
        ]
    })
}

/// Names that no type knows.
fn unknown() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec(("x\\PC{0,8}", any_value()), 0..4)
        .prop_map(|pairs| pairs.into_iter().collect())
}

fn add(to: &mut Value, unknown: &Map<String, Value>) {
    if let Some(map) = to.as_object_mut() {
        map.extend(unknown.clone());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_unknown_fields_survive(at in prop::collection::vec(unknown(), 8)) {
        let mut pair = json!({"name": "a", "value": "b"});
        add(&mut pair, &at[0]);
        let mut request = json!({"method": "GET", "url": "https://example.com", "queries": [pair], "headers": [], "body_fields": []});
        add(&mut request, &at[1]);
        let mut oauth2 = json!({"client_id": "a", "client_secret": {"secret": "s"},
            "authorization_request": request, "get_token_request": request});
        add(&mut oauth2, &at[2]);
        let mut oauth1 = json!({"consumer_key": "a", "consumer_secret": {"secret": "s"}, "signature_method": "other",
            "request_token_request": request, "authorization_request": request, "get_token_request": request});
        add(&mut oauth1, &at[4]);
        let mut input = json!({"key": "k", "label": "l", "required": false});
        add(&mut input, &at[3]);
        let mut authentication = json!({"oauth2": oauth2, "oauth1": oauth1, "custom": {"inputs": [input]}});
        add(&mut authentication, &at[4]);
        let mut action = json!({"key": "k", "title": "t", "type": "APP_ACTION_TYPE_TRIGGER"});
        add(&mut action, &at[5]);
        let mut function = json!({"by_zip": true});
        add(&mut function, &at[6]);
        let mut app = json!({"name": "n", "actions": [action], "authentication": authentication, "webhook_function": function});
        add(&mut app, &at[7]);

        let text = format!("{}\n", serde_json::to_string_pretty(&app).unwrap());
        let read = parse_app(&text).unwrap();
        let written = app_text(&read).unwrap();
        // Fields in their order, unknown ones last and in theirs: the text itself is the same.
        prop_assert_eq!(&written, &text);
        prop_assert_eq!(parse_app(&written).unwrap(), read);
    }

    #[test]
    fn no_text_makes_reading_panic(text in "\\PC{0,40}", cut in any::<prop::sample::Index>()) {
        let _ = parse_app(&text);
        let whole = app_text(&App { name: text, ..App::default() }).unwrap();
        let at = (0..=cut.index(whole.len())).rev().find(|at| whole.is_char_boundary(*at)).unwrap();
        if let Err(error) = parse_app(&whole[..at]) {
            prop_assert!(error.diagnostic().line.is_some());
        }
    }
}

#[test]
fn saving_what_was_loaded_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::create(folder.path(), "My app").unwrap();
    let loaded = project.load().unwrap();
    assert_eq!(project.save(&loaded.app, Some(&loaded.version)).unwrap(), loaded.version);
    assert_eq!(project.load().unwrap().text, loaded.text);
}
