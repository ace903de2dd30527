//! One attempt to get a credential (contract chapters 3 and 5).

pub mod event;
pub mod phase;

pub use event::{AuthorizationEffect, AuthorizationEvent};
pub use phase::{AttemptPhase, AttemptStep, StepState};

use definition::Authentication;

/// The values of an attempt that must not print. Fresh `state` and `code_verifier` for each attempt.
#[derive(Clone, PartialEq, Eq)]
pub struct AttemptSecrets {
    /// The resolved client secret; empty = none is stored.
    pub client_secret: String,
    /// Random, at least 128 bits.
    pub state: String,
    /// Random, 43 to 128 unreserved characters (RFC 7636, section 4.1).
    pub code_verifier: String,
}

impl std::fmt::Debug for AttemptSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AttemptSecrets(***)")
    }
}

/// Why an app cannot be authorized.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttemptUnavailable {
    /// The app has no authorization.
    #[error("this app has no authorization: its functions are called without a credential")]
    NoAuthorization,
    /// OAuth1 cannot be run yet.
    #[error(
        "OAuth1 is kept in app.json, but cannot be run yet: use OAuth2 or Custom to try the app"
    )]
    OAuth1,
}

/// Why an event changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct AttemptRefusal(pub String);

/// One attempt to get a credential. In memory only: it holds secrets, which Debug does not print.
#[derive(Clone, Debug)]
pub struct Attempt {
    authentication: Authentication,
    redirect_uri: String,
    secrets: AttemptSecrets,
}

impl Attempt {
    /// An attempt that has not started. `redirect_uri` and the secrets play no part in custom authorization.
    ///
    /// # Errors
    /// When there is nothing to authorize, or in a way that cannot be run.
    pub fn new(
        authentication: &Authentication,
        redirect_uri: impl Into<String>,
        secrets: AttemptSecrets,
    ) -> Result<Self, AttemptUnavailable> {
        Ok(Self {
            authentication: authentication.clone(),
            redirect_uri: redirect_uri.into(),
            secrets,
        })
    }

    /// Something happened at `now`, ms since 1970.
    ///
    /// # Errors
    /// Why the event changed nothing.
    pub fn apply(
        &mut self,
        _now: i64,
        _event: AuthorizationEvent,
    ) -> Result<Vec<AuthorizationEffect>, AttemptRefusal> {
        let _ = (&self.authentication, &self.redirect_uri, &self.secrets);
        Err(AttemptRefusal("not started".to_owned()))
    }

    /// Where it is, for the window.
    pub fn phase(&self) -> AttemptPhase {
        AttemptPhase {
            steps: Vec::new(),
            custom_inputs: None,
            identity: None,
            failure: None,
            notices: Vec::new(),
            over: false,
            can_retry_identity: false,
        }
    }
}
