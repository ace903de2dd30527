//! Script calls in processes of their own.
//!
//! [`engine`] runs one call of one function; this crate puts a process border around it. A script that loops in native
//! code, eats memory or makes the engine abort costs its own call and nothing else: [`Pool`] ends the process, says in the
//! report what happened, and has another one ready.
//!
//! The program starts itself as a worker: `main` calls [`worker_main_if_asked`] before anything else. A worker reads calls
//! from its standard input and writes what they leave behind to its standard output, as length-prefixed frames
//! (`frame.rs`); the descriptors 0, 1 and 2 are then re-pointed, so nothing that a script or a library prints can get in
//! between. A worker has no environment, a temporary folder of its own as working directory, small limits, no right to
//! write elsewhere, to start programs or to listen where the kernel can refuse that, and dies with its parent. With its
//! first call it is bound to one package and can read nothing else (`confine.rs`); one worker more is kept ready for a
//! package that has none yet.
//!
//! While a worker waits it has a realm prepared: booted, with the built-ins read in that its last calls asked for, and
//! nothing of any call in it. The next call begins in it at once, with its own limits, clock and package, and the realm ends
//! with the call. A call that comes before it is ready goes on from where the preparation stands.
//!
//! Supervision, per call: a hard deadline half a second after the time limit (before it, the engine itself stops the
//! script); a look at the worker's memory every 50 ms; every frame bounded and checked. What a call had logged and sent
//! before its worker ended is in the report. A worker that is found dead before it began a call is replaced and the call
//! started again; one that died after that is not, because the function may have done something in the world.

mod cancel;
mod confine;
mod folders;
mod frame;
#[doc(hidden)]
pub mod fuzzing;
mod memory;
mod node;
mod partial;
mod pool;
mod process;
mod starter;
mod words;
mod worker;

pub use cancel::CancelHandle;
pub use confine::Confinement;
pub use engine::{
    Body, CallReport, CallRequest, Failure, FailureReason, HttpExchange, Limits, LogLevel, LogLine,
    Observation, Outcome, Timing,
};
pub use memory::private_bytes;
pub use node::{Node, NodeError};
pub use pool::{Pool, PoolConfig, WorkerInfo};
pub use worker::{worker_main_if_asked, worker_main_with};
