//! Symmetric ciphers by OpenSSL's names, in pieces as they come.

use aes::cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, BlockSizeUser, KeyInit};

use chacha20::cipher::{KeyIvInit, StreamCipher, StreamCipherSeek};

use super::aead::{Ccm, ChaChaPoly, Gcm};
use crate::ops::work::Refusal;

/// One block of a cipher; buffers have exactly its size.
pub(crate) trait Block: Send {
    fn size(&self) -> usize;
    fn encrypt(&self, block: &mut [u8]);
    fn decrypt(&self, block: &mut [u8]);
}

struct Keyed<C>(C);

impl<C: BlockCipherEncrypt + BlockCipherDecrypt + BlockSizeUser + Send> Block for Keyed<C> {
    fn size(&self) -> usize {
        C::block_size()
    }
    fn encrypt(&self, block: &mut [u8]) {
        if let Ok(block) = <&mut Array<u8, C::BlockSize>>::try_from(block) {
            self.0.encrypt_block(block);
        }
    }
    fn decrypt(&self, block: &mut [u8]) {
        if let Ok(block) = <&mut Array<u8, C::BlockSize>>::try_from(block) {
            self.0.decrypt_block(block);
        }
    }
}

/// AES or triple DES, by the length of the key.
pub(super) fn block(key: &[u8]) -> Option<Box<dyn Block>> {
    Some(match key.len() {
        16 => Box::new(Keyed(aes::Aes128::new_from_slice(key).ok()?)),
        24 => Box::new(Keyed(aes::Aes192::new_from_slice(key).ok()?)),
        32 => Box::new(Keyed(aes::Aes256::new_from_slice(key).ok()?)),
        _ => return None,
    })
}

fn triple_des(key: &[u8]) -> Option<Box<dyn Block>> {
    Some(Box::new(Keyed(des::TdesEde3::new_from_slice(key).ok()?)))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Ecb,
    Cbc,
    Ctr,
    Cfb,
    Cfb8,
    Ofb,
    Gcm,
    Ccm,
    Wrap,
    ChaCha,
    ChaChaPoly,
}

/// What is known of a cipher.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Info {
    pub(crate) name: &'static str,
    pub(crate) nid: u32,
    pub(crate) mode: Mode,
    pub(crate) key: usize,
    pub(crate) iv: usize,
    /// Of DES, not AES.
    des: bool,
}

/// Name, number, mode, and bytes of key and initialization vector.
pub(crate) const CIPHERS: &[(&str, u32, Mode, usize, usize)] = &[
    ("aes-128-cbc", 419, Mode::Cbc, 16, 16),
    ("aes-128-ccm", 896, Mode::Ccm, 16, 12),
    ("aes-128-cfb", 421, Mode::Cfb, 16, 16),
    ("aes-128-cfb8", 653, Mode::Cfb8, 16, 16),
    ("aes-128-ctr", 904, Mode::Ctr, 16, 16),
    ("aes-128-ecb", 418, Mode::Ecb, 16, 0),
    ("aes-128-gcm", 895, Mode::Gcm, 16, 12),
    ("aes-128-ofb", 420, Mode::Ofb, 16, 16),
    ("aes-192-cbc", 423, Mode::Cbc, 24, 16),
    ("aes-192-ccm", 899, Mode::Ccm, 24, 12),
    ("aes-192-cfb", 425, Mode::Cfb, 24, 16),
    ("aes-192-cfb8", 654, Mode::Cfb8, 24, 16),
    ("aes-192-ctr", 905, Mode::Ctr, 24, 16),
    ("aes-192-ecb", 422, Mode::Ecb, 24, 0),
    ("aes-192-gcm", 898, Mode::Gcm, 24, 12),
    ("aes-192-ofb", 424, Mode::Ofb, 24, 16),
    ("aes-256-cbc", 427, Mode::Cbc, 32, 16),
    ("aes-256-ccm", 902, Mode::Ccm, 32, 12),
    ("aes-256-cfb", 429, Mode::Cfb, 32, 16),
    ("aes-256-cfb8", 655, Mode::Cfb8, 32, 16),
    ("aes-256-ctr", 906, Mode::Ctr, 32, 16),
    ("aes-256-ecb", 426, Mode::Ecb, 32, 0),
    ("aes-256-gcm", 901, Mode::Gcm, 32, 12),
    ("aes-256-ofb", 428, Mode::Ofb, 32, 16),
    ("chacha20", 1019, Mode::ChaCha, 32, 16),
    ("chacha20-poly1305", 1018, Mode::ChaChaPoly, 32, 12),
    ("des-ede3", 33, Mode::Ecb, 24, 0),
    ("des-ede3-cbc", 44, Mode::Cbc, 24, 8),
    ("id-aes128-wrap", 788, Mode::Wrap, 16, 8),
    ("id-aes192-wrap", 789, Mode::Wrap, 24, 8),
    ("id-aes256-wrap", 790, Mode::Wrap, 32, 8),
];

