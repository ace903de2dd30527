//! Names and words that somebody else wrote: text in every place, whatever is in them.

use std::fs;

use services::demo_clients;
use url::Url;

use crate::elements::{button, quoted, region};
use crate::stage::on_stage;
use crate::window::Window;

/// Turns what follows around, where it is let.
const OVERRIDE: char = '\u{202e}';
const MARKUP: &str = "<img src=x onerror=\"document.title='broken in'\"> & <b>bold</b>";

/// Everything at once, and more than there is room for.
fn hostile() -> String {
    format!(
        "{OVERRIDE}txt.exe {MARKUP} \u{5e9}\u{5dc}\u{5d5}\u{5dd} {}",
        "Donaudampfschiff".repeat(9)
    )
}

impl Window {
    /// Nothing is wider than the window, no markup came in, and no character turns the text around.
    async fn assert_sound(&self, place: &str) {
        let look = "const wide = [...document.querySelectorAll('body *')].filter((one) => {\
                const { right, width } = one.getBoundingClientRect();\
                if (width === 0 || right <= innerWidth + 1) return false;\
                for (let box = one.parentElement; box; box = box.parentElement) {\
                    if (getComputedStyle(box).overflowX !== 'visible' && box.getBoundingClientRect().right <= innerWidth + 1) return false;\
                }\
                return true;\
            }).map((one) => one.outerHTML.slice(0, 200));\
            const turning = [...document.querySelectorAll('body *')].filter((one) =>\
                [...one.childNodes].some((node) => node.nodeType === 3 && /[\\u202a-\\u202e]/.test(node.data)))\
                .map((one) => one.outerHTML.slice(0, 300));\
            const sheet = document.querySelector('[aria-label=\"Preview of the authorization form\"]');\
            if (sheet && sheet.scrollWidth > sheet.clientWidth) wide.push('the form is wider than its sheet');\
            return [document.scrollingElement.scrollWidth > innerWidth ? ['the window scrolls'] : wide.slice(0, 3),\
                [...document.querySelectorAll('img[src=x], b')].filter((one) => one.textContent === 'bold' || one.src).length, document.title.includes('broken'),\
                turning];";
        self.pictures(&format!("names-{}", place.replace(' ', "-"))).await;
        let found = self.client.execute(look, Vec::new()).await.unwrap();
        assert_eq!(found, serde_json::json!([[], 0, false, []]), "{place}");
    }
}

#[tokio::test]
async fn hostile_and_very_long_names_are_text_in_every_place() {
    on_stage("names", async |stage| {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let name = hostile();
        let shown = name.replace(OVERRIDE, "[U+202E]");
        let says = |part: &str| format!("contains(., {})", quoted(part));
        let window = stage.open(&[]).await;
        let app = window.new_app(stage, "Plain").await;
        window.tab("Authorization").await;
        window.choose_kind("Custom").await;
        window.press("Add the first input").await;
        window.retype("Label of input api_key", "Who").await;
        // Not what was typed: that is masked wherever it turns up, as an input may be a password.
        let code = format!(
            "exports.handler = async ({{ credential }}) => {{\n  const name = {};\n  \
             if (credential.custom.api_key === 'nobody') return {{ error: {{ title: name, description: name }} }};\n  \
             return {{ output: {{ unique_id: name, display_id: name }} }};\n}};\n",
            serde_json::json!(name)
        );
        fs::write(app.join("functions/identity/index.js"), code).unwrap();
        window.tab("Basic Info").await;
        window.retype("Name", &name).await;
        window.find(&format!("//header//bdi[{}]", says("[U+202E]txt.exe <img"))).await;
        window.assert_sound("header").await;

        // An attempt that fails in these words, then the account.
        window.tab("Authorization").await;
        window.press("Add account").await;
        window.connect(&[("Who", "nobody")]).await;
        window.find(&format!("//*[@role='alert'][{}]", says("[U+202E]txt.exe <img"))).await;
        window.scroll_to(&region("Add account")).await;
        window.assert_sound("attempt").await;
        window.press("Authorize again").await;
        window.connect(&[("Who", "somebody")]).await;
        window.press("Back to the accounts").await;
        window.find(&format!("//table[@aria-label='Credentials']//bdi[{}]", says(&shown[..40]))).await;
        window.assert_sound("accounts").await;
        window.click("//button[starts-with(@aria-label, 'Details of ')]").await;
        window.find("//dl").await;
        window.scroll_to("//table[@aria-label='Credentials']").await;
        window.assert_sound("details").await;
        for (command, dialog, close) in
            [("Rename…", "Rename", "Cancel"), ("Delete…", "Delete", "Cancel")]
        {
            window.click("//button[starts-with(@aria-label, 'Commands for ')]").await;
            window.click(&format!("//*[@role='menuitem'][normalize-space(.)={}]", quoted(command))).await;
            window.find(&format!("//*[@role='dialog'][{}]//bdi", says(dialog))).await;
            window.assert_sound(dialog).await;
            window.press(close).await;
        }
        window.press("Back to start").await;
        window.find(&format!("//ul[@aria-label='Recent apps']//bdi[{}]", says(&shown[..40]))).await;
        window.assert_sound("start").await;

        // A provider that says no in these words.
        window.open_sample("E-Signature").await;
        window.tab("Authorization").await;
        window.press("Add account").await;
        let page = Url::parse(&stage.browser.opened().await).unwrap();
        let of = |name: &str| page.query_pairs().find(|pair| pair.0 == name).unwrap().1.into_owned();
        assert_eq!(of("client_id"), demo_clients().esign_client_id);
        let mut back = Url::parse(&of("redirect_uri")).unwrap();
        let words: [(&str, &str); 3] =
            [("error", "access_denied"), ("error_description", &name), ("state", &of("state"))];
        back.query_pairs_mut().extend_pairs(words);
        let answer = reqwest::get(back).await.unwrap();
        let page = answer.text().await.unwrap();
        assert!(page.contains("<title>The provider refused"), "{page}");
        window.find(&button("Back to the accounts")).await;
        window.find(&format!("{}//*[@role='alert'][{}]", region("Add account"), says("txt.exe <img"))).await;
        window.assert_sound("words of the provider").await;
        window.close().await;
    })
    .await;
}
