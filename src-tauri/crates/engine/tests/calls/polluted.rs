//! Scripts that overwrite the language's prototypes and then use everything: the built-ins' own tables are out of their reach,
//! and whatever they break, the report tells what happened.

use engine::{CallReport, FailureReason as Reason, Limits, Outcome};
use serde_json::{Value, json};

use crate::server::{Server, start};
use crate::support::{call_at, package, text, value};

const WORK: &str = include_str!("polluted_work.js");

/// Tables that lie: nothing is kept, and everything is found.
const LYING_TABLES: &str = "
for (const one of [new Map().entries(), new Set().values()]) Object.getPrototypeOf(one).next = () => ({ done: true });
for (const Kind of [Map, Set, WeakMap, WeakSet]) {
  const { prototype } = Kind;
  const lies = { get: () => 'a lie', set() { return this; }, add() { return this; }, has: () => true, delete: () => false, clear() {}, forEach() {}, keys: () => [][Symbol.iterator](), values: () => [][Symbol.iterator](), entries: () => [][Symbol.iterator](), [Symbol.iterator]: () => [][Symbol.iterator]() };
  for (const key of Reflect.ownKeys(lies)) if (key in prototype) Object.defineProperty(prototype, key, { value: lies[key], writable: true, configurable: true });
  if ('size' in prototype) Object.defineProperty(prototype, 'size', { get: () => 99 });
}";

/// Every copy is somebody else's.
const SPECIES: &str = "
for (const Kind of [Array, Promise, RegExp, Map, Set, ArrayBuffer, Object.getPrototypeOf(Uint8Array)]) Object.defineProperty(Kind, Symbol.species, { get() { return class Foreign extends this {}; }, configurable: true });";

/// What makes properties that are not there look as if they were.
const OBJECT_GETTERS: &str = "
for (const name of ['done', 'code', 'signal', 'listener', 'callback', 'context', 'reason', 'message', 'file', 'line', 'column', 'stack', 'kind', 'handler', 'exports', 'toJSON', 'then'])
  if (!(name in Object.prototype)) Object.defineProperty(Object.prototype, name, { get() { return undefined; }, set(value) { Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true }); }, configurable: true });";

/// Thens that count, and go on as before.
const WATCHED_THEN: &str = "
const { then } = Promise.prototype;
globalThis.thens = 0;
Promise.prototype.then = function (...given) { globalThis.thens++; return Reflect.apply(then, this, given); };";

/// `patience`: milliseconds for each step, which what is broken may keep waiting.
fn work(server: &Server, pollution: Option<&str>, patience: u32) -> CallReport {
    let files = [
        ("index.js", WORK),
        ("lib.js", "module.exports = {};"),
        ("pollute.js", pollution.unwrap_or_default()),
    ];
    let folder = package(&files);
    let parameters =
        json!({ "url": server.url, "pollute": pollution.is_some(), "patience": patience });
    call_at(folder.path(), parameters, Limits { time_ms: 20_000, ..Limits::default() })
}

/// The values of a call, and what it logged but for the times.
fn told(report: &CallReport) -> (Value, String, Vec<(String, Option<u16>)>) {
    let log: Vec<String> = text(report).lines().map(str::to_owned).collect();
    let http = report.http.iter().map(|one| (one.method.clone(), one.status)).collect();
    (value(report).clone(), log.join("\n"), http)
}

#[test]
fn what_a_script_overwrites_does_not_reach_the_built_ins_tables() {
    let server = start();
    let (clean, log, http) = told(&work(&server, None, 5_000));
    assert!(!clean.to_string().contains("Error"), "{clean:#}");
    assert_eq!(http.len(), 2);
    for (name, pollution) in [
        ("tables", LYING_TABLES),
        ("species", SPECIES),
        ("getters", OBJECT_GETTERS),
        ("then", WATCHED_THEN),
    ] {
        let (polluted, other_log, other_http) = told(&work(&server, Some(pollution), 5_000));
        for (step, expected) in clean.as_object().unwrap() {
            assert_eq!(&polluted[step], expected, "{name}: {step}");
        }
        assert_eq!(other_log, log, "{name}");
        assert_eq!(other_http, http, "{name}");
    }
}

/// What breaks the built-ins' own code, as it would break much of Node's.
const BREAKING: [&str; 6] = [
    "for (const name of Object.getOwnPropertyNames(Array.prototype)) if (typeof Array.prototype[name] === 'function' && name !== 'constructor') Array.prototype[name] = function () { throw new Error(`broken ${name}`); };",
    "Array.prototype[Symbol.iterator] = function* () { yield 'a lie'; };",
    "Promise.prototype.then = function () { return this; };",
    "for (const name of ['split', 'replace', 'slice', 'indexOf', 'startsWith', 'includes', 'trim', 'toLowerCase']) String.prototype[name] = () => { throw new Error('broken string'); };",
    "Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw new Error('broken call'); };",
    "Object.defineProperty(Object.prototype, 'reason', { value: 'returned', writable: false }); Object.defineProperty(Object.prototype, 'message', { get() { return 'a lie'; } }); for (const name of ['keys', 'entries', 'assign', 'defineProperty', 'getOwnPropertyDescriptor', 'create', 'getPrototypeOf']) Object[name] = () => { throw new Error('broken object'); };",
];

#[test]
fn whatever_a_script_breaks_the_report_is_true() {
    let server = start();
    for pollution in BREAKING {
        let report = work(&server, Some(pollution), 50);
        match &report.outcome {
            Outcome::Returned { value } => {
                // What the language computes alone is right; what says that it failed says why.
                assert!(value.is_object(), "{pollution}: {value}");
            }
            Outcome::Failed { failure } => {
                assert!(
                    matches!(
                        failure.reason,
                        Reason::Thrown | Reason::NeverSettled | Reason::Unserializable
                    ),
                    "{pollution}: {failure:?}"
                );
            }
        }
        for one in &report.http {
            assert!(
                one.url.starts_with(&server.url) && one.status.is_none_or(|status| status == 200)
            );
        }
    }
    let returned = |pollution: &str, code: &str| {
        let code = format!("{pollution}\nexports.handler = async () => {{ {code} }};");
        let folder = package(&[("index.js", &code)]);
        call_at(folder.path(), json!({}), Limits { time_ms: 5_000, ..Limits::default() }).outcome
    };
    for pollution in BREAKING {
        let outcome = returned(pollution, "return { sum: 1 + 2 };");
        assert_eq!(outcome, Outcome::Returned { value: json!({ "sum": 3 }) }, "{pollution}");
        let Outcome::Failed { failure } = returned(pollution, "throw new TypeError('mine');")
        else {
            panic!("{pollution}: an error was lost");
        };
        assert_eq!(failure.reason, Reason::Thrown, "{pollution}");
        assert!(
            failure.message.contains("mine") || pollution.contains("a lie"),
            "{pollution}: {failure:?}"
        );
    }
}
