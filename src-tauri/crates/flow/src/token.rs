//! Token answers, and the credential that functions get (contract chapter 3).

mod answer;
mod claims;
mod credential;
pub(crate) mod words;

pub use answer::{HttpAnswer, Token, TokenError, field_names, parse_token};
pub use claims::{Claims, claims};
pub use credential::{Credential, OAuth2Credential, REFRESH_AHEAD_MS};

#[cfg(test)]
mod tests;
