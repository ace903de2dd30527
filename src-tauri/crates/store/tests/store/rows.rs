//! Rows that several tests start from.

use serde_json::json;
use store::{CallRow, CredentialKind, NewCredential, NewFlowRun, Store, StoredCall};

/// An app, and its id.
pub fn app(store: &Store) -> String {
    store.apps().upsert_by_path("/apps/esign", "esign", 1).unwrap().id
}

/// A saved credential of that app, and its id.
pub fn credential(store: &Store, app_id: &str, unique_id: &str, display_id: &str) -> String {
    let new = NewCredential {
        app_id,
        unique_id,
        display_id,
        kind: CredentialKind::Custom,
        sealed: b"sealed",
        expires_at: None,
    };
    store.credentials().save(&new, 1).unwrap().credential.id
}

/// A run of that app that has just begun.
pub fn run(app_id: &str, id: &str) -> NewFlowRun {
    NewFlowRun {
        id: id.to_owned(),
        app_id: app_id.to_owned(),
        action_key: "sign".to_owned(),
        action_title: "Sign".to_owned(),
        status: "building".to_owned(),
        stage: "form".to_owned(),
        snapshot: json!({"forms": []}),
        ..NewFlowRun::default()
    }
}

/// A call of that app.
pub fn call(
    app_id: &str,
    id: &str,
    flow_run_id: Option<&str>,
    function: &str,
    started_at: i64,
) -> StoredCall {
    let row = CallRow {
        id: id.to_owned(),
        app_id: app_id.to_owned(),
        flow_run_id: flow_run_id.map(str::to_owned),
        function: function.to_owned(),
        started_at,
        ok: true,
        code_hash: "c0de".to_owned(),
        total_ms: 1.25,
    };
    StoredCall {
        row,
        parameters: json!({"input": {}}),
        report: json!({"log": []}),
        ..StoredCall::default()
    }
}
