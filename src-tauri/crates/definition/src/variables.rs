//! The requests of chapter 3, and the template variables that have a value when each of them is sent.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which of an authorization's requests (contract chapter 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// OAuth1 only: gets the request token.
    RequestTokenRequest,
    /// The page that the browser is sent to.
    AuthorizationRequest,
    /// Gets the token.
    GetTokenRequest,
    /// OAuth2 only: gets the next token.
    RefreshTokenRequest,
    /// Proves that a token works.
    TestTokenRequest,
}

impl RequestKind {
    /// The field of app.json in which it stands, below `authentication.oauth2` or `authentication.oauth1`.
    pub fn field(self) -> &'static str {
        match self {
            Self::RequestTokenRequest => "request_token_request",
            Self::AuthorizationRequest => "authorization_request",
            Self::GetTokenRequest => "get_token_request",
            Self::RefreshTokenRequest => "refresh_token_request",
            Self::TestTokenRequest => "test_token_request",
        }
    }
}

/// A variable that a template may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// What stands between the braces; `query.NAME` stands for every parameter of the redirect.
    pub name: &'static str,
    /// What it stands for, in a sentence.
    pub text: &'static str,
}

const fn variable(name: &'static str, text: &'static str) -> Variable {
    Variable { name, text }
}

const CLIENT_ID: Variable = variable("client_id", "The client id that the provider gave out.");
const CLIENT_SECRET: Variable =
    variable("client_secret", "The client secret, from the secret store.");
const REDIRECT_URI: Variable =
    variable("redirect_uri", "The redirect URL that is registered with the provider.");
const STATE: Variable =
    variable("state", "Random for each attempt, and compared when the browser comes back.");
const CODE: Variable = variable("code", "The code that the redirect brought.");
const CODE_CHALLENGE: Variable = variable("code_challenge", "PKCE: derived from the verifier.");
const CODE_VERIFIER: Variable = variable("code_verifier", "PKCE: proves who asked for the code.");
const ACCESS_TOKEN: Variable = variable("access_token", "The token that is in use.");
const REFRESH_TOKEN: Variable = variable("refresh_token", "Gets the next token.");
const QUERY: Variable = variable("query.NAME", "The parameter NAME of the authorization redirect.");

const CONSUMER_KEY: Variable =
    variable("consumer_key", "The consumer key that the provider gave out.");
const CONSUMER_SECRET: Variable =
    variable("consumer_secret", "The consumer secret, from the secret store.");
const SIGNATURE_METHOD: Variable =
    variable("signature_method", "The signature method chosen above, such as HMAC-SHA1.");
const REQUEST_TOKEN: Variable =
    variable("oauth_request_token", "The request token that the provider gave out.");
const VERIFIER: Variable = variable("oauth_verifier", "The verifier that the redirect brought.");
const TIMESTAMP: Variable =
    variable("auto_oauth_timestamp", "Seconds since 1970, at the time of the request.");
const NONCE: Variable = variable("auto_oauth_nonce", "Random for each request.");
const SIGNATURE: Variable = variable(
    "auto_oauth_signature",
    "The signature over all parameters of the request (RFC 5849, section 3.4).",
);
const OAUTH_TOKEN: Variable = variable("oauth_token", "The token that is in use.");
const OAUTH_TOKEN_SECRET: Variable = variable(
    "oauth_token_secret",
    "The token's secret. Signing uses it by itself: it is hardly ever sent.",
);
// The web portal's own names for the same two.
const PORTAL_TOKEN: Variable = variable("access_token", "The token that is in use.");
const PORTAL_TOKEN_SECRET: Variable =
    variable("token_secret", "The token's secret. Signing uses it by itself.");

/// All variables that OAuth 2.0 templates may hold, besides `query.NAME` (contract chapter 3).
pub const OAUTH2_VARIABLES: [&str; 9] = [
    CLIENT_ID.name,
    CLIENT_SECRET.name,
    REDIRECT_URI.name,
    STATE.name,
    CODE.name,
    ACCESS_TOKEN.name,
    REFRESH_TOKEN.name,
    CODE_CHALLENGE.name,
    CODE_VERIFIER.name,
];

/// All variables that OAuth 1.0 templates may hold, besides `query.NAME` (contract chapter 3). The last four stand for what
/// `test_token_request` proves: the token by the names of the credential, and by those that the web portal offers.
pub const OAUTH1_VARIABLES: [&str; 13] = [
    CONSUMER_KEY.name,
    CONSUMER_SECRET.name,
    SIGNATURE_METHOD.name,
    REDIRECT_URI.name,
    REQUEST_TOKEN.name,
    VERIFIER.name,
    TIMESTAMP.name,
    NONCE.name,
    SIGNATURE.name,
    OAUTH_TOKEN.name,
    OAUTH_TOKEN_SECRET.name,
    PORTAL_TOKEN.name,
    PORTAL_TOKEN_SECRET.name,
];

