//! What is known of a call whose worker ended before the report.

use std::time::Instant;

use engine::{
    Body, CallReport, FailureReason, HttpExchange, LogLine, Observation, Outcome, Timing,
};

/// Log and HTTP exchanges as they came in.
#[derive(Debug)]
pub(crate) struct Partial {
    began: Instant,
    log: Vec<LogLine>,
    http: Vec<HttpExchange>,
}

impl Partial {
    pub(crate) fn new() -> Self {
        Self { began: Instant::now(), log: Vec::new(), http: Vec::new() }
    }

    pub(crate) fn observe(&mut self, observation: &Observation) {
        match observation {
            Observation::Log { line } => self.log.push(line.clone()),
            Observation::HttpStarted { index, at_ms, method, url } => {
                if *index as usize == self.http.len() {
                    self.http.push(unanswered(*at_ms, method, url));
                }
            }
            Observation::HttpEnded { index, exchange } => {
                let index = *index as usize;
                if index == self.http.len() {
                    self.http.push(HttpExchange::clone(exchange));
                } else if let Some(place) = self.http.get_mut(index) {
                    *place = HttpExchange::clone(exchange);
                }
            }
        }
    }

    /// The report in place of the one that will not come.
    pub(crate) fn fail(self, reason: FailureReason, message: String) -> CallReport {
        let total_ms = self.began.elapsed().as_secs_f64() * 1000.0;
        CallReport {
            log: self.log,
            http: self.http,
            timing: Timing { total_ms, ..Timing::default() },
            ..CallReport::without_run(Outcome::failed(reason, message))
        }
    }
}

fn unanswered(at_ms: f64, method: &str, url: &str) -> HttpExchange {
    HttpExchange {
        at_ms,
        method: method.to_owned(),
        url: url.to_owned(),
        request_headers: Vec::new(),
        request_body: Body::default(),
        status: None,
        response_headers: Vec::new(),
        response_body: Body::default(),
        duration_ms: 0.0,
        error: Some("the call ended before the answer came".to_owned()),
    }
}
