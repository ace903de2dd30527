//! Flow runs with their tokens, timelines and calls.

use crate::rows::{app, call, credential, run};
use serde_json::{Value, json};
use store::{
    CallbackEnd, CallbackOutcome, CallbackSource, CallbackState, FlowRunChange, NewCallback,
    NewFlowRun, Store, StoreError, Texts,
};

fn change(id: &str, revision: i64) -> FlowRunChange {
    FlowRunChange {
        id: id.to_owned(),
        revision,
        status: "waiting".to_owned(),
        stage: "webhook".to_owned(),
        snapshot: json!({"step": revision}),
        ..FlowRunChange::default()
    }
}

fn received(store: &Store, app_id: &str) -> String {
    let binding = store.bindings().get_or_create(app_id, "", "binding", 1).unwrap().id;
    let new = NewCallback {
        binding_id: &binding,
        source: CallbackSource::Webhook,
        method: "POST",
        path: "/",
        query: "",
        headers: &json!([]),
        body: b"",
    };
    store.inbox().receive(&new, 1).unwrap().id
}

#[test]
fn a_run_and_its_changes_come_back() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    let new = NewFlowRun {
        messages: vec![json!({"n": 1})],
        tokens: vec!["t1".into()],
        ..run(&app, "run")
    };
    let row = store.flow_runs().insert(&new, 10).unwrap();
    assert_eq!((row.revision, row.created_at, row.updated_at, row.ended_at), (1, 10, 10, None));

    let step = FlowRunChange {
        messages: vec![json!({"n": 2}), Value::Null],
        tokens: vec!["t1".into(), "t2".into()],
        calls: vec![call(&app, "call", Some("run"), "action", 15)],
        wake_at: Some(99),
        ..change("run", 1)
    };
    let row = store.flow_runs().save(&step, 20).unwrap();
    assert_eq!((row.revision, row.created_at, row.updated_at, row.wake_at), (2, 10, 20, Some(99)));
    assert_eq!((row.status.as_str(), row.stage.as_str()), ("waiting", "webhook"));
    let stored = store.flow_runs().get("run").unwrap().unwrap();
    assert_eq!((stored.row, stored.snapshot), (row.clone(), json!({"step": 1})));

    let timeline: Vec<_> = store
        .flow_runs()
        .messages("run", 0)
        .unwrap()
        .into_iter()
        .map(|m| (m.seq, m.message))
        .collect();
    assert_eq!(timeline, [(1, json!({"n": 1})), (2, json!({"n": 2})), (3, Value::Null)]);
    assert_eq!(store.flow_runs().messages("run", 2).unwrap().len(), 1);
    assert_eq!(store.flow_runs().tokens("run").unwrap(), ["t1", "t2"]);
    assert_eq!(store.flow_runs().by_token("t2").unwrap().unwrap().row, row);
    assert_eq!(store.flow_runs().by_token("t3").unwrap(), None);
    assert_eq!(
        store.calls().by_flow_run("run").unwrap(),
        [call(&app, "call", Some("run"), "action", 15).row]
    );
}

#[test]
fn a_change_on_an_old_revision_stores_nothing() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    store.flow_runs().insert(&run(&app, "run"), 1).unwrap();
    store.flow_runs().save(&change("run", 1), 2).unwrap();
    let late = FlowRunChange {
        messages: vec![json!("late")],
        tokens: vec!["late".into()],
        ..change("run", 1)
    };
    let refused = store.flow_runs().save(&late, 3);
    assert!(matches!(refused, Err(StoreError::Changed { .. })), "{refused:?}");
    assert_eq!(store.flow_runs().messages("run", 0).unwrap(), []);
    assert_eq!(store.flow_runs().by_token("late").unwrap(), None);
    assert!(matches!(store.flow_runs().save(&change("no", 1), 3), Err(StoreError::Missing { .. })));
}

