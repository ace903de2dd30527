//! A worker that waits has a realm prepared; each serves one call.

use std::time::Duration;

use runner::{FailureReason, Limits};
use serde_json::{Value, json};

use crate::world::{World, failed, gone, returned, signal};

/// Long enough for a worker to have prepared what it wants to.
async fn while_it_prepares() {
    tokio::time::sleep(Duration::from_millis(60)).await;
}

/// Leaves a mark wherever a script can, and tells which it finds.
const MARKS: &str = "
    const { AsyncLocalStorage } = require('async_hooks');
    const { EventEmitter } = require('events');
    const found = [];
    const mark = (where, has, leave) => { if (has()) found.push(where); leave(); };
    mark('global', () => 'left' in globalThis, () => { globalThis.left = 1; });
    mark('method', () => Map.prototype.get.left === 1, () => { const { get } = Map.prototype; Map.prototype.get = Object.assign(function (key) { return get.call(this, key); }, { left: 1 }); });
    mark('fetch', () => fetch.left === 1, () => { globalThis.fetch = Object.assign(() => 1, { left: 1 }); });
    mark('module', () => require('fs').left === 1, () => { require('fs').left = 1; });
    mark('cache', () => Object.keys(require.cache).length > 1, () => { require.cache['/var/task/other.js'] = { exports: 1 }; });
    mark('symbol', () => Symbol.for('left') in globalThis, () => { globalThis[Symbol.for('left')] = 1; });
    mark('environment', () => process.env.left !== undefined, () => { process.env.left = '1'; });
    mark('listener', () => process.listenerCount('unhandledRejection') > 0, () => { process.on('unhandledRejection', () => {}); });
    mark('defaults', () => EventEmitter.defaultMaxListeners !== 10, () => { EventEmitter.defaultMaxListeners = 99; });
    mark('mark', () => performance.getEntries().length > 0, () => { performance.mark('left'); });
    mark('file', () => require('fs').existsSync('/tmp/left'), () => { require('fs').writeFileSync('/tmp/left', 'x'); });
    mark('limit', () => Error.stackTraceLimit === 3, () => { Error.stackTraceLimit = 3; });
    mark('trace', () => Error.prepareStackTrace !== undefined, () => { Error.prepareStackTrace = () => 'left'; });
    mark('intl', () => Intl.DateTimeFormat.left === 1, () => { Intl.DateTimeFormat.left = 1; });
    const storage = new AsyncLocalStorage();
    mark('store', () => storage.getStore() !== undefined, () => { storage.enterWith('left'); });
    mark('prototype', () => 'left' in Object.prototype, () => { Object.prototype.left = 1; });
    console.count('left');
    console.group('left');
    console.time('left');
    console.log('inside');
    const timers = [setTimeout(() => console.log('FIRED'), 40), setInterval(() => console.log('FIRED'), 40)].map(Number);
    return { found, timers, random: Math.random(), uuid: crypto.randomUUID() };";

#[tokio::test]
async fn successive_calls_of_a_worker_share_nothing() {
    let world = World::new();
    let mut earlier: Vec<Value> = Vec::new();
    for _ in 0..4 {
        let report = world.call_again(MARKS).await;
        let log: Vec<String> = report.log.iter().map(|line| line.text.clone()).collect();
        assert_eq!(log, ["left: 1", "left", "  inside"], "{:?}", report.outcome);
        let value = returned(report);
        assert_eq!(value["found"], json!([]));
        if let Some(first) = earlier.first() {
            assert_eq!(value["timers"], first["timers"]);
        }
        for other in &earlier {
            assert!(other["random"] != value["random"] && other["uuid"] != value["uuid"]);
        }
        earlier.push(value);
        while_it_prepares().await;
    }
    // All in one worker, and back to back as well.
    assert_eq!(returned(world.call_again(MARKS).await)["found"], json!([]));
    assert_eq!(returned(world.call_again(MARKS).await)["found"], json!([]));
    assert!(world.pool.workers().iter().any(|worker| worker.calls == 6));
}

#[tokio::test]
async fn limits_change_from_call_to_call_of_a_worker() {
    let world = World::new();
    for memory_mb in [256, 12, 256, 64] {
        let mut request = world.request_again("return process.constrainedMemory();", Value::Null);
        request.limits.memory_bytes = memory_mb << 20;
        assert_eq!(returned(world.pool.call(request).await), json!(memory_mb << 20));
        let mut request = world.request_again("for (;;) {}", Value::Null);
        request.limits = Limits { time_ms: 200, memory_bytes: memory_mb << 20, ..request.limits };
        failed(&world.pool.call(request).await, FailureReason::TimedOut);
        while_it_prepares().await;
    }
}

#[tokio::test]
async fn time_begins_with_the_call() {
    let world = World::new();
    let clock = "return [performance.now(), performance.timeOrigin + performance.now() - Date.now(), process.uptime() * 1000];";
    returned(world.call_again(clock).await);
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let told = returned(world.call_again(clock).await);
    let number = |at: usize| told[at].as_f64().unwrap();
    assert!(number(0) < 1400.0 && number(2) < 1400.0 && number(1).abs() < 50.0, "{told}");
}

#[tokio::test]
async fn a_worker_killed_while_it_prepares_costs_nothing() {
    let world = World::new();
    for round in 0..12_u64 {
        assert_eq!(returned(world.call_again("return 1").await), json!(1));
        let workers = world.pool.workers();
        let worker = workers.iter().find(|worker| worker.calls > 0 && !worker.busy).unwrap();
        // From the taking down of the last realm until the next one is there.
        tokio::time::sleep(Duration::from_micros(round * 400)).await;
        signal(worker.pid, "-KILL");
        if round % 2 == 0 {
            assert!(gone(worker.pid).await);
        }
        assert_eq!(returned(world.call_again("return 1").await), json!(1));
    }
}

#[tokio::test]
async fn a_worker_that_waits_does_nothing() {
    let world = World::new();
    returned(world.call_again("await fetch('data:,x'); return 1").await);
    tokio::time::sleep(Duration::from_millis(1000)).await;
    let ticks = || -> u64 {
        let stats = world.pool.workers().into_iter().map(|worker| {
            let stat = std::fs::read_to_string(format!("/proc/{}/stat", worker.pid)).unwrap();
            let fields: Vec<u64> = stat
                .rsplit_once(") ")
                .unwrap()
                .1
                .split(' ')
                .filter_map(|field| field.parse().ok())
                .collect();
            // After the state: utime and stime are the 11th and 12th.
            fields[10] + fields[11]
        });
        stats.sum()
    };
    let before = ticks();
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert!(ticks() - before <= 1);
}
