//! Every reason for which a call fails, and what is told of it.

use engine::FailureReason as Reason;
use engine::{Limits, LogLevel};
use serde_json::json;

use crate::support::{call, call_at, call_files, failure, package, run, text, value};

#[track_caller]
fn at(report: &engine::CallReport) -> (Reason, String, String, u32, u32) {
    let failure = failure(report);
    (
        failure.reason,
        failure.message.clone(),
        failure.file.clone().unwrap_or_default(),
        failure.line.unwrap_or_default(),
        failure.column.unwrap_or_default(),
    )
}

#[test]
fn an_error_names_the_authors_place() {
    let report = call_files(&[
        (
            "index.js",
            "const lib = require('./lib');\nexports.handler = async (p) => {\n  return lib.deep(p);\n};\n",
        ),
        ("lib.js", "exports.deep = function deep(p) {\n  return p.user.name;\n};\n"),
    ]);
    assert_eq!(
        at(&report),
        (
            Reason::Thrown,
            "TypeError: Cannot read properties of undefined (reading 'name')".to_owned(),
            "functions/build/lib.js".to_owned(),
            2,
            17
        )
    );
    let stack: Vec<&str> = failure(&report).stack.lines().collect();
    assert_eq!(stack[0], "TypeError: Cannot read properties of undefined (reading 'name')");
    assert_eq!(stack[1], "    at deep (functions/build/lib.js:2:17)");
    assert!(stack[2].contains("(functions/build/index.js:3:"), "{stack:?}");
    assert!(!failure(&report).stack.contains("node:"), "{stack:?}");
}

#[test]
fn the_first_line_has_true_columns() {
    let report = call("exports.handler = () => { throw new Error('one') };");
    assert_eq!(at(&report).3, 1);
    assert!((33..=45).contains(&at(&report).4), "{:?}", at(&report));
}

#[test]
fn the_authors_own_code_comes_before_packages() {
    let report = call_files(&[
        ("index.js", "const check = require('checker');\nexports.handler = () => check(1);\n"),
        (
            "node_modules/checker/index.js",
            "module.exports = () => { throw new RangeError('out'); };\n",
        ),
    ]);
    let (reason, message, file, line, _) = at(&report);
    assert_eq!((reason, message.as_str()), (Reason::Thrown, "RangeError: out"));
    assert_eq!((file.as_str(), line), ("functions/build/index.js", 2));
}

#[test]
fn an_error_after_an_await_has_its_place() {
    let report = run("await new Promise((r) => setTimeout(r, 2));\n(void 0).x;");
    let (reason, _, file, line, _) = at(&report);
    assert_eq!((reason, file.as_str(), line), (Reason::Thrown, "functions/build/index.js", 3));
}

#[test]
fn what_is_thrown_need_not_be_an_error() {
    assert_eq!(at(&run("throw 'text'")).1, "The code threw a value that is not an Error: \"text\"");
    assert!(at(&run("throw { code: 5 }")).1.ends_with("{ code: 5 }"));
    assert!(at(&run("throw undefined")).1.ends_with("undefined"));
    assert!(at(&run("throw null")).1.ends_with("null"));
    assert_eq!(at(&run("return Promise.reject(new Error('no'))")).1, "Error: no");
}

#[test]
fn errors_in_timers_and_lost_rejections_fail_the_call() {
    let report =
        run("setTimeout(() => { missing(); }, 1); await new Promise((r) => setTimeout(r, 50));");
    assert_eq!(at(&report).1, "ReferenceError: missing is not defined");
    let report =
        run("Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 50));");
    assert_eq!(at(&report).1, "Error: lost");
    let report = run(
        "process.nextTick(() => { throw new Error('tick'); }); await new Promise((r) => setTimeout(r, 50));",
    );
    assert_eq!(at(&report).1, "Error: tick");
    let report = run(
        "queueMicrotask(() => { throw new Error('micro'); }); await new Promise((r) => setTimeout(r, 50));",
    );
    assert_eq!(at(&report).1, "Error: micro");
    assert_eq!(value(&run("setTimeout(() => { missing(); }, 30); return 1;")), &json!(1));
}

