//! What one call shares between its script, its native operations and the loop that drives it.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant, SystemTime};

use rquickjs::{Function, Persistent};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::log::Log;
use crate::manifest::Packages;
use crate::memory::Budget;
use crate::ops::http::{Exchanges, HttpEvent};
use crate::ops::realms::Realms;
use crate::ops::work::{Done, Work};
use crate::package::{Files, Single};
use crate::report::{Failure, Limits, LogLevel, LogLine, Observation};

/// How a handler ended, as the script side tells it.
#[derive(Clone, Debug)]
pub(crate) enum Settled {
    /// The value as JSON text.
    Returned(String),
    Failed(Failure),
}

/// What happened outside the script.
#[derive(Debug)]
pub(crate) enum Event {
    Http(HttpEvent),
    Work(Done),
}

impl From<HttpEvent> for Event {
    fn from(event: HttpEvent) -> Self {
        Self::Http(event)
    }
}

/// What the script waits for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Schedule {
    /// When the next timer is due, in milliseconds since the start; `None` = no timer.
    pub(crate) due_ms: Option<f64>,
    /// Timers and immediates that keep the call alive.
    pub(crate) holding: u32,
    /// Immediates: 0 = none, 1 = waiting for their turn, 2 = a round of them is under way.
    pub(crate) immediates: u8,
}

/// What belongs to one call and is there when it begins; the realm may be older.
pub(crate) struct Given {
    pub(crate) started: Instant,
    /// The same by the clock on the wall, in milliseconds since 1970.
    pub(crate) origin_ms: f64,
    pub(crate) limits: Limits,
    pub(crate) label: String,
    pub(crate) packages: Packages,
    /// The file that the package begins with.
    pub(crate) entry: String,
    /// Files are compiled, and nothing of them is run.
    pub(crate) compile_only: bool,
}

impl Given {
    pub(crate) fn new(
        started: Instant,
        limits: Limits,
        label: String,
        (files, entry): (Box<dyn Files>, String),
    ) -> Self {
        let packages = Packages::new(files);
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let origin_ms = now.saturating_sub(started.elapsed()).as_secs_f64() * 1000.0;
        Self { started, origin_ms, limits, label, packages, entry, compile_only: false }
    }

    /// What a realm has while it is prepared: nothing of a call.
    fn nothing() -> Self {
        let files = Box::new(Single { code: String::new(), manifest: None });
        Self::new(Instant::now(), Limits::default(), String::new(), (files, String::new()))
    }

    /// When the call must be over.
    pub(crate) fn deadline(&self) -> Instant {
        self.started + Duration::from_millis(u64::from(self.limits.time_ms))
    }
}

pub(crate) struct Host {
    given: OnceCell<Given>,
    /// In place of it while a realm is prepared.
    nothing: Given,
    /// What was asked of the call while there was none.
    early: Cell<bool>,
    /// The built-ins that the call asked for, in this order.
    pub(crate) builtins: RefCell<Vec<&'static str>>,
    /// Which module imports which, by key.
    edges: RefCell<HashMap<String, HashSet<String>>>,
    numbers: Cell<u32>,
    pub(crate) memory: Budget,
    pub(crate) log: RefCell<Log>,
    pub(crate) http: RefCell<Exchanges>,
    pub(crate) schedule: Cell<Schedule>,
    pub(crate) settled: RefCell<Option<Settled>>,
    /// `process.nextTick` callbacks or unhandled rejections wait.
    pub(crate) ticks: Cell<bool>,
    /// When the interrupt handler first stopped the script.
    pub(crate) interrupted: Cell<Option<Instant>>,
    /// The script has ended its process, as far as it has one.
    pub(crate) exited: Cell<bool>,
    /// Where it did: stack, file, line, column.
    pub(crate) interrupted_at: RefCell<Option<Failure>>,
    /// When index.js was about to run.
    pub(crate) first_line: Cell<Option<Instant>>,
    pub(crate) events: UnboundedSender<Event>,
    pub(crate) work: Work,
    /// Promise jobs run so far.
    pub(crate) jobs: Cell<u32>,
    /// Made by `vm`.
    pub(crate) realms: RefCell<Realms>,
    /// Hears of promises, once a script follows asynchronous contexts.
    pub(crate) follower: RefCell<Option<Persistent<Function<'static>>>>,
    hashes: RefCell<BTreeMap<String, [u8; 32]>>,
    observe: RefCell<Box<dyn FnMut(Observation)>>,
}

