//! The pages that people see.

use reqwest::{Method, StatusCode};

use crate::client::{Setup, quick, start};
use crate::receiver::Receiver;

const REDIRECT: &str = "http://127.0.0.1:9/oauth2/redirect";

async fn go(setup: &Setup, path: &str, cookie: Option<&str>) -> reqwest::Response {
    let mut request = setup.request(Method::GET, path);
    if let Some(cookie) = cookie {
        request = request.header("Cookie", cookie);
    }
    request.send().await.unwrap()
}

fn to(response: &reqwest::Response) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()["location"].to_str().unwrap().to_owned()
}

async fn begin(setup: &Setup, more: &[(&str, &str)], cookie: Option<&str>) -> String {
    to(&go(setup, &setup.authorize(REDIRECT, more), cookie).await)
}

async fn post(setup: &Setup, path: &str, form: &[(&str, &str)]) -> reqwest::Response {
    setup.request(Method::POST, path).form(form).send().await.unwrap()
}

const PERSON: [(&str, &str); 2] = [("email", "owner@example.test"), ("password", "demo-password")];

#[tokio::test]
async fn every_page_has_a_strict_policy_and_labels_and_no_scripts() {
    let setup = start(quick()).await;
    let sign_in = begin(&setup, &[], None).await;
    let other = begin(&setup, &[], None).await;
    let consent = to(&post(&setup, &other, &PERSON).await);
    let token = setup.access_token().await;
    let envelope = setup.envelope(&token, "https://client.example.test/back").await;
    let signing = envelope["signers"][0]["signing_url"].as_str().unwrap();
    for (path, leads_to) in [
        ("/", "'self'"),
        (&*sign_in, "'self' http://127.0.0.1:9"),
        (&*consent, "'self' http://127.0.0.1:9"),
        (signing, "'self' https://client.example.test"),
    ] {
        let response = go(&setup, path, None).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{policy}");
        assert!(policy.ends_with(&format!("form-action {leads_to}")), "{policy}");
        assert!(
            response.headers().get("x-frame-options").is_none()
                && !policy.contains("frame-ancestors")
        );
        let html = response.text().await.unwrap();
        assert!(
            !html.contains("<script") && !html.contains("style=") && html.contains("lang=\"en\"")
        );
        for input in html.split("<input ").skip(1) {
            let id = input.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
            assert!(html.contains(&format!("<label for=\"{id}\"")), "{path}: {id} has no label");
        }
    }
    let style = go(&setup, "/style.css", None).await;
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
    assert!(style.text().await.unwrap().contains("prefers-color-scheme: dark"));
}

#[tokio::test]
async fn a_wrong_password_is_told_and_what_was_typed_is_kept_and_escaped() {
    let setup = start(quick()).await;
    let sign_in = begin(&setup, &[], None).await;
    let response = post(&setup, &sign_in, &[("email", "\"><b>x"), ("password", "wrong")]).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let html = response.text().await.unwrap();
    assert!(
        html.contains("role=\"alert\"") && html.contains("value=\"&quot;&gt;&lt;b&gt;x\""),
        "{html}"
    );
    let right = post(&setup, &sign_in, &PERSON).await;
    assert!(to(&right).starts_with("/oauth2/consent/"));
}

#[tokio::test]
async fn a_signed_in_browser_goes_straight_to_consent_and_may_change_the_account() {
    let setup = start(quick()).await;
    let sign_in = begin(&setup, &[], None).await;
    let response = post(&setup, &sign_in, &PERSON).await;
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap().to_owned();

    let consent = begin(&setup, &[], Some(&cookie)).await;
    assert!(consent.starts_with("/oauth2/consent/"), "{consent}");
    assert!(go(&setup, &consent, None).await.text().await.unwrap().contains("Workspace Owner"));
    let id = consent.rsplit('/').next().unwrap();
    let back = to(&post(&setup, &format!("/oauth2/other-account/{id}"), &[]).await);
    assert_eq!(back, format!("/oauth2/sign-in/{id}"));
    assert_eq!(to(&go(&setup, &consent, None).await), back, "consent without an account");
    assert_eq!(to(&post(&setup, &consent, &[("decision", "allow")]).await), back);

    let login = begin(&setup, &[("prompt", "login")], Some(&cookie)).await;
    assert!(login.starts_with("/oauth2/sign-in/"), "{login}");
    let unknown = begin(&setup, &[], Some("stepsmith_session=unknown")).await;
    assert!(unknown.starts_with("/oauth2/sign-in/"), "{unknown}");
}

#[tokio::test]
async fn consent_is_given_or_denied_once() {
    let setup = start(quick()).await;
    for (decision, expected) in [("allow", "code="), ("deny", "error=access_denied")] {
        let sign_in = begin(&setup, &[], None).await;
        let consent = to(&post(&setup, &sign_in, &PERSON).await);
        let none = post(&setup, &consent, &[("decision", "perhaps")]).await;
        assert_eq!(none.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let back = to(&post(&setup, &consent, &[("decision", decision)]).await);
        assert!(back.starts_with(REDIRECT) && back.contains(expected), "{back}");
        assert!(back.ends_with("state=s+t%26te"), "{back}");
        for path in [&consent, &sign_in] {
            assert_eq!(go(&setup, path, None).await.status(), StatusCode::GONE);
            assert_eq!(
                post(&setup, path, &[("decision", "allow")]).await.status(),
                StatusCode::GONE
            );
        }
    }
}

#[tokio::test]
async fn the_signing_page_signs_once_and_sends_the_browser_back() {
    let setup = start(quick()).await;
    let token = setup.access_token().await;
    let receiver = Receiver::start(vec![200]).await;
    let back = receiver.url("/redirect?state=run-1");
    let envelope = setup.envelope(&token, &back).await;
    let page = envelope["signers"][0]["signing_url"].as_str().unwrap();
    let id = envelope["id"].as_str().unwrap();

    let html = go(&setup, page, None).await.text().await.unwrap();
    assert!(
        html.contains("Please sign by Friday.") && html.contains("data-page=\"signing\""),
        "{html}"
    );
    for form in [&[("decision", "sign"), ("full_name", " ")][..], &[("full_name", "x")]] {
        assert_eq!(post(&setup, page, form).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let sign = [("decision", "sign"), ("full_name", "Outside Guest")];
    let expected = format!("{back}&event=signed&envelope={id}");
    assert_eq!(to(&post(&setup, page, &sign).await), expected);
    assert_eq!(to(&post(&setup, page, &sign).await), expected, "a second press of the same button");
    assert_eq!(post(&setup, page, &[("decision", "decline")]).await.status(), StatusCode::CONFLICT);
    let html = go(&setup, page, None).await.text().await.unwrap();
    assert!(html.contains("You have signed") && !html.contains("<form"), "{html}");
    assert_eq!(go(&setup, "/esign/sign/unknown", None).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(post(&setup, "/esign/sign/unknown", &sign).await.status(), StatusCode::NOT_FOUND);
}
