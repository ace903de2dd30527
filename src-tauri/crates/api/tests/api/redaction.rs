//! One redactor an app, built again only when a secret changes.

use serde_json::json;

use crate::world::{World, logs};

fn built(app: &str) -> usize {
    logs::all().lines().filter(|line| line.contains("redactor built") && line.contains(app)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_built_once_and_again_only_after_a_change() {
    let world = World::start().await;
    let app = world.open_sample("esign").await;
    let run = world.walk_esign(&app).await;
    let messages = run["messages"].as_array().unwrap().len();
    // The sample's client secret was kept before the first event; the flow then saved one credential.
    let after_flow = built(&app);
    assert!((1..=2).contains(&after_flow), "{after_flow} for a flow of {messages} messages");

    for _ in 0..20 {
        world.get("read_flow_run", json!({ "flow_run": run["id"] })).await;
        world.get("list_inbox", json!({ "app": app })).await;
    }
    assert_eq!(built(&app), after_flow);

    // Masked from the moment it is set.
    let set = |value: &str| json!({ "app": app, "name": "client_secret", "value": value });
    world.get("set_secret", set("sesame-opens-up")).await;
    let say =
        "exports.handler = async () => ({ output: { said: 'sesame-opens-up and open-barley' } });";
    world.write_function("esign", "build", say);
    let call = json!({ "app": app, "function": "build", "parameters": {} });
    let said = world.get("call_function", call.clone()).await;
    assert_eq!(said["report"]["outcome"]["value"]["output"]["said"], "*** and open-barley");
    assert_eq!(built(&app), after_flow + 1);

    // A value that was replaced may still be on its way through a call.
    world.get("set_secret", set("open-barley")).await;
    let said = world.get("call_function", call).await;
    assert_eq!(said["report"]["outcome"]["value"]["output"]["said"], "*** and ***");
    assert_eq!(built(&app), after_flow + 2);
}
