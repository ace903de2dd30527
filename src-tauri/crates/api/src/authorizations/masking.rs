//! What is secret in an attempt, taken out of what is said about it: a provider may echo any of it in its errors.

use flow::token::Credential;
use secrets::Redactor;

use super::Cell;
use crate::start::lock;
use crate::types::AuthorizationView;
use crate::{Api, ApiError, redaction};

/// Knows all that is secret in this attempt: what goes out, what came back, what its app keeps.
pub fn redactor(api: &Api, cell: &Cell) -> Result<Redactor, ApiError> {
    let (sent, credential) = {
        let outside = lock(&cell.outside);
        (outside.sent.clone(), outside.secret.clone())
    };
    redaction::with_secrets(api, &cell.app_id, &credential, &sent)
}

/// Masks them in the words of an attempt. Where they cannot be known, the words are left out.
pub fn mask(api: &Api, cell: &Cell, view: &mut AuthorizationView) {
    if view.error.is_none() && view.notices.is_empty() {
        return;
    }
    let redactor = redactor(api, cell);
    let masked = |text: &str| match &redactor {
        Ok(redactor) => redactor.redact_text(text),
        Err(error) => error.message.clone(),
    };
    if let Some(error) = &mut view.error {
        error.description = masked(&error.description);
    }
    for step in &mut view.steps {
        step.title = masked(&step.title);
    }
    for notice in &mut view.notices {
        *notice = masked(notice);
    }
}

/// The display id without what is secret in the credential: it is shown and kept in the clear. So is the unique id, by which functions
/// know the account: it stays as it is, and its author is told.
pub fn shown_identity(
    api: &Api,
    cell: &Cell,
    credential: &Credential,
    unique_id: &str,
    display_id: &str,
) -> Result<String, ApiError> {
    let redactor = redaction::for_names(api, &cell.app_id, &credential.value())?;
    if redactor.redact_text(unique_id) != unique_id {
        lock(&cell.outside).notices.push(
            "The identity function's unique_id holds a secret of the account, and it is kept and shown in the clear: let it return \
             something that only names the account, or a hash."
                .to_owned(),
        );
    }
    Ok(redactor.redact_text(display_id))
}
