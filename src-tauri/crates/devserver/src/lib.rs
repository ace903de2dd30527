//! A local server that speaks the developer REST interface (contract chapter 13), for work and tests without an account.
//!
//! It listens on 127.0.0.1 only, keeps everything in its own SQLite file, and refuses what the framework's server would
//! refuse: a missing or wrong token, fields of the wrong shape, a function package without `index.js`, a logo of the wrong
//! size. Fields that it does not know are kept and written back. It never runs a function itself: whoever starts it may
//! plug in a [`FunctionTester`]; without one, test runs answer 501.
//!
//! Client secrets are part of the authorization configuration here, because this is the server's side of the interface.
//! They stand in the database file (readable by its owner only) and are never logged: the log has method, path and status.

mod body;
mod check;
mod database;
mod error;
mod files;
mod parts;
mod routes;
mod server;
mod tester;
mod token;

pub use database::{Database, DatabaseError};
pub use routes::{ServerState, router};
pub use server::{DevServer, StartError, StartOptions};
pub use tester::{FunctionTest, FunctionTester, TestFuture, TestOutcome};
pub use token::Token;

/// The largest function package, packed, in bytes.
pub const MAX_FUNCTION_ZIP: usize = 50 * 1024 * 1024;
/// The largest function package, unpacked, in bytes.
pub const MAX_FUNCTION_UNPACKED: u64 = 250 * 1024 * 1024;
/// The most files in a function package.
pub const MAX_FUNCTION_FILES: usize = 20_000;
/// The largest logo, in bytes (contract chapter 2).
pub const MAX_LOGO: usize = definition::logo::MAX_BYTES;
/// The largest JSON body, in bytes.
pub const MAX_JSON: usize = 4 * 1024 * 1024;
/// The largest multipart body, in bytes.
pub const MAX_MULTIPART: usize = 128 * 1024 * 1024;
/// The longest stretch of log that one request may ask for, in ms (contract chapter 13: five days).
pub const MAX_LOG_RANGE_MS: i64 = 5 * 24 * 60 * 60 * 1000;
