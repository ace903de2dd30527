//! Finding things as a person does: by role and name, label, text. Always waits, and takes only what is on screen.

use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use serde_json::json;

use crate::window::Window;

/// How long anything may take; a machine that builds beside the test is slow.
pub const PATIENCE: Duration = Duration::from_secs(30);
pub const LOOK: Duration = Duration::from_millis(50);

/// WebKit's own answer to "is it displayed" is no for shortened text, so the page is asked.
const SEEN: &str = "const found = document.evaluate(arguments[0], document, null, 7, null);\
    for (let index = 0; index < found.snapshotLength; index += 1) {\
        const element = found.snapshotItem(index);\
        const { width, height } = element.getBoundingClientRect();\
        const visible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });\
        if (visible && width > 0 && height > 0) return element;\
    }\
    return null;";
/// How an element is written in JSON (WebDriver, 12.1).
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

impl Window {
    /// The first element that an XPath finds and that can be seen.
    pub async fn find(&self, xpath: &str) -> Element {
        let begin = Instant::now();
        loop {
            if let Some(element) = self.look(xpath).await {
                return element;
            }
            assert!(begin.elapsed() < PATIENCE, "this did not appear: {xpath}");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// The same without waiting.
    pub async fn look(&self, xpath: &str) -> Option<Element> {
        // While a page loads there is nothing to ask.
        let found = self.client.execute(SEEN, vec![json!(xpath)]).await.ok()?;
        let id = found.get(ELEMENT_KEY)?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client.clone(), id.into()))
    }

    /// Waits until nothing of the kind is on screen.
    pub async fn gone(&self, xpath: &str) {
        let begin = Instant::now();
        while self.look(xpath).await.is_some() {
            assert!(begin.elapsed() < PATIENCE, "this did not go away: {xpath}");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Scrolls so that what an XPath finds begins where the window does.
    pub async fn scroll_to(&self, xpath: &str) {
        let element = self.find(xpath).await;
        let scroll = "arguments[0].scrollIntoView({ block: 'start' });";
        self.client.execute(scroll, vec![json!(element)]).await.unwrap();
    }

    /// Clicks a button once it can be clicked.
    pub async fn press(&self, name: &str) {
        self.click(&button(name)).await;
    }

    /// Scrolls to what an XPath finds and clicks it; again when it was replaced or covered at the very moment.
    pub async fn click(&self, xpath: &str) {
        let begin = Instant::now();
        loop {
            let element = self.find(xpath).await;
            let scroll = "arguments[0].scrollIntoView({ block: 'center' });";
            // Gone already: then the click fails, too.
            let _ = self.client.execute(scroll, vec![json!(element)]).await;
            let Err(error) = element.click().await else { return };
            assert!(begin.elapsed() < PATIENCE, "{xpath} could not be clicked: {error:?}");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// The field with a label.
    pub async fn field(&self, label: &str) -> Element {
        self.find(&field(label)).await
    }

    /// Types into the field with a label, in place of what stands there.
    pub async fn fill(&self, label: &str, text: &str) {
        // A field takes keys once it has been clicked, whatever frame it is in.
        self.click(&field(label)).await;
        let element = self.field(label).await;
        element.clear().await.unwrap();
        element.send_keys(text).await.unwrap();
    }

    /// Chooses from the list that the field with a label opens.
    pub async fn choose(&self, label: &str, option: &str) {
        self.click(&field(label)).await;
        self.pick(option).await;
    }

    /// Chooses from the list that is open.
    pub async fn pick(&self, option: &str) {
        let name = quoted(option);
        self.click(&format!("//*[@role='option'][normalize-space(.)={name}]")).await;
    }

    pub async fn tab(&self, name: &str) {
        self.click(&tab(name)).await;
    }

    /// An element that says just this.
    pub async fn text(&self, text: &str) -> Element {
        self.find(&saying(text)).await
    }
}

pub fn button(name: &str) -> String {
    let name = quoted(name);
    format!(
        "//button[@aria-label={name} or (not(@aria-label) and normalize-space(.)={name})]\
         [not(@disabled)][not(@data-loading)]"
    )
}

pub fn tab(name: &str) -> String {
    let name = quoted(name);
    format!(
        "//*[@role='tab'][@aria-label={name} or (not(@aria-label) and normalize-space(.)={name})]"
    )
}

/// Inputs with a `<label>`, or named by an attribute.
pub fn field(label: &str) -> String {
    let label = quoted(label);
    format!(
        "//*[self::input or self::textarea]\
         [@id=//label[normalize-space(text()[1])={label}]/@for or @aria-label={label}]"
    )
}

/// The innermost element that says just this.
pub fn saying(text: &str) -> String {
    let text = quoted(text);
    format!("//*[normalize-space(.)={text}][not(*[normalize-space(.)={text}])]")
}

/// A region with a name.
pub fn region(name: &str) -> String {
    format!("//section[@aria-label={}]", quoted(name))
}

/// An XPath literal; names with both kinds of quotation marks do not occur.
pub fn quoted(text: &str) -> String {
    if text.contains('"') { format!("'{text}'") } else { format!("\"{text}\"") }
}
