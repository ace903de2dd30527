//! Public and private keys of every kind.

use rsa::BoxedUint;
use rsa::traits::PublicKeyParts;

/// Modulus sizes that are accepted, in bits: what OpenSSL takes, as far as one operation ends within a second or two.
const RSA_BITS: std::ops::RangeInclusive<usize> = 512..=16384;

/// Named curves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Curve {
    P256,
    P384,
    P521,
    K256,
}

/// Runs a piece of code with `$module` as the crate of a curve.
macro_rules! with_curve {
    ($curve:expr, $module:ident => $body:expr) => {
        match $curve {
            $crate::ops::crypto::key::Curve::P256 => {
                use p256 as $module;
                $body
            }
            $crate::ops::crypto::key::Curve::P384 => {
                use p384 as $module;
                $body
            }
            $crate::ops::crypto::key::Curve::P521 => {
                use p521 as $module;
                $body
            }
            $crate::ops::crypto::key::Curve::K256 => {
                use k256 as $module;
                $body
            }
        }
    };
}
pub(crate) use with_curve;

impl Curve {
    /// Its names in OpenSSL and JWK.
    const NAMES: [(Self, &str, &str, &str); 4] = [
        (Self::P256, "prime256v1", "P-256", "1.2.840.10045.3.1.7"),
        (Self::P384, "secp384r1", "P-384", "1.3.132.0.34"),
        (Self::P521, "secp521r1", "P-521", "1.3.132.0.35"),
        (Self::K256, "secp256k1", "secp256k1", "1.3.132.0.10"),
    ];

    fn row(self) -> (Self, &'static str, &'static str, &'static str) {
        Self::NAMES.into_iter().find(|row| row.0 == self).unwrap_or(Self::NAMES[0])
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|row| row.1 == name || row.2 == name).map(|row| row.0)
    }

    pub(crate) fn from_oid(oid: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|row| row.3 == oid).map(|row| row.0)
    }

    pub(crate) fn name(self) -> &'static str {
        self.row().1
    }

    pub(crate) fn jwk_name(self) -> &'static str {
        self.row().2
    }

    pub(crate) fn oid(self) -> &'static str {
        self.row().3
    }

    /// Bytes of a coordinate.
    pub(crate) fn size(self) -> usize {
        match self {
            Self::P256 | Self::K256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }

    /// A point in its uncompressed form; `None` = not on the curve.
    pub(crate) fn point(self, bytes: &[u8]) -> Option<Vec<u8>> {
        with_curve!(self, curve => {
            use curve::elliptic_curve::sec1::ToSec1Point;
            let point = curve::PublicKey::from_sec1_bytes(&plain(bytes)?).ok()?;
            Some(point.to_sec1_point(false).as_bytes().to_vec())
        })
    }

    /// A point in its compressed form.
    pub(crate) fn compress(self, bytes: &[u8]) -> Option<Vec<u8>> {
        with_curve!(self, curve => {
            use curve::elliptic_curve::sec1::ToSec1Point;
            let point = curve::PublicKey::from_sec1_bytes(&plain(bytes)?).ok()?;
            Some(point.to_sec1_point(true).as_bytes().to_vec())
        })
    }

    /// The key of a secret number, padded; `None` = zero or too large.
    pub(crate) fn private(self, scalar: &[u8]) -> Option<Key> {
        let scalar = padded(scalar, self.size())?;
        let point = with_curve!(self, curve => {
            use curve::elliptic_curve::sec1::ToSec1Point;
            let secret = curve::SecretKey::from_slice(&scalar).ok()?;
            secret.public_key().to_sec1_point(false).as_bytes().to_vec()
        });
        Some(Key::EcPrivate { curve: self, scalar, point })
    }

    pub(crate) fn public(self, point: &[u8]) -> Option<Key> {
        Some(Key::EcPublic { curve: self, point: self.point(point)? })
    }

    /// The x-coordinate of the product.
    pub(crate) fn agree(self, scalar: &[u8], point: &[u8]) -> Option<Vec<u8>> {
        with_curve!(self, curve => {
            let secret = curve::SecretKey::from_slice(scalar).ok()?;
            let public = curve::PublicKey::from_sec1_bytes(&plain(point)?).ok()?;
            let shared = curve::ecdh::diffie_hellman(secret.to_nonzero_scalar(), public.as_affine());
            Some(shared.raw_secret_bytes().to_vec())
        })
    }
}

/// The hybrid form of a point is its uncompressed form with another first byte.
fn plain(point: &[u8]) -> Option<Vec<u8>> {
    let mut point = point.to_vec();
    if let Some(first @ (6 | 7)) = point.first().copied() {
        if point.last()? & 1 != first & 1 {
            return None;
        }
        point[0] = 4;
    }
    Some(point)
}

/// A number in exactly `size` bytes; `None` = it does not fit.
pub(crate) fn padded(number: &[u8], size: usize) -> Option<Vec<u8>> {
    let start = number.iter().position(|byte| *byte != 0).unwrap_or(number.len());
    let number = &number[start..];
    let mut out = vec![0; size.checked_sub(number.len())?];
    out.extend_from_slice(number);
    Some(out)
}

/// Montgomery and Edwards keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Okp {
    Ed25519,
    X25519,
}

