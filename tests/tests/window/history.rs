//! The history of an app: a long list, a search, a run from it, and a failed call that leads to its line.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use store::{NewFlowRun, Store, Texts};

use crate::elements::{button, tab};
use crate::stage::{Stage, on_stage};
use crate::tour::Tour;
use crate::window::Window;

const BUILD: &str =
    "exports.handler = async () => {\n  throw new Error('The depot is closed');\n};\n";
const HISTORY: &str = "History of flow runs";

/// An app whose Build fails on its second line.
fn app(folder: &Path) -> PathBuf {
    let app = folder.join("parcels");
    let function = json!({ "by_zip": false });
    let definition = json!({
        "name": "Parcels",
        "authentication": {},
        "actions": [{ "key": "ship", "title": "Ship a parcel", "type": "APP_ACTION_TYPE_AUTOMATION" }],
        "identity_function": function, "build_function": function, "action_function": function,
    });
    for kind in ["identity", "build", "action"] {
        fs::create_dir_all(app.join("functions").join(kind)).unwrap();
        fs::write(app.join("functions").join(kind).join("index.js"), BUILD).unwrap();
    }
    fs::write(app.join("app.json"), definition.to_string()).unwrap();
    app
}

/// Runs as they were left by other days. What they hold cannot be opened, only listed.
fn fill(stage: &Stage, count: usize) {
    let store = Store::open(&stage.folder().join("data/stepsmith.db")).unwrap();
    let app_id = store.apps().recent(1).unwrap()[0].id.clone();
    for n in 0..count {
        let (status, error) = match n % 9 {
            3 => ("failed", vec![format!("The service answered 422: parcel {n} has no recipient")]),
            5 => ("waiting", Vec::new()),
            _ => ("completed", Vec::new()),
        };
        let new = NewFlowRun {
            id: format!("00000000-0000-4000-8000-{n:012}"),
            app_id: app_id.clone(),
            action_key: "ship".into(),
            action_title: "Ship a parcel".into(),
            status: status.into(),
            stage: "run".into(),
            texts: Texts { said: vec![format!("Parcel {n} for Jürgen Brandt")], errors: error },
            ..NewFlowRun::default()
        };
        store.flow_runs().insert(&new, 1_760_000_000_000 + n as i64 * 60_000).unwrap();
    }
}

impl Window {
    async fn open_history(&self, entries: &str) {
        self.press(HISTORY).await;
        self.text(entries).await;
    }
}

/// Starts a run that fails in Build.
async fn fail(window: &Window) {
    window.open_preview().await;
    window.start_flow("Ship a parcel").await;
    window.find("//aside//*[contains(., 'The depot is closed')]").await;
}

#[tokio::test]
async fn a_run_is_found_in_a_long_history_and_a_failed_call_leads_to_its_line() {
    on_stage("history", async |stage| {
        let app = app(stage.folder());
        let app = app.to_str().unwrap();
        let window = stage.open(&[app]).await;
        fail(&window).await;
        window.close().await;
        fill(stage, 250);

        let window = stage.open(&[app]).await;
        window.open_history("251 entries").await;
        // To the end of the list, which was not read yet, by key.
        let first =
            window.find("//*[@role='listitem'][@aria-posinset='1']//button[@data-entry]").await;
        let focus = "arguments[0].focus();";
        window.client.execute(focus, vec![json!(first)]).await.unwrap();
        window.client.active_element().await.unwrap().send_keys("\u{E010}").await.unwrap();
        window
            .find(
                "//*[@role='listitem'][@aria-posinset='251'][.//*[.='Error: The depot is closed']]",
            )
            .await;

        window.fill("Search", "PARCEL 77 for jü").await;
        window.text("1 entry").await;
        window.fill("Search", "depot is").await;
        window
            .find(
                "//*[@role='list'][count(.//*[@role='listitem'])=1]\
                 [.//*[.='Error: The depot is closed']]",
            )
            .await;
        window
            .click("//*[@role='listitem']//button[starts-with(@aria-label, 'Open Ship a parcel')]")
            .await;
        window.gone("//*[@role='list'][@aria-label='History']").await;
        window.find("//aside//*[contains(., 'The depot is closed')]").await;

        window.tab("Build Function").await;
        window.press("Test-run").await;
        window.press("Run function").await;
        window.find("//section[@aria-label='Test-run']//*[@role='tab']").await;
        window.tab("Basic Info").await;
        window.open_history("252 entries").await;
        window.choose("Kind", "Single calls").await;
        window.text("1 entry").await;
        window.click("//button[starts-with(@aria-label, 'Open Call of Build, failed')]").await;
        window
            .click(&format!("//*[@role='dialog']{}", button("functions/build/index.js:2:9")))
            .await;
        window.find(&format!("{}[@aria-selected='true']", tab("Build Function"))).await;
        window.gone("//*[@role='dialog']").await;
        window.close().await;
    })
    .await;
}

#[tokio::test]
#[ignore = "takes pictures for people and checks nothing: cargo xtask shots"]
async fn history_tour() {
    on_stage("history_tour", async |stage| {
        let app = app(stage.folder());
        let app = app.to_str().unwrap();
        let mut tour = Tour::new(stage.open(&[app]).await, 80);
        tour.window.press(HISTORY).await;
        tour.window.text("Nothing has happened yet").await;
        tour.shoot("history-empty").await;
        tour.window.press("Close").await;
        fail(&tour.window).await;
        tour.window.open_history("1 entry").await;
        tour.shoot("history-one").await;
        tour.window.close().await;
        fill(stage, 30);
        let mut tour = Tour::new(stage.open(&[app]).await, 82);
        tour.window.open_history("31 entries").await;
        tour.shoot("history").await;
        tour.window.fill("Search", "nowhere to be found").await;
        tour.window.text("Nothing fits").await;
        tour.shoot("history-nothing").await;
        tour.window.close().await;
    })
    .await;
}