#[test]
fn syntax_errors_have_file_line_and_column() {
    let (reason, message, file, line, column) =
        at(&call("exports.handler = () => {\n  const a = ;\n};\n"));
    assert_eq!((reason, message.as_str()), (Reason::Syntax, "SyntaxError: Unexpected token ';'"));
    assert_eq!((file.as_str(), line, column), ("functions/build/index.js", 2, 13));
    let cases = [
        ("exports.handler = () => {\n", "Unexpected end of input"),
        ("const a = 1;\nconst a = 2;\n", "Identifier 'a' has already been declared"),
        ("let x = 'open\n", "Invalid or unexpected token"),
        ("exports.handler = () => { foo bar };\n", "Unexpected identifier 'bar'"),
        (
            "const f = () => { const x = await g(); };\n",
            "await is only valid in async functions and the top level bodies of modules",
        ),
        ("import x from 'y';\n", "Cannot use import statement outside a module"),
        ("export const handler = 1;\n", "Unexpected token 'export'"),
        ("f(1, 2;\n", "missing ) after argument list"),
        ("x = {a: 1,, b: 2}\n", "Unexpected token ','"),
        ("if (true) {\n}}\n", "Unexpected token '}'"),
    ];
    let mut wrong = Vec::new();
    for (source, message) in cases {
        let report = call(source);
        let failure = failure(&report);
        if failure.reason != Reason::Syntax
            || failure.message != format!("SyntaxError: {message}")
            || failure.line.is_none()
        {
            wrong.push(format!("{source:?}: {failure:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let report = call_files(&[("index.js", "require('./bad');\n"), ("bad.js", "\n  ]\n")]);
    assert_eq!(at(&report).0, Reason::Syntax);
    assert_eq!((at(&report).2.as_str(), at(&report).3), ("functions/build/bad.js", 2));
    assert_eq!(at(&call("const s = '\0';")).0, Reason::Syntax);
}

#[test]
fn a_handler_is_needed() {
    for (source, part) in [
        ("", "exports nothing"),
        ("exports.main = () => 1; exports.other = 2;", "only `main`, `other`"),
        ("exports.handler = 5;", "`handler` of index.js is 5"),
        ("module.exports = null;", "exports null"),
        ("module.exports = () => 1;", "no `handler`|exports nothing"),
        ("exports.handler = { run() {} };", "not a function"),
    ] {
        let report = call(source);
        let failure = failure(&report);
        assert_eq!(failure.reason, Reason::Handler, "{source}");
        assert!(
            part.split('|').any(|part| failure.message.contains(part)),
            "{source}: {}",
            failure.message
        );
        assert!(failure.message.contains("exports.handler = async (parameters)"));
    }
}

#[test]
fn a_package_needs_index_js() {
    let empty = tempfile::tempdir().unwrap();
    let report = call_at(empty.path(), json!({}), Limits::default());
    assert_eq!(at(&report).0, Reason::Missing);
    assert!(at(&report).1.contains("There is no index.js in"));
    let report = call_at(&empty.path().join("nowhere"), json!({}), Limits::default());
    assert_eq!(at(&report).0, Reason::Missing);
    std::fs::create_dir(empty.path().join("index.js")).unwrap();
    let report = call_at(empty.path(), json!({}), Limits::default());
    assert!(at(&report).1.contains("is a folder"), "{}", at(&report).1);
}

#[test]
fn what_json_cannot_hold_is_named() {
    for (body, part) in [
        ("return undefined", "returned undefined"),
        ("", "returned undefined"),
        ("return () => {}", "returned a function"),
        ("return 5n", "BigInt (5n)"),
        ("return Symbol('x')", "symbol"),
        (
            "const a = { list: [{}] }; a.list[0].back = a; return a",
            "result.list[0].back leads back to result",
        ),
        ("return { output: { total: 10n } }", "result.output.total is a BigInt (10n)"),
        ("return { 'a-b': [1, 2n] }", "result[\"a-b\"][1] is a BigInt"),
        ("return { toJSON() { return undefined; } }", "toJSON"),
    ] {
        let report = run(body);
        let failure = failure(&report);
        assert_eq!(failure.reason, Reason::Unserializable, "{body}");
        assert!(failure.message.contains(part), "{body}: {}", failure.message);
    }
    assert_eq!(value(&run("return 'text'")), &json!("text"));
    assert_eq!(value(&run("return 5")), &json!(5));
    assert_eq!(value(&run("return null")), &json!(null));
    assert_eq!(
        value(&run("return { a: undefined, f() {}, d: new Date(0), n: NaN }")),
        &json!({"d": "1970-01-01T00:00:00.000Z", "n": null})
    );
}

#[test]
fn modules_that_are_not_there() {
    let report = call("require('./nope');");
    assert_eq!(at(&report).1.lines().next(), Some("Error: Cannot find module './nope'"));
    assert!(at(&report).1.contains("Require stack:\n- "));
    let report = call("require('left-pad');");
    assert!(at(&report).1.contains("Cannot find module 'left-pad'"));
}

#[test]
fn log_lines_know_level_place_and_time() {
    let report = call(
        "exports.handler = () => {\n  console.log('one');\n  help();\n  return 1;\n};\nfunction help() {\n  console.error('two');\n  console.debug({ a: 1 });\n}\n",
    );
    let lines: Vec<(LogLevel, &str, u32)> = report
        .log
        .iter()
        .map(|line| (line.level, line.text.as_str(), line.line.unwrap()))
        .collect();
    assert_eq!(
        lines,
        [(LogLevel::Log, "one", 2), (LogLevel::Error, "two", 7), (LogLevel::Debug, "{ a: 1 }", 8)]
    );
    assert!(report.log.iter().all(|line| line.file.as_deref() == Some("functions/build/index.js")));
    assert!(report.log[0].at_ms <= report.log[2].at_ms);
}

#[test]
fn a_report_tells_time_memory_and_code() {
    let report = run("await new Promise((r) => setTimeout(r, 30)); return 1;");
    assert!(report.timing.waiting_ms >= 20.0, "{:?}", report.timing);
    assert!(report.timing.total_ms >= report.timing.waiting_ms);
    assert!(report.timing.start_ms > 0.0 && report.timing.start_ms < report.timing.total_ms);
    assert!(report.memory_peak_bytes > 50_000);
    assert_eq!(report.code_hash.len(), 16);
    let files: [(&str, &str); 2] =
        [("index.js", "exports.handler = () => require('./a');"), ("a.js", "module.exports = 1;")];
    let first = call_files(&files).code_hash;
    assert_eq!(first, call_files(&files).code_hash);
    assert_ne!(first, call_files(&[files[0], ("a.js", "module.exports = 2;")]).code_hash);
}

#[test]
fn an_observer_hears_at_once() {
    use std::cell::RefCell;
    use std::rc::Rc;
    let folder = package(&[(
        "index.js",
        "exports.handler = () => { console.log('a'); console.warn('b'); return 1; };",
    )]);
    let heard = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&heard);
    let request = engine::CallRequest {
        package: folder.path().into(),
        label: "x".into(),
        parameters: json!({}),
        limits: Limits::default(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let report = runtime
        .block_on(engine::call(request, move |observation| seen.borrow_mut().push(observation)));
    assert_eq!(heard.borrow().len(), 2);
    assert_eq!(text(&report), "a\nb");
}

#[test]
fn nothing_leaks_from_call_to_call() {
    let folder = package(&[(
        "index.js",
        "const n = (globalThis.count = (globalThis.count ?? 0) + 1); Array.prototype.mine = 1; Object.prototype.mine = 1;\nexports.handler = () => ({ n, list: [].mine });",
    )]);
    for _ in 0..3 {
        let report = call_at(folder.path(), json!({}), Limits::default());
        assert_eq!(value(&report)["n"], 1);
    }
}
