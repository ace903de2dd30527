//! The e-signature service's JSON interface and webhooks.

use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use services::Settings;
use services::visitor::{Visitor, signing};
use sha2::Sha256;

use crate::client::{Setup, code_of, fields_of, quick, start};
use crate::receiver::Receiver;

const BACK: &str = "https://client.example.test/back";

async fn press(setup: &Setup, signer: &Value, decision: &str) {
    let form = [("decision", decision), ("full_name", "Signer"), ("reason", "Too expensive")];
    let url = signer["signing_url"].as_str().unwrap();
    let response = setup.http.post(url).form(&form).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
}

fn path(envelope: &Value) -> String {
    format!("/esign/v1/envelopes/{}", envelope["id"].as_str().unwrap())
}

#[tokio::test]
async fn templates_are_listed_and_described() {
    let setup = start(quick()).await;
    let token = setup.access_token().await;
    let (status, list) = setup.call(&token, Method::GET, "/esign/v1/templates", None).await;
    assert_eq!(status, StatusCode::OK);
    let roles: Vec<usize> = list["templates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| t["roles"].as_array().unwrap().len())
        .collect();
    assert_eq!(roles, [2, 1, 3]);
    let (_, one) = setup.call(&token, Method::GET, "/esign/v1/templates/tpl-nda", None).await;
    assert_eq!(one["fields"][0]["type"], "signature");
    assert_eq!(one["roles"][1]["id"], "second_party");
    let (status, none) = setup.call(&token, Method::GET, "/esign/v1/templates/none", None).await;
    assert_eq!((status, code_of(&none)), (StatusCode::NOT_FOUND, "not_found"));
}

#[tokio::test]
async fn every_route_wants_a_token_and_its_scope() {
    let setup = start(quick()).await;
    let weak = setup.tokens("owner@example.test", &[("scope", "profile")]).await;
    let weak = weak["access_token"].as_str().unwrap();
    for (method, path) in [
        (Method::GET, "/esign/v1/templates"),
        (Method::GET, "/esign/v1/templates/tpl-nda"),
        (Method::GET, "/esign/v1/envelopes"),
        (Method::POST, "/esign/v1/envelopes"),
        (Method::GET, "/esign/v1/envelopes/x"),
        (Method::GET, "/esign/v1/envelopes/x/document"),
        (Method::GET, "/esign/v1/webhooks"),
        (Method::POST, "/esign/v1/webhooks"),
        (Method::DELETE, "/esign/v1/webhooks/x"),
    ] {
        let response = setup.request(method.clone(), path).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{method} {path}");
        assert!(response.headers().contains_key("www-authenticate"));
        let (status, body) = setup.call(weak, method.clone(), path, None).await;
        assert_eq!(
            (status, code_of(&body)),
            (StatusCode::FORBIDDEN, "insufficient_scope"),
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn too_many_requests_are_told_to_wait() {
    let setup = start(Settings { requests_per_minute: 2, ..quick() }).await;
    let token = setup.access_token().await;
    let get = || setup.request(Method::GET, "/esign/v1/templates").bearer_auth(&token).send();
    assert_eq!(get().await.unwrap().status(), StatusCode::OK);
    assert_eq!(get().await.unwrap().status(), StatusCode::OK);
    let third = get().await.unwrap();
    assert_eq!(third.status(), StatusCode::TOO_MANY_REQUESTS);
    let wait: u64 = third.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait));
}

#[tokio::test]
async fn envelopes_are_checked_field_by_field() {
    let setup = start(quick()).await;
    let token = setup.access_token().await;
    let signer = json!({"role": "customer", "name": "N", "email": "n@example.test"});
    let good = json!({"template_id": "tpl-statement-of-work", "signers": [signer]});
    for (change, fields) in [
        (json!({"template_id": null}), vec!["template_id"]),
        (json!({"template_id": "none"}), vec!["template_id"]),
        (json!({"template_id": 7, "title": 7}), vec!["template_id", "title"]),
        (json!({"signers": []}), vec!["signers"]),
        (json!({"signers": ["x"]}), vec!["signers[0]"]),
        (json!({"signers": [{}]}), vec!["signers[0].role", "signers[0].name", "signers[0].email"]),
        (
            json!({"signers": [{"role": "boss", "name": "N", "email": "n"}]}),
            vec!["signers[0].role", "signers[0].email"],
        ),
        (json!({"signers": [signer, signer]}), vec!["signers[1].role"]),
        (json!({"redirect_url": "http://example.test/"}), vec!["redirect_url"]),
        (json!({"redirect_url": "javascript:alert(1)"}), vec!["redirect_url"]),
        (json!({"metadata": {"a": 1}}), vec!["metadata.a"]),
        (json!({"metadata": []}), vec!["metadata"]),
        (json!({"message": "x".repeat(2001)}), vec!["message"]),
    ] {
        let mut body = good.clone();
        for (key, value) in change.as_object().unwrap() {
            body[key] = value.clone();
        }
        let (status, answer) =
            setup.call(&token, Method::POST, "/esign/v1/envelopes", Some(body)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{change}");
        assert_eq!(fields_of(&answer), fields, "{change}");
    }
    for body in ["", "[]", "{"] {
        let request =
            setup.request(Method::POST, "/esign/v1/envelopes").bearer_auth(&token).body(body);
        assert_eq!(request.send().await.unwrap().status(), StatusCode::BAD_REQUEST, "{body:?}");
    }
    assert_eq!(
        setup.call(&token, Method::POST, "/esign/v1/envelopes", Some(good)).await.0,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn an_idempotency_key_sends_an_envelope_once() {
    let setup = start(quick()).await;
    let token = setup.access_token().await;
    let post = |title: &str| {
        let body = json!({
            "template_id": "tpl-statement-of-work",
            "title": title,
            "signers": [{"role": "customer", "name": "N", "email": "n@example.test"}],
        });
        setup
            .request(Method::POST, "/esign/v1/envelopes")
            .bearer_auth(&token)
            .header("Idempotency-Key", "run-1")
            .json(&body)
            .send()
    };
    let first = post("A").await.unwrap();
    let second = post("A").await.unwrap();
    let third = post("B").await.unwrap();
    assert_eq!((first.status(), second.status()), (StatusCode::CREATED, StatusCode::OK));
    assert_eq!(first.json::<Value>().await.unwrap(), second.json::<Value>().await.unwrap());
    assert_eq!(third.status(), StatusCode::CONFLICT);
    let (_, list) = setup.call(&token, Method::GET, "/esign/v1/envelopes", None).await;
    assert_eq!(list["envelopes"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_document_is_a_pdf_once_everyone_has_signed() {
    let setup = start(quick()).await;
    let token = setup.access_token().await;
    let body = json!({
        "template_id": "tpl-nda",
        "signers": [
            {"role": "first_party", "name": "One", "email": "one@example.test"},
            {"role": "second_party", "name": "Two", "email": "two@example.test"},
        ],
        "redirect_url": BACK,
        "state": "run-7",
    });
    let (_, envelope) = setup.call(&token, Method::POST, "/esign/v1/envelopes", Some(body)).await;
    let document = format!("{}/document", path(&envelope));
    for signer in envelope["signers"].as_array().unwrap() {
        let (status, answer) = setup.call(&token, Method::GET, &document, None).await;
        assert_eq!((status, code_of(&answer)), (StatusCode::CONFLICT, "not_completed"));
        press(&setup, signer, "sign").await;
    }
    let (_, now) = setup.call(&token, Method::GET, &path(&envelope), None).await;
    assert_eq!(now["status"], "completed");
    assert_eq!(now["signers"][1]["signed_as"], "Signer");
    assert!(now["completed_at"].as_u64().unwrap() >= now["created_at"].as_u64().unwrap());

    let response = setup.request(Method::GET, &document).bearer_auth(&token).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/pdf");
    let bytes = response.bytes().await.unwrap();
    assert!(bytes.starts_with(b"%PDF-1.") && bytes.trim_ascii_end().ends_with(b"%%EOF"));
    assert!(bytes.len() < 10_000);
    let unsigned = setup.request(Method::GET, &document).send().await.unwrap();
    assert_eq!(unsigned.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_declined_envelope_is_over_for_everyone() {
    let setup = start(quick()).await;
    let token = setup.access_token().await;
    let body = json!({
        "template_id": "tpl-nda",
        "signers": [
            {"role": "first_party", "name": "One", "email": "one@example.test"},
            {"role": "second_party", "name": "Two", "email": "two@example.test"},
        ],
        "redirect_url": BACK,
    });
    let (_, envelope) = setup.call(&token, Method::POST, "/esign/v1/envelopes", Some(body)).await;
    press(&setup, &envelope["signers"][0], "decline").await;
    let (_, now) = setup.call(&token, Method::GET, &path(&envelope), None).await;
    assert_eq!(
        (&now["status"], &now["signers"][0]["decline_reason"]),
        (&json!("declined"), &json!("Too expensive"))
    );
    let url = envelope["signers"][1]["signing_url"].as_str().unwrap();
    let late = setup
        .http
        .post(url)
        .form(&[("decision", "sign"), ("full_name", "Two")])
        .send()
        .await
        .unwrap();
    assert_eq!(late.status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn accounts_do_not_see_each_other() {
    let setup = start(quick()).await;
    let owner = setup.access_token().await;
    let guest = setup.tokens("guest@example.test", &[]).await;
    let guest = guest["access_token"].as_str().unwrap();
    let envelope = setup.envelope(&owner, BACK).await;
    let hook = json!({"url": "https://client.example.test/hook"});
    let (status, hook) = setup.call(&owner, Method::POST, "/esign/v1/webhooks", Some(hook)).await;
    assert_eq!(status, StatusCode::CREATED);
    let hook = format!("/esign/v1/webhooks/{}", hook["id"].as_str().unwrap());
    assert_eq!(
        setup.call(guest, Method::GET, &path(&envelope), None).await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(setup.call(guest, Method::DELETE, &hook, None).await.0, StatusCode::NOT_FOUND);
    assert_eq!(
        setup.call(guest, Method::GET, "/esign/v1/envelopes", None).await.1,
        json!({"envelopes": []})
    );
    assert_eq!(
        setup.call(guest, Method::GET, "/esign/v1/webhooks", None).await.1,
        json!({"webhooks": []})
    );
}

#[tokio::test]
async fn webhooks_are_registered_once() {
    let setup = start(quick()).await;
    let token = setup.access_token().await;
    let post = |body: Value| setup.call(&token, Method::POST, "/esign/v1/webhooks", Some(body));
    let (status, hook) =
        post(json!({"url": "http://127.0.0.1:9/hook", "events": ["envelope.completed"]})).await;
    assert_eq!(status, StatusCode::CREATED);
    assert!(hook["secret"].as_str().unwrap().starts_with("whsec_"));
    let (status, answer) = post(json!({"url": "http://127.0.0.1:9/hook"})).await;
    assert_eq!((status, code_of(&answer)), (StatusCode::CONFLICT, "already_registered"));
    for (body, field) in [
        (json!({}), "url"),
        (json!({"url": "http://example.test/"}), "url"),
        (json!({"url": "https://example.test/", "events": []}), "events"),
        (json!({"url": "https://example.test/", "events": ["envelope.lost"]}), "events"),
        (json!({"url": "https://example.test/", "events": "envelope.signed"}), "events"),
    ] {
        let (status, answer) = post(body).await;
        assert_eq!((status, fields_of(&answer)), (StatusCode::UNPROCESSABLE_ENTITY, vec![field]));
    }
    let (_, list) = setup.call(&token, Method::GET, "/esign/v1/webhooks", None).await;
    assert_eq!(list["webhooks"][0]["url"], "http://127.0.0.1:9/hook");
    assert!(list["webhooks"][0].get("secret").is_none(), "shown once");
    let path = format!("/esign/v1/webhooks/{}", hook["id"].as_str().unwrap());
    assert_eq!(
        setup.call(&token, Method::DELETE, &path, None).await,
        (StatusCode::NO_CONTENT, Value::Null)
    );
    assert_eq!(setup.call(&token, Method::DELETE, &path, None).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_delivery_is_signed_and_retried_until_it_is_taken() {
    let setup = start(quick()).await;
    let token = setup.access_token().await;
    let receiver = Receiver::start(vec![500, 404, 302, 204]).await;
    let register = json!({"url": receiver.url("/hook"), "events": ["envelope.completed"]});
    let (_, hook) = setup.call(&token, Method::POST, "/esign/v1/webhooks", Some(register)).await;
    let envelope = setup.envelope(&token, BACK).await;
    press(&setup, &envelope["signers"][0], "sign").await;

    let received = receiver.wait(4).await;
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert_eq!(receiver.received().len(), 4, "no more once it was taken");
    for (position, delivery) in received.iter().enumerate() {
        assert_eq!((delivery.method.as_str(), delivery.target.as_str()), ("POST", "/hook"));
        assert_eq!(delivery.headers["content-type"], "application/json");
        assert_eq!(delivery.headers["esign-attempt"], (position + 1).to_string());
        assert_eq!(delivery.body, received[0].body, "the same event each time");
        let header = delivery.headers["esign-signature"].to_str().unwrap();
        let (time, hash) = header.strip_prefix("t=").unwrap().split_once(",v1=").unwrap();
        let mut mac =
            Hmac::<Sha256>::new_from_slice(hook["secret"].as_str().unwrap().as_bytes()).unwrap();
        mac.update(format!("{time}.{}", delivery.body).as_bytes());
        mac.verify_slice(&hex::decode(hash).unwrap()).unwrap();
    }
    let event: Value = serde_json::from_str(&received[0].body).unwrap();
    assert_eq!(event["event"], "envelope.completed");
    assert_eq!(event["envelope_id"], envelope["id"]);
    assert_eq!(event["metadata"], json!({"callback_token": "run-1"}));
}

#[tokio::test]
async fn a_receiver_that_never_takes_it_gets_four_attempts() {
    let setup = start(quick()).await;
    let token = setup.access_token().await;
    let receiver = Receiver::start(vec![503]).await;
    let register = json!({"url": receiver.url("/hook"), "events": ["envelope.declined"]});
    setup.call(&token, Method::POST, "/esign/v1/webhooks", Some(register)).await;
    let envelope = setup.envelope(&token, BACK).await;
    press(&setup, &envelope["signers"][0], "decline").await;
    receiver.wait(4).await;
    tokio::time::sleep(std::time::Duration::from_millis(150)).await;
    assert_eq!(receiver.received().len(), 4);
}

#[tokio::test]
async fn the_visitor_signs_and_the_redirect_target_hears_of_it() {
    let setup = start(quick()).await;
    let token = setup.access_token().await;
    let receiver = Receiver::start(vec![200]).await;
    for (sign, event) in [(true, "signed"), (false, "declined")] {
        let envelope = setup.envelope(&token, &receiver.url("/redirect?state=run-1")).await;
        let visitor = Visitor::new(setup.services.url()).unwrap();
        let url = envelope["signers"][0]["signing_url"].as_str().unwrap();
        let visit = visitor.visit(url, &[signing(sign)]).await.unwrap();
        assert_eq!(visit.pages.len(), 1);
        let last = receiver.received().pop().unwrap();
        let id = envelope["id"].as_str().unwrap();
        assert_eq!(last.target, format!("/redirect?state=run-1&event={event}&envelope={id}"));
    }
}
