//! Runs functions for the local server's test route, in the same workers as everything else.

use devserver::{FunctionTest, FunctionTester, TestFuture, TestOutcome};
use runner::{CallRequest, Limits, Outcome, Pool};
use serde_json::Value;

use crate::ApiError;

/// A pool, and what a call may use at the time it is made.
pub struct ServerTester {
    pool: Pool,
    limits: Box<dyn Fn() -> Result<Limits, ApiError> + Send + Sync>,
}

impl ServerTester {
    /// Runs functions in `pool`.
    pub fn new(
        pool: Pool,
        limits: impl Fn() -> Result<Limits, ApiError> + Send + Sync + 'static,
    ) -> Self {
        Self { pool, limits: Box::new(limits) }
    }

    async fn run(&self, test: FunctionTest) -> Result<TestOutcome, String> {
        let limits = (self.limits)().map_err(|error| error.message)?;
        let package = tempfile::tempdir().map_err(|error| error.to_string())?;
        let files = definition::read_function_zip(&test.zip).map_err(|error| error.to_string())?;
        for file in files {
            let path = package.path().join(&file.name);
            let written = path
                .parent()
                .map_or(Ok(()), std::fs::create_dir_all)
                .and_then(|()| std::fs::write(&path, &file.bytes));
            written.map_err(|error| format!("{} cannot be unpacked: {error}", file.name))?;
        }
        let report = self
            .pool
            .call(CallRequest {
                package: package.path().to_path_buf(),
                label: format!("functions/{}", test.kind),
                parameters: test.parameters,
                limits,
            })
            .await;
        let mut log: Vec<String> = report.log.iter().map(|line| line.text.clone()).collect();
        Ok(match report.outcome {
            Outcome::Returned { value } => {
                // The server is not told of what kind the process is, so the rules of every kind are allowed.
                let findings = definition::check_return(test.kind, None, &[], &value);
                let wrong = findings.iter().find(|one| one.severity == definition::Severity::Error);
                let schema_error = wrong.map(|one| {
                    if one.path.is_empty() {
                        one.message.clone()
                    } else {
                        format!("{}: {}", one.path, one.message)
                    }
                });
                TestOutcome {
                    output: value,
                    log: log.join("\n"),
                    schema_valid: schema_error.is_none(),
                    schema_error,
                }
            }
            Outcome::Failed { failure } => {
                let text =
                    if failure.stack.is_empty() { failure.message.clone() } else { failure.stack };
                log.push(text);
                TestOutcome {
                    output: Value::Null,
                    log: log.join("\n"),
                    schema_valid: false,
                    schema_error: Some(failure.message),
                }
            }
        })
    }
}

impl FunctionTester for ServerTester {
    fn test(&self, test: FunctionTest) -> TestFuture<'_> {
        Box::pin(self.run(test))
    }
}
