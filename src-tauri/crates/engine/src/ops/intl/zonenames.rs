//! Names of time zones: specific ("Pacific Daylight Time"), generic ("Pacific Time"), by place ("Los Angeles Time") and by offset ("GMT-8").

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use super::data::{section, supplement, supplement_of, text};
use super::digits::Digits;
use super::locale::{data_locale, region};
use super::pattern::fill;
use super::zones::Zone;

/// What a locale calls zones.
pub(super) struct ZoneNames {
    names: Rc<Value>,
    regions: Rc<Value>,
    digits: Digits,
    region: String,
}

const GENERIC: usize = 0;
const STANDARD: usize = 1;
const DAYLIGHT: usize = 2;

thread_local! {
    static KNOWN: RefCell<HashMap<String, Rc<ZoneNames>>> = RefCell::default();
}

impl ZoneNames {
    pub(super) fn of(locale: &str) -> Rc<Self> {
        if let Some(known) = KNOWN.with_borrow(|known| known.get(locale).cloned()) {
            return known;
        }
        let data = data_locale(locale);
        let system = section("numbers", &data)["ns"].as_str().unwrap_or("latn").to_owned();
        let made = Rc::new(Self {
            names: section("zones", &data),
            regions: section("names", &data),
            digits: Digits::new(&system),
            region: region(locale),
        });
        KNOWN.with_borrow_mut(|known| {
            if known.len() > 32 {
                known.clear();
            }
            known.insert(locale.to_owned(), Rc::clone(&made));
        });
        made
    }

    /// The name that a letter of a pattern asks for.
    pub(super) fn name(&self, zone: &Zone, ms: f64, letter: char, length: usize) -> String {
        let long = length >= 4;
        match letter {
            'z' => self.specific(zone, ms, long).unwrap_or_else(|| self.offset(zone, ms, long)),
            'v' => self
                .generic(zone, ms, long)
                .or_else(|| self.place(zone))
                .unwrap_or_else(|| self.offset(zone, ms, long)),
            'V' => self.place(zone).unwrap_or_else(|| self.offset(zone, ms, true)),
            _ => self.offset(zone, ms, long),
        }
    }

    /// `GMT+5:30`, long `GMT+05:30`.
    fn offset(&self, zone: &Zone, ms: f64, long: bool) -> String {
        let seconds = zone.offset(ms).seconds;
        let formats = text(&self.names, "hour");
        let (ahead, behind) = formats.split_once(';').unwrap_or(("+HH:mm", "-HH:mm"));
        let pattern = if seconds >= 0 { ahead } else { behind };
        let total = seconds.unsigned_abs();
        let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60);
        let start = pattern.find('H').unwrap_or(0);
        let end = pattern.rfind('H').map_or(start, |at| at + 1);
        let minute = pattern.find('m').unwrap_or(pattern.len());
        let after = pattern.rfind('m').map_or(pattern.len(), |at| at + 1);
        let separator = pattern.get(end..minute).unwrap_or(":");
        let mut out = pattern[..start].to_owned();
        self.digits.write(&mut out, u64::from(hours), if long { 2 } else { 1 });
        if long || minutes > 0 || rest > 0 {
            out.push_str(separator);
            self.digits.write(&mut out, u64::from(minutes), 2);
        }
        if rest > 0 {
            out.push_str(separator);
            self.digits.write(&mut out, u64::from(rest), 2);
        }
        // What follows the minutes goes with them.
        if long || minutes > 0 || rest > 0 {
            out.push_str(&pattern[after..]);
        }
        fill(text(&self.names, "gmt"), &[&out])
    }

    fn id(zone: &Zone) -> &str {
        if zone.name == "UTC" { "Etc/UTC" } else { &zone.name }
    }

    /// The name in a table of zones or of meta zones.
    fn own(entry: &Value, long: bool, which: usize) -> Option<&str> {
        entry[if long { "l" } else { "s" }][which].as_str().filter(|name| !name.is_empty())
    }

    fn zone_name(&self, zone: &Zone, long: bool, which: usize) -> Option<&str> {
        Self::own(&self.names["zone"][Self::id(zone)], long, which)
    }

    fn meta_name(&self, meta: &str, long: bool, which: usize) -> Option<&str> {
        Self::own(&self.names["meta"][meta], long, which)
    }

    fn specific(&self, zone: &Zone, ms: f64, long: bool) -> Option<String> {
        let which = if zone.offset(ms).daylight { DAYLIGHT } else { STANDARD };
        self.zone_name(zone, long, which)
            .or_else(|| self.meta_name(&meta_zone(Self::id(zone), ms)?, long, which))
            .map(str::to_owned)
    }

    fn generic(&self, zone: &Zone, ms: f64, long: bool) -> Option<String> {
        if let Some(name) = self.zone_name(zone, long, GENERIC) {
            return Some(name.to_owned());
        }
        let meta = meta_zone(Self::id(zone), ms)?;
        let general = self.meta_name(&meta, long, GENERIC);
        let here = zone.offset(ms);
        if !here.daylight && !zone.changes_near(ms) {
            let standard = self
                .zone_name(zone, long, STANDARD)
                .or_else(|| self.meta_name(&meta, long, STANDARD));
            if let Some(standard) = standard
                && general != Some(standard)
            {
                return Some(standard.to_owned());
            }
        }
        let general = general?;
        let golden = golden(&meta, &self.region)?;
        if golden != Self::id(zone)
            && let Some(other) = super::zones::zone(&golden)
            && other.offset(ms) != here
        {
            let country = region_of(Self::id(zone));
            let place = match &country {
                Some((country, _))
                    if self::golden(&meta, country).as_deref() == Some(Self::id(zone)) =>
                {
                    self.country(country)
                }
                _ => self.city(zone),
            };
            return Some(fill(text(&self.names, "fallback"), &[&place, general]));
        }
        Some(general.to_owned())
    }

    fn country(&self, code: &str) -> String {
        match text(&self.regions["region"], code) {
            "" => code.to_owned(),
            name => name.to_owned(),
        }
    }

    fn city(&self, zone: &Zone) -> String {
        match text(&self.names["zone"][Self::id(zone)], "c") {
            "" => zone.name.rsplit('/').next().unwrap_or_default().replace('_', " "),
            city => city.to_owned(),
        }
    }

    /// `Germany Time`, `Los Angeles Time`.
    fn place(&self, zone: &Zone) -> Option<String> {
        let (country, primary) = region_of(Self::id(zone))?;
        let place = if primary { self.country(&country) } else { self.city(zone) };
        Some(fill(self.names["region"][0].as_str().unwrap_or("{0}"), &[&place]))
    }
}

