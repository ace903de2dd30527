//! `cargo xtask bindings`: the TypeScript side of the api's commands.

use crate::steps::{Outcome, cargo, run};

/// Writes ui/src/generated.
pub fn write() -> Outcome {
    run(cargo(&["run", "--quiet", "-p", "api", "--bin", "bindings"]), "write ui/src/generated")
}

/// Fails when ui/src/generated is out of date.
pub fn check() -> Outcome {
    run(
        cargo(&["run", "--quiet", "-p", "api", "--bin", "bindings", "--", "--check"]),
        "compare ui/src/generated with the api crate",
    )
}
