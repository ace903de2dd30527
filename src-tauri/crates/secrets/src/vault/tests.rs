//! Vaults over a keychain of our own making: tests never touch the system's.

use std::collections::HashMap;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use super::*;

#[derive(Default)]
struct FakeKeychain {
    entries: Mutex<HashMap<String, Vec<u8>>>,
    broken: Mutex<Option<&'static str>>,
    hangs: Mutex<bool>,
    forgets: bool,
}

impl FakeKeychain {
    fn answer(&self) -> Result<(), String> {
        if *self.hangs.lock().unwrap() {
            thread::sleep(Duration::from_secs(3600));
        }
        self.broken.lock().unwrap().map_or(Ok(()), |reason| Err(reason.to_owned()))
    }
}

impl Keychain for FakeKeychain {
    fn get(&self, entry: &str) -> Result<Option<SecretBytes>, String> {
        self.answer()?;
        Ok(self.entries.lock().unwrap().get(entry).cloned().map(SecretBytes::new))
    }

    fn set(&self, entry: &str, value: &[u8]) -> Result<(), String> {
        self.answer()?;
        if !self.forgets {
            self.entries.lock().unwrap().insert(entry.to_owned(), value.to_vec());
        }
        Ok(())
    }

    fn remove(&self, entry: &str) -> Result<(), String> {
        self.answer()?;
        self.entries.lock().unwrap().remove(entry);
        Ok(())
    }

    fn patience(&self) -> Duration {
        Duration::from_millis(200)
    }
}

fn opens(vault: &Vault, sealed: &[u8]) -> bool {
    vault.open_sealed(sealed, "context").is_ok_and(|plain| plain.expose() == b"value")
}

#[test]
fn a_working_keychain_holds_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(FakeKeychain::default());
    let vault = Vault::open_with(folder.path(), KeyPlace::Auto, &keychain).unwrap();
    assert_eq!(vault.place(), KeyPlace::Keychain);
    assert!(!folder.path().join("master.key").exists());
    let sealed = vault.seal(b"value", "context").unwrap();
    let again = Vault::open_with(folder.path(), KeyPlace::Auto, &keychain).unwrap();
    assert!(opens(&again, &sealed));
    assert_eq!(again.place_reason(), vault.place_reason());

    let key = keychain.entries.lock().unwrap().values().next().unwrap().clone();
    for file in fs::read_dir(folder.path()).unwrap() {
        let content = fs::read(file.unwrap().path()).unwrap();
        assert!(!content.windows(32).any(|window| window == key));
        assert!(!String::from_utf8_lossy(&content).contains(&hex::encode(&key)));
    }
    assert!(!format!("{vault:?}").contains(&hex::encode(&key)));
}

#[test]
fn two_folders_do_not_share_a_key() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let keychain = Arc::new(FakeKeychain::default());
    let first = Vault::open_with(one.path(), KeyPlace::Auto, &keychain).unwrap();
    let second = Vault::open_with(two.path(), KeyPlace::Auto, &keychain).unwrap();
    assert_eq!(keychain.entries.lock().unwrap().len(), 2);
    let sealed = first.seal(b"value", "context").unwrap();
    assert!(matches!(second.open_sealed(&sealed, "context"), Err(VaultError::Tampered { .. })));
}

#[test]
fn without_a_keychain_the_key_is_in_a_private_file_and_stays_there() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("new/data");
    let keychain = Arc::new(FakeKeychain::default());
    *keychain.broken.lock().unwrap() = Some("no session bus");
    let vault = Vault::open_with(&data, KeyPlace::Auto, &keychain).unwrap();
    assert_eq!(vault.place(), KeyPlace::File);
    assert!(vault.place_reason().contains("no session bus"), "{}", vault.place_reason());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(data.join("master.key")).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
    }
    let sealed = vault.seal(b"value", "context").unwrap();
    *keychain.broken.lock().unwrap() = None;
    let again = Vault::open_with(&data, KeyPlace::Auto, &keychain).unwrap();
    assert_eq!(again.place(), KeyPlace::File);
    assert_eq!(again.place_reason(), vault.place_reason());
    assert!(opens(&again, &sealed));
    assert!(keychain.entries.lock().unwrap().is_empty());
}

