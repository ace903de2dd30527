//! fetch and http against a server on this machine.

use engine::{CallReport, FailureReason as Reason, Limits};
use serde_json::json;

use crate::server::{Server, start};
use crate::support::{call_at, failure, package, value};

fn run_at(server: &Server, body: &str, limits: Limits) -> CallReport {
    let source = format!(
        "const http = require('http');\nexports.handler = async ({{ url }}) => {{\n{body}\n}};"
    );
    let folder = package(&[("index.js", &source)]);
    call_at(folder.path(), json!({"url": server.url}), limits)
}

fn run(server: &Server, body: &str) -> CallReport {
    run_at(server, body, Limits::default())
}

#[test]
fn bodies_in_every_form() {
    let server = start();
    let report = run(
        &server,
        "const json = await (await fetch(url + '/json')).json();
         const r = await fetch(url + '/text');
         const text = await r.text();
         const bytes = [...(await (await fetch(url + '/binary')).bytes())];
         const buffer = (await (await fetch(url + '/binary')).arrayBuffer()).byteLength;
         const zipped = await (await fetch(url + '/gzip')).text();
         const chunked = await (await fetch(url + '/chunked')).text();
         const empty = await fetch(url + '/empty');
         const error = await fetch(url + '/error');
         const streamed = []; for await (const chunk of (await fetch(url + '/json')).body) streamed.push(...chunk);
         const copy = await fetch(url + '/json'); const both = [await copy.clone().text(), await copy.text()];
         return { json, text, status: r.status, statusText: r.statusText, ok: r.ok, type: r.headers.get('content-type'), one: r.headers.get('X-One'), cookies: r.headers.getSetCookie(), used: r.bodyUsed, bytes, buffer, zipped: zipped.length, chunked, empty: [empty.status, empty.body, await empty.text()], error: [error.ok, error.status, (await error.json()).error], streamed: Buffer.from(streamed).toString().length, both: both[0] === both[1], url: r.url.endsWith('/text') };",
    );
    assert_eq!(
        value(&report),
        &json!({
            "json": {"hello": "world", "list": [1, 2]}, "text": "grüße", "status": 201, "statusText": "Created", "ok": true,
            "type": "text/plain; charset=utf-8", "one": "1", "cookies": ["a=1", "b=2"], "used": true, "bytes": [0, 255, 254, 1],
            "buffer": 4, "zipped": 700, "chunked": "hello world", "empty": [204, null, ""], "error": [false, 500, "broken"],
            "streamed": 30, "both": true, "url": true
        })
    );
    assert_eq!(report.http.len(), 10);
    let zipped = &report.http[4];
    assert_eq!(zipped.response_body.text.as_deref().map(str::len), Some(700));
    assert_eq!(report.http[2].response_body.base64.as_deref(), Some("AP/+AQ=="));
    assert_eq!(
        (zipped.method.as_str(), zipped.status, zipped.error.as_deref()),
        ("GET", Some(200), None)
    );
    assert!(zipped.duration_ms > 0.0 && zipped.at_ms > 0.0);
    assert!(zipped.request_headers.contains(&("user-agent".to_owned(), "node".to_owned())));
}

