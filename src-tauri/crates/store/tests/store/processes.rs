//! Several threads, several processes, and a process that is killed.

use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::rows::{app, run};
use serde_json::json;
use store::{CallbackSource, FlowRunChange, NewCallback, Store, StoreError};

const PATH: &str = "STORE_TEST_PATH";
const CALLBACKS: &str = "STORE_TEST_CALLBACKS";

fn receive(store: &Store, binding_id: &str, body: &[u8]) -> String {
    let new = NewCallback {
        binding_id,
        source: CallbackSource::Webhook,
        method: "POST",
        path: "/",
        query: "",
        headers: &json!([]),
        body,
    };
    store.inbox().receive(&new, 1).unwrap().id
}

/// Not a test: what the tests below run in another process. Says the id of each callback once it is stored.
#[test]
#[ignore = "started by the other tests"]
fn writer() {
    let Ok(path) = env::var(PATH) else { return };
    let count: u64 = env::var(CALLBACKS).unwrap().parse().unwrap();
    let store = Store::open(Path::new(&path)).unwrap();
    let app = app(&store);
    let binding = store.bindings().get_or_create(&app, "", "binding", 1).unwrap().id;
    let run_id = format!("run-{}", std::process::id());
    let mut revision = store.flow_runs().insert(&run(&app, &run_id), 1).unwrap().revision;
    for n in 0..count {
        let id = receive(&store, &binding, format!("{n:-<3000}").as_bytes());
        println!("stored {id}");
        std::io::stdout().flush().unwrap();
        let change = FlowRunChange {
            id: run_id.clone(),
            revision,
            snapshot: json!({"n": n + 1}),
            messages: vec![json!({"n": n}), json!({"n": n})],
            ..FlowRunChange::default()
        };
        revision = store.flow_runs().save(&change, 2).unwrap().revision;
    }
}

fn start_writer(path: &Path, callbacks: u64) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "processes::writer", "--ignored", "--nocapture", "--test-threads=1"])
        .env(PATH, path)
        .env(CALLBACKS, callbacks.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn acknowledged(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.map_while(Result::ok).filter_map(|line| {
        let (_, id) = line.split_once("stored ")?;
        // A line cut off by the kill is no acknowledgement.
        (id.len() == 36).then(|| id.to_owned())
    })
}

#[test]
fn a_killed_process_loses_nothing_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stepsmith.db");
    let mut expected = Vec::new();
    for round in 0..20_u64 {
        let mut child = start_writer(&path, u64::MAX);
        let lines = acknowledged(&mut child);
        let killer = thread::spawn(move || {
            // Spread over start, first writes and checkpoints; the first rounds die in the middle of creating the tables.
            thread::sleep(Duration::from_millis(4 + round * round % 17 * 11));
            child.kill().unwrap();
            child.wait().unwrap();
        });
        expected.extend(lines);
        killer.join().unwrap();

        let store = Store::open(&path).unwrap();
        store.check().unwrap();
        for id in &expected {
            let (_, body) =
                store.inbox().get(id).unwrap().expect("an acknowledged callback is there");
            assert_eq!(body.len(), 3000);
        }
        for run in store.flow_runs().waiting().unwrap() {
            // Snapshot and timeline go together: two messages a change.
            let stored = store.flow_runs().get(&run.id).unwrap().unwrap();
            let changes = stored.snapshot["n"].as_u64().unwrap_or(0);
            assert_eq!(store.flow_runs().messages(&run.id, 0).unwrap().len() as u64, changes * 2);
        }
    }
    assert!(expected.len() > 20, "the writers got to write: {}", expected.len());
}

#[test]
fn two_processes_write_at_once_from_the_very_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stepsmith.db");
    let mut children: Vec<_> = (0..2).map(|_| start_writer(&path, 40)).collect();
    let store = Store::open(&path).unwrap();
    let app = app(&store);
    let binding = store.bindings().get_or_create(&app, "", "other", 1).unwrap().id;
    let mut ids: Vec<_> = (0..40).map(|_| receive(&store, &binding, b"mine")).collect();
    for child in &mut children {
        let theirs: Vec<_> = acknowledged(child).collect();
        assert!(child.wait().unwrap().success());
        assert_eq!(theirs.len(), 40);
        ids.extend(theirs);
    }
    assert!(ids.iter().all(|id| store.inbox().get(id).unwrap().is_some()));
    assert_eq!(store.inbox().unfinished().unwrap().len(), 120);
}

#[test]
fn threads_share_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("stepsmith.db")).unwrap();
    let app = app(&store);
    store.flow_runs().insert(&run(&app, "run"), 1).unwrap();
    // Each thread adds ten messages; one that comes too late reads the run again, as the rule says.
    thread::scope(|scope| {
        for name in 0..4 {
            let store = store.clone();
            scope.spawn(move || {
                for n in 0..10 {
                    loop {
                        let stored = store.flow_runs().get("run").unwrap().unwrap();
                        let change = FlowRunChange {
                            id: "run".to_owned(),
                            revision: stored.row.revision,
                            snapshot: json!({"forms": [], "total": stored.snapshot["total"].as_u64().unwrap_or(0) + 1}),
                            messages: vec![json!([name, n])],
                            ..FlowRunChange::default()
                        };
                        match store.flow_runs().save(&change, 2) {
                            Ok(_) => break,
                            Err(StoreError::Changed { .. }) => {}
                            Err(other) => panic!("{other:?}"),
                        }
                    }
                }
            });
        }
    });
    let messages = store.flow_runs().messages("run", 0).unwrap();
    assert_eq!(
        messages.iter().map(|row| row.seq).collect::<Vec<_>>(),
        (1..=40).collect::<Vec<_>>()
    );
    for name in 0..4 {
        let theirs: Vec<_> = messages
            .iter()
            .filter(|row| row.message[0] == json!(name))
            .map(|row| row.message[1].clone())
            .collect();
        assert_eq!(theirs, (0..10).map(|n| json!(n)).collect::<Vec<_>>());
    }
    let stored = store.flow_runs().get("run").unwrap().unwrap();
    assert_eq!((stored.row.revision, stored.snapshot), (41, json!({"forms": [], "total": 40})));
}
