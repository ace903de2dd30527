//! What the window sees of a flow run.

use flow::timeline::Message;

use super::drive;
use crate::types::FlowRunView;
use crate::{Api, ApiError, credentials, redaction};

/// A run as it stands, with its whole timeline.
pub fn view(api: &Api, id: &str) -> Result<FlowRunView, ApiError> {
    view_after(api, id, 0)
}

/// The same with the timeline from the message after `after` on.
pub fn view_after(api: &Api, id: &str, after: u32) -> Result<FlowRunView, ApiError> {
    let (row, run) = drive::load(api, id)?;
    let credential = match &row.unique_id {
        Some(unique_id) => api
            .store()
            .credentials()
            .by_unique_id(&row.app_id, unique_id)?
            .map(|(row, _)| credentials::view(row)),
        None => None,
    };
    let (redirect_url, webhook_url) =
        drive::callback_urls(api, &row.app_id, row.unique_id.as_deref())?;
    let mut view = run.view();
    mask(api, &row.app_id, &mut view)?;
    Ok(FlowRunView {
        id: row.id,
        action_key: row.action_key,
        action_title: row.action_title,
        action_type: view.action_type,
        credential,
        messages: messages(api, id, after)?,
        busy: api.drives().busy(id),
        error: api.drives().error(id),
        redirect_url,
        webhook_url,
        created_at: row.created_at,
        updated_at: row.updated_at,
        app: row.app_id,
        view,
    })
}

/// The window gets no token, also where a function has put one into its answer. What people typed into forms goes back to
/// them as it is: it is submitted again.
fn mask(api: &Api, app_id: &str, view: &mut flow::run::RunView) -> Result<(), ApiError> {
    let redactor = redaction::for_preview(api, app_id)?;
    let typed = view.form.as_ref().map(|form| form.values.clone());
    let mut value = serde_json::to_value(&*view).map_err(|error| ApiError::failed(&error))?;
    redactor.redact_json(&mut value);
    *view = serde_json::from_value(value).map_err(|error| ApiError::failed(&error))?;
    if let (Some(form), Some(values)) = (&mut view.form, typed) {
        form.values = values;
    }
    Ok(())
}

/// The timeline of a run, in order, from the message after `after` on.
pub fn messages(api: &Api, id: &str, after: u32) -> Result<Vec<Message>, ApiError> {
    let rows = api.store().flow_runs().messages(id, after.into())?;
    rows.into_iter()
        .map(|row| serde_json::from_value(row.message).map_err(|error| ApiError::failed(&error)))
        .collect()
}
