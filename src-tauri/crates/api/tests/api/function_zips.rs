//! A zip in the place of a function.

use std::io::{Cursor, Write as _};

use api::ErrorCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::world::{World, data_of};

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn request(app: &str, bytes: &[u8]) -> Value {
    json!({ "app": app, "function": "build", "base64": STANDARD.encode(bytes) })
}

#[tokio::test(flavor = "multi_thread")]
async fn its_files_run_and_what_stood_there_is_kept() {
    let world = World::start().await;
    let code = "exports.handler = () => ({ output: { by: 'hand' } });";
    let app = world.app("zipped", json!({}), &[("build", code)]).await;
    let bytes = zip(&[
        (
            "index.js",
            "const said = require('said'); exports.handler = () => ({ output: { said } });",
        ),
        ("node_modules/said/package.json", "{\"main\": \"lib/main.js\"}"),
        ("node_modules/said/lib/main.js", "module.exports = 'from a package';"),
    ]);

    let imported = world.get("import_function_zip", request(&app, &bytes)).await;
    assert_eq!(imported["files"], 3);
    assert_eq!(imported["app"]["definition"]["build_function"]["by_zip"], true, "{imported:#}");

    let call = json!({ "app": app, "function": "build", "parameters": {} });
    let call = world.get("call_function", call).await;
    let output = json!({ "output": { "said": "from a package" } });
    assert_eq!(call["report"]["outcome"]["value"], output, "{call:#}");

    let kept = std::fs::File::open(imported["kept"].as_str().unwrap()).unwrap();
    let mut kept = zip::ZipArchive::new(kept).unwrap();
    let before = std::io::read_to_string(kept.by_name("index.js").unwrap()).unwrap();
    assert_eq!(before, code);
    assert!(
        imported["kept"]
            .as_str()
            .unwrap()
            .starts_with(data_of(world.folder.path()).to_str().unwrap())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_not_right_changes_nothing() {
    let world = World::start().await;
    let code = "exports.handler = () => ({});";
    let app = world.app("kept", json!({}), &[("build", code)]).await;
    let index = world.folder.path().join("apps/kept/functions/build/index.js");
    for (bytes, said) in [
        (b"no zip".to_vec(), "zip"),
        (zip(&[("lib/index.js", "")]), "index.js"),
        (zip(&[("index.js", ""), ("../outside.js", "")]), "outside"),
    ] {
        let refused = world.call::<Value>("import_function_zip", request(&app, &bytes)).await;
        let error = refused.unwrap_err();
        assert_eq!(error.code, ErrorCode::Invalid, "{error:?}");
        assert!(error.message.contains(said), "{error:?}");
        assert_eq!(std::fs::read_to_string(&index).unwrap(), code);
    }
    let view = world.get("read_app", json!({ "app": app })).await;
    assert_eq!(view["definition"]["build_function"]["by_zip"], false);
    assert!(!data_of(world.folder.path()).join("replaced").exists());
}
