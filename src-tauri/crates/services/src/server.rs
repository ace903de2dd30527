//! Binding, the routes, and finding an instance that runs already.

use std::io::ErrorKind;
use std::time::Duration;

use axum::extract::Request;
use axum::http::{StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use url::Url;

use crate::problem::Problem;
use crate::{Settings, World, crm, esign, landing, oauth, oauth1, page, survey};

/// Where the sample apps expect the sample services.
pub const DEFAULT_PORT: u16 = 4870;

const NAME: &str = "stepsmith-services";

/// How to start.
#[derive(Clone, Debug)]
pub struct StartOptions {
    /// TCP port on 127.0.0.1; 0 = any free one.
    pub port: u16,
    /// How the services behave.
    pub settings: Settings,
}

impl Default for StartOptions {
    fn default() -> Self {
        Self { port: DEFAULT_PORT, settings: Settings::default() }
    }
}

/// Why the services did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another program listens there.
    #[error(
        "port {port} on 127.0.0.1 is used by another program that is not the sample services; the sample apps expect \
         them there: stop that program, or start the services on another port and change the address at the top of \
         the sample app's functions and in its authorization"
    )]
    PortInUse {
        /// The port that was asked for.
        port: u16,
    },
    /// The system refused the port.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Bind {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
    /// No HTTP client for webhooks.
    #[error("cannot prepare the client that delivers webhooks: {0}")]
    Client(reqwest::Error),
}

/// The running services: started here, or found running. Dropping it stops what was started here.
#[derive(Debug)]
pub struct Services {
    url: Url,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
    world: World,
}

impl Services {
    /// Binds and serves on the current tokio runtime.
    pub async fn start(options: StartOptions) -> Result<Self, StartError> {
        let port = options.port;
        let failed = |source: std::io::Error| match source.kind() {
            ErrorKind::AddrInUse => StartError::PortInUse { port },
            _ => StartError::Bind { port, source },
        };
        let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(failed)?;
        let bound = listener.local_addr().map_err(failed)?.port();
        let url = origin(bound)?;
        let world = World::new(url.clone(), options.settings)?;
        let app = router(world.clone());
        esign::resume(&world);
        let served_world = world.clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(async move {
            // A dropped sender counts as a stop as well.
            let served = axum::serve(listener, app).with_graceful_shutdown(async move {
                let _ = stopped.await;
            });
            if let Err(error) = served.await {
                tracing::error!(%error, "the sample services stopped");
            }
            served_world.close();
        });
        tracing::info!(%url, "sample services started");
        Ok(Self { url, running: Some(Running { stop, task, world }) })
    }

    /// Starts, or uses the instance that listens on the port already, however that was started.
    pub async fn start_or_reuse(options: StartOptions) -> Result<Self, StartError> {
        match Self::start(options).await {
            Err(StartError::PortInUse { port }) => match identify(port).await? {
                true => Ok(Self { url: origin(port)?, running: None }),
                false => Err(StartError::PortInUse { port }),
            },
            other => other,
        }
    }

    /// Where they are: `http://127.0.0.1:PORT/`.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Whether another process serves them.
    pub fn reused(&self) -> bool {
        self.running.is_none()
    }

    /// Stops what was started here, within two seconds; another process's instance keeps running.
    pub async fn shutdown(self) {
        let Some(Running { stop, mut task, world }) = self.running else { return };
        let _ = stop.send(());
        // A browser may keep a connection open for long; nothing here is worth waiting for it.
        if tokio::time::timeout(Duration::from_secs(2), &mut task).await.is_err() {
            task.abort();
        }
        world.close();
    }
}

fn origin(port: u16) -> Result<Url, StartError> {
    let failed = |error| StartError::Bind {
        port,
        source: std::io::Error::new(ErrorKind::InvalidInput, error),
    };
    Url::parse(&format!("http://127.0.0.1:{port}/")).map_err(failed)
}

#[derive(Serialize, Deserialize)]
struct Identification {
    name: String,
    version: String,
}

/// Whether the sample services listen on `port`. Asks a few times: the other instance may just be starting.
async fn identify(port: u16) -> Result<bool, StartError> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(2))
        .build()
        .map_err(StartError::Client)?;
    for attempt in 0..3 {
        if attempt > 0 {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        let Ok(answer) =
            client.get(format!("http://127.0.0.1:{port}/stepsmith-services")).send().await
        else {
            continue;
        };
        return Ok(answer.json::<Identification>().await.is_ok_and(|found| found.name == NAME));
    }
    Ok(false)
}

/// All routes of the sample services.
pub fn router(world: World) -> Router {
    let identification = || async {
        Json(Identification {
            name: NAME.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    };
    Router::new()
        .route("/", get(landing::landing))
        .route("/stepsmith-services", get(identification))
        .route("/style.css", get(page::style))
        .merge(oauth::routes())
        .merge(oauth1::routes())
        .merge(esign::routes())
        .merge(survey::routes())
        .merge(crm::routes())
        .fallback(|uri: Uri| async move { Problem::not_found("page", uri.path()) })
        .method_not_allowed_fallback(|uri: Uri| async move {
            let message = format!("{} does not answer this method.", uri.path());
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", message)
        })
        .layer(middleware::from_fn(loopback_names_only))
        .with_state(world)
}

/// Refuses requests that came here under a foreign name: a web page could otherwise rebind its own name to 127.0.0.1
/// and read what is here.
async fn loopback_names_only(request: Request, next: Next) -> Response {
    let host =
        request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if matches!(name, "127.0.0.1" | "localhost") {
        return next.run(request).await;
    }
    let message = format!("This server answers to 127.0.0.1 and localhost, not to {host:?}.");
    Problem::new(StatusCode::MISDIRECTED_REQUEST, "wrong_host", message).into_response()
}
