//! When the messages of calls were, not when they were recorded.

use super::*;
use crate::timeline::in_order;

fn exchange(path: &str, started_at: i64, duration_ms: i64) -> Exchange {
    Exchange {
        method: "GET".to_owned(),
        url: format!("https://s.example/{path}"),
        status: Some(200),
        started_at,
        duration_ms,
        carried_webhook_url: false,
    }
}

fn times(driven: &Driven, from: usize) -> Vec<(i64, &str)> {
    let ordered = in_order(&driven.messages);
    ordered[from..].iter().map(|message| (message.at, message.label.as_str())).collect()
}

#[test]
fn http_has_its_own_times_inside_the_call() {
    let mut driven = Driven::action(json!([step("u1", json!(1))]));
    let before = driven.messages.len();
    driven.click(0);
    let began = driven.now;
    driven.now = began + 990;
    // Two at once, the second answered first.
    let exchanges = vec![exchange("slow", began + 100, 600), exchange("quick", began + 200, 50)];
    driven.returns_after(completed(), exchanges);
    assert_eq!(driven.now, began + 1_000);
    assert_eq!(
        times(&driven, before),
        [
            (began, "Click the button"),
            (began, "Process is triggered"),
            (began, "Invoke action function and get return value"),
            (began + 100, "GET s.example/slow"),
            (began + 200, "GET s.example/quick"),
            (began + 250, "Status 200"),
            (began + 700, "Status 200"),
            (began + 1_000, "Complete or cancel the action or automation"),
        ]
    );
    let asked =
        driven.messages.iter().find(|message| message.label == "GET s.example/slow").unwrap();
    assert_eq!(asked.payload["duration_ms"], 600);
}

#[test]
fn a_clock_that_was_set_back_puts_no_request_ahead_of_its_call() {
    let mut driven = Driven::action(json!([step("u1", json!(1))]));
    driven.click(0);
    let began = driven.now;
    let exchanges =
        vec![exchange("early", began - 5_000, 1), exchange("late", began + 5, i64::MAX)];
    driven.returns_after(completed(), exchanges);
    let at =
        |label: &str| driven.messages.iter().find(|message| message.label == label).unwrap().at;
    assert_eq!((at("GET s.example/early"), at("GET s.example/late")), (began, began + 5));
    assert!(driven.messages.iter().all(|message| message.at <= driven.now));
}

#[test]
fn calls_that_ran_at_once_are_read_in_the_order_of_their_times() {
    let mut driven = Driven::action(json!([step("u1", json!(1)), step("u2", json!(1))]));
    let before = driven.messages.len();
    driven.click(0);
    let (first, first_ticket) = (driven.now, driven.last_ticket());
    driven.click(1);
    let second = driven.now;
    driven.returns_after(completed(), vec![exchange("second", second + 3, 1)]);
    let slow = Event::CallReturned {
        ticket: first_ticket,
        call_id: "slow".to_owned(),
        result: Ok(completed()),
        exchanges: vec![exchange("first", first + 2, 30)],
    };
    driven.event(slow);
    let http: Vec<_> = times(&driven, before)
        .into_iter()
        .filter(|(_, label)| label.starts_with("GET") || *label == "Click the button")
        .collect();
    assert_eq!(
        http,
        [
            (first, "Click the button"),
            (first + 2, "GET s.example/first"),
            (second, "Click the button"),
            (second + 3, "GET s.example/second"),
        ]
    );
}

#[test]
fn a_call_of_a_run_stored_before_times_were_noted_goes_on() {
    let mut driven = Driven::start("ACTION", AuthorizationKind::None);
    let mut stored = serde_json::to_value(&driven.run).unwrap();
    assert!(stored["calls"][0].as_object_mut().unwrap().remove("called_at").is_some());
    driven.run = serde_json::from_value(stored).unwrap();
    let output = json!({ "output": { "action": { "title": "T", "steps": [] } } });
    driven.returns_after(output, vec![exchange("x", driven.now, 3)]);
    let of_call = driven.messages.iter().filter(|message| message.call.is_some());
    assert!(of_call.clone().count() > 2);
    assert!(of_call.into_iter().all(|message| message.at == driven.now));
}
