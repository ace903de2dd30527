//! Providers that misbehave at the token URL. Each case ends in the right credential, or in an error that names the cause; none shows
//! a token.

use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use url::Url;

use crate::provider::{Provider, Reply};
use crate::shared::in_shared_world;
use crate::world::World;

/// What the token is in every case where there is one.
const TOKEN: &str = "token-that-nobody-sees";
const IDENTITY: &str = "exports.handler = async ({ credential }) => \
    ({ output: { unique_id: credential.oauth2.access_token.slice(-11), display_id: JSON.stringify({ ...credential.oauth2, access_token: 0 }) } });";

/// An authorization with this provider up to its end: the attempt, and the exchange as it is shown.
async fn authorized(world: &World, provider: &Provider) -> (Value, Value) {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("misbehaving-{}", COUNT.fetch_add(1, Ordering::SeqCst));
    let app = world.app(&name, provider.app(), &[("identity", IDENTITY)]).await;
    let secret = json!({ "app": app, "name": "client_secret", "value": "hush-hush-client" });
    world.get("set_secret", secret).await;
    let attempt = world.get("start_authorization", json!({ "app": app })).await;
    let page = Url::parse(attempt["url"].as_str().unwrap()).unwrap();
    let find =
        |name: &str| page.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned();
    let back = format!("{}?state={}&code=the-code-1", find("redirect_uri"), find("state"));
    world.get("paste_redirect", json!({ "authorization": attempt["id"], "url": back })).await;
    let read = json!({ "authorization": attempt["id"] });
    let over = world.until("read_authorization", read, |it| it["status"] != "running").await;
    let exchanges = world.get("list_exchanges", json!({ "owner": attempt["id"] })).await;
    for secret in [TOKEN, "hush-hush-client"] {
        assert!(!over.to_string().contains(secret), "{over:#}");
        assert!(!exchanges.to_string().contains(secret), "{exchanges:#}");
    }
    (over, exchanges[0].clone())
}

fn replied(reply: Reply, check: impl FnOnce(Value, Value)) {
    in_shared_world(async |world| {
        let provider = Provider::scripted(move |_, _| reply.clone()).await;
        let (attempt, exchange) = authorized(world, &provider).await;
        assert_eq!(provider.asked("/token").len(), 1, "asked once, whatever the answer was");
        check(attempt, exchange);
    });
}

/// The token arrives; what functions get of it beside the token itself.
fn gets(reply: Reply, check: impl FnOnce(Value)) {
    replied(reply, |attempt, _| {
        assert_eq!(attempt["status"], "done", "{attempt:#}");
        assert_eq!(attempt["credential"]["unique_id"], TOKEN[TOKEN.len() - 11..], "{attempt:#}");
        let beside = attempt["credential"]["display_id"].as_str().unwrap();
        check(serde_json::from_str(beside).unwrap());
    });
}

/// It fails, and says all this.
fn says(reply: Reply, words: &[&str]) {
    replied(reply, |attempt, _| {
        assert_eq!(attempt["status"], "failed", "{attempt:#}");
        assert_eq!(attempt["error"]["title"], "No token was received");
        let description = attempt["error"]["description"].as_str().unwrap();
        for word in words {
            assert!(description.contains(word), "{word:?} is not in: {description}");
        }
        assert!(description.len() < 5000, "a screenful: {}", description.len());
    });
}

