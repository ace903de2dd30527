//! The server itself: tokens, malformed requests, restart, prefix, ports.

use crate::common::{Server, TOKEN, answer, http, oauth2, options};
use devserver::{DevServer, StartError, StartOptions};
use serde_json::json;

#[tokio::test]
async fn every_route_wants_the_token() {
    let server = Server::start().await;
    let app = server.app().await;
    let function = format!("{app}/functions/BUILD");
    let routes = [
        ("GET", "/developer/apps".to_owned()),
        ("POST", "/developer/apps".to_owned()),
        ("GET", app.clone()),
        ("PATCH", app.clone()),
        ("DELETE", app.clone()),
        ("POST", format!("{app}/logo")),
        ("PATCH", format!("{app}/logo")),
        ("DELETE", format!("{app}/logo")),
        ("GET", app.replace("/developer", "") + "/logo"),
        ("GET", format!("{app}/authentication")),
        ("POST", format!("{app}/authentication")),
        ("PATCH", format!("{app}/authentication")),
        ("DELETE", format!("{app}/authentication")),
        ("GET", function.clone()),
        ("POST", function.clone()),
        ("PATCH", function.clone()),
        ("DELETE", function.clone()),
        ("GET", format!("{function}/zip")),
        ("GET", format!("{function}/versions")),
        ("POST", format!("{function}/versions")),
        ("POST", format!("{function}/test")),
        ("GET", format!("{function}/log")),
        ("GET", format!("{app}/versions")),
        ("POST", format!("{app}/versions")),
    ];
    for (method, path) in routes {
        for header in [None, Some("Bearer wrong"), Some("Basic abc"), Some(TOKEN), Some("Bearer ")]
        {
            let mut request = server.client.request(method.parse().unwrap(), server.url(&path));
            if let Some(header) = header {
                request = request.header("authorization", header);
            }
            let response = request.send().await.unwrap();
            assert!(response.headers()["www-authenticate"].to_str().unwrap().starts_with("Bearer"));
            let (status, error) = answer(response).await;
            assert_eq!(
                (status, &error["code"]),
                (401, &json!("unauthorized")),
                "{method} {path} {header:?}"
            );
        }
    }
    assert_eq!(server.get(&app).await.0, 200);
}

#[tokio::test]
async fn malformed_requests_get_json_answers() {
    let server = Server::start().await;
    let app = server.app().await;
    let send = async |method: &str, path: &str, content_type: &str, body: Vec<u8>| {
        let request = server.request(method, path).header("content-type", content_type).body(body);
        answer(request.send().await.unwrap()).await
    };
    let (status, error) =
        send("POST", "/developer/apps", "application/json", b"{\"name\": \n \"hush".to_vec()).await;
    assert_eq!(status, 400);
    assert!(error["message"].as_str().unwrap().contains("line 2"), "{error}");
    assert!(!error.to_string().contains("hush"));
    assert_eq!(send("POST", "/developer/apps", "text/plain", b"{}".to_vec()).await.0, 415);
    assert_eq!(
        send("POST", &format!("{app}/functions/BUILD"), "application/json", b"{}".to_vec()).await.0,
        415
    );
    let large = format!("{{\"name\": \"{}\"}}", "x".repeat(devserver::MAX_JSON));
    assert_eq!(
        send("POST", "/developer/apps", "application/json", large.into_bytes()).await.0,
        413
    );

    let function = format!("{app}/functions/BUILD");
    assert_eq!(send("POST", &function, "multipart/form-data", b"x".to_vec()).await.0, 400);
    let boundary = "multipart/form-data; boundary=b";
    assert_eq!(send("POST", &function, boundary, b"no boundary at all".to_vec()).await.0, 400);
    let cut = b"--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"f.zip\"\r\n\r\nPK"
        .to_vec();
    let (status, error) = send("POST", &function, boundary, cut).await;
    assert_eq!((status, &error["code"]), (400, &json!("malformed")), "{error}");
    let many: String = (0..20)
        .map(|n| format!("--b\r\ncontent-disposition: form-data; name=\"p{n}\"\r\n\r\n1\r\n"))
        .collect();
    assert_eq!(send("POST", &function, boundary, (many + "--b--\r\n").into_bytes()).await.0, 400);

    assert_eq!(server.get("/developer/nothing").await.0, 404);
    let (status, error) = answer(server.request("PUT", &app).send().await.unwrap()).await;
    assert_eq!((status, &error["code"]), (405, &json!("method_not_allowed")));
    assert_eq!(server.get(&format!("{app}?dataForDownload=maybe")).await.0, 400);
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let server = Server::start().await;
    let app = server.app().await;
    server.function(&app, "BUILD").await;
    server.send("POST", &format!("{app}/authentication"), oauth2()).await;
    let before = server.get(&format!("{app}?dataForDownload=true")).await;
    let Server { folder, handle, client } = server;
    let old = handle.url().to_owned();
    handle.shutdown().await;
    assert!(client.get(&old).send().await.unwrap_err().is_connect());

    let handle = DevServer::start(options(folder.path())).await.unwrap();
    let server = Server { folder, handle, client };
    assert_eq!(server.get(&format!("{app}?dataForDownload=true")).await, before);
    let zip = server.request("GET", &format!("{app}/functions/BUILD/zip")).send().await.unwrap();
    assert_eq!(zip.bytes().await.unwrap(), crate::common::code("BUILD"));
}

#[tokio::test]
async fn a_token_of_its_own_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let start = async || {
        let handle =
            DevServer::start(StartOptions { token: None, ..options(folder.path()) }).await.unwrap();
        let token = handle.token().reveal().to_owned();
        handle.shutdown().await;
        token
    };
    let token = start().await;
    assert_eq!(token.len(), 64);
    assert_eq!(start().await, token);
}

#[tokio::test]
async fn a_prefix_stands_before_every_path() {
    let folder = tempfile::tempdir().unwrap();
    let handle =
        DevServer::start(StartOptions { prefix: "/integration/".into(), ..options(folder.path()) })
            .await
            .unwrap();
    assert!(handle.url().ends_with("/integration"));
    let apps = format!("{}/framework/v1/developer/apps", handle.url());
    assert_eq!(http().get(&apps).bearer_auth(TOKEN).send().await.unwrap().status(), 200);
    let bare = apps.replace("/integration", "");
    assert_eq!(http().get(bare).bearer_auth(TOKEN).send().await.unwrap().status(), 404);
    for prefix in ["/a b", "/{x}", "/../x", "/a//b", "/a?b"] {
        let refused =
            DevServer::start(StartOptions { prefix: prefix.into(), ..options(folder.path()) })
                .await;
        assert!(matches!(refused.err().unwrap(), StartError::Prefix(_)), "{prefix}");
    }
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let server = Server::start().await;
    let port = server.handle.url().rsplit(':').next().unwrap().parse().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let refused =
        DevServer::start(StartOptions { port: Some(port), ..options(folder.path()) }).await;
    assert!(matches!(refused.err().unwrap(), StartError::PortInUse(p) if p == port));
    assert!(!folder.path().join("server.db").exists());
}
