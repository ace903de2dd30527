//! Servers, and publishing apps to them (contract chapter 13).

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use definition::{FunctionKind, Project, SecretValue, Severity};
use publish::{Change, Client, LocalApp, Part, Plan, PlanStep, Publication, Secret, ServerAddress};
use serde::{Deserialize, Serialize};

use crate::clock::now;
use crate::types::{
    Event, Nothing, Publish, PublishChange, PublishPlan, PublishStep, PublishTarget, Published,
    SaveServer, ServerRef, ServerView,
};
use crate::{Api, ApiError, credentials, local_server};

const SERVERS_SETTING: &str = "servers";
/// The id of the server that this program can run itself.
const LOCAL: &str = "local";

/// A server as it is remembered; its token stands elsewhere, sealed.
#[derive(Clone, Serialize, Deserialize)]
struct Server {
    id: String,
    name: String,
    url: String,
}

fn remembered(api: &Api) -> Result<Vec<Server>, ApiError> {
    Ok(api.store().settings().get(SERVERS_SETTING)?.unwrap_or_default())
}

fn token_setting(id: &str) -> String {
    format!("server_token.{id}")
}

fn token(api: &Api, id: &str) -> Result<Option<secrets::Secret>, ApiError> {
    let Some(sealed) = api.store().settings().get::<String>(&token_setting(id))? else {
        return Ok(None);
    };
    let sealed = STANDARD.decode(sealed).map_err(|error| ApiError::failed(&error))?;
    let opened = api.vault()?.open_sealed(&sealed, &token_setting(id))?;
    Ok(opened.to_text())
}

fn keep_token(api: &Api, id: &str, token: &str) -> Result<(), ApiError> {
    let sealed = api.vault()?.seal(token.as_bytes(), &token_setting(id))?;
    Ok(api.store().settings().set(&token_setting(id), &STANDARD.encode(sealed))?)
}

/// The local server first, then the remembered ones.
pub async fn list_servers(api: &Api, _: Nothing) -> Result<Vec<ServerView>, ApiError> {
    let mut servers = vec![local_view(local_server::find(api).await)];
    for server in remembered(api)? {
        servers.push(view(api, server)?);
    }
    Ok(servers)
}

fn local_view(address: Option<local_server::Address>) -> ServerView {
    ServerView {
        id: LOCAL.to_owned(),
        name: "Local server".to_owned(),
        running: address.is_some(),
        url: address.map(|address| address.url).unwrap_or_default(),
        local: true,
        has_token: true,
    }
}

fn view(api: &Api, server: Server) -> Result<ServerView, ApiError> {
    let has_token = api.store().settings().get::<String>(&token_setting(&server.id))?.is_some();
    Ok(ServerView {
        id: server.id,
        name: server.name,
        url: server.url,
        local: false,
        running: true,
        has_token,
    })
}

/// Remembers a server.
pub async fn save_server(api: &Api, request: SaveServer) -> Result<ServerView, ApiError> {
    let address: ServerAddress = request
        .url
        .parse()
        .map_err(|error: publish::AddressError| ApiError::invalid(error.to_string()))?;
    let mut servers = remembered(api)?;
    let id = request.id.unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
    let name = if request.name.trim().is_empty() {
        address.to_string()
    } else {
        request.name.trim().to_owned()
    };
    let server = Server { id: id.clone(), name, url: address.to_string() };
    match servers.iter_mut().find(|known| known.id == id) {
        Some(known) => *known = server.clone(),
        None => servers.push(server.clone()),
    }
    if let Some(token) = request.token.filter(|token| !token.is_empty()) {
        keep_token(api, &id, token.expose())?;
    }
    api.store().settings().set(SERVERS_SETTING, &servers)?;
    api.host().emit(Event::ServersChanged);
    view(api, server)
}

/// Forgets a server and its token.
pub async fn remove_server(api: &Api, request: ServerRef) -> Result<Nothing, ApiError> {
    let mut servers = remembered(api)?;
    servers.retain(|server| server.id != request.server);
    api.store().settings().set(SERVERS_SETTING, &servers)?;
    api.store().settings().remove(&token_setting(&request.server))?;
    api.host().emit(Event::ServersChanged);
    Ok(Nothing {})
}

/// Starts the local server.
pub async fn start_local_server(api: &Api, _: Nothing) -> Result<ServerView, ApiError> {
    Ok(local_view(Some(local_server::start(api).await?)))
}

/// Stops the local server; what was published to it stays.
pub async fn stop_local_server(api: &Api, _: Nothing) -> Result<ServerView, ApiError> {
    local_server::stop(api).await;
    Ok(local_view(None))
}

/// A client for a server that is remembered, or the local one.
async fn reach(api: &Api, id: &str) -> Result<Client, ApiError> {
    if id == LOCAL {
        let address = local_server::find(api).await;
        let address =
            address.ok_or_else(|| ApiError::refused("the local server is off: start it first"))?;
        return client(&address.url, &address.token);
    }
    let server = remembered(api)?.into_iter().find(|server| server.id == id);
    let server = server.ok_or_else(|| ApiError::not_found("this server"))?;
    let token = token(api, id)?.ok_or_else(|| {
        ApiError::refused(format!("there is no access token for {}: enter it first", server.name))
    })?;
    client(&server.url, token.expose())
}

/// A client for a server that is named by its address.
pub fn client(url: &str, token: &str) -> Result<Client, ApiError> {
    let address: ServerAddress =
        url.parse().map_err(|error: publish::AddressError| ApiError::invalid(error.to_string()))?;
    Client::new(address, &Secret::new(token)).map_err(|error| ApiError::failed(&error))
}

