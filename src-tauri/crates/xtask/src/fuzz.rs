//! `cargo xtask fuzz TARGET [SECONDS]`: a long run of a fuzz target. The test has a short one of each.

use crate::steps;
use crate::steps::{Outcome, problem, read, root, run, say};

const TARGETS: [&str; 3] = ["frames", "zip", "resolution"];

/// Runs one target for so many seconds, by cargo-fuzz and a nightly compiler.
pub fn fuzz(target: &str, seconds: &str) -> Outcome {
    if !TARGETS.contains(&target) {
        return Err(problem(format!(
            "there is no fuzz target {target:?}; there are {}",
            TARGETS.join(", ")
        )));
    }
    if seconds.parse::<u32>().is_err() {
        return Err(problem(format!("{seconds:?} is no number of seconds")));
    }
    for (arguments, missing) in [
        (
            ["+nightly", "--version"],
            "a nightly compiler, for libFuzzer counts what the code passes through, and there is none here: rustup toolchain install nightly",
        ),
        (["fuzz", "--version"], "cargo-fuzz, which is not here: cargo install --locked cargo-fuzz"),
    ] {
        if read("cargo", &arguments).is_none() {
            return Err(problem(format!(
                "the long run needs {missing}. The short run of {target} is part of `cargo xtask test` and needs neither"
            )));
        }
    }
    say(&format!("Fuzzing {target} for {seconds} s"));
    let time = format!("-max_total_time={seconds}");
    let arguments = [
        "+nightly",
        "fuzz",
        "run",
        "--fuzz-dir",
        "fuzz",
        target,
        "--",
        &time,
        "-rss_limit_mb=4096",
    ];
    let mut command = steps::command("cargo", &arguments);
    // `cargo` here is the launcher that knows `+nightly`, not the one that started this program.
    command.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN").current_dir(root());
    run(command, "fuzz; findings are kept in fuzz/artifacts")
}
