//! What a worker takes from itself before the first script runs.
//!
//! A script has no way to the operating system but the engine's own operations. This is the second wall, for the day on
//! which somebody finds a way through the engine. It goes up in two steps. At its start a worker gives up its inherited
//! descriptors, all writing outside its temporary folder, programs, processes, listening and looking into others. With its
//! first call it gives up reading: from then on it can open the package of that one function, its temporary folder, and
//! what the system needs to look up names and check certificates. So a worker serves one package for life. What it still
//! can: connect to others, for functions call the world.
//!
//! Nothing here may stop a worker from working: what the system does not know is skipped, and [`Confinement`] says so.

#[cfg(target_os = "linux")]
mod calls;
#[cfg(unix)]
mod descriptors;
#[cfg(target_os = "linux")]
mod files;

use std::path::Path;

use serde::{Deserialize, Serialize};

/// Which walls stand around a worker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confinement {
    /// The kernel refuses writes outside the temporary folder, programs and listening sockets (Linux: Landlock, all of
    /// what is asked for).
    pub files: bool,
    /// The kernel refuses new processes, listening, and looking into or signalling others (Linux: seccomp).
    pub calls: bool,
    /// The kernel refuses to open files outside the package of the worker's function (Linux: Landlock); false until the
    /// first call.
    #[serde(default)]
    pub reads: bool,
}

/// A worker's walls, while the last one is not up yet.
#[derive(Debug)]
pub(crate) struct Walls {
    /// What stands now.
    pub(crate) confinement: Confinement,
    #[cfg(target_os = "linux")]
    reads: Option<files::Reads>,
}

/// Ties the worker to its parent and lowers its rights. `parent` is the process id that the pool gave, `temporary` the
/// one folder it may write to. Must run before a second thread exists.
///
/// `None` = the parent is gone already: the worker must end.
#[cfg(unix)]
#[must_use]
pub(crate) fn confine(parent: u32, temporary: &Path) -> Option<Walls> {
    die_with_parent();
    // Asked for after the death signal is set: a parent that died before is noticed here, one that dies later kills us.
    if rustix::process::getppid().map(|pid| pid.as_raw_nonzero().get().cast_unsigned())
        != Some(parent)
    {
        return None;
    }
    limits();
    Some(Walls::new(temporary))
}

/// Nothing to take here; the end of standard input still ends the worker.
#[cfg(not(unix))]
#[must_use]
pub(crate) fn confine(_parent: u32, temporary: &Path) -> Option<Walls> {
    Some(Walls::new(temporary))
}

/// Closes what the parent left open in this process, but for the three standard descriptors. Must run before the process
/// opens anything.
#[cfg(unix)]
pub(crate) use descriptors::close_inherited;

#[cfg(target_os = "linux")]
fn die_with_parent() {
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

#[cfg(all(unix, not(target_os = "linux")))]
fn die_with_parent() {}

#[cfg(unix)]
fn limits() {
    use rustix::process::Resource;
    // No core files: they would hold credentials. Descriptors: the most requests a call may have open, and a handful.
    // Files: what a function writes to its temporary folder is small.
    for (resource, wanted) in
        [(Resource::Core, 0), (Resource::Nofile, 512), (Resource::Fsize, 256 << 20)]
    {
        lower(resource, wanted, true);
    }
}

/// Lowers a limit, for good or until it is set again.
#[cfg(unix)]
fn lower(resource: rustix::process::Resource, wanted: u64, for_good: bool) {
    use rustix::process::{Rlimit, getrlimit, setrlimit};
    let most = getrlimit(resource).maximum;
    let allowed = most.map_or(wanted, |most| most.min(wanted));
    let maximum = if for_good { Some(allowed) } else { most };
    let _ = setrlimit(resource, Rlimit { current: Some(allowed), maximum });
}

/// Bounds all memory that the process may write to, until it is set again. What goes beyond is refused at once; the pool's
/// own look at the memory comes only now and then. Threads' stacks count, hence generous.
pub(crate) fn bound_memory(bytes: u64) {
    #[cfg(target_os = "linux")]
    lower(rustix::process::Resource::Data, bytes, false);
    #[cfg(not(target_os = "linux"))]
    let _ = bytes;
}

impl Walls {
    #[cfg(target_os = "linux")]
    fn new(temporary: &Path) -> Self {
        let _ = rustix::thread::set_name(c"script-worker");
        // When the machine runs out of memory, a worker goes before the window.
        let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
        // No program started from here could gain rights, whatever file it is.
        let _ = rustix::thread::set_no_new_privs(true);
        let confinement = Confinement {
            files: files::restrict(temporary).unwrap_or(false),
            calls: calls::restrict().is_ok(),
            reads: false,
        };
        Self { confinement, reads: files::Reads::new(temporary).ok() }
    }

    #[cfg(not(target_os = "linux"))]
    fn new(_temporary: &Path) -> Self {
        Self { confinement: Confinement::default() }
    }

    /// Gives up reading outside `package`, a folder or a file, for good. Nothing happens when it is given up already, or
    /// when there is no such package. Must run before a second thread exists.
    pub(crate) fn bind(&mut self, package: &Path) {
        #[cfg(target_os = "linux")]
        if package.exists()
            && let Some(reads) = self.reads.take()
        {
            self.confinement.reads = reads.restrict(package).unwrap_or(false);
        }
        #[cfg(not(target_os = "linux"))]
        let _ = package;
    }
}
