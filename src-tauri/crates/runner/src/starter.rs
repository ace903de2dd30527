//! The thread that starts workers.
//!
//! On Linux a worker is killed when the *thread* that started it ends, and threads of an asynchronous runtime come and go.
//! So one thread, which lives as long as the program, starts them all.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::sync::mpsc::{Sender, channel};

use tokio::process::{Child, Command};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

struct Order {
    command: Command,
    runtime: Handle,
    answer: oneshot::Sender<io::Result<Child>>,
}

static ORDERS: OnceLock<Sender<Order>> = OnceLock::new();

/// Starts `command` as a child that belongs to the current runtime.
pub(crate) async fn start(command: Command) -> io::Result<Child> {
    let gone = || io::Error::other("the thread that starts script workers has ended");
    let (answer, started) = oneshot::channel();
    let order = Order { command, runtime: Handle::current(), answer };
    ORDERS.get_or_init(run).send(order).map_err(|_| gone())?;
    started.await.map_err(|_| gone())?
}

fn run() -> Sender<Order> {
    let (sender, orders) = channel::<Order>();
    let work = move || {
        for mut order in orders {
            let _inside = order.runtime.enter();
            // A runtime that is about to end panics here; the thread serves others too.
            let started = catch_unwind(AssertUnwindSafe(|| order.command.spawn()));
            let ended = |_| Err(io::Error::other("the program is ending"));
            // Where nobody waits any more the child is dropped and with that killed.
            let _ = order.answer.send(started.unwrap_or_else(ended));
        }
    };
    // Without the thread the receiver is dropped, and `start` says so.
    let _ = std::thread::Builder::new().name("start-workers".into()).spawn(work);
    sender
}
