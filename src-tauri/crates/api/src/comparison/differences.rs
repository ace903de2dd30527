//! Where two reports of the same call differ. Pure.

use std::hash::Hash;
use std::sync::LazyLock;

use regex::Regex;
use runner::{Body, CallReport, Failure, HttpExchange, LogLine, Outcome};
use serde_json::Value;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::types::{ComparedPart, Difference};
use crate::words::word;

/// More differences than this say no more.
const MOST: usize = 200;

/// Headers that the connection adds, not the function.
const OF_THE_CONNECTION: [&str; 5] =
    ["connection", "content-length", "host", "keep-alive", "transfer-encoding"];

/// Every difference that is compared, in the order output or failure, log, requests; at most 200.
pub(super) fn differences(here: &CallReport, node: &CallReport) -> Vec<Difference> {
    let mut found = Found::default();
    found.outcome(&here.outcome, &node.outcome);
    found.log(&here.log, &node.log);
    found.requests(&here.http, &node.http);
    found.0.truncate(MOST);
    found.0
}

#[derive(Default)]
struct Found(Vec<Difference>);

impl Found {
    fn add(
        &mut self,
        part: ComparedPart,
        place: impl Into<String>,
        here: Option<String>,
        node: Option<String>,
    ) {
        self.0.push(Difference { part, place: place.into(), here, node });
    }

    fn outcome(&mut self, here: &Outcome, node: &Outcome) {
        match (here, node) {
            (Outcome::Returned { value: here }, Outcome::Returned { value: node }) => {
                self.values(&mut String::new(), here, node);
            }
            (Outcome::Failed { failure: here }, Outcome::Failed { failure: node }) => {
                self.failures(here, node);
            }
            (here, node) => {
                self.add(ComparedPart::Output, "", Some(ending(here)), Some(ending(node)));
            }
        }
    }

    fn failures(&mut self, here: &Failure, node: &Failure) {
        let mut compare = |place: &str, here: String, node: String| {
            if here != node {
                self.add(ComparedPart::Failure, place, Some(here), Some(node));
            }
        };
        if here.reason != node.reason {
            compare("reason", word(&here.reason), word(&node.reason));
        }
        // What the runtimes themselves say of an end has its own words on each side; what the code threw has not.
        if here.reason == runner::FailureReason::Thrown || here.reason != node.reason {
            compare("message", here.message.clone(), node.message.clone());
        }
        let place = |failure: &Failure| match (&failure.file, failure.line) {
            (Some(file), Some(line)) => format!("{file}:{line}"),
            _ => String::new(),
        };
        // A stopped loop has no place on Node.
        if !place(node).is_empty() {
            compare("place", place(here), place(node));
        }
    }

    fn values(&mut self, at: &mut String, here: &Value, node: &Value) {
        if self.0.len() >= MOST || here == node {
            return;
        }
        let length = at.len();
        match (here, node) {
            (Value::Object(here), Value::Object(node)) => {
                let added = node.keys().filter(|key| !here.contains_key(*key));
                for key in here.keys().chain(added) {
                    at.push('/');
                    at.push_str(&key.replace('~', "~0").replace('/', "~1"));
                    self.pair(at, here.get(key), node.get(key));
                    at.truncate(length);
                }
            }
            (Value::Array(here), Value::Array(node)) => {
                for index in 0..here.len().max(node.len()) {
                    at.push_str(&format!("/{index}"));
                    self.pair(at, here.get(index), node.get(index));
                    at.truncate(length);
                }
            }
            (here, node) => {
                self.add(
                    ComparedPart::Output,
                    at.clone(),
                    Some(here.to_string()),
                    Some(node.to_string()),
                );
            }
        }
    }

    fn pair(&mut self, at: &mut String, here: Option<&Value>, node: Option<&Value>) {
        match (here, node) {
            (Some(here), Some(node)) => self.values(at, here, node),
            (here, node) => self.add(
                ComparedPart::Output,
                at.clone(),
                here.map(Value::to_string),
                node.map(Value::to_string),
            ),
        }
    }

    fn log(&mut self, here: &[LogLine], node: &[LogLine]) {
        let shown = |line: &LogLine| format!("{}: {}", word(&line.level), line.text);
        let here: Vec<String> = here.iter().map(shown).collect();
        let node: Vec<String> = node.iter().map(shown).collect();
        let compared = |lines: &[String]| -> Vec<String> {
            lines.iter().map(|line| without_durations(line)).collect()
        };
        for (a, b) in aligned(&compared(&here), &compared(&node)) {
            let place = format!("line {}", a.or(b).map_or(0, |index| index + 1));
            let (here, node) = (a.map(|a| here[a].clone()), b.map(|b| node[b].clone()));
            self.add(ComparedPart::Log, place, here, node);
        }
    }

