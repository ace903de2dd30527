//! Which date pattern of a locale fits the fields asked for: the nearest of those that it has, its fields widened or narrowed, several
//! put together where none has all fields. The rules are those of Unicode's technical standard 35, part 4, "Matching Skeletons", with the
//! distances of ICU, so that the same pattern wins.

use super::pattern::{Token, fill_tokens, parse};

const FIELDS: usize = 16;
const ERA: usize = 0;
const YEAR: usize = 1;
const MONTH: usize = 3;
const WEEKDAY: usize = 6;
const DAYPERIOD: usize = 10;
const HOUR: usize = 11;
const MINUTE: usize = 12;
const SECOND: usize = 13;
const FRACTION: usize = 14;
const DATE_MASK: u32 = (1 << DAYPERIOD) - 1;
const TIME_MASK: u32 = ((1 << FIELDS) - 1) & !DATE_MASK;

const NARROW: i32 = -0x101;
const SHORTER: i32 = -0x102;
const SHORT: i32 = -0x103;
const LONG: i32 = -0x104;
const NUMERIC: i32 = 0x100;
const DELTA: i32 = 0x10;
const EXTRA: i32 = 0x10000;
const MISSING: i32 = 0x1000;

/// Names of the fields in CLDR's `appendItems` and `fields`.
const NAMES: [(&str, &str); FIELDS] = [
    ("Era", "era"),
    ("Year", "year"),
    ("Quarter", "quarter"),
    ("Month", "month"),
    ("Week", "week"),
    ("Week", "weekOfMonth"),
    ("Day-Of-Week", "weekday"),
    ("Day", "dayOfYear"),
    ("Day-Of-Week", "weekdayOfMonth"),
    ("Day", "day"),
    ("", "dayperiod"),
    ("Hour", "hour"),
    ("Minute", "minute"),
    ("Second", "second"),
    ("", ""),
    ("Timezone", "zone"),
];

/// A letter's field and kind. Numbers count their length on top, texts do not.
fn kind(letter: char, length: usize) -> Option<(usize, i32)> {
    let text = |delta: i32| match length {
        0..=3 => SHORT + delta,
        4 => LONG + delta,
        5 => NARROW + delta,
        _ => SHORTER + delta,
    };
    Some(match letter {
        'G' => (ERA, text(0)),
        'y' => (YEAR, NUMERIC),
        'Y' => (YEAR, NUMERIC + DELTA),
        'u' => (YEAR, NUMERIC + 2 * DELTA),
        'r' => (YEAR, NUMERIC + 3 * DELTA),
        'U' => (YEAR, text(0)),
        'Q' => (2, if length < 3 { NUMERIC } else { text(0) }),
        'q' => (2, if length < 3 { NUMERIC + DELTA } else { text(-DELTA) }),
        'M' => (MONTH, if length < 3 { NUMERIC } else { text(0) }),
        'L' => (MONTH, if length < 3 { NUMERIC + DELTA } else { text(-DELTA) }),
        'w' => (4, NUMERIC),
        'W' => (5, NUMERIC),
        'E' => (WEEKDAY, text(0)),
        'c' => (WEEKDAY, if length < 3 { NUMERIC + 2 * DELTA } else { text(-2 * DELTA) }),
        'e' => (WEEKDAY, if length < 3 { NUMERIC + DELTA } else { text(-DELTA) }),
        'D' => (7, NUMERIC),
        'F' => (8, NUMERIC),
        'd' => (9, NUMERIC),
        'g' => (9, NUMERIC + DELTA),
        'a' => (DAYPERIOD, text(0)),
        'b' => (DAYPERIOD, text(-DELTA)),
        'B' => (DAYPERIOD, text(-3 * DELTA)),
        'H' => (HOUR, NUMERIC + 10 * DELTA),
        'k' => (HOUR, NUMERIC + 11 * DELTA),
        'h' => (HOUR, NUMERIC),
        'K' => (HOUR, NUMERIC + DELTA),
        'm' => (MINUTE, NUMERIC),
        's' => (SECOND, NUMERIC),
        'S' => (FRACTION, NUMERIC),
        'A' => (SECOND, NUMERIC + DELTA),
        'v' => (15, if length < 4 { SHORT - 2 * DELTA } else { LONG - 2 * DELTA }),
        'z' => (15, if length < 4 { SHORT } else { LONG }),
        'Z' => (
            15,
            match length {
                0..=3 => NARROW - DELTA,
                4 => LONG - DELTA,
                _ => SHORT - DELTA,
            },
        ),
        'O' => (15, if length < 4 { SHORT - DELTA } else { LONG - DELTA }),
        'V' => (15, SHORT - DELTA),
        'X' | 'x' => (15, NARROW - DELTA),
        _ => return None,
    })
}