fn token(more: &str) -> String {
    format!(r#"{{"access_token":"{TOKEN}","token_type":"Bearer"{more}}}"#)
}

fn packed(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

const GZIP: &str = "content-type: application/json\ncontent-encoding: gzip";

macro_rules! cases {
    ($($(#[$attribute:meta])* $name:ident => $body:expr;)+) => {
        $($(#[$attribute])* #[test] fn $name() { $body })+
    };
}

cases! {
    a_form_encoded_token_is_read => gets(
        Reply::http(200, "content-type: application/x-www-form-urlencoded", format!("access_token={TOKEN}&scope=a%20b&expires_in=60")),
        |beside| assert_eq!((&beside["scope"], &beside["expires_in"]), (&json!("a b"), &json!("60"))),
    );
    a_form_encoded_token_without_a_content_type_is_read => gets(
        Reply::http(200, "", format!("access_token={TOKEN}&token_type=bearer")),
        |beside| assert_eq!(beside["token_type"], "bearer"),
    );
    json_that_is_called_html_is_read => gets(Reply::http(200, "content-type: text/html", token("")), |_| {});
    json_that_is_called_a_form_is_read => gets(
        Reply::http(200, "content-type: application/x-www-form-urlencoded", token("")),
        |_| {},
    );
    a_web_page_with_200_is_named_as_one => says(
        Reply::http(200, "content-type: text/html", "<html><title>T</title><h1>Please sign in</h1>"),
        &["web page", "Please sign in", "check the URL"],
    );
    a_web_page_with_500_is_quoted_with_its_status => says(
        Reply::http(500, "content-type: text/html", "<h1>Whitelabel error</h1>"),
        &["500", "Whitelabel error"],
    );
    a_status_503_is_named => says(Reply::http(503, "retry-after: 120", "overloaded"), &["503", "overloaded"]);
    silence_ends_in_a_time_out => says(Reply::Stall(Vec::new()), &["could not be reached", "no answer in time"]);
    an_answer_that_stops_halfway_ends_in_a_time_out => says(
        Reply::Stall(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"access_token\": \"token-that-nobody-sees".to_vec()),
        &["no answer in time"],
    );
    a_closed_connection_is_named => says(Reply::Bytes(Vec::new()), &["could not be reached"]);
    a_body_that_breaks_off_is_named => says(
        Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"access_token\": \"token-that-nobody-sees".to_vec()),
        &["broke off"],
    );
    a_body_that_is_longer_than_announced_is_cut_and_named => says(
        Reply::Bytes(format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 30\r\n\r\n{}", token("")).into_bytes()),
        &["neither a JSON object nor form-encoded", "not shown"],
    );
    what_is_not_http_is_named => says(Reply::Bytes(b"220 mail.example.test ESMTP\r\n".to_vec()), &["could not be reached"]);
    a_huge_body_is_refused => says(Reply::json(200, token(&format!(",\"x\":\"{}\"", "x".repeat(2 << 20)))), &["larger than 1048576 bytes"]);
    a_huge_head_is_refused => says(
        Reply::http(200, &format!("x: {}", "x".repeat(2 << 20)), token("")),
        &["could not be reached"],
    );
    a_missing_access_token_is_named_with_what_is_there => says(
        Reply::json(200, r#"{"ok":true,"token":"token-that-nobody-sees"}"#),
        &["no access_token", "ok, token"],
    );
    a_token_in_an_object_is_found => gets(
        Reply::json(200, format!(r#"{{"ok":true,"authed_user":{}}}"#, token(""))),
        |_| {},
    );
    an_access_token_of_null_is_none => says(Reply::json(200, r#"{"access_token":null}"#), &["no access_token"]);
    an_empty_access_token_is_none => says(Reply::json(200, r#"{"access_token":""}"#), &["no access_token"]);
    an_access_token_that_is_a_number_is_named => says(Reply::json(200, r#"{"access_token":7}"#), &["access_token is a number"]);
    an_access_token_that_is_an_object_is_named => says(
        Reply::json(200, format!(r#"{{"access_token":{}}}"#, token(""))),
        &["access_token is an object"],
    );
    expires_in_as_a_string_is_read => gets(Reply::json(200, token(r#","expires_in":" 3600 ""#)), |beside| assert_eq!(beside["expires_in"], "3600"));
    expires_in_as_a_fraction_is_cut => gets(Reply::json(200, token(r#","expires_in":3599.97"#)), |beside| assert_eq!(beside["expires_in"], "3599"));
    an_absurd_expires_in_is_bounded => gets(Reply::json(200, token(r#","expires_in":1e300"#)), |beside| assert_eq!(beside["expires_in"], i32::MAX.to_string()));
    an_empty_expires_in_is_none => gets(Reply::json(200, token(r#","expires_in":"""#)), |beside| assert_eq!(beside.get("expires_in"), None));
    a_negative_expires_in_is_named => says(Reply::json(200, token(r#","expires_in":-5"#)), &["expires_in", "seconds"]);
    an_expires_in_in_words_is_named => says(Reply::json(200, token(r#","expires_in":"an hour""#)), &["expires_in", "seconds"]);
    an_expires_in_that_is_a_list_is_named => says(Reply::json(200, token(r#","expires_in":[3600]"#)), &["expires_in is a list"]);
    a_clock_that_is_a_year_off_does_not_matter => replied(
        Reply::http(200, "content-type: application/json\ndate: Mon, 24 Nov 2025 10:00:00 GMT\nage: 99999", token(r#","expires_in":3600"#)),
        |attempt, _| {
            let expires = attempt["credential"]["expires_at"].as_i64().unwrap();
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
            let left = expires - i64::try_from(now.as_millis()).unwrap();
            assert!((3_500_000..=3_600_000).contains(&left), "{left} ms are left of an hour");
        },
    );
    extra_fields_are_left_and_shown_as_left => replied(
        Reply::json(200, token(r#","instance_url":"https://x.example","id":{"a":[1]},"ext_expires_in":1"#)),
        |attempt, exchange| {
            assert_eq!(attempt["status"], "done");
            assert_eq!(exchange["ignored"], json!(["instance_url", "id", "ext_expires_in"]));
        },
    );
    a_list_of_scopes_is_joined => gets(Reply::json(200, token(r#","scope":["a","b"]"#)), |beside| assert_eq!(beside["scope"], "a b"));
    gzip_is_unpacked => gets(Reply::http(200, GZIP, packed(token("").as_bytes())), |_| {});
    broken_gzip_is_named => says(Reply::http(200, GZIP, &packed(token("").as_bytes())[..30]), &["broke off"]);
    what_is_called_gzip_and_is_not_is_named => says(Reply::http(200, GZIP, token("")), &["broke off"]);
    a_gzip_bomb_is_refused => says(Reply::http(200, GZIP, packed(&vec![b' '; 16 << 20])), &["larger than 1048576 bytes"]);
    an_unknown_content_coding_is_named => says(
        Reply::http(200, "content-type: application/json\ncontent-encoding: x-rot13", "{\"npprff_gbxra\""),
        &["x-rot13"],
    );
    an_unknown_charset_is_read_as_utf8 => gets(
        Reply::http(200, "content-type: application/json; charset=klingon", token(r#","scope":"é""#)),
        |beside| assert_eq!(beside["scope"], "é"),
    );
    latin1_is_read_as_such => gets(
        Reply::http(200, "content-type: application/json; charset=iso-8859-1", [token(r#","scope":"#).trim_end_matches('}').as_bytes(), b"\"\xe9\"}"].concat()),
        |beside| assert_eq!(beside["scope"], "é"),
    );
    utf16_is_read_as_such => gets(
        Reply::http(200, "content-type: application/json; charset=utf-16le", token("").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
        |_| {},
    );
    of_two_fields_of_one_name_the_last_counts => gets(
        Reply::json(200, format!(r#"{{"access_token":"the-first-one","access_token":"{TOKEN}"}}"#)),
        |_| {},
    );
    a_byte_order_mark_is_skipped => gets(Reply::json(200, format!("\u{feff}{}", token(""))), |_| {});
    invalid_utf8_beside_the_token_does_not_matter => gets(
        Reply::json(200, [token(r#","note":"#).trim_end_matches('}').as_bytes(), b"\"\xff\xfe\"}"].concat()),
        |_| {},
    );
    invalid_utf8_in_the_token_is_named => says(
        Reply::json(200, b"{\"access_token\":\"token-that-nobody-sees\xff\"}"),
        &["access_token", "characters"],
    );
    a_line_break_in_the_token_is_named => says(
        Reply::json(200, r#"{"access_token":"token-that-nobody-sees\r\nX-Evil: 1"}"#),
        &["access_token", "characters"],
    );
    an_empty_body_is_named => says(Reply::json(200, ""), &["(empty)"]);
    no_content_is_named => says(Reply::Bytes(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec()), &["(empty)"]);
    a_list_is_named => says(Reply::json(200, "[1]"), &["neither a JSON object"]);
    a_json_text_is_named => says(Reply::json(200, "\"no\""), &["neither a JSON object"]);
    endless_nesting_is_refused => says(Reply::json(200, "{\"a\":".repeat(100_000)), &["neither a JSON object"]);
    half_a_json_shows_no_token => says(Reply::json(200, format!("{{\"access_token\":\"{TOKEN}")), &["not shown"]);
    an_error_with_200_is_the_providers_word => says(
        Reply::json(200, r#"{"error":"bad_verification_code","error_description":"The code passed is incorrect or expired.","error_uri":"https://docs.example/e"}"#),
        &["bad_verification_code", "The code passed is incorrect or expired.", "https://docs.example/e", "status 200"],
    );
    an_error_beside_a_token_counts => says(
        Reply::json(200, token(r#","error":"server_error""#)),
        &["server_error"],
    );
    an_error_in_a_form_is_the_providers_word => says(
        Reply::http(200, "content-type: application/x-www-form-urlencoded", "error=incorrect_client_credentials&error_description=The+client_id+is+wrong"),
        &["incorrect_client_credentials", "The client_id is wrong"],
    );
    a_nested_error_is_the_providers_word => says(
        Reply::json(400, r#"{"error":{"code":190,"type":"OAuthException","message":"Invalid verification code format.","fbtrace_id":"A"}}"#),
        &["OAuthException", "Invalid verification code format.", "status 400"],
    );
    a_list_of_errors_is_quoted => says(
        Reply::json(401, r#"{"errors":[{"message":"no such app","code":"E7"}]}"#),
        &["401", "no such app", "E7"],
    );
    an_endless_error_is_cut => says(
        Reply::json(400, format!(r#"{{"error":"invalid_grant","error_description":"{}"}}"#, "long ".repeat(100_000))),
        &["invalid_grant", "long long", "…"],
    );
    an_error_that_echoes_the_secret_and_the_code_shows_neither => replied(
        Reply::json(400, r#"{"error":"invalid_grant","error_description":"secret hush-hush-client and code the-code-1 do not fit, nor aHVzaC1odXNoLWNsaWVudA== nor hush%2Dhush%2Dclient"}"#),
        |attempt, exchange| {
            let shown = format!("{attempt}{exchange}");
            assert!(attempt["error"]["description"].as_str().unwrap().contains("do not fit"), "{attempt:#}");
            for secret in ["hush-hush-client", "aHVzaC1odXNoLWNsaWVudA", "hush%2Dhush", "the-code-1"] {
                assert!(!shown.contains(secret), "{secret} in {attempt:#}");
            }
        },
    );
    a_redirect_on_the_same_host_is_named_and_not_followed => says(
        Reply::http(302, "location: /token/", ""),
        &["redirect to /token/", "302", "not followed"],
    );
    a_permanent_redirect_that_keeps_the_method_is_not_followed_either => says(
        Reply::http(308, "location: https://elsewhere.example/token?x=1#y", ""),
        &["redirect to https://elsewhere.example/token (status 308)"],
    );
    a_redirect_to_a_file_is_not_followed => says(Reply::http(302, "location: file:///etc/passwd", ""), &["redirect to file:///etc/passwd"]);
    a_redirect_to_itself_is_asked_once => says(Reply::http(307, "location: /token", ""), &["redirect to /token", "307"]);
    a_redirect_without_a_place_is_named => says(Reply::http(302, "", ""), &["302"]);
}

#[test]
fn the_secret_does_not_follow_a_redirect_to_another_host() {
    in_shared_world(async |world| {
        let other = Provider::scripted(|_, _| Reply::json(200, token(""))).await;
        let location = format!("location: {}/token", other.url);
        let provider = Provider::scripted(move |_, _| Reply::http(307, &location, "")).await;
        let (attempt, _) = authorized(world, &provider).await;
        assert!(
            attempt["error"]["description"].as_str().unwrap().contains(&other.url),
            "{attempt:#}"
        );
        assert_eq!(other.asked("/token").len(), 0);
    });
}

#[test]
fn a_port_that_nobody_listens_on_is_named() {
    in_shared_world(async |world| {
        let mut provider = Provider::scripted(|_, _| Reply::json(200, token(""))).await;
        let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        provider.url = format!("http://{}", free.local_addr().unwrap());
        drop(free);
        let (attempt, exchange) = authorized(world, &provider).await;
        let description = attempt["error"]["description"].as_str().unwrap();
        assert!(
            description.contains("no connection") && description.contains("refused"),
            "{description}"
        );
        assert_eq!(
            exchange["failure"].as_str().unwrap(),
            description.rsplit_once("reached: ").unwrap().1
        );
    });
}

#[test]
fn many_providers_that_stall_do_not_stop_one_that_answers() {
    in_shared_world(async |world| {
        let stuck = Provider::scripted(|_, _| Reply::Stall(Vec::new())).await;
        let well = Provider::scripted(|_, _| Reply::json(200, token(""))).await;
        let stalled = futures_util::future::join_all((0..5).map(|_| authorized(world, &stuck)));
        let begun = std::time::Instant::now();
        let answered = async {
            let (attempt, _) = authorized(world, &well).await;
            (attempt, begun.elapsed())
        };
        let (stalled, (attempt, took)) = tokio::join!(stalled, answered);
        assert_eq!(attempt["status"], "done");
        assert!(took < Duration::from_secs(20));
        assert!(stalled.iter().all(|(attempt, _)| attempt["status"] == "failed"));
    });
}
