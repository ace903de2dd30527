use std::collections::BTreeMap;

use super::*;
use crate::package::Files;

struct Fake(BTreeMap<&'static str, &'static str>);

impl Files for Fake {
    fn child(&self, folder: &str, name: &str) -> Entry {
        let path = child_path(folder, name);
        if path.starts_with("link") {
            return Entry::Outside;
        }
        if self.0.contains_key(path.as_str()) {
            return Entry::File(path);
        }
        if self.0.keys().any(|key| key.starts_with(&format!("{path}/"))) {
            return Entry::Folder(path);
        }
        Entry::Absent
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.0.get(path).map(|text| text.as_bytes().to_vec()).ok_or_else(String::new)
    }

    fn list(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn size(&self, _: &str) -> u64 {
        0
    }
}

fn package() -> Packages {
    Packages::new(Box::new(Fake(BTreeMap::from([
        ("index.js", ""),
        (
            "package.json",
            r##"{"name": "own", "exports": "./lib/index.js", "imports": {"#data": "./lib/data.json", "#fs": "node:fs", "#dep": "plain"}}"##,
        ),
        ("lib/index.js", ""),
        ("lib/data.json", "{}"),
        ("lib/a b.mjs", ""),
        ("node_modules/plain/package.json", r#"{"main": "./dist"}"#),
        ("node_modules/plain/dist/index.js", ""),
        ("node_modules/plain/extra.js", ""),
        ("node_modules/broken/package.json", "{"),
        ("node_modules/lost/package.json", r#"{"main": "./nope.js"}"#),
        ("node_modules/fallen/package.json", r#"{"main": "./nope.js"}"#),
        ("node_modules/fallen/index.js", ""),
        (
            "node_modules/@org/mapped/package.json",
            r#"{"name": "@org/mapped", "type": "module", "exports": {".": {"import": "./m.mjs", "require": "./c.cjs"}, "./x/*": "./src/*.js", "./gone": "./gone.js"}}"#,
        ),
        ("node_modules/@org/mapped/c.cjs", ""),
        ("node_modules/@org/mapped/m.mjs", ""),
        ("node_modules/@org/mapped/src/one.js", ""),
        ("node_modules/@org/mapped/secret.js", ""),
    ]))))
}

fn found(asked: Asked, specifier: &str, from: &str) -> String {
    let packages = package();
    let question = Question {
        packages: &packages,
        asked,
        from,
        importer: "/var/task/x.js",
        is_builtin: &|name| name == "fs",
    };
    match resolve(question, specifier) {
        Ok(Target::File(path)) => path,
        Ok(Target::Builtin(name)) => format!("node:{name}"),
        Err(refusal) => format!("{} {}", refusal.code, refusal.message),
    }
}

fn required(specifier: &str, from: &str) -> String {
    found(Asked::ByRequire, specifier, from)
}

fn imported(specifier: &str, from: &str) -> String {
    found(Asked::ByImport, specifier, from)
}

#[test]
fn require_tries_extensions_and_folders() {
    assert_eq!(required("./lib", ""), "lib/index.js");
    assert_eq!(required("./data", "lib"), "lib/data.json");
    assert_eq!(required("..", "lib"), "index.js");
    assert_eq!(required("/var/task/lib/", ""), "lib/index.js");
    assert_eq!(required("./index/", ""), "MODULE_NOT_FOUND Cannot find module './index/'");
    assert_eq!(required("./none", ""), "MODULE_NOT_FOUND Cannot find module './none'");
}

#[test]
fn import_takes_paths_as_they_are() {
    assert_eq!(imported("./lib/index.js", ""), "lib/index.js");
    assert_eq!(imported("./a%20b.mjs", "lib"), "lib/a b.mjs");
    assert_eq!(imported("file:///var/task/lib/index.js", ""), "lib/index.js");
    assert_eq!(
        imported("./lib/index", ""),
        "ERR_MODULE_NOT_FOUND Cannot find module '/var/task/lib/index' imported from /var/task/x.js"
    );
    assert!(imported("./lib", "").starts_with("ERR_UNSUPPORTED_DIR_IMPORT "));
    assert!(imported("https://x/y.js", "").starts_with("ERR_UNSUPPORTED_ESM_URL_SCHEME "));
    assert!(imported("./a%2fb.js", "").starts_with("ERR_INVALID_MODULE_SPECIFIER "));
}

#[test]
fn packages_have_a_main_file_or_exports() {
    for asked in [Asked::ByRequire, Asked::ByImport] {
        assert_eq!(found(asked, "plain", "lib"), "node_modules/plain/dist/index.js");
        assert_eq!(found(asked, "plain/extra.js", ""), "node_modules/plain/extra.js");
        assert_eq!(found(asked, "fallen", ""), "node_modules/fallen/index.js");
        assert_eq!(found(asked, "@org/mapped/x/one", ""), "node_modules/@org/mapped/src/one.js");
        assert!(
            found(asked, "@org/mapped/secret.js", "").starts_with("ERR_PACKAGE_PATH_NOT_EXPORTED ")
        );
    }
    assert_eq!(required("plain/extra", ""), "node_modules/plain/extra.js");
    assert!(imported("plain/extra", "").starts_with("ERR_MODULE_NOT_FOUND "));
    assert_eq!(required("@org/mapped", ""), "node_modules/@org/mapped/c.cjs");
    assert_eq!(imported("@org/mapped", ""), "node_modules/@org/mapped/m.mjs");
    assert_eq!(
        required("@org/mapped/gone", ""),
        "MODULE_NOT_FOUND Cannot find module '/var/task/node_modules/@org/mapped/gone.js'"
    );
    assert_eq!(
        required("lost", ""),
        "MODULE_NOT_FOUND Cannot find module '/var/task/node_modules/lost/nope.js'. Please verify that the package.json has a valid \"main\" entry"
    );
    assert!(required("broken", "").starts_with(" Error parsing /var/task/node_modules/broken/"));
    assert!(imported("broken", "").starts_with("ERR_INVALID_PACKAGE_CONFIG "));
    assert!(imported("@org", "").starts_with("ERR_INVALID_MODULE_SPECIFIER "));
}

#[test]
fn a_package_knows_itself_and_its_imports() {
    let within = "node_modules/@org/mapped/src";
    assert_eq!(required("@org/mapped", within), "node_modules/@org/mapped/c.cjs");
    assert_eq!(imported("@org/mapped", within), "node_modules/@org/mapped/m.mjs");
    for asked in [Asked::ByRequire, Asked::ByImport] {
        assert_eq!(found(asked, "own", "lib"), "lib/index.js");
        assert_eq!(found(asked, "#data", "lib"), "lib/data.json");
        assert_eq!(found(asked, "#fs", "lib"), "node:fs");
        assert_eq!(found(asked, "#dep", "lib"), "node_modules/plain/dist/index.js");
        assert!(found(asked, "#nope", "").starts_with("ERR_PACKAGE_IMPORT_NOT_DEFINED "));
    }
}

#[test]
fn nothing_outside_the_package() {
    for specifier in [
        "../x",
        "../../../etc/passwd",
        "/etc/passwd",
        "/var/task/../../etc/passwd",
        "./link",
        "/var/taskforce",
        "plain/../../../x",
        "..%2f..%2fx",
        "./%2e%2e/%2e%2e/%2e%2e/x",
    ] {
        for asked in [Asked::ByRequire, Asked::ByImport] {
            let told = found(asked, specifier, "lib");
            assert!(
                told.contains("Cannot find") || told.starts_with("ERR_INVALID_MODULE_SPECIFIER"),
                "{specifier}: {told}"
            );
        }
    }
    assert!(imported("file:///etc/passwd", "").contains("outside the function's package"));
    assert!(required("../x", "").contains("outside the function's package"));
}

#[test]
fn formats_by_extension_and_type() {
    let packages = package();
    for (path, expected) in [
        ("index.js", Format::Unsaid),
        ("node_modules/@org/mapped/src/one.js", Format::Module),
        ("node_modules/@org/mapped/c.cjs", Format::CommonJs),
        ("x.mjs", Format::Module),
        ("x.json", Format::Json),
        ("x.node", Format::Addon),
        ("x.txt", Format::Unknown),
    ] {
        assert_eq!(format(&packages, path), expected, "{path}");
    }
}