#[test]
fn a_keychain_that_hangs_or_forgets_counts_as_none() {
    let folder = tempfile::tempdir().unwrap();
    let hanging = Arc::new(FakeKeychain { hangs: Mutex::new(true), ..FakeKeychain::default() });
    let begun = Instant::now();
    let vault = Vault::open_with(folder.path(), KeyPlace::Auto, &hanging).unwrap();
    assert!(begun.elapsed() < Duration::from_secs(30), "the wait is bounded");
    assert_eq!(vault.place(), KeyPlace::File);
    assert!(vault.place_reason().contains("no answer"), "{}", vault.place_reason());

    let folder = tempfile::tempdir().unwrap();
    let forgetful = Arc::new(FakeKeychain { forgets: true, ..FakeKeychain::default() });
    assert_eq!(
        Vault::open_with(folder.path(), KeyPlace::Auto, &forgetful).unwrap().place(),
        KeyPlace::File
    );
}

#[test]
fn a_demanded_place_is_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(FakeKeychain::default());
    assert_eq!(
        Vault::open_with(folder.path(), KeyPlace::File, &keychain).unwrap().place(),
        KeyPlace::File
    );
    assert!(keychain.entries.lock().unwrap().is_empty());
    let refused = Vault::open_with(folder.path(), KeyPlace::Keychain, &keychain).unwrap_err();
    assert!(matches!(refused, VaultError::OtherPlace { found: "file", wanted: "keychain" }));

    let folder = tempfile::tempdir().unwrap();
    *keychain.broken.lock().unwrap() = Some("locked");
    let refused = Vault::open_with(folder.path(), KeyPlace::Keychain, &keychain).unwrap_err();
    assert!(matches!(&refused, VaultError::Keychain { reason } if reason == "locked"));
    assert!(
        !folder.path().join("vault.json").exists(),
        "a vault that could not be made leaves no description"
    );
}

#[test]
fn a_locked_keychain_is_not_replaced_by_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(FakeKeychain::default());
    let vault = Vault::open_with(folder.path(), KeyPlace::Auto, &keychain).unwrap();
    let sealed = vault.seal(b"value", "context").unwrap();
    *keychain.broken.lock().unwrap() = Some("locked");
    let refused = Vault::open_with(folder.path(), KeyPlace::Auto, &keychain).unwrap_err();
    assert!(matches!(refused, VaultError::Keychain { .. }));
    assert!(!folder.path().join("master.key").exists());
    *keychain.broken.lock().unwrap() = None;
    assert!(opens(&Vault::open_with(folder.path(), KeyPlace::Auto, &keychain).unwrap(), &sealed));
}

#[test]
fn a_lost_key_is_said_and_no_new_one_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(FakeKeychain::default());
    Vault::open_with(folder.path(), KeyPlace::Auto, &keychain).unwrap();
    keychain.entries.lock().unwrap().clear();
    let gone = Vault::open_with(folder.path(), KeyPlace::Auto, &keychain).unwrap_err();
    assert!(matches!(&gone, VaultError::KeyGone { at } if at.contains("keychain")), "{gone}");
    assert!(keychain.entries.lock().unwrap().is_empty());

    let folder = tempfile::tempdir().unwrap();
    Vault::open_with(folder.path(), KeyPlace::File, &keychain).unwrap();
    fs::remove_file(folder.path().join("master.key")).unwrap();
    let gone = Vault::open_with(folder.path(), KeyPlace::File, &keychain).unwrap_err();
    assert!(matches!(&gone, VaultError::KeyGone { at } if at.contains("master.key")), "{gone}");
    assert!(!folder.path().join("master.key").exists());
}

#[test]
fn another_key_is_noticed() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let keychain = Arc::new(FakeKeychain::default());
    Vault::open_with(one.path(), KeyPlace::File, &keychain).unwrap();
    Vault::open_with(two.path(), KeyPlace::File, &keychain).unwrap();
    fs::copy(one.path().join("master.key"), two.path().join("master.key")).unwrap();
    let wrong = Vault::open_with(two.path(), KeyPlace::Auto, &keychain).unwrap_err();
    assert!(matches!(wrong, VaultError::WrongKey { .. }));
}

#[cfg(unix)]
#[test]
fn a_key_file_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(FakeKeychain::default());
    Vault::open_with(folder.path(), KeyPlace::File, &keychain).unwrap();
    let path = folder.path().join("master.key");
    for mode in [0o640, 0o604, 0o620] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let refused = Vault::open_with(folder.path(), KeyPlace::File, &keychain).unwrap_err();
        assert!(
            matches!(&refused, VaultError::KeyFileReadable { mode: found, .. } if *found == mode)
        );
        assert!(
            refused.to_string().contains("chmod 600")
                && refused.to_string().contains(&format!("{mode:o}"))
        );
    }
}

