//! Hashes and message authentication codes, by OpenSSL's names.

use digest::{ExtendableOutput, Update, XofReader};
use hmac::{KeyInit, Mac, SimpleHmac};
use sha2::Digest;

/// Runs a piece of code with `$hash` as the type of a hash called by its canonical name.
macro_rules! with_hash {
    ($name:expr, $hash:ident => $body:expr, else $other:expr) => {
        $crate::ops::crypto::hash::with_hash!(@ $name, $hash, $body, $other,
            "md5" md5::Md5, "sha1" sha1::Sha1, "sha224" sha2::Sha224, "sha256" sha2::Sha256, "sha384" sha2::Sha384,
            "sha512" sha2::Sha512, "sha512-224" sha2::Sha512_224, "sha512-256" sha2::Sha512_256,
            "ripemd160" ripemd::Ripemd160, "sha3-224" sha3::Sha3_224, "sha3-256" sha3::Sha3_256,
            "sha3-384" sha3::Sha3_384, "sha3-512" sha3::Sha3_512, "blake2b512" blake2::Blake2b512,
            "blake2s256" blake2::Blake2s256)
    };
    (@ $name:expr, $hash:ident, $body:expr, $other:expr, $($text:literal $type:ty),*) => {
        match $name {
            $($text => {
                type $hash = $type;
                $body
            })*
            _ => $other,
        }
    };
}
pub(crate) use with_hash;

/// The canonical name of a hash; `None` = there is none of that name.
pub(crate) fn canonical(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let mut plain = lower.as_str();
    match plain {
        "rsa-sha512/224" => return Some("sha512-224"),
        "rsa-sha512/256" => return Some("sha512-256"),
        _ => plain = plain.strip_prefix("rsa-").unwrap_or(plain),
    }
    for tail in ["withrsaencryption", "withrsa"] {
        plain = plain.strip_suffix(tail).unwrap_or(plain);
    }
    plain = plain.strip_prefix("id-rsassa-pkcs1-v1_5-with-").unwrap_or(plain);
    Some(match plain {
        "md5" | "ssl3-md5" => "md5",
        "sha1" | "sha-1" | "sha1-2" | "ssl3-sha1" => "sha1",
        "sha224" | "sha-224" | "sha2-224" => "sha224",
        "sha256" | "sha-256" | "sha2-256" => "sha256",
        "sha384" | "sha-384" | "sha2-384" => "sha384",
        "sha512" | "sha-512" | "sha2-512" => "sha512",
        "sha512-224" | "sha-512/224" | "sha2-512/224" => "sha512-224",
        "sha512-256" | "sha-512/256" | "sha2-512/256" => "sha512-256",
        "sha3-224" => "sha3-224",
        "sha3-256" => "sha3-256",
        "sha3-384" => "sha3-384",
        "sha3-512" => "sha3-512",
        "shake128" | "shake-128" => "shake128",
        "shake256" | "shake-256" => "shake256",
        "ripemd" | "ripemd160" | "rmd160" | "ripemd-160" => "ripemd160",
        "blake2b512" | "blake2b-512" => "blake2b512",
        "blake2s256" | "blake2s-256" => "blake2s256",
        "md5-sha1" => "md5-sha1",
        _ => return None,
    })
}

/// A hash or HMAC under way.
pub(crate) trait State: Send {
    fn update(&mut self, bytes: &[u8]);
    fn copy(&self) -> Box<dyn State>;
    /// `length` counts only where the hash gives as much as one asks for.
    fn finish(self: Box<Self>, length: usize) -> Vec<u8>;
    /// Bytes that it gives; for one of any length what it gives by default.
    fn size(&self) -> usize;
    /// It gives as much as one asks for.
    fn any_length(&self) -> bool {
        false
    }
}

#[derive(Clone)]
struct Plain<D>(D);

impl<D: Digest + Clone + Send + 'static> State for Plain<D> {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
    fn copy(&self) -> Box<dyn State> {
        Box::new(self.clone())
    }
    fn finish(self: Box<Self>, _length: usize) -> Vec<u8> {
        self.0.finalize().to_vec()
    }
    fn size(&self) -> usize {
        <D as Digest>::output_size()
    }
}

#[derive(Clone)]
struct Keyed<M>(M);

impl<M: Mac + Clone + Send + 'static> State for Keyed<M> {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
    fn copy(&self) -> Box<dyn State> {
        Box::new(self.clone())
    }
    fn finish(self: Box<Self>, _length: usize) -> Vec<u8> {
        self.0.finalize().into_bytes().to_vec()
    }
    fn size(&self) -> usize {
        M::output_size()
    }
}

#[derive(Clone)]
struct Sponge<D>(D, usize);

impl<D: ExtendableOutput + Update + Clone + Send + 'static> State for Sponge<D> {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
    fn copy(&self) -> Box<dyn State> {
        Box::new(self.clone())
    }
    fn finish(self: Box<Self>, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.0.finalize_xof().read(&mut bytes);
        bytes
    }
    fn size(&self) -> usize {
        self.1
    }
    fn any_length(&self) -> bool {
        true
    }
}

/// MD5 and SHA-1 one after the other, as TLS 1.1 signed.
#[derive(Clone, Default)]
struct Both(md5::Md5, sha1::Sha1);

impl State for Both {
    fn update(&mut self, bytes: &[u8]) {
        Digest::update(&mut self.0, bytes);
        Digest::update(&mut self.1, bytes);
    }
    fn copy(&self) -> Box<dyn State> {
        Box::new(self.clone())
    }
    fn finish(self: Box<Self>, _length: usize) -> Vec<u8> {
        [self.0.finalize().as_slice(), self.1.finalize().as_slice()].concat()
    }
    fn size(&self) -> usize {
        36
    }
}

/// The hash of a canonical name.
pub(crate) fn hash(name: &str) -> Option<Box<dyn State>> {
    Some(match name {
        "shake128" => Box::new(Sponge(shake::Shake128::default(), 16)),
        "shake256" => Box::new(Sponge(shake::Shake256::default(), 32)),
        "md5-sha1" => Box::new(Both::default()),
        _ => with_hash!(name, D => Box::new(Plain(D::new())), else return None),
    })
}

/// The HMAC over the hash of a canonical name.
pub(crate) fn hmac(name: &str, key: &[u8]) -> Option<Box<dyn State>> {
    with_hash!(name, D => {
        let mac: SimpleHmac<D> = KeyInit::new_from_slice(key).ok()?;
        Some(Box::new(Keyed(mac)))
    }, else None)
}

/// The hash of all the bytes at once.
pub(crate) fn digest(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut state = hash(name)?;
    state.update(bytes);
    let size = state.size();
    Some(state.finish(size))
}

/// Bytes that a hash gives.
pub(crate) fn size(name: &str) -> Option<usize> {
    hash(name).map(|state| state.size())
}
