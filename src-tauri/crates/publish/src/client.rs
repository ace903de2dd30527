//! The HTTP client: one request with its bounds, its retries and its errors. The calls themselves stand in the modules.

mod apps;
mod functions;
mod versions;

use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::multipart::Form;
use reqwest::{Method, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use apps::{AppSummary, ArchiveFile};
pub use functions::{FunctionTestOutcome, FunctionVersion};
pub use versions::AppVersion;

use crate::error::{Asked, excerpt};
use crate::secret::without;
use crate::{Failure, RequestError, Secret, ServerAddress};

const TIMEOUT: Duration = Duration::from_secs(30);
/// Packages of up to 50 MB go over slow lines.
const TRANSFER_TIMEOUT: Duration = Duration::from_secs(300);
const MAX_ANSWER: usize = 64 * 1024 * 1024;
const PAUSES: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(1)];
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The token is empty or holds characters that no header can carry.
    #[error(
        "the access token of {0} is not usable: expected the token as the server gave it out, without spaces or line breaks"
    )]
    Token(String),
    /// The HTTP client could not be made.
    #[error("cannot set up the connection to {server}: {source}")]
    Setup {
        /// The server's address.
        server: String,
        /// What the HTTP library says.
        source: reqwest::Error,
    },
}

/// Whether a part of an app is there already: POST creates it, PATCH replaces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// It is not there yet.
    Create,
    /// It is there.
    Replace,
}

impl Write {
    fn method(self) -> Method {
        match self {
            Self::Create => Method::POST,
            Self::Replace => Method::PATCH,
        }
    }
}

/// A client of one server. Clones share its connections.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    address: ServerAddress,
    authorization: HeaderValue,
    token: Secret,
    timeout: Duration,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Client {
    /// A client for `address` with the access token `token`. Opens no connection yet.
    ///
    /// # Errors
    /// The token cannot stand in a header, or the HTTP library cannot be set up.
    pub fn new(address: ServerAddress, token: &Secret) -> Result<Self, ClientError> {
        let token = Secret::new(token.reveal().trim());
        let usable = !token.reveal().is_empty()
            && token.reveal().bytes().all(|byte| byte.is_ascii_graphic());
        let authorization = HeaderValue::from_str(&format!("Bearer {}", token.reveal()));
        let (true, Ok(mut authorization)) = (usable, authorization) else {
            return Err(ClientError::Token(address.to_string()));
        };
        authorization.set_sensitive(true);
        // An error means that it is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = reqwest::Client::builder()
            .user_agent(concat!("stepsmith/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Duration::from_secs(10))
            // Following one would turn a POST into a GET, or carry the token elsewhere.
            .redirect(reqwest::redirect::Policy::none());
        let builder = if address.is_this_machine() { builder.no_proxy() } else { builder };
        let http = builder
            .build()
            .map_err(|source| ClientError::Setup { server: address.to_string(), source })?;
        Ok(Self { http, address, authorization, token, timeout: TIMEOUT })
    }

    /// The same client with another time-out for requests that carry no package (30 s unless told).
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The server it speaks to.
    pub fn address(&self) -> &ServerAddress {
        &self.address
    }

    pub(crate) fn call<'c>(&'c self, method: Method, segments: &[&str]) -> Call<'c> {
        Call {
            client: self,
            url: self.address.url(segments),
            asked: Asked {
                server: self.address.to_string(),
                method: method.to_string(),
                path: format!("/framework/v1/{}", segments.join("/")),
            },
            method,
            token_in_query: false,
            body: Body::None,
            timeout: self.timeout,
            secrets: Vec::new(),
        }
    }
}

enum Body {
    None,
    Json(Value),
    Form(Form),
}

/// One request in the making.
pub(crate) struct Call<'c> {
    client: &'c Client,
    method: Method,
    url: url::Url,
    asked: Asked,
    token_in_query: bool,
    body: Body,
    timeout: Duration,
    secrets: Vec<String>,
}

