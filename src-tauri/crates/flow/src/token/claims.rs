//! What a token says about itself when it is a JSON Web Token (RFC 7519), for the author to read.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The readable parts of a JSON Web Token. The signature is left out, so they cannot be put together to a token again. Nothing
/// of it is verified: that is the business of the service the token is for. Debug prints no values: they tell of a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// `alg`, `kid` …
    pub header: Map<String, Value>,
    /// `iss`, `sub`, `aud`, `exp` …
    pub payload: Map<String, Value>,
}

impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.header.keys()).entries(self.payload.keys()).finish()
    }
}

/// The claims of a signed token (RFC 7515, compact form); `None` = it is no such token, or encrypted.
pub fn claims(token: &str) -> Option<Claims> {
    let mut parts = token.trim().split('.');
    let (header, payload, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let object = |part: &str| -> Option<Map<String, Value>> {
        let bytes = URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok()?;
        match serde_json::from_slice(&bytes).ok()? {
            Value::Object(object) => Some(object),
            _ => None,
        }
    };
    let header = object(header)?;
    header.contains_key("alg").then_some(())?;
    Some(Claims { header, payload: object(payload)? })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn token(header: &Value, payload: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.c2lnbmF0dXJl", part(header), part(payload))
    }

    #[test]
    fn header_and_payload_are_read_and_the_signature_is_not() {
        let text = token(&json!({ "alg": "RS256" }), &json!({ "sub": "alice", "exp": 9 }));
        let read = claims(&text).unwrap();
        assert_eq!((&read.payload["sub"], &read.header["alg"]), (&json!("alice"), &json!("RS256")));
        let debug = format!("{read:?}");
        assert!(debug.contains("sub") && !debug.contains("alice"), "{debug}: names only");
        let saved = serde_json::to_string(&read).unwrap();
        assert!(!saved.contains("c2lnbmF0dXJl"), "{saved}");
        // RFC 7515, appendix A.1: claims with line breaks in them.
        let rfc = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(claims(rfc).unwrap().payload["iss"], "joe");
    }

    #[test]
    fn what_is_no_signed_token_has_no_claims() {
        for text in ["", "opaque", "a.b.c", "a.b.c.d.e", "..", &token(&json!([]), &json!({}))] {
            assert_eq!(claims(text), None, "{text}");
        }
        let signed = token(&json!({ "alg": "x" }), &json!({}));
        assert_eq!(claims(&format!("{signed}.x")), None);
        assert_eq!(claims(&token(&json!({ "typ": "JWT" }), &json!({}))), None, "no alg");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,40}(\\.\\PC{0,40}){0,4}") {
            let _ = claims(&text);
        }
    }
}
