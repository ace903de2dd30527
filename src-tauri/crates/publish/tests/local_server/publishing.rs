//! Plans and what comes of them.

use definition::FunctionKind;
use publish::{Change, Failure, Part, PlanError, ProgressState, Publication, Write};
use serde_json::json;

use crate::sample::{SECRET, app, changes, code, logo, planned, published, server};

#[tokio::test]
async fn a_second_publication_finds_everything_unchanged() {
    let server = server().await;
    let client = server.client();
    let local = app();
    let plan = planned(&client, &local, None).await.with_version("1.0");
    assert!(plan.steps().iter().all(|step| step.change == Change::Create), "{plan:?}");
    assert!(!format!("{plan:?}{local:?}").contains(SECRET));

    let mut heard = Vec::new();
    let publication = Publication::new(client.clone());
    let first = publication
        .execute(plan, |progress| heard.push((progress.index, progress.state)))
        .await
        .unwrap();
    assert_eq!(heard.len(), 18);
    assert_eq!(
        heard[..3],
        [(0, ProgressState::Started), (0, ProgressState::Done), (1, ProgressState::Started)]
    );
    assert_eq!(first.version.as_ref().unwrap().label, "1.0");
    assert_eq!(client.versions(&first.app_id).await.unwrap(), [first.version.clone().unwrap()]);
    assert!(
        first.url.ends_with(&format!("/integration/framework/v1/developer/apps/{}", first.app_id))
    );

    let remote = client.remote_app(&first.app_id).await.unwrap().unwrap();
    assert_eq!(
        remote.authentication["oauth2"]["client_secret"], SECRET,
        "the value is sent, not the reference"
    );
    assert_eq!(remote.fields["future"], json!({"kept": true}));
    assert_eq!(remote.logo, Some(logo(1)));
    assert!(!format!("{remote:?}").contains(SECRET));

    let again = planned(&client, &local, Some(&first.app_id)).await;
    assert!(again.is_unchanged(), "{again:?}");
    let second = publication
        .execute(again, |progress| panic!("nothing is sent: {progress:?}"))
        .await
        .unwrap();
    assert_eq!(second.app_id, first.app_id);
    assert_eq!(client.apps().await.unwrap().len(), 1);
}

#[tokio::test]
async fn only_what_changed_is_sent() {
    let server = server().await;
    let client = server.client();
    let mut local = app();
    let app_id = published(&client, &local, None).await.unwrap().app_id;

    let check = async |local: &publish::LocalApp, expected: &[&str]| {
        let plan = planned(&client, local, Some(&app_id)).await;
        assert_eq!(changes(&plan), expected);
        Publication::new(client.clone()).execute(plan, |_| {}).await.unwrap();
        assert!(planned(&client, local, Some(&app_id)).await.is_unchanged());
    };

    let zip = code("changed");
    local.functions.insert(FunctionKind::Build, zip.clone());
    check(&local, &[&format!("update build function (code, {} bytes)", zip.len())]).await;
    assert_eq!(client.download(&app_id, FunctionKind::Build, None).await.unwrap(), zip);

    local.definition.webhook_function = None;
    check(&local, &["delete webhook function (switched off)"]).await;
    assert_eq!(client.function(&app_id, FunctionKind::Webhook).await.unwrap(), None);

    local.definition.description = None;
    local.definition.name = "Esign 2".into();
    local.logo = Some(logo(2));
    let size = format!("update logo ({} bytes)", logo(2).len());
    check(&local, &["update app (name, description)", &size]).await;

    local.definition.authentication.oauth2.as_mut().unwrap().refresh_token_request = None;
    check(&local, &["update authorization (OAuth2)"]).await;
    local.secrets.insert("client_secret".into(), publish::Secret::new("another"));
    check(&local, &["update authorization (OAuth2)"]).await;

    local.definition.authentication = definition::Authentication::default();
    local.definition.build_function.as_mut().unwrap().by_zip = true;
    local.logo = None;
    check(
        &local,
        &[
            "delete authorization (none from now on)",
            "delete logo",
            "update build function (by_zip)",
        ],
    )
    .await;
}

