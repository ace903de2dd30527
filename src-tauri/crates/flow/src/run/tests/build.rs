//! Build time.

use super::view::RunStatus;
use super::*;

fn form(keys: &[&str]) -> Value {
    let inputs: Vec<Value> =
        keys.iter().map(|key| json!({ "type": "string", "key": key, "label": key })).collect();
    json!({ "output": { "form": inputs } })
}

#[test]
fn build_gets_context_and_merged_input() {
    let mut driven = Driven::start("ACTION", AuthorizationKind::None);
    let (function, parameters) = driven.called();
    assert_eq!(function, FunctionKind::Build);
    assert_eq!(
        parameters,
        json!({
            "context": { "action_key": "sign", "title": "Sign it", "assignees": [
                { "user": { "id": "u1", "name": "Ann" } },
                { "user": { "id": "u2", "name": "Ben", "email": "b@x.example" } },
                { "role": { "id": "r1" } },
            ] },
            "input": {},
        })
    );
    driven.returns(form(&["a", "b"]));
    driven.answers(json!({ "a": "1", "b": "1" }));
    driven.returns(form(&["b", "c"]));
    let view = driven.run.view();
    assert_eq!((view.status, view.waiting_for), (RunStatus::Waiting, Some(WaitingFor::Form)));
    assert_eq!(
        json!(view.form.unwrap().values),
        json!({ "b": "1" }),
        "filled with what was entered for the key"
    );
    driven.answers(json!({ "b": "2", "c": "2" }));
    assert_eq!(driven.called().1["input"], json!({ "a": "1", "b": "2", "c": "2" }));
    let automation = Driven::start("AUTOMATION", AuthorizationKind::None);
    assert_eq!(automation.called().1, json!({ "context": { "action_key": "sign" }, "input": {} }));
}

#[test]
fn going_back_drops_later_answers_but_remembers_them() {
    let mut driven = Driven::start("AUTOMATION", AuthorizationKind::None);
    driven.returns(form(&["a"]));
    driven.answers(json!({ "a": "1" }));
    driven.returns(form(&["b"]));
    driven.answers(json!({ "b": "2" }));
    let late = driven.last_ticket();
    driven.event(Event::FormReopened { index: 0 });
    assert_eq!(json!(driven.run.view().form.unwrap().values), json!({ "a": "1" }));
    let stale = Event::CallReturned {
        ticket: late,
        call_id: "x".into(),
        result: Ok(completed()),
        exchanges: Vec::new(),
    };
    assert_eq!(driven.try_event(stale), Err(Refusal::Stale));
    driven.answers(json!({ "a": "9" }));
    assert_eq!(driven.called().1["input"], json!({ "a": "9" }));
    driven.returns(form(&["b"]));
    assert_eq!(json!(driven.run.view().form.unwrap().values), json!({ "b": "2" }));
    assert!(matches!(driven.try_event(Event::FormReopened { index: 2 }), Err(Refusal::NotNow(_))));
}

#[test]
fn a_failed_call_leaves_the_form_and_can_be_tried_again() {
    let mut driven = Driven::start("AUTOMATION", AuthorizationKind::None);
    driven.throws("TypeError: x");
    assert_eq!((driven.status(), driven.waits()), (RunStatus::Failed, Some(WaitingFor::Retry)));
    assert!(driven.messages.last().unwrap().failed);
    driven.event(Event::Retry { step: None });
    driven.returns(form(&["a"]));
    assert_eq!(driven.run.view().problem, None);
    driven.answers(json!({ "a": "1" }));
    assert_eq!(driven.try_event(Event::Retry { step: None }), Err(Refusal::Busy));
    assert_eq!(driven.try_event(Event::FormAnswered { values: Map::new() }), Err(Refusal::Busy));
    assert!(driven.run.view().form.unwrap().submitted);
    driven.throws("Time-out after 30 s");
    assert_eq!(driven.problem(), "build failed: Time-out after 30 s");
    assert_eq!(json!(driven.run.view().form.unwrap().values), json!({ "a": "1" }));
    driven.event(Event::Retry { step: None });
    assert_eq!(driven.called().1["input"], json!({ "a": "1" }));
    driven.returns(form(&["b"]));
    // An unanswered form is asked for again, not behind itself.
    driven.event(Event::Retry { step: None });
    driven.returns(form(&["b2"]));
    assert_eq!(driven.run.view().form.unwrap().index, 1);
    driven.answers(json!({ "b2": "x" }));
    driven.returns(json!({ "output": { "automation": { "description": "D" } } }));
    let card = driven.run.view().card.unwrap();
    assert_eq!((card.title.as_str(), card.description.as_deref()), ("Sign", Some("D")));
    assert!(matches!(driven.try_event(Event::FormReopened { index: 0 }), Err(Refusal::NotNow(_))));
}

