//! Starting, finding and stopping.

use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::json;
use services::{Services, Settings, StartError, StartOptions};

use crate::client::{Setup, answer, code_of, quick, start};
use crate::receiver::Receiver;

#[tokio::test]
async fn a_second_start_uses_the_first_instance() {
    let setup = start(quick()).await;
    let port = setup.services.url().port().unwrap();
    let second = Services::start_or_reuse(StartOptions { port, settings: quick() }).await.unwrap();
    assert!(second.reused() && !setup.services.reused());
    assert_eq!(second.url(), setup.services.url());
    second.shutdown().await;
    let identification = setup.request(Method::GET, "/stepsmith-services").send().await.unwrap();
    assert_eq!(answer(identification).await.1["name"], "stepsmith-services", "still there");

    let taken = Services::start(StartOptions { port, settings: quick() }).await.unwrap_err();
    assert!(matches!(taken, StartError::PortInUse { port: named } if named == port));
}

#[tokio::test]
async fn a_port_of_another_program_is_an_error_that_names_it() {
    let other = Receiver::start(vec![200]).await;
    let port = url::Url::parse(&other.url("/")).unwrap().port().unwrap();
    let error =
        Services::start_or_reuse(StartOptions { port, settings: quick() }).await.unwrap_err();
    assert!(matches!(error, StartError::PortInUse { .. }));
    assert!(
        error.to_string().contains(&format!("port {port} "))
            && error.to_string().contains("stop that program")
    );
}

#[tokio::test]
async fn a_stopped_server_frees_its_port() {
    let setup = start(quick()).await;
    let port = setup.services.url().port().unwrap();
    setup.request(Method::GET, "/").send().await.unwrap();
    setup.services.shutdown().await;
    let again = Services::start(StartOptions { port, settings: quick() }).await.unwrap();
    drop(again);
    for _ in 0..100 {
        if tokio::net::TcpListener::bind(("127.0.0.1", port)).await.is_ok() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("a dropped server keeps its port");
}

#[tokio::test]
async fn unknown_pages_methods_and_names_are_refused() {
    let setup = start(quick()).await;
    let (status, body) = answer(setup.request(Method::GET, "/nothing").send().await.unwrap()).await;
    assert_eq!((status, code_of(&body)), (StatusCode::NOT_FOUND, "not_found"));
    let (status, body) =
        answer(setup.request(Method::PUT, "/esign/v1/templates").send().await.unwrap()).await;
    assert_eq!((status, code_of(&body)), (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"));
    let foreign =
        setup.request(Method::GET, "/").header("Host", "example.test:4870").send().await.unwrap();
    assert_eq!(foreign.status(), StatusCode::MISDIRECTED_REQUEST);
    let landing = setup.request(Method::GET, "/").send().await.unwrap().text().await.unwrap();
    for word in ["/oauth2/authorize", "/esign/v1/templates", "/survey/v1/account", "demo-password"]
    {
        assert!(landing.contains(word), "{word}");
    }
}

#[tokio::test]
async fn what_was_sent_for_signature_outlives_the_services() {
    let folder = tempfile::tempdir().unwrap();
    let memory = Some(folder.path().join("memory.json"));
    let remembering = Settings { memory: memory.clone(), ..quick() };
    let slow = Settings { webhook_backoff: Duration::from_secs(3600), ..remembering.clone() };
    let setup = start(slow).await;
    let port = setup.services.url().port().unwrap();
    let token = setup.access_token().await;
    // The first delivery is not taken, and the services end long before the second one.
    let receiver = Receiver::start(vec![500, 204]).await;
    let register = json!({ "url": receiver.url("/hook"), "events": ["envelope.completed"] });
    setup.call(&token, Method::POST, "/esign/v1/webhooks", Some(register)).await;
    let envelope = setup.envelope(&token, "https://client.example.test/back").await;
    let link = envelope["signers"][0]["signing_url"].as_str().unwrap();
    let form = [("decision", "sign"), ("full_name", "Outside Guest")];
    setup.http.post(link).form(&form).send().await.unwrap();
    let first = receiver.wait(1).await;
    let http = setup.http.clone();
    setup.services.shutdown().await;

    let settings = remembering.clone();
    let services = Services::start(StartOptions { port, settings }).await.unwrap();
    let again = Setup { services, http };
    let second = receiver.wait(2).await;
    assert_eq!(second[1].body, first[0].body, "the same event");
    let path = format!("/esign/v1/envelopes/{}", envelope["id"].as_str().unwrap());
    let (status, found) = again.call(&token, Method::GET, &path, None).await;
    assert_eq!((status, &found["status"]), (StatusCode::OK, &json!("completed")));
    let text = std::fs::read_to_string(memory.as_ref().unwrap()).unwrap();
    assert!(!text.contains(&token), "the file holds no token that could be used");
    again.services.shutdown().await;

    // Taken: a third start has nothing to deliver.
    let settings = remembering;
    let third = Services::start(StartOptions { port, settings }).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(receiver.received().len(), 2);
    third.shutdown().await;
}

#[tokio::test]
async fn a_memory_that_cannot_be_read_is_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.json");
    std::fs::write(&path, "{\"grants\": 42").unwrap();
    let setup = start(Settings { memory: Some(path.clone()), ..quick() }).await;
    let token = setup.access_token().await;
    setup.envelope(&token, "https://client.example.test/back").await;
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains("tpl-statement-of-work"), "{text}");
}
