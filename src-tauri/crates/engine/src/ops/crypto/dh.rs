//! Diffie-Hellman over numbers (RFC 2631), its well-known groups, and primes.

use num_bigint::BigUint;

use super::key::{number, padded};
use super::sign::Random;
use crate::ops::work::{Refusal, Stop};

/// Bits of a modulus at most, as OpenSSL has it.
pub(crate) const MAX_BITS: u64 = 10_000;

/// `base` to the power of `exponent`, in as many bytes as the modulus has; `None` = no modulus, or too large a one.
pub(crate) fn power(base: &[u8], exponent: &[u8], modulus: &[u8]) -> Option<Vec<u8>> {
    let modulus = BigUint::from_bytes_be(modulus);
    if modulus.bits() < 2 || modulus.bits() > MAX_BITS {
        return None;
    }
    let result = BigUint::from_bytes_be(base).modpow(&BigUint::from_bytes_be(exponent), &modulus);
    padded(&result.to_bytes_be(), usize::try_from(modulus.bits().div_ceil(8)).ok()?)
}

/// A secret number for a modulus: of its size, but not more than 2^512 of them.
pub(crate) fn secret(modulus: &[u8]) -> Option<Vec<u8>> {
    let modulus = BigUint::from_bytes_be(modulus);
    let bits = modulus.bits().checked_sub(1)?;
    let mut bytes = vec![0; usize::try_from(bits.div_ceil(8)).ok()?.min(64)];
    getrandom::fill(&mut bytes).ok()?;
    let spare = (bytes.len() as u64 * 8).saturating_sub(bits);
    *bytes.first_mut()? &= 0xff >> spare;
    *bytes.last_mut()? |= 2;
    Some(bytes)
}

/// Whether the other side's number is one that keeps the secret: 1 < it < modulus − 1.
pub(crate) fn judge(public: &[u8], modulus: &[u8]) -> std::cmp::Ordering {
    let (public, modulus) = (BigUint::from_bytes_be(public), BigUint::from_bytes_be(modulus));
    if public <= BigUint::from(1u8) {
        std::cmp::Ordering::Less
    } else if public + BigUint::from(1u8) >= modulus {
        std::cmp::Ordering::Greater
    } else {
        std::cmp::Ordering::Equal
    }
}

/// Small primes, which most numbers fail by.
fn small() -> Vec<u32> {
    let mut primes: Vec<u32> = vec![2];
    for number in (3u32..2000).step_by(2) {
        if primes.iter().all(|prime| !number.is_multiple_of(*prime)) {
            primes.push(number);
        }
    }
    primes
}

/// `None` = told to stop.
pub(crate) fn is_prime(number: &BigUint, stop: &Stop) -> Option<bool> {
    is_prime_among(number, &small(), stop)
}

fn is_prime_among(number: &BigUint, small: &[u32], stop: &Stop) -> Option<bool> {
    let zero = BigUint::from(0u8);
    for prime in small {
        if number % prime == zero {
            return Some(*number == BigUint::from(*prime));
        }
    }
    if *number < BigUint::from(4u8) {
        return Some(*number >= BigUint::from(2u8));
    }
    if stop.asked() {
        return None;
    }
    let bytes = number.to_bytes_be();
    let number = rsa::BoxedUint::from_be_slice_vartime(&bytes);
    Some(crypto_primes::is_prime(crypto_primes::Flavor::Any, &number))
}

/// What a prime must be.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wish {
    pub(crate) bits: u32,
    /// (p − 1) / 2 is a prime as well.
    pub(crate) safe: bool,
    /// p mod `add` = `rem` (by default 1, or 3 for safe primes).
    pub(crate) add: Option<Vec<u8>>,
    pub(crate) rem: Option<Vec<u8>>,
}

/// A new prime.
pub(crate) fn prime(wish: &Wish, stop: &Stop) -> Result<Vec<u8>, Refusal> {
    use rsa::rand_core::TryRng;

    let small = small();
    let one = BigUint::from(1u8);
    let add = wish.add.as_ref().map(|bytes| BigUint::from_bytes_be(bytes));
    let rem = wish.rem.as_ref().map_or_else(
        || BigUint::from(if wish.safe { 3u8 } else { 1u8 }),
        |bytes| BigUint::from_bytes_be(bytes),
    );
    let top = BigUint::from(1u8) << (wish.bits - 1);
    let mut bytes = vec![0; wish.bits.div_ceil(8) as usize];
    loop {
        Random(Some(stop)).try_fill_bytes(&mut bytes).map_err(|_| Refusal::stopped())?;
        let mut number = BigUint::from_bytes_be(&bytes) % &top;
        // The two highest bits are set, as far as there are as many.
        number |= &top;
        if wish.bits > 2 {
            number |= &top >> 1u8;
        }
        match &add {
            Some(add) => {
                let excess = &number % add;
                number -= excess;
                number += &rem;
                if number.bits() != u64::from(wish.bits) {
                    continue;
                }
            }
            None if wish.bits > 2 => number |= &one,
            None => {}
        }
        if wish.safe && add.is_none() && wish.bits > 3 {
            number |= BigUint::from(3u8);
        }
        if !is_prime_among(&number, &small, stop).ok_or_else(Refusal::stopped)? {
            continue;
        }
        let half = &number >> 1u8;
        if wish.safe && !is_prime_among(&half, &small, stop).ok_or_else(Refusal::stopped)? {
            continue;
        }
        return Ok(number.to_bytes_be());
    }
}

