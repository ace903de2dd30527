//! Keys in DER: SPKI (RFC 5280), PKCS#8 (RFC 5208), PKCS#1 (RFC 8017), SEC 1 (RFC 5915).

use pkcs1::{EncodeRsaPrivateKey, EncodeRsaPublicKey};
use pkcs8::der::asn1::{AnyRef, BitStringRef, Null, ObjectIdentifier, OctetStringRef};
use pkcs8::der::{Decode, Encode};
use pkcs8::pkcs5::pbes2;
use pkcs8::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use pkcs8::{EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef};
use sec1::{EcParameters, EcPrivateKey};

use super::key::{Curve, Key, Okp, Pss};
use crate::ops::work::Refusal;

const RSA: &str = "1.2.840.113549.1.1.1";
const RSA_PSS: &str = "1.2.840.113549.1.1.10";
const EC: &str = "1.2.840.10045.2.1";

/// Why a text is no key.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Not DER, or not of this shape.
    Shape(pkcs8::der::Error),
    /// A kind or curve that is not known here, or numbers that make no key.
    Unsupported,
}

impl From<pkcs8::der::Error> for Fault {
    fn from(error: pkcs8::der::Error) -> Self {
        Self::Shape(error)
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        use pkcs8::der::ErrorKind;
        match fault {
            Fault::Unsupported => unsupported(),
            Fault::Shape(error) => match error.kind() {
                ErrorKind::Incomplete { .. } => asn1(0x0680_008E, "not enough data"),
                ErrorKind::TagUnexpected { .. } | ErrorKind::TagUnknown { .. } => {
                    asn1(0x0680_00A8, "wrong tag")
                }
                ErrorKind::Length { .. } | ErrorKind::Overlength | ErrorKind::IndefiniteLength => {
                    asn1(0x0680_009B, "too long")
                }
                _ => unsupported(),
            },
        }
    }
}

pub(crate) fn unsupported() -> Refusal {
    Refusal::openssl(0x1E08_010C, "DECODER routines", "unsupported")
}

fn asn1(number: u32, reason: &str) -> Refusal {
    let mut refusal = Refusal::openssl(number, "asn1 encoding routines", reason);
    refusal.code = refusal.code.map(|code| code.replace("ERR_OSSL_", "ERR_OSSL_ASN1_"));
    refusal
}

fn curve_of(algorithm: &AlgorithmIdentifierRef<'_>) -> Result<Curve, Fault> {
    let oid = algorithm.parameters_oid().map_err(|_| Fault::Unsupported)?;
    Curve::from_oid(&oid.to_string()).ok_or(Fault::Unsupported)
}

fn okp_of(oid: &str) -> Option<Okp> {
    [Okp::Ed25519, Okp::X25519].into_iter().find(|okp| okp.oid() == oid)
}

fn pss_of(algorithm: &AlgorithmIdentifierRef<'_>) -> Result<Option<Pss>, Fault> {
    if algorithm.oid.to_string() != RSA_PSS {
        return Ok(None);
    }
    let parameters = algorithm.parameters.map(|any| any.to_der()).transpose()?;
    Ok(Some(Pss(parameters)))
}

fn with_pss(key: Key, pss: Option<Pss>) -> Key {
    match key {
        Key::RsaPublic { key, .. } => Key::RsaPublic { key, pss },
        Key::RsaPrivate { key, .. } => Key::RsaPrivate { key, pss },
        other => other,
    }
}

pub(crate) fn spki(der: &[u8]) -> Result<Key, Fault> {
    from_spki(&SubjectPublicKeyInfoRef::from_der(der)?)
}

