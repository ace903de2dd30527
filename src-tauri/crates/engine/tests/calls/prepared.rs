//! Calls in a realm that was prepared before them: as in one made for them, and with all that is the call's own.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use engine::{CallReport, CallRequest, FailureReason as Reason, Habits, Limits, Realm};
use serde_json::{Value, json};

use crate::support::{LABEL, call_at, failure, package, text, value};

/// Asks for every built-in there is.
const ALL: &str = "
for (const name of require('module').builtinModules) try { require(name); } catch {}
for (const name of Object.getOwnPropertyNames(globalThis)) try { globalThis[name]; } catch {}
for (const kind of [Intl.DateTimeFormat, Intl.NumberFormat, Intl.Collator, Intl.PluralRules, Intl.ListFormat]) new kind('en');
'a'.localeCompare('b');
console.table([{ a: 1 }]);
exports.handler = () => new Error('x').stack;";

/// What a worker knows after a call like this one.
fn habits(code: &str) -> Habits {
    let mut habits = Habits::default();
    let folder = package(&[("index.js", code)]);
    let report = call_in(None, &mut habits, folder.path(), Limits::default());
    value(&report);
    habits
}

fn prepared(habits: &Habits) -> Realm {
    let mut realm = Realm::prepare().unwrap();
    while realm.read_in(habits) {}
    realm
}

fn call_in(realm: Option<Realm>, habits: &mut Habits, folder: &Path, limits: Limits) -> CallReport {
    let package = folder.to_path_buf();
    let request = CallRequest { package, label: LABEL.to_owned(), parameters: json!({}), limits };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(engine::call_in(realm, habits, request, |_| {}, |report| report))
}

/// A handler with this body, in a realm that was prepared with all there is.
fn run(body: &str, limits: Limits) -> CallReport {
    let folder = package(&[("index.js", &handler(body))]);
    let habits = &mut habits(ALL);
    call_in(Some(prepared(habits)), habits, folder.path(), limits)
}

fn handler(body: &str) -> String {
    format!("exports.handler = async () => {{\n{body}\n}};")
}

/// Every property of everything that can be reached without asking a getter.
const SURVEY: &str = "
const seen = new Map();
const lines = [];
const open = [['globalThis', globalThis]];
const kind = (value) => (seen.has(value) ? seen.get(value) : typeof value === 'function' ? `function ${value.name} ${value.length}` : typeof value === 'object' ? 'object' : typeof value === 'symbol' ? String(value) : `${typeof value} ${value}`);
const ownKeys = Reflect.ownKeys;
while (open.length > 0) {
  const [path, object] = open.shift();
  if (seen.has(object)) continue;
  seen.set(object, path);
  const next = (name, value) => { if (value !== null && (typeof value === 'object' || typeof value === 'function')) open.push([`${path}.${name}`, value]); };
  next('__proto__', Object.getPrototypeOf(object));
  for (const key of ownKeys(object)) {
    const { value, get, set, ...flags } = Object.getOwnPropertyDescriptor(object, key);
    const changing = (path === 'globalThis.Error' && key === 'stackTraceLimit') || object === exports || key === 'lastIndex';
    lines.push(`${path} ${String(key)} ${JSON.stringify(flags)} ${changing ? '' : kind(get ?? value)} ${Object.isExtensible(object)}`);
    for (const [name, one] of [[String(key), value], [`get ${String(key)}`, get], [`set ${String(key)}`, set]]) next(name, one);
  }
}
exports.handler = () => lines;";

#[test]
fn a_script_sees_no_difference() {
    let folder = package(&[("index.js", SURVEY)]);
    let fresh = call_at(folder.path(), json!({}), Limits::default());
    let habits = &mut habits(ALL);
    let prepared = call_in(Some(prepared(habits)), habits, folder.path(), Limits::default());
    let (fresh, prepared) =
        (value(&fresh).as_array().unwrap(), value(&prepared).as_array().unwrap());
    assert!(fresh.len() > 1500, "{}", fresh.len());
    for (fresh, prepared) in fresh.iter().zip(prepared) {
        assert_eq!(fresh, prepared);
    }
    assert_eq!(fresh.len(), prepared.len());
}

#[test]
fn the_call_begins_when_it_begins() {
    let habits = &mut habits(ALL);
    let realm = prepared(habits);
    std::thread::sleep(Duration::from_millis(1200));
    let folder = package(&[(
        "index.js",
        "const first = performance.now();
         const temporary = require('os').tmpdir() + '/made';
         exports.handler = async () => {
           const begun = Date.now();
           require('fs').writeFileSync(temporary, 'x');
           await new Promise((resolve) => setTimeout(resolve, 30));
           console.log('waited');
           return {
             first, origin: performance.timeOrigin, uptime: process.uptime() * 1000, waited: Date.now() - begun,
             now: performance.timeOrigin + performance.now() - Date.now(),
             package: require('fs').statSync(__filename).mtimeMs, made: require('fs').statSync(temporary).mtimeMs, folder: require('fs').statSync('/tmp').birthtimeMs,
             event: new Event('x').timeStamp, hrtime: process.hrtime()[0], mark: performance.mark('m').startTime,
           };
         };",
    )]);
    let before =
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0;
    let report = call_in(Some(realm), habits, folder.path(), Limits::default());
    let told = value(&report);
    let number = |name: &str| told[name].as_f64().unwrap();
    for name in ["first", "uptime", "event", "mark"] {
        assert!((0.0..1000.0).contains(&number(name)), "{name}: {told}");
    }
    for name in ["origin", "package", "made", "folder"] {
        assert!((before - 2.0..before + 1000.0).contains(&number(name)), "{name}: {told} {before}");
    }
    assert!(number("now").abs() < 20.0, "{told}");
    assert!(number("waited") >= 29.0, "{told}");
    // Node's begins at some time; ours with the call.
    assert_eq!(number("hrtime"), 1.0);
    assert!(report.log[0].at_ms < 1000.0);
    assert!(
        report.timing.total_ms < 1000.0 && report.timing.start_ms < 500.0,
        "{:?}",
        report.timing
    );
}

