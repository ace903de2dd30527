//! Run time.

use super::view::{AttachmentState, ChatItem, RunStatus};
use super::*;

const WEBHOOK: CallbackSource = CallbackSource::Webhook;
const REDIRECT: CallbackSource = CallbackSource::Redirect;

#[test]
fn action_gets_input_context_and_callback() {
    let mut driven = Driven::action(json!([step("u1", json!(1))]));
    assert_eq!(driven.waits(), Some(WaitingFor::Button));
    driven.click(0);
    assert_eq!(
        driven.called(),
        (
            FunctionKind::Action,
            json!({
                "context": { "action_key": "sign", "assignees": [
                    { "user": { "id": "u1", "name": "Ann" } },
                    { "user": { "id": "u2", "name": "Ben", "email": "b@x.example" } },
                ] },
                "input": { "who": "u1" },
                "callback": {
                    "token": "token-1",
                    "redirect": "http://127.0.0.1:9/redirect",
                    "webhook": "http://127.0.0.1:9/webhook",
                },
            })
        )
    );
    let mut automation = Driven::start("AUTOMATION", AuthorizationKind::None);
    automation
        .returns(json!({ "output": { "form": [{ "type": "string", "key": "a", "label": "A" }] } }));
    automation.answers(json!({ "a": "1" }));
    automation.returns(json!({ "output": { "automation": {} } }));
    automation.process_starts();
    assert_eq!(
        automation.called().1,
        json!({
            "context": { "action_key": "sign", "attempts": 1 },
            "input": { "a": "1" },
            "callback": { "token": "token-1", "webhook": "http://127.0.0.1:9/webhook" },
        })
    );
}

#[test]
fn steps_follow_their_order_numbers() {
    let steps = json!([
        step("u1", json!(2)),
        step("u2", json!(1)),
        step("u1", json!(1)),
        step("u9", Value::Null)
    ]);
    let mut driven = Driven::action(steps);
    let open = |driven: &Driven| -> Vec<bool> {
        driven.run.view().card.unwrap().steps.iter().map(|step| step.open).collect()
    };
    assert_eq!(driven.run.view().card.unwrap().steps[3].assignee.as_deref(), Some("u9"));
    assert_eq!(open(&driven), [false, false, false, true], "a step without a number comes first");
    assert!(matches!(driven.try_click(1, 0), Err(Refusal::NotNow(_))));
    for (index, now_open) in [
        (3, [false, true, true, false]),
        (2, [false, true, false, false]),
        (1, [true, false, false, false]),
    ] {
        driven.click(index);
        assert_eq!(driven.try_click(index, 0), Err(Refusal::Busy));
        driven.returns(completed());
        assert_eq!(open(&driven), now_open);
        assert!(driven.ends().is_empty());
    }
    assert_eq!(
        driven.try_click(1, 0),
        Err(Refusal::AlreadyDecided { step: 1, status: EndStatus::Completed })
    );
    driven.click(0);
    driven.returns(completed());
    assert_eq!(
        (driven.ends(), driven.status()),
        (vec![EndStatus::Completed], RunStatus::Completed)
    );
    assert_eq!(driven.try_click(0, 0), Err(Refusal::Ended(EndStatus::Completed)));
    assert!(driven.waits().is_none() && !driven.run.view().can_retry);
}

#[test]
fn one_cancelled_step_cancels_the_others() {
    let mut driven =
        Driven::action(json!([step("u1", json!(1)), step("u2", json!(1)), step("u2", json!(2))]));
    driven.click(0);
    driven.returns(completed());
    driven.click(1);
    driven.returns(json!({ "output": { "status": "cancelled" } }));
    let steps = driven.run.view().card.unwrap().steps;
    let statuses: Vec<Option<EndStatus>> = steps.iter().map(|step| step.status).collect();
    assert_eq!(
        statuses,
        [Some(EndStatus::Completed), Some(EndStatus::Cancelled), Some(EndStatus::Cancelled)]
    );
    assert_eq!(driven.ends(), [EndStatus::Cancelled]);
}

