//! `--timeout`, `--memory`, and the limits of the functions that the local server tests.

use std::path::Path;

use serde_json::{Value, json};
use store::Store;

use super::{Server, copy_of_sample, json_of, run};

/// Returns as many bytes as it is asked for, or waits for ever.
const BUILD: &str = "exports.handler = async ({ bytes }) => {
    if (bytes === undefined) await new Promise((resolve) => setTimeout(resolve, 2 ** 31 - 1));
    return { output: { automation: { title: 'x'.repeat(bytes) } } };
};";

#[test]
fn a_call_gets_the_limits_that_are_given_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let app = copy_of_sample("survey", folder.path());
    std::fs::write(app.join("functions/build/index.js"), BUILD).unwrap();
    let parameters = folder.path().join("parameters.json");
    std::fs::write(&parameters, "{}").unwrap();
    let (app, parameters) = (app.to_str().unwrap(), parameters.to_str().unwrap());
    let call = ["call", app, "build", "--parameters", parameters, "--timeout", "0.2", "--memory"];

    let output = run(&[&call[..], &["64", "--json"]].concat());
    assert_eq!(output.status.code(), Some(1));
    let told = json_of(&output);
    assert_eq!(told["report"]["outcome"]["failure"]["reason"], "timed_out", "{told:#}");
    assert_eq!(
        (&told["limits"]["time_ms"], &told["limits"]["memory_bytes"]),
        (&json!(200), &json!(64 << 20))
    );
    assert_eq!(told["limits"]["timers"], 1_000, "the others are the settings'");
    assert_eq!(told["met_limit"]["limit"], "time_ms");

    let text = run(&[&call[..], &["64"]].concat());
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    assert!(text.contains("within 0.2 seconds") && text.contains("with --timeout"), "{text}");

    let refused = run(&[&call[..], &["4"]].concat());
    let says = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2));
    assert!(says.contains("--memory") && says.contains("expected a number, 16 to 2048"), "{says}");
    for command in ["call", "flow"] {
        let help = String::from_utf8_lossy(&run(&[command, "--help"]).stdout).into_owned();
        assert!(help.contains("--timeout <SECONDS>") && help.contains("0.1 to 900"), "{help}");
        assert!(help.contains("--memory <MB>") && help.contains("16 to 2048"), "{help}");
    }
}

#[test]
fn a_flow_gets_the_limits_that_are_given_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let app = copy_of_sample("survey", folder.path());
    // The first function that a flow of this app calls.
    let waits =
        "exports.handler = () => new Promise((resolve) => setTimeout(resolve, 2 ** 31 - 1));";
    std::fs::write(app.join("functions/identity/index.js"), waits).unwrap();
    let output = run(&["flow", app.to_str().unwrap(), "--timeout", "0.2"]);
    let says = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{says}");
    assert!(says.contains("within 0.2 seconds") && says.contains("with --timeout"), "{says}");
}

/// Sets one limit in the settings of a data folder.
fn set(data: &Path, name: &str, value: u32) {
    let mut limits = json!({
        "time_ms": 30_000, "memory_bytes": 256 << 20, "stack_bytes": 512 << 10, "timers": 1_000, "requests": 64,
        "output_bytes": 6 << 20, "log_bytes": 1 << 20,
    });
    limits[name] = value.into();
    let store = Store::open(&data.join("stepsmith.db")).unwrap();
    store.settings().set("settings", &json!({ "limits": limits })).unwrap();
}

#[tokio::test]
async fn the_local_server_tests_functions_within_the_limits_of_its_data_folder() {
    // The client needs one, also where it speaks plain HTTP only.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let folder = tempfile::tempdir().unwrap();
    let app = copy_of_sample("survey", folder.path());
    std::fs::write(app.join("functions/build/index.js"), BUILD).unwrap();
    let data = folder.path().join("server");
    set(&data, "output_bytes", 2_048);
    let (_server, told) = Server::start(&["serve", "--json", "--data", data.to_str().unwrap()]);
    let (url, token) = (told["url"].as_str().unwrap(), told["token"].as_str().unwrap());
    let published =
        run(&["publish", app.to_str().unwrap(), "--server", url, "--token", token, "--json"]);
    let app_id = json_of(&published)["app_id"].as_str().unwrap().to_owned();
    let test = async || -> Value {
        let request = reqwest::Client::new()
            .post(format!("{url}/framework/v1/developer/apps/{app_id}/functions/BUILD/test"))
            .bearer_auth(token)
            .header("Content-Type", "application/json")
            .body(json!({ "bytes": 3_000 }).to_string());
        let answer = request.send().await.unwrap().bytes().await.unwrap();
        serde_json::from_slice(&answer).unwrap()
    };
    let refused = test().await;
    let error = refused["schemaError"].as_str().unwrap_or_default();
    assert!(error.contains("at most 2 KB"), "{refused:#}");
    // Those of the time of the test hold.
    set(&data, "output_bytes", 8_192);
    let fits = test().await;
    assert_eq!(fits["output"]["output"]["automation"]["title"].as_str().unwrap().len(), 3_000);
}
