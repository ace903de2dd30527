//! Scripts that try to get out, to break the host, or to lie.

use std::time::Instant;

use engine::{FailureReason as Reason, Limits};
use serde_json::json;

use crate::support::{call_at, call_files, call_limited, failure, package, run, text, value};

#[test]
fn the_function_constructor_finds_nothing() {
    let report = run(
        "const G = (() => {}).constructor('return this')();
         const names = ['require', 'module', 'Deno', 'std', 'os', 'bjson', 'scriptArgs', 'print', 'internal', '__loadScript'];
         const F = Object.getPrototypeOf(async () => {}).constructor;
         const inner = await F('return typeof require')();
         return { leaked: names.filter((name) => name in G), same: G === globalThis, inner };",
    );
    assert_eq!(value(&report), &json!({"leaked": [], "same": true, "inner": "undefined"}));
}

#[test]
fn require_stays_inside_the_package() {
    let outer = tempfile::tempdir().unwrap();
    let root = outer.path().join("package");
    std::fs::create_dir_all(root.join("lib")).unwrap();
    std::fs::create_dir_all(outer.path().join("node_modules/above")).unwrap();
    std::fs::write(outer.path().join("secret.json"), r#"{"secret": 1}"#).unwrap();
    std::fs::write(outer.path().join("secret.js"), "module.exports = 'secret';").unwrap();
    std::fs::write(outer.path().join("node_modules/above/index.js"), "module.exports = 'above';")
        .unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(outer.path().join("secret.js"), root.join("link.js")).unwrap();
        std::os::unix::fs::symlink(outer.path(), root.join("folder")).unwrap();
        std::os::unix::fs::symlink(root.join("lib"), root.join("inside")).unwrap();
    }
    std::fs::write(root.join("lib/index.js"), "module.exports = 'lib';").unwrap();
    std::fs::write(
        root.join("index.js"),
        "const names = ['../secret.js', '../secret', '../secret.json', './lib/../../secret.js', '/etc/passwd', '/etc/hosts', './link.js', './link', './folder/secret.js', 'above', '/var/task/../../../../etc/passwd', '..', '../', './folder', 'file:///etc/passwd', '\\0', './lib/\\0', '....//secret', 'lib/../../secret', 'C:\\\\secret', '..\\\\secret.js'];
        exports.handler = () => ({ tried: names.map((name) => { try { return `LOADED ${name} ${JSON.stringify(require(name))}`; } catch (error) { return error.code; } }), inside: require('./inside'), resolve: (() => { try { return require.resolve('../secret.js'); } catch (error) { return error.code; } })() });",
    )
    .unwrap();
    let report = call_at(&root, json!({}), Limits::default());
    let tried = value(&report)["tried"].as_array().unwrap();
    assert!(tried.iter().all(|code| code == "MODULE_NOT_FOUND"), "{tried:#?}");
    assert_eq!(value(&report)["resolve"], "MODULE_NOT_FOUND");
    #[cfg(unix)]
    assert_eq!(value(&report)["inside"], "lib");
    let report = call_files(&[("index.js", "require('../secret.js')")]);
    assert!(
        failure(&report).message.contains("lies outside the function's package"),
        "{}",
        failure(&report).message
    );
}

#[cfg(unix)]
#[test]
fn a_package_whose_index_leads_out_is_refused() {
    let outer = tempfile::tempdir().unwrap();
    let root = outer.path().join("package");
    std::fs::create_dir(&root).unwrap();
    std::fs::write(outer.path().join("other.js"), "exports.handler = () => 'out';").unwrap();
    std::os::unix::fs::symlink(outer.path().join("other.js"), root.join("index.js")).unwrap();
    let report = call_at(&root, json!({}), Limits::default());
    assert_eq!(failure(&report).reason, Reason::Missing);
    assert!(failure(&report).message.contains("leads out"), "{}", failure(&report).message);
}

