//! Every preset walked against a stand-in for its provider that takes exactly what the provider documents, and nothing else.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod providers;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use definition::{Authentication, Method, NameValue, Preset, presets};
use flow::authorization::{
    Attempt, AttemptSecrets, AuthorizationEffect, AuthorizationEvent, OAuth1Sender,
    oauth1_test_request, refresh_request, test_request,
};
use flow::template::{RenderedRequest, base_string, sign};
use flow::token::{Credential, HttpAnswer};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

use providers::Body::{self, Form, Get, Json, Url as InUrl};
use providers::Client::{self, Basic, Fields, SecretOnly};
use providers::{
    PROVIDERS, REFRESH_URLS, REFRESHES, Row, TOKEN_FIELDS, WITHOUT_GRANT_TYPE, WITHOUT_REDIRECT,
    WITHOUT_RESPONSE_TYPE,
};

/// Characters that each place encodes in its own way.
const CLIENT: &str = "client:1+ä b";
const SECRET: &str = "s3cr&t/+=% é:";
const REDIRECT: &str = "http://127.0.0.1:4871/oauth?a=b c";
const CODE: &str = "c0de/+&=% 1";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// As an author fills it in.
fn filled(preset: &Preset) -> Authentication {
    let mut text = serde_json::to_string(&preset.authentication).unwrap();
    for placeholder in &preset.placeholders {
        text = text.replace(&placeholder.word, "own");
    }
    let mut authentication: Authentication = serde_json::from_str(&text).unwrap();
    if let Some(oauth2) = &mut authentication.oauth2 {
        oauth2.client_id = CLIENT.to_owned();
    }
    if let Some(oauth1) = &mut authentication.oauth1 {
        oauth1.consumer_key = CLIENT.to_owned();
    }
    authentication
}

fn attempt(authentication: &Authentication) -> Attempt {
    let secrets = AttemptSecrets {
        client_secret: SECRET.to_owned(),
        state: "st-1".to_owned(),
        code_verifier: VERIFIER.to_owned(),
    };
    Attempt::new(authentication, REDIRECT, secrets).unwrap()
}

fn form(text: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(text.as_bytes()).into_owned() {
        assert!(all.insert(name.clone(), value).is_none(), "{name} comes twice in {text}");
    }
    all
}

fn header<'a>(request: &'a RenderedRequest, name: &str) -> Option<&'a str> {
    let mut found = request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
    let first = found.next().map(|header| header.value.as_str());
    assert!(found.next().is_none(), "{name} comes twice");
    first
}

/// The fields of a token request, after its encoding and its client were found to be as wanted; the client is taken out.
fn fields(
    name: &str,
    request: &RenderedRequest,
    body: Body,
    client: Client,
) -> BTreeMap<String, String> {
    let method = if body == Get { Method::Get } else { Method::Post };
    assert_eq!(request.method, method, "{name}");
    let text = match body {
        Form | Json => request.body.as_deref(),
        InUrl | Get => request.url.split_once('?').map(|(_, query)| query),
    };
    assert_eq!(request.body.is_some(), matches!(body, Form | Json), "{name}");
    let text = text.unwrap();
    let mut fields = match body {
        InUrl | Get => form(text),
        Form => {
            let content_type = header(request, "content-type");
            assert_eq!(content_type, Some("application/x-www-form-urlencoded"), "{name}");
            form(text)
        }
        Json => {
            assert_eq!(header(request, "content-type"), Some("application/json"), "{name}");
            serde_json::from_str(text).unwrap()
        }
    };
    match client {
        Basic => {
            let value = header(request, "authorization").unwrap().strip_prefix("Basic ").unwrap();
            let user = String::from_utf8(STANDARD.decode(value).unwrap()).unwrap();
            let (id, secret) = user.split_once(':').unwrap();
            let decode = |text: &str| form(&format!("v={text}"))["v"].clone();
            assert_eq!(
                (decode(id), decode(secret)),
                (CLIENT.to_owned(), SECRET.to_owned()),
                "{name}"
            );
        }
        Fields | SecretOnly => {
            assert_eq!(header(request, "authorization"), None, "{name}");
            assert_eq!(fields.remove("client_secret").as_deref(), Some(SECRET), "{name}");
            if client == Fields {
                assert_eq!(fields.remove(client_id(name)).as_deref(), Some(CLIENT), "{name}");
            }
        }
    }
    assert!(!fields.contains_key("client_id") && !fields.contains_key("client_secret"), "{name}");
    fields
}

