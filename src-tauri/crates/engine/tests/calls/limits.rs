//! Each limit, reached.

use std::time::Instant;

use engine::{FailureReason as Reason, Limits, LogLevel};
use serde_json::json;

use crate::support::{call, call_at, call_limited, failure, package, run, text, value};

fn short() -> Limits {
    Limits { time_ms: 150, ..Limits::default() }
}

fn body(source: &str) -> String {
    format!("exports.handler = async () => {{\n{source}\n}};")
}

#[test]
fn endless_code_is_stopped_where_it_is() {
    for source in [
        "for (;;) {}",
        "const f = () => Promise.resolve().then(f); await f();",
        "const f = () => process.nextTick(f); f(); await new Promise(() => {});",
        "/^(a+)+$/.test('a'.repeat(40) + '!')",
        "try { for (;;) {} } catch { return 'caught'; } finally { for (;;) {} }",
        "Array.from({ length: 1e9 }, () => 1)",
        "await (async () => { for (;;) await null; })()",
        "JSON.stringify({ toJSON() { for (;;) {} } })",
    ] {
        let started = Instant::now();
        let report = call_limited(&body(source), short());
        let failure = failure(&report);
        assert_eq!(failure.reason, Reason::TimedOut, "{source}: {failure:?}");
        assert!(
            failure.message.starts_with("The function did not return within 0.15 seconds"),
            "{}",
            failure.message
        );
        assert!(started.elapsed().as_millis() < 1500, "{source} took {:?}", started.elapsed());
    }
    let report = call_limited(&body("let n = 0;\nfor (;;) n++;"), short());
    assert_eq!(failure(&report).file.as_deref(), Some("functions/build/index.js"));
    assert!(failure(&report).line.is_some());
    let report = call_limited("for (;;) {}", short());
    assert_eq!(failure(&report).reason, Reason::TimedOut);
}

#[test]
fn endless_waiting_is_stopped() {
    let report = call_limited(&body("await new Promise((r) => setTimeout(r, 60000));"), short());
    assert_eq!(failure(&report).reason, Reason::TimedOut);
    assert!(failure(&report).message.contains("still waiting"), "{}", failure(&report).message);
    assert!(report.timing.waiting_ms > 100.0);
    let report =
        call_limited(&body("setInterval(() => {}, 1); await new Promise(() => {});"), short());
    assert_eq!(failure(&report).reason, Reason::TimedOut);
}

#[test]
fn a_promise_that_never_settles_is_seen_at_once() {
    let started = Instant::now();
    let report = run("await new Promise(() => {});");
    assert_eq!(failure(&report).reason, Reason::NeverSettled);
    assert!(failure(&report).message.contains("never settled"));
    assert!(started.elapsed().as_millis() < 1000);
    let report = run("setTimeout(() => {}, 60000).unref(); await new Promise(() => {});");
    assert_eq!(failure(&report).reason, Reason::NeverSettled);
    assert_eq!(value(&run("setTimeout(() => {}, 60000); return 1;")), &json!(1));
}

#[test]
fn memory_is_bounded() {
    let limits = Limits { memory_bytes: 16 << 20, time_ms: 10_000, ..Limits::default() };
    for source in [
        "const a = []; for (;;) a.push({ x: 'y'.repeat(100) + a.length });",
        "const a = []; for (;;) a.push(Buffer.alloc(1 << 20));",
        "let s = 'x'; const a = []; for (;;) { s += s; a.push(s.toUpperCase()); }",
        "const m = new Map(); for (let i = 0; ; i++) m.set(i, [i]);",
        "const a = []; for (;;) a.push(new Uint8Array(1e6));",
        "const a = []; for (;;) { await null; a.push(new Array(10000).fill(1.5)); }",
        "const a = []; for (;;) a.push(require('crypto').randomBytes(1 << 20));",
        "Buffer.alloc(1 << 30)",
    ] {
        let report = call_limited(&body(source), limits);
        let failure = failure(&report);
        assert_eq!(failure.reason, Reason::OutOfMemory, "{source}: {failure:?}");
        assert_eq!(failure.message, "The function used more than its 16 MB of memory.");
        assert!(report.memory_peak_bytes < 18 << 20, "{source}: {}", report.memory_peak_bytes);
    }
    let report = call_limited(
        &body("try { Buffer.alloc(1 << 30); } catch (error) { return 'went on'; }"),
        limits,
    );
    assert_eq!(value(&report), &json!("went on"));
    let tiny = Limits { memory_bytes: 20_000, ..Limits::default() };
    assert_eq!(failure(&call_limited(&body("return 1"), tiny)).reason, Reason::OutOfMemory);
}

