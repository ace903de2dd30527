//! The check of a whole folder.

use std::fs;

use definition::{FunctionKind, Project, Severity};

/// Rule and file of every finding.
fn findings(project: &Project) -> Vec<(String, Option<String>)> {
    project.check().into_iter().map(|finding| (finding.rule, finding.file)).collect()
}

fn finding(rule: &str, file: &str) -> (String, Option<String>) {
    (rule.to_owned(), Some(file.to_owned()))
}

#[test]
fn a_new_app_has_no_findings_and_each_broken_file_one() {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::create(folder.path(), "My app").unwrap();
    assert_eq!(findings(&project), []);

    fs::write(project.root().join("logo.png"), "GIF89a").unwrap();
    fs::write(project.function_dir(FunctionKind::Build).join("index.js"), "\n").unwrap();
    fs::remove_file(project.function_dir(FunctionKind::Webhook).join("index.js")).unwrap();
    fs::write(project.function_dir(FunctionKind::Action).join("index.js"), b"\xff").unwrap();
    assert_eq!(
        findings(&project),
        [
            finding("logo.invalid", "logo.png"),
            finding("function.code.empty", "functions/build/index.js"),
            finding("file.not_utf8", "functions/action/index.js"),
            finding("function.code.missing", "functions/webhook/index.js"),
        ]
    );

    // What is switched off needs no code.
    let loaded = project.load().unwrap();
    let mut app = loaded.app;
    app.webhook_function = None;
    app.name = String::new();
    project.save(&app, Some(&loaded.version)).unwrap();
    assert_eq!(findings(&project)[0], finding("app.name.empty", "app.json"));
    assert!(
        !findings(&project)
            .contains(&finding("function.code.missing", "functions/webhook/index.js"))
    );

    // A definition that is no JSON hides nothing else.
    project.save_text("{", None).unwrap();
    let broken = project.check();
    assert_eq!(
        (broken[0].rule.as_str(), broken[0].line, broken[0].severity),
        ("file.not_json", Some(1), Severity::Error)
    );
    assert_eq!(broken.len(), 4);
}
