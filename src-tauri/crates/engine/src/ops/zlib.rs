//! Compression: streams that are stepped with bounded input and output, so that the script's limits hold between two steps.

mod brotli;
mod deflate;

use std::cell::RefCell;
use std::rc::Rc;

use rquickjs::class::Trace;
use rquickjs::{Array, Class, Ctx, Exception, Object, Result, TypedArray};

use self::brotli::{BrotliDecoder, BrotliEncoder};
use self::deflate::{Deflater, Format, Inflater};
use super::define;
use crate::host::Host;
use crate::memory::Budget;
use crate::value::{Bytes, Text, array, throw_coded, with_bytes};

/// Bytes that one step reads and writes at most.
const STEP: usize = 256 << 10;

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, host: &Rc<Host>, object: &Object<'js>) -> Result<()> {
    // open(mode, windowBits, level, memLevel, strategy, dictionary?)
    let at = Rc::clone(host);
    define!(ctx, object, "open", move |ctx: Ctx<'js>,
                                       mode: Text,
                                       window_bits: u8,
                                       level: i32,
                                       mem_level: i32,
                                       strategy: u8,
                                       dictionary: Option<Bytes>|
          -> Result<Class<'js, Zip>> {
        let dictionary = dictionary.map(|bytes| bytes.0);
        let coder: Box<dyn Coder> = match mode.0.as_str() {
            "deflate" | "gzip" | "deflateraw" => {
                let format = match mode.0.as_str() {
                    "deflate" => Format::Zlib,
                    "gzip" => Format::Gzip,
                    _ => Format::Raw,
                };
                let made =
                    Deflater::new(format, window_bits, level, mem_level, strategy, dictionary);
                match made {
                    Some(coder) => Box::new(coder),
                    None => {
                        return Err(throw_coded(
                            &ctx,
                            "Failed to set dictionary",
                            "ERR_ZLIB_DICTIONARY_LOAD_FAILED",
                        ));
                    }
                }
            }
            "inflate" => Box::new(Inflater::new(Format::Zlib, window_bits, dictionary)),
            "gunzip" => Box::new(Inflater::new(Format::Gzip, window_bits, dictionary)),
            "unzip" => Box::new(Inflater::new(Format::Either, window_bits, dictionary)),
            _ => Box::new(Inflater::new(Format::Raw, window_bits, dictionary)),
        };
        zip(&ctx, &at, coder)
    });
    // brotli(encode, parameters as pairs of number and value)
    let at = Rc::clone(host);
    define!(ctx, object, "brotli", move |ctx: Ctx<'js>,
                                         encode: bool,
                                         parameters: Vec<Vec<u32>>|
          -> Result<Class<'js, Zip>> {
        let coder: Box<dyn Coder> = if encode {
            match BrotliEncoder::new(&parameters) {
                Some(coder) => Box::new(coder),
                None => {
                    return Err(throw_coded(
                        &ctx,
                        "Initialization failed",
                        "ERR_ZLIB_INITIALIZATION_FAILED",
                    ));
                }
            }
        } else {
            Box::new(BrotliDecoder::new())
        };
        zip(&ctx, &at, coder)
    });
    // step(zip, flush, input, from, to, room) → [output, bytes read, whether it is at rest, message?, errno?, code?]
    define!(ctx, object, "step", |ctx: Ctx<'js>,
                                  zip: Class<'js, Zip>,
                                  flush: u8,
                                  input: TypedArray<'js, u8>,
                                  from: usize,
                                  to: usize,
                                  room: usize|
     -> Result<Array<'js>> {
        let zip = zip.borrow();
        let mut coder = zip.coder.borrow_mut();
        let Some(coder) = coder.as_mut() else {
            return Err(Exception::throw_message(&ctx, "zlib binding closed"));
        };
        let room = room.clamp(1, STEP);
        if !zip.budget.reserve(room) {
            return Err(out_of_memory(&ctx));
        }
        let mut output = vec![0; room];
        let step = with_bytes(&input, |input| {
            let to = to.min(input.len());
            let from = from.min(to);
            // What lies behind the part of this step is still to come: no flush yet.
            let part = &input[from..to.min(from.saturating_add(STEP))];
            let flush = if from + part.len() < to { 0 } else { flush };
            coder.step(flush, part, &mut output)
        });
        let result = Array::new(ctx.clone())?;
        let made = array(&ctx, &output[..step.written]);
        zip.budget.release(room);
        result.set(0, made?)?;
        result.set(1, step.read as f64)?;
        result.set(2, step.written < room)?;
        if let Some(fault) = step.fault {
            result.set(3, fault.message)?;
            result.set(4, fault.errno)?;
            result.set(5, fault.code)?;
        }
        zip.settle(&ctx, coder.memory())?;
        Ok(result)
    });
    define!(ctx, object, "params", |zip: Class<'js, Zip>, level: i32, strategy: u8| -> bool {
        let zip = zip.borrow();
        let mut coder = zip.coder.borrow_mut();
        coder.as_mut().is_some_and(|coder| coder.tune(level, strategy))
    });
    define!(ctx, object, "reset", |zip: Class<'js, Zip>| {
        let zip = zip.borrow();
        if let Some(coder) = zip.coder.borrow_mut().as_mut() {
            coder.reset();
        }
    });
    define!(ctx, object, "close", |zip: Class<'js, Zip>| zip.borrow().close());
    define!(ctx, object, "crc32", |bytes: TypedArray<'js, u8>, start: u32| {
        f64::from(with_bytes(&bytes, |bytes| zlib_rs::crc32::crc32(start, bytes)))
    });
    Ok(())
}

