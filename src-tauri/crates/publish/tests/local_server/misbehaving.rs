//! Wrong tokens, servers that are down, and servers that are something else.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use definition::FunctionKind;
use publish::{Client, ClientError, Failure, Secret, Write};
use serde_json::{Map, json};
use tokio::net::TcpListener;

use crate::sample::{SECRET, TOKEN, client, server};

/// A server that answers everything with `answer`, and how often it was asked.
async fn answering<A: IntoResponse + Send + 'static>(
    answer: impl Fn(usize) -> A + Clone + Send + Sync + 'static,
) -> (Client, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let count = asked.clone();
    let routes = Router::new().fallback(move || {
        let answer = answer(count.fetch_add(1, Ordering::SeqCst));
        async move { answer }
    });
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    (client(&url, TOKEN), asked)
}

#[tokio::test]
async fn a_wrong_token() {
    let server = server().await;
    let error = client(server.handle.url(), "not-the-token").apps().await.unwrap_err();
    assert_eq!((error.failure(), error.0.status), (Failure::Unauthorized, Some(401)));
    let text = error.to_string();
    assert!(
        text.starts_with(&format!(
            "GET {}/framework/v1/developer/apps failed: 401: ",
            server.handle.url()
        )),
        "{text}"
    );
    assert!(
        text.contains("the access token is not this server's. Check the access token"),
        "{text}"
    );
    assert!(!text.contains("not-the-token"));
    let json = serde_json::to_value(&error).unwrap();
    assert_eq!((&json["failure"], &json["method"]), (&json!("unauthorized"), &json!("GET")));
    for token in ["", "  ", "two words", "line\nbreak"] {
        let refused = Client::new(server.handle.url().parse().unwrap(), &Secret::new(token));
        assert!(matches!(refused, Err(ClientError::Token(_))), "{token:?}");
    }
    assert!(!format!("{:?}", server.client()).contains(TOKEN));
}

#[tokio::test]
async fn a_wrong_token_is_told_even_while_much_is_being_sent() {
    let server = server().await;
    let client = client(server.handle.url(), "not-the-token");
    for _ in 0..10 {
        let zip = vec![0; 8 * 1024 * 1024];
        let put = client.put_function("x", FunctionKind::Build, &zip, true, Write::Create);
        assert_eq!(put.await.unwrap_err().failure(), Failure::Unauthorized);
    }
}

#[tokio::test]
async fn a_server_that_is_down() {
    let server = server().await;
    let client = server.client();
    server.handle.shutdown().await;
    let error = client.apps().await.unwrap_err();
    assert_eq!((error.failure(), error.0.status), (Failure::Unreachable, None));
    assert!(error.to_string().contains("refused"), "{error}");
    drop(server.folder);
}

#[tokio::test]
async fn a_server_that_is_a_web_site() {
    let page = "<!doctype html>\n<title>Welcome</title>";
    let (client, _) = answering(move |_| Html(page)).await;
    let error = client.apps().await.unwrap_err();
    assert_eq!(error.failure(), Failure::NotMoxo);
    assert!(
        error.to_string().contains("<title>Welcome")
            && error.to_string().contains("Check the server's address")
    );

    let (client, _) = answering(move |_| (StatusCode::NOT_FOUND, Html(page))).await;
    assert_eq!(client.app("x").await.unwrap_err().failure(), Failure::NotMoxo);
    assert!(
        client.remote_app("x").await.is_err(),
        "a page that says 404 does not say that the app is gone"
    );

    let (client, _) = answering(|_| axum::Json(json!({"secret": SECRET}))).await;
    let error = client.apps().await.unwrap_err();
    assert_eq!(error.failure(), Failure::NotMoxo);
    assert!(!error.to_string().contains(SECRET));

    let (client, asked) = answering(|_| Redirect::temporary("http://127.0.0.1:1/elsewhere")).await;
    assert_eq!(client.apps().await.unwrap_err().failure(), Failure::NotMoxo);
    assert_eq!(asked.load(Ordering::SeqCst), 1);

    let (client, _) = answering(|_| vec![0xff_u8, 0, 7, 27]).await;
    let error = client.apps().await.unwrap_err();
    assert_eq!(error.failure(), Failure::NotMoxo);
    assert!(!error.to_string().contains(char::is_control), "{error:?}");
}

#[tokio::test]
async fn only_what_can_be_repeated_is_repeated() {
    let busy = |count: usize| match count {
        0 | 1 => (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "0")], axum::Json(json!({}))),
        _ => (StatusCode::OK, [("retry-after", "0")], axum::Json(json!([]))),
    };
    let (client, asked) = answering(busy).await;
    assert!(client.apps().await.unwrap().is_empty());
    assert_eq!(asked.load(Ordering::SeqCst), 3);
    let (client, asked) = answering(busy).await;
    let error = client.create_app(Map::new()).await.unwrap_err();
    assert_eq!((error.failure(), error.0.status), (Failure::Server, Some(503)));
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn an_echoed_secret_is_blotted_out() {
    let echo = |_| {
        (StatusCode::BAD_REQUEST, axum::Json(json!({"message": format!("bad: {SECRET} {TOKEN}")})))
    };
    let (client, _) = answering(echo).await;
    let authentication = json!({"oauth2": {"client_secret": SECRET}}).as_object().unwrap().clone();
    let error = client.set_authentication("x", authentication, Write::Create).await.unwrap_err();
    assert_eq!(error.0.message, "bad: *** ***");
}

#[tokio::test]
async fn a_server_that_never_answers() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = client(&url, TOKEN).with_timeout(Duration::from_millis(200));
    assert_eq!(client.apps().await.unwrap_err().failure(), Failure::TimedOut);
}

#[tokio::test]
async fn a_server_that_hangs_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            drop(stream);
        }
    });
    assert_eq!(
        client(&url, TOKEN).create_app(Map::new()).await.unwrap_err().failure(),
        Failure::Interrupted
    );
}

#[tokio::test]
async fn https_to_a_server_that_speaks_http() {
    let (plain, _) = answering(|_| "hello").await;
    let url = plain.address().to_string().replace("http://", "https://");
    let error = client(&url, TOKEN).apps().await.unwrap_err();
    assert_eq!(error.failure(), Failure::Tls, "{error}");
}
