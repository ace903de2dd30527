//! Landlock: what the process may do to files and ports.

use std::path::Path;

use landlock::{
    ABI, AccessFs, AccessNet, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreatedAttr,
    RulesetError, RulesetStatus, Scope,
};

/// The newest set of rights that is asked for; an older kernel enforces what it knows of them.
const ASKED: ABI = ABI::V6;

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
        | AccessFs::RemoveDir;
    let ruleset = match PathFd::new(temporary) {
        Ok(folder) => ruleset.add_rule(PathBeneath::new(folder, inside))?,
        Err(_) => ruleset,
    };
    Ok(ruleset.restrict_self()?.ruleset == RulesetStatus::FullyEnforced)
}
