//! The known name that was probably meant by a name nobody knows.

/// The name in `known` that is closest to `name`, if any is close enough to be meant.
///
/// Case, `_` and `-` count for nothing (`displayId` means `display_id`); beyond that one slip in three letters is forgiven.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Names this long are never a slip of a known one, and the distance costs the product of both lengths.
    if name.len() > 64 {
        return None;
    }
    let plain = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let wanted = plain(name);
    known
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&wanted, &plain(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.len().min(wanted.len()) / 3).min(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_slips_and_other_spellings_only() {
        let known = ["display_id", "unique_id", "status"];
        assert_eq!(nearest("displayId", known), Some("display_id"));
        assert_eq!(nearest("statsu", known), Some("status"));
        assert_eq!(nearest("uniq_id", known), Some("unique_id"));
        assert_eq!(nearest("customer", known), None);
        assert_eq!(nearest(&"s".repeat(100_000), known), None);
        assert_eq!(nearest("", known), None);
    }
}
