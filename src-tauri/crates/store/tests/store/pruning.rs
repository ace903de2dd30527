//! What is kept of the past, and for how long.

use serde_json::json;
use store::{
    CallbackEnd, CallbackOutcome, CallbackSource, FlowRunChange, Keep, NewCallback, Pruned, Store,
};

use crate::rows::{app, call, credential, run};

const DAY: i64 = 24 * 60 * 60 * 1000;
const NOW: i64 = 1_000 * DAY;

fn keep() -> Keep {
    Keep { days: 10, flow_runs: 3, calls: 3, callbacks: 3, files_mb: 1 }
}

/// A run that ended, or is alive where `ended_at` is absent.
fn add_run(store: &Store, app: &str, id: &str, began: i64, ended_at: Option<i64>) {
    let row = store.flow_runs().insert(&run(app, id), began).unwrap();
    let change = FlowRunChange {
        id: id.to_owned(),
        revision: row.revision,
        ended_at,
        ..FlowRunChange::default()
    };
    store.flow_runs().save(&change, began).unwrap();
}

fn runs(store: &Store, app: &str) -> Vec<String> {
    let rows = store.flow_runs().list(app, 100, None).unwrap();
    let mut ids: Vec<String> = rows.into_iter().map(|row| row.id).collect();
    ids.sort();
    ids
}

#[test]
fn old_runs_go_and_those_alive_or_pinned_stay() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    add_run(&store, &app, "old", NOW - 20 * DAY, Some(NOW - 11 * DAY));
    add_run(&store, &app, "pinned", NOW - 20 * DAY, Some(NOW - 11 * DAY));
    add_run(&store, &app, "alive", NOW - 20 * DAY, None);
    // It began long ago and ended lately.
    add_run(&store, &app, "long", NOW - 20 * DAY, Some(NOW - 9 * DAY));
    store.history().pin("pinned", true).unwrap();
    store.calls().insert(&call(&app, "of-old", Some("old"), "build", NOW - 20 * DAY)).unwrap();
    store.calls().insert(&call(&app, "of-alive", Some("alive"), "build", NOW - 20 * DAY)).unwrap();
    let pruned = store.prune(&keep(), NOW).unwrap();
    assert_eq!(pruned, Pruned { flow_runs: 1, ..Pruned::default() });
    assert_eq!(runs(&store, &app), ["alive", "long", "pinned"]);
    assert_eq!(store.calls().get("of-old").unwrap(), None);
    assert!(store.calls().get("of-alive").unwrap().is_some());
    assert_eq!(
        store.prune(&keep(), NOW).unwrap(),
        Pruned::default(),
        "a second time finds nothing"
    );
    store.history().pin("pinned", false).unwrap();
    assert_eq!(store.prune(&keep(), NOW).unwrap().flow_runs, 1);
}

#[test]
fn of_too_many_the_newest_of_each_app_stay() {
    let store = Store::in_memory().unwrap();
    let first = app(&store);
    let second = store.apps().upsert_by_path("/second", "second", 1).unwrap().id;
    for n in 0..5 {
        add_run(&store, &first, &format!("run-{n}"), NOW - 100, Some(NOW - 50 + n));
        store
            .calls()
            .insert(&call(&first, &format!("call-{n}"), None, "build", NOW - 50 + n))
            .unwrap();
    }
    add_run(&store, &second, "other", NOW - 100, Some(NOW - 99));
    let pruned = store.prune(&keep(), NOW).unwrap();
    assert_eq!((pruned.flow_runs, pruned.calls), (2, 2));
    assert_eq!(runs(&store, &first), ["run-2", "run-3", "run-4"]);
    assert_eq!(runs(&store, &second), ["other"]);
    assert_eq!(store.calls().get("call-1").unwrap(), None);
    assert!(store.calls().get("call-2").unwrap().is_some());
}

