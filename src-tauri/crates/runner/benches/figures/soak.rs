//! Many calls in a row: what memory does, and what more cores bring.

use std::time::Instant;

use runner::Pool;
use serde_json::{Value, json};

use crate::line::{Bound, Wanted, print, round};
use crate::{server, world};

const GROWTH: &str = "soak.memory_growth";
const CALLS: &str = "soak.calls_per_second";
const SCALING: &str = "soak.scaling";

pub fn measure(wanted: &Wanted) {
    if wanted.any(&[GROWTH]) {
        growth(wanted);
    }
    if wanted.any(&[CALLS, SCALING]) {
        throughput(wanted);
    }
}

/// Private memory of the app's side and of the workers, in MB.
fn memory(pool: &Pool) -> [f64; 2] {
    let app = runner::private_bytes(std::process::id()).unwrap_or_default();
    let workers: u64 = pool.workers().iter().filter_map(|worker| worker.memory_bytes).sum();
    [app as f64 / 1e6, workers as f64 / 1e6]
}

fn median(samples: &[[f64; 2]], side: usize) -> f64 {
    let mut sorted: Vec<f64> = samples.iter().map(|both| both[side]).collect();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// The workers are kept from retiring, which would hide what they gather.
fn growth(wanted: &Wanted) {
    let (calls, begun, every) = if wanted.quick { (1_500, 500, 20) } else { (10_000, 1_000, 50) };
    let service = server::start();
    let package = world::package(world::FUNCTION);
    let parameters = world::parameters(&service);
    let runtime = world::runtime();
    let pool = world::pool(|config| {
        config.calls_per_worker = u32::MAX;
        config.growth_bytes = u64::MAX / 2;
    });
    let mut samples = Vec::new();
    for call in 0..calls {
        world::returned(runtime.block_on(pool.call(world::request(package.path(), &parameters))));
        if call % every == 0 {
            samples.push(memory(&pool));
        }
        if call % 1_000 == 999 {
            eprintln!("   {} calls", call + 1);
        }
    }
    // A few samples around each end, for pages come and go.
    let window = 10;
    let from = begun / every;
    let (early, late) = (&samples[from..from + window], &samples[samples.len() - window..]);
    let growth = |side| median(late, side) / median(early, side) - 1.0;
    let told = |side| json!({ "early_mb": round(median(early, side)), "late_mb": round(median(late, side)), "growth": round(growth(side)) });
    let more = json!({
        "calls": calls,
        "against": format!("the same processes after {begun} calls"),
        "app": told(0),
        "workers": told(1),
    });
    print(wanted, GROWTH, growth(0).max(growth(1)), "share", Bound::Most(0.05), more);
    runtime.block_on(pool.shutdown());
}

/// Calls in a second, by as many workers as callers.
fn rate(service: &str, workers: usize, calls: usize) -> f64 {
    let package = world::package(world::FUNCTION);
    let parameters = world::parameters(service);
    let runtime = world::runtime();
    let pool = world::pool(|config| config.workers = workers);
    let caller = |count: usize| {
        let (pool, package, parameters): (_, _, Value) =
            (pool.clone(), package.path().to_path_buf(), parameters.clone());
        async move {
            for _ in 0..count {
                world::returned(pool.call(world::request(&package, &parameters)).await);
            }
        }
    };
    runtime.block_on(async {
        let all = |count: usize| {
            let running: Vec<_> = (0..workers).map(|_| caller(count)).collect();
            futures(running)
        };
        all(5).await;
        let begin = Instant::now();
        all(calls / workers).await;
        let rate = (calls / workers * workers) as f64 / begin.elapsed().as_secs_f64();
        pool.shutdown().await;
        rate
    })
}

/// Waits for all, each in a task of its own.
async fn futures(running: Vec<impl Future<Output = ()> + Send + 'static>) {
    let mut tasks = tokio::task::JoinSet::new();
    for one in running {
        tasks.spawn(one);
    }
    tasks.join_all().await;
}

fn throughput(wanted: &Wanted) {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let service = server::start();
    let calls = wanted.runs(2_000, 300);
    let mut rates = Vec::new();
    for workers in 1..=cores {
        let rate = rate(&service, workers, calls);
        let more = json!({ "workers": workers, "calls": calls, "against": "nothing: to know" });
        print(wanted, CALLS, rate, "calls/s", Bound::None, more);
        rates.push(rate);
    }
    if let (Some(one), Some(all)) = (rates.first(), rates.last()) {
        let more = json!({
            "cores": cores,
            "against": "one worker; the caller and the service use the same cores",
        });
        print(wanted, SCALING, all / one, "ratio", Bound::None, more);
    }
}
