//! The signature of an OAuth1 request (RFC 5849, section 3.4).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use definition::{Method, SignatureMethod};
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::percent_decode_str;
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use url::Url;

use super::RenderedRequest;
use super::place::{encode, encode_bytes};

/// A decoded parameter. Bytes, because an author's own percent-encoding need not be UTF-8.
pub(super) type Parameter = (Vec<u8>, Vec<u8>);

/// The signature base string of a request (section 3.4.1): what is signed by the HMAC methods. `None` = its URL is none.
///
/// Covers the query of the URL, the parameters of `Authorization: OAuth …` but `realm`, and a form body; never `oauth_signature`.
pub fn base_string(request: &RenderedRequest) -> Option<String> {
    let url = Url::parse(&request.url).ok()?;
    let method = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
    };
    let mut parameters: Vec<(String, String)> = parameters(request, &url)
        .iter()
        .map(|(name, value)| (encode_bytes(name), encode_bytes(value)))
        .filter(|(name, _)| name != "oauth_signature")
        .collect();
    parameters.sort();
    let normalized: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
    Some(format!("{method}&{}&{}", encode(&base_uri(&url)), encode(&normalized.join("&"))))
}

/// Scheme, host, port where it is not the scheme's own, and path (section 3.4.1.2).
fn base_uri(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{host}{port}{}", url.scheme(), url.path())
}

/// All parameters in order (section 3.4.1.3.1), `oauth_signature` among them.
pub(super) fn parameters(request: &RenderedRequest, url: &Url) -> Vec<Parameter> {
    let mut found = form(url.query().unwrap_or_default());
    for header in &request.headers {
        if header.name.eq_ignore_ascii_case("authorization") {
            found.extend(authorization(&header.value));
        }
    }
    let is_form = request.headers.iter().any(|header| {
        let essence = header.value.split(';').next().unwrap_or_default().trim();
        header.name.eq_ignore_ascii_case("content-type")
            && essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
    });
    if let Some(body) = request.body.as_deref().filter(|_| is_form) {
        found.extend(form(body));
    }
    found
}

fn form(text: &str) -> Vec<Parameter> {
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).collect::<Vec<u8>>();
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

/// The parameters of `OAuth a="1", b="2"` without `realm` (section 3.5.1). A quoted value may hold a comma.
fn authorization(value: &str) -> Vec<Parameter> {
    let Some((scheme, rest)) = value.trim().split_once(' ') else { return Vec::new() };
    if !scheme.eq_ignore_ascii_case("oauth") {
        return Vec::new();
    }
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for character in rest.chars() {
        quoted ^= character == '"';
        match (character, parts.last_mut()) {
            (',', _) if !quoted => parts.push(String::new()),
            (_, Some(part)) => part.push(character),
            _ => {}
        }
    }
    let decode = |text: &str| percent_decode_str(text.trim()).collect::<Vec<u8>>();
    parts
        .iter()
        .filter_map(|part| part.split_once('='))
        .filter(|(name, _)| !name.trim().eq_ignore_ascii_case("realm"))
        .map(|(name, value)| (decode(name), decode(value.trim().trim_matches('"'))))
        .collect()
}

/// The signature (sections 3.4.2 and 3.4.4), not yet encoded for its place. `None` = chapter 3 has no such method.
pub fn sign(
    method: &SignatureMethod,
    base_string: &str,
    consumer_secret: &str,
    token_secret: &str,
) -> Option<String> {
    let key = format!("{}&{}", encode(consumer_secret), encode(token_secret));
    match method {
        SignatureMethod::HmacSha1 => hmac::<Hmac<Sha1>>(&key, base_string),
        SignatureMethod::HmacSha256 => hmac::<Hmac<Sha256>>(&key, base_string),
        SignatureMethod::HmacSha512 => hmac::<Hmac<Sha512>>(&key, base_string),
        SignatureMethod::Plaintext => Some(key),
        SignatureMethod::Other(_) => None,
    }
}

fn hmac<M: Mac + KeyInit>(key: &str, text: &str) -> Option<String> {
    // HMAC takes a key of any length.
    let mut mac = <M as KeyInit>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(text.as_bytes());
    Some(STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests;
