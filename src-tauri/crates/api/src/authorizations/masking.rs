//! What is secret in an attempt, taken out of what is said about it: a provider may echo any of it in its errors.

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
