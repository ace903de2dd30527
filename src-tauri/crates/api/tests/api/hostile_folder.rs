//! App folders that somebody else made: what is in them is shown as text, bounded, and leads nowhere outside.

use serde_json::{Value, json};

use crate::shared::in_shared_world;

#[test]
fn a_definition_of_endless_nesting_is_a_finding_and_the_program_goes_on() {
    in_shared_world(async |world| {
        let folder = world.folder.path().join("apps/deep");
        std::fs::create_dir_all(&folder).unwrap();
        let deep = format!(
            "{{\"name\": \"Deep\", \"x\": {}{}}}",
            "[".repeat(200_000),
            "]".repeat(200_000)
        );
        std::fs::write(folder.join("app.json"), deep).unwrap();
        let opened = world.call::<Value>("open_app", json!({ "path": folder })).await;
        let said = opened.map_or_else(|error| error.message, |view| view["problem"].to_string());
        assert!(said.contains("app.json"), "{said}");
        world.get("read_settings", json!({})).await;
    });
}

#[cfg(unix)]
#[test]
fn a_link_in_a_function_does_not_lead_a_file_of_the_user_to_a_server() {
    in_shared_world(async |world| {
        let plain = "exports.handler = async () => ({ output: {} });";
        let functions = [("identity", plain), ("build", plain), ("action", plain)];
        let app =
            world.app("linked", json!({
            "build_function": { "by_zip": true },
            "actions": [{ "key": "go", "title": "Go", "type": "APP_ACTION_TYPE_AUTOMATION" }],
        }), &functions).await;
        let outside = world.folder.path().join("private-key");
        std::fs::write(&outside, "canary-of-a-private-key").unwrap();
        let within = world.folder.path().join("apps/linked/functions/build");
        std::os::unix::fs::symlink(&outside, within.join("key.txt")).unwrap();
        std::os::unix::fs::symlink(world.folder.path(), within.join("up")).unwrap();
        world.get("start_local_server", json!({})).await;
        let published =
            world.call::<Value>("publish", json!({ "app": app, "server": "local" })).await;
        let error = published.unwrap_err().to_string();
        assert!(error.contains("is a symbolic link"), "{error}");
        let mut stored = Vec::new();
        for name in ["local-server.db", "local-server.db-wal"] {
            stored.extend(std::fs::read(world.data().join(name)).unwrap_or_default());
        }
        let stored = String::from_utf8_lossy(&stored);
        assert!(!stored.contains("key.txt") && !stored.contains("private-key"), "{error}");
    });
}
