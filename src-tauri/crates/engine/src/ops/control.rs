//! How the script side and the loop that drives it talk: what waits, and how the handler ended.

use std::rc::Rc;
use std::time::Instant;

use rquickjs::promise::PromiseHookType;
use rquickjs::{Ctx, Function, Object, Persistent, Result, Value};

use super::define;
use crate::host::{Host, Schedule, Settled};
use crate::log::size;
use crate::report::{Failure, FailureReason};
use crate::value::Text;

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, host: &Rc<Host>, object: &Object<'js>) -> Result<()> {
    let at = Rc::clone(host);
    define!(ctx, object, "label", move || at.given().label.clone());

    let at = Rc::clone(host);
    define!(ctx, object, "maxTimers", move || at.limits().timers);

    let at = Rc::clone(host);
    define!(ctx, object, "memoryLimit", move || at.limits().memory_bytes);

    let at = Rc::clone(host);
    define!(ctx, object, "now", move || at.now_ms());

    // When that was zero, in milliseconds since 1970.
    let at = Rc::clone(host);
    define!(ctx, object, "origin", move || at.given().origin_ms);

    let at = Rc::clone(host);
    define!(ctx, object, "tick", move || at.ticks.set(true));

    let at = Rc::clone(host);
    define!(ctx, object, "begin", move || at.first_line.set(Some(Instant::now())));

    let at = Rc::clone(host);
    define!(ctx, object, "memory", move || at.memory.used() as f64);

    let at = Rc::clone(host);
    define!(ctx, object, "jobs", move || at.jobs.get());

    let at = Rc::clone(host);
    define!(ctx, object, "over", move || at.interrupted.get().is_some());

    let at = Rc::clone(host);
    define!(ctx, object, "exhausted", move || at.memory.exhausted());

    // From now on `follower(event, promise)` hears of each promise: "init", "derived" (by `then`), "before" a job of its own, "resolve".
    let at = Rc::clone(host);
    define!(ctx, object, "follow", move |ctx: Ctx<'js>, follower: Function<'js>| {
        *at.follower.borrow_mut() = Some(Persistent::save(&ctx, follower));
    });

    let at = Rc::clone(host);
    define!(ctx, object, "schedule", move |due: f64, holding: u32, immediates: u8| {
        let due_ms = due.is_finite().then_some(due);
        at.schedule.set(Schedule { due_ms, holding, immediates });
    });

    let at = Rc::clone(host);
    define!(ctx, object, "returned", move |json: Text| {
        settle(&at, Settled::Returned(json.0));
    });

    let at = Rc::clone(host);
    define!(ctx, object, "failed", move |failure: Object<'js>| -> Result<()> {
        settle(&at, Settled::Failed(read(&failure)?));
        Ok(())
    });

    // No line of the script runs any more.
    let at = Rc::clone(host);
    define!(ctx, object, "exit", move || at.exited.set(true));

    let at = Rc::clone(host);
    define!(ctx, object, "interruptedAt", move |failure: Object<'js>| -> Result<()> {
        *at.interrupted_at.borrow_mut() = Some(read(&failure)?);
        Ok(())
    });
    Ok(())
}

/// Tells the script side of a promise, if it wants to hear.
pub(crate) fn promise<'js>(
    host: &Host,
    ctx: &Ctx<'js>,
    event: PromiseHookType,
    promise: Value<'js>,
    parent: &Value<'js>,
) {
    // Cloned, not borrowed: what is told may follow anew.
    let Some(follower) = host.follower.borrow().clone() else { return };
    let event = match event {
        PromiseHookType::Init if parent.is_undefined() => "init",
        PromiseHookType::Init => "derived",
        PromiseHookType::Before => "before",
        PromiseHookType::Resolve => "resolve",
        PromiseHookType::After => return,
    };
    let told =
        follower.restore(ctx).and_then(|follower| follower.call::<_, Value>((event, promise)));
    if told.is_err() {
        // Out of time, memory or stack: the script meets that itself at its next step.
        ctx.catch();
    }
}

/// The first word counts: what happens after a call has ended does not change how.
fn settle(host: &Host, settled: Settled) {
    host.settled.borrow_mut().get_or_insert(settled);
}

/// Bytes of an error's message that are kept.
const MAX_MESSAGE: usize = 64 << 10;

/// Bytes of a stack that are kept.
const MAX_STACK: usize = 256 << 10;

/// A script's errors may be as long as its memory allows; people read their beginnings.
fn bounded(mut text: String, most: usize) -> String {
    if text.len() > most {
        let whole = text.len();
        text.truncate(text.floor_char_boundary(most));
        text.push_str(&format!("… (cut here: {} in all)", size(whole as u64)));
    }
    text
}

fn read(failure: &Object<'_>) -> Result<Failure> {
    let reason = match failure.get::<_, Text>("reason")?.0.as_str() {
        "missing" => FailureReason::Missing,
        "syntax" => FailureReason::Syntax,
        "handler" => FailureReason::Handler,
        "unserializable" => FailureReason::Unserializable,
        "out_of_memory" => FailureReason::OutOfMemory,
        "stack_overflow" => FailureReason::StackOverflow,
        _ => FailureReason::Thrown,
    };
    Ok(Failure {
        reason,
        message: bounded(failure.get::<_, Text>("message")?.0, MAX_MESSAGE),
        stack: bounded(failure.get::<_, Option<Text>>("stack")?.unwrap_or_default().0, MAX_STACK),
        file: failure.get::<_, Option<Text>>("file")?.map(|file| file.0),
        line: failure.get("line")?,
        column: failure.get("column")?,
    })
}
