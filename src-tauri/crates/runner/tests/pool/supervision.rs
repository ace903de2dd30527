//! What goes wrong in a worker stays in the worker.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use runner::{FailureReason, Limits, Pool};
use serde_json::{Value, json};

use crate::world::{World, config, failed, gone, request, returned, signal};

/// A function that stays inside native code for minutes.
const STUCK: &str = "
    console.log('begun');
    const text = 'a'.repeat(20 << 20), part = 'a'.repeat(10 << 20) + 'b';
    let n = 0;
    for (let i = 0; i < 1000; i++) n += text.indexOf(part);
    return n;";

#[tokio::test]
async fn endless_loop_ends_in_time() {
    let world = World::new();
    let mut request = world.request("console.log('begun'); for (;;) {}", Value::Null);
    request.limits.time_ms = 300;
    let start = Instant::now();
    let report = world.pool.call(request).await;
    failed(&report, FailureReason::TimedOut);
    assert_eq!(report.log[0].text, "begun");
    assert!(start.elapsed() < Duration::from_secs(3));
    assert_eq!(returned(world.call("return 1").await), json!(1));
}

#[tokio::test]
async fn native_loop_is_killed_soon_after_the_limit() {
    let world = World::new();
    returned(world.call("return 1").await);
    let mut request = world.request(STUCK, Value::Null);
    request.limits.time_ms = 1000;
    let start = Instant::now();
    let report = world.pool.call(request).await;
    let took = start.elapsed();
    let failure = failed(&report, FailureReason::TimedOut);
    // Within a second on an idle machine, which `cargo xtask bench` measures; without the kill it takes minutes.
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert!(failure.message.contains("did not yield") || !failure.stack.is_empty(), "{failure:?}");
    assert_eq!(report.log[0].text, "begun");
    assert_eq!(returned(world.call("return 1").await), json!(1));
}

#[tokio::test]
async fn allocation_bombs_and_recursion_end_as_what_they_are() {
    let world = World::new();
    let small = Limits { memory_bytes: 64 << 20, time_ms: 20_000, ..Limits::default() };
    for bomb in [
        "const a = []; for (;;) a.push(new Array(1000).fill(1));",
        "let s = 'x'; for (;;) s += s;",
        "const a = []; for (;;) a.push(new Uint8Array(1 << 20).fill(1));",
        "const a = []; for (;;) a.push(Buffer.alloc(1 << 20, 1));",
    ] {
        let mut request = world.request(bomb, Value::Null);
        request.limits = small;
        let report = world.pool.call(request).await;
        let failure = match &report.outcome {
            runner::Outcome::Failed { failure } => failure,
            other => panic!("{bomb}: {other:?}"),
        };
        // A string that the language itself forbids is an error of the code, before memory is out.
        let is_length =
            failure.reason == FailureReason::Thrown && failure.message.contains("string");
        assert!(failure.reason == FailureReason::OutOfMemory || is_length, "{bomb}: {failure:?}");
    }
    let report = world.call("const f = () => f() + 1; return f();").await;
    failed(&report, FailureReason::StackOverflow);
    assert_eq!(returned(world.call("return 1").await), json!(1));
}

#[tokio::test]
async fn memory_that_the_engine_does_not_count_is_watched() {
    // A log far over its usual bound stands in for memory that grows behind the engine's back.
    let world = World::with(|c| c.memory_slack_bytes = 0);
    let body = "const text = 'x'.repeat(100_000); for (;;) console.log(text);";
    let mut request = world.request(body, Value::Null);
    (request.limits.memory_bytes, request.limits.log_bytes) = (8 << 20, 1 << 30);
    let report = world.pool.call(request).await;
    let failure = failed(&report, FailureReason::OutOfMemory);
    assert!(failure.message.contains("its limit of 8 MB: its worker held"), "{}", failure.message);
    assert!(!report.log.is_empty());
}

