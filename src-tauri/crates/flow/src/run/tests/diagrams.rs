//! The seed's six diagrams, driven. The first one's authorization part stands in the tests of `authorization`.

use super::*;

const ADDED: [&str; 3] = [
    "C->>CL: Add app to workspace",
    "CL->>IF: Get app's authentication configuration",
    "IF-->>CL: Authentication configuration",
];

#[test]
fn first_authentication() {
    let mut driven = Driven::start("ACTION", AuthorizationKind::OAuth2);
    assert_eq!(driven.arrows(), ADDED);
    assert_eq!(driven.messages[2].payload, json!({ "type": "oauth2" }));
    assert_eq!(driven.waits(), Some(WaitingFor::Credential));
    assert!(driven.effects.is_empty());
    driven.event(Event::CredentialChosen {
        unique_id: "u".into(),
        display_id: "Ann".into(),
        fresh: true,
    });
    assert_eq!(driven.arrows()[3..], ["CL->>IF: Invoke build function"]);
    let mut driven = Driven::start("ACTION", AuthorizationKind::Custom);
    driven.event(Event::CredentialChosen {
        unique_id: "u".into(),
        display_id: "Ann".into(),
        fresh: false,
    });
    assert_eq!(
        driven.arrows()[3..],
        ["C->>CL: Choose a saved account", "CL->>IF: Invoke build function"]
    );
}

#[test]
fn second_provide_inputs_and_create_process() {
    let mut driven = Driven::start("AUTOMATION", AuthorizationKind::None);
    driven
        .returns(json!({ "output": { "form": [{ "type": "string", "key": "a", "label": "A" }] } }));
    driven.answers(json!({ "a": "1" }));
    driven.returns(json!({ "output": { "automation": {} } }));
    assert_eq!(
        driven.arrows()[3..],
        [
            "CL->>IF: Invoke build function",
            "IF-->>IF: Invoke build function and get return value",
            "IF-->>CL: Return value",
            "CL-->>C: Ask creator to fill the form",
            "C->>CL: Form data",
            "CL->>IF: Invoke build function with form data",
            "IF-->>IF: Invoke build function and get return value",
            "IF-->>CL: Return value",
            "CL-->>S: Create the step",
        ]
    );
    assert_eq!(driven.effects.last(), Some(&Effect::StartProcess));
}

#[test]
fn third_handle_process_execution_with_result() {
    let mut driven = Driven::process("AUTOMATION", AuthorizationKind::None);
    driven.returns(completed());
    assert_eq!(
        driven.arrows()[7..],
        [
            "note over IF: Process is triggered",
            "IF-->>IF: Invoke action function and get return value",
            "IF->>S: Complete or cancel the action or automation",
        ]
    );
    assert_eq!(driven.effects.last(), Some(&Effect::Ended { status: EndStatus::Completed }));
}

#[test]
fn third_and_fifth_open_url_and_redirect() {
    let mut driven = Driven::action(json!([step("u1", json!(1))]));
    let before = driven.arrows().len();
    driven.click(0);
    let event = json!({ "type": "open_url", "options": { "url": "https://s.example/sign?return=x", "open_type": "webview" } });
    driven.returns(json!({ "output": { "events": [event] } }));
    driven.event(Event::UrlOpened { step: 0 });
    driven
        .calls_back(CallbackSource::Redirect, "token-1", json!({ "status": "completed" }))
        .unwrap();
    assert_eq!(
        driven.arrows()[before..],
        [
            "A->>CL: Click the button",
            "note over IF: Process is triggered",
            "IF-->>IF: Invoke action function and get return value",
            "IF-->>CL: External URL with `Redirect URL` as parameter",
            "CL-->>CL: Open external URL",
            "CL->>ES: Do something",
            "ES-->>IF: Redirect to `Redirect URL`",
            "IF-->>IF: Invoke redirect function and get return value",
            "IF->>S: Complete or fail the action or automation",
        ]
    );
    assert_eq!(driven.ends(), [EndStatus::Completed]);
}

#[test]
fn third_and_sixth_register_webhook_and_webhook() {
    let mut driven = Driven::process("AWAIT", AuthorizationKind::None);
    let exchange = |method: &str, status, carried| Exchange {
        method: method.to_owned(),
        url: "https://s.example/hooks?token=hush".to_owned(),
        status,
        started_at: 0,
        duration_ms: 0,
        carried_webhook_url: carried,
    };
    let exchanges = vec![exchange("GET", Some(404), false), exchange("POST", Some(201), true)];
    driven.returns_after(json!({ "output": {} }), exchanges);
    driven
        .calls_back(CallbackSource::Webhook, "token-1", json!({ "status": "cancelled" }))
        .unwrap();
    assert_eq!(
        driven.arrows()[7..],
        [
            "note over IF: Process is triggered",
            "IF-->>IF: Invoke action function and get return value",
            "IF->>ES: GET s.example/hooks",
            "ES-->>IF: Status 404",
            "IF->>ES: Register webhook",
            "ES-->>ES: Finish asynchronous operations",
            "ES-->>IF: Send webhook request to `Webhook URL`",
            "IF-->>IF: Invoke webhook function and get return value",
            "IF->>S: Complete or fail the action or automation",
        ]
    );
    assert!(!json!(driven.messages).to_string().contains("hush"));
    assert_eq!(driven.ends(), [EndStatus::Cancelled]);
}