#[test]
fn what_is_sent() {
    let server = start();
    let report = run(
        &server,
        "const send = async (init) => { const r = await (await fetch(url + '/echo?q=1', init)).json(); return [r.line, r.headers['content-type'] ?? null, r.body, r.headers['x-a'] ?? null]; };
         const form = new FormData(); form.append('field', 'value'); form.append('file', new Blob(['content'], { type: 'text/x' }), 'f.txt');
         const multipart = await (await fetch(new Request(url + '/echo', { method: 'post', body: form }))).json();
         return {
           get: await send(), post: await send({ method: 'post', body: 'text', headers: { 'X-A': 'b' } }),
           json: await send({ method: 'PUT', body: JSON.stringify({ a: 1 }), headers: new Headers({ 'content-type': 'application/json' }) }),
           form: await send({ method: 'POST', body: new URLSearchParams({ a: 'b c' }), headers: [['x-a', '1'], ['x-a', '2']] }),
           bytes: await send({ method: 'PATCH', body: Buffer.from('bytes') }), none: await send({ method: 'DELETE' }),
           multipart: [/multipart\\/form-data; boundary=/.test(multipart.headers['content-type']), multipart.body.includes('name=\"field\"'), multipart.body.includes('filename=\"f.txt\"'), multipart.body.includes('content')],
         };",
    );
    assert_eq!(
        value(&report),
        &json!({
            "get": ["GET /echo?q=1 HTTP/1.1", null, "", null],
            "post": ["POST /echo?q=1 HTTP/1.1", "text/plain;charset=UTF-8", "text", "b"],
            "json": ["PUT /echo?q=1 HTTP/1.1", "application/json", "{\"a\":1}", null],
            "form": ["POST /echo?q=1 HTTP/1.1", "application/x-www-form-urlencoded;charset=UTF-8", "a=b+c", "1, 2"],
            "bytes": ["PATCH /echo?q=1 HTTP/1.1", null, "bytes", null],
            "none": ["DELETE /echo?q=1 HTTP/1.1", null, "", null],
            "multipart": [true, true, true, true]
        })
    );
    assert_eq!(report.http[2].request_body.text.as_deref(), Some("text"));
    assert_eq!(server.seen.lock().unwrap().len(), 7);
}

#[test]
fn redirects() {
    let server = start();
    let report = run(
        &server,
        "const fail = (path, init) => fetch(url + path, init).then((r) => `status ${r.status}`, (e) => `${e.name}: ${e.message}: ${e.cause?.message}`);
         const followed = await fetch(url + '/redirect'); const manual = await fetch(url + '/redirect', { redirect: 'manual' });
         const kept = await (await fetch(url + '/redirect-307', { method: 'POST', body: 'kept' })).json();
         const dropped = await (await fetch(url + '/redirect-303', { method: 'POST', body: 'gone' })).json();
         return { followed: [followed.redirected, followed.url.endsWith('/json'), (await followed.json()).hello], manual: [manual.status, manual.headers.get('location'), await manual.text()],
           kept: [kept.line.slice(0, 4), kept.body], dropped: [dropped.line.slice(0, 3), dropped.body], error: await fail('/redirect', { redirect: 'error' }), loop: await fail('/redirect-loop'), file: await fail('/redirect-file'), data: await fail('/redirect-data') };",
    );
    let value = value(&report);
    assert_eq!(value["followed"], json!([true, true, "world"]));
    assert_eq!(value["manual"], json!([302, "/json", "moved"]));
    assert_eq!(
        (&value["kept"], &value["dropped"]),
        (&json!(["POST", "kept"]), &json!(["GET", ""]))
    );
    assert_eq!(value["error"], "TypeError: fetch failed: unexpected redirect");
    assert_eq!(value["loop"], "TypeError: fetch failed: redirect count exceeded");
    for key in ["file", "data"] {
        assert!(
            value[key].as_str().unwrap().contains("URL scheme must be a HTTP(S) scheme"),
            "{value}"
        );
    }
}