fn without_fields(url: &str, body: Body) -> &str {
    match body {
        Form | Json => url,
        InUrl | Get => url.split('?').next().unwrap(),
    }
}

fn client_id(name: &str) -> &'static str {
    if name == "tiktok" { "client_key" } else { "client_id" }
}

fn answered(content_type: &str, body: String) -> AuthorizationEvent {
    AuthorizationEvent::TokenAnswered(Ok(HttpAnswer {
        status: 200,
        content_type: Some(content_type.to_owned()),
        body,
        ..HttpAnswer::default()
    }))
}

/// As the provider forms it.
fn token_answer(name: &str) -> AuthorizationEvent {
    let json = |value: Value| answered("application/json; charset=utf-8", value.to_string());
    match name {
        "github" => answered(
            "application/x-www-form-urlencoded; charset=utf-8",
            "access_token=at-1&expires_in=28800&refresh_token=rt-1&scope=read%3Auser%2Crepo&token_type=bearer".to_owned(),
        ),
        "slack" => json(
            json!({ "ok": true, "app_id": "A", "authed_user": { "id": "U", "access_token": "at-1", "token_type": "user",
            "refresh_token": "rt-1", "expires_in": 43200 }, "team": { "id": "T" } }),
        ),
        "facebook" => {
            json(json!({ "access_token": "at-1", "token_type": "bearer", "expires_in": 5183944 }))
        }
        "twitch" => json(json!({ "access_token": "at-1", "refresh_token": "rt-1",
            "expires_in": 14124, "scope": ["user:read:email"], "token_type": "bearer" })),
        "square" => json(json!({ "access_token": "at-1", "refresh_token": "rt-1",
            "expires_at": "2026-12-24T00:00:00Z", "merchant_id": "M", "short_lived": false })),
        _ => json(
            json!({ "access_token": "at-1", "refresh_token": "rt-1", "expires_in": 3600, "token_type": "bearer" }),
        ),
    }
}

#[test]
fn every_oauth2_preset_is_what_its_provider_documents() {
    let known: Vec<&str> = PROVIDERS.iter().map(|row| row.0).collect();
    let all: Vec<&Preset> =
        presets().iter().filter(|preset| preset.authentication.oauth2.is_some()).collect();
    for preset in &all {
        assert!(known.contains(&preset.name.as_str()), "{} is not in the table", preset.name);
    }
    assert_eq!(all.len(), PROVIDERS.len());
    for row in PROVIDERS {
        let preset = presets().iter().find(|preset| preset.name == row.0).unwrap();
        walk(preset, row);
    }
}

