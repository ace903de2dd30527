//! The pool: who gets a worker when, and what becomes of the workers.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use engine::{CallReport, CallRequest, FailureReason, Observation};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{Semaphore, watch};

use crate::cancel::CancelHandle;
use crate::confine::Confinement;
use crate::frame::{FrameError, ToWorker, encode};
use crate::memory::private_bytes;
use crate::partial::Partial;
use crate::process::{Call, Ended, Known, Registry, Worker};
use crate::words;

/// How often a call is tried on another worker while none began to run it.
const ATTEMPTS: u32 = 3;

/// Variables that a worker needs to start and to check certificates, where the parent has them. Scripts do not see them.
const PASSED_ON: [&str; 5] =
    ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "SSL_CERT_FILE", "SSL_CERT_DIR"];

/// How a pool works. The defaults are meant for use; tests change them.
#[derive(Clone, Debug)]
pub struct PoolConfig {
    /// The program to start as worker: one whose `main` calls [`crate::worker_main_if_asked`] first. Default: this one.
    pub program: PathBuf,
    /// Workers at most, and with that calls at once.
    pub workers: usize,
    /// Calls after which a worker is replaced.
    pub calls_per_worker: u32,
    /// Bytes by which a worker may have grown since its first call before it is replaced.
    pub growth_bytes: u64,
    /// Bytes that a worker may hold beyond a call's memory limit.
    pub memory_slack_bytes: u64,
    /// Time beyond a call's limit after which its worker is killed.
    pub grace: Duration,
    /// Time in which a worker must be ready, and must begin a call.
    pub start_time: Duration,
    /// All of a worker's environment (beside its time zone, UTC, and its temporary folder).
    pub environment: Vec<(OsString, OsString)>,
    /// Where the workers' temporary folders are made; `None` = the system's place.
    pub temporary: Option<PathBuf>,
}

impl Default for PoolConfig {
    fn default() -> Self {
        let passed_on = |name: &str| Some((OsString::from(name), std::env::var_os(name)?));
        Self {
            program: this_program(),
            workers: std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 8)),
            calls_per_worker: 500,
            growth_bytes: 96 << 20,
            memory_slack_bytes: 128 << 20,
            grace: Duration::from_millis(500),
            start_time: Duration::from_secs(10),
            environment: PASSED_ON.iter().filter_map(|name| passed_on(name)).collect(),
            temporary: None,
        }
    }
}

/// On Linux by way of /proc: right also after the file was replaced by an update.
fn this_program() -> PathBuf {
    if cfg!(target_os = "linux") {
        return PathBuf::from("/proc/self/exe");
    }
    std::env::current_exe().unwrap_or_default()
}

/// A worker as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkerInfo {
    /// Process id.
    pub pid: u32,
    /// A call runs in it.
    pub busy: bool,
    /// Calls it has begun.
    pub calls: u32,
    /// Bytes of private memory; absent where the system does not say.
    pub memory_bytes: Option<u64>,
    /// Which walls the kernel keeps up around it.
    pub confinement: Confinement,
}

/// Runs calls in worker processes, which start when first needed and are kept for the next call. Clones share the workers.
///
/// No method returns an error: whatever goes wrong is the outcome of the call, in a sentence for its author. All calls of
/// a pool must come from one Tokio runtime.
#[derive(Clone, Debug)]
pub struct Pool {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    config: PoolConfig,
    /// One for each call that may run; waiting callers are served in order.
    places: Arc<Semaphore>,
    idle: Mutex<Vec<Worker>>,
    registry: Arc<Registry>,
    closing: watch::Sender<bool>,
    calls: AtomicU64,
}

impl Default for Pool {
    fn default() -> Self {
        Self::new(PoolConfig::default())
    }
}

impl Pool {
    /// A pool without a worker yet.
    pub fn new(config: PoolConfig) -> Self {
        let places = Arc::new(Semaphore::new(config.workers.max(1)));
        Self {
            shared: Arc::new(Shared {
                config,
                places,
                idle: Mutex::default(),
                registry: Arc::default(),
                closing: watch::Sender::new(false),
                calls: AtomicU64::new(0),
            }),
        }
    }

    /// Runs one call. Dropping the future ends the call and its worker.
    pub async fn call(&self, request: CallRequest) -> CallReport {
        self.call_with(request, None, None).await
    }

    /// The same; `observer` hears of log lines and HTTP exchanges as they happen. One that is gone does no harm.
    pub async fn call_observed(
        &self,
        request: CallRequest,
        observer: UnboundedSender<Observation>,
    ) -> CallReport {
        self.call_with(request, Some(observer), None).await
    }

