//! What a worker takes from itself before the first script runs.
//!
//! A script has no way to the operating system but the engine's own operations. This is the second wall, for the day on
//! which somebody finds a way through the engine: the process then can write nothing outside its temporary folder, start
//! no program, listen on no port and touch no other process. Reading files and connecting to others it still can: packages
//! may lie anywhere, and functions call the world.
//!
//! Nothing here may stop a worker from working: what the system does not know is skipped, and [`Confinement`] says so.

#[cfg(target_os = "linux")]
mod calls;
#[cfg(target_os = "linux")]
mod files;
#[cfg(all(test, target_os = "linux"))]
mod tests;

use std::path::Path;

use serde::{Deserialize, Serialize};

/// Which walls stand around a worker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confinement {
    /// The kernel refuses writes outside the temporary folder, programs and listening sockets (Linux: Landlock, all of
    /// what is asked for).
    pub files: bool,
    /// The kernel refuses new processes, and looking into or signalling others (Linux: seccomp).
    pub calls: bool,
}

/// Ties the worker to its parent and lowers its rights. `parent` is the process id that the pool gave, `temporary` the
/// one folder it may write to. Must run before a second thread exists.
///
/// `None` = the parent is gone already: the worker must end.
#[cfg(unix)]
#[must_use]
pub(crate) fn confine(parent: u32, temporary: &Path) -> Option<Confinement> {
    die_with_parent();
    // Asked for after the death signal is set: a parent that died before is noticed here, one that dies later kills us.
    if rustix::process::getppid().map(|pid| pid.as_raw_nonzero().get().cast_unsigned())
        != Some(parent)
    {
        return None;
    }
    limits();
    Some(walls(temporary))
}

/// Nothing to take here; the end of standard input still ends the worker.
#[cfg(not(unix))]
#[must_use]
pub(crate) fn confine(_parent: u32, _temporary: &Path) -> Option<Confinement> {
    Some(Confinement::default())
}

#[cfg(target_os = "linux")]
fn die_with_parent() {
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

#[cfg(all(unix, not(target_os = "linux")))]
fn die_with_parent() {}

#[cfg(unix)]
fn limits() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    // No core files: they would hold credentials. Descriptors: the most requests a call may have open, and a handful.
    // Files: what a function writes to its temporary folder is small.
    for (resource, wanted) in
        [(Resource::Core, 0), (Resource::Nofile, 512), (Resource::Fsize, 256 << 20)]
    {
        let allowed = getrlimit(resource).maximum.map_or(wanted, |maximum| maximum.min(wanted));
        let _ = setrlimit(resource, Rlimit { current: Some(allowed), maximum: Some(allowed) });
    }
}

#[cfg(target_os = "linux")]
fn walls(temporary: &Path) -> Confinement {
    let _ = rustix::thread::set_name(c"script-worker");
    // When the machine runs out of memory, a worker goes before the window.
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    // No program started from here could gain rights, whatever file it is.
    let _ = rustix::thread::set_no_new_privs(true);
    Confinement {
        files: files::restrict(temporary).unwrap_or(false),
        calls: calls::restrict().is_ok(),
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
fn walls(_temporary: &Path) -> Confinement {
    Confinement::default()
}
