//! What stands at the port: foreign hosts and pages, other programs, requests of odd shapes.

use std::time::Duration;

use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use super::attacked;

#[test]
fn a_foreign_host_is_turned_away_as_dns_rebinding_is() {
    attacked(async |target| {
        let port = target.uri.port().unwrap();
        for host in [
            format!("evil.example:{port}"),
            "evil.example".to_owned(),
            format!("127.0.0.1.evil.example:{port}"),
            format!("0.0.0.0:{port}"),
            format!("[::1]:{port}"),
            format!("localhost.:{port}"),
            "127.0.0.1".to_owned(),
            format!("127.0.0.1:{}", port ^ 1),
        ] {
            let answer = target.comes_with("code=c&state=STATE", &[("host", &host)]).await;
            assert_eq!(answer.status, 421, "{host}");
            assert!(answer.page.is_empty());
        }
        target.assert_unharmed().await;
    });
}

#[test]
fn a_request_of_a_foreign_page_is_turned_away() {
    attacked(async |target| {
        for (name, value) in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("origin", "http://127.0.0.1:1"),
            ("sec-fetch-mode", "no-cors"),
            ("sec-fetch-mode", "cors"),
            ("sec-fetch-mode", "websocket"),
        ] {
            let answer = target.comes_with("code=c&state=STATE", &[(name, value)]).await;
            assert_eq!(answer.status, 403, "{name}: {value}");
            assert!(!answer.headers.contains_key("access-control-allow-origin"));
        }
        target.assert_unharmed().await;
    });
}

#[test]
fn a_link_preview_uses_no_code() {
    attacked(async |target| {
        let client = reqwest::Client::new();
        for method in ["HEAD", "OPTIONS", "POST", "PUT", "PROPFIND"] {
            let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
            let url = target.back("code=c&state=STATE");
            let answer = client.request(method.clone(), url).send().await.unwrap();
            assert_eq!(answer.status(), 405, "{method}");
        }
        target.assert_unharmed().await;
    });
}

#[test]
fn another_program_finds_nothing_on_the_port() {
    attacked(async |target| {
        let origin = format!("http://{}", target.host());
        let token = target.uri.path_segments().unwrap().next().unwrap().to_owned();
        assert!(token.len() >= 32, "192 bits");
        let client = reqwest::Client::new();
        let near: String = token.chars().rev().collect();
        for path in [
            "/",
            "/oauth",
            "/callback",
            "/oauth/callback",
            "/control/show",
            "/favicon.ico",
            "/robots.txt",
            "/.well-known/openid-configuration",
            "/..%2f..%2fetc/passwd",
            "/../../etc/passwd",
            "//",
            "/%00",
            &format!("/{near}/oauth"),
            &format!("/{}/oauth", &token[..31]),
            &format!("/{token}A/oauth"),
            &format!("/{}/oauth", token.to_lowercase()),
            &format!("/x/{token}/oauth"),
            &format!("/{near}/../{near}/control/show"),
        ] {
            for query in ["", "?code=c&state=STATE"] {
                let url = format!("{origin}{path}{}", query.replace("STATE", &target.state));
                let answer = client.get(&url).send().await.unwrap();
                assert_eq!(answer.status(), 404, "{path}");
                assert!(answer.bytes().await.unwrap().is_empty(), "{path}: not a word");
            }
        }
        target.assert_unharmed().await;
    });
}

#[test]
fn a_guesser_does_not_lock_the_right_one_out() {
    attacked(async |target| {
        let guesses = (0..40).map(|_| target.comes("code=c&state=guess"));
        for answer in futures_util::future::join_all(guesses).await {
            assert_eq!(answer.status, 400);
        }
        target.assert_unharmed().await;
    });
}

