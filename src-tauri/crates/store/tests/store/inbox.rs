//! Callbacks: stored as received, handled exactly once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::rows::app;
use serde_json::{Value, json};
use store::{
    CallbackEnd, CallbackOutcome, CallbackSource, CallbackState, InboxRow, NewCallback, Store,
    StoreError,
};

fn receive(store: &Store, body: &[u8], at: i64) -> InboxRow {
    let app = app(store);
    let binding = store.bindings().get_or_create(&app, "alice", "binding", 1).unwrap().id;
    let headers: Value =
        json!([["Content-Type", "application/json"], ["X-Twice", "1"], ["X-Twice", "2"]]);
    let new = NewCallback {
        binding_id: &binding,
        source: CallbackSource::Webhook,
        method: "POST",
        path: "/webhook/binding",
        query: "a=%20&b",
        headers: &headers,
        body,
    };
    store.inbox().receive(&new, at).unwrap()
}

fn outcome(id: &str, end: CallbackEnd, note: &str) -> CallbackOutcome {
    CallbackOutcome {
        id: id.to_owned(),
        end,
        flow_run_id: None,
        call_id: None,
        note: note.to_owned(),
    }
}

#[test]
fn a_callback_is_kept_as_received() {
    let store = Store::in_memory().unwrap();
    let body = [0, 159, 146, 150, b'{'];
    let row = receive(&store, &body, 5);
    assert_eq!(
        (row.state, row.received_at, row.state_at, row.body_bytes),
        (CallbackState::Received, 5, 5, 5)
    );
    assert_eq!((row.source, row.query.as_str()), (CallbackSource::Webhook, "a=%20&b"));
    assert_eq!(row.headers[2], json!(["X-Twice", "2"]));
    assert_eq!(store.inbox().get(&row.id).unwrap(), Some((row.clone(), body.to_vec())));
    assert_eq!(store.inbox().list(&app(&store), 9, None).unwrap(), [row]);
    assert_eq!(store.inbox().get("nothing").unwrap(), None);
}

#[test]
fn an_unknown_binding_is_refused() {
    let store = Store::in_memory().unwrap();
    let new = NewCallback {
        binding_id: "nobody",
        source: CallbackSource::Redirect,
        method: "GET",
        path: "/",
        query: "",
        headers: &json!([]),
        body: b"",
    };
    assert!(matches!(store.inbox().receive(&new, 1), Err(StoreError::Refused { .. })));
}

#[test]
fn of_many_that_claim_at_once_one_gets_it() {
    let store = Store::in_memory().unwrap();
    let id = receive(&store, b"body", 1).id;
    let claimed = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                if let Some((row, body)) = store.inbox().claim(&id, 2).unwrap() {
                    assert_eq!(
                        (row.state, row.state_at, body.as_slice()),
                        (CallbackState::Running, 2, b"body".as_slice())
                    );
                    claimed.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(claimed.into_inner(), 1);
}

#[test]
fn only_a_running_callback_can_end_and_it_ends_once() {
    let store = Store::in_memory().unwrap();
    let id = receive(&store, b"", 1).id;
    let end = |end| store.inbox().finish(&outcome(&id, end, "no run waits for token"), 3);
    assert!(matches!(end(CallbackEnd::Ignored), Err(StoreError::Changed { .. })));
    store.inbox().claim(&id, 2).unwrap().unwrap();
    end(CallbackEnd::Ignored).unwrap();
    let (row, _) = store.inbox().get(&id).unwrap().unwrap();
    assert_eq!((row.state, row.note.as_str()), (CallbackState::Ignored, "no run waits for token"));
    assert!(matches!(end(CallbackEnd::Failed), Err(StoreError::Changed { .. })));
    assert_eq!(store.inbox().claim(&id, 4).unwrap(), None);
    assert!(matches!(store.inbox().release(&id, 4), Err(StoreError::Changed { .. })));
    assert!(matches!(store.inbox().release("nothing", 4), Err(StoreError::Missing { .. })));
}

#[test]
fn what_a_process_left_behind_is_found_in_order_and_can_be_taken_again() {
    let store = Store::in_memory().unwrap();
    let ids: Vec<_> = (1..=4).map(|at| receive(&store, b"", at).id).collect();
    for id in [&ids[1], &ids[2]] {
        store.inbox().claim(id, 5).unwrap().unwrap();
    }
    store.inbox().finish(&outcome(&ids[2], CallbackEnd::Failed, "thrown"), 6).unwrap();
    let left: Vec<_> =
        store.inbox().unfinished().unwrap().into_iter().map(|row| (row.id, row.state)).collect();
    assert_eq!(
        left,
        [
            (ids[0].clone(), CallbackState::Received),
            (ids[1].clone(), CallbackState::Running),
            (ids[3].clone(), CallbackState::Received)
        ]
    );
    store.inbox().release(&ids[1], 7).unwrap();
    assert!(store.inbox().claim(&ids[1], 8).unwrap().is_some());
}

#[test]
fn lists_page_by_app() {
    let store = Store::in_memory().unwrap();
    let ids: Vec<_> = (0..5).map(|_| receive(&store, b"", 7).id).collect();
    let page = |before: Option<&str>| -> Vec<String> {
        store.inbox().list(&app(&store), 2, before).unwrap().into_iter().map(|row| row.id).collect()
    };
    assert_eq!(page(None), [ids[4].clone(), ids[3].clone()]);
    assert_eq!(page(Some(&ids[3])), [ids[2].clone(), ids[1].clone()]);
    assert_eq!(page(Some(&ids[1])), [ids[0].clone()]);
    let other = store.apps().upsert_by_path("/other", "other", 1).unwrap().id;
    assert_eq!(store.inbox().list(&other, 9, None).unwrap(), []);
}
