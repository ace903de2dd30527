//! The sequence diagram of a flow run.

use std::fs;
use std::path::Path;

use fantoccini::key::Key;
use serde_json::json;

use crate::elements::{button, quoted};
use crate::stage::{Stage, on_stage};
use crate::window::Window;

const DIAGRAM: &str = "//*[@role='list'][@aria-label='Diagram']";

impl Window {
    /// Shows the timeline as a diagram or as a list.
    pub async fn timeline_as(&self, look: &str) {
        let look = quoted(look);
        self.click(&format!(
            "//*[@role='radiogroup'][@aria-label='Timeline as']//label[normalize-space(.)={look}]"
        ))
        .await;
    }

    /// The name of the message that has the focus.
    async fn focused_name(&self) -> String {
        let element = self.client.active_element().await.unwrap();
        element.attr("aria-label").await.unwrap().unwrap_or_default()
    }

    async fn types(&self, keys: &[Key]) {
        for key in keys {
            let element = self.client.active_element().await.unwrap();
            element.send_keys(&char::from(*key).to_string()).await.unwrap();
        }
    }

    /// After the E-Signature sample has been completed: the diagram from end to end with the keyboard, and out into files.
    pub async fn walk_diagram(&self, stage: &Stage) {
        self.timeline_as("Diagram").await;
        let last = format!("{DIAGRAM}/*[@role='listitem'][last()]/button[@data-entry]");
        self.click(&last).await;
        self.types(&[Key::Home]).await;
        let first = "Authorization. 1. Creator to Moxo Client: Add app to workspace";
        assert_eq!(self.focused_name().await, first);
        let action = "Invoke action function and get return value";
        while !self.focused_name().await.contains(action) {
            let before = self.focused_name().await;
            self.types(&[Key::Down]).await;
            assert_ne!(self.focused_name().await, before, "the end comes before {action}");
        }
        assert!(
            self.focused_name().await.contains(", 2 HTTP requests"),
            "{}",
            self.focused_name().await
        );
        self.types(&[Key::Right, Key::Down]).await;
        let request = "Integration Framework to External Service: GET 127.0.0.1/esign/v1/webhooks";
        assert!(self.focused_name().await.contains(request), "{}", self.focused_name().await);
        self.types(&[Key::Left, Key::Enter]).await;
        self.find(&format!("{DIAGRAM}//*[@role='tab'][normalize-space(.)='Contract']")).await;
        self.types(&[Key::Enter, Key::Left]).await;
        self.export_all(&stage.folder().join("diagrams")).await;
    }

    async fn export_all(&self, folder: &Path) {
        fs::create_dir(folder).unwrap();
        for (format, ending) in [("Mermaid", "mmd"), ("SVG", "svg"), ("PNG", "png")] {
            self.press("Export diagram").await;
            self.click(&format!(
                "//*[@role='dialog']//label[normalize-space(.)={}]",
                quoted(format)
            ))
            .await;
            self.fill("Save in", folder.to_str().unwrap()).await;
            self.fill("File name", "esign").await;
            self.press("Save").await;
            self.gone("//*[@role='dialog']").await;
            assert!(folder.join(format!("esign.{ending}")).is_file(), "{format}");
        }
        let mermaid = fs::read_to_string(folder.join("esign.mmd")).unwrap();
        assert!(mermaid.starts_with("%%{init: {'theme':'default'}}%%\nsequenceDiagram\n"));
        let svg = fs::read_to_string(folder.join("esign.svg")).unwrap();
        for message in mermaid.lines().filter_map(|line| line.split_once(": ")).skip(1) {
            let word = message.1.split(' ').next().unwrap();
            assert!(svg.contains(word), "{message:?} is not in the SVG");
        }
        // It stands alone: nothing in it is named that is elsewhere.
        let alone = svg.replace("http://www.w3.org/2000/svg", "");
        for foreign in
            ["http:", "https:", "var(", "class=", "href", "url(", "<script", "<foreignObject"]
        {
            assert!(!alone.contains(foreign), "{foreign} in the SVG");
        }
        let png = fs::read(folder.join("esign.png")).unwrap();
        let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert!(side(16) > 1_000 && side(20) > 1_000, "{} by {}", side(16), side(20));

        // A second time asks first.
        self.press("Export diagram").await;
        self.fill("File name", "esign").await;
        fs::write(folder.join("esign.mmd"), "somebody's").unwrap();
        self.press("Save").await;
        self.find(&button("Replace it")).await;
        assert_eq!(fs::read_to_string(folder.join("esign.mmd")).unwrap(), "somebody's");
        self.press("Replace it").await;
        self.gone("//*[@role='dialog']").await;
        assert_eq!(fs::read_to_string(folder.join("esign.mmd")).unwrap(), mermaid);
    }
}

/// An app whose one function makes five hundred requests; each is two messages.
fn busy_app(folder: &Path, service: &str) {
    let definition = json!({
        "name": "Busy", "authentication": {},
        "actions": [{ "key": "go", "title": "Go", "type": "APP_ACTION_TYPE_AUTOMATION" }],
        "build_function": { "by_zip": false }, "action_function": { "by_zip": false },
        "identity_function": { "by_zip": false },
    });
    let action = format!(
        "exports.handler = async () => {{ for (let count = 0; count < 500; count += 1) await fetch('{service}?' + count); \
         return {{ output: {{ status: 'completed' }} }}; }};"
    );
    let build = "exports.handler = async () => ({ output: { automation: {} } });";
    for (kind, code) in [("build", build), ("action", action.as_str())] {
        fs::create_dir_all(folder.join("functions").join(kind)).unwrap();
        fs::write(folder.join("functions").join(kind).join("index.js"), code).unwrap();
    }
    fs::write(folder.join("app.json"), definition.to_string()).unwrap();
}