#[tokio::test]
async fn abort_and_kill_cost_one_call() {
    let world = World::new();
    for (kind, words) in [
        ("-ABRT", "signal 6 (SIGABRT"),
        ("-ILL", "signal 4 (SIGILL"),
        ("-KILL", "signal 9 (SIGKILL"),
    ] {
        let (pool, request) =
            (world.pool.clone(), world.request("console.log('begun'); for (;;) {}", Value::Null));
        let (sender, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let call = tokio::spawn(async move { pool.call_observed(request, sender).await });
        heard.recv().await.unwrap();
        let pid = world.busy().await;
        let other = world.call("await new Promise(r => setTimeout(r, 50)); return 1;");
        let (other, ()) = tokio::join!(other, async { signal(pid, kind) });
        assert_eq!(returned(other), json!(1), "a call beside it goes on");
        let report = call.await.unwrap();
        let failure = failed(&report, FailureReason::WorkerDied);
        assert!(failure.message.contains(words), "{}", failure.message);
        assert!(failure.message.contains("Stepsmith and all other calls go on"));
        assert_eq!(report.log[0].text, "begun", "what it logged is kept");
        assert!(gone(pid).await);
        assert_eq!(returned(world.call("return 1").await), json!(1));
    }
}

#[tokio::test]
async fn worker_that_died_while_idle_costs_nothing() {
    let world = World::with(|c| c.workers = 1);
    returned(world.call("return 1").await);
    for _ in 0..3 {
        let pid = world.pool.workers()[0].pid;
        signal(pid, "-KILL");
        assert_eq!(returned(world.call("return 2").await), json!(2));
    }
}

#[tokio::test]
async fn pool_refills_after_a_loss() {
    let world = World::with(|c| c.workers = 1);
    let mut request = world.request(STUCK, Value::Null);
    request.limits.time_ms = 200;
    failed(&world.pool.call(request).await, FailureReason::TimedOut);
    for _ in 0..300 {
        if world.pool.workers().iter().any(|w| !w.busy) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("no worker was made ready: {:?}", world.pool.workers());
}

/// A program that speaks, or does not speak, the protocol as `script` says.
fn impostor(world: &World, script: &str) -> Pool {
    let program = world.folder.path().join("impostor");
    std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut config = config(world.folder.path());
    config.program = program;
    config.start_time = Duration::from_millis(700);
    Pool::new(config)
}

/// A frame as an argument of `printf`.
fn frame(head: &str) -> String {
    let length = |n: usize| format!("\\{:03o}\\{:03o}\\0\\0", n & 255, n >> 8);
    format!("{}{}{head}", length(head.len() + 4), length(head.len()))
}

#[tokio::test]
async fn programs_that_are_no_workers_are_told_from_workers() {
    let world = World::new();
    let hello = frame(r#"{"kind":"hello","protocol":2}"#);
    let started = frame(r#"{"kind":"started","id":0}"#);
    let other = frame(r#"{"kind":"hello","protocol":99}"#);
    for (script, words) in [
        ("printf 'hello there, this is text'; exec sleep 5".to_owned(), "is no script worker"),
        ("echo no such thing >&2; exit 4".to_owned(), "exit code 4) Its last words: no such thing"),
        ("exec sleep 5".to_owned(), "not ready within 700ms"),
        (format!("printf '{other}'; exec sleep 5"), "restart Stepsmith"),
        (format!("printf '{hello}'; exec sleep 5"), "did not begin within 700ms"),
        (
            format!("printf '{hello}'; printf '{started}\\377\\377\\377\\377'; exec sleep 5"),
            "larger than the",
        ),
        (format!("printf '{hello}'; printf '{started}{started}'; exec sleep 5"), "out of turn"),
        (
            format!("printf '{hello}'; printf '{started}\\10\\0\\0\\0garbage!'; exec sleep 5"),
            "a message that is none",
        ),
        (format!("printf '{hello}'; printf '{started}\\10\\0'; exit 1"), "exit code 1"),
    ] {
        let pool = impostor(&world, &script);
        let mut request = world.request("return 1", Value::Null);
        request.limits.time_ms = 200;
        let report =
            tokio::time::timeout(Duration::from_secs(8), pool.call(request)).await.unwrap();
        let message = failed(&report, FailureReason::WorkerDied).message;
        assert!(message.contains(words), "{script}: {message}");
        pool.shutdown().await;
    }
    let mut config = config(world.folder.path());
    config.program = PathBuf::from("/nowhere/at-all");
    let report = Pool::new(config).call(world.request("return 1", Value::Null)).await;
    let message = failed(&report, FailureReason::WorkerDied).message;
    assert!(message.contains("/nowhere/at-all cannot be started"), "{message}");
}

/// Not a test of its own: what the next test starts, and kills.
#[tokio::test]
async fn parent_to_be_killed() {
    let Ok(folder) = std::env::var("STEPSMITH_TEST_PARENT") else { return };
    let folder = PathBuf::from(folder);
    let pool = Pool::new(config(&folder));
    let request = request(&folder, "for (;;) {}", Value::Null);
    let call = pool.call(request);
    let tell = async {
        loop {
            if let Some(worker) = pool.workers().iter().find(|w| w.busy && w.calls > 0) {
                std::fs::write(folder.join("pid"), format!("{} ", worker.pid)).unwrap();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::select! { _ = call => {}, () = tell => {} }
}

#[tokio::test]
async fn workers_die_with_their_parent() {
    let folder = tempfile::tempdir().unwrap();
    let mut parent = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "supervision::parent_to_be_killed"])
        .env("STEPSMITH_TEST_PARENT", folder.path())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut pid = None;
    for _ in 0..500 {
        let text = std::fs::read_to_string(folder.path().join("pid")).unwrap_or_default();
        pid = text.strip_suffix(' ').and_then(|t| t.parse::<u32>().ok());
        if pid.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let pid = pid.unwrap();
    parent.kill().unwrap();
    parent.wait().unwrap();
    assert!(gone(pid).await);
    let left = || {
        let entries = std::fs::read_dir(folder.path()).unwrap().flatten();
        entries.filter(|e| e.file_name().to_string_lossy().starts_with("stepsmith-call-")).count()
    };
    assert_eq!(left(), 1, "nobody could clean up");
    Pool::new(config(folder.path()));
    assert_eq!(left(), 0, "the next program does");
}

#[tokio::test]
async fn worker_started_by_a_stranger_ends_at_once() {
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_script-worker"))
        .args(["--stepsmith-script-worker", "1"])
        .stdin(std::process::Stdio::piped())
        .output()
        .unwrap();
    assert!(status.status.success() && status.stdout.is_empty());
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_script-worker")).output().unwrap();
    assert_eq!(status.status.code(), Some(2));
}
