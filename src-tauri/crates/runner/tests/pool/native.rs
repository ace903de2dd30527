//! Native work of a call, in a confined worker: it may use threads, and leaves none behind.

use serde_json::json;

use crate::world::{World, returned};

#[tokio::test]
async fn work_goes_on_beside_the_script_and_ends_with_the_call() {
    let world = World::with(|c| (c.workers, c.spare) = (1, false));
    let made = world.call_again(
        "const { promisify } = require('util'); const crypto = require('crypto');
         const keys = await Promise.all([1, 2].map(() => promisify(crypto.pbkdf2)('p', 's', 1000, 32, 'sha256')));
         const pair = await promisify(crypto.generateKeyPair)('ec', { namedCurve: 'P-256' });
         return [keys[0].equals(keys[1]), pair.privateKey.type, crypto.webcrypto.getRandomValues(new Uint8Array(4)).length];",
    );
    assert_eq!(returned(made.await), json!([true, "private", 4]));
    // Derivations that would take hours are begun and left behind: the next call has the worker to itself.
    let left = "for (let i = 0; i < 4; i++) require('crypto').pbkdf2('p', 's', 2 ** 31 - 1, 64, 'sha512', () => {}); return 1;";
    assert_eq!(returned(world.call_again(left).await), json!(1));
    let pid = world.pool.workers()[0].pid;
    assert_eq!(returned(world.call_again("return 2").await), json!(2));
    assert_eq!(world.pool.workers()[0].pid, pid, "the worker is still the same");
    let ticks = || {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
        let fields: Vec<u64> =
            stat.rsplit(") ").next().unwrap().split(' ').map(|f| f.parse().unwrap_or(0)).collect();
        fields[11] + fields[12]
    };
    let before = ticks();
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert!(ticks() - before < 15, "the worker computes although no call runs");
}
