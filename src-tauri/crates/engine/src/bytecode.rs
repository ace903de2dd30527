//! Compiling the author's files, and remembering the result for the next call.
//!
//! The engine trusts bytecode: what is loaded must have been written by itself. So it never leaves this process, neither a script
//! nor a file can bring any in, and it is found again by a hash over what it was compiled from: the text, the name that
//! it shows in stacks, and how it was compiled.

use std::collections::HashMap;
use std::ffi::CString;
use std::sync::{Arc, Mutex, PoisonError};

use rquickjs::module::{Declared, WriteOptions};
use rquickjs::{Ctx, Error, Module, Result, Value, qjs};
use sha2::{Digest, Sha256};

use crate::memory::Budget;

/// Bytes that are remembered at most, over all packages.
const MAX_REMEMBERED: usize = 48 << 20;

type Key = [u8; 32];

static REMEMBERED: Mutex<Option<Remembered>> = Mutex::new(None);

#[derive(Default)]
struct Remembered {
    known: HashMap<Key, (Arc<[u8]>, u64)>,
    bytes: usize,
    clock: u64,
}

impl Remembered {
    fn get(&mut self, key: &Key) -> Option<Arc<[u8]>> {
        self.clock += 1;
        let (bytecode, used) = self.known.get_mut(key)?;
        *used = self.clock;
        Some(Arc::clone(bytecode))
    }

    /// What was not used for longest makes room.
    fn insert(&mut self, key: Key, bytecode: Arc<[u8]>) {
        if bytecode.len() > MAX_REMEMBERED / 4 {
            return;
        }
        self.clock += 1;
        self.bytes += bytecode.len();
        if let Some((old, _)) = self.known.insert(key, (bytecode, self.clock)) {
            self.bytes -= old.len();
        }
        if self.bytes <= MAX_REMEMBERED {
            return;
        }
        let mut by_use: Vec<(u64, Key)> =
            self.known.iter().map(|(key, (_, used))| (*used, *key)).collect();
        by_use.sort_unstable();
        for (_, key) in by_use {
            if self.bytes <= MAX_REMEMBERED / 4 * 3 {
                break;
            }
            if let Some((old, _)) = self.known.remove(&key) {
                self.bytes -= old.len();
            }
        }
    }
}

fn remembered(key: &Key) -> Option<Arc<[u8]>> {
    REMEMBERED.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().get(key)
}

fn remember(key: Key, bytecode: &[u8]) {
    let mut all = REMEMBERED.lock().unwrap_or_else(PoisonError::into_inner);
    all.get_or_insert_default().insert(key, bytecode.into());
}

fn key(kind: &[u8; 1], name: &str, content: &[u8; 32]) -> Key {
    Sha256::new()
        .chain_update(kind)
        .chain_update((name.len() as u64).to_le_bytes())
        .chain_update(name)
        .chain_update(content)
        .finalize()
        .into()
}

/// Writing bytecode takes memory of the call; a call that is short of it goes without.
fn has_room(memory: &Budget, source: usize) -> bool {
    memory.left() > source.saturating_mul(6)
}

/// The value of a script: `source`, which has the hash `content` and is called `name` in stacks.
pub(crate) fn script<'js>(
    ctx: &Ctx<'js>,
    memory: &Budget,
    name: &str,
    content: &[u8; 32],
    source: impl FnOnce() -> String,
) -> Result<Value<'js>> {
    let key = key(b"s", name, content);
    let compiled = match remembered(&key) {
        Some(bytecode) => load(ctx, &bytecode)?,
        None => {
            let source = source();
            let length = source.len();
            let compiled = compile(ctx, name, source)?;
            if has_room(memory, length)
                && let Some(bytecode) = save(ctx, &compiled)
            {
                remember(key, &bytecode);
            }
            compiled
        }
    };
    run(ctx, &compiled)
}

/// An ES module, declared but not evaluated.
pub(crate) fn module<'js>(
    ctx: &Ctx<'js>,
    memory: &Budget,
    name: &str,
    content: &[u8; 32],
    source: impl FnOnce() -> String,
) -> Result<Module<'js, Declared>> {
    let key = key(b"m", name, content);
    if let Some(bytecode) = remembered(&key) {
        #[expect(unsafe_code, reason = "the engine reads its own bytecode")]
        // SAFETY: written by `Module::write` of the same engine in this process.
        return unsafe { Module::load(ctx.clone(), &bytecode) };
    }
    let source = source();
    let length = source.len();
    let module = Module::declare(ctx.clone(), name, source)?;
    if has_room(memory, length)
        && let Ok(bytecode) = module.write(WriteOptions::default())
    {
        remember(key, &bytecode);
    }
    Ok(module)
}