/// A new RSA key. The search is written out here because it must end when the call does, between two numbers.
pub(crate) fn rsa_key(bits: u32, exponent: &[u8], stop: &Stop) -> Result<rsa::PrivateKey, Refusal> {
    let e = BigUint::from_bytes_be(exponent);
    let one = BigUint::from(1u8);
    let fits = |bits| -> Result<Vec<u8>, Refusal> {
        loop {
            let bytes = prime(&Wish { bits, ..Wish::default() }, stop)?;
            // The exponent has an inverse only where it shares no factor with p − 1.
            if e.modinv(&(BigUint::from_bytes_be(&bytes) - &one)).is_some() {
                return Ok(bytes);
            }
        }
    };
    loop {
        let (p, q) = (fits(bits.div_ceil(2))?, fits(bits / 2)?);
        let numbers = (number(&p), number(&q), number(exponent));
        if p != q
            && let (Some(p), Some(q), Some(e)) = numbers
            && let Ok(key) = rsa::PrivateKey::from_p_q(p, q, e)
        {
            return Ok(key);
        }
    }
}

/// The tail of a MODP prime: 2^n − 2^(n−64) − 1 + 2^64 · (⌊2^(n−130) π⌋ + k) (RFC 2409, RFC 3526).
const GROUPS: [(&str, u32, u32); 8] = [
    ("modp1", 768, 149_686),
    ("modp2", 1024, 129_093),
    ("modp5", 1536, 741_804),
    ("modp14", 2048, 124_476),
    ("modp15", 3072, 1_690_314),
    ("modp16", 4096, 240_904),
    ("modp17", 6144, 929_484),
    ("modp18", 8192, 4_743_158),
];

/// The prime of a well-known group; its generator is 2.
pub(crate) fn group(name: &str) -> Option<Vec<u8>> {
    let (_, bits, k) = GROUPS.into_iter().find(|(group, ..)| *group == name)?;
    let one = BigUint::from(1u8);
    let pi = pi(bits - 130) + BigUint::from(k);
    let prime = (&one << bits) - (&one << (bits - 64)) - &one + (pi << 64u8);
    Some(prime.to_bytes_be())
}

/// ⌊2^bits π⌋, by Machin's formula.
fn pi(bits: u32) -> BigUint {
    let guard = 64u32;
    let unit = BigUint::from(1u8) << (bits + guard);
    // arctan(1/x) as far as the terms count.
    let arctan = |x: u32| {
        let square = BigUint::from(x * x);
        let mut term = &unit / BigUint::from(x);
        let (mut plus, mut minus) = (BigUint::from(0u8), BigUint::from(0u8));
        let mut index = 0u32;
        while term.bits() > 0 {
            let part = &term / BigUint::from(2 * index + 1);
            if index.is_multiple_of(2) {
                plus += part;
            } else {
                minus += part;
            }
            term /= &square;
            index += 1;
        }
        plus - minus
    };
    (((arctan(5) << 2u8) - arctan(239)) << 2u8) >> guard
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_safe_primes() {
        let stop = Stop::never();
        for (name, bits, _) in GROUPS.into_iter().take(4) {
            let prime = BigUint::from_bytes_be(&group(name).unwrap());
            assert_eq!(prime.bits(), u64::from(bits));
            assert_eq!(is_prime(&prime, &stop), Some(true), "{name}");
            assert_eq!(is_prime(&(prime >> 1u8), &stop), Some(true), "{name}");
        }
    }

    #[test]
    fn primes_are_as_wished() {
        let stop = Stop::never();
        let safe = prime(&Wish { bits: 64, safe: true, ..Wish::default() }, &stop).unwrap();
        let safe = BigUint::from_bytes_be(&safe);
        assert_eq!(is_prime(&safe, &stop), Some(true));
        assert_eq!(is_prime(&(safe >> 1u8), &stop), Some(true));
        let wish = Wish { bits: 40, add: Some(vec![30]), rem: Some(vec![7]), ..Wish::default() };
        let number = BigUint::from_bytes_be(&prime(&wish, &stop).unwrap());
        assert_eq!(&number % 30u8, BigUint::from(7u8));
        assert_eq!(number.bits(), 40);
    }
}
