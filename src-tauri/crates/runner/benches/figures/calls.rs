//! A cold call beside a bare engine, beside Node, and what the way to a worker adds.

use std::time::{Duration, Instant};

use engine::{Habits, Realm};
use serde_json::json;

use crate::bare::Bare;
use crate::line::{Bound, Samples, Wanted, print, round, thread_time};
use crate::node::{self, Node};
use crate::{server, world};

const COLD: &str = "call.cold_over_bare";
const UNPREPARED: &str = "call.unprepared_over_bare";
const NODE: &str = "call.node_start_over_cold";
const OVERRUN: &str = "call.native_overrun_ms";
const ROUND_TRIP: &str = "call.worker_round_trip_us";

/// Between two calls of one caller, so that the worker is done with the last one.
const PAUSE: Duration = Duration::from_millis(10);

pub fn measure(wanted: &Wanted) {
    if wanted.any(&[COLD, UNPREPARED]) {
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

/// What a caller waits for, and the whole work: beside the bare engine's in the same run.
fn cold_over_bare(wanted: &Wanted) {
    let service = server::start();
    let package = world::package(world::FUNCTION);
    let parameters = world::parameters(&service);
    let text = parameters.to_string();
    let (runtime, bare) = (world::runtime(), Bare::new());
    let mut habits = Habits::default();
    let [mut bare_answer, mut cold, mut bare_whole, mut unprepared] = <[Sides; 4]>::default();
    for run in 0..wanted.runs(400, 60) + 5 {
        // The first ones compile the built-ins and open the connections.
        let kept = run >= 5;
        let begun = Clocks::now();
        let (value, remains) = runtime.block_on(bare.call(world::FUNCTION, &text));
        bare_answer.push(kept, &begun);
        drop(remains);
        bare_whole.push(kept, &begun);

        // What a worker does while it waits.
        let mut realm = Realm::prepare().unwrap();
        while realm.read_in(&habits) {}
        let request = || world::request(package.path(), &parameters);
        let begun = Clocks::now();
        let call = engine::call_in(
            Some(realm),
            &mut habits,
            request(),
            |_| {},
            |report| {
                cold.push(kept, &begun);
                report
            },
        );
        let report = runtime.block_on(call);
        assert_eq!(world::returned(report).to_string(), value, "both sides do the same");

        let begun = Clocks::now();
        let report = runtime.block_on(engine::call(request(), |_| {}));
        unprepared.push(kept, &begun);
        assert_eq!(world::returned(report).to_string(), value, "both sides do the same");
    }
    let told = |ours: &Sides, bare: &Sides, against: &str| {
        json!({
            "against": against,
            "cold": ours.wall.told(),
            "bare": bare.wall.told(),
            "by_processor_time": round(ours.processor.median() / bare.processor.median()),
            "cold_processor_us": round(ours.processor.median() * 1e6),
            "bare_processor_us": round(bare.processor.median() * 1e6),
        })
    };
    let more = told(
        &cold,
        &bare_answer,
        "bare rquickjs in the same process, from nothing to the answer: runtime, context, compile, call, the same HTTP exchange; ours from the request to the report, in a fresh realm that was prepared before the request came, as a worker does while it waits; neither side's taking down is counted",
    );
    print(wanted, COLD, cold.over(&bare_answer), "ratio", Bound::Most(1.6), more);
    let more = told(
        &unprepared,
        &bare_whole,
        "the same, but nothing was prepared, as when calls come back to back: all work of a call, on both sides with the taking down",
    );
    print(wanted, UNPREPARED, unprepared.over(&bare_whole), "ratio", Bound::None, more);
}

/// One side by the clock and by the processor time of this thread, which does all of its work.
#[derive(Default)]
struct Sides {
    wall: Samples,
    processor: Samples,
}

/// When something began.
struct Clocks {
    wall: Instant,
    processor: f64,
}

impl Clocks {
    fn now() -> Self {
        Self { wall: Instant::now(), processor: thread_time() }
    }
}

impl Sides {
    fn push(&mut self, kept: bool, begun: &Clocks) {
        if kept {
            self.wall.push(begun.wall.elapsed());
            self.processor.push_seconds(thread_time() - begun.processor);
        }
    }

    fn over(&self, other: &Self) -> f64 {
        self.wall.median() / other.wall.median()
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
            // In the app nobody calls again within milliseconds: the worker has its realm prepared.
            runtime.block_on(async { tokio::time::sleep(PAUSE).await });
            let report = cold_side.time(|| runtime.block_on(pool.call(request())));
            assert_eq!(world::returned(report), value, "both sides do the same");
        }
    }
    let more = json!({
        "against": "starting Node for the same call; ours is a cold call in a worker that has waited for 10 ms, round trip included",
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
    let mut habits = Habits::default();
    for run in 0..wanted.runs(1000, 150) + 5 {
        // Both sides with their realm prepared.
        let mut realm = Realm::prepare().unwrap();
        while realm.read_in(&habits) {}
        let begin = Instant::now();
        let call = engine::call_in(
            Some(realm),
            &mut habits,
            request(),
            |_| {},
            |report| (report, begin.elapsed()),
        );
        let (report, without) = runtime.block_on(call);
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
