//! An app's folder: made, read, saved, and what happens when it is broken or changes under the hand.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::Path;

use definition::{
    ActionType, FileVersion, FunctionKind, Project, ProjectError, SaveError, Severity, template,
};
use serde_json::json;
use tempfile::TempDir;

fn new_app() -> (TempDir, Project) {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::create(folder.path().join("my-app"), "My app").unwrap();
    (folder, project)
}

fn with_app_json(bytes: impl AsRef<[u8]>) -> (TempDir, Project) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("app.json"), bytes).unwrap();
    let project = Project::open(folder.path()).unwrap();
    (folder, project)
}

/// Names of all files below a folder, sorted; nothing temporary may stay behind.
fn files(root: &Path) -> Vec<String> {
    let mut names: Vec<String> = walkdir::WalkDir::new(root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_app_is_whole_and_opens_again() {
    let (_folder, project) = new_app();
    assert_eq!(
        files(project.root()),
        [
            "app.json",
            "functions/action/index.js",
            "functions/build/index.js",
            "functions/identity/index.js",
            "functions/redirect/index.js",
            "functions/webhook/index.js"
        ]
    );
    let again = Project::open(project.root()).unwrap();
    assert_eq!(again, project);
    let loaded = again.load().unwrap();
    assert_eq!(loaded.app.name, "My app");
    assert_eq!(loaded.app.actions[0].action_type, ActionType::Action);
    assert_eq!(loaded.version, FileVersion::of(&loaded.text));
    for kind in FunctionKind::ALL {
        assert!(loaded.app.function(kind).is_some());
        let source = again.read_function(kind).unwrap();
        assert_eq!(source.code, template(kind));
        assert_eq!(source.path_in_app, format!("functions/{kind}/index.js"));
        assert_eq!(
            again.function_dir(kind).join("index.js"),
            again.root().join(&source.path_in_app)
        );
    }
    assert!(
        loaded.text.starts_with(
            "{\n  \"name\": \"My app\",\n  \"actions\": [\n    {\n      \"key\": \"start\""
        ),
        "{}",
        loaded.text
    );
    assert!(loaded.text.ends_with("}\n"));
}

#[cfg(unix)]
#[test]
fn new_files_are_as_readable_as_any_other() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, project) = new_app();
    fs::write(folder.path().join("plain"), "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&project.root().join("app.json")), mode(&folder.path().join("plain")));
    // A script that was made executable stays so.
    let index = project.function_dir(FunctionKind::Build).join("index.js");
    fs::set_permissions(&index, fs::Permissions::from_mode(0o755)).unwrap();
    project.write_function(FunctionKind::Build, "// new", None).unwrap();
    assert_eq!(mode(&index), 0o755);
}

#[test]
fn a_folder_with_anything_in_it_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    let refused = Project::create(folder.path(), "X").unwrap_err();
    assert!(
        matches!(refused, SaveError::Refused(ProjectError::FolderNotEmpty { .. })),
        "{refused}"
    );
    assert_eq!(files(folder.path()), ["notes.txt"]);
    let file = folder.path().join("notes.txt");
    assert!(matches!(
        Project::create(&file, "X"),
        Err(SaveError::Refused(ProjectError::NotAFolder { .. }))
    ));
    // An empty one is fine.
    let empty = tempfile::tempdir().unwrap();
    Project::create(empty.path(), "X").unwrap();
}

#[test]
fn opening_says_what_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Project::open(folder.path().join("none")).unwrap_err();
    assert!(matches!(missing, ProjectError::FolderMissing { .. }), "{missing}");
    let bare = Project::open(folder.path()).unwrap_err();
    assert!(matches!(bare, ProjectError::NoAppJson { .. }), "{bare}");
    assert_eq!(bare.diagnostic().rule, "project.app_json.missing");
    fs::write(folder.path().join("file"), "").unwrap();
    assert!(matches!(
        Project::open(folder.path().join("file")),
        Err(ProjectError::NotAFolder { .. })
    ));
    assert!(matches!(
        Project::open(folder.path().join("file/below")),
        Err(ProjectError::NotAFolder { .. })
    ));
}

