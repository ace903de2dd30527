//! Whatever happens: no panic, no decided step that changes, no time that goes back.

use proptest::prelude::*;

use super::*;

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-z]{0,6}".prop_map(Value::from),
    ];
    let name = prop_oneof![
        Just("output"),
        Just("error"),
        Just("directive"),
        Just("form"),
        Just("action"),
        Just("steps"),
        Just("status"),
        Just("events"),
        Just("type"),
        Just("options"),
        Just("retry"),
        Just("delay"),
        Just("variables"),
        Just("key"),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((name.clone(), inner), 0..4).prop_map(|pairs| Value::Object(
                pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
            )),
        ]
    })
}

/// Return values that mean something, and some that do not.
fn any_return() -> impl Strategy<Value = Value> {
    let form = json!([{ "type": "string", "key": "a", "label": "A" }]);
    let open = json!({ "type": "open_url", "options": { "url": "https://a.example" } });
    let file = json!({ "type": "upload_attachment", "options": { "file_name": "f", "mime_type": "m", "url": "https://a.example" } });
    let steps = json!([step("u1", json!(1)), step("u2", json!(1)), step("u1", json!(2))]);
    let variables = json!([{ "key": "v", "value": "1" }]);
    let outputs = vec![
        json!({ "form": form }),
        json!({ "action": { "title": "T", "steps": steps } }),
        json!({ "automation": {}, "variables": variables }),
        json!({ "await": {} }),
        json!({ "variables": variables }),
        json!({ "status": "completed" }),
        json!({ "status": "cancelled", "events": [open, file] }),
        json!({ "events": [file, open] }),
        json!({ "retry": { "delay": 2 }, "state": "s" }),
        json!({ "variable_groups": [{ "variables": [] }] }),
        json!({}),
    ];
    let outputs = proptest::sample::select(outputs).prop_map(|output| json!({ "output": output }));
    prop_oneof![
        8 => outputs,
        5 => Just(completed()),
        1 => Just(json!({ "directive": { "type": "refresh_token" } })),
        1 => Just(json!({ "error": { "title": "t", "description": "d" } })),
        1 => any_json(),
    ]
}

fn any_result() -> impl Strategy<Value = Result<Value, CallFailure>> {
    prop_oneof![9 => any_return().prop_map(Ok), 1 => Just(Err(CallFailure::new("boom")))]
}

fn any_callback() -> impl Strategy<Value = Callback> {
    (0..40u32).prop_map(|number| Callback {
        token: format!("t{number}"),
        redirect: None,
        webhook: Some("w".to_owned()),
    })
}

fn any_event() -> impl Strategy<Value = Event> {
    let source = prop_oneof![Just(CallbackSource::Redirect), Just(CallbackSource::Webhook)];
    let callback = (source, 0..40u32, any_result(), -50i64..500).prop_map(
        |(source, token, mut result, received_at)| {
            if let Ok(Value::Object(object)) = &mut result {
                object.insert("callback".to_owned(), json!({ "token": format!("t{token}") }));
            }
            let (inbox_id, call_id) = ("i".to_owned(), "c".to_owned());
            Event::CallbackReturned {
                source,
                inbox_id,
                received_at,
                request: json!({}),
                call_id,
                result,
                exchanges: Vec::new(),
            }
        },
    );
    let exchange = (-50i64..500, 0i64..100).prop_map(|(started_at, duration_ms)| Exchange {
        method: "GET".into(),
        url: "x".into(),
        status: None,
        started_at,
        duration_ms,
        carried_webhook_url: true,
    });
    let exchanges = proptest::collection::vec(exchange, 0..3);
    let returned = (1..60u64, any_result(), exchanges).prop_map(|(ticket, result, exchanges)| {
        Event::CallReturned { ticket, call_id: "c".into(), result, exchanges }
    });
    let refreshed = (1..60u64, any::<bool>()).prop_map(|(ticket, good)| Event::TokenRefreshed {
        ticket,
        result: if good { Ok(()) } else { Err("no".to_owned()) },
    });
    let fetched =
        (1..60u64, any::<bool>()).prop_map(|(attachment, good)| Event::AttachmentFetched {
            attachment,
            result: if good {
                Ok(FetchedFile { size: 1, mime_type: None })
            } else {
                Err("no".to_owned())
            },
        });
    let values = object(json!({ "a": "1" }));
    let step_values = values.clone();
    let chosen =
        Event::CredentialChosen { unique_id: "u".into(), display_id: "d".into(), fresh: true };
    let user = User { id: "u3".into(), name: "Cy".into(), email: None, phone_number: None };
    prop_oneof![
        3 => Just(chosen),
        8 => returned,
        2 => refreshed,
        2 => Just(Event::FormAnswered { values }),
        1 => (0..3usize).prop_map(|index| Event::FormReopened { index }),
        2 => (0..3usize).prop_map(move |step| Event::StepFormAnswered { step, values: step_values.clone() }),
        1 => Just(Event::RoleAssigned { role: "r1".into(), user }),
        6 => (0..4usize, 0..3usize, any_callback())
            .prop_map(|(step, button, callback)| Event::ButtonClicked { step, button, callback }),
        3 => any_callback().prop_map(|callback| Event::ProcessStarted { callback }),
        2 => (0..2usize).prop_map(|step| Event::Woken { step }),
        2 => (0..3usize).prop_map(|step| Event::UrlOpened { step }),
        2 => fetched,
        6 => callback,
        1 => proptest::option::of(0..3usize).prop_map(|step| Event::Retry { step }),
    ]
}

