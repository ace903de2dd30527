//! Functions, their packages, versions, test runs and logs over HTTP.

use std::sync::Arc;

use crate::common::{Server, code, file, function_form, zip_of};
use devserver::{FunctionTest, FunctionTester, TestFuture, TestOutcome};
use reqwest::multipart::Form;
use serde_json::{Value, json};

#[tokio::test]
async fn a_function_from_creation_to_switching_off() {
    let server = Server::start().await;
    let app = server.app().await;
    let path = format!("{app}/functions/WEBHOOK");
    let zip = async || {
        let got =
            server.request("GET", &format!("{path}/zip?version=$LATEST")).send().await.unwrap();
        assert_eq!(got.status(), 200);
        got.bytes().await.unwrap().to_vec()
    };
    assert_eq!(server.get(&path).await, (200, json!({})));
    assert!(zip().await.is_empty());
    assert_eq!(server.form("PATCH", &path, function_form(&code("1"), false)).await.0, 404);
    assert_eq!(
        server.form("POST", &path, function_form(&code("1"), false)).await,
        (201, json!({"by_zip": false}))
    );
    assert_eq!(server.form("POST", &path, function_form(&code("1"), false)).await.0, 409);
    assert_eq!(zip().await, code("1"));
    let both = zip_of(&[("index.js", "2"), ("package.json", "{}")]);
    assert_eq!(
        server.form("PATCH", &path, function_form(&both, true)).await,
        (200, json!({"by_zip": true}))
    );
    assert_eq!(server.get(&path).await, (200, json!({"by_zip": true})));
    assert_eq!(
        server.form("PATCH", &path, Form::new().text("by_zip", "false")).await.1,
        json!({"by_zip": false})
    );
    assert_eq!(zip().await, both, "the package stays when only by_zip is sent");
    assert_eq!(server.get(&app).await.1["webhook_function"], json!({"by_zip": false}));
    assert_eq!(server.delete(&path).await.0, 204);
    assert_eq!(server.get(&path).await, (200, json!({})));
    assert!(zip().await.is_empty());
    assert!(server.get(&app).await.1.get("webhook_function").is_none());
    assert_eq!(
        server.delete(&format!("{app}/functions/BUILD")).await.0,
        422,
        "Build always exists"
    );
    assert_eq!(server.get(&format!("{app}/functions/build")).await.0, 404);
    assert_eq!(server.get("/developer/apps/none/functions/BUILD").await.0, 404);
}

#[tokio::test]
async fn packages_that_are_refused() {
    let server = Server::start().await;
    let path = format!("{}/functions/BUILD", server.app().await);
    for (form, status, words) in [
        (Form::new().text("by_zip", "true"), 400, "file"),
        (
            Form::new().part("file", file("x.zip", &code("1"))).text("by_zip", "perhaps"),
            400,
            "true or false",
        ),
        (function_form(b"not a zip", true), 422, "not a zip"),
        (function_form(&zip_of(&[("build/index.js", "1")]), true), 422, "content of that folder"),
        (
            function_form(&zip_of(&[("index.js", "1"), ("../../evil", "1")]), true),
            422,
            "leaves its folder",
        ),
        (function_form(&vec![0; devserver::MAX_FUNCTION_ZIP + 1], true), 413, "too large"),
    ] {
        let (got, error) = server.form("POST", &path, form).await;
        assert_eq!(got, status, "{error}");
        assert!(error["message"].as_str().unwrap().contains(words), "{error}");
    }
    assert_eq!(server.get(&path).await.1, json!({}));
}

#[tokio::test]
async fn function_versions_keep_what_was_there() {
    let server = Server::start().await;
    let app = server.app().await;
    let path = format!("{app}/functions/BUILD");
    let versions = format!("{path}/versions");
    assert_eq!(server.get(&versions).await, (200, json!({"Versions": []})));
    assert_eq!(server.send("POST", &versions, json!({"description": "first"})).await.0, 422);
    server.function(&app, "BUILD").await;
    let (status, first) = server.send("POST", &versions, json!({"description": "first"})).await;
    assert_eq!(
        (status, &first["Version"], &first["Description"]),
        (201, &json!("1"), &json!("first"))
    );
    server.form("PATCH", &path, function_form(&code("second"), false)).await;
    assert_eq!(server.send("POST", &versions, json!({})).await.1["Version"], "2");
    let (_, list) = server.get(&versions).await;
    let names: Vec<_> =
        list["Versions"].as_array().unwrap().iter().map(|entry| entry["Version"].clone()).collect();
    assert_eq!(names, ["$LATEST", "1", "2"]);
    assert_eq!(list["Versions"][0]["CodeSha256"], list["Versions"][2]["CodeSha256"]);
    let old = server.request("GET", &format!("{path}/zip?version=1")).send().await.unwrap();
    assert_eq!(old.bytes().await.unwrap(), code("BUILD"));
    assert_eq!(server.get(&format!("{path}/zip?version=9")).await.0, 404);
    assert_eq!(server.get(&format!("{path}/zip?version=x")).await.0, 400);
}

