//! Time zones: names as `Intl` takes and gives them, and offsets at an instant.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::data::supplement;

/// A zone with the name that `resolvedOptions()` shows.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    pub(super) name: String,
    rules: TimeZone,
}

/// The offset of a zone at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offset {
    pub(super) seconds: i32,
    pub(super) daylight: bool,
}

#[derive(Default)]
struct Known {
    database: Option<TimeZoneDatabase>,
    /// Names in lower case, aliases included, to the canonical name.
    names: HashMap<String, String>,
    zones: HashMap<String, Rc<Zone>>,
}

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// The instants that the rules are asked about; those outside have the offset of the nearest.
const FIRST_MS: f64 = -377_705_023_201_000.0;
const LAST_MS: f64 = 253_402_207_200_000.0;

/// Canonical names; what means UTC is UTC.
pub(super) fn canonical(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    // Where functions run, unless they ask for another: no need of the list.
    if lower == "utc" {
        return Some("UTC".to_owned());
    }
    KNOWN.with_borrow_mut(|known| {
        if known.names.is_empty() {
            for (zone, aliases) in supplement("zones").as_object().into_iter().flatten() {
                let name =
                    if matches!(zone.as_str(), "Etc/UTC" | "Etc/GMT") { "UTC" } else { zone };
                known.names.insert(zone.to_ascii_lowercase(), name.to_owned());
                for alias in aliases.as_array().into_iter().flatten().filter_map(|a| a.as_str()) {
                    known.names.insert(alias.to_ascii_lowercase(), name.to_owned());
                }
            }
        }
        known.names.get(&lower).cloned()
    })
}

/// Names that `Intl.supportedValuesOf('timeZone')` lists.
pub(super) fn all() -> Vec<String> {
    let mut names: Vec<String> = supplement("zones")
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .filter(|name| {
            name.contains('/') && !name.starts_with("Etc/") && !name.starts_with("SystemV/")
        })
        .collect();
    names.sort();
    names
}

/// The zones of a region.
pub(super) fn of_region(region: &str) -> Vec<String> {
    let zones = supplement("zoneRegion");
    let zones = zones.as_object().into_iter().flatten();
    let mut names: Vec<String> = zones
        .filter(|(_, own)| own.as_str() == Some(region))
        .map(|(name, _)| name.clone())
        .collect();
    names.sort();
    names
}

pub(super) fn zone(name: &str) -> Option<Rc<Zone>> {
    let name = canonical(name)?;
    if let Some(zone) = KNOWN.with_borrow(|known| known.zones.get(&name).cloned()) {
        return Some(zone);
    }
    let database = KNOWN.with_borrow_mut(|known| {
        known.database.get_or_insert_with(TimeZoneDatabase::bundled).clone()
    });
    let rules = if name == "UTC" {
        TimeZone::UTC
    } else {
        let zones = supplement("zones");
        let aliases = zones[&name].as_array();
        std::iter::once(name.as_str())
            .chain(aliases.into_iter().flatten().filter_map(|alias| alias.as_str()))
            .find_map(|name| database.get(name).ok())?
    };
    let zone = Rc::new(Zone { name: name.clone(), rules });
    KNOWN.with_borrow_mut(|known| known.zones.insert(name, Rc::clone(&zone)));
    Some(zone)
}

/// The zone of a call that names none: what `TZ` says, else UTC, as in production.
pub(super) fn default_zone() -> String {
    std::env::var("TZ").ok().and_then(|name| canonical(&name)).unwrap_or_else(|| "UTC".to_owned())
}

fn instant(ms: f64) -> Timestamp {
    Timestamp::from_millisecond(ms.clamp(FIRST_MS, LAST_MS) as i64).unwrap_or(Timestamp::UNIX_EPOCH)
}

impl Zone {
    pub(super) fn offset(&self, ms: f64) -> Offset {
        let info = self.rules.to_offset_info(instant(ms));
        Offset { seconds: info.offset().seconds(), daylight: info.dst().is_dst() }
    }

    /// Whether the zone's clocks change within about half a year of an instant.
    pub(super) fn changes_near(&self, ms: f64) -> bool {
        const HALF_YEAR_MS: f64 = 184.0 * 86_400_000.0;
        let at = instant(ms);
        let near = |other: Timestamp| {
            ((other.as_millisecond() as f64) - ms).abs() < HALF_YEAR_MS
                && self.rules.to_offset_info(other).dst().is_dst()
        };
        self.rules.preceding(at).next().is_some_and(|t| {
            // Daylight before the last change, or the change led into it.
            near(t.timestamp())
                || ((t.timestamp().as_millisecond() as f64) - ms).abs() < HALF_YEAR_MS
                    && self.offset(t.timestamp().as_millisecond() as f64 - 1.0).daylight
        }) || self.rules.following(at).next().is_some_and(|t| near(t.timestamp()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case() {
        assert_eq!(canonical("asia/KOLKATA").as_deref(), Some("Asia/Calcutta"));
        assert_eq!(canonical("gmt").as_deref(), Some("UTC"));
        assert_eq!(canonical("Mars/Olympus"), None);
    }

    #[test]
    fn every_zone_has_rules() {
        for name in all() {
            assert!(zone(&name).is_some(), "{name}");
        }
        assert!(zone("UTC").is_some());
    }

    #[test]
    fn summer_time_counts() {
        let berlin = zone("Europe/Berlin").unwrap();
        assert_eq!(berlin.offset(1_720_000_000_000.0), Offset { seconds: 7200, daylight: true });
        assert_eq!(berlin.offset(1_705_000_000_000.0), Offset { seconds: 3600, daylight: false });
        assert_eq!(berlin.offset(8.64e15).seconds, 3600);
    }
}
