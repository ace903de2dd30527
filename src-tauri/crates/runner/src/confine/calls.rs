//! Seccomp: system calls that a worker has no use for.
//!
//! A list of what is refused, not of what is allowed: the C library and the asynchronous runtime choose their calls by
//! kernel and version, and a worker that breaks on the next update helps nobody. What is refused fails with EPERM.

use std::collections::BTreeMap;

use seccompiler::{
    BpfProgram, Error, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition,
    SeccompFilter, SeccompRule, apply_filter,
};

/// Programs and processes; listening; other processes; the kernel's own set-up; rings that would go around this filter.
const REFUSED: [i64; 38] = [
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_send_signal,
    libc::SYS_kcmp,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_open_by_handle_at,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_kexec_load,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_acct,
];

/// Calls that older architectures still have.
#[cfg(target_arch = "x86_64")]
const REFUSED_HERE: [i64; 2] = [libc::SYS_fork, libc::SYS_vfork];
#[cfg(not(target_arch = "x86_64"))]
const REFUSED_HERE: [i64; 0] = [];

/// Puts the filters in force for this thread and all that it starts.
pub(crate) fn restrict() -> Result<(), Error> {
    let always = Vec::new;
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
        REFUSED.iter().chain(&REFUSED_HERE).map(|call| (*call, always())).collect();
    // `clone` makes threads, which are needed, and processes, which are not.
    rules.insert(libc::SYS_clone, vec![no_thread()?]);
    // Signals: to this process only (the C library's abort sends itself one).
    let own = u64::from(std::process::id());
    for call in
        [libc::SYS_kill, libc::SYS_tgkill, libc::SYS_rt_sigqueueinfo, libc::SYS_rt_tgsigqueueinfo]
    {
        let other = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, own)?;
        rules.insert(call, vec![SeccompRule::new(vec![other])?]);
    }
    apply_filter(&program(rules, libc::EPERM)?)?;
    // `clone3` hides its flags from filters. The C library takes "not there" as the word to use `clone`.
    apply_filter(&program(BTreeMap::from([(libc::SYS_clone3, always())]), libc::ENOSYS)?)
}

fn no_thread() -> Result<SeccompRule, Error> {
    let thread = libc::CLONE_THREAD.unsigned_abs().into();
    let without =
        SeccompCondition::new(0, SeccompCmpArgLen::Qword, SeccompCmpOp::MaskedEq(thread), 0)?;
    Ok(SeccompRule::new(vec![without])?)
}

fn program(rules: BTreeMap<i64, Vec<SeccompRule>>, errno: i32) -> Result<BpfProgram, Error> {
    let refuse = SeccompAction::Errno(errno.unsigned_abs());
    let filter = SeccompFilter::new(
        rules,
        SeccompAction::Allow,
        refuse,
        std::env::consts::ARCH.try_into()?,
    )?;
    Ok(filter.try_into()?)
}
