//! One world for many small tests, each with an app of its own in it: starting one takes longer than they do.

use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use crate::world::World;

struct Shared {
    world: Option<World>,
    runtime: Option<Runtime>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        let (Some(world), Some(runtime)) = (self.world.take(), self.runtime.take()) else { return };
        // What the world holds may have to be dropped where its runtime runs.
        runtime.block_on(async move { drop(world) });
        runtime.shutdown_timeout(Duration::from_secs(5));
    }
}

/// Runs a test in the world that all tests share that run at this time; the last of them ends it.
pub fn in_shared_world(test: impl AsyncFnOnce(&World)) {
    static SHARED: Mutex<Weak<Shared>> = Mutex::new(Weak::new());
    let shared = {
        // A test that failed says nothing against the world.
        let mut known = SHARED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        known.upgrade().unwrap_or_else(|| {
            let runtime = Builder::new_multi_thread().enable_all().build().unwrap();
            let world = runtime.block_on(World::start_with(|options| {
                options.answer_patience = Some(Duration::from_millis(1500));
            }));
            let shared = Arc::new(Shared { world: Some(world), runtime: Some(runtime) });
            *known = Arc::downgrade(&shared);
            shared
        })
    };
    if let (Some(world), Some(runtime)) = (&shared.world, &shared.runtime) {
        runtime.block_on(test(world));
    }
}