#[test]
fn a_broken_definition_is_named_with_its_place() {
    let (_a, project) = with_app_json(b"{\n  \"name\": \"caf\xe9\"\n}");
    let error = project.load().unwrap_err();
    assert!(matches!(&error, ProjectError::NotUtf8 { offset: 16, line: 2, .. }), "{error:?}");

    let (_b, project) = with_app_json("{\n  \"name\": \"x\",\n  oops\n}");
    let error = project.load().unwrap_err();
    assert!(error.to_string().starts_with("app.json:3:3 is not JSON: "), "{error}");
    assert!(!error.to_string().contains(" at line"), "{error}");
    let finding = error.diagnostic();
    assert_eq!(
        (finding.rule.as_str(), finding.file.as_deref(), finding.line),
        ("file.not_json", Some("app.json"), Some(3))
    );

    let (_c, project) = with_app_json("");
    assert!(project.load().unwrap_err().to_string().contains("the file is empty"));

    let (_d, project) = with_app_json("{\"name\": \"x\"} {}");
    assert!(matches!(project.load(), Err(ProjectError::NotJson { column: 15, .. })));

    let (_e, project) = with_app_json("[".repeat(100_000));
    assert!(matches!(
        project.load(),
        Err(ProjectError::NotJson { .. } | ProjectError::WrongShape { .. })
    ));
}

#[test]
fn a_wrong_shape_is_named_with_field_and_expectation() {
    let shape = |text: &str| {
        let (_folder, project) = with_app_json(text);
        project.load().unwrap_err().diagnostic()
    };
    let finding = shape(
        "{\n \"name\": \"x\",\n \"actions\": [{\"key\": \"a\", \"title\": \"A\", \"type\": \"ACTION\"}]\n}",
    );
    assert_eq!((finding.path.as_str(), finding.line), ("actions[0].type", Some(3)));
    assert!(finding.expected.unwrap().contains("APP_ACTION_TYPE_ACTION"));

    let finding = shape("{\"name\": \"x\", \"redirect_function\": {\"by_zip\": \"no\"}}");
    assert_eq!(finding.path, "redirect_function.by_zip");
    assert_eq!(finding.expected.as_deref(), Some("true or false"));

    let finding = shape("[]");
    assert_eq!((finding.path.as_str(), finding.expected.as_deref()), ("", Some("an object")));

    let finding = shape("{}");
    assert!(finding.message.contains("missing field `name`"), "{}", finding.message);

    let oauth2 = json!({"name": "x", "authentication": {"oauth2": {
        "client_id": "a", "client_secret": 5,
        "authorization_request": {"method": "GET", "url": ""}, "get_token_request": {"method": "GET", "url": ""}}}});
    let finding = shape(&oauth2.to_string());
    assert_eq!(finding.path, "authentication.oauth2.client_secret");
    assert!(finding.expected.unwrap().contains("secret"));

    let put = json!({"name": "x", "authentication": {"oauth2": {
        "authorization_request": {"method": "PUT", "url": ""}, "get_token_request": {"method": "GET", "url": ""}}}});
    assert_eq!(shape(&put.to_string()).path, "authentication.oauth2.authorization_request.method");
}

#[test]
fn a_byte_order_mark_is_read_past() {
    let (_folder, project) = with_app_json("\u{feff}{\"name\": \"x\"}");
    let loaded = project.load().unwrap();
    assert_eq!(loaded.app.name, "x");
    assert_eq!(loaded.text, "{\"name\": \"x\"}");
    // The version is that of the bytes, so that saving from here is no conflict.
    project.save(&loaded.app, Some(&loaded.version)).unwrap();
}

#[test]
fn too_large_files_are_refused_both_ways() {
    let (_folder, project) =
        with_app_json(format!("{{\"name\": \"{}\"}}", "x".repeat(1024 * 1024)));
    assert!(matches!(project.load(), Err(ProjectError::TooLarge { limit: 1_048_576, .. })));
    let code = "x".repeat(5 * 1024 * 1024 + 1);
    let refused = project.write_function(FunctionKind::Build, &code, None).unwrap_err();
    assert!(
        refused.to_string().contains("functions/build/index.js has 5242881 bytes; at most 5242880"),
        "{refused}"
    );
    assert!(!project.function_dir(FunctionKind::Build).exists());
}

