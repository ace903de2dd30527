//! The history: what is listed, what is found, and that it goes with what it tells of.

use proptest::prelude::*;
use serde_json::json;
use store::{
    CallbackEnd, CallbackOutcome, CallbackSource, FlowRunChange, HistoryFilter, HistoryKind,
    NewCallback, NewFlowRun, Older, Store, StoreError, StoredCall, Texts,
};

use crate::rows::{app, call, credential, run};

fn said(texts: &[&str]) -> Texts {
    Texts { said: texts.iter().map(|text| (*text).to_owned()).collect(), errors: Vec::new() }
}

fn failed(error: &str) -> Texts {
    Texts { said: Vec::new(), errors: vec![error.to_owned()] }
}

fn text(text: &str) -> HistoryFilter {
    HistoryFilter { text: text.to_owned(), ..HistoryFilter::default() }
}

/// The ids that fit, newest first.
fn find(store: &Store, filter: &HistoryFilter) -> Vec<String> {
    let rows = store.history().page(filter, 1_000, None).unwrap();
    assert_eq!(store.history().extent(filter, 10).unwrap().total, rows.len());
    rows.into_iter().map(|row| row.id).collect()
}

fn add(store: &Store, app: &str, id: &str, texts: Texts) {
    let new = NewFlowRun { texts, ..run(app, id) };
    store.flow_runs().insert(&new, 5).unwrap();
}

#[test]
fn runs_and_calls_by_themselves_are_listed_in_the_order_they_began() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    let account = credential(&store, &app, "u-1", "Ann Example");
    let new = NewFlowRun {
        credential_id: Some(account),
        unique_id: Some("u-1".into()),
        ..run(&app, "first")
    };
    store.flow_runs().insert(&new, 10).unwrap();
    store.calls().insert(&call(&app, "of-first", Some("first"), "build", 11)).unwrap();
    let mut tried = call(&app, "tried", None, "action", 12);
    tried.row.ok = false;
    tried.texts = failed("It failed\n  at handler");
    store.calls().insert(&tried).unwrap();
    store.flow_runs().insert(&run(&app, "second"), 3).unwrap();

    let rows = store.history().page(&HistoryFilter::default(), 10, None).unwrap();
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.id.as_str(), row.kind, row.status.as_str(), row.functions.join(" ")))
        .collect();
    assert_eq!(
        told,
        [
            ("second", HistoryKind::FlowRun, "building", String::new()),
            ("tried", HistoryKind::Call, "failed", "action".into()),
            ("first", HistoryKind::FlowRun, "building", "build".into()),
        ]
    );
    assert_eq!(
        (rows[1].error.as_str(), rows[1].begun_at, rows[1].ended_at),
        ("It failed", 12, Some(13))
    );
    assert_eq!((rows[2].display_id.as_deref(), rows[2].ended_at), (Some("Ann Example"), None));
    assert_eq!(store.history().get("tried").unwrap().as_ref(), Some(&rows[1]));
    // The order is that of the beginning, also where the clock was set back; the account is found by both of its names.
    assert_eq!(find(&store, &text("n exam")), ["first"]);
    assert_eq!(find(&store, &text("U-1")), ["first"]);
}

