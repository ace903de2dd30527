//! `Intl.NumberFormat`: numbers with their signs, groups, currencies and units, as parts.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use fixed_decimal::{Decimal, Sign};
use serde::Deserialize;
use serde_json::Value;

use super::affix::{Affix, NumberPattern, parse};
use super::data::{section, text};
use super::dateparts::Part;
use super::digits::Digits;
use super::locale::data_locale;
use super::numberparts::{marked, push, spaced, unit};
use super::plural;
use super::rounding::{Rounding, decimal, digits};

/// What the script asked for, checked there.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Settings {
    pub(super) locale: String,
    pub(super) numbering_system: String,
    pub(super) style: String,
    #[serde(default)]
    pub(super) currency: String,
    #[serde(default)]
    pub(super) currency_display: String,
    #[serde(default)]
    pub(super) accounting: bool,
    #[serde(default)]
    pub(super) unit: String,
    #[serde(default)]
    pub(super) unit_display: String,
    pub(super) notation: String,
    #[serde(default)]
    pub(super) long: bool,
    pub(super) sign: String,
    /// `auto`, `always`, `min2` or `false`.
    pub(super) grouping: String,
    pub(super) rounding: Rounding,
}

pub(super) struct NumberFormat {
    pub(super) settings: Settings,
    pub(super) data: String,
    digits: Digits,
    symbols: Value,
    pattern: NumberPattern,
    pub(super) symbol: String,
    spacing: (String, String),
    least_grouped: usize,
    pub(super) compact: Vec<(i16, HashMap<String, String>)>,
    pub(super) wrapping: Wrapping,
}

impl Settings {
    fn percent_unit(&self) -> bool {
        self.unit == "percent" && self.unit_display != "long" && self.notation != "compact"
    }
}

/// What is written around the number: by plural category.
pub(super) enum Wrapping {
    None,
    /// A unit's texts with `{0}`.
    Unit(HashMap<String, String>),
    /// A currency's names, and the texts with the number `{0}` and the name `{1}`.
    Name(HashMap<String, String>, HashMap<String, String>),
}

const KEPT: usize = 128;

thread_local! {
    static FORMATS: RefCell<HashMap<String, Rc<NumberFormat>>> = RefCell::default();
}

/// A format for settings in JSON, made once.
pub(super) fn format(settings: &str) -> Result<Rc<NumberFormat>, String> {
    if let Some(known) = FORMATS.with_borrow(|formats| formats.get(settings).cloned()) {
        return Ok(known);
    }
    let asked: Settings = serde_json::from_str(settings).map_err(|error| error.to_string())?;
    let made = Rc::new(NumberFormat::new(asked));
    FORMATS.with_borrow_mut(|formats| {
        if formats.len() >= KEPT {
            formats.clear();
        }
        formats.insert(settings.to_owned(), Rc::clone(&made));
    });
    Ok(made)
}

pub(super) fn texts(value: &Value) -> HashMap<String, String> {
    let fields = value.as_object().into_iter().flatten();
    fields.filter_map(|(key, text)| Some((key.clone(), text.as_str()?.to_owned()))).collect()
}

/// The numbering system's data, Latin's where the locale has none for it.
pub(super) fn system<'a>(numbers: &'a Value, name: &str) -> &'a Value {
    let systems = &numbers["systems"];
    systems.get(name).unwrap_or(&systems["latn"])
}

/// How a locale writes a currency: `symbol`, `narrowSymbol`, `code`, `name`.
pub(super) fn currency_text(data: &str, currency: &str, display: &str) -> String {
    let all = section("currencies", data);
    let entry = &all[currency];
    let found = match display {
        "narrowSymbol" => entry["n"].as_str().or_else(|| entry["s"].as_str()),
        "symbol" => entry["s"].as_str(),
        "name" => entry["d"].as_str(),
        _ => None,
    };
    found.unwrap_or(currency).to_owned()
}

