//! What can be typed after `stepsmith`.

use std::path::PathBuf;

use api::types::AppLimits;
use clap::{Parser, Subcommand, ValueEnum};

use crate::limits::LimitArguments;

/// Checks, runs and publishes Moxo Integration Framework apps without a window.
#[derive(Debug, Parser)]
#[command(
    name = "stepsmith",
    version,
    after_help = "Exit codes: 0 = done; 1 = the answer is no (errors found, a call that failed, a flow that did not end as expected); \
2 = it could not be done. Logs go to stderr (STEPSMITH_LOG=debug for more).\n\nSecrets that app.json names are taken from the environment when they are not kept in --data: \
STEPSMITH_SECRET_ and the name in capitals, other characters as _, such as STEPSMITH_SECRET_CLIENT_SECRET. So are the inputs of a custom authorization that the answers' \
\"account\" does not give: STEPSMITH_SECRET_API_KEY for the key api_key or api-key.\n\nWith --json: check prints {\"diagnostics\": [{severity, rule, path, message, \
expected?, nearest?, file?, line?, column?}]}; call prints {id, function, started_at, parameters, report: {outcome, log, http, timing, memory_peak_bytes, code_hash}, \
diagnostics, limits, met_limit?: {limit, value, change}}, and with --compare {call: the same, node: its report, node_version, differences: [{part, place, here?, node?}], notes}; flow prints {\"status\", \"run\": {view, messages, …}}, its timeline in run.messages: {at, stage, from, to, kind, label, payload, call?, function?, detail?, failed}; publish prints \
{app_id, steps: [{what, change, detail}], version_id?, version_status?}; serve and services print {url, …} and go on."
)]
pub struct Arguments {
    /// Print JSON for programs.
    #[arg(long, global = true)]
    pub json: bool,
    /// Keep credentials and history in this folder; without it a run leaves nothing behind.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the bundled runtime can be compared with.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Runtime {
    /// Node.js.
    Node,
}

impl Command {
    /// The limits that were given for this run.
    pub fn limits(&self) -> AppLimits {
        match self {
            Self::Call { limits, .. } | Self::Flow { limits, .. } => limits.limits(),
            Self::Check { .. }
            | Self::Serve { .. }
            | Self::Services { .. }
            | Self::Publish { .. } => AppLimits::default(),
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say what is wrong with an app's files.
    Check {
        /// The app's folder.
        dir: PathBuf,
    },
    /// Run one function.
    Call {
        /// The app's folder.
        dir: PathBuf,
        /// identity, build, action, redirect or webhook.
        function: String,
        /// A file with what `handler` gets, as JSON; - reads it from stdin.
        #[arg(long, value_name = "FILE")]
        parameters: String,
        /// Also run it on the node of the PATH, with the same HTTP answers, and say where the two differ.
        #[arg(long, value_name = "RUNTIME")]
        compare: Option<Runtime>,
        #[command(flatten)]
        limits: LimitArguments,
    },
    /// Walk a whole flow, from authorization to the end.
    Flow {
        /// The app's folder.
        dir: PathBuf,
        /// The action's key; the answers' or the only one when absent.
        #[arg(long, value_name = "KEY")]
        action: Option<String>,
        /// Saved answers; the first file in answers/ for the action when absent.
        #[arg(long, value_name = "FILE")]
        answers: Option<PathBuf>,
        /// Also write the flow as a Mermaid sequence diagram, in place of what stands in the file.
        #[arg(long, value_name = "FILE")]
        mermaid: Option<PathBuf>,
        /// With the HTTP requests of functions in the diagram, which otherwise stand folded in their calls.
        #[arg(long, requires = "mermaid")]
        requests: bool,
        #[command(flatten)]
        limits: LimitArguments,
    },
    /// Run a local server that speaks the developer REST interface.
    Serve {
        /// The port on 127.0.0.1; any free one when absent.
        #[arg(long)]
        port: Option<u16>,
        /// The access token; a random one when absent.
        #[arg(long)]
        token: Option<String>,
    },
    /// Run the sample apps' services.
    Services {
        /// The port on 127.0.0.1; 4870 when absent, which the sample apps name.
        #[arg(long)]
        port: Option<u16>,
    },
    /// Publish an app to a server.
    Publish {
        /// The app's folder.
        dir: PathBuf,
        /// The server's address.
        #[arg(long, value_name = "URL")]
        server: String,
        /// The access token; STEPSMITH_TOKEN when absent, which other programs cannot see.
        #[arg(long)]
        token: Option<String>,
        /// Also request a version under this label.
        #[arg(long, value_name = "LABEL")]
        version: Option<String>,
    },
}