pub(crate) fn from_spki(info: &SubjectPublicKeyInfoRef<'_>) -> Result<Key, Fault> {
    let bytes = info.subject_public_key.as_bytes().ok_or(Fault::Unsupported)?;
    match info.algorithm.oid.to_string().as_str() {
        RSA | RSA_PSS => Ok(with_pss(pkcs1_public(bytes)?, pss_of(&info.algorithm)?)),
        EC => curve_of(&info.algorithm)?.public(bytes).ok_or(Fault::Unsupported),
        oid => {
            let okp = okp_of(oid).ok_or(Fault::Unsupported)?;
            let bytes = bytes.try_into().map_err(|_| Fault::Unsupported)?;
            Ok(Key::OkpPublic { okp, bytes })
        }
    }
}

pub(crate) fn pkcs1_public(der: &[u8]) -> Result<Key, Fault> {
    let key = pkcs1::RsaPublicKeyRef::from_der(der)?;
    Key::rsa_public(key.modulus.as_bytes(), key.public_exponent.as_bytes())
        .ok_or(Fault::Unsupported)
}

pub(crate) fn pkcs1_private(der: &[u8]) -> Result<Key, Fault> {
    let key = pkcs1::RsaPrivateKeyRef::from_der(der)?;
    Key::rsa_private(
        key.modulus.as_bytes(),
        key.public_exponent.as_bytes(),
        key.private_exponent.as_bytes(),
        &[key.prime1.as_bytes(), key.prime2.as_bytes()],
    )
    .ok_or(Fault::Unsupported)
}

pub(crate) fn sec1_private(der: &[u8], known: Option<Curve>) -> Result<Key, Fault> {
    let key = EcPrivateKey::from_der(der)?;
    let curve = match (known, key.parameters.and_then(EcParameters::named_curve)) {
        (Some(curve), _) => curve,
        (None, Some(oid)) => Curve::from_oid(&oid.to_string()).ok_or(Fault::Unsupported)?,
        (None, None) => return Err(Fault::Unsupported),
    };
    curve.private(key.private_key).ok_or(Fault::Unsupported)
}

pub(crate) fn pkcs8(der: &[u8]) -> Result<Key, Fault> {
    let info = PrivateKeyInfoRef::from_der(der)?;
    let bytes = info.private_key.as_bytes();
    match info.algorithm.oid.to_string().as_str() {
        RSA | RSA_PSS => Ok(with_pss(pkcs1_private(bytes)?, pss_of(&info.algorithm)?)),
        EC => sec1_private(bytes, Some(curve_of(&info.algorithm)?)),
        oid => {
            let okp = okp_of(oid).ok_or(Fault::Unsupported)?;
            let inner = <&OctetStringRef>::from_der(bytes)?.as_bytes();
            let bytes = inner.try_into().map_err(|_| Fault::Unsupported)?;
            Ok(Key::OkpPrivate { okp, bytes })
        }
    }
}

/// `Ok(None)` = the password does not fit.
pub(crate) fn pkcs8_encrypted(der: &[u8], password: &[u8]) -> Result<Option<Key>, Fault> {
    let info = EncryptedPrivateKeyInfoRef::from_der(der)?;
    match info.decrypt(password) {
        // Padding that fits by chance ends in nonsense.
        Ok(inner) => Ok(pkcs8(inner.as_bytes()).ok()),
        Err(pkcs8::Error::EncryptedPrivateKey(pkcs8::pkcs5::Error::DecryptFailed)) => Ok(None),
        Err(_) => Err(Fault::Unsupported),
    }
}

/// A public key.
pub(crate) fn to_spki(key: &Key) -> Option<Vec<u8>> {
    let key = key.public();
    let bytes = match &key {
        Key::RsaPublic { key, .. } => key.to_pkcs1_der().ok()?.as_bytes().to_vec(),
        Key::EcPublic { point, .. } => point.clone(),
        Key::OkpPublic { bytes, .. } => bytes.to_vec(),
        _ => return None,
    };
    with_algorithm(&key, |algorithm| {
        let subject_public_key = BitStringRef::from_bytes(&bytes).ok()?;
        SubjectPublicKeyInfoRef { algorithm, subject_public_key }.to_der().ok()
    })
}

