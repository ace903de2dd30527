//! OAuth1 requests: filled, then signed over all that they carry (RFC 5849, sections 3.1 and 3.4).

use std::fmt;

use definition::{NameValue, OAUTH1_VARIABLES, Request, SignatureMethod};
use url::Url;

use super::signature::{base_string, parameters, sign};
use super::{Known, RenderError, RenderedRequest, fill, query_named};

/// Stands where the signature will stand while what it covers is collected.
const UNSIGNED: &str = "unsigned-b4d2e1c07f";

/// What `{{…}}` can stand for in an OAuth1 request. Values never print.
#[derive(Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of contract chapter 3")]
pub struct OAuth1Variables {
    pub consumer_key: Option<String>,
    pub consumer_secret: Option<String>,
    pub signature_method: Option<String>,
    pub redirect_uri: Option<String>,
    pub oauth_request_token: Option<String>,
    pub oauth_verifier: Option<String>,
    pub auto_oauth_timestamp: Option<String>,
    pub auto_oauth_nonce: Option<String>,
    /// The token: `{{oauth_token}}`, and `{{access_token}}` as the web portal has it.
    pub oauth_token: Option<String>,
    /// The token's secret: `{{oauth_token_secret}}`, and `{{token_secret}}` as the web portal has it.
    pub oauth_token_secret: Option<String>,
    /// `{{query.NAME}}`: the parameters of the authorization redirect. The last of a repeated name counts.
    pub queries: Vec<NameValue>,
}

impl fmt::Debug for OAuth1Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let filled = Filled { variables: self, signature: None };
        let known = OAUTH1_VARIABLES.iter().filter(|name| filled.named(name).flatten().is_some());
        f.debug_set()
            .entries(known)
            .entries(self.queries.iter().map(|query| format!("query.{}", query.name)))
            .finish()
    }
}

struct Filled<'a> {
    variables: &'a OAuth1Variables,
    signature: Option<&'a str>,
}

impl Known for Filled<'_> {
    fn named(&self, name: &str) -> Option<Option<&str>> {
        let all = self.variables;
        if let Some(query) = name.strip_prefix("query.") {
            return Some(query_named(&all.queries, query));
        }
        let value = match name {
            "consumer_key" => &all.consumer_key,
            "consumer_secret" => &all.consumer_secret,
            "signature_method" => &all.signature_method,
            "redirect_uri" => &all.redirect_uri,
            "oauth_request_token" => &all.oauth_request_token,
            "oauth_verifier" => &all.oauth_verifier,
            "auto_oauth_timestamp" => &all.auto_oauth_timestamp,
            "auto_oauth_nonce" => &all.auto_oauth_nonce,
            "auto_oauth_signature" => return Some(self.signature),
            "oauth_token" | "access_token" => &all.oauth_token,
            "oauth_token_secret" | "token_secret" => &all.oauth_token_secret,
            _ => return None,
        };
        Some(value.as_deref())
    }

    fn names(&self) -> &'static [&'static str] {
        &OAUTH1_VARIABLES
    }

    fn signs(&self) -> bool {
        true
    }
}

/// What a request is signed with. Values never print.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey<'a> {
    /// By which method.
    pub method: &'a SignatureMethod,
    /// The consumer's.
    pub consumer_secret: &'a str,
    /// The request token's or the token's; empty while there is none.
    pub token_secret: &'a str,
}

impl fmt::Debug for SigningKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("method", self.method).finish_non_exhaustive()
    }
}

/// A request ready to be sent, and what its signature covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The request.
    pub request: RenderedRequest,
    /// The signature base string (section 3.4.1); absent = no template of the request holds the signature. Carries tokens: not
    /// for logs.
    pub base_string: Option<String>,
}

/// Fills an OAuth1 request's templates and signs it, in whichever of its parts the parameters stand: the query, the header
/// `Authorization: OAuth …`, or a form body. A JSON body is sent and not covered.
///
/// # Errors
/// As [`super::render`]; a signature method that chapter 3 does not have; `{{auto_oauth_signature}}` elsewhere than as the value
/// of the parameter `oauth_signature`.
pub fn render_signed(
    request: &Request,
    variables: &OAuth1Variables,
    key: &SigningKey<'_>,
    prefix: &str,
) -> Result<Signed, RenderError> {
    let unsigned = fill(request, &Filled { variables, signature: Some(UNSIGNED) }, prefix)?;
    let Some(base_string) = base_to_sign(&unsigned, prefix)? else {
        return Ok(Signed { request: unsigned, base_string: None });
    };
    let signature = sign(key.method, &base_string, key.consumer_secret, key.token_secret)
        .ok_or_else(|| RenderError {
            field: "authentication.oauth1.signature_method".to_owned(),
            variable: None,
            message: format!(
                "requests cannot be signed by {:?}; expected one of {}",
                key.method.as_str(),
                SignatureMethod::NAMES.join(", ")
            ),
        })?;
    let request = fill(request, &Filled { variables, signature: Some(&signature) }, prefix)?;
    Ok(Signed { request, base_string: Some(base_string) })
}

/// `None` = the request carries no signature.
fn base_to_sign(unsigned: &RenderedRequest, prefix: &str) -> Result<Option<String>, RenderError> {
    let whole = [Some(&unsigned.url), unsigned.body.as_ref()]
        .into_iter()
        .flatten()
        .chain(unsigned.headers.iter().map(|header| &header.value));
    let times: usize = whole.map(|part| part.matches(UNSIGNED).count()).sum();
    if times == 0 {
        return Ok(None);
    }
    let right = Url::parse(&unsigned.url).is_ok_and(|url| {
        let all = parameters(unsigned, &url);
        let own = |(name, value): &&(Vec<u8>, Vec<u8>)| {
            name == b"oauth_signature" && value == UNSIGNED.as_bytes()
        };
        times == 1 && all.iter().filter(own).count() == 1
    });
    let base = base_string(unsigned).filter(|_| right);
    base.map(Some).ok_or_else(|| RenderError {
        field: prefix.to_owned(),
        variable: Some("auto_oauth_signature".to_owned()),
        message: "a signature can only be the whole value of one parameter oauth_signature: among queries, in the header \
                  Authorization: OAuth …, or in a form body"
            .to_owned(),
    })
}
