//! Compact and scientific notation: which power of ten a number is told in.

use fixed_decimal::Decimal;

use super::affix::parse;
use super::numberformat::NumberFormat;

impl NumberFormat {
    /// How many places a compact number moves to the right, as a negative number.
    pub(super) fn shift(&self, number: &Decimal) -> i16 {
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

    pub(super) fn compact_pattern(
        &self,
        number: &Decimal,
        shift: i16,
        plural: &str,
    ) -> Option<String> {
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
    pub(super) fn exponent(&self, number: &mut Decimal) -> i16 {
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
}
