//! A script worker and nothing else: what this crate's tests start. The desktop program and the CLI start themselves.

fn main() {
    runner::worker_main_if_asked();
    eprintln!("script-worker is started by Stepsmith, not by hand");
    std::process::exit(2);
}
