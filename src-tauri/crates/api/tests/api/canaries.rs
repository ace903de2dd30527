//! Canaries: a secret of its own in every place that can hold one, echoed by a provider in every way it can think of. Afterwards none
//! stands anywhere but where it was sealed: not on disk, in a log, in what the window gets, in what is published, nor around the
//! processes.

use std::path::Path;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use url::Url;

use crate::provider::{Asked, Provider, Reply};
use crate::secrets_at_rest::{assert_nowhere, files, found_in};
use crate::world::World;

const CLIENT_SECRET: &str = "canary/client+secret=\"1\"&x";
const ACCESS: &str = "canary~access+token/1==";
const ACCESS_2: &str = "canary~access+token/2==";
const REFRESH: &str = "canary~refresh+token/1==";
const REFRESH_2: &str = "canary~refresh+token/2==";
const ID_TOKEN: &str = "canary.id_token.c2lnbmF0dXJl";
const CODE: &str = "canary-code/4%+abc";
const COOKIE: &str = "canary-cookie-in-an-answer";
const CUSTOM: &str = "canary custom \\ \"input\" ü €";

/// Everything it was sent, said back in five ways.
fn echo(asked: &Asked) -> String {
    let heard = format!("{}\n{}", asked.head, asked.body);
    let form: String = url::form_urlencoded::parse(asked.body.as_bytes())
        .map(|(name, value)| format!("{name} is {value}; "))
        .collect();
    let twice: String = url::form_urlencoded::byte_serialize(form.as_bytes()).collect();
    format!("{form} {twice} {} {} {heard}", STANDARD.encode(&form), URL_SAFE_NO_PAD.encode(&form))
}

/// How often it was asked decides what it answers: first an error, then tokens, then an error again.
async fn provider(verifiers: Arc<Mutex<Vec<String>>>) -> Provider {
    Provider::scripted(move |asked, before| {
        if let Some(verifier) = asked.field("code_verifier") {
            verifiers.lock().unwrap().push(verifier);
        }
        let cookie = format!("content-type: application/json\nset-cookie: session={COOKIE}; HttpOnly");
        let token = |access: &str, refresh: &str| {
            json!({
                "access_token": access, "refresh_token": refresh, "id_token": ID_TOKEN, "expires_in": 3600,
                "client_secret": CLIENT_SECRET, "heard": echo(asked),
            })
        };
        match (asked.path.as_str(), before) {
            ("/token", 1) => Reply::http(200, &cookie, token(ACCESS, REFRESH).to_string()),
            ("/token", 2) => Reply::http(200, &cookie, token(ACCESS_2, REFRESH_2).to_string()),
            ("/token", 0 | 3) => Reply::http(
                400,
                &cookie,
                json!({ "error": "invalid_grant", "error_description": echo(asked), "error_uri": format!("https://p.example/?{}", asked.body) }).to_string(),
            ),
            ("/token", _) => Reply::http(500, "content-type: text/html", format!("<h1>{}</h1>", echo(asked))),
            // What functions are answered.
            _ => Reply::http(
                200,
                &format!("{cookie}\nx-echo: {}\nlocation: http://x.example/?t={}", asked.head.replace(['\r', '\n'], " "), asked.head.replace(['\r', '\n', ' '], "")),
                json!({ "heard": echo(asked) }).to_string(),
            ),
        }
    })
    .await
}

/// A function that spills what it gets wherever it can.
fn spilling(provider: &str, result: &str) -> String {
    format!(
        "exports.handler = async (parameters) => {{
            const {{ credential }} = parameters;
            const all = JSON.stringify(credential);
            const secrets = Object.values(credential.oauth2 ?? credential.custom).filter((value) => typeof value === 'string');
            console.log(credential, all);
            for (const secret of secrets) {{
                console.error(secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64'), JSON.stringify({{ secret }}));
                await fetch('{provider}/echo?q=' + encodeURIComponent(secret), {{
                    method: 'POST',
                    headers: {{ authorization: 'Bearer ' + encodeURIComponent(secret), cookie: 'session=' + encodeURIComponent(secret) }},
                    body: all,
                }}).then((answer) => answer.text()).then((text) => console.info(text));
            }}
            {result}
        }};"
    )
}

async fn back(world: &World, attempt: &Value, code: &str, more: &str) -> Value {
    let page = Url::parse(attempt["url"].as_str().unwrap()).unwrap();
    let find =
        |name: &str| page.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned();
    let mut url = Url::parse(&find("redirect_uri")).unwrap();
    url.query_pairs_mut().append_pair("code", code).append_pair("state", &find("state"));
    let answer = reqwest::get(format!("{url}{more}")).await.unwrap().text().await.unwrap();
    let read = json!({ "authorization": attempt["id"] });
    let over = world.until("read_authorization", read, |it| it["status"] != "running").await;
    json!({ "page": answer, "attempt": over, "state": find("state") })
}

