//! Accounts in the Authorization tab: what went over the wire, the token, and an account that is connected again.

use crate::browser::visit;
use crate::elements::{button, region};
use crate::stage::on_stage;
use crate::walk::ACCOUNT;
use crate::window::Window;

impl Window {
    /// Opens an exchange of an attempt, once the attempt is over: until then the list moves.
    pub async fn open_exchange(&self, name: &str) {
        self.find(&button("Back to the accounts")).await;
        self.press(name).await;
        self.find(&region("Request")).await;
    }

    /// All that the window says.
    pub async fn words(&self) -> String {
        let text = self.client.execute("return document.body.textContent;", Vec::new()).await;
        text.unwrap().as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn an_account_is_added_looked_at_refreshed_and_connected_again() {
    on_stage("accounts", async |stage| {
        let secret = services::demo_clients().esign_client_secret;
        let window = stage.open(&["--sample", "esign"]).await;
        window.tab("Authorization").await;
        window.press("Add account").await;
        let address = stage.browser.opened().await;
        window.find("//*[@role='timer'][@aria-label='Time left']").await;
        visit(&address).await.unwrap();

        // The token request in full, a value at a time.
        window.open_exchange("Token request, 200").await;
        let show = format!("Show client_secret, {} characters", secret.len());
        window.find(&button(&show)).await;
        assert!(!window.words().await.contains(secret));
        window.press(&show).await;
        window.text(secret).await;
        window.press("Hide client_secret").await;
        assert!(!window.words().await.contains(secret));
        window.press("Back to the accounts").await;

        // The token: a live clock, a refresh, an early end.
        window.press(&format!("Details of {ACCOUNT}")).await;
        let clock = "//*[@role='timer'][@aria-label='Time to expiry']";
        let first = window.find(clock).await.text().await.unwrap();
        assert!(first.starts_with("in "), "{first}");
        window.press("Refresh now").await;
        window.find(&button("Refresh request, 200")).await;
        window.press("Expire now").await;
        window.find(&format!("{clock}[contains(., 'expired')]")).await;

        // The same account again is the same row.
        window.press(&format!("Commands for {ACCOUNT}")).await;
        window.click("//*[@role='menuitem'][normalize-space(.)='Reconnect']").await;
        window.find(&region(&format!("Reconnect {ACCOUNT}"))).await;
        visit(&stage.browser.opened().await).await.unwrap();
        window.press("Back to the accounts").await;
        window.find(&format!("{clock}[starts-with(., 'in ')]")).await;
        window.close().await;
    })
    .await;
}
