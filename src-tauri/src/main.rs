//! The desktop shell: a window around the api, and nothing of its own.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arguments;
mod desktop_host;
mod window;

use std::process::ExitCode;

use api::{Api, StartError};

fn main() -> ExitCode {
    // The program starts itself as a script worker; a worker never comes back from here.
    runner::worker_main_if_asked();

    let arguments = match arguments::read(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(usage) => {
            eprintln!("{usage}");
            return ExitCode::from(2);
        }
    };
    let host = desktop_host::DesktopHost::default();
    let started =
        tauri::async_runtime::block_on(Api::start(api::Options::desktop(), Box::new(host.clone())));
    match started {
        Ok(api) => window::run(api, host, arguments),
        Err(StartError::AlreadyRunning) => {
            eprintln!("Stepsmith runs already: its window has been brought to the front.");
            ExitCode::SUCCESS
        }
        Err(error) => window::show_failure(&error),
    }
}