#[tokio::test]
async fn what_is_missing_is_named_before_anything_is_sent() {
    let mut local = app();
    assert_eq!(local.secret_names().into_iter().collect::<Vec<_>>(), ["client_secret"]);
    local.secrets.clear();
    let error = Publication::plan(&local, None).unwrap_err();
    assert_eq!(
        error,
        PlanError::MissingSecret {
            name: "client_secret".into(),
            path: "oauth2.client_secret".into()
        }
    );
    assert!(error.to_string().contains("client_secret"));

    let mut local = app();
    local.functions.remove(&FunctionKind::Webhook);
    assert_eq!(
        Publication::plan(&local, None).unwrap_err(),
        PlanError::MissingCode(FunctionKind::Webhook)
    );
    local.definition.build_function = None;
    assert_eq!(
        Publication::plan(&local, None).unwrap_err(),
        PlanError::MissingFunction(FunctionKind::Build)
    );
    local.definition.name = " ".into();
    assert_eq!(Publication::plan(&local, None).unwrap_err(), PlanError::MissingName);
}

#[tokio::test]
async fn an_oauth1_secret_is_resolved_as_well() {
    let mut local = app();
    local.definition.authentication =
        serde_json::from_value(json!({"oauth1": {"consumer_key": "k",
        "consumer_secret": {"secret": "consumer"}, "signature_method": "PLAINTEXT"}}))
        .unwrap();
    let error = Publication::plan(&local, None).unwrap_err();
    assert!(matches!(error, PlanError::MissingSecret { name, .. } if name == "consumer"));
}

#[tokio::test]
async fn a_failure_in_the_middle_says_what_was_done_and_publishing_again_continues() {
    let server = server().await;
    let client = server.client();
    let mut local = app();
    local.functions.insert(FunctionKind::Action, b"no zip".to_vec());
    let error = published(&client, &local, None).await.unwrap_err();
    assert_eq!(error.failed.what, Part::ActionFunction);
    assert_eq!(error.done.len(), 5);
    assert_eq!(error.left.len(), 2);
    assert_eq!(error.source.failure(), Failure::Invalid);
    assert_eq!(error.source.0.field.as_deref(), Some("file"));
    let text = error.to_string();
    assert!(text.contains("publishing stopped at: create action function"), "{text}");
    assert!(
        text.contains("Done before: create app (Esign), create authorization (OAuth2)"),
        "{text}"
    );
    assert!(text.contains("422: file: the file is not a zip"), "{text}");

    let json = serde_json::to_value(&error).unwrap();
    assert_eq!(
        json["failed"],
        json!({"what": "action_function", "change": "create", "detail": "6 bytes"})
    );
    assert_eq!(json["source"]["status"], 422);

    let app_id = error.app_id.unwrap();
    let local = app();
    let plan = planned(&client, &local, Some(&app_id)).await;
    assert_eq!(changes(&plan).len(), 3, "{plan:?}");
    Publication::new(client.clone()).execute(plan, |_| {}).await.unwrap();
    assert!(planned(&client, &local, Some(&app_id)).await.is_unchanged());
    assert_eq!(client.apps().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_server_that_changed_since_the_plan_is_no_obstacle() {
    let server = server().await;
    let client = server.client();
    let mut local = app();
    local.definition.webhook_function = None;
    let app_id = published(&client, &local, None).await.unwrap().app_id;
    local = app();
    local.logo = Some(logo(9));
    let plan = planned(&client, &local, Some(&app_id)).await;
    let zip = code("someone else's");
    client.put_function(&app_id, FunctionKind::Webhook, &zip, false, Write::Create).await.unwrap();
    client.delete_logo(&app_id).await.unwrap();
    Publication::new(client.clone()).execute(plan, |_| {}).await.unwrap();
    assert!(planned(&client, &local, Some(&app_id)).await.is_unchanged());
}

#[tokio::test]
async fn an_app_that_is_gone_is_created_anew_and_one_that_vanishes_is_an_error() {
    let server = server().await;
    let client = server.client();
    let mut local = app();
    let app_id = published(&client, &local, None).await.unwrap().app_id;
    local.definition.name = "Other".into();
    let plan = planned(&client, &local, Some(&app_id)).await;
    client.delete_app(&app_id).await.unwrap();
    let error = Publication::new(client.clone()).execute(plan, |_| {}).await.unwrap_err();
    assert_eq!(error.source.failure(), Failure::NotFound);
    assert!(client.remote_app(&app_id).await.unwrap().is_none());
    let anew = published(&client, &local, Some(&app_id)).await.unwrap();
    assert_ne!(anew.app_id, app_id);
}

#[tokio::test]
async fn publishing_can_run_on_any_thread() {
    let server = server().await;
    let client = server.client();
    let task = tokio::spawn(async move { published(&client, &app(), None).await.unwrap().app_id });
    assert_eq!(task.await.unwrap().len(), 36);
}