#[test]
fn callbacks_go_when_handled_and_old_and_their_calls_with_them() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    let binding = store.bindings().get_or_create(&app, "", "binding", 1).unwrap().id;
    let old = NOW - 20 * DAY;
    let receive = || {
        let new = NewCallback {
            binding_id: &binding,
            source: CallbackSource::Webhook,
            method: "POST",
            path: "/",
            query: "",
            headers: &json!([]),
            body: b"body",
        };
        store.inbox().receive(&new, old).unwrap().id
    };
    add_run(&store, &app, "alive", old, None);
    let finish = |call_id: &str, flow_run_id: Option<&str>| {
        let id = receive();
        store.inbox().claim(&id, old).unwrap().unwrap();
        store.calls().insert(&call(&app, call_id, None, "webhook", old)).unwrap();
        let outcome = CallbackOutcome {
            id: id.clone(),
            end: if flow_run_id.is_some() { CallbackEnd::Decided } else { CallbackEnd::Ignored },
            flow_run_id: flow_run_id.map(str::to_owned),
            call_id: Some(call_id.to_owned()),
            note: String::new(),
        };
        store.inbox().finish(&outcome, old).unwrap();
        id
    };
    let waiting = receive();
    let ignored = finish("of-ignored", None);
    let decided = finish("of-decided", Some("alive"));
    let pruned = store.prune(&keep(), NOW).unwrap();
    assert_eq!((pruned.callbacks, pruned.calls), (1, 1));
    let is_there = |id: &str| store.inbox().get(id).unwrap().is_some();
    assert!(is_there(&waiting) && is_there(&decided) && !is_there(&ignored));
    assert!(store.calls().get("of-decided").unwrap().is_some());
    // Its call goes with its run; once that is gone, it is like any other.
    store.flow_runs().delete("alive").unwrap();
    assert!(store.calls().get("of-decided").unwrap().is_none());
    let pruned = store.prune(&keep(), NOW).unwrap();
    assert_eq!((pruned.callbacks, pruned.calls), (1, 0));
}

#[test]
fn files_go_by_age_and_size_unless_a_run_may_use_them() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    let add = |size: usize, at: i64| {
        store.files().insert("f", "text/plain", &vec![0; size], at).unwrap().id
    };
    let old = add(10, NOW - 11 * DAY);
    let big = add(900_000, NOW - 3 * DAY);
    let used = add(10, NOW - 2 * DAY);
    let small = add(200_000, NOW - DAY);
    assert_eq!(store.prune(&keep(), NOW).unwrap().files, 2);
    let is_there = |id: &str| store.files().get(id).unwrap().is_some();
    assert!(!is_there(&old) && !is_there(&big) && is_there(&used) && is_there(&small));
    // A run that began before the file came, and is alive, may still fetch it; an abandoned one does not count.
    add_run(&store, &app, "abandoned", NOW - 50 * DAY, None);
    let bigger = add(2 << 20, NOW - DAY / 2);
    add_run(&store, &app, "alive", NOW - DAY, None);
    assert_eq!(store.prune(&keep(), NOW).unwrap().files, 1, "only what was there before the run");
    assert!(is_there(&bigger) && is_there(&small) && !is_there(&used));
}

#[test]
fn a_run_belongs_to_the_credential_that_was_chosen_later() {
    let store = Store::in_memory().unwrap();
    let app = app(&store);
    let credential = credential(&store, &app, "acct", "Account");
    let row = store.flow_runs().insert(&run(&app, "run"), 1).unwrap();
    assert_eq!(row.credential_id, None);
    let mut change = FlowRunChange {
        id: "run".to_owned(),
        revision: row.revision,
        unique_id: Some("acct".to_owned()),
        ..FlowRunChange::default()
    };
    let row = store.flow_runs().save(&change, 2).unwrap();
    assert_eq!(row.credential_id.as_deref(), Some(credential.as_str()));
    // A later event leaves it.
    change = FlowRunChange { revision: row.revision, unique_id: None, ..change };
    let row = store.flow_runs().save(&change, 3).unwrap();
    assert_eq!(
        (row.credential_id.as_deref(), row.unique_id.as_deref()),
        (Some(credential.as_str()), Some("acct"))
    );
}
