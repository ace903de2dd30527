//! The pool with real worker processes.
#![cfg(target_os = "linux")]

#[cfg(test)]
mod breaking;
#[cfg(test)]
mod confinement;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod hostile_server;
#[cfg(test)]
mod native;
#[cfg(test)]
mod prepared;
#[cfg(test)]
mod supervision;
#[cfg(test)]
mod world;

use std::time::{Duration, Instant};

use runner::{CallRequest, CancelHandle, FailureReason, Observation};
use serde_json::{Value, json};
use tokio::sync::mpsc::unbounded_channel;
use world::{World, failed, gone, returned};

#[tokio::test]
async fn values_go_there_and_back() {
    let world = World::new();
    let mut deep = json!(1);
    for _ in 0..100 {
        deep = json!([deep]);
    }
    let parameters =
        json!({"text": "ä\u{1F600}\u{0}", "n": -1.5, "deep": deep, "list": [null, true, {}]});
    let report = world.pool.call(world.request("return { output: p };", parameters.clone())).await;
    assert_eq!(report.log, []);
    assert!(report.code_hash.len() == 16 && report.memory_peak_bytes > 0);
    assert_eq!(returned(report), json!({ "output": parameters }));
    let report = world.call("console.log('a'); const n = null; n.x;").await;
    let failure = failed(&report, FailureReason::Thrown);
    assert_eq!(failure.file.as_deref(), Some("functions/test/index.js"));
    assert_eq!(report.log[0].text, "a");
}