    fn requests(&mut self, here: &[HttpExchange], node: &[HttpExchange]) {
        let name = |one: &HttpExchange| format!("{} {}", one.method, one.url);
        let names = |all: &[HttpExchange]| all.iter().map(name).collect::<Vec<_>>();
        let (ours, theirs) = (names(here), names(node));
        let ops = capture_diff_slices(Algorithm::Myers, &ours, &theirs);
        for op in &ops {
            if let DiffOp::Equal { old_index, new_index, len } = *op {
                for step in 0..len {
                    self.request(&here[old_index + step], &node[new_index + step]);
                }
            }
        }
        for (a, b) in unequal(&ops) {
            let place = format!("request {}", a.or(b).map_or(0, |index| index + 1));
            let (here, node) = (a.map(|a| ours[a].clone()), b.map(|b| theirs[b].clone()));
            self.add(ComparedPart::Requests, place, here, node);
        }
    }

    fn request(&mut self, here: &HttpExchange, node: &HttpExchange) {
        let name = format!("{} {}", here.method, here.url);
        let headers = |one: &HttpExchange| {
            let boundary = boundary(one);
            let mut headers: Vec<(String, String)> = one
                .request_headers
                .iter()
                .map(|(name, value)| (name.to_ascii_lowercase(), plain(value, &boundary)))
                .filter(|(name, _)| !OF_THE_CONNECTION.contains(&name.as_str()))
                .collect();
            headers.sort();
            headers
        };
        let (ours, theirs) = (headers(here), headers(node));
        for (header, value) in &ours {
            let other = theirs.iter().find(|(name, _)| name == header).map(|(_, value)| value);
            if other != Some(value) {
                let place = format!("{name}: header {header}");
                self.add(ComparedPart::Requests, place, Some(value.clone()), other.cloned());
            }
        }
        for (header, value) in &theirs {
            if !ours.iter().any(|(name, _)| name == header) {
                let place = format!("{name}: header {header}");
                self.add(ComparedPart::Requests, place, None, Some(value.clone()));
            }
        }
        let body = |one: &HttpExchange| content(&one.request_body, &boundary(one));
        if body(here) != body(node) {
            let place = format!("{name}: body");
            self.add(ComparedPart::Requests, place, body(here), body(node));
        }
    }
}

/// The pairs that differ, after lining up what is equal.
fn aligned<T: Hash + Eq + Ord>(here: &[T], node: &[T]) -> Vec<(Option<usize>, Option<usize>)> {
    unequal(&capture_diff_slices(Algorithm::Myers, here, node))
}

fn unequal(ops: &[DiffOp]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut pairs = Vec::new();
    for op in ops {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (mut here, mut node) = (op.old_range(), op.new_range());
        loop {
            let pair = (here.next(), node.next());
            if pair == (None, None) {
                break;
            }
            pairs.push(pair);
        }
    }
    pairs
}

/// Clocks never agree: `console.time` and the like would differ in every run.
fn without_durations(line: &str) -> String {
    static DURATION: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\b\d+(?:\.\d+)?(ms|s)\b").ok());
    DURATION
        .as_ref()
        .map_or_else(|| line.to_owned(), |pattern| pattern.replace_all(line, "0$1").into_owned())
}

/// The random word between the parts of a multipart body (RFC 2046).
fn boundary(exchange: &HttpExchange) -> Option<String> {
    let (_, value) = exchange
        .request_headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))?;
    let (_, rest) = value.split_once("boundary=")?;
    let word = rest.split(';').next()?.trim().trim_matches('"');
    (!word.is_empty()).then(|| word.to_owned())
}

fn plain(text: &str, boundary: &Option<String>) -> String {
    match boundary {
        Some(boundary) => text.replace(boundary, "BOUNDARY"),
        None => text.to_owned(),
    }
}

fn content(body: &Body, boundary: &Option<String>) -> Option<String> {
    body.text.as_ref().map(|text| plain(text, boundary)).or_else(|| body.base64.clone())
}

fn ending(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Returned { value } => format!("returned {value}"),
        Outcome::Failed { failure } => {
            format!("failed ({}): {}", word(&failure.reason), failure.message)
        }
    }
}

#[cfg(test)]
mod tests;
