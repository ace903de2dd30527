//! A small HTTP server for tests: one answer a path, written by hand.

use std::io::Write;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

pub struct Server {
    pub url: String,
    pub seen: Arc<Mutex<Vec<Seen>>>,
}

/// Starts the server on a thread of its own.
pub fn start() -> Server {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let record = Arc::clone(&seen);
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = TcpListener::from_std(listener).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&record)));
            }
        });
    });
    Server { url, seen }
}

async fn serve(mut stream: TcpStream, seen: Arc<Mutex<Vec<Seen>>>) {
    let mut buffer = Vec::new();
    loop {
        let Some(request) = read(&mut stream, &mut buffer).await else { return };
        seen.lock().unwrap().push(request.clone());
        if !answer(&mut stream, &request).await {
            return;
        }
    }
}

async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Seen> {
    let head = loop {
        if let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
        // A client that wants TLS is told in plain words.
        if buffer.first() == Some(&0x16) {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
            return None;
        }
    };
    let text = String::from_utf8_lossy(&buffer[..head]).into_owned();
    let mut lines = text.split("\r\n");
    let line = lines.next()?.to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    if headers.contains(&("transfer-encoding".to_owned(), "chunked".to_owned())) {
        buffer.drain(..head + 4);
        let body = chunks(stream, buffer).await?;
        return Some(Seen { line, headers, body });
    }
    let length: usize = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(0);
    while buffer.len() < head + 4 + length {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    let body = buffer[head + 4..head + 4 + length].to_vec();
    buffer.drain(..head + 4 + length);
    Some(Seen { line, headers, body })
}

/// A chunked body.
async fn chunks(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = loop {
            if let Some(at) = buffer.windows(2).position(|window| window == b"\r\n") {
                break at;
            }
            if stream.read_buf(buffer).await.ok()? == 0 {
                return None;
            }
        };
        let size =
            usize::from_str_radix(std::str::from_utf8(&buffer[..end]).ok()?.trim(), 16).ok()?;
        while buffer.len() < end + 2 + size + 2 {
            if stream.read_buf(buffer).await.ok()? == 0 {
                return None;
            }
        }
        body.extend_from_slice(&buffer[end + 2..end + 2 + size]);
        buffer.drain(..end + 2 + size + 2);
        if size == 0 {
            return Some(body);
        }
    }
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn http(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut answer =
        format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n{headers}\r\n", body.len())
            .into_bytes();
    answer.extend_from_slice(body);
    answer
}

/// `false` = the connection ends.
async fn answer(stream: &mut TcpStream, request: &Seen) -> bool {
    let path = request.line.split(' ').nth(1).unwrap_or_default();
    let json = "content-type: application/json\r\n";
    let bytes = match path.split('?').next().unwrap_or_default() {
        "/json" => http("200 OK", json, br#"{"hello":"world","list":[1,2]}"#),
        "/echo" => {
            let headers: serde_json::Map<String, serde_json::Value> =
                request.headers.iter().filter(|(name, _)| name != "host").map(|(name, value)| (name.clone(), value.clone().into())).collect();
            let body = serde_json::json!({
                "line": request.line,
                "headers": headers,
                "body": String::from_utf8_lossy(&request.body),
            });
            http("200 OK", json, body.to_string().as_bytes())
        }
        "/text" => http("201 Created", "content-type: text/plain; charset=utf-8\r\nx-one: 1\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n", "grüße".as_bytes()),
        "/gzip" => http("200 OK", "content-encoding: gzip\r\ncontent-type: text/plain\r\n", &gzip("zipped ".repeat(100).as_bytes())),
        "/bomb" => http("200 OK", "content-encoding: gzip\r\n", &gzip(&vec![0; 200 << 20])),
        "/bad-gzip" => http("200 OK", "content-encoding: gzip\r\n", b"not gzip at all"),
        "/empty" => b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(),
        "/error" => http("500 Internal Server Error", json, br#"{"error":"broken"}"#),
        "/redirect" => http("302 Found", "location: /json\r\n", b"moved"),
        "/redirect-307" => http("307 Temporary Redirect", "location: /echo\r\n", b""),
        "/redirect-303" => http("303 See Other", "location: /echo\r\n", b""),
        "/redirect-loop" => http("302 Found", "location: /redirect-loop\r\n", b""),
        "/redirect-file" => http("302 Found", "location: file:///etc/passwd\r\n", b""),
        "/redirect-data" => http("302 Found", "location: data:text/plain,hi\r\n", b""),
        "/binary" => http("200 OK", "content-type: application/octet-stream\r\n", &[0, 255, 254, 1]),
        "/big" => http("200 OK", "content-type: text/plain\r\n", "b".repeat(400 << 10).as_bytes()),
        "/chunked" => b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n".to_vec(),
        "/huge-headers" => {
            let mut head = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n".to_vec();
            for index in 0..2000 {
                head.extend_from_slice(format!("x-{index}: {}\r\n", "y".repeat(1000)).as_bytes());
            }
            head.extend_from_slice(b"\r\n");
            head
        }
        "/garbage" => b"this is not http\r\n\r\n".to_vec(),
        "/cut" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf").await;
            return false;
        }
        "/close" => return false,
        "/slow" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n").await;
            for _ in 0..1000 {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                if stream.write_all(b"z").await.is_err() {
                    return false;
                }
            }
            return false;
        }
        "/never" => {
            tokio::time::sleep(std::time::Duration::from_secs(60)).await;
            return false;
        }
        "/delay" => {
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
            http("200 OK", "", b"late")
        }
        _ => http("404 Not Found", "", b"nothing here"),
    };
    stream.write_all(&bytes).await.is_ok()
}