#[tokio::test]
async fn app_versions_need_a_complete_app() {
    let server = Server::start().await;
    let app = server.app().await;
    let path = format!("{app}/versions");
    assert_eq!(server.get(&path).await, (200, json!([])));
    let (status, error) = server.send("POST", &path, json!({"label": "1.0"})).await;
    assert_eq!((status, &error["details"]["field"]), (422, &json!("identity_function")));
    for kind in ["IDENTITY", "BUILD", "ACTION"] {
        server.function(&app, kind).await;
    }
    assert_eq!(server.send("POST", &path, json!({"label": " "})).await.0, 400);
    let (status, version) = server.send("POST", &path, json!({"label": "1.0"})).await;
    assert_eq!(status, 201, "{version}");
    assert_eq!(version["status"], "APP_VERSION_STATUS_INITIAL");
    assert_eq!(app, format!("/developer/apps/{}", version["app_id"].as_str().unwrap()));
    assert!(version["created_time"].as_i64().unwrap() > 1_700_000_000_000);
    assert_eq!(server.get(&path).await, (200, json!([version])));
    assert_eq!(server.get("/developer/apps/none/versions").await.0, 404);
}

struct Echo;

impl FunctionTester for Echo {
    fn test(&self, test: FunctionTest) -> TestFuture<'_> {
        Box::pin(async move {
            if test.parameters["fail"] == true {
                return Err("the worker is gone".to_owned());
            }
            Ok(TestOutcome {
                output: json!({"kind": test.kind.as_str(), "bytes": test.zip.len(), "got": test.parameters}),
                log: "hello from the function".to_owned(),
                schema_valid: false,
                schema_error: Some("output: unknown".to_owned()),
            })
        })
    }
}

#[tokio::test]
async fn test_runs_and_their_log() {
    let server = Server::with_tester(Some(Arc::new(Echo))).await;
    let app = server.app().await;
    let path = format!("{app}/functions/ACTION");
    assert_eq!(server.send("POST", &format!("{path}/test"), json!({})).await.0, 404);
    server.function(&app, "ACTION").await;
    for callback in [json!({"webhook": "no url"}), json!({"redirect": 1}), json!([])] {
        assert_eq!(
            server.send("POST", &format!("{path}/test"), json!({"callback": callback})).await.0,
            400
        );
    }
    let parameters = json!({"input": {"a": 1}, "callback": {"webhook": "https://example.com/w", "redirect": null}});
    let (status, outcome) = server.send("POST", &format!("{path}/test"), parameters.clone()).await;
    assert_eq!(status, 200, "{outcome}");
    assert_eq!(outcome["output"]["got"], parameters);
    assert_eq!(outcome["output"]["kind"], "action");
    assert_eq!(
        (&outcome["schemaValid"], &outcome["schemaError"]),
        (&json!(false), &json!("output: unknown"))
    );
    assert_eq!(server.send("POST", &format!("{path}/test"), json!({"fail": true})).await.0, 500);

    let log = async |range: &str| {
        let got = server.request("GET", &format!("{path}/log{range}")).send().await.unwrap();
        (got.status().as_u16(), got.text().await.unwrap())
    };
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_millis();
    let (status, text) =
        log(&format!("?startTimestamp={}&endTimestamp={}", now - 60_000, now + 60_000)).await;
    assert_eq!(status, 200);
    assert_eq!(text.lines().count(), 1);
    assert!(text.contains("hello from the function"));
    assert_eq!(log("?startTimestamp=0&endTimestamp=1000").await, (200, String::new()));
    let day = 24 * 60 * 60 * 1000;
    assert_eq!(log(&format!("?startTimestamp=0&endTimestamp={}", 5 * day)).await.0, 200);
    for range in [
        "",
        "?startTimestamp=1",
        "?startTimestamp=5&endTimestamp=4",
        "?startTimestamp=x&endTimestamp=4",
    ] {
        assert_eq!(log(range).await.0, 400, "{range}");
    }
    assert_eq!(log(&format!("?startTimestamp=0&endTimestamp={}", 5 * day + 1)).await.0, 400);
}

#[tokio::test]
async fn without_a_tester_test_runs_answer_501() {
    let server = Server::start().await;
    let app = server.app().await;
    server.function(&app, "BUILD").await;
    let (status, error) =
        server.send("POST", &format!("{app}/functions/BUILD/test"), json!({})).await;
    assert_eq!((status, &error["code"]), (501, &json!("not_implemented")));
    assert_eq!(error["details"], Value::Null);
}
