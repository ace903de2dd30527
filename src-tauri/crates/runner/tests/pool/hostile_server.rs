//! The other side of hostile scripts' requests: a server that misbehaves as its path says.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Starts it; the address without a path.
pub fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let open = Arc::new(AtomicUsize::new(0));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let open = Arc::clone(&open);
            // A client that goes away ends its thread by an error.
            std::thread::spawn(move || {
                let _ = serve(stream, &open);
            });
        }
    });
    url
}

fn serve(mut stream: TcpStream, open: &AtomicUsize) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let from = head.len();
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
        let line = head[from..].trim().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = reader.take(length);
    std::io::copy(&mut body, &mut std::io::sink())?;
    let path = head.split(' ').nth(1).unwrap_or_default();
    let mut answer = |status: &str, headers: &str, body: &[u8]| {
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status}\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n"
        )?;
        stream.write_all(body)
    };
    let endless = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/plain\r\n";
    match path.split('?').next().unwrap_or_default() {
        "/redirect-file" => answer("302 Found", "location: file:///etc/passwd\r\n", b""),
        "/loop" => answer("302 Found", "location: /loop\r\n", b""),
        "/headers" => {
            write!(stream, "{endless}")?;
            for n in 0.. {
                write!(stream, "x-{n}: {}\r\n", "v".repeat(1000))?;
            }
            Ok(())
        }
        "/garbage" => stream.write_all(b"\x00\x01\x02 this is no HTTP\r\n\r\n"),
        "/never" => {
            std::thread::sleep(Duration::from_secs(60));
            Ok(())
        }
        "/slow" => {
            write!(stream, "{endless}\r\n")?;
            loop {
                stream.write_all(b".")?;
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        "/endless" => {
            write!(stream, "{endless}\r\n")?;
            let block = vec![b'x'; 1 << 16];
            loop {
                stream.write_all(&block)?;
            }
        }
        "/bomb" => {
            write!(stream, "{endless}content-encoding: gzip\r\n\r\n")?;
            bomb(&mut stream)
        }
        "/open" => {
            let now = open.fetch_add(1, Ordering::SeqCst) + 1;
            std::thread::sleep(Duration::from_millis(30));
            open.fetch_sub(1, Ordering::SeqCst);
            answer("200 OK", "", now.to_string().as_bytes())
        }
        _ => answer("200 OK", "content-type: text/plain\r\n", head.as_bytes()),
    }
}

/// Gzip of zeros without end: one block that stands for a megabyte, again and again.
fn bomb(stream: &mut TcpStream) -> std::io::Result<()> {
    let mut deflate = flate2::Compress::new(flate2::Compression::best(), false);
    let mut block = Vec::with_capacity(1 << 16);
    deflate
        .compress_vec(&vec![0; 1 << 20], &mut block, flate2::FlushCompress::Sync)
        .map_err(std::io::Error::other)?;
    stream.write_all(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])?;
    loop {
        stream.write_all(&block)?;
    }
}
