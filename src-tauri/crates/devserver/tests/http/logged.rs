//! What the server logs.

use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::common::{SECRET, Server, TOKEN, oauth2};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn neither_the_token_nor_a_client_secret_is_logged() {
    let lines = Lines::default();
    let writer = lines.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .init();
    let server = Server::start().await;
    let app = server.app().await;
    let path = format!("{app}/authentication");
    assert_eq!(server.send("POST", &path, oauth2()).await.0, 201);
    assert_eq!(server.send("PATCH", &app, json!({"authentication": oauth2()})).await.0, 200);
    assert_eq!(
        server.send("PATCH", &path, json!({"oauth2": {"client_secret": SECRET}})).await.0,
        400
    );
    assert_eq!(server.get(&format!("{app}?dataForDownload=true")).await.0, 200);
    let logo = server.url(&format!("{}/logo?access_token={TOKEN}", app.replace("/developer", "")));
    assert_eq!(server.client.get(logo).send().await.unwrap().status(), 404);

    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let ours: Vec<_> = text.lines().filter(|line| line.contains("devserver")).collect();
    assert!(
        ours.iter().any(|line| line.contains(&path) && line.contains("status=201")),
        "{ours:?}"
    );
    for line in ours {
        assert!(!line.contains(SECRET) && !line.contains(TOKEN), "{line}");
    }
}
