//! The calls that publishing itself does not use.

use definition::FunctionKind;
use publish::{ArchiveFile, Failure, Write};
use serde_json::json;

use crate::sample::{code, logo, server};

#[tokio::test]
async fn every_other_call() {
    let server = server().await;
    let client = server.client();
    let file = |name: &str, bytes: &[u8]| ArchiveFile { name: name.into(), bytes: bytes.to_vec() };

    let config = br#"{"name": "From archive", "custom": {"inputs": [{"key": "k", "label": "L"}]}}"#;
    let archive = vec![file("config.json", config), file("logo.png", &logo(3))];
    let app = client.create_app_from_archive(archive).await.unwrap();
    assert_eq!(app.name, "From archive");
    let id = app.app_id.as_str();
    let more = vec![file("FUNCTION_TYPE_BUILD.zip", &code("1"))];
    client.update_app_from_archive(id, more).await.unwrap();
    assert_eq!(client.app(id).await.unwrap()["build_function"], json!({"by_zip": false}));
    assert_eq!(client.logo(id).await.unwrap(), logo(3));

    let remote = client.remote_app(id).await.unwrap().unwrap();
    assert_eq!(remote.authentication["custom"]["inputs"][0]["key"], "k");
    assert!(!client.function(id, FunctionKind::Build).await.unwrap().unwrap().by_zip);

    client.create_function_version(id, FunctionKind::Build, "first").await.unwrap();
    client.put_function(id, FunctionKind::Build, &code("2"), true, Write::Replace).await.unwrap();
    let versions = client.function_versions(id, FunctionKind::Build).await.unwrap();
    assert_eq!((versions.len(), versions[1].description.as_str()), (2, "first"));
    let old = client.download(id, FunctionKind::Build, Some(&versions[1].version)).await.unwrap();
    assert_eq!(old, code("1"));
    assert!(client.download(id, FunctionKind::Webhook, None).await.unwrap().is_empty());

    let error = client.test_function(id, FunctionKind::Build, json!({})).await.unwrap_err();
    assert_eq!(error.failure(), Failure::Unsupported);
    assert_eq!(client.function_log(id, FunctionKind::Build, 0, 1000).await.unwrap(), "");
    let error = client.function_log(id, FunctionKind::Build, 0, 1 << 40).await.unwrap_err();
    assert_eq!(error.0.field.as_deref(), Some("endTimestamp"));

    let error = client.request_version(id, "1.0").await.unwrap_err();
    assert_eq!(
        (error.failure(), error.0.field.as_deref()),
        (Failure::Invalid, Some("identity_function"))
    );
    client.delete_app(id).await.unwrap();
    assert_eq!(client.app(id).await.unwrap_err().failure(), Failure::NotFound);
}