#[test]
fn failures_are_told_to_the_script_and_in_the_trace() {
    let server = start();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let body = format!(
        "const fail = (u, init) => fetch(u, init).then((r) => r.text()).then((t) => `text ${{t.length}}`, (e) => [e.name, e.message, e.cause?.code ?? null]);
         const refused = await fetch('http://{free}/x').catch((e) => e);
         return {{ refused: [refused.message, refused.cause.message, refused.cause.code, refused.cause.syscall, refused.cause.port],
           closed: await fail(url + '/close'), garbage: await fail(url + '/garbage'), cut: await fail(url + '/cut'), bad: await fail(url + '/bad-gzip'), huge: await fail(url + '/huge-headers'),
           dns: await fail('http://no-such-host.invalid/'), tls: await fail(url.replace('http:', 'https:') + '/json'),
           file: await fail('file:///etc/passwd'), ftp: await fail('ftp://x/'), relative: await fail('/json'), credentials: await fail('http://a:b@x/'), data: await fail('data:text/plain;base64,aGk='),
           get: await fail(url, {{ body: 'x' }}), method: await fail(url, {{ method: 'TRACE' }}), header: await fail(url, {{ headers: {{ 'bad header': 'x' }} }}), value: await fail(url, {{ headers: {{ a: 'b\\r\\nc: d' }} }}), large: await fail(url, {{ headers: {{ a: 'b'.repeat(300000) }} }}) }};",
    );
    let report = run(&server, &body);
    let value = value(&report);
    assert_eq!(
        value["refused"],
        json!([
            "fetch failed",
            format!("connect ECONNREFUSED {free}"),
            "ECONNREFUSED",
            "connect",
            free.port()
        ])
    );
    for key in ["closed", "garbage", "huge", "dns", "tls", "file", "ftp"] {
        assert_eq!(value[key][0], "TypeError", "{key}: {value}");
        assert_eq!(value[key][1], "fetch failed", "{key}: {value}");
    }
    assert_eq!(value["dns"][2], "ENOTFOUND");
    assert_eq!(value["cut"][1], "terminated");
    assert_eq!(value["bad"][1], "terminated");
    for key in ["relative", "credentials", "get", "method", "header", "value", "large"] {
        assert_eq!(value[key][0], "TypeError", "{key}: {value}");
    }
    assert_eq!(value["data"], "text 2");
    let words: Vec<&str> =
        report.http.iter().filter_map(|exchange| exchange.error.as_deref()).collect();
    assert!(words[0].contains("refused the connection: nothing listens there"), "{words:?}");
    assert!(words.iter().any(|text| text.contains("was not found (DNS")), "{words:?}");
    assert!(words.iter().any(|text| text.contains("(TLS)")), "{words:?}");
    assert!(words.iter().any(|text| text.contains("closed the connection")), "{words:?}");
    assert!(words.iter().any(|text| text.contains("too large")), "{words:?}");
}

#[test]
fn requests_can_be_aborted() {
    let server = start();
    let report = run(
        &server,
        "const one = await fetch(url + '/never', { signal: AbortSignal.timeout(20) }).catch((e) => e.name);
         const controller = new AbortController(); const waiting = fetch(url + '/slow', { signal: controller.signal }); const r = await waiting; setTimeout(() => controller.abort(), 10);
         const two = await r.text().catch((e) => e.name);
         const three = await fetch(url + '/json', { signal: AbortSignal.abort(new Error('before')) }).catch((e) => e.message);
         return [one, two, three];",
    );
    assert_eq!(value(&report), &json!(["TimeoutError", "AbortError", "before"]));
    assert_eq!(report.http[0].error.as_deref(), Some("The function aborted the request."));
    assert_eq!(report.http.len(), 2);
}

#[test]
fn limits_hold_for_http() {
    let server = start();
    let limits = Limits { time_ms: 300, ..Limits::default() };
    let report = run_at(&server, "return await (await fetch(url + '/slow')).text();", limits);
    assert_eq!(failure(&report).reason, Reason::TimedOut);
    assert!(failure(&report).message.contains("answer over HTTP"), "{}", failure(&report).message);
    assert!(
        report.http[0]
            .error
            .as_deref()
            .unwrap()
            .contains("The call ended before the whole answer was there")
    );
    let report = run_at(&server, "await fetch(url + '/never');", limits);
    assert!(report.http[0].error.as_deref().unwrap().contains("before an answer came"));
    let limits = Limits { memory_bytes: 32 << 20, ..Limits::default() };
    let report = run_at(
        &server,
        "return (await (await fetch(url + '/bomb')).arrayBuffer()).byteLength;",
        limits,
    );
    assert!(
        matches!(failure(&report).reason, Reason::Thrown | Reason::OutOfMemory),
        "{:?}",
        failure(&report)
    );
    assert!(report.memory_peak_bytes < 34 << 20);
    let limits = Limits { requests: 2, ..Limits::default() };
    let report = run_at(
        &server,
        "return (await Promise.all(Array.from({ length: 8 }, () => fetch(url + '/delay').then((r) => r.text())))).join();",
        limits,
    );
    assert_eq!(value(&report), &json!("late,late,late,late,late,late,late,late"));
    assert!(report.timing.waiting_ms > 100.0, "two at once take four rounds: {:?}", report.timing);
}

