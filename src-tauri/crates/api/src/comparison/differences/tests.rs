use runner::{FailureReason, LogLevel, Timing};
use serde_json::json;

use super::*;

fn report(value: Value) -> CallReport {
    CallReport {
        outcome: Outcome::Returned { value },
        log: Vec::new(),
        http: Vec::new(),
        timing: Timing::default(),
        memory_peak_bytes: 0,
        code_hash: String::new(),
    }
}

fn with_log(lines: &[&str]) -> CallReport {
    let line = |text: &&str| LogLine {
        at_ms: 0.0,
        level: LogLevel::Log,
        text: (*text).to_owned(),
        file: None,
        line: None,
        column: None,
    };
    CallReport { log: lines.iter().map(line).collect(), ..report(Value::Null) }
}

fn exchange(url: &str, headers: &[(&str, &str)], body: &str) -> HttpExchange {
    HttpExchange {
        at_ms: 0.0,
        method: "POST".to_owned(),
        url: url.to_owned(),
        request_headers: headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        request_body: Body::kept(body.as_bytes()),
        status: Some(200),
        response_headers: Vec::new(),
        response_body: Body::default(),
        duration_ms: 0.0,
        error: None,
    }
}

fn with_http(http: Vec<HttpExchange>) -> CallReport {
    CallReport { http, ..report(Value::Null) }
}

fn failed(reason: FailureReason, message: &str, line: u32) -> CallReport {
    CallReport {
        outcome: Outcome::Failed {
            failure: Failure {
                reason,
                message: message.to_owned(),
                stack: String::new(),
                file: Some("functions/build/index.js".to_owned()),
                line: Some(line),
                column: Some(1),
            },
        },
        ..report(Value::Null)
    }
}

fn shown(here: &CallReport, node: &CallReport) -> Vec<(String, Option<String>, Option<String>)> {
    differences(here, node).into_iter().map(|one| (one.place, one.here, one.node)).collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn values_differ_where_they_differ() {
    let here = report(json!({"same": [1, {"a": 1}], "a/b": [1, 2], "gone": true}));
    let node = report(json!({"same": [1, {"a": 1}], "a/b": [1, 3, 4], "new": null}));
    assert_eq!(
        shown(&here, &node),
        [
            ("/a~1b/1".to_owned(), some("2"), some("3")),
            ("/a~1b/2".to_owned(), None, some("4")),
            ("/gone".to_owned(), some("true"), None),
            ("/new".to_owned(), None, some("null")),
        ]
    );
    assert!(differences(&here, &here.clone()).is_empty());
}

#[test]
fn a_missing_line_does_not_shift_the_rest_and_clocks_are_not_compared() {
    let here = with_log(&["a", "took: 1.25ms", "b", "c"]);
    let node = with_log(&["a", "took: 0.5ms", "extra", "b", "C"]);
    assert_eq!(
        shown(&here, &node),
        [
            ("line 3".to_owned(), None, some("log: extra")),
            ("line 4".to_owned(), some("log: c"), some("log: C")),
        ]
    );
}

#[test]
fn requests_are_compared_by_headers_and_body_but_not_by_what_the_connection_adds() {
    let here = with_http(vec![
        exchange("http://x/1", &[("Host", "x"), ("A", "1"), ("only", "here")], "body"),
        exchange(
            "http://x/2",
            &[("content-type", "multipart/form-data; boundary=abc")],
            "--abc\nx",
        ),
        exchange("http://x/3", &[], ""),
    ]);
    let node = with_http(vec![
        exchange("http://x/1", &[("connection", "close"), ("a", "2")], "bodY"),
        exchange(
            "http://x/2",
            &[("content-type", "multipart/form-data; boundary=xyz")],
            "--xyz\nx",
        ),
        exchange("http://x/4", &[], ""),
    ]);
    assert_eq!(
        shown(&here, &node),
        [
            ("POST http://x/1: header a".to_owned(), some("1"), some("2")),
            ("POST http://x/1: header only".to_owned(), some("here"), None),
            ("POST http://x/1: body".to_owned(), some("body"), some("bodY")),
            ("request 3".to_owned(), some("POST http://x/3"), some("POST http://x/4")),
        ]
    );
}

#[test]
fn failures_differ_in_reason_message_and_place_but_not_in_the_runtimes_own_words() {
    let thrown = failed(FailureReason::Thrown, "Error: a", 3);
    assert_eq!(
        shown(&thrown, &failed(FailureReason::Thrown, "Error: b", 4)),
        [
            ("message".to_owned(), some("Error: a"), some("Error: b")),
            (
                "place".to_owned(),
                some("functions/build/index.js:3"),
                some("functions/build/index.js:4")
            ),
        ]
    );
    let stopped = failed(FailureReason::TimedOut, "not within 1 second", 3);
    assert!(differences(&stopped, &failed(FailureReason::TimedOut, "too slow", 3)).is_empty());
    let returned = report(json!(1));
    assert_eq!(
        shown(&thrown, &returned),
        [(String::new(), some("failed (thrown): Error: a"), some("returned 1"))]
    );
}

#[test]
fn there_is_an_end_to_the_differences() {
    let many: Vec<u32> = (0..1000).collect();
    let others: Vec<u32> = (1000..2000).collect();
    assert_eq!(differences(&report(json!(many)), &report(json!(others))).len(), MOST);
}
