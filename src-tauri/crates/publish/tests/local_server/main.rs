//! Publishing to the local server, and to servers that misbehave.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers as well")]

mod calls;
mod misbehaving;
mod publishing;
mod sample;
