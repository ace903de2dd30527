//! A database as years of work would leave it, written in bulk.

use std::path::Path;

use rusqlite::{Connection, params};
use serde_json::{Value, json};
use store::{CredentialKind, NewCredential, Older, Store, Texts};

pub const CALLS_OF_A_RUN: usize = 10;
/// Of so many runs one has the rare word.
pub const RARE: usize = 5_000;

/// Numbers that look random and are the same in every run of the benchmark (xorshift, 64 bits).
pub struct Numbers(u64);

impl Numbers {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    pub fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const FIRST: [&str; 12] = [
    "Anna", "Bruno", "Chiara", "Dmitri", "Emre", "Fatima", "Günther", "Hanako", "Ines", "Jürgen",
    "Kim", "李",
];
const LAST: [&str; 10] = [
    "Abel", "Brandt", "Costa", "Dubois", "Eriksen", "Fischer", "García", "Haddad", "Ivanova",
    "田中",
];
const THINGS: [&str; 10] = [
    "Purchase agreement",
    "Employment contract",
    "Non-disclosure agreement",
    "Lease",
    "Invoice",
    "Offer letter",
    "Delivery note",
    "Order form",
    "Power of attorney",
    "契約書",
];
const STATUS: [&str; 5] = ["completed", "completed", "completed", "cancelled", "waiting"];

/// Writes the runs as the version before the history would have left them, and makes their places.
pub fn make(path: &Path, runs: usize) -> Store {
    let store = Store::open(path).unwrap();
    let apps: Vec<String> = (0..3)
        .map(|n| {
            store.apps().upsert_by_path(&format!("/apps/{n}"), &format!("app {n}"), 1).unwrap().id
        })
        .collect();
    for app_id in &apps {
        let new = NewCredential {
            app_id,
            unique_id: "account-1",
            display_id: "ops@example.test",
            kind: CredentialKind::Oauth2,
            sealed: b"sealed",
            expires_at: None,
        };
        store.credentials().save(&new, 1).unwrap();
    }
    drop(store);
    let mut connection = Connection::open(path).unwrap();
    connection.execute_batch("PRAGMA synchronous = OFF").unwrap();
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    for step in (0..runs).step_by(5_000) {
        let transaction = connection.transaction().unwrap();
        for n in step..(step + 5_000).min(runs) {
            run(&transaction, &mut numbers, n, &apps);
        }
        transaction.commit().unwrap();
    }
    Store::open(path).unwrap()
}

fn run(connection: &Connection, numbers: &mut Numbers, n: usize, apps: &[String]) {
    let id = uuid(numbers);
    let app = &apps[usize::from(n % 10 == 9) + usize::from(n % 50 == 49)];
    let failed = n % 40 == 7;
    let status = if failed { "failed" } else { numbers.of(&STATUS) };
    let action = ["sign", "send", "collect"][n % 3];
    let began = 1_600_000_000_000 + n as i64 * 300_000;
    let person = format!("{} {}", numbers.of(&FIRST), numbers.of(&LAST));
    let thing = format!("{} {}-{:05}", numbers.of(&THINGS), 2020 + n % 6, n);
    let envelope = uuid(numbers);
    let said = json!({
        "input": {
            "title": thing, "signer": person, "email": format!("signer{n}@example.test"),
            "message": format!("Please sign {thing} until Friday. Thank you very much, {person}."),
            "due": format!("2026-{:02}-{:02}", 1 + numbers.below(12), 1 + numbers.below(28)),
        },
        "envelope": envelope,
    });
    let insert = "INSERT INTO flow_runs (id, app_id, action_key, action_title, credential_id, unique_id, status, stage,
          snapshot, revision, created_at, updated_at, ended_at)
        VALUES (?1, ?2, ?3, ?4, (SELECT id FROM credentials WHERE app_id = ?2), 'account-1', ?5, 'run', ?6, 12, ?7, ?8, ?9)";
    // The state machine's own data, sealed: as long as in the sample apps, and it does not compress.
    let sealed: String = (0..16).flat_map(|_| uuid(numbers).into_bytes()).map(char::from).collect();
    let snapshot = json!({ "sealed": sealed.repeat(8) }).to_string();
    let ended = (status != "waiting").then_some(began + 90_000);
    let title = format!("{action} a document");
    connection
        .prepare_cached(insert)
        .unwrap()
        .execute(params![id, app, action, title, status, snapshot, began, began + 90_000, ended])
        .unwrap();
    let insert = "INSERT INTO messages (flow_run_id, seq, message) VALUES (?1, ?2, ?3)";
    let mut messages = connection.prepare_cached(insert).unwrap();
    for seq in 0..20 {
        let payload = match seq % 5 {
            0 => said.clone(),
            1 => json!({ "status": "sent", "envelope": envelope }),
            2 if failed => {
                json!({ "message": format!("The service answered 422: {thing} has no recipient {n}") })
            }
            2 if n % RARE == 3 => json!({ "note": "escalated to the quartermaster" }),
            _ => Value::Null,
        };
        let message = json!({
            "at": began + seq * 1_000, "stage": "run", "from": "integration_framework", "to": "moxo_server",
            "kind": "reply", "label": "Invoke action function and get return value", "payload": payload,
            "call": envelope, "failed": failed && seq % 5 == 2,
        });
        messages.execute(params![id, seq + 1, message.to_string()]).unwrap();
    }
    let insert = "INSERT INTO calls (id, app_id, flow_run_id, function, started_at, parameters, report, ok, code_hash, total_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '0123456789abcdef', ?9)";
    let mut calls = connection.prepare_cached(insert).unwrap();
    for call in 0..CALLS_OF_A_RUN {
        let function = ["build", "build", "build", "action", "action", "webhook"][call % 6];
        let parameters = json!({
            "credential": { "oauth2": { "access_token": "••••••", "token_type": "Bearer" } },
            "identity": { "unique_id": "account-1" }, "context": { "action_key": action }, "input": said["input"],
            "callback": { "token": id, "webhook": format!("http://127.0.0.1:8720/w/{envelope}") },
        });
        let headers: Vec<Value> =
            ["content-type", "date", "server", "x-request-id", "cache-control", "vary"]
                .iter()
                .map(|name| json!([name, format!("{name} as the service sends it")]))
                .collect();
        let exchange = json!({
            "method": "POST", "url": format!("https://service.example.test/v2/envelopes/{envelope}"), "status": 200,
            "request_headers": headers, "request_body": { "text": said.to_string() },
            "response_headers": headers, "response_body": { "text": said.to_string() }, "at_ms": 1.0, "duration_ms": 80.0,
        });
        let report = json!({ "report": {
            "outcome": { "kind": "returned", "value": { "output": said } },
            "log": [{ "level": "info", "text": format!("sent {thing} as {envelope}"), "at_ms": 3.0 }],
            "http": if call % 2 == 0 { vec![exchange] } else { Vec::new() }, "timing": { "total_ms": 92.5 }, "memory_peak_bytes": 812_345,
            "code_hash": "0123456789abcdef" }, "diagnostics": [] });
        let at = began + call as i64 * 2_000;
        calls
            .execute(params![
                uuid(numbers),
                app,
                id,
                function,
                at,
                parameters.to_string(),
                report.to_string(),
                !failed,
                92.5
            ])
            .unwrap();
    }
    connection
        .prepare_cached(
            "INSERT INTO history (kind, flow_run_id, app_id, begun_at, ended_at, status, action_key)
            VALUES ('flow_run', ?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .unwrap()
        .execute(params![id, app, began, ended, status, action])
        .unwrap();
}

fn uuid(numbers: &mut Numbers) -> String {
    let hex: String = (0..32).map(|_| char::from(b"0123456789abcdef"[numbers.below(16)])).collect();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// What a run is found by.
pub fn texts(older: &Older) -> Texts {
    let mut texts = Texts::default();
    for message in &older.messages {
        if message["failed"] == json!(true) {
            texts.errors.extend(message["payload"]["message"].as_str().map(str::to_owned));
        } else {
            texts.say(&message["payload"]);
        }
    }
    for call in &older.calls {
        texts.say(&call.parameters);
        let report = &call.report["report"];
        texts.say(&report["outcome"]["value"]);
        for line in report["log"].as_array().into_iter().flatten() {
            texts.say(&line["text"]);
        }
        for exchange in report["http"].as_array().into_iter().flatten() {
            texts.say(&exchange["url"]);
            texts.say(&exchange["response_body"]["text"]);
        }
    }
    texts
}
