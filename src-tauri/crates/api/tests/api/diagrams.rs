//! The diagrams that the seed (introduction.md) explains the framework with, each from a run of a real app: real functions in
//! workers, a real gateway, real pages. The seed has five drawings; three of the alternatives in the first and the third need a
//! run of their own.
//!
//! A run is drawn as it happened, so that what the seed leaves open is decided in it:
//! * One alternative of an `alt` is walked, a `loop` as often as it went round; neither is drawn as a frame.
//! * Who takes part is declared in one order for all diagrams, and who says nothing is not declared. The seed declares
//!   everybody in any of the alternatives.
//! * The Assignee is an actor of ours: somebody clicks the button of an action. The seed begins where the process is triggered.
//! * What functions do over HTTP stands folded in their calls, except for the registration of a webhook, which the seed draws.
//! * `Authentication configturation` is spelled as a word.

use flow::timeline::{Message, Requests, Stage, in_order, label, mermaid};
use serde_json::{Value, json};

use crate::provider::{Asked, Provider, Reply};
use crate::world::{World, sample_apps};

const OAUTH2: &str = "\
%%{init: {'theme':'default'}}%%
sequenceDiagram
	actor C as Creator
	participant CL as Moxo Client
	participant IF as Integration Framework
	participant ES as External Service
	C->>CL: Add app to workspace
	CL->>IF: Get app's authentication configuration
	IF-->>CL: Authentication configuration
	CL-->>C: Open OAuth2 authorization web page
	C->ES: Authenticate
	ES-->>IF: Redirect to OAuth2 redirect URL
	IF->>ES: Get OAuth2 token
	ES-->>IF: OAuth2 token
	IF-->>IF: Invoke identity function to get identity information
	IF-->>IF: Save credential
";

const CUSTOM: &str = "\
%%{init: {'theme':'default'}}%%
sequenceDiagram
	actor C as Creator
	participant CL as Moxo Client
	participant IF as Integration Framework
	C->>CL: Add app to workspace
	CL->>IF: Get app's authentication configuration
	IF-->>CL: Authentication configuration
	CL-->>C: Display a form to ask creator to provide input
	C->>CL: Inputs
	CL->>IF: Inputs
	IF-->>IF: Invoke identity function to get identity information
	IF-->>IF: Save credential
";

/// The loop goes round twice.
const CREATE_PROCESS: &str = "\
%%{init: {'theme':'default'}}%%
sequenceDiagram
	actor C as Creator
	participant CL as Moxo Client
	participant IF as Integration Framework
	participant S as Moxo Server
	CL->>IF: Invoke build function
	IF-->>IF: Invoke build function and get return value
	IF-->>CL: Return value
	CL-->>C: Ask creator to fill the form
	C->>CL: Form data
	CL->>IF: Invoke build function with form data
	IF-->>IF: Invoke build function and get return value
	IF-->>CL: Return value
	CL-->>C: Ask creator to fill the form
	C->>CL: Form data
	CL->>IF: Invoke build function with form data
	IF-->>IF: Invoke build function and get return value
	IF-->>CL: Return value
	CL-->>S: Create the step
";

const RESULT: &str = "\
%%{init: {'theme':'default'}}%%
sequenceDiagram
	participant IF as Integration Framework
	participant S as Moxo Server
	note over IF: Process is triggered
	IF-->>IF: Invoke action function and get return value
	IF->>S: Complete or cancel the action or automation
";

const OPEN_URL: &str = "\
%%{init: {'theme':'default'}}%%
sequenceDiagram
	actor A as Assignee
	participant CL as Moxo Client
	participant IF as Integration Framework
	participant ES as External Service
	A->>CL: Click the button
	note over IF: Process is triggered
	IF-->>IF: Invoke action function and get return value
	IF-->>CL: External URL with `Redirect URL` as parameter
	CL-->>CL: Open external URL
	CL->>ES: Do something
	ES-->>IF: Redirect to `Redirect URL`
";

const REGISTER_WEBHOOK: &str = "\
%%{init: {'theme':'default'}}%%
sequenceDiagram
	participant IF as Integration Framework
	participant ES as External Service
	note over IF: Process is triggered
	IF-->>IF: Invoke action function and get return value
	IF->>ES: Register webhook
	ES-->>ES: Finish asynchronous operations
	ES-->>IF: Send webhook request to `Webhook URL`
";

