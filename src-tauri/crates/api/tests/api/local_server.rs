//! The local server's test route runs functions for real.

use serde_json::{Value, json};

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_published_function_is_run_by_the_server() {
    let world = World::start().await;
    let build = "const { twice } = require('./twice');
        exports.handler = async ({ input }) => {
            console.log('got', input.n);
            if (input.n < 0) throw new Error('too small');
            return input.n > 9 ? { output: { form: 'no list' } }
                : { output: { automation: { title: `twice is ${twice(input.n)}` } } };
        };";
    let definition = json!({
        "actions": [{ "key": "go", "title": "Go", "type": "APP_ACTION_TYPE_AUTOMATION" }],
        "build_function": { "by_zip": true },
    });
    let plain = "exports.handler = async () => ({ output: {} });";
    let functions = [("identity", plain), ("build", build), ("action", plain)];
    let app = world.app("tested", definition, &functions).await;
    let beside = world.folder.path().join("apps/tested/functions/build/twice.js");
    std::fs::write(beside, "exports.twice = (n) => n * 2;").unwrap();

    let server = world.get("start_local_server", json!({})).await;
    let published = world.get("publish", json!({ "app": app, "server": "local" })).await;
    let url = format!(
        "{}/framework/v1/developer/apps/{}/functions/BUILD/test",
        server["url"].as_str().unwrap(),
        published["app_id"].as_str().unwrap(),
    );
    let token = token(&world).await;
    let client = reqwest::Client::new();
    let test = async |n: i64| -> Value {
        let body = json!({ "context": { "action_key": "go" }, "input": { "n": n } });
        let request =
            client.post(&url).bearer_auth(&token).header("Content-Type", "application/json");
        let answer = request.body(body.to_string()).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    };
    let right = test(4).await;
    assert_eq!(right["output"]["output"]["automation"]["title"], "twice is 8", "{right:#}");
    assert_eq!((&right["schemaValid"], &right["log"]), (&json!(true), &json!("got 4")));
    let wrong = test(10).await;
    assert_eq!(wrong["schemaValid"], false);
    assert!(wrong["schemaError"].as_str().unwrap().contains("output.form"), "{wrong:#}");
    let failed = test(-1).await;
    assert_eq!((&failed["output"], &failed["schemaValid"]), (&Value::Null, &json!(false)));
    assert!(failed["log"].as_str().unwrap().contains("too small"), "{failed:#}");
}

/// The token stands in the server's database: a second server on it takes the same one.
async fn token(world: &World) -> String {
    let options = devserver::StartOptions {
        database: world.data().join("local-server.db"),
        ..devserver::StartOptions::default()
    };
    let second = devserver::DevServer::start(options).await.unwrap();
    second.token().reveal().to_owned()
}