#[test]
fn events_come_in_order_and_before_the_decision() {
    let mut driven = Driven::action(json!([step("u1", json!(1))]));
    driven.click(0);
    let before = driven.arrows().len();
    driven.returns(json!({ "output": { "status": "completed", "events": [
        { "type": "send_message", "options": { "text": "Done" } },
        { "type": "upload_attachment", "options": {
            "file_name": "a.pdf", "mime_type": "application/pdf", "url": "https://s.example/a",
            "headers": [{ "name": "Authorization", "value": "Bearer hush" }],
        } },
    ] } }));
    assert_eq!(
        driven.arrows()[before + 1..],
        [
            "IF->>S: Send message",
            "IF->>ES: Get file of attachment",
            "IF->>S: Complete or cancel the action or automation"
        ]
    );
    let Some(Effect::FetchAttachment { attachment, headers, .. }) =
        driven.effects.iter().rev().nth(1).cloned()
    else {
        panic!("{:?}", driven.effects)
    };
    assert_eq!(headers.0[0].value, "Bearer hush");
    let everything =
        format!("{:?} {} {}", driven.effects, json!(driven.messages), json!(driven.run));
    assert!(!everything.contains("hush"), "header values stand in the effect only: {everything}");
    assert_eq!(driven.run.outstanding().attachments, [attachment]);
    let fetched = Event::AttachmentFetched {
        attachment,
        result: Ok(FetchedFile { size: 3, mime_type: None }),
    };
    driven.event(fetched.clone());
    assert_eq!(driven.arrows()[before + 4..], ["ES-->>IF: File", "IF->>S: Upload attachment"]);
    let chat = driven.run.view().chat;
    assert!(matches!(&chat[0], ChatItem::Message { text, .. } if text == "Done"));
    assert!(matches!(
        &chat[1],
        ChatItem::Attachment { state: AttachmentState::Uploaded { size: 3 }, .. }
    ));
    assert!(matches!(&chat[2], ChatItem::Status { status: EndStatus::Completed, .. }));
    assert_eq!(driven.try_event(fetched), Err(Refusal::Stale));
}

#[test]
fn an_attachment_that_cannot_be_fetched_is_shown_as_such() {
    let mut driven = Driven::action(json!([step("u1", json!(1))]));
    driven.click(0);
    let options = json!({ "file_name": "a", "mime_type": "b", "url": "http://127.0.0.1:1/a" });
    driven.returns(
        json!({ "output": { "events": [{ "type": "upload_attachment", "options": options }] } }),
    );
    let attachment = driven.run.outstanding().attachments[0];
    driven.event(Event::AttachmentFetched { attachment, result: Err("status 404".to_owned()) });
    assert!(driven.messages.last().unwrap().failed);
    let failed = AttachmentState::Failed { message: "status 404".to_owned() };
    assert!(
        matches!(&driven.run.view().chat[0], ChatItem::Attachment { state, .. } if *state == failed)
    );
}

#[test]
fn a_form_asks_the_assignee_and_merges_into_the_input() {
    let mut driven = Driven::action(json!([step("u1", json!(1))]));
    driven.click(0);
    let form = |key: &str| json!({ "output": { "form": [{ "type": "string", "key": key, "label": key }] } });
    driven.returns(form("reason"));
    assert_eq!(driven.waits(), Some(WaitingFor::StepForm));
    let answer = |values: Value| Event::StepFormAnswered { step: 0, values: object(values) };
    let before = driven.arrows().len();
    driven.event(answer(json!({ "reason": "r" })));
    assert_eq!(
        driven.arrows()[before..],
        ["A->>CL: Form data", "CL->>IF: Invoke action function with form data"]
    );
    assert_eq!(driven.called().1["input"], json!({ "who": "u1", "reason": "r" }));
    assert_eq!(driven.called().1["callback"]["token"], "token-1", "the same click, the same token");
    driven.throws("TypeError");
    assert_eq!(
        json!(driven.run.view().card.unwrap().steps[0].form.as_ref().unwrap().values),
        json!({ "reason": "r" })
    );
    driven.event(answer(json!({ "reason": "s" })));
    driven.returns(form("who"));
    driven.event(answer(json!({ "who": "me" })));
    assert_eq!(driven.called().1["input"], json!({ "who": "me", "reason": "s" }));
    driven.returns(json!({}));
    assert_eq!(driven.waits(), Some(WaitingFor::Callback { redirect: true, webhook: true }));
    assert!(matches!(driven.try_event(answer(json!({}))), Err(Refusal::NotNow(_))));
}

