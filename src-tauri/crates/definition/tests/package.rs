//! Functions as zips: the same bytes every time, nothing from outside, nothing to outside.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::io::{Cursor, Write};

use definition::{
    FunctionKind, PackageError, Project, function_zip, read_function_zip, template,
    write_function_files,
};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const KIND: FunctionKind = FunctionKind::Build;

fn new_app() -> (tempfile::TempDir, Project) {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::create(folder.path().join("app"), "My app").unwrap();
    (folder, project)
}

fn add(project: &Project, name: &str, text: &str) {
    let path = project.function_dir(KIND).join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn names(zip: &[u8]) -> Vec<String> {
    read_function_zip(zip).unwrap().into_iter().map(|file| file.name).collect()
}

fn zip_of(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer
            .start_file(
                *name,
                SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
            )
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A zip in the place of a function; the names of its files.
fn write_function_zip(
    project: &Project,
    kind: FunctionKind,
    zip: &[u8],
) -> Result<Vec<String>, PackageError> {
    let files = read_function_zip(zip)?;
    write_function_files(project, kind, &files)?;
    Ok(files.into_iter().map(|file| file.name).collect())
}

#[test]
fn packs_the_folder_sorted_and_without_what_is_hidden() {
    let (_folder, project) = new_app();
    for name in ["package.json", "node_modules/b/index.js", "node_modules/a/lib/x.js", "lib.js"] {
        add(&project, name, name);
    }
    for name in [
        ".env",
        ".git/config",
        "node_modules/.bin/tool",
        "node_modules/.cache/x",
        "node_modules/.package-lock.json",
    ] {
        add(&project, name, "not this");
    }
    let zip = function_zip(&project, KIND).unwrap();
    assert_eq!(
        names(&zip),
        [
            "index.js",
            "lib.js",
            "node_modules/a/lib/x.js",
            "node_modules/b/index.js",
            "package.json"
        ]
    );
    let index = &read_function_zip(&zip).unwrap()[0];
    assert_eq!(index.bytes, template(KIND).as_bytes());
}

#[test]
fn the_same_files_make_the_same_bytes() {
    let (_a, first) = new_app();
    add(&first, "b.js", "b");
    add(&first, "a/c.js", "c");
    let (_b, second) = new_app();
    add(&second, "a/c.js", "c");
    add(&second, "b.js", "b");
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    fs::File::options()
        .append(true)
        .open(second.function_dir(KIND).join("b.js"))
        .unwrap()
        .set_modified(old)
        .unwrap();
    assert_eq!(function_zip(&first, KIND).unwrap(), function_zip(&second, KIND).unwrap());
}

#[test]
fn without_index_js_there_is_nothing_to_pack() {
    let (_folder, project) = new_app();
    fs::remove_file(project.function_dir(KIND).join("index.js")).unwrap();
    let error = function_zip(&project, KIND).unwrap_err();
    assert_eq!(error.to_string(), "functions/build/index.js does not exist");
}

#[cfg(unix)]
#[test]
fn links_are_packed_only_from_within_the_folder() {
    use std::os::unix::fs::symlink;
    let (folder, project) = new_app();
    let function = project.function_dir(KIND);
    add(&project, "real/x.js", "x");
    symlink("real/x.js", function.join("link.js")).unwrap();
    assert_eq!(names(&function_zip(&project, KIND).unwrap()), ["index.js", "link.js", "real/x.js"]);

    fs::write(folder.path().join("outside"), "secret").unwrap();
    for target in ["../../../outside", "/etc/hostname", "../action", "nothing", "."] {
        symlink(target, function.join("bad")).unwrap();
        let error = function_zip(&project, KIND).unwrap_err();
        assert!(
            matches!(&error, PackageError::Link { name } if name.starts_with("bad")),
            "{target}: {error}"
        );
        fs::remove_file(function.join("bad")).unwrap();
    }
    // Links among what is left out do not matter: npm makes them.
    fs::create_dir_all(function.join("node_modules/.bin")).unwrap();
    symlink("/usr/bin/env", function.join("node_modules/.bin/tool")).unwrap();
    function_zip(&project, KIND).unwrap();
}

#[test]
fn what_was_packed_is_unpacked_whole_and_replaces_what_was_there() {
    let (_a, first) = new_app();
    first.write_function(KIND, "// new", None).unwrap();
    add(&first, "node_modules/a/index.js", "a");
    let zip = function_zip(&first, KIND).unwrap();
    let (_b, second) = new_app();
    add(&second, "old.js", "old");
    assert_eq!(
        write_function_zip(&second, KIND, &zip).unwrap(),
        ["index.js", "node_modules/a/index.js"]
    );
    assert_eq!(function_zip(&second, KIND).unwrap(), zip);
    assert!(!second.function_dir(KIND).join("old.js").exists());
    let left: Vec<_> = fs::read_dir(second.root().join("functions"))
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 5, "{left:?}");
    // And where there is no folder yet.
    fs::remove_dir_all(second.root().join("functions")).unwrap();
    write_function_zip(&second, KIND, &zip).unwrap();
    assert_eq!(second.read_function(KIND).unwrap().code, "// new");
}

#[test]
fn names_that_lead_elsewhere_are_refused_and_nothing_is_written() {
    let (folder, project) = new_app();
    let bad = [
        "../evil.js",
        "a/../../evil.js",
        "/evil.js",
        "C:/evil.js",
        "a\\..\\evil.js",
        "a//b.js",
        "./a.js",
        "a/./b.js",
        "..",
        "a\0.js",
        "a\n.js",
        "x.",
        "x /y",
        "INDEX.js",
        "index.js/below",
    ];
    for name in bad {
        let zip = zip_of(&[("index.js", "1"), (name, "evil")]);
        let error = write_function_zip(&project, KIND, &zip).unwrap_err();
        assert!(matches!(error, PackageError::BadName { .. }), "{name:?}: {error}");
    }
    let long = "x/".repeat(300) + "y";
    assert!(matches!(
        read_function_zip(&zip_of(&[(&long, "")])),
        Err(PackageError::BadName { .. })
    ));
    assert_eq!(project.read_function(KIND).unwrap().code, template(KIND));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn links_in_a_zip_are_refused() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("index.js", SimpleFileOptions::default()).unwrap();
    writer.add_symlink("link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let zip = writer.finish().unwrap().into_inner();
    assert!(matches!(read_function_zip(&zip), Err(PackageError::Link { name }) if name == "link"));
}

#[test]
fn what_is_no_function_says_why() {
    assert!(matches!(read_function_zip(b""), Err(PackageError::NotAZip { .. })));
    assert!(matches!(read_function_zip(b"PK\x03\x04 nothing"), Err(PackageError::NotAZip { .. })));
    let error =
        read_function_zip(&zip_of(&[("fn/index.js", ""), ("fn/node_modules/a/index.js", "")]))
            .unwrap_err();
    assert!(error.to_string().contains("it stands at \"fn/index.js\""), "{error}");
    let error = read_function_zip(&zip_of(&[("main.js", "")])).unwrap_err();
    assert_eq!(error.to_string(), "there is no index.js at the root");
    let mut damaged = zip_of(&[("index.js", "exports.handler = 1")]);
    let at = damaged.windows(7).position(|bytes| bytes == b"exports").unwrap();
    damaged[at] ^= 1;
    assert!(matches!(
        read_function_zip(&damaged),
        Err(PackageError::NotAZip { name: Some(_), .. })
    ));
}

#[test]
fn too_many_bytes_are_not_even_opened() {
    let zip = vec![0; 50 * 1024 * 1024 + 1];
    assert!(matches!(
        read_function_zip(&zip),
        Err(PackageError::TooLarge { what: "bytes zipped", .. })
    ));
}

fn any_name() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "\\.{1,3}",
        "[a-c]{1,2}",
        "[A-C/\\\\:. ]{1,4}",
        "\\PC{0,4}",
        Just("index.js".to_owned())
    ];
    (
        prop_oneof![Just(""), Just("/"), Just("C:\\"), Just("\\\\")],
        prop::collection::vec(part, 1..4),
    )
        .prop_map(|(start, parts)| format!("{start}{}", parts.join("/")))
}

