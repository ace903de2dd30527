//! A local server and an app to publish to it.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use definition::{App, FunctionKind};
use devserver::{DevServer, StartOptions, Token};
use publish::{Client, LocalApp, Plan, Publication, PublishError, Published, Secret};
use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub const TOKEN: &str = "test-token-9f2c";
pub const SECRET: &str = "client-secret-51aa";

pub struct Server {
    pub folder: tempfile::TempDir,
    pub handle: DevServer,
}

pub async fn server() -> Server {
    let folder = tempfile::tempdir().unwrap();
    let options = StartOptions {
        database: folder.path().join("server.db"),
        token: Token::new(TOKEN),
        prefix: "/integration".into(),
        ..StartOptions::default()
    };
    Server { handle: DevServer::start(options).await.unwrap(), folder }
}

impl Server {
    pub fn client(&self) -> Client {
        client(self.handle.url(), TOKEN)
    }
}

pub fn client(url: &str, token: &str) -> Client {
    Client::new(url.parse().unwrap(), &Secret::new(token)).unwrap()
}

pub fn code(text: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("index.js", SimpleFileOptions::default()).unwrap();
    writer.write_all(text.as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

pub fn logo(shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 128, 128);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(&vec![shade; 128 * 128]).unwrap();
    bytes
}

/// An OAuth2 app with all five functions, a logo and fields of the future.
pub fn app() -> LocalApp {
    let request = json!({"method": "POST", "url": "https://example.com/token", "future": 1,
        "body_fields": [{"name": "client_secret", "value": "{{client_secret}}"}]});
    let definition: App = serde_json::from_value(json!({
        "app_id": "of another server",
        "name": "Esign",
        "description": "Signs documents",
        "category": "APP_CATEGORY_E_SIGNATURE",
        "actions": [{"key": "sign", "title": "Sign", "type": "APP_ACTION_TYPE_ACTION", "future": [1]}],
        "authentication": {"oauth2": {"client_id": "id", "client_secret": {"secret": "client_secret"},
            "authorization_request": request, "get_token_request": request, "refresh_token_request": request}},
        "identity_function": {}, "build_function": {}, "action_function": {"by_zip": true},
        "redirect_function": {}, "webhook_function": {},
        "future": {"kept": true},
    }))
    .unwrap();
    LocalApp {
        definition,
        secrets: BTreeMap::from([("client_secret".to_owned(), Secret::new(SECRET))]),
        logo: Some(logo(1)),
        functions: FunctionKind::ALL.into_iter().map(|kind| (kind, code(kind.as_str()))).collect(),
    }
}

pub async fn planned(client: &Client, local: &LocalApp, app_id: Option<&str>) -> Plan {
    let remote = match app_id {
        Some(app_id) => client.remote_app(app_id).await.unwrap(),
        None => None,
    };
    Publication::plan(local, remote.as_ref()).unwrap()
}

pub async fn published(
    client: &Client,
    local: &LocalApp,
    app_id: Option<&str>,
) -> Result<Published, PublishError> {
    let plan = planned(client, local, app_id).await;
    Publication::new(client.clone()).execute(plan, |_| {}).await
}

/// Every step that is not `unchanged`, as text.
pub fn changes(plan: &Plan) -> Vec<String> {
    let steps = plan.steps();
    assert_eq!(steps.len(), 8);
    steps
        .iter()
        .filter(|step| step.change != publish::Change::Unchanged)
        .map(ToString::to_string)
        .collect()
}
