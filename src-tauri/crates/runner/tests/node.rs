//! Calls on a real Node: what is replayed to it, and what is read back. Without a Node there is nothing to test.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::Path;

use runner::{
    Body, CallReport, CallRequest, FailureReason, HttpExchange, Limits, LogLevel, Node, Outcome,
};
use serde_json::{Value, json};

async fn run(code: &str, recorded: &[HttpExchange]) -> Option<CallReport> {
    let Ok(node) = Node::find().await else {
        eprintln!("no Node on the PATH: nothing to compare with");
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("index.js"), code).unwrap();
    Some(node.call(&request(folder.path()), recorded).await.unwrap())
}

fn request(package: &Path) -> CallRequest {
    CallRequest {
        package: package.to_path_buf(),
        label: "functions/build".to_owned(),
        parameters: json!({"n": 1}),
        limits: Limits { time_ms: 3_000, ..Limits::default() },
    }
}

fn answer(method: &str, url: &str, status: u16, body: &str) -> HttpExchange {
    HttpExchange {
        at_ms: 0.0,
        method: method.to_owned(),
        url: url.to_owned(),
        request_headers: Vec::new(),
        request_body: Body::default(),
        status: Some(status),
        response_headers: vec![
            ("content-type".to_owned(), "application/json".to_owned()),
            ("content-encoding".to_owned(), "gzip".to_owned()),
            ("x-kept".to_owned(), "yes".to_owned()),
        ],
        response_body: Body::kept(body.as_bytes()),
        duration_ms: 1.0,
        error: None,
    }
}

fn value(report: &CallReport) -> &Value {
    match &report.outcome {
        Outcome::Returned { value } => value,
        Outcome::Failed { failure } => panic!("{failure:?}"),
    }
}

#[tokio::test]
async fn answers_log_and_levels_come_back() {
    let code = "exports.handler = async (p) => { console.log('a', { b: [1] }); console.warn('w'); console.group('g'); console.error('e'); \
                process.stdout.write('raw\\n'); return { n: p.n + 1, tz: process.env.TZ } };";
    let Some(report) = run(code, &[]).await else { return };
    assert_eq!(value(&report), &json!({"n": 2, "tz": "UTC"}));
    let lines: Vec<_> = report.log.iter().map(|line| (line.level, line.text.as_str())).collect();
    assert_eq!(
        lines,
        [
            (LogLevel::Log, "a { b: [ 1 ] }"),
            (LogLevel::Warn, "w"),
            (LogLevel::Log, "g"),
            (LogLevel::Error, "  e"),
            (LogLevel::Log, "raw"),
        ]
    );
}

#[tokio::test]
async fn failures_name_the_authors_place() {
    for (code, reason, message, line) in [
        (
            "\nexports.handler = async () => { null.x };",
            FailureReason::Thrown,
            "TypeError",
            Some(2),
        ),
        ("exports.handler = () => {\n  let = ;\n};", FailureReason::Syntax, "SyntaxError", Some(2)),
        ("exports.handler = 3;", FailureReason::Handler, "handler", None),
        (
            "exports.handler = () => new Promise(() => {});",
            FailureReason::NeverSettled,
            "settled",
            None,
        ),
        ("exports.handler = () => {};", FailureReason::Unserializable, "undefined", None),
        ("exports.handler = () => { for (;;); };", FailureReason::TimedOut, "3 seconds", None),
        (
            "exports.handler = () => new Promise(() => setTimeout(() => { throw new Error('late') }, 1));",
            FailureReason::Thrown,
            "late",
            Some(1),
        ),
    ] {
        let Some(report) = run(code, &[]).await else { return };
        let Outcome::Failed { failure } = &report.outcome else { panic!("{code}: {report:?}") };
        assert_eq!(failure.reason, reason, "{code}: {failure:?}");
        assert!(failure.message.contains(message), "{code}: {failure:?}");
        assert_eq!(failure.line, line, "{code}: {failure:?}");
        let file = line.map(|_| "functions/build/index.js");
        assert_eq!(failure.file.as_deref(), file, "{code}: {failure:?}");
    }
}

#[tokio::test]
async fn every_client_gets_the_recorded_answers_and_the_world_is_left_alone() {
    let code = r"
        const http = require('http'), https = require('https');
        const get = (client, url) => new Promise((resolve, reject) => client.get(url, (res) => {
          let text = ''; res.on('data', (d) => text += d).on('end', () => resolve([res.statusCode, text]));
        }).on('error', reject));
        exports.handler = async () => {
          const a = await fetch('https://api.example.test/a?x=1', { method: 'POST', body: 'hello' });
          const b = await get(http, 'http://plain.example.test:8080/b');
          const c = await get(https, 'https://api.example.test/c');
          const again = await fetch('https://api.example.test/c').catch((e) => `${e.message}`);
          return { a: [a.status, a.url, a.headers.get('x-kept'), await a.json()], b, c, again };
        };";
    let recorded = [
        answer("GET", "https://api.example.test/c", 404, "[3]"),
        answer("POST", "https://api.example.test/a?x=1", 201, "{\"ok\":true}"),
        answer("GET", "http://plain.example.test:8080/b", 200, "[2]"),
    ];
    let Some(report) = run(code, &recorded).await else { return };
    assert_eq!(
        value(&report),
        &json!({
            "a": [201, "https://api.example.test/a?x=1", "yes", {"ok": true}],
            "b": [200, "[2]"],
            "c": [404, "[3]"],
            "again": "fetch failed",
        })
    );
    let asked: Vec<_> =
        report.http.iter().map(|one| (one.method.as_str(), one.url.as_str(), one.status)).collect();
    assert_eq!(
        asked,
        [
            ("POST", "https://api.example.test/a?x=1", Some(201)),
            ("GET", "http://plain.example.test:8080/b", Some(200)),
            ("GET", "https://api.example.test/c", Some(404)),
            ("GET", "https://api.example.test/c", None),
        ]
    );
    assert_eq!(report.http[0].request_body.text.as_deref(), Some("hello"));
}

#[tokio::test]
async fn a_node_with_a_permission_model_reads_and_starts_nothing_else() {
    let code = r"
        const fs = require('fs'), child = require('child_process');
        const tried = (what) => { try { what(); return 'done'; } catch (error) { return error.code; } };
        exports.handler = () => [
          tried(() => fs.readFileSync('/etc/passwd')),
          tried(() => fs.writeFileSync(__dirname + '/x', '')),
          tried(() => child.execSync('true')),
          Object.keys(process.env).sort(),
        ];";
    let Ok(node) = Node::find().await else { return };
    if !node.version.starts_with("v2") {
        return;
    }
    let Some(report) = run(code, &[]).await else { return };
    let denied = "ERR_ACCESS_DENIED";
    assert_eq!(value(&report), &json!([denied, denied, denied, ["PATH", "TMPDIR", "TZ"]]));
}
