//! Running one program after another, saying which and why.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// What went wrong, as a sentence for the person at the terminal.
#[derive(Debug)]
pub struct Problem(pub String);

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

pub type Outcome = Result<(), Problem>;

pub fn problem(text: impl Into<String>) -> Problem {
    Problem(text.into())
}

/// The folder in which the workspace's Cargo.toml stands.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(3).unwrap_or(here).to_path_buf()
}

/// Says what comes now.
pub fn say(text: &str) {
    eprintln!("\n== {text}");
}

/// A command that runs in the project's root and reads nothing from the terminal.
pub fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    command
}

/// `cargo` as it was called, so that a toolchain chosen by the user stays chosen.
pub fn cargo(arguments: &[&str]) -> Command {
    command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()), arguments)
}

/// `npm` in ui/.
pub fn npm(arguments: &[&str]) -> Command {
    let mut command = command(if cfg!(windows) { "npm.cmd" } else { "npm" }, arguments);
    command.current_dir(root().join("ui"));
    command
}

/// Runs a command; a failure names the command and what to look at.
pub fn run(mut command: Command, purpose: &str) -> Outcome {
    let shown = shown(&command);
    eprintln!("-- {purpose}: {shown}");
    let start = Instant::now();
    let status = command.status().map_err(|error| {
        problem(format!(
            "{purpose}: {shown} could not be started: {error}. Is it installed and on the PATH?"
        ))
    })?;
    if status.success() {
        eprintln!("-- done in {:.1} s", start.elapsed().as_secs_f32());
        Ok(())
    } else {
        Err(problem(format!("{purpose} failed ({status}): {shown}. What it printed stands above.")))
    }
}

/// What a command prints, or `None` when it cannot be run or fails.
pub fn read(program: &str, arguments: &[&str]) -> Option<String> {
    let output = command(program, arguments).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut shown = program;
    for argument in command.get_args() {
        shown.push(' ');
        shown.push_str(&argument.to_string_lossy());
    }
    shown
}
