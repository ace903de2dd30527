//! The walls around a worker, tried natively from inside one (see `src/bin/script_worker.rs`).

use std::path::{Path, PathBuf};

use runner::{CallReport, CallRequest, Limits, Outcome, Pool};
use serde_json::{Value, json};

use crate::world::{World, returned};

pub async fn report(pool: &Pool, package: &Path, attempt: &str, at: &str) -> CallReport {
    let request = CallRequest {
        package: package.to_owned(),
        label: "attempt".into(),
        parameters: json!({ "attempt": attempt, "at": at }),
        limits: Limits { time_ms: 20_000, ..Limits::default() },
    };
    pool.call(request).await
}

struct Inside {
    world: World,
    package: PathBuf,
    /// The worker's temporary folder.
    temporary: String,
}

impl Inside {
    async fn new() -> Self {
        let world = World::with(|config| config.spare = false);
        let package = world.folder.path().join("package");
        std::fs::create_dir_all(package.join("lib")).unwrap();
        std::fs::write(package.join("index.js"), "exports.handler = () => 1;").unwrap();
        std::fs::write(package.join("lib/a.js"), "1").unwrap();
        std::fs::write(world.folder.path().join("outside"), "x").unwrap();
        report(&world.pool, &package, "thread", "").await;
        let pid = world.pool.workers()[0].pid;
        let temporary = std::fs::read_link(format!("/proc/{pid}/cwd")).unwrap();
        let temporary = temporary.to_str().unwrap().to_owned();
        Self { world, package, temporary }
    }

    async fn attempt(&self, attempt: &str, at: impl AsRef<Path>) -> Value {
        let at = at.as_ref().to_str().unwrap();
        returned(report(&self.world.pool, &self.package, attempt, at).await)
    }

    async fn done(&self, attempt: &str, at: impl AsRef<Path>) -> String {
        let at = at.as_ref().to_owned();
        let value = self.attempt(attempt, &at).await;
        value["done"].as_str().unwrap_or_else(|| panic!("{attempt} {at:?}: {value}")).to_owned()
    }

    async fn refused(&self, attempt: &str, at: impl AsRef<Path>) {
        let at = at.as_ref().to_owned();
        let value = self.attempt(attempt, &at).await;
        assert!(value["refused"].is_string(), "{attempt} {at:?}: {value}");
    }
}

#[tokio::test]
async fn a_worker_can_do_what_calls_need() {
    let inside = Inside::new().await;
    assert_eq!(inside.done("read", inside.package.join("lib/a.js")).await, "1 bytes");
    assert_eq!(inside.done("list", &inside.package).await, "2");
    let own = format!("{}/file", inside.temporary);
    inside.done("write", &own).await;
    assert_eq!(inside.done("thread", "").await, "7");
    assert_ne!(inside.done("resolve", "localhost:80").await, "0");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    inside.done("connect", listener.local_addr().unwrap().to_string()).await;
    assert_eq!(inside.done("gain_rights", "").await, "1");
}

#[tokio::test]
async fn it_reads_nothing_but_its_package_and_its_temporary_folder() {
    let inside = Inside::new().await;
    let confinement = inside.world.pool.workers()[0].confinement;
    if !(confinement.files && confinement.reads) {
        eprintln!("this kernel has no Landlock: {confinement:?}");
        return;
    }
    let pid = std::process::id();
    for path in [
        inside.world.folder.path().join("outside"),
        inside.package.join("../outside"),
        "/etc/passwd".into(),
        "/etc/hostname".into(),
        "/proc/self/environ".into(),
        "/proc/self/maps".into(),
        format!("/proc/{pid}/environ").into(),
        format!("/proc/{pid}/cmdline").into(),
        std::env::current_exe().unwrap(),
    ] {
        inside.refused("read", path).await;
    }
    for folder in ["/", "/etc", "/tmp", "/home", "/root", "/proc"] {
        inside.refused("list", folder).await;
    }
    inside.refused("list", inside.world.folder.path()).await;
    // A link inside the package that leads out opens nothing either.
    std::os::unix::fs::symlink("/etc/passwd", inside.package.join("link")).unwrap();
    inside.refused("read", inside.package.join("link")).await;
}

