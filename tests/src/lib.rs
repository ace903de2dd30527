//! Tests of the built programs: the command line and the desktop window.

pub mod provider;

/// Checks that every one of `wanted` stands in `found`, in this order; others may stand between.
///
/// # Panics
/// When one is missing or out of order: it is named, with all that was found.
pub fn assert_in_order(found: &[String], wanted: &[&str]) {
    let mut rest = found.iter();
    for message in wanted {
        assert!(
            rest.any(|found| found == message),
            "{message:?} is missing or out of order in:\n{}",
            found.join("\n")
        );
    }
}
