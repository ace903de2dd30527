//! The formats in which forms carry numbers, dates and times as text (contract chapter 7, RFC 3339 section 5.6).

/// A decimal number: digits, perhaps a sign before and a fraction after.
pub fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    all_digits(whole) && all_digits(fraction)
}

/// An RFC 3339 `full-date`: `2026-02-28`, and a day that exists.
pub fn is_full_date(text: &str) -> bool {
    let (Some(year), Some("-"), Some(month), Some("-"), Some(day), None) = (
        text.get(..4),
        text.get(4..5),
        text.get(5..7),
        text.get(7..8),
        text.get(8..10),
        text.get(10..11),
    ) else {
        return false;
    };
    if !(all_digits(year) && all_digits(month) && all_digits(day)) {
        return false;
    }
    match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) => jiff::civil::Date::new(year, month, day).is_ok(),
        _ => false,
    }
}

/// An RFC 3339 `full-time`: `14:30:00Z`, `14:30:00.5+02:00`. The offset is part of it.
pub fn is_full_time(text: &str) -> bool {
    // 60 is a leap second; the grammar has it.
    let (Some(hour), Some(":"), Some(minute), Some(":"), Some(second), Some(rest)) = (
        text.get(..2),
        text.get(2..3),
        text.get(3..5),
        text.get(5..6),
        text.get(6..8),
        text.get(8..),
    ) else {
        return false;
    };
    if !(at_most(hour, 23) && at_most(minute, 59) && at_most(second, 60)) {
        return false;
    }
    let offset = match rest.strip_prefix('.') {
        Some(fraction) => {
            let offset = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if offset.len() == fraction.len() {
                return false;
            }
            offset
        }
        None => rest,
    };
    if matches!(offset, "Z" | "z") {
        return true;
    }
    offset.strip_prefix(['+', '-']).and_then(|offset| offset.split_once(':')).is_some_and(
        |(hours, minutes)| {
            hours.len() == 2 && minutes.len() == 2 && at_most(hours, 23) && at_most(minutes, 59)
        },
    )
}

/// An RFC 3339 `date-time`: a full-date, `T`, a full-time.
pub fn is_date_time(text: &str) -> bool {
    text.split_once(['T', 't']).is_some_and(|(date, time)| is_full_date(date) && is_full_time(time))
}

/// An absolute http or https URL.
pub fn is_http_url(text: &str) -> bool {
    url::Url::parse(text)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn at_most(text: &str, most: u8) -> bool {
    all_digits(text) && text.parse::<u8>().is_ok_and(|number| number <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(test: fn(&str) -> bool, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(test(text), "{text}");
        }
        for text in bad {
            assert!(!test(text), "{text}");
        }
    }

    #[test]
    fn decimals() {
        check(
            is_decimal,
            &["0", "-1", "+1", "12.50", "007", "123456789012345678901234567890"],
            &["", "-", ".", "1.", ".5", "1e3", "1,5", " 1", "0x10", "Infinity", "١"],
        );
    }

    #[test]
    fn dates() {
        check(
            is_full_date,
            &["2026-02-28", "2024-02-29", "0000-01-01", "9999-12-31"],
            &[
                "2026-02-29",
                "2026-13-01",
                "2026-1-1",
                "2026-01-01T",
                "20260101",
                "+026-01-01",
                "2026-01-0१",
                "",
                "2026/01/01",
            ],
        );
    }

    #[test]
    fn times() {
        check(
            is_full_time,
            &[
                "14:30:00Z",
                "14:30:00z",
                "23:59:60Z",
                "00:00:00.123456789+02:00",
                "12:00:00-00:00",
                "12:00:00+23:59",
            ],
            &[
                "14:30:00",
                "14:30Z",
                "24:00:00Z",
                "12:60:00Z",
                "12:00:61Z",
                "12:00:00.Z",
                "12:00:00+2:00",
                "12:00:00+0200",
                "12:00:00+24:00",
                "",
            ],
        );
    }

    #[test]
    fn date_times() {
        check(
            is_date_time,
            &["2026-02-28T14:30:00Z", "2026-02-28t14:30:00.1+01:00"],
            &[
                "2026-02-28 14:30:00Z",
                "2026-02-28",
                "2026-02-30T14:30:00Z",
                "2026-02-28T14:30:00",
                "TT",
            ],
        );
    }

    #[test]
    fn urls() {
        check(
            is_http_url,
            &["http://127.0.0.1:4870/sign?x=1", "https://example.com"],
            &[
                "example.com",
                "/sign",
                "ftp://example.com",
                "javascript:alert(1)",
                "http://",
                "mailto:a@b",
            ],
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_them_panic(text in "\\PC*") {
            let _ = (is_decimal(&text), is_full_date(&text), is_full_time(&text), is_date_time(&text), is_http_url(&text));
        }
    }
}
