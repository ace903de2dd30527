//! Flow runs as the window reads them.

use serde_json::json;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn only_the_messages_that_are_not_known_are_sent() {
    let world = World::start().await;
    let app = world.open_sample("esign").await;
    let run = world.walk_esign(&app).await;
    let all = run["messages"].as_array().unwrap();
    assert!(all.len() > 20, "{}", all.len());
    for known in [0, 1, all.len() - 1, all.len()] {
        let read = json!({ "flow_run": run["id"], "after": known });
        let run = world.get("read_flow_run", read).await;
        assert_eq!(run["messages"].as_array().unwrap()[..], all[known..], "after {known}");
        assert_eq!(run["view"]["status"], "completed");
    }
}