#[test]
fn retry_sets_an_alarm_and_counts_attempts() {
    let mut driven = Driven::process("AUTOMATION", AuthorizationKind::None);
    driven.returns(json!({ "output": { "retry": { "delay": 30 } } }));
    let at = driven.now + 30_000;
    assert_eq!(driven.effects.last(), Some(&Effect::WakeAt { step: 0, at }));
    assert_eq!(
        (driven.waits(), driven.run.outstanding().alarms),
        (Some(WaitingFor::Time { at }), vec![(0, at)])
    );
    driven.now = at;
    driven.event(Event::Woken { step: 0 });
    assert_eq!(driven.called().1["context"]["attempts"], 2);
    driven.throws("Error: down");
    assert_eq!((driven.status(), driven.waits()), (RunStatus::Failed, Some(WaitingFor::Retry)));
    driven.event(Event::Retry { step: None });
    assert_eq!(
        driven.called().1["context"]["attempts"],
        2,
        "mending a function is no attempt of the framework's"
    );
    driven.returns(json!({ "output": { "status": "completed", "message": "late", "variables": [{ "key": "v", "value": "1" }] } }));
    assert_eq!(driven.status(), RunStatus::Completed);
    let variable = driven.run.view().variables[0].clone();
    assert_eq!(variable.provided, Some(json!({ "key": "v", "value": "1" })));
    assert!(driven.run.view().chat.iter().any(
        |item| matches!(item, ChatItem::Status { message: Some(text), .. } if text == "late")
    ));
    let mut waiting = Driven::process("AWAIT", AuthorizationKind::None);
    waiting.returns(json!({ "output": {} }));
    assert!(matches!(waiting.try_event(Event::Woken { step: 0 }), Err(Refusal::NotNow(_))));
    assert_eq!(waiting.waits(), Some(WaitingFor::Callback { redirect: false, webhook: true }));
}

#[test]
fn a_second_directive_is_a_failure() {
    let directive = json!({ "directive": { "type": "refresh_token" } });
    let mut driven = Driven::process("AWAIT", AuthorizationKind::OAuth2);
    driven.returns(directive.clone());
    let ticket = driven.last_ticket();
    assert_eq!(driven.run.outstanding().refreshes, [ticket]);
    driven.event(Event::TokenRefreshed { ticket, result: Ok(()) });
    driven.returns(directive.clone());
    assert!(driven.problem().contains("asks for it again"));
    driven.event(Event::Retry { step: Some(0) });
    driven.returns(directive.clone());
    assert_eq!(driven.waits(), Some(WaitingFor::TokenRefresh), "a new call may ask once more");
    let ticket = driven.last_ticket();
    driven.event(Event::TokenRefreshed { ticket, result: Err("gone".to_owned()) });
    assert!(driven.problem().contains("gone"));
    driven.event(Event::Retry { step: Some(0) });
    driven.returns(json!({}));
    let both = json!({ "directive": directive["directive"], "callback": { "token": "token-1" } });
    assert!(wants_refresh(&both));
    let event = driven.callback_event(WEBHOOK, Ok(both));
    driven.event(event);
    assert!(driven.problem().contains("asks for it again"));
    assert_eq!(driven.status(), RunStatus::Waiting, "another webhook may decide");
}

