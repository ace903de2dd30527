//! One sealed value: format byte, nonce, ciphertext with tag (XChaCha20-Poly1305).

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::VaultError;
use crate::SecretBytes;

/// The one format there is. A change of cipher or layout gets another number.
const FORMAT: u8 = 1;
const NONCE: usize = 24;

/// A master key, wiped when dropped.
pub(super) type Key = Zeroizing<[u8; 32]>;

/// Random bytes of the system.
pub(super) fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| VaultError::Random { reason: error.to_string() })?;
    Ok(bytes)
}

pub(super) fn new_key() -> Result<Key, VaultError> {
    Ok(Key::new(random()?))
}

pub(super) fn seal(key: &Key, plain: &[u8], context: &str) -> Result<Vec<u8>, VaultError> {
    // 24 random bytes do not repeat in any number of values that could be sealed.
    let nonce: [u8; NONCE] = random()?;
    let aad = associated(context);
    let cipher = XChaCha20Poly1305::new(&(**key).into());
    let boxed = cipher
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &aad })
        // Only above 256 GB.
        .map_err(|_| VaultError::Tampered { context: context.to_owned() })?;
    let mut sealed = Vec::with_capacity(1 + NONCE + boxed.len());
    sealed.push(FORMAT);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&boxed);
    Ok(sealed)
}

pub(super) fn open(key: &Key, sealed: &[u8], context: &str) -> Result<SecretBytes, VaultError> {
    let tampered = || VaultError::Tampered { context: context.to_owned() };
    let (format, rest) = sealed.split_first().ok_or_else(tampered)?;
    if *format != FORMAT {
        return Err(VaultError::UnknownFormat { context: context.to_owned(), found: *format });
    }
    let (nonce, boxed) = rest.split_first_chunk::<NONCE>().ok_or_else(tampered)?;
    let aad = associated(context);
    let cipher = XChaCha20Poly1305::new(&(**key).into());
    let plain = cipher
        .decrypt(&XNonce::from(*nonce), Payload { msg: boxed, aad: &aad })
        .map_err(|_| tampered())?;
    Ok(SecretBytes::new(plain))
}

/// What the tag covers beside the value: the format, and what the value is for.
fn associated(context: &str) -> Vec<u8> {
    [b"stepsmith sealed\0".as_slice(), &[FORMAT], context.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(byte: u8) -> Key {
        Key::new([byte; 32])
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens(plain in prop::collection::vec(any::<u8>(), 0..300), context in ".{0,40}") {
            let sealed = seal(&key(1), &plain, &context).unwrap();
            let opened = open(&key(1), &sealed, &context).unwrap();
            prop_assert_eq!(opened.expose(), plain.as_slice());
            if plain.len() > 8 {
                prop_assert!(!sealed.windows(plain.len()).any(|window| window == plain));
            }
            prop_assert_ne!(seal(&key(1), &plain, &context).unwrap(), sealed, "each sealing has its own nonce");
        }

        #[test]
        fn any_change_is_noticed(
            plain in prop::collection::vec(any::<u8>(), 0..60), at in any::<prop::sample::Index>(), flip in 1..=255_u8,
        ) {
            let mut sealed = seal(&key(1), &plain, "credential/app/id").unwrap();
            let index = at.index(sealed.len());
            sealed[index] ^= flip;
            let error = open(&key(1), &sealed, "credential/app/id").unwrap_err();
            prop_assert!(error.to_string().contains("credential/app/id"));
            if index == 0 {
                let unknown = matches!(error, VaultError::UnknownFormat { .. });
                prop_assert!(unknown);
            } else {
                let tampered = matches!(error, VaultError::Tampered { .. });
                prop_assert!(tampered);
            }
        }

        #[test]
        fn a_part_does_not_open(plain in prop::collection::vec(any::<u8>(), 0..60), cut in any::<prop::sample::Index>()) {
            let sealed = seal(&key(1), &plain, "c").unwrap();
            prop_assert!(open(&key(1), &sealed[..cut.index(sealed.len())], "c").is_err());
        }

        #[test]
        fn another_context_or_key_does_not_open(a in ".{0,20}", b in ".{0,20}") {
            let sealed = seal(&key(1), b"value", &a).unwrap();
            prop_assert_eq!(open(&key(1), &sealed, &b).is_ok(), a == b);
            prop_assert!(open(&key(2), &sealed, &a).is_err());
        }
    }
}
