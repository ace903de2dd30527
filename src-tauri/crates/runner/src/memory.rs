//! How much memory a process has for itself.

/// Bytes of private memory of process `pid`: what it touched, without what it shares with the file it was started from.
/// `None` where the system does not say.
#[cfg(target_os = "linux")]
pub fn private_bytes(pid: u32) -> Option<u64> {
    let statm = std::fs::read_to_string(format!("/proc/{pid}/statm")).ok()?;
    // In pages: size, resident, shared, …
    let mut fields = statm.split(' ').skip(1).map(|field| field.parse::<u64>().ok());
    let (resident, shared) = (fields.next()??, fields.next()??);
    Some(resident.saturating_sub(shared) * rustix::param::page_size() as u64)
}

/// `None`: not known here.
#[cfg(not(target_os = "linux"))]
pub fn private_bytes(_pid: u32) -> Option<u64> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn sees_what_a_process_touches() {
        let before = private_bytes(std::process::id()).unwrap();
        let block = vec![1u8; 64 << 20];
        let after = private_bytes(std::process::id()).unwrap();
        assert!(after >= before + (60 << 20), "{before} {after}");
        drop(block);
        assert_eq!(private_bytes(u32::MAX), None);
    }
}