#[test]
fn the_limits_of_the_call_hold() {
    let usual = Limits::default();
    let started = Instant::now();
    let report = run("for (;;) {}", Limits { time_ms: 150, ..usual });
    assert_eq!(failure(&report).reason, Reason::TimedOut);
    assert!(failure(&report).message.contains("within 0.15 seconds"));
    let report = run(
        "require('crypto').pbkdf2('a', 'b', 1e9, 64, 'sha512', () => {}); await new Promise(() => {});",
        Limits { time_ms: 150, ..usual },
    );
    assert_eq!(failure(&report).reason, Reason::TimedOut);
    assert!(started.elapsed() < Duration::from_secs(10));

    // Whether the realm is used or, being too large for it, is not.
    for memory_bytes in [16 << 20, 120 << 20] {
        let limits = Limits { memory_bytes, time_ms: 20_000, ..usual };
        let report = run("const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1));", limits);
        assert_eq!(failure(&report).reason, Reason::OutOfMemory);
        assert!(failure(&report).message.contains(&format!("{} MB", memory_bytes >> 20)));
        assert!(report.memory_peak_bytes <= u64::from(memory_bytes) + (2 << 20));
        let report = run(
            "return [process.constrainedMemory(), require('v8').getHeapStatistics().heap_size_limit];",
            limits,
        );
        assert_eq!(value(&report), &json!([memory_bytes, memory_bytes]));
    }

    let timers =
        "try { for (;;) setTimeout(() => {}, 1); } catch (error) { return error.message; }";
    let report = run(timers, Limits { timers: 3, ..usual });
    assert_eq!(value(&report), "Too many timers are open: at most 3 at once");

    let report = run(
        "for (let i = 0; i < 100; i++) console.log('x'.repeat(100));",
        Limits { log_bytes: 1000, ..usual },
    );
    assert!(report.log.len() < 12 && text(&report).contains("The log is over 1000 bytes"));

    let report = run("return 'x'.repeat(1000);", Limits { output_bytes: 100, ..usual });
    assert_eq!(failure(&report).reason, Reason::TooLarge);

    let deep =
        "let depth = 0; const f = () => { depth++; f(); }; try { f(); } catch {} return depth;";
    let depth = |stack_bytes| value(&run(deep, Limits { stack_bytes, ..usual })).as_u64().unwrap();
    let (small, large) = (depth(128 << 10), depth(1 << 20));
    assert!(large > small * 4, "{small} {large}");
}

#[test]
fn package_label_and_entry_are_the_calls() {
    let folder = package(&[
        (
            "index.mjs",
            "import { where } from './lib/where.js';\nexport const handler = () => { where(); throw new Error('here'); };",
        ),
        ("lib/where.js", "exports.where = () => console.log(__filename);"),
    ]);
    let habits = &mut habits(ALL);
    let report = call_in(Some(prepared(habits)), habits, folder.path(), Limits::default());
    assert_eq!(failure(&report).file.as_deref(), Some("functions/build/index.mjs"));
    assert_eq!(text(&report), "/var/task/lib/where.js");
    assert_eq!(report.log[0].file.as_deref(), Some("functions/build/lib/where.js"));
    let fresh = call_at(folder.path(), json!({}), Limits::default());
    assert_eq!(report.code_hash, fresh.code_hash);
}

#[test]
fn a_call_that_cannot_begin_says_so_and_leaves_the_habits() {
    let mut habits = habits(ALL);
    let before = format!("{habits:?}");
    let nowhere = tempfile::tempdir().unwrap();
    let realm = prepared(&habits);
    let report = call_in(Some(realm), &mut habits, nowhere.path(), Limits::default());
    assert_eq!(failure(&report).reason, Reason::Missing);
    assert_eq!(format!("{habits:?}"), before);
}

#[test]
fn random_numbers_differ_from_realm_to_realm() {
    let habits = &mut habits(ALL);
    let body = "const { randomUUID } = require('crypto'); return [Math.random(), randomUUID()];";
    let folder = package(&[("index.js", &handler(body))]);
    let realms: Vec<Realm> = (0..3).map(|_| prepared(habits)).collect();
    let mut told: Vec<Value> = Vec::new();
    for realm in realms {
        let report = call_in(Some(realm), habits, folder.path(), Limits::default());
        let pair = value(&report).clone();
        assert!(told.iter().all(|other| other[0] != pair[0] && other[1] != pair[1]), "{told:?}");
        told.push(pair);
    }
}
