//! A script worker and nothing else: what this crate's tests start. The desktop program and the CLI start themselves.
//!
//! A call labelled `attempt` does not run a function: the worker tries natively what its parameters name, for no script
//! can try it, and answers with what came of it. That shows which walls stand around a worker, and what becomes of a call
//! whose worker breaks.
#![cfg_attr(unix, expect(unsafe_code, reason = "breaks on purpose what safe code cannot break"))]

#[cfg(unix)]
#[path = "script_worker/attempts.rs"]
mod attempts;

fn main() {
    #[cfg(unix)]
    runner::worker_main_with(|request| {
        (request.label == "attempt").then(|| attempts::attempt(request))
    });
    #[cfg(not(unix))]
    runner::worker_main_if_asked();
    eprintln!("script-worker is started by Stepsmith, not by hand");
    std::process::exit(2);
}
