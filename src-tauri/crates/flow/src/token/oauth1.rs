//! Reading the answers of an OAuth1 provider: request token and token (RFC 5849, sections 2.1 and 2.3), refusals in the words of
//! the "OAuth Problem Reporting" extension.

use std::fmt;

use definition::NameValue;
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::HttpAnswer;
use super::answer::excerpt;

/// A request token, or a token. Debug prints no values.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OAuth1Token {
    /// `oauth_token`.
    pub token: String,
    /// `oauth_token_secret`; some providers leave it empty.
    pub secret: String,
    /// What else the answer holds, such as `user_id`: functions get it beside the token.
    #[serde(default)]
    pub extra: Vec<NameValue>,
}

impl OAuth1Token {
    /// A field beside the token.
    pub fn extra(&self, name: &str) -> Option<&str> {
        self.extra.iter().find(|pair| pair.name == name).map(|pair| pair.value.as_str())
    }
}

impl fmt::Debug for OAuth1Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let extra: Vec<&str> = self.extra.iter().map(|pair| pair.name.as_str()).collect();
        f.debug_struct("OAuth1Token").field("extra", &extra).finish_non_exhaustive()
    }
}

/// Why an answer is no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OAuth1Error {
    /// `oauth_problem`, in the body or in the header WWW-Authenticate.
    #[error("the provider refused: {problem}{}{} (status {status})", advice.as_ref().map(|text| format!(": {text}")).unwrap_or_default(), in_words(problem).map(|text| format!(". {text}")).unwrap_or_default())]
    Problem {
        /// The answer's status.
        status: u16,
        /// Such as `signature_invalid`.
        problem: String,
        /// `oauth_problem_advice` and what else the provider says of it.
        advice: Option<String>,
    },
    /// Not a 2xx, without an `oauth_problem`.
    #[error("the provider answered with status {status}: {excerpt}{}", if *status == 401 { ". Mostly the signature: check consumer key, consumer secret and signature method" } else { "" })]
    Status {
        /// The answer's status.
        status: u16,
        /// The first words.
        excerpt: String,
    },
    /// Neither form-encoded nor a JSON object.
    #[error(
        "the provider's answer is neither form-encoded nor a JSON object: {excerpt}; check the URL of the request"
    )]
    Unreadable {
        /// The first words.
        excerpt: String,
    },
    /// Readable, without what it is for.
    #[error("the provider's answer has no oauth_token; its fields are: {fields}")]
    MissingToken {
        /// Names, without values.
        fields: String,
    },
}

/// What a problem means for an author; stands beside the provider's own words.
pub(crate) fn in_words(problem: &str) -> Option<&'static str> {
    Some(match problem {
        "signature_invalid" => {
            "The signature is another than the provider's own: check the consumer secret, the signature method, and that the URL is \
             exactly the one the provider signs"
        }
        "signature_method_rejected" => "The provider does not accept this signature method",
        "timestamp_refused" => "The provider's clock and this machine's are too far apart",
        "nonce_used" => "The nonce was used before: every request needs {{auto_oauth_nonce}}",
        "version_rejected" => {
            "The provider does not accept this oauth_version; 1.0 is the only one"
        }
        "parameter_absent" => {
            "A parameter is missing: compare the request with the provider's documentation"
        }
        "parameter_rejected" => {
            "A parameter is not accepted, or stands there twice; oauth_callback has to be the one that is registered"
        }
        "consumer_key_unknown" | "consumer_key_rejected" | "consumer_key_refused" => {
            "The provider does not accept this consumer key"
        }
        "token_used" | "token_expired" | "token_revoked" | "token_rejected" => {
            "The token is not valid (any more): authorize again"
        }
        "verifier_invalid" => "The verifier does not belong to this request token: authorize again",
        "permission_denied" | "user_refused" => "Access was not granted on the authorization page",
        "permission_unknown" => "Nobody has decided on the authorization page yet",
        "additional_authorization_required" => "The provider wants the person to grant more",
        _ => return None,
    })
}

