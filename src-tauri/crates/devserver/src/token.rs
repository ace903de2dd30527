//! The access token: a secret that cannot be printed and is compared in constant time.

use sha2::{Digest, Sha256};

/// The access token of one server.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A token given by whoever starts the server. `None` when it is empty or cannot stand in a header (visible ASCII
    /// without spaces only).
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        let fits = !text.is_empty()
            && text.len() <= 4096
            && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then_some(Self(text))
    }

    /// 256 random bits, as hex.
    pub(crate) fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(hex::encode(bytes)))
    }

    /// The token itself, for the `Authorization` header.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether `other` is this token. Both are hashed first, so neither length nor common prefix shows in the time taken.
    pub(crate) fn matches(&self, other: &str) -> bool {
        let (ours, theirs) = (Sha256::digest(self.0.as_bytes()), Sha256::digest(other.as_bytes()));
        ours.iter().zip(theirs.iter()).fold(0_u8, |difference, (a, b)| difference | (a ^ b)) == 0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn matches_itself_only_and_never_prints() {
        let token = Token::new("abc123").unwrap();
        assert!(token.matches("abc123"));
        for other in ["", "abc12", "abc1234", "ABC123"] {
            assert!(!token.matches(other), "{other:?}");
        }
        assert_eq!(format!("{token:?}"), "Token(***)");
    }

    #[test]
    fn refuses_what_no_header_can_carry() {
        for text in ["", "a b", "a\nb", "é"] {
            assert!(Token::new(text).is_none(), "{text:?}");
        }
        assert_ne!(Token::random().unwrap().reveal(), Token::random().unwrap().reveal());
    }
}
