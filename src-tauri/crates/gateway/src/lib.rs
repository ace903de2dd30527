//! The door through which the outside world reaches Stepsmith: a small HTTP server on 127.0.0.1.
//!
//! It takes the authorization redirect of a provider, the redirect and webhook requests that belong to an app and one of
//! its identities (contract chapters 3, 9 and 10), hands out the files of form inputs to functions, and lets a second
//! instance of the program talk to the first one.
//!
//! | path | method | answered with |
//! | --- | --- | --- |
//! | `/{path_token}/oauth` | GET | a page with what became of the authorization |
//! | `/{path_token}/redirect/{binding}` | GET | a page, after the callback is stored |
//! | `/{path_token}/webhook/{binding}` | any | 200 and nothing, after the callback is stored |
//! | `/{path_token}/file/{id}` | GET, HEAD | the file, as an attachment |
//! | `/{path_token}/control/{verb}` | POST | JSON |
//!
//! Everything else is 404 without a word. What is behind the paths is the caller's: it implements [`CallbackSink`]. The
//! rule that matters: a callback is stored by the sink *before* it is answered, so an external service that got its 200
//! may forget about it, and one that got an error tries again.
//!
//! Who may come in: requests whose `Host` is this server (or the external base it was given), which shuts out web pages
//! that have a name resolve to 127.0.0.1; and of those the ones that know the path token. A web page of another origin
//! can neither deliver an authorization redirect nor reach the control path. Bodies, headers, time and the number of
//! connections are bounded ([`Bounds`]). Queries and bodies are never logged.

mod access;
mod body;
mod page;
mod routes;
mod server;
mod sink;

pub use access::{Access, PathToken};
pub use page::PageText;
pub use routes::router;
pub use server::{Bounds, Gateway, GatewayConfig, GatewayError};
pub use sink::{Answer, Callback, CallbackSink, FileContent, Refused, ServedFile, Source, Stored};
