//! What a new app starts from really runs, and what it returns fits the contract.

use serde_json::{Value, json};

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn every_template_runs_and_returns_what_fits() {
    let world = World::start().await;
    let parent = world.folder.path().join("new");
    std::fs::create_dir_all(&parent).unwrap();
    let view = world.get("create_app", json!({ "name": "New", "parent": parent })).await;
    let app = &view["id"];
    assert_eq!(world.get("check_app", json!({ "app": app })).await, json!([]));

    let context = json!({
        "action_key": view["definition"]["actions"][0]["key"], "title": "T",
        "assignees": [{ "user": { "id": "u", "name": "U" } }, { "role": { "id": "r" } }],
    });
    let body = |text: &str| {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(text)
    };
    let oauth2 = json!({ "oauth2": { "access_token": "t", "token_type": "Bearer" } });
    for (function, parameters) in [
        ("identity", json!({ "credential": oauth2 })),
        ("identity", json!({ "credential": { "custom": { "key": "value" } } })),
        ("build", json!({ "context": context, "input": {} })),
        ("build", json!({ "context": context, "input": { "note": "N" } })),
        (
            "action",
            json!({ "context": context, "input": { "note": "N" }, "callback": { "token": "c" } }),
        ),
        ("redirect", json!({ "input": { "state": "c" } })),
        ("redirect", json!({ "input": { "state": "c", "event": "decline" } })),
        (
            "webhook",
            json!({ "input": {
            "content_type": "application/json",
            "body_base64": body("{\"token\":\"c\",\"status\":\"completed\"}"),
        } }),
        ),
    ] {
        let call = json!({ "app": app, "function": function, "parameters": parameters });
        let call = world.get("call_function", call).await;
        let outcome = &call["report"]["outcome"];
        assert!(outcome["value"].is_object(), "{function} of {parameters}: {outcome:#}");
        assert_eq!(call["diagnostics"], json!([]), "{function}: {outcome:#}");
        if matches!(function, "redirect" | "webhook") {
            assert_eq!(outcome["value"]["callback"]["token"], "c", "{function}");
        }
    }

    // The templates fit together: a whole flow, as a newcomer walks it first.
    let start = json!({ "app": app, "action_key": context["action_key"] });
    let run = world.get("start_flow", start).await;
    let form = json!({ "flow_run": run["id"], "values": { "note": "Water the plants" } });
    let answer = world.get("submit_form", form).await;
    assert_eq!(answer["problems"], json!([]));
    let mut run: Value = answer["run"].clone();
    for step in 0..run["view"]["card"]["steps"].as_array().unwrap().len() {
        let click = json!({ "flow_run": run["id"], "step": step, "button": 0 });
        run = world.get("click_button", click).await;
    }
    assert_eq!(run["view"]["status"], "completed", "{run:#}");
    assert!(run.to_string().contains("Done: Water the plants"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_found_in_the_sample_apps_and_a_mistake_at_its_line() {
    let world = World::start().await;
    for sample in ["esign", "survey"] {
        let app = world.open_sample(sample).await;
        assert_eq!(world.get("check_app", json!({ "app": app })).await, json!([]), "{sample}");
        let folder = world.folder.path().join("apps").join(sample);
        let text = std::fs::read_to_string(folder.join("app.json")).unwrap();
        std::fs::write(
            folder.join("app.json"),
            text.replace("\"key\": \"send_", "\"key\": \"\", \"was\": \"send_"),
        )
        .unwrap();
        let line = text.lines().position(|line| line.contains("\"key\": \"send_")).unwrap() + 1;
        let found = world.get("check_app", json!({ "app": app })).await;
        let found = found.as_array().unwrap();
        let empty = found.iter().find(|one| one["rule"] == "action.key.empty").unwrap();
        assert_eq!((&empty["file"], &empty["line"]), (&json!("app.json"), &json!(line)));
        let answers = found.iter().find(|one| one["rule"] == "answers.action.unknown").unwrap();
        assert_eq!(
            (answers["file"].as_str().unwrap().split('/').next(), &answers["line"]),
            (Some("answers"), &json!(2))
        );
    }
}