/// The shortest form of a letter that is of the same kind: `MMM` for `MMMM`? no, each kind has its own.
fn base_length(letter: char, length: usize) -> usize {
    match letter {
        'M' | 'L' | 'Q' | 'q' | 'c' | 'e' if length < 3 => 1,
        'M' | 'L' | 'Q' | 'q' | 'c' | 'e' if length == 3 => 3,
        'G' | 'E' | 'a' | 'b' | 'B' | 'z' | 'U' if length <= 3 => 1,
        'y' | 'Y' | 'u' | 'r' | 'w' | 'W' | 'D' | 'F' | 'd' | 'g' | 'H' | 'k' | 'h' | 'K' | 'm'
        | 's' | 'S' | 'A' => 1,
        _ => length,
    }
}

/// The letter of a skeleton's hour.
pub(super) fn hour_letter(skeleton: &Skeleton) -> Option<char> {
    skeleton.fields[HOUR].map(|(letter, _)| letter)
}

/// The fields of a pattern or a request, each with its letter and length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Skeleton {
    fields: [Option<(char, usize)>; FIELDS],
    kinds: [i32; FIELDS],
    /// The hour brought its own day period.
    added_period: bool,
}

impl Skeleton {
    pub(super) fn of(tokens: &[Token]) -> Self {
        let mut skeleton = Self::default();
        for token in tokens {
            let Token::Field(letter, length) = token else { continue };
            let Some((field, kind)) = kind(*letter, *length) else { continue };
            if skeleton.fields[field].is_some() && field != HOUR {
                continue;
            }
            skeleton.fields[field] = Some((*letter, *length));
            skeleton.kinds[field] = if kind > 0 { kind + *length as i32 } else { kind };
        }
        match skeleton.fields[HOUR] {
            Some(('h' | 'K', _)) if skeleton.fields[DAYPERIOD].is_none() => {
                skeleton.fields[DAYPERIOD] = Some(('a', 1));
                skeleton.kinds[DAYPERIOD] = SHORT;
                skeleton.added_period = true;
            }
            Some(('H' | 'k', _)) => {
                skeleton.fields[DAYPERIOD] = None;
                skeleton.kinds[DAYPERIOD] = 0;
            }
            _ => {}
        }
        skeleton
    }

    pub(super) fn parse(text: &str) -> Self {
        Self::of(&parse(text))
    }

    fn mask(&self) -> u32 {
        (0..FIELDS).filter(|field| self.kinds[*field] != 0).fold(0, |mask, field| mask | 1 << field)
    }

    /// Its letters in the order of the fields, each as short as its kind allows.
    fn base(&self) -> String {
        let mut out = String::new();
        for (letter, length) in self.fields.iter().flatten() {
            let shown = base_length(*letter, *length);
            (0..shown).for_each(|_| out.push(*letter));
        }
        out
    }

    /// Its letters in the order of the fields. A day period that came with the hour is left out.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for (field, value) in self.fields.iter().enumerate() {
            let Some((letter, length)) = value else { continue };
            if field == DAYPERIOD && self.added_period {
                continue;
            }
            (0..*length).for_each(|_| out.push(*letter));
        }
        out
    }

    /// How far `other` is from this one within `include`; which fields it lacks.
    fn distance(&self, other: &Self, include: u32) -> (i32, u32, u32) {
        let (mut distance, mut missing, mut extra) = (0, 0, 0);
        for field in 0..FIELDS {
            let mine = if include & (1 << field) == 0 { 0 } else { self.kinds[field] };
            let theirs = other.kinds[field];
            if mine == theirs {
                continue;
            }
            if mine == 0 {
                distance += EXTRA;
                extra |= 1 << field;
            } else if theirs == 0 {
                distance += MISSING;
                missing |= 1 << field;
            } else {
                distance += (mine - theirs).abs();
            }
        }
        (distance, missing, extra)
    }
}

struct Entry {
    skeleton: Skeleton,
    base: String,
    pattern: Vec<Token>,
    /// Named by the locale, not derived from its pattern.
    named: bool,
}