#[tokio::test]
async fn it_writes_nothing_but_its_temporary_folder() {
    let inside = Inside::new().await;
    if !inside.world.pool.workers()[0].confinement.files {
        return;
    }
    let index = inside.package.join("index.js");
    inside.refused("write", inside.world.folder.path().join("new")).await;
    inside.refused("write", &index).await;
    inside.refused("remove", &index).await;
    inside.refused("rename", &index).await;
    inside.refused("link", "/etc").await;
    inside.refused("write", "/dev/shm/stepsmith").await;
    inside.refused("write", "/proc/self/oom_score_adj").await;
}

#[tokio::test]
async fn it_starts_listens_and_looks_at_nothing() {
    let inside = Inside::new().await;
    assert!(inside.world.pool.workers()[0].confinement.calls, "seccomp is in every kernel");
    inside.refused("run", "/bin/true").await;
    inside.refused("fork", "").await;
    inside.refused("listen", "127.0.0.1:0").await;
    inside.refused("listen_anywhere", "").await;
    inside.refused("bind_udp", "127.0.0.1:0").await;
    inside.refused("trace_parent", "").await;
    inside.refused("signal_parent", "").await;
    inside.refused("parent_memory", "").await;
}

#[tokio::test]
async fn nothing_of_the_parent_comes_with_it() {
    // A descriptor without the close-on-exec flag, as a careless library leaves them.
    let file = std::fs::File::open("/etc/passwd").unwrap();
    rustix::io::fcntl_setfd(&file, rustix::io::FdFlags::empty()).unwrap();
    let inside = Inside::new().await;
    // Its three, the protocol's two, the runtime's own and Landlock's.
    let open = inside.done("descriptors", "").await;
    let pid = inside.world.pool.workers()[0].pid;
    for descriptor in open.split(' ') {
        let target = std::fs::read_link(format!("/proc/{pid}/fd/{descriptor}")).unwrap();
        let target = target.to_str().unwrap();
        let own = ["/dev/null", "pipe:[", "anon_inode:", "socket:["];
        assert!(own.iter().any(|start| target.starts_with(start)), "{descriptor}: {target}");
    }
    let names = inside.done("environment", "").await;
    for name in names.split(' ') {
        assert!(
            ["TZ", "TMPDIR", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR"].contains(&name),
            "{name}"
        );
    }
    assert_eq!(inside.done("talk", "").await, "false", "and the protocol's pipes are its own");
}

#[tokio::test]
async fn a_worker_serves_one_package_for_life() {
    let inside = Inside::new().await;
    let other = inside.world.folder.path().join("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("index.js"), "exports.handler = () => 'other';").unwrap();
    let request = |package: &Path| CallRequest {
        package: package.to_owned(),
        label: "functions/build".into(),
        parameters: Value::Null,
        limits: Limits::default(),
    };
    let pool = &inside.world.pool;
    let first = pool.workers()[0].pid;
    assert_eq!(returned(pool.call(request(&other)).await), json!("other"));
    assert_eq!(returned(pool.call(request(&inside.package)).await), json!(1));
    let workers = pool.workers();
    assert_eq!(workers.len(), 2);
    assert!(workers.iter().any(|worker| worker.pid == first));
    // The folder is replaced: the rights went with the old one.
    std::fs::rename(&inside.package, inside.world.folder.path().join("old")).unwrap();
    std::fs::create_dir(&inside.package).unwrap();
    std::fs::write(inside.package.join("index.js"), "exports.handler = () => 'new';").unwrap();
    assert_eq!(returned(pool.call(request(&inside.package)).await), json!("new"));
    assert!(pool.workers().iter().all(|worker| worker.pid != first));
    // One that is not there binds nothing, and is found once it is.
    let late = inside.world.folder.path().join("late");
    assert!(matches!(pool.call(request(&late)).await.outcome, Outcome::Failed { .. }));
    std::fs::create_dir(&late).unwrap();
    std::fs::write(late.join("index.js"), "exports.handler = () => 'late';").unwrap();
    assert_eq!(returned(pool.call(request(&late)).await), json!("late"));
}