impl NumberFormat {
    fn new(settings: Settings) -> Self {
        let data = data_locale(&settings.locale);
        let numbers = section("numbers", &data);
        let own = system(&numbers, &settings.numbering_system);
        let currency = settings.style == "currency";
        let named = settings.currency_display == "name";
        let symbol = if currency && !named {
            currency_text(&data, &settings.currency, &settings.currency_display)
        } else {
            String::new()
        };
        let pattern = match settings.style.as_str() {
            // A short percent as a unit is written like the style, a compact percent like the unit.
            "percent" if settings.notation != "compact" => parse(text(own, "pct")),
            "unit" if settings.percent_unit() => parse(text(own, "pct")),
            "currency" if !named => {
                parse(text(own, if settings.accounting { "acc" } else { "cur" }))
            }
            _ => parse(text(own, "dec")),
        };
        let least: usize =
            numbers["min"].as_str().and_then(|least| least.parse().ok()).unwrap_or(1);
        let least_grouped = match settings.grouping.as_str() {
            "always" => 1,
            "min2" => least.max(2),
            "false" => usize::MAX,
            _ => least,
        };
        let mut compact = Vec::new();
        if settings.notation == "compact" {
            let key = if currency && !named {
                "curShort"
            } else if settings.long {
                "long"
            } else {
                "short"
            };
            // A system without compact patterns has those of Latin digits.
            let filled = |table: &&Value| table.as_object().is_some_and(|table| !table.is_empty());
            let table = Some(&own[key]).filter(filled).unwrap_or(&numbers["systems"]["latn"][key]);
            for (power, patterns) in table.as_object().into_iter().flatten() {
                compact.push((power.len() as i16 - 1, texts(patterns)));
            }
            compact.sort_by_key(|(magnitude, _)| *magnitude);
        }
        let wrapping = match settings.style.as_str() {
            "percent" if settings.notation == "compact" => {
                Wrapping::Unit(unit(&data, "percent", "short"))
            }
            "unit" if !settings.percent_unit() => {
                Wrapping::Unit(unit(&data, &settings.unit, &settings.unit_display))
            }
            "currency" if named => {
                let all = section("currencies", &data);
                let entry = &all[settings.currency.as_str()];
                let mut names = texts(&entry["c"]);
                names.entry("other".to_owned()).or_insert_with(|| {
                    entry["d"].as_str().unwrap_or(&settings.currency).to_owned()
                });
                Wrapping::Name(names, texts(&own["counts"]))
            }
            _ => Wrapping::None,
        };
        let spacing = |index: usize| own["spacing"][index].as_str().unwrap_or("\u{a0}").to_owned();
        Self {
            digits: Digits::new(&settings.numbering_system),
            symbols: own["sym"].clone(),
            pattern,
            symbol,
            spacing: (spacing(1), spacing(0)),
            least_grouped,
            compact,
            wrapping,
            data,
            settings,
        }
    }

    pub(super) fn symbol_of(&self, name: &str) -> &str {
        text(&self.symbols, name)
    }

    /// A number, given as decimal text, `NaN` or `Infinity`, in parts.
    pub(super) fn parts(&self, number: &str) -> Vec<Part> {
        let (body, plural) = self.written(number, None);
        self.wrapped(body, plural)
    }

