//! The inside of a worker process.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::process::exit;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};

use engine::{CallReport, CallRequest, Habits, Limits, Outcome, Realm};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::confine::{self, Walls, bound_memory};
use crate::frame::{self, FrameError, FromWorker, PROTOCOL, ToWorker};

/// The first argument of a worker; the second is the process id of its parent.
pub(crate) const WORD: &str = "--stepsmith-script-worker";

/// Bytes that a worker may map beyond a call's memory limit: program data, threads' stacks, bodies and logs. Above what the
/// pool watches for, so that it is met only by what grows faster than the pool looks.
const ROOM: u64 = 768 << 20;

/// Tries something in place of a call; `None` = run the call.
pub type Attempt = fn(&CallRequest) -> Option<Value>;

/// Makes this process a script worker, if it was started as one; then it does not return. To be called first in `main`,
/// before a runtime, a logger or a window exists.
pub fn worker_main_if_asked() {
    start_if_asked(None);
}

/// The same, and `attempt` sees each call first: for tests, which try natively what no script can try.
#[doc(hidden)]
pub fn worker_main_with(attempt: Attempt) {
    start_if_asked(Some(attempt));
}

fn start_if_asked(attempt: Option<Attempt>) {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_none_or(|word| word != WORD) {
        return;
    }
    let parent = arguments.next().and_then(|pid| pid.to_str()?.parse().ok());
    let Some(parent) = parent else { exit(2) };
    match work(parent, attempt) {
        Ok(()) => exit(0),
        Err(error) => {
            let _ = writeln!(io::stderr(), "the script worker cannot go on: {error}");
            exit(3)
        }
    }
}

fn work(parent: u32, attempt: Option<Attempt>) -> Result<(), FrameError> {
    #[cfg(unix)]
    confine::close_inherited();
    let (mut input, output) = channels()?;
    // The working directory is the worker's temporary folder.
    let Some(walls) = confine::confine(parent, Path::new(".")) else { return Ok(()) };
    // One runtime for all calls: each call closes what it opened.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let output = Rc::new(RefCell::new(output));
    let mut worker = Worker { walls, runtime, output, attempt, ready: Ready::default() };
    let confinement = worker.walls.confinement;
    send(&worker.output, &FromWorker::Hello { protocol: PROTOCOL, confinement }, &[])?;
    // Until a call has put up the last wall there is this one thread, for a wall stands around the thread that puts it up
    // and those that it starts.
    let first = loop {
        while !frame::waits(&input) && worker.ready.go_on() {}
        let Some(frame) = frame::read(&mut input)? else { return Ok(()) };
        match frame::decode(&frame)? {
            (ToWorker::Call { package, .. }, _) => {
                worker.walls.bind(&package);
                break frame;
            }
            (ToWorker::Compile { .. }, _) => worker.serve(&frame)?,
        }
    };
    let calls = listen(input)?;
    worker.serve(&first)?;
    drop(first);
    loop {
        let frame = match calls.try_recv() {
            Ok(frame) => frame,
            Err(TryRecvError::Empty) if worker.ready.go_on() => continue,
            _ => match calls.recv() {
                Ok(frame) => frame,
                Err(_) => return Ok(()),
            },
        };
        worker.serve(&frame)?;
    }
}

/// What is done for the next call while none is there.
#[derive(Default)]
struct Ready {
    realm: Option<Realm>,
    habits: Habits,
    /// A realm could not be had; the next call will say why.
    refused: bool,
}

impl Ready {
    /// Does one more piece, each shorter than what a call would have to do without it; `false` = nothing is left to do.
    fn go_on(&mut self) -> bool {
        match &mut self.realm {
            Some(realm) => realm.read_in(&self.habits),
            None if self.refused => false,
            None => {
                self.realm = Realm::prepare();
                self.refused = self.realm.is_none();
                !self.refused
            }
        }
    }

    /// What there is, for one call.
    fn take(&mut self) -> Option<Realm> {
        self.refused = false;
        self.realm.take()
    }
}

struct Worker {
    walls: Walls,
    runtime: Runtime,
    output: Rc<RefCell<File>>,
    attempt: Option<Attempt>,
    ready: Ready,
}

