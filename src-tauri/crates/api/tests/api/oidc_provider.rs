//! Authorizations against a provider of another project: npm's `oidc-provider`, as it comes, its pages walked as a person would.

use std::time::Duration;

use serde_json::{Value, json};
use services::visitor::{Led, PageAnswer, VisitError, Visitor};
use tests::provider::Provider;
use url::Url;

use crate::world::World;

const SECRET: &str = "provider-secret-that-is-long-enough-1";

/// Whose account it is, from the provider itself.
fn identity(provider: &str) -> String {
    format!(
        "exports.handler = async ({{ credential }}) => {{
            const answer = await fetch('{provider}/me', {{ headers: {{ authorization: `Bearer ${{credential.oauth2.access_token}}` }} }});
            if (!answer.ok) throw new Error(`userinfo answered ${{answer.status}}`);
            const {{ sub, email }} = await answer.json();
            return {{ output: {{ unique_id: sub, display_id: email }} }};
        }};"
    )
}

/// How the client shows the provider that it is the client.
#[derive(Clone, Copy, PartialEq)]
enum Authenticates {
    Basic,
    Post,
    /// Not at all: a public client.
    None,
}

/// What differs between the cases.
#[derive(Clone, Copy)]
struct Case {
    authenticates: Authenticates,
    pkce: bool,
    /// The provider lets nobody in without PKCE.
    strict: bool,
    short_code: bool,
    /// The provider knows another redirect URL than the one that is sent.
    elsewhere: bool,
}

const PLAIN: Case = Case {
    authenticates: Authenticates::Post,
    pkce: false,
    strict: false,
    short_code: false,
    elsewhere: false,
};

fn authentication(provider: &str, case: Case) -> Value {
    let pair = |name: &str, value: &str| json!({ "name": name, "value": value });
    let variable = |name: &str| pair(name, &format!("{{{{{name}}}}}"));
    let mut page = vec![
        pair("response_type", "code"),
        variable("client_id"),
        variable("redirect_uri"),
        pair("scope", "openid email offline_access"),
        // Without it, OpenID Connect gives no offline access.
        pair("prompt", "consent"),
    ];
    let mut token =
        vec![pair("grant_type", "authorization_code"), variable("code"), variable("redirect_uri")];
    let mut refresh = vec![pair("grant_type", "refresh_token"), variable("refresh_token")];
    let mut headers = Vec::new();
    match case.authenticates {
        Authenticates::Basic => {
            headers.push(pair("Authorization", "Basic {{client_id}}:{{client_secret}}"));
        }
        Authenticates::Post => {
            for list in [&mut token, &mut refresh] {
                list.extend([variable("client_id"), variable("client_secret")]);
            }
        }
        Authenticates::None => {
            for list in [&mut token, &mut refresh] {
                list.push(variable("client_id"));
            }
        }
    }
    if case.pkce {
        page.extend([variable("code_challenge"), pair("code_challenge_method", "S256")]);
        token.push(variable("code_verifier"));
    }
    let at_token = |fields: Vec<Value>| json!({ "method": "POST", "url": format!("{provider}/token"), "queries": [], "headers": headers, "body_fields": fields });
    let secret = match case.authenticates {
        Authenticates::None => json!(""),
        _ => json!({ "secret": "client_secret" }),
    };
    json!({ "oauth2": {
        "client_id": "app",
        "client_secret": secret,
        "authorization_request": { "method": "GET", "url": format!("{provider}/auth"), "queries": page, "headers": [], "body_fields": [] },
        "get_token_request": at_token(token),
        "refresh_token_request": at_token(refresh),
        "test_token_request": {
            "method": "GET", "url": format!("{provider}/me"), "queries": [],
            "headers": [pair("Authorization", "Bearer {{access_token}}")], "body_fields": [],
        },
    } })
}

/// An api, a provider that knows it as a client, and an app that is configured for it.
struct Bench {
    world: World,
    provider: Provider,
    app: String,
}

