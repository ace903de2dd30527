//! One call in the bundled runtime and on Node, side by side.

mod differences;

use runner::{CallReport, Node, NodeError};

use crate::calls::{self, WholeCall};
use crate::types::{CallFunction, CallRef, Comparison};
use crate::{Api, ApiError};

impl From<NodeError> for ApiError {
    fn from(error: NodeError) -> Self {
        match error {
            NodeError::Missing | NodeError::Unusable(_) => Self::refused(error.to_string()),
            NodeError::Broken(_) => Self::failed(&error),
        }
    }
}

/// Runs a function twice. The bundled runtime goes first and reaches the outside world; Node gets the answers that it got.
/// Refused when there is no usable `node` on the PATH.
pub async fn compare_call(api: &Api, request: CallFunction) -> Result<Comparison, ApiError> {
    // Before anything is done in the outside world.
    let node = Node::find().await?;
    let WholeCall { finished, request, report, redactor } = calls::run_alone(api, request).await?;
    let on_node = node.call(&request, &report.http).await?;
    // Differences are looked for in what may be shown: a secret is equal to itself, however it is masked.
    let mut kept = serde_json::to_value(&on_node).map_err(|error| ApiError::failed(&error))?;
    redactor.redact_json(&mut kept);
    let on_node: CallReport =
        serde_json::from_value(kept).map_err(|error| ApiError::failed(&error))?;
    let call = calls::read_call(api, CallRef { call: finished.id }).await?;
    let differences = differences::differences(&call.report, &on_node);
    Ok(Comparison {
        notes: notes(&call.report, !differences.is_empty()),
        call,
        node: on_node,
        node_version: node.version,
        differences,
    })
}

fn notes(here: &CallReport, differ: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if here.http.iter().any(|exchange| exchange.response_body.cut) {
        notes.push(
            "An HTTP answer was longer than what is recorded of it, so Node got only its beginning."
                .to_owned(),
        );
    }
    if here.http.iter().any(|exchange| exchange.status.is_none()) {
        notes.push(
            "A request got no answer here; on Node its connection is closed instead, with another error text."
                .to_owned(),
        );
    }
    if differ {
        notes.push(
            "Values that are new in every run (times, random ids) differ between the two runs as they do between any two."
                .to_owned(),
        );
    }
    notes
}