#[test]
fn bodies_are_cut_in_the_trace_only() {
    let server = start();
    let report = run(&server, "return (await (await fetch(url + '/big')).text()).length;");
    assert_eq!(value(&report), &json!(400 << 10));
    let body = &report.http[0].response_body;
    assert_eq!(
        (body.size_bytes, body.cut, body.text.as_deref().map(str::len)),
        (400 << 10, true, Some(256 << 10))
    );
    let report = run(&server, "const r = await fetch(url + '/json'); return r.status;");
    assert!(
        report.http[0].response_body.text.as_deref().unwrap().contains("world"),
        "{:?}",
        report.http[0]
    );
}

#[test]
fn http_request_and_get() {
    let server = start();
    let report = run(
        &server,
        "const https = require('https');
         const read = (path, options = {}, body) => new Promise((resolve, reject) => {
           const req = http.request(url + path, options, (res) => { const chunks = []; res.on('data', (c) => chunks.push(c)); res.on('end', () => resolve({ status: res.statusCode, message: res.statusMessage, headers: res.headers, body: Buffer.concat(chunks).toString(), complete: res.complete })); res.on('error', (e) => resolve(e.message)); });
           req.on('error', reject); if (body) req.write(body); req.end();
         });
         const got = await new Promise((resolve) => http.get(new URL(url + '/json'), (res) => { res.setEncoding('utf8'); let text = ''; res.on('data', (d) => (text += d)).on('end', () => resolve(JSON.parse(text))); }));
         const text = await read('/text'); const echo = JSON.parse((await read('/echo', { method: 'POST', headers: { 'Content-Type': 'text/x', 'X-Multi': ['a', 'b'] }, auth: 'user:pass' }, 'some body')).body);
         const redirect = await read('/redirect'); const gzip = await new Promise((resolve) => http.get(url + '/gzip', (res) => { let n = 0; res.on('data', (c) => (n += c.length)); res.on('end', () => resolve([res.headers['content-encoding'], n < 700])); }));
         const { hostname, port } = new URL(url); const options = await new Promise((resolve) => http.get({ hostname, port, path: '/json', agent: new http.Agent({ keepAlive: true }) }, (res) => { res.resume(); res.on('end', () => resolve(res.statusCode)); }));
         const aborted = await new Promise((resolve) => { const req = http.get(url + '/never'); req.on('error', (e) => resolve(e.code)); setTimeout(() => req.destroy(), 10); });
         const timeout = await new Promise((resolve) => { const req = http.get(url + '/never', { timeout: 15 }, () => {}); req.on('timeout', () => { req.destroy(new Error('took too long')); }); req.on('error', (e) => resolve(e.message)); });
         const refused = await new Promise((resolve) => https.get('https://127.0.0.1:1/').on('error', (e) => resolve([e.code, e.message])));
         const iterated = []; await new Promise((resolve) => http.get(url + '/chunked', async (res) => { for await (const c of res) iterated.push(c.toString()); resolve(); }));
         const cut = await read('/cut');
         return { got, text: [text.status, text.message, text.headers['set-cookie'], text.body, text.complete], echo: [echo.line, echo.body, echo.headers['x-multi'], echo.headers.authorization, echo.headers['content-type']], redirect: [redirect.status, redirect.headers.location], gzip, options, aborted, timeout, refused, iterated: iterated.join(''), cut };",
    );
    assert_eq!(
        value(&report),
        &json!({
            "got": {"hello": "world", "list": [1, 2]}, "text": [201, "Created", ["a=1", "b=2"], "grüße", true],
            "echo": ["POST /echo HTTP/1.1", "some body", "b", format!("Basic {}", "dXNlcjpwYXNz"), "text/x"],
            "redirect": [302, "/json"], "gzip": ["gzip", true], "options": 200, "aborted": "ECONNRESET", "timeout": "took too long",
            "refused": ["ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:1"], "iterated": "hello world", "cut": "aborted"
        })
    );
    let gzip = report.http.iter().find(|exchange| exchange.url.ends_with("/gzip")).unwrap();
    assert_eq!(gzip.response_body.text.as_deref().map(str::len), Some(700));
}
