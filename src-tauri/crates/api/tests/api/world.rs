//! An api as the desktop starts it, with nobody in front of it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use api::{Api, ApiError, Event, Host, Options, StartError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use services::visitor::{Pages, Visitor};
use services::{Services, Settings};
use tempfile::TempDir;

/// Keeps what the window would have been told.
#[derive(Clone, Default)]
pub struct Told(Arc<Mutex<Vec<Event>>>, Arc<AtomicUsize>);

impl Told {
    pub fn all(&self) -> Vec<Event> {
        self.0.lock().unwrap().clone()
    }

    /// How often the window was asked to come to the front.
    pub fn shown(&self) -> usize {
        self.1.load(Ordering::SeqCst)
    }
}

impl Host for Told {
    fn emit(&self, event: Event) {
        self.0.lock().unwrap().push(event);
    }

    fn open_url(&self, _: &str) -> Result<(), String> {
        Err("there is no browser here".to_owned())
    }

    fn pick_folder(&self, _: &str, _: Option<PathBuf>) -> Option<PathBuf> {
        None
    }

    fn show(&self) {
        self.1.fetch_add(1, Ordering::SeqCst);
    }
}

/// Everything that any part of the program logs, of all tests of this process.
pub mod logs {
    use std::io::{self, Write};
    use std::sync::{Mutex, Once};

    static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

    struct Lines;

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            LINES.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    pub fn keep() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            tracing_subscriber::fmt()
                .with_max_level(tracing::Level::TRACE)
                .with_ansi(false)
                .with_writer(|| Lines)
                .init();
        });
    }

    pub fn all() -> String {
        String::from_utf8_lossy(&LINES.lock().unwrap()).into_owned()
    }
}

/// A started api, the folder it keeps its data in, and the sample services on a port of their own.
pub struct World {
    pub api: Api,
    pub told: Told,
    pub folder: TempDir,
    pub services: Services,
}

pub fn sample_apps() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../sample-apps")
}

impl World {
    pub async fn start() -> Self {
        Self::start_on(tempfile::tempdir().unwrap()).await
    }

    pub async fn start_on(folder: TempDir) -> Self {
        Self::start_on_with(folder, |_| ()).await
    }

    /// With other options.
    pub async fn start_with(change: impl FnOnce(&mut Options)) -> Self {
        Self::start_on_with(tempfile::tempdir().unwrap(), change).await
    }

    async fn start_on_with(folder: TempDir, change: impl FnOnce(&mut Options)) -> Self {
        logs::keep();
        let on_any_port = services::StartOptions { port: 0, settings: Settings::default() };
        let services = Services::start(on_any_port).await.unwrap();
        let told = Told::default();
        let mut options = options(folder.path(), &services);
        change(&mut options);
        let api = Api::start(options, Box::new(told.clone())).await.unwrap();
        Self { api, told, folder, services }
    }

