//! Where the browser comes back to, and attempts that nobody finishes.

use serde_json::{Value, json};

use crate::provider::Provider;
use crate::world::World;

/// Settings with another `redirect`.
async fn choose(world: &World, redirect: Value) -> Result<Value, api::ApiError> {
    let mut settings = world.get("read_settings", json!({})).await["settings"].clone();
    settings["redirect"] = redirect;
    world.call("save_settings", settings).await
}

async fn get(url: &str) -> (u16, String) {
    let answer = reqwest::Client::builder().build().unwrap().get(url).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_port_is_listened_on_at_once_and_after_a_restart_and_a_taken_one_is_refused() {
    let world = World::start().await;
    let own = world.get("read_settings", json!({})).await["redirect_uri"].clone();
    let port = free_port();
    let settings = choose(&world, json!({ "port": port })).await.unwrap();
    let uri = settings["redirect_uri"].as_str().unwrap().to_owned();
    assert!(uri.starts_with(&format!("http://127.0.0.1:{port}/")) && uri != own, "{uri}");
    assert!(get(&format!("{uri}?code=1")).await.1.contains("No authorization waits"));
    let world = world.restart().await;
    assert_eq!(world.get("read_settings", json!({})).await["redirect_uri"], uri.as_str());
    assert_eq!(get(&format!("{uri}?code=1")).await.0, 400);

    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = choose(&world, json!({ "port": port })).await.unwrap_err();
    assert!(error.message.contains(&format!("port {port}")), "{error}");
    assert_eq!(world.get("read_settings", json!({})).await["redirect_uri"], uri.as_str());
    assert_eq!(get(&format!("{uri}?code=1")).await.0, 400, "the old one is listened on again");
    assert!(choose(&world, json!({ "port": 80 })).await.is_err());
    assert_eq!(choose(&world, json!({})).await.unwrap()["redirect_uri"], own);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_elsewhere_is_the_redirect_uri_as_it_stands_and_its_answer_is_pasted() {
    let world = World::start().await;
    let provider = Provider::start(|_, _| (200, json!({ "access_token": "a" }))).await;
    let identity =
        "exports.handler = async () => ({ output: { unique_id: 'u', display_id: 'd' } });";
    let app = world.app("elsewhere", provider.app(), &[("identity", identity)]).await;
    let secret = json!({ "app": app, "name": "client_secret", "value": "the-client-secret" });
    world.get("set_secret", secret).await;
    assert!(choose(&world, json!({ "external": "example.com/cb" })).await.is_err());
    let uri = "https://apps.example.com/cb?tenant=1";
    choose(&world, json!({ "external": uri })).await.unwrap();
    let attempt = world.get("start_authorization", json!({ "app": app })).await;
    assert_eq!((&attempt["redirect_uri"], &attempt["by_hand"]), (&json!(uri), &json!(true)));
    let page = url::Url::parse(attempt["url"].as_str().unwrap()).unwrap();
    let find =
        |name: &str| page.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned();
    assert_eq!(find("redirect_uri"), uri);
    let pasted = format!("{uri}&code=c&state={}", find("state"));
    let paste = json!({ "authorization": attempt["id"], "url": pasted });
    world.get("paste_redirect", paste.clone()).await;
    let read = json!({ "authorization": attempt["id"] });
    let over = world.until("read_authorization", read, |it| it["status"] != "running").await;
    assert_eq!(over["status"], "done", "{over:#}");
    assert!(world.call::<Value>("paste_redirect", paste).await.is_err(), "a code is used once");
    assert_eq!(provider.asked("/token").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_that_nobody_finishes_times_out_and_can_be_started_again() {
    let world = World::start_with(|options| {
        options.authorization_patience = Some(std::time::Duration::from_millis(300));
    })
    .await;
    let provider = Provider::start(|_, _| (200, json!({ "access_token": "a" }))).await;
    let app = world.app("slow", provider.app(), &[]).await;
    let error =
        world.call::<Value>("start_authorization", json!({ "app": app })).await.unwrap_err();
    assert_eq!(error.code, api::ErrorCode::SecretMissing);
    assert!(error.message.contains("\"client_secret\""), "{error}");
    let secret = json!({ "app": app, "name": "client_secret", "value": "the-client-secret" });
    world.get("set_secret", secret).await;
    let attempt = world.get("start_authorization", json!({ "app": app })).await;
    assert!(attempt["times_out_at"].is_i64());
    let read = json!({ "authorization": attempt["id"] });
    let over = world.until("read_authorization", read, |it| it["status"] != "running").await;
    assert_eq!(over["error"]["title"], "Authorization timed out");
    let again = world.get("start_authorization", json!({ "app": app })).await;
    assert_eq!(again["status"], "running");
    assert_ne!(again["id"], attempt["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_at_the_end_says_what_came_of_it_and_that_it_can_be_closed() {
    let world = World::start().await;
    let provider = Provider::start(|_, before| match before {
        0 => (200, json!({ "access_token": "a" })),
        _ => (400, json!({ "error": "invalid_grant", "error_description": "Code <b>expired</b>" })),
    })
    .await;
    let identity =
        "exports.handler = async () => ({ output: { unique_id: 'u', display_id: 'Alice' } });";
    let app = world.app("pages", provider.app(), &[("identity", identity)]).await;
    let secret = json!({ "app": app, "name": "client_secret", "value": "the-client-secret" });
    world.get("set_secret", secret).await;
    let come_back = async |answer: &str| {
        let attempt = world.get("start_authorization", json!({ "app": app })).await;
        let page = url::Url::parse(attempt["url"].as_str().unwrap()).unwrap();
        let state = page.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        let uri = attempt["redirect_uri"].as_str().unwrap().to_owned();
        get(&format!("{uri}?{answer}&state={state}")).await
    };
    let (status, page) = come_back("code=c").await;
    assert!(status == 200 && page.contains("Connected: Alice"), "{page}");
    assert!(page.contains("You can close this page"), "{page}");
    for (answer, says) in [
        ("code=c", "invalid_grant: Code &lt;b&gt;expired&lt;/b&gt;"),
        ("error=access_denied&error_description=Not+today", "access_denied: Not today"),
    ] {
        let (status, page) = come_back(answer).await;
        assert!(status == 400 && page.contains(says), "{page}");
        assert!(page.contains("You can close this page"), "{page}");
    }
}
