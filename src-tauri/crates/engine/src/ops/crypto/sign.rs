//! Signatures and RSA encryption.

use ed25519_dalek::Signer;
use rsa::pkcs1v15::Pkcs1v15Sign;
use rsa::rand_core::{TryCryptoRng, TryRng};
use rsa::traits::PublicKeyParts;
use rsa::{Oaep, Pkcs1v15Encrypt};

use super::hash::{self, with_hash};
use super::key::{Key, Okp, Pss, padded, trimmed, with_curve};
use crate::ops::work::{Refusal, Stop};

/// Random numbers of the operating system, until the call is over.
pub(crate) struct Random<'a>(pub(crate) Option<&'a Stop>);

/// Why there is no random number.
#[derive(Debug)]
pub(crate) struct NoRandom;

impl std::fmt::Display for NoRandom {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("no random numbers")
    }
}

impl std::error::Error for NoRandom {}

impl TryRng for Random<'_> {
    type Error = NoRandom;

    fn try_next_u32(&mut self) -> Result<u32, NoRandom> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_ne_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, NoRandom> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_ne_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), NoRandom> {
        if self.0.is_some_and(Stop::asked) {
            return Err(NoRandom);
        }
        getrandom::fill(bytes).map_err(|_| NoRandom)
    }
}

impl TryCryptoRng for Random<'_> {}

/// Node's numbers of RSA paddings.
pub(crate) const PKCS1: u32 = 1;
pub(crate) const NONE: u32 = 3;
pub(crate) const OAEP: u32 = 4;
pub(crate) const PSS: u32 = 6;

/// How to sign.
#[derive(Clone, Debug, Default)]
pub(crate) struct Way {
    /// Canonical name of the hash; none = the key decides.
    pub(crate) hash: Option<String>,
    pub(crate) padding: Option<u32>,
    /// Bytes of salt; -1 = as long as the hash, -2 = as much as fits, or whatever is found.
    pub(crate) salt: Option<i32>,
    /// Two numbers side by side in place of DER.
    pub(crate) fixed: bool,
}

fn rsa_error(number: u32, reason: &str) -> Refusal {
    Refusal::openssl(number, "rsa routines", reason)
}

pub(crate) fn too_large() -> Refusal {
    rsa_error(0x0200_006E, "data too large for key size")
}

fn wrong_key() -> Refusal {
    Refusal::openssl(
        0x0300_0096,
        "digital envelope routines",
        "operation not supported for this keytype",
    )
}

fn bad_digest() -> Refusal {
    Refusal::openssl(0x1C80_007A, "Provider routines", "invalid digest")
}

fn bad_padding() -> Refusal {
    Refusal::openssl(0x1C80_00A5, "Provider routines", "illegal or unsupported padding mode")
}

/// The text before the hash in a PKCS#1 signature.
fn prefix(name: &str) -> Option<Pkcs1v15Sign> {
    Some(match name {
        "md5" => Pkcs1v15Sign::new::<md5::Md5>(),
        "sha1" => Pkcs1v15Sign::new::<sha1::Sha1>(),
        "sha224" => Pkcs1v15Sign::new::<sha2::Sha224>(),
        "sha256" => Pkcs1v15Sign::new::<sha2::Sha256>(),
        "sha384" => Pkcs1v15Sign::new::<sha2::Sha384>(),
        "sha512" => Pkcs1v15Sign::new::<sha2::Sha512>(),
        "sha512-224" => Pkcs1v15Sign::new::<sha2::Sha512_224>(),
        "sha512-256" => Pkcs1v15Sign::new::<sha2::Sha512_256>(),
        "ripemd160" => Pkcs1v15Sign::new::<ripemd::Ripemd160>(),
        "sha3-224" => Pkcs1v15Sign::new::<sha3::Sha3_224>(),
        "sha3-256" => Pkcs1v15Sign::new::<sha3::Sha3_256>(),
        "sha3-384" => Pkcs1v15Sign::new::<sha3::Sha3_384>(),
        "sha3-512" => Pkcs1v15Sign::new::<sha3::Sha3_512>(),
        "md5-sha1" => Pkcs1v15Sign { hash_len: Some(36), prefix: Box::new([]) },
        _ => return None,
    })
}

/// The default padding, and that a key for PSS alone is used with it.
fn padding(pss: &Option<Pss>, way: &Way) -> u32 {
    way.padding.unwrap_or(if pss.is_some() { PSS } else { PKCS1 })
}