#[test]
fn an_error_is_shown_for_actions_only() {
    let error = json!({ "error": { "title": "Too late", "description": "It expired." } });
    let mut action = Driven::action(json!([step("u1", json!(1))]));
    action.click(0);
    action.returns(error.clone());
    assert_eq!(action.arrows().last().unwrap(), "IF-->>CL: Show error");
    assert!(
        matches!(&action.run.view().chat[0], ChatItem::Error { title, .. } if title == "Too late")
    );
    assert_eq!(action.waits(), Some(WaitingFor::Button));
    action.click(0);
    let mut automation = Driven::process("AUTOMATION", AuthorizationKind::None);
    automation.returns(error.clone());
    assert!(automation.run.view().chat.is_empty());
    assert_eq!(
        (automation.status(), automation.run.view().problem.unwrap().shown_to_user),
        (RunStatus::Failed, false)
    );
    let mut called_back = error;
    called_back["callback"] = json!({ "token": "token-2" });
    action.returns(json!({}));
    let event = action.callback_event(REDIRECT, Ok(called_back));
    action.event(event);
    assert!(!action.run.view().problem.unwrap().shown_to_user);
    assert_eq!(action.run.view().chat.len(), 1);
}

#[test]
fn callbacks_find_their_step_by_token_and_decide_once() {
    let mut driven = Driven::action(json!([step("u1", json!(1)), step("u2", json!(1))]));
    driven.click(0);
    driven.returns(json!({}));
    driven.click(1);
    driven.returns(json!({}));
    driven.click(0);
    driven.returns(json!({}));
    assert_eq!(driven.run.tokens().collect::<Vec<_>>(), ["token-1", "token-3", "token-2"]);
    assert!(driven.run.owns_token("token-1") && !driven.run.owns_token("token-9"));
    assert_eq!(driven.calls_back(WEBHOOK, "token-9", json!({})), Err(Refusal::UnknownToken));
    driven
        .calls_back(
            WEBHOOK,
            "token-1",
            json!({ "events": [{ "type": "send_message", "options": { "text": "viewed" } }] }),
        )
        .unwrap();
    assert_eq!(driven.waits(), Some(WaitingFor::Callback { redirect: true, webhook: true }));
    driven.calls_back(REDIRECT, "token-1", json!({ "status": "completed" })).unwrap();
    let decided = Err(Refusal::AlreadyDecided { step: 0, status: EndStatus::Completed });
    assert_eq!(
        driven.calls_back(WEBHOOK, "token-3", json!({ "status": "cancelled" })),
        decided,
        "the later click's token too"
    );
    driven.calls_back(WEBHOOK, "token-2", json!({ "status": "completed" })).unwrap();
    assert_eq!(driven.calls_back(WEBHOOK, "token-1", json!({ "status": "cancelled" })), decided);
    assert_eq!(driven.ends(), [EndStatus::Completed]);
}

#[test]
fn a_callback_that_overtakes_action_decides_and_actions_return_is_ignored() {
    let mut driven = Driven::action(json!([step("u1", json!(1))]));
    driven.click(0);
    driven.calls_back(WEBHOOK, "token-1", json!({ "status": "completed" })).unwrap();
    assert_eq!(driven.ends(), [EndStatus::Completed]);
    driven.returns(json!({ "output": { "status": "cancelled" } }));
    assert_eq!(
        driven.arrows().last().unwrap(),
        "note over IF: Already decided: return value ignored"
    );
    assert_eq!((driven.ends().len(), driven.status()), (1, RunStatus::Completed));
}

