//! Writing that the system refuses: the old file stays whole, and the error says which file and why.
//!
//! Each runs in a process of its own under the limit that makes it fail: this very test program, started again.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use definition::{Project, SaveError};

const FOLDER: &str = "STEPSMITH_TEST_FOLDER";

/// Whether this is the inner process; then `folder` is the app's.
fn inner() -> Option<Project> {
    std::env::var_os(FOLDER).map(|folder| Project::open(folder).unwrap())
}

fn new_app() -> (tempfile::TempDir, Project) {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let project = Project::create(folder.path().join("app"), "Old").unwrap();
    (folder, project)
}

fn must_pass(mut command: Command) {
    let output = command.output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && stdout.contains("1 passed"), "{stdout}\n{stderr}");
}

fn unchanged(project: &Project) {
    assert_eq!(project.load().unwrap().app.name, "Old");
    let names: Vec<_> =
        fs::read_dir(project.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn a_write_that_breaks_off_leaves_the_old_file_whole() {
    if let Some(project) = inner() {
        let text = format!("{{\"name\": \"{}\"}}", "x".repeat(500_000));
        let error = project.save_text(&text, None).unwrap_err();
        assert!(matches!(error, SaveError::NotWritten { .. }), "{error}");
        assert!(
            error.to_string().contains("app.json: the system allows no file of this size"),
            "{error}"
        );
        unchanged(&project);
        return;
    }
    let (_folder, project) = new_app();
    // No file may grow beyond 64 blocks of 512 or 1,024 bytes: the write fails half way, as on a full disk.
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -f 64; trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap());
    command
        .args(["--exact", "a_write_that_breaks_off_leaves_the_old_file_whole"])
        .env(FOLDER, project.root());
    must_pass(command);
    unchanged(&project);
}

#[test]
fn a_folder_without_rights_is_named() {
    if let Some(project) = inner() {
        let error = project.save_text("{}", None).unwrap_err();
        assert!(error.to_string().contains("app.json: no right to write there"), "{error}");
        unchanged(&project);
        let refused = Project::open(project.root().join("../locked")).unwrap_err();
        assert!(refused.to_string().contains("no right to"), "{refused}");
        assert_eq!(refused.diagnostic().rule, "project.no_rights");
        return;
    }
    let (folder, project) = new_app();
    fs::create_dir(folder.path().join("locked")).unwrap();
    fs::set_permissions(folder.path().join("locked"), fs::Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(project.root(), fs::Permissions::from_mode(0o555)).unwrap();
    // Rights mean nothing to root: the inner process is somebody else.
    let program = folder.path().join("program");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(&program);
    command
        .args(["--exact", "a_folder_without_rights_is_named"])
        .env(FOLDER, project.root())
        .current_dir("/");
    if is_root(folder.path()) {
        command.uid(65_534).gid(65_534);
    }
    must_pass(command);
    unchanged(&project);
    fs::set_permissions(project.root(), fs::Permissions::from_mode(0o755)).unwrap();
}

fn is_root(own: &Path) -> bool {
    fs::metadata(own).unwrap().uid() == 0
}