#[test]
fn an_oversized_request_is_refused_and_does_no_harm() {
    attacked(async |target| {
        let (path, host, long) = (target.uri.path(), target.host(), "x".repeat(300 << 10));
        for request in [
            format!(
                "GET {path}?code=c&state={}&x={long} HTTP/1.1\r\nHost: {host}\r\n\r\n",
                target.state
            ),
            format!(
                "GET {path}?code=c&state={} HTTP/1.1\r\nHost: {host}\r\nX: {long}\r\n\r\n",
                target.state
            ),
            format!(
                "GET {path}?code=c&state={} HTTP/1.1\r\nHost: {host}\r\n{}\r\n",
                target.state,
                "X: 1\r\n".repeat(5000)
            ),
        ] {
            let answer = target.raw(&request).await;
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{}", &answer[..40]);
        }
        target.assert_unharmed().await;
    });
}

#[test]
fn of_pipelined_redirects_one_counts() {
    attacked(async |target| {
        let line = |code: &str, last: &str| {
            let (path, state, host) = (target.uri.path(), &target.state, target.host());
            format!("GET {path}?code={code}&state={state} HTTP/1.1\r\nHost: {host}\r\n{last}\r\n")
        };
        let all = format!(
            "{}{}{}",
            line("one", ""),
            line("two", ""),
            line("three", "Connection: close\r\n")
        );
        let answer = target.raw(&all).await;
        let statuses: Vec<&str> =
            answer.split("HTTP/1.1 ").skip(1).map(|one| one.split(' ').next().unwrap()).collect();
        assert_eq!(statuses, ["200", "400", "400"], "{answer}");
        assert_eq!(target.over().await["status"], "done");
        assert_eq!(target.provider.asked("/token")[0].field("code").as_deref(), Some("one"));
        assert_eq!(target.asked(), 1);
    });
}

#[test]
fn a_smuggled_redirect_is_not_seen() {
    attacked(async |target| {
        let (path, host, state) = (target.uri.path(), target.host(), &target.state);
        let inner =
            format!("GET {path}?code=smuggled&state={state} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        let length = inner.len();
        let post = format!("POST {path} HTTP/1.1\r\nHost: {host}\r\n");
        for (name, outer) in [
            (
                "length and chunks",
                format!(
                    "{post}Content-Length: {}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{inner}",
                    length + 5
                ),
            ),
            (
                "chunks and length",
                format!(
                    "{post}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n{inner}"
                ),
            ),
            (
                "two lengths",
                format!("{post}Content-Length: 0\r\nContent-Length: {length}\r\n\r\n{inner}"),
            ),
            ("a length with a sign", format!("{post}Content-Length: +0\r\n\r\n{inner}")),
            ("a name with a space", format!("{post}Content-Length : {length}\r\n\r\n{inner}")),
            ("a folded line", format!("{post}X: 1\r\n Content-Length: {length}\r\n\r\n{inner}")),
            (
                "chunks that are not the last coding",
                format!("{post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{inner}"),
            ),
            (
                "a coding with a tab",
                format!(
                    "{post}Transfer-Encoding:\tchunked\r\nContent-Length: {length}\r\n\r\n0\r\n\r\n{inner}"
                ),
            ),
            (
                "chunks in HTTP/1.0",
                format!(
                    "POST {path} HTTP/1.0\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n0\r\n\r\n{inner}"
                ),
            ),
            (
                "a body of a GET",
                format!(
                    "GET /x HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n{inner}"
                ),
            ),
            (
                "a request in a line",
                format!("GET /x HTTP/1.1\r\nX: a\rHost: {host}\r\n\r\n{inner}"),
            ),
        ] {
            let answer = target.raw(&outer).await;
            let answers = answer.matches("HTTP/1.1 ").count() + answer.matches("HTTP/1.0 ").count();
            assert!(answers <= 1, "{name}: the inner one was answered too: {answer}");
            assert_eq!(
                (target.asked(), &target.now().await["status"]),
                (0, &json!("running")),
                "{name}: {answer}"
            );
        }
        target.assert_unharmed().await;
    });
}

#[test]
fn connections_that_send_nothing_do_not_shut_the_door() {
    attacked(async |target| {
        let mut idle = Vec::new();
        for _ in 0..50 {
            let mut stream = TcpStream::connect(target.host()).await.unwrap();
            stream.write_all(b"GET /").await.unwrap();
            idle.push(stream);
        }
        tokio::time::timeout(Duration::from_secs(20), target.assert_unharmed()).await.unwrap();
        drop(idle);
    });
}