/// The meta zone of a zone at an instant.
fn meta_zone(id: &str, ms: f64) -> Option<String> {
    let spans = supplement_of("meta", id);
    let spans = spans.as_array()?;
    // "1971-10-31 02:00" compares as text does.
    let now =
        jiff::Timestamp::from_millisecond(ms as i64).ok()?.strftime("%Y-%m-%d %H:%M").to_string();
    spans
        .iter()
        .find(|span| {
            let (from, to) =
                (span[1].as_str().unwrap_or_default(), span[2].as_str().unwrap_or_default());
            // Meta zones begin with 1970.
            now.as_str() >= from.max("1970") && (to.is_empty() || now.as_str() < to)
        })
        .and_then(|span| span[0].as_str())
        .map(str::to_owned)
}

/// The zone whose clocks a meta zone means in a region.
fn golden(meta: &str, region: &str) -> Option<String> {
    let golden = supplement("golden");
    let zones = &golden[meta];
    zones.get(region).or_else(|| zones.get("001")).and_then(Value::as_str).map(str::to_owned)
}

/// The region of a zone, and whether the zone stands for all of it.
fn region_of(id: &str) -> Option<(String, bool)> {
    thread_local! {
        static COUNTS: RefCell<HashMap<String, usize>> = RefCell::default();
    }
    let regions = supplement("zoneRegion");
    let regions = regions.as_object()?;
    let region = regions.get(id)?.as_str().filter(|region| *region != "001" && *region != "UT")?;
    let count = COUNTS.with_borrow_mut(|counts| {
        if counts.is_empty() {
            for region in regions.values().filter_map(Value::as_str) {
                *counts.entry(region.to_owned()).or_default() += 1;
            }
        }
        counts.get(region).copied().unwrap_or(0)
    });
    let primary = count == 1 || supplement("primary")[region].as_str() == Some(id);
    Some((region.to_owned(), primary))
}

#[cfg(test)]
mod tests {
    use super::super::zones::zone;
    use super::*;

    fn name(locale: &str, place: &str, letter: char, length: usize) -> String {
        ZoneNames::of(locale).name(&zone(place).unwrap(), 1_705_000_000_000.0, letter, length)
    }

    #[test]
    fn names_of_each_kind() {
        assert_eq!(name("en", "America/Los_Angeles", 'z', 1), "PST");
        assert_eq!(name("en", "America/Los_Angeles", 'z', 4), "Pacific Standard Time");
        assert_eq!(name("en", "America/Los_Angeles", 'v', 4), "Pacific Time");
        assert_eq!(name("en", "Asia/Kolkata", 'O', 1), "GMT+5:30");
        assert_eq!(name("en", "Asia/Kolkata", 'O', 4), "GMT+05:30");
        assert_eq!(name("en", "Europe/Berlin", 'v', 1), "Germany Time");
        assert_eq!(name("en", "UTC", 'z', 4), "Coordinated Universal Time");
    }
}