#[test]
fn an_error_is_shown_except_for_automations() {
    for (action_type, shown) in [("ACTION", true), ("AUTOMATION", false)] {
        let mut driven = Driven::start(action_type, AuthorizationKind::None);
        driven.returns(form(&["a"]));
        driven.answers(json!({ "a": "bad" }));
        driven.returns(
            json!({ "error": { "title": "No such template", "description": "Choose another." } }),
        );
        assert_eq!(driven.problem(), "No such template: Choose another.");
        assert_eq!(driven.run.view().problem.unwrap().shown_to_user, shown);
        assert_eq!(driven.arrows().last().unwrap() == "CL-->>C: Show error", shown);
        assert_eq!(driven.waits(), Some(if shown { WaitingFor::Form } else { WaitingFor::Retry }));
        driven.answers(json!({ "a": "good" }));
        assert_eq!(driven.run.view().problem, None);
    }
}

#[test]
fn the_token_is_refreshed_once_and_a_second_directive_is_ignored() {
    let directive = json!({ "directive": { "type": "refresh_token" } });
    let mut driven = Driven::start("AUTOMATION", AuthorizationKind::OAuth2);
    driven.event(Event::CredentialChosen {
        unique_id: "u".into(),
        display_id: "d".into(),
        fresh: true,
    });
    driven.returns(directive.clone());
    assert_eq!(
        (driven.status(), driven.waits()),
        (RunStatus::Running, Some(WaitingFor::TokenRefresh))
    );
    let ticket = driven.last_ticket();
    driven.event(Event::TokenRefreshed { ticket, result: Ok(()) });
    assert_eq!(driven.arrows()[5..], ["IF->>ES: Refresh OAuth2 token", "ES-->>IF: OAuth2 token"]);
    let mut both = form(&["a"]);
    both["directive"] = directive["directive"].clone();
    driven.returns(both);
    assert_eq!(driven.waits(), Some(WaitingFor::Form), "the directive is ignored, the form is not");
    driven.answers(json!({}));
    driven.returns(directive.clone());
    let ticket = driven.last_ticket();
    driven.event(Event::TokenRefreshed { ticket, result: Err("invalid_grant".to_owned()) });
    assert!(driven.problem().contains("invalid_grant"));
    driven.event(Event::Retry { step: None });
    driven.returns(directive.clone());
    let ticket = driven.last_ticket();
    driven.event(Event::TokenRefreshed { ticket, result: Ok(()) });
    assert_eq!(
        driven.try_event(Event::TokenRefreshed { ticket, result: Ok(()) }),
        Err(Refusal::Stale)
    );
    driven.returns(directive.clone());
    assert!(driven.problem().contains("refreshed once"), "{}", driven.problem());
    let mut without = Driven::start("AUTOMATION", AuthorizationKind::None);
    without.returns(directive);
    assert!(without.problem().contains("needs OAuth2"));
}

#[test]
fn another_account_starts_the_loop_anew() {
    let mut driven = Driven::start("AUTOMATION", AuthorizationKind::Custom);
    assert!(matches!(driven.try_event(Event::Retry { step: None }), Err(Refusal::NotNow(_))));
    driven.event(Event::CredentialChosen {
        unique_id: "u".into(),
        display_id: "d".into(),
        fresh: true,
    });
    driven.returns(form(&["a"]));
    driven.answers(json!({ "a": "1" }));
    driven.event(Event::CredentialChosen {
        unique_id: "u2".into(),
        display_id: "d2".into(),
        fresh: false,
    });
    assert_eq!(driven.called().1["input"], json!({}));
    assert_eq!(driven.run.identity().unwrap().unique_id, "u2");
    assert_eq!(
        driven.run.outstanding().calls.len(),
        1,
        "the call for the other account is given up"
    );
}

