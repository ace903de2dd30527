//! `kill -9` of the app while a flow waits for a webhook.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use services::visitor::VisitError;
use services::{Services, Settings, StartOptions, demo_clients};

use crate::browser::visit;
use crate::elements::quoted;
use crate::programs::root;
use crate::stage::on_stage;
use crate::walk::{ACCOUNT, DOCUMENT};
use crate::window::Window;

#[tokio::test]
async fn a_flow_that_waits_for_a_webhook_survives_kill_and_is_completed_by_it() {
    on_stage("killed", async |stage| {
        // The services live here, for they are other people's: they do not end with the app. Deliveries are tried after
        // 0.3, 5.3, 15.3 and 35.3 seconds.
        let settings = Settings { webhook_backoff: Duration::from_secs(5), ..Settings::default() };
        let services = Services::start(StartOptions { port: 0, settings }).await.unwrap();
        let app = sample_for(&services, stage.folder());
        let app = app.to_str().unwrap();

        // Killed before the signature: it is signed, and the webhook comes, when the app is back.
        let window = stage.open(&[app]).await;
        window.open_preview().await;
        window.start_flow(DOCUMENT).await;
        window.add_account(stage).await;
        let page = walk_to_the_waiting_step(&window).await;
        window.kill().await;
        let window = stage.open(&[app]).await;
        open_only_run(&window, "Waiting").await;
        window.text(WAITS).await;
        visit(&page).await.unwrap();
        window.ended("Completed").await;
        window.attachment("Statement of work.pdf").await;

        // Killed, then signed while it is away: nobody takes the redirect, and the service delivers the webhook again.
        window.press("All flow runs").await;
        window.start_flow(DOCUMENT).await;
        window.press(&format!("Use {ACCOUNT}")).await;
        let page = walk_to_the_waiting_step(&window).await;
        window.kill().await;
        let lost = visit(&page).await;
        assert!(matches!(lost, Err(VisitError::Unreachable(..))), "{lost:?}");
        let window = stage.open(&[app]).await;
        open_latest_run(&window).await;
        window.ended("Completed").await;
        window.attachment("Statement of work.pdf").await;
        window.close().await;
        services.shutdown().await;
    })
    .await;
}

const WAITS: &str = "Waits for a callback: a redirect or a webhook request.";

/// Gives the address of the signing page.
async fn walk_to_the_waiting_step(window: &Window) -> String {
    window.fill_forms().await;
    let page = window.open_signing_page().await;
    window.text(WAITS).await;
    page
}

/// The only flow run of the list has this status.
async fn open_only_run(window: &Window, status: &str) {
    window.open_preview().await;
    let status = quoted(status);
    let run = "//section[@aria-label='Recent flow runs']//*[@role='listitem']";
    window.find(&format!("{run}[.//*[normalize-space(.)={status}]]")).await;
    open_latest_run_of_the_list(window).await;
}

async fn open_latest_run(window: &Window) {
    window.open_preview().await;
    open_latest_run_of_the_list(window).await;
}

async fn open_latest_run_of_the_list(window: &Window) {
    let title = quoted(DOCUMENT);
    let run = "//section[@aria-label='Recent flow runs']//*[@role='listitem']";
    window.click(&format!("({run}/button[.//*[normalize-space(.)={title}]])[1]")).await;
}

/// A copy of E-Signature for services at another address, as the services themselves say it is done.
fn sample_for(services: &Services, folder: &Path) -> PathBuf {
    let target = folder.join("esign");
    copy(&root().join("sample-apps/esign"), &target, services.url().as_str().trim_end_matches('/'));
    let definition = target.join("app.json");
    let mut app: Value = serde_json::from_slice(&fs::read(&definition).unwrap()).unwrap();
    // The app takes it into its secret store at once.
    app["authentication"]["oauth2"]["client_secret"] = demo_clients().esign_client_secret.into();
    fs::write(definition, app.to_string()).unwrap();
    target
}

fn copy(from: &Path, to: &Path, services: &str) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy(&source, &target, services);
        } else if let Ok(text) = fs::read_to_string(&source) {
            fs::write(target, text.replace("http://127.0.0.1:4870", services)).unwrap();
        } else {
            fs::copy(source, target).unwrap();
        }
    }
}
