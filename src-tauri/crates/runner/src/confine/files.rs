//! Landlock: what the process may do to files and ports.

use std::path::{Path, PathBuf};

use landlock::{
    ABI, AccessFs, AccessNet, BitFlags, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreated,
    RulesetCreatedAttr, RulesetError, RulesetStatus, Scope,
};

/// The newest set of rights that is asked for; an older kernel enforces what it knows of them.
const ASKED: ABI = ABI::V6;

/// What the C library and the TLS library read to look up names and check certificates. Absent ones are skipped. No
/// private keys and no accounts are among them.
const SYSTEM: [&str; 32] = [
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/nsswitch.conf",
    "/etc/host.conf",
    "/etc/gai.conf",
    "/etc/services",
    "/etc/protocols",
    "/etc/localtime",
    "/etc/ld.so.cache",
    "/run/systemd/resolve",
    "/run/resolvconf",
    "/run/NetworkManager/resolv.conf",
    "/run/NetworkManager/no-stub-resolv.conf",
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/share/zoneinfo",
    "/usr/share/ca-certificates",
    "/usr/local/share/ca-certificates",
    "/usr/share/pki",
    "/etc/ssl/certs",
    "/etc/ssl/cert.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/certs",
    "/etc/pki/tls/cert.pem",
    "/etc/pki/ca-trust/extracted",
    "/etc/ca-certificates/extracted",
    "/dev/null",
    "/dev/urandom",
    "/dev/random",
    "/dev/zero",
];

/// Refuses writing, programs and listening ports; files and folders inside `temporary` may be made and removed.
///
/// True = the kernel enforces all of it.
pub(crate) fn restrict(temporary: &Path) -> Result<bool, RulesetError> {
    let ruleset = Ruleset::default()
        .handle_access(AccessFs::from_write(ASKED) | AccessFs::Execute)?
        .handle_access(AccessNet::BindTcp)?
        .scope(Scope::AbstractUnixSocket | Scope::Signal)?
        .create()?;
    let inside = AccessFs::WriteFile
        | AccessFs::Truncate
        | AccessFs::MakeReg
        | AccessFs::MakeDir
        | AccessFs::RemoveFile
        | AccessFs::RemoveDir
        // From one folder in it to another one: renaming a file that was written is how files are replaced.
        | AccessFs::Refer;
    let ruleset = allow(ruleset, temporary, inside)?;
    Ok(ruleset.restrict_self()?.ruleset == RulesetStatus::FullyEnforced)
}

/// The right to read, to be given up. Made when the worker starts, so that its first call need not wait for it.
#[derive(Debug)]
pub(crate) struct Reads(RulesetCreated);

impl Reads {
    /// `temporary` stays readable, and what the system needs.
    pub(crate) fn new(temporary: &Path) -> Result<Self, RulesetError> {
        let mut ruleset = Ruleset::default().handle_access(read())?.create()?;
        ruleset = allow(ruleset, temporary, read())?;
        let named = ["SSL_CERT_FILE", "SSL_CERT_DIR"].into_iter().filter_map(std::env::var_os);
        for path in SYSTEM.iter().map(PathBuf::from).chain(named.map(PathBuf::from)) {
            ruleset = allow(ruleset, &path, read())?;
        }
        Ok(Self(ruleset))
    }

    /// Gives it up but for `package`; true = the kernel enforces it.
    pub(crate) fn restrict(self, package: &Path) -> Result<bool, RulesetError> {
        let ruleset = allow(self.0, package, read())?;
        Ok(ruleset.restrict_self()?.ruleset == RulesetStatus::FullyEnforced)
    }
}

fn read() -> BitFlags<AccessFs> {
    AccessFs::ReadFile | AccessFs::ReadDir
}

/// Adds a rule for what stands at `path`, if there is something. Rights that make no sense for a file are left out for it.
fn allow(
    ruleset: RulesetCreated,
    path: &Path,
    rights: BitFlags<AccessFs>,
) -> Result<RulesetCreated, RulesetError> {
    let Ok(opened) = PathFd::new(path) else { return Ok(ruleset) };
    let rights = if path.is_dir() { rights } else { rights & AccessFs::from_file(ASKED) };
    ruleset.add_rule(PathBeneath::new(opened, rights))
}
