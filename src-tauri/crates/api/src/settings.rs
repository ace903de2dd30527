//! What the user chose, and what the settings screen shows beside it.

use runner::Limits;

use crate::types::{Event, Nothing, RedirectSettings, SetServices, Settings, SettingsView};
use crate::{Api, ApiError, redirect, services_switch};

const SETTING: &str = "settings";

fn stored(api: &Api) -> Result<Settings, ApiError> {
    Ok(api.store().settings().get(SETTING)?.unwrap_or_default())
}

/// What a call may use.
pub fn limits(api: &Api) -> Result<Limits, ApiError> {
    Ok(stored(api)?.limits)
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
    check(&request.limits)?;
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

/// Bounds within which a limit makes sense: lower ends no call could live with, upper ends the machine could not.
fn check(limits: &Limits) -> Result<(), ApiError> {
    let bounds = [
        ("time_ms", limits.time_ms, 100, 900_000),
        ("memory_bytes", limits.memory_bytes, 16 << 20, 2 << 30),
        ("stack_bytes", limits.stack_bytes, 64 << 10, 4 << 20),
        ("timers", limits.timers, 1, 100_000),
        ("requests", limits.requests, 1, 1_000),
        ("output_bytes", limits.output_bytes, 1 << 10, 64 << 20),
        ("log_bytes", limits.log_bytes, 1 << 10, 64 << 20),
    ];
    for (name, value, least, most) in bounds {
        if !(least..=most).contains(&value) {
            return Err(ApiError::invalid(format!(
                "limits.{name} is {value}: expected {least} to {most}"
            )));
        }
    }
    Ok(())
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
        assert!(check(&Limits::default()).is_ok());
        assert!(check_keep(&store::Keep::default()).is_ok());
    }

    #[test]
    fn a_limit_out_of_bounds_is_named() {
        let error = check(&Limits { time_ms: 1, ..Limits::default() }).unwrap_err();
        assert!(error.message.contains("limits.time_ms is 1"), "{error}");
        let error = check_keep(&store::Keep { days: 0, ..store::Keep::default() }).unwrap_err();
        assert!(error.message.contains("keep.days is 0"), "{error}");
    }
}
