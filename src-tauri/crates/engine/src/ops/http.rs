//! HTTP requests of a function: sending, telling the script what comes back, and the trace of it all.

mod body;
mod client;
mod failure;
mod sending;
mod spelling;

use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use rquickjs::{Ctx, Exception, Function, IntoJs, Object, Result, Value};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::AbortHandle;

use self::body::Kept;
use self::client::Request;
use self::sending::Piece;
use super::define;
use crate::host::Host;
use crate::report::{HttpExchange, Observation};
use crate::value::{Bytes, Text, array};

/// Requests that may wait for their turn.
const MAX_WAITING: usize = 10_000;

/// Bytes of request headers, all together.
const MAX_HEADERS: usize = 256 << 10;

/// Bytes of bodies kept in one call's trace.
const TRACE_ROOM: u64 = 48 << 20;

/// The exchanges of a call.
#[derive(Default)]
pub(crate) struct Exchanges {
    list: Vec<Exchange>,
    open: usize,
    answering: usize,
    turns: Option<Arc<Semaphore>>,
    kept: u64,
}

struct Exchange {
    began: Instant,
    record: HttpExchange,
    kept: Arc<Mutex<Kept>>,
    task: Option<AbortHandle>,
    /// The way into a body that is sent as it comes, and what of it the trace keeps.
    sending: Option<(UnboundedSender<Piece>, Kept)>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Sent,
    Answering,
    Done,
}

/// What happened to a request.
#[derive(Debug)]
pub(crate) enum HttpEvent {
    /// The connection has taken a piece of a streamed body.
    Taken {
        id: usize,
    },
    /// An answer before the answer, such as `100 Continue`.
    Informed {
        id: usize,
        status: u16,
    },
    Head {
        id: usize,
        head: Head,
    },
    Data {
        id: usize,
        bytes: Vec<u8>,
    },
    End {
        id: usize,
    },
    Failed {
        id: usize,
        failure: HttpFailure,
    },
}

/// The beginning of an answer.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    status: u16,
    reason: String,
    headers: Vec<(String, String)>,
    url: String,
    redirected: bool,
    version: &'static str,
}

/// Why no answer came, or not all of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct HttpFailure {
    /// As Node calls it, such as `ECONNREFUSED`.
    code: String,
    /// As Node says it, such as `connect ECONNREFUSED 127.0.0.1:9`.
    message: String,
    syscall: Option<String>,
    host: Option<String>,
    port: Option<u16>,
    /// For people.
    words: String,
}

impl Exchanges {
    /// Requests that are not answered in full.
    pub(crate) fn open(&self) -> usize {
        self.open
    }

    /// Of these, the ones whose answer has begun.
    pub(crate) fn answering(&self) -> usize {
        self.answering
    }

    /// Ends what is open and gives the trace.
    pub(crate) fn finish(&mut self, host: &Host) -> Vec<HttpExchange> {
        for id in 0..self.list.len() {
            if self.list[id].state != State::Done {
                let message = if self.list[id].state == State::Answering {
                    "The call ended before the whole answer was there."
                } else {
                    "The call ended before an answer came."
                };
                self.close(host, id, Some(message.to_owned()));
            }
        }
        std::mem::take(&mut self.list).into_iter().map(|exchange| exchange.record).collect()
    }

