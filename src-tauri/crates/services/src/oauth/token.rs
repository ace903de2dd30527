//! POST /oauth2/token: codes and refresh tokens become access tokens (RFC 6749, 4.1.3, 5 and 6).

use axum::Json;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{InWorld, pairs, single};
use crate::Account;
use crate::clients::{Client, client};
use crate::memory;
use crate::world::{Records, World, fingerprint, millis, now, unguessable};

/// What a person allowed a client. Taken away = every token of it is void.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) client: String,
    #[serde(with = "memory::account")]
    pub(crate) account: &'static Account,
    #[serde(deserialize_with = "memory::scopes")]
    pub(crate) scopes: Vec<&'static str>,
}

/// An authorization code. It stays after its use, so that a second use is noticed.
pub(crate) struct Code {
    /// Present until the code is used.
    pub(crate) grant: Option<Grant>,
    pub(crate) grant_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) code_challenge: Option<String>,
    pub(crate) expires_at: u64,
}

/// An access or refresh token.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Token {
    pub(crate) grant: String,
    /// May be fewer than the grant's.
    #[serde(deserialize_with = "memory::scopes")]
    pub(crate) scopes: Vec<&'static str>,
    /// ms since 1970. A refresh token does not expire, but is void once used.
    pub(crate) expires_at: u64,
    used: bool,
}

/// An error of RFC 6749, 5.2.
#[derive(Debug)]
struct Refused {
    status: StatusCode,
    error: &'static str,
    description: String,
    basic: bool,
}

