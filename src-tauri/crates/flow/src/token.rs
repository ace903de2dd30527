//! Token answers, and the credential that functions get (contract chapter 3).

mod answer;
mod credential;

pub use answer::{HttpAnswer, Token, TokenError, parse_token};
pub use credential::{Credential, OAuth2Credential, REFRESH_AHEAD_MS};

#[cfg(test)]
mod tests;