    /// The parts without a unit, and the plural category. `about`: a sign to add, such as "about".
    pub(super) fn written(&self, number: &str, about: Option<&str>) -> (Vec<Part>, &'static str) {
        let (negative, rest) = match number.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, number),
        };
        let mut number = match rest {
            "NaN" => None,
            "Infinity" => Some(None),
            text => Some(decimal(text)),
        };
        let mut exponent = None;
        let mut pattern = self.pattern.clone();
        let mut shift = 0;
        if let Some(Some(number)) = &mut number {
            if negative {
                number.set_sign(Sign::Negative);
            }
            if self.settings.style == "percent" {
                number.absolute.multiply_pow10(2);
            }
            match self.settings.notation.as_str() {
                "compact" => shift = self.shift(number),
                "scientific" | "engineering" => exponent = Some(self.exponent(number)),
                _ => {}
            }
            if exponent.is_none() {
                number.absolute.multiply_pow10(-shift.min(0).abs());
                self.settings.rounding.apply(number);
            }
        }
        let plural = match &number {
            Some(Some(number)) if exponent.is_none() => {
                plural::category(&self.settings.locale, number, false)
            }
            _ => "other",
        };
        let zero = matches!(&number, Some(Some(number)) if number.absolute.is_zero());
        let mut compact: Option<NumberPattern> = None;
        let mut kind = "";
        if self.settings.notation == "compact"
            && let Some(Some(number)) = &number
            && let Some(found) = self.compact_pattern(number, -shift, plural)
        {
            let own = parse(&found);
            if found.contains('¤') {
                let groups = pattern.groups;
                pattern = own;
                kind = "compact";
                pattern.groups = groups;
            } else {
                compact = Some(own);
            }
        }
        let mut body = Vec::new();
        let out = &mut body;
        match &number {
            None => out.push(("nan", self.symbol_of("nan").to_owned())),
            Some(None) => out.push(("infinity", self.symbol_of("infinity").to_owned())),
            Some(Some(number)) => self.digits(out, number, exponent),
        }
        if let Some(compact) = &compact {
            let around = |affix: &[Affix]| -> Vec<Part> {
                affix.iter().flat_map(|piece| self.piece(piece, "compact")).collect()
            };
            let mut joined = around(&compact.prefix);
            // A word alone, such as "mille", stands for the number.
            if compact.zeros == 0 {
                out.clear();
            }
            joined.append(out);
            joined.extend(around(&compact.suffix));
            *out = joined;
        }
        let nan = number.is_none();
        let sign = self.sign(negative && !nan, zero, nan);
        (self.signed(&pattern, body, sign, about, kind), plural)
    }

    fn digits(&self, out: &mut Vec<Part>, number: &Decimal, exponent: Option<i16>) {
        let (whole, fraction) = digits(number);
        let (first, others) = self.pattern.groups;
        let local =
            |text: &str| text.chars().map(|digit| self.digits.of(digit)).collect::<String>();
        let money = self.settings.style == "currency" && self.settings.currency_display != "name";
        let symbol = |own: &str, general: &str| {
            let own = if money { self.symbol_of(own) } else { "" };
            if own.is_empty() { self.symbol_of(general).to_owned() } else { own.to_owned() }
        };
        if first > 0
            && exponent.is_none()
            && whole.len() >= first.saturating_add(self.least_grouped)
        {
            let mut cuts = Vec::new();
            let mut at = whole.len() - first;
            while at > 0 {
                cuts.push(at);
                at = at.saturating_sub(others.max(1));
            }
            cuts.reverse();
            let mut start = 0;
            for cut in cuts {
                out.push(("integer", local(&whole[start..cut])));
                out.push(("group", symbol("currencyGroup", "group")));
                start = cut;
            }
            out.push(("integer", local(&whole[start..])));
        } else {
            out.push(("integer", local(&whole)));
        }
        if !fraction.is_empty() {
            out.push(("decimal", symbol("currencyDecimal", "decimal")));
            out.push(("fraction", local(&fraction)));
        }
        if let Some(exponent) = exponent {
            out.push(("exponentSeparator", self.symbol_of("exponential").to_owned()));
            if exponent < 0 {
                marked("exponentMinusSign", self.symbol_of("minusSign"))
                    .into_iter()
                    .for_each(|part| push(out, part));
            }
            out.push(("exponentInteger", local(&exponent.unsigned_abs().to_string())));
        }
    }

    /// Which sign is shown: -1, 1 or 0 for none.
    fn sign(&self, negative: bool, zero: bool, nan: bool) -> i8 {
        let plain = if negative { -1 } else { 1 };
        match self.settings.sign.as_str() {
            "never" => 0,
            "always" => plain,
            "exceptZero" if zero || nan => 0,
            "exceptZero" => plain,
            "negative" => {
                if negative && !zero {
                    -1
                } else {
                    0
                }
            }
            _ => plain.min(0),
        }
    }

    fn piece(&self, piece: &Affix, compact: &'static str) -> Vec<Part> {
        match piece {
            Affix::Text(text) if compact.is_empty() => vec![("literal", text.clone())],
            Affix::Text(text) => spaced(text, compact),
            Affix::Minus => marked("minusSign", self.symbol_of("minusSign")),
            Affix::Plus => marked("plusSign", self.symbol_of("plusSign")),
            Affix::Percent => {
                let unit = self.settings.style == "unit";
                marked(if unit { "unit" } else { "percentSign" }, self.symbol_of("percentSign"))
            }
            Affix::Currency => vec![("currency", self.symbol.clone())],
        }
    }

    fn signed(
        &self,
        pattern: &NumberPattern,
        body: Vec<Part>,
        sign: i8,
        about: Option<&str>,
        kind: &'static str,
    ) -> Vec<Part> {
        let has_minus = pattern.negative.as_ref().is_some_and(|(prefix, suffix)| {
            prefix.contains(&Affix::Minus) || suffix.contains(&Affix::Minus)
        });
        let own = pattern.negative.as_ref().filter(|_| sign < 0 || (sign > 0 && has_minus));
        let (prefix, suffix) = own.map_or((&pattern.prefix, &pattern.suffix), |(a, b)| (a, b));
        let mut before: Vec<Part> = Vec::new();
        if own.is_none() && sign != 0 {
            before.extend(self.piece(if sign < 0 { &Affix::Minus } else { &Affix::Plus }, ""));
        }
        let replace = |piece: &Affix| {
            if *piece == Affix::Minus && sign > 0 { Affix::Plus } else { piece.clone() }
        };
        if let Some(about) = about {
            before.insert(0, ("approximatelySign", about.to_owned()));
        }
        before.extend(prefix.iter().map(replace).flat_map(|piece| self.piece(&piece, kind)));
        let mut after: Vec<Part> =
            suffix.iter().map(replace).flat_map(|piece| self.piece(&piece, kind)).collect();
        // A currency of letters keeps its distance from the digits.
        let wordy = |letter: Option<char>| {
            letter.is_some_and(|letter| {
                !letter.is_whitespace()
                    && (letter.is_alphanumeric() || ".’'\u{200f}\u{200e}".contains(letter))
            })
        };
        let numeric =
            |part: Option<&Part>| part.is_some_and(|(kind, _)| matches!(*kind, "integer"));
        if let Some(("currency", text)) = before.last()
            && wordy(text.chars().next_back())
            && numeric(body.first())
        {
            before.push(("literal", self.spacing.0.clone()));
        }
        if let Some(("currency", text)) = after.first()
            && wordy(text.chars().next())
            && body.last().is_some_and(|(kind, _)| matches!(*kind, "integer" | "fraction"))
        {
            after.insert(0, ("literal", self.spacing.1.clone()));
        }
        let mut out = Vec::with_capacity(before.len() + body.len() + after.len());
        for part in before.into_iter().chain(body).chain(after) {
            push(&mut out, part);
        }
        out
    }
}
