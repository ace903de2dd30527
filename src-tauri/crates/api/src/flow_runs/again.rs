//! Doing once more what was done in an earlier run, with the code of now.

use flow::run::view::WaitingFor;
use flow::run::{AuthorizationKind, Event, Setup};
use serde_json::{Map, Value};

use super::{drive, form_problems};
use crate::types::{FlowRunRef, FlowRunView};
use crate::{Api, ApiError, credentials};

/// Starts a run with the action, the context, the account and the form values of an earlier one. It goes as far as these reach:
/// to the created step, or to where the app asks for something else than it did then, and waits there.
pub async fn run_again(api: &Api, request: FlowRunRef) -> Result<FlowRunView, ApiError> {
    let (row, run) = drive::load(api, &request.flow_run)?;
    let inputs = run.inputs();
    let (app_id, project) = api.project(&row.app_id)?;
    let app = project.load()?.app;
    let action = app.action(&row.action_key).ok_or_else(|| {
        ApiError::refused(format!(
            "the app has no action {:?} any more: see the Action List tab",
            row.action_key
        ))
    })?;
    let authorization = AuthorizationKind::of(&app.authentication);
    let setup = Setup { authorization, action: action.clone(), ..inputs.setup };
    let id = drive::begin(api, &app_id, setup)?;
    drive::settle(api, &id).await;
    // An account that was deleted is asked for again.
    if waits_for(api, &id)? == Some(WaitingFor::Credential)
        && let Some(unique_id) = &row.unique_id
        && let Some((account, _)) = api.store().credentials().by_unique_id(&app_id, unique_id)?
    {
        drive::choose(api, &id, &credentials::view(account), false).await?;
        drive::settle(api, &id).await;
    }
    for values in inputs.forms {
        if !answer(api, &id, values).await? {
            break;
        }
    }
    drive::settled_view(api, &id).await
}

fn waits_for(api: &Api, id: &str) -> Result<Option<WaitingFor>, ApiError> {
    Ok(drive::load(api, id)?.1.view().waiting_for)
}

/// Fills the form that is asked for; false when there is none, or it does not take these values.
async fn answer(api: &Api, id: &str, values: Map<String, Value>) -> Result<bool, ApiError> {
    let view = drive::load(api, id)?.1.view();
    let (Some(form), Some(WaitingFor::Form)) = (view.form, view.waiting_for) else {
        return Ok(false);
    };
    if !form_problems(&form, &values).is_empty() {
        return Ok(false);
    }
    drive::apply(api, id, Event::FormAnswered { values }).await?;
    drive::settle(api, id).await;
    Ok(true)
}