    /// The same; `cancel` ends the call, waiting or running, with [`FailureReason::Cancelled`] and what it had logged.
    pub async fn call_with(
        &self,
        request: CallRequest,
        observer: Option<UnboundedSender<Observation>>,
        cancel: Option<CancelHandle>,
    ) -> CallReport {
        let mut partial = Partial::new();
        let mut closing = self.shared.closing.subscribe();
        let cancelled = async {
            match &cancel {
                Some(cancel) => cancel.cancelled().await,
                None => std::future::pending().await,
            }
        };
        let (reason, message) = tokio::select! {
            biased;
            _ = closing.wait_for(|closing| *closing) => (FailureReason::Cancelled, words::CLOSED.to_owned()),
            () = cancelled => (FailureReason::Cancelled, words::CANCELLED.to_owned()),
            ended = self.shared.run(request, observer.as_ref(), &mut partial) => match ended {
                Ok(report) => return report,
                Err(failed) => failed,
            },
        };
        // The worker of a call that ended early was dropped, and with that killed; the next one should not wait for another.
        self.shared.refill();
        partial.fail(reason, message)
    }

    /// Starts one worker, so that the first call finds it ready.
    pub fn warm(&self) {
        self.shared.refill();
    }

    /// The workers that are alive, by process id.
    pub fn workers(&self) -> Vec<WorkerInfo> {
        let workers = self.shared.registry.get().clone();
        let info = |(pid, known): (u32, Known)| WorkerInfo {
            pid,
            busy: known.busy,
            calls: known.calls,
            memory_bytes: private_bytes(pid),
            confinement: known.confinement,
        };
        workers.into_iter().map(info).collect()
    }

    /// Ends all workers. Running and waiting calls, and all later ones, fail as cancelled.
    pub async fn shutdown(&self) {
        self.shared.closing.send_replace(true);
        let places = u32::try_from(self.shared.config.workers.max(1)).unwrap_or(u32::MAX);
        // Every call gives its place back at once; the time-out is for a runtime that no longer polls them.
        let all =
            tokio::time::timeout(Duration::from_secs(3), self.shared.places.acquire_many(places))
                .await;
        let idle = std::mem::take(&mut *self.shared.idle());
        for mut worker in idle {
            worker.kill().await;
        }
        self.shared.places.close();
        drop(all);
    }
}

impl Shared {
    fn idle(&self) -> MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a place and a worker and has the call run.
    async fn run(
        &self,
        request: CallRequest,
        observer: Option<&UnboundedSender<Observation>>,
        partial: &mut Partial,
    ) -> Result<CallReport, (FailureReason, String)> {
        let closed = |_| (FailureReason::Cancelled, words::CLOSED.to_owned());
        let _place = self.places.acquire().await.map_err(closed)?;
        *partial = Partial::new();
        let id = self.calls.fetch_add(1, Ordering::Relaxed);
        let CallRequest { package, label, parameters, limits } = request;
        let frame = encode(
            &ToWorker::Call { id, package, label, limits },
            parameters.to_string().as_bytes(),
        );
        let frame = frame.map_err(|error| match error {
            FrameError::TooLarge(bytes) => (
                FailureReason::TooLarge,
                format!("The parameters are too large: {bytes} bytes of JSON."),
            ),
            other => (FailureReason::WorkerDied, words::not_started(&other.to_string())),
        })?;
        let mut why = String::new();
        for _ in 0..ATTEMPTS {
            let mut worker = match self.worker().await {
                Ok(worker) => worker,
                Err(error) => {
                    why = error;
                    break;
                }
            };
            let call = Call { id, frame: &frame, limits, observer };
            match worker.run(call, &self.config, partial).await {
                Ended::Report(report) => {
                    self.take_back(worker);
                    return Ok(report);
                }
                Ended::Lost(reason, message) => {
                    worker.kill().await;
                    return Err((reason, message));
                }
                Ended::NotBegun(error) => {
                    tracing::debug!(%error, "a script worker was of no use");
                    why = error;
                    worker.kill().await;
                }
            }
        }
        Err((FailureReason::WorkerDied, words::not_started(&why)))
    }

    /// One that waits, or a new one.
    async fn worker(&self) -> Result<Worker, String> {
        loop {
            let waiting = self.idle().pop();
            let Some(mut worker) = waiting else {
                return Worker::start(&self.config, Arc::clone(&self.registry)).await;
            };
            if worker.is_alive() {
                return Ok(worker);
            }
        }
    }

    /// Keeps the worker for the next call, or ends it when it has served its time.
    fn take_back(&self, mut worker: Worker) {
        if !worker.rest(&self.config) || *self.closing.borrow() {
            return;
        }
        let mut idle = self.idle();
        if idle.len() < self.config.workers.max(1) {
            idle.push(worker);
        }
    }

    /// Has one worker ready when none is. Does not wait for it.
    fn refill(self: &Arc<Self>) {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else { return };
        if !self.idle().is_empty() || *self.closing.borrow() {
            return;
        }
        let shared = Arc::clone(self);
        tokio::spawn(async move {
            match Worker::start(&shared.config, Arc::clone(&shared.registry)).await {
                Ok(worker) => shared.take_back(worker),
                Err(error) => tracing::warn!(%error, "no script worker could be made ready"),
            }
            drop(place);
        });
    }
}
