//! The other kinds of authorization, each set up by hand: OAuth1 with its signed requests, Custom with a secret input.

use std::fs;

use services::{Services, Settings, StartOptions, demo_clients};

use crate::browser::visit;
use crate::elements::{button, field, quoted, region};
use crate::stage::on_stage;
use crate::window::Window;

/// The row of an account in the list.
pub fn row(display_id: &str, unique_id: &str) -> String {
    format!(
        "//table[@aria-label='Credentials']//tr[.//*[normalize-space(.)={}]][.//*[normalize-space(.)={}]]",
        quoted(display_id),
        quoted(unique_id)
    )
}

#[tokio::test]
async fn an_author_sets_oauth1_up_and_the_signed_requests_lead_to_an_account() {
    on_stage("oauth1", async |stage| {
        let options = StartOptions { port: 0, settings: Settings::default() };
        let provider = Services::start(options).await.unwrap();
        let at = |path: &str| provider.url().join(path).unwrap().to_string();
        let demo = demo_clients();
        let window = stage.open(&[]).await;
        let app = window.new_app(stage, "Signed").await;
        window.tab("Authorization").await;
        window.choose_kind("OAuth1").await;
        window.fill("Consumer key", demo.oauth1_consumer_key).await;
        window.fill("Consumer secret, new value", demo.oauth1_consumer_secret).await;
        window.press("Save secret").await;
        window.find(&button("Remove Consumer secret")).await;
        window.choose("Signature method", "HMAC-SHA256").await;
        window.fill("Request token: endpoint", &at("oauth1/initiate")).await;
        window.preview_says("Request token", "Signature base string").await;
        window.preview_says("Request token", "HMAC-SHA256").await;
        window.fill("Authorization URL: endpoint", &at("oauth1/authorize")).await;
        window.preview_says("Authorization URL", "oauth_token=").await;
        window.fill("Get token: endpoint", &at("oauth1/token")).await;
        window.preview_says("Get token", "oauth_verifier").await;
        window.request_tab("Test token").await;
        window.press("Add the test token request").await;
        window.fill("Test token: endpoint", &at("oauth1/me")).await;
        window.preview_says("Test token", "oauth_token").await;
        assert!(!window.words().await.contains(demo.oauth1_consumer_secret));
        window.pictures("oauth1-test").await;
        window.scroll_to("//li[@aria-label='App credential']").await;
        window.pictures("oauth1-credential").await;
        window.scroll_to("//li[@aria-label='Request token']").await;
        window.pictures("oauth1-request-token").await;
        let code = "return { output: { unique_id: credential.oauth1.user_id, display_id: `Signed in as ${credential.oauth1.user_id}` } };";
        window.type_identity(&app, &[code]).await;

        window.tab("Authorization").await;
        window.press("Add account").await;
        visit(&stage.browser.opened().await).await.unwrap();
        window.find(&button("Back to the accounts")).await;
        assert_eq!(
            window.steps().await,
            [
                "Done: The provider gave a request token.",
                "Done: The authorization page is open in the browser.",
                "Done: The provider sent the browser back.",
                "Done: The provider gave a token.",
                "Done: The identity function said whose account it is.",
                "Done: The credential is saved.",
            ]
        );
        assert_eq!(window.exchanges().await, ["Token request, 200", "Request token, 200"]);
        window.open_exchange("Token request, 200").await;
        let taken = region("What was taken from the answer");
        window.find(&format!("{taken}//tr[normalize-space(th)='user_id']/td[.='acct-owner']")).await;
        let secret = window.reveal("What was taken from the answer", "oauth_token_secret").await;
        assert!(!secret.is_empty() && !window.words().await.contains(&secret));
        window.press("Back to the accounts").await;

        let account = format!("Signed in as {}", demo.accounts[0].sub);
        window.find(&row(&account, demo.accounts[0].sub)).await;
        window.press(&format!("Details of {account}")).await;
        let facts = window.find("//dl").await.text().await.unwrap();
        assert!(facts.contains("OAuth1") && facts.contains("user_id"), "{facts}");
        window.scroll_to("//table[@aria-label='Credentials']").await;
        window.pictures("oauth1-details").await;
        window.press("Test").await;
        window.text(&format!("{account} works: the provider answered 200")).await;
        window.find(&button("Test request, 200")).await;
        window.close().await;
        provider.shutdown().await;
    })
    .await;
}

