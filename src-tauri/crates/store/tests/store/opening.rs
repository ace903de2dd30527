//! What `Store::open` accepts, and that it leaves alone what it refuses.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use store::{Store, StoreError};

/// Every file of the folder with its content. The shared-memory index is left out: SQLite may rebuild it just to look.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.to_string_lossy().ends_with("-shm"))
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn refused(path: &Path) -> StoreError {
    let before = contents(path.parent().unwrap());
    let error = Store::open(path).unwrap_err();
    let after = contents(path.parent().unwrap());
    let names = |files: &[(String, Vec<u8>)]| {
        files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&after), names(&before), "an open that fails leaves the same files");
    assert!(after == before, "an open that fails changes nothing");
    assert!(error.to_string().contains(path.to_str().unwrap()), "{error}");
    error
}

#[test]
fn a_new_store_is_private_durable_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data/inner/stepsmith.db");
    let store = Store::open(&path).unwrap();
    let app = store.apps().upsert_by_path("/a", "a", 1).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        for file in ["stepsmith.db", "stepsmith.db-wal", "stepsmith.db-shm"] {
            assert_eq!(mode(&path.with_file_name(file)), 0o600, "{file}");
        }
    }
    drop(store);
    assert!(!path.with_file_name("stepsmith.db-wal").exists(), "a clean end leaves one file");
    let store = Store::open(&path).unwrap();
    assert_eq!(store.apps().by_id(&app.id).unwrap(), Some(app));
    store.check().unwrap();
}

#[cfg(unix)]
#[test]
fn a_store_with_wider_rights_is_made_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stepsmith.db");
    drop(Store::open(&path).unwrap());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    drop(Store::open(&path).unwrap());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_newer_store_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stepsmith.db");
    drop(Store::open(&path).unwrap());
    let newer = Connection::open(&path).unwrap();
    newer.execute_batch("PRAGMA user_version = 1000; CREATE TABLE future (x)").unwrap();
    // First while the newer version has it open, so that the version is in the log alone.
    match refused(&path) {
        StoreError::Newer { found: 1000, known, .. } => assert!(known < 1000),
        other => panic!("{other:?}"),
    }
    drop(newer);
    assert!(matches!(refused(&path), StoreError::Newer { found: 1000, .. }));
}

#[test]
fn a_newer_store_that_crashed_keeps_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stepsmith.db");
    drop(Store::open(&path).unwrap());
    let newer = Connection::open(&path).unwrap();
    newer.execute_batch("PRAGMA user_version = 1000").unwrap();
    let crashed = tempfile::tempdir().unwrap();
    for file in ["stepsmith.db", "stepsmith.db-wal"] {
        fs::copy(folder.path().join(file), crashed.path().join(file)).unwrap();
    }
    assert!(matches!(
        refused(&crashed.path().join("stepsmith.db")),
        StoreError::Newer { found: 1000, .. }
    ));
}

#[test]
fn files_that_are_no_database_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stepsmith.db");
    for content in [b"x".to_vec(), b"SQLite format 3\0".to_vec(), vec![b'{'; 5000], vec![0; 5000]] {
        fs::write(&path, content).unwrap();
        assert!(matches!(refused(&path), StoreError::NotADatabase { .. }));
    }
}

#[test]
fn another_programs_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stepsmith.db");
    let other = Connection::open(&path).unwrap();
    other.execute_batch("PRAGMA application_id = 42; CREATE TABLE notes (text); INSERT INTO notes VALUES ('mine')").unwrap();
    drop(other);
    assert!(matches!(refused(&path), StoreError::Foreign { application_id: 42, .. }));
    let unnamed = folder.path().join("unnamed.db");
    Connection::open(&unnamed).unwrap().execute_batch("CREATE TABLE apps (id)").unwrap();
    assert!(matches!(refused(&unnamed), StoreError::Foreign { application_id: 0, .. }));
}

#[test]
fn a_damaged_store_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stepsmith.db");
    let store = Store::open(&path).unwrap();
    for at in 0..50 {
        store.files().insert("file", "text/plain", &[7; 9000], at).unwrap();
    }
    drop(store);
    let whole = fs::read(&path).unwrap();

    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(matches!(refused(&path), StoreError::Corrupt { .. }));

    let mut scribbled = whole.clone();
    // Whole pages in the middle, as a failing disk would.
    for byte in &mut scribbled[8192..whole.len() - 8192] {
        *byte = 0xA5;
    }
    fs::write(&path, &scribbled).unwrap();
    assert!(matches!(refused(&path), StoreError::Corrupt { .. }));

    fs::write(&path, &whole).unwrap();
    Store::open(&path).unwrap().check().unwrap();
}

#[test]
fn an_empty_file_becomes_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stepsmith.db");
    fs::write(&path, b"").unwrap();
    Store::open(&path).unwrap().apps().upsert_by_path("/a", "a", 1).unwrap();
}

#[test]
fn a_path_that_cannot_be_opened_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let error = Store::open(folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::CannotOpen { .. }), "{error:?}");
    fs::write(folder.path().join("file"), b"").unwrap();
    let error = Store::open(&folder.path().join("file/stepsmith.db")).unwrap_err();
    assert!(matches!(error, StoreError::CannotOpen { .. }), "{error:?}");
}
