//! The server over HTTP: every route of contract chapter 13.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers as well"
)]

mod apps;
mod common;
mod functions;
mod logged;
mod server;
