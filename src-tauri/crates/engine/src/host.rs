//! What one call shares between its script, its native operations and the loop that drives it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::log::Log;
use crate::memory::Budget;
use crate::ops::http::{Exchanges, HttpEvent};
use crate::package::Files;
use crate::report::{Failure, Limits, LogLevel, LogLine, Observation};

/// How a handler ended, as the script side tells it.
#[derive(Clone, Debug)]
pub(crate) enum Settled {
    /// The value as JSON text.
    Returned(String),
    Failed(Failure),
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

pub(crate) struct Host {
    pub(crate) started: Instant,
    pub(crate) deadline: Instant,
    pub(crate) limits: Limits,
    pub(crate) label: String,
    pub(crate) files: Box<dyn Files>,
    /// Files are compiled, and nothing of them is run.
    pub(crate) compile_only: bool,
    pub(crate) memory: Budget,
    pub(crate) log: RefCell<Log>,
    pub(crate) http: RefCell<Exchanges>,
    pub(crate) schedule: Cell<Schedule>,
    pub(crate) settled: RefCell<Option<Settled>>,
    /// `process.nextTick` callbacks or unhandled rejections wait.
    pub(crate) ticks: Cell<bool>,
    /// When the interrupt handler first stopped the script.
    pub(crate) interrupted: Cell<Option<Instant>>,
    /// Where it did: stack, file, line, column.
    pub(crate) interrupted_at: RefCell<Option<Failure>>,
    /// When index.js was about to run.
    pub(crate) first_line: Cell<Option<Instant>>,
    pub(crate) events: UnboundedSender<HttpEvent>,
    hashes: RefCell<BTreeMap<String, [u8; 32]>>,
    observe: RefCell<Box<dyn FnMut(Observation)>>,
}

impl Host {
    pub(crate) fn new(
        started: Instant,
        limits: Limits,
        label: String,
        files: Box<dyn Files>,
        observe: Box<dyn FnMut(Observation)>,
    ) -> (Self, UnboundedReceiver<HttpEvent>) {
        let (events, receiver) = unbounded_channel();
        let host = Self {
            started,
            deadline: started + Duration::from_millis(u64::from(limits.time_ms)),
            memory: Budget::new(),
            log: RefCell::new(Log::new(limits.log_bytes as usize)),
            limits,
            label,
            files,
            compile_only: false,
            http: RefCell::default(),
            schedule: Cell::default(),
            settled: RefCell::default(),
            ticks: Cell::new(false),
            interrupted: Cell::new(None),
            interrupted_at: RefCell::default(),
            first_line: Cell::new(None),
            events,
            hashes: RefCell::default(),
            observe: RefCell::new(observe),
        };
        (host, receiver)
    }

    /// Milliseconds since the call began.
    pub(crate) fn now_ms(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * 1000.0
    }

    pub(crate) fn out_of_time(&self) -> bool {
        Instant::now() >= self.deadline
    }

    /// How files are called in stacks: `functions/build/index.js`.
    pub(crate) fn script_name(&self, path: &str) -> String {
        if self.label.is_empty() { path.to_owned() } else { format!("{}/{path}", self.label) }
    }

    /// Writes a line, cut when the log is full.
    pub(crate) fn write(
        &self,
        level: LogLevel,
        text: String,
        file: Option<String>,
        line: Option<u32>,
    ) {
        let line = LogLine { at_ms: self.now_ms(), level, text, file, line };
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
    pub(crate) fn loaded(&self, path: &str, content: &[u8]) {
        self.hashes.borrow_mut().insert(path.to_owned(), Sha256::digest(content).into());
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