#[test]
fn broken_files_are_named_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(FakeKeychain::default());
    let vault = Vault::open_with(folder.path(), KeyPlace::File, &keychain).unwrap();
    let key_path = folder.path().join("master.key");
    let key = fs::read_to_string(&key_path).unwrap();
    for broken in ["", "x\ny\n", &key[..key.len() - 5], &key.replace('S', "s")] {
        fs::write(&key_path, broken).unwrap();
        let error = Vault::open_with(folder.path(), KeyPlace::File, &keychain).unwrap_err();
        assert!(matches!(error, VaultError::KeyFileBroken { .. }), "{error}");
        assert!(!error.to_string().contains(key.lines().nth(1).unwrap()));
        assert_eq!(fs::read_to_string(&key_path).unwrap(), broken);
    }
    fs::write(&key_path, &key).unwrap();
    let marker_path = folder.path().join("vault.json");
    let marker = fs::read_to_string(&marker_path).unwrap();
    for broken in ["", "{", "[]", r#"{"version": 1}"#] {
        fs::write(&marker_path, broken).unwrap();
        let error = Vault::open_with(folder.path(), KeyPlace::File, &keychain).unwrap_err();
        assert!(matches!(error, VaultError::MarkerBroken { .. }), "{error}");
    }
    fs::write(&marker_path, marker.replace("\"version\": 1", "\"version\": 2")).unwrap();
    let error = Vault::open_with(folder.path(), KeyPlace::File, &keychain).unwrap_err();
    assert!(matches!(error, VaultError::Newer { found: 2, known: 1, .. }), "{error}");
    fs::write(&marker_path, marker).unwrap();
    let sealed = vault.seal(b"value", "context").unwrap();
    assert!(opens(&Vault::open_with(folder.path(), KeyPlace::File, &keychain).unwrap(), &sealed));
}

#[test]
fn an_interrupted_start_keeps_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(FakeKeychain::default());
    let vault = Vault::open_with(folder.path(), KeyPlace::File, &keychain).unwrap();
    let sealed = vault.seal(b"value", "context").unwrap();
    fs::remove_file(folder.path().join("vault.json")).unwrap();
    assert!(opens(&Vault::open_with(folder.path(), KeyPlace::Auto, &keychain).unwrap(), &sealed));
}