impl Worker {
    /// Does what a frame asks for and answers.
    fn serve(&mut self, frame: &[u8]) -> Result<(), FrameError> {
        let confinement = self.walls.confinement;
        let begin = |id: u64, limits: &Limits| {
            bound_memory(u64::from(limits.memory_bytes) + ROOM);
            send(&self.output, &FromWorker::Started { id, confinement }, &[])
        };
        match frame::decode(frame)? {
            (ToWorker::Call { id, package, label, limits }, payload) => {
                let parameters = serde_json::from_slice(payload)
                    .map_err(|e| FrameError::Garbage(e.to_string()))?;
                begin(id, &limits)?;
                let request = CallRequest { package, label, parameters, limits };
                self.call(id, request)
            }
            (ToWorker::Compile { id, label, manifest, limits }, payload) => {
                let code = String::from_utf8_lossy(payload).into_owned();
                begin(id, &limits)?;
                let report = self.runtime.block_on(engine::compile(label, code, manifest, limits));
                answer(&self.output, id, report)
            }
        }
    }

    fn call(&mut self, id: u64, request: CallRequest) -> Result<(), FrameError> {
        if let Some(value) = self.attempt.and_then(|attempt| attempt(&request)) {
            let report = CallReport::without_run(Outcome::Returned { value });
            return answer(&self.output, id, report);
        }
        let observed = Rc::clone(&self.output);
        let observe = move |observation| {
            if send(&observed, &FromWorker::Observed { id, observation }, &[]).is_err() {
                // Nobody listens: then nobody wants the call either.
                exit(0);
            }
        };
        let tell = |report| answer(&self.output, id, report);
        let realm = self.ready.take();
        let call = engine::call_in(realm, &mut self.ready.habits, request, observe, tell);
        self.runtime.block_on(call)
    }
}

/// Reads calls in a thread of its own, so that the end of standard input ends the worker in the middle of an endless
/// loop too.
fn listen(mut input: File) -> io::Result<Receiver<Vec<u8>>> {
    let (sender, calls) = sync_channel(1);
    let read = move || {
        while let Ok(Some(frame)) = frame::read(&mut input) {
            if sender.send(frame).is_err() {
                break;
            }
        }
        exit(0);
    };
    std::thread::Builder::new().name("read-calls".into()).spawn(read)?;
    Ok(calls)
}
fn send(output: &RefCell<File>, head: &FromWorker, payload: &[u8]) -> Result<(), FrameError> {
    let frame = frame::encode(head, payload)?;
    output.borrow_mut().write_all(&frame)?;
    Ok(())
}

/// Sends the report; one that is too large for a frame goes without the bodies of its HTTP exchanges.
fn answer(output: &RefCell<File>, id: u64, mut report: CallReport) -> Result<(), FrameError> {
    let payload = match &mut report.outcome {
        Outcome::Returned { value } => {
            serde_json::to_vec(&std::mem::take(value)).unwrap_or_default()
        }
        Outcome::Failed { .. } => Vec::new(),
    };
    let mut head = FromWorker::Report { id, report };
    match send(output, &head, &payload) {
        Err(FrameError::TooLarge(_)) => {}
        sent => return sent,
    }
    if let FromWorker::Report { report, .. } = &mut head {
        for body in report.http.iter_mut().flat_map(|e| [&mut e.request_body, &mut e.response_body])
        {
            (body.text, body.base64, body.cut) = (None, None, true);
        }
    }
    send(output, &head, &payload)
}

/// The protocol's own copies of standard input and output. What is left at 0 and 1 leads nowhere; 2 stays with the pool,
/// which keeps the last words of a worker that breaks.
#[cfg(unix)]
fn channels() -> io::Result<(File, File)> {
    let above = 3;
    let input = rustix::io::fcntl_dupfd_cloexec(io::stdin(), above)?;
    let output = rustix::io::fcntl_dupfd_cloexec(io::stdout(), above)?;
    let nowhere = File::options().read(true).write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdin(&nowhere)?;
    rustix::stdio::dup2_stdout(&nowhere)?;
    Ok((File::from(input), File::from(output)))
}

/// The protocol's own copies of standard input and output.
#[cfg(windows)]
fn channels() -> io::Result<(File, File)> {
    use std::os::windows::io::AsHandle;
    let input = io::stdin().as_handle().try_clone_to_owned()?;
    let output = io::stdout().as_handle().try_clone_to_owned()?;
    Ok((File::from(input), File::from(output)))
}
