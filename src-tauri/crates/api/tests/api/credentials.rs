//! Accounts: refreshed once and in time, connected again as themselves, and what is shown of their tokens.

use std::sync::atomic::{AtomicU64, Ordering};

use api::Event;
use serde_json::{Value, json};

use crate::provider::{Asked, Provider};
use crate::world::World;

const IDENTITY: &str = "exports.handler = async ({ credential }) => \
    ({ output: { unique_id: credential.oauth2.scope, display_id: `the ${credential.oauth2.scope}` } });";
const BUILD: &str = "exports.handler = async ({ credential }) => \
    ({ output: { automation: { description: credential.oauth2.access_token } } });";

/// Tokens are numbered; a refresh token is good once. The scope names the account, and is the code that was sent.
fn rotating(lifetime: u64) -> impl Fn(&Asked, usize) -> (u16, Value) + Send + Sync + 'static {
    let valid = AtomicU64::new(0);
    move |asked, before| {
        if asked.path != "/token" {
            return (200, json!({ "me": true }));
        }
        let number = before as u64 + 1;
        if let Some(token) = asked.field("refresh_token")
            && token != format!("refresh-token-{}", valid.load(Ordering::SeqCst))
        {
            return (400, json!({ "error": "invalid_grant", "error_description": "used before" }));
        }
        valid.store(number, Ordering::SeqCst);
        let mut token = json!({
            "access_token": format!("access-token-{number}"),
            "refresh_token": format!("refresh-token-{number}"),
            "expires_in": if number == 1 { lifetime } else { 3600 },
            "api_base": "https://api.example",
        });
        if let Some(code) = asked.field("code") {
            token["scope"] = json!(code);
        }
        (200, token)
    }
}

/// The app, its secret kept.
async fn app(world: &World, provider: &Provider) -> String {
    let functions = [("identity", IDENTITY), ("build", BUILD)];
    let app = world.app("refreshing", provider.app(), &functions).await;
    let secret = json!({ "app": app, "name": "client_secret", "value": "the-client-secret" });
    world.get("set_secret", secret).await;
    app
}

/// Comes back from the provider's page with a code; the attempt once it is over.
async fn come_back(world: &World, attempt: &Value, code: &str) -> Value {
    let page = url::Url::parse(attempt["url"].as_str().unwrap()).unwrap();
    let find =
        |name: &str| page.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned();
    let url = format!("{}?state={}&code={code}", find("redirect_uri"), find("state"));
    world.get("paste_redirect", json!({ "authorization": attempt["id"], "url": url })).await;
    let read = json!({ "authorization": attempt["id"] });
    world.until("read_authorization", read, |attempt| attempt["status"] != "running").await
}

async fn account(world: &World, app: &str, code: &str) -> Value {
    let attempt = world.get("start_authorization", json!({ "app": app })).await;
    let attempt = come_back(world, &attempt, code).await;
    assert_eq!(attempt["status"], "done", "{attempt:#}");
    attempt["credential"].clone()
}

