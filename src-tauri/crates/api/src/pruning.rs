//! Keeping the past within the bounds of the settings: at the start, and once an hour.

use std::time::Duration;

use crate::clock::now;
use crate::start::WeakApi;
use crate::{Api, ApiError, settings};

const PERIOD: Duration = Duration::from_secs(60 * 60);

/// Prunes now and every hour, for as long as the program runs.
pub fn start(api: WeakApi) {
    tokio::spawn(async move {
        while let Some(running) = api.get() {
            // Deleting much waits for the disk.
            let done = tokio::task::spawn_blocking(move || prune(&running)).await;
            match done {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!("old history could not be deleted: {error}"),
                Err(error) => tracing::warn!("old history could not be deleted: {error}"),
            }
            tokio::time::sleep(PERIOD).await;
        }
    });
}

fn prune(api: &Api) -> Result<(), ApiError> {
    let pruned = api.store().prune(&settings::keep(api)?, now())?;
    if pruned != store::Pruned::default() {
        tracing::info!(?pruned, "old history deleted");
    }
    Ok(())
}
