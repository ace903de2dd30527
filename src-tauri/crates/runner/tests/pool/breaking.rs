//! Workers that break natively: each costs one call, which says so.

use runner::FailureReason;
use serde_json::json;

use crate::confinement::report;
use crate::world::{World, failed, gone, returned};

#[tokio::test]
async fn every_way_to_break_costs_one_call() {
    let world = World::with(|config| config.workers = 4);
    let world = &world;
    let attempt = async |attempt: &str, reason: FailureReason, words: &[&str]| {
        let package = world.folder.path().join(attempt);
        std::fs::create_dir(&package).unwrap();
        let report = report(&world.pool, &package, attempt, "").await;
        let message = failed(&report, reason).message;
        for words in words {
            assert!(message.contains(words), "{attempt}: {message}");
        }
        assert!(message.contains("Only this call is lost"), "{attempt}: {message}");
    };
    let died = FailureReason::WorkerDied;
    tokio::join!(
        attempt(
            "assertion",
            died,
            &[
                "SIGABRT",
                "one of its own checks",
                "Assertion `list_empty(&rt->gc_obj_list)' failed"
            ],
        ),
        attempt("abort", died, &["SIGABRT"]),
        attempt("segment", died, &["SIGSEGV", "invalid memory access"]),
        attempt("panic", died, &["exit code 101"]),
        attempt("exit", died, &["exit code 7"]),
        attempt("native_stack", died, &["SIGABRT", "stack overflow"]),
        attempt("native_memory", FailureReason::OutOfMemory, &["limit of 256 MB"]),
    );
    assert_eq!(returned(world.call("return 1").await), json!(1));
}

#[tokio::test]
async fn a_spare_worker_is_made_ready_again() {
    let world = World::with(|config| config.workers = 1);
    world.pool.ready().await;
    let ready = world.pool.workers();
    assert!(ready.len() == 1 && ready[0].calls == 0);
    failed(&report(&world.pool, world.folder.path(), "abort", "").await, FailureReason::WorkerDied);
    assert!(gone(ready[0].pid).await);
    for _ in 0..300 {
        if world.pool.workers().iter().any(|worker| !worker.busy) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("no worker was made ready: {:?}", world.pool.workers());
}
