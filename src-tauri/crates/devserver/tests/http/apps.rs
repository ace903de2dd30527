//! Apps, logo and authorization over HTTP.

use crate::common::{SECRET, Server, TOKEN, code, file, logo, oauth2, zip_of};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::multipart::Form;
use serde_json::json;

#[tokio::test]
async fn an_app_from_creation_to_deletion() {
    let server = Server::start().await;
    assert_eq!(server.get("/developer/apps").await, (200, json!([])));
    let app = server.app().await;

    let actions =
        json!([{"key": "a", "title": "A", "type": "APP_ACTION_TYPE_ACTION", "future": [1]}]);
    let patch = json!({"description": "D", "category": "APP_CATEGORY_E_SIGNATURE", "actions": actions, "future": {"x": null}});
    let (status, changed) = server.send("PATCH", &app, patch).await;
    assert_eq!(status, 200, "{changed}");
    assert_eq!(changed["name"], "Esign");
    assert_eq!(changed["actions"], actions);
    assert_eq!(changed["future"], json!({"x": null}), "unknown fields are kept");
    assert_eq!(server.get(&app).await, (200, changed.clone()));
    assert_eq!(server.get("/developer/apps").await.1, json!([changed]));

    let (_, changed) =
        server.send("PATCH", &app, json!({"description": null, "app_id": changed["app_id"]})).await;
    assert!(changed.get("description").is_none());

    assert_eq!(server.delete(&app).await.0, 204);
    assert_eq!(server.get(&app).await.0, 404);
    assert_eq!(server.delete(&app).await.0, 404);
    assert_eq!(server.send("PATCH", &app, json!({"name": "N"})).await.0, 404);
}

#[tokio::test]
async fn refusals_name_the_field() {
    let server = Server::start().await;
    let app = server.app().await;
    for (method, path, body, field) in [
        ("POST", "/developer/apps", json!({}), "name"),
        ("POST", "/developer/apps", json!({"name": "A", "category": "X"}), "category"),
        ("POST", "/developer/apps", json!([]), "(body)"),
        ("PATCH", &app, json!({"app_id": "other"}), "app_id"),
        ("PATCH", &app, json!({"build_function": {"by_zip": "yes"}}), "build_function.by_zip"),
        (
            "PATCH",
            &app,
            json!({"authentication": {"oauth2": {}}}),
            "authentication.oauth2.client_id",
        ),
        ("PATCH", &app, json!({"logo": {"base64": "%"}}), "logo.base64"),
    ] {
        let (status, error) = server.send(method, path, body).await;
        assert_eq!((status, &error["details"]["field"]), (400, &json!(field)), "{error}");
        assert_eq!(error["code"], "invalid_field");
    }
    // A refused change changes nothing, not even its valid half.
    server.send("PATCH", &app, json!({"name": "Half", "build_function": null})).await;
    assert_eq!(server.get(&app).await.1["name"], "Esign");
}

#[tokio::test]
async fn an_archive_makes_an_app_and_changes_one() {
    let server = Server::start().await;
    let config = json!({"app_id": "elsewhere", "name": "From archive", "auth_config": oauth2(), "future": 1,
        "build_function": {"by_zip": true, "more": 2}});
    let build = zip_of(&[("index.js", "1"), ("package.json", "{}")]);
    let form = Form::new()
        .part("file0", file("config.json", config.to_string().as_bytes()))
        .part("file1", file("logo.png", &logo(1)))
        .part("file2", file("FUNCTION_TYPE_IDENTITY.zip", &code("identity")))
        .part("file3", file("FUNCTION_TYPE_BUILD.zip", &build));
    let (status, app) = server.form("POST", "/developer/apps", form).await;
    assert_eq!(status, 201, "{app}");
    assert_ne!(app["app_id"], "elsewhere");
    assert_eq!(app["build_function"], json!({"by_zip": true, "more": 2}));
    assert_eq!(app["identity_function"], json!({"by_zip": false}));
    assert!(app.get("authentication").is_none() && app.get("logo").is_none());

    let path = format!("/developer/apps/{}", app["app_id"].as_str().unwrap());
    let (_, whole) = server.get(&format!("{path}?dataForDownload=true")).await;
    assert_eq!(whole["authentication"], oauth2());
    assert_eq!(whole["logo"]["base64"], STANDARD.encode(logo(1)));
    assert_eq!(whole["future"], 1);

    // What was downloaded can be sent back.
    assert_eq!(server.send("PATCH", &path, whole.clone()).await.0, 200);
    assert_eq!(server.get(&format!("{path}?dataForDownload=true")).await.1, whole);

    let form = Form::new().part("file0", file("FUNCTION_TYPE_WEBHOOK.zip", &code("webhook")));
    let (status, app) = server.form("PATCH", &path, form).await;
    assert_eq!(
        (status, &app["name"]),
        (200, &json!("From archive")),
        "what an archive lacks stays"
    );
    assert_eq!(app["webhook_function"], json!({"by_zip": false}));
    let zip = server
        .request("GET", &format!("{path}/functions/BUILD/zip?version=$LATEST"))
        .send()
        .await
        .unwrap();
    assert_eq!(zip.bytes().await.unwrap(), build);
}

