//! What goes into a call and what a call leaves behind.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// One execution of one function.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CallRequest {
    /// Folder of the function's package: `index.js` stands at its root.
    pub package: PathBuf,
    /// How the package is called in stacks and log positions, such as `functions/build`; a frame reads
    /// `functions/build/index.js:3:5`.
    pub label: String,
    /// The one argument of `handler`.
    pub parameters: Value,
    /// What the call may use.
    pub limits: Limits,
}

/// What a call may use at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Limits {
    /// Milliseconds from start to answer.
    pub time_ms: u32,
    /// Bytes of script memory.
    pub memory_bytes: u32,
    /// Bytes of script stack.
    pub stack_bytes: u32,
    /// Timers open at once.
    pub timers: u32,
    /// HTTP requests open at once.
    pub requests: u32,
    /// Bytes of the return value as JSON; the same bound holds for the parameters.
    pub output_bytes: u32,
    /// Bytes of log text kept; what comes after is counted, not kept.
    pub log_bytes: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time_ms: 30_000,
            memory_bytes: 256 << 20,
            stack_bytes: 512 << 10,
            timers: 1_000,
            requests: 64,
            output_bytes: 6 << 20,
            log_bytes: 1 << 20,
        }
    }
}

/// What a call leaves behind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CallReport {
    /// How it ended.
    pub outcome: Outcome,
    /// What the function wrote to its console, in order.
    pub log: Vec<LogLine>,
    /// What the function sent and received, in the order the requests began.
    pub http: Vec<HttpExchange>,
    /// Where the time went.
    pub timing: Timing,
    /// The most script memory in use at once, in bytes; 0 = not known (the worker died).
    #[ts(type = "number")]
    pub memory_peak_bytes: u64,
    /// SHA-256 (hex, first 16 digits) of the code that ran: index.js and every file it loaded; empty = none was read.
    pub code_hash: String,
}

impl CallReport {
    /// Of a call that left nothing but how it ended.
    pub fn without_run(outcome: Outcome) -> Self {
        Self {
            outcome,
            log: Vec::new(),
            http: Vec::new(),
            timing: Timing::default(),
            memory_peak_bytes: 0,
            code_hash: String::new(),
        }
    }
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Outcome {
    /// `handler` returned (or its promise resolved to) a value that JSON can hold.
    Returned {
        /// The value, as JSON; `undefined` arrives as a failure instead.
        #[ts(type = "unknown")]
        value: Value,
    },
    /// It did not.
    Failed {
        /// Why, and where.
        failure: Failure,
    },
}

impl Outcome {
    /// A failure without a place in the author's code.
    pub fn failed(reason: FailureReason, message: impl Into<String>) -> Self {
        Self::Failed {
            failure: Failure {
                reason,
                message: message.into(),
                stack: String::new(),
                file: None,
                line: None,
                column: None,
            },
        }
    }
}

/// Why a call failed, and where in the author's code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Failure {
    /// What went wrong.
    pub reason: FailureReason,
    /// One sentence or the error's own `Name: message`.
    pub message: String,
    /// Stack in Node's format, the author's frames first; empty when there is none.
    pub stack: String,
    /// The author's file, such as `functions/build/index.js`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub file: Option<String>,
    /// Line in `file`, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub line: Option<u32>,
    /// Column in `line`, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub column: Option<u32>,
}

/// What went wrong in a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FailureReason {
    /// There is no index.js, or it cannot be read.
    Missing,
    /// A file is not JavaScript.
    Syntax,
    /// index.js exports no `handler`, or one that is not a function.
    Handler,
    /// The code threw, or its promise was rejected.
    Thrown,
    /// The value returned is undefined, or JSON cannot hold it.
    Unserializable,
    /// Time is up.
    TimedOut,
    /// Nothing is left to run, and the promise has not settled.
    NeverSettled,
    /// The memory limit.
    OutOfMemory,
    /// The stack limit.
    StackOverflow,
    /// Parameters or return value over the size limit.
    TooLarge,
    /// The worker ended without an answer: a crash of the engine, or killed.
    WorkerDied,
    /// The call was cancelled by the user.
    Cancelled,
}

/// One line of a function's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LogLine {
    /// Milliseconds since the call began.
    pub at_ms: f64,
    /// The console method's level.
    pub level: LogLevel,
    /// The text as Node would print it.
    pub text: String,
    /// The author's file, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub file: Option<String>,
    /// Line in `file`, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub line: Option<u32>,
    /// Column in `line`, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub column: Option<u32>,
}

/// Level of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum LogLevel {
    Debug,
    Log,
    Info,
    Warn,
    Error,
    /// A note of the runtime itself, such as "the log was cut".
    Note,
}

/// One HTTP request of a function with its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct HttpExchange {
    /// Milliseconds since the call began.
    pub at_ms: f64,
    /// As sent.
    pub method: String,
    /// As sent, after redirects: the first one's.
    pub url: String,
    /// As sent, in order.
    pub request_headers: Vec<(String, String)>,
    /// As sent.
    pub request_body: Body,
    /// Status code; absent = no answer came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub status: Option<u16>,
    /// As received, in order.
    pub response_headers: Vec<(String, String)>,
    /// As received, decoded.
    pub response_body: Body,
    /// Milliseconds until the whole answer was there, or until it failed.
    pub duration_ms: f64,
    /// Why no answer came (DNS, connection refused, TLS, time-out), in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub error: Option<String>,
}

/// A body as kept: at most 256 KB of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Body {
    /// Bytes of the whole body.
    #[ts(type = "number")]
    pub size_bytes: u64,
    /// The kept part, when it is UTF-8 text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub text: Option<String>,
    /// The kept part as base64, when it is not text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub base64: Option<String>,
    /// Only the beginning was kept.
    pub cut: bool,
}

/// Where a call's time went, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Timing {
    /// From the request to the first line of index.js.
    pub start_ms: f64,
    /// Script running.
    pub code_ms: f64,
    /// Waiting for HTTP and timers.
    pub waiting_ms: f64,
    /// All of it.
    pub total_ms: f64,
}

/// What is known of a call while it runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Observation {
    /// A line was written to the log.
    Log {
        /// The line, as it will stand in the report.
        line: LogLine,
    },
    /// An HTTP request was sent.
    HttpStarted {
        /// Place in the report's `http`.
        index: u32,
        /// Milliseconds since the call began.
        at_ms: f64,
        /// As sent.
        method: String,
        /// As sent.
        url: String,
    },
    /// An HTTP exchange ended.
    HttpEnded {
        /// Place in the report's `http`.
        index: u32,
        /// As it will stand in the report.
        exchange: HttpExchange,
    },
}
