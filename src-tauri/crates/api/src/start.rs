//! Starting the program: data folder, database, secrets, workers, gateway; and ending it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use definition::Project;
use gateway::{Gateway, GatewayConfig, GatewayError, PathToken};
use runner::{Pool, PoolConfig};
use secrets::Vault;
use store::{AppLimits, Store};

use crate::authorizations::Attempts;
use crate::exchanges::Exchanges;
use crate::flow_runs::Drives;
use crate::host::Host;
use crate::instance::Instance;
use crate::local_server::LocalServer;
use crate::redaction::Redactors;
use crate::redirect::RedirectListener;
use crate::services_switch::ServicesSwitch;
use crate::vault::VaultAccess;
use crate::watch::Watches;
use crate::{ApiError, callbacks, credentials, instance, redirect};

/// Where the program keeps things, and what it may do.
#[derive(Clone, Debug)]
pub struct Options {
    /// The database, the keys, copies of sample apps.
    pub data_folder: PathBuf,
    /// Offered as the place for a new app.
    pub new_app_folder: PathBuf,
    /// The program that is started as script worker; absent = this very program.
    pub worker_program: Option<PathBuf>,
    /// Keep the key of the secret store in a file even where there is a keychain.
    pub key_in_file: bool,
    /// Take secrets that are not kept here from the environment: `STEPSMITH_SECRET_` and the name in capitals.
    pub secrets_from_environment: bool,
    /// The port of the sample services.
    pub services_port: u16,
    /// How long an authorization may take; absent = five minutes.
    pub authorization_patience: Option<std::time::Duration>,
    /// How long a provider may take for one answer; absent = half a minute.
    pub answer_patience: Option<std::time::Duration>,
    /// What calls of this process may use, whatever the settings and an app's own limits say; not kept. Each that is there has
    /// to be within [`crate::limits::BOUNDS`].
    pub limits: AppLimits,
}

/// The variable that names another data folder.
pub const DATA_VARIABLE: &str = "STEPSMITH_DATA";

impl Options {
    /// Those of the desktop app: the user's own data folder, or the one that [`DATA_VARIABLE`] names.
    pub fn desktop() -> Self {
        let own = || {
            directories::ProjectDirs::from("app", "Stepsmith", "stepsmith")
                .map(|dirs| dirs.data_dir().to_path_buf())
        };
        let named =
            std::env::var_os(DATA_VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
        Self::at(named.or_else(own).unwrap_or_else(|| std::env::temp_dir().join("stepsmith")))
    }

    /// Those of a program with a data folder of its own.
    pub fn at(data_folder: PathBuf) -> Self {
        let user = directories::UserDirs::new();
        let new_app_folder =
            user.map(|user| user.document_dir().unwrap_or(user.home_dir()).to_path_buf());
        Self {
            new_app_folder: new_app_folder.unwrap_or_else(|| data_folder.clone()),
            data_folder,
            worker_program: None,
            key_in_file: false,
            secrets_from_environment: false,
            services_port: services::DEFAULT_PORT,
            authorization_patience: None,
            answer_patience: None,
            limits: AppLimits::default(),
        }
    }
}

/// Why the program cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another instance uses the data folder; it has been asked to show itself.
    #[error("Stepsmith runs already on this data folder; its window has been brought to the front")]
    AlreadyRunning,
    /// The data folder cannot be made or locked.
    #[error(
        "the data folder {path} cannot be used: {source}. Make it writable, or name another one in {DATA_VARIABLE}"
    )]
    DataFolder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// The gateway.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
}

/// The database of a data folder.
pub(crate) fn database(data_folder: &Path) -> PathBuf {
    data_folder.join("stepsmith.db")
}

/// The program without a window. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Api(Arc<Inner>);

struct Inner {
    options: Options,
    host: Box<dyn Host>,
    store: Store,
    vault: VaultAccess,
    pool: Pool,
    gateway: Gateway,
    attempts: Attempts,
    drives: Drives,
    refreshes: credentials::Refreshes,
    exchanges: Exchanges,
    redirect_listener: RedirectListener,
    redactors: Redactors,
    watches: Watches,
    local_server: LocalServer,
    services: ServicesSwitch,
    // Held to the end: a second instance finds the folder locked.
    _instance: Instance,
}