fn walk(preset: &Preset, row: &Row) {
    let &(name, body, client, scope, pkce, extra, refreshes) = row;
    let authentication = filled(preset);
    let oauth2 = authentication.oauth2.as_ref().unwrap();
    let mut attempt = attempt(&authentication);
    let effects = attempt.apply(1, AuthorizationEvent::Start).unwrap();
    let Some(AuthorizationEffect::OpenBrowser { url }) = effects.last() else {
        panic!("{name}: {effects:?}")
    };
    assert!(!url.contains('+'), "{name}: a space of a query is %20: {url}");
    let page = Url::parse(url).unwrap();
    let mut query = form(page.query().unwrap());
    let mut wanted = BTreeMap::from([
        (client_id(name).to_owned(), CLIENT.to_owned()),
        ("redirect_uri".to_owned(), REDIRECT.to_owned()),
        ("state".to_owned(), "st-1".to_owned()),
    ]);
    let mut want = |name: &str, value: &str| wanted.insert(name.to_owned(), value.to_owned());
    if !WITHOUT_RESPONSE_TYPE.contains(&name) {
        want("response_type", "code");
    }
    if !scope.is_empty() {
        want("scope", scope);
    }
    for pair in extra.split_whitespace() {
        let (name, value) = pair.split_once('=').unwrap();
        want(name, value);
    }
    if pkce {
        want("code_challenge_method", "S256");
        let challenge = query.remove("code_challenge").unwrap();
        assert_eq!(challenge, URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER)), "{name}");
    }
    assert_eq!(query, wanted, "{name}");
    assert_eq!(
        (preset.pkce, preset.scopes.join(&preset.scope_separator)),
        (pkce, scope.to_owned())
    );

    let back = [("code", CODE), ("state", "st-1"), ("realmId", "91/2")];
    let queries = back.iter().map(|(name, value)| NameValue::new(*name, *value)).collect();
    let effects = attempt.apply(2, AuthorizationEvent::RedirectArrived { queries }).unwrap();
    let Some(AuthorizationEffect::Send(request)) = effects.last() else {
        panic!("{name}: {effects:?}")
    };
    let token_url = request.url.clone();
    let mut got = fields(name, request, body, client);
    let mut take = |field: &str| got.remove(field);
    assert_eq!(take("code").as_deref(), Some(CODE), "{name}");
    assert_eq!(take("code_verifier").as_deref(), pkce.then_some(VERIFIER), "{name}");
    let grant_type = (!WITHOUT_GRANT_TYPE.contains(&name)).then_some("authorization_code");
    assert_eq!(take("grant_type").as_deref(), grant_type, "{name}");
    let redirect = (!WITHOUT_REDIRECT.contains(&name)).then_some(REDIRECT);
    assert_eq!(take("redirect_uri").as_deref(), redirect, "{name}");
    for (_, field, value) in TOKEN_FIELDS.iter().filter(|(known, ..)| *known == name) {
        assert_eq!(take(field).as_deref(), Some(*value), "{name}");
    }
    assert_eq!(got, BTreeMap::new(), "{name}");

    let effects = attempt.apply(3, token_answer(name)).unwrap();
    let Some(AuthorizationEffect::CallIdentity { credential: Credential::OAuth2(credential) }) =
        effects.last()
    else {
        panic!("{name}: {effects:?}")
    };
    assert_eq!(credential.token.access_token, "at-1", "{name}");
    assert_eq!(oauth2.refresh_token_request.is_some(), refreshes, "{name}");
    if refreshes {
        let request = refresh_request(oauth2, SECRET, REDIRECT, credential).unwrap();
        let elsewhere = REFRESH_URLS.iter().find(|(known, _)| *known == name);
        let url = elsewhere.map_or(token_url.as_str(), |(_, url)| url);
        assert_eq!(without_fields(&request.url, body), without_fields(url, body), "{name}");
        let mut got = fields(name, &request, body, client);
        got.remove("redirect_uri");
        let own = REFRESHES.iter().find(|(known, _)| *known == name).map(|(_, fields)| *fields);
        let usual: &[_] = &[("grant_type", "refresh_token"), ("refresh_token", "rt-1")];
        let wanted = own.unwrap_or(usual).iter();
        let wanted = wanted.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        assert_eq!(got, wanted.collect(), "{name}");
    }
    let test = test_request(oauth2, SECRET, REDIRECT, credential).unwrap().unwrap();
    let token = match name {
        "shopify" => header(&test, "x-shopify-access-token"),
        _ => header(&test, "authorization"),
    };
    let expected = match name {
        "mailchimp" => "OAuth at-1",
        "monday" | "shopify" => "at-1",
        "zoho" => "Zoho-oauthtoken at-1",
        _ => "Bearer at-1",
    };
    assert_eq!(token, Some(expected), "{name}");
    if name == "quickbooks" {
        assert!(test.url.ends_with("/company/91%2F2/companyinfo/91%2F2"), "{}", test.url);
    }
}

/// Name, method of the signature, whether the parameters stand in the query instead of the header.
const OAUTH1_PROVIDERS: &[(&str, &str, bool)] = &[
    ("discogs", "PLAINTEXT", false),
    ("flickr", "HMAC-SHA1", true),
    ("netsuite", "HMAC-SHA256", false),
    ("trello", "HMAC-SHA1", false),
    ("tumblr", "HMAC-SHA1", false),
    ("x-oauth1", "HMAC-SHA1", false),
];

