//! What the user chose, and what the settings screen shows beside it.

use runner::Limits;
use store::Store;

use crate::types::{Event, Nothing, RedirectSettings, SetServices, Settings, SettingsView};
use crate::{Api, ApiError, limits, redirect, services_switch};

const SETTING: &str = "settings";

fn stored(api: &Api) -> Result<Settings, ApiError> {
    read(api.store())
}

fn read(store: &Store) -> Result<Settings, ApiError> {
    Ok(store.settings().get(SETTING)?.unwrap_or_default())
}

/// What a call may use where its app has no limits of its own.
pub fn limits(api: &Api) -> Result<Limits, ApiError> {
    limits_in(api.store())
}

/// The same for a program that has the database and no more.
pub fn limits_in(store: &Store) -> Result<Limits, ApiError> {
    Ok(read(store)?.limits)
}

/// How much of the past is kept.
pub fn keep(api: &Api) -> Result<store::Keep, ApiError> {
    Ok(stored(api)?.keep)
}

/// Where providers send the browser back to.
pub fn redirect(api: &Api) -> Result<RedirectSettings, ApiError> {
    Ok(stored(api)?.redirect)
}

/// The settings screen.
pub async fn read_settings(api: &Api, _: Nothing) -> Result<SettingsView, ApiError> {
    Ok(SettingsView {
        settings: stored(api)?,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        data_folder: api.options().data_folder.display().to_string(),
        vault: crate::vault::vault_status(api, Nothing {}).await?,
        callback_base: format!("http://127.0.0.1:{}", api.gateway().port()),
        redirect_uri: api.redirect_uri()?,
        services_url: services_switch::url(api).await,
    })
}

/// Saves what the user chose.
pub async fn save_settings(api: &Api, request: Settings) -> Result<SettingsView, ApiError> {
    limits::check(&request.limits)?;
    check_keep(&request.keep)?;
    redirect::check(&request.redirect)?;
    let before = stored(api)?;
    api.store().settings().set(SETTING, &request)?;
    if before.redirect != request.redirect {
        // A port that cannot be listened on is not kept.
        if let Err(error) = redirect::listen(api).await {
            api.store().settings().set(SETTING, &before)?;
            redirect::listen(api).await?;
            return Err(error);
        }
        for app in api.watched() {
            api.host().emit(Event::AppChanged { app, paths: Vec::new() });
        }
    }
    read_settings(api, Nothing {}).await
}

/// At least one day, and no more than a database of this kind is comfortable with.
fn check_keep(keep: &store::Keep) -> Result<(), ApiError> {
    let bounds = [
        ("days", keep.days, 1, 3_650),
        ("flow_runs", keep.flow_runs, 1, 100_000),
        ("calls", keep.calls, 1, 100_000),
        ("callbacks", keep.callbacks, 1, 100_000),
        ("files_mb", keep.files_mb, 1, 10_000),
    ];
    for (name, value, least, most) in bounds {
        if !(least..=most).contains(&value) {
            return Err(ApiError::invalid(format!(
                "keep.{name} is {value}: expected {least} to {most}"
            )));
        }
    }
    Ok(())
}

/// Switches the sample services on or off.
pub async fn set_services(api: &Api, request: SetServices) -> Result<SettingsView, ApiError> {
    if request.on {
        services_switch::start(api).await?;
    } else {
        services_switch::stop(api).await;
    }
    read_settings(api, Nothing {}).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_within_the_bounds() {
        assert!(check_keep(&store::Keep::default()).is_ok());
    }

    #[test]
    fn a_number_out_of_bounds_is_named() {
        let error = check_keep(&store::Keep { days: 0, ..store::Keep::default() }).unwrap_err();
        assert!(error.message.contains("keep.days is 0"), "{error}");
    }
}
