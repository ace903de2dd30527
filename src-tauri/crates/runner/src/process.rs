//! One worker process, from outside.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

use engine::{CallReport, FailureReason, Limits, Observation, Outcome};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use crate::confine::Confinement;
use crate::frame::{FrameReader, FromWorker, MAX_FRAME, PROTOCOL, decode};
use crate::memory::private_bytes;
use crate::partial::Partial;
use crate::pool::PoolConfig;
use crate::worker::WORD;
use crate::{starter, words};

/// How often a busy worker's memory is looked at.
const WATCH: Duration = Duration::from_millis(50);

/// Bytes that one call may send while it runs: far more than the engine's own limits let through.
const MAX_OBSERVED: usize = 2 * MAX_FRAME;

/// Bytes of a worker's standard error that are kept.
const LAST_WORDS: usize = 4 << 10;

/// What the pool tells about a worker.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    pub(crate) busy: bool,
    pub(crate) calls: u32,
    pub(crate) confinement: Confinement,
}

/// All workers alive, by process id.
#[derive(Debug, Default)]
pub(crate) struct Registry(Mutex<BTreeMap<u32, Known>>);

impl Registry {
    pub(crate) fn get(&self) -> MutexGuard<'_, BTreeMap<u32, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A worker process. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Worker {
    child: Child,
    pid: u32,
    input: ChildStdin,
    frames: FrameReader<ChildStdout>,
    last_words: JoinHandle<Vec<u8>>,
    folder: TempDir,
    registry: Arc<Registry>,
    known: Known,
    /// Whose package it can read, after its first call.
    bound: Option<Package>,
    /// Private memory after the first call.
    settled_bytes: Option<u64>,
}

/// A package as it stood when a worker was bound to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Package {
    path: PathBuf,
    /// Device and number of the folder or file, where there is such a thing: a worker's rights go with it, not with the path.
    identity: Option<(u64, u64)>,
}

impl Package {
    /// As it stands now.
    pub(crate) fn at(path: &Path) -> Self {
        #[cfg(unix)]
        let identity = {
            use std::os::unix::fs::MetadataExt;
            std::fs::metadata(path).ok().map(|data| (data.dev(), data.ino()))
        };
        #[cfg(not(unix))]
        let identity = None;
        Self { path: path.to_owned(), identity }
    }

    /// Whether it is there.
    fn exists(&self) -> bool {
        if cfg!(unix) { self.identity.is_some() } else { self.path.exists() }
    }
}

/// One call on its way to a worker.
pub(crate) struct Call<'a> {
    pub(crate) id: u64,
    /// Whose code it runs; absent = it runs none.
    pub(crate) package: Option<&'a Package>,
    /// Encoded for the pipe.
    pub(crate) frame: &'a [u8],
    pub(crate) limits: Limits,
    pub(crate) observer: Option<&'a UnboundedSender<Observation>>,
}

/// How a call ended for its worker.
pub(crate) enum Ended {
    /// With a report; the worker may be used again.
    Report(CallReport),
    /// The worker is of no use any more.
    Lost(FailureReason, String),
    /// The same, and the function did not begin to run.
    NotBegun(String),
}

