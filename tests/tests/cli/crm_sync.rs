//! The sample app `crm-sync`: an automation whose service refuses at first. The sample services have to run.

use serde_json::Value;

use super::{json_of, run, timeline};

pub fn is_tried_again_until_it_succeeds_or_gives_up() {
    let busy = flow("busy");
    assert_eq!(busy["status"], "completed");
    assert_eq!(statuses(&busy), ["Status 503", "Status 429", "Status 201"]);
    let variables = busy["run"]["view"]["variables"].as_array().unwrap();
    for variable in variables {
        assert!(variable.get("provided").is_some(), "declared and not provided: {variable:#}");
    }
    assert_eq!(variables.len(), 4);

    let closed = flow("closed");
    assert_eq!(closed["status"], "cancelled");
    assert_eq!(statuses(&closed), ["Status 503"; 3]);
    let said = closed["run"]["view"]["chat"][0]["message"].as_str().unwrap();
    assert!(said.ends_with("Tried 3 times."), "{said}");
}

fn flow(answers: &str) -> Value {
    let answers = format!("sample-apps/crm-sync/answers/{answers}.json");
    let output = run(&["flow", "sample-apps/crm-sync", "--answers", &answers, "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    json_of(&output)
}

/// What the CRM answered to each try to add the deal.
fn statuses(output: &Value) -> Vec<String> {
    let timeline = timeline(output);
    let asks = timeline.iter().zip(timeline.iter().skip(1));
    asks.filter(|(asked, _)| asked.contains("PUT") && asked.contains("/crm/v1/deals/"))
        .map(|(_, answered)| answered.trim_start_matches("ES→IF ").to_owned())
        .collect()
}
