//! One call: the loop that drives its realm, and the report.

use std::rc::Rc;
use std::time::{Duration, Instant};

use rquickjs::{Ctx, Function, Object, Value};
use tokio::time::sleep_until;

use crate::host::{Event, Given, Host, Settled};
use crate::log::size;
use crate::ops::{http, work};
use crate::package::{self, Single};
use crate::realm::{Habits, Realm};
use crate::report::{
    CallReport, CallRequest, Failure, FailureReason, Limits, Observation, Outcome, Timing,
};

/// How long the script may go on after its time is up, to say where it was.
const LAST_WORDS: Duration = Duration::from_millis(20);

/// How long the bodies of answers are awaited after the handler has returned, so that the trace is whole.
const TRACE_GRACE: Duration = Duration::from_millis(20);

/// Runs one function once and tells all about it.
///
/// Runs on the caller's thread, which must drive a current-thread tokio runtime with time and I/O enabled. `observe` hears of log lines
/// and HTTP requests as they happen. Whatever the script does, the answer is a report; only a crash of the engine itself can end the process.
/// A script stuck in one native operation is not interrupted: who calls this keeps a clock and ends the process.
///
/// Dropping the future abandons the call and closes its connections.
pub async fn call(request: CallRequest, observe: impl FnMut(Observation) + 'static) -> CallReport {
    conduct(None, request, observe).await.0
}

/// The same in a realm that was prepared, if there is one, and `tell` gets the report before the realm of the call is taken
/// down: nobody has to wait for that, and an engine that aborts over it has given its answer. `habits` learns what the call
/// asked for.
pub async fn call_in<T>(
    realm: Option<Realm>,
    habits: &mut Habits,
    request: CallRequest,
    observe: impl FnMut(Observation) + 'static,
    tell: impl FnOnce(CallReport) -> T,
) -> T {
    let (report, remains) = conduct(realm, request, observe).await;
    let told = tell(report);
    if let Some(realm) = &remains {
        habits.learn(&realm.host.builtins.borrow());
    }
    drop(remains);
    told
}

/// The report, and what is left to be taken down.
async fn conduct(
    realm: Option<Realm>,
    request: CallRequest,
    observe: impl FnMut(Observation) + 'static,
) -> (CallReport, Option<Realm>) {
    let started = Instant::now();
    let CallRequest { package, label, parameters, limits } = request;
    let parameters = parameters.to_string();
    if parameters.len() > limits.output_bytes as usize {
        let message = format!(
            "The parameters are {} of JSON; at most {} are allowed.",
            size(parameters.len() as u64),
            size(limits.output_bytes.into())
        );
        return (refused(started, FailureReason::TooLarge, message), None);
    }
    let files = match package::open(&package) {
        Ok(files) => files,
        Err(message) => return (refused(started, FailureReason::Missing, message), None),
    };
    let given = Given::new(started, limits, label, files);
    run(realm, given, Box::new(observe), parameters).await
}

/// Says whether `code`, as a function's index.js, is JavaScript. Runs none of it. `manifest` is the text of the package.json
/// beside it, if there is one: it can make the file an ES module.
///
/// The outcome is a failure with [`FailureReason::Syntax`] when it is not, and anything else when it is. Threads as [`call()`].
pub async fn compile(
    label: String,
    code: String,
    manifest: Option<String>,
    limits: Limits,
) -> CallReport {
    let files: Box<dyn package::Files> = Box::new(Single { code, manifest });
    let mut given = Given::new(Instant::now(), limits, label, (files, "index.js".to_owned()));
    given.compile_only = true;
    run(None, given, Box::new(|_| {}), "null".to_owned()).await.0
}

