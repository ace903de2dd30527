//! What a pool costs while nobody calls.

use std::time::Duration;

use serde_json::json;

use crate::line::{Bound, Wanted, print};
use crate::world;

const NAMES: [&str; 3] = ["idle.workers_busy", "idle.pool_memory_mb", "idle.cpu_ms_per_minute"];

pub fn measure(wanted: &Wanted) {
    if !wanted.any(&NAMES) {
        return;
    }
    let runtime = world::runtime();
    let pool = world::pool(|_| {});
    let package = world::package("exports.handler = async (p) => ({ output: p });");
    for _ in 0..20 {
        world::returned(runtime.block_on(pool.call(world::request(package.path(), &json!({})))));
    }
    // A timer knows its runtime only inside of it.
    let sleep = |time| runtime.block_on(async move { tokio::time::sleep(time).await });
    sleep(Duration::from_millis(500));
    let workers = pool.workers();
    let cpu = || -> f64 { workers.iter().filter_map(|worker| cpu_ms(worker.pid)).sum() };
    let seconds = if wanted.quick { 2 } else { 10 };
    let before = cpu();
    sleep(Duration::from_secs(seconds));
    let used = (cpu() - before) * 60.0 / seconds as f64;
    let busy = pool.workers().iter().filter(|worker| worker.busy).count();
    let bytes: u64 = workers.iter().filter_map(|worker| worker.memory_bytes).sum();
    let more = json!({ "workers": workers.len(), "against": "nothing: to know" });
    print(wanted, NAMES[0], busy as f64, "workers", Bound::Most(0.0), more.clone());
    print(wanted, NAMES[1], bytes as f64 / 1e6, "MB of private memory", Bound::None, more.clone());
    print(wanted, NAMES[2], used, "ms", Bound::Most(60.0), more);
    runtime.block_on(pool.shutdown());
}

/// Processor time of a process so far, in milliseconds.
fn cpu_ms(pid: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // After the name, which may hold anything but ends with the last parenthesis: state, ppid, …, utime, stime.
    let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(11);
    let ticks: f64 = fields.next()?.parse::<f64>().ok()? + fields.next()?.parse::<f64>().ok()?;
    // Linux counts hundredths of a second for user space on every architecture.
    Some(ticks * 10.0)
}
