//! Digits of a numbering system.

use super::data::supplement;

/// The digits 0 to 9.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Digits(Option<[char; 10]>);

impl Digits {
    /// A system that is not one of digits counts in Latin ones.
    pub(super) fn new(system: &str) -> Self {
        if system == "latn" {
            return Self(None);
        }
        let digits = supplement("digits");
        let text = digits[system].as_str().unwrap_or_default();
        let digits: Vec<char> = text.chars().collect();
        Self(digits.try_into().ok())
    }

    /// Writes a whole number with at least `least` digits.
    pub(super) fn write(&self, out: &mut String, number: u64, least: usize) {
        let start = out.len();
        let text = number.to_string();
        (text.len()..least).for_each(|_| out.push('0'));
        out.push_str(&text);
        if self.0.is_some() {
            let plain = out.split_off(start);
            plain.chars().for_each(|digit| out.push(self.of(digit)));
        }
    }

    /// The digit of this system for a Latin one; anything else stays.
    pub(super) fn of(&self, digit: char) -> char {
        match (&self.0, digit.to_digit(10)) {
            (Some(digits), Some(value)) => digits[value as usize],
            _ => digit,
        }
    }
}
