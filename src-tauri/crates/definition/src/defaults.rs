//! What a new authorization of each kind begins as (contract chapter 3).

use serde_json::Map;

use crate::{
    Authentication, Custom, Method, NameValue, OAuth1, OAuth2, Request, SecretValue,
    SignatureMethod,
};

fn request(method: Method, queries: &[(&str, &str)], fields: &[(&str, &str)]) -> Request {
    let pairs = |list: &[(&str, &str)]| {
        list.iter().map(|(name, value)| NameValue::new(*name, *value)).collect()
    };
    Request { method, queries: pairs(queries), body_fields: pairs(fields), ..Request::default() }
}

impl Authentication {
    /// A new OAuth2 configuration: URLs and client id are left to the author.
    ///
    /// Beyond chapter 3's defaults the refresh request authenticates the client as the token request does: RFC 6749, section 6,
    /// asks for it of every client that has a secret.
    pub fn new_oauth2() -> Self {
        let oauth2 = OAuth2 {
            client_id: String::new(),
            client_secret: SecretValue::default(),
            authorization_request: request(
                Method::Get,
                &[
                    ("response_type", "code"),
                    ("redirect_uri", "{{redirect_uri}}"),
                    ("client_id", "{{client_id}}"),
                    ("state", "{{state}}"),
                ],
                &[],
            ),
            get_token_request: request(
                Method::Post,
                &[],
                &[
                    ("grant_type", "authorization_code"),
                    ("code", "{{code}}"),
                    ("redirect_uri", "{{redirect_uri}}"),
                    ("client_id", "{{client_id}}"),
                    ("client_secret", "{{client_secret}}"),
                ],
            ),
            refresh_token_request: Some(request(
                Method::Post,
                &[],
                &[
                    ("grant_type", "refresh_token"),
                    ("refresh_token", "{{refresh_token}}"),
                    ("client_id", "{{client_id}}"),
                    ("client_secret", "{{client_secret}}"),
                ],
            )),
            test_token_request: None,
            unknown: Map::new(),
        };
        Self { oauth2: Some(oauth2), ..Self::default() }
    }

    /// A new OAuth1 configuration: URLs and consumer key are left to the author.
    pub fn new_oauth1() -> Self {
        const SIGNED: [(&str, &str); 6] = [
            ("oauth_consumer_key", "{{consumer_key}}"),
            ("oauth_signature_method", "{{signature_method}}"),
            ("oauth_timestamp", "{{auto_oauth_timestamp}}"),
            ("oauth_nonce", "{{auto_oauth_nonce}}"),
            ("oauth_version", "1.0"),
            ("oauth_signature", "{{auto_oauth_signature}}"),
        ];
        let signed =
            |method, first: &[(&str, &str)]| request(method, &[first, &SIGNED].concat(), &[]);
        let oauth1 = OAuth1 {
            signature_method: SignatureMethod::HmacSha1,
            request_token_request: signed(Method::Post, &[("oauth_callback", "{{redirect_uri}}")]),
            authorization_request: request(
                Method::Get,
                &[("oauth_token", "{{oauth_request_token}}")],
                &[],
            ),
            get_token_request: signed(
                Method::Post,
                &[
                    ("oauth_token", "{{oauth_request_token}}"),
                    ("oauth_verifier", "{{oauth_verifier}}"),
                ],
            ),
            ..OAuth1::default()
        };
        Self { oauth1: Some(oauth1), ..Self::default() }
    }

    /// A new custom form, which asks for nothing yet.
    pub fn new_custom() -> Self {
        Self { custom: Some(Custom::default()), ..Self::default() }
    }
}

/// A signed request that proves an OAuth1 token, its URL left to the author.
pub fn oauth1_test_request() -> Request {
    let Some(oauth1) = Authentication::new_oauth1().oauth1 else { return Request::default() };
    let mut request = oauth1.get_token_request;
    request.method = Method::Get;
    request.queries.retain(|pair| pair.name != "oauth_verifier");
    for pair in request.queries.iter_mut().filter(|pair| pair.name == "oauth_token") {
        pair.value = "{{oauth_token}}".to_owned();
    }
    request
}

/// A request that proves an OAuth2 token, its URL left to the author.
pub fn oauth2_test_request() -> Request {
    let headers = vec![NameValue::new("Authorization", "Bearer {{access_token}}")];
    Request { headers, ..Request::default() }
}
