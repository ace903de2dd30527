//! `Intl.DateTimeFormat`: choosing the pattern and what its fields show.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde::Deserialize;
use serde_json::Value;

use super::calendar::{Calendar, Kind};
use super::data::{section, supplement, supplement_of, text};
use super::digits::Digits;
use super::locale::{data_locale, region};
use super::pattern::{Token, fill_tokens, parse};
use super::skeleton::{Patterns, Skeleton};
use super::zonenames::ZoneNames;
use super::zones::{Zone, zone};

/// What the script asked for, checked there.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Settings {
    pub(super) locale: String,
    pub(super) calendar: String,
    pub(super) numbering_system: String,
    pub(super) time_zone: String,
    pub(super) hour_cycle: Option<String>,
    pub(super) hour12: Option<bool>,
    pub(super) date_style: Option<usize>,
    pub(super) time_style: Option<usize>,
    /// Letters of the fields but the hour's.
    pub(super) skeleton: String,
    /// How many letters the hour has.
    pub(super) hour: usize,
}

/// What a locale calls months, days and so on, each by width: abbreviated, wide, narrow, short.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) months: [Vec<String>; 3],
    pub(super) months_alone: [Vec<String>; 3],
    pub(super) days: [Vec<String>; 4],
    pub(super) days_alone: [Vec<String>; 4],
    pub(super) periods: [HashMap<String, String>; 3],
    pub(super) eras: [HashMap<usize, String>; 3],
    /// The rules of the language's day periods: name, from, before (minutes); at one minute: no end.
    pub(super) rules: Vec<(String, u32, Option<u32>)>,
}

pub(super) struct DateFormat {
    pub(super) calendar: Calendar,
    pub(super) zone: Rc<Zone>,
    pub(super) digits: Digits,
    pub(super) pattern: Vec<Token>,
    pub(super) names: Names,
    pub(super) zone_names: RefCell<Option<Rc<ZoneNames>>>,
    pub(super) hour_cycle: Option<&'static str>,
    pub(super) settings: Settings,
    pub(super) intervals: RefCell<Option<Rc<super::daterange::Intervals>>>,
}

const KEPT: usize = 128;

thread_local! {
    static FORMATS: RefCell<HashMap<String, Rc<DateFormat>>> = RefCell::default();
    static PATTERNS: RefCell<HashMap<(String, String), Rc<Patterns>>> = RefCell::default();
}

/// A format for settings in JSON, made once.
pub(super) fn format(settings: &str) -> Result<Rc<DateFormat>, String> {
    if let Some(known) = FORMATS.with_borrow(|formats| formats.get(settings).cloned()) {
        return Ok(known);
    }
    let asked: Settings = serde_json::from_str(settings).map_err(|error| error.to_string())?;
    let made = Rc::new(DateFormat::new(asked)?);
    FORMATS.with_borrow_mut(|formats| {
        if formats.len() >= KEPT {
            formats.clear();
        }
        formats.insert(settings.to_owned(), Rc::clone(&made));
    });
    Ok(made)
}

/// `h`, `H`, `K` or `k`: how the locale's region counts hours.
pub(super) fn default_hour(locale: &str) -> char {
    let region = region(locale);
    let language = locale.split('-').next().unwrap_or_default();
    let hours = supplement("hours");
    let entry = [format!("{language}-{region}"), region, "001".to_owned()]
        .into_iter()
        .find_map(|key| hours.get(&key).cloned());
    entry.as_ref().and_then(|e| e[0].as_str()).and_then(|hour| hour.chars().next()).unwrap_or('H')
}

pub(super) fn cycle_name(letter: char) -> &'static str {
    match letter {
        'K' => "h11",
        'h' => "h12",
        'k' => "h24",
        _ => "h23",
    }
}

fn cycle_letter(name: &str) -> char {
    match name {
        "h11" => 'K',
        "h12" => 'h',
        "h24" => 'k',
        _ => 'H',
    }
}

/// The patterns of a calendar are another's where it has none: which table of the data has them.
fn patterns_of(data: &str, kind: Option<Kind>) -> Rc<Value> {
    match kind {
        None => section("dates", data),
        Some(kind) => {
            let all = section("calendars", data);
            let own = &all[kind.data()];
            Rc::new(if own.get("av").is_some() { own.clone() } else { all["generic"].clone() })
        }
    }
}