/// What joins a date and a time, by the date's length: full, long, medium, short.
pub(super) type Glue = [String; 4];

/// The patterns of a locale's calendar.
pub(super) struct Patterns {
    entries: Vec<Entry>,
    pub(super) glue: Glue,
    append: Vec<(String, String)>,
    decimal: String,
}

struct Found<'a> {
    entry: &'a Entry,
    missing: u32,
    extra: u32,
}

impl Patterns {
    /// `styles`: full date, full time, long date, … `available`: skeletons and patterns. `append(item, field)`: how a field is appended,
    /// and what it is called.
    pub(super) fn new<'a>(
        styles: &[&str],
        available: impl Iterator<Item = (&'a str, &'a str)>,
        glue: Glue,
        append: impl Fn(&str, &str) -> (String, String),
        decimal: &str,
    ) -> Self {
        let append = NAMES.iter().map(|(item, name)| append(item, name)).collect();
        let mut patterns = Self { entries: Vec::new(), glue, append, decimal: decimal.to_owned() };
        for letter in
            ["G", "y", "Q", "M", "w", "W", "E", "D", "F", "d", "a", "H", "m", "s", "S", "v"]
        {
            patterns.add(parse(letter), None);
        }
        for style in styles {
            patterns.add(parse(style), None);
        }
        for (skeleton, pattern) in available {
            patterns.add(parse(pattern), Some(skeleton));
        }
        // In the order in which ICU looks at them: by the first letter of the base, capitals first.
        patterns.entries.sort_by_key(|entry| entry.base.chars().next());
        patterns
    }

    fn add(&mut self, pattern: Vec<Token>, named: Option<&str>) {
        let skeleton = named.map_or_else(|| Skeleton::of(&pattern), Skeleton::parse);
        let base = skeleton.base();
        if named.is_none() && self.entries.iter().any(|e| e.base == base && !e.named) {
            return;
        }
        let same = self.entries.iter_mut().find(|entry| entry.skeleton.fields == skeleton.fields);
        match same {
            Some(entry) if named.is_some() && !entry.named => {
                entry.pattern = pattern;
                entry.named = true;
                entry.skeleton = skeleton;
            }
            Some(_) => {}
            None => self.entries.push(Entry { skeleton, base, pattern, named: named.is_some() }),
        }
    }

    /// The pattern for the fields asked for.
    /// `own_hour`: the hour as long as the pattern has it, not as asked for.
    pub(super) fn best(&self, wanted: &Skeleton, own_hour: bool) -> Vec<Token> {
        let Some(found) = self.nearest(wanted, u32::MAX) else { return Vec::new() };
        if found.missing == 0 && found.extra == 0 {
            return self.adjust(found.entry, &found.entry.pattern, wanted, false, own_hour);
        }
        let mask = wanted.mask();
        let date = self.appended(wanted, mask & DATE_MASK, own_hour);
        let time = self.appended(wanted, mask & TIME_MASK, own_hour);
        if date.is_empty() {
            return time;
        }
        if time.is_empty() {
            return date;
        }
        let style = match wanted.fields[MONTH] {
            Some((_, 4)) if wanted.fields[WEEKDAY].is_some() => 0,
            Some((_, 4)) => 1,
            Some((_, 3)) => 2,
            _ => 3,
        };
        fill_tokens(&self.glue[style], &[&time, &date])
    }

    fn nearest(&self, wanted: &Skeleton, include: u32) -> Option<Found<'_>> {
        let mut best: Option<(i32, Found<'_>)> = None;
        for entry in &self.entries {
            let (distance, missing, extra) = wanted.distance(&entry.skeleton, include);
            let better = best.as_ref().is_none_or(|(least, found)| {
                distance < *least || (distance == *least && found.missing < missing)
            });
            if better {
                best = Some((distance, Found { entry, missing, extra }));
                if distance == 0 {
                    break;
                }
            }
        }
        best.map(|(_, found)| found)
    }

    /// A pattern for some of the fields, further ones appended.
    fn appended(&self, wanted: &Skeleton, fields: u32, own_hour: bool) -> Vec<Token> {
        if fields == 0 {
            return Vec::new();
        }
        let Some(found) = self.nearest(wanted, fields) else { return Vec::new() };
        let mut made = self.adjust(found.entry, &found.entry.pattern, wanted, false, own_hour);
        let mut missing = found.missing;
        let mut last = 0;
        while missing != 0 && missing != last {
            const BOTH: u32 = 1 << SECOND | 1 << FRACTION;
            if missing & BOTH == 1 << FRACTION && fields & BOTH == BOTH {
                made = self.adjust(found.entry, &made, wanted, true, own_hour);
                missing &= !(1 << FRACTION);
                continue;
            }
            last = missing;
            let Some(next) = self.nearest(wanted, missing) else { break };
            let more = self.adjust(next.entry, &next.entry.pattern, wanted, false, own_hour);
            let gained = missing & !next.missing;
            if gained != 0 {
                let (item, name) = &self.append[31 - gained.leading_zeros() as usize];
                if !item.is_empty() {
                    made = fill_tokens(item, &[&made, &more, &[Token::Text(name.clone())]]);
                }
            }
            missing = next.missing;
        }
        made
    }

    /// The fields of a pattern in the lengths that were asked for.
    fn adjust(
        &self,
        entry: &Entry,
        pattern: &[Token],
        wanted: &Skeleton,
        fraction: bool,
        own_hour: bool,
    ) -> Vec<Token> {
        let mut out: Vec<Token> = Vec::with_capacity(pattern.len() + 2);
        for token in pattern {
            let Token::Field(letter, length) = token else {
                match (out.last_mut(), token) {
                    (Some(Token::Text(before)), Token::Text(text)) => before.push_str(text),
                    _ => out.push(token.clone()),
                }
                continue;
            };
            let Some((field, own_kind)) = kind(*letter, *length) else {
                out.push(token.clone());
                continue;
            };
            if fraction && field == SECOND {
                out.push(token.clone());
                out.push(Token::Text(self.decimal.clone()));
                if let Some((letter, length)) = wanted.fields[FRACTION] {
                    out.push(Token::Field(letter, length));
                }
                continue;
            }
            let Some((asked, mut asked_length)) = wanted.fields[field] else {
                out.push(token.clone());
                continue;
            };
            if asked == 'E' && asked_length < 3 {
                asked_length = 3;
            }
            let mut shown = asked_length;
            if matches!(field, MINUTE | SECOND) || (own_hour && field == HOUR) {
                shown = *length;
            } else if entry.named && asked != 'c' && asked != 'e' {
                let named_length = entry.skeleton.fields[field].map_or(0, |(_, length)| length);
                let numeric = own_kind > 0;
                let named_numeric = entry.skeleton.kinds[field] > 0;
                if named_length == asked_length || numeric != named_numeric {
                    shown = *length;
                }
            }
            let mut letter =
                if matches!(field, HOUR | MONTH | WEEKDAY) || (field == YEAR && asked != 'Y') {
                    *letter
                } else {
                    asked
                };
            if letter == 'E' && shown < 3 {
                letter = 'e';
            }
            out.push(Token::Field(letter, shown));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Patterns {
        Patterns::new(
            &["EEEE, MMMM d, y", "MMMM d, y", "MMM d, y", "M/d/yy", "h:mm:ss a"],
            [("yMd", "M/d/y"), ("yMMMd", "MMM d, y"), ("Hms", "HH:mm:ss"), ("hm", "h:mm a")]
                .into_iter(),
            ["{1} 'at' {0}", "{1} 'at' {0}", "{1}, {0}", "{1}, {0}"].map(str::to_owned),
            |item, name| (if item.is_empty() { "" } else { "{0} {1}" }.to_owned(), name.to_owned()),
            ".",
        )
    }

    fn best(skeleton: &str) -> String {
        english()
            .best(&Skeleton::parse(skeleton), false)
            .iter()
            .map(|token| match token {
                Token::Text(text) => text.clone(),
                Token::Field(letter, length) => letter.to_string().repeat(*length),
            })
            .collect()
    }

    #[test]
    fn fields_take_the_length_asked_for() {
        assert_eq!(best("yMd"), "M/d/y");
        assert_eq!(best("yMMdd"), "MM/dd/y");
        assert_eq!(best("yyMd"), "M/d/yy");
        assert_eq!(best("yMMMMd"), "MMMM d, y");
        assert_eq!(best("yMMddHHmmss"), "MM/dd/y, HH:mm:ss");
        assert_eq!(best("yMMMMdhm"), "MMMM d, y at h:mm a");
        assert_eq!(best("sSSS"), "s.SSS");
    }
}