#[tokio::test]
async fn code_is_compiled_without_being_run() {
    let world = World::with(|c| c.spare = false);
    let compile_with = async |code: &str, manifest: Option<&str>| {
        let manifest = manifest.map(str::to_owned);
        world.pool.compile("functions/build", code.to_owned(), manifest).await
    };
    let compile = async |code: &str| compile_with(code, None).await;
    assert_eq!(compile("throw new Error('run'); for (;;) {}").await, None);
    assert_eq!(compile("'use strict'; exports.handler = () => 1;").await, None);
    let failure = compile("'use strict';\nvar a = 010;").await.unwrap();
    assert_eq!(
        (failure.file.as_deref(), failure.line),
        (Some("functions/build/index.js"), Some(2))
    );
    let failure = compile("const a = ;").await.unwrap();
    assert_eq!((failure.line, failure.column), (Some(1), Some(11)), "{failure:?}");
    let failure = compile("exports.handler = () => {};\n}").await.unwrap();
    assert_eq!(failure.line, Some(2), "a brace too many: {failure:?}");
    let module = Some(r#"{"type": "module"}"#);
    let code = "import { a } from './a.mjs';\nthrow new Error(await a);";
    assert_eq!(compile_with(code, module).await, None);
    assert_eq!(compile(code).await.unwrap().line, Some(1), "import in CommonJS");
    let failure = compile_with("import fs from 'fs';\nexport const a = ;", module).await;
    assert_eq!(failure.unwrap().line, Some(2));
    // The worker has run nothing and is still for any package.
    returned(world.call("return 1").await);
    assert_eq!(world.pool.workers().len(), 1);
}

#[tokio::test]
async fn large_values_pass() {
    let world = World::new();
    let text = "x".repeat(5 << 20);
    let report = world.pool.call(world.request("return p;", json!(text))).await;
    assert_eq!(returned(report), json!(text));
}

#[tokio::test]
async fn workers_are_kept_and_calls_run_side_by_side() {
    let world = World::with(|c| c.spare = false);
    assert!(world.pool.workers().is_empty(), "nothing is started before it is needed");
    let nap = "await new Promise(r => setTimeout(r, 600)); return 1;";
    returned(world.call_again("return 1").await);
    let start = Instant::now();
    let nap = world.request_again(nap, Value::Null);
    let (a, b) = tokio::join!(world.pool.call(nap.clone()), world.pool.call(nap));
    assert_eq!((returned(a), returned(b)), (json!(1), json!(1)));
    assert!(start.elapsed() < Duration::from_millis(1150), "{:?}", start.elapsed());
    let workers = world.pool.workers();
    assert_eq!(workers.len(), 2);
    assert_eq!(workers.iter().map(|w| w.calls).sum::<u32>(), 3);
    assert!(workers.iter().all(|w| !w.busy && w.memory_bytes.unwrap() > 0));
}

#[tokio::test]
async fn waiting_calls_are_served_in_order() {
    let world = World::with(|c| (c.workers, c.spare) = (1, false));
    let body = "await new Promise(r => setTimeout(r, 20)); return p;";
    let request = world.request_again(body, Value::Null);
    let (sender, mut ends) = unbounded_channel();
    let mut running = Vec::new();
    for n in 0..6 {
        let (pool, sender) = (world.pool.clone(), sender.clone());
        let request = CallRequest { parameters: json!(n), ..request.clone() };
        running.push(tokio::spawn(async move {
            let value = returned(pool.call(request).await);
            sender.send(value).unwrap();
        }));
        tokio::task::yield_now().await;
    }
    drop(sender);
    let mut order = Vec::new();
    while let Some(value) = ends.recv().await {
        order.push(value);
    }
    assert_eq!(order, [0, 1, 2, 3, 4, 5].map(|n| json!(n)));
    assert_eq!(world.pool.workers().len(), 1);
}

#[tokio::test]
async fn observers_hear_while_the_call_runs() {
    let world = World::new();
    let (sender, mut heard) = unbounded_channel();
    let request = world.request(
        "console.log('early'); await new Promise(r => setTimeout(r, 700)); return 1;",
        Value::Null,
    );
    let pool = world.pool.clone();
    let call = tokio::spawn(async move { pool.call_observed(request, sender).await });
    let Some(Observation::Log { line }) = heard.recv().await else { panic!("no log line") };
    assert_eq!(line.text, "early");
    assert!(!call.is_finished());
    let report = call.await.unwrap();
    assert_eq!(report.log, [line]);
    assert!(heard.recv().await.is_none());
}

#[tokio::test]
async fn one_call_leaves_nothing_for_the_next() {
    let world = World::with(|c| (c.workers, c.spare) = (1, false));
    let body = "
        globalThis.kept = (globalThis.kept || 0) + 1;
        Object.prototype.polluted = 'yes'; Array.prototype.map = null; JSON.stringify = JSON.stringify;
        setTimeout(() => {}, 10);
        process.env.LEFT = 'x';
        return { kept: globalThis.kept, env: Object.keys(process.env) };";
    returned(world.call_again(body).await);
    let probe = "return { kept: typeof kept, polluted: ({}).polluted === undefined, map: [1].map(x => x + 1), left: process.env.LEFT === undefined };";
    let seen = returned(world.call_again(probe).await);
    assert_eq!(seen, json!({"kept": "undefined", "polluted": true, "map": [2], "left": true}));
    assert_eq!(world.pool.workers()[0].calls, 2, "both ran in one worker");
    // A file that a call left in the worker's temporary folder is gone before the next one.
    let pid = world.pool.workers()[0].pid;
    let temporary = std::fs::read_link(format!("/proc/{pid}/cwd")).unwrap();
    std::fs::create_dir_all(temporary.join("a/b")).unwrap();
    std::fs::write(temporary.join("c"), "x").unwrap();
    returned(world.call_again("return 1").await);
    assert_eq!(std::fs::read_dir(temporary).unwrap().count(), 0);
}

#[tokio::test]
async fn worker_has_no_rights_to_spare() {
    let world = World::with(|c| c.spare = false);
    returned(world.call("return 1").await);
    let pid = world.pool.workers()[0].pid;
    let read = |name: &str| std::fs::read_to_string(format!("/proc/{pid}/{name}")).unwrap();
    let cwd = std::fs::read_link(format!("/proc/{pid}/cwd")).unwrap();
    assert!(cwd.starts_with(world.folder.path()), "{cwd:?}");
    let limits = read("limits");
    let limit = |name: &str| limits.lines().find(|l| l.starts_with(name)).unwrap().to_owned();
    assert!(limit("Max core file size").contains(" 0  "), "{limits}");
    assert!(limit("Max open files").contains(" 512 "), "{limits}");
    let status = read("status");
    assert!(status.contains("NoNewPrivs:\t1") && status.contains("Seccomp:\t2"), "{status}");
    let target = |fd: u32| std::fs::read_link(format!("/proc/{pid}/fd/{fd}")).unwrap();
    assert_eq!((target(0), target(1)), ("/dev/null".into(), "/dev/null".into()));
}

#[tokio::test]
async fn cancelling_ends_the_call_and_keeps_what_it_logged() {
    let world = World::new();
    let cancel = CancelHandle::new();
    let (sender, mut heard) = unbounded_channel();
    let request = world.request("console.log('begun'); for (;;) {}", Value::Null);
    let (pool, handle) = (world.pool.clone(), cancel.clone());
    let call =
        tokio::spawn(async move { pool.call_with(request, Some(sender), Some(handle)).await });
    heard.recv().await.unwrap();
    let pid = world.busy().await;
    let start = Instant::now();
    cancel.cancel();
    let report = call.await.unwrap();
    failed(&report, FailureReason::Cancelled);
    assert_eq!(report.log[0].text, "begun");
    assert!(report.timing.total_ms > 0.0);
    assert!(start.elapsed() < Duration::from_millis(500));
    assert!(gone(pid).await);
    let report =
        world.pool.call_with(world.request("return 1", Value::Null), None, Some(cancel)).await;
    failed(&report, FailureReason::Cancelled);
    assert_eq!(returned(world.call("return 2").await), json!(2));
}

#[tokio::test]
async fn dropping_the_future_ends_the_call() {
    let world = World::with(|c| c.workers = 1);
    let (pool, request) = (world.pool.clone(), world.request("for (;;) {}", Value::Null));
    let call = tokio::spawn(async move { pool.call(request).await });
    let pid = world.busy().await;
    call.abort();
    assert!(gone(pid).await);
    assert_eq!(returned(world.call("return 2").await), json!(2));
}

#[tokio::test]
async fn shutdown_ends_everything() {
    let world = World::with(|c| c.workers = 1);
    let (pool, request) = (world.pool.clone(), world.request("for (;;) {}", Value::Null));
    let running = tokio::spawn(async move { pool.call(request).await });
    let pid = world.busy().await;
    let (pool, request) = (world.pool.clone(), world.request("return 1", Value::Null));
    let waiting = tokio::spawn(async move { pool.call(request).await });
    tokio::task::yield_now().await;
    let start = Instant::now();
    world.pool.shutdown().await;
    assert!(start.elapsed() < Duration::from_secs(2));
    failed(&running.await.unwrap(), FailureReason::Cancelled);
    failed(&waiting.await.unwrap(), FailureReason::Cancelled);
    assert!(gone(pid).await);
    let report = world.call("return 1").await;
    assert!(failed(&report, FailureReason::Cancelled).message.contains("closing"));
    assert!(world.pool.workers().is_empty());
    let left = std::fs::read_dir(world.folder.path()).unwrap().flatten();
    assert_eq!(
        left.filter(|e| e.file_name().to_string_lossy().starts_with("stepsmith-call-")).count(),
        0
    );
}

#[tokio::test]
async fn workers_retire() {
    let world = World::with(|c| (c.workers, c.calls_per_worker, c.spare) = (1, 3, false));
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..7 {
        returned(world.call_again("return 1").await);
        seen.extend(world.pool.workers().iter().map(|w| w.pid));
    }
    assert!(world.pool.workers().len() == 1 && world.pool.workers()[0].calls == 1);
    assert!(seen.len() >= 2, "{seen:?}");
}
