//! Pictures of every screen for people to look at, light and dark, large and small: `cargo xtask shots`.

use serde_json::json;

use crate::browser::visit;
use crate::elements::{button, region};
use crate::stage::{Stage, on_stage};
use crate::start::TABS;
use crate::walk::{ACCOUNT, DOCUMENT};
use crate::window::Window;

const SIZES: [(u32, u32); 3] = [(1280, 800), (900, 600), (720, 600)];
const SCHEMES: [&str; 2] = ["light", "dark"];

/// Counts the pictures, so that their names sort as the tour goes.
pub struct Tour {
    pub window: Window,
    taken: usize,
}

impl Tour {
    /// Pictures of `window`, numbered after `taken`.
    pub fn new(window: Window, taken: usize) -> Self {
        Self { window, taken }
    }

    /// `test-output/tour/NN-NAME-WIDTH-SCHEME.png`, one of each size and scheme.
    pub async fn shoot(&mut self, name: &str) {
        self.taken += 1;
        self.window.photograph(&format!("tour/{:02}-{name}", self.taken)).await;
    }
}

impl Window {
    /// `test-output/NAME-WIDTH-SCHEME.png`, one of each size and scheme.
    async fn photograph(&self, name: &str) {
        for (width, height) in SIZES {
            self.client.set_window_size(width, height).await.unwrap();
            for scheme in SCHEMES {
                self.scheme(scheme).await;
                // Panels that fold and colours that fade are at rest after this.
                tokio::time::sleep(std::time::Duration::from_millis(350)).await;
                self.show(&format!("{name}-{width}-{scheme}")).await;
            }
        }
        self.client.set_window_size(SIZES[0].0, SIZES[0].1).await.unwrap();
        self.scheme(SCHEMES[0]).await;
    }

    /// The same from within a test, `test-output/walks/NAME-…`, when `WINDOW_PICTURES` is set: for who wants to see what it saw.
    pub async fn pictures(&self, name: &str) {
        if std::env::var_os("WINDOW_PICTURES").is_some() {
            self.photograph(&format!("walks/{name}")).await;
        }
    }

    /// As when the choice was made in another window: works also below an open dialog.
    async fn scheme(&self, scheme: &str) {
        const CHOOSE: &str = "const [key, value] = ['mantine-color-scheme-value', arguments[0]];\
             localStorage.setItem(key, value);\
             dispatchEvent(new StorageEvent('storage', { key, newValue: value, storageArea: localStorage }));";
        self.client.execute(CHOOSE, vec![json!(scheme)]).await.unwrap();
    }
}

#[tokio::test]
#[ignore = "takes pictures for people and checks nothing: cargo xtask shots"]
async fn tour() {
    on_stage("tour", async |stage| {
        let window = stage.open(&[]).await;
        let mut tour = Tour::new(window, 0);
        tour.window.find("//button[@aria-label='Open the sample E-Signature']").await;
        tour.shoot("start").await;
        tour.window.open_sample("E-Signature").await;
        tabs(&mut tour).await;
        authorization(&mut tour).await;
        flow(&mut tour, stage).await;
        accounts(&mut tour, stage).await;
        publishing(&mut tour).await;
        tour.window.close().await;
    })
    .await;
}

async fn tabs(tour: &mut Tour) {
    for name in TABS {
        tour.window.tab(name).await;
        if name.ends_with("Function") {
            tour.window.find("//*[@role='code' or contains(@class, 'monaco-editor')]").await;
            // Its colours come with the language's worker.
            tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
        }
        tour.shoot(&name.to_lowercase().replace(' ', "-")).await;
    }
}