/// Signs the hash of `data`, which is hashed here unless `hashed`.
pub(crate) fn sign(key: &Key, data: &[u8], hashed: bool, way: &Way) -> Result<Vec<u8>, Refusal> {
    match key {
        Key::RsaPrivate { key, pss } => {
            let name = way.hash.as_deref().unwrap_or("sha256");
            let digest = digest(name, data, hashed)?;
            let rng = &mut Random(None);
            match padding(pss, way) {
                PKCS1 => {
                    let scheme = prefix(name).ok_or_else(bad_digest)?;
                    key.sign_with_rng(rng, scheme, &digest).map_err(|_| too_large())
                }
                PSS => {
                    let room = key.size().checked_sub(digest.len() + 2).ok_or_else(too_large)?;
                    let salt = match way.salt.unwrap_or(-2) {
                        -1 => digest.len(),
                        -2 => room - usize::from(key.n().as_ref().bit_width_vartime() % 8 == 1),
                        length => usize::try_from(length).map_err(|_| too_large())?,
                    };
                    with_hash!(name, D => {
                        let scheme = rsa::Pss::<D>::new_with_salt(salt);
                        key.sign_with_rng(rng, scheme, &digest).map_err(|_| too_large())
                    }, else Err(bad_digest()))
                }
                _ => Err(bad_padding()),
            }
        }
        Key::EcPrivate { curve, scalar, .. } => {
            let digest = digest(way.hash.as_deref().unwrap_or("sha256"), data, hashed)?;
            with_curve!(curve, curve => {
                use curve::ecdsa::signature::hazmat::PrehashSigner;
                let key = curve::ecdsa::SigningKey::from_slice(scalar).map_err(|_| wrong_key())?;
                let signature: curve::ecdsa::Signature =
                    key.sign_prehash(&digest).map_err(|_| wrong_key())?;
                Ok(if way.fixed {
                    signature.to_bytes().to_vec()
                } else {
                    signature.to_der().as_bytes().to_vec()
                })
            })
        }
        Key::OkpPrivate { okp: Okp::Ed25519, bytes } => {
            if way.hash.is_some() {
                return Err(bad_digest());
            }
            Ok(ed25519_dalek::SigningKey::from_bytes(bytes).sign(data).to_bytes().to_vec())
        }
        _ => Err(wrong_key()),
    }
}

fn digest(name: &str, data: &[u8], hashed: bool) -> Result<Vec<u8>, Refusal> {
    if hashed { Ok(data.to_vec()) } else { hash::digest(name, data).ok_or_else(bad_digest) }
}

pub(crate) fn verify(
    key: &Key,
    data: &[u8],
    hashed: bool,
    signature: &[u8],
    way: &Way,
) -> Result<bool, Refusal> {
    match key {
        Key::RsaPublic { key, pss } => {
            let name = way.hash.as_deref().unwrap_or("sha256");
            let digest = digest(name, data, hashed)?;
            match padding(pss, way) {
                PKCS1 => {
                    let scheme = prefix(name).ok_or_else(bad_digest)?;
                    Ok(key.verify(scheme, &digest, signature).is_ok())
                }
                PSS => with_hash!(name, D => {
                    let mut scheme = rsa::Pss::<D>::new();
                    scheme.salt_len = match way.salt.unwrap_or(-2) {
                        -1 => Some(digest.len()),
                        length => usize::try_from(length).ok(),
                    };
                    Ok(key.verify(scheme, &digest, signature).is_ok())
                }, else Err(bad_digest())),
                _ => Err(bad_padding()),
            }
        }
        Key::EcPublic { curve, point } => {
            let digest = digest(way.hash.as_deref().unwrap_or("sha256"), data, hashed)?;
            with_curve!(curve, curve => {
                use curve::ecdsa::signature::hazmat::PrehashVerifier;
                let key = curve::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| wrong_key())?;
                let signature = if way.fixed {
                    curve::ecdsa::Signature::from_slice(signature)
                } else {
                    curve::ecdsa::Signature::from_der(signature)
                };
                // Both signatures of a pair are right; the crate of one curve takes only the lower.
                Ok(signature.is_ok_and(|signature| {
                    key.verify_prehash(&digest, &signature.normalize_s()).is_ok()
                }))
            })
        }
        Key::OkpPublic { okp: Okp::Ed25519, bytes } => {
            if way.hash.is_some() {
                return Err(bad_digest());
            }
            let key = ed25519_dalek::VerifyingKey::from_bytes(bytes);
            let signature = ed25519_dalek::Signature::from_slice(signature);
            Ok(matches!((key, signature), (Ok(key), Ok(signature))
                if ed25519_dalek::Verifier::verify(&key, data, &signature).is_ok()))
        }
        _ => Err(wrong_key()),
    }
}

