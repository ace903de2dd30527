//! What a worker takes from itself before the first script runs.
//!
//! Nothing here may stop a worker from working: what the system does not know is skipped.

/// Ties the worker to its parent and lowers its limits. `parent` is the process id that the pool gave.
///
/// Returns false when the parent is gone already: the worker must end.
#[cfg(unix)]
#[must_use]
pub(crate) fn confine(parent: u32) -> bool {
    die_with_parent();
    // Asked for after the death signal is set: a parent that died before is noticed here, one that dies later kills us.
    if rustix::process::getppid().map(|pid| pid.as_raw_nonzero().get().cast_unsigned())
        != Some(parent)
    {
        return false;
    }
    limits();
    #[cfg(target_os = "linux")]
    {
        // No program started from here could gain rights, whatever file it is.
        let _ = rustix::thread::set_no_new_privs(true);
        let _ = rustix::thread::set_name(c"script-worker");
        // When the machine runs out of memory, a worker goes before the window.
        let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    }
    true
}

/// Nothing to take here; the end of standard input still ends the worker.
#[cfg(not(unix))]
#[must_use]
pub(crate) fn confine(_parent: u32) -> bool {
    true
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