impl Worker {
    /// Starts one and waits until it is ready.
    ///
    /// # Errors
    /// Why not, as the end of a sentence.
    pub(crate) async fn start(
        config: &PoolConfig,
        folder: TempDir,
        registry: Arc<Registry>,
    ) -> Result<Self, String> {
        let program =
            std::path::absolute(&config.program).unwrap_or_else(|_| config.program.clone());
        let named =
            |e: &dyn std::fmt::Display| format!("{} cannot be started: {e}", program.display());
        let mut command = Command::new(&program);
        command
            .args([WORD, &std::process::id().to_string()])
            .env_clear()
            // In production functions run in UTC.
            .env("TZ", "UTC")
            .env(if cfg!(windows) { "TEMP" } else { "TMPDIR" }, folder.path())
            .envs(config.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        // Not in the terminal's group: Ctrl+C is for the program, which then ends its workers.
        #[cfg(unix)]
        command.arg0("stepsmith-script-worker").process_group(0);
        let mut child = starter::start(command).await.map_err(|e| named(&e))?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let ((Some(input), Some(output), Some(errors)), Some(pid)) = (pipes, child.id()) else {
            return Err(named(&"it has no pipes"));
        };
        let known = Known { busy: true, ..Known::default() };
        registry.get().insert(pid, known);
        let mut worker = Self {
            child,
            pid,
            input,
            frames: FrameReader::new(output),
            last_words: tokio::spawn(tail(errors)),
            folder,
            registry,
            known,
            bound: None,
            settled_bytes: None,
        };
        let refused = match timeout(config.start_time, worker.frames.next()).await {
            Ok(Ok(Some(frame))) => match decode(&frame) {
                Ok((FromWorker::Hello { protocol: PROTOCOL, confinement }, _)) => {
                    worker.known.confinement = confinement;
                    return Ok(worker);
                }
                Ok((FromWorker::Hello { .. }, _)) => {
                    "the program on disk is another version than the one that runs; restart Stepsmith".to_owned()
                }
                Ok(_) => format!("{} is no script worker", program.display()),
                Err(error) => format!("{} is no script worker: it sent {error}", program.display()),
            },
            Ok(Ok(None)) => {
                let (status, said) = worker.end().await;
                return Err(words::ended_at_once(status, &said));
            }
            Ok(Err(error)) => format!("{} is no script worker: it sent {error}", program.display()),
            Err(_) => format!("it was not ready within {:?}", config.start_time),
        };
        worker.end().await;
        Err(refused)
    }

    /// Runs one call. The caller may give up waiting; it then has to drop the worker.
    pub(crate) async fn run(
        &mut self,
        call: Call<'_>,
        config: &PoolConfig,
        partial: &mut Partial,
    ) -> Ended {
        let Limits { time_ms, memory_bytes, .. } = call.limits;
        self.known.calls += 1;
        if let Some(package) = call.package.filter(|package| package.exists()) {
            self.bound.get_or_insert_with(|| package.clone());
        }
        self.tell(true);
        let memory_bound = u64::from(memory_bytes) + config.memory_slack_bytes;
        let write = self.input.write_all(call.frame);
        let mut write = std::pin::pin!(write);
        let mut written = false;
        let mut begun = false;
        let mut observed = 0;
        let deadline = sleep_until(Instant::now() + config.start_time);
        let mut deadline = std::pin::pin!(deadline);
        let mut watch = interval(WATCH);
        watch.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let broken = |what: &str| Ended::Lost(FailureReason::WorkerDied, words::broken(what));
        loop {
            // In this order, so that a worker that never stops sending is stopped by the clock all the same.
            let frame = tokio::select! {
                biased;
                () = deadline.as_mut() => {
                    return match begun {
                        true => Ended::Lost(FailureReason::TimedOut, words::timed_out(time_ms)),
                        false => Ended::NotBegun(format!("the worker did not begin within {:?}", config.start_time)),
                    };
                }
                _ = watch.tick() => {
                    match private_bytes(self.pid) {
                        Some(used) if used > memory_bound => {
                            let text = words::out_of_memory(u64::from(memory_bytes), used);
                            return Ended::Lost(FailureReason::OutOfMemory, text);
                        }
                        _ => continue,
                    }
                }
                frame = self.frames.next() => frame,
                result = write.as_mut(), if !written => {
                    // A worker that does not take the call has ended; its output says so next.
                    let _ = result;
                    written = true;
                    continue;
                }
            };
            let frame = match frame {
                Ok(Some(frame)) => frame,
                Ok(None) => break,
                Err(error) => return broken(&error.to_string()),
            };
            match decode(&frame) {
                Ok((FromWorker::Started { id, confinement }, _)) if id == call.id && !begun => {
                    begun = true;
                    self.known.confinement = confinement;
                    self.registry.get().insert(self.pid, self.known);
                    *partial = Partial::new();
                    let time = Duration::from_millis(u64::from(time_ms)) + config.grace;
                    deadline.as_mut().reset(Instant::now() + time);
                }
                Ok((FromWorker::Observed { id, observation }, _)) if id == call.id && begun => {
                    observed += frame.len();
                    if observed > MAX_OBSERVED {
                        return broken("messages without end");
                    }
                    partial.observe(&observation);
                    if let Some(observer) = call.observer {
                        let _ = observer.send(observation);
                    }
                }
                Ok((FromWorker::Report { id, report }, payload)) if id == call.id && begun => {
                    return match with_value(report, payload) {
                        Ok(report) => Ended::Report(report),
                        Err(error) => broken(&format!("a value that is not JSON ({error})")),
                    };
                }
                Ok(_) => return broken("a message out of turn"),
                Err(error) => return broken(&error.to_string()),
            }
        }
        let (status, said) = self.end().await;
        match begun {
            true if words::is_out_of_memory(&said) => {
                let text = words::refused_memory(u64::from(memory_bytes));
                Ended::Lost(FailureReason::OutOfMemory, text)
            }
            true => Ended::Lost(FailureReason::WorkerDied, words::ended(status, &said)),
            false => Ended::NotBegun(words::ended_at_once(status, &said)),
        }
    }

    /// Says once in a program which walls the system does not have.
    pub(crate) fn tell_of_walls(&self) {
        static TOLD: Once = Once::new();
        let Confinement { files, calls, .. } = self.known.confinement;
        if !(files && calls) {
            TOLD.call_once(|| {
                tracing::warn!(
                    files,
                    calls,
                    "this system cannot confine script workers in full: a flaw in the script engine would reach further"
                );
            });
        }
    }

    /// Whether it can run a call of this package.
    pub(crate) fn serves(&self, package: &Package) -> bool {
        self.bound.as_ref().is_none_or(|bound| bound == package)
    }

    /// Whether its package was replaced by another one at the same place.
    pub(crate) fn is_stale(&self, package: &Package) -> bool {
        self.bound.as_ref().is_some_and(|bound| bound.path == package.path && bound != package)
    }

    /// Whether it has run no function yet.
    pub(crate) fn is_spare(&self) -> bool {
        self.bound.is_none()
    }

    /// Whether the process lives.
    pub(crate) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Makes the worker ready for another call; false = it should not get one.
    pub(crate) fn rest(&mut self, config: &PoolConfig) -> bool {
        let now = private_bytes(self.pid);
        let settled = *self.settled_bytes.get_or_insert(now.unwrap_or(0));
        let grown = now.is_some_and(|now| now > settled + config.growth_bytes);
        self.tell(false);
        !grown
            && self.known.calls < config.calls_per_worker
            && !self.frames.has_rest()
            && self.wipe().is_ok()
    }

    fn tell(&mut self, busy: bool) {
        self.known.busy = busy;
        self.registry.get().insert(self.pid, self.known);
    }

    /// Empties the temporary folder: nothing goes from one call to the next.
    fn wipe(&self) -> std::io::Result<()> {
        for entry in std::fs::read_dir(self.folder.path())? {
            let entry = entry?;
            match entry.file_type()?.is_dir() {
                true => std::fs::remove_dir_all(entry.path())?,
                false => std::fs::remove_file(entry.path())?,
            }
        }
        Ok(())
    }

    /// Sees the process off: how it ended and the last it wrote to standard error. One that goes on without its output
    /// is killed.
    pub(crate) async fn end(&mut self) -> (Option<ExitStatus>, String) {
        let status = match timeout(Duration::from_millis(300), self.child.wait()).await {
            Ok(status) => status.ok(),
            Err(_) => {
                self.kill().await;
                None
            }
        };
        let said = timeout(Duration::from_millis(300), &mut self.last_words).await;
        let said = said.ok().and_then(Result::ok).unwrap_or_default();
        (status, String::from_utf8_lossy(&said).into_owned())
    }

    /// Ends the process and waits until it is gone.
    pub(crate) async fn kill(&mut self) {
        let _ = timeout(Duration::from_secs(2), self.child.kill()).await;
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.registry.get().remove(&self.pid);
        self.last_words.abort();
        // Before the folder is removed, so that nothing is written to it meanwhile.
        let _ = self.child.start_kill();
    }
}

/// The report with the value that travelled beside it.
fn with_value(mut report: CallReport, payload: &[u8]) -> serde_json::Result<CallReport> {
    if let Outcome::Returned { value } = &mut report.outcome {
        *value = serde_json::from_slice(payload)?;
    }
    Ok(report)
}

/// The last of what comes out of a pipe, when it has ended.
async fn tail(mut pipe: ChildStderr) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(read @ 1..) = pipe.read(&mut piece).await {
        kept.extend_from_slice(&piece[..read]);
        let surplus = kept.len().saturating_sub(LAST_WORDS);
        kept.drain(..surplus);
    }
    kept
}
