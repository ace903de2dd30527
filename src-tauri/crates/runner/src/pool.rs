//! The pool: who gets a worker when, and what becomes of the workers.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use engine::{CallReport, CallRequest, Failure, FailureReason, Limits, Observation, Outcome};
use tempfile::TempDir;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{Semaphore, watch};

use crate::cancel::CancelHandle;
use crate::confine::Confinement;
use crate::folders::{self, PoolFolder};
use crate::frame::{FrameError, ToWorker, encode};
use crate::memory::private_bytes;
use crate::partial::Partial;
use crate::process::{Call, Ended, Known, Package, Registry, Worker};
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
    /// Calls at once.
    pub workers: usize,
    /// Workers kept waiting, each for the package that it is bound to. The one that waited longest goes first.
    pub waiting: usize,
    /// Keeps one worker more ready, for a package that has none yet.
    pub spare: bool,
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
            // An app's five functions.
            waiting: 5,
            spare: true,
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

impl PoolConfig {
    fn place(&self) -> PathBuf {
        self.temporary.clone().unwrap_or_else(std::env::temp_dir)
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
    /// Held while the spare worker is started.
    starting: Arc<Semaphore>,
    /// Those that wait, the one that waited longest first.
    idle: Mutex<Vec<Worker>>,
    folder: Mutex<Option<PoolFolder>>,
    registry: Arc<Registry>,
    closing: watch::Sender<bool>,
    calls: AtomicU64,
}

/// What a worker is to do.
struct Job {
    /// Whose code it runs; absent = it runs none.
    package: Option<Package>,
    limits: Limits,
    head: Box<dyn FnOnce(u64) -> ToWorker + Send>,
    payload: Vec<u8>,
}

impl Default for Pool {
    fn default() -> Self {
        Self::new(PoolConfig::default())
    }
}

impl Pool {
    /// A pool without a worker yet. Removes what programs that were killed left in the temporary folder.
    pub fn new(config: PoolConfig) -> Self {
        folders::sweep(&config.place());
        let places = Arc::new(Semaphore::new(config.workers.max(1)));
        Self {
            shared: Arc::new(Shared {
                config,
                places,
                starting: Arc::new(Semaphore::new(1)),
                idle: Mutex::default(),
                folder: Mutex::default(),
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
        let CallRequest { package, label, parameters, limits } = request;
        let job = Job {
            package: Some(Package::at(&package)),
            limits,
            head: Box::new(move |id| ToWorker::Call { id, package, label, limits }),
            payload: parameters.to_string().into_bytes(),
        };
        self.run(job, observer, cancel).await
    }

    /// Why `code` is not JavaScript, and where; `None` = it is. Runs none of it. `label` is how the code's package is
    /// called, as in a request; `manifest` is the text of the package.json beside the code, if there is one.
    ///
    /// A code that no worker could look at passes: to run it will say why.
    pub async fn compile(
        &self,
        label: &str,
        code: String,
        manifest: Option<String>,
    ) -> Option<Failure> {
        let (label, limits) = (label.to_owned(), Limits::default());
        let job = Job {
            package: None,
            limits,
            head: Box::new(move |id| ToWorker::Compile { id, label, manifest, limits }),
            payload: code.into_bytes(),
        };
        match self.run(job, None, None).await.outcome {
            Outcome::Failed { failure } if failure.reason == FailureReason::Syntax => Some(failure),
            _ => None,
        }
    }

    async fn run(
        &self,
        job: Job,
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
            ended = self.shared.run(job, observer.as_ref(), &mut partial) => match ended {
                Ok(report) => {
                    if self.shared.config.spare {
                        self.shared.refill();
                    }
                    return report;
                }
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

    /// Resolves when a worker waits that has run no function yet, or when none can be made ready.
    pub async fn ready(&self) {
        let Ok(_place) = self.shared.starting.acquire().await else { return };
        self.shared.start_spare().await;
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
        let all = tokio::time::timeout(Duration::from_secs(3), async {
            (self.shared.places.acquire_many(places).await, self.shared.starting.acquire().await)
        })
        .await;
        let idle = std::mem::take(&mut *self.shared.idle());
        for mut worker in idle {
            worker.kill().await;
        }
        self.shared.places.close();
        drop(all);
        drop(self.shared.folder.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

impl Shared {
    fn idle(&self) -> MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a place and a worker and has the job done.
    async fn run(
        &self,
        job: Job,
        observer: Option<&UnboundedSender<Observation>>,
        partial: &mut Partial,
    ) -> Result<CallReport, (FailureReason, String)> {
        let closed = |_| (FailureReason::Cancelled, words::CLOSED.to_owned());
        let _place = self.places.acquire().await.map_err(closed)?;
        *partial = Partial::new();
        let id = self.calls.fetch_add(1, Ordering::Relaxed);
        let Job { package, limits, head, payload } = job;
        let frame = encode(&head(id), &payload).map_err(|error| match error {
            FrameError::TooLarge(bytes) => (
                FailureReason::TooLarge,
                format!("The parameters are too large: {bytes} bytes of JSON."),
            ),
            other => (FailureReason::WorkerDied, words::not_started(&other.to_string())),
        })?;
        drop(payload);
        let mut why = String::new();
        for _ in 0..ATTEMPTS {
            let mut worker = match self.worker(package.as_ref()).await {
                Ok(worker) => worker,
                Err(error) => {
                    why = error;
                    break;
                }
            };
            let call = Call { id, package: package.as_ref(), frame: &frame, limits, observer };
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

    /// One that waits for this package, or for none yet, or a new one.
    async fn worker(&self, package: Option<&Package>) -> Result<Worker, String> {
        loop {
            let waiting = {
                let mut idle = self.idle();
                idle.retain(|worker| !package.is_some_and(|package| worker.is_stale(package)));
                let serves = |worker: &Worker| package.is_none_or(|package| worker.serves(package));
                let bound = idle.iter().rposition(|worker| serves(worker) && !worker.is_spare());
                let place = bound.or_else(|| idle.iter().rposition(serves));
                place.map(|place| idle.remove(place))
            };
            let Some(mut worker) = waiting else { return self.start().await };
            if worker.is_alive() {
                return Ok(worker);
            }
        }
    }

    async fn start(&self) -> Result<Worker, String> {
        let folder = self.folder()?;
        let worker = Worker::start(&self.config, folder, Arc::clone(&self.registry)).await?;
        worker.tell_of_walls();
        Ok(worker)
    }

    /// A temporary folder for one worker.
    fn folder(&self) -> Result<TempDir, String> {
        let mut folder = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = folder.as_ref()
            && let Ok(worker) = made.worker()
        {
            return Ok(worker);
        }
        // The first one, or the folder is gone: temporary folders get cleaned while a program runs.
        let made = PoolFolder::new(&self.config.place())?;
        let worker = folder.insert(made).worker();
        worker.map_err(|error| format!("no temporary folder can be made for it: {error}"))
    }

    /// Keeps the worker for the next call, or ends it when it has served its time.
    fn take_back(&self, mut worker: Worker) {
        if !worker.rest(&self.config) || *self.closing.borrow() {
            return;
        }
        let surplus = {
            let mut idle = self.idle();
            idle.push(worker);
            let bound = idle.iter().filter(|worker| !worker.is_spare()).count();
            let oldest = idle.iter().position(|worker| !worker.is_spare());
            oldest.filter(|_| bound > self.config.waiting.max(1)).map(|place| idle.remove(place))
        };
        // Not while others wait for the list.
        drop(surplus);
    }

    /// Has one worker ready that no package has bound. Does not wait for it.
    fn refill(self: &Arc<Self>) {
        let Ok(place) = Arc::clone(&self.starting).try_acquire_owned() else { return };
        let shared = Arc::clone(self);
        tokio::spawn(async move {
            shared.start_spare().await;
            drop(place);
        });
    }

    /// The same, for who holds [`Self::starting`].
    async fn start_spare(&self) {
        if self.idle().iter().any(Worker::is_spare) || *self.closing.borrow() {
            return;
        }
        match self.start().await {
            Ok(worker) => self.take_back(worker),
            Err(error) => tracing::warn!(%error, "no script worker could be made ready"),
        }
    }
}
