//! OAuth1 from the first request to a signed call, against the sample provider, which computes every signature once more.

use definition::{Authentication, NameValue, Request, defaults};
use serde_json::{Value, json};

use crate::world::World;

const IDENTITY: &str = "exports.handler = async ({ credential }) => ({ output: { unique_id: credential.oauth1.user_id, \
    display_id: Object.keys(credential.oauth1).sort().join(' ') } });";

/// Where an author may put the parameters (RFC 5849, section 3.5).
#[derive(Clone, Copy, Debug)]
enum Place {
    Header,
    Body,
    Query,
}

fn put(request: &mut Request, place: Place) {
    let rows = std::mem::take(&mut request.queries);
    match place {
        Place::Query => request.queries = rows,
        Place::Body => request.body_fields = rows,
        Place::Header => {
            let parts: Vec<String> =
                rows.iter().map(|row| format!("{}=\"{}\"", row.name, row.value)).collect();
            let value = format!("OAuth realm=\"Sample\", {}", parts.join(", "));
            request.headers.push(NameValue::new("Authorization", value));
        }
    }
    request.queries.push(NameValue::new("note", "a b&c=é"));
}

fn authentication(world: &World, method: &str, place: Place) -> Authentication {
    let mut authentication = Authentication::new_oauth1();
    let oauth1 = authentication.oauth1.as_mut().unwrap();
    let demo = services::demo_clients();
    let url = |path: &str| format!("{}oauth1/{path}", world.services.url());
    oauth1.consumer_key = demo.oauth1_consumer_key.to_owned();
    oauth1.signature_method = serde_json::from_value(json!(method)).unwrap();
    oauth1.request_token_request.url = url("initiate?lang=de%20at");
    oauth1.authorization_request.url = url("authorize");
    oauth1.get_token_request.url = url("token");
    put(&mut oauth1.request_token_request, place);
    put(&mut oauth1.get_token_request, place);
    let mut test = defaults::oauth1_test_request();
    test.url = url("me");
    oauth1.test_token_request = Some(test);
    authentication
}

async fn app(world: &World, name: &str, authentication: &Authentication) -> String {
    let definition = json!({ "authentication": authentication });
    let app = world.app(name, definition, &[("identity", IDENTITY)]).await;
    let secret = services::demo_clients().oauth1_consumer_secret;
    let set = json!({ "app": app, "name": "consumer_secret", "value": secret });
    world.get("set_secret", set).await;
    app
}

/// Until the page is there, or the attempt is over.
async fn started(world: &World, app: &str) -> Value {
    let attempt = world.get("start_authorization", json!({ "app": app })).await;
    let read = json!({ "authorization": attempt["id"] });
    world
        .until("read_authorization", read, |attempt| {
            attempt["url"].is_string() || attempt["status"] != "running"
        })
        .await
}

