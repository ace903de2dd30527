//! The start screen and what the window opens on.

use crate::elements::tab;
use crate::stage::on_stage;

pub const TABS: [&str; 8] = [
    "Basic Info",
    "Action List",
    "Authorization",
    "Identity Function",
    "Build Function",
    "Action Function",
    "Redirect Function",
    "Webhook Function",
];

#[tokio::test]
async fn the_window_opens_on_the_sample_that_it_was_started_with() {
    on_stage("start_on_sample", async |stage| {
        let window = stage.open(&["--sample", "survey"]).await;
        for name in TABS {
            window.find(&tab(name)).await;
        }
        window.tab("Action List").await;
        let key = window.field("Key of action send_response").await;
        assert_eq!(key.prop("value").await.unwrap().as_deref(), Some("send_response"));
        window.close().await;
    })
    .await;
}
