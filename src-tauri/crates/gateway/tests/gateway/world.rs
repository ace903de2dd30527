//! A gateway with a sink that remembers.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use gateway::{
    Answer, Callback, CallbackSink, FileContent, Gateway, GatewayConfig, PageText, PathToken,
    Refused, ServedFile, Stored,
};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The path token of all tests.
pub const TOKEN: &str = "abcdefghijklmnopqrstuvwxyz";

#[derive(Default)]
pub struct Behaviour {
    /// What the file `disk` is.
    pub file: Option<PathBuf>,
}

#[derive(Default)]
pub struct Sink {
    behaviour: Behaviour,
    callbacks: Mutex<Vec<Callback>>,
    queries: Mutex<Vec<(String, String)>>,
}

impl Sink {
    pub fn take(&self) -> Vec<Callback> {
        std::mem::take(&mut self.callbacks.lock().unwrap())
    }

    pub fn queries(&self) -> Vec<(String, String)> {
        std::mem::take(&mut self.queries.lock().unwrap())
    }
}

impl CallbackSink for Sink {
    fn authorization_redirect(&self, queries: Vec<(String, String)>) -> Answer<'_, PageText> {
        Box::pin(async move {
            if queries.iter().any(|(name, _)| name == "slow") {
                tokio::time::sleep(Duration::from_millis(300)).await;
            }
            let error =
                queries.iter().find(|(name, _)| name == "error").map(|(_, value)| value.clone());
            self.queries.lock().unwrap().extend(queries);
            PageText {
                title: "Authorization".into(),
                ok: error.is_none(),
                text: error.unwrap_or_default(),
            }
        })
    }

    fn callback(&self, callback: Callback) -> Answer<'_, Result<Stored, Refused>> {
        Box::pin(async move {
            match callback.binding.as_str() {
                "unknown" => return Err(Refused::Unknown),
                "full-disk" => return Err(Refused::NotStored { reason: "no space left".into() }),
                "panics" => panic!("on purpose"),
                _ => {}
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
            self.callbacks.lock().unwrap().push(callback);
            Ok(Stored)
        })
    }

    fn file(&self, id: String) -> Answer<'_, Option<ServedFile>> {
        Box::pin(async move {
            match id.as_str() {
                "page" => Some(ServedFile {
                    name: "a\"\r\n é.html".into(),
                    mime_type: "text/html".into(),
                    content: FileContent::Bytes(Bytes::from_static(b"<script>")),
                }),
                "disk" => self.behaviour.file.clone().map(|path| ServedFile {
                    name: "big.bin".into(),
                    mime_type: "a/b\r\nX-Evil: 1".into(),
                    content: FileContent::Path(path),
                }),
                _ => None,
            }
        })
    }

    fn control(&self, verb: String, body: Value) -> Answer<'_, Option<Value>> {
        Box::pin(async move { (verb == "show").then(|| json!({ "shown": body })) })
    }
}

pub struct World {
    pub sink: Arc<Sink>,
    pub gateway: Gateway,
    pub client: reqwest::Client,
}

pub fn config() -> GatewayConfig {
    GatewayConfig::new(None, PathToken::parse(TOKEN).unwrap())
}

impl World {
    pub async fn start() -> Self {
        Self::with(config(), Behaviour::default()).await
    }

    pub async fn with(config: GatewayConfig, behaviour: Behaviour) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let sink = Arc::new(Sink { behaviour, ..Sink::default() });
        let gateway = Gateway::start(config, sink.clone()).await.unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { sink, gateway, client }
    }

    /// What `Host` must be.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.gateway.port())
    }

    /// Sends these bytes, says that no more will come, and reads to the end.
    pub async fn raw(&self, text: &[u8]) -> String {
        self.exchange(text, true).await
    }

    /// The same, but leaves the server waiting for more.
    pub async fn raw_open(&self, text: &[u8]) -> String {
        self.exchange(text, false).await
    }

    async fn exchange(&self, text: &[u8], end: bool) -> String {
        let mut stream = TcpStream::connect(self.host()).await.unwrap();
        let _ = stream.write_all(text).await;
        if end {
            let _ = stream.shutdown().await;
        }
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }
}
