//! A secret store that cannot be opened stops nothing but what needs a secret.

use api::{ErrorCode, Event};
use serde_json::{Value, json};

use crate::world::{World, data_of};

/// A data folder whose key has been taken away, and where to put it back.
async fn without_key() -> (World, Vec<u8>) {
    let world = World::start().await;
    let app = world.open_sample("esign").await;
    let secret = json!({ "app": app, "name": "client_secret", "value": "kept-before" });
    world.get("set_secret", secret).await;
    let key_file = world.data().join("master.key");
    let key = std::fs::read(&key_file).unwrap();
    std::fs::remove_file(&key_file).unwrap();
    (world.restart().await, key)
}

fn put_back(world: &World, key: &[u8]) {
    let path = world.data().join("master.key");
    std::fs::write(&path, key).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_no_secret_works_and_what_needs_one_says_why_not() {
    let (world, key) = without_key().await;
    let status = world.get("vault_status", json!({})).await;
    assert_eq!(status["place"], "closed");
    assert!(status["problem"].as_str().unwrap().contains("master.key"), "{status}");

    // The author's work goes on.
    let parent = world.folder.path().join("new");
    std::fs::create_dir_all(&parent).unwrap();
    let view = world.get("create_app", json!({ "name": "Fresh", "parent": parent })).await;
    let app = view["id"].as_str().unwrap().to_owned();
    let code = "exports.handler = async ({ input }) => ({ output: { twice: input.n * 2 } });";
    let source = world.get("read_function", json!({ "app": app, "function": "build" })).await;
    let save =
        json!({ "app": app, "function": "build", "code": code, "base_version": source["version"] });
    world.get("save_function", save).await;
    let call = json!({ "app": app, "function": "build", "parameters": { "input": { "n": 21 } } });
    let call = world.get("call_function", call).await;
    assert_eq!(call["report"]["outcome"]["value"]["output"]["twice"], 42, "{call:#}");
    assert!(
        world.get("list_flow_runs", json!({ "app": app })).await.as_array().unwrap().is_empty()
    );
    assert_eq!(world.get("read_settings", json!({})).await["vault"]["place"], "closed");

    // What needs a secret fails by name, and says why.
    let key_name = json!({ "app": app, "name": "api_key", "value": "typed" });
    for (name, body) in [
        ("set_secret", key_name),
        (
            "start_flow",
            json!({ "app": app, "action_key": view["definition"]["actions"][0]["key"] }),
        ),
    ] {
        let error = world.call::<Value>(name, body).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::VaultClosed, "{name}: {error}");
        assert!(error.message.contains("master.key"), "{name}: {error}");
    }

    // Trying again helps exactly when the cause is gone.
    assert_eq!(world.get("open_vault", json!({})).await["place"], "closed");
    put_back(&world, &key);
    assert_eq!(
        world.get("open_vault", json!({})).await,
        json!({ "place": "file", "reason": "a key file was asked for" })
    );
    assert!(world.told.all().contains(&Event::VaultChanged));
    let secret = json!({ "app": app, "name": "api_key", "value": "typed" });
    world.get("set_secret", secret).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_that_comes_while_it_is_closed_waits_and_is_handled() {
    let world = World::start().await;
    let parent = world.folder.path().join("new");
    std::fs::create_dir_all(&parent).unwrap();
    let view = world.get("create_app", json!({ "name": "Waits", "parent": parent })).await;
    let app = view["id"].as_str().unwrap().to_owned();
    for (function, code) in [
        ("build", "exports.handler = async () => ({ output: { automation: { title: 'Wait' } } });"),
        ("action", "exports.handler = async () => ({ output: {} });"),
        (
            "webhook",
            "exports.handler = async ({ input }) => ({ \
               callback: { token: Buffer.from(input.body_base64, 'base64').toString() }, \
               output: { status: 'completed' } });",
        ),
    ] {
        let enable = json!({ "app": app, "function": function, "enabled": true });
        world.get("set_function_enabled", enable).await;
        let source = world.get("read_function", json!({ "app": app, "function": function })).await;
        let save = json!({ "app": app, "function": function, "code": code, "base_version": source["version"] });
        world.get("save_function", save).await;
    }
    let mut definition = world.get("read_app", json!({ "app": app })).await;
    definition["definition"]["actions"] =
        json!([{ "key": "wait", "title": "Wait", "type": "APP_ACTION_TYPE_AUTOMATION" }]);
    let save = json!({ "app": app, "definition": definition["definition"], "base_version": definition["definition_version"] });
    world.get("save_definition", save).await;

    let run = world.get("start_flow", json!({ "app": app, "action_key": "wait" })).await;
    let id = run["id"].as_str().unwrap().to_owned();
    let run = world
        .until("read_flow_run", json!({ "flow_run": id }), |run| {
            run["view"]["stage"] == "run" && run["busy"] == false
        })
        .await;
    let calls = world.get("list_calls", json!({ "app": app, "function": "action" })).await;
    let call = world.get("read_call", json!({ "call": calls[0]["id"] })).await;
    let token = call["parameters"]["callback"]["token"].as_str().unwrap().to_owned();
    let webhook = call["parameters"]["callback"]["webhook"].as_str().unwrap().to_owned();
    assert_eq!(run["webhook_url"], webhook.as_str());

    let key_file = data_of(world.folder.path()).join("master.key");
    let key = std::fs::read(&key_file).unwrap();
    std::fs::remove_file(&key_file).unwrap();
    let world = world.restart().await;
    let answer = post(&webhook, &token).await;
    assert_eq!(answer, 200);
    put_back(&world, &key);
    world.get("open_vault", json!({})).await;
    world
        .until("read_flow_run", json!({ "flow_run": id }), |run| {
            run["view"]["status"] == "completed"
        })
        .await;
    let inbox = world.get("list_inbox", json!({ "app": app })).await;
    assert_eq!(inbox[0]["state"], "decided", "{inbox:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_cannot_be_moved_stays_where_it_is() {
    let world = World::start().await;
    let stays = world.get("move_vault", json!({ "to_keychain": false })).await;
    assert_eq!(stays, json!({ "place": "file", "reason": "a key file was asked for" }));
    // Where this machine has a keychain the test would write to it: only the refusal of a folder without a vault is shown here.
    let marker = world.data().join("vault.json");
    let kept = std::fs::read(&marker).unwrap();
    std::fs::write(&marker, "{").unwrap();
    let error =
        world.call::<Value>("move_vault", json!({ "to_keychain": true })).await.unwrap_err();
    assert!(
        error.message.starts_with("the key stays where it is")
            && error.message.contains("vault.json"),
        "{error}"
    );
    std::fs::write(&marker, kept).unwrap();
    let secret =
        json!({ "app": world.open_sample("esign").await, "name": "client_secret", "value": "x" });
    world.get("set_secret", secret).await;
}

async fn post(url: &str, body: &str) -> u16 {
    let client = reqwest::Client::builder().build().unwrap();
    client.post(url).body(body.to_owned()).send().await.unwrap().status().as_u16()
}