#[test]
fn everything_that_is_asked_for_has_to_fit() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    let other = store.apps().upsert_by_path("/other", "other", 1).unwrap().id;
    add(&store, &other, "foreign", said(&["common"]));
    for (id, key, status, at) in [
        ("a", "sign", "completed", 10),
        ("b", "Sign", "failed", 20),
        ("c", "send it", "completed", 30),
    ] {
        let new = NewFlowRun {
            action_key: key.into(),
            status: status.into(),
            texts: said(&["common", "100% sure's \"it\" AND (x*)"]),
            ..run(&app, id)
        };
        store.flow_runs().insert(&new, at).unwrap();
    }
    store.calls().insert(&call(&app, "called", Some("b"), "webhook", 21)).unwrap();
    let mine = || HistoryFilter { app_id: Some(app.clone()), ..HistoryFilter::default() };
    for words in ["", "common"] {
        let mine = || HistoryFilter { text: words.into(), ..mine() };
        let of = |filter: &HistoryFilter| find(&store, filter).concat();
        assert_eq!(of(&mine()), "cba");
        assert_eq!(of(&HistoryFilter { app_id: None, ..mine() }), "cbaforeign");
        assert_eq!(of(&HistoryFilter { action_key: Some("sign".into()), ..mine() }), "a");
        assert_eq!(of(&HistoryFilter { action_key: Some("send it".into()), ..mine() }), "c");
        assert_eq!(of(&HistoryFilter { status: Some("completed".into()), ..mine() }), "ca");
        assert_eq!(of(&HistoryFilter { function: Some("webhook".into()), ..mine() }), "b");
        assert_eq!(of(&HistoryFilter { function: Some("hook".into()), ..mine() }), "");
        assert_eq!(of(&HistoryFilter { kind: Some(HistoryKind::Call), ..mine() }), "");
        assert_eq!(of(&HistoryFilter { from: Some(20), ..mine() }), "cb");
        assert_eq!(of(&HistoryFilter { from: Some(10), to: Some(30), ..mine() }), "ba");
        let both = HistoryFilter {
            status: Some("completed".into()),
            action_key: Some("Sign".into()),
            ..mine()
        };
        assert_eq!(of(&both), "");
    }
    for odd in ["100%", "sure's \"it\"", " AND (x*", "*)", "%", "\"", "AND"] {
        assert_eq!(find(&store, &text(odd)).concat(), "cba", "{odd}");
    }
    assert_eq!(find(&store, &text("\u{E025}")), Vec::<String>::new());
}

#[test]
fn pages_follow_each_other_and_marks_say_where_they_begin() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    for n in 0..7 {
        add(&store, &app, &format!("run-{n}"), said(&["some words"]));
    }
    for filter in [HistoryFilter::default(), text("e word")] {
        let extent = store.history().extent(&filter, 3).unwrap();
        assert_eq!((extent.total, extent.marks.len()), (7, 2));
        let page = |before| -> String {
            let rows = store.history().page(&filter, 3, before).unwrap();
            rows.iter().map(|row| row.id.trim_start_matches("run-")).collect()
        };
        assert_eq!(page(None), "654");
        assert_eq!(page(Some(extent.marks[0])), "321");
        assert_eq!(page(Some(extent.marks[1])), "0");
        // The place stays, also when the entry there is gone.
        assert!(store.history().page(&filter, 0, None).unwrap().is_empty());
    }
    let mark = store.history().extent(&HistoryFilter::default(), 3).unwrap().marks[0];
    store.history().delete("run-4").unwrap();
    let rows = store.history().page(&HistoryFilter::default(), 2, Some(mark)).unwrap();
    assert_eq!(rows[0].id, "run-3");
}