pub(super) fn patterns(data: &str, kind: Option<Kind>, decimal: &str) -> Rc<Patterns> {
    let key = (data.to_owned(), kind.map_or("gregorian", Kind::data).to_owned());
    if let Some(known) = PATTERNS.with_borrow(|patterns| patterns.get(&key).cloned()) {
        return known;
    }
    let gregorian = section("dates", data);
    let own = patterns_of(data, kind);
    let at = |table: &str, index: usize| -> String {
        own.get(table)
            .or_else(|| gregorian.get(table))
            .and_then(|t| t[index].as_str())
            .unwrap_or_default()
            .to_owned()
    };
    let times: Vec<&str> = (0..4).filter_map(|i| gregorian["T"][i].as_str()).collect();
    let dates: Vec<String> = (0..4).map(|index| at("D", index)).collect();
    let styles: Vec<&str> = (0..4)
        .flat_map(|i| [dates[i].as_str(), times.get(i).copied().unwrap_or_default()])
        .collect();
    let glue = std::array::from_fn(|index| at("A", index));
    let available = own["av"].as_object().into_iter().flatten();
    let made = Rc::new(Patterns::new(
        &styles,
        available.filter_map(|(skeleton, pattern)| Some((skeleton.as_str(), pattern.as_str()?))),
        glue,
        |item, name| {
            (text(&gregorian["ap"], item).to_owned(), text(&gregorian["names"], name).to_owned())
        },
        decimal,
    ));
    PATTERNS.with_borrow_mut(|patterns| {
        if patterns.len() >= KEPT {
            patterns.clear();
        }
        patterns.insert(key, Rc::clone(&made));
    });
    made
}

/// Every hour of a pattern in one cycle.
pub(super) fn with_cycle(pattern: &mut [Token], cycle: char) {
    for token in pattern {
        if let Token::Field(letter @ ('h' | 'H' | 'k' | 'K'), _) = token {
            *letter = cycle;
        }
    }
}

impl DateFormat {
    fn new(settings: Settings) -> Result<Self, String> {
        let data = data_locale(&settings.locale);
        let calendar = Calendar::new(&settings.calendar);
        let digits = Digits::new(&settings.numbering_system);
        let numbers = section("numbers", &data);
        let system = &numbers["systems"][settings.numbering_system.as_str()];
        let decimal = match text(&system["sym"], "decimal") {
            "" => ".",
            decimal => decimal,
        };
        let zone = zone(&settings.time_zone).ok_or_else(|| settings.time_zone.clone())?;
        let standard = default_hour(&settings.locale);
        let early = matches!(standard, 'H' | 'K');
        let cycle = match (settings.hour12, settings.hour_cycle.as_deref()) {
            (Some(true), _) => {
                if early {
                    'K'
                } else {
                    'h'
                }
            }
            (Some(false), _) => {
                if early {
                    'H'
                } else {
                    'k'
                }
            }
            (None, Some(name)) => cycle_letter(name),
            (None, None) => standard,
        };
        let source = patterns(&data, calendar.kind(), decimal);
        let pattern = match (settings.date_style, settings.time_style) {
            (None, None) => fields(&source, &settings, cycle),
            (date, time) => styled(&source, &data, calendar.kind(), date, time, cycle),
        };
        let shows_hour =
            pattern.iter().any(|t| matches!(t, Token::Field('h' | 'H' | 'k' | 'K', _)));
        let names = names(&data, calendar.kind(), &settings.locale);
        Ok(Self {
            calendar,
            zone,
            digits,
            pattern,
            names,
            zone_names: RefCell::default(),
            hour_cycle: shows_hour.then(|| cycle_name(cycle)),
            settings,
            intervals: RefCell::default(),
        })
    }

    pub(super) fn data(&self) -> String {
        data_locale(&self.settings.locale)
    }

    /// The fields of the pattern, as `resolvedOptions()` tells them: letter and length each.
    pub(super) fn shown(&self) -> Vec<String> {
        self.pattern
            .iter()
            .filter_map(|token| match token {
                Token::Field(letter, length) => Some(letter.to_string().repeat(*length)),
                Token::Text(_) => None,
            })
            .collect()
    }
}

