//! Values that cannot print.

use std::fmt;

use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

/// What stands where a secret was.
pub const MASK: &str = "***";

/// A secret text. Prints as `***`, cannot be serialized, is wiped when dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself. Whoever calls this keeps it out of logs, errors and files.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// True for the empty text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // serde quotes what it does not expect; a number where a secret should be may be the secret.
        String::deserialize(deserializer).map(Self::new).map_err(|_| {
            serde::de::Error::custom("expected a string (the value is not shown: it is a secret)")
        })
    }
}

/// Secret bytes. Print as `***`, cannot be serialized, are wiped when dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SecretBytes(Zeroizing<Vec<u8>>);

impl SecretBytes {
    /// Takes the bytes over.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes themselves. Whoever calls this keeps them out of logs, errors and files.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// As text; `None` when they are not UTF-8.
    pub fn to_text(&self) -> Option<Secret> {
        std::str::from_utf8(&self.0).ok().map(Secret::from)
    }
}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for SecretBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Form {
        secret: Secret,
    }

    #[test]
    fn nothing_prints_it() {
        let form: Form = serde_json::from_str(r#"{"secret": "hunter2"}"#).unwrap();
        assert_eq!(form.secret.expose(), "hunter2");
        assert_eq!(format!("{form:?}"), "Form { secret: *** }");
        assert_eq!(format!("{:#?} {}", form.secret, form.secret), "*** ***");
        let bytes = SecretBytes::new(b"hunter2".to_vec());
        assert_eq!(format!("{bytes:?} {bytes}"), "*** ***");
        assert_eq!(bytes.to_text(), Some(form.secret));
        assert_eq!(SecretBytes::new(vec![0xff]).to_text(), None);
    }

    #[test]
    fn a_wrong_shape_does_not_quote_it() {
        for json in
            [r#"{"secret": 987654}"#, r#"{"secret": ["hunter2"]}"#, r#"{"secret": {"hunter2": 1}}"#]
        {
            let error = serde_json::from_str::<Form>(json).unwrap_err().to_string();
            assert!(!error.contains("987654") && !error.contains("hunter2"), "{error}");
        }
    }
}
