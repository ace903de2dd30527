//! The sentences in which a report says how a worker ended.

use std::process::ExitStatus;
use std::time::Duration;

const UNHARMED: &str = "Only this call is lost; Stepsmith and all other calls go on";

/// The worker ended by itself, or somebody ended it.
pub(crate) fn ended(status: Option<ExitStatus>, last_words: &str) -> String {
    let (how, said) = (named(status), said(last_words));
    format!("The script worker ended in the middle of the call: {how}. {UNHARMED}.{said}")
}

/// The worker ended before it could be given a call; the end of a sentence.
pub(crate) fn ended_at_once(status: Option<ExitStatus>, last_words: &str) -> String {
    format!("it ended at once ({}){}", named(status), said(last_words))
}

fn named(status: Option<ExitStatus>) -> String {
    status.map_or_else(|| "it closed its output and went on".to_owned(), how)
}

/// The last line that says something.
fn said(last_words: &str) -> String {
    let last = last_words.lines().rev().map(str::trim).find(|line| !line.is_empty());
    last.map_or_else(String::new, |last| format!(" Its last words: {last}"))
}

/// The worker wrote something that is not the protocol.
pub(crate) fn broken(what: &str) -> String {
    format!("The script worker sent {what} instead of an answer, and was ended. {UNHARMED}.")
}

/// Not one worker could be brought up.
pub(crate) fn not_started(why: &str) -> String {
    format!("No script worker could be started, so the function did not run: {why}.")
}

/// The hard deadline.
pub(crate) fn timed_out(limit_ms: u32) -> String {
    let limit = Duration::from_millis(u64::from(limit_ms));
    format!(
        "The function ran longer than its time limit of {limit:?}, and its code did not yield: it was inside a native operation \
         (such as a search in a very long string) that cannot be interrupted. Its worker was ended."
    )
}

/// The memory watch.
pub(crate) fn out_of_memory(limit: u64, used: u64) -> String {
    format!(
        "The function used more memory than its limit of {} MB: its worker held {} MB and was ended. {UNHARMED}.",
        limit >> 20,
        used >> 20
    )
}

/// Whether a worker's last words say that it was refused memory, as this program's allocator puts it.
pub(crate) fn is_out_of_memory(last_words: &str) -> bool {
    last_words
        .lines()
        .any(|line| line.starts_with("memory allocation of ") && line.ends_with(" bytes failed"))
}

/// The bound on a worker's memory.
pub(crate) fn refused_memory(limit: u64) -> String {
    format!(
        "The function used more memory than its limit of {} MB: a native operation asked for more than its worker may have, \
         and the worker ended. {UNHARMED}.",
        limit >> 20
    )
}

/// The user's wish.
pub(crate) const CANCELLED: &str = "The call was cancelled.";

/// The pool's end.
pub(crate) const CLOSED: &str = "The call was cancelled because Stepsmith is closing.";

#[cfg(unix)]
fn how(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    match (status.signal(), status.code()) {
        (Some(signal), _) => format!("signal {signal}{}", explain(signal)),
        (None, Some(code)) => format!("exit code {code}"),
        (None, None) => status.to_string(),
    }
}

#[cfg(unix)]
fn explain(signal: i32) -> &'static str {
    use rustix::process::Signal;
    const KNOWN: [(Signal, &str); 8] = [
        (Signal::ABORT, " (SIGABRT, as the script engine does when one of its own checks fails)"),
        (Signal::SEGV, " (SIGSEGV, an invalid memory access)"),
        (Signal::BUS, " (SIGBUS, an invalid memory access)"),
        (Signal::ILL, " (SIGILL, an invalid instruction)"),
        (Signal::FPE, " (SIGFPE, an arithmetic error)"),
        (Signal::SYS, " (SIGSYS, a forbidden system call)"),
        (Signal::KILL, " (SIGKILL: from outside, or by the system for want of memory)"),
        (Signal::TERM, " (SIGTERM, from outside)"),
    ];
    KNOWN.iter().find(|(known, _)| known.as_raw() == signal).map_or("", |(_, text)| *text)
}

#[cfg(not(unix))]
fn how(status: ExitStatus) -> String {
    status.to_string()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    #[test]
    fn endings_name_signal_or_code_and_say_that_nothing_else_is_lost() {
        let text = ended(Some(ExitStatus::from_raw(6)), "line 1\nassertion failed: x\n\n");
        assert!(text.contains("signal 6 (SIGABRT"), "{text}");
        assert!(text.contains(UNHARMED), "{text}");
        assert!(text.ends_with("Its last words: assertion failed: x"), "{text}");
        assert!(ended(Some(ExitStatus::from_raw(101 << 8)), "").contains("exit code 101"));
        assert!(ended(Some(ExitStatus::from_raw(35)), "").contains("signal 35."));
        assert!(timed_out(30_000).contains("limit of 30s"));
        assert!(timed_out(1_500).contains("limit of 1.5s"));
    }
}