#[test]
fn the_index_follows_every_change() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    add(&store, &app, "run", said(&["begun"]));
    let change = FlowRunChange {
        id: "run".into(),
        revision: 1,
        status: "failed".into(),
        texts: failed("No such envelope"),
        calls: vec![StoredCall {
            texts: said(&["Überweisung 注文番号 42"]),
            ..call(&app, "called", Some("run"), "action", 6)
        }],
        ..FlowRunChange::default()
    };
    store.flow_runs().save(&change, 7).unwrap();
    store.flow_runs().append_messages("run", &[json!(1)], &said(&["appended"]), 8).unwrap();
    for words in ["begun", "ÜBERW", "番号", "注", "4", "such env", "appended"] {
        assert_eq!(find(&store, &text(words)), ["run"], "{words}");
    }
    let errors = |words: &str| HistoryFilter { in_errors: true, ..text(words) };
    assert_eq!(find(&store, &errors("envelope")), ["run"]);
    assert!(find(&store, &errors("begun")).is_empty());
    let by = |status: &str| HistoryFilter { status: Some(status.into()), ..text("begun") };
    assert!(find(&store, &by("building")).is_empty());
    assert_eq!(find(&store, &by("failed")), ["run"]);
    assert_eq!(store.history().get("run").unwrap().unwrap().error, "No such envelope");

    store.history().rename("run", "The one that fails").unwrap();
    assert_eq!(find(&store, &text("one that")), ["run"]);
    store.history().rename("run", "").unwrap();
    assert!(find(&store, &text("one that")).is_empty());
    assert!(matches!(store.history().rename("no", "x"), Err(StoreError::Missing { .. })));
    store.history().pin("run", true).unwrap();
    assert!(store.flow_runs().get("run").unwrap().unwrap().row.pinned);
    assert!(store.history().get("run").unwrap().unwrap().pinned);
    assert!(matches!(store.history().pin("no", true), Err(StoreError::Missing { .. })));

    // A change that is refused leaves nothing, and what is deleted is not found.
    let late = FlowRunChange { texts: said(&["late"]), ..change };
    store.flow_runs().save(&late, 9).unwrap_err();
    assert!(find(&store, &text("late")).is_empty());
    assert!(store.history().delete("run").unwrap());
    assert!(!store.history().delete("run").unwrap());
    assert!(find(&store, &text("begun")).is_empty());
    assert!(find(&store, &HistoryFilter::default()).is_empty());
}

#[test]
fn the_call_of_a_callback_joins_the_run_that_it_decided_and_goes_with_it() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    add(&store, &app, "run", Texts::default());
    let binding = store.bindings().get_or_create(&app, "", "binding", 1).unwrap().id;
    let new = NewCallback {
        binding_id: &binding,
        source: CallbackSource::Webhook,
        method: "POST",
        path: "/",
        query: "",
        headers: &json!([]),
        body: b"",
    };
    let id = store.inbox().receive(&new, 1).unwrap().id;
    store.inbox().claim(&id, 2).unwrap().unwrap();
    let made =
        StoredCall { texts: said(&["from outside"]), ..call(&app, "hook", None, "webhook", 3) };
    store.calls().insert(&made).unwrap();
    assert_eq!(find(&store, &text("from outside")), ["hook"]);
    let outcome = CallbackOutcome {
        id,
        end: CallbackEnd::Decided,
        flow_run_id: Some("run".into()),
        call_id: Some("hook".into()),
        note: String::new(),
    };
    store.inbox().finish(&outcome, 4).unwrap();
    assert_eq!(find(&store, &text("from outside")), ["run"]);
    let by = HistoryFilter { function: Some("webhook".into()), ..HistoryFilter::default() };
    assert_eq!(find(&store, &by), ["run"]);
    assert!(!store.history().delete("hook").unwrap(), "it belongs to its run");
    assert!(store.history().delete("run").unwrap());
    assert!(store.calls().get("hook").unwrap().is_none());
    assert!(find(&store, &HistoryFilter::default()).is_empty());
}

#[test]
fn pruning_takes_the_oldest_that_are_not_pinned_from_the_index_too() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    for n in 0..120 {
        let made = StoredCall {
            texts: said(&["tried it"]),
            ..call(&app, &format!("call-{n}"), None, "build", n)
        };
        store.calls().insert(&made).unwrap();
    }
    store.history().pin("call-3", true).unwrap();
    let keep = store::Keep { calls: 2, ..store::Keep::default() };
    assert_eq!(store.prune(&keep, 200).unwrap().calls, 117);
    assert_eq!(find(&store, &text("tried it")), ["call-119", "call-118", "call-3"]);
}

