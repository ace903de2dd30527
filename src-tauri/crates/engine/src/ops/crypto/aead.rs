//! Ciphers with authentication, in pieces: GCM (NIST SP 800-38D), CCM (RFC 3610), ChaCha20-Poly1305 (RFC 8439).

use chacha20::cipher::{KeyIvInit, StreamCipher, StreamCipherSeek};
use ghash::GHash;
use ghash::universal_hash::UniversalHash;
use poly1305::Poly1305;
use poly1305::universal_hash::KeyInit;

use super::cipher::{Block, Stream, same, unsupported, xor};
use crate::ops::work::Refusal;

/// A polynomial hash that is fed in pieces and pads with zeros to whole blocks.
struct Padded<H> {
    hash: H,
    part: Vec<u8>,
}

impl<H: UniversalHash> Padded<H> {
    fn update(&mut self, bytes: &[u8]) {
        self.part.extend_from_slice(bytes);
        let whole = self.part.len() / 16 * 16;
        self.hash.update_padded(&self.part[..whole]);
        self.part.drain(..whole);
    }

    fn pad(&mut self) {
        self.hash.update_padded(&self.part);
        self.part.clear();
    }
}

/// What tells one cipher that hashes while it goes from another.
pub(crate) trait Scheme {
    type Hash: UniversalHash;

    /// Applies the next bytes of the key stream.
    fn apply(&mut self, data: &mut [u8]);

    /// The last block that is hashed: the lengths in bytes of what is only authenticated, and of the text.
    fn lengths(aad: u64, text: u64) -> [u8; 16];

    /// Makes the tag of the finished hash.
    fn mask(&self, tag: &mut [u8]);
}

/// A cipher under way that hashes while it goes.
pub(crate) struct Sealing<S: Scheme> {
    scheme: S,
    hash: Option<Padded<S::Hash>>,
    encrypt: bool,
    aad: u64,
    text: u64,
    pub(super) expected: Option<Vec<u8>>,
    pub(super) tag: Option<Vec<u8>>,
}

impl<S: Scheme> Sealing<S> {
    fn begin(scheme: S, hash: Padded<S::Hash>, encrypt: bool) -> Self {
        Self { scheme, hash: Some(hash), encrypt, aad: 0, text: 0, expected: None, tag: None }
    }

    pub(super) fn authenticate(&mut self, data: &[u8]) {
        if let Some(hash) = &mut self.hash {
            hash.update(data);
            self.aad += data.len() as u64;
        }
    }

    pub(super) fn update(&mut self, data: &[u8]) -> Vec<u8> {
        let mut out = data.to_vec();
        self.scheme.apply(&mut out);
        if let Some(hash) = &mut self.hash {
            if self.text == 0 {
                hash.pad();
            }
            hash.update(if self.encrypt { &out } else { data });
            self.text += data.len() as u64;
        }
        out
    }

    pub(super) fn finish(&mut self) -> Option<Vec<u8>> {
        let mut hash = self.hash.take()?;
        hash.pad();
        hash.update(&S::lengths(self.aad, self.text));
        let mut tag = hash.hash.finalize().to_vec();
        self.scheme.mask(&mut tag);
        settle(tag, self.encrypt, &self.expected, &mut self.tag)
    }
}

pub(crate) type Gcm = Sealing<Galois>;

/// The counter mode of GCM, and what masks its tag.
pub(crate) struct Galois {
    stream: Stream,
    mask: [u8; 16],
}

impl Scheme for Galois {
    type Hash = GHash;

    fn apply(&mut self, data: &mut [u8]) {
        self.stream.apply(data);
    }

    fn lengths(aad: u64, text: u64) -> [u8; 16] {
        let mut block = [0; 16];
        block[..8].copy_from_slice(&(aad * 8).to_be_bytes());
        block[8..].copy_from_slice(&(text * 8).to_be_bytes());
        block
    }

    fn mask(&self, tag: &mut [u8]) {
        xor(tag, &self.mask);
    }
}

fn ghash(key: &[u8; 16]) -> Padded<GHash> {
    Padded { hash: GHash::new(&(*key).into()), part: Vec::new() }
}

impl Gcm {
    pub(super) fn new(block: Box<dyn Block>, iv: &[u8], encrypt: bool) -> Self {
        let mut key = [0; 16];
        block.encrypt(&mut key);
        let mut counter = [0; 16];
        if iv.len() == 12 {
            counter[..12].copy_from_slice(iv);
            counter[15] = 1;
        } else {
            let mut hash = ghash(&key);
            hash.update(iv);
            hash.pad();
            hash.update(&Galois::lengths(0, iv.len() as u64));
            counter.copy_from_slice(&hash.hash.finalize());
        }
        let mut mask = counter;
        block.encrypt(&mut mask);
        let number = u32::from_be_bytes([counter[12], counter[13], counter[14], counter[15]]);
        counter[12..].copy_from_slice(&number.wrapping_add(1).to_be_bytes());
        let stream = Stream::counter(block, counter.to_vec());
        Self::begin(Galois { stream, mask }, ghash(&key), encrypt)
    }
}

