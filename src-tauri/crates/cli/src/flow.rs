//! `stepsmith flow`: a whole flow with saved answers, pages of the sample services included.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use api::types::{
    AppRef, AppView, AuthorizationRef, AuthorizationStatus, AuthorizationView, ClickButton,
    CreatorContext, ExportMermaid, FlowRunRef, FlowRunView, FormAnswer, MermaidText, OpenUrl,
    StartAuthorization, StartFlow, SubmitForm, SubmitStepForm,
};
use api::visitor::{PageAnswer, Pages, Visitor};
use api::{Api, headless::SampleServices, word};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::output::Output;
use crate::{Ending, command_of};

/// How long the outside world may take for one step.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(50);

/// Saved answers (see sample-apps/README.md).
#[derive(Debug, Default, Deserialize)]
struct Answers {
    action: Option<String>,
    #[serde(default)]
    account: BTreeMap<String, String>,
    context: Option<CreatorContext>,
    #[serde(default)]
    forms: Vec<Map<String, Value>>,
    #[serde(default)]
    click: Option<Clicks>,
    #[serde(default)]
    run_forms: Vec<Map<String, Value>>,
    #[serde(default)]
    pages: Pages,
    #[serde(default)]
    expect: Expect,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Clicks {
    One(Click),
    Many(Vec<Click>),
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Click {
    step: u32,
    button: u32,
}

#[derive(Debug, Default, Deserialize)]
struct Expect {
    status: Option<String>,
}

/// Where the flow is drawn.
pub struct Diagram {
    pub file: PathBuf,
    /// With the HTTP requests of functions.
    pub requests: bool,
}

impl Diagram {
    async fn write(&self, api: &Api, flow_run: &str) -> Result<(), Ending> {
        let export = ExportMermaid { flow_run: flow_run.to_owned(), requests: self.requests };
        let MermaidText { text } = command_of(api, "export_mermaid", &export).await?;
        std::fs::write(&self.file, text).map_err(|error| {
            Ending::Failed(format!(
                "the diagram could not be written to {}: {error}",
                self.file.display()
            ))
        })
    }
}

/// Walks the flow; ends negatively when it does not end as expected (completed, unless the answers say otherwise).
pub async fn flow(
    api: &Api,
    output: &Output,
    app: &str,
    action: Option<&str>,
    answers: Option<&Path>,
    diagram: Option<&Diagram>,
) -> Result<(), Ending> {
    let view: AppView = command_of(api, "read_app", &AppRef { app: app.to_owned() }).await?;
    let answers = read_answers(&view, action, answers)?;
    let definition = view.definition.unwrap_or_default();
    let key = action
        .or(answers.action.as_deref())
        .or(definition.actions.first().map(|action| action.key.as_str()));
    let key = key.ok_or_else(|| Ending::Failed("the app has no action".to_owned()))?;
    // The sample apps' services; another app does not need them, and another program may have the port.
    let services = SampleServices::start(None).await;
    let visitor = match &services {
        Ok(services) => Some(new_visitor(services.url())?),
        Err(error) => {
            tracing::info!("the sample services are not there: {error}");
            None
        }
    };
    let walk = Walk { api, app, visitor, pages: answers.pages.answers() };
    let start = StartFlow {
        app: app.to_owned(),
        action_key: key.to_owned(),
        context: answers.context.clone(),
    };
    let run: FlowRunView = command_of(api, "start_flow", &start).await?;
    let mut run = walk.to_the_end(run, &answers).await?;
    // As it happened: what calls did at the same time is recorded one call after the other.
    run.messages.sort_by_key(|message| message.at);
    let status = word(&run.view.status);
    output.flow(&status, &run);
    if let Some(diagram) = diagram {
        diagram.write(api, &run.id).await?;
    }
    let expected = answers.expect.status.as_deref().unwrap_or("completed");
    if status == expected { Ok(()) } else { Err(Ending::Negative) }
}

fn new_visitor(url: &str) -> Result<Visitor, Ending> {
    let failed = |error: &dyn std::fmt::Display| {
        Ending::Failed(format!("the sample services' pages cannot be visited: {error}"))
    };
    let url = url.parse().map_err(|error| failed(&error))?;
    Visitor::new(&url).map_err(|error| failed(&error))
}

fn read_answers(
    app: &AppView,
    action: Option<&str>,
    file: Option<&Path>,
) -> Result<Answers, Ending> {
    let read = |path: &Path| -> Result<Answers, Ending> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Ending::Failed(format!("the answers {} cannot be read: {error}", path.display()))
        })?;
        serde_json::from_str(&text).map_err(|error| {
            Ending::Failed(format!("the answers {} are not right: {error}", path.display()))
        })
    };
    if let Some(file) = file {
        return read(file);
    }
    let mut first = None;
    for name in &app.answers {
        let answers = read(&Path::new(&app.path).join("answers").join(format!("{name}.json")))?;
        let fits = action.is_none() || answers.action.as_deref() == action;
        let completes = answers.expect.status.as_deref().is_none_or(|status| status == "completed");
        if fits && completes {
            return Ok(answers);
        }
        if fits && first.is_none() {
            first = Some(answers);
        }
    }
    Ok(first.unwrap_or_default())
}

