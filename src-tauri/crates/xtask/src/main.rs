//! The project's own commands: `cargo xtask run`, `test`, `shots`, `bindings`, `bench`.
//!
//! Depends on next to nothing, so that it starts within seconds on a fresh machine and can say what it is doing.

mod bench;
mod bindings;
mod fuzz;
mod import_rules;
mod run;
mod setup;
mod steps;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  run               set up, build and start the desktop app on a sample app;
                    without a display: the same flow through the command line
  test              set up, then everything: format, lints, types, rules, unit,
                    flows through the command line and through the real window
  test --only NAME  one part of it: format, clippy, rules, bindings, ui, unit, flows, window
  shots             take pictures of every screen, light and dark, into test-output/tour
  bindings          write ui/src/generated from the api crate
  bindings --check  fail when it is out of date
  bench [PREFIX] [--quick]
                    print one JSON line a figure; --quick: with fewer runs
  fuzz TARGET [SECONDS]
                    fuzz frames, zip or resolution, for 60 s unless told otherwise";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["run"] => run::run(),
        ["test"] => test::test(None),
        ["test", "--only", part] => test::test(Some(part)),
        ["shots"] => test::shots(),
        ["bindings"] => bindings::write(),
        ["bindings", "--check"] => bindings::check(),
        ["bench", arguments @ ..] if arguments.len() <= 2 => bench::bench(arguments),
        ["fuzz", target] => fuzz::fuzz(target, "60"),
        ["fuzz", target, seconds] => fuzz::fuzz(target, seconds),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error}");
            ExitCode::FAILURE
        }
    }
}
