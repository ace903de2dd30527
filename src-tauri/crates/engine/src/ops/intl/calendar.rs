//! The fields of an instant in a calendar.

use icu_calendar::types::RataDie;
use icu_calendar::{AnyCalendar, AnyCalendarKind, Date, Ref};

use super::zones::{Offset, Zone};

/// Days from year 1 to 1970, as rata die counts them.
const UNIX_EPOCH_DAY: i64 = 719_163;
const DAY_MS: i64 = 86_400_000;

/// A date and time of a zone. Months count from 0, weekdays from Sunday = 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) era: usize,
    pub(super) year: i64,
    /// The Gregorian year that a year of another calendar mostly lies in.
    pub(super) related: i64,
    pub(super) month: usize,
    /// The month's number where the name of a month does not tell it.
    pub(super) month_number: usize,
    pub(super) day: u32,
    pub(super) weekday: usize,
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    pub(super) millisecond: u32,
    pub(super) offset: Offset,
}

/// A calendar by its name in locales.
pub(super) enum Calendar {
    Gregorian,
    Other(Box<AnyCalendar>, Kind),
}

/// Which names a calendar uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Buddhist,
    Japanese,
    Roc,
    Persian,
    Hebrew,
    Islamic,
}

impl Kind {
    /// The section of the locale data.
    pub(super) fn data(self) -> &'static str {
        match self {
            Self::Buddhist => "buddhist",
            Self::Japanese => "japanese",
            Self::Roc => "roc",
            Self::Persian => "persian",
            Self::Hebrew => "hebrew",
            Self::Islamic => "islamic",
        }
    }
}

/// Calendars that can be shown.
pub(super) const CALENDARS: &[&str] = &[
    "buddhist",
    "gregory",
    "hebrew",
    "islamic",
    "islamic-civil",
    "islamic-rgsa",
    "islamic-tbla",
    "islamic-umalqura",
    "iso8601",
    "japanese",
    "persian",
    "roc",
];

impl Calendar {
    pub(super) fn new(name: &str) -> Self {
        let (kind, names) = match name {
            "buddhist" => (AnyCalendarKind::Buddhist, Kind::Buddhist),
            "japanese" => (AnyCalendarKind::Japanese, Kind::Japanese),
            "roc" => (AnyCalendarKind::Roc, Kind::Roc),
            "persian" => (AnyCalendarKind::Persian, Kind::Persian),
            "hebrew" => (AnyCalendarKind::Hebrew, Kind::Hebrew),
            "islamic-civil" => (AnyCalendarKind::HijriTabularTypeIIFriday, Kind::Islamic),
            "islamic-tbla" => (AnyCalendarKind::HijriTabularTypeIIThursday, Kind::Islamic),
            // Where the moon decides, the official table is the nearest.
            "islamic" | "islamic-umalqura" | "islamic-rgsa" => {
                (AnyCalendarKind::HijriUmmAlQura, Kind::Islamic)
            }
            _ => return Self::Gregorian,
        };
        Self::Other(Box::new(AnyCalendar::new(kind)), names)
    }

    pub(super) fn kind(&self) -> Option<Kind> {
        match self {
            Self::Gregorian => None,
            Self::Other(_, kind) => Some(*kind),
        }
    }

    /// The fields of an instant, in milliseconds since 1970.
    pub(super) fn fields(&self, ms: f64, zone: &Zone) -> Fields {
        let offset = zone.offset(ms);
        let local = ms as i64 + i64::from(offset.seconds) * 1000;
        let days = local.div_euclid(DAY_MS);
        let time = local.rem_euclid(DAY_MS) as u32;
        let (year, month, day) = civil(days);
        let mut fields = Fields {
            era: usize::from(year > 0),
            year: if year > 0 { year } else { 1 - year },
            related: year,
            month,
            month_number: month + 1,
            day,
            weekday: (days + 4).rem_euclid(7) as usize,
            hour: time / 3_600_000,
            minute: time / 60_000 % 60,
            second: time / 1000 % 60,
            millisecond: time % 1000,
            offset,
        };
        if let Self::Other(calendar, kind) = self {
            other(&mut fields, days, calendar, *kind);
        }
        fields
    }
}

