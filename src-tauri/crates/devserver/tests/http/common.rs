//! A server with an empty database and a client that speaks to it.

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;

use devserver::{DevServer, FunctionTester, StartOptions, Token};
use reqwest::multipart::{Form, Part};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub const TOKEN: &str = "test-token-9f2c";
pub const SECRET: &str = "client-secret-51aa";

pub struct Server {
    pub folder: tempfile::TempDir,
    pub handle: DevServer,
    pub client: reqwest::Client,
}

pub fn options(folder: &Path) -> StartOptions {
    StartOptions {
        database: folder.join("server.db"),
        token: Token::new(TOKEN),
        ..StartOptions::default()
    }
}

pub fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

impl Server {
    pub async fn start() -> Self {
        Self::with_tester(None).await
    }

    pub async fn with_tester(tester: Option<Arc<dyn FunctionTester>>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let handle =
            DevServer::start(StartOptions { tester, ..options(folder.path()) }).await.unwrap();
        Self { folder, handle, client: http() }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}/framework/v1{path}", self.handle.url())
    }

    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        self.client.request(method.parse::<Method>().unwrap(), self.url(path)).bearer_auth(TOKEN)
    }

    pub async fn send(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        answer(self.request(method, path).json(&body).send().await.unwrap()).await
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        answer(self.request("GET", path).send().await.unwrap()).await
    }

    pub async fn delete(&self, path: &str) -> (u16, Value) {
        answer(self.request("DELETE", path).send().await.unwrap()).await
    }

    pub async fn form(&self, method: &str, path: &str, form: Form) -> (u16, Value) {
        answer(self.request(method, path).multipart(form).send().await.unwrap()).await
    }

    /// A new app; returns its path below `/framework/v1`.
    pub async fn app(&self) -> String {
        let (status, app) = self.send("POST", "/developer/apps", json!({"name": "Esign"})).await;
        assert_eq!(status, 201, "{app}");
        format!("/developer/apps/{}", app["app_id"].as_str().unwrap())
    }

    /// A function with code in the app at `app`.
    pub async fn function(&self, app: &str, kind: &str) {
        let (status, body) = self
            .form("POST", &format!("{app}/functions/{kind}"), function_form(&code(kind), false))
            .await;
        assert_eq!(status, 201, "{body}");
    }
}

pub async fn answer(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let bytes = response.bytes().await.unwrap();
    if bytes.is_empty() {
        return (status, Value::Null);
    }
    (
        status,
        serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| panic!("{status}: {}", String::from_utf8_lossy(&bytes))),
    )
}

pub fn function_form(zip: &[u8], by_zip: bool) -> Form {
    Form::new().part("file", file("function.zip", zip)).text("by_zip", by_zip.to_string())
}

pub fn file(name: &str, bytes: &[u8]) -> Part {
    Part::bytes(bytes.to_vec()).file_name(name.to_owned())
}

pub fn code(text: &str) -> Vec<u8> {
    zip_of(&[("index.js", text)])
}

pub fn zip_of(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub fn logo(shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 128, 128);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(&vec![shade; 128 * 128]).unwrap();
    bytes
}

pub fn oauth2() -> Value {
    let request = json!({"method": "GET", "url": "https://example.com/authorize",
        "queries": [{"name": "state", "value": "{{state}}"}], "headers": [], "body_fields": [], "future": true});
    json!({"oauth2": {"client_id": "id", "client_secret": SECRET, "authorization_request": request,
        "get_token_request": request, "future": {"kept": 1}}})
}