fn refused(error: &'static str, description: impl Into<String>) -> Refused {
    Refused {
        status: StatusCode::BAD_REQUEST,
        error,
        description: description.into(),
        basic: false,
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = Json(json!({ "error": self.error, "error_description": self.description }));
        let mut response =
            (self.status, [(header::CACHE_CONTROL, "no-store")], body).into_response();
        if self.basic {
            let challenge = header::HeaderValue::from_static("Basic realm=\"stepsmith\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// POST /oauth2/token
pub(super) async fn token(
    axum::extract::State(world): InWorld,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    answer(&world, &headers, &body).unwrap_or_else(IntoResponse::into_response)
}

fn answer(world: &World, headers: &HeaderMap, body: &[u8]) -> Result<Response, Refused> {
    let content_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !content_type.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Err(refused(
            "invalid_request",
            "the body must be application/x-www-form-urlencoded",
        ));
    }
    let form = pairs(body);
    let one = |name: &str| single(&form, name).map_err(|text| refused("invalid_request", text));
    let required = |name: &str| {
        one(name)?.ok_or_else(|| refused("invalid_request", format!("{name} is missing")))
    };
    let grant_type = required("grant_type")?;
    let client = authenticate(headers, one("client_id")?, one("client_secret")?)?;
    match grant_type {
        "authorization_code" => {
            let verifier = one("code_verifier")?;
            use_code(world, client, required("code")?, required("redirect_uri")?, verifier)
        }
        "refresh_token" => refresh(world, client, required("refresh_token")?, one("scope")?),
        other => {
            Err(refused("unsupported_grant_type", format!("grant_type {other:?} is not supported")))
        }
    }
}

/// client_secret_basic or client_secret_post, not both (RFC 6749, 2.3.1).
fn authenticate(
    headers: &HeaderMap,
    id: Option<&str>,
    secret: Option<&str>,
) -> Result<&'static Client, Refused> {
    let basic = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"));
    let wrong = |description: &str| Refused {
        status: StatusCode::UNAUTHORIZED,
        error: "invalid_client",
        description: description.to_owned(),
        basic: basic.is_some(),
    };
    let (id, secret) = match basic {
        Some(_) if secret.is_some() => {
            return Err(refused(
                "invalid_request",
                "the client authenticates twice: in the header and in the body",
            ));
        }
        Some((_, encoded)) => {
            let pair = STANDARD
                .decode(encoded.trim())
                .ok()
                .and_then(|bytes| String::from_utf8(bytes).ok());
            let decoded = pair.as_deref().and_then(|pair| pair.split_once(':'));
            let Some((name, password)) = decoded else {
                return Err(wrong("the Basic header cannot be read"));
            };
            // Both halves are form-encoded before they are joined.
            let plain =
                |text: &str| pairs(format!("v={}", text.replace('&', "%26")).as_bytes()).pop();
            let plain = |text: &str| plain(text).map(|(_, value)| value).unwrap_or_default();
            (plain(name), plain(password))
        }
        None => {
            let Some(id) = id else { return Err(wrong("client_id is missing")) };
            let Some(secret) = secret else { return Err(wrong("client_secret is missing")) };
            (id.to_owned(), secret.to_owned())
        }
    };
    // One answer for both: nobody learns which clients exist.
    client(&id)
        .filter(|client| client.secret == secret)
        .ok_or_else(|| wrong("client_id or client_secret is not right"))
}

fn use_code(
    world: &World,
    client: &Client,
    code: &str,
    redirect_uri: &str,
    verifier: Option<&str>,
) -> Result<Response, Refused> {
    let mut records = world.records();
    let Some(stored) = records.codes.get_mut(code) else {
        return Err(refused("invalid_grant", "the code is unknown"));
    };
    let Some(grant) = stored.grant.take() else {
        // RFC 6749, 4.1.2: whoever came first may have stolen it.
        let id = stored.grant_id.clone();
        records.grants.remove(&id);
        return Err(refused(
            "invalid_grant",
            "the code was used before; the tokens issued for it are revoked",
        ));
    };
    if grant.client != client.id {
        return Err(refused("invalid_grant", "the code was issued to another client"));
    }
    if stored.expires_at <= now() {
        return Err(refused("invalid_grant", "the code has expired"));
    }
    if stored.redirect_uri != redirect_uri {
        return Err(refused(
            "invalid_grant",
            "redirect_uri differs from that of the authorization request",
        ));
    }
    match (&stored.code_challenge, verifier) {
        (None, None) => {}
        (Some(challenge), Some(verifier))
            if *challenge == URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) => {}
        (Some(_), None) => return Err(refused("invalid_grant", "code_verifier is missing")),
        (Some(_), Some(_)) => {
            return Err(refused("invalid_grant", "code_verifier does not fit the code_challenge"));
        }
        (None, Some(_)) => {
            // RFC 9700, 2.1.1: a verifier without a challenge is a downgrade attack.
            return Err(refused(
                "invalid_grant",
                "code_verifier without a code_challenge in the authorization request",
            ));
        }
    }
    let id = stored.grant_id.clone();
    records.grants.insert(id.clone(), grant.clone());
    Ok(issue(&mut records, world, id, grant.scopes))
}

fn refresh(
    world: &World,
    client: &Client,
    token: &str,
    scope: Option<&str>,
) -> Result<Response, Refused> {
    let mut records = world.records();
    let token = fingerprint(token);
    let Some(stored) = records.refresh_tokens.get_mut(&token) else {
        return Err(refused("invalid_grant", "the refresh token is unknown"));
    };
    let id = stored.grant.clone();
    let used = stored.used;
    let Some(grant) = records.grants.get(&id).cloned() else {
        return Err(refused("invalid_grant", "the refresh token was revoked"));
    };
    if grant.client != client.id {
        return Err(refused("invalid_grant", "the refresh token was issued to another client"));
    }
    if used {
        records.grants.remove(&id);
        return Err(refused(
            "invalid_grant",
            "the refresh token was used before; all tokens of its grant are revoked",
        ));
    }
    let mut scopes = grant.scopes;
    if let Some(scope) = scope {
        let asked: Vec<&str> = scope.split_ascii_whitespace().collect();
        if let Some(word) = asked.iter().find(|word| !scopes.contains(word)) {
            return Err(refused("invalid_scope", format!("scope {word:?} was not granted")));
        }
        scopes.retain(|scope| asked.contains(scope));
    }
    if let Some(stored) = records.refresh_tokens.get_mut(&token) {
        stored.used = true;
    }
    Ok(issue(&mut records, world, id, scopes))
}

fn issue(
    records: &mut Records,
    world: &World,
    grant: String,
    scopes: Vec<&'static str>,
) -> Response {
    let life = world.settings().access_token_lifetime;
    let access_token = unguessable("at_");
    let refresh_token = unguessable("rt_");
    let expires_at = now() + millis(life);
    let scope = scopes.join(" ");
    let access = Token { grant: grant.clone(), scopes: scopes.clone(), expires_at, used: false };
    let refresh = Token { grant, scopes, expires_at: u64::MAX, used: false };
    records.access_tokens.insert(fingerprint(&access_token), access);
    records.refresh_tokens.insert(fingerprint(&refresh_token), refresh);
    let body = Json(json!({
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": life.as_secs(),
        "refresh_token": refresh_token,
        "scope": scope,
    }));
    ([(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")], body).into_response()
}