impl Bench {
    async fn set(case: Case) -> Self {
        let world = World::start().await;
        let redirect = redirect_url(&world).await;
        let mut client = json!({
            "client_id": "app",
            "redirect_uris": [if case.elsewhere { format!("{redirect}/elsewhere") } else { redirect }],
            "grant_types": ["authorization_code", "refresh_token"],
            "token_endpoint_auth_method": match case.authenticates {
                Authenticates::Basic => "client_secret_basic",
                Authenticates::Post => "client_secret_post",
                Authenticates::None => "none",
            },
            "strict": case.strict,
            "short_code": case.short_code,
        });
        if case.authenticates != Authenticates::None {
            client["client_secret"] = SECRET.into();
        }
        let clients = json!([client]).to_string();
        let started = tokio::task::spawn_blocking(move || Provider::start(&clients));
        let provider = started.await.unwrap();
        let definition = json!({ "authentication": authentication(&provider.url, case) });
        let identity = identity(&provider.url);
        let app = world.app("oidc", definition, &[("identity", &identity)]).await;
        if case.authenticates != Authenticates::None {
            let secret = json!({ "app": app, "name": "client_secret", "value": SECRET });
            world.get("set_secret", secret).await;
        }
        Self { world, provider, app }
    }

    async fn start(&self) -> Value {
        self.world.get("start_authorization", json!({ "app": self.app })).await
    }

    fn visitor(&self) -> Visitor {
        Visitor::new(&Url::parse(&self.provider.url).unwrap()).unwrap()
    }

    /// Up to the redirect back, which is not followed.
    async fn walk(&self, attempt: &Value, login: &str) -> Led {
        let url = attempt["url"].as_str().unwrap();
        self.visitor().walk(url, &answers(login, "Continue")).await.unwrap()
    }

    async fn over(&self, attempt: &Value) -> Value {
        let read = json!({ "authorization": attempt["id"] });
        let over = |attempt: &Value| attempt["status"] != "running";
        self.world.until("read_authorization", read, over).await
    }

    /// Authorizes as `login`; the saved account.
    async fn account(&self, login: &str) -> Value {
        let attempt = self.start().await;
        let url = attempt["url"].as_str().unwrap();
        let visit = self.visitor().visit(url, &answers(login, "Continue")).await.unwrap();
        let titles: Vec<&str> = visit.pages.iter().map(|page| page.title.as_str()).collect();
        assert_eq!(titles, ["Sign-in", "Authorize"]);
        let attempt = self.over(&attempt).await;
        assert_eq!(attempt["status"], "done", "{attempt:#}");
        assert!(!attempt["notices"].to_string().contains("issuer"), "{attempt:#}");
        attempt["credential"].clone()
    }

    /// The account works: the provider says so.
    async fn assert_works(&self, account: &Value) {
        let test = self.world.get("test_credential", json!({ "credential": account["id"] })).await;
        assert_eq!(test["ok"], true, "{test:#}");
    }

    /// The refresh token that is kept, as a thief of a backup with its key would read it.
    async fn refresh_token(&self) -> String {
        crate::secrets_at_rest::tokens(&self.world, &self.app).remove(1)
    }

    async fn refresh(&self, account: &Value) -> Result<Value, api::ApiError> {
        self.world.call("refresh_credential", json!({ "credential": account["id"] })).await
    }
}