const HANDLE_REDIRECT: &str = "\
%%{init: {'theme':'default'}}%%
sequenceDiagram
	participant IF as Integration Framework
	participant S as Moxo Server
	participant ES as External Service
	ES-->>IF: Redirect to `Redirect URL`
	IF-->>IF: Invoke redirect function and get return value
	IF->>S: Complete or fail the action or automation
";

const HANDLE_WEBHOOK: &str = "\
%%{init: {'theme':'default'}}%%
sequenceDiagram
	participant IF as Integration Framework
	participant S as Moxo Server
	participant ES as External Service
	ES-->>IF: Send webhook request to `Webhook URL`
	IF-->>IF: Invoke webhook function and get return value
	IF->>S: Complete or fail the action or automation
";

/// The timeline of a run, as it happened.
fn messages(run: &Value) -> Vec<Message> {
    let messages: Vec<Message> = serde_json::from_value(run["messages"].clone()).unwrap();
    in_order(&messages).into_iter().cloned().collect()
}

fn drawn(messages: &[Message]) -> String {
    mermaid(messages, Requests::Folded)
}

fn stage(run: &Value, stage: Stage) -> Vec<Message> {
    messages(run).into_iter().filter(|message| message.stage == stage).collect()
}

/// What leads to a callback, and what comes of it; the callback itself ends the one drawing and begins the other.
fn around(messages: &[Message], callback: &str) -> (String, String) {
    let at = messages.iter().position(|message| message.label == callback).unwrap();
    (drawn(&messages[..=at]), drawn(&messages[at..]))
}

#[tokio::test(flavor = "multi_thread")]
async fn first_authentication_with_oauth2_and_second_the_form_loop() {
    let world = World::start().await;
    let app = world.open_sample("esign").await;
    let run = world.walk_esign(&app).await;
    assert_eq!(drawn(&stage(&run, Stage::Authorization)), OAUTH2);
    assert_eq!(drawn(&stage(&run, Stage::Build)), CREATE_PROCESS);

    // The requests of the sample's functions are there, for who wants them.
    let text = async |requests: bool| {
        let export = json!({ "flow_run": run["id"], "requests": requests });
        world.get("export_mermaid", export).await["text"].as_str().unwrap().to_owned()
    };
    let request = "\tIF->>ES: GET 127.0.0.1/esign/v1/templates\n\tES-->>IF: Status 200\n";
    assert!(text(true).await.contains(request));
    assert!(!text(false).await.contains("/esign/v1/templates"));
}

#[tokio::test(flavor = "multi_thread")]
async fn first_authentication_with_inputs_of_the_creator() {
    let world = World::start().await;
    let app = world.open_sample("survey").await;
    let answers = std::fs::read(sample_apps().join("survey/answers/happy.json")).unwrap();
    let answers: Value = serde_json::from_slice(&answers).unwrap();
    let run = json!({ "app": app, "action_key": answers["action"], "context": answers["context"] });
    let run = world.get("start_flow", run).await;
    let attempt = json!({ "app": app, "flow_run": run["id"] });
    let attempt = world.get("start_authorization", attempt).await;
    let inputs = json!({ "authorization": attempt["id"], "values": answers["account"] });
    world.get("submit_custom_inputs", inputs).await;
    let run = world
        .until("read_flow_run", json!({ "flow_run": run["id"] }), |run| {
            run["view"]["form"].is_object() && run["busy"] == false
        })
        .await;
    assert_eq!(drawn(&stage(&run, Stage::Authorization)), CUSTOM);
}

const AUTOMATION: &str = "exports.handler = async () => ({ output: { automation: {} } });";

fn one_action(kind: &str) -> Value {
    json!({ "actions": [{ "key": "go", "title": "Go", "type": format!("APP_ACTION_TYPE_{kind}") }] })
}

/// A run from its begin to its end: what the command tells.
const WHOLE: &str = "\
%%{init: {'theme':'default'}}%%
sequenceDiagram
	actor C as Creator
	participant CL as Moxo Client
	participant IF as Integration Framework
	participant S as Moxo Server
	C->>CL: Add app to workspace
	CL->>IF: Get app's authentication configuration
	IF-->>CL: Authentication configuration
	CL->>IF: Invoke build function
	IF-->>IF: Invoke build function and get return value
	IF-->>CL: Return value
	CL-->>S: Create the step
	note over IF: Process is triggered
	IF-->>IF: Invoke action function and get return value
	IF->>S: Complete or cancel the action or automation
";

