//! What goes into an authorization attempt, and what comes out of it.

use definition::NameValue;
use serde_json::{Map, Value};

use crate::run::CallFailure;
use crate::template::RenderedRequest;
use crate::timeline::Message;
use crate::token::{Credential, HttpAnswer};

/// What happens to an authorization attempt. Debug prints names, no values.
#[derive(Clone, PartialEq)]
pub enum AuthorizationEvent {
    /// The Creator wants to authorize.
    Start,
    /// A GET on the OAuth2 redirect URL, all its query parameters in order.
    RedirectArrived {
        /// Decoded.
        queries: Vec<NameValue>,
    },
    /// The token request of [`AuthorizationEffect::Send`] is over: an answer, or why there is none.
    TokenAnswered(Result<HttpAnswer, String>),
    /// The Creator filled the custom form.
    CustomSubmitted {
        /// By key.
        values: Map<String, Value>,
    },
    /// Identity was called.
    IdentityReturned {
        /// The recorded call.
        call_id: String,
        /// The whole return value (`{output, error}`), or why there is none.
        result: Result<Value, CallFailure>,
    },
    /// Call Identity again after it failed, without asking the Creator again.
    RetryIdentity,
    /// Save the account that came, although another one was to be connected again.
    KeepOther,
    /// The Creator gave up.
    Cancel,
    /// Nobody came back in time.
    TimedOut,
}

impl std::fmt::Debug for AuthorizationEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Start => f.write_str("Start"),
            Self::RedirectArrived { queries } => {
                let names: Vec<&str> = queries.iter().map(|pair| pair.name.as_str()).collect();
                f.debug_tuple("RedirectArrived").field(&names).finish()
            }
            Self::TokenAnswered(answer) => f.debug_tuple("TokenAnswered").field(answer).finish(),
            Self::CustomSubmitted { values } => {
                let keys: Vec<&String> = values.keys().collect();
                f.debug_tuple("CustomSubmitted").field(&keys).finish()
            }
            Self::IdentityReturned { call_id, result } => {
                f.debug_tuple("IdentityReturned").field(call_id).field(&result.is_ok()).finish()
            }
            Self::RetryIdentity => f.write_str("RetryIdentity"),
            Self::KeepOther => f.write_str("KeepOther"),
            Self::Cancel => f.write_str("Cancel"),
            Self::TimedOut => f.write_str("TimedOut"),
        }
    }
}

/// What an authorization attempt wants done, in this order.
///
/// Debug prints neither the page's parameters nor anything of a credential.
#[derive(Clone, PartialEq)]
pub enum AuthorizationEffect {
    /// Append to the timeline.
    Record(Message),
    /// Open the authorization page in the browser.
    OpenBrowser {
        /// The page. Holds `state`: not for logs.
        url: String,
    },
    /// Tell the browser that arrived at the redirect URL that the attempt goes on: "you can close this page".
    AcceptRedirect,
    /// Tell the browser that arrived at the redirect URL why it is turned away. The attempt goes on as if it had not come.
    RefuseRedirect {
        /// A headline.
        title: String,
        /// In full.
        description: String,
    },
    /// Send the token request, then send [`AuthorizationEvent::TokenAnswered`].
    Send(RenderedRequest),
    /// Show the custom form.
    AskCustomInputs {
        /// What was wrong with the last submission: key and sentence. Empty at first.
        problems: Vec<(String, String)>,
    },
    /// Call Identity with this credential, then send [`AuthorizationEvent::IdentityReturned`].
    CallIdentity {
        /// `credential.value()` is what the function gets.
        credential: Credential,
    },
    /// Save (or replace) the credential under `unique_id`.
    Save {
        /// What to save, encrypted.
        credential: Credential,
        /// From Identity.
        unique_id: String,
        /// From Identity.
        display_id: String,
    },
    /// The attempt is over without a credential (unless [`AuthorizationEvent::RetryIdentity`] helps).
    Failed {
        /// A headline.
        title: String,
        /// What happened and what to do.
        description: String,
    },
}

impl std::fmt::Debug for AuthorizationEffect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Record(message) => f.debug_tuple("Record").field(message).finish(),
            Self::OpenBrowser { url } => f
                .debug_tuple("OpenBrowser")
                .field(&url.split('?').next().unwrap_or_default())
                .finish(),
            Self::AcceptRedirect => f.write_str("AcceptRedirect"),
            Self::RefuseRedirect { title, .. } => {
                f.debug_tuple("RefuseRedirect").field(title).finish()
            }
            Self::Send(request) => f.debug_tuple("Send").field(request).finish(),
            Self::AskCustomInputs { problems } => {
                f.debug_tuple("AskCustomInputs").field(problems).finish()
            }
            Self::CallIdentity { credential } => {
                f.debug_tuple("CallIdentity").field(credential).finish()
            }
            Self::Save { credential, unique_id, display_id } => {
                f.debug_tuple("Save").field(credential).field(unique_id).field(display_id).finish()
            }
            Self::Failed { title, description } => {
                f.debug_tuple("Failed").field(title).field(description).finish()
            }
        }
    }
}
