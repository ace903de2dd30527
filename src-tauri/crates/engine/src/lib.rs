//! One call of one function in QuickJS.
//!
//! [`call()`] runs the handler of a function's package in a fresh runtime and reports what came of it: the value or the failure, the log, the
//! HTTP exchanges, where the time went. It is meant to run in a worker process: a script can neither read files outside its package nor
//! start processes nor open sockets but through `fetch` and `http`, but a crash of the engine takes the process with it.
//!
//! * [`report`]: what goes into a call and what comes out.
//! * `call`: the loop. One turn = a piece of script, then `process.nextTick` callbacks and promise jobs until none is left, as Node does it.
//! * `realm`: what a call runs in, made for it or prepared while nobody calls.
//! * `package`, `manifest`, `resolve`, `exports`: where files come from and which file a specifier names.
//! * `imports`, `lexer`: ES modules, and the names of CommonJS modules for them. `bytecode`: compiling, once for many calls.
//! * `builtins`, `js/`: Node's modules and globals in JavaScript, compiled when first used, then kept as bytecode.
//! * `ops/`: what they need from native code, one file a group.

mod builtins;
mod bytecode;
mod call;
mod exports;
#[doc(hidden)]
pub mod fuzzing;
mod host;
mod imports;
mod lexer;
mod log;
mod manifest;
mod memory;
mod names;
mod ops;
mod package;
mod realm;
pub mod report;
mod resolve;
mod value;

pub use call::{call, call_in, compile};
pub use realm::{Habits, Realm};
pub use report::*;
