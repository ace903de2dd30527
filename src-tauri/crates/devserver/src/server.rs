//! Starting and stopping the server.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::{Database, DatabaseError, FunctionTester, ServerState, Token, router};

/// How long a shutdown waits for requests that are under way.
const GRACE: Duration = Duration::from_secs(5);

/// How to start a server.
#[derive(Default)]
pub struct StartOptions {
    /// The SQLite file; created when it is missing.
    pub database: PathBuf,
    /// The port on 127.0.0.1; `None` = any free one.
    pub port: Option<u16>,
    /// The access token; `None` = a random one, made once and kept in the database, so that it survives a restart.
    pub token: Option<Token>,
    /// A path before `/framework/v1`, as the public servers have `/integration`; empty = none.
    pub prefix: String,
    /// Runs functions for the test route; `None` = that route answers 501.
    pub tester: Option<Arc<dyn FunctionTester>>,
}

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// No token could be made or read.
    #[error("cannot make an access token for the local server: {0}")]
    Token(String),
    /// The prefix is no path.
    #[error(
        "the path prefix {0:?} is not usable: expected one such as /integration (letters, digits, '-', '_', '.', '/')"
    )]
    Prefix(String),
    /// Another program has the port.
    #[error(
        "port {0} on 127.0.0.1 is in use: stop the program that has it, or choose another port"
    )]
    PortInUse(u16),
    /// The system refuses to listen.
    #[error("cannot listen on 127.0.0.1 port {port}: {source}")]
    Listen {
        /// The port asked for; 0 = any.
        port: u16,
        /// What the system says.
        source: std::io::Error,
    },
}

/// A running server. Dropping it stops the server at once; [`DevServer::shutdown`] lets requests finish.
pub struct DevServer {
    url: String,
    token: Token,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl DevServer {
    /// Opens the database, binds 127.0.0.1 and serves until the handle is shut down or dropped. Needs a tokio runtime.
    ///
    /// # Errors
    /// The database cannot be used, the prefix is no path, or the port cannot be had.
    pub async fn start(options: StartOptions) -> Result<Self, StartError> {
        let prefix = checked_prefix(&options.prefix)?;
        let port = options.port.unwrap_or(0);
        // The port first: a second start that fails should not touch the database of the first.
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|source| match source
                .kind()
            {
                std::io::ErrorKind::AddrInUse => StartError::PortInUse(port),
                _ => StartError::Listen { port, source },
            })?;
        let port =
            listener.local_addr().map_err(|source| StartError::Listen { port, source })?.port();
        let database = Database::open(&options.database)?;
        let token = match options.token {
            Some(token) => token,
            None => kept_token(&database)?,
        };
        let routes = router(ServerState::new(database, token.clone(), options.tester));
        let routes = if prefix.is_empty() { routes } else { Router::new().nest(&prefix, routes) };
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(async move {
            let serving = axum::serve(listener, routes).with_graceful_shutdown(async {
                let _ = stopped.await;
            });
            if let Err(error) = serving.await {
                tracing::error!(%error, "the local server stopped");
            }
        });
        Ok(Self { url: format!("http://127.0.0.1:{port}{prefix}"), token, stop: Some(stop), task })
    }

    /// `{server}` of contract chapter 13: origin with the prefix, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The access token that requests need.
    pub fn token(&self) -> &Token {
        &self.token
    }

    /// Takes no new requests and lets those under way finish, for at most five seconds.
    pub async fn shutdown(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let _ = tokio::time::timeout(GRACE, &mut self.task).await;
    }
}

impl Drop for DevServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn kept_token(database: &Database) -> Result<Token, StartError> {
    let fresh = Token::random().map_err(|error| StartError::Token(error.to_string()))?;
    let kept = database
        .setting("access_token", || fresh.reveal().to_owned())
        .map_err(|error| StartError::Token(error.to_string()))?;
    Token::new(kept)
        .ok_or_else(|| StartError::Token("the one kept in the database is damaged".to_owned()))
}

fn checked_prefix(prefix: &str) -> Result<String, StartError> {
    let trimmed = prefix.trim_matches('/');
    if trimmed.is_empty() {
        return Ok(String::new());
    }
    let plain = |segment: &str| {
        !segment.is_empty()
            && segment.bytes().any(|byte| byte != b'.')
            && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    if !trimmed.split('/').all(plain) {
        return Err(StartError::Prefix(prefix.to_owned()));
    }
    Ok(format!("/{trimmed}"))
}