async fn over(world: &World, attempt: &Value) -> Value {
    let read = json!({ "authorization": attempt["id"] });
    world.until("read_authorization", read, |attempt| attempt["status"] != "running").await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_method_in_every_place_leads_to_an_account_that_works() {
    let world = World::start().await;
    for (method, place) in [
        ("HMAC-SHA1", Place::Header),
        ("HMAC-SHA256", Place::Body),
        ("HMAC-SHA512", Place::Query),
        ("PLAINTEXT", Place::Header),
    ] {
        let name = format!("{}-{place:?}", method.to_lowercase());
        let app = app(&world, &name, &authentication(&world, method, place)).await;
        let attempt = started(&world, &app).await;
        world
            .visit(
                attempt["url"].as_str().unwrap(),
                json!({ "sign_in": "owner@example.test", "consent": "allow" }),
            )
            .await;
        let attempt = over(&world, &attempt).await;
        assert_eq!(attempt["status"], "done", "{name}: {attempt:#}");
        assert_eq!(attempt["steps"].as_array().unwrap().len(), 6);
        let account = &attempt["credential"];
        assert_eq!(
            (&account["kind"], &account["unique_id"], &account["display_id"]),
            (
                &json!("oauth1"),
                &json!("acct-owner"),
                &json!("oauth_token oauth_token_secret user_id")
            )
        );
        let test = world.get("test_credential", json!({ "credential": account["id"] })).await;
        assert_eq!(test["ok"], true, "{name}: {test}");

        let seen = world.get("list_exchanges", json!({ "owner": attempt["id"] })).await;
        let purposes: Vec<&str> =
            seen.as_array().unwrap().iter().map(|one| one["purpose"].as_str().unwrap()).collect();
        assert_eq!(purposes, ["token", "request_token"], "{name}");
        let text = seen.to_string();
        assert!(!text.contains("demo/secret") && !text.contains("demo%2"), "{text}");
        assert!(!text.contains("reqtok_") && !text.contains("acctok_"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_provider_says_is_shown() {
    let world = World::start().await;
    let good = authentication(&world, "HMAC-SHA1", Place::Header);
    let refused = async |name: &str, change: &dyn Fn(&mut definition::OAuth1)| {
        let mut bad = good.clone();
        change(bad.oauth1.as_mut().unwrap());
        let app = app(&world, name, &bad).await;
        let attempt = started(&world, &app).await;
        assert_eq!(attempt["status"], "failed", "{name}: {attempt:#}");
        attempt["error"]["description"].as_str().unwrap().to_owned()
    };
    let header = |oauth1: &mut definition::OAuth1, from: &str, to: &str| {
        let value = &mut oauth1.request_token_request.headers[0].value;
        assert!(value.contains(from));
        *value = value.replace(from, to);
    };
    let text = refused("key", &|oauth1| oauth1.consumer_key = "nobody".to_owned()).await;
    assert!(text.contains("consumer_key_unknown: there is no consumer \"nobody\""), "{text}");
    let text =
        refused("callback", &|oauth1| header(oauth1, "{{redirect_uri}}", "http://evil.test/"))
            .await;
    assert!(text.contains("parameter_rejected") && text.contains("not registered"), "{text}");
    let text = refused("clock", &|oauth1| header(oauth1, "{{auto_oauth_timestamp}}", "1")).await;
    assert!(text.contains("timestamp_refused") && text.contains("clock"), "{text}");
    let text = refused("version", &|oauth1| header(oauth1, "\"1.0\"", "\"2.0\"")).await;
    assert!(text.contains("version_rejected"), "{text}");
    let text = refused("absent", &|oauth1| header(oauth1, "oauth_nonce=", "nonce=")).await;
    assert!(text.contains("parameter_absent: the parameter oauth_nonce is missing"), "{text}");

    // A wrong consumer secret makes a wrong signature.
    let app_id = app(&world, "secret", &good).await;
    let set = json!({ "app": app_id, "name": "consumer_secret", "value": "not the right one" });
    world.get("set_secret", set).await;
    let attempt = started(&world, &app_id).await;
    let text = attempt["error"]["description"].as_str().unwrap();
    assert!(text.contains("signature_invalid") && text.contains("consumer secret"), "{text}");

    // A nonce of the author's own works once.
    let mut fixed = good.clone();
    header(fixed.oauth1.as_mut().unwrap(), "{{auto_oauth_nonce}}", "mine");
    header(fixed.oauth1.as_mut().unwrap(), "{{auto_oauth_timestamp}}", &seconds());
    let app_id = app(&world, "nonce", &fixed).await;
    assert!(started(&world, &app_id).await["url"].is_string());
    let text = started(&world, &app_id).await["error"]["description"].as_str().unwrap().to_owned();
    assert!(text.contains("nonce_used") && text.contains("{{auto_oauth_nonce}}"), "{text}");
}

fn seconds() -> String {
    std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn denied_foreign_and_reused_redirects_lead_nowhere() {
    let world = World::start().await;
    let app = app(&world, "attacks", &authentication(&world, "HMAC-SHA256", Place::Header)).await;
    let attempt = started(&world, &app).await;
    let pages: services::visitor::Pages =
        serde_json::from_value(json!({ "sign_in": "owner@example.test", "consent": "deny" }))
            .unwrap();
    let visitor = services::visitor::Visitor::new(world.services.url()).unwrap();
    let page = visitor.visit(attempt["url"].as_str().unwrap(), &pages.answers()).await;
    assert!(
        page.unwrap_err().to_string().contains("400"),
        "the page at the end says that it failed"
    );
    let denied = over(&world, &attempt).await;
    let text = denied["error"]["description"].as_str().unwrap();
    assert!(text.contains("user_refused"), "{text}");

    let (first, second) = (started(&world, &app).await, started(&world, &app).await);
    let token = |attempt: &Value| {
        let url = attempt["url"].as_str().unwrap();
        url.split_once("oauth_token=").unwrap().1.to_owned()
    };
    let view = world.get("read_app", json!({ "app": app })).await;
    let back = view["redirect_uri"].as_str().unwrap();
    let paste = |attempt: &Value, query: String| json!({ "authorization": attempt["id"], "url": format!("{back}?{query}") });
    for query in [
        "oauth_verifier=v".to_owned(),
        "oauth_token=guessed&oauth_verifier=v".to_owned(),
        // The token of the other attempt: two at once do not mix.
        format!("oauth_token={}&oauth_verifier=v", token(&second)),
    ] {
        let error = world.call::<Value>("paste_redirect", paste(&first, query)).await.unwrap_err();
        assert!(error.message.contains("request token"), "{error}");
    }
    // A verifier nobody gave out: the provider refuses, and the request token is used up.
    let forged = format!("oauth_token={}&oauth_verifier=forged", token(&first));
    world.get("paste_redirect", paste(&first, forged.clone())).await;
    let text = over(&world, &first).await["error"]["description"].as_str().unwrap().to_owned();
    assert!(text.contains("permission_unknown"), "{text}");
    let error = world.call::<Value>("paste_redirect", paste(&first, forged)).await.unwrap_err();
    assert!(error.message.contains("used"), "{error}");
    // The other one goes on undisturbed.
    world
        .visit(
            second["url"].as_str().unwrap(),
            json!({ "sign_in": "owner@example.test", "consent": "allow" }),
        )
        .await;
    assert_eq!(over(&world, &second).await["status"], "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_secret_moves_out_of_app_json() {
    let world = World::start().await;
    let mut plain = authentication(&world, "HMAC-SHA1", Place::Header);
    plain.oauth1.as_mut().unwrap().consumer_secret =
        definition::SecretValue::Plain("hunter-2-hunter".to_owned());
    let definition = json!({ "authentication": plain });
    let app = world.app("plain", definition, &[("identity", IDENTITY)]).await;
    let file = std::fs::read_to_string(world.folder.path().join("apps/plain/app.json")).unwrap();
    assert!(
        !file.contains("hunter") && file.contains("{\n        \"secret\": \"consumer_secret\""),
        "{file}"
    );
    let states = world.get("secret_states", json!({ "app": app })).await;
    assert_eq!(states, json!([{ "name": "consumer_secret", "present": true }]));
}
