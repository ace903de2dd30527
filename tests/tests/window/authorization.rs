//! The Authorization tab, from nothing to a saved account: what is typed, what is shown, what is sent.

use std::fs;

use fantoccini::Locator;
use services::{Services, Settings, StartOptions, demo_clients};

use crate::browser::visit;
use crate::elements::{LOOK, PATIENCE, field, quoted};
use crate::stage::on_stage;
use crate::walk::ACCOUNT;
use crate::window::Window;

const ENTER: char = '\u{e007}';
const CONTROL: char = '\u{e009}';

/// Asks the provider who signed in, as an author would write it.
fn identity_code(userinfo: &str) -> String {
    format!(
        "exports.handler = async ({{ credential }}) => {{\n  \
           const headers = {{ Authorization: `Bearer ${{credential.oauth2.access_token}}` }};\n  \
           const me = await (await fetch('{userinfo}', {{ headers }})).json();\n  \
           return {{ output: {{ unique_id: me.sub, display_id: `${{me.name}} (${{me.email}})` }} }};\n}};\n"
    )
}

impl Window {
    pub async fn choose_kind(&self, name: &str) {
        self.click(&format!("//label[normalize-space(.)={}]", quoted(name))).await;
    }

    /// A token request's tab; the number of its errors may stand behind the name.
    pub async fn request_tab(&self, name: &str) {
        let name = quoted(name);
        self.click(&format!("//*[@role='tab'][starts-with(normalize-space(.), {name})]")).await;
    }

    /// The preview of a request, once it says `part`.
    pub async fn preview_says(&self, request: &str, part: &str) {
        let name = quoted(&format!("{request}: text of the preview"));
        self.find(&format!("//*[@aria-label={name}][contains(., {})]", quoted(part))).await;
    }

    /// The steps of the attempt, each with how it stands.
    pub async fn steps(&self) -> Vec<String> {
        let list = self.find("//*[@aria-label='Steps of the authorization']").await;
        let mut steps = Vec::new();
        for step in list.find_all(Locator::XPath("./li")).await.unwrap() {
            let mark = step.find(Locator::XPath(".//*[@role='img']")).await.unwrap();
            let state = mark.attr("aria-label").await.unwrap().unwrap_or_default();
            steps.push(format!("{state} {}", step.text().await.unwrap().replace('\n', " ")));
        }
        steps
    }

    /// Types over what stands in a row. Not by clearing: a row that is drawn again just then would have its text back.
    pub async fn retype(&self, label: &str, text: &str) {
        self.click(&field(label)).await;
        let element = self.field(label).await;
        // The driver lets the modifier go at the end of a command, not before.
        element.send_keys(&format!("{CONTROL}a")).await.unwrap();
        element.send_keys(text).await.unwrap();
    }

    pub async fn holds(&self, label: &str, value: &str) {
        let begin = std::time::Instant::now();
        loop {
            let now = self.field(label).await.prop("value").await.unwrap().unwrap_or_default();
            if now == value {
                return;
            }
            assert!(begin.elapsed() < PATIENCE, "{label} holds {now:?} instead of {value:?}");
            tokio::time::sleep(LOOK).await;
        }
    }
}

#[tokio::test]
async fn an_author_sets_oauth2_up_by_hand_and_sees_the_account_at_once() {
    on_stage("authorization", async |stage| {
        // A provider of the test's own: nobody else signs in there.
        let options = StartOptions { port: 0, settings: Settings::default() };
        let provider = Services::start(options).await.unwrap();
        let at = |path: &str| provider.url().join(path).unwrap().to_string();
        let parent = stage.folder().join("apps");
        fs::create_dir(&parent).unwrap();
        let window = stage.open(&[]).await;
        window.press("New app").await;
        window.fill("Name", "Sign-in").await;
        window.fill("Parent folder", parent.to_str().unwrap()).await;
        window.press("Create app").await;
        window.tab("Authorization").await;
        window.text("No authorization").await;
        let app = parent.join("sign-in");
        let identity = app.join("functions/identity/index.js");
        fs::write(identity, identity_code(&at("oauth2/userinfo"))).unwrap();

        window.choose_kind("OAuth2").await;
        let demo = demo_clients();
        window.fill("Client id", demo.esign_client_id).await;
        // What this machine lacks is asked for by its name.
        window.find("//*[contains(., 'is not on this machine')]/code[.='client_secret']").await;
        window.fill("Client secret, new value", demo.esign_client_secret).await;
        window.press("Save secret").await;
        window.click("//label[.//input[@aria-label='Use PKCE']]").await;
        window.fill("Authorization URL: endpoint", &at("oauth2/authorize")).await;
        window.preview_says("Authorization URL", "code_challenge_method=S256").await;
        window.fill("Get token: endpoint", &at("oauth2/token")).await;
        window.preview_says("Get token", "client_secret=***").await;
        window.choose_kind("Basic header").await;
        let header = format!("Authorization: Basic base64({}:***)", demo.esign_client_id);
        window.preview_says("Get token", &header).await;

        // A variable that has no value there is named on its row; the keyboard puts in one that has.
        let row = "Body: value of code";
        window.retype(row, "{{cod}}").await;
        window
            .find("//*[contains(@id, '-error')][contains(., 'There is no variable {{cod}}')]")
            .await;
        window.retype(row, "{{co").await;
        window.find("//*[@role='option'][@aria-selected='true'][contains(., '{{code}}')]").await;
        window.field(row).await.send_keys(&ENTER.to_string()).await.unwrap();
        window.holds(row, "{{code}}").await;
        window.gone("//*[contains(@id, '-error')][contains(., 'variable')]").await;

        window.request_tab("Refresh token").await;
        window.fill("Refresh token: endpoint", &at("oauth2/token")).await;
        window.request_tab("Test token").await;
        window.press("Add the test token request").await;
        window.fill("Test token: endpoint", &at("oauth2/userinfo")).await;
        window.preview_says("Test token", "Authorization: Bearer sample-access-token").await;

        // A preset says what it will replace, and is taken back.
        window.press("Presets…").await;
        window.fill("Search presets", "github").await;
        window.find("//*[@aria-label='What is replaced'][contains(., 'Get token')]").await;
        window.press("Use GitHub").await;
        window
            .holds("Authorization URL: endpoint", "https://github.com/login/oauth/authorize")
            .await;
        window.press("Undo").await;
        window.holds("Authorization URL: endpoint", &at("oauth2/authorize")).await;

        window.press("Add account").await;
        visit(&stage.browser.opened().await).await.unwrap();
        let owner = demo.accounts[0].sub;
        window
            .find(&format!(
                "//table[@aria-label='Credentials']//tr[contains(., {})][contains(., {})]",
                quoted(ACCOUNT),
                quoted(owner)
            ))
            .await;
        let saved = fs::read_to_string(app.join("app.json")).unwrap();
        assert!(saved.contains("Basic {{client_id}}:{{client_secret}}"), "{saved}");
        assert!(!saved.contains(demo.esign_client_secret), "{saved}");
        window.close().await;
        provider.shutdown().await;
    })
    .await;
}