/// The api for those that live inside it and must not keep it alive.
#[derive(Clone, Default)]
pub(crate) struct WeakApi(Arc<Mutex<Weak<Inner>>>);

impl WeakApi {
    pub(crate) fn get(&self) -> Option<Api> {
        lock(&self.0).upgrade().map(Api)
    }

    fn set(&self, api: &Api) {
        *lock(&self.0) = Arc::downgrade(&api.0);
    }
}

/// A poisoned lock guards plain data that is whole between any two statements here.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Api {
    /// Starts everything, on the current Tokio runtime, and goes on with what the last process left behind.
    ///
    /// # Errors
    /// Each part's own; [`StartError::AlreadyRunning`] when another instance has the data folder. A secret store that cannot
    /// be opened is no reason not to start: the command `vault_status` says why, `open_vault` tries again.
    pub async fn start(options: Options, host: Box<dyn Host>) -> Result<Self, StartError> {
        make_private_folder(&options.data_folder).map_err(|source| StartError::DataFolder {
            path: options.data_folder.clone(),
            source,
        })?;
        let instance = match instance::acquire(&options.data_folder) {
            Ok(Some(instance)) => instance,
            Ok(None) => {
                instance::ask_to_show(&options.data_folder).await;
                return Err(StartError::AlreadyRunning);
            }
            Err(source) => {
                return Err(StartError::DataFolder { path: options.data_folder.clone(), source });
            }
        };
        let store = Store::open(&database(&options.data_folder))?;
        let vault = VaultAccess::open(&options).await;
        let mut workers = PoolConfig::default();
        if let Some(program) = &options.worker_program {
            workers.program.clone_from(program);
        }
        let pool = Pool::new(workers);

        let inside = WeakApi::default();
        let (gateway, moved) = start_gateway(&store, inside.clone()).await?;
        instance.announce(gateway.base_url());

        let api = Self(Arc::new(Inner {
            options,
            host,
            store,
            vault,
            pool,
            gateway,
            attempts: Attempts::default(),
            drives: Drives::default(),
            refreshes: credentials::Refreshes::default(),
            exchanges: Exchanges::default(),
            redirect_listener: RedirectListener::default(),
            redactors: Redactors::default(),
            watches: Watches::default(),
            local_server: LocalServer::default(),
            services: ServicesSwitch::default(),
            _instance: instance,
        }));
        // Before callbacks can come in, which begin things of this process.
        let runs = crate::flow_runs::left_behind(&api);
        callbacks::release_running(&api);
        inside.set(&api);
        if let Some(text) = moved {
            tracing::warn!("{text}");
            api.host().emit(crate::Event::Notice { text, failed: true });
        }
        if let Err(error) = redirect::listen(&api).await {
            tracing::warn!("{error}");
            api.host().emit(crate::Event::Notice { text: error.message, failed: true });
        }
        crate::flow_runs::resume(&api, runs).await;
        callbacks::handle_waiting(&api);
        crate::pruning::start(api.weak());
        crate::history::index_older(api.weak());
        Ok(api)
    }

    /// Ends workers, servers and the gateway; running requests get a few seconds.
    pub async fn shut_down(&self) {
        self.0.watches.clear();
        crate::local_server::stop_quietly(self).await;
        crate::services_switch::stop(self).await;
        self.0.redirect_listener.stop().await;
        self.0.gateway.shutdown().await;
        self.0.pool.shutdown().await;
    }

    pub(crate) fn options(&self) -> &Options {
        &self.0.options
    }

    pub(crate) fn host(&self) -> &dyn Host {
        self.0.host.as_ref()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    /// The secret store.
    ///
    /// # Errors
    /// [`crate::ErrorCode::VaultClosed`] while it is not open.
    pub(crate) fn vault(&self) -> Result<Vault, ApiError> {
        self.0.vault.get()
    }

    pub(crate) fn vault_access(&self) -> &VaultAccess {
        &self.0.vault
    }

    pub(crate) fn pool(&self) -> &Pool {
        &self.0.pool
    }

    pub(crate) fn gateway(&self) -> &Gateway {
        &self.0.gateway
    }

    pub(crate) fn attempts(&self) -> &Attempts {
        &self.0.attempts
    }

    pub(crate) fn drives(&self) -> &Drives {
        &self.0.drives
    }

    pub(crate) fn refreshes(&self) -> &credentials::Refreshes {
        &self.0.refreshes
    }

    pub(crate) fn exchanges(&self) -> &Exchanges {
        &self.0.exchanges
    }

    pub(crate) fn redirect_listener(&self) -> &RedirectListener {
        &self.0.redirect_listener
    }

    /// Where providers send the browser back to.
    pub(crate) fn redirect_uri(&self) -> Result<String, ApiError> {
        redirect::uri(self)
    }

    pub(crate) fn redactors(&self) -> &Redactors {
        &self.0.redactors
    }

    pub(crate) fn local_server(&self) -> &LocalServer {
        &self.0.local_server
    }

    pub(crate) fn services(&self) -> &ServicesSwitch {
        &self.0.services
    }

    /// For tasks that sleep: they must not keep a program alive that has ended.
    pub(crate) fn weak(&self) -> WeakApi {
        let weak = WeakApi::default();
        weak.set(self);
        weak
    }

    pub(crate) fn watch(&self, app_id: &str, root: &Path) {
        self.0.watches.watch(app_id, root, self.weak());
    }

    /// The ids of the apps that were opened.
    pub(crate) fn watched(&self) -> Vec<String> {
        self.0.watches.ids()
    }

    /// The folder of an app.
    pub(crate) fn project(&self, app_id: &str) -> Result<(String, Project), ApiError> {
        let row =
            self.store().apps().by_id(app_id)?.ok_or_else(|| ApiError::not_found("this app"))?;
        Ok((row.id, Project::open(row.path)?))
    }
}