struct Walk<'a> {
    api: &'a Api,
    app: &'a str,
    visitor: Option<Visitor>,
    pages: Vec<PageAnswer>,
}

impl Walk<'_> {
    async fn to_the_end(
        &self,
        mut run: FlowRunView,
        answers: &Answers,
    ) -> Result<FlowRunView, Ending> {
        let mut clicks = match &answers.click {
            Some(Clicks::One(click)) => vec![*click],
            Some(Clicks::Many(clicks)) => clicks.clone(),
            None => vec![Click { step: 0, button: 0 }],
        }
        .into_iter();
        let mut run_forms = answers.run_forms.iter();
        let mut opened = false;
        let mut began = Instant::now();
        loop {
            let id = run.id.clone();
            let moved: Option<FlowRunView> = match self.wanted(&run, opened).as_str() {
                "end" => return Ok(run),
                "credential" => Some(self.authorize(&id, answers).await?),
                "form" => {
                    let index = run.view.form.as_ref().map_or(0, |form| form.index);
                    let values = answers.forms.get(index).cloned();
                    let values = values.ok_or_else(|| {
                        Ending::Failed(format!(
                            "the answers have no form {index}: add it to \"forms\""
                        ))
                    })?;
                    let answer: FormAnswer =
                        command_of(self.api, "submit_form", &SubmitForm { flow_run: id, values })
                            .await?;
                    Some(accepted(answer, index)?)
                }
                "button" => match clicks.next() {
                    Some(click) => {
                        opened = false;
                        let click =
                            ClickButton { flow_run: id, step: click.step, button: click.button };
                        Some(command_of(self.api, "click_button", &click).await?)
                    }
                    None => return Ok(run),
                },
                "step_form" => {
                    let values = run_forms.next().cloned();
                    let values = values.ok_or_else(|| {
                        Ending::Failed("the answers have no further \"run_forms\"".to_owned())
                    })?;
                    let step = step_with(&run, |step| {
                        step.form.as_ref().is_some_and(|form| !form.submitted)
                    });
                    let answer: FormAnswer = command_of(
                        self.api,
                        "submit_step_form",
                        &SubmitStepForm { flow_run: id, step, values },
                    )
                    .await?;
                    Some(accepted(answer, 0)?)
                }
                "page" => {
                    opened = true;
                    Some(self.visit(&run).await?)
                }
                _ => None,
            };
            match moved {
                Some(moved) => {
                    run = moved;
                    began = Instant::now();
                }
                None if began.elapsed() > PATIENCE => return Ok(run),
                None => {
                    tokio::time::sleep(LOOK).await;
                    run = command_of(
                        self.api,
                        "read_flow_run",
                        &FlowRunRef { flow_run: run.id.clone() },
                    )
                    .await?;
                }
            }
        }
    }

    /// What the run needs from here, in a word.
    fn wanted(&self, run: &FlowRunView, opened: bool) -> String {
        let status = word(&run.view.status);
        let fetching = run.busy;
        if matches!(status.as_str(), "completed" | "cancelled") {
            return if fetching { "wait" } else { "end" }.to_owned();
        }
        if status == "failed" || run.error.is_some() {
            return "end".to_owned();
        }
        let steps = run.view.card.iter().flat_map(|card| &card.steps);
        let page = steps.clone().any(|step| step.status.is_none() && step.open_url.is_some());
        if page && !opened {
            return "page".to_owned();
        }
        let waiting =
            run.view.waiting_for.as_ref().and_then(|waiting| serde_json::to_value(waiting).ok());
        waiting
            .and_then(|waiting| waiting.get("type").and_then(Value::as_str).map(str::to_owned))
            .unwrap_or_default()
    }

    async fn authorize(&self, flow_run: &str, answers: &Answers) -> Result<FlowRunView, Ending> {
        let start = StartAuthorization {
            app: self.app.to_owned(),
            flow_run: Some(flow_run.to_owned()),
            credential: None,
        };
        let mut attempt: AuthorizationView =
            command_of(self.api, "start_authorization", &start).await?;
        if let Some(inputs) = &attempt.custom_inputs {
            let values = account(inputs, &answers.account);
            let inputs = json!({ "authorization": attempt.id, "values": values });
            attempt = command_of(self.api, "submit_custom_inputs", &inputs).await?;
        }
        let began = Instant::now();
        let mut visited = false;
        while attempt.status == AuthorizationStatus::Running
            && attempt.input_problems.is_empty()
            && began.elapsed() < PATIENCE
        {
            // OAuth1's page is known only once there is a request token.
            if let Some(url) = attempt.url.clone().filter(|_| !visited) {
                visited = true;
                self.visit_page(&url).await?;
            }
            tokio::time::sleep(LOOK).await;
            attempt = command_of(
                self.api,
                "read_authorization",
                &AuthorizationRef { authorization: attempt.id },
            )
            .await?;
        }
        // What the answers and the environment lack is named, not waited for.
        if attempt.status == AuthorizationStatus::Running && !attempt.input_problems.is_empty() {
            let problems: Vec<String> = attempt
                .input_problems
                .iter()
                .map(|problem| {
                    let variable = api::secret_variable(&problem.key);
                    format!(
                        "{}: give it in \"account\" of the answers, or set {variable}",
                        problem.message
                    )
                })
                .collect();
            return Err(Ending::Failed(format!(
                "the authorization lacks inputs:\n  {}",
                problems.join("\n  ")
            )));
        }
        if attempt.status != AuthorizationStatus::Done {
            let why = attempt.error.map_or_else(
                || "no answer in time".to_owned(),
                |error| format!("{}: {}", error.title, error.description),
            );
            return Err(Ending::Failed(format!("the authorization did not succeed: {why}")));
        }
        // The run goes on by itself with the new account.
        loop {
            let run: FlowRunView = command_of(
                self.api,
                "read_flow_run",
                &FlowRunRef { flow_run: flow_run.to_owned() },
            )
            .await?;
            if !run.busy || began.elapsed() > PATIENCE {
                return Ok(run);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn visit_page(&self, url: &str) -> Result<(), Ending> {
        let visitor = self.visitor.as_ref();
        let visitor = visitor.ok_or_else(|| {
            Ending::Failed("the flow needs a person at a page that is not one of the sample services': walk it in the window".to_owned())
        })?;
        visitor
            .visit(url, &self.pages)
            .await
            .map_err(|error| Ending::Failed(format!("the page could not be walked: {error}")))?;
        Ok(())
    }

    async fn visit(&self, run: &FlowRunView) -> Result<FlowRunView, Ending> {
        let step = step_with(run, |step| step.status.is_none() && step.open_url.is_some());
        let url = run
            .view
            .card
            .iter()
            .flat_map(|card| &card.steps)
            .nth(step as usize)
            .and_then(|step| step.open_url.clone());
        let open = OpenUrl { flow_run: run.id.clone(), step, in_browser: false };
        let run: FlowRunView = command_of(self.api, "open_url", &open).await?;
        if let Some(url) = url {
            self.visit_page(&url.url).await?;
        }
        Ok(run)
    }
}

/// What the answers say, and for the other inputs what stands in their environment variables: a CI keeps secrets there.
fn account(
    inputs: &[api::types::CustomInput],
    answers: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let mut values = answers.clone();
    for input in inputs.iter().filter(|input| !answers.contains_key(&input.key)) {
        if let Ok(value) = std::env::var(api::secret_variable(&input.key)) {
            values.insert(input.key.clone(), value);
        }
    }
    values
}

fn step_with(run: &FlowRunView, wanted: impl Fn(&api::types::StepView) -> bool) -> u32 {
    let found = run.view.card.as_ref().and_then(|card| card.steps.iter().position(wanted));
    u32::try_from(found.unwrap_or_default()).unwrap_or_default()
}

fn accepted(answer: FormAnswer, index: usize) -> Result<FlowRunView, Ending> {
    if answer.problems.is_empty() {
        return Ok(answer.run);
    }
    let problems: Vec<String> = answer
        .problems
        .iter()
        .map(|problem| format!("{}: {}", problem.key, problem.message))
        .collect();
    Err(Ending::Failed(format!(
        "form {index} of the answers was refused:\n  {}",
        problems.join("\n  ")
    )))
}
