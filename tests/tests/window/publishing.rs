//! Publishing from the window: to the local server that it starts, and to a server with an access token.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::built::CLI;
use crate::elements::field;
use crate::programs::{Program, built_program};
use crate::stage::on_stage;
use crate::window::Window;

#[tokio::test]
async fn an_app_is_published_to_the_local_server_and_to_one_with_a_token() {
    on_stage("publish", async |stage| {
        let window = stage.open(&["--sample", "esign"]).await;
        window.press("Publish").await;
        window.press("Start local server").await;
        let local_id = create(&window, "Local server").await;

        let team = Server::start(&stage.folder().join("team"));
        window.press("Publish").await;
        window.press("Add server").await;
        window.fill("Server name", "Team server").await;
        window.fill("Server URL", &team.url).await;
        window.fill("Access token", &team.token).await;
        window.press("Save server").await;
        let team_id = create(&window, "Team server").await;
        team.demand_the_sample(&team_id).await;

        // A second time there is nothing new.
        window.press("Publish").await;
        window
            .click("//input[@type='radio'][@id=//label[normalize-space(.)='Team server']/@for]")
            .await;
        window.text("The server has the same app already").await;
        window.close().await;

        // The local server's data stays when the window closes: the command line serves it again.
        Server::start(&stage.folder().join("data")).demand_the_sample(&local_id).await;
    })
    .await;
}

/// In the open dialog, with a server that does not have the app yet: publishes. Gives the app's id there.
async fn create(window: &Window, server: &str) -> String {
    window.text("The app is new on this server").await;
    window.press("Create on server").await;
    window.text(&format!("Published to {server}")).await;
    window.find("//table[@aria-label='What was done']").await;
    let id = window
        .find(&format!("//*[@role='dialog']{}", field("App id")))
        .await
        .prop("value")
        .await
        .unwrap()
        .unwrap();
    assert!(!id.is_empty());
    window.press("Done").await;
    window.gone("//*[@role='dialog']").await;
    id
}

/// `stepsmith serve`.
struct Server {
    url: String,
    token: String,
    _program: Program,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut command = Command::new(built_program(CLI));
        command.args(["serve", "--json", "--data"]).arg(data).stdin(Stdio::null());
        let (program, line) = Program::start_and_read(&mut command);
        let told: Value = serde_json::from_str(&line).unwrap();
        let word = |name: &str| told[name].as_str().unwrap().to_owned();
        Self { url: word("url"), token: word("token"), _program: program }
    }

    /// The whole of the sample is there, asked for over the REST interface.
    async fn demand_the_sample(&self, app_id: &str) {
        let app = format!("/developer/apps/{app_id}");
        let read = self.json(&app).await;
        assert_eq!(read["name"], "E-Signature", "{read}");
        assert_eq!(read["actions"][0]["key"], "send_for_signature", "{read}");
        let authentication = self.json(&format!("{app}/authentication")).await;
        assert_eq!(authentication["oauth2"]["client_id"], "stepsmith-esign", "{authentication}");
        for kind in ["IDENTITY", "BUILD", "ACTION", "REDIRECT", "WEBHOOK"] {
            let package = self.get(&format!("{app}/functions/{kind}/zip?version=$LATEST")).await;
            assert!(package.bytes().await.unwrap().starts_with(b"PK"), "{kind} is no zip");
        }
    }

    async fn json(&self, path: &str) -> Value {
        self.get(path).await.json().await.unwrap()
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        // The workspace builds reqwest without a crypto provider of its own; a second install is refused and harmless.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let address = format!("{}/framework/v1{path}", self.url);
        let answer = client.get(address).bearer_auth(&self.token).send().await.unwrap();
        answer.error_for_status().unwrap()
    }
}