    fn close(&mut self, host: &Host, id: usize, error: Option<String>) {
        let Some(exchange) = self.list.get_mut(id).filter(|one| one.state != State::Done) else {
            return;
        };
        if exchange.state == State::Answering {
            self.answering -= 1;
        }
        self.open -= 1;
        exchange.state = State::Done;
        if let Some(task) = exchange.task.take() {
            task.abort();
        }
        exchange.record.duration_ms = exchange.began.elapsed().as_secs_f64() * 1000.0;
        exchange.record.error = error;
        if let Some((_, mut sent)) = exchange.sending.take() {
            exchange.record.request_body = sent.take(TRACE_ROOM.saturating_sub(self.kept));
            self.kept += exchange.record.request_body.size_bytes.min(body::KEEP as u64);
        }
        let mut kept = exchange.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let room = TRACE_ROOM.saturating_sub(self.kept);
        exchange.record.response_body = kept.take(room);
        self.kept += exchange.record.response_body.size_bytes.min(body::KEEP as u64);
        host.observe(Observation::HttpEnded {
            index: id as u32,
            exchange: exchange.record.clone(),
        });
    }
}

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, host: &Rc<Host>, object: &Object<'js>) -> Result<()> {
    // send(method, url, [name, value, …], body | null, "follow" | "manual" | "error", decode) → id
    let at = Rc::clone(host);
    define!(ctx, object, "send", move |ctx: Ctx<'js>,
                                       method: Text,
                                       url: Text,
                                       headers: Vec<Text>,
                                       body: Option<Bytes>,
                                       redirect: Text,
                                       decode: bool|
          -> Result<usize> {
        let head = (method, url, headers);
        send(&ctx, &at, request(&ctx, head, body, redirect, decode)?, false)
    });
    // open(method, url, [name, value, …], "follow" | "manual" | "error", decode) → id; the body follows in pieces
    let at = Rc::clone(host);
    define!(ctx, object, "open", move |ctx: Ctx<'js>,
                                       method: Text,
                                       url: Text,
                                       headers: Vec<Text>,
                                       redirect: Text,
                                       decode: bool|
          -> Result<usize> {
        let head = (method, url, headers);
        send(&ctx, &at, request(&ctx, head, None, redirect, decode)?, true)
    });
    // write(id, bytes) → whether somebody will take the piece; end(id)
    let at = Rc::clone(host);
    define!(ctx, object, "write", move |id: usize, bytes: Bytes| -> bool {
        let mut exchanges = at.http.borrow_mut();
        let Some((sender, sent)) =
            exchanges.list.get_mut(id).and_then(|exchange| exchange.sending.as_mut())
        else {
            return false;
        };
        sent.add(&bytes.0);
        sender.send(Piece::Data(bytes.0.into())).is_ok()
    });
    let at = Rc::clone(host);
    define!(ctx, object, "end", move |id: usize| {
        let exchanges = at.http.borrow();
        if let Some((sender, _)) =
            exchanges.list.get(id).and_then(|exchange| exchange.sending.as_ref())
        {
            // Nobody listens where the server has answered already.
            let _ = sender.send(Piece::End);
        }
    });
    let at = Rc::clone(host);
    define!(ctx, object, "abort", move |id: usize| {
        at.http.borrow_mut().close(&at, id, Some("The function aborted the request.".to_owned()));
    });
    Ok(())
}

fn request(
    ctx: &Ctx<'_>,
    (method, url, headers): (Text, Text, Vec<Text>),
    body: Option<Bytes>,
    redirect: Text,
    decode: bool,
) -> Result<Request> {
    let headers: Vec<(String, String)> =
        headers.chunks_exact(2).map(|pair| (pair[0].0.clone(), pair[1].0.clone())).collect();
    let bytes: usize = headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
    if bytes > MAX_HEADERS {
        return Err(Exception::throw_type(
            ctx,
            &format!("the request's headers are {bytes} bytes; at most {MAX_HEADERS} are allowed"),
        ));
    }
    Ok(Request {
        method: method.0,
        url: url.0,
        headers,
        body: body.map(|body| body.0).unwrap_or_default().into(),
        streamed: None,
        redirect: redirect.0,
        decode,
    })
}

fn send(ctx: &Ctx<'_>, host: &Rc<Host>, mut request: Request, streamed: bool) -> Result<usize> {
    let client = client::client()
        .map_err(|error| Exception::throw_message(ctx, &format!("HTTP cannot be used: {error}")))?;
    let mut exchanges = host.http.borrow_mut();
    if exchanges.open >= MAX_WAITING {
        return Err(Exception::throw_message(
            ctx,
            &format!("{MAX_WAITING} requests wait for an answer; no more can be sent"),
        ));
    }
    let turns =
        Arc::clone(exchanges.turns.get_or_insert_with(|| {
            Arc::new(Semaphore::new(host.limits().requests.max(1) as usize))
        }));
    let id = exchanges.list.len();
    let mut sent = Kept::default();
    sent.add(&request.body);
    let room = TRACE_ROOM.saturating_sub(exchanges.kept);
    let request_body = sent.take(room);
    exchanges.kept += request_body.size_bytes.min(body::KEEP as u64);
    let sending = streamed.then(|| {
        let (sender, body) = sending::streamed(id, host.events.clone());
        request.streamed = Some(body);
        (sender, Kept::default())
    });
    let record = HttpExchange {
        at_ms: host.now_ms(),
        method: request.method.clone(),
        url: request.url.clone(),
        request_headers: request.headers.clone(),
        request_body,
        status: None,
        response_headers: Vec::new(),
        response_body: Default::default(),
        duration_ms: 0.0,
        error: None,
    };
    host.observe(Observation::HttpStarted {
        index: id as u32,
        at_ms: record.at_ms,
        method: record.method.clone(),
        url: record.url.clone(),
    });
    let kept = Arc::new(Mutex::new(Kept::default()));
    let job = client::run(
        client,
        request,
        id,
        client::Sinks {
            turns,
            events: host.events.clone(),
            kept: Arc::clone(&kept),
            memory: host.memory.clone(),
            limit: u64::from(host.limits().memory_bytes) / 2,
        },
    );
    let task = tokio::spawn(job).abort_handle();
    exchanges.open += 1;
    exchanges.list.push(Exchange {
        began: Instant::now(),
        record,
        kept,
        task: Some(task),
        sending,
        state: State::Sent,
    });
    Ok(id)
}