fn build(app: &str, credential: &Value) -> Value {
    json!({ "app": app, "function": "build", "parameters": {}, "credential": credential["id"] })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_token_is_refreshed_once_for_all_calls_and_saved_before_it_is_used() {
    let world = World::start().await;
    // Within the 30 seconds: about to expire.
    let provider = Provider::start(rotating(25)).await;
    let app = app(&world, &provider).await;
    let credential = account(&world, &app, "alice").await;
    let one = build(&app, &credential);
    let calls =
        tokio::join!(world.get("call_function", one.clone()), world.get("call_function", one));
    for call in [calls.0, calls.1] {
        assert_eq!(call["report"]["outcome"]["kind"], "returned", "{call:#}");
    }
    let asked = provider.asked("/token");
    assert_eq!(asked.len(), 2, "one for the code, one refresh for both calls: {asked:?}");
    assert_eq!(asked[1].field("refresh_token").as_deref(), Some("refresh-token-1"));

    // What is kept is the rotated token: after a restart the next refresh is sent with it.
    let world = world.restart().await;
    world.get("refresh_credential", json!({ "credential": credential["id"] })).await;
    let asked = provider.asked("/token");
    assert_eq!(asked[2].field("refresh_token").as_deref(), Some("refresh-token-2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotated_token_is_on_disk_before_the_call_that_needed_it() {
    let world = World::start().await;
    let provider = Provider::start(rotating(1)).await;
    let app = app(&world, &provider).await;
    let credential = account(&world, &app, "alice").await;
    // The function itself looks at what the database says at the moment it runs.
    let path = world.data().join("stepsmith.db");
    let before =
        store::Store::open(&path).unwrap().credentials().get(credential["id"].as_str().unwrap());
    let before = before.unwrap().unwrap().1;
    let (told, mut tell) = tokio::sync::mpsc::unbounded_channel();
    let id = credential["id"].as_str().unwrap().to_owned();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let now = store::Store::open(&path).unwrap().credentials().get(&id).unwrap().unwrap().1;
        told.send(now).unwrap();
        let answer = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
        tokio::io::AsyncWriteExt::write_all(&mut stream, answer).await.unwrap();
    });
    let code = format!(
        "exports.handler = async ({{ credential }}) => {{ await fetch('http://{address}/'); \
         return {{ output: {{ automation: {{}} }}, }}; }};"
    );
    world.write_function("refreshing", "build", &code);
    world.get("call_function", build(&app, &credential)).await;
    assert_ne!(tell.recv().await.unwrap(), before, "the new token was saved first");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_refresh_says_why_and_a_stopped_one_says_what_may_have_been_lost() {
    let world = World::start().await;
    let provider = Provider::start(|asked: &Asked, before| match (asked.path.as_str(), before) {
        ("/token", 0) => (
            200,
            json!({ "access_token": "access-1", "refresh_token": "refresh-1", "scope": "alice" }),
        ),
        ("/token", 1) => (503, json!({ "error": "temporarily_unavailable" })),
        ("/token", 2) => (0, Value::Null),
        _ => (400, json!({ "error": "invalid_grant", "error_description": "It was revoked" })),
    })
    .await;
    let app = app(&world, &provider).await;
    let credential = account(&world, &app, "alice").await;
    let named = json!({ "credential": credential["id"] });
    let listed =
        async |world: &World| world.get("list_credentials", json!({ "app": app })).await[0].clone();
    for says in ["temporarily_unavailable", "could not be reached"] {
        let error = world.call::<Value>("refresh_credential", &named).await.unwrap_err();
        assert!(error.message.contains(says), "{error}");
        let row = listed(&world).await;
        assert_eq!(row["needs_reconnect"], false, "it was not the account's fault");
        assert!(row["problem"].as_str().unwrap().contains(says), "{row:#}");
    }
    // As if the program had been killed between the question and the answer.
    let store = store::Store::open(&world.data().join("stepsmith.db")).unwrap();
    store.credentials().begin_refresh(credential["id"].as_str().unwrap(), 1).unwrap();
    let error = world.call::<Value>("refresh_credential", &named).await.unwrap_err();
    for says in ["invalid_grant: It was revoked", "was stopped", "Reconnect the account"] {
        assert!(error.message.contains(says), "{says}: {error}");
    }
    assert_eq!(listed(&world).await["needs_reconnect"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_a_refresh_token_keeps_the_old_one() {
    let world = World::start().await;
    let provider = Provider::start(|_: &Asked, before| {
        let mut token = json!({ "access_token": format!("access-{before}"), "scope": "alice" });
        if before == 0 {
            token["refresh_token"] = json!("refresh-0");
        }
        (200, token)
    })
    .await;
    let app = app(&world, &provider).await;
    let credential = account(&world, &app, "alice").await;
    for _ in 0..2 {
        world.get("refresh_credential", json!({ "credential": credential["id"] })).await;
    }
    let asked = provider.asked("/token");
    assert_eq!(asked[2].field("refresh_token").as_deref(), Some("refresh-0"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_another_flow_has_got_since_serves_the_directive_too() {
    let world = World::start().await;
    let provider = Provider::start(rotating(3600)).await;
    let app = app(&world, &provider).await;
    let code = "exports.handler = async ({ credential }) => credential.oauth2.access_token === 'access-token-1' \
        ? { directive: { type: 'refresh_token' } } \
        : { output: { automation: { description: credential.oauth2.access_token } } };";
    world.write_function("refreshing", "build", code);
    let credential = account(&world, &app, "alice").await;
    let start = async || {
        let run = world.get("start_flow", json!({ "app": app, "action_key": "wait" })).await;
        let choose = json!({ "flow_run": run["id"], "credential": credential["id"] });
        world.get("choose_credential", choose).await
    };
    let (one, two) = tokio::join!(start(), start());
    for run in [one, two] {
        assert_eq!(run["view"]["stage"], "run", "{run:#}");
    }
    assert_eq!(provider.asked("/token").len(), 2, "both asked, one refresh was made");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_gets_one_new_token_and_a_second_directive_is_a_failure() {
    let world = World::start().await;
    let provider = Provider::start(rotating(3600)).await;
    let app = world
        .app(
            "refreshing",
            provider.app(),
            &[
                ("identity", IDENTITY),
                ("build", BUILD),
                ("action", "exports.handler = async () => ({ output: {} });"),
                (
                    "webhook",
                    "exports.handler = async () => ({ directive: { type: 'refresh_token' } });",
                ),
            ],
        )
        .await;
    let secret = json!({ "app": app, "name": "client_secret", "value": "the-client-secret" });
    world.get("set_secret", secret).await;
    let credential = account(&world, &app, "alice").await;
    let run = world.get("start_flow", json!({ "app": app, "action_key": "wait" })).await;
    let choose = json!({ "flow_run": run["id"], "credential": credential["id"] });
    let run = world.get("choose_credential", choose).await;
    let url = run["webhook_url"].as_str().unwrap();
    let send = reqwest::Client::builder().build().unwrap().post(url).body("x");
    assert_eq!(send.send().await.unwrap().status(), 200);
    let inbox = world
        .until("list_inbox", json!({ "app": app }), |inbox| inbox[0]["state"] == "failed")
        .await;
    assert!(inbox.to_string().contains("asked for a new token twice in one call"), "{inbox:#}");
    assert_eq!(provider.asked("/token").len(), 2, "the code, and one refresh");
    assert_eq!(
        world
            .get("list_calls", json!({ "app": app, "function": "webhook" }))
            .await
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_exchange_is_shown_in_full_and_each_hidden_value_when_asked_for() {
    let world = World::start().await;
    let provider = Provider::start(rotating(3600)).await;
    let app = app(&world, &provider).await;
    let attempt = world.get("start_authorization", json!({ "app": app })).await;
    let attempt = come_back(&world, &attempt, "the-code-of-alice").await;
    let owner = json!({ "owner": attempt["id"] });
    let exchanges = world.get("list_exchanges", owner.clone()).await;
    let exchange = exchanges[0].clone();
    let text = exchange.to_string();
    for secret in ["the-code-of-alice", "the-client-secret", "access-token-1", "refresh-token-1"] {
        // The scope of this provider is the code.
        assert!(secret == "the-code-of-alice" || !text.contains(secret), "{secret} in {text}");
    }
    assert_eq!((&exchange["purpose"], &exchange["method"]), (&json!("token"), &json!("POST")));
    assert_eq!(exchange["answer"]["status"], 200);
    assert_eq!(exchange["ignored"], json!(["api_base"]));
    let names: Vec<&str> = exchange["extracted"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["access_token", "refresh_token", "expires_in", "token_type", "scope"]);
    let mut revealed = Vec::new();
    let hidden =
        exchange["body"].as_array().unwrap().iter().filter(|part| part["kind"] == "hidden");
    for part in hidden {
        let ask = json!({ "exchange": exchange["id"], "value": part["value"] });
        let answer = world.get("reveal_value", ask).await;
        revealed.push((part["name"].clone(), answer["text"].clone()));
    }
    assert_eq!(
        revealed,
        [
            (json!("code"), json!("the-code-of-alice")),
            (json!("client_secret"), json!("the-client-secret"))
        ]
    );
    world.get("forget_exchanges", owner.clone()).await;
    assert_eq!(world.get("list_exchanges", owner).await, json!([]));
    let ask = json!({ "exchange": exchange["id"], "value": 0 });
    assert!(world.call::<Value>("reveal_value", ask).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn test_and_expire_show_what_they_did() {
    let world = World::start().await;
    let provider = Provider::start(rotating(3600)).await;
    let app = app(&world, &provider).await;
    let credential = account(&world, &app, "read write").await;
    let named = json!({ "credential": credential["id"] });
    let test = world.get("test_credential", named.clone()).await;
    assert_eq!(test["ok"], true);
    let exchanges = world.get("list_exchanges", json!({ "owner": credential["id"] })).await;
    assert_eq!(exchanges[0]["purpose"], "test");
    assert!(!exchanges.to_string().contains("access-token-1"));
    assert!(provider.asked("/me")[0].head.to_lowercase().contains("bearer access-token-1"));

    let token = world.get("read_token", named.clone()).await;
    assert_eq!(
        (&token["scopes"], &token["has_refresh_token"]),
        (&json!(["read", "write"]), &json!(true))
    );
    let expired = world.get("expire_credential", named.clone()).await;
    assert!(
        expired["expires_at"].as_i64().unwrap()
            <= token["expires_at"].as_i64().unwrap() - 3_000_000
    );
    world.get("call_function", build(&app, &credential)).await;
    let exchanges = world.get("list_exchanges", json!({ "owner": credential["id"] })).await;
    assert_eq!(exchanges[0]["purpose"], "refresh", "the call refreshed it first");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_account_again_replaces_and_says_so_and_another_one_is_asked_about() {
    let world = World::start().await;
    let provider = Provider::start(rotating(3600)).await;
    let app = app(&world, &provider).await;
    let alice = account(&world, &app, "alice").await;
    let attempt = world.get("start_authorization", json!({ "app": app })).await;
    let attempt = come_back(&world, &attempt, "alice").await;
    assert_eq!(attempt["credential"]["id"], alice["id"]);
    assert!(
        attempt["notices"][0].as_str().unwrap().contains("was connected before"),
        "{attempt:#}"
    );

    let again = json!({ "app": app, "credential": alice["id"] });
    let attempt = world.get("start_authorization", again.clone()).await;
    let attempt = come_back(&world, &attempt, "alice").await;
    assert_eq!((&attempt["status"], attempt.get("notices")), (&json!("done"), None));

    let attempt = world.get("start_authorization", again).await;
    let attempt = come_back(&world, &attempt, "bob").await;
    assert_eq!(
        (&attempt["status"], &attempt["other_account"]),
        (&json!("failed"), &json!("the bob"))
    );
    assert_eq!(
        world.get("list_credentials", json!({ "app": app })).await.as_array().unwrap().len(),
        1
    );
    let kept = world.get("keep_other_account", json!({ "authorization": attempt["id"] })).await;
    assert_eq!((&kept["status"], kept.get("other_account")), (&json!("done"), None));
    assert_eq!(
        world.get("list_credentials", json!({ "app": app })).await.as_array().unwrap().len(),
        2
    );

    // A name of the author's own stays; what waits for the account is told before it is deleted.
    let named = json!({ "credential": alice["id"], "name": " Production " });
    assert_eq!(world.get("rename_credential", named).await["name"], "Production");
    let run = world.get("start_flow", json!({ "app": app, "action_key": "wait" })).await;
    let choose = json!({ "flow_run": run["id"], "credential": alice["id"] });
    world.get("choose_credential", choose).await;
    let uses = world.get("credential_uses", json!({ "credential": alice["id"] })).await;
    assert_eq!((&uses[0]["flow_run"], &uses[0]["action_title"]), (&run["id"], &json!("Wait")));
    assert!(world.told.all().contains(&Event::CredentialsChanged { app: app.clone() }));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_attempts_at_once_do_not_mix_and_a_cancelled_one_takes_nothing_more() {
    let world = World::start().await;
    let provider = Provider::start(rotating(3600)).await;
    let app = app(&world, &provider).await;
    let one = world.get("start_authorization", json!({ "app": app })).await;
    let two = world.get("start_authorization", json!({ "app": app })).await;
    let cancelled = world.get("start_authorization", json!({ "app": app })).await;
    world.get("cancel_authorization", json!({ "authorization": cancelled["id"] })).await;
    // The answer of one, pasted into the other.
    let page = url::Url::parse(one["url"].as_str().unwrap()).unwrap();
    let state = page.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let url = format!("{}?state={state}&code=evil", one["redirect_uri"].as_str().unwrap());
    let paste = json!({ "authorization": two["id"], "url": url });
    let error = world.call::<Value>("paste_redirect", paste).await.unwrap_err();
    assert!(error.message.contains("State does not match"), "{error}");
    // The authorization page itself is not the way back.
    let paste = json!({ "authorization": two["id"], "url": two["url"] });
    let error = world.call::<Value>("paste_redirect", paste).await.unwrap_err();
    assert!(error.message.contains("expected http://127.0.0.1"), "{error}");
    let (two, one) = (come_back(&world, &two, "bob").await, come_back(&world, &one, "alice").await);
    assert_eq!(two["credential"]["unique_id"], "bob");
    assert_eq!(one["credential"]["unique_id"], "alice");
    let paste = json!({ "authorization": cancelled["id"], "url": url });
    assert!(world.call::<Value>("paste_redirect", paste).await.is_err());
    assert_eq!(provider.asked("/token").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn values_that_were_changed_outside_are_named_and_stop_nobody_else() {
    let world = World::start().await;
    let provider = Provider::start(rotating(3600)).await;
    let app = app(&world, &provider).await;
    let alice = account(&world, &app, "alice").await;
    let bob = account(&world, &app, "bob").await;
    let store = store::Store::open(&world.data().join("stepsmith.db")).unwrap();
    let sealed = |account: &Value| {
        store.credentials().get(account["id"].as_str().unwrap()).unwrap().unwrap().1
    };
    // Bob's values in Alice's row.
    let id = alice["id"].as_str().unwrap();
    store.credentials().reseal(id, &sealed(&bob), None).unwrap();
    let world = world.restart().await;
    let listed = world.get("list_credentials", json!({ "app": app })).await;
    let row = listed.as_array().unwrap().iter().find(|row| row["id"] == alice["id"]).unwrap();
    assert_eq!(row["needs_reconnect"], true);
    assert!(
        row["problem"].as_str().unwrap().contains("\"the alice\" have been changed"),
        "{row:#}"
    );
    let error = world.call::<Value>("call_function", build(&app, &alice)).await.unwrap_err();
    assert_eq!(error.code, api::ErrorCode::Tampered);
    world.get("call_function", build(&app, &bob)).await;
    // Connecting it again mends it.
    let again = json!({ "app": app, "credential": alice["id"] });
    let attempt = world.get("start_authorization", again).await;
    assert_eq!(come_back(&world, &attempt, "alice").await["status"], "done");
    world.get("call_function", build(&app, &alice)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_token_survives_what_happens_while_the_provider_is_asked() {
    let world = World::start().await;
    let provider = Provider::start(rotating(3600)).await;
    let app = app(&world, &provider).await;
    let credential = account(&world, &app, "alice").await;
    let named = json!({ "credential": credential["id"] });
    // Let to expire while a refresh is under way: the new token is the one that is kept.
    let (_, _) = tokio::join!(
        world.get("refresh_credential", named.clone()),
        world.get("expire_credential", named.clone())
    );
    world.get("refresh_credential", named.clone()).await;
    let asked = provider.asked("/token");
    let last = asked.last().unwrap().field("refresh_token");
    assert_eq!(last, Some(format!("refresh-token-{}", asked.len() - 1)));
    // Connected again while a refresh is under way: the account keeps what the connection brought.
    let again = json!({ "app": app, "credential": credential["id"] });
    let attempt = world.get("start_authorization", again).await;
    let (_, over) = tokio::join!(
        world.call::<Value>("refresh_credential", &named),
        come_back(&world, &attempt, "alice")
    );
    assert_eq!(over["status"], "done");
    let listed = world.get("list_credentials", json!({ "app": app })).await;
    assert_eq!((&listed[0]["needs_reconnect"], listed[0].get("problem")), (&json!(false), None));
    world.get("call_function", build(&app, &credential)).await;
}