#[test]
fn a_save_over_a_changed_file_writes_nothing_and_shows_the_change() {
    let (_folder, project) = new_app();
    let loaded = project.load().unwrap();
    let mut app = loaded.app.clone();
    app.name = "Mine".to_owned();
    let theirs = "{\"name\": \"Theirs\"}";
    fs::write(project.root().join("app.json"), theirs).unwrap();

    let conflict = project.save(&app, Some(&loaded.version)).unwrap_err();
    let SaveError::Conflict { path, current_text, current_version } = conflict else {
        panic!("{conflict}")
    };
    assert_eq!((path.as_str(), current_text.as_deref()), ("app.json", Some(theirs)));
    assert_eq!(project.load().unwrap().app.name, "Theirs");

    // With the version found, it is replaced knowingly.
    let version = project.save(&app, current_version.as_ref()).unwrap();
    let saved = project.load().unwrap();
    assert_eq!((saved.app, saved.version), (app.clone(), version.clone()));

    // Saving the same twice is no conflict with oneself.
    assert_eq!(project.save(&app, Some(&version)).unwrap(), version);

    // Gone is changed, too.
    fs::remove_file(project.root().join("app.json")).unwrap();
    let gone = project.save(&app, Some(&version)).unwrap_err();
    assert!(
        matches!(gone, SaveError::Conflict { current_text: None, current_version: None, .. }),
        "{gone}"
    );
    assert!(!project.root().join("app.json").exists());
    assert!(files(project.root()).iter().all(|name| !name.contains(".tmp")));
}

#[test]
fn code_is_saved_and_conflicts_alike() {
    let (_folder, project) = new_app();
    let source = project.read_function(FunctionKind::Action).unwrap();
    let version = project
        .write_function(FunctionKind::Action, "exports.handler = 1", Some(&source.version))
        .unwrap();
    let old =
        project.write_function(FunctionKind::Action, "mine", Some(&source.version)).unwrap_err();
    assert!(
        matches!(old, SaveError::Conflict { current_text: Some(text), .. } if text == "exports.handler = 1")
    );
    assert_eq!(project.read_function(FunctionKind::Action).unwrap().version, version);
}

#[test]
fn text_that_is_no_json_can_be_saved() {
    let (_folder, project) = new_app();
    let loaded = project.load().unwrap();
    project.save_text("{ half", Some(&loaded.version)).unwrap();
    assert_eq!(project.load_text().unwrap().0, "{ half");
    assert!(project.load().is_err());
}

#[test]
fn a_function_switched_on_gets_code_only_where_there_is_none() {
    let (_folder, project) = new_app();
    project.write_function(FunctionKind::Webhook, "// mine", None).unwrap();
    assert!(!project.ensure_function(FunctionKind::Webhook).unwrap());
    assert_eq!(project.read_function(FunctionKind::Webhook).unwrap().code, "// mine");
    fs::remove_dir_all(project.function_dir(FunctionKind::Webhook)).unwrap();
    let missing = project.read_function(FunctionKind::Webhook).unwrap_err();
    assert_eq!(missing.to_string(), "functions/webhook/index.js does not exist");
    assert!(project.ensure_function(FunctionKind::Webhook).unwrap());
    assert_eq!(
        project.read_function(FunctionKind::Webhook).unwrap().code,
        template(FunctionKind::Webhook)
    );
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_refused_and_links_within_are_followed() {
    use std::os::unix::fs::symlink;
    let (folder, project) = new_app();
    let outside = folder.path().join("outside.js");
    fs::write(&outside, "secret").unwrap();
    let index = project.function_dir(FunctionKind::Build).join("index.js");
    for target in [
        outside.as_path(),
        Path::new("/etc/hostname"),
        Path::new("../../../outside.js"),
        Path::new("nowhere"),
    ] {
        fs::remove_file(&index).unwrap();
        symlink(target, &index).unwrap();
        let read = project.read_function(FunctionKind::Build).unwrap_err();
        assert!(matches!(read, ProjectError::LeavesFolder { .. }), "{read}");
        assert!(matches!(
            project.write_function(FunctionKind::Build, "x", None),
            Err(SaveError::Refused(ProjectError::LeavesFolder { .. }))
        ));
    }
    assert_eq!(fs::read_to_string(&outside).unwrap(), "secret");

    // The folder as a link leads out just as well.
    fs::create_dir(folder.path().join("elsewhere")).unwrap();
    fs::remove_dir_all(project.root().join("functions/action")).unwrap();
    symlink(folder.path().join("elsewhere"), project.root().join("functions/action")).unwrap();
    assert!(project.ensure_function(FunctionKind::Action).is_err());
    assert!(files(&folder.path().join("elsewhere")).is_empty());

    // One link within the app: what it leads to is written, and it stays a link.
    fs::write(project.root().join("shared.js"), "old").unwrap();
    fs::remove_file(&index).unwrap();
    symlink("../../shared.js", &index).unwrap();
    let source = project.read_function(FunctionKind::Build).unwrap();
    project.write_function(FunctionKind::Build, "new", Some(&source.version)).unwrap();
    assert_eq!(fs::read_to_string(project.root().join("shared.js")).unwrap(), "new");
    assert!(fs::symlink_metadata(&index).unwrap().is_symlink());
}

#[test]
fn something_else_in_the_place_of_a_file_is_named() {
    let (_folder, project) = new_app();
    fs::remove_file(project.root().join("app.json")).unwrap();
    fs::create_dir(project.root().join("app.json")).unwrap();
    assert_eq!(project.load_text().unwrap_err().to_string(), "app.json is not a file");
    let refused = project.save_text("{}", None).unwrap_err();
    assert!(matches!(refused, SaveError::Refused(ProjectError::NotAFile { .. })), "{refused}");
}

#[test]
fn a_read_only_file_is_not_replaced() {
    let (_folder, project) = new_app();
    let path = project.root().join("app.json");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let error = project.save_text("{}", None).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("app.json: the file is read-only; the file on disk is unchanged"),
        "{error}"
    );
    assert_eq!(project.load().unwrap().app.name, "My app");
}