/// Answers what waits, so that random runs get far.
fn aimed(driven: &Driven, event: Event) -> Event {
    let outstanding = driven.run.outstanding();
    match event {
        Event::CallReturned { ticket, call_id, result, exchanges } => {
            let ticket = outstanding.calls.first().map_or(ticket, |call| call.ticket);
            Event::CallReturned { ticket, call_id, result, exchanges }
        }
        Event::TokenRefreshed { ticket, result } => Event::TokenRefreshed {
            ticket: outstanding.refreshes.first().copied().unwrap_or(ticket),
            result,
        },
        Event::AttachmentFetched { attachment, result } => {
            let attachment = outstanding.attachments.first().copied().unwrap_or(attachment);
            Event::AttachmentFetched { attachment, result }
        }
        Event::CallbackReturned {
            source,
            inbox_id,
            received_at,
            request,
            call_id,
            mut result,
            exchanges,
        } => {
            let token =
                driven.run.tokens().nth(usize::try_from(received_at.unsigned_abs() % 3).unwrap());
            if let (Ok(Value::Object(object)), Some(token)) = (&mut result, token) {
                object.insert("callback".to_owned(), json!({ "token": token }));
            }
            Event::CallbackReturned {
                source,
                inbox_id,
                received_at,
                request,
                call_id,
                result,
                exchanges,
            }
        }
        other => other,
    }
}

fn decided_steps(driven: &Driven) -> Vec<(usize, process::Step)> {
    let steps =
        driven.run.process.iter().flat_map(|process| process.steps.iter().cloned().enumerate());
    steps.filter(|(_, step)| step.decided.is_some()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn any_events_keep_the_promises(
        action_type in proptest::sample::select(vec!["ACTION", "ACTION", "AUTOMATION", "AWAIT", "TRIGGER"]),
        with_credential in any::<bool>(),
        is_built in any::<bool>(),
        events in proptest::collection::vec((any_event(), -30i64..60, 0..5u8), 0..60),
    ) {
        let kind = if with_credential { AuthorizationKind::OAuth2 } else { AuthorizationKind::None };
        // Half of the runs start at run time: from the beginning few random ones get there.
        let mut driven = match (is_built, action_type) {
            (false, _) => Driven::start(action_type, kind),
            (true, "ACTION") => {
                Driven::action(json!([step("u1", json!(1)), step("u2", json!(1)), step("u1", json!(2))]))
            }
            (true, other) => Driven::process(other, kind),
        };
        let mut decided: Vec<(usize, process::Step)> = Vec::new();
        for (event, pause, wild) in events {
            // `try_event` itself checks that refusals change nothing and that the snapshot survives JSON.
            driven.now = (driven.now + pause).max(0);
            let event = if wild == 0 { event } else { aimed(&driven, event) };
            let _ = driven.try_event(event);
            for (index, step) in &decided {
                prop_assert_eq!(&driven.run.process.as_ref().unwrap().steps[*index], step);
            }
            decided = decided_steps(&driven);
            prop_assert!(driven.ends().len() <= 1);
            prop_assert_eq!(driven.run.ended(), driven.ends().first().copied());
        }
        // All but the messages of calls stand in the order of their times; a call's lie between its begin and its return.
        let (calls, others): (Vec<_>, Vec<_>) =
            driven.messages.iter().partition(|message| message.call.is_some());
        prop_assert!(others.windows(2).all(|pair| pair[0].at <= pair[1].at));
        let (first, last) = (others[0].at, driven.run.last_at);
        prop_assert!(calls.iter().all(|message| (first..=last).contains(&message.at)));
    }
}
