//! What is asked of the database, and how long each answer takes.

use std::path::Path;
use std::time::Instant;

use rusqlite::Connection;
use serde_json::{Value, json};
use store::{FlowRunChange, HistoryFilter, HistoryKind, Keep, NewFlowRun, Store, Texts};

use crate::database::{self, RARE};
use crate::{print, round};

/// Rows of a page, as the window asks for them.
const PAGE: usize = 100;
const TIMES: usize = 9;

fn ms(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1e3
}

/// What an older database waits for at its first start: the step that lists what is there, without its texts.
pub fn migration(path: &Path, runs: usize) {
    let raw = Connection::open(path).unwrap();
    let began = Instant::now();
    raw.execute_batch(
        "BEGIN; CREATE TEMP TABLE listed AS SELECT * FROM history LIMIT 0;
         INSERT INTO listed SELECT NULL, 'flow_run', id, NULL, app_id, created_at, ended_at, status, action_key, '', pinned, '', '', 0
           FROM flow_runs ORDER BY created_at; ROLLBACK;",
    )
    .unwrap();
    print("history.first_start_ms", ms(began), "ms", None, &json!({ "runs_there": runs }));
}

/// Makes all of it searchable, in the steps of the program.
pub fn indexing(store: Store, path: &Path, runs: usize) -> Store {
    let size = |store: &Store| -> f64 {
        let _ = store.history().not_indexed();
        std::fs::metadata(store.path()).unwrap().len() as f64
    };
    drop(store);
    let store = Store::open(path).unwrap();
    let bare = size(&store);
    let began = Instant::now();
    let mut steps = Vec::new();
    loop {
        let step = Instant::now();
        if store.history().index_older(20, database::texts).unwrap() == 0 {
            break;
        }
        steps.push(ms(step));
    }
    let seconds = began.elapsed().as_secs_f64();
    steps.sort_by(f64::total_cmp);
    drop(store);
    let store = Store::open(path).unwrap();
    let whole = size(&store);
    let more = json!({
        "kilobytes_a_run": round(whole / 1e3 / runs as f64),
        "of_it_for_the_search": round((whole - bare) / 1e3 / runs as f64),
        "megabytes": round(whole / 1e6),
        "indexing_older_s": round(seconds),
        "step_ms": { "median": round(steps[steps.len() / 2]), "p99": round(steps[steps.len() * 99 / 100]), "most": round(steps[steps.len() - 1]) },
    });
    print("history.kilobytes_a_run", whole / 1e3 / runs as f64, "kB", None, &more);
    store
}

/// The first page and searches of every kind; the figure is the slowest, by the median of its times.
pub fn measure(store: &Store, runs: usize) {
    let app =
        store.apps().recent(9).unwrap().into_iter().find(|app| app.name == "app 0").unwrap().id;
    let any = || HistoryFilter { app_id: Some(app.clone()), ..HistoryFilter::default() };
    let text = |text: &str| HistoryFilter { text: text.into(), ..any() };
    let middle = store.history().extent(&any(), PAGE).unwrap().marks;
    let deep = middle.last().copied();
    let pages = [
        ("first", any(), None),
        ("last", any(), deep),
        ("first of all apps", HistoryFilter::default(), None),
        ("last of all apps", HistoryFilter::default(), Some(150)),
    ];
    figure(store, "history.page_ms", runs, pages.into());
    let at = |n: usize| Some(1_600_000_000_000 + n as i64 * 300_000);
    let failed = || HistoryFilter { status: Some("failed".into()), ..any() };
    let searches = vec![
        ("often", text("please sign"), None),
        ("often, last page", text("please sign"), deep),
        ("often, all apps", HistoryFilter { app_id: None, ..text("@example.test") }, None),
        ("one letter", text("e"), None),
        ("one letter that is nowhere", text("ж"), None),
        ("two letters, last page", text("si"), deep),
        ("another script", text("契約"), None),
        ("rare", text("QUARTERMASTER"), None),
        ("one run", text(&format!("-{:05}", runs / 2)), None),
        ("never", text("xylophone"), None),
        ("never, of common parts", text("please sign until agreement friday"), None),
        (
            "never, of what every text has",
            text("thank you very much until friday please sign"),
            None,
        ),
        ("often, status that is rare", HistoryFilter { text: "please".into(), ..failed() }, None),
        (
            "rare, status it never has",
            HistoryFilter { text: "quartermaster".into(), ..failed() },
            None,
        ),
        ("often, in errors", HistoryFilter { in_errors: true, ..text("answered 422") }, None),
        (
            "often elsewhere, never in errors",
            HistoryFilter { in_errors: true, ..text("please sign") },
            None,
        ),
        (
            "often, function and action",
            HistoryFilter {
                function: Some("webhook".into()),
                action_key: Some("collect".into()),
                ..text("friday")
            },
            None,
        ),
        ("often, long ago", HistoryFilter { to: at(100), ..text("please sign") }, None),
        (
            "often, one day",
            HistoryFilter { from: at(runs / 3), to: at(runs / 3 + 288), ..text("friday") },
            None,
        ),
        ("no text, status", failed(), None),
        ("no text, function", HistoryFilter { function: Some("webhook".into()), ..any() }, None),
        (
            "no text, function that was never called",
            HistoryFilter { function: Some("redirect".into()), ..any() },
            None,
        ),
        ("no text, long ago", HistoryFilter { to: at(100), ..any() }, None),
        ("no text, calls alone", HistoryFilter { kind: Some(HistoryKind::Call), ..any() }, None),
    ];
    let rare = store.history().extent(&text("quartermaster"), PAGE).unwrap().total;
    assert!(rare > 0 && rare <= runs / RARE + 1, "{rare} runs have the rare word");
    let extents: Vec<_> =
        searches.iter().map(|(name, filter, _)| (*name, filter.clone())).collect();
    figure(store, "history.search_ms", runs, searches);
    let mut told = serde_json::Map::new();
    let mut worst = 0.0f64;
    for (name, filter) in extents {
        let began = Instant::now();
        let total = store.history().extent(&filter, PAGE).unwrap().total;
        worst = worst.max(ms(began));
        told.insert(name.to_owned(), json!({ "ms": round(ms(began)), "entries": total }));
    }
    print("history.extent_ms", worst, "ms", None, &json!({ "of": told }));
}