#[test]
fn a_callback_that_names_nobody_is_recorded_and_decides_nothing() {
    let mut driven = Driven::action(json!([step("u1", json!(1))]));
    driven.click(0);
    driven.returns(json!({}));
    let results = [Err(CallFailure::new("TypeError: b")), Ok(completed()), Ok(json!(5))];
    for (result, says) in
        results.into_iter().zip(["TypeError: b", "no callback.token", "no callback.token"])
    {
        let event = driven.callback_event(WEBHOOK, result);
        driven.event(event);
        assert!(driven.problem().contains(says), "{}", driven.problem());
        assert!(driven.messages.last().unwrap().failed);
        assert_eq!(driven.waits(), Some(WaitingFor::Callback { redirect: true, webhook: true }));
    }
    driven.calls_back(WEBHOOK, "token-1", json!({})).unwrap();
    assert_eq!(driven.run.view().problem, None);
    let open_url =
        json!({ "events": [{ "type": "open_url", "options": { "url": "https://a.example" } }] });
    driven.calls_back(REDIRECT, "token-1", open_url).unwrap();
    assert!(driven.run.view().notices[0].contains("only Action can open a page"));
    assert!(driven.run.view().card.unwrap().steps[0].open_url.is_none());
}

#[test]
fn a_page_is_opened_until_the_redirect_comes() {
    let mut driven = Driven::action(json!([step("u1", json!(1))]));
    driven.click(0);
    assert!(matches!(driven.try_event(Event::UrlOpened { step: 0 }), Err(Refusal::NotNow(_))));
    driven.returns(json!({ "output": { "events": [{ "type": "open_url", "options": { "url": "https://a.example" } }] } }));
    let url = "https://a.example".to_owned();
    assert_eq!(
        driven.effects.last(),
        Some(&Effect::OpenUrl { step: 0, url, open_type: OpenType::Redirect })
    );
    let page = |driven: &Driven| driven.run.view().card.unwrap().steps[0].open_url.clone();
    assert!(!page(&driven).unwrap().opened);
    driven.event(Event::UrlOpened { step: 0 });
    assert!(page(&driven).unwrap().opened);
    driven.calls_back(REDIRECT, "token-1", json!({})).unwrap();
    assert_eq!(page(&driven), None);
}

#[test]
fn a_trigger_polls_with_its_state_and_starts_flows() {
    let mut driven = Driven::process("TRIGGER", AuthorizationKind::None);
    let activated = driven.now;
    assert_eq!(
        driven.called().1["context"],
        json!({ "action_key": "sign", "trigger_activation_time": activated })
    );
    let group = json!({ "variables": [{ "id": "crm/1", "key": "v", "label": "V", "type": "string", "value": "1" }] });
    driven.returns(json!({ "output": { "state": "s1", "variable_groups": [group, group] } }));
    assert_eq!(driven.waits(), Some(WaitingFor::Poll));
    assert_eq!(driven.run.view().started_flows.len(), 2);
    assert_eq!(driven.effects.last(), Some(&Effect::StartFlow { group }));
    driven.event(Event::Woken { step: 0 });
    let context = driven.called().1["context"].clone();
    assert_eq!(
        context,
        json!({ "action_key": "sign", "state": "s1", "trigger_activation_time": activated })
    );
    driven.returns(json!({ "output": { "retry": { "delay": 0.5 } } }));
    assert!(matches!(driven.waits(), Some(WaitingFor::Time { .. })));
}

