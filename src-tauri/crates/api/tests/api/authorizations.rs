//! Attempts to get a credential: what is wrong is said, and a mended identity function is enough.

use serde_json::{Value, json};

use crate::world::World;

fn two_inputs() -> Value {
    json!({
        "authentication": { "custom": { "inputs": [
            { "key": "account", "label": "Account", "required": true },
            { "key": "key", "label": "API key", "required": true },
        ] } },
    })
}

const IDENTITY: &str = "exports.handler = async ({ credential }) => \
    ({ output: { unique_id: credential.custom.account, display_id: 'the account' } });";

async fn over(world: &World, id: &Value) -> Value {
    let read = json!({ "authorization": id });
    world.until("read_authorization", read, |attempt| attempt["status"] != "running").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_input_is_named_with_its_reason_until_it_is_right() {
    let world = World::start().await;
    let app = world.app("inputs", two_inputs(), &[("identity", IDENTITY)]).await;
    let attempt = world.get("start_authorization", json!({ "app": app })).await;
    assert_eq!(attempt.get("input_problems"), None);
    let inputs = json!({ "authorization": attempt["id"], "values": { "account": "a-1" } });
    let attempt = world.get("submit_custom_inputs", inputs).await;
    assert_eq!(
        attempt["input_problems"],
        json!([{ "key": "key", "message": "API key is required" }])
    );
    assert_eq!(
        attempt["custom_inputs"].as_array().unwrap().len(),
        2,
        "the form is still asked for"
    );
    let inputs =
        json!({ "authorization": attempt["id"], "values": { "account": "a-1", "key": "k" } });
    let attempt = world.get("submit_custom_inputs", inputs).await;
    assert_eq!(attempt.get("input_problems"), None);
    let attempt = over(&world, &attempt["id"]).await;
    assert_eq!(
        (&attempt["status"], &attempt["credential"]["unique_id"]),
        (&json!("done"), &json!("a-1"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mended_identity_function_is_called_again_without_authorizing_again() {
    let world = World::start().await;
    let broken = "exports.handler = async () => { throw new Error('no such field'); };";
    let app = world.app("mended", two_inputs(), &[("identity", broken)]).await;
    let attempt = world.get("start_authorization", json!({ "app": app })).await;
    let id = json!({ "authorization": attempt["id"] });
    let refused = world.call::<Value>("retry_identity", &id).await.unwrap_err();
    assert!(refused.message.contains("Identity has not failed"), "{refused}");
    let inputs =
        json!({ "authorization": attempt["id"], "values": { "account": "a-2", "key": "k" } });
    world.get("submit_custom_inputs", inputs).await;
    let attempt = over(&world, &attempt["id"]).await;
    assert_eq!(
        (&attempt["status"], &attempt["can_retry_identity"]),
        (&json!("failed"), &json!(true))
    );
    assert!(attempt["error"]["description"].as_str().unwrap().contains("no such field"));

    // Still broken: it fails again, and can be tried again.
    world.get("retry_identity", id.clone()).await;
    let attempt = over(&world, &attempt["id"]).await;
    assert_eq!(
        (&attempt["status"], &attempt["can_retry_identity"]),
        (&json!("failed"), &json!(true))
    );
    world.write_function("mended", "identity", IDENTITY);
    world.get("retry_identity", id).await;
    let attempt = over(&world, &attempt["id"]).await;
    assert_eq!((&attempt["status"], attempt.get("error")), (&json!("done"), None), "{attempt:#}");
    let accounts = world.get("list_credentials", json!({ "app": app })).await;
    assert_eq!(accounts[0]["unique_id"], "a-2");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_a_wrong_shape_does_not_quote_the_secret_in_it() {
    let world = World::start().await;
    for (name, body) in [
        ("set_secret", json!({ "app": "a", "name": "n", "value": 987_654_321 })),
        (
            "submit_custom_inputs",
            json!({ "authorization": "a", "values": { "key": ["hunter-2-hunter"] } }),
        ),
        (
            "save_server",
            json!({ "name": "n", "url": "http://x", "token": { "hunter-2-hunter": 1 } }),
        ),
    ] {
        let error = world.call::<Value>(name, body).await.unwrap_err();
        assert!(
            !error.message.contains("987654321") && !error.message.contains("hunter"),
            "{error}"
        );
    }
}
