//! Running functions, and what is kept of it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use definition::{ActionType, App, Diagnostic, FunctionKind, Project};
use flow::run::{CallFailure, Exchange};
use runner::{CallReport, CallRequest, Limits, Outcome};
use serde_json::{Map, Value, json};

use crate::clock::now;
use crate::types::{
    CallFunction, CallRef, CallSummary, CallView, ListCalls, UploadFile, UploadedFile,
};
use crate::{Api, ApiError, credentials, history, limits, redaction};

/// Bytes of an uploaded file.
const MAX_UPLOAD: usize = 10 << 20;
const LISTED: usize = 200;

/// A call to make.
pub struct CallPlan<'a> {
    /// Whose function.
    pub app_id: &'a str,
    /// Where its code is.
    pub project: &'a Project,
    /// Which function.
    pub function: FunctionKind,
    /// What `handler` gets, credential and identity included.
    pub parameters: Map<String, Value>,
    /// The flow run it belongs to.
    pub flow_run: Option<&'a str>,
    /// For the contract's rules: what kind of process it is.
    pub action_type: Option<ActionType>,
    /// For the contract's rules: what Build declared.
    pub declared: Vec<definition::DeclaredVariable>,
}

/// A call that was made and is recorded.
pub struct FinishedCall {
    /// Its id in the store.
    pub id: String,
    /// The return value, or why there is none; not masked: for the state machine.
    pub result: Result<Value, CallFailure>,
    /// What it did over HTTP, in short.
    pub exchanges: Vec<Exchange>,
}

/// A call with everything that must not be kept of it: unmasked, for what runs the same call once more.
pub struct WholeCall {
    /// As it is recorded.
    pub finished: FinishedCall,
    /// What was run.
    pub request: CallRequest,
    /// What came of it, not masked.
    pub report: CallReport,
    /// Masks what is secret in the two above.
    pub redactor: secrets::Redactor,
}

/// Runs a function in a worker and records what came of it, with secrets masked.
pub async fn run(api: &Api, plan: CallPlan<'_>) -> Result<FinishedCall, ApiError> {
    let Made { plan, started_at, request, report } = make(api, plan).await?;
    let (finished, _) = record(api, &plan, started_at, request, &report)?;
    Ok(finished)
}

/// A call that was made and is not recorded yet; the plan's parameters are in the request.
struct Made<'a> {
    plan: CallPlan<'a>,
    started_at: i64,
    request: CallRequest,
    report: CallReport,
}

async fn make<'a>(api: &Api, mut plan: CallPlan<'a>) -> Result<Made<'a>, ApiError> {
    let started_at = now();
    let request = CallRequest {
        package: plan.project.function_dir(plan.function),
        label: format!("functions/{}", plan.function),
        parameters: Value::Object(std::mem::take(&mut plan.parameters)),
        limits: limits::limits_for(api, plan.app_id)?,
    };
    let report = api.pool().call(request.clone()).await;
    Ok(Made { plan, started_at, request, report })
}

/// Writes down what came of a call, and gives what masks its secrets.
fn record(
    api: &Api,
    plan: &CallPlan<'_>,
    started_at: i64,
    request: CallRequest,
    report: &CallReport,
) -> Result<(FinishedCall, secrets::Redactor), ApiError> {
    let CallRequest { mut parameters, limits, .. } = request;
    let id = uuid::Uuid::new_v4().to_string();
    let credential = parameters.get("credential").cloned().unwrap_or_default();
    let redactor = redaction::with_credential(api, plan.app_id, &credential)?;
    let diagnostics = match &report.outcome {
        Outcome::Returned { value } => {
            definition::check_return(plan.function, plan.action_type, &plan.declared, value)
        }
        Outcome::Failed { .. } => Vec::new(),
    };
    let webhook = parameters.pointer("/callback/webhook").and_then(Value::as_str);
    let finished = FinishedCall {
        id: id.clone(),
        result: result_of(report, &limits),
        exchanges: exchanges(report, started_at, webhook),
    };

    redactor.redact_json(&mut parameters);
    let mut kept = json!({ "report": report, "diagnostics": diagnostics });
    redactor.redact_json(&mut kept);
    kept["limits"] = json!(limits);
    api.store().calls().insert(&store::StoredCall {
        row: store::CallRow {
            id,
            app_id: plan.app_id.to_owned(),
            flow_run_id: plan.flow_run.map(str::to_owned),
            function: plan.function.to_string(),
            started_at,
            ok: matches!(report.outcome, Outcome::Returned { .. }),
            code_hash: report.code_hash.clone(),
            total_ms: report.timing.total_ms,
        },
        texts: history::of_call(&parameters, &kept),
        parameters,
        report: kept,
    })?;
    Ok((finished, redactor))
}

fn result_of(report: &CallReport, given: &Limits) -> Result<Value, CallFailure> {
    match &report.outcome {
        Outcome::Returned { value } => Ok(value.clone()),
        Outcome::Failed { failure } => Err(CallFailure {
            message: limits::met(report, given).map_or_else(
                || failure.message.clone(),
                |met| format!("{} {}", failure.message, met.change),
            ),
            stack: (!failure.stack.is_empty()).then(|| failure.stack.clone()),
        }),
    }
}

