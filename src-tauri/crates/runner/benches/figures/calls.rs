//! A cold call beside a bare engine, beside Node, and what the way to a worker adds.

use std::time::Instant;

use serde_json::json;

use crate::bare::Bare;
use crate::line::{Bound, Samples, Wanted, print, round, thread_time};
use crate::node::{self, Node};
use crate::{server, world};

const COLD: &str = "call.cold_over_bare";
const NODE: &str = "call.node_start_over_cold";
const OVERRUN: &str = "call.native_overrun_ms";
const ROUND_TRIP: &str = "call.worker_round_trip_us";

pub fn measure(wanted: &Wanted) {
    if wanted.any(&[COLD]) {
        cold_over_bare(wanted);
    }
    if wanted.any(&[NODE]) {
        node_over_cold(wanted);
    }
    if wanted.any(&[OVERRUN]) {
        overrun(wanted);
    }
    if wanted.any(&[ROUND_TRIP]) {
        round_trip(wanted);
    }
}

fn cold_over_bare(wanted: &Wanted) {
    let service = server::start();
    let package = world::package(world::FUNCTION);
    let parameters = world::parameters(&service);
    let text = parameters.to_string();
    let (runtime, bare) = (world::runtime(), Bare::new());
    let (mut bare_side, mut cold_side) = (Sides::default(), Sides::default());
    for run in 0..wanted.runs(400, 60) + 5 {
        // The first ones compile the built-ins and open the connections.
        let kept = run >= 5;
        let value = bare_side.measure(kept, || runtime.block_on(bare.call(world::FUNCTION, &text)));
        let request = world::request(package.path(), &parameters);
        let report = cold_side.measure(kept, || runtime.block_on(engine::call(request, |_| {})));
        assert_eq!(world::returned(report).to_string(), value, "both sides do the same");
    }
    let ratio = cold_side.wall.median() / bare_side.wall.median();
    let more = json!({
        "against": "bare rquickjs in the same process: runtime, context, compile, call, the same HTTP exchange",
        "cold": cold_side.wall.told(),
        "bare": bare_side.wall.told(),
        "by_processor_time": round(cold_side.processor.median() / bare_side.processor.median()),
        "cold_processor_us": round(cold_side.processor.median() * 1e6),
        "bare_processor_us": round(bare_side.processor.median() * 1e6),
    });
    print(wanted, COLD, ratio, "ratio", Bound::Most(1.6), more);
}

/// One side by the clock and by the processor time of this thread, which does all of its work.
#[derive(Default)]
struct Sides {
    wall: Samples,
    processor: Samples,
}

impl Sides {
    fn measure<T>(&mut self, kept: bool, run: impl FnOnce() -> T) -> T {
        let (begin, processor) = (Instant::now(), thread_time());
        let result = run();
        if kept {
            self.wall.push(begin.elapsed());
            self.processor.push_seconds(thread_time() - processor);
        }
        result
    }
}

fn node_over_cold(wanted: &Wanted) {
    if node::version().is_none() {
        eprintln!("   left out: there is no node on the PATH");
        return;
    }
    let service = server::start();
    let package = world::package(world::FUNCTION);
    let parameters = world::parameters(&service);
    let text = parameters.to_string();
    let (runtime, node, pool) = (world::runtime(), Node::new(), world::pool(|_| {}));
    let (mut node_side, mut cold_side) = (Samples::default(), Samples::default());
    let request = || world::request(package.path(), &parameters);
    world::returned(runtime.block_on(pool.call(request())));
    for _ in 0..wanted.runs(40, 8) {
        let value = node_side.time(|| node.call(package.path(), &text));
        for _ in 0..5 {
            let report = cold_side.time(|| runtime.block_on(pool.call(request())));
            assert_eq!(world::returned(report), value, "both sides do the same");
        }
    }
    let more = json!({
        "against": "starting Node for the same call; ours is a cold call in a waiting worker, round trip included",
        "node": node_side.told(),
        "cold": cold_side.told(),
    });
    print(wanted, NODE, node_side.median() / cold_side.median(), "ratio", Bound::Least(80.0), more);
    runtime.block_on(pool.shutdown());
}

fn round_trip(wanted: &Wanted) {
    let package = world::package("exports.handler = async (p) => ({ output: p });");
    let parameters = json!({ "input": { "text": "x".repeat(500) } });
    let (runtime, pool) = (world::runtime(), world::pool(|_| {}));
    let (mut here, mut there) = (Samples::default(), Samples::default());
    let request = || world::request(package.path(), &parameters);
    for run in 0..wanted.runs(1000, 150) + 5 {
        let begin = Instant::now();
        let report = runtime.block_on(engine::call(request(), |_| {}));
        let without = begin.elapsed();
        world::returned(report);
        let begin = Instant::now();
        let report = runtime.block_on(pool.call(request()));
        let with = begin.elapsed();
        world::returned(report);
        if run >= 5 {
            here.push(without);
            there.push(with);
        }
    }
    let more = json!({
        "against": "the same call in the calling process",
        "worker": there.told(),
        "in_process": here.told(),
    });
    let added = (there.median() - here.median()) * 1e6;
    print(wanted, ROUND_TRIP, added, "us", Bound::Most(150.0), more);
    runtime.block_on(pool.shutdown());
}

/// How long a native operation that nothing interrupts goes on after the time limit.
fn overrun(wanted: &Wanted) {
    const STUCK: &str = "
        const text = 'a'.repeat(20 << 20), part = 'a'.repeat(10 << 20) + 'b';
        exports.handler = () => { for (;;) text.indexOf(part); };";
    let package = world::package(STUCK);
    let (runtime, pool) = (world::runtime(), world::pool(|_| {}));
    let mut over = Samples::default();
    for _ in 0..wanted.runs(7, 3) {
        let mut request = world::request(package.path(), &json!({}));
        request.limits.time_ms = 300;
        let limit = f64::from(request.limits.time_ms) / 1000.0;
        let begin = Instant::now();
        runtime.block_on(pool.call(request));
        over.push_seconds(begin.elapsed().as_secs_f64() - limit);
    }
    let more = json!({ "against": "the call's time limit", "over": over.told() });
    print(wanted, OVERRUN, over.median() * 1e3, "ms", Bound::Most(1000.0), more);
    runtime.block_on(pool.shutdown());
}