impl Okp {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ed25519 => "ed25519",
            Self::X25519 => "x25519",
        }
    }

    pub(crate) fn oid(self) -> &'static str {
        match self {
            Self::Ed25519 => "1.3.101.112",
            Self::X25519 => "1.3.101.110",
        }
    }

    pub(crate) fn public_of(self, secret: &[u8; 32]) -> [u8; 32] {
        match self {
            Self::Ed25519 => {
                ed25519_dalek::SigningKey::from_bytes(secret).verifying_key().to_bytes()
            }
            Self::X25519 => {
                let secret = x25519_dalek::StaticSecret::from(*secret);
                x25519_dalek::PublicKey::from(&secret).to_bytes()
            }
        }
    }
}

/// A key, and what belongs to it.
pub(crate) enum Key {
    RsaPublic { key: rsa::PublicKey, pss: Option<Pss> },
    RsaPrivate { key: Box<rsa::PrivateKey>, pss: Option<Pss> },
    EcPublic { curve: Curve, point: Vec<u8> },
    EcPrivate { curve: Curve, scalar: Vec<u8>, point: Vec<u8> },
    OkpPublic { okp: Okp, bytes: [u8; 32] },
    OkpPrivate { okp: Okp, bytes: [u8; 32] },
}

/// A key that may only be used with PSS, and with which parameters, in the form that stands in a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pss(pub(crate) Option<Vec<u8>>);

impl std::fmt::Debug for Key {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.kind())
    }
}

impl Key {
    /// As Node calls it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::RsaPublic { pss: None, .. } | Self::RsaPrivate { pss: None, .. } => "rsa",
            Self::RsaPublic { .. } | Self::RsaPrivate { .. } => "rsa-pss",
            Self::EcPublic { .. } | Self::EcPrivate { .. } => "ec",
            Self::OkpPublic { okp, .. } | Self::OkpPrivate { okp, .. } => okp.name(),
        }
    }

    pub(crate) fn is_private(&self) -> bool {
        matches!(self, Self::RsaPrivate { .. } | Self::EcPrivate { .. } | Self::OkpPrivate { .. })
    }

    pub(crate) fn public(&self) -> Self {
        match self {
            Self::RsaPublic { key, pss } => Self::RsaPublic { key: key.clone(), pss: pss.clone() },
            Self::RsaPrivate { key, pss } => {
                Self::RsaPublic { key: key.to_public_key(), pss: pss.clone() }
            }
            Self::EcPublic { curve, point } | Self::EcPrivate { curve, point, .. } => {
                Self::EcPublic { curve: *curve, point: point.clone() }
            }
            Self::OkpPublic { okp, bytes } => Self::OkpPublic { okp: *okp, bytes: *bytes },
            Self::OkpPrivate { okp, bytes } => {
                Self::OkpPublic { okp: *okp, bytes: okp.public_of(bytes) }
            }
        }
    }

    /// The public half of an RSA key.
    pub(crate) fn rsa(&self) -> Option<&rsa::PublicKey> {
        match self {
            Self::RsaPublic { key, .. } => Some(key),
            Self::RsaPrivate { key, .. } => Some(key.as_public_key()),
            _ => None,
        }
    }

    /// Modulus in bits and public exponent, of RSA keys.
    pub(crate) fn rsa_details(&self) -> Option<(u32, Vec<u8>)> {
        let key = self.rsa()?;
        Some((key.n().as_ref().bit_width_vartime(), trimmed(key.e())))
    }

    pub(crate) fn rsa_public(n: &[u8], e: &[u8]) -> Option<Self> {
        let key = rsa::PublicKey::new_with_size_limits(number(n)?, number(e)?, RSA_BITS).ok()?;
        Some(Self::RsaPublic { key, pss: None })
    }

    pub(crate) fn rsa_private(n: &[u8], e: &[u8], d: &[u8], primes: &[&[u8]]) -> Option<Self> {
        let primes = primes.iter().map(|prime| number(prime)).collect::<Option<Vec<_>>>()?;
        let n = number(n)?;
        if !RSA_BITS.contains(&(n.bit_width_vartime() as usize)) {
            return None;
        }
        let key = rsa::PrivateKey::from_components(n, number(e)?, number(d)?, primes).ok()?;
        Some(Self::RsaPrivate { key: Box::new(key), pss: None })
    }

    pub(crate) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::RsaPublic { key, pss }, Self::RsaPublic { key: k, pss: p }) => {
                key == k && pss == p
            }
            (Self::RsaPrivate { key, pss }, Self::RsaPrivate { key: k, pss: p }) => {
                key == k && pss == p
            }
            (Self::EcPublic { curve, point }, Self::EcPublic { curve: c, point: p }) => {
                curve == c && point == p
            }
            (
                Self::EcPrivate { curve, scalar, .. },
                Self::EcPrivate { curve: c, scalar: s, .. },
            ) => curve == c && scalar == s,
            (Self::OkpPublic { okp, bytes }, Self::OkpPublic { okp: o, bytes: b })
            | (Self::OkpPrivate { okp, bytes }, Self::OkpPrivate { okp: o, bytes: b }) => {
                okp == o && bytes == b
            }
            _ => false,
        }
    }
}

/// A number from its bytes, as wide as they are.
pub(crate) fn number(bytes: &[u8]) -> Option<BoxedUint> {
    let start = bytes.iter().position(|byte| *byte != 0)?;
    let bytes = &bytes[start..];
    BoxedUint::from_be_slice(bytes, u32::try_from(bytes.len()).ok()?.checked_mul(8)?).ok()
}

/// The bytes of a number without zeros in front.
pub(crate) fn trimmed(number: &BoxedUint) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    bytes[start..].to_vec()
}