#[test]
fn any_part_that_is_refused_undoes_the_whole_change() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    store
        .flow_runs()
        .insert(&NewFlowRun { tokens: vec!["taken".into()], ..run(&app, "other") }, 1)
        .unwrap();
    store.flow_runs().insert(&run(&app, "run"), 1).unwrap();
    store.calls().insert(&call(&app, "known", None, "build", 1)).unwrap();
    let deep = (0..200).fold(Value::Null, |inner, _| json!([inner]));
    let not_claimed = CallbackOutcome {
        id: received(&store, &app),
        end: CallbackEnd::Decided,
        flow_run_id: Some("run".into()),
        call_id: None,
        note: String::new(),
    };
    let base = FlowRunChange { messages: vec![json!("m")], ..change("run", 1) };
    for bad in [
        FlowRunChange { tokens: vec!["taken".into()], ..base.clone() },
        FlowRunChange {
            calls: vec![call(&app, "known", Some("run"), "action", 2)],
            ..base.clone()
        },
        FlowRunChange { messages: vec![json!("m"), deep.clone()], ..base.clone() },
        FlowRunChange { snapshot: deep, ..base.clone() },
        FlowRunChange { callback: Some(not_claimed), ..base.clone() },
    ] {
        store.flow_runs().save(&bad, 2).unwrap_err();
        assert_eq!(store.flow_runs().get("run").unwrap().unwrap().row.revision, 1);
        assert_eq!(store.flow_runs().messages("run", 0).unwrap(), []);
        assert_eq!(store.calls().by_flow_run("run").unwrap(), []);
    }
    store.flow_runs().save(&base, 2).unwrap();
}

#[test]
fn a_callback_counts_as_handled_exactly_when_the_change_is_stored() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    store.flow_runs().insert(&run(&app, "run"), 1).unwrap();
    let id = received(&store, &app);
    store.inbox().claim(&id, 2).unwrap().unwrap();
    let outcome = CallbackOutcome {
        id: id.clone(),
        end: CallbackEnd::Decided,
        flow_run_id: Some("run".into()),
        call_id: Some("call".into()),
        note: String::new(),
    };
    let step = |revision| FlowRunChange {
        calls: vec![call(&app, "call", Some("run"), "webhook", 2)],
        callback: Some(outcome.clone()),
        ended_at: Some(3),
        ..change("run", revision)
    };
    store.flow_runs().save(&step(7), 3).unwrap_err();
    assert_eq!(store.inbox().get(&id).unwrap().unwrap().0.state, CallbackState::Running);
    store.flow_runs().save(&step(1), 3).unwrap();
    let (row, _) = store.inbox().get(&id).unwrap().unwrap();
    assert_eq!(
        (row.state, row.state_at, row.call_id.as_deref()),
        (CallbackState::Decided, 3, Some("call"))
    );
    // The run goes, with its call; what was received stays.
    assert!(store.flow_runs().delete("run").unwrap());
    let (row, _) = store.inbox().get(&id).unwrap().unwrap();
    assert_eq!((row.state, row.flow_run_id, row.call_id), (CallbackState::Decided, None, None));
}

#[test]
fn lists_page_through_runs_that_began_in_the_same_millisecond() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    let other = store.apps().upsert_by_path("/other", "other", 1).unwrap().id;
    store.flow_runs().insert(&run(&other, "foreign"), 5).unwrap();
    for (id, at) in [("a", 1), ("b", 5), ("c", 5), ("d", 5), ("e", 9)] {
        store.flow_runs().insert(&run(&app, id), at).unwrap();
    }
    let page = |before| -> Vec<String> {
        store.flow_runs().list(&app, 2, before).unwrap().into_iter().map(|row| row.id).collect()
    };
    assert_eq!(page(None), ["e", "d"]);
    assert_eq!(page(Some("d")), ["c", "b"]);
    assert_eq!(page(Some("b")), ["a"]);
    assert!(page(Some("a")).is_empty());
}

#[test]
fn waiting_and_due_leave_out_what_has_ended() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    for id in ["done", "later", "soon", "waits"] {
        store.flow_runs().insert(&run(&app, id), 1).unwrap();
    }
    let wake = |id: &str, wake_at, ended_at| {
        store.flow_runs().save(&FlowRunChange { wake_at, ended_at, ..change(id, 1) }, 2).unwrap();
    };
    wake("done", Some(10), Some(3));
    wake("later", Some(30), None);
    wake("soon", Some(20), None);
    let ids = |rows: Vec<store::FlowRunRow>| -> Vec<String> {
        rows.into_iter().map(|row| row.id).collect()
    };
    assert_eq!(ids(store.flow_runs().waiting().unwrap()), ["later", "soon", "waits"]);
    assert!(store.flow_runs().due(19).unwrap().is_empty());
    assert_eq!(ids(store.flow_runs().due(20).unwrap()), ["soon"]);
    assert_eq!(ids(store.flow_runs().due(99).unwrap()), ["soon", "later"]);
}

