//! Ranges of dates: the locale's patterns by the largest field that differs, and which parts belong to which end.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;

use super::calendar::Fields;
use super::data::section;
use super::dateformat::{DateFormat, patterns, with_cycle};
use super::dateparts::Part;
use super::pattern::{Token, fill_tokens, parse};
use super::skeleton::{Skeleton, hour_letter};

/// A part with the end of the range it belongs to.
pub(super) type RangePart = (&'static str, String, &'static str);

/// The largest field that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Differing {
    Era,
    Year,
    Month,
    Day,
    Half,
    Hour,
    Minute,
    Second,
    Fraction,
}

/// How to write a range.
#[derive(Clone, Debug)]
enum Way {
    /// One pattern for both ends, and where the second begins.
    Interval(Vec<Token>, usize),
    /// This pattern for each end, joined by the fallback.
    Full(Vec<Token>),
}

/// The ways of a format, made once.
pub(super) struct Intervals {
    ways: BTreeMap<Differing, Way>,
    fallback: String,
    /// The date's and the time's patterns where both are there, and what joins them.
    halves: Option<(Vec<Token>, Vec<Token>, String)>,
    /// The whole pattern, as chosen anew for ranges.
    full: Vec<Token>,
}

fn differing(start: &Fields, end: &Fields) -> Option<Differing> {
    Some(if start.era != end.era {
        Differing::Era
    } else if start.year != end.year {
        Differing::Year
    } else if start.month != end.month {
        Differing::Month
    } else if start.day != end.day {
        Differing::Day
    } else if start.hour / 12 != end.hour / 12 {
        Differing::Half
    } else if start.hour != end.hour {
        Differing::Hour
    } else if start.minute != end.minute {
        Differing::Minute
    } else if start.second != end.second {
        Differing::Second
    } else if start.millisecond != end.millisecond {
        Differing::Fraction
    } else {
        return None;
    })
}

/// The smallest field that a pattern shows.
fn smallest(pattern: &[Token]) -> Differing {
    let of = |letter: char| match letter {
        'G' => Differing::Era,
        'y' | 'r' | 'U' => Differing::Year,
        'M' | 'L' => Differing::Month,
        'a' => Differing::Half,
        'h' | 'H' | 'k' | 'K' => Differing::Hour,
        'm' => Differing::Minute,
        's' => Differing::Second,
        'S' => Differing::Fraction,
        'd' | 'E' | 'c' | 'e' | 'b' | 'B' => Differing::Day,
        _ => Differing::Era,
    };
    let letters = pattern.iter().filter_map(|token| match token {
        Token::Field(letter, _) => Some(of(*letter)),
        Token::Text(_) => None,
    });
    letters.max().unwrap_or(Differing::Era)
}

impl DateFormat {
    pub(super) fn range(&self, start: f64, end: f64) -> Vec<RangePart> {
        let (a, b) =
            (self.calendar.fields(start, &self.zone), self.calendar.fields(end, &self.zone));
        let alone = || {
            let parts = self.parts(&self.pattern, start);
            parts.into_iter().map(|(kind, text)| (kind, text, "shared")).collect()
        };
        let Some(field) = differing(&a, &b) else { return alone() };
        let intervals = Rc::clone(
            self.intervals.borrow_mut().get_or_insert_with(|| Rc::new(Intervals::new(self))),
        );
        match intervals.ways.get(&field) {
            Some(Way::Interval(pattern, second)) => {
                let mut parts = self.parts(&pattern[..*second], start);
                let later = self.parts(&pattern[*second..], end);
                join(&mut parts, later);
                spans(parts)
            }
            Some(Way::Full(pattern)) => spans(self.both(&intervals.fallback, pattern, start, end)),
            None if field > smallest(&self.pattern) => alone(),
            None => match &intervals.halves {
                Some((date, time, glue)) if field >= Differing::Half => {
                    let times = self.both(&intervals.fallback, time, start, end);
                    spans(glued(glue, &[times, self.parts(date, start)]))
                }
                _ => spans(self.both(&intervals.fallback, &intervals.full, start, end)),
            },
        }
    }

    fn both(&self, fallback: &str, pattern: &[Token], start: f64, end: f64) -> Vec<Part> {
        glued(fallback, &[self.parts(pattern, start), self.parts(pattern, end)])
    }
}

/// Puts parts into `{0}` and `{1}` of a text.
fn glued(pattern: &str, values: &[Vec<Part>]) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    for token in fill_tokens(pattern, &[&[Token::Field('0', 1)], &[Token::Field('1', 1)]]) {
        match token {
            Token::Text(text) => join(&mut out, vec![("literal", text)]),
            Token::Field(letter, _) => {
                let index = usize::from(letter == '1');
                join(&mut out, values.get(index).cloned().unwrap_or_default());
            }
        }
    }
    out
}

fn join(parts: &mut Vec<Part>, more: Vec<Part>) {
    for (kind, text) in more {
        match parts.last_mut() {
            Some(("literal", before)) if kind == "literal" => before.push_str(&text),
            _ => parts.push((kind, text)),
        }
    }
}

