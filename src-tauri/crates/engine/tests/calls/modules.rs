//! Functions that are ES modules, and what is said of modules that cannot be loaded.

use engine::{FailureReason, Limits};
use serde_json::json;

use crate::support::{call_at, call_files, failure, package, value};

#[test]
fn a_function_may_be_an_es_module() {
    let report = call_files(&[
        (
            "index.mjs",
            "import { join } from 'node:path';\nimport { n } from './n.js';\nconst late = await Promise.resolve(2);\nexport const handler = async ({}) => [join('a', 'b'), n, late, import.meta.url];\n",
        ),
        ("n.js", "exports.n = 1;"),
    ]);
    assert_eq!(value(&report), &json!(["a/b", 1, 2, "file:///var/task/index.mjs"]));
    let report = call_files(&[
        ("index.js", "export function handler() { return typeof require; }"),
        ("package.json", r#"{"type": "module"}"#),
    ]);
    assert_eq!(value(&report), &json!("undefined"));
    let report = call_files(&[("index.mjs", "export default { handler() {} };")]);
    let failure = failure(&report);
    assert_eq!(failure.reason, FailureReason::Handler);
    assert!(failure.message.starts_with("index.mjs exports no `handler`, only `default`"));
}

#[test]
fn errors_of_es_modules_have_their_place() {
    for (source, reason, place, part) in [
        ("export const a = 1;\nlet b = 3 3;\n", FailureReason::Syntax, (2, 11), "SyntaxError"),
        ("\nthrow new TypeError('mine');\n", FailureReason::Thrown, (2, 7), "TypeError: mine"),
        (
            "const a = await 1;\nawait null;\nnull.x;\n",
            FailureReason::Thrown,
            (3, 6),
            "reading 'x'",
        ),
        (
            "import { nope } from './c.js';\n",
            FailureReason::Thrown,
            (1, 10),
            "Named export 'nope' not found. The requested module './c.js' is a CommonJS module",
        ),
        (
            "\nimport { nope } from 'fs';\n",
            FailureReason::Thrown,
            (2, 10),
            "The requested module 'fs' does not provide an export named 'nope'",
        ),
    ] {
        let report = call_files(&[("index.mjs", source), ("c.js", "exports.a = 1;")]);
        let failure = failure(&report);
        assert_eq!(failure.reason, reason, "{source}: {failure:?}");
        assert!(failure.message.contains(part), "{source}: {}", failure.message);
        assert_eq!(failure.file.as_deref(), Some("functions/build/index.mjs"), "{source}");
        assert_eq!((failure.line, failure.column), (Some(place.0), Some(place.1)), "{source}");
    }
}

#[test]
fn a_typeless_index_stays_commonjs_and_packages_do_not() {
    let report = call_files(&[("index.js", "import fs from 'fs';\nexport const handler = 1;\n")]);
    assert_eq!(failure(&report).reason, FailureReason::Syntax);
    assert!(failure(&report).message.contains("Cannot use import statement outside a module"));
    let report = call_files(&[
        ("index.js", "exports.handler = () => require('dep').name;"),
        ("node_modules/dep/index.js", "export const name = 'found out';"),
    ]);
    assert_eq!(value(&report), &json!("found out"));
}

#[test]
fn a_cycle_through_require_is_refused() {
    let report = call_files(&[
        (
            "index.js",
            "exports.handler = async () => Promise.all(['a', 'd'].map((name) => import(`./${name}.mjs`).catch((error) => error.code)));",
        ),
        ("a.mjs", "import './b.cjs';"),
        ("b.cjs", "require('./a.mjs');"),
        (
            "d.mjs",
            "import { createRequire } from 'module';\ncreateRequire(import.meta.url)('./e.mjs');",
        ),
        ("e.mjs", "import './d.mjs';"),
    ]);
    assert_eq!(value(&report), &json!(["ERR_REQUIRE_CYCLE_MODULE", "ERR_REQUIRE_CYCLE_MODULE"]));
}

#[test]
fn what_is_remembered_is_the_text_not_the_path() {
    let index =
        "exports.handler = async () => [require('./a'), (await import('./b.mjs')).default];";
    let folder = package(&[("index.js", index)]);
    for round in 0..4 {
        let text = round / 2;
        std::fs::write(folder.path().join("a.js"), format!("module.exports = {text};")).unwrap();
        std::fs::write(folder.path().join("b.mjs"), format!("export default {text};")).unwrap();
        let report = call_at(folder.path(), json!({}), Limits::default());
        assert_eq!(value(&report), &json!([text, text]));
    }
    // The same text under another name shows that name.
    let source = "exports.handler = () => { throw new Error('x'); };";
    let twice = package(&[
        (
            "index.js",
            "exports.handler = () => ['./a/index.js', './b/index.js'].map((name) => { try { require(name).handler(); } catch (error) { return error.stack.split('\\n')[1].trim(); } });",
        ),
        ("a/index.js", source),
        ("b/index.js", source),
    ]);
    let report = call_at(twice.path(), json!({}), Limits::default());
    let places = value(&report).to_string();
    assert!(places.contains("functions/build/a/index.js:1:"), "{places}");
    assert!(places.contains("functions/build/b/index.js:1:"), "{places}");
}

#[test]
fn a_package_may_prepare_webassembly_that_it_does_not_use() {
    let dep = "const ready = (async () => await WebAssembly.compile(new Uint8Array()))(); ready.catch(); exports.ready = ready;";
    let files = [
        (
            "index.js",
            "const { ready } = require('dep'); exports.handler = async ({ use }) => { await null; return use ? await ready : 'not needed'; };",
        ),
        ("node_modules/dep/index.js", dep),
    ];
    let folder = package(&files);
    let report = call_at(folder.path(), json!({}), Limits::default());
    assert_eq!(value(&report), &json!("not needed"));
    assert!(report.log.iter().any(|line| line.text.contains("WebAssembly")), "{:?}", report.log);
    let report = call_at(folder.path(), json!({ "use": true }), Limits::default());
    assert!(failure(&report).message.contains("WebAssembly is not defined"));
}