/// Reads an answer that should hold a token.
///
/// # Errors
/// Says in what way it holds none; never with the value of a field that could open a door.
pub fn parse_oauth1_token(answer: &HttpAnswer) -> Result<OAuth1Token, OAuth1Error> {
    let mut fields = fields(&answer.body);
    let from_header = answer.www_authenticate.as_deref().map(header_fields).unwrap_or_default();
    for known in [fields.as_ref(), Some(&from_header)].into_iter().flatten() {
        if let Some(problem) = known.get("oauth_problem") {
            return Err(OAuth1Error::Problem {
                status: answer.status,
                problem: text(problem),
                advice: advice(known),
            });
        }
    }
    if !(200..300).contains(&answer.status) {
        return Err(OAuth1Error::Status { status: answer.status, excerpt: excerpt(&answer.body) });
    }
    let Some(fields) = &mut fields else {
        return Err(OAuth1Error::Unreadable { excerpt: excerpt(&answer.body) });
    };
    let token = fields.shift_remove("oauth_token").map(|value| text(&value)).unwrap_or_default();
    if token.is_empty() {
        let names: Vec<&str> = fields.keys().map(String::as_str).collect();
        let fields = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        return Err(OAuth1Error::MissingToken { fields });
    }
    let secret = fields.shift_remove("oauth_token_secret").map(|value| text(&value));
    let extra = fields.iter().map(|(name, value)| NameValue::new(name, text(value))).collect();
    Ok(OAuth1Token { token, secret: secret.unwrap_or_default(), extra })
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Providers mislabel forms as pages and texts, so the body itself decides.
fn fields(body: &str) -> Option<Map<String, Value>> {
    let body = body.trim_start_matches('\u{feff}').trim();
    if let Ok(Value::Object(object)) = serde_json::from_str(body) {
        return Some(object);
    }
    if body.is_empty() || body.starts_with('<') || !body.contains('=') || body.contains(['{', '\n'])
    {
        return None;
    }
    let pairs = url::form_urlencoded::parse(body.as_bytes());
    Some(pairs.map(|(name, value)| (name.into_owned(), Value::from(value.into_owned()))).collect())
}

/// `OAuth realm="x", oauth_problem="…"`.
fn header_fields(header: &str) -> Map<String, Value> {
    let Some((scheme, rest)) = header.trim().split_once(' ') else { return Map::new() };
    if !scheme.eq_ignore_ascii_case("oauth") {
        return Map::new();
    }
    let pair = |part: &str| {
        let (name, value) = part.split_once('=')?;
        let value = percent_decode_str(value.trim().trim_matches('"')).decode_utf8_lossy();
        Some((name.trim().to_owned(), Value::from(value.into_owned())))
    };
    rest.split([',', '&']).filter_map(pair).collect()
}

/// Everything the provider says beside the problem itself.
fn advice(fields: &Map<String, Value>) -> Option<String> {
    let said: Vec<String> = fields
        .iter()
        .filter(|(name, _)| {
            matches!(
                name.as_str(),
                "oauth_problem_advice"
                    | "oauth_parameters_absent"
                    | "oauth_parameters_rejected"
                    | "oauth_acceptable_timestamps"
                    | "oauth_acceptable_versions"
                    | "oauth_error_message"
            )
        })
        .map(|(name, value)| match name.as_str() {
            "oauth_problem_advice" | "oauth_error_message" => text(value),
            name => format!("{name}={}", text(value)),
        })
        .collect();
    (!said.is_empty()).then(|| said.join("; "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn answer(status: u16, body: &str) -> HttpAnswer {
        HttpAnswer { status, body: body.to_owned(), ..HttpAnswer::default() }
    }

    #[test]
    fn a_form_under_any_label_and_json_are_tokens() {
        let body = "oauth_token=hh5s93j4hdidpola&oauth_token_secret=hdhd%2B0244&oauth_callback_confirmed=true&user_id=7";
        let token = parse_oauth1_token(&answer(200, body)).unwrap();
        assert_eq!(
            (token.token.as_str(), token.secret.as_str()),
            ("hh5s93j4hdidpola", "hdhd+0244")
        );
        assert_eq!(token.extra("oauth_callback_confirmed"), Some("true"));
        assert_eq!(token.extra("user_id"), Some("7"));
        let json = json!({ "oauth_token": "t", "oauth_token_secret": "s", "user": 5 }).to_string();
        let token = parse_oauth1_token(&answer(200, &json)).unwrap();
        assert_eq!((token.token.as_str(), token.extra("user")), ("t", Some("5")));
        assert!(!format!("{token:?}").contains("\"s\""));
    }

    #[test]
    fn refusals_keep_the_providers_words() {
        let body = "oauth_problem=signature_invalid&oauth_problem_advice=Check+your+secret";
        let error = parse_oauth1_token(&answer(401, body)).unwrap_err().to_string();
        assert!(error.contains("signature_invalid: Check your secret"), "{error}");
        assert!(error.contains("check the consumer secret"), "{error}");
        let mut in_header = answer(401, "<html>no</html>");
        in_header.www_authenticate = Some(
            "OAuth realm=\"x\", oauth_problem=\"timestamp_refused\", oauth_acceptable_timestamps=\"1-2\"".to_owned(),
        );
        let error = parse_oauth1_token(&in_header).unwrap_err().to_string();
        assert!(error.contains("timestamp_refused: oauth_acceptable_timestamps=1-2"), "{error}");
        let error = parse_oauth1_token(&answer(200, "oauth_problem=odd")).unwrap_err().to_string();
        assert_eq!(error, "the provider refused: odd (status 200)");
        let error = parse_oauth1_token(&answer(401, "Invalid signature")).unwrap_err().to_string();
        assert!(error.contains("status 401: Invalid signature. Mostly the signature"), "{error}");
        let error = parse_oauth1_token(&answer(200, "<h1>Sign in</h1>")).unwrap_err().to_string();
        assert!(error.contains("Sign in"), "{error}");
        let error = parse_oauth1_token(&answer(200, "token=hush&a=1")).unwrap_err().to_string();
        assert_eq!(error, "the provider's answer has no oauth_token; its fields are: token, a");
    }

    proptest! {
        #[test]
        fn no_answer_is_too_odd_and_no_error_shows_a_token(status in 100u16..600, body in "\\PC{0,60}", tail in "\\PC{0,30}") {
            let _ = parse_oauth1_token(&answer(status, &body));
            let leaking = format!("{{\"oauth_token\": \"hush-hush\", {tail}");
            if let Err(error) = parse_oauth1_token(&answer(status, &leaking)) {
                prop_assert!(!error.to_string().contains("hush-hush"));
            }
        }
    }
}