#[tokio::test(flavor = "multi_thread")]
async fn third_a_result_of_action() {
    let world = World::start().await;
    let action = "exports.handler = async () => ({ output: { status: 'completed' } });";
    let functions = [("build", AUTOMATION), ("action", action)];
    let app = world.app("result", one_action("AUTOMATION"), &functions).await;
    let run = world.get("start_flow", json!({ "app": app, "action_key": "go" })).await;
    let read = json!({ "flow_run": run["id"] });
    let run = world.until("read_flow_run", read, |run| run["view"]["status"] == "completed").await;
    assert_eq!(drawn(&stage(&run, Stage::Run)), RESULT);
    let text = world.get("export_mermaid", json!({ "flow_run": run["id"] })).await;
    assert_eq!(text["text"], WHOLE);
}

#[tokio::test(flavor = "multi_thread")]
async fn third_a_page_that_action_opens_and_fourth_the_redirect() {
    let world = World::start().await;
    // A page that sends whoever opens it back.
    let page = Provider::scripted(|asked: &Asked, _| {
        let target = asked.head.split(' ').nth(1).unwrap();
        let url = url::Url::parse(&format!("http://page.example{target}")).unwrap();
        let (_, back) = url.query_pairs().find(|(name, _)| name == "back").unwrap();
        Reply::http(302, &format!("location: {back}"), "")
    })
    .await;
    let build = "exports.handler = async ({ context }) => ({ output: { action: { title: 'T', steps: [{ assignee: { user: { id: context.assignees[0].user.id } }, \
        buttons: [{ title: 'Go', style: 'branding', input: {} }] }] } } });";
    let action = format!(
        "exports.handler = async ({{ callback }}) => {{ \
            const back = `${{callback.redirect}}?state=${{callback.token}}`; \
            const url = `{}/page?back=${{encodeURIComponent(back)}}`; \
            return {{ output: {{ events: [{{ type: 'open_url', options: {{ url, open_type: 'webview' }} }}] }} }}; }};",
        page.url
    );
    let redirect = "exports.handler = async ({ input }) => ({ output: { status: 'completed' }, callback: { token: input.state } });";
    let functions = [("build", build), ("action", action.as_str()), ("redirect", redirect)];
    let app = world.app("page", one_action("ACTION"), &functions).await;
    let run = world.get("start_flow", json!({ "app": app, "action_key": "go" })).await;
    let click = json!({ "flow_run": run["id"], "step": 0, "button": 0 });
    let run = world.get("click_button", click).await;
    let url = run["view"]["card"]["steps"][0]["open_url"]["url"].clone();
    let url = url.as_str().unwrap_or_else(|| panic!("no page in {run:#}"));
    let open = json!({ "flow_run": run["id"], "step": 0, "in_browser": false });
    world.get("open_url", open).await;
    reqwest::get(url).await.unwrap();
    let read = json!({ "flow_run": run["id"] });
    let run = world.until("read_flow_run", read, |run| run["view"]["status"] == "completed").await;
    let (third, fourth) = around(&stage(&run, Stage::Run), label::REDIRECT);
    assert_eq!(third, OPEN_URL);
    assert_eq!(fourth, HANDLE_REDIRECT);
}

#[tokio::test(flavor = "multi_thread")]
async fn third_a_webhook_that_action_registers_and_fifth_what_it_brings() {
    let world = World::start().await;
    let service = Provider::start(|_, _| (201, json!({}))).await;
    let build = "exports.handler = async () => ({ output: { await: {} } });";
    let action = format!(
        "exports.handler = async ({{ callback }}) => {{ \
            await fetch('{0}/before'); \
            await fetch('{0}/hooks', {{ method: 'POST', body: JSON.stringify({{ url: callback.webhook, token: callback.token }}) }}); \
            return {{ output: {{}} }}; }};",
        service.url
    );
    let webhook = "exports.handler = async ({ input }) => { \
        const { token } = JSON.parse(Buffer.from(input.body_base64, 'base64').toString()); \
        return { output: { status: 'completed' }, callback: { token } }; };";
    let functions = [("build", build), ("action", action.as_str()), ("webhook", webhook)];
    let app = world.app("hook", one_action("AWAIT"), &functions).await;
    let run = world.get("start_flow", json!({ "app": app, "action_key": "go" })).await;
    let read = json!({ "flow_run": run["id"] });
    world
        .until("read_flow_run", read.clone(), |run| {
            run["view"]["waiting_for"]["type"] == "callback" && run["busy"] == false
        })
        .await;
    // What was registered is called, as the service would do it.
    let registered = service.asked("/hooks").remove(0).body;
    let registered: Value = serde_json::from_str(&registered).unwrap();
    let delivery = reqwest::Client::new().post(registered["url"].as_str().unwrap());
    let delivery = delivery.body(json!({ "token": registered["token"] }).to_string());
    delivery.send().await.unwrap().error_for_status().unwrap();
    let run = world.until("read_flow_run", read, |run| run["view"]["status"] == "completed").await;
    let (third, fifth) = around(&stage(&run, Stage::Run), label::WEBHOOK);
    assert_eq!(third, REGISTER_WEBHOOK);
    assert_eq!(fifth, HANDLE_WEBHOOK);
}

