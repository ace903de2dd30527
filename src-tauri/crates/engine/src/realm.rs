//! Realms: a runtime and a context with what every call needs, before any call's own code has run in it.
//!
//! A realm serves one call and is thrown away. Whoever waits for calls may have one prepared: booted, with the built-ins read in
//! that calls have lately asked for. Nothing of a call is in it; that is set when the call begins ([`Realm::begin`]), so that a
//! script cannot tell a prepared realm from one that was made for it, but by the time that passed.

use std::rc::Rc;

use rquickjs::{Context, Ctx, Function, Object, Persistent, Runtime, Value};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::builtins;
use crate::host::{Event, Given, Host};
use crate::imports::Imports;
use crate::memory::Counted;
use crate::ops::control;
use crate::report::{Limits, Observation};

/// What hardly a function does without.
const USUAL: [&str; 2] = ["internal/console", "internal/fetch"];

/// What changes the language for a script that did not ask for it.
const NOT_BEFORE: [&str; 2] = ["async_hooks", "internal/async_context"];

/// Calls for which a built-in is remembered after the last one that asked for it.
const REMEMBERED: u8 = 8;

/// The part of a call's memory limit that may be in use when it begins with a prepared realm.
const SHARE: usize = 8;

/// Which built-ins the last calls asked for. Names alone: nothing that a script made.
#[derive(Clone, Debug)]
pub struct Habits(Vec<(&'static str, u8)>);

impl Default for Habits {
    fn default() -> Self {
        Self(USUAL.map(|name| (name, 0)).to_vec())
    }
}

impl Habits {
    /// Another call has asked for these.
    pub(crate) fn learn(&mut self, asked: &[&'static str]) {
        for (_, age) in &mut self.0 {
            *age += 1;
        }
        for name in asked.iter().filter(|name| !NOT_BEFORE.contains(name)) {
            match self.0.iter_mut().find(|(known, _)| known == name) {
                Some((_, age)) => *age = 0,
                None => self.0.push((name, 0)),
            }
        }
        self.0.retain(|(_, age)| *age <= REMEMBERED);
    }
}

/// A realm in which no script has run. Fields are dropped in order: values before the context, the context before the runtime.
pub struct Realm {
    pub(crate) hooks: Persistent<Object<'static>>,
    pub(crate) context: Context,
    runtime: Runtime,
    pub(crate) host: Rc<Host>,
    /// What happens outside.
    pub(crate) events: UnboundedReceiver<Event>,
    /// Built-ins read in.
    read: usize,
}

impl Drop for Realm {
    fn drop(&mut self) {
        self.runtime.set_host_promise_rejection_tracker(None);
        self.runtime.set_promise_hook(None);
        self.host.follower.borrow_mut().take();
        self.host.realms.borrow_mut().clear();
    }
}

/// Bytes that a realm may hold before the engine looks for circles nobody needs. What every call loads exceeds the engine's own
/// 256 KB, so that it would look once in each; a small part of the limit is no reason to.
fn gc_threshold(limits: &Limits) -> usize {
    (limits.memory_bytes as usize / 32).max(256 << 10)
}

impl Realm {
    /// Prepares a realm for a call that is yet to come, on the thread that will run it; `None` = it cannot be had, and the call
    /// will say why.
    pub fn prepare() -> Option<Self> {
        Self::new().ok()
    }

    /// Reads in one more of the built-ins that calls have asked for; `false` = there is none left. Short, so that a call that
    /// comes meanwhile waits for no more than it would have had to do itself.
    pub fn read_in(&mut self, habits: &Habits) -> bool {
        let Some((name, _)) = habits.0.get(self.read) else { return false };
        self.read += 1;
        self.context.with(|ctx| {
            let read = self.hooks.clone().restore(&ctx).and_then(|hooks| {
                hooks.get::<_, Function>("prepare")?.call::<_, Value>((*name,)).map(drop)
            });
            if read.is_err() {
                ctx.catch();
            }
            while ctx.execute_pending_job() {}
        });
        true
    }

    /// Whether a call with these limits gets what it would get of a realm of its own.
    pub(crate) fn is_fit(&self, limits: &Limits) -> bool {
        self.host.memory.used() <= limits.memory_bytes as usize / SHARE && !self.host.asked_early()
    }

    pub(crate) fn new() -> rquickjs::Result<Self> {
        let (host, events) = Host::new();
        let host = &Rc::new(host);
        let runtime = Runtime::new_with_alloc(Counted(host.memory.clone()))?;
        Self::bound(&runtime, &Limits::default());
        let watch = Rc::clone(host);
        runtime.set_interrupt_handler(Some(Box::new(move || crate::call::interrupt(&watch))));
        runtime.set_loader(Imports(Rc::clone(host)), Imports(Rc::clone(host)));
        let context = Context::full(&runtime)?;
        let hooks = context.with(|ctx| start(&ctx, host))?;
        let rejected = hooks.clone();
        let watch = Rc::clone(host);
        runtime.set_host_promise_rejection_tracker(Some(Box::new(
            move |ctx, promise, reason, handled| {
                watch.ticks.set(true);
                let told = rejected
                    .clone()
                    .restore(&ctx)
                    .and_then(|hooks| hooks.get::<_, Function>("rejected"))
                    .and_then(|told| told.call::<_, Value>((promise, reason, handled)));
                if told.is_err() {
                    ctx.catch();
                }
            },
        )));
        let watch = Rc::clone(host);
        runtime.set_promise_hook(Some(Box::new(move |ctx, event, promise, parent| {
            control::promise(&watch, &ctx, event, promise, &parent);
        })));
        let host = Rc::clone(host);
        Ok(Self { hooks, context, runtime, host, events, read: 0 })
    }

    fn bound(runtime: &Runtime, limits: &Limits) {
        runtime.set_max_stack_size(limits.stack_bytes as usize);
        runtime.set_gc_threshold(gc_threshold(limits));
    }

    /// A call begins here: from now on its limits hold.
    pub(crate) fn begin(&mut self, given: Given, observe: Box<dyn FnMut(Observation)>) {
        let limits = given.limits;
        self.host.begin(given, observe);
        Self::bound(&self.runtime, &limits);
        self.host.memory.enforce(limits.memory_bytes as usize);
    }
}

/// Runs what every call needs before its first line, and gives the script side's hooks.
fn start(ctx: &Ctx<'_>, host: &Rc<Host>) -> rquickjs::Result<Persistent<Object<'static>>> {
    let internal = Object::new(ctx.clone())?;
    for name in ["control", "modules"] {
        internal.set(name, crate::ops::group(ctx, host, name)?)?;
    }
    let exports = Object::new(ctx.clone())?;
    let (_, boot) = builtins::load(ctx, "internal/bootstrap")?;
    boot.call::<_, Value>((exports.clone(), (), (), internal))?;
    let hooks: Object = exports.get("hooks")?;
    Ok(Persistent::save(ctx, hooks))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `internal/bootstrap` runs itself.
    const BOOT: [&str; 7] =
        ["bootstrap", "stacks", "registry", "require", "turns", "globals", "json"];

    fn names() -> impl Iterator<Item = &'static str> {
        let boot =
            |name: &str| BOOT.iter().any(|part| name.strip_prefix("internal/") == Some(part));
        builtins::ALL.iter().copied().filter(move |name| !boot(name))
    }

    #[test]
    fn no_built_in_needs_a_call_to_be_read_in() {
        for name in names().filter(|name| !NOT_BEFORE.contains(name)) {
            let mut realm = Realm::prepare().unwrap();
            assert!(realm.read_in(&Habits(vec![(name, 0)])));
            assert!(realm.host.builtins.borrow().contains(&name), "{name} was not read in");
            assert!(!realm.host.asked_early(), "{name} asks for something of the call");
            assert!(realm.host.follower.borrow().is_none(), "{name} follows promises");
            assert!(realm.is_fit(&Limits::default()));
        }
    }

    #[test]
    fn what_asks_too_early_and_what_holds_too_much_is_not_used() {
        let realm = Realm::prepare().unwrap();
        assert!(realm.is_fit(&Limits::default()));
        let used = realm.host.memory.used() as u32;
        assert!(!realm.is_fit(&Limits { memory_bytes: used * 7, ..Limits::default() }));
        realm.host.now_ms();
        assert!(!realm.is_fit(&Limits::default()));
    }

    #[test]
    fn habits_follow_what_is_asked_for() {
        let mut habits = Habits::default();
        habits.learn(&["crypto", "async_hooks"]);
        let known = |habits: &Habits, name| habits.0.iter().any(|(known, _)| *known == name);
        assert!(known(&habits, "crypto") && known(&habits, USUAL[1]));
        assert!(!known(&habits, "async_hooks"));
        for _ in 0..REMEMBERED {
            assert!(known(&habits, "crypto"));
            habits.learn(&[USUAL[1]]);
        }
        habits.learn(&[USUAL[1]]);
        assert!(!known(&habits, "crypto") && known(&habits, USUAL[1]));
    }
}
