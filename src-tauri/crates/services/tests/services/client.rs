//! Starts services on a free port and talks to them.

use std::time::Duration;

use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use services::visitor::{Visitor, consent, sign_in};
use services::{Services, Settings, StartOptions, demo_clients};

use crate::receiver::Receiver;

/// Running services, a client that follows no redirects, and an access token when asked for.
pub struct Setup {
    pub services: Services,
    pub http: reqwest::Client,
}

/// Quick webhooks, otherwise the defaults.
pub fn quick() -> Settings {
    let (webhook_delay, webhook_backoff) = (Duration::from_millis(5), Duration::from_millis(5));
    Settings { webhook_delay, webhook_backoff, ..Settings::default() }
}

pub async fn start(settings: Settings) -> Setup {
    let services = Services::start(StartOptions { port: 0, settings }).await.unwrap();
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    Setup { services, http }
}

impl Setup {
    pub fn at(&self, path: &str) -> String {
        self.services.url().join(path).unwrap().to_string()
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, self.at(path))
    }

    /// The authorization address for `redirect_uri`, with more parameters.
    pub fn authorize(&self, redirect_uri: &str, more: &[(&str, &str)]) -> String {
        let mut url = self.services.url().join("/oauth2/authorize").unwrap();
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", demo_clients().esign_client_id)
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("state", "s t&te")
            .extend_pairs(more);
        url.into()
    }

    /// Goes through the pages as a person; the code that the redirect target gets.
    pub async fn code(&self, email: &str, more: &[(&str, &str)]) -> (String, String) {
        let receiver = Receiver::start(vec![200]).await;
        let redirect_uri = receiver.url("/oauth2/redirect");
        let visitor = Visitor::new(self.services.url()).unwrap();
        let answers = [sign_in(email, demo_clients().password), consent(true)];
        let visit = visitor.visit(&self.authorize(&redirect_uri, more), &answers).await.unwrap();
        let code =
            visit.ended_at.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
        (code, redirect_uri)
    }

    /// POST /oauth2/token with the client's secret in the body.
    pub async fn token(&self, fields: &[(&str, &str)]) -> Response {
        let demo = demo_clients();
        let mut form =
            vec![("client_id", demo.esign_client_id), ("client_secret", demo.esign_client_secret)];
        form.extend_from_slice(fields);
        self.request(Method::POST, "/oauth2/token").form(&form).send().await.unwrap()
    }

    /// The whole token answer for the account.
    pub async fn tokens(&self, email: &str, more: &[(&str, &str)]) -> Value {
        let (code, redirect_uri) = self.code(email, more).await;
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", &redirect_uri),
        ];
        let response = self.token(&fields).await;
        assert_eq!(response.status(), StatusCode::OK);
        response.json().await.unwrap()
    }

    pub async fn access_token(&self) -> String {
        self.tokens("owner@example.test", &[]).await["access_token"].as_str().unwrap().to_owned()
    }

    /// A JSON request with the token; status and JSON of the answer (`null` without a body).
    pub async fn call(
        &self,
        token: &str,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> (StatusCode, Value) {
        let mut request = self.request(method, path).bearer_auth(token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        answer(request.send().await.unwrap()).await
    }

    /// An envelope for one signer of the statement of work.
    pub async fn envelope(&self, token: &str, redirect_url: &str) -> Value {
        let body = json!({
            "template_id": "tpl-statement-of-work",
            "message": "Please sign by Friday.",
            "signers": [{"role": "customer", "name": "Outside Guest", "email": "guest@example.test"}],
            "redirect_url": redirect_url,
            "metadata": {"callback_token": "run-1"},
        });
        let (status, envelope) =
            self.call(token, Method::POST, "/esign/v1/envelopes", Some(body)).await;
        assert_eq!(status, StatusCode::CREATED, "{envelope}");
        envelope
    }
}

pub async fn answer(response: Response) -> (StatusCode, Value) {
    let status = response.status();
    let bytes = response.bytes().await.unwrap();
    (status, if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() })
}

/// `code` of an error answer.
pub fn code_of(answer: &Value) -> &str {
    answer["error"]["code"].as_str().unwrap_or_default()
}

/// The fields that an error answer names.
pub fn fields_of(answer: &Value) -> Vec<&str> {
    answer["error"]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["field"].as_str().unwrap())
        .collect()
}
