//! Starting, finding and stopping.

use reqwest::{Method, StatusCode};
use services::{Services, StartError, StartOptions};

use crate::client::{answer, code_of, quick, start};
use crate::receiver::Receiver;

#[tokio::test]
async fn a_second_start_uses_the_first_instance() {
    let setup = start(quick()).await;
    let port = setup.services.url().port().unwrap();
    let second = Services::start_or_reuse(port).await.unwrap();
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
    let error = Services::start_or_reuse(port).await.unwrap_err();
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
