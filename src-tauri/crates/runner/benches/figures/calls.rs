//! A cold call beside a bare engine, beside Node, and what the way to a worker adds.

use serde_json::json;

use crate::bare::Bare;
use crate::line::{Bound, Samples, Wanted, print};
use crate::node::{self, Node};
use crate::{server, world};

const COLD: &str = "call.cold_over_bare";
const NODE: &str = "call.node_start_over_cold";
const ROUND_TRIP: &str = "call.worker_round_trip_us";

pub fn measure(wanted: &Wanted) {
    if wanted.any(&[COLD]) {
        cold_over_bare(wanted);
    }
    if wanted.any(&[NODE]) {
        node_over_cold(wanted);
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
    let (mut bare_side, mut cold_side) = (Samples::default(), Samples::default());
    for run in 0..wanted.runs(400, 60) + 5 {
        let begin = std::time::Instant::now();
        let value = runtime.block_on(bare.call(world::FUNCTION, &text));
        let bare_time = begin.elapsed();
        let begin = std::time::Instant::now();
        let report =
            runtime.block_on(engine::call(world::request(package.path(), &parameters), |_| {}));
        let cold_time = begin.elapsed();
        assert_eq!(world::returned(report).to_string(), value, "both sides do the same");
        // The first ones compile the built-ins and open the connections.
        if run >= 5 {
            bare_side.push(bare_time);
            cold_side.push(cold_time);
        }
    }
    let ratio = cold_side.median() / bare_side.median();
    let more = json!({
        "against": "bare rquickjs in the same process: runtime, context, compile, call, the same HTTP exchange",
        "cold": cold_side.told(),
        "bare": bare_side.told(),
    });
    print(wanted, COLD, ratio, "ratio", Bound::Most(1.6), more);
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
        let begin = std::time::Instant::now();
        let report = runtime.block_on(engine::call(request(), |_| {}));
        let without = begin.elapsed();
        world::returned(report);
        let begin = std::time::Instant::now();
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
