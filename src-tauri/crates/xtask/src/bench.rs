//! `cargo xtask bench`: one JSON line a figure on stdout, progress on stderr.

use crate::steps::{Outcome, cargo, run};

/// Runs the benchmarks whose figures' names start with `prefix`.
pub fn bench(prefix: Option<&str>) -> Outcome {
    let mut arguments = vec!["run", "--release", "--quiet", "-p", "tests", "--bin", "bench", "--"];
    arguments.extend(prefix);
    run(cargo(&arguments), "measure")
}
