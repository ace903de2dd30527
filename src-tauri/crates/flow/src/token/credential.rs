//! What is saved, and what functions get of it.

use std::fmt;

use definition::NameValue;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{OAuth1Token, Token};

/// A token is refreshed this long before it expires, in ms: a call that starts with it should be able to end with it.
pub const REFRESH_AHEAD_MS: i64 = 30_000;

/// A credential as it is saved (encrypted). Debug prints no values.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credential {
    /// From an OAuth2 token.
    #[serde(rename = "oauth2")]
    OAuth2(OAuth2Credential),
    /// From an OAuth1 token.
    #[serde(rename = "oauth1")]
    OAuth1(OAuth1Credential),
    /// From a custom form, by key, in the form's order.
    Custom(Map<String, Value>),
}

/// A token with what came beside it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OAuth2Credential {
    /// The token.
    pub token: Token,
    /// The parameters of the authorization redirect, without `code` and `state`.
    #[serde(default)]
    pub redirect_queries: Vec<NameValue>,
    /// When the token was received, ms since 1970.
    pub received_at: i64,
    /// When it expires, ms since 1970; absent = the provider did not say.
    #[serde(default)]
    pub expires_at: Option<i64>,
}

/// An OAuth1 token with what came beside it. It has no lifetime of its own and is not refreshed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OAuth1Credential {
    /// The token.
    pub token: OAuth1Token,
    /// The parameters of the authorization redirect, without `oauth_token` and `oauth_verifier`.
    #[serde(default)]
    pub redirect_queries: Vec<NameValue>,
    /// When the token was received, ms since 1970.
    pub received_at: i64,
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OAuth2(credential) => credential.fmt(f),
            Self::OAuth1(credential) => credential.token.fmt(f),
            Self::Custom(values) => f.debug_set().entries(values.keys()).finish(),
        }
    }
}

impl fmt::Debug for OAuth2Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth2Credential")
            .field("token", &self.token)
            .field("received_at", &self.received_at)
            .field("expires_at", &self.expires_at)
            .finish()
    }
}

impl OAuth2Credential {
    /// A token received at `now`.
    pub fn new(token: Token, redirect_queries: Vec<NameValue>, now: i64) -> Self {
        // Several providers write 0 where a token does not expire; none gives one out that is dead on arrival.
        let lifetime = token.expires_in.filter(|seconds| *seconds > 0);
        let expires_at = lifetime.map(|seconds| now.saturating_add(seconds.saturating_mul(1000)));
        Self { token, redirect_queries, received_at: now, expires_at }
    }

    /// The same account after a refresh at `now`. Keeps the old refresh token (scope, claims of the id token) when the answer has none.
    pub fn refreshed(&self, mut token: Token, now: i64) -> Self {
        token.refresh_token = token.refresh_token.or_else(|| self.token.refresh_token.clone());
        token.scope = token.scope.or_else(|| self.token.scope.clone());
        token.id_claims = token.id_claims.or_else(|| self.token.id_claims.clone());
        Self::new(token, self.redirect_queries.clone(), now)
    }

    /// The same, to be taken for expired from `now` on: the next call refreshes it.
    pub fn expired(&self, now: i64) -> Self {
        Self { expires_at: Some(self.expires_at.map_or(now, |at| at.min(now))), ..self.clone() }
    }

    /// Expired, or about to.
    pub fn needs_refresh(&self, now: i64) -> bool {
        self.expires_at.is_some_and(|at| now >= at.saturating_sub(REFRESH_AHEAD_MS))
    }
}

impl Credential {
    /// `credential` as functions get it: all values strings, `expires_in` included.
    pub fn value(&self) -> Value {
        match self {
            Self::Custom(values) => json!({ "custom": values }),
            Self::OAuth1(credential) => {
                let token = &credential.token;
                let mut object = Map::from_iter([
                    ("oauth_token".to_owned(), Value::from(token.token.as_str())),
                    ("oauth_token_secret".to_owned(), Value::from(token.secret.as_str())),
                ]);
                for pair in &token.extra {
                    object.entry(&pair.name).or_insert_with(|| Value::from(pair.value.as_str()));
                }
                if !credential.redirect_queries.is_empty() {
                    object
                        .insert("redirect_queries".to_owned(), json!(credential.redirect_queries));
                }
                json!({ "oauth1": object })
            }
            Self::OAuth2(credential) => {
                let token = &credential.token;
                let mut object = Map::new();
                let mut put = |name: &str, value: Option<&str>| {
                    if let Some(value) = value {
                        object.insert(name.to_owned(), Value::from(value));
                    }
                };
                put("access_token", Some(&token.access_token));
                put("refresh_token", token.refresh_token.as_deref());
                put("expires_in", token.expires_in.map(|seconds| seconds.to_string()).as_deref());
                put("token_type", Some(&token.token_type));
                put("scope", token.scope.as_deref());
                if !credential.redirect_queries.is_empty() {
                    object
                        .insert("redirect_queries".to_owned(), json!(credential.redirect_queries));
                }
                json!({ "oauth2": object })
            }
        }
    }

    /// Expired, or about to; never for an OAuth1 or a custom credential.
    pub fn needs_refresh(&self, now: i64) -> bool {
        match self {
            Self::OAuth2(credential) => credential.needs_refresh(now),
            Self::OAuth1(_) | Self::Custom(_) => false,
        }
    }

    /// When it expires, ms since 1970, as far as known.
    pub fn expires_at(&self) -> Option<i64> {
        match self {
            Self::OAuth2(credential) => credential.expires_at,
            Self::OAuth1(_) | Self::Custom(_) => None,
        }
    }
}