impl Window {
    /// In the form of a custom authorization that is open.
    pub async fn connect(&self, inputs: &[(&str, &str)]) {
        for (label, value) in inputs {
            // The preview of the form has a field of the same name, which takes nothing.
            let input = format!("//form[@aria-label='Authorization']{}", field(label));
            self.click(&input).await;
            let input = self.find(&input).await;
            input.clear().await.unwrap();
            input.send_keys(value).await.unwrap();
        }
        self.press("Connect").await;
    }
}

#[tokio::test]
async fn an_author_asks_for_a_key_and_a_region_and_the_key_is_shown_to_nobody() {
    const KEY: &str = "the-right-key-of-this-test";
    on_stage("custom", async |stage| {
        let window = stage.open(&[]).await;
        let app = window.new_app(stage, "Weather").await;
        window.tab("Authorization").await;
        window.choose_kind("Custom").await;
        window.press("Add the first input").await;
        window.fill("Tip of input api_key", "In the settings of your account").await;
        window.press("Add input").await;
        window.retype("Label of input api_key_2", "Region").await;
        window.retype("Key of input api_key_2", "region").await;
        window.click("//label[normalize-space(.)='Required'][@for=//input[@aria-label='Required: input region']/@id]").await;
        // As the Creator will see it: the key is not to be read over a shoulder.
        let sheet = "//*[@role='group'][@aria-label='Preview of the authorization form']";
        window.find(&format!("{sheet}[contains(., 'Connect Weather')]//input[@type='password']")).await;
        window.find(&format!("{sheet}//label[starts-with(normalize-space(.), 'Region')]")).await;
        window.pictures("custom").await;
        window.scroll_to(sheet).await;
        window.pictures("custom-sheet").await;
        window
            .type_identity(
                &app,
                &[
                    "const { api_key: key, region } = credential.custom;",
                    &format!("if (key !== '{KEY}') return {{ error: {{ title: 'No such key', description: 'Look again.' }} }};"),
                    "return { output: { unique_id: `at-${region}`, display_id: `Station ${region}` } };",
                ],
            )
            .await;

        window.tab("Authorization").await;
        window.press("Add account").await;
        window.find("//form[@aria-label='Authorization']//input[@type='password']").await;
        window.press("Connect").await;
        window.find("//form[@aria-label='Authorization']//*[normalize-space(.)='Please fill this in']").await;
        window.connect(&[("API key", "another-key")]).await;
        window.find("//*[@role='alert'][contains(., 'No such key')][contains(., 'Look again.')]").await;
        window.scroll_to(&region("Add account")).await;
        window.pictures("custom-refused").await;
        window.press("Authorize again").await;
        window.connect(&[("API key", KEY), ("Region", "north")]).await;
        window.press("Back to the accounts").await;
        window.find(&row("Station north", "at-north")).await;
        window.press("Details of Station north").await;
        let facts = window.find("//dl").await.text().await.unwrap();
        assert!(facts.contains("api_key, region"), "{facts}");
        window.scroll_to("//table[@aria-label='Credentials']").await;
        window.pictures("custom-details").await;
        assert!(!window.words().await.contains(KEY));
        assert!(window.look("//form[@aria-label='Authorization']").await.is_none());
        let saved = fs::read_to_string(app.join("app.json")).unwrap();
        assert!(saved.contains("\"region\"") && !saved.contains(KEY), "{saved}");
        window.close().await;
    })
    .await;
}
