//! The Authorization tab walked as its author walks it, from an empty app to an account that works, against npm's `oidc-provider`.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use services::visitor::PageAnswer;
use tests::provider::Provider;

use crate::author::{DOWN, ENTER};
use crate::browser::visit_with;
use crate::elements::{button, quoted, region};
use crate::stage::on_stage;
use crate::window::Window;

const CLIENT: &str = "window-client";
const SECRET: &str = "provider-secret-that-is-long-enough-2";
const ACCOUNT: &str = "ada@example.test";

/// What the person does on the provider's pages.
fn answers() -> Vec<PageAnswer> {
    let fields = [("login", "ada"), ("password", "any")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let on = |page: &str, button: &str| PageAnswer {
        page: page.to_owned(),
        fields: Default::default(),
        button: button.to_owned(),
    };
    vec![PageAnswer { fields, ..on("Sign-in", "Sign-in") }, on("Authorize", "Continue")]
}

async fn provider(redirect_uri: &str) -> Provider {
    let client = json!({
        "client_id": CLIENT,
        "client_secret": SECRET,
        "redirect_uris": [redirect_uri],
        "grant_types": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_method": "client_secret_post",
        "strict": true,
    });
    let clients = json!([client]).to_string();
    tokio::task::spawn_blocking(move || Provider::start(&clients)).await.unwrap()
}

/// Endpoints, client, parameters, requests: all of the tab, by hand.
async fn configure(window: &Window, provider: &Provider) {
    let at = |path: &str| format!("{}/{path}", provider.url);
    window.fill("Client id", CLIENT).await;
    window.find("//*[contains(., 'is not on this machine')]/code[.='client_secret']").await;
    window.fill("Client secret, new value", SECRET).await;
    window.press("Save secret").await;
    window.find(&button("Remove Client secret")).await;

    // The page: its parameters from the keyboard alone, the first with the help of what is usual.
    window.fill("Authorization URL: endpoint", &at("auth")).await;
    window.press("Add URL parameter").await;
    window.focused("URL parameters: name 5").await;
    window.keys("sco").await;
    window.find("//*[@role='option'][normalize-space(.)='scope' or starts-with(., 'scope')]").await;
    window.keys(&format!("{DOWN}{ENTER}")).await;
    window.holds("URL parameters: name 5", "scope").await;
    window.focused("URL parameters: name 5").await;
    window.keys(&ENTER.to_string()).await;
    window.focused("URL parameters: value of scope").await;
    window.keys("openid email offline_access").await;
    window.holds("URL parameters: value of scope", "openid email offline_access").await;
    window.keys(&ENTER.to_string()).await;
    window.focused("URL parameters: name 6").await;
    window.keys(&format!("prompt{ENTER}")).await;
    window.focused("URL parameters: value of prompt").await;
    window.keys("consent").await;
    window.click("//label[.//input[@aria-label='Use PKCE']]").await;
    for part in [
        &at("auth?"),
        "response_type=code",
        &format!("client_id={CLIENT}"),
        "scope=openid%20email%20offline_access",
        "prompt=consent",
        "code_challenge_method=S256",
    ] {
        window.preview_says("Authorization URL", part).await;
    }

    window.fill("Get token: endpoint", &at("token")).await;
    // What belongs there already, typed once more with the help of the list of variables.
    let row = "Body: value of code";
    window.retype(row, "{{cod").await;
    window.find("//*[@role='option'][@aria-selected='true'][contains(., '{{code}}')]").await;
    window.keys(&ENTER.to_string()).await;
    window.holds(row, "{{code}}").await;
    for part in [
        "POST",
        &at("token"),
        "grant_type=authorization_code",
        "client_secret=***",
        "code_verifier=",
    ] {
        window.preview_says("Get token", part).await;
    }
    window.scroll_to("//li[@aria-label='Authorization URL']").await;
    window.pictures("oidc-page").await;
    window.scroll_to("//li[@aria-label='Token requests']").await;
    window.pictures("oidc-token").await;
    window.request_tab("Refresh token").await;
    window.fill("Refresh token: endpoint", &at("token")).await;
    window.preview_says("Refresh token", "grant_type=refresh_token").await;
    window.preview_says("Refresh token", "client_secret=***").await;
    window.request_tab("Test token").await;
    window.press("Add the test token request").await;
    window.fill("Test token: endpoint", &at("me")).await;
    window.preview_says("Test token", "Authorization: Bearer").await;
    assert!(!window.words().await.contains(SECRET), "the secret came back");
}

/// Asks the provider whose account it is; gives the function's text.
async fn type_identity(window: &Window, provider: &Provider, app: &Path) -> String {
    let me = format!("{}/me", provider.url);
    let lines = [
        "const headers = { authorization: `Bearer ${credential.oauth2.access_token}` };",
        &format!("const answer = await fetch('{me}', {{ headers }});"),
        "if (!answer.ok) throw new Error(`userinfo answered ${answer.status}`);",
        "const me = await answer.json();",
        "return { output: { unique_id: me.sub, display_id: me.email } };",
    ];
    window.type_identity(app, &lines).await
}

#[tokio::test]
async fn an_author_goes_from_an_empty_app_to_an_account_that_works_at_a_strict_provider() {
    on_stage("oidc", async |stage| {
        let window = stage.open(&[]).await;
        let app = window.new_app(stage, "Ledger").await;
        window.tab("Authorization").await;
        window.text("No authorization").await;

        // The provider learns the redirect URL that the window shows, and no other.
        window.choose_kind("OAuth2").await;
        let redirect_uri = window.value("OAuth redirect URL").await;
        assert!(redirect_uri.starts_with("http://127.0.0.1:"), "{redirect_uri}");
        let provider = provider(&redirect_uri).await;
        configure(&window, &provider).await;
        let typed = type_identity(&window, &provider, &app).await;
        assert!(!typed.contains("fingerprint"), "the template is gone: {typed}");

        // Through the provider's pages, as a person.
        window.tab("Authorization").await;
        window.press("Add account").await;
        let address = stage.browser.opened().await;
        assert!(address.contains("code_challenge=") && address.contains("state="), "{address}");
        let visit = visit_with(&address, &answers()).await.unwrap();
        let titles: Vec<&str> = visit.pages.iter().map(|page| page.title.as_str()).collect();
        assert_eq!(titles, ["Sign-in", "Authorize"]);
        window.find(&button("Back to the accounts")).await;
        assert_eq!(
            window.steps().await,
            [
                "Done: The authorization page is open in the browser.",
                "Done: The provider sent the browser back.",
                "Done: The provider gave a token.",
                "Done: The identity function said whose account it is.",
                "Done: The credential is saved.",
            ]
        );
        token_exchange(&window).await;
        window.press("Back to the accounts").await;
        account(&window, &provider).await;
        let first_refresh_token = refreshed_by_a_call(&window).await;

        // Only what is no secret is in the project.
        let saved = fs::read_to_string(app.join("app.json")).unwrap();
        for secret in [SECRET, &first_refresh_token] {
            assert!(!saved.contains(secret), "{saved}");
        }
        let saved: Value = serde_json::from_str(&saved).unwrap();
        assert_eq!(saved["authentication"]["oauth2"]["client_id"], CLIENT);
        window.close().await;
    })
    .await;
}

/// What the attempt shows of the token exchange.
async fn token_exchange(window: &Window) {
    window.open_exchange("Token request, 200").await;
    window.scroll_to(&region("Add account")).await;
    window.pictures("oidc-exchange").await;
    let taken = region("What was taken from the answer");
    for (name, says) in [
        ("access_token", "••••••"),
        ("refresh_token", "••••••"),
        ("expires_in", "600 s"),
        ("scope", "openid email offline_access"),
        ("id_token", "its claims, to be read in the account's details"),
    ] {
        let cell = format!("{taken}//tr[normalize-space(th)={}]/td", quoted(name));
        let text = window.find(&cell).await.text().await.unwrap();
        assert!(text.contains(says), "{name}: {text}");
    }
    assert!(!window.words().await.contains(SECRET));
    assert_eq!(window.reveal("Request", "client_secret").await, SECRET);
    assert!(!window.reveal("Request", "code_verifier").await.is_empty());
    assert!(!window.words().await.contains(SECRET), "hidden again");
}

/// The account in the list, and what its token says.
async fn account(window: &Window, provider: &Provider) {
    let row = format!(
        "//table[@aria-label='Credentials']//tr[.//*[normalize-space(.)={}]][.//*[normalize-space(.)='ada']]",
        quoted(ACCOUNT)
    );
    window.find(&format!("{row}[contains(., 'Connected')]")).await;
    window.press(&format!("Details of {ACCOUNT}")).await;
    let clock = window.find("//*[@role='timer'][@aria-label='Time to expiry']").await;
    let left = clock.text().await.unwrap();
    assert!(
        left.starts_with("in 9:") || left.starts_with("in 8:"),
        "ten minutes less a moment: {left}"
    );
    for scope in ["openid", "email", "offline_access"] {
        window.text(scope).await;
    }
    let claims = region("Claims of the id token");
    window.find(&format!("{claims}//*[normalize-space(.)='Not verified']")).await;
    let claims = window.find(&claims).await.text().await.unwrap();
    for part in ["\"ada\"", &provider.url, CLIENT, "\"RS256\""] {
        assert!(claims.contains(part), "{part}: {claims}");
    }
    assert!(!claims.contains("eyJ"), "{claims}");
    window.scroll_to("//table[@aria-label='Credentials']").await;
    window.pictures("oidc-details").await;
    window.scroll_to(&region("Claims of the id token")).await;
    window.pictures("oidc-claims").await;
}

/// The token counts as expired; the next call gets a new one, once, and the refresh token with it. Gives the first.
async fn refreshed_by_a_call(window: &Window) -> String {
    window.press("Expire now").await;
    let clock = "//*[@role='timer'][@aria-label='Time to expiry']";
    window.find(&format!("{clock}[contains(., 'expired')]")).await;
    window.tab("Build Function").await;
    window.press("Test-run").await;
    for _ in 0..2 {
        window.press("Run function").await;
        window.find(&format!("{}{}", region("Test-run"), button("Run function"))).await;
        window.find("//section[@aria-label='Test-run']//*[@role='tab']").await;
    }
    window.press("Close the test-run").await;
    window.tab("Authorization").await;
    window.press(&format!("Details of {ACCOUNT}")).await;
    window.find(&format!("{clock}[starts-with(., 'in ')]")).await;
    window.find(&button("Refresh request, 200")).await;
    assert_eq!(window.exchanges().await, ["Refresh request, 200"], "two calls, one refresh");
    window.press("Refresh request, 200").await;
    let old = window.reveal("Request", "refresh_token").await;
    let new = window.reveal("What was taken from the answer", "refresh_token").await;
    assert!(!old.is_empty() && !new.is_empty());
    assert_ne!(old, new, "the provider rotates");

    // The rotated token was saved: a refresh with the old one would end the grant.
    window.press("Refresh now").await;
    window.find(&format!("({})[2]", button("Refresh request, 200"))).await;
    window.press("Test").await;
    window.text(&format!("{ACCOUNT} works: the provider answered 200")).await;
    let exchanges = window.exchanges().await;
    assert_eq!(exchanges, ["Test request, 200", "Refresh request, 200", "Refresh request, 200"]);
    window.pictures("oidc-end").await;
    old
}