/// What stands twice belongs to the ends, with all between the first and the last of it; the rest to both.
fn spans(parts: Vec<Part>) -> Vec<RangePart> {
    let mut first: Option<(usize, usize)> = None;
    let mut second: Option<(usize, usize)> = None;
    let widen = |span: &mut Option<(usize, usize)>, at: usize| {
        let (from, to) = span.unwrap_or((at, at));
        *span = Some((from.min(at), to.max(at)));
    };
    for (at, (kind, _)) in parts.iter().enumerate() {
        if *kind == "literal" {
            continue;
        }
        if let Some(other) = (at + 1..parts.len()).find(|other| parts[*other].0 == *kind) {
            widen(&mut first, at);
            widen(&mut second, other);
        }
    }
    let within =
        |span: Option<(usize, usize)>, at| span.is_some_and(|(a, b)| (a..=b).contains(&at));
    parts
        .into_iter()
        .enumerate()
        .map(|(at, (kind, text))| {
            let source = if within(first, at) {
                "startRange"
            } else if within(second, at) {
                "endRange"
            } else {
                "shared"
            };
            (kind, text, source)
        })
        .collect()
}

/// How often each letter stands in a skeleton.
fn widths(skeleton: &str) -> BTreeMap<char, usize> {
    let mut widths = BTreeMap::new();
    for token in parse(skeleton) {
        if let Token::Field(letter, length) = token {
            let letter = match letter {
                'k' => 'H',
                'K' => 'h',
                'z' => 'v',
                'a' | 'b' => continue,
                letter => letter,
            };
            widths.insert(letter, length);
        }
    }
    widths
}

fn split(skeleton: &str) -> (String, String) {
    let (mut date, mut time) = (String::new(), String::new());
    for token in parse(skeleton) {
        let Token::Field(letter, length) = token else { continue };
        let half = if matches!(letter, 'G' | 'y' | 'M' | 'L' | 'E' | 'c' | 'e' | 'd' | 'r' | 'U') {
            &mut date
        } else {
            &mut time
        };
        half.extend(std::iter::repeat_n(letter, length));
    }
    (date, time)
}

/// The skeleton as the tables of intervals spell it.
fn normal(skeleton: &str) -> String {
    let mut out = String::new();
    for token in parse(skeleton) {
        let Token::Field(letter, length) = token else { continue };
        let length = match letter {
            'M' | 'L' if length >= 3 => length.min(5),
            'E' if length > 3 => length.min(5),
            'G' | 'y' | 's' | 'S' => length,
            _ => 1,
        };
        if letter != 'a' && letter != 'b' {
            out.extend(std::iter::repeat_n(letter, length));
        }
    }
    out
}

/// The nearest skeleton of the table, and whether only widths differ.
fn nearest<'a>(table: &'a Value, skeleton: &str) -> Option<(&'a str, bool)> {
    let wanted = widths(skeleton);
    let mut best: Option<(usize, &str, bool)> = None;
    for (name, entry) in table.as_object()? {
        if !entry.is_object() {
            continue;
        }
        let theirs = widths(name);
        let (mut distance, mut same) = (0, true);
        for letter in wanted.keys().chain(theirs.keys().filter(|l| !wanted.contains_key(l))) {
            match (wanted.get(letter), theirs.get(letter)) {
                (Some(a), Some(b)) if a == b => {}
                (Some(a), Some(b)) => {
                    distance +=
                        if *letter == 'M' && (*a > 2) != (*b > 2) { 0x100 } else { a.abs_diff(*b) };
                }
                _ => {
                    distance += 0x1000;
                    same = false;
                }
            }
        }
        if best.is_none_or(|(least, ..)| distance < least) {
            best = Some((distance, name, same));
        }
    }
    best.map(|(_, name, same)| (name, same))
}

/// An interval's pattern, its fields as long as asked for.
fn adjusted(pattern: &str, skeleton: &str, best: &str) -> Vec<Token> {
    let (wanted, theirs) = (widths(skeleton), widths(best));
    let daytime = parse(skeleton).iter().find_map(|token| match token {
        Token::Field(letter @ ('b' | 'B'), length) => Some((*letter, *length)),
        _ => None,
    });
    let specific = skeleton.contains('z');
    parse(pattern)
        .into_iter()
        .map(|token| {
            let Token::Field(letter, length) = token else { return token };
            let key = match letter {
                'L' => 'M',
                'k' => 'H',
                'K' => 'h',
                letter => letter,
            };
            if letter == 'a'
                && let Some((letter, length)) = daytime
            {
                return Token::Field(letter, length);
            }
            let shown = match (wanted.get(&key), theirs.get(&key)) {
                (Some(asked), Some(own)) if length == *own && *asked > *own => *asked,
                _ => length,
            };
            Token::Field(if letter == 'v' && specific { 'z' } else { letter }, shown)
        })
        .collect()
}