/// An encryption keeps its tag, a decryption compares.
fn settle(
    tag: Vec<u8>,
    encrypt: bool,
    expected: &Option<Vec<u8>>,
    kept: &mut Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    if encrypt {
        *kept = Some(tag);
        return Some(Vec::new());
    }
    let expected = expected.as_ref()?;
    same(&tag[..expected.len().min(tag.len())], expected).then(Vec::new)
}

pub(crate) struct Ccm {
    block: Box<dyn Block>,
    iv: Vec<u8>,
    encrypt: bool,
    length: usize,
    aad: Vec<u8>,
    done: bool,
    right: bool,
    pub(super) expected: Option<Vec<u8>>,
    pub(super) tag: Option<Vec<u8>>,
}

impl Ccm {
    pub(super) fn new(block: Box<dyn Block>, iv: &[u8], encrypt: bool, length: usize) -> Self {
        Self {
            block,
            iv: iv.to_vec(),
            encrypt,
            length,
            aad: Vec::new(),
            done: false,
            right: false,
            expected: None,
            tag: None,
        }
    }

    pub(super) fn authenticate(&mut self, data: &[u8]) {
        self.aad.extend_from_slice(data);
    }

    /// The tag over a text, before it is masked.
    fn authenticator(&self, text: &[u8]) -> [u8; 16] {
        let width = 15 - self.iv.len();
        let mut mac = [0; 16];
        mac[0] = (u8::from(!self.aad.is_empty()) << 6)
            | (((self.length - 2) / 2) as u8) << 3
            | (width - 1) as u8;
        mac[1..=self.iv.len()].copy_from_slice(&self.iv);
        let size = (text.len() as u64).to_be_bytes();
        for (to, from) in mac[16 - width..].iter_mut().rev().zip(size.iter().rev()) {
            *to = *from;
        }
        self.block.encrypt(&mut mac);
        let mut absorb = |bytes: &[u8]| {
            for part in bytes.chunks(16) {
                xor(&mut mac, part);
                self.block.encrypt(&mut mac);
            }
        };
        if !self.aad.is_empty() {
            let size = self.aad.len();
            let mut head = if size < 0xff00 {
                (size as u16).to_be_bytes().to_vec()
            } else {
                [&[0xff, 0xfe], &(size as u32).to_be_bytes()[..]].concat()
            };
            head.extend_from_slice(&self.aad);
            absorb(&head);
        }
        absorb(text);
        mac
    }

    /// The whole text at once, as the mode has it.
    pub(super) fn update(&mut self, data: &[u8]) -> Result<Vec<u8>, Refusal> {
        if self.done {
            return Err(Refusal::new("Trying to add data in unsupported state", ""));
        }
        self.done = true;
        let mut counter = vec![0; 16];
        counter[0] = (14 - self.iv.len()) as u8;
        counter[1..=self.iv.len()].copy_from_slice(&self.iv);
        let mut mask = counter.clone();
        self.block.encrypt(&mut mask);
        let mut out = data.to_vec();
        for part in out.chunks_mut(16) {
            for byte in counter.iter_mut().rev() {
                *byte = byte.wrapping_add(1);
                if *byte != 0 {
                    break;
                }
            }
            let mut pad = counter.clone();
            self.block.encrypt(&mut pad);
            xor(part, &pad);
        }
        let mut tag = self.authenticator(if self.encrypt { data } else { &out }).to_vec();
        xor(&mut tag, &mask);
        tag.truncate(self.length);
        if self.encrypt {
            self.tag = Some(tag);
            return Ok(out);
        }
        self.right = self.expected.as_ref().is_some_and(|expected| same(&tag, expected));
        if self.right { Ok(out) } else { Err(unsupported()) }
    }

    pub(super) fn finish(&mut self) -> Option<Vec<u8>> {
        if !self.done {
            self.update(&[]).ok()?;
        }
        (self.encrypt || self.right).then(Vec::new)
    }
}

pub(crate) type ChaChaPoly = Sealing<chacha20::ChaCha20>;

impl Scheme for chacha20::ChaCha20 {
    type Hash = Poly1305;

    fn apply(&mut self, data: &mut [u8]) {
        self.apply_keystream(data);
    }

    fn lengths(aad: u64, text: u64) -> [u8; 16] {
        let mut block = [0; 16];
        block[..8].copy_from_slice(&aad.to_le_bytes());
        block[8..].copy_from_slice(&text.to_le_bytes());
        block
    }

    fn mask(&self, _tag: &mut [u8]) {}
}

impl ChaChaPoly {
    pub(super) fn new(key: &[u8], iv: &[u8], encrypt: bool) -> Option<Self> {
        // A shorter vector has zeros in front.
        let mut nonce = [0; 12];
        nonce.get_mut(12usize.checked_sub(iv.len())?..)?.copy_from_slice(iv);
        let mut stream = chacha20::ChaCha20::new_from_slices(key, &nonce).ok()?;
        let mut first = [0; 32];
        stream.apply_keystream(&mut first);
        stream.seek(64u32);
        let hash = Padded { hash: Poly1305::new(&first.into()), part: Vec::new() };
        Some(Self::begin(stream, hash, encrypt))
    }
}