fn zip<'js>(ctx: &Ctx<'js>, host: &Host, coder: Box<dyn Coder>) -> Result<Class<'js, Zip>> {
    let memory = coder.memory();
    let zip = Zip {
        coder: RefCell::new(Some(coder)),
        budget: host.memory.clone(),
        held: RefCell::new(0),
    };
    zip.settle(ctx, memory)?;
    Class::instance(ctx.clone(), zip)
}

/// As the engine says it itself; the budget knows that it is so.
fn out_of_memory(ctx: &Ctx<'_>) -> rquickjs::Error {
    Exception::throw_internal(ctx, "out of memory")
}

/// A stream under way, held by the script; its memory counts as the script's.
#[rquickjs::class]
pub(crate) struct Zip {
    coder: RefCell<Option<Box<dyn Coder>>>,
    budget: Budget,
    held: RefCell<usize>,
}

impl Zip {
    /// Counts what the coder holds now.
    fn settle(&self, ctx: &Ctx<'_>, memory: usize) -> Result<()> {
        let mut held = self.held.borrow_mut();
        if memory > *held {
            if !self.budget.reserve(memory - *held) {
                return Err(out_of_memory(ctx));
            }
        } else {
            self.budget.release(*held - memory);
        }
        *held = memory;
        Ok(())
    }

    fn close(&self) {
        *self.coder.borrow_mut() = None;
        self.budget.release(self.held.replace(0));
    }
}

impl Drop for Zip {
    fn drop(&mut self) {
        self.close();
    }
}

impl<'js> Trace<'js> for Zip {
    fn trace<'a>(&self, _: rquickjs::class::Tracer<'a, 'js>) {}
}

#[expect(unsafe_code, reason = "states that the type holds no script value")]
// SAFETY: `Zip` has no lifetime and holds nothing of the script.
unsafe impl rquickjs::JsLifetime<'_> for Zip {
    type Changed<'to> = Zip;
}

/// What one step did.
#[derive(Debug, Default)]
struct Step {
    read: usize,
    written: usize,
    fault: Option<Fault>,
}

/// What is wrong with the data, in Node's words.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fault {
    message: String,
    errno: i32,
    code: String,
}

impl Fault {
    fn new(message: &str, errno: i32, code: &str) -> Self {
        Self { message: message.to_owned(), errno, code: code.to_owned() }
    }

    fn cut() -> Self {
        Self::new("unexpected end of file", -5, "Z_BUF_ERROR")
    }
}

/// One direction of one format.
trait Coder {
    /// Reads from `input` and fills `output` until one of them is used up. `flush` is the format's own number.
    fn step(&mut self, flush: u8, input: &[u8], output: &mut [u8]) -> Step;
    /// Begins anew with the same settings.
    fn reset(&mut self);
    /// Another level and strategy from here on; `false` = not in this format.
    fn tune(&mut self, _level: i32, _strategy: u8) -> bool {
        false
    }
    /// Bytes held, about.
    fn memory(&self) -> usize;
}