fn with_algorithm<R>(
    key: &Key,
    make: impl FnOnce(AlgorithmIdentifierRef<'_>) -> Option<R>,
) -> Option<R> {
    let curve_oid;
    let (oid, parameters) = match key {
        Key::RsaPublic { pss: Some(pss), .. } | Key::RsaPrivate { pss: Some(pss), .. } => {
            let parameters = pss.0.as_ref().map(|der| AnyRef::from_der(der)).transpose().ok()?;
            (RSA_PSS, parameters)
        }
        Key::RsaPublic { .. } | Key::RsaPrivate { .. } => (RSA, Some(Null.into())),
        Key::EcPublic { curve, .. } | Key::EcPrivate { curve, .. } => {
            curve_oid = ObjectIdentifier::new(curve.oid()).ok()?;
            (EC, Some((&curve_oid).into()))
        }
        Key::OkpPublic { okp, .. } | Key::OkpPrivate { okp, .. } => (okp.oid(), None),
    };
    make(AlgorithmIdentifierRef { oid: ObjectIdentifier::new(oid).ok()?, parameters })
}

pub(crate) fn to_pkcs1(key: &Key, private: bool) -> Option<Vec<u8>> {
    match key {
        Key::RsaPrivate { key, .. } if private => {
            Some(key.to_pkcs1_der().ok()?.as_bytes().to_vec())
        }
        _ => Some(key.rsa()?.to_pkcs1_der().ok()?.as_bytes().to_vec()),
    }
}

pub(crate) fn to_sec1(key: &Key, named: bool) -> Option<Vec<u8>> {
    let Key::EcPrivate { curve, scalar, point } = key else { return None };
    let oid = ObjectIdentifier::new(curve.oid()).ok()?;
    EcPrivateKey {
        private_key: scalar,
        parameters: named.then_some(EcParameters::NamedCurve(oid)),
        public_key: Some(point),
    }
    .to_der()
    .ok()
}

pub(crate) fn to_pkcs8(key: &Key) -> Option<Vec<u8>> {
    let inner = match key {
        Key::RsaPrivate { .. } => to_pkcs1(key, true)?,
        Key::EcPrivate { .. } => to_sec1(key, false)?,
        Key::OkpPrivate { bytes, .. } => OctetStringRef::new(bytes).ok()?.to_der().ok()?,
        _ => return None,
    };
    with_algorithm(key, |algorithm| {
        let private_key = OctetStringRef::new(&inner).ok()?;
        PrivateKeyInfoRef::new(algorithm, private_key).to_der().ok()
    })
}

/// Rounds of PBKDF2 in keys written here, as OpenSSL writes them.
const ROUNDS: u32 = 2048;

/// PKCS#8 sealed with a password; `None` = not with this cipher.
pub(crate) fn to_pkcs8_encrypted(key: &Key, cipher: &str, password: &[u8]) -> Option<Vec<u8>> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).ok()?;
    let mut iv = [0; 16];
    getrandom::fill(&mut iv).ok()?;
    let mut short = [0; 8];
    short.copy_from_slice(&iv[..8]);
    let encryption = match cipher {
        "aes-128-cbc" => pbes2::EncryptionScheme::Aes128Cbc { iv },
        "aes-192-cbc" => pbes2::EncryptionScheme::Aes192Cbc { iv },
        "aes-256-cbc" => pbes2::EncryptionScheme::Aes256Cbc { iv },
        "des-ede3-cbc" => pbes2::EncryptionScheme::DesEde3Cbc { iv: short },
        _ => return None,
    };
    let kdf = pbes2::Pbkdf2Params::hmac_sha256(ROUNDS, &salt).ok()?.into();
    let parameters = pbes2::Parameters { kdf, encryption };
    let inner = to_pkcs8(key)?;
    let sealed =
        PrivateKeyInfoRef::from_der(&inner).ok()?.encrypt_with_params(parameters, password).ok()?;
    Some(sealed.as_bytes().to_vec())
}