/// Other names.
pub(crate) const ALIASES: &[(&str, &str)] = &[
    ("aes128", "aes-128-cbc"),
    ("aes128-wrap", "id-aes128-wrap"),
    ("aes192", "aes-192-cbc"),
    ("aes192-wrap", "id-aes192-wrap"),
    ("aes256", "aes-256-cbc"),
    ("aes256-wrap", "id-aes256-wrap"),
    ("des-ede3-ecb", "des-ede3"),
    ("des3", "des-ede3-cbc"),
    ("id-aes128-CCM", "aes-128-ccm"),
    ("id-aes128-GCM", "aes-128-gcm"),
    ("id-aes192-CCM", "aes-192-ccm"),
    ("id-aes192-GCM", "aes-192-gcm"),
    ("id-aes256-CCM", "aes-256-ccm"),
    ("id-aes256-GCM", "aes-256-gcm"),
];

pub(crate) fn info(name: &str) -> Option<Info> {
    let name = ALIASES
        .iter()
        .find(|(alias, _)| alias.eq_ignore_ascii_case(name))
        .map_or(name, |(_, name)| name);
    CIPHERS.iter().find(|cipher| cipher.0.eq_ignore_ascii_case(name)).map(
        |&(name, nid, mode, key, iv)| Info {
            name,
            nid,
            mode,
            key,
            iv,
            des: name.starts_with("des"),
        },
    )
}

/// A cipher under way.
pub(crate) enum Cipher {
    Blocks {
        block: Box<dyn Block>,
        chain: Option<Vec<u8>>,
        held: Vec<u8>,
        encrypt: bool,
        padding: bool,
    },
    Stream(Stream),
    Gcm(Box<Gcm>),
    Ccm(Ccm),
    ChaCha(Box<chacha20::ChaCha20>),
    ChaChaPoly(Box<ChaChaPoly>),
    Wrap {
        block: Box<dyn Block>,
        iv: Vec<u8>,
        encrypt: bool,
    },
}

/// A cipher that turns into a stream of bytes.
pub(crate) struct Stream {
    block: Box<dyn Block>,
    mode: Mode,
    encrypt: bool,
    /// Counter or feedback.
    register: Vec<u8>,
    pad: Vec<u8>,
    at: usize,
}

impl Stream {
    pub(super) fn counter(block: Box<dyn Block>, register: Vec<u8>) -> Self {
        Self { block, mode: Mode::Ctr, encrypt: true, register, pad: Vec::new(), at: 0 }
    }

    fn refill(&mut self) {
        self.pad.clear();
        self.pad.extend_from_slice(&self.register);
        self.block.encrypt(&mut self.pad);
        self.at = 0;
        match self.mode {
            Mode::Ctr => {
                for byte in self.register.iter_mut().rev() {
                    *byte = byte.wrapping_add(1);
                    if *byte != 0 {
                        break;
                    }
                }
            }
            Mode::Ofb => self.register.copy_from_slice(&self.pad),
            _ => {}
        }
    }

    pub(super) fn apply(&mut self, bytes: &mut [u8]) {
        if self.mode == Mode::Cfb8 {
            for byte in bytes {
                self.refill();
                let before = *byte;
                *byte ^= self.pad[0];
                self.register.remove(0);
                self.register.push(if self.encrypt { *byte } else { before });
            }
            return;
        }
        for byte in bytes {
            if self.at == self.pad.len() {
                self.refill();
            }
            let before = *byte;
            *byte ^= self.pad[self.at];
            if self.mode == Mode::Cfb {
                self.register[self.at] = if self.encrypt { *byte } else { before };
            }
            self.at += 1;
        }
    }
}

