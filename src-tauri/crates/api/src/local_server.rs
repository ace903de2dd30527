//! The local server: the developer REST interface on this machine, for work without an account.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use devserver::{DevServer, FunctionTester, StartOptions};

use crate::server_tester::ServerTester;
use crate::types::Event;
use crate::{Api, ApiError, settings};

/// The server, when it is on.
#[derive(Default)]
pub struct LocalServer(tokio::sync::Mutex<Option<DevServer>>);

const PORT_SETTING: &str = "local_server.port";

/// Where the local server listens and what it takes as access token.
#[derive(Clone)]
pub struct Address {
    pub url: String,
    pub token: String,
}

/// Its database in a data folder.
pub fn database(data_folder: &Path) -> PathBuf {
    data_folder.join("local-server.db")
}

/// Starts it; that it is on already is fine.
pub async fn start(api: &Api) -> Result<Address, ApiError> {
    let mut running = api.local_server().0.lock().await;
    if let Some(server) = running.as_ref() {
        return Ok(address(server));
    }
    let port: Option<u16> = api.store().settings().get(PORT_SETTING)?;
    let database = database(&api.options().data_folder);
    let weak = api.weak();
    let limits = move || match weak.get() {
        Some(api) => settings::limits(&api),
        None => Err(ApiError::refused("the program is ending")),
    };
    let tester: Arc<dyn FunctionTester> = Arc::new(ServerTester::new(api.pool().clone(), limits));
    let options = |port| StartOptions {
        database: database.clone(),
        port,
        tester: Some(tester.clone()),
        ..StartOptions::default()
    };
    let server = match DevServer::start(options(port)).await {
        Ok(server) => server,
        // The port of last time is taken: any other serves as well, its address is read from here.
        Err(_) if port.is_some() => {
            DevServer::start(options(None)).await.map_err(|error| ApiError::failed(&error))?
        }
        Err(error) => return Err(ApiError::failed(&error)),
    };
    let found = address(&server);
    if let Some(port) = found.url.rsplit(':').next().and_then(|port| port.parse::<u16>().ok()) {
        api.store().settings().set(PORT_SETTING, &port)?;
    }
    *running = Some(server);
    drop(running);
    api.host().emit(Event::ServersChanged);
    Ok(found)
}

/// Stops it; its data stays.
pub async fn stop(api: &Api) {
    stop_quietly(api).await;
    api.host().emit(Event::ServersChanged);
}

/// Stops it without telling the window, which may be gone.
pub async fn stop_quietly(api: &Api) {
    if let Some(server) = api.local_server().0.lock().await.take() {
        server.shutdown().await;
    }
}

/// Where it is; `None` = off.
pub async fn find(api: &Api) -> Option<Address> {
    api.local_server().0.lock().await.as_ref().map(address)
}

fn address(server: &DevServer) -> Address {
    Address { url: server.url().to_owned(), token: server.token().reveal().to_owned() }
}
