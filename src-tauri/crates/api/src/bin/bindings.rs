//! Writes `ui/src/generated/api.ts`; with `--check` compares instead, and fails when the file is out of date.
//!
//! Also the program that this crate's tests start as script worker.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    runner::worker_main_if_asked();

    let path = file();
    let wanted = api::bindings::typescript();
    if std::env::args().any(|argument| argument == "--check") {
        if std::fs::read_to_string(&path).is_ok_and(|found| found == wanted) {
            return ExitCode::SUCCESS;
        }
        eprintln!("{} is out of date: run `cargo xtask bindings` and commit it", path.display());
        return ExitCode::FAILURE;
    }
    let written = path
        .parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(&path, wanted));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{} cannot be written: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}

fn file() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(3).unwrap_or(here).join("ui/src/generated/api.ts")
}
