//! What people put into a run: enough to do the same again.

use serde_json::{Map, Value};

use super::{FlowRun, Setup};

/// What a Creator chose and filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// What the run began with.
    pub setup: Setup,
    /// The values of Build's answered forms, in order, as they were entered last.
    pub forms: Vec<Map<String, Value>>,
}

impl FlowRun {
    /// What was put into this run so far.
    pub fn inputs(&self) -> Inputs {
        Inputs { setup: self.setup.clone(), forms: self.forms.answers() }
    }
}
