//! Canaries in the window: after an account was added and looked at, no secret is anywhere that a script in it could reach.

use serde_json::json;

use crate::browser::visit;
use crate::elements::button;
use crate::stage::on_stage;
use crate::walk::ACCOUNT;

/// Walks all that can be reached from the window and from each element (where React keeps its state), and gives how much it saw, and the
/// places of strings that hold a needle.
const WALK: &str = r#"
    const [needles] = arguments;
    const literal = (text) => text.replace(/[^a-zA-Z0-9_-]/g, '\\$&');
    const patterns = needles.map((text) => new RegExp(text.startsWith('re:') ? text.slice(3) : literal(text)));
    const found = [], seen = new Set(), queue = [];
    let strings = 0;
    const look = (text, place) => {
        strings += 1;
        for (const needle of patterns) if (needle.test(text)) found.push(place);
    };
    const add = (value, place) => {
        if (typeof value === 'string') return look(value, place);
        if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value)) return;
        seen.add(value);
        queue.push([value, place]);
    };
    // The needles themselves do not count.
    for (const own of [needles, arguments, patterns, ...patterns, found]) seen.add(own);
    look(document.documentElement.outerHTML, 'document');
    look(document.cookie, 'cookie');
    look(location.href, 'location');
    look(history.state === null ? '' : JSON.stringify(history.state), 'history');
    look(JSON.stringify(localStorage) + JSON.stringify(sessionStorage), 'storage');
    look(performance.getEntries().map((entry) => entry.name).join('\n'), 'performance');
    for (const input of document.querySelectorAll('input, textarea')) look(input.value, 'input');
    add(window, 'window');
    for (const element of document.querySelectorAll('*')) add(element, element.tagName);
    while (queue.length > 0 && seen.size < 1_500_000) {
        const [value, place] = queue.pop();
        if (value instanceof Map) for (const [key, item] of value) { add(key, `${place}.key`); add(item, `${place}.get`); }
        if (value instanceof Set) for (const item of value) add(item, `${place}.item`);
        if (ArrayBuffer.isView(value) && !(value instanceof DataView) && value.BYTES_PER_ELEMENT === 1 && value.length < 1e6) look(new TextDecoder().decode(value), place);
        for (const key of Reflect.ownKeys(value)) {
            let item;
            // A getter runs code; data is what is kept.
            const property = Object.getOwnPropertyDescriptor(value, key);
            if (property === undefined || !('value' in property)) continue;
            item = property.value;
            add(item, `${place.slice(-160)}.${String(key)}`);
        }
    }
    return { found, objects: seen.size, strings };
"#;

#[tokio::test]
async fn no_secret_stays_within_a_scripts_reach() {
    on_stage("memory", async |stage| {
        let secret = services::demo_clients().esign_client_secret;
        let window = stage.open(&["--sample", "esign"]).await;
        window.tab("Authorization").await;
        window.press("Add account").await;
        visit(&stage.browser.opened().await).await.unwrap();
        // Looked at once: a value that was shown is gone when it is hidden again.
        window.press("Token request, 200").await;
        let show = format!("Show client_secret, {} characters", secret.len());
        window.find(&button(&show)).await;
        window.press(&show).await;
        window.text(secret).await;
        let walked = window.client.execute(WALK, vec![json!([secret])]).await.unwrap();
        assert!(!walked["found"].as_array().unwrap().is_empty(), "the walk finds what is shown");
        window.press("Hide client_secret").await;
        window.press("Back to the accounts").await;
        window.press(&format!("Details of {ACCOUNT}")).await;
        window.press("Refresh now").await;
        window.find(&button("Refresh request, 200")).await;
        // The sample provider's codes and tokens begin so.
        let needles = [secret, "code_", "at_", "rt_"].map(|start| {
            // Followed by hex, which no name in a program is.
            if start == secret { start.to_owned() } else { format!("re:{start}[0-9a-f]{{32}}") }
        });
        let walked = window.client.execute(WALK, vec![json!(needles)]).await.unwrap();
        assert!(walked["objects"].as_u64().unwrap() > 10_000, "{walked:#}");
        assert_eq!(walked["found"], json!([]), "{walked:#}");
        window.close().await;
    })
    .await;
}
