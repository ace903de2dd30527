//! Flows and commands through the built command line.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

#[path = "cli/crm_sync.rs"]
mod crm_sync;
#[path = "cli/limits.rs"]
mod limits;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};
use tests::assert_in_order;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// The program as `cargo build -p cli` leaves it, beside the test's own binary.
fn stepsmith(arguments: &[&str]) -> Command {
    let test = std::env::current_exe().unwrap();
    let program = test
        .parent()
        .unwrap()
        .parent()
        .unwrap()
        .join(format!("stepsmith{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.is_file(),
        "{} is missing: build it with `cargo build -p cli`",
        program.display()
    );
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    stepsmith(arguments).output().unwrap()
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// A program that prints one line of JSON and goes on; ended with the test.
struct Server(Child);

impl Server {
    fn start(arguments: &[&str]) -> (Self, Value) {
        let mut child = stepsmith(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        (Self(child), serde_json::from_str(&line).unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// `from→to label` of every message that is one of the seed's own, in order.
fn timeline(output: &Value) -> Vec<String> {
    let short = |actor: &Value| match actor.as_str().unwrap() {
        "creator" => "C",
        "assignee" => "A",
        "moxo_client" => "CL",
        "integration_framework" => "IF",
        "moxo_server" => "S",
        _ => "ES",
    };
    let messages = output["run"]["messages"].as_array().unwrap();
    messages
        .iter()
        .map(|message| {
            format!(
                "{}→{} {}",
                short(&message["from"]),
                short(&message["to"]),
                message["label"].as_str().unwrap()
            )
        })
        .collect()
}

// One test, because the flows share the sample services, which end with the program that started them.
#[test]
fn sample_flows_end_as_expected_with_every_message_of_the_seed() {
    let (_services, _) = Server::start(&["services", "--json"]);

    let folder = tempfile::tempdir().unwrap();
    let diagram = folder.path().join("esign.mmd");
    let mut arguments =
        vec!["flow", "sample-apps/esign", "--action", "send_for_signature", "--json"];
    arguments.extend(["--mermaid", diagram.to_str().unwrap()]);
    let esign = run(&arguments);
    assert!(esign.status.success(), "{}", String::from_utf8_lossy(&esign.stderr));
    let diagram = std::fs::read_to_string(diagram).unwrap();
    assert!(
        diagram.starts_with(
            "%%{init: {'theme':'default'}}%%\nsequenceDiagram\n\tactor C as Creator\n"
        )
    );
    assert!(diagram.contains("\n\tIF->>ES: Register webhook\n"), "{diagram}");
    assert!(!diagram.contains("Status 200"), "requests of functions stand folded: {diagram}");
    let esign = json_of(&esign);
    assert_eq!(esign["status"], "completed");
    assert_in_order(
        &timeline(&esign),
        &[
            "C→CL Add app to workspace",
            "CL→IF Get app's authentication configuration",
            "IF→CL Authentication configuration",
            "CL→C Open OAuth2 authorization web page",
            "C→ES Authenticate",
            "ES→IF Redirect to OAuth2 redirect URL",
            "IF→ES Get OAuth2 token",
            "ES→IF OAuth2 token",
            "IF→IF Invoke identity function to get identity information",
            "IF→IF Save credential",
            "CL→IF Invoke build function",
            "IF→IF Invoke build function and get return value",
            "IF→CL Return value",
            "CL→C Ask creator to fill the form",
            "C→CL Form data",
            "CL→IF Invoke build function with form data",
            "IF→IF Invoke build function and get return value",
            "IF→CL Return value",
            "CL→C Ask creator to fill the form",
            "C→CL Form data",
            "CL→IF Invoke build function with form data",
            "IF→CL Return value",
            "CL→S Create the step",
            "IF→IF Process is triggered",
            "IF→IF Invoke action function and get return value",
            "IF→ES Register webhook",
            "IF→CL External URL with `Redirect URL` as parameter",
            "CL→CL Open external URL",
            "CL→ES Do something",
            "ES→IF Redirect to `Redirect URL`",
            "IF→IF Invoke redirect function and get return value",
            "ES→ES Finish asynchronous operations",
            "ES→IF Send webhook request to `Webhook URL`",
            "IF→IF Invoke webhook function and get return value",
            "IF→S Complete or fail the action or automation",
        ],
    );
    let text = esign.to_string();
    assert!(
        !text.contains("stepsmith-esign-demo-secret"),
        "the client secret stands in the output"
    );

    let declined = run(&[
        "flow",
        "sample-apps/esign",
        "--answers",
        "sample-apps/esign/answers/decline.json",
        "--json",
    ]);
    assert_eq!(json_of(&declined)["status"], "cancelled");

    let survey = run(&["flow", "sample-apps/survey", "--json"]);
    assert!(survey.status.success(), "{}", String::from_utf8_lossy(&survey.stderr));
    let survey = json_of(&survey);
    assert_in_order(
        &timeline(&survey),
        &[
            "CL→C Display a form to ask creator to provide input",
            "C→CL Inputs",
            "CL→IF Inputs",
            "IF→IF Invoke identity function to get identity information",
            "IF→IF Save credential",
            "CL→S Create the step",
            "IF→S Complete or cancel the action or automation",
        ],
    );
    let messages = survey["run"]["messages"].as_array().unwrap();
    let inputs: Vec<String> = messages
        .iter()
        .filter(|message| message["label"] == "Inputs")
        .map(Value::to_string)
        .collect();
    assert_eq!(inputs.len(), 2);
    assert!(
        !inputs.concat().contains("survey-demo-key"),
        "the account's key stands in the timeline: {inputs:?}"
    );
    crm_sync::is_tried_again_until_it_succeeds_or_gives_up();
    an_oauth1_app_is_walked_by_flow();
}

/// An OAuth1 app written here, against the sample provider: request token, page, token, a signed call of the function's own.
fn an_oauth1_app_is_walked_by_flow() {
    let folder = tempfile::tempdir().unwrap();
    let app = folder.path().join("oauth1");
    let signed = [
        ("oauth_consumer_key", "{{consumer_key}}"),
        ("oauth_signature_method", "{{signature_method}}"),
        ("oauth_timestamp", "{{auto_oauth_timestamp}}"),
        ("oauth_nonce", "{{auto_oauth_nonce}}"),
        ("oauth_signature", "{{auto_oauth_signature}}"),
    ];
    let request = |path: &str, own: &[(&str, &str)]| {
        let parts: Vec<String> =
            own.iter().chain(&signed).map(|(name, value)| format!("{name}=\"{value}\"")).collect();
        json!({
            "method": "POST", "url": format!("http://127.0.0.1:4870/oauth1/{path}"),
            "headers": [{ "name": "Authorization", "value": format!("OAuth {}", parts.join(", ")) }],
        })
    };
    let definition = json!({
        "name": "OAuth1", "actions": [{ "key": "a", "title": "A", "type": "APP_ACTION_TYPE_AUTOMATION" }],
        "authentication": { "oauth1": {
            "consumer_key": "stepsmith-oauth1", "consumer_secret": { "secret": "consumer_secret" },
            "signature_method": "HMAC-SHA512",
            "request_token_request": request("initiate", &[("oauth_callback", "{{redirect_uri}}")]),
            "authorization_request": { "method": "GET", "url": "http://127.0.0.1:4870/oauth1/authorize",
                "queries": [{ "name": "oauth_token", "value": "{{oauth_request_token}}" }] },
            "get_token_request": request("token", &[("oauth_token", "{{oauth_request_token}}"), ("oauth_verifier", "{{oauth_verifier}}")]),
        } },
        "identity_function": { "by_zip": false }, "build_function": { "by_zip": false }, "action_function": { "by_zip": false },
    });
    let write = |name: &str, text: &str| {
        let path = app.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("app.json", &definition.to_string());
    write(
        "functions/identity/index.js",
        "exports.handler = async ({ credential: { oauth1 } }) => ({ output: { unique_id: oauth1.user_id, display_id: 'me' } });",
    );
    write(
        "functions/build/index.js",
        "exports.handler = async () => ({ output: { automation: { description: 'x' } } });",
    );
    write(
        "functions/action/index.js",
        "exports.handler = async ({ credential: { oauth1 } }) => ({ output: { \
            status: oauth1.oauth_token && oauth1.oauth_token_secret ? 'completed' : 'cancelled' } });",
    );
    write(
        "answers/walk.json",
        &json!({ "action": "a", "pages": { "sign_in": "owner@example.test", "consent": "allow" } })
            .to_string(),
    );
    let output = run(&["flow", app.to_str().unwrap(), "--json"]);
    let value = json_of(&output);
    assert_eq!(value["status"], "completed", "{value:#}");
    let text = timeline(&value).join("\n");
    for label in [
        "Get OAuth1 request token",
        "Open OAuth1 authorization web page",
        "Get OAuth1 token",
        "Save credential",
    ] {
        assert!(text.contains(label), "{label} in {text}");
    }
    assert!(output.status.success());
    assert!(
        !String::from_utf8_lossy(&output.stdout).contains("acctok_"),
        "the token is not printed"
    );
}

#[test]
fn an_app_is_published_and_the_second_time_nothing_changes() {
    let data = tempfile::tempdir().unwrap();
    let app = copy_of_sample("survey", data.path());
    let folder = data.path().join("data");
    let (_server, told) =
        Server::start(&["serve", "--json", "--data", data.path().join("server").to_str().unwrap()]);
    let (url, token) = (told["url"].as_str().unwrap(), told["token"].as_str().unwrap());
    let publish = |more: &[&str]| {
        let mut arguments = vec![
            "publish",
            app.to_str().unwrap(),
            "--server",
            url,
            "--token",
            token,
            "--json",
            "--data",
            folder.to_str().unwrap(),
        ];
        arguments.extend_from_slice(more);
        let output = run(&arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        json_of(&output)
    };
    let first = publish(&["--version", "first"]);
    assert_eq!(first["version_status"], "APP_VERSION_STATUS_INITIAL");
    let written: Value =
        serde_json::from_slice(&std::fs::read(app.join("app.json")).unwrap()).unwrap();
    assert_eq!(written["app_id"], first["app_id"]);
    let second = publish(&[]);
    assert_eq!(second["app_id"], first["app_id"]);
    for step in second["steps"].as_array().unwrap() {
        assert_eq!(step["change"], "unchanged", "{step}");
    }
    let wrong = run(&["publish", app.to_str().unwrap(), "--server", url, "--token", "wrong"]);
    assert_eq!(wrong.status.code(), Some(2));
}

fn copy_of_sample(name: &str, to: &Path) -> PathBuf {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                copy(&entry.path(), &target)
            } else {
                std::fs::copy(entry.path(), target).map(drop).unwrap()
            }
        }
    }
    let target = to.join(name);
    copy(&root().join("sample-apps").join(name), &target);
    target
}

#[test]
fn a_syntax_error_is_found_without_running_the_code() {
    let data = tempfile::tempdir().unwrap();
    let app = copy_of_sample("survey", data.path());
    std::fs::write(
        app.join("functions/build/index.js"),
        "exports.handler = async () => {\n  return {;\n};\n",
    )
    .unwrap();
    let output = run(&["check", app.to_str().unwrap(), "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let findings = json_of(&output);
    let finding = findings["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["rule"] == "function.syntax")
        .unwrap();
    assert_eq!(
        (&finding["file"], &finding["line"]),
        (&json!("functions/build/index.js"), &json!(2))
    );
}

#[test]
fn the_sample_apps_have_no_findings() {
    let folders = std::fs::read_dir(root().join("sample-apps")).unwrap();
    let apps: Vec<PathBuf> =
        folders.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    assert!(!apps.is_empty());
    for app in apps {
        let output = run(&["check", app.to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn a_broken_app_json_is_named_and_left_alone() {
    let data = tempfile::tempdir().unwrap();
    let broken: [(&[u8], &str); 3] = [
        (b"{\"name\": ", "app.json"),
        (b"\xff\xfe", "UTF-8"),
        (b"{\"name\": 42, \"actions\": []}", "name"),
    ];
    for (text, expected) in broken {
        std::fs::write(data.path().join("app.json"), text).unwrap();
        let output = run(&["flow", data.path().to_str().unwrap()]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(expected), "{said}");
        assert_eq!(std::fs::read(data.path().join("app.json")).unwrap(), text);
    }
}

#[test]
fn every_way_a_handler_can_go_wrong_is_a_clear_failure() {
    let data = tempfile::tempdir().unwrap();
    let app = copy_of_sample("survey", data.path());
    let cases = [
        ("const x = 1;", "handler"),
        ("exports.handler = 42;", "handler"),
        ("exports.handler = () => { throw new Error('boom'); };", "thrown"),
        ("exports.handler = async () => { await Promise.reject(new Error('no')); };", "thrown"),
        ("exports.handler = () => undefined;", "unserializable"),
        ("exports.handler = () => { const a = {}; a.a = a; return a; };", "unserializable"),
        ("exports.handler = () => new Promise(() => {});", "never_settled"),
        ("exports.handler = () => { const f = () => f() + 1; return f(); };", "stack_overflow"),
    ];
    let parameters = data.path().join("parameters.json");
    std::fs::write(&parameters, "{}").unwrap();
    for (code, reason) in cases {
        std::fs::write(app.join("functions/action/index.js"), code).unwrap();
        let output = run(&[
            "call",
            app.to_str().unwrap(),
            "action",
            "--parameters",
            parameters.to_str().unwrap(),
            "--json",
        ]);
        assert_eq!(output.status.code(), Some(1), "{code}");
        let outcome = &json_of(&output)["report"]["outcome"];
        assert!(outcome["kind"] == "failed", "{code}: {outcome}");
        let found = outcome["failure"]["reason"].as_str().unwrap();
        // Too deep a recursion may be told as the RangeError that it is in Node.
        assert!(
            found == reason || (reason == "stack_overflow" && found == "thrown"),
            "{code}: {outcome}"
        );
    }
    std::fs::write(app.join("functions/action/index.js"), "exports.handler = () => 'text';")
        .unwrap();
    let output = run(&[
        "call",
        app.to_str().unwrap(),
        "action",
        "--parameters",
        parameters.to_str().unwrap(),
        "--json",
    ]);
    assert!(!json_of(&output)["diagnostics"].as_array().unwrap().is_empty());
}

#[test]
fn a_call_is_compared_with_node_and_the_differences_are_named() {
    if !Command::new("node").arg("--version").output().is_ok_and(|output| output.status.success()) {
        eprintln!("no Node on the PATH: nothing to compare with");
        return;
    }
    let temporary = tempfile::tempdir().unwrap();
    let app = copy_of_sample("survey", temporary.path());
    let parameters = temporary.path().join("parameters.json");
    std::fs::write(&parameters, "{\"n\": 2}").unwrap();
    let compare = |code: &str| {
        std::fs::write(app.join("functions/build/index.js"), code).unwrap();
        let (dir, parameters) = (app.to_str().unwrap(), parameters.to_str().unwrap());
        let arguments =
            ["--json", "call", dir, "build", "--compare", "node", "--parameters", parameters];
        let output = run(&arguments);
        (output.status.code(), json_of(&output))
    };

    let (code, same) = compare(
        "exports.handler = async ({ n }) => { console.warn({ n }, new Set([n])); await null; return { n: n * 2, l: [1.5, 'x'] }; };",
    );
    assert_eq!((code, &same["differences"]), (Some(0), &json!([])), "{same}");
    assert_eq!(same["node"]["outcome"]["value"], json!({"n": 4, "l": [1.5, "x"]}));
    assert_eq!(same["call"]["report"]["outcome"], same["node"]["outcome"]);

    // What the bundled runtime has not, and says openly.
    let (code, other) = compare("exports.handler = () => ({ wasm: typeof WebAssembly, same: 1 });");
    let difference =
        json!({"part": "output", "place": "/wasm", "here": "\"undefined\"", "node": "\"object\""});
    assert_eq!((code, &other["differences"]), (Some(1), &json!([difference])), "{other}");
}

#[test]
fn inputs_of_a_custom_authorization_come_from_the_environment_and_a_missing_one_is_named() {
    let data = tempfile::tempdir().unwrap();
    let app = copy_of_sample("survey", data.path());
    let answers = app.join("answers");
    for file in std::fs::read_dir(&answers).unwrap() {
        let path = file.unwrap().path();
        let mut value: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        if let Some(account) = value.get_mut("account").and_then(Value::as_object_mut) {
            account.remove("api_key");
        }
        std::fs::write(&path, value.to_string()).unwrap();
    }
    // The sample's own tip gives the key away.
    let definition = std::fs::read_to_string(app.join("app.json")).unwrap();
    let definition = definition.replace("survey-demo-key", "the one you were given");
    std::fs::write(app.join("app.json"), definition).unwrap();
    let app = app.to_str().unwrap();
    let without = run(&["flow", app, "--json"]);
    let says = String::from_utf8_lossy(&without.stderr).into_owned();
    assert_eq!(without.status.code(), Some(2), "{says}");
    assert!(
        says.contains("API key is required") && says.contains("STEPSMITH_SECRET_API_KEY"),
        "{says}"
    );
    let with = stepsmith(&["flow", app, "--json"])
        .env("STEPSMITH_SECRET_API_KEY", "survey-demo-key")
        .output()
        .unwrap();
    assert!(with.status.success(), "{}", String::from_utf8_lossy(&with.stderr));
    assert!(!String::from_utf8_lossy(&with.stdout).contains("survey-demo-key"));
    let help = String::from_utf8_lossy(&run(&["--help"]).stdout).into_owned();
    assert!(help.contains("STEPSMITH_SECRET_API_KEY"), "{help}");
}