#[test]
fn what_functions_cannot_do_says_so() {
    for (source, part) in [
        ("process.exit(0)", "ended its process with process.exit(0)"),
        ("try { process.exit(3) } catch {} finally { while (true) {} }", "process.exit(3)"),
        (
            "process.on('exit', (code) => { throw new Error(`left with ${code}`) }); process.exit(2)",
            "left with 2",
        ),
        ("process.kill(1)", "process.kill()"),
        ("process.chdir('/')", "process.chdir()"),
        ("process.dlopen({}, 'x')", "process.dlopen()"),
        ("process.binding('fs')", "process.binding()"),
        ("require('child_process').execSync('id')", "child_process.execSync() is not available"),
        ("require('child_process').spawn('id')", "child_process.spawn()"),
        (
            "require('fs').readFileSync('/etc/passwd')",
            "EACCES: permission denied, open '/etc/passwd'",
        ),
        ("require('fs').writeFileSync(__dirname + '/x', 'y')", "EROFS: read-only file system"),
        ("require('fs').writeFileSync('/tmp/../etc/x', 'y')", "EACCES: permission denied"),
        ("require('fs').readdirSync('/proc/self')", "EACCES: permission denied"),
        (
            "require('fs').symlinkSync('/etc/passwd', '/tmp/p'); require('fs').readFileSync('/tmp/p')",
            "EACCES: permission denied",
        ),
        ("require('net').connect(80)", "net.connect()"),
        ("new (require('net').Socket)()", "new net.Socket()"),
        ("require('tls').connect(443)", "tls.connect()"),
        ("require('dgram').createSocket('udp4')", "dgram.createSocket()"),
        ("new (require('worker_threads').Worker)('x')", "new worker_threads.Worker()"),
        ("require('http').createServer().listen(0)", "http.Server.listen()"),
        ("require('cluster').fork()", "cluster.fork()"),
        (
            "require('module').createRequire('/etc/x.js')('./passwd')",
            "outside the function's package",
        ),
    ] {
        let report = run(source);
        let failure = failure(&report);
        assert_eq!(failure.reason, Reason::Thrown, "{source}");
        assert!(failure.message.contains(part), "{source}: {}", failure.message);
        assert_eq!(failure.line, Some(2), "{source}: {failure:?}");
    }
    assert_eq!(
        value(&run(
            "return [process.env, process.cwd(), require('os').hostname(), Object.keys(process.env).length]"
        )),
        &json!([{}, "/var/task", "localhost", 0])
    );
}

#[test]
fn broken_prototypes_do_not_break_the_host() {
    for source in [
        "Object.prototype.reason = 'x'; Object.prototype.message = 'y'; Object.prototype.file = 5; throw new Error('real');",
        "Array.prototype.push = Array.prototype.map = Array.prototype.slice = () => { throw new Error('mine'); }; throw new Error('real');",
        "Error.prepareStackTrace = () => { throw 1; }; throw new Error('real');",
        "Error.prepareStackTrace = (e, s) => ({ evil: s }); throw new Error('real');",
        "Error.stackTraceLimit = 0; throw new Error('real');",
        "Object.defineProperty(Error.prototype, 'toString', { get() { throw 2; } }); throw new Error('real');",
        "JSON.stringify = () => 'forged'; JSON.parse = () => 0; throw new Error('real');",
        "globalThis.Error = class {}; throw new TypeError('real');",
        "Map.prototype.get = Map.prototype.set = WeakMap.prototype.get = () => { throw 3; }; throw new Error('real');",
        "String.prototype.startsWith = () => { throw 4; }; throw new Error('real');",
    ] {
        let report = run(source);
        let failure = failure(&report);
        assert!(
            failure.message.contains("real") || failure.reason == Reason::Thrown,
            "{source}: {failure:?}"
        );
    }
    let report = run("JSON.stringify = () => '{\"forged\": 1}'; return { honest: 1 };");
    assert_eq!(value(&report), &json!({"honest": 1}));
    let report = run("Promise.prototype.then = () => { throw new Error('then'); }; return 1;");
    let _ = report.outcome;
    let report = run(
        "Object.defineProperty(Object.prototype, 'toJSON', { value() { return 'swapped'; } }); return { a: 1 };",
    );
    let _ = value(&report);
    for name in [
        "console",
        "process",
        "Buffer",
        "globalThis",
        "Promise",
        "Object",
        "Array",
        "Function",
        "Symbol",
    ] {
        let report = run(&format!("try {{ globalThis.{name} = undefined; }} catch {{}} return 1;"));
        assert_eq!(value(&report), &json!(1), "{name}");
    }
}

#[test]
fn errors_that_lie_are_still_told() {
    for source in [
        "throw { get message() { throw 1; }, get name() { throw 2; }, get stack() { throw 3; } };",
        "throw new Proxy({}, { get() { throw new Error('trap'); }, getPrototypeOf() { throw 4; } });",
        "throw new Proxy(new Error('x'), { get() { throw new Error('trap'); } });",
        "const e = new Error('x'); Object.defineProperty(e, 'message', { get() { for (let i = 0; i < 10; i++); throw 5; } }); throw e;",
        "const e = new Error('x'); e.stack = { toString() { throw 6; } }; throw e;",
        "const e = new Error('x'); e.name = Symbol('s'); throw e;",
        "const e = new Error('x'); e.message = Symbol('s'); throw e;",
        "throw Object.create(null);",
        "throw new (class extends Error { get message() { return 'x'.repeat(1e6); } })();",
        "throw function () {};",
        "throw Symbol('thrown');",
    ] {
        let report = run(source);
        assert_eq!(failure(&report).reason, Reason::Thrown, "{source}: {:?}", failure(&report));
        assert!(failure(&report).message.len() < 1_100_000);
    }
}

