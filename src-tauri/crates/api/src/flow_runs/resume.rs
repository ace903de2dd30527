//! Going on with the runs that the last process left in the middle of something.

use flow::run::{CallFailure, Effect, Event, Outstanding};

use super::drive::{self, apply, carry_out, wake_at};
use crate::clock::now;
use crate::{Api, ApiError};

const CUT_OFF: &str = "Stepsmith ended while this ran: try it again";

/// What was under way in a run when its process ended.
pub struct CutOff {
    id: String,
    left: Outstanding,
}

/// What the last process left behind. To be asked before this process starts anything of its own, which would look the same;
/// nothing while the secret store is closed, since then nothing can be read or begun.
pub fn left_behind(api: &Api) -> Vec<CutOff> {
    if !api.vault_access().is_open() {
        return Vec::new();
    }
    let rows = match api.store().flow_runs().waiting() {
        Ok(rows) => rows,
        Err(error) => {
            tracing::warn!("the flow runs that wait cannot be read: {error}");
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for row in rows {
        match drive::load(api, &row.id) {
            Ok((_, run)) => found.push(CutOff { id: row.id, left: run.outstanding() }),
            Err(error) => tracing::warn!("flow run {} cannot go on: {error}", row.id),
        }
    }
    found
}

/// Calls and fetches that were cut off are told so and can be tried again; alarms that are still to come are set. Overdue ones
/// wait for the author, so that a restart does not fire a burst.
pub async fn resume(api: &Api, found: Vec<CutOff>) {
    for CutOff { id, left } in found {
        if let Err(error) = resume_one(api, &id, left).await {
            tracing::warn!("flow run {id} cannot go on: {error}");
        }
    }
}

async fn resume_one(api: &Api, id: &str, left: Outstanding) -> Result<(), ApiError> {
    for call in left.calls {
        let event = Event::CallReturned {
            ticket: call.ticket,
            call_id: String::new(),
            result: Err(CallFailure::new(CUT_OFF)),
            exchanges: Vec::new(),
        };
        apply(api, id, event).await?;
    }
    for ticket in left.refreshes {
        apply(api, id, Event::TokenRefreshed { ticket, result: Err(CUT_OFF.to_owned()) }).await?;
    }
    for attachment in left.attachments {
        let result = Err("Stepsmith ended while it fetched the file".to_owned());
        apply(api, id, Event::AttachmentFetched { attachment, result }).await?;
    }
    if left.start_process {
        carry_out(api, id, Effect::StartProcess);
    }
    for (step, at) in left.alarms {
        if at > now() {
            wake_at(api, id, step, at);
        }
    }
    Ok(())
}
