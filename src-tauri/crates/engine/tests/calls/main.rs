//! Whole calls, compared with Node.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod corpus;
#[expect(dead_code, reason = "the tests of limits and failures that need the rest come next")]
mod support;
