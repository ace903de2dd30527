//! `cargo xtask run`: the desktop app on a sample app, or the same flow without a window.

use crate::setup::{For, setup};
use crate::steps::{Outcome, cargo, command, root, run as run_step, say};

pub fn run() -> Outcome {
    setup(For::Run)?;
    say("Build the app (the first time takes some minutes)");
    run_step(
        cargo(&["build", "-p", "stepsmith-desktop", "-p", "cli"]),
        "build the desktop app and the command line",
    )?;
    if has_display() {
        say("Start Stepsmith on the sample app `esign`; close its window to end");
        let program = root().join("target/debug").join(executable("stepsmith-desktop"));
        run_step(command(&program.to_string_lossy(), &["--sample", "esign"]), "run the desktop app")
    } else {
        say(
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): walking the same flow without a window",
        );
        let program = root().join("target/debug").join(executable("stepsmith"));
        let flow =
            ["flow", "sample-apps/esign", "--answers", "sample-apps/esign/answers/sign.json"];
        run_step(
            command(&program.to_string_lossy(), &flow),
            "walk the sample app `esign` from authorization to completion",
        )
    }
}

fn has_display() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

pub fn executable(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}