/// The parameters of a signed request, its signature checked.
fn signed(
    name: &str,
    request: &RenderedRequest,
    in_query: bool,
    token_secret: &str,
) -> BTreeMap<String, String> {
    let url = Url::parse(&request.url).unwrap();
    let mut all = form(url.query().unwrap_or_default());
    assert_eq!(all.contains_key("oauth_signature"), in_query, "{name}");
    if !in_query {
        let value = header(request, "authorization").unwrap().strip_prefix("OAuth ").unwrap();
        for part in value.split(", ") {
            let (name, value) = part.split_once('=').unwrap();
            let value = value.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
            let value = percent_encoding::percent_decode_str(value).decode_utf8().unwrap();
            all.insert(name.to_owned(), value.into_owned());
        }
    }
    let method = serde_json::from_value(json!(all["oauth_signature_method"])).unwrap();
    let base = base_string(request).unwrap();
    assert_eq!(
        Some(&all["oauth_signature"]),
        sign(&method, &base, SECRET, token_secret).as_ref(),
        "{name}"
    );
    assert_eq!(all["oauth_consumer_key"], CLIENT, "{name}");
    all
}

#[test]
fn every_oauth1_preset_is_signed_as_its_provider_wants_it() {
    let all = presets().iter().filter(|preset| preset.authentication.oauth1.is_some());
    let names: Vec<&str> = all.map(|preset| preset.name.as_str()).collect();
    assert_eq!(names.len(), OAUTH1_PROVIDERS.len(), "{names:?}");
    for &(name, method, in_query) in OAUTH1_PROVIDERS {
        let preset = presets().iter().find(|preset| preset.name == name).unwrap();
        let authentication = filled(preset);
        let mut attempt = attempt(&authentication);
        let effects = attempt.apply(1_000, AuthorizationEvent::Start).unwrap();
        let Some(AuthorizationEffect::Send(request)) = effects.last() else { panic!("{name}") };
        let sent = signed(name, request, in_query, "");
        assert_eq!(
            (sent["oauth_callback"].as_str(), sent["oauth_signature_method"].as_str()),
            (REDIRECT, method)
        );
        let text = |text: &str| answered("text/html", text.to_owned());
        let answer =
            text("oauth_token=rt%2F1&oauth_token_secret=r%26s&oauth_callback_confirmed=true");
        let effects = attempt.apply(2_000, answer).unwrap();
        let Some(AuthorizationEffect::OpenBrowser { url }) = effects.last() else {
            panic!("{name}")
        };
        assert_eq!(
            form(Url::parse(url).unwrap().query().unwrap())["oauth_token"],
            "rt/1",
            "{name}"
        );
        let queries =
            vec![NameValue::new("oauth_token", "rt/1"), NameValue::new("oauth_verifier", CODE)];
        let effects =
            attempt.apply(3_000, AuthorizationEvent::RedirectArrived { queries }).unwrap();
        let Some(AuthorizationEffect::Send(request)) = effects.last() else { panic!("{name}") };
        let sent = signed(name, request, in_query, "r&s");
        assert_eq!((sent["oauth_token"].as_str(), sent["oauth_verifier"].as_str()), ("rt/1", CODE));
        let effects = attempt.apply(4_000, text("oauth_token=t&oauth_token_secret=%2B")).unwrap();
        let Some(AuthorizationEffect::CallIdentity { credential: Credential::OAuth1(credential) }) =
            effects.last()
        else {
            panic!("{name}: {effects:?}")
        };
        let oauth1 = authentication.oauth1.as_ref().unwrap();
        let sender = OAuth1Sender {
            consumer_secret: SECRET,
            redirect_uri: REDIRECT,
            nonce: "n",
            now: 5_000,
        };
        if let Some(test) = oauth1_test_request(oauth1, sender, credential) {
            assert_eq!(signed(name, &test.unwrap(), in_query, "+")["oauth_token"], "t", "{name}");
        }
    }
}