impl Call<'_> {
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.url.query_pairs_mut().append_pair(name, value);
        self
    }

    /// The token as `?access_token=`: the one route that is made for `<img>`.
    pub fn token_in_query(mut self) -> Self {
        let token = self.client.token.clone();
        self.token_in_query = true;
        self.query("access_token", token.reveal())
    }

    pub fn json(mut self, value: Value) -> Self {
        self.body = Body::Json(value);
        self
    }

    pub fn form(mut self, form: Form) -> Self {
        self.body = Body::Form(form);
        self.transfer()
    }

    /// Moves a package, so the time-out is a longer one.
    pub fn transfer(mut self) -> Self {
        self.timeout = self.timeout.max(TRANSFER_TIMEOUT);
        self
    }

    /// Texts in the body that must not come back in an error message.
    pub fn hiding(mut self, secrets: Vec<String>) -> Self {
        self.secrets = secrets;
        self
    }

    /// Sends it and reads the answer's JSON. `T` is the shape that is expected.
    pub async fn read<T: DeserializeOwned>(self) -> Result<T, RequestError> {
        let asked = self.asked.clone();
        let bytes = self.bytes().await?;
        serde_json::from_slice(&bytes).map_err(|error| {
            let message = match serde_json::from_slice::<Value>(&bytes) {
                // The place, not the parser's own words: those quote the value.
                Ok(_) => format!(
                    "the answer is JSON of another shape (line {}, column {})",
                    error.line(),
                    error.column()
                ),
                Err(_) => excerpt(&bytes),
            };
            asked.failed(Failure::NotMoxo, Some(200), message)
        })
    }

    /// Sends it; whatever a 2xx answer holds is left unread.
    pub async fn done(self) -> Result<(), RequestError> {
        self.bytes().await.map(drop)
    }

    /// Sends it and reads the answer as it is. A GET is sent again when the server was busy or the connection broke off;
    /// anything else is sent once, because it may have been carried out.
    pub async fn bytes(self) -> Result<Vec<u8>, RequestError> {
        let Self { client, method, url, asked, token_in_query, body, timeout, secrets } = self;
        let again = method == Method::GET;
        let mut request = client
            .http
            .request(method, url)
            .timeout(timeout)
            .header(ACCEPT, "application/json, */*;q=0.5");
        if !token_in_query {
            request = request.header(AUTHORIZATION, client.authorization.clone());
        }
        request = match body {
            Body::None => request,
            Body::Json(value) => request.json(&value),
            Body::Form(form) => request.multipart(form),
        };
        let mut pauses = PAUSES.into_iter();
        loop {
            let next = if again { request.try_clone() } else { None };
            let (error, wait) = match attempt(&asked, request).await {
                Ok(bytes) => return Ok(bytes),
                Err(failed) => failed,
            };
            let transient = matches!(error.failure(), Failure::Interrupted | Failure::RateLimited)
                || matches!(error.0.status, Some(502..=504));
            let (Some(next), true, Some(pause)) = (next, transient, pauses.next()) else {
                return Err(blotted(error, client, &secrets));
            };
            tracing::debug!(path = asked.path, failure = ?error.failure(), "asking again");
            tokio::time::sleep(wait.unwrap_or(pause).min(LONGEST_PAUSE)).await;
            request = next;
        }
    }
}

type Failed = (RequestError, Option<Duration>);

async fn attempt(asked: &Asked, request: reqwest::RequestBuilder) -> Result<Vec<u8>, Failed> {
    let broken = |error: reqwest::Error| (asked.broken(&error), None);
    let mut response = request.send().await.map_err(broken)?;
    let status = response.status();
    let (wait, is_json) = (retry_after(&response), is_json(&response));
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if bytes.len() + chunk.len() > MAX_ANSWER {
            let message = format!("the answer is longer than {MAX_ANSWER} bytes");
            return Err((asked.failed(Failure::NotMoxo, Some(status.as_u16()), message), None));
        }
        bytes.extend_from_slice(&chunk);
    }
    if status.is_success() {
        return Ok(bytes);
    }
    Err((asked.refused(status.as_u16(), &bytes, is_json), wait))
}

fn retry_after(response: &Response) -> Option<Duration> {
    response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

fn is_json(response: &Response) -> bool {
    let header = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let media_type = header.split(';').next().unwrap_or_default().trim();
    media_type == "application/json" || media_type.ends_with("+json")
}

fn blotted(mut error: RequestError, client: &Client, secrets: &[String]) -> RequestError {
    let all = || secrets.iter().map(String::as_str).chain([client.token.reveal()]);
    error.0.message = without(&error.0.message, all());
    error.0.field = error.0.field.as_deref().map(|field| without(field, all()));
    error
}