#[test]
fn what_cannot_be_used_says_why_and_does_nothing() {
    let message = json!({ "type": "send_message", "options": { "text": "x" } });
    let open = |options: Value| json!({ "output": { "events": [message, { "type": "open_url", "options": options }] } });
    for (value, says) in [
        (json!([]), "action returned a list"),
        (json!({ "status": "completed" }), "expected it inside output"),
        (json!({ "output": { "status": "done" } }), "expected \"completed\" or \"cancelled\""),
        (json!({ "output": { "status": 1 } }), "output.status is 1"),
        (json!({ "output": { "events": {} } }), "output.events is an object"),
        (json!({ "output": { "events": [message, 5] } }), "output.events[1] is a number"),
        (
            json!({ "output": { "events": [message, { "type": "dance", "options": {} }] } }),
            "output.events[1].type",
        ),
        (
            json!({ "output": { "events": [{ "type": "send_message" }] } }),
            "output.events[0].options is missing",
        ),
        (open(json!({})), "output.events[1].options.url is missing"),
        (open(json!({ "url": "/sign" })), "not a URL"),
        (open(json!({ "url": "javascript:alert(1)" })), "expected an http or https URL"),
        (open(json!({ "url": "file:///etc/passwd" })), "expected an http or https URL"),
        (open(json!({ "url": "https://a.example", "open_type": "popup" })), "open_type"),
        (json!({ "output": { "form": 1 } }), "output.form is a number"),
        (json!({ "output": { "message": 1 } }), "output.message is a number"),
    ] {
        let mut driven = Driven::action(json!([step("u1", json!(1))]));
        driven.click(0);
        driven.returns(value.clone());
        assert!(driven.problem().contains(says), "{value}: {}", driven.problem());
        assert!(driven.run.view().chat.is_empty(), "nothing of it is done");
        assert_eq!(driven.waits(), Some(WaitingFor::Retry));
    }
    for (output, says) in [
        (json!({ "retry": { "delay": -1 } }), "retry.delay is -1"),
        (json!({ "retry": { "delay": "5" } }), "expected seconds"),
        (json!({ "retry": 5 }), "output.retry is a number"),
        (json!({ "variables": [{ "value": 1 }] }), "output.variables[0].key is missing"),
    ] {
        let mut driven = Driven::process("AWAIT", AuthorizationKind::None);
        driven.returns(json!({ "output": output }));
        assert!(driven.problem().contains(says), "{}", driven.problem());
    }
    let mut driven = Driven::process("AUTOMATION", AuthorizationKind::None);
    driven.returns(
        json!({ "output": { "events": [], "form": [], "state": "s", "status": "completed" } }),
    );
    assert_eq!((driven.run.view().notices.len(), driven.status()), (3, RunStatus::Completed));
}

#[test]
fn roles_are_filled_and_runs_given_up() {
    let role_step =
        json!([{ "assignee": { "role": { "id": "r1" } }, "buttons": [{ "title": "Go" }] }]);
    let mut driven = Driven::action(role_step);
    let assignee = |driven: &Driven| {
        let step = driven.run.view().card.unwrap().steps[0].clone();
        (step.assignee.unwrap(), step.assignee_id.unwrap(), step.is_role)
    };
    assert_eq!(assignee(&driven), ("r1".to_owned(), "r1".to_owned(), true));
    let user = User { id: "u3".into(), name: "Cy".into(), email: None, phone_number: None };
    driven.event(Event::RoleAssigned { role: "r1".into(), user: user.clone() });
    assert_eq!(assignee(&driven), ("Cy".to_owned(), "u3".to_owned(), false));
    assert!(driven.try_event(Event::RoleAssigned { role: "r1".into(), user }).is_err());
    driven.click(0);
    assert_eq!(
        driven.called().1["context"]["assignees"][2],
        json!({ "user": { "id": "u3", "name": "Cy" } })
    );
    driven.event(Event::Cancel);
    assert_eq!(
        (driven.ends(), driven.status()),
        (vec![EndStatus::Cancelled], RunStatus::Cancelled)
    );
    assert_eq!(driven.try_event(Event::Cancel), Err(Refusal::Ended(EndStatus::Cancelled)));
    assert_eq!(driven.run.outstanding(), Outstanding::default());
    let late = Event::CallReturned {
        ticket: driven.last_ticket(),
        call_id: "c".into(),
        result: Ok(completed()),
        exchanges: Vec::new(),
    };
    assert_eq!(driven.try_event(late), Err(Refusal::Stale));
}

#[test]
fn a_click_needs_a_token_of_its_own() {
    let mut driven = Driven::action(json!([step("u1", json!(1)), step("u2", json!(1))]));
    driven.click(0);
    driven.tokens = 0;
    assert!(matches!(driven.try_click(1, 0), Err(Refusal::NotNow(_))));
    assert!(matches!(driven.try_click(1, 7), Err(Refusal::NotNow(_))));
    assert!(matches!(driven.try_click(9, 0), Err(Refusal::NotNow(_))));
    let callback = driven.callback();
    assert!(driven.try_event(Event::ProcessStarted { callback }).is_err());
}