/// Brings the trace up to date; `false` = the request is closed already and the script must not hear of it.
pub(crate) fn record(host: &Host, event: &HttpEvent) -> bool {
    let mut exchanges = host.http.borrow_mut();
    let exchanges = &mut *exchanges;
    match event {
        HttpEvent::Taken { id } => {
            exchanges.list.get(*id).is_some_and(|exchange| exchange.state != State::Done)
        }
        HttpEvent::Informed { id, .. } => {
            exchanges.list.get(*id).is_some_and(|exchange| exchange.state == State::Sent)
        }
        HttpEvent::Head { id, head } => match exchanges.list.get_mut(*id) {
            Some(exchange) if exchange.state == State::Sent => {
                exchange.state = State::Answering;
                exchange.record.status = Some(head.status);
                exchange.record.response_headers = head.headers.clone();
                exchanges.answering += 1;
                true
            }
            _ => false,
        },
        HttpEvent::Data { id, bytes } => {
            host.memory.release(bytes.len());
            exchanges.list.get(*id).is_some_and(|exchange| exchange.state == State::Answering)
        }
        HttpEvent::End { id } => {
            let open =
                exchanges.list.get(*id).is_some_and(|exchange| exchange.state != State::Done);
            exchanges.close(host, *id, None);
            open
        }
        HttpEvent::Failed { id, failure } => {
            let open =
                exchanges.list.get(*id).is_some_and(|exchange| exchange.state != State::Done);
            exchanges.close(host, *id, Some(failure.words.clone()));
            open
        }
    }
}

/// Tells the script.
pub(crate) fn deliver<'js>(
    ctx: &Ctx<'js>,
    host: &Rc<Host>,
    hooks: &Object<'js>,
    event: HttpEvent,
) -> Result<()> {
    if !record(host, &event) {
        return Ok(());
    }
    let hook: Function<'js> = hooks.get("http")?;
    let (id, kind, payload): (usize, &str, Value<'js>) = match event {
        HttpEvent::Taken { id } => (id, "taken", Value::new_undefined(ctx.clone())),
        HttpEvent::Informed { id, status } => (id, "informed", status.into_js(ctx)?),
        HttpEvent::Head { id, head } => {
            let told = Object::new(ctx.clone())?;
            told.set("status", head.status)?;
            told.set("statusText", head.reason)?;
            let flat: Vec<String> =
                head.headers.into_iter().flat_map(|(name, value)| [name, value]).collect();
            told.set("headers", flat)?;
            told.set("url", head.url)?;
            told.set("redirected", head.redirected)?;
            told.set("version", head.version)?;
            (id, "head", told.into_value())
        }
        HttpEvent::Data { id, bytes } => (id, "data", array(ctx, &bytes)?.into_value()),
        HttpEvent::End { id } => (id, "end", Value::new_undefined(ctx.clone())),
        HttpEvent::Failed { id, failure } => {
            let told = Object::new(ctx.clone())?;
            told.set("code", failure.code)?;
            told.set("message", failure.message)?;
            told.set("syscall", failure.syscall)?;
            told.set("host", failure.host)?;
            told.set("port", failure.port)?;
            told.set("words", failure.words)?;
            (id, "failed", told.into_js(ctx)?)
        }
    };
    hook.call((id, kind, payload))
}
