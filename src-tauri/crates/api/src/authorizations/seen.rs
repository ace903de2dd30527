//! What an author sees of an attempt beside its own course: what was sent, what came back, what is replaced.

use flow::token::{parse_oauth1_token, parse_token};
use secrets::Secret;

use super::{Cell, masking};
use crate::exchanges::{self, About, Taken};
use crate::outgoing::Wire;
use crate::start::lock;
use crate::types::{Event, ExchangePurpose};
use crate::{Api, ApiError};

/// Keeps an exchange of an attempt. `is_request_token`: OAuth1's first one.
pub fn keep(api: &Api, cell: &Cell, wire: &Wire, is_request_token: bool) {
    let answer = wire.answer().ok();
    let oauth1 = answer.as_ref().filter(|_| cell.is_oauth1);
    let oauth1 = oauth1.and_then(|answer| parse_oauth1_token(answer).ok());
    if is_request_token && let Some(token) = &oauth1 {
        let own = [&token.token, &token.secret].map(|text| Secret::new(text.as_str()));
        lock(&cell.outside).sent.extend(own);
    }
    let redactor = match masking::redactor(api, cell) {
        Ok(redactor) => redactor,
        Err(error) => return tracing::warn!("an exchange cannot be shown: {error}"),
    };
    let purpose =
        if is_request_token { ExchangePurpose::RequestToken } else { ExchangePurpose::Token };
    let about = About { owner: &cell.id, purpose, redactor: &redactor };
    let oauth2 = answer.filter(|_| !cell.is_oauth1).and_then(|answer| parse_token(&answer).ok());
    let taken = oauth2.as_ref().map(Taken::OAuth2).or(oauth1.as_ref().map(Taken::OAuth1));
    exchanges::keep(api, &about, wire, taken);
}

/// The same identity again replaces what is kept of it (contract chapter 1, step 3): that is said before it is done.
pub fn say_what_is_replaced(api: &Api, cell: &Cell, unique_id: &str) -> Result<(), ApiError> {
    let known = api.store().credentials().by_unique_id(&cell.app_id, unique_id)?;
    let Some((row, _)) = known.filter(|_| cell.reconnects.as_deref() != Some(unique_id)) else {
        return Ok(());
    };
    lock(&cell.outside).notices.push(format!(
        "{} (unique id {}) was connected before: the new credential replaces the old one.",
        row.display_id, row.unique_id
    ));
    api.host().emit(Event::AuthorizationChanged { authorization: cell.id.clone() });
    Ok(())
}