/// Texts that overlap: few letters, some of them outside of ASCII, some that have two cases.
fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            Just("a"),
            Just("B"),
            Just("ab"),
            Just(" "),
            Just("Ä"),
            Just("ß"),
            Just("%"),
            Just("\""),
            Just("日"),
            Just("本"),
            Just("🦀"),
            Just("."),
            Just("\n"),
            Just("Σ"),
            Just("\u{E025}"),
            Just("\u{E061}"),
        ],
        0..9,
    )
    .prop_map(|parts| parts.concat())
}

fn folded(text: &str) -> String {
    let small = text.chars().flat_map(char::to_lowercase).map(|c| if c == 'ς' { 'σ' } else { c });
    small.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_search_finds_what_a_plain_look_at_every_text_finds(
        texts in proptest::collection::vec(proptest::collection::vec(words(), 0..4), 1..8),
        sought in proptest::collection::vec(words(), 8),
        late in any::<bool>(),
    ) {
        let store = Store::in_memory().unwrap();
        let app = app(&store);
        for (n, said) in texts.iter().enumerate() {
            let (first, second) = if late { said.split_at(said.len() / 2) } else { (&said[..], &said[..0]) };
            let first = Texts { said: first.to_vec(), errors: Vec::new() };
            let new = NewFlowRun {
                id: n.to_string(), action_key: String::new(), action_title: String::new(), texts: first, ..run(&app, "")
            };
            store.flow_runs().insert(&new, 1).unwrap();
            let second = Texts { said: second.to_vec(), errors: Vec::new() };
            store.flow_runs().append_messages(&n.to_string(), &[], &second, 2).unwrap();
        }
        for sought in &sought {
            let wanted = folded(sought);
            let expected: Vec<String> = (0..texts.len()).rev()
                .filter(|n| wanted.is_empty() || texts[*n].iter().any(|text| folded(text).contains(&wanted)))
                .map(|n| n.to_string())
                .collect();
            prop_assert_eq!(find(&store, &text(sought)), expected, "{:?} in {:?}", sought, texts);
        }
    }
}

#[test]
fn what_is_not_indexed_yet_is_listed_and_found_once_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stepsmith.db");
    let store = Store::open(&path).unwrap();
    let app = app(&store);
    let new = NewFlowRun { messages: vec![json!("first"), json!("second")], ..run(&app, "run") };
    store.flow_runs().insert(&new, 1).unwrap();
    store.calls().insert(&call(&app, "of-run", Some("run"), "build", 2)).unwrap();
    store.calls().insert(&call(&app, "alone", None, "action", 3)).unwrap();
    drop(store);
    // As after the step that made the table.
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch(
        "UPDATE history SET indexed = 0, functions = iif(kind = 'call', functions, '');
         DELETE FROM history_text; DELETE FROM history_grams;",
    )
    .unwrap();
    drop(raw);
    let store = Store::open(&path).unwrap();
    assert_eq!(store.history().not_indexed().unwrap(), 2);
    assert_eq!(find(&store, &HistoryFilter::default()), ["alone", "run"]);
    // What happens meanwhile is not lost.
    store.flow_runs().append_messages("run", &[json!("third")], &said(&["third"]), 4).unwrap();
    let texts = |older: &Older| {
        let mut texts = Texts::default();
        older.messages.iter().for_each(|message| texts.say(message));
        older.calls.iter().for_each(|call| texts.said.push(format!("called {}", call.function)));
        texts
    };
    assert_eq!(store.history().index_older(1, texts).unwrap(), 1);
    assert_eq!(find(&store, &text("called action")), ["alone"]);
    assert!(find(&store, &text("first")).is_empty());
    assert_eq!(store.history().index_older(5, texts).unwrap(), 1);
    assert_eq!(store.history().index_older(5, texts).unwrap(), 0);
    for words in ["first", "third", "called build", "run"] {
        assert_eq!(find(&store, &text(words)), ["run"], "{words}");
    }
    let by = HistoryFilter { function: Some("build".into()), ..HistoryFilter::default() };
    assert_eq!(find(&store, &by), ["run"]);
}
