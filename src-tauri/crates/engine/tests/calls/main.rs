//! Whole calls: against Node, at their limits, over HTTP, and with hostile scripts.

mod corpus;
mod failures;
mod hostile;
mod http;
mod limits;
mod server;
mod support;
