//! The sample apps' services, on or off.

use services::{Services, Settings, StartOptions};

use crate::{Api, ApiError};

/// The services, when this program runs them or has found them running.
#[derive(Default)]
pub struct ServicesSwitch(tokio::sync::Mutex<Option<Services>>);

/// Switches them on; that they are on already is fine. Their address.
pub async fn start(api: &Api) -> Result<String, ApiError> {
    let mut running = api.services().0.lock().await;
    if let Some(services) = running.as_ref() {
        return Ok(services.url().to_string());
    }
    let options = StartOptions {
        port: api.options().services_port,
        // They are other people's services: what was sent to them for signature is there after this program's restart.
        settings: Settings {
            memory: Some(api.options().data_folder.join("sample-services.json")),
            ..Settings::default()
        },
    };
    let services =
        Services::start_or_reuse(options).await.map_err(|error| ApiError::failed(&error))?;
    let url = services.url().to_string();
    *running = Some(services);
    Ok(url)
}

/// Switches them off, unless another program runs them.
pub async fn stop(api: &Api) {
    if let Some(services) = api.services().0.lock().await.take() {
        services.shutdown().await;
    }
}

/// Their address; `None` = off.
pub async fn url(api: &Api) -> Option<String> {
    api.services().0.lock().await.as_ref().map(|services| services.url().to_string())
}