/// The editors of the Authorization tab, whole and with mistakes; the sample is as it was afterwards.
async fn authorization(tour: &mut Tour) {
    tour.window.tab("Authorization").await;
    tour.window.scroll_to("//li[@aria-label='Authorization URL']").await;
    tour.shoot("authorization-page").await;
    tour.window.scroll_to("//li[@aria-label='Token requests']").await;
    tour.shoot("authorization-token").await;
    let row = "Body: value of redirect_uri";
    let long = "https://a-rather-long-name.of-a-tenant.example.test/with/a/long/path/{{redirect_url}}?more=of-it";
    tour.window.retype(row, long).await;
    tour.window.find("//*[contains(@id, '-error')][contains(., 'redirect_url')]").await;
    tour.window.scroll_to("//*[@role='group'][@aria-label='Body']").await;
    tour.shoot("authorization-mistake").await;
    tour.window.retype(row, "{{").await;
    tour.window.find("//*[@role='option']").await;
    tour.shoot("authorization-completion").await;
    tour.window.retype(row, "{{redirect_uri}}").await;
    tour.window.click("//*[@role='tab'][starts-with(normalize-space(.), 'Test token')]").await;
    tour.shoot("authorization-test").await;
    tour.window.press("Presets…").await;
    tour.window.find("//*[@role='option'][@aria-selected='true']").await;
    tour.shoot("authorization-presets").await;
    tour.window.press("Close the presets").await;
    for (kind, name) in [("OAuth1", "oauth1"), ("Custom", "custom"), ("None", "none")] {
        tour.window.click(&format!("//label[normalize-space(.)='{kind}']")).await;
        if kind == "OAuth1" {
            tour.window.press("Switch to OAuth1").await;
            tour.window.field("Consumer key").await;
        } else if kind == "Custom" {
            tour.window.press("Add the first input").await;
            tour.window.press("Add input").await;
        } else {
            tour.window.press("Switch to None").await;
        }
        tour.shoot(&format!("authorization-{name}")).await;
    }
    tour.window.press("Undo").await;
    // The first way back in line is that of the switch from OAuth2.
    tour.window.press("Undo").await;
    tour.window.field("Client id").await;
}

async fn flow(tour: &mut Tour, stage: &Stage) {
    tour.window.tab("Basic Info").await;
    tour.window.open_preview().await;
    tour.shoot("preview-start").await;
    tour.window.start_flow(DOCUMENT).await;
    tour.window.text("No account yet.").await;
    tour.shoot("preview-account").await;
    tour.window.press("Add account").await;
    let address = stage.browser.opened().await;
    tour.window.field("Authorization page").await;
    tour.shoot("preview-authorization").await;
    visit(&address).await.unwrap();
    tour.window.find(&region("Form 1")).await;
    tour.shoot("preview-form-1").await;
    tour.window.choose("Template", "Statement of work (1 signer)").await;
    tour.window.press("Next").await;
    tour.window.find(&region("Form 2")).await;
    tour.shoot("preview-form-2").await;
    tour.window.press("Done").await;
    tour.window.find(&region("Step")).await;
    tour.shoot("preview-step").await;
    tour.window.open_signing_page().await;
    // The page in the frame loads on its own.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    tour.shoot("preview-signing-page").await;
    tour.window.decide_on_signing_page("Sign").await;
    tour.window.ended("Completed").await;
    tour.window.attachment("Statement of work.pdf").await;
    tour.shoot("preview-completed-full").await;
    tour.window.press("Show the preview beside the tabs").await;
    tour.shoot("preview-completed").await;
    let message = "//*[@role='listitem']/button[contains(@aria-label, 'Invoke action function')]";
    tour.window.click(message).await;
    tour.shoot("preview-call").await;
    tour.window.tab("Inbox").await;
    tour.shoot("preview-inbox").await;
    tour.window.press("All flow runs").await;
    tour.shoot("preview-runs").await;
    tour.window.press("Close the preview").await;
}

async fn accounts(tour: &mut Tour, stage: &Stage) {
    tour.window.tab("Authorization").await;
    tour.window.press("Add account").await;
    let address = stage.browser.opened().await;
    tour.window.find("//*[@role='timer']").await;
    tour.shoot("account-waiting").await;
    visit(&address).await.unwrap();
    tour.window.open_exchange("Token request, 200").await;
    tour.shoot("account-exchange").await;
    tour.window.press("Back to the accounts").await;
    tour.window.press(&format!("Details of {ACCOUNT}")).await;
    tour.window.press("Refresh now").await;
    tour.window.find(&button("Refresh request, 200")).await;
    tour.shoot("account-token").await;
    tour.window.press(&format!("Commands for {ACCOUNT}")).await;
    tour.window.click("//*[@role='menuitem'][normalize-space(.)='Delete…']").await;
    tour.window.find(&button("Delete credential")).await;
    tour.shoot("account-delete").await;
    tour.window.press("Cancel").await;
}

async fn publishing(tour: &mut Tour) {
    tour.window.press("Publish").await;
    tour.window.press("Start local server").await;
    tour.window.find("//table[@aria-label='Plan']").await;
    tour.shoot("publish-plan").await;
    tour.window.press("Create on server").await;
    tour.window.find("//table[@aria-label='What was done']").await;
    tour.shoot("publish-done").await;
    tour.window.press("Done").await;
    tour.window.press("Settings").await;
    tour.window.find("//*[@role='dialog']").await;
    tour.shoot("settings").await;
    let scroll =
        "document.querySelector(\"[aria-label='Authorization redirect']\").scrollIntoView();";
    tour.window.client.execute(scroll, Vec::new()).await.unwrap();
    tour.shoot("settings-redirect").await;
}
