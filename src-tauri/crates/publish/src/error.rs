//! What went wrong with a request, and what to do about it.

use std::error::Error;

use serde::Serialize;
use ts_rs::TS;

/// The kind of a failure, for callers that branch on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// 401: the token is missing there, wrong or expired.
    Unauthorized,
    /// 403: the token's owner may not do this.
    Forbidden,
    /// 404, said by the interface itself: no such app or part of it.
    NotFound,
    /// 409: it exists already, or was changed meanwhile.
    Conflict,
    /// 400, 415, 422: the server does not accept what was sent.
    Invalid,
    /// 413.
    TooLarge,
    /// 429: too many requests.
    RateLimited,
    /// 405, 501: the server cannot do this at all.
    Unsupported,
    /// Another 4xx or any 5xx.
    Server,
    /// The answer is not one of the developer interface: a web page, a redirect, JSON of another shape.
    NotMoxo,
    /// The encrypted connection could not be made.
    Tls,
    /// No connection: refused, no such host, no network.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The connection broke off in the middle.
    Interrupted,
}

impl Failure {
    fn of_status(status: u16) -> Self {
        match status {
            401 => Self::Unauthorized,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            409 => Self::Conflict,
            400 | 415 | 422 => Self::Invalid,
            413 => Self::TooLarge,
            429 => Self::RateLimited,
            405 | 501 => Self::Unsupported,
            300..400 => Self::NotMoxo,
            _ => Self::Server,
        }
    }

    fn advice(self) -> &'static str {
        match self {
            Self::Unauthorized => {
                "Check the access token of this server: it is wrong or has expired"
            }
            Self::Forbidden => {
                "Ask the server's administrator for the right to develop apps, or use another access token"
            }
            Self::NotFound => "It may have been deleted on the server; refresh and try again",
            Self::Conflict => {
                "Someone else may have changed it meanwhile; compare with the server again, then publish"
            }
            Self::Invalid => "Correct it in the app and publish again",
            Self::TooLarge => "Make it smaller: leave out what the function does not need",
            Self::RateLimited => "Wait a moment and try again",
            Self::Unsupported => "This server does not offer it",
            Self::Server => {
                "The fault is the server's; try again later, and tell its administrator if it stays"
            }
            Self::NotMoxo => {
                "Check the server's address: it should be the origin with its path prefix, such as https://example.com/integration"
            }
            Self::Tls => {
                "Check that the address begins with the right scheme, that the server's certificate is valid for this host, and this machine's clock"
            }
            Self::Unreachable => {
                "Check the server's address and that the server is running and reachable from here"
            }
            Self::TimedOut => {
                "Try again; if it stays so, check the network and the server. What was asked may have been done all the same"
            }
            Self::Interrupted => "Try again. What was asked may have been done all the same",
        }
    }
}

/// A request that failed: what was asked of whom, what came of it, what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RequestFailure {
    /// The kind of failure.
    pub failure: Failure,
    /// The server's address.
    pub server: String,
    /// HTTP method.
    pub method: String,
    /// Path of the URL, without its query.
    pub path: String,
    /// HTTP status, when there was an answer.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The server's own words, or the cause when it said nothing.
    pub message: String,
    /// The field that the server objects to, as a path such as `actions[1].key`.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What to do.
    pub advice: String,
}

/// [`RequestFailure`] as an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[serde(transparent)]
#[ts(as = "RequestFailure")]
#[error("{} {}{} failed: {}{}. {}.", .0.method, .0.server, .0.path, shown_status(.0.status), .0.message.trim_end_matches('.'), .0.advice)]
pub struct RequestError(pub Box<RequestFailure>);

impl RequestError {
    /// The kind of failure.
    pub fn failure(&self) -> Failure {
        self.0.failure
    }
}

fn shown_status(status: Option<u16>) -> String {
    status.map_or(String::new(), |status| format!("{status}: "))
}

/// Which request it is about.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub server: String,
    pub method: String,
    pub path: String,
}

impl Asked {
    pub fn failed(&self, failure: Failure, status: Option<u16>, message: String) -> RequestError {
        RequestError(Box::new(RequestFailure {
            failure,
            server: self.server.clone(),
            method: self.method.clone(),
            path: self.path.clone(),
            status,
            message,
            field: None,
            advice: failure.advice().to_owned(),
        }))
    }

    /// A status that is not 2xx.
    pub fn refused(&self, status: u16, answer: &[u8], json: bool) -> RequestError {
        let value: Option<serde_json::Value> =
            json.then(|| serde_json::from_slice(answer).ok()).flatten();
        let text = |key: &str| {
            value.as_ref().and_then(|value| value.get(key)?.as_str()).map(str::to_owned)
        };
        let said = text("message").or_else(|| text("error_description")).or_else(|| text("error"));
        let failure = match (Failure::of_status(status), &value) {
            // A page that says "not found" comes from another kind of server, or from a wrong prefix.
            (Failure::NotFound, None) => Failure::NotMoxo,
            (failure, _) => failure,
        };
        let message = said.unwrap_or_else(|| match status {
            300..400 => "the server redirects to another address".to_owned(),
            _ if answer.is_empty() => "the server gives no reason".to_owned(),
            _ => excerpt(answer),
        });
        let mut error = self.failed(failure, Some(status), message);
        error.0.field = value
            .as_ref()
            .and_then(|value| value.pointer("/details/field")?.as_str())
            .map(str::to_owned);
        error
    }

    /// A request that got no answer, or not all of it.
    pub fn broken(&self, error: &reqwest::Error) -> RequestError {
        let mut causes = Vec::new();
        let mut tls = false;
        let mut source = error.source();
        while let Some(cause) = source {
            tls |= is_tls(cause);
            let text = cause.to_string();
            // Layers often repeat what the layer below says.
            causes.retain(|earlier: &String| !earlier.contains(&text));
            if !text.starts_with("client error (") {
                causes.push(text);
            }
            source = cause.source();
        }
        let cause = if causes.is_empty() {
            "no further reason given".to_owned()
        } else {
            causes.join(": ")
        };
        let (failure, message) = if tls {
            (Failure::Tls, format!("no encrypted connection: {cause}"))
        } else if error.is_timeout() {
            (Failure::TimedOut, "no answer in time".to_owned())
        } else if error.is_connect() {
            (Failure::Unreachable, format!("no connection: {cause}"))
        } else {
            (Failure::Interrupted, format!("the connection broke off: {cause}"))
        };
        self.failed(failure, None, message)
    }
}

/// An I/O error hides what it wraps from `source`, and one may wrap another.
fn is_tls(cause: &(dyn Error + 'static)) -> bool {
    let wrapped = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    cause.is::<rustls::Error>() || wrapped.is_some_and(|inner| is_tls(inner))
}

/// The beginning of an answer that is not JSON, on one line.
pub(crate) fn excerpt(answer: &[u8]) -> String {
    let text = String::from_utf8_lossy(&answer[..answer.len().min(400)]);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().filter(|c| !c.is_control()).take(120).collect();
    format!("the answer is not of the developer interface; it begins {short:?}")
}
