//! What an author does with the keyboard: new apps, fields, functions in their editor; and what is looked up in exchanges.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use fantoccini::Locator;
use serde_json::json;

use crate::elements::{LOOK, PATIENCE, button, field, quoted, region};
use crate::stage::Stage;
use crate::window::Window;

pub const ENTER: char = '\u{e007}';
pub const DOWN: char = '\u{e015}';
const END: char = '\u{e010}';
const CONTROL: char = '\u{e009}';

impl Window {
    /// Waits until the keys go to the field with a label.
    pub async fn focused(&self, label: &str) {
        let begin = Instant::now();
        let has = "return document.activeElement === arguments[0];";
        loop {
            if let Some(element) = self.look(&field(label)).await
                && self.client.execute(has, vec![json!(element)]).await.unwrap() == true
            {
                return;
            }
            assert!(begin.elapsed() < PATIENCE, "the keys do not go to {label}");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Types wherever the keys go.
    pub async fn keys(&self, text: &str) {
        self.client.active_element().await.unwrap().send_keys(text).await.unwrap();
    }

    pub async fn value(&self, label: &str) -> String {
        self.field(label).await.prop("value").await.unwrap().unwrap_or_default()
    }

    /// The exchanges that are listed, the latest first.
    pub async fn exchanges(&self) -> Vec<String> {
        let list = self.find("//*[@role='list'][@aria-label='Exchanges with the provider']").await;
        let mut names = Vec::new();
        for one in list.find_all(Locator::XPath("./*[@role='listitem']/button")).await.unwrap() {
            names.push(one.attr("aria-label").await.unwrap().unwrap_or_default());
        }
        names
    }

    /// Shows a hidden value in a part of the open exchange, gives it, and hides it again.
    pub async fn reveal(&self, part: &str, name: &str) -> String {
        let part = region(part);
        let show = format!("starts-with(@aria-label, {})", quoted(&format!("Show {name},")));
        self.click(&format!("{part}//button[{show}]")).await;
        let hide = format!("{part}{}", button(&format!("Hide {name}")));
        let shown = self.find(&format!("{hide}/preceding-sibling::span[1]")).await;
        let text = shown.text().await.unwrap();
        self.click(&hide).await;
        self.gone(&hide).await;
        text
    }

    /// Makes an app of that name, in a folder of the stage's; gives its folder.
    pub async fn new_app(&self, stage: &Stage, name: &str) -> PathBuf {
        let parent = stage.folder().join("apps");
        fs::create_dir_all(&parent).unwrap();
        let before: Vec<PathBuf> = folders(&parent);
        self.press("New app").await;
        self.fill("Name", name).await;
        self.fill("Parent folder", parent.to_str().unwrap()).await;
        self.press("Create app").await;
        self.find("//*[@role='tab'][@aria-label='Basic Info'][@aria-selected='true']").await;
        // What is not an app passes: a file that is being written stands beside for a moment.
        folders(&parent)
            .into_iter()
            .find(|folder| !before.contains(folder) && folder.join("app.json").is_file())
            .unwrap()
    }

    /// Types an identity function of these lines into its editor, over what stands there; gives its file's text.
    pub async fn type_identity(&self, app: &Path, lines: &[&str]) -> String {
        self.tab("Identity Function").await;
        self.click("//*[contains(@class, 'view-line')]").await;
        self.keys(&format!("{CONTROL}a")).await;
        // The editor puts the closing brackets in itself; the keys for them go over those.
        self.keys("exports.handler = async ({ credential }) => {").await;
        for line in lines {
            self.keys(&format!("{ENTER}{line}")).await;
        }
        self.keys(&format!("{DOWN}{END};")).await;
        written(
            &app.join("functions/identity/index.js"),
            &format!("{}\n}};", lines[lines.len() - 1]),
        )
        .await
    }
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    fs::read_dir(parent).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// Once a function is on the disk, typed to its end.
async fn written(file: &Path, end: &str) -> String {
    let begin = Instant::now();
    loop {
        let text = fs::read_to_string(file).unwrap();
        if text.contains(end) {
            return text;
        }
        assert!(begin.elapsed() < PATIENCE, "not saved: {text}");
        tokio::time::sleep(LOOK).await;
    }
}
