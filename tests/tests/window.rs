//! The built desktop app in a real window, driven through WebDriver.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::json;

const PATIENCE: Duration = Duration::from_secs(30);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display, a driver and a session in the app's window. The order of the fields is that of the ending.
struct Window {
    client: Client,
    _driver: Program,
    _display: Program,
    data: tempfile::TempDir,
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn start_display() -> (Program, String) {
    for number in 90..140 {
        let display = format!(":{number}");
        if Path::new(&format!("/tmp/.X11-unix/X{number}")).exists() {
            continue;
        }
        let mut program = Command::new("Xvfb");
        program
            .args([&display, "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = Program(program.spawn().unwrap());
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if Path::new(&format!("/tmp/.X11-unix/X{number}")).exists() {
                return (child, display);
            }
            if child.0.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    panic!("no display could be started");
}

impl Window {
    async fn open(arguments: &[&str]) -> Self {
        let test = std::env::current_exe().unwrap();
        let program = test.parent().unwrap().parent().unwrap().join("stepsmith-desktop");
        assert!(
            program.is_file(),
            "{} is missing: build it with `cargo build -p stepsmith-desktop`",
            program.display()
        );
        let data = tempfile::tempdir().unwrap();
        let (display, name) = start_display();
        let port = free_port();
        let mut driver = Command::new("WebKitWebDriver");
        driver
            .arg(format!("--port={port}"))
            .env("DISPLAY", name)
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("STEPSMITH_DATA", data.path().join("data"))
            .env("STEPSMITH_KEY_PLACE", "file")
            .env("HOME", data.path())
            .env("XDG_DATA_HOME", data.path())
            .stdout(Stdio::null());
        let driver = Program(driver.spawn().unwrap());
        let capabilities =
            json!({ "webkitgtk:browserOptions": { "binary": program, "args": arguments } });
        let capabilities = capabilities.as_object().unwrap().clone();
        let begin = Instant::now();
        let client = loop {
            let mut builder = ClientBuilder::new(hyper_connector());
            match builder
                .capabilities(capabilities.clone())
                .connect(&format!("http://127.0.0.1:{port}"))
                .await
            {
                Ok(client) => break client,
                Err(error) if begin.elapsed() > PATIENCE => panic!("no session: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
            }
        };
        Self { client, _driver: driver, _display: display, data }
    }

    /// Waits for an element that an XPath finds.
    async fn find(&self, xpath: &str) -> fantoccini::elements::Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(xpath)).await;
        match found {
            Ok(element) => element,
            Err(error) => {
                self.screenshot("failure").await;
                panic!("{xpath} did not appear ({error}); see test-output/failure.png");
            }
        }
    }

    async fn screenshot(&self, name: &str) {
        let folder = root().join("test-output");
        std::fs::create_dir_all(&folder).unwrap();
        if let Ok(png) = self.client.screenshot().await {
            std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
        }
    }

    async fn close(self) {
        let _ = self.client.close().await;
        drop(self.data);
    }
}

fn hyper_connector() -> hyper_util::client::legacy::connect::HttpConnector {
    hyper_util::client::legacy::connect::HttpConnector::new()
}

const TABS: [&str; 8] = [
    "Basic Info",
    "Action List",
    "Authorization",
    "Identity Function",
    "Build Function",
    "Action Function",
    "Redirect Function",
    "Webhook Function",
];

#[tokio::test]
async fn the_start_screen_offers_the_samples_and_one_opens_with_its_eight_tabs() {
    let window = Window::open(&[]).await;
    window.find("//button[contains(@aria-label, 'Open the sample Survey')]").await;
    window.screenshot("start-screen").await;
    window
        .find("//button[contains(@aria-label, 'Open the sample E-Signature')]")
        .await
        .click()
        .await
        .unwrap();
    for tab in TABS {
        window.find(&format!("//*[@role='tab'][contains(normalize-space(.), '{tab}')]")).await;
    }
    window.screenshot("basic-info").await;
    window.find("//*[@role='tab'][contains(., 'Action List')]").await.click().await.unwrap();
    let key = window.find("//input[@aria-label='Key of action send_for_signature']").await;
    assert_eq!(key.prop("value").await.unwrap().as_deref(), Some("send_for_signature"));
    window.screenshot("action-list").await;
    window.close().await;
}

#[tokio::test]
async fn the_window_opens_on_the_sample_that_it_was_started_with() {
    let window = Window::open(&["--sample", "survey"]).await;
    window.find("//*[@role='tab'][contains(., 'Authorization')]").await.click().await.unwrap();
    window.screenshot("authorization").await;
    window.close().await;
}
