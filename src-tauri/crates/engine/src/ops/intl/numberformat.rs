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
    symbol: String,
    spacing: (String, String),
    least_grouped: usize,
    compact: Vec<(i16, HashMap<String, String>)>,
    wrapping: Wrapping,
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

fn texts(value: &Value) -> HashMap<String, String> {
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
            let table = if currency && !named {
                &own["curShort"]
            } else if settings.long {
                &own["long"]
            } else {
                &own["short"]
            };
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

    /// How many places a compact number moves to the right, as a negative number.
    fn shift(&self, number: &Decimal) -> i16 {
        let of = |magnitude: i16| {
            let found = self.compact.iter().rev().find(|(power, _)| *power <= magnitude);
            found.map_or(0, |(power, texts)| {
                let zeros = texts.get("other").map_or(0, |text| parse(text).zeros) as i16;
                if zeros == 0 || texts.get("other").is_some_and(|text| text == "0") {
                    0
                } else {
                    power - zeros + 1
                }
            })
        };
        if number.absolute.is_zero() {
            return 0;
        }
        let magnitude = number.absolute.nonzero_magnitude_start();
        let first = of(magnitude);
        let mut tried = number.clone();
        tried.absolute.multiply_pow10(-first);
        self.settings.rounding.apply(&mut tried);
        let rounded = if tried.absolute.is_zero() {
            magnitude
        } else {
            tried.absolute.nonzero_magnitude_start() + first
        };
        -(if rounded > magnitude { of(rounded) } else { first })
    }

    fn compact_pattern(&self, number: &Decimal, shift: i16, plural: &str) -> Option<String> {
        let magnitude = if number.absolute.is_zero() {
            return None;
        } else {
            number.absolute.nonzero_magnitude_start() + shift
        };
        let (_, texts) = self.compact.iter().rev().find(|(power, _)| *power <= magnitude)?;
        let exact = if number.absolute.to_string() == "1" { texts.get("1") } else { None };
        let found = exact.or_else(|| texts.get(plural)).or_else(|| texts.get("other"))?;
        (found != "0").then(|| found.clone())
    }

    /// Moves the point behind the first digit (or the first three); the power of ten that takes it back.
    fn exponent(&self, number: &mut Decimal) -> i16 {
        let step = if self.settings.notation == "engineering" { 3 } else { 1 };
        let of = |number: &Decimal| {
            if number.absolute.is_zero() {
                0
            } else {
                number.absolute.nonzero_magnitude_start().div_euclid(step) * step
            }
        };
        let first = of(number);
        let mut tried = number.clone();
        tried.absolute.multiply_pow10(-first);
        self.settings.rounding.apply(&mut tried);
        let again = of(&tried);
        if again == 0 {
            *number = tried;
            return first;
        }
        number.absolute.multiply_pow10(-first - again);
        self.settings.rounding.apply(number);
        first + again
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
                out.push(("exponentMinusSign", self.symbol_of("minusSign").to_owned()));
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

    pub(super) fn wrapped(&self, body: Vec<Part>, plural: &str) -> Vec<Part> {
        match &self.wrapping {
            Wrapping::None => body,
            Wrapping::Unit(texts) => {
                let pattern = texts.get(plural).or_else(|| texts.get("other"));
                let Some(pattern) = pattern else { return body };
                // A unit that says its number itself, as Arabic's dual does.
                let Some((before, after)) = pattern.split_once("{0}") else {
                    return spaced(pattern, "unit");
                };
                let mut out = spaced(before, "unit");
                out.extend(body);
                out.extend(spaced(after, "unit"));
                out
            }
            Wrapping::Name(names, texts) => {
                let name =
                    names.get(plural).or_else(|| names.get("other")).map_or("", String::as_str);
                let pattern = texts.get(plural).or_else(|| texts.get("other"));
                let pattern = pattern.map_or("{0} {1}", String::as_str);
                let mut out = Vec::new();
                let mut rest = pattern;
                while let Some(at) = rest.find('{') {
                    push(&mut out, ("literal", rest[..at].to_owned()));
                    if rest[at..].starts_with("{0}") {
                        body.iter().cloned().for_each(|part| push(&mut out, part));
                    } else {
                        push(&mut out, ("currency", name.to_owned()));
                    }
                    rest = rest.get(at + 3..).unwrap_or_default();
                }
                push(&mut out, ("literal", rest.to_owned()));
                out
            }
        }
    }
}

/// Adds a part; text joins text, and what is empty is not there.
pub(super) fn push(out: &mut Vec<Part>, part: Part) {
    if part.1.is_empty() {
        return;
    }
    match out.last_mut() {
        Some(("literal", before)) if part.0 == "literal" => before.push_str(&part.1),
        _ => out.push(part),
    }
}

/// A sign with the marks of direction around it apart.
fn marked(kind: &'static str, text: &str) -> Vec<Part> {
    let mark = |letter: char| matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}');
    let inner = text.trim_matches(mark);
    let start = text.find(inner).unwrap_or(0);
    let mut out = Vec::new();
    for part in [
        ("literal", text[..start].to_owned()),
        (kind, inner.to_owned()),
        ("literal", text[start + inner.len()..].to_owned()),
    ] {
        push(&mut out, part);
    }
    out
}

/// A text with the space around it apart.
fn spaced(text: &str, kind: &'static str) -> Vec<Part> {
    let inner = text.trim();
    let start = text.find(inner).unwrap_or(0);
    let mut out = Vec::new();
    for part in [
        ("literal", text[..start].to_owned()),
        (kind, inner.to_owned()),
        ("literal", text[start + inner.len()..].to_owned()),
    ] {
        push(&mut out, part);
    }
    out
}

/// A unit's texts by plural category; of two units, the second per the first.
fn unit(data: &str, unit: &str, display: &str) -> HashMap<String, String> {
    let all = section("units", data);
    let table = &all[match display {
        "long" => "l",
        "narrow" => "n",
        _ => "s",
    }];
    if table[unit].is_object() {
        return texts(&table[unit]);
    }
    let Some((first, second)) = unit.split_once("-per-") else { return HashMap::new() };
    let mut texts = texts(&table[first]);
    texts.remove("per");
    match table[second]["per"].as_str() {
        Some(per) => texts.values_mut().for_each(|text| *text = per.replace("{0}", text)),
        None => {
            let one = table[second]["one"].as_str().or_else(|| table[second]["other"].as_str());
            let name = one.unwrap_or_default().replace("{0}", "").trim().to_owned();
            let per = text(table, "per").to_owned();
            texts
                .values_mut()
                .for_each(|text| *text = per.replace("{0}", text).replace("{1}", &name));
        }
    }
    texts
}
