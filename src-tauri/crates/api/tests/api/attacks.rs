//! Attacks on an authorization that is under way. After each the attempt stands as before, or has failed and says why; no code reaches a
//! token URL that it was not made for.

mod door;
mod page;
mod state;

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use url::Url;

use crate::provider::Provider;
use crate::shared::in_shared_world;
use crate::world::World;

const IDENTITY: &str =
    "exports.handler = async () => ({ output: { unique_id: 'u', display_id: 'd' } });";

/// An attempt that waits for its redirect.
struct Target<'a> {
    world: &'a World,
    provider: Provider,
    attempt: Value,
    /// The redirect URI.
    uri: Url,
    state: String,
}

/// What the browser was answered.
struct Answer {
    status: u16,
    headers: reqwest::header::HeaderMap,
    page: String,
}

impl<'a> Target<'a> {
    async fn set(world: &'a World) -> Self {
        let provider = Provider::start(|_, _| (200, json!({ "access_token": "a-token-1" }))).await;
        let definition = provider.app();
        Self::with(world, provider, definition).await
    }

    async fn with(world: &'a World, provider: Provider, definition: Value) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("attacked-{}", COUNT.fetch_add(1, Ordering::SeqCst));
        let app = world.app(&name, definition, &[("identity", IDENTITY)]).await;
        let secret = json!({ "app": app, "name": "client_secret", "value": "hush-hush-client" });
        world.get("set_secret", secret).await;
        let attempt = world.get("start_authorization", json!({ "app": app })).await;
        let page = Url::parse(attempt["url"].as_str().unwrap()).unwrap();
        let find = |name: &str| {
            page.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned()
        };
        let (uri, state) = (Url::parse(&find("redirect_uri")).unwrap(), find("state"));
        Self { world, provider, attempt, uri, state }
    }

    fn back(&self, query: &str) -> String {
        format!("{}?{}", self.uri, query.replace("STATE", &self.state))
    }

    /// A browser comes to the redirect URI.
    async fn comes(&self, query: &str) -> Answer {
        self.comes_with(query, &[]).await
    }

    async fn comes_with(&self, query: &str, headers: &[(&str, &str)]) -> Answer {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let mut request = client.build().unwrap().get(self.back(query));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Answer { status, headers, page: answer.text().await.unwrap() }
    }

    /// These bytes on a connection of their own.
    async fn raw(&self, text: &str) -> String {
        let mut stream = TcpStream::connect(self.host()).await.unwrap();
        let _ = stream.write_all(text.as_bytes()).await;
        let _ = stream.shutdown().await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.uri.port().unwrap())
    }

    fn asked(&self) -> usize {
        self.provider.asked("/token").len()
    }

    async fn now(&self) -> Value {
        self.world.get("read_authorization", json!({ "authorization": self.attempt["id"] })).await
    }

    /// The attempt does not mind: nothing was sent, and its own redirect still brings the token.
    async fn assert_unharmed(&self) {
        assert_eq!(self.now().await["status"], "running");
        assert_eq!(self.asked(), 0);
        let answer = self.comes("code=the-right-code&state=STATE").await;
        assert_eq!(answer.status, 200, "{}", answer.page);
        assert_eq!(self.over().await["status"], "done");
        let asked = self.provider.asked("/token");
        let codes: Vec<_> = asked.iter().filter_map(|asked| asked.field("code")).collect();
        assert_eq!(codes, ["the-right-code"]);
    }

    async fn over(&self) -> Value {
        let read = json!({ "authorization": self.attempt["id"] });
        self.world.until("read_authorization", read, |it| it["status"] != "running").await
    }

    /// It failed without a word to the provider.
    async fn assert_failed(&self, says: &str) {
        let attempt = self.over().await;
        let error = attempt["error"].to_string();
        assert!(attempt["status"] == "failed" && error.contains(says), "{attempt:#}");
        assert_eq!(self.asked(), 0);
    }
}

/// A test with an attempt of its own.
fn attacked(test: impl AsyncFnOnce(Target<'_>)) {
    in_shared_world(async |world| test(Target::set(world).await).await);
}