#[test]
fn deleting_a_credential_keeps_the_run_and_its_identity() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    let credential = credential(&store, &app, "alice", "Alice");
    let begun = NewFlowRun {
        credential_id: Some(credential.clone()),
        unique_id: Some("alice".into()),
        ..run(&app, "run")
    };
    assert_eq!(
        store.flow_runs().insert(&begun, 1).unwrap().credential_id,
        Some(credential.clone())
    );
    store.credentials().delete(&credential).unwrap();
    let row = store.flow_runs().get("run").unwrap().unwrap().row;
    assert_eq!((row.credential_id, row.unique_id.as_deref()), (None, Some("alice")));
}

#[test]
fn deleting_a_run_takes_its_timeline_tokens_and_calls() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    let begun =
        NewFlowRun { messages: vec![json!(1)], tokens: vec!["t".into()], ..run(&app, "run") };
    store.flow_runs().insert(&begun, 1).unwrap();
    store.calls().insert(&call(&app, "of-run", Some("run"), "build", 1)).unwrap();
    store.calls().insert(&call(&app, "alone", None, "build", 2)).unwrap();
    assert!(store.flow_runs().delete("run").unwrap());
    assert!(!store.flow_runs().delete("run").unwrap());
    assert_eq!(store.flow_runs().messages("run", 0).unwrap(), []);
    assert_eq!(store.flow_runs().by_token("t").unwrap(), None);
    assert_eq!(store.calls().get("of-run").unwrap(), None);
    assert!(store.calls().get("alone").unwrap().is_some());
    // The token is free again.
    store.flow_runs().insert(&begun, 2).unwrap();
}

#[test]
fn ids_and_apps_are_checked() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    store.flow_runs().insert(&run(&app, "run"), 1).unwrap();
    for bad in [
        run(&app, "run"),
        run("nobody", "new"),
        NewFlowRun { credential_id: Some("no".into()), ..run(&app, "x") },
    ] {
        assert!(matches!(store.flow_runs().insert(&bad, 1), Err(StoreError::Refused { .. })));
    }
}

#[test]
fn calls_come_back_whole_and_page_by_function() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    let stored = call(&app, "c1", None, "build", 1);
    store.calls().insert(&stored).unwrap();
    assert_eq!(store.calls().get("c1").unwrap(), Some(stored));
    store.calls().insert(&call(&app, "c2", None, "action", 2)).unwrap();
    store.calls().insert(&call(&app, "c3", None, "build", 2)).unwrap();
    let page = |function, limit, before| -> Vec<String> {
        store
            .calls()
            .list(&app, function, limit, before)
            .unwrap()
            .into_iter()
            .map(|row| row.id)
            .collect()
    };
    assert_eq!(page(None, 9, None), ["c3", "c2", "c1"]);
    assert_eq!(page(Some("build"), 1, None), ["c3"]);
    assert_eq!(page(Some("build"), 1, Some("c3")), ["c1"]);
    assert!(matches!(
        store.calls().insert(&call(&app, "c1", None, "build", 9)),
        Err(StoreError::Refused { .. })
    ));
    assert!(matches!(
        store.calls().insert(&call(&app, "c4", Some("no"), "build", 9)),
        Err(StoreError::Refused { .. })
    ));
}

#[test]
fn an_event_may_choose_the_identity_and_later_ones_leave_it() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    store.flow_runs().insert(&run(&app, "run"), 1).unwrap();
    let chosen = FlowRunChange { unique_id: Some("alice".into()), ..change("run", 1) };
    assert_eq!(store.flow_runs().save(&chosen, 2).unwrap().unique_id.as_deref(), Some("alice"));
    assert_eq!(
        store.flow_runs().save(&change("run", 2), 3).unwrap().unique_id.as_deref(),
        Some("alice")
    );
}

#[test]
fn messages_from_elsewhere_join_the_timeline_without_a_new_revision() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    store
        .flow_runs()
        .insert(&NewFlowRun { messages: vec![json!(1)], ..run(&app, "run") }, 1)
        .unwrap();
    store.flow_runs().append_messages("run", &[json!(2), json!(3)], &Texts::default(), 5).unwrap();
    let messages = store.flow_runs().messages("run", 0).unwrap();
    assert_eq!(messages.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2, 3]);
    let row = store.flow_runs().get("run").unwrap().unwrap().row;
    assert_eq!((row.revision, row.updated_at), (1, 5));
    assert!(matches!(
        store.flow_runs().append_messages("no", &[], &Texts::default(), 5),
        Err(StoreError::Missing { .. })
    ));
}
