//! What the gateway hands on, and to whom.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;

use bytes::Bytes;
use serde_json::Value;

use crate::page::PageText;

/// A boxed future, so that a sink can stand behind `dyn`.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The caller's side of the gateway. A future handed out here is always driven to its end, also when the client that
/// caused it has gone.
pub trait CallbackSink: Send + Sync + 'static {
    /// A provider sent the browser back (contract chapter 3). `queries` are decoded and in order; the sink checks
    /// `state`. The answer is shown to the person at the browser.
    fn authorization_redirect(&self, queries: Vec<(String, String)>) -> Answer<'_, PageText>;

    /// A redirect or webhook request. The sink must have stored it durably before this resolves to `Ok`; running the
    /// function comes later.
    fn callback(&self, callback: Callback) -> Answer<'_, Result<Stored, Refused>>;

    /// A file of a form input.
    fn file(&self, id: String) -> Answer<'_, Option<ServedFile>>;

    /// Another instance of the program asks for something; `None` = no such verb.
    fn control(&self, verb: String, body: Value) -> Answer<'_, Option<Value>>;
}

/// Which of the two URLs a callback came in by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The redirect URL (contract chapter 9).
    Redirect,
    /// The webhook URL (contract chapter 10).
    Webhook,
}

/// A redirect or webhook request, as received.
#[derive(Clone, PartialEq, Eq)]
pub struct Callback {
    /// Which URL.
    pub source: Source,
    /// The id in the URL: an app and one of its identities.
    pub binding: String,
    /// As sent.
    pub method: String,
    /// The whole path, as sent and still encoded, without the query.
    pub path: String,
    /// What follows `?`, as sent and still encoded; empty = nothing.
    pub query: String,
    /// Names in lower case; a value that is not UTF-8 has U+FFFD in its place. Headers of one name keep their order.
    pub headers: Vec<(String, String)>,
    /// As sent, with the transfer coding (not the content coding) removed.
    pub body: Bytes,
    /// When the whole request was there, in ms since 1970.
    pub received_at: i64,
}

/// Prints what a log may hold: neither query, headers nor body.
impl std::fmt::Debug for Callback {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Callback")
            .field("source", &self.source)
            .field("method", &self.method)
            .field("body_bytes", &self.body.len())
            .field("received_at", &self.received_at)
            .finish_non_exhaustive()
    }
}

/// The callback is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored;

/// The callback is not on disk, and the sender is told so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No app and identity has this binding, or the app has no such function: 404.
    Unknown,
    /// It could not be stored; the sender shall try again: 503. The reason is logged, not sent.
    NotStored {
        /// What failed, free of the callback's contents.
        reason: String,
    },
}

/// A file of a form input.
#[derive(Clone, Debug)]
pub struct ServedFile {
    /// The name to save it under.
    pub name: String,
    /// Such as `application/pdf`.
    pub mime_type: String,
    /// The bytes.
    pub content: FileContent,
}

/// Where a served file's bytes are.
#[derive(Clone, Debug)]
pub enum FileContent {
    /// In memory.
    Bytes(Bytes),
    /// In a file on disk, which is read while it is sent.
    Path(PathBuf),
}
