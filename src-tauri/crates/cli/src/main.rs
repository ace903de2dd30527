//! `stepsmith`: the same api without a window.

mod arguments;
mod check;
mod flow;
mod host;
mod limits;
mod output;

use std::process::ExitCode;

use api::types::{CallFunction, Comparison, OpenApp};
use api::{Api, ApiError, Options, StartError};
use arguments::{Arguments, Command, Runtime};
use clap::Parser as _;
use host::HeadlessHost;
use output::Output;
use serde_json::{Map, Value, json};

/// Why a command ended without success; each has its exit code.
enum Ending {
    /// 1: it ran, and the answer is no: errors found, a flow that did not complete.
    Negative,
    /// 2: it could not be done.
    Failed(String),
}

impl From<ApiError> for Ending {
    fn from(error: ApiError) -> Self {
        let mut text = error.message;
        for detail in error.details {
            text.push_str("\n  ");
            text.push_str(&detail);
        }
        Self::Failed(text)
    }
}

impl From<StartError> for Ending {
    fn from(error: StartError) -> Self {
        Self::Failed(error.to_string())
    }
}

fn main() -> ExitCode {
    // The program starts itself as a script worker; a worker never comes back from here.
    runner::worker_main_if_asked();

    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_env("STEPSMITH_LOG")
        .unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("stepsmith: {error}");
            return ExitCode::from(2);
        }
    };
    match runtime.block_on(run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Ending::Negative) => ExitCode::from(1),
        Err(Ending::Failed(text)) => {
            eprintln!("stepsmith: {text}");
            ExitCode::from(2)
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Ending> {
    let output = Output { json: arguments.json };
    // Without a data folder of its own, a run leaves nothing behind.
    let temporary = tempfile::tempdir()
        .map_err(|error| Ending::Failed(format!("no temporary folder: {error}")))?;
    let data = arguments.data.unwrap_or_else(|| temporary.path().to_path_buf());
    match arguments.command {
        Command::Serve { port, token } => {
            let server = api::headless::LocalServer::start(&data, port, token.as_deref()).await?;
            output.say(&json!({ "url": server.url(), "token": server.token() }), || {
                format!(
                    "Local server at {}\nAccess token: {}\nCtrl+C ends it.",
                    server.url(),
                    server.token()
                )
            });
            wait_for_ctrl_c().await
        }
        Command::Services { port } => {
            let services = api::headless::SampleServices::start(port).await?;
            output.say(&json!({ "url": services.url(), "reused": services.reused() }), || {
                let found =
                    if services.reused() { " (run by another program already)" } else { "" };
                format!("Sample services at {}{found}\nCtrl+C ends them.", services.url())
            });
            wait_for_ctrl_c().await
        }
        command => {
            let host = HeadlessHost;
            let options = Options {
                key_in_file: true,
                secrets_from_environment: true,
                limits: command.limits(),
                ..Options::at(data)
            };
            let api = Api::start(options, Box::new(host)).await?;
            let outcome = with_api(&api, &output, command).await;
            api.shut_down().await;
            outcome
        }
    }
}

async fn with_api(api: &Api, output: &Output, command: Command) -> Result<(), Ending> {
    match command {
        Command::Check { dir } => check::check(api, output, &absolute(&dir)?).await,
        Command::Call { dir, function, parameters, compare, .. } => {
            let app = open(api, &dir).await?;
            let function = function.parse().map_err(|error| Ending::Failed(format!("{error}")))?;
            let request = CallFunction {
                app,
                function,
                parameters: read_object(&parameters)?,
                credential: None,
            };
            if let Some(Runtime::Node) = compare {
                let comparison: Comparison = command_of(api, "compare_call", &request).await?;
                output.comparison(&comparison);
                return if comparison.differences.is_empty() {
                    Ok(())
                } else {
                    Err(Ending::Negative)
                };
            }
            let view =
                command_of::<_, api::types::CallView>(api, "call_function", &request).await?;
            output.call(&view);
            let fits = view
                .diagnostics
                .iter()
                .all(|finding| finding.severity != api::types::Severity::Error);
            if fits && matches!(view.report.outcome, runner::Outcome::Returned { .. }) {
                Ok(())
            } else {
                Err(Ending::Negative)
            }
        }
        Command::Flow { dir, action, answers, mermaid, requests, .. } => {
            let app = open(api, &dir).await?;
            let diagram = mermaid.map(|file| flow::Diagram { file, requests });
            let action = action.as_deref();
            flow::flow(api, output, &app, action, answers.as_deref(), diagram.as_ref()).await
        }
        Command::Publish { dir, server, token, version } => {
            let app = open(api, &dir).await?;
            let token = token.or_else(|| std::env::var("STEPSMITH_TOKEN").ok());
            let token = token.ok_or_else(|| {
                Ending::Failed("no access token: give --token, or set STEPSMITH_TOKEN".to_owned())
            })?;
            let published =
                api::headless::publish_to(api, &app, &server, &token, version.as_deref()).await?;
            output.say(&json!(published), || {
                let mut text = format!("Published as {} to {server}", published.app_id);
                for step in &published.steps {
                    text.push_str(&format!(
                        "\n  {:<9} {} {}",
                        api::word(&step.change),
                        step.what,
                        step.detail
                    ));
                }
                if let Some(version) = &published.version_id {
                    text.push_str(&format!("\nRequested version {version}"));
                }
                text
            });
            Ok(())
        }
        Command::Serve { .. } | Command::Services { .. } => Ok(()),
    }
}

fn absolute(dir: &std::path::Path) -> Result<String, Ending> {
    std::path::absolute(dir)
        .map(|path| path.display().to_string())
        .map_err(|error| Ending::Failed(format!("{}: {error}", dir.display())))
}

/// Runs a command of the api by its name, as the window does.
async fn command_of<Request: serde::Serialize, Answer: serde::de::DeserializeOwned>(
    api: &Api,
    name: &str,
    request: &Request,
) -> Result<Answer, ApiError> {
    let failed = |error: serde_json::Error| ApiError::failed(&error);
    let answer = api::dispatch(api, name, serde_json::to_value(request).map_err(failed)?).await?;
    serde_json::from_value(answer).map_err(failed)
}

/// Opens the app in a folder; its id.
async fn open(api: &Api, dir: &std::path::Path) -> Result<String, Ending> {
    let view: api::types::AppView =
        command_of(api, "open_app", &OpenApp { path: absolute(dir)? }).await?;
    match view.problem {
        None => Ok(view.id),
        Some(problem) => Err(Ending::Failed(output::finding(&problem))),
    }
}

fn read_object(place: &str) -> Result<Map<String, Value>, Ending> {
    let text = if place == "-" {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(place)
    };
    let text = text.map_err(|error| {
        Ending::Failed(format!("the parameters cannot be read from {place}: {error}"))
    })?;
    serde_json::from_str(&text).map_err(|error| {
        Ending::Failed(format!("the parameters in {place} are not a JSON object: {error}"))
    })
}

async fn wait_for_ctrl_c() -> Result<(), Ending> {
    tokio::signal::ctrl_c().await.map_err(|error| Ending::Failed(error.to_string()))
}
