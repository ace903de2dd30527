//! Descriptors that came with the process.

/// Closes all but the three standard descriptors: files and sockets of the parent are none of a worker's business, and a
/// library of the parent may have opened one without the close-on-exec flag.
pub(crate) fn close_inherited() {
    #[cfg(target_os = "linux")]
    #[expect(unsafe_code, reason = "there is no safe way to close descriptors that nobody owns")]
    {
        // SAFETY: nothing in this process has opened a descriptor yet, so none that is owned gets closed.
        if unsafe { libc::syscall(libc::SYS_close_range, 3u32, u32::MAX, 0u32) } == 0 {
            return;
        }
    }
    close_each();
}

/// Where the kernel has no one call for it.
fn close_each() {
    let most = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    let most = most.unwrap_or(1 << 16).min(1 << 16);
    for descriptor in 3..i32::try_from(most).unwrap_or(1 << 16) {
        #[expect(
            unsafe_code,
            reason = "there is no safe way to close descriptors that nobody owns"
        )]
        // SAFETY: as above; one that is not open is refused and nothing else.
        unsafe {
            rustix::io::close(descriptor);
        }
    }
}