fn figure(store: &Store, name: &str, runs: usize, asked: Vec<(&str, HistoryFilter, Option<i64>)>) {
    let mut told = serde_json::Map::new();
    let mut worst = 0.0f64;
    for (what, filter, before) in asked {
        let mut times: Vec<f64> = (0..TIMES)
            .map(|_| {
                let began = Instant::now();
                store.history().page(&filter, PAGE + 1, before).unwrap();
                ms(began)
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let median = times[TIMES / 2];
        worst = worst.max(median);
        told.insert(
            what.to_owned(),
            json!({ "median": round(median), "most": round(times[TIMES - 1]) }),
        );
    }
    let more =
        json!({ "runs_there": runs, "calls_there": runs * database::CALLS_OF_A_RUN, "of": told });
    print(name, worst, "ms", Some(100.0), &more);
}

/// What one event of a run costs, with its texts.
pub fn writing(store: &Store) {
    let app_id = store.apps().recent(1).unwrap()[0].id.clone();
    let new = NewFlowRun { id: "written".into(), app_id, ..NewFlowRun::default() };
    store.flow_runs().insert(&new, 1).unwrap();
    let mut times: Vec<f64> = (0..100)
        .map(|n| {
            let said = format!(
                "value {n} of an event with eighty characters of text in it, more or less, {n}"
            );
            let change = FlowRunChange {
                id: "written".into(),
                revision: n + 1,
                messages: vec![Value::Null],
                texts: Texts { said: vec![said], errors: Vec::new() },
                ..FlowRunChange::default()
            };
            let began = Instant::now();
            store.flow_runs().save(&change, 2).unwrap();
            ms(began)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    print(
        "history.write_ms",
        times[50],
        "ms",
        None,
        &json!({ "p95": round(times[95]), "most": round(times[99]) }),
    );
}

/// What the bounds of the settings cost when they bite.
pub fn pruning(store: &Store, runs: usize) {
    let keep = Keep { days: 100_000, flow_runs: u32::try_from(runs).unwrap(), ..Keep::default() };
    let now = 1_900_000_000_000;
    let began = Instant::now();
    let none = store.prune(&keep, now).unwrap().flow_runs;
    let nothing = ms(began);
    let keep = Keep { flow_runs: u32::try_from(runs * 7 / 10).unwrap(), ..keep };
    let began = Instant::now();
    let gone = store.prune(&keep, now).unwrap().flow_runs;
    let took = ms(began);
    let more = json!({
        "runs_beyond_none": none, "runs_gone": gone, "seconds": round(took / 1e3),
        "ms_a_run": round(took / gone.max(1) as f64), "left": store.history().extent(&HistoryFilter::default(), PAGE).unwrap().total,
    });
    print("history.prune_ms", nothing, "ms", None, &more);
}
