//! What calls may use.

use runner::Limits;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::AppLimits;

/// An app's own limits beside the program's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AppLimitsView {
    /// The app's own.
    pub limits: AppLimits,
    /// What holds where the app has none of its own: the settings'.
    pub program: Limits,
}

/// Sets all of an app's own limits.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SetAppLimits {
    /// `AppView::id`.
    pub app: String,
    /// What is absent goes back to the program's setting. Together with that, each limit has to be within its bounds.
    pub limits: AppLimits,
}

/// What each limit can be set to, in its own unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names are those of Limits")]
pub struct LimitBounds {
    pub time_ms: LimitRange,
    pub memory_bytes: LimitRange,
    pub stack_bytes: LimitRange,
    pub timers: LimitRange,
    pub requests: LimitRange,
    pub output_bytes: LimitRange,
    pub log_bytes: LimitRange,
}

impl LimitBounds {
    /// Each with its name, in the order of the fields.
    pub fn named(&self) -> [(&'static str, LimitRange); 7] {
        [
            ("time_ms", self.time_ms),
            ("memory_bytes", self.memory_bytes),
            ("stack_bytes", self.stack_bytes),
            ("timers", self.timers),
            ("requests", self.requests),
            ("output_bytes", self.output_bytes),
            ("log_bytes", self.log_bytes),
        ]
    }
}

/// From where to where, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub struct LimitRange {
    pub least: u32,
    pub most: u32,
}

/// The limit that ended a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MetLimit {
    /// Which.
    pub limit: LimitName,
    /// What it was for this call, in its own unit.
    pub value: u32,
    /// Where it is changed, in a sentence.
    pub change: String,
}

/// A limit that ends a call, called as in `Limits`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are those of Limits")]
pub enum LimitName {
    TimeMs,
    MemoryBytes,
    StackBytes,
    OutputBytes,
}