fn other(fields: &mut Fields, days: i64, calendar: &AnyCalendar, kind: Kind) {
    let date = Date::from_rata_die(RataDie::new(days + UNIX_EPOCH_DAY), Ref(calendar));
    let month = date.month();
    let year = date.year();
    fields.day = u32::from(date.day_of_month().0);
    fields.month = usize::from(month.number()).saturating_sub(1);
    fields.month_number = usize::from(month.number());
    fields.year = i64::from(year.extended_year());
    fields.era = 0;
    match kind {
        Kind::Hebrew => {
            // Names count the leap month Adar I as the sixth; plain Adar is the seventh, Adar II has a name after the thirteenth.
            let number = usize::from(month.number());
            fields.month = if month.to_input().is_leap() {
                5
            } else if number >= 6 {
                if number == 6 && usize::from(date.months_in_year()) == 13 { 13 } else { number }
            } else {
                number - 1
            };
            fields.month_number = usize::from(month.ordinal);
        }
        Kind::Roc => {
            fields.era = usize::from(fields.year > 0);
            if fields.year <= 0 {
                fields.year = 1 - fields.year;
            }
        }
        Kind::Islamic => {
            fields.era = usize::from(fields.year <= 0);
            if fields.year <= 0 {
                fields.year = 1 - fields.year;
            }
        }
        Kind::Japanese => {
            // Eras by the first day of each: Meiji, Taishō, Shōwa, Heisei, Reiwa; before them, Gregorian years of Meiji's names' calendar.
            const ERAS: [(i64, i64, usize); 5] = [
                (18_017, 2019, 236),
                (6_947, 1989, 235),
                (-15_716, 1926, 234),
                (-20_974, 1912, 233),
                (-37_255, 1868, 232),
            ];
            let gregorian = civil(days).0;
            match ERAS.iter().find(|(first, ..)| days >= *first) {
                Some((_, year, era)) => {
                    fields.era = *era;
                    fields.year = gregorian - year + 1;
                }
                None => {
                    fields.era = 232;
                    fields.year = gregorian - 1867;
                }
            }
        }
        Kind::Buddhist | Kind::Persian => {}
    }
}

/// Year, month from 0 and day of a number of days since 1970.
fn civil(days: i64) -> (i64, usize, u32) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * month + 2) / 5 + 1) as u32;
    let month = if month < 10 { month + 2 } else { month - 10 } as usize;
    (year_of_era + era * 400 + i64::from(month <= 1), month, day)
}

#[cfg(test)]
mod tests {
    use super::super::zones::zone;
    use super::*;

    fn of(name: &str, ms: f64) -> (usize, i64, usize, u32) {
        let fields = Calendar::new(name).fields(ms, &zone("UTC").unwrap());
        (fields.era, fields.year, fields.month, fields.day)
    }

    #[test]
    fn one_day_in_many_calendars() {
        assert_eq!(of("gregory", 1e12), (1, 2001, 8, 9));
        assert_eq!(of("buddhist", 1e12), (0, 2544, 8, 9));
        assert_eq!(of("japanese", 1e12), (235, 13, 8, 9));
        assert_eq!(of("islamic-umalqura", 1e12), (0, 1422, 5, 21));
        assert_eq!(of("islamic-civil", 1e12), (0, 1422, 5, 20));
        assert_eq!(of("persian", 1e12), (0, 1380, 5, 18));
        assert_eq!(of("hebrew", 1e12), (0, 5761, 12, 21));
        assert_eq!(of("roc", 1e12), (1, 90, 8, 9));
        assert_eq!(of("gregory", -62_200_000_000_000.0).0, 0);
    }
}