/// What the flow is told of a call's HTTP requests. The report counts from the call's own begin.
fn exchanges(report: &CallReport, started_at: i64, webhook: Option<&str>) -> Vec<Exchange> {
    // No call takes so long that this cuts anything off; what is no number counts as 0.
    #[expect(clippy::cast_possible_truncation, reason = "as above")]
    let at = |ms: f64| started_at.saturating_add(ms.round() as i64);
    let carries = |exchange: &runner::HttpExchange| {
        let Some(webhook) = webhook else { return false };
        // JSON may escape the slashes.
        let escaped = webhook.replace('/', "\\/");
        let encoded: String = url::form_urlencoded::byte_serialize(webhook.as_bytes()).collect();
        [&exchange.url].into_iter().chain(exchange.request_body.text.as_ref()).any(|text| {
            text.contains(webhook) || text.contains(&escaped) || text.contains(&encoded)
        })
    };
    let short = |exchange: &runner::HttpExchange| Exchange {
        method: exchange.method.clone(),
        url: exchange.url.clone(),
        status: exchange.status,
        started_at: at(exchange.at_ms),
        // Between the rounded ends, so that one request's answer and the next request keep their order.
        duration_ms: at(exchange.at_ms + exchange.duration_ms) - at(exchange.at_ms),
        carried_webhook_url: carries(exchange),
    };
    report.http.iter().map(short).collect()
}

/// Compiles every function that exists, without running it.
pub async fn check_syntax(api: &Api, project: &Project, app: &App) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for kind in FunctionKind::ALL {
        if app.function(kind).is_none() || !project.function_dir(kind).join("index.js").is_file() {
            continue;
        }
        if let Some(failure) = syntax_error(api, project, kind).await {
            let mut finding = Diagnostic::error("function.syntax", "", failure.message.clone());
            finding.file = Some(failure.file.unwrap_or_else(|| definition::index_js(kind)));
            finding.line = failure.line;
            finding.column = failure.column;
            findings.push(finding);
        }
    }
    findings
}

/// Why a function's code cannot be compiled; `None` = it can, or it cannot be read, which another check says.
async fn syntax_error(api: &Api, project: &Project, kind: FunctionKind) -> Option<runner::Failure> {
    let source = project.read_function(kind).ok()?;
    let manifest = std::fs::read_to_string(project.function_dir(kind).join("package.json")).ok();
    api.pool().compile(&format!("functions/{kind}"), source.code, manifest).await
}

/// Runs one function by itself.
pub async fn call_function(api: &Api, request: CallFunction) -> Result<CallView, ApiError> {
    let whole = run_alone(api, request).await?;
    read_call(api, CallRef { call: whole.finished.id }).await
}

/// The same with all that came of it.
pub async fn run_alone(api: &Api, request: CallFunction) -> Result<WholeCall, ApiError> {
    let CallFunction { app, function, mut parameters, credential } = request;
    let (app_id, project) = api.project(&app)?;
    let app = project.load()?.app;
    if let Some(credential) = &credential {
        credentials::add_to(api, &app, credential, &mut parameters).await?;
    }
    let key = parameters
        .get("context")
        .and_then(|context| context.get("action_key"))
        .and_then(Value::as_str);
    let action_type = key.and_then(|key| app.action(key)).map(|action| action.action_type);
    let plan = CallPlan {
        app_id: &app_id,
        project: &project,
        function,
        parameters,
        flow_run: None,
        action_type,
        declared: Vec::new(),
    };
    let Made { plan, started_at, request, report } = make(api, plan).await?;
    let (finished, redactor) = record(api, &plan, started_at, request.clone(), &report)?;
    Ok(WholeCall { finished, request, report, redactor })
}

/// What a call left behind.
pub async fn read_call(api: &Api, request: CallRef) -> Result<CallView, ApiError> {
    let mut stored =
        api.store().calls().get(&request.call)?.ok_or_else(|| ApiError::not_found("this call"))?;
    let part = |value: Option<&mut Value>| value.map(Value::take).unwrap_or_default();
    let report: CallReport = serde_json::from_value(part(stored.report.get_mut("report")))
        .map_err(|error| ApiError::failed(&error))?;
    let diagnostics = serde_json::from_value(part(stored.report.get_mut("diagnostics")))
        .map_err(|error| ApiError::failed(&error))?;
    // Calls of earlier versions do not tell.
    let limits: Option<Limits> = serde_json::from_value(part(stored.report.get_mut("limits")))
        .map_err(|error| ApiError::failed(&error))?;
    Ok(CallView {
        id: stored.row.id,
        function: function(&stored.row.function)?,
        flow_run: stored.row.flow_run_id,
        started_at: stored.row.started_at,
        parameters: stored.parameters,
        met_limit: limits.as_ref().and_then(|limits| limits::met(&report, limits)),
        limits,
        report,
        diagnostics,
    })
}

/// The latest calls of an app.
pub async fn list_calls(api: &Api, request: ListCalls) -> Result<Vec<CallSummary>, ApiError> {
    let wanted = request.function.map(FunctionKind::as_str);
    let rows = api.store().calls().list(&request.app, wanted, LISTED, None)?;
    rows.into_iter()
        .map(|row| {
            Ok(CallSummary {
                id: row.id,
                function: function(&row.function)?,
                started_at: row.started_at,
                total_ms: row.total_ms,
                ok: row.ok,
            })
        })
        .collect()
}

fn function(word: &str) -> Result<FunctionKind, ApiError> {
    word.parse().map_err(|error: definition::function::UnknownFunction| ApiError::failed(&error))
}

/// Keeps a file for a form input of type `file`.
pub async fn upload_file(api: &Api, request: UploadFile) -> Result<UploadedFile, ApiError> {
    let bytes = STANDARD
        .decode(&request.base64)
        .map_err(|error| ApiError::invalid(format!("the file is not base64: {error}")))?;
    if bytes.len() > MAX_UPLOAD {
        return Err(ApiError::invalid(format!(
            "{} has {} bytes; at most {MAX_UPLOAD} can be uploaded",
            request.name,
            bytes.len()
        )));
    }
    let row = api.store().files().insert(&request.name, &request.mime_type, &bytes, now())?;
    Ok(UploadedFile { url: api.gateway().file_url(&row.id), name: row.name })
}
