//! Presets, defaults and previews: what the Authorization tab shows while one types.

use api::types::{NewAuthentication, PreviewRequest, RequestPreview};
use definition::{Authentication, Method, NameValue, Preset, RequestKind};
use serde_json::{Value, json};

use crate::world::World;

async fn preview(
    world: &World,
    authentication: &Authentication,
    request: RequestKind,
) -> RequestPreview {
    let authentication = authentication.clone();
    let redirect_uri = Some("http://127.0.0.1:7/oauth".to_owned());
    world
        .call("preview_request", PreviewRequest { authentication, request, redirect_uri })
        .await
        .unwrap()
}

#[tokio::test]
async fn every_preset_renders_every_request_without_a_secret() {
    let world = World::start().await;
    let presets: Vec<Preset> = world.call("authentication_presets", json!({})).await.unwrap();
    assert!(!presets.is_empty());
    for preset in presets {
        let mut authentication = preset.authentication;
        let mut kinds = vec![RequestKind::AuthorizationRequest, RequestKind::GetTokenRequest];
        if let Some(oauth2) = &mut authentication.oauth2 {
            oauth2.client_secret = definition::SecretValue::Plain("hunter2".to_owned());
            kinds.extend(
                oauth2.refresh_token_request.as_ref().map(|_| RequestKind::RefreshTokenRequest),
            );
            kinds.extend(oauth2.test_token_request.as_ref().map(|_| RequestKind::TestTokenRequest));
        }
        if let Some(oauth1) = &mut authentication.oauth1 {
            oauth1.consumer_secret = definition::SecretValue::Plain("hunter2".to_owned());
            kinds.push(RequestKind::RequestTokenRequest);
            kinds.extend(oauth1.test_token_request.as_ref().map(|_| RequestKind::TestTokenRequest));
        }
        for kind in kinds {
            let shown = preview(&world, &authentication, kind).await;
            let text = json!(shown).to_string();
            assert!(shown.rendered.is_some(), "{} {kind:?}: {text}", preset.name);
            assert!(!text.contains("hunter2") && !text.contains("masked"), "{text}");
            assert!(!shown.variables.is_empty());
        }
    }
}

#[tokio::test]
async fn a_preview_shows_the_request_and_the_row_of_each_problem() {
    let world = World::start().await;
    let new: NewAuthentication =
        world.call("default_authentication", json!({ "kind": "oauth2" })).await.unwrap();
    let mut authentication = new.authentication;
    let empty = preview(&world, &authentication, RequestKind::GetTokenRequest).await;
    assert!(empty.rendered.is_none());
    assert_eq!(empty.problems[0].path, "authentication.oauth2.get_token_request.url");

    let oauth2 = authentication.oauth2.as_mut().unwrap();
    oauth2.client_id = "my app".to_owned();
    oauth2.get_token_request.url = "https://p.example/token?a=1".to_owned();
    oauth2.get_token_request.headers =
        vec![NameValue::new("Authorization", "Basic {{client_id}}:{{client_secret}}")];
    oauth2.get_token_request.body_fields[3].value = "{{clientid}}".to_owned();
    let shown = preview(&world, &authentication, RequestKind::GetTokenRequest).await;
    let rendered = shown.rendered.unwrap();
    assert_eq!(
        (rendered.method, rendered.url.as_str()),
        (Method::Post, "https://p.example/token?a=1")
    );
    assert_eq!(rendered.headers[0].value, "Basic base64(my+app:***)");
    assert_eq!(
        rendered.body.as_deref(),
        Some(
            "grant_type=authorization_code&code=sample-code&redirect_uri=http%3A%2F%2F127.0.0.1%3A7%2Foauth&client_secret=***"
        ),
        "the row with a problem is left out"
    );
    let [problem] = shown.problems.as_slice() else { panic!("{:?}", shown.problems) };
    assert_eq!(problem.path, "authentication.oauth2.get_token_request.body_fields[3].value");
    assert_eq!(problem.nearest.as_deref(), Some("client_id"));
    assert!(shown.variables.iter().any(|one| one.name == "code_verifier"));
    assert!(shown.variables.iter().all(|one| one.name != "access_token"));
}

#[tokio::test]
async fn an_oauth1_preview_shows_what_is_signed() {
    let world = World::start().await;
    let new: NewAuthentication =
        world.call("default_authentication", json!({ "kind": "oauth1" })).await.unwrap();
    let mut authentication = new.authentication;
    let oauth1 = authentication.oauth1.as_mut().unwrap();
    oauth1.request_token_request.url = "https://P.example:443/initiate".to_owned();
    oauth1.signature_method = definition::SignatureMethod::Plaintext;
    let shown = preview(&world, &authentication, RequestKind::RequestTokenRequest).await;
    let rendered = shown.rendered.unwrap();
    let base = rendered.signature_base_string.unwrap();
    assert!(
        base.starts_with("POST&https%3A%2F%2Fp.example%2Finitiate&oauth_callback%3Dhttp"),
        "{base}"
    );
    assert!(rendered.url.contains("&oauth_nonce=sample-nonce&"), "{}", rendered.url);
    assert!(rendered.url.ends_with("&oauth_signature=***%26"), "{}", rendered.url);
    assert!(
        preview(&world, &authentication, RequestKind::RefreshTokenRequest).await.rendered.is_none()
    );
}

#[tokio::test]
async fn only_the_page_of_a_preset_can_be_opened() {
    let world = World::start().await;
    // This world has no browser: the page is named, to be opened by hand.
    let open = async |preset: &str| {
        let body = json!({ "preset": preset });
        world.call::<Value>("open_preset_documentation", body).await.unwrap_err().message
    };
    let known = open("github").await;
    assert!(known.contains("https://docs.github.com/"), "{known}");
    let unknown = open("https://evil.example").await;
    assert!(unknown.contains("this preset") && !unknown.contains("evil"), "{unknown}");
}