async fn run(
    realm: Option<Realm>,
    given: Given,
    observe: Box<dyn FnMut(Observation)>,
    parameters: String,
) -> (CallReport, Option<Realm>) {
    let started = given.started;
    let mut realm =
        match realm.filter(|realm| realm.is_fit(&given.limits)).map_or_else(Realm::new, Ok) {
            Ok(realm) => realm,
            Err(error) => {
                let message = format!("The script engine could not be started: {error}");
                return (refused(started, FailureReason::Thrown, message), None);
            }
        };
    realm.begin(given, observe);
    let mut clock = Clock::default();
    let mut outcome = realm.run(parameters, &mut clock).await;
    if let Outcome::Returned { value } = &outcome
        && let Some(message) = nested_too_deep(value)
    {
        outcome = Outcome::failed(FailureReason::Unserializable, message);
    }
    let host = &realm.host;
    let total = started.elapsed();
    let start = host.first_line.get().map_or(total, |first| first - started);
    let http = host.http.borrow_mut().finish(host);
    let report = CallReport {
        outcome,
        log: host.log.borrow_mut().finish(),
        http,
        timing: Timing {
            start_ms: milliseconds(start),
            code_ms: milliseconds(clock.code.saturating_sub(start)),
            waiting_ms: milliseconds(clock.waiting),
            total_ms: milliseconds(total),
        },
        memory_peak_bytes: host.memory.peak() as u64,
        code_hash: host.code_hash(),
    };
    (report, Some(realm))
}

fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1_000_000.0).round() / 1000.0
}

fn refused(started: Instant, reason: FailureReason, message: String) -> CallReport {
    let total_ms = milliseconds(started.elapsed());
    CallReport {
        timing: Timing { start_ms: total_ms, total_ms, ..Timing::default() },
        ..CallReport::without_run(Outcome::failed(reason, message))
    }
}

/// Readers of a report follow JSON only so deep.
const MAX_DEPTH: usize = 120;

fn nested_too_deep(value: &serde_json::Value) -> Option<String> {
    let mut level: Vec<&serde_json::Value> = vec![value];
    for _ in 0..MAX_DEPTH {
        let mut next = Vec::new();
        for value in level {
            match value {
                serde_json::Value::Array(items) => next.extend(items),
                serde_json::Value::Object(fields) => next.extend(fields.values()),
                _ => {}
            }
        }
        if next.is_empty() {
            return None;
        }
        level = next;
    }
    Some(format!("The value returned is nested more than {MAX_DEPTH} levels deep."))
}

/// Where the time of a call goes.
#[derive(Debug, Default)]
struct Clock {
    code: Duration,
    waiting: Duration,
}

impl Realm {
    async fn run(&mut self, parameters: String, clock: &mut Clock) -> Outcome {
        let host = Rc::clone(&self.host);
        let given = host.given();
        clock.code = given.started.elapsed();
        if let Some(outcome) = self.turn(clock, |ctx, hooks| {
            hooks.get::<_, Function>("start")?.call::<_, Value>((parameters,))?;
            let _ = ctx;
            Ok(())
        }) {
            return self.end(outcome, clock).await;
        }
        loop {
            let schedule = self.host.schedule.get();
            // A timer that is due, one at a time: microtasks run between two of them.
            if schedule.immediates != 2
                && schedule.due_ms.is_some_and(|due| due <= self.host.now_ms())
            {
                if let Some(outcome) = self.turn(clock, |_, hooks| {
                    hooks.get::<_, Function>("timer")?.call::<_, Value>(())?;
                    Ok(())
                }) {
                    return self.end(outcome, clock).await;
                }
                continue;
            }
            let event = if schedule.immediates == 2 { None } else { self.events.try_recv().ok() };
            if event.is_none() && schedule.immediates != 0 {
                if let Some(outcome) = self.turn(clock, |_, hooks| {
                    hooks.get::<_, Function>("immediates")?.call::<_, Value>(())?;
                    Ok(())
                }) {
                    return self.end(outcome, clock).await;
                }
                continue;
            }
            let event = match event {
                Some(event) => Some(event),
                None => {
                    if schedule.holding == 0
                        && self.host.http.borrow().open() == 0
                        && self.host.work.open() == 0
                    {
                        // What could not be allocated may be the very thing that would have gone on.
                        return if self.host.memory.exhausted() {
                            Outcome::failed(
                                FailureReason::OutOfMemory,
                                out_of_memory(self.host.limits()),
                            )
                        } else {
                            never_settled()
                        };
                    }
                    let waited = Instant::now();
                    let wake = schedule.due_ms.map_or(given.deadline(), |due| {
                        let due = Duration::from_secs_f64(due.max(0.0) / 1000.0);
                        given.deadline().min(given.started + due)
                    });
                    let event = tokio::select! {
                        event = self.events.recv() => event,
                        () = sleep_until(wake.into()) => None,
                    };
                    clock.waiting += waited.elapsed();
                    event
                }
            };
            if self.host.out_of_time() {
                let outcome = self.timed_out();
                return self.end(outcome, clock).await;
            }
            if let Some(event) = event
                && let Some(outcome) = self.turn(clock, |ctx, hooks| match event {
                    Event::Http(event) => http::deliver(ctx, &self.host, hooks, event),
                    Event::Work(done) => work::deliver(ctx, &self.host, hooks, done),
                })
            {
                return self.end(outcome, clock).await;
            }
        }
    }