impl Host {
    pub(crate) fn new() -> (Self, UnboundedReceiver<Event>) {
        let (events, receiver) = unbounded_channel();
        let host = Self {
            given: OnceCell::new(),
            nothing: Given::nothing(),
            early: Cell::new(false),
            builtins: RefCell::default(),
            memory: Budget::new(),
            log: RefCell::new(Log::new(0)),
            edges: RefCell::default(),
            numbers: Cell::new(0),
            http: RefCell::default(),
            schedule: Cell::default(),
            settled: RefCell::default(),
            ticks: Cell::new(false),
            interrupted: Cell::new(None),
            exited: Cell::new(false),
            interrupted_at: RefCell::default(),
            first_line: Cell::new(None),
            events,
            work: Work::new(),
            jobs: Cell::new(0),
            realms: RefCell::default(),
            follower: RefCell::default(),
            hashes: RefCell::default(),
            observe: RefCell::new(Box::new(|_| {})),
        };
        (host, receiver)
    }

    /// A call begins. Only the first one does: a realm serves no second.
    pub(crate) fn begin(&self, given: Given, observe: Box<dyn FnMut(Observation)>) {
        *self.log.borrow_mut() = Log::new(given.limits.log_bytes as usize);
        *self.observe.borrow_mut() = observe;
        self.work.bound(given.deadline());
        self.builtins.borrow_mut().clear();
        let _ = self.given.set(given);
    }

    /// What belongs to the call.
    pub(crate) fn given(&self) -> &Given {
        self.given.get().unwrap_or_else(|| {
            self.early.set(true);
            &self.nothing
        })
    }

    /// Whether what is prepared has asked for something of the call, which was not there.
    pub(crate) fn asked_early(&self) -> bool {
        self.early.get()
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.given().limits
    }

    pub(crate) fn packages(&self) -> &Packages {
        &self.given().packages
    }

    /// Milliseconds since the call began.
    pub(crate) fn now_ms(&self) -> f64 {
        self.given().started.elapsed().as_secs_f64() * 1000.0
    }

    pub(crate) fn out_of_time(&self) -> bool {
        self.given.get().is_some_and(|given| Instant::now() >= given.deadline())
    }

    /// How files are called in stacks: `functions/build/index.js`.
    pub(crate) fn script_name(&self, path: &str) -> String {
        let label = &self.given().label;
        if label.is_empty() { path.to_owned() } else { format!("{label}/{path}") }
    }

    /// The virtual path of a file that stacks call `name`; the query of an import may follow.
    pub(crate) fn path_of<'a>(&self, name: &'a str) -> Option<&'a str> {
        let label = self.given().label.as_str();
        let path =
            if label.is_empty() { name } else { name.strip_prefix(label)?.strip_prefix('/')? };
        Some(path.split_once('?').map_or(path, |(path, _)| path))
    }

    /// A number that nobody else in this call gets.
    pub(crate) fn next_number(&self) -> u32 {
        self.numbers.replace(self.numbers.get() + 1)
    }

    /// Remembers that one module imports another.
    pub(crate) fn imported(&self, by: &str, key: &str) {
        let mut edges = self.edges.borrow_mut();
        match edges.get_mut(by) {
            Some(known) => known.insert(key.to_owned()),
            None => edges.entry(by.to_owned()).or_default().insert(key.to_owned()),
        };
    }

    /// Whether the module `from` imports `to`, by way of others or not, or is it.
    pub(crate) fn reaches(&self, from: &str, to: &str) -> bool {
        let edges = self.edges.borrow();
        let mut seen = HashSet::from([from]);
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            if at == to {
                return true;
            }
            for next in edges.get(at).into_iter().flatten() {
                if seen.insert(next) {
                    open.push(next);
                }
            }
        }
        false
    }

    /// Writes a line, cut when the log is full.
    pub(crate) fn write(
        &self,
        level: LogLevel,
        text: String,
        file: Option<String>,
        line: Option<u32>,
        column: Option<u32>,
    ) {
        let line = LogLine { at_ms: self.now_ms(), level, text, file, line, column };
        for kept in self.log.borrow_mut().push(line) {
            self.observe(Observation::Log { line: kept });
        }
    }

    pub(crate) fn observe(&self, observation: Observation) {
        // An observer that calls back into the call is told nothing rather than stopping it.
        if let Ok(mut observe) = self.observe.try_borrow_mut() {
            observe(observation);
        }
    }

    /// Remembers that `content` was loaded as `path`.
    /// Its hash.
    pub(crate) fn loaded(&self, path: &str, content: &[u8]) -> [u8; 32] {
        let hash = Sha256::digest(content).into();
        self.hashes.borrow_mut().insert(path.to_owned(), hash);
        hash
    }

    /// Hash over all files loaded so far; empty when there is none.
    pub(crate) fn code_hash(&self) -> String {
        let hashes = self.hashes.borrow();
        if hashes.is_empty() {
            return String::new();
        }
        let mut all = Sha256::new();
        for (path, hash) in hashes.iter() {
            all.update((path.len() as u64).to_le_bytes());
            all.update(path.as_bytes());
            all.update(hash);
        }
        hex::encode(&all.finalize()[..8])
    }
}