/// Whether `source` is the text of an ES module; if not, the engine holds the exception that says why.
pub(crate) fn is_module(ctx: &Ctx<'_>, name: &str, source: String) -> bool {
    Module::declare(ctx.clone(), format!("{name}?looked-at"), source).is_ok()
}

/// Compiles without running. The result is no value that a script may see.
#[expect(unsafe_code, reason = "rquickjs compiles without running only modules")]
fn compile<'js>(ctx: &Ctx<'js>, name: &str, source: String) -> Result<Value<'js>> {
    let name = CString::new(name)?;
    let source = CString::new(source)?;
    // SAFETY: both strings end in NUL and outlive the call; the result is owned by the value made of it.
    unsafe {
        let flags = qjs::JS_EVAL_TYPE_GLOBAL | qjs::JS_EVAL_FLAG_COMPILE_ONLY;
        let compiled = qjs::JS_Eval(
            ctx.as_raw().as_ptr(),
            source.as_ptr(),
            source.as_bytes().len() as _,
            name.as_ptr(),
            flags as i32,
        );
        owned(ctx, compiled)
    }
}

/// The bytecode of what [`compile`] gave.
#[expect(unsafe_code, reason = "rquickjs writes only modules")]
fn save(ctx: &Ctx<'_>, compiled: &Value<'_>) -> Option<Vec<u8>> {
    let mut length = 0;
    // SAFETY: the engine gives a block of `length` bytes, which is copied and given back.
    unsafe {
        let block = qjs::JS_WriteObject(
            ctx.as_raw().as_ptr(),
            &mut length,
            compiled.as_raw(),
            qjs::JS_WRITE_OBJ_BYTECODE as i32,
        );
        if block.is_null() {
            ctx.catch();
            return None;
        }
        let bytecode = std::slice::from_raw_parts(block, length as usize).to_vec();
        qjs::js_free(ctx.as_raw().as_ptr(), block.cast());
        Some(bytecode)
    }
}

#[expect(unsafe_code, reason = "rquickjs reads only modules")]
fn load<'js>(ctx: &Ctx<'js>, bytecode: &[u8]) -> Result<Value<'js>> {
    // SAFETY: written by `save` of the same engine in this process; see the head of this file.
    unsafe {
        let compiled = qjs::JS_ReadObject(
            ctx.as_raw().as_ptr(),
            bytecode.as_ptr(),
            bytecode.len() as _,
            qjs::JS_READ_OBJ_BYTECODE as i32,
        );
        owned(ctx, compiled)
    }
}

/// Runs what [`compile`] or [`load`] gave.
#[expect(unsafe_code, reason = "rquickjs runs only modules")]
fn run<'js>(ctx: &Ctx<'js>, compiled: &Value<'js>) -> Result<Value<'js>> {
    // SAFETY: the engine takes over one reference, which is made for it.
    unsafe {
        let context = ctx.as_raw().as_ptr();
        let taken = qjs::JS_DupValue(context, compiled.as_raw());
        owned(ctx, qjs::JS_EvalFunction(context, taken))
    }
}

/// # Safety
/// `raw` must be a value of this context that the caller owns.
#[expect(unsafe_code, reason = "values cross the border of the engine here")]
unsafe fn owned<'js>(ctx: &Ctx<'js>, raw: qjs::JSValue) -> Result<Value<'js>> {
    // SAFETY: see above.
    unsafe {
        if qjs::JS_IsException(raw) {
            return Err(Error::Exception);
        }
        Ok(Value::from_raw(ctx.clone(), raw))
    }
}

/// The value of a script whose text comes from a script: compiled each time.
pub(crate) fn compiled<'js>(ctx: &Ctx<'js>, name: &str, source: String) -> Result<Value<'js>> {
    run(ctx, &compile(ctx, name, source)?)
}

/// Compiles a script and forgets the result.
pub(crate) fn check(ctx: &Ctx<'_>, name: &str, source: String) -> Result<()> {
    compile(ctx, name, source).map(drop)
}