fn fields(source: &Patterns, settings: &Settings, cycle: char) -> Vec<Token> {
    let mut skeleton = settings.skeleton.clone();
    (0..settings.hour).for_each(|_| skeleton.push(cycle));
    let mut pattern = source.best(&Skeleton::parse(&skeleton), false);
    with_cycle(&mut pattern, cycle);
    pattern
}

fn styled(
    source: &Patterns,
    data: &str,
    kind: Option<Kind>,
    date: Option<usize>,
    time: Option<usize>,
    cycle: char,
) -> Vec<Token> {
    let gregorian = section("dates", data);
    let own = patterns_of(data, kind);
    let style = |table: &str, index: usize| -> Vec<Token> {
        let place = own.get(table).or_else(|| gregorian.get(table));
        parse(place.and_then(|t| t[index].as_str()).unwrap_or_default())
    };
    let time_pattern = time.map(|time| style("T", time));
    let mut pattern = match (date, &time_pattern) {
        (Some(date), Some(time)) => {
            let glue = gregorian["A"][date].as_str().unwrap_or("{1} {0}");
            fill_tokens(glue, &[time, &style("D", date)])
        }
        (Some(date), None) => style("D", date),
        (None, time) => time.clone().unwrap_or_default(),
    };
    let own_cycle = pattern.iter().find_map(|token| match token {
        Token::Field(letter @ ('h' | 'H' | 'k' | 'K'), _) => Some(*letter),
        _ => None,
    });
    if own_cycle.is_some_and(|own| own != cycle) {
        // Another cycle than the style's: the same fields, chosen anew.
        let mut wanted = parse(&Skeleton::of(&pattern).text());
        with_cycle(&mut wanted, cycle);
        pattern = source.best(&Skeleton::of(&wanted), false);
        with_cycle(&mut pattern, cycle);
    }
    pattern
}

fn names(data: &str, kind: Option<Kind>, locale: &str) -> Names {
    let gregorian = section("dates", data);
    let calendars = kind.map(|_| section("calendars", data));
    let own = match (kind, &calendars) {
        (Some(kind), Some(all)) => &all[kind.data()],
        _ => &*gregorian,
    };
    let list = |table: &Value, width: &str| -> Vec<String> {
        let items = table[width].as_array().into_iter().flatten();
        items.map(|name| name.as_str().unwrap_or_default().to_owned()).collect()
    };
    let map = |table: &Value| -> HashMap<String, String> {
        let fields = table.as_object().into_iter().flatten();
        fields.map(|(k, v)| (k.clone(), v.as_str().unwrap_or_default().to_owned())).collect()
    };
    let months = own.get("mf").filter(|m| m.as_object().is_some_and(|m| !m.is_empty()));
    let months = months.unwrap_or(&gregorian["mf"]);
    let alone = own.get("ms").filter(|m| m.as_object().is_some_and(|m| !m.is_empty()));
    let alone = alone.unwrap_or(&gregorian["ms"]);
    let language = locale.split('-').next().unwrap_or_default();
    let minutes = |time: &str| -> Option<u32> {
        let (hour, minute) = time.split_once(':')?;
        Some(hour.parse::<u32>().ok()? * 60 + minute.parse::<u32>().ok()?)
    };
    let rules = supplement_of("periods", language);
    let rules = rules.as_array().into_iter().flatten();
    let rules = rules
        .filter_map(|rule| {
            Some((
                rule[0].as_str()?.to_owned(),
                minutes(rule[1].as_str()?)?,
                rule[2].as_str().and_then(minutes),
            ))
        })
        .collect();
    let eras = ["a", "w", "n"].map(|width| {
        map(&own["er"][width])
            .into_iter()
            .filter_map(|(era, name)| Some((era.parse().ok()?, name)))
            .collect()
    });
    Names {
        months: ["a", "w", "n"].map(|width| list(months, width)),
        months_alone: ["a", "w", "n"].map(|width| list(alone, width)),
        days: ["a", "w", "n", "s"].map(|width| list(&gregorian["df"], width)),
        days_alone: ["a", "w", "n", "s"].map(|width| list(&gregorian["ds"], width)),
        periods: ["a", "w", "n"].map(|width| map(&gregorian["pf"][width])),
        eras,
        rules,
    }
}