#[test]
fn the_stack_is_bounded() {
    for source in [
        "const f = () => f(); f();",
        "const f = (n) => [1].map(() => f(n + 1)); f(0);",
        "const o = { get x() { return this.x; } }; o.x;",
        "class A { toString() { return `${this}`; } } `${new A()}`;",
        "const o = {}; o.toJSON = () => JSON.stringify(o); JSON.stringify(o);",
        "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a);",
        "const p = new Proxy({}, { get(t, k, r) { return r[k]; } }); p.x;",
    ] {
        let report = call(&body(source));
        let failure = failure(&report);
        assert_eq!(failure.reason, Reason::StackOverflow, "{source}: {failure:?}");
        assert_eq!(failure.message, "RangeError: Maximum call stack size exceeded", "{source}");
    }
    let report = run(
        "try { (function f() { f(); })(); } catch (e) { return [e.name, e.message, e instanceof RangeError]; }",
    );
    assert_eq!(value(&report), &json!(["RangeError", "Maximum call stack size exceeded", true]));
    let deep = run("let a = {}; let b = a; for (let i = 0; i < 500; i++) b = b.x = {}; return a;");
    assert_eq!(failure(&deep).reason, Reason::Unserializable);
    let pattern = run("try { new RegExp('('.repeat(100000)); } catch (e) { return e.name; }");
    assert!(matches!(value(&pattern).as_str(), Some("SyntaxError" | "RangeError")));
}

#[test]
fn timers_are_bounded() {
    let limits = Limits { timers: 10, ..Limits::default() };
    let report =
        call_limited(&body("for (let i = 0; i < 20; i++) setTimeout(() => {}, 1000);"), limits);
    assert_eq!(failure(&report).message, "Error: Too many timers are open: at most 10 at once");
    assert_eq!(failure(&report).line, Some(2));
    let report = call_limited(
        &body("for (let i = 0; i < 20; i++) clearTimeout(setTimeout(() => {}, 1000)); return 1;"),
        limits,
    );
    assert_eq!(value(&report), &json!(1));
}

#[test]
fn output_and_parameters_are_bounded() {
    let limits = Limits { output_bytes: 1000, ..Limits::default() };
    let report = call_limited(&body("return 'x'.repeat(2000);"), limits);
    assert_eq!(failure(&report).reason, Reason::TooLarge);
    let folder = package(&[("index.js", "exports.handler = (p) => p.text.length;")]);
    let report = call_at(folder.path(), json!({"text": "x".repeat(2000)}), limits);
    assert_eq!(failure(&report).reason, Reason::TooLarge);
    assert!(
        failure(&report).message.contains("at most 1000 bytes"),
        "{}",
        failure(&report).message
    );
    let report = call_at(folder.path(), json!({"text": "x".repeat(900)}), limits);
    assert_eq!(value(&report), &json!(900));
}

#[test]
fn the_log_is_bounded() {
    let limits = Limits { log_bytes: 10_000, ..Limits::default() };
    let report = call_limited(
        &body(
            "for (let i = 0; i < 1000; i++) console.log('line ' + i + 'x'.repeat(100)); return 1;",
        ),
        limits,
    );
    assert_eq!(value(&report), &json!(1));
    assert!(text(&report).len() < 10_300);
    let note = report.log.iter().find(|line| line.level == LogLevel::Note).unwrap();
    assert!(
        note.text.contains("was cut here") && note.text.contains("more lines"),
        "{}",
        note.text
    );
    let report = call_limited(
        &body("console.log('x'.repeat(1e6)); console.log('after'); return 1;"),
        limits,
    );
    assert!(text(&report).len() < 10_300);
}
