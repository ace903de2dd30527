//! What the last process left in the middle of something.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

use crate::world::World;

fn attachment(run: &Value) -> Value {
    let chat = run["view"]["card"]["chat"].as_array().or(run["view"]["chat"].as_array()).unwrap();
    chat.iter().find(|item| item.to_string().contains("slow.pdf")).unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_being_fetched_when_the_program_ended_is_marked_failed() {
    let world = World::start().await;
    // A service that takes the request and never answers.
    let slow = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/slow.pdf", slow.local_addr().unwrap());
    let (asked, was_asked) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let (mut socket, _) = slow.accept().await.unwrap();
        let _ = socket.read(&mut [0; 1024]).await;
        asked.send(()).unwrap();
        tokio::time::sleep(Duration::from_secs(60)).await;
    });
    let action = format!(
        "exports.handler = async () => ({{ output: {{ status: 'completed', events: [
            {{ type: 'upload_attachment', options: {{ name: 'slow.pdf', file_name: 'slow.pdf', mime_type: 'application/pdf', url: '{url}' }} }}
        ] }} }});"
    );
    let build = "exports.handler = async ({ context }) => ({ output: { action: { title: 'T', steps: context.assignees.slice(0, 1).map((one) => \
        ({ assignee: { user: { id: one.user.id } }, buttons: [{ title: 'Go', style: 'branding', input: {} }], order_number: 1 })) } } });";
    let definition =
        json!({ "actions": [{ "key": "go", "title": "Go", "type": "APP_ACTION_TYPE_ACTION" }] });
    let app = world.app("slow", definition, &[("build", build), ("action", &action)]).await;
    let run = world.get("start_flow", json!({ "app": app, "action_key": "go" })).await;
    let read = json!({ "flow_run": run["id"] });
    let api = world.api.clone();
    let click = json!({ "flow_run": run["id"], "step": 0, "button": 0 });
    // The command answers when the run has come to rest, which it does not.
    let clicked = tokio::spawn(async move { api::dispatch(&api, "click_button", click).await });
    was_asked.await.unwrap();
    let run = world.get("read_flow_run", read.clone()).await;
    assert_eq!(run["view"]["status"], "completed", "{run:#}");
    assert_eq!(attachment(&run)["state"]["type"], "fetching", "{:#}", attachment(&run));
    clicked.abort();

    // Another process: what this one still does to the data folder is nothing, for it waits.
    let world = world.killed().await;
    let run = world.get("read_flow_run", read).await;
    assert_eq!(attachment(&run)["state"]["type"], "failed", "{:#}", attachment(&run));
    assert_eq!(run["view"]["status"], "completed");
}
