//! A signed request as it came in, and whether its signature is right (RFC 5849, section 3.2).

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{Method, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::Hmac;
use percent_encoding::percent_decode_str;
use sha1::Sha1;
use sha2::{Sha256, Sha512};

use super::Refused;
use crate::clients::Client;
use crate::world::{World, now};

const MAX_BODY: usize = 100_000;
/// How far a client's clock may be off.
const CLOCK_SKEW_S: u64 = 300;

/// Method, path and all parameters of a request.
pub(super) struct SignedRequest {
    method: Method,
    path: String,
    parameters: Vec<(String, String)>,
}

impl<S: Send + Sync> FromRequest<S> for SignedRequest {
    type Rejection = Refused;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refused> {
        let (parts, body) = request.into_parts();
        let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let mut parameters = form(parts.uri.query().unwrap_or_default().as_bytes());
        if let Some(value) = text(header::AUTHORIZATION) {
            parameters.extend(from_header(value)?);
        }
        let body: Bytes = to_bytes(body, MAX_BODY)
            .await
            .map_err(|_| Refused::bad_request("parameter_rejected", "the body is too large"))?;
        let content_type = text(header::CONTENT_TYPE).unwrap_or_default();
        if content_type.starts_with("application/x-www-form-urlencoded") {
            parameters.extend(form(&body));
        }
        let mut names: Vec<&str> = parameters.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let twice =
            names.windows(2).find(|pair| pair[0] == pair[1] && pair[0].starts_with("oauth_"));
        if let Some(pair) = twice {
            let advice = format!("{} is given more than once", pair[0]);
            return Err(Refused::bad_request("parameter_rejected", advice));
        }
        Ok(Self { method: parts.method, path: parts.uri.path().to_owned(), parameters })
    }
}

fn form(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text).into_owned().collect()
}

/// The parameters of `OAuth a="1", b="2"`; each value in quotes, as section 3.5.1 wants it.
fn from_header(value: &str) -> Result<Vec<(String, String)>, Refused> {
    let Some(rest) = value.strip_prefix("OAuth ") else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for part in rest.split(',') {
        let malformed =
            || Refused::bad_request("parameter_rejected", format!("{part:?} is no name=\"value\""));
        let (name, quoted) = part.trim().split_once('=').ok_or_else(malformed)?;
        let value = quoted
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
            .ok_or_else(malformed)?;
        let decode = |text| percent_decode_str(text).decode_utf8().map(|text| text.into_owned());
        let (Ok(name), Ok(value)) = (decode(name), decode(value)) else { return Err(malformed()) };
        if name != "realm" {
            found.push((name, value));
        }
    }
    Ok(found)
}

impl SignedRequest {
    fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A parameter that has to be there.
    pub(super) fn needs(&self, name: &str) -> Result<&str, Refused> {
        self.get(name).filter(|value| !value.is_empty()).ok_or_else(|| {
            Refused::bad_request("parameter_absent", format!("the parameter {name} is missing"))
        })
    }

    /// Whether the request is the client's own, and new.
    pub(super) fn verify(
        &self,
        world: &World,
        client: &Client,
        token_secret: &str,
    ) -> Result<(), Refused> {
        if self.get("oauth_version").is_some_and(|version| version != "1.0") {
            return Err(Refused::bad_request("version_rejected", "oauth_version has to be 1.0"));
        }
        let method = self.needs("oauth_signature_method")?;
        let signature = self.needs("oauth_signature")?;
        let key = format!("{}&{}", encode(client.secret), encode(token_secret));
        let base = self.base_string(&world.link(&self.path));
        let expected = match method {
            "PLAINTEXT" => key,
            "HMAC-SHA1" => STANDARD.encode(mac::<Hmac<Sha1>>(&key, &base)),
            "HMAC-SHA256" => STANDARD.encode(mac::<Hmac<Sha256>>(&key, &base)),
            "HMAC-SHA512" => STANDARD.encode(mac::<Hmac<Sha512>>(&key, &base)),
            other => {
                let advice = format!("the signature method {other:?} is not supported");
                return Err(Refused::bad_request("signature_method_rejected", advice));
            }
        };
        if signature != expected {
            let advice = "the signature is not that of this request";
            return Err(Refused::unauthorized("signature_invalid", advice));
        }
        if method == "PLAINTEXT" {
            return Ok(());
        }
        self.is_new(world, client)
    }

    fn is_new(&self, world: &World, client: &Client) -> Result<(), Refused> {
        let timestamp = self.needs("oauth_timestamp")?;
        let nonce = self.needs("oauth_nonce")?;
        let seconds = now() / 1000;
        let sent: u64 = timestamp.parse().unwrap_or_default();
        if sent.abs_diff(seconds) > CLOCK_SKEW_S {
            let advice = format!("the timestamp is {timestamp}, and it is {seconds} here");
            return Err(Refused::unauthorized("timestamp_refused", advice));
        }
        let key = format!("{} {timestamp} {nonce}", client.id);
        let mut records = world.records();
        if records.oauth1_nonces.get(&key).is_some() {
            return Err(Refused::unauthorized("nonce_used", "the nonce was used before"));
        }
        records.oauth1_nonces.insert(key, ());
        Ok(())
    }

    fn base_string(&self, url: &str) -> String {
        let mut pairs: Vec<(String, String)> = self
            .parameters
            .iter()
            .filter(|(name, _)| name != "oauth_signature")
            .map(|(name, value)| (encode(name), encode(value)))
            .collect();
        pairs.sort();
        let pairs: Vec<String> =
            pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("{}&{}&{}", self.method, encode(url), encode(&pairs.join("&")))
    }
}

fn mac<M: hmac::Mac + hmac::KeyInit>(key: &str, text: &str) -> Vec<u8> {
    // HMAC takes a key of any length.
    let Ok(mut mac) = <M as hmac::KeyInit>::new_from_slice(key.as_bytes()) else {
        return Vec::new();
    };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// Section 3.6.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}