/// Encrypts for the owner of a key.
pub(crate) fn encrypt(
    key: &Key,
    data: &[u8],
    padding: u32,
    hash: &str,
    label: &[u8],
) -> Result<Vec<u8>, Refusal> {
    let key = key.rsa().ok_or_else(wrong_key)?;
    let rng = &mut Random(None);
    match padding {
        PKCS1 => key.encrypt(rng, Pkcs1v15Encrypt, data).map_err(|_| too_large()),
        OAEP => with_hash!(hash, D => {
            key.encrypt(rng, Oaep::<D>::new_with_label(label), data).map_err(|_| too_large())
        }, else Err(bad_digest())),
        NONE => raw(key, |number| rsa::hazmat::rsa_encrypt(key, number), data),
        _ => Err(bad_padding()),
    }
}

pub(crate) fn decrypt(
    key: &Key,
    data: &[u8],
    padding: u32,
    hash: &str,
    label: &[u8],
) -> Result<Vec<u8>, Refusal> {
    let Key::RsaPrivate { key, .. } = key else { return Err(wrong_key()) };
    let rng = &mut Random(None);
    match padding {
        OAEP => with_hash!(hash, D => {
            key.decrypt_blinded(rng, Oaep::<D>::new_with_label(label), data)
                .map_err(|_| rsa_error(0x0200_0079, "oaep decoding error"))
        }, else Err(bad_digest())),
        NONE => raw(
            key.as_public_key(),
            |number| rsa::hazmat::rsa_decrypt_and_check(&**key, Some(rng), number),
            data,
        ),
        _ => Err(bad_padding()),
    }
}

/// Turns a number as large as the modulus.
fn raw(
    key: &rsa::PublicKey,
    turn: impl FnOnce(&rsa::BoxedUint) -> rsa::Result<rsa::BoxedUint>,
    data: &[u8],
) -> Result<Vec<u8>, Refusal> {
    if data.len() < key.size() {
        return Err(rsa_error(0x0200_007A, "data too small for key size"));
    }
    let number = rsa::BoxedUint::from_be_slice(data, key.n().as_ref().bits_precision())
        .ok()
        .filter(|number| data.len() == key.size() && number < key.n().as_ref())
        .ok_or_else(|| rsa_error(0x0200_0084, "data too large for modulus"))?;
    let result = turn(&number).map_err(|_| too_large())?;
    padded(&trimmed(&result), key.size()).ok_or_else(too_large)
}

/// `privateEncrypt`: PKCS#1 signs bytes that are no hash.
pub(crate) fn seal(key: &Key, data: &[u8], padding: u32) -> Result<Vec<u8>, Refusal> {
    let Key::RsaPrivate { key, .. } = key else { return Err(wrong_key()) };
    let rng = &mut Random(None);
    match padding {
        PKCS1 => {
            key.sign_with_rng(rng, Pkcs1v15Sign::new_unprefixed(), data).map_err(|_| too_large())
        }
        NONE => raw(
            key.as_public_key(),
            |number| rsa::hazmat::rsa_decrypt_and_check(&**key, Some(rng), number),
            data,
        ),
        _ => Err(bad_padding()),
    }
}

/// `publicDecrypt`.
pub(crate) fn open(key: &Key, data: &[u8], padding: u32) -> Result<Vec<u8>, Refusal> {
    let key = key.rsa().ok_or_else(wrong_key)?;
    let bad = || rsa_error(0x0200_008A, "invalid padding");
    if padding != PKCS1 && padding != NONE {
        return Err(bad_padding());
    }
    let whole = raw(key, |number| rsa::hazmat::rsa_encrypt(key, number), data)?;
    if padding == NONE {
        return Ok(whole);
    }
    // 00 01 FF … FF 00 and the text; nothing here is secret.
    let rest = whole.strip_prefix(&[0, 1]).ok_or_else(bad)?;
    let fill = rest.iter().take_while(|byte| **byte == 0xff).count();
    if fill < 8 || rest.get(fill) != Some(&0) {
        return Err(bad());
    }
    Ok(rest[fill + 1..].to_vec())
}