/// What publishing would do.
pub async fn plan_publish(api: &Api, request: PublishTarget) -> Result<PublishPlan, ApiError> {
    let client = reach(api, &request.server).await?;
    let (app_id, project) = api.project(&request.app)?;
    let blockers =
        project.check().into_iter().filter(|finding| finding.severity == Severity::Error).collect();
    let plan = plan(api, &client, &app_id, &project).await?;
    Ok(PublishPlan {
        app_id: plan.app_id().map(str::to_owned),
        steps: plan.steps().into_iter().map(step).collect(),
        blockers,
    })
}

/// Publishes an app.
pub async fn publish(api: &Api, request: Publish) -> Result<Published, ApiError> {
    let client = reach(api, &request.server).await?;
    publish_to(api, client, &request.app, request.version_label.as_deref()).await
}

/// Publishes an app to a server that is named by its address.
pub async fn publish_to(
    api: &Api,
    client: Client,
    app: &str,
    version_label: Option<&str>,
) -> Result<Published, ApiError> {
    let (app_id, project) = api.project(app)?;
    let first_error =
        project.check().into_iter().find(|finding| finding.severity == Severity::Error);
    if let Some(finding) = first_error {
        let place = finding.file.as_deref().unwrap_or("app.json");
        return Err(ApiError::invalid(format!(
            "the app has errors, the first in {place}: {}. Correct them first.",
            finding.message
        )));
    }
    let mut plan = plan(api, &client, &app_id, &project).await?;
    if let Some(label) = version_label.map(str::trim).filter(|label| !label.is_empty()) {
        plan = plan.with_version(label);
    }
    let server = client.address().to_string();
    let progress = |progress: publish::Progress| {
        api.host().emit(Event::PublishProgress {
            app: app_id.clone(),
            what: part_name(progress.step.what).to_owned(),
            done: progress.state == publish::ProgressState::Done,
        });
    };
    let published = Publication::new(client).execute(plan, progress).await;
    let remote_app_id = match &published {
        Ok(published) => Some(published.app_id.clone()),
        Err(error) => error.app_id.clone(),
    };
    // Also when it stopped half-way: the next time goes on with the same app.
    if let Some(remote_app_id) = &remote_app_id {
        remember_publication(api, &app_id, &project, &server, remote_app_id, version_label)?;
    }
    let published = published.map_err(|error| ApiError::failed(&error))?;
    Ok(Published {
        app_id: published.app_id,
        steps: published.steps.into_iter().map(step).collect(),
        version_status: published.version.as_ref().map(|version| version.status.clone()),
        version_id: published.version.map(|version| version.version_id),
    })
}

async fn plan(
    api: &Api,
    client: &Client,
    app_id: &str,
    project: &Project,
) -> Result<Plan, ApiError> {
    let local = local_app(api, app_id, project)?;
    let server = client.address().to_string();
    let known = api.store().publications().latest(app_id, &server)?.map(|row| row.remote_app_id);
    let remote = match known.or_else(|| local.definition.app_id.clone()) {
        Some(id) => client.remote_app(&id).await.map_err(|error| ApiError::failed(&error))?,
        None => None,
    };
    Plan::new(&local, remote.as_ref()).map_err(|error| ApiError::invalid(error.to_string()))
}

fn local_app(api: &Api, app_id: &str, project: &Project) -> Result<LocalApp, ApiError> {
    let definition = project.load()?.app;
    let mut functions = BTreeMap::new();
    for kind in FunctionKind::ALL {
        if definition.function(kind).is_some() {
            functions.insert(
                kind,
                definition::function_zip(project, kind)
                    .map_err(|error| ApiError::failed(&error))?,
            );
        }
    }
    let logo = project.read_logo()?.map(definition::Logo::into_bytes);
    let mut local = LocalApp { definition, secrets: BTreeMap::new(), logo, functions };
    if let Some(SecretValue::Plain(_)) = local.definition.authentication.secret() {
        return Err(ApiError::invalid(format!(
            "the {} stands in app.json in the clear: open the app in the window, which moves it",
            local.definition.authentication.secret_name().replace('_', " ")
        )));
    }
    for name in local.secret_names() {
        if let Some(value) = credentials::secret(api, app_id, &name)? {
            local.secrets.insert(name, Secret::new(value.expose()));
        }
    }
    Ok(local)
}

/// The server's id of the app is kept for this server, and in app.json when there is none yet.
fn remember_publication(
    api: &Api,
    app_id: &str,
    project: &Project,
    server: &str,
    remote_app_id: &str,
    label: Option<&str>,
) -> Result<(), ApiError> {
    let loaded = project.load()?;
    let content_hash = loaded.version.as_str().to_owned();
    let new =
        store::NewPublication { app_id, server, remote_app_id, label, content_hash: &content_hash };
    api.store().publications().insert(&new, now())?;
    if loaded.app.app_id.is_none() {
        let mut app = loaded.app;
        app.app_id = Some(remote_app_id.to_owned());
        project.save(&app, Some(&loaded.version))?;
    }
    Ok(())
}

/// `PublishStep::what` of a part.
fn part_name(part: Part) -> &'static str {
    match part {
        Part::App => "app",
        Part::Authentication => "authentication",
        Part::Logo => "logo",
        Part::IdentityFunction => "functions/identity",
        Part::BuildFunction => "functions/build",
        Part::ActionFunction => "functions/action",
        Part::RedirectFunction => "functions/redirect",
        Part::WebhookFunction => "functions/webhook",
        Part::Version => "version",
    }
}

fn step(step: PlanStep) -> PublishStep {
    let change = match step.change {
        Change::Create => PublishChange::Create,
        Change::Update => PublishChange::Update,
        Change::Unchanged => PublishChange::Unchanged,
        Change::Delete => PublishChange::Delete,
    };
    PublishStep { what: part_name(step.what).to_owned(), change, detail: step.detail }
}
