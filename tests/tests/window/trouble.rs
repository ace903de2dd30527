//! Pictures of what an author sees when something is wrong; part of `cargo xtask shots`.

use std::fs;
use std::path::Path;

use fantoccini::Locator;

use crate::elements::button;
use crate::stage::on_stage;
use crate::tour::Tour;

const BROKEN: &str = "exports.handler = async ({ inputs }) => {\n  const plants = undefined;\n  return plants.water(inputs);\n};\n";
const RICH: &str = "exports.handler = async (parameters) => {\n  console.log('asked for', Object.keys(parameters));\n  console.warn('the \u{1f331} catalogue is slow today');\n  console.table([{ plant: 'Fern', litres: 1 }, { plant: 'Palm', litres: 12 }]);\n  await fetch('http://127.0.0.1:9/plants?all=true').catch((error) => console.error(error.message));\n  return { output: { from: { title: 1 } } };\n};\n";

#[tokio::test]
#[ignore = "takes pictures for people and checks nothing: cargo xtask shots"]
async fn trouble() {
    on_stage("trouble", async |stage| {
        let parent = stage.folder().join("apps");
        fs::create_dir(&parent).unwrap();
        let mut tour = Tour::new(stage.open(&[]).await, 60);
        tour.window.press("New app").await;
        tour.shoot("new-app").await;
        tour.window.fill("Name", "House plants").await;
        tour.window.fill("Parent folder", parent.to_str().unwrap()).await;
        tour.window.press("Create app").await;
        let folder = parent.join("house-plants");
        function(&mut tour, &folder).await;
        logo(&mut tour, stage.folder()).await;
        definition(&mut tour, &folder).await;
        tour.window.close().await;
    })
    .await;
}

async fn function(tour: &mut Tour, folder: &Path) {
    let index = folder.join("functions/build/index.js");
    tour.window.tab("Build Function").await;
    tour.window.find("//*[contains(@class, 'view-line')]").await;
    tour.window.press("Test-run").await;
    tour.shoot("function-test-run").await;
    tour.window.press("Run function").await;
    tour.window.find("//section[@aria-label='Test-run']//*[@role='tab']").await;
    tour.shoot("function-result").await;
    fs::write(&index, RICH).unwrap();
    tour.window.press("Compare with Node").await;
    tour.window.find("//*[@aria-label='Which run is shown']").await;
    tour.shoot("function-compared").await;
    tour.window.press("Use a zip").await;
    tour.shoot("function-zip").await;
    tour.window.press("Cancel").await;
    fs::write(&index, BROKEN).unwrap();
    tour.window.press("Run function").await;
    tour.window
        .find("//*[@aria-label='Latest error of this function'][contains(., 'water')]")
        .await;
    tour.shoot("function-error").await;
    tour.window.press("Close the test-run").await;
    // Typed here and written there before either is noticed.
    tour.window.click("//*[contains(@class, 'view-line')]").await;
    let active = tour.window.client.active_element().await.unwrap();
    active.send_keys("// mine ").await.unwrap();
    fs::write(&index, "// theirs\nexports.handler = async () => ({ output: {} });\n").unwrap();
    tour.window.find(&button("Take theirs")).await;
    tour.shoot("function-conflict").await;
    tour.window.press("Keep mine").await;
    tour.window.gone(&button("Take theirs")).await;
    fs::remove_file(&index).unwrap();
    tour.window.find(&button("Start from the template")).await;
    tour.shoot("function-missing").await;
}

async fn logo(tour: &mut Tour, folder: &Path) {
    let file = folder.join("not-a-logo.png");
    fs::write(&file, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
    tour.window.tab("Basic Info").await;
    tour.window.find(&button("Choose logo…")).await;
    let field = tour.window.client.find(Locator::Css("input[type=file]")).await.unwrap();
    field.send_keys(file.to_str().unwrap()).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    tour.shoot("logo-refused").await;
}

async fn definition(tour: &mut Tour, folder: &Path) {
    let file = folder.join("app.json");
    let text = fs::read_to_string(&file).unwrap();
    let long = "A name that nobody would choose but somebody has to see, with Donaudampfschifffahrtsgesellschaftskapitän in it";
    fs::write(&file, text.replacen("House plants", long, 1)).unwrap();
    tour.window.find(&format!("//*[contains(., '{}')]", &long[..40])).await;
    tour.shoot("long-name").await;
    tour.window.press("Back to start").await;
    tour.shoot("start-long-name").await;
    fs::write(&file, text.replacen(':', " :: ", 3)).unwrap();
    tour.window.press(&format!("Open {long}")).await;
    tour.window.find(&button("Read again from disk")).await;
    tour.shoot("repair").await;
    fs::write(&file, [0xff, 0xfe, 0x00, 0xd8]).unwrap();
    tour.window.press("Read again from disk").await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    tour.shoot("repair-no-text").await;
}
