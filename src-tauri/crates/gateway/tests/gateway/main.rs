//! The gateway over real sockets.

#[cfg(test)]
mod world;

use std::time::Duration;

use gateway::{Bounds, Gateway, GatewayConfig, GatewayError, PathToken, Source};
use reqwest::StatusCode;
use serde_json::{Value, json};
use world::{Behaviour, TOKEN, World};

#[tokio::test]
async fn webhook_takes_any_method_and_is_stored_before_the_answer() {
    let world = World::start().await;
    for method in ["POST", "PUT", "PATCH", "DELETE", "GET", "HEAD", "OPTIONS", "PURGE"] {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let url = format!("{}?a=1&b=%2F%2b", world.gateway.webhook_url("bind-1"));
        let answer = world
            .client
            .request(method.clone(), url)
            .header("X-Sig", "t=1")
            .body("{\"x\":1}")
            .send();
        let answer = answer.await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{method}");
        assert_eq!(answer.headers()["cache-control"], "no-store");
        assert_eq!(answer.bytes().await.unwrap().len(), 0);
        // The sink takes 30 ms: had the answer not waited, nothing would be here yet.
        let stored = world.sink.take();
        assert_eq!(stored.len(), 1, "{method}");
        assert_eq!(stored[0].source, Source::Webhook);
        assert_eq!(stored[0].binding, "bind-1");
        assert_eq!(stored[0].method, method.as_str());
        assert_eq!(stored[0].path, format!("/{TOKEN}/webhook/bind-1"));
        assert_eq!(stored[0].query, "a=1&b=%2F%2b");
        assert_eq!(&stored[0].body[..], b"{\"x\":1}");
        assert!(stored[0].headers.contains(&("x-sig".into(), "t=1".into())));
        assert!(stored[0].received_at > 1_700_000_000_000);
    }
}

#[tokio::test]
async fn body_bound_is_ten_megabytes_and_nothing_beyond_is_stored() {
    let world = World::start().await;
    let url = world.gateway.webhook_url("bind-1");
    let whole = vec![7u8; 10 << 20];
    let answer = world.client.post(&url).body(whole.clone()).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(world.sink.take()[0].body.len(), 10 << 20);

    let mut beyond = whole;
    beyond.push(7);
    let answer = world.client.post(&url).body(beyond.clone()).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    // The same without a length announced.
    let chunks: Vec<Result<Vec<u8>, std::io::Error>> =
        beyond.chunks(1 << 20).map(|c| Ok(c.to_vec())).collect();
    let body = reqwest::Body::wrap_stream(futures_util::stream::iter(chunks));
    let answer = world.client.post(&url).body(body).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    // And by a client that asks first: it is told before it sends anything.
    let head = format!(
        "POST /{TOKEN}/webhook/bind-1 HTTP/1.1\r\nHost: {}\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n",
        world.host()
    );
    let answer = world.raw(head.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(world.sink.take().is_empty());
}

#[tokio::test]
async fn failure_to_store_is_told_and_an_unknown_binding_is_not_found() {
    let world = World::start().await;
    let post =
        |binding: &str| world.client.post(world.gateway.webhook_url(binding)).body("x").send();
    assert_eq!(post("unknown").await.unwrap().status(), StatusCode::NOT_FOUND);
    assert_eq!(post("full-disk").await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(post("panics").await.unwrap().status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(post("bind-1").await.unwrap().status(), StatusCode::OK);
    let page = world.client.get(world.gateway.redirect_url("full-disk")).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.text().await.unwrap().contains("load this page again"));
}

#[tokio::test]
async fn redirect_answers_with_a_closed_off_page() {
    let world = World::start().await;
    let url =
        format!("{}?state=abc&x=<script>alert(1)</script>", world.gateway.redirect_url("bind-1"));
    let answer = world.client.get(&url).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let headers = answer.headers().clone();
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["referrer-policy"], "no-referrer");
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["content-type"], "text/html; charset=utf-8");
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"), "{policy}");
    let page = answer.text().await.unwrap();
    assert!(page.contains("You can close this page and return to Stepsmith"));
    assert!(!page.contains("<script") && !page.contains("alert"));
    let stored = world.sink.take();
    assert_eq!((stored.len(), stored[0].source), (1, Source::Redirect));

    for method in [reqwest::Method::POST, reqwest::Method::HEAD] {
        let answer = world.client.request(method, &url).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answer.headers()["allow"], "GET");
    }
    assert!(world.sink.take().is_empty());
}

