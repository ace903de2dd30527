//! Whole calls: against Node, at their limits, over HTTP, and with hostile scripts.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod corpus;
mod failures;
mod fidelity;
mod fuzzing;
mod hostile;
mod http;
mod limits;
mod modules;
mod natives;
mod output;
#[path = "../fidelity/page.rs"]
mod page;
mod polluted;
mod prepared;
mod server;
mod support;
mod zips;
