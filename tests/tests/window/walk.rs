//! The way through the sample app E-Signature, in parts that tests put together.

use fantoccini::Locator;

use crate::browser::visit;
use crate::elements::{button, quoted, region, saying};
use crate::stage::Stage;
use crate::window::Window;

/// The demo account that the stand-in signs in with, as the identity function names it.
pub const ACCOUNT: &str = "Workspace Owner (owner@example.test)";
pub const DOCUMENT: &str = "Send a document for signature";

impl Window {
    pub async fn open_sample(&self, title: &str) {
        self.press(&format!("Open the sample {title}")).await;
        self.find("//*[@role='tab'][@aria-label='Basic Info'][@aria-selected='true']").await;
    }

    pub async fn open_preview(&self) {
        self.press("Preview").await;
        self.find("//*[@id='preview-title']").await;
    }

    /// In the open preview: chooses the action and starts.
    pub async fn start_flow(&self, action: &str) {
        self.click(&format!("//*[@role='radio'][.//*[normalize-space(.)={}]]", quoted(action)))
            .await;
        self.press("Start").await;
    }

    /// Adds an account: signs in and allows in the system browser. Gives the address that was opened there.
    pub async fn add_account(&self, stage: &Stage) -> String {
        self.press("Add account").await;
        let address = stage.browser.opened().await;
        visit(&address).await.unwrap();
        address
    }

    /// The flow run names the account whose credential it has.
    pub async fn goes_on_as(&self, account: &str) {
        let says = format!("contains(normalize-space(.), {})", quoted(account));
        self.find(&format!("//aside//*[{says}][not(*[{says}])]")).await;
    }

    /// Both forms of Build, for one signer.
    pub async fn fill_forms(&self) {
        self.find(&region("Form 1")).await;
        self.choose("Template", "Statement of work (1 signer)").await;
        self.press("Next").await;
        self.find(&region("Form 2")).await;
        self.choose("Customer signs", "Assignee 1 (assignee1@example.test)").await;
        self.fill("Message to the signers", "Please read and sign.").await;
        self.press("Done").await;
        self.find(&region("Step")).await;
    }

    /// On the step: opens the signing page, in the full view, where all of it has room. Gives its address.
    pub async fn open_signing_page(&self) -> String {
        self.press("Show the preview in full view").await;
        let step = region("Step");
        self.click(&format!("{step}{}", button("Sign"))).await;
        let frame = self.find(&format!("{}//iframe", region("External page"))).await;
        frame.attr("src").await.unwrap().unwrap()
    }

    /// In the signing page inside the client: presses `decision`.
    pub async fn decide_on_signing_page(&self, decision: &str) {
        let frame = self.find(&format!("{}//iframe", region("External page"))).await;
        frame.enter_frame().await.unwrap();
        self.press(decision).await;
        self.client.enter_parent_frame().await.unwrap();
    }

    /// Waits until the flow run has ended, and that it ended so.
    pub async fn ended(&self, status: &str) {
        let word = quoted(status);
        self.find(&format!(
            "//*[@role='status'][.//*[normalize-space(text())={word}]]{}",
            button("Start again")
        ))
        .await;
    }

    /// Every message of the timeline as it is read out, in order.
    pub async fn timeline(&self) -> Vec<String> {
        self.timeline_as("List").await;
        let list = self.find("//*[@role='list'][@aria-label='Timeline']").await;
        let mut messages = Vec::new();
        for entry in list.find_all(Locator::XPath(".//*[@role='listitem']/button")).await.unwrap() {
            messages.push(entry.attr("aria-label").await.unwrap().unwrap_or_default());
        }
        messages
    }

    /// The conversation shows an attachment that has been fetched.
    pub async fn attachment(&self, file_name: &str) {
        let (name, state) = (quoted(file_name), quoted("Uploaded"));
        let chat = region("Workspace conversation");
        self.find(&format!(
            "{chat}//li[.//*[normalize-space(.)={name}]][.//*[normalize-space(.)={state}]]"
        ))
        .await;
    }

    /// The conversation shows a message.
    pub async fn message(&self, text: &str) {
        self.find(&format!("{}{}", region("Workspace conversation"), saying(text))).await;
    }
}
