//! `cargo xtask bench`: one JSON line a figure on stdout, progress on stderr.

use crate::steps::{Outcome, cargo, run};

/// The programs that measure: package and bench target. Each leaves out what is not asked for.
const BENCHES: &[(&str, &str)] = &[("runner", "figures"), ("store", "figures")];

/// Runs the benchmarks whose figures' names start with the one word in `arguments`; `--quick` = fewer runs.
pub fn bench(arguments: &[&str]) -> Outcome {
    for (package, target) in BENCHES {
        let mut command =
            vec!["bench", "--quiet", "--locked", "-p", package, "--bench", target, "--"];
        command.extend(arguments);
        run(cargo(&command), "measure")?;
    }
    Ok(())
}
