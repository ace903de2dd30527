//! `--timeout` and `--memory`: what the calls of this run may use, whatever the settings say.

use api::limits::BOUNDS;
use api::types::{AppLimits, LimitRange};
use clap::Args;

const SECOND: u32 = 1_000;
const MB: u32 = 1 << 20;

/// Limits of this run.
#[derive(Debug, Args)]
pub struct LimitArguments {
    #[arg(long, value_name = "SECONDS", value_parser = milliseconds, help = timeout_help())]
    timeout: Option<u32>,
    #[arg(long, value_name = "MB", value_parser = bytes, help = memory_help())]
    memory: Option<u32>,
}

impl LimitArguments {
    /// For the api's options.
    pub fn limits(&self) -> AppLimits {
        AppLimits { time_ms: self.timeout, memory_bytes: self.memory, ..AppLimits::default() }
    }
}

fn timeout_help() -> String {
    format!(
        "Seconds that each call may take in this run, {}; the app's own limit or the settings' when absent",
        range(BOUNDS.time_ms, SECOND)
    )
}

fn memory_help() -> String {
    format!(
        "Megabytes that each call may use in this run, {}; the app's own limit or the settings' when absent",
        range(BOUNDS.memory_bytes, MB)
    )
}

fn milliseconds(text: &str) -> Result<u32, String> {
    scaled(text, SECOND, BOUNDS.time_ms)
}

fn bytes(text: &str) -> Result<u32, String> {
    scaled(text, MB, BOUNDS.memory_bytes)
}

/// A number in a unit of `unit` as a whole number of the limit's own unit, within its bounds.
fn scaled(text: &str, unit: u32, bounds: LimitRange) -> Result<u32, String> {
    let expected = || format!("expected a number, {}", range(bounds, unit));
    let number: f64 = text.trim().parse().map_err(|_| expected())?;
    let value = (number * f64::from(unit)).round();
    // What is no number is not in the range either.
    if !(f64::from(bounds.least)..=f64::from(bounds.most)).contains(&value) {
        return Err(expected());
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the bounds, which are u32"
    )]
    Ok(value as u32)
}

fn range(bounds: LimitRange, unit: u32) -> String {
    let shown = |value: u32| f64::from(value) / f64::from(unit);
    format!("{} to {}", shown(bounds.least), shown(bounds.most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_in_their_units_within_the_bounds() {
        assert_eq!(milliseconds("1.5"), Ok(1_500));
        assert_eq!(milliseconds("0.1"), Ok(100));
        assert_eq!(milliseconds(" 900 "), Ok(900_000));
        assert_eq!(bytes("16"), Ok(16 << 20));
        assert_eq!(bytes("2048"), Ok(2 << 30));
        for wrong in ["0", "0.0994", "900.1", "-1", "NaN", "inf", "1e99", "", "30s"] {
            assert_eq!(
                milliseconds(wrong),
                Err("expected a number, 0.1 to 900".to_owned()),
                "{wrong:?}"
            );
        }
        for wrong in ["15", "2049", "64 MB", "-64"] {
            assert_eq!(bytes(wrong), Err("expected a number, 16 to 2048".to_owned()), "{wrong:?}");
        }
    }
}
