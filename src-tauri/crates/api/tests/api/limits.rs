//! What a call may use: the program's setting, an app's own limits, those of one process; and what is told of a limit that
//! ended a call.

use api::ApiError;
use api::types::AppLimits;
use serde_json::{Value, json};

use crate::world::World;

/// Returns as many bytes as it is asked for, or waits for ever.
const BUILD: &str = "exports.handler = async ({ bytes }) => {
    if (bytes === undefined) await new Promise((resolve) => setTimeout(resolve, 2 ** 31 - 1));
    return { output: { automation: { title: 'x'.repeat(bytes) } } };
};";

async fn app(world: &World, name: &str) -> String {
    let definition = json!({ "actions": [{ "key": "go", "title": "Go", "type": "APP_ACTION_TYPE_AUTOMATION" }] });
    world.app(name, definition, &[("build", BUILD)]).await
}

async fn call(world: &World, app: &str, parameters: Value) -> Value {
    let call = json!({ "app": app, "function": "build", "parameters": parameters });
    world.get("call_function", call).await
}

async fn set(world: &World, app: &str, limits: Value) -> Result<Value, ApiError> {
    world.call("set_app_limits", json!({ "app": app, "limits": limits })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_has_limits_of_its_own_until_they_are_taken_back() {
    let world = World::start().await;
    let (small, other) = (app(&world, "small").await, app(&world, "other").await);
    let read = async |app: &str| world.get("read_app_limits", json!({ "app": app })).await;
    assert_eq!(read(&small).await["limits"], json!({}));

    let view = set(&world, &small, json!({ "output_bytes": 2_048 })).await.unwrap();
    assert_eq!(view["limits"], json!({ "output_bytes": 2_048 }));
    assert_eq!(view["program"]["output_bytes"], 6 << 20);
    assert_eq!(read(&small).await, view);
    assert_eq!(read(&other).await["limits"], json!({}));

    let refused = call(&world, &small, json!({ "bytes": 4_000 })).await;
    assert_eq!(refused["report"]["outcome"]["failure"]["reason"], "too_large", "{refused:#}");
    assert_eq!(refused["limits"]["output_bytes"], 2_048);
    assert_eq!(refused["limits"]["time_ms"], 30_000, "the others are the program's");
    let fits = call(&world, &other, json!({ "bytes": 4_000 })).await;
    assert_eq!(fits["report"]["outcome"]["kind"], "returned", "{fits:#}");
    assert_eq!(
        (&fits["limits"]["output_bytes"], &fits["met_limit"]),
        (&json!(6 << 20), &Value::Null)
    );

    // They are kept, follow the program's setting where they are absent, and go back to it.
    let world = world.restart().await;
    let mut settings = world.get("read_settings", json!({})).await["settings"].clone();
    settings["limits"]["time_ms"] = 25_000.into();
    settings["limits"]["output_bytes"] = 4_096.into();
    world.get("save_settings", settings).await;
    let still = call(&world, &small, json!({ "bytes": 3_000 })).await;
    assert_eq!(still["report"]["outcome"]["failure"]["reason"], "too_large", "{still:#}");
    assert_eq!(
        (&still["limits"]["time_ms"], &still["limits"]["output_bytes"]),
        (&json!(25_000), &json!(2_048))
    );
    set(&world, &small, json!({})).await.unwrap();
    let back = call(&world, &small, json!({ "bytes": 3_000 })).await;
    assert_eq!(back["report"]["outcome"]["kind"], "returned", "{back:#}");
    assert_eq!(back["limits"]["output_bytes"], 4_096);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_out_of_its_bounds_is_refused_and_nothing_is_changed() {
    let world = World::start().await;
    let app = app(&world, "refused").await;
    set(&world, &app, json!({ "timers": 5 })).await.unwrap();
    let wrong = json!({ "timers": 6, "memory_bytes": 1 });
    let error = set(&world, &app, wrong).await.unwrap_err();
    assert_eq!(error.message, "limits.memory_bytes is 1: expected 16777216 to 2147483648");
    let error = set(&world, &app, json!({ "memory": 1 })).await.unwrap_err();
    assert!(error.message.contains("memory"), "{error:?}");
    let read = world.get("read_app_limits", json!({ "app": app })).await;
    assert_eq!(read["limits"], json!({ "timers": 5 }));
    let error = set(&world, "nobody", json!({})).await.unwrap_err();
    assert_eq!(error.code, api::ErrorCode::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_met_a_limit_says_which_and_where_it_is_changed() {
    let world = World::start().await;
    let app = app(&world, "met").await;
    set(&world, &app, json!({ "time_ms": 100, "output_bytes": 1_024 })).await.unwrap();
    let slow = call(&world, &app, json!({})).await;
    assert_eq!(slow["report"]["outcome"]["failure"]["reason"], "timed_out", "{slow:#}");
    assert_eq!(slow["met_limit"]["limit"], "time_ms");
    assert_eq!(slow["met_limit"]["value"], 100);
    let change = "The time limit is changed under Basic Info, Limits for this app, or with --timeout on the command line.";
    assert_eq!(slow["met_limit"]["change"], change);

    // What a call had stays with it.
    set(&world, &app, json!({ "output_bytes": 1_024 })).await.unwrap();
    let again = world.get("read_call", json!({ "call": slow["id"] })).await;
    assert_eq!(again, slow);

    // A flow tells the same.
    let context = json!({ "creator": { "email": "a@example.com", "name": "A", "id": "1" } });
    let start = json!({ "app": app, "action_key": "go", "context": context });
    world.write_function(
        "met",
        "build",
        "exports.handler = async () => ({ output: { automation: { title: 'x'.repeat(2000) } } });",
    );
    let run = world.get("start_flow", start).await;
    let read = json!({ "flow_run": run["id"] });
    let run = world.until("read_flow_run", read, |run| run["busy"] == false).await;
    let told = run["view"].to_string();
    let change = "The input and output limit is changed under Basic Info, Limits for this app.";
    assert!(told.contains(change), "{run:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_of_a_process_stand_over_all_others_and_are_not_kept() {
    let limits = AppLimits { output_bytes: Some(3_000), ..AppLimits::default() };
    let world = World::start_with(|options| options.limits = limits).await;
    let app = app(&world, "given").await;
    set(&world, &app, json!({ "output_bytes": 2_048, "timers": 7 })).await.unwrap();
    let made = call(&world, &app, json!({ "bytes": 2_500 })).await;
    assert_eq!(made["report"]["outcome"]["kind"], "returned", "{made:#}");
    assert_eq!(
        (&made["limits"]["output_bytes"], &made["limits"]["timers"]),
        (&json!(3_000), &json!(7))
    );
    let world = world.restart().await;
    let made = call(&world, &app, json!({ "bytes": 2_500 })).await;
    assert_eq!(made["met_limit"]["value"], 2_048, "{made:#}");
}
