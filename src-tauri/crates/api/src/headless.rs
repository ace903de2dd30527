//! What the command line needs beside the commands.

use std::path::Path;
use std::sync::Arc;

use devserver::{DevServer, StartOptions, Token};
use runner::{Pool, PoolConfig};
use services::Services;
use store::Store;

use crate::server_tester::ServerTester;
use crate::types::Published;
use crate::{Api, ApiError, local_server, publishing, settings, start};

/// A running local server; ends when it is dropped.
pub struct LocalServer(DevServer);

impl LocalServer {
    /// Starts it by itself, on its database in this data folder. The functions that it tests get the limits that the settings
    /// there say, at the time of each test.
    ///
    /// # Errors
    /// A port in use, a database that cannot be opened.
    pub async fn start(
        data_folder: &Path,
        port: Option<u16>,
        token: Option<&str>,
    ) -> Result<Self, ApiError> {
        let token = match token {
            Some(text) => Some(Token::new(text).ok_or_else(|| {
                ApiError::invalid("this cannot be an access token: it is empty or has spaces")
            })?),
            None => None,
        };
        let pool = Pool::new(PoolConfig::default());
        let store = Store::open(&start::database(data_folder))?;
        let tester = ServerTester::new(pool, move || settings::limits_in(&store));
        let options = StartOptions {
            database: local_server::database(data_folder),
            port,
            token,
            tester: Some(Arc::new(tester)),
            ..StartOptions::default()
        };
        DevServer::start(options).await.map(Self).map_err(|error| ApiError::failed(&error))
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        self.0.url()
    }

    /// What it takes as access token.
    pub fn token(&self) -> &str {
        self.0.token().reveal()
    }
}

/// The sample services, running; they end when this is dropped, unless another program runs them.
pub struct SampleServices(Services);

impl SampleServices {
    /// Starts them, or finds them running.
    ///
    /// # Errors
    /// The port is used by another program.
    pub async fn start(port: Option<u16>) -> Result<Self, ApiError> {
        let port = port.unwrap_or(services::DEFAULT_PORT);
        let options = services::StartOptions { port, ..services::StartOptions::default() };
        let services = Services::start_or_reuse(options).await;
        services.map(Self).map_err(|error| ApiError::failed(&error))
    }

    /// Where they are.
    pub fn url(&self) -> &str {
        self.0.url().as_str()
    }

    /// Whether another program runs them.
    pub fn reused(&self) -> bool {
        self.0.reused()
    }
}

/// Publishes an app to a server that is named by its address.
///
/// # Errors
/// As the command `publish`.
pub async fn publish_to(
    api: &Api,
    app: &str,
    url: &str,
    token: &str,
    version_label: Option<&str>,
) -> Result<Published, ApiError> {
    let client = publishing::client(url, token)?;
    publishing::publish_to(api, client, app, version_label).await
}
