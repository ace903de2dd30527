//! The server over HTTP: every route of contract chapter 13.

mod apps;
mod common;
mod functions;
mod server;