/// Where a pattern's fields begin again.
fn second_half(pattern: &[Token]) -> Option<usize> {
    let mut seen = Vec::new();
    for (at, token) in pattern.iter().enumerate() {
        if let Token::Field(letter, _) = token {
            let letter = if *letter == 'L' { 'M' } else { *letter };
            if seen.contains(&letter) {
                return Some(at);
            }
            seen.push(letter);
        }
    }
    None
}

impl Intervals {
    fn new(format: &DateFormat) -> Self {
        let data = format.data();
        let kind = format.calendar.kind();
        let gregorian = section("dates", &data);
        let calendars = kind.map(|_| section("calendars", &data));
        let table = match (kind, &calendars) {
            (Some(kind), Some(all)) => {
                let own = &all[kind.data()]["iv"];
                if own.is_object() { own } else { &all["generic"]["iv"] }
            }
            _ => &gregorian["iv"],
        };
        let fallback = table["intervalFormatFallback"].as_str().unwrap_or("{0} – {1}").to_owned();
        let shown = Skeleton::of(&format.pattern);
        let skeleton = shown.text();
        let (date, time) = split(&skeleton);
        let source = patterns(&data, kind, ".");
        let cycle = hour_letter(&shown);
        let best = |skeleton: &str| {
            let mut pattern = source.best(&Skeleton::parse(skeleton), true);
            if let Some(cycle) = cycle {
                with_cycle(&mut pattern, cycle);
            }
            pattern
        };
        let mut made =
            Self { ways: BTreeMap::new(), fallback, halves: None, full: best(&skeleton) };
        let (short_date, short_time) = (normal(&date), normal(&time));
        let found = made.table(table, &short_date, &short_time, cycle);
        if date.is_empty() {
            let full = best(&format!("yMd{time}"));
            for field in [Differing::Era, Differing::Year, Differing::Month, Differing::Day] {
                made.ways.insert(field, Way::Full(full.clone()));
            }
            return made;
        }
        if time.is_empty() {
            return made;
        }
        let mut wide = skeleton.clone();
        for (field, letters, letter) in [
            (Differing::Day, "d", 'd'),
            (Differing::Month, "ML", 'M'),
            (Differing::Year, "yrU", 'y'),
            (Differing::Era, "G", 'G'),
        ] {
            if found && !date.contains(|own| letters.contains(own)) && (field != Differing::Era) {
                wide.insert(0, letter);
                made.ways.insert(field, Way::Full(best(&wide)));
            }
        }
        // Ranges are joined as dates of medium length are.
        let glue = gregorian["G"][2].as_str().unwrap_or("{1}, {0}").to_owned();
        let date_pattern = best(&date);
        for field in [Differing::Half, Differing::Hour, Differing::Minute] {
            if let Some(Way::Interval(pattern, _)) = made.ways.get(&field) {
                let joined = fill_tokens(&glue, &[pattern, &date_pattern]);
                if let Some(second) = second_half(&joined) {
                    made.ways.insert(field, Way::Interval(joined, second));
                }
            }
        }
        made.halves = Some((best(&short_date), best(&short_time), glue));
        made
    }

    /// The patterns of the table for these fields; whether there are any.
    fn table(&mut self, table: &Value, date: &str, time: &str, cycle: Option<char>) -> bool {
        let skeleton = if time.is_empty() { date } else { time };
        let Some((best, same)) = nearest(table, skeleton) else { return false };
        if !same {
            return false;
        }
        let fields: &[(Differing, &[&str])] = if time.is_empty() {
            &[
                (Differing::Day, &["d"]),
                (Differing::Month, &["M"]),
                (Differing::Year, &["y"]),
                (Differing::Era, &["G"]),
            ]
        } else {
            &[
                (Differing::Minute, &["m"]),
                (Differing::Hour, &["h", "H"]),
                (Differing::Half, &["a", "B", "h", "H"]),
            ]
        };
        let (mut best, mut exact) = (best.to_owned(), skeleton.to_owned());
        for (field, keys) in fields {
            let of = |name: &str| keys.iter().find_map(|key| table[name][*key].as_str());
            let mut found = of(&best).map(str::to_owned);
            let mut from = best.clone();
            if found.is_none() && time.is_empty() && *field <= Differing::Month {
                let letter = keys[0];
                // Smaller than what is shown: nothing differs.
                if *field > smallest(&parse(&best)) {
                    continue;
                }
                let wider = format!("{letter}{best}");
                found = of(&wider).map(str::to_owned);
                from = wider.clone();
                if found.is_none()
                    && let Some((other, true)) = nearest(table, &wider)
                {
                    found = of(other).map(str::to_owned);
                    from = other.to_owned();
                }
                if found.is_some() {
                    exact = format!("{letter}{exact}");
                    best = from.clone();
                }
            }
            let Some(pattern) = found else { continue };
            let mut pattern = adjusted(&pattern, &exact, &from);
            if let Some(cycle @ ('K' | 'k')) = cycle {
                with_cycle(&mut pattern, cycle);
            }
            if let Some(second) = second_half(&pattern) {
                self.ways.insert(*field, Way::Interval(pattern, second));
            }
        }
        true
    }
}
