//! Commands on apps: the start screen, the definition, functions, logo, checks.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use definition::{
    App, FileVersion, FunctionConfig, FunctionKind, Project, ProjectError, SaveError, SecretValue,
};
use serde_json::Value;

use crate::clock::now;
use crate::types::{
    AppRef, AppView, CreateApp, Event, FunctionRef, FunctionSource, Nothing, OpenApp, OpenSample,
    PickFolder, PickedFolder, RecentApp, RecentState, SaveDefinition, SaveDefinitionText,
    SaveFunction, SaveLogo, SaveResult, SetFunctionEnabled, StartScreen,
};
use crate::{Api, ApiError, ErrorCode, credentials, samples};

const RECENT: usize = 20;

/// What the start screen shows.
pub async fn start_screen(api: &Api, _: Nothing) -> Result<StartScreen, ApiError> {
    let recent = api.store().apps().recent(RECENT)?.into_iter().map(recent_app).collect();
    Ok(StartScreen {
        recent,
        samples: samples::list(),
        new_app_folder: api.options().new_app_folder.display().to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

fn recent_app(row: store::AppRow) -> RecentApp {
    let (state, logo, name) = match Project::open(&row.path) {
        Err(_) => (RecentState::Missing, None, None),
        Ok(project) => match project.load() {
            Err(_) => (RecentState::NeedsRepair, None, None),
            Ok(loaded) => (RecentState::Ok, logo_url(&project), Some(loaded.app.name)),
        },
    };
    let name = name.filter(|name| !name.is_empty()).unwrap_or(row.name);
    RecentApp { id: row.id, name, path: row.path, last_opened_at: row.last_opened_at, state, logo }
}

/// Makes a new app with working functions.
pub async fn create_app(api: &Api, request: CreateApp) -> Result<AppView, ApiError> {
    let name = request.name.trim();
    if name.is_empty() {
        return Err(ApiError::invalid("the app needs a name"));
    }
    let parent = Path::new(&request.parent);
    if !parent.is_absolute() {
        return Err(ApiError::invalid(format!(
            "{:?} is not an absolute path: choose the folder for the new app",
            request.parent
        )));
    }
    let project = Project::create(parent.join(folder_name(name)), name)?;
    view_opened(api, &project)
}

/// Letters and digits of the name, lower case, joined by dashes: reads well in git and on every file system.
fn folder_name(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() { "app".to_owned() } else { words.join("-") }
}

/// Opens the app in a folder.
pub async fn open_app(api: &Api, request: OpenApp) -> Result<AppView, ApiError> {
    open(api, &Project::open(&request.path)?).await
}

/// Opens the author's copy of a sample app, and starts the services it talks to.
pub async fn open_sample(api: &Api, request: OpenSample) -> Result<AppView, ApiError> {
    let folder = samples::copy(&request.name, &sample_copies(api))?;
    open(api, &Project::open(folder)?).await
}

/// Where the author's copies of sample apps are.
fn sample_copies(api: &Api) -> PathBuf {
    let folder = api.options().data_folder.join("sample-apps");
    // As projects name their folders; there is none yet before the first sample.
    std::fs::canonicalize(&folder).unwrap_or(folder)
}

async fn open(api: &Api, project: &Project) -> Result<AppView, ApiError> {
    let mut view = view_opened(api, project)?;
    // However a sample app is opened, also from the list of recent ones, it talks to the sample services.
    if project.root().starts_with(sample_copies(api))
        && let Err(error) = crate::services_switch::start(api).await
    {
        view.notices.push(error.message);
    }
    Ok(view)
}

/// The app as it is on disk now.
pub async fn read_app(api: &Api, request: AppRef) -> Result<AppView, ApiError> {
    let (id, project) = api.project(&request.app)?;
    view(api, id, &project, Vec::new())
}

/// Takes the app off the list of recent ones; nothing of it is deleted.
pub async fn forget_app(api: &Api, request: AppRef) -> Result<Nothing, ApiError> {
    api.store().apps().forget(&request.app)?;
    Ok(Nothing {})
}

fn view_opened(api: &Api, project: &Project) -> Result<AppView, ApiError> {
    let path = project.root().display().to_string();
    let folder = project.root().file_name().unwrap_or_default().to_string_lossy().into_owned();
    let name = project.load().map_or(folder, |loaded| loaded.app.name);
    let row = api.store().apps().upsert_by_path(&path, &name, now())?;
    // A database that refuses the secret is no reason not to show the app.
    let notices = adopt_secrets(api, &row.id, project).unwrap_or_else(|error| vec![error.message]);
    api.watch(&row.id, project.root());
    view(api, row.id, project, notices)
}

/// The open apps' secrets, once the secret store can be opened after all.
pub fn adopt_secrets_of_open(api: &Api) {
    for app_id in api.watched() {
        let adopted =
            api.project(&app_id).and_then(|(_, project)| adopt_secrets(api, &app_id, &project));
        match adopted {
            Ok(notices) => {
                for text in notices {
                    api.host().emit(Event::Notice { text, failed: false });
                }
            }
            Err(error) => tracing::warn!("the secrets of {app_id} cannot be kept: {error}"),
        }
    }
}

/// A client secret that stands in app.json in the clear moves into the secret store; app.json keeps its name. That of a sample
/// service is kept without asking. Waits while the secret store is not open.
fn adopt_secrets(api: &Api, app_id: &str, project: &Project) -> Result<Vec<String>, ApiError> {
    let Ok(loaded) = project.load() else { return Ok(Vec::new()) };
    if !api.vault_access().is_open() {
        return Ok(Vec::new());
    }
    let mut app = loaded.app;
    credentials::adopt_demo_secret(api, app_id, &app)?;
    let name = app.authentication.secret_name();
    let words = name.replace('_', " ");
    let Some(place) = app.authentication.secret_mut() else { return Ok(Vec::new()) };
    let SecretValue::Plain(value) = place else { return Ok(Vec::new()) };
    if !value.is_empty() {
        credentials::keep_secret(api, app_id, name, value)?;
    }
    *place = SecretValue::Reference { secret: name.to_owned() };
    match project.save(&app, Some(&loaded.version)) {
        Ok(_) => Ok(vec![format!(
            "The {words} stood in app.json in the clear. It is now in the secret store; app.json keeps only its name."
        )]),
        // The value is safe; the file can be corrected later.
        Err(error) => Ok(vec![format!(
            "The {words} stands in app.json in the clear, and app.json cannot be corrected: {error}"
        )]),
    }
}

fn view(
    api: &Api,
    id: String,
    project: &Project,
    mut notices: Vec<String>,
) -> Result<AppView, ApiError> {
    let (definition, problem, text, version) = match project.load() {
        Ok(loaded) => {
            (Some(hide_plain_secret(loaded.app)), None, None, loaded.version.as_str().to_owned())
        }
        Err(error) => {
            let (text, version) =
                project.load_text().map_or((None, String::new()), |(text, version)| {
                    (Some(text), version.as_str().to_owned())
                });
            (None, Some(error.diagnostic()), text, version)
        }
    };
    let answers = project.answers().unwrap_or_else(|error| {
        notices.push(error.to_string());
        Vec::new()
    });
    Ok(AppView {
        id,
        path: project.root().display().to_string(),
        definition,
        definition_version: version,
        problem,
        definition_text: text,
        logo: logo_url(project),
        answers: answers.into_iter().map(|file| file.name).collect(),
        redirect_uri: api.redirect_uri()?,
        notices,
    })
}

/// The window gets no secret value, also while one stands in the file.
fn hide_plain_secret(mut app: App) -> App {
    let name = app.authentication.secret_name();
    if let Some(place @ SecretValue::Plain(_)) = app.authentication.secret_mut() {
        *place = SecretValue::Reference { secret: name.to_owned() };
    }
    app
}

fn logo_url(project: &Project) -> Option<String> {
    project.read_logo().ok().flatten().map(|logo| data_url(logo.bytes()))
}

/// A PNG as the window can show it.
pub fn data_url(png: &[u8]) -> String {
    format!("data:image/png;base64,{}", STANDARD.encode(png))
}

/// Saves app.json.
pub async fn save_definition(api: &Api, request: SaveDefinition) -> Result<SaveResult, ApiError> {
    let (id, project) = api.project(&request.app)?;
    keep_hidden_secret(api, &id, &project, &request.definition)?;
    let result =
        save_result(project.save(&request.definition, Some(&version(&request.base_version)?)))?;
    keep_snapshot(
        api,
        &id,
        definition::APP_JSON,
        &project.load_text().map(|(text, _)| text).unwrap_or_default(),
    );
    Ok(result)
}

/// The window was shown the name of a secret that still stands in app.json in the clear, and is about to write the name over
/// it: the value is kept first, or nothing is saved.
fn keep_hidden_secret(
    api: &Api,
    app_id: &str,
    project: &Project,
    new: &App,
) -> Result<(), ApiError> {
    let Ok(loaded) = project.load() else { return Ok(()) };
    let old = loaded.app.authentication.secret();
    let new = new.authentication.secret();
    match (old, new) {
        (Some(SecretValue::Plain(value)), Some(SecretValue::Reference { secret: name }))
            if !value.is_empty() =>
        {
            credentials::keep_secret(api, app_id, name, value)
        }
        _ => Ok(()),
    }
}

/// Saves app.json as text.
pub async fn save_definition_text(
    api: &Api,
    request: SaveDefinitionText,
) -> Result<SaveResult, ApiError> {
    let (id, project) = api.project(&request.app)?;
    let result =
        save_result(project.save_text(&request.text, Some(&version(&request.base_version)?)))?;
    keep_snapshot(api, &id, definition::APP_JSON, &request.text);
    adopt_secrets(api, &id, &project)?;
    Ok(result)
}

/// A function's index.js.
pub async fn read_function(api: &Api, request: FunctionRef) -> Result<FunctionSource, ApiError> {
    let (_, project) = api.project(&request.app)?;
    match project.read_function(request.function) {
        Ok(source) => Ok(FunctionSource {
            function: request.function,
            path_in_app: source.path_in_app,
            code: source.code,
            version: source.version.as_str().to_owned(),
        }),
        Err(error @ ProjectError::FileMissing { .. }) => {
            Err(ApiError::new(ErrorCode::NotFound, error.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}

/// Saves a function's index.js.
pub async fn save_function(api: &Api, request: SaveFunction) -> Result<SaveResult, ApiError> {
    let (id, project) = api.project(&request.app)?;
    // An empty base version = the file was missing when the edit began.
    let base = version(&request.base_version)?;
    let expected = (!request.base_version.is_empty()).then_some(&base);
    let result = save_result(project.write_function(request.function, &request.code, expected))?;
    if matches!(result, SaveResult::Saved { .. }) {
        keep_snapshot(api, &id, &definition::index_js(request.function), &request.code);
    }
    Ok(result)
}

/// Switches a function on or off. Off keeps its code.
pub async fn set_function_enabled(
    api: &Api,
    request: SetFunctionEnabled,
) -> Result<AppView, ApiError> {
    let kind: FunctionKind = request.function;
    let (id, project) = api.project(&request.app)?;
    let mut loaded = project.load()?;
    if !request.enabled && !kind.can_be_switched_off() {
        return Err(ApiError::refused(format!(
            "the {kind} function always exists: only redirect and webhook can be switched off"
        )));
    }
    if request.enabled {
        project.ensure_function(kind)?;
        loaded.app.function_mut(kind).get_or_insert_with(FunctionConfig::default);
    } else {
        *loaded.app.function_mut(kind) = None;
    }
    project.save(&loaded.app, Some(&loaded.version))?;
    view(api, id, &project, Vec::new())
}

/// Replaces the logo.
pub async fn save_logo(api: &Api, request: SaveLogo) -> Result<AppView, ApiError> {
    let (id, project) = api.project(&request.app)?;
    let bytes = STANDARD
        .decode(&request.base64)
        .map_err(|error| ApiError::invalid(format!("the logo is not base64: {error}")))?;
    project.write_logo(bytes)?;
    view(api, id, &project, Vec::new())
}

/// Takes the logo away.
pub async fn remove_logo(api: &Api, request: AppRef) -> Result<AppView, ApiError> {
    let (id, project) = api.project(&request.app)?;
    project.remove_logo()?;
    view(api, id, &project, Vec::new())
}

/// What is wrong with the app's files, the code's syntax included.
pub async fn check_app(
    api: &Api,
    request: AppRef,
) -> Result<Vec<definition::Diagnostic>, ApiError> {
    let (_, project) = api.project(&request.app)?;
    let mut findings = project.check();
    if let Ok(loaded) = project.load() {
        findings.extend(crate::calls::check_syntax(api, &project, &loaded.app).await);
    }
    Ok(findings)
}

/// Asks for a folder.
pub async fn pick_folder(api: &Api, request: PickFolder) -> Result<PickedFolder, ApiError> {
    let api = api.clone();
    // The system's dialog blocks until it is closed.
    let picked = tokio::task::spawn_blocking(move || {
        api.host().pick_folder(&request.title, request.start.map(PathBuf::from))
    })
    .await;
    let path = picked.map_err(|error| ApiError::failed(&error))?;
    Ok(PickedFolder { path: path.map(|path| path.display().to_string()) })
}

fn version(text: &str) -> Result<FileVersion, ApiError> {
    serde_json::from_value(Value::from(text)).map_err(|error| ApiError::failed(&error))
}

fn save_result(saved: Result<FileVersion, SaveError>) -> Result<SaveResult, ApiError> {
    match saved {
        Ok(version) => Ok(SaveResult::Saved { version: version.as_str().to_owned() }),
        Err(SaveError::Conflict { current_text, current_version, .. }) => {
            Ok(SaveResult::Conflict {
                current_version: current_version
                    .map(|version| version.as_str().to_owned())
                    .unwrap_or_default(),
                current_text: current_text.unwrap_or_default(),
            })
        }
        Err(error) => Err(error.into()),
    }
}

/// Every save is kept in the database too. A failure there must not stop a save that is on disk already.
fn keep_snapshot(api: &Api, app_id: &str, path_in_app: &str, text: &str) {
    if let Err(error) = api.store().snapshots().save(app_id, path_in_app, text.as_bytes(), now()) {
        api.host().emit(Event::Notice {
            text: format!("a copy of {path_in_app} could not be kept: {error}"),
            failed: true,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::folder_name;

    #[test]
    fn folder_names_read_well() {
        assert_eq!(folder_name("My E-Sign App!"), "my-e-sign-app");
        assert_eq!(folder_name("../../etc"), "etc");
        assert_eq!(folder_name("日本"), "日本");
        assert_eq!(folder_name("***"), "app");
    }
}