    /// Ends the program and starts it again on the same data.
    pub async fn restart(self) -> Self {
        self.api.shut_down().await;
        let Self { api, told, folder, services } = self;
        drop(api);
        // Tasks that end with the runtime may hold the data folder's lock a moment longer.
        let began = Instant::now();
        loop {
            match start(folder.path(), &services, told.clone()).await {
                Ok(api) => return Self { api, told, folder, services },
                Err(StartError::AlreadyRunning) if began.elapsed() < Duration::from_secs(10) => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// As if this process had been killed: a new one starts on a copy of what is on the disk.
    pub async fn killed(self) -> Self {
        let copied = tempfile::tempdir().unwrap();
        let data = data_of(copied.path());
        std::fs::create_dir_all(&data).unwrap();
        for entry in std::fs::read_dir(self.data()).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                std::fs::copy(entry.path(), data.join(entry.file_name())).unwrap();
            }
        }
        let Self { told, services, .. } = self;
        let api = start(copied.path(), &services, told.clone()).await.unwrap();
        Self { api, told, folder: copied, services }
    }

    pub fn data(&self) -> PathBuf {
        data_of(self.folder.path())
    }

    /// One command, as the window sends it.
    pub async fn call<T: DeserializeOwned>(
        &self,
        name: &str,
        body: impl Serialize,
    ) -> Result<T, ApiError> {
        let answer = api::dispatch(&self.api, name, serde_json::to_value(body).unwrap()).await?;
        Ok(serde_json::from_value(answer).unwrap())
    }

    /// The same for one that has to succeed.
    pub async fn get(&self, name: &str, body: Value) -> Value {
        self.call(name, body).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// A copy of a sample app that talks to this world's services, opened; its id.
    pub async fn open_sample(&self, name: &str) -> String {
        let folder = self.folder.path().join("apps").join(name);
        copy(&sample_apps().join(name), &folder, &self.services);
        let view = self.get("open_app", json!({ "path": folder })).await;
        view["id"].as_str().unwrap().to_owned()
    }

    /// An app of these functions, opened; its id. All five kinds exist unless the definition says otherwise.
    pub async fn app(&self, name: &str, definition: Value, functions: &[(&str, &str)]) -> String {
        let folder = self.folder.path().join("apps").join(name);
        let mut whole = json!({ "name": name, "authentication": {} });
        for kind in
            ["identity", "build", "action"].iter().chain(functions.iter().map(|(kind, _)| kind))
        {
            whole[format!("{kind}_function")] = json!({ "by_zip": false });
        }
        for (key, value) in definition.as_object().unwrap() {
            whole[key] = value.clone();
        }
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("app.json"), whole.to_string()).unwrap();
        for (kind, code) in functions {
            let path = folder.join("functions").join(kind);
            std::fs::create_dir_all(&path).unwrap();
            std::fs::write(path.join("index.js"), code).unwrap();
        }
        let view = self.get("open_app", json!({ "path": folder })).await;
        view["id"].as_str().unwrap().to_owned()
    }

    /// Other code for a function of such an app, as another editor would write it.
    pub fn write_function(&self, app: &str, kind: &str, code: &str) {
        let path = self.folder.path().join("apps").join(app).join("functions").join(kind);
        std::fs::write(path.join("index.js"), code).unwrap();
    }

    /// Walks a page of the sample services.
    pub async fn visit(&self, url: &str, pages: Value) {
        let pages: Pages = serde_json::from_value(pages).unwrap();
        let visitor = Visitor::new(self.services.url()).unwrap();
        visitor.visit(url, &pages.answers()).await.unwrap();
    }

    /// Walks the sample app `esign` from the authorization to its end; the run.
    pub async fn walk_esign(&self, app: &str) -> Value {
        let answers = std::fs::read(sample_apps().join("esign/answers/sign.json")).unwrap();
        let answers: Value = serde_json::from_slice(&answers).unwrap();
        let start =
            json!({ "app": app, "action_key": answers["action"], "context": answers["context"] });
        let run = self.get("start_flow", start).await;
        let id = run["id"].as_str().unwrap();
        let read = json!({ "flow_run": id });
        let attempt = self.get("start_authorization", json!({ "app": app, "flow_run": id })).await;
        self.visit(attempt["url"].as_str().unwrap(), answers["pages"].clone()).await;
        let mut run = self
            .until("read_flow_run", read.clone(), |run| {
                run["view"]["form"].is_object() && run["busy"] == false
            })
            .await;
        for values in answers["forms"].as_array().unwrap() {
            let answer = self.get("submit_form", json!({ "flow_run": id, "values": values })).await;
            assert!(answer["problems"].as_array().unwrap().is_empty(), "{answer:#}");
            run = answer["run"].clone();
        }
        assert_eq!(run["view"]["waiting_for"]["type"], "button", "{run:#}");
        let click = json!({ "flow_run": id, "step": 0, "button": 0 });
        let run = self.get("click_button", click).await;
        let page = run["view"]["card"]["steps"][0]["open_url"]["url"].clone();
        self.get("open_url", json!({ "flow_run": id, "step": 0, "in_browser": false })).await;
        self.visit(
            page.as_str().unwrap_or_else(|| panic!("no page in {run:#}")),
            answers["pages"].clone(),
        )
        .await;
        self.until("read_flow_run", read, |run| {
            run["view"]["status"] == "completed" && run["busy"] == false
        })
        .await
    }

    /// Asks until the answer is as wanted.
    pub async fn until(&self, name: &str, body: Value, wanted: impl Fn(&Value) -> bool) -> Value {
        let began = Instant::now();
        loop {
            let answer = self.get(name, body.clone()).await;
            if wanted(&answer) {
                return answer;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "{name} stays at {answer:#}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

pub fn data_of(folder: &Path) -> PathBuf {
    folder.join("data")
}

fn options(folder: &Path, services: &Services) -> Options {
    Options {
        worker_program: Some(PathBuf::from(env!("CARGO_BIN_EXE_bindings"))),
        key_in_file: true,
        services_port: services.url().port().unwrap(),
        new_app_folder: folder.join("new"),
        ..Options::at(data_of(folder))
    }
}

pub async fn start(folder: &Path, services: &Services, told: Told) -> Result<Api, StartError> {
    Api::start(options(folder, services), Box::new(told)).await
}

fn copy(from: &Path, to: &Path, services: &Services) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target, services);
        } else if let Ok(text) = std::fs::read_to_string(entry.path()) {
            let there = format!("http://127.0.0.1:{}", services::DEFAULT_PORT);
            let here = services.url().as_str().trim_end_matches('/').to_owned();
            std::fs::write(target, text.replace(&there, &here)).unwrap();
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
