//! What a call may use: the program's setting, an app's own limits over it, and over both those that this process was given.

use runner::{CallReport, FailureReason, Limits, Outcome};
use store::AppLimits;

use crate::types::{
    AppLimitsView, AppRef, LimitBounds, LimitName, LimitRange, MetLimit, SetAppLimits,
};
use crate::{Api, ApiError, settings};

/// What a limit can be set to: lower ends no call could live with, upper ends the machine could not.
pub const BOUNDS: LimitBounds = LimitBounds {
    time_ms: LimitRange { least: 100, most: 900_000 },
    memory_bytes: LimitRange { least: 16 << 20, most: 2 << 30 },
    stack_bytes: LimitRange { least: 64 << 10, most: 4 << 20 },
    timers: LimitRange { least: 1, most: 100_000 },
    requests: LimitRange { least: 1, most: 1_000 },
    output_bytes: LimitRange { least: 1 << 10, most: 64 << 20 },
    log_bytes: LimitRange { least: 1 << 10, most: 64 << 20 },
};

/// What a call of this app may use.
pub fn limits_for(api: &Api, app_id: &str) -> Result<Limits, ApiError> {
    let own = over(settings::limits(api)?, &api.store().app_limits().get(app_id)?);
    Ok(over(own, &api.options().limits))
}

/// `limits`, with those of `own` that are there in their places.
fn over(limits: Limits, own: &AppLimits) -> Limits {
    Limits {
        time_ms: own.time_ms.unwrap_or(limits.time_ms),
        memory_bytes: own.memory_bytes.unwrap_or(limits.memory_bytes),
        stack_bytes: own.stack_bytes.unwrap_or(limits.stack_bytes),
        timers: own.timers.unwrap_or(limits.timers),
        requests: own.requests.unwrap_or(limits.requests),
        output_bytes: own.output_bytes.unwrap_or(limits.output_bytes),
        log_bytes: own.log_bytes.unwrap_or(limits.log_bytes),
    }
}

/// Whether every limit is within [`BOUNDS`].
pub fn check(limits: &Limits) -> Result<(), ApiError> {
    let Limits { time_ms, memory_bytes, stack_bytes, timers, requests, output_bytes, log_bytes } =
        *limits;
    let values = [time_ms, memory_bytes, stack_bytes, timers, requests, output_bytes, log_bytes];
    for (value, (name, LimitRange { least, most })) in values.into_iter().zip(BOUNDS.named()) {
        if !(least..=most).contains(&value) {
            return Err(ApiError::invalid(format!(
                "limits.{name} is {value}: expected {least} to {most}"
            )));
        }
    }
    Ok(())
}

/// An app's own limits, and those of the program that hold where it has none.
pub async fn read_app_limits(api: &Api, request: AppRef) -> Result<AppLimitsView, ApiError> {
    known(api, &request.app)?;
    Ok(AppLimitsView {
        limits: api.store().app_limits().get(&request.app)?,
        program: settings::limits(api)?,
    })
}

/// Sets all of an app's own limits; what is absent goes back to the program's setting.
pub async fn set_app_limits(api: &Api, request: SetAppLimits) -> Result<AppLimitsView, ApiError> {
    known(api, &request.app)?;
    check(&over(settings::limits(api)?, &request.limits))?;
    api.store().app_limits().set(&request.app, &request.limits)?;
    read_app_limits(api, AppRef { app: request.app }).await
}

fn known(api: &Api, app_id: &str) -> Result<(), ApiError> {
    let row = api.store().apps().by_id(app_id)?;
    row.map(drop).ok_or_else(|| ApiError::not_found("this app"))
}

/// The limit that ended a call; `None` = it ended otherwise.
pub fn met(report: &CallReport, limits: &Limits) -> Option<MetLimit> {
    let Outcome::Failed { failure } = &report.outcome else { return None };
    let (limit, value) = match failure.reason {
        FailureReason::TimedOut => (LimitName::TimeMs, limits.time_ms),
        FailureReason::OutOfMemory => (LimitName::MemoryBytes, limits.memory_bytes),
        FailureReason::StackOverflow => (LimitName::StackBytes, limits.stack_bytes),
        FailureReason::TooLarge => (LimitName::OutputBytes, limits.output_bytes),
        FailureReason::Missing
        | FailureReason::Syntax
        | FailureReason::Handler
        | FailureReason::Thrown
        | FailureReason::Unserializable
        | FailureReason::NeverSettled
        | FailureReason::WorkerDied
        | FailureReason::Cancelled => return None,
    };
    let (words, option) = match limit {
        LimitName::TimeMs => ("time", ", or with --timeout on the command line"),
        LimitName::MemoryBytes => ("memory", ", or with --memory on the command line"),
        LimitName::StackBytes => ("stack", ""),
        LimitName::OutputBytes => ("input and output", ""),
    };
    let change =
        format!("The {words} limit is changed under Basic Info, Limits for this app{option}.");
    Some(MetLimit { limit, value, change })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_within_the_bounds() {
        assert!(check(&Limits::default()).is_ok());
    }

    #[test]
    fn a_limit_out_of_bounds_is_named_with_its_bounds() {
        let fields = serde_json::to_value(Limits::default()).unwrap();
        let bounds = serde_json::to_value(BOUNDS).unwrap();
        for name in fields.as_object().unwrap().keys() {
            let with = |value: u64| {
                let mut limits = fields.clone();
                limits[name] = value.into();
                check(&serde_json::from_value(limits).unwrap())
            };
            let least = bounds[name]["least"].as_u64().unwrap();
            let most = bounds[name]["most"].as_u64().unwrap();
            assert!(with(least).is_ok() && with(most).is_ok(), "{name}");
            for wrong in [least - 1, most + 1] {
                let message = with(wrong).unwrap_err().message;
                assert_eq!(
                    message,
                    format!("limits.{name} is {wrong}: expected {least} to {most}")
                );
            }
        }
    }

    #[test]
    fn own_limits_stand_over_the_others_one_by_one() {
        let names = serde_json::to_value(Limits::default()).unwrap();
        for name in names.as_object().unwrap().keys() {
            let own: AppLimits =
                serde_json::from_value(serde_json::json!({ name.as_str(): 77 })).unwrap();
            let mut expected = names.clone();
            expected[name] = 77.into();
            let merged = serde_json::to_value(over(Limits::default(), &own)).unwrap();
            assert_eq!(merged, expected);
        }
        assert_eq!(over(Limits::default(), &AppLimits::default()), Limits::default());
    }
}