const PORT_SETTING: &str = "gateway.port";
const TOKEN_SETTING: &str = "gateway.path_token";

/// The gateway keeps its port and path: callback URLs are registered with other people's services.
async fn start_gateway(
    store: &Store,
    sink: WeakApi,
) -> Result<(Gateway, Option<String>), StartError> {
    let fresh = PathToken::generate()?;
    let token: String = store.settings().get_or_set(TOKEN_SETTING, &fresh.reveal().to_owned())?;
    let token = PathToken::parse(&token)?;
    let port: Option<u16> = store.settings().get(PORT_SETTING)?;
    let sink = Arc::new(callbacks::Sink(sink));
    let config = |port| GatewayConfig {
        framed_by: vec!["tauri:".to_owned()],
        ..GatewayConfig::new(port, token.clone())
    };
    match Gateway::start(config(port), sink.clone()).await {
        Ok(gateway) => {
            store.settings().set(PORT_SETTING, &gateway.port())?;
            Ok((gateway, None))
        }
        Err(GatewayError::PortInUse { port }) => {
            // Another program has the port today; it is not given up for tomorrow.
            let gateway = Gateway::start(config(None), sink).await?;
            let text = format!(
                "Port {port}, on which callbacks and authorizations of this installation arrive, is used by another program. For now they \
                 arrive on port {}: callbacks sent to URLs handed out before do not reach Stepsmith. Close the other program and start again.",
                gateway.port()
            );
            Ok((gateway, Some(text)))
        }
        Err(error) => Err(error.into()),
    }
}

fn make_private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Locks by name: one at a time for each of many things.
#[derive(Default)]
pub(crate) struct NamedLocks(Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>);

impl NamedLocks {
    /// Waits until nobody holds `name`.
    pub(crate) async fn hold(&self, name: &str) -> tokio::sync::OwnedMutexGuard<()> {
        let one = {
            let mut all = lock(&self.0);
            // Locks that nobody holds or waits for are not kept.
            all.retain(|_, one| Arc::strong_count(one) > 1);
            all.entry(name.to_owned()).or_default().clone()
        };
        one.lock_owned().await
    }
}