#[test]
fn vaults_opened_at_once_have_one_key() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(FakeKeychain::default());
    let vaults: Vec<Vault> = thread::scope(|scope| {
        let open = || Vault::open_with(folder.path(), KeyPlace::Auto, &keychain).unwrap();
        let threads: Vec<_> = (0..6).map(|_| scope.spawn(open)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let sealed = vaults[0].seal(b"value", "context").unwrap();
    assert!(vaults.iter().all(|vault| opens(vault, &sealed)));
    assert_eq!(keychain.entries.lock().unwrap().len(), 1);
}

/// Where a copy of the key is now.
fn copies(folder: &Path, keychain: &FakeKeychain) -> (bool, bool) {
    (!keychain.entries.lock().unwrap().is_empty(), folder.join("master.key").exists())
}

#[test]
fn the_key_moves_both_ways_and_what_was_sealed_opens() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(FakeKeychain::default());
    let open = || Vault::open_with(folder.path(), KeyPlace::Auto, &keychain).unwrap();
    let vault = Vault::open_with(folder.path(), KeyPlace::File, &keychain).unwrap();
    let sealed = vault.seal(b"value", "context").unwrap();
    let mut vault = vault;
    for (to, expected) in [
        (KeyPlace::Keychain, (true, false)),
        (KeyPlace::Keychain, (true, false)),
        (KeyPlace::File, (false, true)),
        (KeyPlace::Keychain, (true, false)),
    ] {
        vault = vault.move_key_with(folder.path(), to, &keychain, &mut |_| Ok(())).unwrap();
        assert_eq!((vault.place(), copies(folder.path(), &keychain)), (to, expected));
        assert!(opens(&vault, &sealed) && opens(&open(), &sealed));
        assert_eq!((open().place(), open().place_reason().contains("moved")), (to, true));
    }
}

#[test]
fn a_move_that_stops_at_any_step_leaves_a_vault_that_opens_and_one_copy_after_it() {
    for (from, to) in [(KeyPlace::File, KeyPlace::Keychain), (KeyPlace::Keychain, KeyPlace::File)] {
        for stop in 1..=5 {
            let folder = tempfile::tempdir().unwrap();
            let keychain = Arc::new(FakeKeychain::default());
            let vault = Vault::open_with(folder.path(), from, &keychain).unwrap();
            let sealed = vault.seal(b"value", "context").unwrap();
            let mut crash = |step| match step == stop {
                true => Err(VaultError::Random { reason: "stopped here".to_owned() }),
                false => Ok(()),
            };
            let moved = vault.move_key_with(folder.path(), to, &keychain, &mut crash);
            assert_eq!(moved.is_err(), stop < 5, "only the last step can be made up for");
            let again = Vault::open_with(folder.path(), KeyPlace::Auto, &keychain).unwrap();
            let place = if stop <= 3 { from } else { to };
            assert_eq!(again.place(), place, "{from:?} to {to:?}, stopped at {stop}");
            assert!(opens(&again, &sealed));
            let (in_keychain, in_file) = copies(folder.path(), &keychain);
            assert!(in_keychain != in_file, "one copy: {from:?} to {to:?}, stopped at {stop}");
            // And it moves on from there.
            let moved = again.move_key_with(folder.path(), to, &keychain, &mut |_| Ok(())).unwrap();
            assert!(moved.place() == to && opens(&moved, &sealed));
        }
    }
}

#[test]
fn a_place_that_fails_during_a_move_changes_nothing_and_the_copy_helps_when_the_place_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(FakeKeychain::default());
    let vault = Vault::open_with(folder.path(), KeyPlace::File, &keychain).unwrap();
    let sealed = vault.seal(b"value", "context").unwrap();
    *keychain.broken.lock().unwrap() = Some("locked");
    let mut none = |_| Ok(());
    let refused = vault.move_key_with(folder.path(), KeyPlace::Keychain, &keychain, &mut none);
    assert!(matches!(refused, Err(VaultError::Keychain { .. })));
    let again = Vault::open_with(folder.path(), KeyPlace::Auto, &keychain).unwrap();
    assert!(again.place() == KeyPlace::File && opens(&again, &sealed));
    *keychain.broken.lock().unwrap() = None;
    // Stopped after the new place was named, and then the keychain cannot be read.
    let mut crash = |step| match step {
        4 => Err(VaultError::Random { reason: "stopped here".to_owned() }),
        _ => Ok(()),
    };
    let stopped = again.move_key_with(folder.path(), KeyPlace::Keychain, &keychain, &mut crash);
    assert!(stopped.is_err());
    *keychain.broken.lock().unwrap() = Some("locked");
    let again = Vault::open_with(folder.path(), KeyPlace::Auto, &keychain).unwrap();
    assert!(opens(&again, &sealed), "by the copy in the file");
    assert!(folder.path().join("master.key").exists(), "which is not taken away then");
}

#[test]
fn a_foreign_key_file_is_neither_used_nor_deleted_by_a_move() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let keychain = Arc::new(FakeKeychain::default());
    let vault = Vault::open_with(folder.path(), KeyPlace::Keychain, &keychain).unwrap();
    Vault::open_with(other.path(), KeyPlace::File, &keychain).unwrap();
    let foreign = folder.path().join("master.key");
    fs::copy(other.path().join("master.key"), &foreign).unwrap();
    let refused = vault.move_key_with(folder.path(), KeyPlace::File, &keychain, &mut |_| Ok(()));
    assert!(matches!(refused, Err(VaultError::WrongKey { .. })));
    Vault::open_with(folder.path(), KeyPlace::Auto, &keychain).unwrap();
    assert!(foreign.exists());
}

#[test]
fn words_for_places() {
    for place in [KeyPlace::Auto, KeyPlace::Keychain, KeyPlace::File] {
        assert_eq!(KeyPlace::from_word(place.word()), Some(place));
        assert_eq!(serde_json::to_value(place).unwrap(), place.word());
    }
    assert_eq!(KeyPlace::from_word("disk"), None);
    assert_eq!(environment(KeyPlace::File).unwrap(), KeyPlace::File);
}