/// Whether a URL's template begins with a parameter of the redirect and goes on with a path: `{{query.accounts_server}}/token`. Some
/// providers name the origin of an account's data center there, and that is what the parameter has to hold.
pub fn begins_with_origin(url: &str) -> bool {
    let parameter = url.trim_start().strip_prefix("{{").and_then(|rest| rest.split_once("}}"));
    parameter.is_some_and(|(name, path)| {
        name.trim().starts_with("query.") && (path.is_empty() || path.starts_with(['/', '?', '#']))
    })
}

/// What has a value when an OAuth2 request is sent, in the order in which it is offered. Empty for a request that OAuth2 has not.
pub fn oauth2_variables(request: RequestKind) -> &'static [Variable] {
    const AUTHORIZATION: &[Variable] =
        &[CLIENT_ID, REDIRECT_URI, STATE, CODE_CHALLENGE, CLIENT_SECRET];
    const TOKEN: &[Variable] =
        &[CODE, REDIRECT_URI, CLIENT_ID, CLIENT_SECRET, CODE_VERIFIER, STATE, QUERY];
    const SAVED: &[Variable] =
        &[REFRESH_TOKEN, ACCESS_TOKEN, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, QUERY];
    const TEST: &[Variable] =
        &[ACCESS_TOKEN, REFRESH_TOKEN, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, QUERY];
    match request {
        RequestKind::RequestTokenRequest => &[],
        RequestKind::AuthorizationRequest => AUTHORIZATION,
        RequestKind::GetTokenRequest => TOKEN,
        RequestKind::RefreshTokenRequest => SAVED,
        RequestKind::TestTokenRequest => TEST,
    }
}

/// What has a value when an OAuth1 request is sent, in the order in which it is offered. Empty for a request that OAuth1 has not.
pub fn oauth1_variables(request: RequestKind) -> &'static [Variable] {
    const REQUEST: &[Variable] = &[
        REDIRECT_URI,
        CONSUMER_KEY,
        SIGNATURE_METHOD,
        TIMESTAMP,
        NONCE,
        SIGNATURE,
        CONSUMER_SECRET,
    ];
    const PAGE: &[Variable] = &[REQUEST_TOKEN, CONSUMER_KEY, REDIRECT_URI];
    const TOKEN: &[Variable] = &[
        REQUEST_TOKEN,
        VERIFIER,
        CONSUMER_KEY,
        SIGNATURE_METHOD,
        TIMESTAMP,
        NONCE,
        SIGNATURE,
        REDIRECT_URI,
        CONSUMER_SECRET,
        QUERY,
    ];
    const TEST: &[Variable] = &[
        OAUTH_TOKEN,
        CONSUMER_KEY,
        SIGNATURE_METHOD,
        TIMESTAMP,
        NONCE,
        SIGNATURE,
        OAUTH_TOKEN_SECRET,
        PORTAL_TOKEN,
        PORTAL_TOKEN_SECRET,
        REDIRECT_URI,
        CONSUMER_SECRET,
        QUERY,
    ];
    match request {
        RequestKind::RequestTokenRequest => REQUEST,
        RequestKind::AuthorizationRequest => PAGE,
        RequestKind::GetTokenRequest => TOKEN,
        RequestKind::RefreshTokenRequest => &[],
        RequestKind::TestTokenRequest => TEST,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_may_begin_with_a_parameter_of_the_redirect() {
        for (url, does) in [
            ("{{query.accounts-server}}/oauth/token", true),
            (" {{ query.host }}?a=1", true),
            ("{{query.host}}", true),
            ("{{query.host}}.p.example/token", false),
            ("{{access_token}}/token", false),
            ("https://{{query.host}}/token", false),
            ("{{query.host", false),
        ] {
            assert_eq!(begins_with_origin(url), does, "{url}");
        }
    }

    #[test]
    fn what_a_request_offers_is_known_and_offered_once() {
        for kind in [
            RequestKind::RequestTokenRequest,
            RequestKind::AuthorizationRequest,
            RequestKind::GetTokenRequest,
            RequestKind::RefreshTokenRequest,
            RequestKind::TestTokenRequest,
        ] {
            for (offered, known) in [
                (oauth2_variables(kind), OAUTH2_VARIABLES.as_slice()),
                (oauth1_variables(kind), OAUTH1_VARIABLES.as_slice()),
            ] {
                let mut names: Vec<&str> = offered.iter().map(|one| one.name).collect();
                assert!(names.iter().all(|name| known.contains(name) || *name == "query.NAME"));
                assert!(offered.iter().all(|one| one.text.ends_with('.')));
                names.sort_unstable();
                names.dedup();
                assert_eq!(names.len(), offered.len(), "{kind:?}");
            }
        }
    }
}