#[test]
fn a_name_that_stands_there_twice_is_refused() {
    let mut zip = zip_of(&[("index.js", "one"), ("indey.js", "two")]);
    while let Some(at) = zip.windows(8).position(|name| name == b"indey.js") {
        zip[at..at + 8].copy_from_slice(b"index.js");
    }
    let error = read_function_zip(&zip).unwrap_err().to_string();
    assert!(error.contains("a name stands in it twice"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn unpacking_never_leaves_the_function(others in prop::collection::vec(any_name(), 0..4)) {
        let (folder, project) = new_app();
        let mut files = vec![("index.js", "new")];
        // The writer refuses a name twice by itself.
        let mut seen = std::collections::HashSet::from(["index.js"]);
        files.extend(others.iter().filter(|name| seen.insert(name.as_str())).map(|name| (name.as_str(), "other")));
        let written = write_function_zip(&project, KIND, &zip_of(&files));
        // Every file outside of the function is what it was before.
        let inside = project.function_dir(KIND);
        for entry in walkdir::WalkDir::new(folder.path()).into_iter().map(Result::unwrap) {
            if entry.file_type().is_file() && !entry.path().starts_with(&inside) {
                let text = fs::read_to_string(entry.path()).unwrap();
                prop_assert!(text != "other" && text != "new", "{:?}", entry.path());
            }
        }
        match written {
            Ok(names) => {
                prop_assert_eq!(project.read_function(KIND).unwrap().code, "new");
                prop_assert!(names.iter().all(|name| inside.join(name).is_file()));
            }
            Err(_) => prop_assert_eq!(project.read_function(KIND).unwrap().code, template(KIND)),
        }
    }

    #[test]
    fn no_bytes_make_reading_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut zip = zip_of(&[("index.js", "exports.handler = 1"), ("a/b.js", "x")]);
        let place = at.index(zip.len());
        zip[place] = byte;
        let _ = read_function_zip(&zip);
        let _ = read_function_zip(&zip[..cut.index(zip.len())]);
    }
}