#[tokio::test]
async fn authorization_redirect_shows_parameters_as_text_only() {
    let world = World::start().await;
    let url = world.gateway.oauth_url();
    let answer =
        world.client.get(format!("{url}?code=a%20b&state=s+t&code=2")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(world.sink.queries(), [("code", "a b"), ("state", "s t"), ("code", "2")].map(owned));

    let attack = "error=%3Cscript%3Ealert(1)%3C/script%3E%22%20onload=%27x%27";
    let answer = world.client.get(format!("{url}?{attack}")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    let page = answer.text().await.unwrap();
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39;"),
        "{page}"
    );
    assert!(!page.contains("<script"));
}

#[tokio::test]
async fn authorization_redirect_is_a_navigation_of_no_foreign_page() {
    let world = World::start().await;
    let url = format!("{}?code=1", world.gateway.oauth_url());
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-mode", "no-cors"),
        ("sec-fetch-mode", "cors"),
    ] {
        let answer = world.client.get(&url).header(name, value).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{name}: {value}");
    }
    assert_eq!(
        world.client.post(&url).send().await.unwrap().status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
    assert!(world.sink.queries().is_empty());
    let answer = world.client.get(&url).header("sec-fetch-mode", "navigate").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
}

#[tokio::test]
async fn exchange_goes_on_when_the_browser_hangs_up() {
    let world = World::start().await;
    let request = world.client.get(format!("{}?slow=1", world.gateway.oauth_url()));
    let cut = request.timeout(Duration::from_millis(50)).send().await;
    assert!(cut.is_err());
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(world.sink.queries(), [("slow", "1")].map(owned));
}

#[tokio::test]
async fn wrong_token_and_unknown_paths_are_not_found_without_a_word() {
    let world = World::start().await;
    let host = world.host();
    let wrong = TOKEN.replace('a', "b");
    for path in [
        format!("/{wrong}/webhook/bind-1"),
        format!("/{}/oauth", &TOKEN[1..]),
        "/".into(),
        format!("/{TOKEN}"),
        format!("/{TOKEN}/"),
        format!("//{TOKEN}/oauth"),
        format!("/{TOKEN}/webhook"),
        format!("/{TOKEN}/webhook/a/b"),
        format!("/{TOKEN}/unknown/bind-1"),
        format!("/{TOKEN}/file/none"),
    ] {
        let answer = world.client.get(format!("http://{host}{path}")).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(answer.bytes().await.unwrap().is_empty(), "{path}");
    }
    assert!(world.sink.take().is_empty());
}

#[tokio::test]
async fn foreign_host_is_refused() {
    let world = World::start().await;
    let (host, port) = (world.host(), world.gateway.port());
    let ask = async |lines: String| {
        let text = format!("{lines}Content-Length: 1\r\nConnection: close\r\n\r\nx");
        world.raw(text.as_bytes()).await
    };
    let line = format!("POST /{TOKEN}/webhook/bind-1 HTTP/1.1\r\n");
    for hosts in [
        format!("Host: evil.example:{port}\r\n"),
        format!("Host: evil.example\r\nX-Forwarded-Host: {host}\r\n"),
        format!("Host: 127.0.0.1:{}\r\n", port ^ 1),
        format!("Host: {host}\r\nHost: {host}\r\n"),
        String::new(),
    ] {
        let answer = ask(format!("{line}{hosts}")).await;
        assert!(
            answer.starts_with("HTTP/1.1 421 ") || answer.starts_with("HTTP/1.1 400 "),
            "{hosts}: {answer}"
        );
    }
    let absolute =
        format!("POST http://evil.example/{TOKEN}/webhook/bind-1 HTTP/1.1\r\nHost: {host}\r\n");
    assert!(ask(absolute).await.starts_with("HTTP/1.1 421 "));
    assert!(world.sink.take().is_empty());
    for hosts in [format!("Host: {host}\r\n"), format!("Host: localhost:{port}\r\n")] {
        assert!(ask(format!("{line}{hosts}")).await.starts_with("HTTP/1.1 200 "));
    }
    assert_eq!(world.sink.take().len(), 2);
}

#[tokio::test]
async fn external_base_opens_all_but_control() {
    let mut config = world::config();
    config.external_base = Some("https://tunnel.example/".parse().unwrap());
    let world = World::with(config, Behaviour::default()).await;
    assert_eq!(world.gateway.webhook_url("b"), format!("https://tunnel.example/{TOKEN}/webhook/b"));
    let local = format!("http://{}/{TOKEN}", world.host());
    let from_outside =
        |path: &str| world.client.post(format!("{local}/{path}")).header("host", "tunnel.example");
    assert_eq!(from_outside("webhook/bind-1").send().await.unwrap().status(), StatusCode::OK);
    assert_eq!(
        from_outside("control/show").json(&json!({})).send().await.unwrap().status(),
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn pipelined_requests_are_each_stored_and_answered_in_order() {
    let world = World::start().await;
    let host = world.host();
    let one = |body: &str, last: bool| {
        let close = if last { "Connection: close\r\n" } else { "" };
        let path = format!("/{TOKEN}/webhook/bind-1?n={body}");
        format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\n{close}Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let text = format!(
        "{}GET /nothing HTTP/1.1\r\nHost: {host}\r\n\r\n{}",
        one("1", false),
        one("2", true)
    );
    let answer = world.raw(text.as_bytes()).await;
    let statuses: Vec<_> =
        answer.lines().filter(|l| l.starts_with("HTTP/1.1")).map(|l| &l[9..12]).collect();
    assert_eq!(statuses, ["200", "404", "200"], "{answer}");
    let bodies: Vec<_> = world.sink.take().iter().map(|c| c.query.clone()).collect();
    assert_eq!(bodies, ["n=1", "n=2"]);
}

#[tokio::test]
async fn request_that_breaks_off_or_smuggles_stores_nothing() {
    let world = World::start().await;
    let host = world.host();
    let head = format!("POST /{TOKEN}/webhook/bind-1 HTTP/1.1\r\nHost: {host}\r\n");
    for rest in [
        "Content-Length: 10\r\n\r\nhalf",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhal",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "Content-Length: -1\r\n\r\n",
    ] {
        let answer = world.raw(format!("{head}{rest}").as_bytes()).await;
        assert!(!answer.starts_with("HTTP/1.1 200"), "{rest}: {answer}");
    }
    assert!(world.sink.take().is_empty());
}

#[tokio::test]
async fn what_a_proxy_in_front_could_read_in_two_ways_ends_the_connection() {
    let world = World::start().await;
    let host = world.host();
    let inner = format!("GET /{TOKEN}/oauth?code=smuggled HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let head = format!("POST /{TOKEN}/webhook/bind-1 HTTP/1.1\r\nHost: {host}\r\n");
    let whole = inner.len() + 5;
    for lengths in [
        format!("Content-Length: {whole}\r\nTransfer-Encoding: chunked\r\n"),
        format!("Transfer-Encoding: chunked\r\nContent-Length: {whole}\r\n"),
        "Transfer-Encoding: chunked\r\nX: 1\r\nContent-Length: 5\r\n".to_owned(),
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n".to_owned(),
    ] {
        let answer = world.raw(format!("{head}{lengths}\r\n0\r\n\r\n{inner}").as_bytes()).await;
        // Refused, or read as RFC 9112 (section 6.3) says and nothing behind it (6.1).
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{lengths}: {answer}");
        assert!(answer.contains("connection: close"), "{lengths}: {answer}");
        assert!(world.sink.queries().is_empty(), "{lengths}");
        let stored = world.sink.take();
        assert!(stored.iter().all(|callback| callback.body.is_empty()), "{lengths}");
    }
    // Chunks alone are read in one way.
    let answer = world
        .raw(format!("{head}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n").as_bytes())
        .await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn connections_that_send_nothing_make_room_when_their_time_is_over() {
    let mut config = world::config();
    config.bounds.header_time = Duration::from_millis(300);
    config.bounds.connections = 4;
    let world = World::with(config, Behaviour::default()).await;
    let mut idle = Vec::new();
    for _ in 0..12 {
        let mut stream = tokio::net::TcpStream::connect(world.host()).await.unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut stream, b"GET /x HTTP/1.1\r\nX: ").await.unwrap();
        idle.push(stream);
    }
    let asked = world.client.post(world.gateway.webhook_url("bind-1")).body("x").send();
    let answer = tokio::time::timeout(Duration::from_secs(5), asked).await.unwrap().unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
}

#[tokio::test]
async fn slow_headers_and_slow_bodies_are_cut_off() {
    let mut config = world::config();
    config.bounds.header_time = Duration::from_millis(300);
    config.bounds.body_time = Duration::from_millis(300);
    let world = World::with(config, Behaviour::default()).await;
    let head = format!("POST /{TOKEN}/webhook/bind-1 HTTP/1.1\r\nHost: {}\r\n", world.host());
    // Headers without an end, then nothing at all: the connection is closed.
    for text in [head.as_str(), ""] {
        let answer =
            tokio::time::timeout(Duration::from_secs(3), world.raw_open(text.as_bytes())).await;
        assert!(!answer.unwrap().contains(" 200 "));
    }
    let text = format!("{head}Content-Length: 10\r\n\r\nhalf");
    let answer = tokio::time::timeout(Duration::from_secs(3), world.raw_open(text.as_bytes()))
        .await
        .unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(world.sink.take().is_empty());
}

#[tokio::test]
async fn oversized_headers_are_refused() {
    let world = World::start().await;
    let head = format!("POST /{TOKEN}/webhook/bind-1 HTTP/1.1\r\nHost: {}\r\n", world.host());
    let large = format!("{head}X: {}\r\n\r\n", "x".repeat(100 << 10));
    let answer = world.raw(large.as_bytes()).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431 "), "{answer}");
    let long = format!(
        "GET /{TOKEN}/oauth?x={} HTTP/1.1\r\nHost: {}\r\n\r\n",
        "x".repeat(70 << 10),
        world.host()
    );
    let answer = world.raw(long.as_bytes()).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    assert!(world.sink.queries().is_empty());
    let many: String = (0..200).map(|n| format!("X-{n}: 1\r\n")).collect();
    let answer = world.raw(format!("{head}{many}\r\n").as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    assert!(world.sink.take().is_empty());
}

#[tokio::test]
async fn connections_beyond_the_bound_wait() {
    let mut config = world::config();
    config.bounds = Bounds { connections: 2, ..config.bounds };
    let world = World::with(config, Behaviour::default()).await;
    let first = tokio::net::TcpStream::connect(world.host()).await.unwrap();
    let second = tokio::net::TcpStream::connect(world.host()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let url = world.gateway.webhook_url("bind-1");
    let third = tokio::spawn(world.client.post(url).body("x").send());
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!third.is_finished() && world.sink.take().is_empty());
    drop((first, second));
    assert_eq!(third.await.unwrap().unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn files_are_attachments() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("big.bin");
    let content: Vec<u8> = (0..300_000u32).flat_map(u32::to_le_bytes).collect();
    std::fs::write(&path, &content).unwrap();
    let world = World::with(world::config(), Behaviour { file: Some(path) }).await;
    let answer = world.client.get(world.gateway.file_url("page")).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/html");
    assert_eq!(
        answer.headers()["content-disposition"],
        "attachment; filename*=UTF-8''a%22%0D%0A%20%C3%A9.html"
    );
    assert!(answer.headers()["content-security-policy"].to_str().unwrap().starts_with("sandbox;"));
    assert_eq!(answer.text().await.unwrap(), "<script>");
    let url = world.gateway.file_url("disk");
    let answer = world.client.get(&url).send().await.unwrap();
    assert_eq!(
        answer.headers()["content-type"],
        "application/octet-stream",
        "a type with a line break is not sent"
    );
    assert_eq!(answer.headers()["content-length"], content.len().to_string().as_str());
    assert!(answer.bytes().await.unwrap() == content);
    let answer = world.client.head(&url).send().await.unwrap();
    assert_eq!(answer.headers()["content-length"], content.len().to_string().as_str());
    assert_eq!(
        world.client.delete(&url).send().await.unwrap().status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn control_answers_programs_with_json() {
    let world = World::start().await;
    let url = format!("{}/control/show", world.gateway.base_url());
    let answer = world.client.post(&url).json(&json!({"folder": "/x"})).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.json::<Value>().await.unwrap(), json!({"shown": {"folder": "/x"}}));
    assert_eq!(
        world.client.post(&url).send().await.unwrap().status(),
        StatusCode::OK,
        "the body may be absent"
    );
    let unknown = world
        .client
        .post(format!("{}/control/dance", world.gateway.base_url()))
        .send()
        .await
        .unwrap();
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert_eq!(unknown.json::<Value>().await.unwrap()["error"], "no such verb");
    assert_eq!(
        world.client.post(&url).body("{").send().await.unwrap().status(),
        StatusCode::BAD_REQUEST
    );
    let large = world.client.post(&url).body("1".repeat(65 << 10)).send().await.unwrap();
    assert_eq!(large.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let page = world
        .client
        .post(&url)
        .header("origin", format!("http://{}", world.host()))
        .send()
        .await
        .unwrap();
    assert_eq!(page.status(), StatusCode::FORBIDDEN);
    assert_eq!(
        world.client.get(&url).send().await.unwrap().status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn port_is_loopback_kept_and_named_when_taken() {
    let world = World::start().await;
    let port = world.gateway.port();
    let again = GatewayConfig::new(Some(port), PathToken::generate().unwrap());
    let error = Gateway::start(again.clone(), world.sink.clone()).await.unwrap_err();
    assert!(matches!(error, GatewayError::PortInUse { port: p } if p == port), "{error}");
    assert!(error.to_string().contains(&port.to_string()));
    // Only 127.0.0.1: another loopback address has nobody there.
    assert!(tokio::net::TcpStream::connect(("127.0.0.2", port)).await.is_err());
    world.gateway.shutdown().await;
    let again = Gateway::start(again, world.sink.clone()).await.unwrap();
    assert_eq!(again.port(), port);
}

#[tokio::test]
async fn shutdown_answers_what_runs_and_takes_no_more() {
    let world = World::start().await;
    let host = world.host();
    let url = format!("{}?slow=1", world.gateway.oauth_url());
    let running = tokio::spawn(world.client.get(url).send());
    let _idle = tokio::net::TcpStream::connect(&host).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let start = std::time::Instant::now();
    world.gateway.shutdown().await;
    assert!(start.elapsed() < Duration::from_secs(4));
    assert_eq!(running.await.unwrap().unwrap().status(), StatusCode::OK);
    assert!(tokio::net::TcpStream::connect(&host).await.is_err());
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}
