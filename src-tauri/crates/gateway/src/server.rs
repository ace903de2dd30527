//! The listener: binding, bounds, shutdown.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};
use url::Url;

use crate::access::{Access, PathToken};
use crate::routes::router;
use crate::sink::CallbackSink;

/// How long running requests get to finish on shutdown.
const GRACE: Duration = Duration::from_secs(5);

/// What a gateway is started with.
#[derive(Clone, Debug)]
pub struct GatewayConfig {
    /// The port to listen on; `None` = any free one.
    pub preferred_port: Option<u16>,
    /// First segment of every path.
    pub path_token: PathToken,
    /// See [`Access::external_base`].
    pub external_base: Option<Url>,
    /// See [`Access::framed_by`].
    pub framed_by: Vec<String>,
    /// Leave at the default outside tests.
    pub bounds: Bounds,
}

impl GatewayConfig {
    /// On this port, with the default bounds and reachable from this machine only.
    pub fn new(preferred_port: Option<u16>, path_token: PathToken) -> Self {
        Self {
            preferred_port,
            path_token,
            external_base: None,
            framed_by: Vec::new(),
            bounds: Bounds::default(),
        }
    }
}

/// What a client may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of a callback's body; more is 413 and nothing is stored.
    pub body_bytes: usize,
    /// Bytes of a control request's body.
    pub control_bytes: usize,
    /// Bytes of request line and headers together, at least 8 KiB; more is 431.
    pub header_bytes: usize,
    /// From the end of one request (or the start of the connection) to the last header of the next.
    pub header_time: Duration,
    /// From the headers to the end of the body; more is 408.
    pub body_time: Duration,
    /// The longest life of a connection.
    pub connection_time: Duration,
    /// Connections at once; the next ones wait until one of these ends.
    pub connections: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            body_bytes: 10 << 20,
            control_bytes: 64 << 10,
            header_bytes: 64 << 10,
            header_time: Duration::from_secs(15),
            body_time: Duration::from_secs(30),
            connection_time: Duration::from_secs(600),
            connections: 64,
        }
    }
}

/// Why a gateway did not start.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// Another program (or another instance) listens there.
    #[error(
        "port {port} on 127.0.0.1 is in use by another program; close it, or choose another port"
    )]
    PortInUse {
        /// The port asked for.
        port: u16,
    },
    /// The operating system refused for another reason.
    #[error("cannot listen on 127.0.0.1 port {port}: {source}")]
    Bind {
        /// The port asked for; 0 = any.
        port: u16,
        /// What it said.
        source: io::Error,
    },
    /// The path token is not one.
    #[error("a path token is 20 to 128 letters, digits, '-' and '_'")]
    PathToken,
    /// No random bytes.
    #[error("the operating system gives no random bytes")]
    NoRandomness,
}

/// A running gateway. Dropping it ends it at once; [`Gateway::shutdown`] lets running requests finish.
#[derive(Debug)]
pub struct Gateway {
    port: u16,
    base_url: String,
    stop: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Gateway {
    /// Binds 127.0.0.1 and starts to serve on the current Tokio runtime.
    ///
    /// # Errors
    /// [`GatewayError::PortInUse`] when the preferred port is taken (what to do then is the caller's choice: URLs that
    /// hold the old port are registered elsewhere), [`GatewayError::Bind`] for anything else.
    pub async fn start(
        config: GatewayConfig,
        sink: Arc<dyn CallbackSink>,
    ) -> Result<Self, GatewayError> {
        let asked = config.preferred_port.unwrap_or(0);
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::AddrInUse => GatewayError::PortInUse { port: asked },
            _ => GatewayError::Bind { port: asked, source },
        };
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, asked)))
            .await
            .map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        let origin = match &config.external_base {
            Some(base) => base.as_str().trim_end_matches('/').to_owned(),
            None => format!("http://127.0.0.1:{port}"),
        };
        let base_url = format!("{origin}/{}", config.path_token.reveal());
        let access = Access {
            path_token: config.path_token,
            port,
            external_base: config.external_base,
            framed_by: config.framed_by,
        };
        let routes = router(access, config.bounds, sink);
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(accept(listener, routes, config.bounds, stopped));
        Ok(Self { port, base_url, stop, task: Mutex::new(Some(task)) })
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Origin and path token, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Where a provider sends the browser back to.
    pub fn oauth_url(&self) -> String {
        format!("{}/oauth", self.base_url)
    }

    /// The redirect URL of an app and an identity.
    pub fn redirect_url(&self, binding: &str) -> String {
        format!("{}/redirect/{binding}", self.base_url)
    }

    /// The webhook URL of an app and an identity.
    pub fn webhook_url(&self, binding: &str) -> String {
        format!("{}/webhook/{binding}", self.base_url)
    }

    /// Where a function fetches a file of a form input.
    pub fn file_url(&self, id: &str) -> String {
        format!("{}/file/{id}", self.base_url)
    }

    /// Takes no more requests, and waits until the running ones are answered (five seconds at most).
    pub async fn shutdown(&self) {
        let _ = self.stop.send(true);
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task {
            let _ = task.await;
        }
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        if let Some(task) = self.task.lock().unwrap_or_else(PoisonError::into_inner).take() {
            task.abort();
        }
    }
}

/// Resolves when the gateway ends, by [`Gateway::shutdown`] or by being dropped.
async fn end(stopped: &mut watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stop| *stop).await;
}

async fn accept(
    listener: TcpListener,
    routes: Router,
    bounds: Bounds,
    stopped: watch::Receiver<bool>,
) {
    let mut stop = stopped.clone();
    let places = Arc::new(Semaphore::new(bounds.connections));
    let mut connections = JoinSet::new();
    loop {
        let next = async {
            let place = places.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        tokio::select! {
            biased;
            () = end(&mut stop) => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            (place, accepted) = next => match accepted {
                Ok((stream, _)) => {
                    let (routes, stopped) = (routes.clone(), stopped.clone());
                    connections.spawn(async move {
                        let _place = place;
                        serve(stream, routes, bounds, stopped).await;
                    });
                }
                // Out of file descriptors, most likely: give others the time to close some.
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
            },
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, async { while connections.join_next().await.is_some() {} })
        .await;
    connections.shutdown().await;
}

async fn serve(
    stream: TcpStream,
    routes: Router,
    bounds: Bounds,
    mut stopped: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(bounds.header_time)
        .max_buf_size(bounds.header_bytes)
        // A sender that closes its half after the request still gets its answer.
        .half_close(true)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes));
    let mut connection = std::pin::pin!(connection);
    let life = tokio::time::sleep(bounds.connection_time);
    let mut life = std::pin::pin!(life);
    let mut told = false;
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection ended early");
                }
                return;
            }
            () = life.as_mut() => return,
            () = end(&mut stopped), if !told => {
                told = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}
