//! Work that takes long: done at once for a synchronous function, or beside the script, on a thread of its own, for the others.
//!
//! Whatever works long looks at its [`Stop`] now and then, so that it ends with the call.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use rquickjs::{Ctx, Exception, Function, IntoJs, Object, Result, Value};

use super::crypto::{Handle, Key};
use crate::host::{Event, Host};
use crate::value::array;

/// Pieces of work that go on at once, as many as Node's pool has threads.
const THREADS: usize = 4;

/// Tells work that nobody waits for it any more.
#[derive(Clone, Debug)]
pub(crate) struct Stop {
    over: Arc<AtomicBool>,
    deadline: Instant,
}

impl Stop {
    #[cfg(test)]
    pub(crate) fn never() -> Self {
        Self {
            over: Arc::default(),
            deadline: Instant::now() + std::time::Duration::from_secs(3600),
        }
    }

    /// Work gives up when this is `true`.
    pub(crate) fn asked(&self) -> bool {
        self.over.load(Ordering::Relaxed) || Instant::now() >= self.deadline
    }
}

/// What came of a piece of work.
pub(crate) type Answer = std::result::Result<Made, Refusal>;

/// What was made.
#[derive(Debug)]
pub(crate) enum Made {
    Bytes(Vec<u8>),
    Key(Arc<Key>),
    Yes(bool),
}

/// Why nothing was made, as the script gets it: an Error with these fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) message: String,
    pub(crate) code: Option<String>,
    /// OpenSSL's name of the library and the reason, which Node shows beside its message.
    pub(crate) library: Option<&'static str>,
    pub(crate) reason: Option<String>,
}

impl Refusal {
    /// An error in Node's own words.
    pub(crate) fn new(message: impl Into<String>, code: &str) -> Self {
        let code = (!code.is_empty()).then(|| code.to_owned());
        Self { message: message.into(), code, ..Self::default() }
    }

    /// An error as OpenSSL 3 words it: `error:1C800064:Provider routines::bad decrypt`.
    pub(crate) fn openssl(number: u32, library: &'static str, reason: &str) -> Self {
        let name = reason.to_uppercase().replace([' ', '-'], "_");
        let part = match library {
            "rsa routines" => "RSA_",
            "digital envelope routines" => "EVP_",
            "elliptic curve routines" => "EC_",
            _ => "",
        };
        Self {
            message: format!("error:{number:08X}:{library}::{reason}"),
            code: Some(format!("ERR_OSSL_{part}{name}")),
            library: Some(library),
            reason: Some(reason.to_owned()),
        }
    }

    /// The time of the call is up; the script does not live to see it.
    pub(crate) fn stopped() -> Self {
        Self::new("interrupted", "")
    }

    pub(crate) fn throw(self, ctx: &Ctx<'_>) -> rquickjs::Error {
        match self.into_error(ctx) {
            Ok(error) => ctx.throw(error),
            Err(error) => error,
        }
    }

    fn into_error<'js>(self, ctx: &Ctx<'js>) -> Result<Value<'js>> {
        let error = Exception::from_message(ctx.clone(), &self.message)?.into_object();
        if let Some(library) = self.library {
            error.set("library", library)?;
        }
        if let Some(reason) = self.reason {
            error.set("reason", reason)?;
        }
        if let Some(code) = self.code {
            error.set("code", code)?;
        }
        Ok(error.into_value())
    }
}

impl Made {
    pub(crate) fn into_value<'js>(self, ctx: &Ctx<'js>) -> Result<Value<'js>> {
        match self {
            Self::Bytes(bytes) => Ok(array(ctx, &bytes)?.into_value()),
            Self::Key(key) => Ok(Handle::instance(ctx.clone(), key)?.into_value()),
            Self::Yes(yes) => yes.into_js(ctx),
        }
    }
}

type Piece = Box<dyn FnOnce() + Send>;

/// The work of a call.
pub(crate) struct Work {
    over: Arc<AtomicBool>,
    deadline: Cell<Instant>,
    last: Cell<u32>,
    running: Cell<usize>,
    waiting: RefCell<VecDeque<Piece>>,
}

impl Work {
    /// None can be done before [`Work::bound`].
    pub(crate) fn new() -> Self {
        Self {
            over: Arc::default(),
            deadline: Cell::new(Instant::now()),
            last: Cell::new(0),
            running: Cell::new(0),
            waiting: RefCell::default(),
        }
    }

    /// When all of it must be done.
    pub(crate) fn bound(&self, deadline: Instant) {
        self.deadline.set(deadline);
    }

    fn stop(&self) -> Stop {
        Stop { over: Arc::clone(&self.over), deadline: self.deadline.get() }
    }

    /// Pieces that are not done.
    pub(crate) fn open(&self) -> usize {
        self.running.get() + self.waiting.borrow().len()
    }

    fn begin(&self) {
        while self.running.get() < THREADS {
            let Some(piece) = self.waiting.borrow_mut().pop_front() else { return };
            self.running.set(self.running.get() + 1);
            drop(tokio::task::spawn_blocking(piece));
        }
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

/// A piece of work that is done.
#[derive(Debug)]
pub(crate) struct Done {
    id: u32,
    held: usize,
    answer: Answer,
}

/// Does a piece of work: at once, which gives what was made, or beside the script when `later`, which gives the number that
/// `hooks.work` is told with. `memory` = bytes that it holds meanwhile.
pub(crate) fn run<'js>(
    ctx: &Ctx<'js>,
    host: &Rc<Host>,
    later: bool,
    memory: usize,
    piece: impl FnOnce(&Stop) -> Answer + Send + 'static,
) -> Result<Value<'js>> {
    if !host.memory.reserve(memory) {
        return Err(Exception::throw_internal(ctx, "out of memory"));
    }
    let stop = host.work.stop();
    if !later {
        let answer = piece(&stop);
        host.memory.release(memory);
        return match answer {
            Ok(made) => made.into_value(ctx),
            Err(refusal) => Err(refusal.throw(ctx)),
        };
    }
    let id = host.work.last.get().wrapping_add(1);
    host.work.last.set(id);
    let events = host.events.clone();
    host.work.waiting.borrow_mut().push_back(Box::new(move || {
        let answer = if stop.asked() { Err(Refusal::stopped()) } else { piece(&stop) };
        let _ = events.send(Event::Work(Done { id, held: memory, answer }));
    }));
    host.work.begin();
    id.into_js(ctx)
}

/// Tells the script.
pub(crate) fn deliver<'js>(
    ctx: &Ctx<'js>,
    host: &Rc<Host>,
    hooks: &Object<'js>,
    done: Done,
) -> Result<()> {
    host.work.running.set(host.work.running.get().saturating_sub(1));
    host.memory.release(done.held);
    host.work.begin();
    let hook: Function<'js> = hooks.get("work")?;
    match done.answer {
        Ok(made) => hook.call((done.id, Value::new_undefined(ctx.clone()), made.into_value(ctx)?)),
        Err(refusal) => hook.call((done.id, refusal.into_error(ctx)?)),
    }
}
