//! What a flow run or a call is found by. Everything here is masked already: it is what is stored.

use serde_json::Value;
use store::{Older, Texts};

/// What messages say: their payloads, and why something failed.
pub fn of_messages(messages: &[Value]) -> Texts {
    let mut texts = Texts::default();
    for message in messages {
        let Some(payload) = message.get("payload") else { continue };
        if message.get("failed").and_then(Value::as_bool) == Some(true) {
            let why = ["message", "error", "title", "description"];
            let mut found = why.iter().filter_map(|field| payload.get(field)?.as_str()).peekable();
            if found.peek().is_some() {
                texts.errors.extend(found.map(str::to_owned));
            } else if let Some(text) = payload.as_str() {
                texts.errors.push(text.to_owned());
            }
        }
        texts.say(payload);
    }
    texts
}

/// What a call got, returned, logged, sent and received; `report` as it is stored.
pub fn of_call(parameters: &Value, report: &Value) -> Texts {
    let mut texts = Texts::default();
    let Some(report) = report.get("report") else { return texts };
    // What tells calls apart comes first: there is only so much room.
    if let Some(outcome) = report.get("outcome") {
        let failure = outcome.pointer("/failure/message").and_then(Value::as_str);
        texts.errors.extend(failure.map(str::to_owned));
        outcome.get("value").into_iter().for_each(|value| texts.say(value));
    }
    for line in items(report, "log") {
        line.get("text").into_iter().for_each(|text| texts.say(text));
    }
    texts.say(parameters.get("input").unwrap_or(&Value::Null));
    texts.say(parameters.get("context").unwrap_or(&Value::Null));
    for exchange in items(report, "http") {
        for part in ["/url", "/error", "/request_body/text", "/response_body/text"] {
            exchange.pointer(part).into_iter().for_each(|text| texts.say(text));
        }
    }
    texts
}

fn items<'a>(report: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    report.get(field).and_then(Value::as_array).into_iter().flatten()
}

/// The same of what was stored before there was an index.
pub fn of_older(older: &Older) -> Texts {
    let mut texts = of_messages(&older.messages);
    for call in &older.calls {
        let Texts { said, errors } = of_call(&call.parameters, &call.report);
        texts.said.extend(said);
        texts.errors.extend(errors);
    }
    texts
}