impl Cipher {
    /// The key and the vector have the lengths that [`Info`] asks for, but for the modes that take vectors of several lengths.
    /// `None` = they have not.
    pub(crate) fn new(
        info: &Info,
        key: &[u8],
        iv: &[u8],
        encrypt: bool,
        tag: usize,
    ) -> Option<Self> {
        let block = if info.des { triple_des(key) } else { block(key) };
        Some(match info.mode {
            Mode::Ecb => Self::Blocks {
                block: block?,
                chain: None,
                held: Vec::new(),
                encrypt,
                padding: true,
            },
            Mode::Cbc => Self::Blocks {
                block: block?,
                chain: Some(iv.to_vec()),
                held: Vec::new(),
                encrypt,
                padding: true,
            },
            Mode::Ctr | Mode::Cfb | Mode::Cfb8 | Mode::Ofb => Self::Stream(Stream {
                block: block?,
                mode: info.mode,
                encrypt,
                register: iv.to_vec(),
                pad: Vec::new(),
                at: 0,
            }),
            Mode::Gcm => Self::Gcm(Box::new(Gcm::new(block?, iv, encrypt))),
            Mode::Ccm => Self::Ccm(Ccm::new(block?, iv, encrypt, tag)),
            Mode::Wrap => Self::Wrap { block: block?, iv: iv.to_vec(), encrypt },
            Mode::ChaCha => {
                let mut stream = chacha20::ChaCha20::new_from_slices(key, iv.get(4..16)?).ok()?;
                // The vector begins with the number of the first block.
                let number = u32::from_le_bytes([iv[0], iv[1], iv[2], iv[3]]);
                stream.seek(u64::from(number) * 64);
                Self::ChaCha(Box::new(stream))
            }
            Mode::ChaChaPoly => Self::ChaChaPoly(Box::new(ChaChaPoly::new(key, iv, encrypt)?)),
        })
    }

    pub(crate) fn set_padding(&mut self, on: bool) {
        if let Self::Blocks { padding, .. } = self {
            *padding = on;
        }
    }

    /// What is authenticated but not encrypted.
    pub(crate) fn authenticate(&mut self, data: &[u8]) {
        match self {
            Self::Gcm(gcm) => gcm.authenticate(data),
            Self::Ccm(ccm) => ccm.authenticate(data),
            Self::ChaChaPoly(poly) => poly.authenticate(data),
            _ => {}
        }
    }

    /// The tag that a decryption must come to.
    pub(crate) fn expect(&mut self, tag: &[u8]) {
        match self {
            Self::Gcm(gcm) => gcm.expected = Some(tag.to_vec()),
            Self::Ccm(ccm) => ccm.expected = Some(tag.to_vec()),
            Self::ChaChaPoly(poly) => poly.expected = Some(tag.to_vec()),
            _ => {}
        }
    }

    /// The tag that an encryption came to, after [`Cipher::finish`].
    pub(crate) fn tag(&self) -> Option<&[u8]> {
        match self {
            Self::Gcm(gcm) => gcm.tag.as_deref(),
            Self::Ccm(ccm) => ccm.tag.as_deref(),
            Self::ChaChaPoly(poly) => poly.tag.as_deref(),
            _ => None,
        }
    }

    pub(crate) fn update(&mut self, data: &[u8]) -> Result<Vec<u8>, Refusal> {
        match self {
            Self::Blocks { block, chain, held, encrypt, padding } => {
                held.extend_from_slice(data);
                let size = block.size();
                let mut whole = held.len() / size * size;
                // The last block of a text with padding is known only at the end.
                if *padding && !*encrypt && whole == held.len() && whole > 0 {
                    whole -= size;
                }
                let mut out: Vec<u8> = held.drain(..whole).collect();
                for part in out.chunks_exact_mut(size) {
                    turn(&**block, chain.as_mut(), *encrypt, part);
                }
                Ok(out)
            }
            Self::Stream(stream) => {
                let mut out = data.to_vec();
                stream.apply(&mut out);
                Ok(out)
            }
            Self::ChaCha(stream) => {
                let mut out = data.to_vec();
                stream.apply_keystream(&mut out);
                Ok(out)
            }
            Self::Gcm(gcm) => Ok(gcm.update(data)),
            Self::Ccm(ccm) => ccm.update(data),
            Self::ChaChaPoly(poly) => Ok(poly.update(data)),
            Self::Wrap { block, iv, encrypt } => {
                let result =
                    if *encrypt { wrap(&**block, iv, data) } else { unwrap(&**block, iv, data) };
                result.ok_or_else(unsupported)
            }
        }
    }

