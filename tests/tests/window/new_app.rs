//! A new app: it works from the first minute, and a mistake leads to its line.

use std::fs;

use crate::elements::{quoted, region};
use crate::stage::on_stage;

#[tokio::test]
async fn a_new_app_runs_at_once_and_a_mistake_leads_to_its_line() {
    on_stage("new_app", async |stage| {
        let parent = stage.folder().join("apps");
        fs::create_dir(&parent).unwrap();
        let window = stage.open(&[]).await;
        window.press("New app").await;
        window.fill("Name", "House plants").await;
        window.fill("Parent folder", parent.to_str().unwrap()).await;
        window.press("Create app").await;
        window.open_preview().await;
        window.start_flow("House plants").await;
        window.find(&region("Form 1")).await;
        window.fill("What should be done?", "Water the plants").await;
        window.press("Done").await;
        // Two people, and whose turn it is sees the button.
        window.find(&region("Step")).await;
        for person in ["Assignee 1", "Assignee 2"] {
            let row = format!("//*[@role='listitem'][@aria-label={}]", quoted(person));
            window.click(&format!("{row}//button[normalize-space(.)='Done']")).await;
        }
        window.ended("Completed").await;
        window.message("Done: Water the plants").await;

        // Another editor breaks the function; the window runs what is on the disk.
        let code = "exports.handler = async () => {\n  const plants = undefined;\n  return plants.water();\n};\n";
        fs::write(parent.join("house-plants/functions/build/index.js"), code).unwrap();
        window.press("Start again").await;
        let problem = window.find("//*[@role='alert'][.//pre[@aria-label='Stack']]").await;
        let text = problem.text().await.unwrap();
        assert!(text.contains("undefined"), "{text}");
        let frame = "//pre[@aria-label='Stack']//button[contains(., 'build/index.js:3')]";
        window.click(frame).await;
        window.find("//*[@role='tab'][@aria-label='Build Function'][@aria-selected='true']").await;
        // The number of the line with the cursor stands out.
        window.find("//*[contains(@class, 'active-line-number')][normalize-space(.)='3']").await;
        window.close().await;
    })
    .await;
}
