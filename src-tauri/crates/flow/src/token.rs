//! Token answers, and the credential that functions get (contract chapter 3).

mod answer;
mod claims;
mod credential;
mod oauth1;
mod place;
pub(crate) mod words;

pub use answer::{HttpAnswer, Token, TokenError, field_in, field_names, parse_token};
pub use claims::{Claims, claims};
pub use credential::{Credential, OAuth1Credential, OAuth2Credential, REFRESH_AHEAD_MS};
pub(crate) use oauth1::in_words as oauth1_problem;
pub use oauth1::{OAuth1Error, OAuth1Token, parse_oauth1_token};

#[cfg(test)]
mod tests;