    /// Runs a piece of script and all that follows from it at once; `Some` = the call has ended.
    fn turn(
        &self,
        clock: &mut Clock,
        piece: impl for<'js> FnOnce(&Ctx<'js>, &Object<'js>) -> rquickjs::Result<()>,
    ) -> Option<Outcome> {
        let began = Instant::now();
        let outcome = self.context.with(|ctx| {
            let hooks = match self.hooks.clone().restore(&ctx) {
                Ok(hooks) => hooks,
                Err(error) => {
                    return Some(Outcome::failed(FailureReason::Thrown, error.to_string()));
                }
            };
            if let Err(error) = piece(&ctx, &hooks) {
                return Some(self.broken(&ctx, &error));
            }
            self.drain(&ctx, &hooks)
        });
        clock.code += began.elapsed();
        outcome
    }

    /// `process.nextTick` callbacks, then promise jobs, until none is left.
    fn drain<'js>(&self, ctx: &Ctx<'js>, hooks: &Object<'js>) -> Option<Outcome> {
        loop {
            if self.host.ticks.replace(false) {
                let run = hooks
                    .get::<_, Function>("ticks")
                    .and_then(|ticks| ticks.call::<_, Value>(()).map(|_| ()));
                if let Err(error) = run {
                    return Some(self.broken(ctx, &error));
                }
            }
            let mut jobs = 0u32;
            while ctx.execute_pending_job() {
                jobs = jobs.wrapping_add(1);
                self.host.jobs.set(self.host.jobs.get().wrapping_add(1));
                if jobs.is_multiple_of(64) && self.host.out_of_time() {
                    break;
                }
            }
            if self.host.exited.get() {
                return self.host.settled.borrow_mut().take().map(|settled| self.outcome(settled));
            }
            if self.host.interrupted.get().is_some() || self.host.out_of_time() {
                return Some(self.timed_out());
            }
            if self.host.ticks.get() {
                continue;
            }
            // Rejections that nobody has handled by now, as Node looks for them.
            let unhandled = hooks
                .get::<_, Function>("unhandled")
                .and_then(|unhandled| unhandled.call::<_, bool>(()));
            match unhandled {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => return Some(self.broken(ctx, &error)),
            }
            return self.host.settled.borrow_mut().take().map(|settled| self.outcome(settled));
        }
    }

    fn outcome(&self, settled: Settled) -> Outcome {
        match settled {
            Settled::Returned(json) => {
                let limit = self.host.limits().output_bytes;
                if json.len() > limit as usize {
                    return Outcome::failed(
                        FailureReason::TooLarge,
                        format!(
                            "The value returned is {} of JSON; at most {} are allowed.",
                            size(json.len() as u64),
                            size(limit.into())
                        ),
                    );
                }
                match parse(&json) {
                    Ok(value) => Outcome::Returned { value },
                    Err(error) => Outcome::failed(
                        FailureReason::Unserializable,
                        format!("The value returned is not valid JSON: {error}."),
                    ),
                }
            }
            Settled::Failed(mut failure) => {
                if failure.reason == FailureReason::OutOfMemory {
                    failure.message = out_of_memory(self.host.limits());
                }
                Outcome::Failed { failure }
            }
        }
    }

    /// The script side itself could not go on: time, memory or stack ran out where it could not say so.
    fn broken(&self, ctx: &Ctx<'_>, error: &rquickjs::Error) -> Outcome {
        let thrown = ctx.catch();
        if self.host.exited.get()
            && let Some(settled) = self.host.settled.borrow_mut().take()
        {
            return self.outcome(settled);
        }
        if self.host.interrupted.get().is_some() || self.host.out_of_time() {
            return self.timed_out();
        }
        if self.host.memory.exhausted() {
            return Outcome::failed(FailureReason::OutOfMemory, out_of_memory(self.host.limits()));
        }
        if let Some(settled) = self.host.settled.borrow_mut().take() {
            return self.outcome(settled);
        }
        let message = thrown
            .as_object()
            .and_then(|object| object.get::<_, crate::value::Text>("message").ok())
            .map_or_else(|| error.to_string(), |text| text.0);
        let reason = if message.contains("call stack size") {
            FailureReason::StackOverflow
        } else {
            FailureReason::Thrown
        };
        Outcome::failed(reason, message)
    }

    fn timed_out(&self) -> Outcome {
        let at = self.host.interrupted_at.borrow_mut().take();
        let seconds = f64::from(self.host.limits().time_ms) / 1000.0;
        let unit = if (seconds - 1.0).abs() < f64::EPSILON { "second" } else { "seconds" };
        let waiting = match (&at, self.host.http.borrow().open()) {
            (Some(_), _) => "its code was still running",
            (None, 0) => "it was still waiting",
            (None, _) => "it was still waiting for an answer over HTTP",
        };
        let mut failure = at.unwrap_or(Failure {
            reason: FailureReason::TimedOut,
            message: String::new(),
            stack: String::new(),
            file: None,
            line: None,
            column: None,
        });
        failure.reason = FailureReason::TimedOut;
        failure.message =
            format!("The function did not return within {seconds} {unit}: {waiting}.");
        Outcome::Failed { failure }
    }

    /// Lets answers that are on their way arrive in the trace.
    async fn end(&mut self, outcome: Outcome, clock: &mut Clock) -> Outcome {
        let waited = Instant::now();
        let until = (waited + TRACE_GRACE).min(self.host.given().deadline().max(waited));
        while self.host.http.borrow().answering() > 0 {
            tokio::select! {
                event = self.events.recv() => match event {
                    Some(Event::Http(event)) => {
                        http::record(&self.host, &event);
                    }
                    Some(Event::Work(_)) => {}
                    None => break,
                },
                () = sleep_until(until.into()) => break,
            }
        }
        clock.waiting += waited.elapsed();
        outcome
    }
}

fn parse(json: &str) -> Result<serde_json::Value, serde_json::Error> {
    serde_json::from_str(json)
}

fn out_of_memory(limits: &Limits) -> String {
    format!("The function used more than its {} of memory.", size(limits.memory_bytes.into()))
}

fn never_settled() -> Outcome {
    Outcome::failed(
        FailureReason::NeverSettled,
        "The handler's promise never settled: no timer and no request is open any more, so nothing can resolve it. Look for a promise whose `resolve` is never called, or an `await` on one."
            .to_owned(),
    )
}

/// Whether the engine must stop the script now.
pub(crate) fn interrupt(host: &Host) -> bool {
    if host.exited.get() {
        return true;
    }
    match host.interrupted.get() {
        None => {
            let over = host.out_of_time();
            if over {
                host.interrupted.set(Some(Instant::now()));
            }
            over
        }
        // The script side gets a moment to say where it was; then it is over for good.
        Some(at) => at.elapsed() > LAST_WORDS,
    }
}
