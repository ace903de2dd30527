//! `cargo xtask test`: the same set-up as `run`, then every check there is.

use std::time::Instant;

use crate::setup::{For, setup};
use crate::steps::{Outcome, cargo, npm, problem, root, run, say};
use crate::{bindings, import_rules};

/// One part of the test, by the name that `--only` takes.
struct Part {
    name: &'static str,
    title: &'static str,
    check: fn() -> Outcome,
}

const PARTS: &[Part] = &[
    Part { name: "format", title: "Formatting", check: format },
    Part { name: "rules", title: "Import rules", check: import_rules::check },
    Part { name: "clippy", title: "Lints", check: clippy },
    Part { name: "bindings", title: "Generated files", check: bindings::check },
    Part { name: "ui", title: "The user interface: types, lints, unit tests", check: ui },
    Part { name: "unit", title: "Unit and property tests", check: unit },
    Part { name: "flows", title: "Flows through the command line", check: flows },
    Part { name: "window", title: "Flows through the real window", check: window },
];

/// Runs all parts, or the one named.
pub fn test(only: Option<&str>) -> Outcome {
    let parts: Vec<&Part> =
        PARTS.iter().filter(|part| only.is_none_or(|name| name == part.name)).collect();
    if parts.is_empty() {
        let names: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
        return Err(problem(format!(
            "there is no part {:?}; there are {}",
            only.unwrap_or_default(),
            names.join(", ")
        )));
    }
    let begin = Instant::now();
    setup(For::Test)?;
    let mut times = vec![("set-up", begin.elapsed())];
    for part in parts {
        say(part.title);
        let start = Instant::now();
        (part.check)()?;
        times.push((part.name, start.elapsed()));
    }
    say("All green");
    for (name, time) in times {
        eprintln!("   {name:<10} {:>6.1} s", time.as_secs_f32());
    }
    eprintln!("   {:<10} {:>6.1} s", "all", begin.elapsed().as_secs_f32());
    Ok(())
}

fn format() -> Outcome {
    run(cargo(&["fmt", "--all", "--", "--check"]), "compare with rustfmt")
}

fn clippy() -> Outcome {
    run(
        cargo(&["clippy", "--workspace", "--all-targets", "--locked"]),
        "run clippy; warnings are errors",
    )
}

fn ui() -> Outcome {
    run(npm(&["run", "check"]), "check the types")?;
    run(npm(&["run", "lint"]), "lint and compare with prettier")?;
    run(npm(&["run", "test"]), "run the user interface's unit tests")
}

fn unit() -> Outcome {
    run(
        // All of them, whatever fails: one run names every failing test.
        cargo(&["test", "--workspace", "--exclude", "tests", "--locked", "--no-fail-fast"]),
        "run every crate's tests",
    )
}

fn programs() -> Outcome {
    run(
        cargo(&["build", "-p", "stepsmith-desktop", "-p", "cli", "--locked"]),
        "build the desktop app and the command line",
    )
}

fn flows() -> Outcome {
    programs()?;
    run(
        cargo(&["test", "-p", "tests", "--locked", "--test", "cli"]),
        "walk flows with the built command line",
    )
}

fn window() -> Outcome {
    programs()?;
    run(
        cargo(&["test", "-p", "tests", "--locked", "--test", "window", "--", "--test-threads=1"]),
        "walk flows in the built desktop app under Xvfb",
    )
}

/// Pictures of every screen for people to look at, in test-output/tour.
pub fn shots() -> Outcome {
    setup(For::Test)?;
    programs()?;
    // Those of another day are not mixed in; there may be none.
    let _ = std::fs::remove_dir_all(root().join("test-output/tour"));
    run(
        cargo(&[
            "test",
            "-p",
            "tests",
            "--locked",
            "--test",
            "window",
            "--",
            "--ignored",
            "--exact",
            "tour::tour",
            "trouble::trouble",
            "--test-threads=1",
        ]),
        "take pictures of every screen",
    )?;
    eprintln!("-- the pictures stand in test-output/tour");
    Ok(())
}
