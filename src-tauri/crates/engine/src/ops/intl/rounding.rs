//! Rounding of numbers as `Intl.NumberFormat` is told to.

use fixed_decimal::{Decimal, RoundingIncrement, Sign, SignedRoundingMode, UnsignedRoundingMode};
use serde::Deserialize;

/// How many digits are kept, and how. Checked by the script side.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rounding {
    /// `fraction`, `significant`, `more` or `less` (precision of the two).
    pub(super) kind: String,
    pub(super) least_integer: i16,
    pub(super) least_fraction: i16,
    pub(super) most_fraction: i16,
    pub(super) least_significant: i16,
    pub(super) most_significant: i16,
    pub(super) increment: u16,
    pub(super) mode: String,
    /// Zeros after the point go when nothing else is there.
    pub(super) strip: bool,
}

fn mode(name: &str) -> SignedRoundingMode {
    use SignedRoundingMode::{Ceil, Floor, HalfCeil, HalfFloor, Unsigned};
    match name {
        "ceil" => Ceil,
        "floor" => Floor,
        "expand" => Unsigned(UnsignedRoundingMode::Expand),
        "trunc" => Unsigned(UnsignedRoundingMode::Trunc),
        "halfCeil" => HalfCeil,
        "halfFloor" => HalfFloor,
        "halfTrunc" => Unsigned(UnsignedRoundingMode::HalfTrunc),
        "halfEven" => Unsigned(UnsignedRoundingMode::HalfEven),
        _ => Unsigned(UnsignedRoundingMode::HalfExpand),
    }
}

/// An increment as the library has it, and how many places further left it counts.
fn increment(value: u16) -> (RoundingIncrement, i16) {
    let mut rest = value.max(1);
    let mut places = 0;
    while rest.is_multiple_of(10) {
        rest /= 10;
        places += 1;
    }
    let increment = match rest {
        2 => RoundingIncrement::MultiplesOf2,
        5 => RoundingIncrement::MultiplesOf5,
        25 => RoundingIncrement::MultiplesOf25,
        _ => RoundingIncrement::MultiplesOf1,
    };
    (increment, places)
}

/// A number as it was given: the shortest decimal that reads back as it.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    Decimal::try_from_str(text).ok()
}

impl Rounding {
    pub(super) fn apply(&self, number: &mut Decimal) {
        let negative = number.sign();
        let start =
            if number.absolute.is_zero() { 0 } else { number.absolute.nonzero_magnitude_start() };
        let significant = start - self.most_significant + 1;
        let fraction = -self.most_fraction;
        let by_significant = match self.kind.as_str() {
            "significant" => true,
            "more" => significant <= fraction,
            "less" => significant > fraction,
            _ => false,
        };
        let mode = mode(&self.mode);
        if by_significant {
            number.round_with_mode(significant, mode);
            number.absolute.trim_end();
            let start = if number.absolute.is_zero() {
                0
            } else {
                number.absolute.nonzero_magnitude_start()
            };
            number.absolute.pad_end((start - self.least_significant + 1).min(0));
        } else {
            let (increment, places) = increment(self.increment);
            number.round_with_mode_and_increment(fraction + places, mode, increment);
            number.absolute.trim_end();
            number.absolute.pad_end(-self.least_fraction);
        }
        number.absolute.trim_start();
        number.absolute.pad_start(self.least_integer);
        if self.strip {
            number.absolute.trim_end_if_integer();
        }
        number.set_sign(if negative == Sign::Negative { Sign::Negative } else { Sign::None });
    }
}

/// The digits before and after the point.
pub(super) fn digits(number: &Decimal) -> (String, String) {
    let text = number.absolute.to_string();
    match text.split_once('.') {
        Some((whole, fraction)) => (whole.to_owned(), fraction.to_owned()),
        None => (text, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(text: &str, change: impl FnOnce(&mut Rounding)) -> String {
        let mut rounding = Rounding {
            kind: "fraction".into(),
            least_integer: 1,
            least_fraction: 0,
            most_fraction: 3,
            least_significant: 1,
            most_significant: 21,
            increment: 1,
            mode: "halfExpand".into(),
            strip: false,
        };
        change(&mut rounding);
        let mut number = decimal(text).unwrap();
        rounding.apply(&mut number);
        number.to_string()
    }

    #[test]
    fn digits_are_kept_as_told() {
        assert_eq!(rounded("1234.5678", |_| {}), "1234.568");
        assert_eq!(rounded("1.005", |r| r.most_fraction = 2), "1.01");
        assert_eq!(
            rounded("12.5", |r| {
                r.most_fraction = 2;
                r.least_fraction = 2;
            }),
            "12.50"
        );
        assert_eq!(
            rounded("123456", |r| {
                r.kind = "significant".into();
                r.most_significant = 3;
            }),
            "123000"
        );
        assert_eq!(
            rounded("1.2", |r| {
                r.kind = "significant".into();
                r.least_significant = 3;
            }),
            "1.20"
        );
        assert_eq!(
            rounded("1.13", |r| {
                r.most_fraction = 2;
                r.least_fraction = 2;
                r.increment = 5;
            }),
            "1.15"
        );
        assert_eq!(rounded("-0.0004", |_| {}), "-0");
        assert_eq!(
            rounded("2.5", |r| {
                r.most_fraction = 0;
                r.mode = "halfEven".into();
            }),
            "2"
        );
        assert_eq!(rounded("5", |r| r.least_integer = 3), "005");
    }
}