#[test]
fn an_endless_loop_of_forms_is_noticed() {
    let mut driven = Driven::start("AUTOMATION", AuthorizationKind::None);
    for _ in 0..50 {
        driven.returns(form(&["a"]));
        driven.answers(json!({ "a": "1" }));
    }
    assert!(driven.run.view().notices.is_empty());
    driven.returns(form(&["a"]));
    assert!(driven.run.view().notices[0].contains("more than 50"));
}

#[test]
fn what_cannot_be_used_says_why() {
    let ok_step = step("u1", json!(1));
    for (action_type, value, says) in [
        ("ACTION", json!("text"), "build returned a string"),
        ("ACTION", json!(null), "build returned null"),
        ("ACTION", json!({}), "there is no output"),
        ("ACTION", json!({ "form": [] }), "expected it inside output"),
        ("ACTION", json!({ "output": [] }), "output is a list"),
        ("ACTION", json!({ "output": {} }), "output.form or output.action"),
        ("ACTION", json!({ "output": { "form": {} } }), "output.form is an object"),
        (
            "ACTION",
            json!({ "output": { "form": [], "no_more_forms": "yes" } }),
            "output.no_more_forms",
        ),
        ("ACTION", json!({ "output": { "form": [], "action": {} } }), "form and action at once"),
        ("ACTION", json!({ "output": { "automation": {} } }), "does not fit the type"),
        ("AWAIT", json!({ "output": { "action": {} } }), "expected output.form or output.await"),
        ("TRIGGER", json!({ "output": { "await": {} } }), "output.variables"),
        ("TRIGGER", json!({ "output": { "variables": [5] } }), "output.variables[0] is a number"),
        (
            "AUTOMATION",
            json!({ "output": { "automation": true } }),
            "output.automation is a boolean",
        ),
        (
            "AUTOMATION",
            json!({ "output": { "automation": {}, "variables": [{}] } }),
            "output.variables[0].key is missing",
        ),
        (
            "ACTION",
            json!({ "output": { "action": { "steps": [ok_step] } } }),
            "output.action.title is missing",
        ),
        (
            "ACTION",
            json!({ "output": { "action": { "title": "T", "steps": [] } } }),
            "at least one step",
        ),
        (
            "ACTION",
            json!({ "output": { "action": { "title": "T", "steps": [1] } } }),
            "steps[0] is a number",
        ),
        (
            "ACTION",
            json!({ "output": { "action": { "title": "T", "steps": [{}] } } }),
            "steps[0].assignee is missing",
        ),
        ("ACTION", json!({ "error": 5 }), "error is a number"),
        ("ACTION", json!({ "directive": { "type": "dance" } }), "directive is not known"),
    ] {
        let mut driven = Driven::start(action_type, AuthorizationKind::None);
        driven.returns(value.clone());
        assert!(driven.problem().contains(says), "{value}: {}", driven.problem());
        assert_eq!(driven.arrows().last().unwrap(), "IF-->>CL: Return value");
        assert!(driven.messages.last().unwrap().failed);
        assert!(driven.run.view().can_retry && driven.run.view().card.is_none());
    }
    let mut without_button = step("u1", json!(1));
    without_button["buttons"] = json!([]);
    let mut driven = Driven::start("ACTION", AuthorizationKind::None);
    driven.returns(json!({ "output": { "action": { "title": "T", "steps": [without_button] } } }));
    assert!(driven.problem().contains("nobody can trigger"));
}

#[test]
fn parts_of_a_form_that_cannot_be_drawn_are_named() {
    let mut driven = Driven::start("AUTOMATION", AuthorizationKind::None);
    driven.returns(json!({ "output": { "form": [1, { "type": "string" }, { "type": "heading" }], "no_more_forms": true } }));
    let view = driven.run.view().form.unwrap();
    assert!(view.no_more_forms);
    assert_eq!(view.problems.len(), 2);
}

#[test]
fn a_trigger_is_created_by_its_variables_and_an_error_may_be_a_text() {
    let mut driven = Driven::start("TRIGGER", AuthorizationKind::None);
    driven.returns(json!({ "error": "plain" }));
    assert_eq!(driven.problem(), "Error: plain");
    driven.event(Event::Retry { step: None });
    driven.returns(json!({ "output": { "variables": [{ "id": "crm/1", "key": "v" }] } }));
    assert_eq!(driven.waits(), Some(WaitingFor::Start));
    assert!(driven.run.outstanding().start_process);
    assert_eq!(driven.run.view().variables[0].key, "v");
}
