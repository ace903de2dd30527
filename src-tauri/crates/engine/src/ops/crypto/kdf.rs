//! Keys from passwords and secrets: PBKDF2 (RFC 8018), scrypt (RFC 7914), HKDF (RFC 5869).
//!
//! Written out here because the work must end when the call does, in the middle of a derivation.

use hmac::{Hmac, KeyInit, Mac, SimpleHmac};

use super::hash::{hmac, size, with_hash};
use crate::ops::work::Stop;

/// Rounds between two looks at the clock.
const ROUNDS: u32 = 512;

fn pbkdf2_with<M: Mac + KeyInit + Clone>(
    password: &[u8],
    salt: &[u8],
    rounds: u32,
    out: &mut [u8],
    stop: &Stop,
) -> Option<()> {
    let keyed = <M as KeyInit>::new_from_slice(password).ok()?;
    for (index, chunk) in out.chunks_mut(M::output_size()).enumerate() {
        if stop.asked() {
            return None;
        }
        let number = u32::try_from(index + 1).ok()?;
        let mut last = keyed
            .clone()
            .chain_update(salt)
            .chain_update(number.to_be_bytes())
            .finalize()
            .into_bytes();
        let mut sum = last.clone();
        for round in 1..rounds {
            if round % ROUNDS == 0 && stop.asked() {
                return None;
            }
            last = keyed.clone().chain_update(&last).finalize().into_bytes();
            for (sum, byte) in sum.iter_mut().zip(&last) {
                *sum ^= byte;
            }
        }
        chunk.copy_from_slice(&sum[..chunk.len()]);
    }
    Some(())
}

/// `None` = told to stop, or a hash that cannot be used so.
pub(crate) fn pbkdf2(
    hash: &str,
    password: &[u8],
    salt: &[u8],
    rounds: u32,
    length: usize,
    stop: &Stop,
) -> Option<Vec<u8>> {
    let mut out = vec![0; length];
    // The hashes of nearly all passwords, with a state that is not derived anew for each block.
    match hash {
        "sha1" => pbkdf2_with::<Hmac<sha1::Sha1>>(password, salt, rounds, &mut out, stop)?,
        "sha256" => pbkdf2_with::<Hmac<sha2::Sha256>>(password, salt, rounds, &mut out, stop)?,
        "sha512" => pbkdf2_with::<Hmac<sha2::Sha512>>(password, salt, rounds, &mut out, stop)?,
        _ => {
            with_hash!(hash, D => pbkdf2_with::<SimpleHmac<D>>(password, salt, rounds, &mut out, stop)?, else return None)
        }
    }
    Some(out)
}

/// `None` = a hash that cannot be used so, or more than 255 times its size asked for.
pub(crate) fn hkdf(
    hash: &str,
    key: &[u8],
    salt: &[u8],
    info: &[u8],
    length: usize,
) -> Option<Vec<u8>> {
    let whole = size(hash)?;
    let mut extract = hmac(hash, salt)?;
    extract.update(key);
    let secret = extract.finish(whole);
    let mut out = Vec::with_capacity(length);
    let mut last = Vec::new();
    let mut number = 0u8;
    while out.len() < length {
        number = number.checked_add(1)?;
        let mut expand = hmac(hash, &secret)?;
        expand.update(&last);
        expand.update(info);
        expand.update(&[number]);
        last = expand.finish(whole);
        out.extend_from_slice(&last[..last.len().min(length - out.len())]);
    }
    Some(out)
}

/// The cost of scrypt. `n` is a power of two.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    pub(crate) n: u64,
    pub(crate) r: u32,
    pub(crate) p: u32,
}

impl Cost {
    /// Bytes that it needs.
    pub(crate) fn memory(&self) -> u64 {
        let block = 128 * u64::from(self.r);
        block
            .saturating_mul(self.n.saturating_add(2))
            .saturating_add(block.saturating_mul(u64::from(self.p)))
    }
}

/// `None` = told to stop.
pub(crate) fn scrypt(
    password: &[u8],
    salt: &[u8],
    cost: Cost,
    length: usize,
    stop: &Stop,
) -> Option<Vec<u8>> {
    type Prf = Hmac<sha2::Sha256>;
    let words = 32 * cost.r as usize;
    let mut bytes = vec![0u8; 4 * words * cost.p as usize];
    pbkdf2_with::<Prf>(password, salt, 1, &mut bytes, stop)?;
    let mut table = vec![0u32; words * usize::try_from(cost.n).ok()?];
    for block in bytes.chunks_mut(4 * words) {
        let mut state: Vec<u32> = block
            .chunks_exact(4)
            .map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
            .collect();
        mix(&mut state, &mut table, stop)?;
        for (word, state) in block.chunks_exact_mut(4).zip(state) {
            word.copy_from_slice(&state.to_le_bytes());
        }
    }
    drop(table);
    let mut out = vec![0; length];
    pbkdf2_with::<Prf>(password, &bytes, 1, &mut out, stop)?;
    Some(out)
}

/// ROMix (RFC 7914, 5).
fn mix(state: &mut [u32], table: &mut [u32], stop: &Stop) -> Option<()> {
    let words = state.len();
    let steps = table.len() / words;
    let mut spare = vec![0; words];
    for (index, row) in table.chunks_exact_mut(words).enumerate() {
        if index % 256 == 0 && stop.asked() {
            return None;
        }
        row.copy_from_slice(state);
        mix_block(state, &mut spare);
    }
    for index in 0..steps {
        if index % 256 == 0 && stop.asked() {
            return None;
        }
        let low = u64::from(state[words - 16]) | u64::from(state[words - 15]) << 32;
        let at = (low % steps as u64) as usize * words;
        for (word, row) in state.iter_mut().zip(&table[at..at + words]) {
            *word ^= row;
        }
        mix_block(state, &mut spare);
    }
    Some(())
}

/// BlockMix (RFC 7914, 4): even blocks first, odd ones behind them.
fn mix_block(state: &mut [u32], spare: &mut [u32]) {
    let half = state.len() / 2;
    let mut carry = [0u32; 16];
    carry.copy_from_slice(&state[state.len() - 16..]);
    for (index, block) in state.chunks_exact(16).enumerate() {
        for (word, other) in carry.iter_mut().zip(block) {
            *word ^= other;
        }
        salsa(&mut carry);
        let at = index / 2 * 16 + if index % 2 == 0 { 0 } else { half };
        spare[at..at + 16].copy_from_slice(&carry);
    }
    state.copy_from_slice(spare);
}

/// Salsa20 with eight rounds.
fn salsa(block: &mut [u32; 16]) {
    // Positions of a quarter round: four columns, then four rows.
    const QUARTERS: [[usize; 4]; 8] = [
        [0, 4, 8, 12],
        [5, 9, 13, 1],
        [10, 14, 2, 6],
        [15, 3, 7, 11],
        [0, 1, 2, 3],
        [5, 6, 7, 4],
        [10, 11, 8, 9],
        [15, 12, 13, 14],
    ];
    let mut x = *block;
    for _ in 0..4 {
        for [a, b, c, d] in QUARTERS {
            x[b] ^= x[a].wrapping_add(x[d]).rotate_left(7);
            x[c] ^= x[b].wrapping_add(x[a]).rotate_left(9);
            x[d] ^= x[c].wrapping_add(x[b]).rotate_left(13);
            x[a] ^= x[d].wrapping_add(x[c]).rotate_left(18);
        }
    }
    for (word, add) in block.iter_mut().zip(x) {
        *word = word.wrapping_add(add);
    }
}