fn answers(login: &str, consent: &str) -> Vec<PageAnswer> {
    let fields = [("login", login), ("password", "any")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    vec![
        PageAnswer { page: "Sign-in".to_owned(), fields, button: "Sign-in".to_owned() },
        PageAnswer {
            page: "Authorize".to_owned(),
            fields: Default::default(),
            button: consent.to_owned(),
        },
    ]
}

/// What has to be registered with the provider, as an author copies it before there is anything else.
async fn redirect_url(world: &World) -> String {
    let app = world.app("fresh", json!({}), &[]).await;
    let view = world.get("read_app", json!({ "app": app })).await;
    view["redirect_uri"].as_str().unwrap().to_owned()
}

/// What the id token says is kept and shown, and the id token is not.
async fn assert_id_claims(bench: &Bench, account: &Value) {
    let named = json!({ "credential": account["id"] });
    let claims = bench.world.get("read_token", named).await["id_claims"].clone();
    let payload = &claims["payload"];
    assert_eq!((&payload["sub"], &payload["aud"]), (&json!("ada"), &json!("app")), "{claims:#}");
    assert_eq!(payload["iss"], bench.provider.url.as_str());
    assert_eq!(claims["header"]["alg"], "RS256");
    // The latest exchange is the refresh, which brought one, too.
    let of = json!({ "owner": account["id"] });
    let exchange = bench.world.get("list_exchanges", of).await[0].clone();
    assert_eq!((&exchange["purpose"], &exchange["ignored"]), (&json!("refresh"), &json!([])));
    assert!(!exchange.to_string().contains("eyJ"), "hidden in the answer: {exchange:#}");
}

/// From nothing to an account that works, and goes on working after a refresh.
async fn authorize_and_refresh(case: Case) {
    let bench = Bench::set(case).await;
    let account = bench.account("ada").await;
    assert_eq!(
        (&account["unique_id"], &account["display_id"]),
        (&json!("ada"), &json!("ada@example.test"))
    );
    bench.assert_works(&account).await;
    bench.refresh(&account).await.unwrap();
    assert_id_claims(&bench, &account).await;
    bench.assert_works(&account).await;
    // Another person is another account, the same one is the same.
    bench.account("bob").await;
    bench.account("ada").await;
    let accounts = bench.world.get("list_credentials", json!({ "app": bench.app })).await;
    assert_eq!(accounts.as_array().unwrap().len(), 2, "{accounts:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn code_without_pkce_and_the_secret_in_the_body() {
    authorize_and_refresh(PLAIN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn code_without_pkce_and_the_secret_in_the_basic_header() {
    authorize_and_refresh(Case { authenticates: Authenticates::Basic, ..PLAIN }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn code_with_pkce_where_it_is_a_must_and_the_secret_in_the_body() {
    authorize_and_refresh(Case { pkce: true, strict: true, ..PLAIN }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn code_with_pkce_and_the_secret_in_the_basic_header() {
    authorize_and_refresh(Case { authenticates: Authenticates::Basic, pkce: true, ..PLAIN }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn code_with_pkce_for_a_public_client() {
    authorize_and_refresh(Case {
        authenticates: Authenticates::None,
        pkce: true,
        strict: true,
        ..PLAIN
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_insists_on_pkce_says_so() {
    let bench = Bench::set(Case { strict: true, ..PLAIN }).await;
    let attempt = bench.start().await;
    let url = attempt["url"].as_str().unwrap();
    // It sends the browser back at once, with an error.
    let led = bench.visitor().walk(url, &[]).await.unwrap();
    bench.visitor().visit(url, &[]).await.unwrap_err();
    assert!(led.pages.is_empty());
    let attempt = bench.over(&attempt).await;
    let error = attempt["error"]["description"].as_str().unwrap();
    assert!(error.contains("invalid_request") && error.contains("PKCE"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_denied_consent_is_told_in_the_providers_words() {
    let bench = Bench::set(PLAIN).await;
    let attempt = bench.start().await;
    let url = attempt["url"].as_str().unwrap();
    let error = bench.visitor().visit(url, &answers("ada", "[ Cancel ]")).await.unwrap_err();
    assert!(
        matches!(error, VisitError::RefusedRedirect(_, 400)),
        "the page at the end says so: {error}"
    );
    let attempt = bench.over(&attempt).await;
    assert_eq!(attempt["status"], "failed");
    let error = attempt["error"]["description"].as_str().unwrap();
    assert!(
        error.contains("access_denied") && error.contains("End-User aborted interaction"),
        "{error}"
    );
    let accounts = bench.world.get("list_credentials", json!({ "app": bench.app })).await;
    assert_eq!(accounts, json!([]));
    // Trying again is all it takes.
    bench.account("ada").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_code_is_told_in_the_providers_words() {
    let bench = Bench::set(Case { short_code: true, ..PLAIN }).await;
    let attempt = bench.start().await;
    let led = bench.walk(&attempt, "ada").await;
    tokio::time::sleep(Duration::from_millis(2100)).await;
    reqwest::get(led.target).await.unwrap();
    let attempt = bench.over(&attempt).await;
    let error = attempt["error"]["description"].as_str().unwrap();
    assert!(error.contains("invalid_grant") && error.contains("status 400"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_url_that_is_not_registered_is_refused_by_the_provider_and_the_attempt_can_be_cancelled()
 {
    let bench = Bench::set(Case { elsewhere: true, ..PLAIN }).await;
    let attempt = bench.start().await;
    let error = bench.visitor().visit(attempt["url"].as_str().unwrap(), &[]).await.unwrap_err();
    let VisitError::Trouble { status, text, .. } = error else { panic!("{error}") };
    assert_eq!(status, 400);
    assert!(text.contains("redirect_uri"), "{text}");
    let id = json!({ "authorization": attempt["id"] });
    assert_eq!(bench.world.get("read_authorization", id.clone()).await["status"], "running");
    assert_eq!(bench.world.get("cancel_authorization", id).await["status"], "cancelled");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_client_secret_is_told_in_the_providers_words() {
    for authenticates in [Authenticates::Post, Authenticates::Basic] {
        let case = Case { authenticates, ..PLAIN };
        let bench = Bench::set(case).await;
        let secret =
            json!({ "app": bench.app, "name": "client_secret", "value": "not-the-secret" });
        bench.world.get("set_secret", secret).await;
        let attempt = bench.start().await;
        let led = bench.walk(&attempt, "ada").await;
        reqwest::get(led.target).await.unwrap();
        let attempt = bench.over(&attempt).await;
        let error = attempt["error"]["description"].as_str().unwrap();
        assert!(
            error.contains("invalid_client") && error.contains("client authentication failed"),
            "{error}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_that_was_used_by_another_ends_the_grant_and_the_account_wants_to_be_reconnected()
 {
    let bench = Bench::set(PLAIN).await;
    let account = bench.account("ada").await;
    let stolen = bench.refresh_token().await;
    bench.refresh(&account).await.unwrap();
    let rotated = bench.refresh_token().await;
    assert_ne!(stolen, rotated, "the provider rotates, and the new token is saved");
    // The thief comes too late; the provider now trusts nobody of this grant.
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "app"),
        ("client_secret", SECRET),
        ("refresh_token", &stolen),
    ];
    let token_url = format!("{}/token", bench.provider.url);
    let thief = reqwest::Client::new().post(token_url).form(&form).send().await.unwrap();
    assert_eq!(thief.status(), 400);
    let error = bench.refresh(&account).await.unwrap_err();
    assert!(
        error.message.contains("invalid_grant") && error.message.contains("econnect"),
        "{error}"
    );
    assert!(!error.message.contains(&rotated));
    let accounts = bench.world.get("list_credentials", json!({ "app": bench.app })).await;
    assert_eq!(accounts[0]["needs_reconnect"], true, "{accounts:#}");
    // Reconnecting mends it.
    let account = bench.account("ada").await;
    bench.assert_works(&account).await;
    assert_eq!(account["needs_reconnect"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_calls_at_once_refresh_a_rotating_token_once() {
    let bench = Bench::set(PLAIN).await;
    let account = bench.account("ada").await;
    // Five refreshes of the same token: a second one with the old token would end the grant.
    let all = futures_util::future::join_all((0..5).map(|_| bench.refresh(&account))).await;
    for result in all {
        result.unwrap();
    }
    bench.assert_works(&account).await;
    bench.refresh(&account).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_of_another_attempt_gets_no_token_where_pkce_binds_it() {
    let bench = Bench::set(Case { pkce: true, ..PLAIN }).await;
    let (mine, theirs) = (bench.start().await, bench.start().await);
    let stolen = bench.walk(&theirs, "mallory").await.target;
    let own = bench.walk(&mine, "ada").await.target;
    let code =
        |url: &Url| url.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    let injected = own.as_str().replace(&code(&own), &code(&stolen));
    assert_ne!(injected, own.as_str());
    reqwest::get(injected).await.unwrap();
    let attempt = bench.over(&mine).await;
    assert_eq!(attempt["status"], "failed");
    assert!(
        attempt["error"]["description"].as_str().unwrap().contains("invalid_grant"),
        "{attempt:#}"
    );
    let accounts = bench.world.get("list_credentials", json!({ "app": bench.app })).await;
    assert_eq!(accounts, json!([]));
}
