//! One call of one function in QuickJS.

pub mod report;

pub use report::*;
