//! The seam through which a script engine is plugged into the server's test route.

use std::pin::Pin;

use definition::FunctionKind;
use serde::Serialize;
use serde_json::Value;

/// One test run that a client asked for.
#[derive(Clone, Debug)]
pub struct FunctionTest {
    /// The app the function belongs to.
    pub app_id: String,
    /// Which of its functions.
    pub kind: FunctionKind,
    /// The function's package as last uploaded: a zip with `index.js` at its root.
    pub zip: Vec<u8>,
    /// What the function is called with (contract chapters 5 to 10).
    pub parameters: Value,
}

/// What came of a test run (contract chapter 13).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestOutcome {
    /// What the handler returned; `null` when it failed.
    pub output: Value,
    /// What it wrote to the console, and the message and stack when it failed.
    pub log: String,
    /// Whether `output` fits the contract.
    pub schema_valid: bool,
    /// Why it does not.
    pub schema_error: Option<String>,
}

/// A test run under way. `Err` = the run could not be made at all (not: the function failed); the text goes to the log,
/// the client gets a 500.
pub type TestFuture<'a> = Pin<Box<dyn Future<Output = Result<TestOutcome, String>> + Send + 'a>>;

/// Runs a function once, for `POST …/functions/{TYPE}/test`. Limits of time and memory are the tester's to keep.
pub trait FunctionTester: Send + Sync + 'static {
    /// Runs the function of `test`.
    fn test(&self, test: FunctionTest) -> TestFuture<'_>;
}
