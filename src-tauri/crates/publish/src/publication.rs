//! Carrying a plan out.

use serde::Serialize;
use ts_rs::TS;

use crate::plan::{Content, Operation};
use crate::{
    AppVersion, Client, Failure, LocalApp, Plan, PlanError, PlanStep, RemoteApp, RequestError,
    Write,
};

/// Publishing to one server.
pub struct Publication {
    client: Client,
}

/// Told before and after each step that sends something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Progress {
    /// Which step, from 0, as [`Plan::steps`] counts them.
    pub index: usize,
    /// How many there are.
    pub total: usize,
    /// The step.
    pub step: PlanStep,
    /// How far it is.
    pub state: ProgressState,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum ProgressState {
    Started,
    Done,
}

/// What was published.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Published {
    /// The app's id on the server, to be kept for the next time.
    pub app_id: String,
    /// The app's address in the developer interface.
    pub url: String,
    /// What was done, step by step.
    pub steps: Vec<PlanStep>,
    /// The version that was requested, if one was.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<AppVersion>,
}

/// A publication that stopped. What was done stays; publishing again does the rest.
#[derive(Clone, Debug, Serialize, TS, thiserror::Error)]
#[error("publishing stopped at: {failed}. {}{source} Publish again to continue", shown(done))]
pub struct PublishError {
    /// The app's id on the server, when it exists by now: keep it, or the next time creates a second app.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_id: Option<String>,
    /// The steps that were done.
    pub done: Vec<PlanStep>,
    /// The step that failed.
    pub failed: Box<PlanStep>,
    /// The steps that were not tried.
    pub left: Vec<PlanStep>,
    /// Why.
    pub source: RequestError,
}

fn shown(done: &[PlanStep]) -> String {
    let done: Vec<_> = done
        .iter()
        .filter(|step| step.change != crate::Change::Unchanged)
        .map(ToString::to_string)
        .collect();
    if done.is_empty() {
        "Nothing was changed before. ".to_owned()
    } else {
        format!("Done before: {}. ", done.join(", "))
    }
}

impl Publication {
    /// Publishing with `client`.
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// The client it uses.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// What publishing `local` would change; see [`Plan::new`].
    ///
    /// # Errors
    /// The app cannot be published as it is.
    pub fn plan(local: &LocalApp, remote: Option<&RemoteApp>) -> Result<Plan, PlanError> {
        Plan::new(local, remote)
    }

    /// Carries `plan` out, telling `progress` about each step that sends something.
    ///
    /// # Errors
    /// A request failed: the error names the steps done, the failed one and those left.
    pub async fn execute(
        &self,
        plan: Plan,
        mut progress: impl FnMut(Progress) + Send,
    ) -> Result<Published, PublishError> {
        let steps = plan.steps();
        let total = steps.len();
        let mut app_id = plan.app_id;
        let mut version = None;
        for (index, (step, operation)) in plan.planned.into_iter().enumerate() {
            if matches!(operation, Operation::Nothing) {
                continue;
            }
            progress(Progress { index, total, step: step.clone(), state: ProgressState::Started });
            if let Err(source) = self.carry_out(operation, &mut app_id, &mut version).await {
                return Err(PublishError {
                    app_id,
                    done: steps[..index].to_vec(),
                    failed: Box::new(step),
                    left: steps[index + 1..].to_vec(),
                    source,
                });
            }
            progress(Progress { index, total, step, state: ProgressState::Done });
        }
        let app_id = app_id.unwrap_or_default();
        let url = self.client.address().url(&["developer", "apps", &app_id]).into();
        Ok(Published { app_id, url, steps, version })
    }

    async fn carry_out(
        &self,
        operation: Operation,
        app_id: &mut Option<String>,
        version: &mut Option<AppVersion>,
    ) -> Result<(), RequestError> {
        if let Operation::CreateApp(fields) = operation {
            *app_id = Some(self.client.create_app(fields).await?.app_id);
            return Ok(());
        }
        // A plan without an id begins with the step that gives one.
        let app_id = app_id.as_deref().unwrap_or_default();
        let client = &self.client;
        match operation {
            Operation::Nothing | Operation::CreateApp(_) => Ok(()),
            Operation::UpdateApp(fields) => client.update_app(app_id, fields).await.map(drop),
            Operation::Write(content, write) => {
                self.write_either_way(app_id, &content, write).await
            }
            Operation::DeleteAuthentication => gone(client.delete_authentication(app_id).await),
            Operation::DeleteLogo => gone(client.delete_logo(app_id).await),
            Operation::DeleteFunction(kind) => gone(client.delete_function(app_id, kind).await),
            Operation::RequestVersion(label) => {
                *version = Some(client.request_version(app_id, &label).await?);
                Ok(())
            }
        }
    }

    /// The server may have changed since the plan was made: what is there now is replaced, what is gone is created.
    async fn write_either_way(
        &self,
        app_id: &str,
        content: &Content,
        write: Write,
    ) -> Result<(), RequestError> {
        let Err(error) = self.write(app_id, content, write).await else { return Ok(()) };
        match (write, error.failure()) {
            (Write::Create, Failure::Conflict) => self.write(app_id, content, Write::Replace).await,
            (Write::Replace, Failure::NotFound) => {
                match self.write(app_id, content, Write::Create).await {
                    // The whole app is gone: the first refusal is the better answer.
                    Err(other) if other.failure() == Failure::NotFound => Err(error),
                    answer => answer,
                }
            }
            _ => Err(error),
        }
    }

    async fn write(
        &self,
        app_id: &str,
        content: &Content,
        write: Write,
    ) -> Result<(), RequestError> {
        match content {
            Content::Authentication(value) => {
                self.client.set_authentication(app_id, value.clone(), write).await
            }
            Content::Logo(png) => self.client.set_logo(app_id, png, write).await,
            Content::Function { kind, zip, by_zip } => {
                self.client.put_function(app_id, *kind, zip, *by_zip, write).await
            }
        }
    }
}

/// Deleting what is gone is done.
fn gone(answer: Result<(), RequestError>) -> Result<(), RequestError> {
    match answer {
        Err(error) if error.failure() == Failure::NotFound => Ok(()),
        answer => answer,
    }
}
