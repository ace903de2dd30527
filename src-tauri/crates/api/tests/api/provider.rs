//! A provider that answers as a test says, and remembers what it was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    pub head: String,
    pub body: String,
}

impl Asked {
    /// A field of the form in the body.
    pub fn field(&self, name: &str) -> Option<String> {
        let pairs: HashMap<String, String> =
            url::form_urlencoded::parse(self.body.as_bytes()).into_owned().collect();
        pairs.get(name).cloned()
    }
}

/// What comes back.
#[derive(Clone, Debug)]
pub enum Reply {
    /// These bytes, then the end of the connection.
    Bytes(Vec<u8>),
    /// These bytes, then nothing for a minute.
    Stall(Vec<u8>),
}

impl Reply {
    /// A whole answer: status, headers in lines, body.
    pub fn http(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut bytes = format!("HTTP/1.1 {status} X\r\n").into_bytes();
        for line in headers.lines() {
            bytes.extend_from_slice(format!("{line}\r\n").as_bytes());
        }
        let length = body.len();
        let rest = format!("content-length: {length}\r\nconnection: close\r\n\r\n");
        bytes.extend_from_slice(rest.as_bytes());
        bytes.extend_from_slice(body);
        Self::Bytes(bytes)
    }

    /// A JSON answer.
    pub fn json(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::http(status, "content-type: application/json", body)
    }
}

type Answer = dyn Fn(&Asked, usize) -> Reply + Send + Sync;

pub struct Provider {
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Provider {
    /// `answer` gets the request and how many of its path came before it, and gives status and body; status 0 closes the connection
    /// without a word.
    pub async fn start(
        answer: impl Fn(&Asked, usize) -> (u16, Value) + Send + Sync + 'static,
    ) -> Self {
        Self::scripted(move |asked, before| match answer(asked, before) {
            (0, _) => Reply::Bytes(Vec::new()),
            (status, body) => Reply::json(status, body.to_string()),
        })
        .await
    }

    /// The same for one that answers in bytes of its own.
    pub async fn scripted(answer: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, answer): (_, Arc<Answer>) = (asked.clone(), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, log.clone(), answer.clone()));
            }
        });
        Self { url, asked }
    }

    /// The requests for a path.
    pub fn asked(&self, path: &str) -> Vec<Asked> {
        self.asked.lock().unwrap().iter().filter(|one| one.path == path).cloned().collect()
    }

    /// An app that gets its tokens here, its account named by the access token.
    pub fn app(&self) -> Value {
        let post = |grant: &str, name: &str| {
            json!({ "method": "POST", "url": format!("{}/token", self.url), "body_fields": [
                { "name": "grant_type", "value": grant },
                { "name": name, "value": format!("{{{{{name}}}}}") },
                { "name": "client_secret", "value": "{{client_secret}}" },
            ] })
        };
        json!({
            "authentication": { "oauth2": {
                "client_id": "app",
                "client_secret": { "secret": "client_secret" },
                "authorization_request": { "method": "GET", "url": format!("{}/authorize", self.url), "queries": [
                    { "name": "redirect_uri", "value": "{{redirect_uri}}" },
                ] },
                "get_token_request": post("authorization_code", "code"),
                "refresh_token_request": post("refresh_token", "refresh_token"),
                "test_token_request": { "method": "GET", "url": format!("{}/me", self.url), "headers": [
                    { "name": "Authorization", "value": "Bearer {{access_token}}" },
                ] },
            } },
            "actions": [{ "key": "wait", "title": "Wait", "type": "APP_ACTION_TYPE_AUTOMATION" }],
        })
    }
}

async fn serve(mut stream: TcpStream, log: Arc<Mutex<Vec<Asked>>>, answer: Arc<Answer>) {
    let mut bytes = Vec::new();
    let asked = loop {
        let mut part = [0; 4096];
        let read = stream.read(&mut part).await.unwrap_or(0);
        if read == 0 {
            return;
        }
        bytes.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| {
            line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok()
        });
        if body.len() >= length.unwrap_or(0) {
            let path = head.split([' ', '?']).nth(1).unwrap_or_default().to_owned();
            break Asked { path, head: head.to_owned(), body: body.to_owned() };
        }
    };
    let before = {
        let mut log = log.lock().unwrap();
        let before = log.iter().filter(|one| one.path == asked.path).count();
        log.push(asked.clone());
        before
    };
    let reply = answer(&asked, before);
    // Long enough for another request to come meanwhile.
    tokio::time::sleep(Duration::from_millis(30)).await;
    match reply {
        Reply::Bytes(bytes) => drop(stream.write_all(&bytes).await),
        Reply::Stall(bytes) => {
            let _ = stream.write_all(&bytes).await;
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
    }
    // What the client still sends is read: a connection that is closed on unread bytes is reset, and takes the answer with it.
    let _ = stream.shutdown().await;
}
