//! Writing a date: each field of the pattern with its kind.

use super::calendar::Fields;
use super::dateformat::DateFormat;
use super::pattern::Token;
use super::zonenames::ZoneNames;

/// A piece of output: its kind as `formatToParts()` names it, and its text.
pub(super) type Part = (&'static str, String);

impl DateFormat {
    pub(super) fn format(&self, ms: f64) -> String {
        let fields = self.calendar.fields(ms, &self.zone);
        let mut out = String::with_capacity(48);
        for token in &self.pattern {
            match token {
                Token::Text(text) => out.push_str(text),
                Token::Field(letter, length) => {
                    self.write(&mut out, &self.pattern, *letter, *length, &fields, ms);
                }
            }
        }
        if out.contains('\u{202f}') { out.replace('\u{202f}', " ") } else { out }
    }

    pub(super) fn parts(&self, pattern: &[Token], ms: f64) -> Vec<Part> {
        let fields = self.calendar.fields(ms, &self.zone);
        let mut parts: Vec<Part> = Vec::with_capacity(pattern.len());
        for token in pattern {
            let (kind, text) = match token {
                Token::Text(text) => ("literal", text.clone()),
                Token::Field(letter, length) => {
                    let mut text = String::new();
                    self.write(&mut text, pattern, *letter, *length, &fields, ms);
                    (kind(*letter), text)
                }
            };
            if text.is_empty() {
                continue;
            }
            match parts.last_mut() {
                Some(("literal", before)) if kind == "literal" => before.push_str(&text),
                _ => parts.push((kind, text)),
            }
        }
        parts
    }

    fn write(
        &self,
        out: &mut String,
        pattern: &[Token],
        letter: char,
        length: usize,
        fields: &Fields,
        ms: f64,
    ) {
        let number =
            |out: &mut String, value: u32| self.digits.write(out, u64::from(value), length);
        let width = match length {
            4 => 1,
            5 => 2,
            _ => 0,
        };
        match letter {
            'G' => out.push_str(self.names.eras[width].get(&fields.era).map_or("", String::as_str)),
            'y' | 'Y' | 'u' | 'r' => {
                let year = if letter == 'r' { fields.related } else { fields.year };
                if year < 0 {
                    out.push('-');
                }
                let year = year.unsigned_abs();
                self.digits.write(out, if length == 2 { year % 100 } else { year }, length);
            }
            'M' | 'L' if length < 3 => self.digits.write(out, fields.month_number as u64, length),
            'M' => name(out, &self.names.months[width], fields.month),
            'L' => name(out, &self.names.months_alone[width], fields.month),
            'd' => number(out, fields.day),
            'E' | 'c' | 'e' => {
                let width = if length == 6 { 3 } else { width };
                let days = if letter == 'c' { &self.names.days_alone } else { &self.names.days };
                name(out, &days[width], fields.weekday);
            }
            'a' => self.half(out, width, fields.hour),
            'b' => {
                let period = match fields.hour {
                    12 if fields.minute == 0 || !has(pattern, 'm') => "noon",
                    0 if fields.minute == 0 || !has(pattern, 'm') => "midnight",
                    _ => "",
                };
                match self.names.periods[width].get(period) {
                    Some(name) => out.push_str(name),
                    None => self.half(out, width, fields.hour),
                }
            }
            'B' => self.period(out, pattern, width, fields),
            'h' => number(out, if fields.hour.is_multiple_of(12) { 12 } else { fields.hour % 12 }),
            'K' => number(out, fields.hour % 12),
            'H' => number(out, fields.hour),
            'k' => number(out, if fields.hour == 0 { 24 } else { fields.hour }),
            'm' => number(out, fields.minute),
            's' => number(out, fields.second),
            'S' => {
                let all = format!("{:03}", fields.millisecond);
                (0..length).for_each(|at| {
                    out.push(self.digits.of(all.chars().nth(at).unwrap_or('0')));
                });
            }
            'z' | 'O' | 'v' | 'V' | 'Z' | 'X' | 'x' => {
                let names = self
                    .zone_names
                    .borrow_mut()
                    .get_or_insert_with(|| ZoneNames::of(&self.settings.locale))
                    .clone();
                out.push_str(&names.name(&self.zone, ms, letter, length));
            }
            _ => {}
        }
    }

    fn half(&self, out: &mut String, width: usize, hour: u32) {
        let key = if hour < 12 { "am" } else { "pm" };
        out.push_str(self.names.periods[width].get(key).map_or("", String::as_str));
    }

    /// In the morning, at night: as the language divides the day.
    fn period(&self, out: &mut String, pattern: &[Token], width: usize, fields: &Fields) {
        let minute = if has(pattern, 'm') { fields.minute } else { 0 };
        let second = if has(pattern, 's') { fields.second } else { 0 };
        let at = fields.hour * 60 + minute;
        let names = &self.names.periods[width];
        let sharp = if minute == 0 && second == 0 {
            // Midnight goes by the name of its part of the night.
            self.names
                .rules
                .iter()
                .find(|(_, from, before)| before.is_none() && *from == at && at > 0)
        } else {
            None
        };
        let hour = fields.hour * 60;
        let spanned = || {
            self.names.rules.iter().find(|(_, from, before)| {
                before.is_some_and(|before| {
                    if *from < before {
                        hour >= *from && hour < before
                    } else {
                        hour >= *from || hour < before
                    }
                })
            })
        };
        let named = sharp
            .and_then(|(name, ..)| names.get(name))
            .or_else(|| spanned().and_then(|(name, ..)| names.get(name)));
        match named {
            Some(name) if !name.is_empty() => out.push_str(name),
            _ => self.half(out, width, fields.hour),
        }
    }
}

fn has(pattern: &[Token], letter: char) -> bool {
    pattern.iter().any(|token| matches!(token, Token::Field(other, _) if *other == letter))
}

fn name(out: &mut String, names: &[String], index: usize) {
    out.push_str(names.get(index).map_or("", String::as_str));
}

/// The kind of a field, as `formatToParts()` names it.
pub(super) fn kind(letter: char) -> &'static str {
    match letter {
        'G' => "era",
        'y' | 'Y' | 'u' => "year",
        'r' => "relatedYear",
        'U' => "yearName",
        'M' | 'L' => "month",
        'E' | 'c' | 'e' => "weekday",
        'd' => "day",
        'a' | 'b' | 'B' => "dayPeriod",
        'h' | 'H' | 'k' | 'K' => "hour",
        'm' => "minute",
        's' => "second",
        'S' => "fractionalSecond",
        'z' | 'O' | 'v' | 'V' | 'Z' | 'X' | 'x' => "timeZoneName",
        _ => "literal",
    }
}
