//! The history as the window asks for it.

use serde_json::{Value, json};

use crate::world::World;

/// The ids that fit, newest first; the count agrees.
async fn find(world: &World, request: Value) -> Vec<String> {
    let page = world.get("find_history", request.clone()).await;
    let extent = world.get("measure_history", request).await;
    let entries = page["entries"].as_array().unwrap();
    assert_eq!(extent["total"], entries.len());
    assert_eq!((&page["more"], &page["not_searchable"]), (&json!(false), &json!(0)));
    entries.iter().map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_found_by_everything_that_went_in_and_out_of_it() {
    let world = World::start().await;
    let app = world.open_sample("esign").await;
    let run = world.walk_esign(&app).await;
    let id = run["id"].as_str().unwrap();
    let forms: Value = serde_json::from_slice(
        &std::fs::read(crate::world::sample_apps().join("esign/answers/sign.json")).unwrap(),
    )
    .unwrap();
    let first = forms["forms"][0].as_object().unwrap();
    let typed = first.values().find_map(Value::as_str).unwrap().to_uppercase();
    let account = run["credential"]["display_id"].as_str().unwrap();
    for text in [&typed, account, id, run["action_title"].as_str().unwrap()] {
        assert_eq!(find(&world, json!({ "app": app, "text": text })).await, [id], "{text}");
    }
    let page = world.get("find_history", json!({ "app": app })).await;
    let entry = &page["entries"][0];
    assert_eq!((&entry["status"], &entry["kind"]), (&json!("completed"), &json!("flow_run")));
    assert!(entry["ended_at"].is_number(), "{entry}");
    // The call of the callback that decided it is the run's, not an entry of its own.
    for function in ["build", "action", "redirect"] {
        let request = json!({ "app": app, "function": function, "kind": "flow_run" });
        assert_eq!(find(&world, request).await, [id], "{function} in {entry}");
    }
    let mine = |key: &str, value: Value| {
        let mut request = json!({ "app": app, "kind": "flow_run", "text": typed });
        request[key] = value;
        request
    };
    assert_eq!(find(&world, mine("status", json!("completed"))).await, [id]);
    assert!(find(&world, mine("status", json!("failed"))).await.is_empty());
    assert_eq!(find(&world, mine("action_key", run["action_key"].clone())).await, [id]);
    assert!(find(&world, mine("action_key", json!("other"))).await.is_empty());
    let begun = entry["begun_at"].as_i64().unwrap();
    assert_eq!(find(&world, mine("from", json!(begun))).await, [id]);
    assert!(find(&world, mine("from", json!(begun + 1))).await.is_empty());
    assert!(find(&world, mine("to", json!(begun))).await.is_empty());

    world.get("rename_entry", json!({ "entry": id, "name": " My Reference " })).await;
    world.get("pin_entry", json!({ "entry": id, "pinned": true })).await;
    let page = world.get("find_history", json!({ "app": app, "text": "my ref" })).await;
    let entry = &page["entries"][0];
    assert_eq!((&entry["name"], &entry["pinned"]), (&json!("My Reference"), &json!(true)));
    let too_long = json!({ "entry": id, "name": "x".repeat(201) });
    let refused = world.call::<Value>("rename_entry", too_long).await.unwrap_err();
    assert!(refused.message.contains("201 characters"), "{refused:?}");

    // All of it is there after a restart, until it is deleted.
    let world = world.restart().await;
    assert_eq!(find(&world, json!({ "text": "my ref" })).await, [id]);
    world.get("delete_entry", json!({ "entry": id })).await;
    assert!(find(&world, json!({ "text": typed })).await.is_empty());
    world.call::<Value>("read_flow_run", json!({ "flow_run": id })).await.unwrap_err();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_call_by_itself_is_found_by_its_error_and_leads_to_the_line() {
    let world = World::start().await;
    let broken = "exports.handler = async (parameters) => {\n  console.log('order', parameters.input.order);\n  throw new Error('The depot is closed');\n};";
    let app = world.app("broken", json!({}), &[("action", broken)]).await;
    let parameters = json!({ "input": { "order": "A-4711" } });
    let call = json!({ "app": app, "function": "action", "parameters": parameters });
    let made = world.get("call_function", call).await;
    let found = json!({ "app": app, "text": "DEPOT IS", "in_errors": true });
    let page = world.get("find_history", found).await;
    let entry = &page["entries"][0];
    assert_eq!((&entry["id"], &entry["kind"]), (&made["id"], &json!("call")));
    assert_eq!((&entry["status"], &entry["functions"]), (&json!("failed"), &json!(["action"])));
    assert!(entry["error"].as_str().unwrap().contains("The depot is closed"), "{entry}");
    for (text, in_errors, fits) in
        [("a-4711", false, true), ("order a-47", false, true), ("a-4711", true, false)]
    {
        let request = json!({ "app": app, "text": text, "in_errors": in_errors });
        assert_eq!(find(&world, request).await.len(), usize::from(fits), "{text} {in_errors}");
    }
    let read = world.get("read_call", json!({ "call": entry["id"] })).await;
    assert_eq!(read["report"]["outcome"]["failure"]["line"], 3);
    world.get("delete_entry", json!({ "entry": entry["id"] })).await;
    world.call::<Value>("read_call", json!({ "call": entry["id"] })).await.unwrap_err();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_a_long_history_hold_each_entry_once() {
    let world = World::start().await;
    let returns = "exports.handler = () => ({ output: {} });";
    let app = world.app("many", json!({}), &[("build", returns)]).await;
    for n in 0..205 {
        let call =
            json!({ "app": app, "function": "build", "parameters": { "input": { "n": n } } });
        world.get("call_function", call).await;
    }
    let extent = world.get("measure_history", json!({ "app": app })).await;
    assert_eq!(extent["total"], 205);
    let mut before = vec![Value::Null];
    before.extend(extent["marks"].as_array().unwrap().clone());
    let mut places = Vec::new();
    for (index, before) in before.iter().enumerate() {
        let page = world.get("find_history", json!({ "app": app, "before": before })).await;
        assert_eq!(page["more"], index < 2);
        let entries = page["entries"].as_array().unwrap();
        places.extend(entries.iter().map(|entry| entry["seq"].as_i64().unwrap()));
    }
    assert_eq!(places.len(), 205);
    assert!(places.is_sorted_by(|newer, older| newer > older), "{places:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_done_again_with_the_same_inputs_and_the_code_of_now() {
    let world = World::start().await;
    let app = world.open_sample("esign").await;
    let first = world.walk_esign(&app).await;
    let again = world.get("run_again", json!({ "flow_run": first["id"] })).await;
    assert_ne!(again["id"], first["id"]);
    assert_eq!(again["view"]["waiting_for"]["type"], "button", "{again:#}");
    assert_eq!(again["credential"]["id"], first["credential"]["id"]);
    let card = |run: &Value| {
        let step = &run["view"]["card"]["steps"][0];
        (run["view"]["card"]["title"].clone(), step["assignee"].clone(), step["buttons"].clone())
    };
    assert_eq!(card(&again), card(&first));

    // Where the code asks for something else now, the run waits there.
    let asks = "exports.handler = ({ input }) => input && input.color\n  ? { output: { action: { title: 't', steps: [] } } }\n  : { output: { form: [{ type: 'string', key: 'color', label: 'Color' }] } };";
    world.write_function("esign", "build", asks);
    let again = world.get("run_again", json!({ "flow_run": first["id"] })).await;
    assert_eq!(again["view"]["waiting_for"]["type"], "form", "{again:#}");
    assert_eq!(again["view"]["form"]["inputs"][0]["key"], "color");
    world.get("delete_entry", json!({ "entry": first["id"] })).await;
    world.call::<Value>("run_again", json!({ "flow_run": first["id"] })).await.unwrap_err();
}
