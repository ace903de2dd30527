//! The sample services over real sockets on loopback.
#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of a test may fail it")]

mod client;
mod esign;
mod oauth;
mod pages;
mod receiver;
mod server;
mod survey;
mod visitor;
