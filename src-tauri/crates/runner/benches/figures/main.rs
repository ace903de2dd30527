//! The figures of calls: what a cold call costs beside a bare engine and beside Node, what the worker adds, packages, a long
//! run, and what waiting costs.
//!
//! `cargo xtask bench [PREFIX] [--quick]` builds and starts this. One JSON object a line on standard output; what is done
//! meanwhile on standard error. The sides of a ratio take turns in one run, so that a busy machine slows both.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made must stop")]

mod bare;
mod calls;
mod idle;
mod line;
mod node;
mod packages;
mod server;
mod soak;
mod world;

use line::Wanted;

fn main() {
    // Also started as the program of the pool's workers.
    runner::worker_main_if_asked();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| arguments.iter().any(|argument| argument == word);
    if has("--test") || has("--list") {
        // `cargo test --benches` only wants to know that it starts.
        return;
    }
    let prefix = arguments.iter().find(|argument| !argument.starts_with("--"));
    let wanted = Wanted { prefix: prefix.cloned().unwrap_or_default(), quick: has("--quick") };
    line::machine();
    calls::measure(&wanted);
    packages::measure(&wanted);
    soak::measure(&wanted);
    idle::measure(&wanted);
}