#[test]
fn values_that_fight_back_are_still_told() {
    for source in [
        "return { get x() { throw new Error('getter'); } };",
        "return new Proxy({}, { ownKeys() { throw new Error('trap'); } });",
        "return { toJSON() { throw new Error('toJSON'); } };",
        "return { get x() { return (function f() { return f(); })(); } };",
        "console.log({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('inspect'); } }); return 1;",
        "console.log({ get [Symbol.toStringTag]() { throw new Error('tag'); } }); return 1;",
        "console.log(new Proxy({}, { get() { throw new Error('trap'); } })); return 1;",
        "return { then(resolve, reject) { reject(new Error('thenable')); } };",
        "return { get then() { throw new Error('then getter'); } };",
        "console.log({ get constructor() { throw new Error('constructor'); } }); return 1;",
    ] {
        let report = run(source);
        let _ = &report.outcome;
        assert!(report.timing.total_ms < 10_000.0, "{source}");
    }
    let report = run("const p = new Proxy(function () {}, {}); console.log(p, [p]); return 1;");
    assert_eq!(value(&report), &json!(1));
    let report = run("let resolveTwice; const r = { then(f) { f(1); f(2); throw 3; } }; return r;");
    assert_eq!(value(&report), &json!(1));
}

#[test]
fn floods_end() {
    let limits =
        Limits { time_ms: 1500, log_bytes: 50_000, memory_bytes: 64 << 20, ..Limits::default() };
    let started = Instant::now();
    let report = call_limited(
        "exports.handler = () => { for (let i = 0; i < 20000; i++) console.log('flood', i); return 1; };",
        limits,
    );
    assert!(text(&report).len() < 51_000);
    let report = call_limited(
        "exports.handler = () => { console.log(Array.from({ length: 1e5 }, (_, i) => ({ i }))); console.log('x'.repeat(1e7)); return 1; };",
        limits,
    );
    assert!(text(&report).len() < 51_000, "{}", text(&report).len());
    for source in [
        "for (let i = 0; i < 1e6; i++) setImmediate(() => {});",
        "const loop = () => setImmediate(loop); loop(); await new Promise(() => {});",
        "const loop = () => setTimeout(loop, 0); loop(); await new Promise(() => {});",
        "const e = new (require('events'))(); e.on('x', () => e.emit('x')); e.emit('x');",
        "for (;;) { try { null.x; } catch {} }",
        "for (;;) { try { (function f() { f(); })(); } catch {} }",
        "Error.prepareStackTrace = () => { for (;;) {} }; new Error('x').stack;",
        "Object.defineProperty(Object.prototype, 'x', { get() { for (;;) {} } }); console.log({}.x);",
        "'x'.repeat(2 ** 28).split('').length; for (;;) {}",
        "new Promise((r) => { for (;;) r(); });",
        "structuredClone(Array.from({ length: 1e6 }, () => ({}))); for (;;) {}",
        "await Promise.all(Array.from({ length: 1e5 }, () => null)); for (;;) await 0;",
    ] {
        let report =
            call_limited(&format!("exports.handler = async () => {{ {source} }};"), limits);
        let failure = failure(&report);
        assert!(
            matches!(
                failure.reason,
                Reason::TimedOut | Reason::OutOfMemory | Reason::StackOverflow | Reason::Thrown
            ),
            "{source}: {failure:?}"
        );
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn odd_files_are_refused_with_a_reason() {
    let folder = package(&[
        ("index.js", "exports.handler = () => require('./native.node');"),
        ("native.node", "\x7fELF"),
    ]);
    let report = call_at(folder.path(), json!({}), Limits::default());
    assert!(failure(&report).message.contains("native addon"), "{}", failure(&report).message);
    let folder = package(&[
        ("index.js", "exports.handler = () => require('./m.mjs');"),
        ("m.mjs", "export default 1;"),
    ]);
    let report = call_at(folder.path(), json!({}), Limits::default());
    assert_eq!(value(&report), &json!({"__esModule": true, "default": 1}));
    let folder =
        package(&[("index.js", "exports.handler = () => require('./j');"), ("j.json", "{")]);
    let report = call_at(folder.path(), json!({}), Limits::default());
    assert!(failure(&report).message.contains("j.json"), "{}", failure(&report).message);
    std::fs::write(folder.path().join("index.js"), b"exports.handler = () => '\xff\xfe';").unwrap();
    assert_eq!(
        value(&call_at(folder.path(), json!({}), Limits::default())),
        &json!("\u{fffd}\u{fffd}")
    );
}