    pub(crate) fn finish(&mut self) -> Result<Vec<u8>, Refusal> {
        match self {
            Self::Blocks { block, chain, held, encrypt, padding } => {
                let size = block.size();
                let mut last = std::mem::take(held);
                if !*padding {
                    return if last.is_empty() { Ok(last) } else { Err(wrong_length()) };
                }
                if *encrypt {
                    let fill = size - last.len();
                    last.resize(size, fill as u8);
                    turn(&**block, chain.as_mut(), true, &mut last);
                    return Ok(last);
                }
                if last.len() != size {
                    return Err(wrong_length());
                }
                turn(&**block, chain.as_mut(), false, &mut last);
                let fill = usize::from(last[size - 1]);
                if fill == 0
                    || fill > size
                    || last[size - fill..].iter().any(|byte| usize::from(*byte) != fill)
                {
                    return Err(Refusal::openssl(0x1C80_0064, "Provider routines", "bad decrypt"));
                }
                last.truncate(size - fill);
                Ok(last)
            }
            Self::Gcm(gcm) => gcm.finish().ok_or_else(unsupported),
            Self::Ccm(ccm) => ccm.finish().ok_or_else(unsupported),
            Self::ChaChaPoly(poly) => poly.finish().ok_or_else(unsupported),
            Self::Stream(_) | Self::ChaCha(_) | Self::Wrap { .. } => Ok(Vec::new()),
        }
    }
}

fn turn(block: &dyn Block, chain: Option<&mut Vec<u8>>, encrypt: bool, part: &mut [u8]) {
    let Some(chain) = chain else {
        return if encrypt { block.encrypt(part) } else { block.decrypt(part) };
    };
    if encrypt {
        xor(part, chain);
        block.encrypt(part);
        chain.copy_from_slice(part);
    } else {
        let next = part.to_vec();
        block.decrypt(part);
        xor(part, chain);
        *chain = next;
    }
}

pub(super) fn xor(to: &mut [u8], from: &[u8]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to ^= from;
    }
}

fn wrong_length() -> Refusal {
    Refusal::openssl(0x1C80_006B, "Provider routines", "wrong final block length")
}

pub(super) fn unsupported() -> Refusal {
    Refusal::new("Unsupported state or unable to authenticate data", "")
}

/// Key wrap (RFC 3394). `None` = not whole words, or too few.
pub(crate) fn wrap(block: &dyn Block, iv: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    if data.len() < 16 || !data.len().is_multiple_of(8) || iv.len() != 8 {
        return None;
    }
    let words = data.len() / 8;
    let mut out = [iv, data].concat();
    let mut pair = [0; 16];
    for step in 0..6 {
        for index in 1..=words {
            pair[..8].copy_from_slice(&out[..8]);
            pair[8..].copy_from_slice(&out[8 * index..8 * index + 8]);
            block.encrypt(&mut pair);
            xor(&mut pair[..8], &((words * step + index) as u64).to_be_bytes());
            out[..8].copy_from_slice(&pair[..8]);
            out[8 * index..8 * index + 8].copy_from_slice(&pair[8..]);
        }
    }
    Some(out)
}

/// `None` = not what [`wrap`] made with this key.
pub(crate) fn unwrap(block: &dyn Block, iv: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    if data.len() < 24 || !data.len().is_multiple_of(8) || iv.len() != 8 {
        return None;
    }
    let words = data.len() / 8 - 1;
    let mut out = data.to_vec();
    let mut pair = [0; 16];
    for step in (0..6).rev() {
        for index in (1..=words).rev() {
            pair[..8].copy_from_slice(&out[..8]);
            xor(&mut pair[..8], &((words * step + index) as u64).to_be_bytes());
            pair[8..].copy_from_slice(&out[8 * index..8 * index + 8]);
            block.decrypt(&mut pair);
            out[..8].copy_from_slice(&pair[..8]);
            out[8 * index..8 * index + 8].copy_from_slice(&pair[8..]);
        }
    }
    same(&out[..8], iv).then(|| out.split_off(8))
}

/// Looks at every byte whatever it finds.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len()
        && std::hint::black_box(
            one.iter().zip(other).fold(0u8, |seen, (one, other)| seen | (one ^ other)),
        ) == 0
}