#[test]
fn a_logo_is_checked_on_the_way_in_and_out() {
    let (_folder, project) = new_app();
    assert_eq!(project.read_logo().unwrap(), None);
    assert!(matches!(
        project.write_logo(b"GIF89a".to_vec()),
        Err(SaveError::Refused(ProjectError::Logo(_)))
    ));
    assert_eq!(project.read_logo().unwrap(), None);
    let mut bytes = Vec::new();
    let mut writer = png::Encoder::new(&mut bytes, 128, 128).write_header().unwrap();
    writer.write_image_data(&[7; 128 * 128]).unwrap();
    writer.finish().unwrap();
    let logo = project.write_logo(bytes).unwrap();
    assert_eq!(project.read_logo().unwrap(), Some(logo));
    fs::write(project.root().join("logo.png"), vec![0; 200_000]).unwrap();
    assert!(
        project
            .read_logo()
            .unwrap_err()
            .to_string()
            .contains("200000 bytes; expected at most 102,400")
    );
    project.remove_logo().unwrap();
    project.remove_logo().unwrap();
    assert_eq!(project.read_logo().unwrap(), None);
}

#[test]
fn answers_are_listed_and_read_by_name() {
    let (_folder, project) = new_app();
    assert_eq!(project.answers().unwrap(), []);
    let folder = project.root().join("answers");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("happy path.json"), "{\"note\": \"x\"}").unwrap();
    fs::write(folder.join("declined.json"), "{oops").unwrap();
    fs::write(folder.join("readme.md"), "").unwrap();
    fs::write(folder.join(".hidden.json"), "").unwrap();
    let names: Vec<String> =
        project.answers().unwrap().into_iter().map(|answers| answers.name).collect();
    assert_eq!(names, ["declined", "happy path"]);
    assert_eq!(project.read_answers("happy path").unwrap(), json!({"note": "x"}));
    assert_eq!(project.read_answers("happy path.json").unwrap(), json!({"note": "x"}));
    assert!(
        project
            .read_answers("declined")
            .unwrap_err()
            .to_string()
            .starts_with("answers/declined.json:1:2 is not JSON")
    );
    assert!(matches!(project.read_answers("none"), Err(ProjectError::FileMissing { .. })));
    for name in ["../app", "", ".", "..", "a/b", "/etc/passwd", "a\\b"] {
        assert!(
            matches!(project.read_answers(name), Err(ProjectError::BadAnswersName { .. })),
            "{name}"
        );
    }
}

#[test]
fn every_error_makes_a_finding() {
    let (_folder, project) = new_app();
    let error =
        project.save(&project.load().unwrap().app, Some(&FileVersion::of("other"))).unwrap_err();
    let finding = error.diagnostic();
    assert_eq!((finding.severity, finding.rule.as_str()), (Severity::Error, "save.conflict"));
    assert_eq!(finding.file.as_deref(), Some("app.json"));
}
