//! The one window and the one command it can call.

use std::process::ExitCode;

use api::{Api, ApiError, StartError};
use serde_json::Value;
use tauri::{RunEvent, State, WebviewUrl, WebviewWindowBuilder};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

use crate::arguments::OpenAtStart;
use crate::desktop_host::DesktopHost;

/// The window's label; capabilities/main.json names it too.
pub const MAIN: &str = "main";

/// Runs a command of the api by its name.
#[tauri::command]
async fn call(api: State<'_, Api>, name: String, body: Value) -> Result<Value, ApiError> {
    api::dispatch(&api, &name, body).await
}

/// Shows the window until it is closed.
pub fn run(api: Api, host: DesktopHost, open: OpenAtStart) -> ExitCode {
    let ending = api.clone();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(api)
        .invoke_handler(tauri::generate_handler![call])
        .setup(move |app| {
            host.attach(app.handle().clone());
            WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App(start_page(&open).into()))
                .title("Stepsmith")
                .inner_size(1280.0, 800.0)
                .min_inner_size(720.0, 480.0)
                // The page takes dropped files (a logo) itself.
                .disable_drag_drop_handler()
                .build()?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(move |_, event| {
                if let RunEvent::Exit = event {
                    tauri::async_runtime::block_on(ending.shut_down());
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("Stepsmith's window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start_page(open: &OpenAtStart) -> String {
    let encode =
        |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    match open {
        OpenAtStart::StartScreen => "index.html".to_owned(),
        OpenAtStart::Sample(name) => format!("index.html?sample={}", encode(name)),
        OpenAtStart::Folder(folder) => {
            let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.clone());
            format!("index.html?open={}", encode(&absolute.to_string_lossy()))
        }
    }
}

/// Says why the program cannot start, in a dialog and on the terminal.
pub fn show_failure(error: &StartError) -> ExitCode {
    let text = error.to_string();
    eprintln!("Stepsmith cannot start: {text}");
    let shown = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .setup(move |app| {
            let handle = app.handle().clone();
            app.dialog()
                .message(text)
                .title("Stepsmith cannot start")
                .kind(MessageDialogKind::Error)
                .show(move |_| handle.exit(1));
            Ok(())
        })
        .build(tauri::generate_context!());
    if let Ok(app) = shown {
        app.run(|_, event| {
            // Without a window Tauri would leave at once, before the dialog was read.
            if let RunEvent::ExitRequested { api, code: None, .. } = event {
                api.prevent_exit();
            }
        });
    }
    ExitCode::FAILURE
}
