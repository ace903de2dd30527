//! The service that the measured functions ask: one answer to every request, connections kept open.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use serde_json::json;

const STATUS: [&str; 5] = ["draft", "sent", "completed", "declined", "expired"];

/// Starts it; the address without a path.
pub fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let items: Vec<_> = (0..24)
        .map(|n| {
            json!({
                "id": format!("envelope-{n}"),
                "title": format!("Contract number {}", (n * 7) % 24),
                "status": STATUS[n % STATUS.len()],
                "created": format!("2024-03-{:02}T10:00:00Z", n + 1),
                "kind": format!("kind {}", n % 3),
                "days": n,
            })
        })
        .collect();
    let body = json!({ "items": items }).to_string();
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = answer.clone();
            std::thread::spawn(move || serve(stream, &answer));
        }
    });
    url
}

fn serve(mut stream: TcpStream, answer: &str) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    loop {
        let mut any = false;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if line == "\r\n" {
                break;
            }
            any = true;
        }
        if any {
            stream.write_all(answer.as_bytes()).ok()?;
        }
    }
}