#[tokio::test]
async fn archives_that_are_refused() {
    let server = Server::start().await;
    let config = || file("config.json", br#"{"name": "A"}"#);
    for (form, status, field) in [
        (Form::new(), 400, None),
        (Form::new().part("file0", file("logo.png", &logo(1))), 400, Some("config.json")),
        (
            Form::new().part("file0", config()).part("file1", file("../../etc/passwd", b"x")),
            400,
            Some("file1"),
        ),
        (Form::new().part("other", config()), 400, Some("other")),
        (Form::new().text("file0", "{}"), 400, Some("file0")),
        (Form::new().part("file0", file("config.json", b"{")), 400, None),
        (
            Form::new().part("file0", config()).part("file1", file("logo.png", b"GIF")),
            422,
            Some("file1"),
        ),
        (
            Form::new()
                .part("file0", config())
                .part("file1", file("FUNCTION_TYPE_BUILD.zip", b"x")),
            422,
            Some("file1"),
        ),
    ] {
        let (got, error) = server.form("POST", "/developer/apps", form).await;
        assert_eq!(got, status, "{error}");
        if let Some(field) = field {
            assert_eq!(error["details"]["field"], field, "{error}");
        }
    }
    assert_eq!(server.get("/developer/apps").await.1, json!([]), "nothing was half-made");
}

#[tokio::test]
async fn the_logo() {
    let server = Server::start().await;
    let app = server.app().await;
    let path = format!("{app}/logo");
    let image = path.replace("/developer", "");
    let body = |shade| json!({"base64": STANDARD.encode(logo(shade))});

    assert_eq!(server.get(&image).await.0, 404);
    assert_eq!(server.send("PATCH", &path, body(1)).await.0, 404);
    assert_eq!(server.send("POST", &path, body(1)).await.0, 201);
    assert_eq!(server.send("POST", &path, body(2)).await.0, 409);
    assert_eq!(server.send("PATCH", &path, body(2)).await.0, 200);

    let url = server.url(&image);
    let got = server.client.get(format!("{url}?access_token={}", TOKEN)).send().await.unwrap();
    assert_eq!(
        (got.status().as_u16(), &got.headers()["content-type"]),
        (200, &"image/png".parse().unwrap())
    );
    assert_eq!(got.bytes().await.unwrap(), logo(2));
    assert_eq!(
        server.client.get(format!("{url}?access_token=wrong")).send().await.unwrap().status(),
        401
    );
    assert_eq!(server.client.get(&url).send().await.unwrap().status(), 401);
    // The query is for the image alone.
    let apps = server.url("/developer/apps");
    let refused = server.client.get(format!("{apps}?access_token={}", TOKEN)).send().await.unwrap();
    assert_eq!(refused.status(), 401);

    assert_eq!(server.delete(&path).await.0, 204);
    assert_eq!(server.get(&image).await.0, 404);
    assert_eq!(server.send("POST", &path, json!({})).await.1["details"]["field"], "base64");
    assert_eq!(
        server.send("POST", &path, json!({"base64": STANDARD.encode(b"GIF89a")})).await.0,
        422
    );
    assert_eq!(
        server.send("POST", &path, json!({"base64": STANDARD.encode(vec![0; 120_000])})).await.0,
        413
    );
}

#[tokio::test]
async fn authentication() {
    let server = Server::start().await;
    let app = server.app().await;
    let path = format!("{app}/authentication");
    assert_eq!(server.get(&path).await, (200, json!({})));
    assert_eq!(server.send("PATCH", &path, oauth2()).await.0, 404);
    assert_eq!(server.send("POST", &path, oauth2()).await, (201, oauth2()));
    assert_eq!(server.get(&path).await, (200, oauth2()), "unknown fields are kept");
    let (status, error) = server.send("POST", &path, oauth2()).await;
    assert_eq!(status, 409);
    assert!(!error.to_string().contains(SECRET));
    let custom = json!({"custom": {"inputs": [{"key": "k", "label": "L", "required": false}]}});
    assert_eq!(server.send("PATCH", &path, custom.clone()).await.0, 200);
    assert_eq!(server.get(&path).await.1, custom, "PATCH replaces the whole");
    assert_eq!(server.delete(&path).await.0, 204);
    assert_eq!(server.get(&path).await, (200, json!({})));
    let mut both = oauth2();
    both["custom"] = custom["custom"].clone();
    let (status, error) = server.send("POST", &path, both).await;
    assert_eq!((status, &error["details"]["field"]), (400, &json!("authentication")));
}