/// Scrolls from one end to the other, so many pixels a frame, and gives the time between frames, in milliseconds.
const SCROLL: &str = "const [step, done] = arguments;\
    const list = document.querySelector('[aria-label=Diagram]');\
    const scroll = list.parentElement;\
    scroll.scrollTop = 0;\
    const times = [];\
    let most = 0, last;\
    const frame = (now) => {\
        if (last !== undefined) times.push(now - last);\
        last = now;\
        most = Math.max(most, document.querySelectorAll('[aria-label=Diagram] *').length);\
        scroll.scrollTop += step;\
        if (scroll.scrollTop + scroll.clientHeight < scroll.scrollHeight - 1) requestAnimationFrame(frame);\
        else done({ times, most, height: scroll.scrollHeight });\
    };\
    requestAnimationFrame(frame);";

struct Scrolled {
    median: f64,
    p95: f64,
    most: u64,
    height: u64,
}

/// Scrolls through all of it, with these styles on top.
async fn scroll(window: &Window, css: &str) -> Scrolled {
    const STYLE: &str = "const id = 'of-the-test';\
        const style = document.getElementById(id) ?? document.head.appendChild(document.createElement('style'));\
        style.id = id;\
        style.textContent = arguments[0];";
    window.client.execute(STYLE, vec![json!(css)]).await.unwrap();
    let scrolled = window.client.execute_async(SCROLL, vec![json!(480)]).await.unwrap();
    let mut times: Vec<f64> = serde_json::from_value(scrolled["times"].clone()).unwrap();
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    Scrolled {
        median: at(50),
        p95: at(95),
        most: scrolled["most"].as_u64().unwrap(),
        height: scrolled["height"].as_u64().unwrap(),
    }
}

#[tokio::test]
async fn a_thousand_messages_are_drawn_as_far_as_they_are_in_view() {
    on_stage("diagram_thousand", async |stage| {
        let settings = services::StartOptions { port: 0, settings: services::Settings::default() };
        let services = services::Services::start(settings).await.unwrap();
        let app = stage.folder().join("busy");
        busy_app(&app, services.url().as_str());
        let window = stage.open(&[app.to_str().unwrap()]).await;
        window.open_preview().await;
        window.press("Start").await;
        window.ended("Completed").await;
        window.press("Show the preview in full view").await;
        window.timeline_as("Diagram").await;
        window.press("HTTP requests").await;
        window.find(&format!("{DIAGRAM}//button[contains(@aria-label, 'Status ')]")).await;
        let count = format!("{DIAGRAM}/*[@role='listitem'][@aria-setsize='1010']");
        window.find(&count).await;
        let drawn = scroll(&window, "").await;
        let bare = scroll(&window, "[aria-label=Diagram] > * { display: none }").await;
        eprintln!(
            "ms between frames: median {:.1}, p95 {:.1}; with nothing drawn {:.1}, {:.1}; at most {} elements over {} pixels",
            drawn.median, drawn.p95, bare.median, bare.p95, drawn.most, drawn.height,
        );
        // A thousand messages are 30,000 pixels; elements are there for what is in view.
        assert!(drawn.height > 25_000, "{}", drawn.height);
        assert!(drawn.most < 1_500, "{}", drawn.most);
        window.close().await;
        services.shutdown().await;
    })
    .await;
}

const FAILING: &str = "exports.handler = async ({ callback, context }) => {
  const attempt = context.attempts;
  await fetch('SERVICE/a/rather/long/path/of/a/service/that/is/not/there?secret=x');
  if (attempt < 4) return { output: { retry: { delay: 0.2 } } };
  throw new Error('The service did not answer what it should.');
};";

#[tokio::test]
#[ignore = "takes pictures for people and checks nothing: cargo xtask shots"]
async fn pictures_of_diagrams() {
    on_stage("diagrams", async |stage| {
        let settings = services::StartOptions { port: 0, settings: services::Settings::default() };
        let services = services::Services::start(settings).await.unwrap();
        let app = stage.folder().join("busy");
        busy_app(&app, services.url().as_str());
        let failing = FAILING.replace("SERVICE", services.url().as_str().trim_end_matches('/'));
        fs::write(app.join("functions/action/index.js"), failing).unwrap();
        let window = stage.open(&[app.to_str().unwrap()]).await;
        let mut tour = crate::tour::Tour::new(window, 90);
        tour.window.open_preview().await;
        tour.window.press("Start").await;
        tour.window.find(&format!("{DIAGRAM}//button[contains(@aria-label, 'called 4 times')]")).await;
        tour.window.find(&button("Retry")).await;
        tour.shoot("diagram-failed").await;
        tour.window.press("Unfold the calls").await;
        tour.window.press("HTTP requests").await;
        tour.shoot("diagram-unfolded").await;
        tour.window.press("Show the preview in full view").await;
        tour.shoot("diagram-full").await;
        tour.window.press("HTTP requests").await;
        tour.window.click(&format!("({DIAGRAM}//button[contains(@aria-label, 'Invoke action')])[last()]")).await;
        tour.shoot("diagram-details").await;
        tour.window.press("Export diagram").await;
        tour.window.find("//*[@role='dialog']").await;
        tour.shoot("diagram-export").await;
        tour.window.press("Close").await;
        fs::write(app.join("functions/action/index.js"), "exports.handler = async () => { await new Promise((go) => setTimeout(go, 60_000)); return {}; };").unwrap();
        tour.window.press("Retry").await;
        tour.window.find("//*[@role='status'][contains(., 'is running')]").await;
        tour.shoot("diagram-running").await;
        tour.window.close().await;
        services.shutdown().await;
    })
    .await;
}