fn definition(provider: &Provider) -> Value {
    let mut definition = provider.app();
    let oauth2 = &mut definition["authentication"]["oauth2"];
    // As an import or a hurried author leaves it.
    oauth2["client_secret"] = CLIENT_SECRET.into();
    for (request, list, name, value) in [
        ("authorization_request", "queries", "code_challenge", "{{code_challenge}}"),
        ("authorization_request", "queries", "code_challenge_method", "S256"),
        ("get_token_request", "body_fields", "code_verifier", "{{code_verifier}}"),
    ] {
        let rows = oauth2[request][list].as_array_mut().unwrap();
        rows.push(json!({ "name": name, "value": value }));
    }
    for request in ["get_token_request", "refresh_token_request"] {
        oauth2[request]["headers"] =
            json!([{ "name": "Authorization", "value": "Basic {{client_id}}:{{client_secret}}" }]);
    }
    definition
}

/// All that the window can ask for about an app.
async fn all_answers(world: &World, app: &str, attempts: &[&str]) -> String {
    let mut answers = Vec::new();
    let of_app = json!({ "app": app });
    for command in [
        "read_app",
        "secret_states",
        "list_credentials",
        "list_flow_runs",
        "list_calls",
        "list_inbox",
        "check_app",
    ] {
        answers.push(world.get(command, of_app.clone()).await);
    }
    for command in ["start_screen", "list_servers", "read_settings", "vault_status"] {
        answers.push(world.get(command, json!({})).await);
    }
    let ids = |command: usize| -> Vec<String> {
        let list = answers[command].as_array().unwrap();
        list.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let (credentials, runs, calls) = (ids(2), ids(3), ids(4));
    assert!(!runs.is_empty() && !calls.is_empty(), "there is something to look at");
    for id in &credentials {
        for (command, body) in [
            ("list_exchanges", json!({ "owner": id })),
            ("read_token", json!({ "credential": id })),
            ("credential_uses", json!({ "credential": id })),
        ] {
            // A custom account has no token to read.
            if let Ok(answer) = world.call::<Value>(command, body).await {
                answers.push(answer);
            }
        }
    }
    for id in runs {
        answers.push(world.get("read_flow_run", json!({ "flow_run": id })).await);
        answers.push(world.get("export_mermaid", json!({ "flow_run": id })).await);
    }
    for id in calls {
        answers.push(world.get("read_call", json!({ "call": id })).await);
    }
    for id in attempts {
        answers.push(world.get("read_authorization", json!({ "authorization": id })).await);
        answers.push(world.get("list_exchanges", json!({ "owner": id })).await);
    }
    answers.push(json!(format!("{:?}", world.told.all())));
    Value::Array(answers).to_string()
}

/// Arguments and environment of this process's workers, and this process's arguments.
fn around_processes() -> (Vec<u8>, usize) {
    let mut found = std::fs::read("/proc/self/cmdline").unwrap_or_default();
    let mut workers = 0;
    for task in std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten() {
        let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        for child in children.split_whitespace() {
            workers += 1;
            for file in ["cmdline", "environ"] {
                found.extend(std::fs::read(format!("/proc/{child}/{file}")).unwrap_or_default());
            }
        }
    }
    (found, workers)
}

fn assert_not_in(folder: &Path, secrets: &[String]) {
    let mut paths = Vec::new();
    files(folder, &mut paths);
    assert!(!paths.is_empty());
    for path in paths {
        let found = found_in(&std::fs::read(&path).unwrap(), secrets);
        assert_eq!(found, None, "in {}", path.display());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_canary_of_an_oauth2_app_gets_out() {
    let world = World::start().await;
    let verifiers = Arc::default();
    let provider = provider(Arc::clone(&verifiers)).await;
    let identity = spilling(
        &provider.url,
        "return { output: { unique_id: 'u', display_id: 'the account ' + credential.oauth2.access_token } };",
    );
    let build = spilling(&provider.url, "return { output: { automation: { description: all } } };");
    let action = spilling(&provider.url, "throw new Error('refused ' + all + secrets.join());");
    let functions =
        [("identity", identity.as_str()), ("build", build.as_str()), ("action", action.as_str())];
    let app = world.app("canary", definition(&provider), &functions).await;

    let run = world.get("start_flow", json!({ "app": app, "action_key": "wait" })).await;
    let start = json!({ "app": app, "flow_run": run["id"] });
    // The provider refuses, and says in its error all that it was sent.
    let first = world.get("start_authorization", start.clone()).await;
    let refused = back(&world, &first, "canary-code/1%+abc", "").await;
    assert_eq!(refused["attempt"]["status"], "failed", "{refused:#}");
    // It sends the browser back with a secret of the app in the address.
    let second = world.get("start_authorization", start).await;
    let secret: String = url::form_urlencoded::byte_serialize(CLIENT_SECRET.as_bytes()).collect();
    let accepted =
        back(&world, &second, CODE, &format!("&hint={secret}&id_token={ID_TOKEN}&realm=7")).await;
    assert_eq!(accepted["attempt"]["status"], "done", "{accepted:#}");
    let read = json!({ "flow_run": run["id"] });
    let failed = |run: &Value| run["view"]["status"] == "failed" && run["busy"] == false;
    world.until("read_flow_run", read, failed).await;

    // A refresh that works, one that is refused, one that fails in another way; a test.
    let account = json!({ "credential": accepted["attempt"]["credential"]["id"] });
    world.get("refresh_credential", account.clone()).await;
    world.get("test_credential", account.clone()).await;
    let mut errors = String::new();
    for _ in 0..2 {
        let error = world.call::<Value>("refresh_credential", &account).await.unwrap_err();
        errors.push_str(&serde_json::to_string(&error).unwrap());
    }
    assert!(errors.contains("invalid_grant") && errors.contains("500"), "{errors}");

    let mut secrets: Vec<String> = [
        CLIENT_SECRET,
        ACCESS,
        ACCESS_2,
        REFRESH,
        REFRESH_2,
        ID_TOKEN,
        CODE,
        COOKIE,
        "canary-code/1%+abc",
    ]
    .map(str::to_owned)
    .to_vec();
    secrets.extend(verifiers.lock().unwrap().iter().cloned());
    assert_eq!(secrets.len(), 11, "two verifiers were sent");
    for state in [&refused["state"], &accepted["state"]] {
        secrets.push(state.as_str().unwrap().to_owned());
    }
    let attempts = [first["id"].as_str().unwrap(), second["id"].as_str().unwrap()];
    let shown = all_answers(&world, &app, &attempts).await;
    // The page's address is for the browser; it carries the state and is gone with the attempt.
    assert_eq!(found_in(shown.as_bytes(), &secrets), None, "in what the window gets");
    let pages = format!("{}{}{errors}", refused["page"], accepted["page"]);
    assert_eq!(found_in(pages.as_bytes(), &secrets), None, "in pages and errors");
    let (around, workers) = around_processes();
    assert!(!cfg!(target_os = "linux") || workers > 0);
    assert_eq!(found_in(&around, &secrets), None, "in arguments or environment");
    assert!(!String::from_utf8_lossy(&around).contains("CARGO_"), "workers get no environment");
    assert_not_in(&world.folder.path().join("apps"), &secrets);
    assert_nowhere(&world, &secrets);
    let world = world.restart().await;
    assert_nowhere(&world, &secrets);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_canary_of_a_custom_app_gets_out() {
    let world = World::start().await;
    let provider = provider(Arc::default()).await;
    let identity = spilling(
        &provider.url,
        "return { output: { unique_id: 'u', display_id: 'account ' + credential.custom.key } };",
    );
    let spill = spilling(&provider.url, "throw new Error('refused ' + all);");
    let definition = json!({
        "actions": [{ "key": "go", "title": "Go", "type": "APP_ACTION_TYPE_AUTOMATION" }],
        "authentication": { "custom": { "inputs": [{ "key": "key", "label": "Key", "required": true }] } },
    });
    let functions =
        [("identity", identity.as_str()), ("build", spill.as_str()), ("action", spill.as_str())];
    let app = world.app("canary-custom", definition, &functions).await;
    let run = world.get("start_flow", json!({ "app": app, "action_key": "go" })).await;
    let start = json!({ "app": app, "flow_run": run["id"] });
    let attempt = world.get("start_authorization", start).await;
    let inputs = json!({ "authorization": attempt["id"], "values": { "key": CUSTOM } });
    world.get("submit_custom_inputs", inputs).await;
    let read = json!({ "flow_run": run["id"] });
    let failed = |run: &Value| run["busy"] == false && run.to_string().contains("refused");
    world.until("read_flow_run", read, failed).await;

    let secrets = [CUSTOM.to_owned(), COOKIE.to_owned()];
    let shown = all_answers(&world, &app, &[attempt["id"].as_str().unwrap()]).await;
    assert_eq!(found_in(shown.as_bytes(), &secrets), None, "in what the window gets");
    assert_eq!(found_in(&around_processes().0, &secrets), None, "in arguments or environment");
    assert_not_in(&world.folder.path().join("apps"), &secrets);
    assert_nowhere(&world, &secrets);
    let world = world.restart().await;
    assert_nowhere(&world, &secrets);
}
