//! A driver and a session in the app's window.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::time::Instant;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::built::DESKTOP;
use crate::elements::{LOOK, PATIENCE};
use crate::programs::{Program, built_program, descendants, kill_hard, root};
use crate::stage::Stage;

pub struct Window {
    pub client: Client,
    pub driver: Rc<Program>,
}

impl Window {
    pub async fn open(stage: &Stage, arguments: &[&str]) -> Self {
        let port = free_port();
        let driver = Rc::new(Program::start(
            Command::new("WebKitWebDriver")
                .arg(format!("--port={port}"))
                .env("DISPLAY", stage.display())
                .env("PATH", stage.browser.path_variable())
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .env("STEPSMITH_DATA", stage.folder().join("data"))
                .env("STEPSMITH_KEY_PLACE", "file")
                .env("HOME", stage.folder())
                .env("XDG_DATA_HOME", stage.folder())
                .stdout(Stdio::null()),
        ));
        let program = built_program(DESKTOP);
        let options = json!({ "binary": program, "args": arguments });
        let capabilities = json!({ "webkitgtk:browserOptions": options });
        let capabilities = capabilities.as_object().unwrap().clone();
        let begin = Instant::now();
        let client = loop {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            let address = format!("http://127.0.0.1:{port}");
            match builder.capabilities(capabilities.clone()).connect(&address).await {
                Ok(client) => break client,
                Err(error) if begin.elapsed() > PATIENCE => {
                    panic!("{}: no session in the window: {error}", stage.name())
                }
                Err(_) => tokio::time::sleep(LOOK).await,
            }
        };
        Self { client, driver }
    }

    /// `kill -9` of the app, with nothing said to anyone; its workers have to end by themselves.
    pub async fn kill(self) {
        let program = built_program(DESKTOP);
        let processes = descendants(self.driver.id(), &program);
        let [app, ..] = processes.as_slice() else { panic!("the app's process was not found") };
        kill_hard(*app);
        let begin = Instant::now();
        while !descendants(self.driver.id(), &program).is_empty()
            || processes.iter().any(|process| is_running(*process))
        {
            assert!(begin.elapsed() < PATIENCE, "workers outlive the killed app: {processes:?}");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Closes the window as the driver does: the app ends at once.
    pub async fn close(self) {
        let _ = self.client.close().await;
    }

    /// A picture for people, `test-output/NAME.png`.
    pub async fn show(&self, name: &str) {
        picture(&self.client, &root().join("test-output").join(format!("{name}.png"))).await;
    }
}

fn is_running(process: i32) -> bool {
    // Without an executable it is a zombie, which its parent has not looked after yet.
    std::fs::read_link(format!("/proc/{process}/exe")).is_ok()
}

/// What the window shows, once it is painted.
pub async fn picture(client: &Client, file: &Path) {
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    // The first frame applies what changed, the second comes after it was painted.
    let painted = "const done = arguments[arguments.length - 1];\
                   requestAnimationFrame(() => requestAnimationFrame(() => done(null)));";
    let _ = client.execute_async(painted, Vec::new()).await;
    match client.screenshot().await {
        Ok(png) => std::fs::write(file, png).unwrap(),
        Err(error) => eprintln!("no picture {}: {error}", file.display()),
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
