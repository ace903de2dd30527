//! `kill -9` of the app while a flow waits for a webhook.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use services::visitor::VisitError;
use services::{Services, Settings, StartOptions, demo_clients};

use crate::browser::visit;
use crate::elements::{quoted, region};
use crate::programs::root;
use crate::stage::on_stage;
use crate::walk::{ACCOUNT, DOCUMENT};
use crate::window::Window;

#[tokio::test]
async fn a_flow_that_waits_for_a_webhook_survives_kill_and_is_completed_by_it() {
    on_stage("killed", async |stage| {
        let window = stage.open(&[]).await;
        window.open_sample("E-Signature").await;
        window.open_preview().await;
        window.start_flow(DOCUMENT).await;
        window.add_account(stage).await;
        walk_to_the_waiting_step(&window).await;
        let before = window.timeline().await;
        window.kill().await;

        // The sample's services lived in the app, and have not forgotten either.
        let window = stage.open(&[]).await;
        window.press("Open E-Signature").await;
        open_run(&window, "Waiting").await;
        window.text(WAITS).await;
        assert_eq!(window.timeline().await, before);
        window.press("Show the preview in full view").await;
        window.decide_on_signing_page("Sign").await;
        window.ended("Completed").await;
        window.attachment("Statement of work.pdf").await;
        window.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_webhook_that_came_while_the_app_was_away_is_delivered_again_and_completes_the_flow() {
    on_stage("killed_and_away", async |stage| {
        // Other people's services, which live here. Deliveries are tried after 0.3, 4.3, 12.3 and 28.3 seconds.
        let settings = Settings { webhook_backoff: Duration::from_secs(4), ..Settings::default() };
        let services = Services::start(StartOptions { port: 0, settings }).await.unwrap();
        let app = sample_for(&services, stage.folder());
        let app = app.to_str().unwrap();
        let window = stage.open(&[app]).await;
        window.open_preview().await;
        window.start_flow(DOCUMENT).await;
        window.add_account(stage).await;
        let page = walk_to_the_waiting_step(&window).await;
        window.kill().await;
        let lost = visit(&page).await;
        assert!(matches!(lost, Err(VisitError::Unreachable(..))), "{lost:?}");
        let window = stage.open(&[app]).await;
        open_run(&window, "").await;
        window.ended("Completed").await;
        window.attachment("Statement of work.pdf").await;

        // The account is there for the next run.
        window.press("All flow runs").await;
        window.start_flow(DOCUMENT).await;
        window.press(&format!("Use {ACCOUNT}")).await;
        window.find(&region("Form 1")).await;
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

/// Opens the preview and in it the latest flow run, once the list shows it with this status (empty: any).
async fn open_run(window: &Window, status: &str) {
    window.open_preview().await;
    let (title, status) = (quoted(DOCUMENT), quoted(status));
    let run = format!(
        "(//section[@aria-label='Recent flow runs']//*[@role='listitem'])[1]\
         [{status}='' or .//*[normalize-space(.)={status}]]"
    );
    window.click(&format!("{run}/button[.//*[normalize-space(.)={title}]]")).await;
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