/// A run of an app without functions of its own: its id.
async fn a_run(world: &World) -> String {
    let functions = [("build", AUTOMATION), ("action", "exports.handler = async () => ({});")];
    let app = world.app("saved", one_action("AUTOMATION"), &functions).await;
    let run = world.get("start_flow", json!({ "app": app, "action_key": "go" })).await;
    run["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_diagram_is_saved_whole_and_replaces_only_what_it_is_told_to() {
    let world = World::start().await;
    let run = a_run(&world).await;
    let folder = tempfile::tempdir().unwrap();
    let mermaid = json!({ "kind": "mermaid", "flow_run": run });
    let save = async |name: &str, content: &Value, replace: bool| {
        let folder = folder.path();
        let save =
            json!({ "folder": folder, "name": name, "content": content, "replace": replace });
        world.call::<Value>("save_diagram", save).await
    };
    let place = folder.path().join("run.mmd");
    let saved = json!({ "kind": "saved", "path": place });
    assert_eq!(save("run.mmd", &mermaid, false).await.unwrap(), saved);
    let text = world.get("export_mermaid", json!({ "flow_run": run })).await;
    assert_eq!(std::fs::read_to_string(&place).unwrap(), text["text"].as_str().unwrap());

    std::fs::write(&place, "somebody's").unwrap();
    let exists = json!({ "kind": "exists", "path": place });
    assert_eq!(save("run.mmd", &mermaid, false).await.unwrap(), exists);
    assert_eq!(std::fs::read_to_string(&place).unwrap(), "somebody's");
    assert_eq!(save("run.mmd", &mermaid, true).await.unwrap(), saved);
    assert_eq!(std::fs::read_to_string(&place).unwrap(), text["text"].as_str().unwrap());

    let svg = json!({ "kind": "svg", "text": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>" });
    save("run.svg", &svg, false).await.unwrap();
    let png = json!({ "kind": "png", "base64": "iVBORw0KGgo=" });
    save("run.PNG", &png, false).await.unwrap();
    assert_eq!(std::fs::read(folder.path().join("run.PNG")).unwrap(), b"\x89PNG\r\n\x1a\n");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left beside");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_diagrams_are_written_and_only_under_a_plain_name_in_a_folder_that_is_there() {
    let world = World::start().await;
    let run = a_run(&world).await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("taken.mmd")).unwrap();
    let mermaid = json!({ "kind": "mermaid", "flow_run": run });
    let here = folder.path().to_str().unwrap();
    let refused = async |folder: &str, name: &str, content: &Value, why: &str| {
        let save = json!({ "folder": folder, "name": name, "content": content, "replace": true });
        let error = world.call::<Value>("save_diagram", save).await.unwrap_err();
        assert!(error.message.contains(why), "{folder} {name}: {}", error.message);
    };
    for name in [
        "",
        ".",
        "..",
        "../run.mmd",
        "a/run.mmd",
        "a\\run.mmd",
        "/tmp/run.mmd",
        "run.mmd/",
        "c:run.mmd",
        "run.sh",
        "run",
        ".mmd",
        ".bashrc.mmd",
        "run\n.mmd",
        "run.svg",
    ] {
        refused(here, name, &mermaid, "cannot be the file's name").await;
    }
    refused(here, &format!("{}.mmd", "n".repeat(200)), &mermaid, "200 bytes").await;
    refused(here, "taken.mmd", &mermaid, "a folder has this name").await;
    for folder in ["", "relative", "/no/such/folder"] {
        refused(folder, "run.mmd", &mermaid, "is no folder on this machine").await;
    }
    refused(here, "run.svg", &json!({ "kind": "svg", "text": "<html>" }), "is no SVG").await;
    refused(here, "run.png", &json!({ "kind": "png", "base64": "aGk=" }), "is no PNG").await;
    refused(here, "run.png", &json!({ "kind": "png", "base64": "?" }), "not base64").await;
    let unknown = json!({ "kind": "mermaid", "flow_run": "unknown" });
    refused(here, "run.mmd", &unknown, "this flow run").await;
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
