//! Bodies: undoing content encodings piece by piece, and keeping the beginning for the trace.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use brotli_decompressor::DecompressorWriter;
use flate2::write::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::report::Body;

/// Bytes of a body that are kept.
pub(crate) const KEEP: usize = 256 << 10;

/// The beginning of a body and its size.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    bytes: Vec<u8>,
    size: u64,
}

impl Body {
    /// The beginning of a body, as much of it as a trace keeps.
    pub fn kept(bytes: &[u8]) -> Self {
        let mut kept = Kept::default();
        kept.add(bytes);
        kept.take(KEEP as u64)
    }
}

impl Kept {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        let room = KEEP.saturating_sub(self.bytes.len());
        self.bytes.extend_from_slice(&bytes[..room.min(bytes.len())]);
    }

    /// As the trace shows it, with at most `room` bytes.
    pub(crate) fn take(&mut self, room: u64) -> Body {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.truncate(usize::try_from(room).unwrap_or(KEEP));
        let cut = (bytes.len() as u64) < self.size;
        let mut body = Body { size_bytes: self.size, cut, ..Body::default() };
        if self.size == 0 {
            return body;
        }
        match String::from_utf8(bytes) {
            Ok(text) => body.text = Some(text),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let mut bytes = error.into_bytes();
                // Only the cut went through a character.
                if cut && bytes.len() - valid < 4 {
                    bytes.truncate(valid);
                    body.text = String::from_utf8(bytes).ok();
                } else {
                    body.base64 = Some(STANDARD.encode(bytes));
                }
            }
        }
        body
    }
}

/// Undoes the encodings of a `content-encoding` header, outermost first.
pub(crate) struct Decoder(Vec<Layer>);

enum Layer {
    Gzip(Box<MultiGzDecoder<Vec<u8>>>),
    Deflate(Option<Box<Inflate>>),
    Brotli(Box<DecompressorWriter<Vec<u8>>>),
}

enum Inflate {
    Zlib(ZlibDecoder<Vec<u8>>),
    Raw(DeflateDecoder<Vec<u8>>),
}

/// A piece of input is fed in parts of this size, so that a bomb is seen before it fills the memory.
const PART: usize = 4 << 10;

impl Decoder {
    /// An unknown encoding is left as it is, as Node does.
    pub(crate) fn new(encodings: &str) -> Self {
        let mut layers = Vec::new();
        for encoding in encodings.split(',').rev() {
            layers.push(match encoding.trim().to_ascii_lowercase().as_str() {
                "gzip" | "x-gzip" => Layer::Gzip(Box::new(MultiGzDecoder::new(Vec::new()))),
                "deflate" => Layer::Deflate(None),
                "br" => Layer::Brotli(Box::new(DecompressorWriter::new(Vec::new(), 4096))),
                _ => return Self(Vec::new()),
            });
        }
        Self(layers)
    }

    /// Feeds a piece; `out` gets what it means, in parts. `out` refuses by giving an error.
    pub(crate) fn push(
        &mut self,
        input: &[u8],
        out: &mut dyn FnMut(Vec<u8>) -> io::Result<()>,
    ) -> io::Result<()> {
        if self.0.is_empty() {
            return if input.is_empty() { Ok(()) } else { out(input.to_vec()) };
        }
        for part in input.chunks(PART) {
            let mut bytes = part.to_vec();
            for layer in &mut self.0 {
                bytes = layer.push(&bytes)?;
            }
            if !bytes.is_empty() {
                out(bytes)?;
            }
        }
        Ok(())
    }

    /// What the last pieces hold back.
    pub(crate) fn finish(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        for layer in &mut self.0 {
            if !bytes.is_empty() {
                bytes = layer.push(&bytes)?;
            }
            bytes.extend(layer.finish()?);
        }
        Ok(bytes)
    }
}

impl Layer {
    fn push(&mut self, input: &[u8]) -> io::Result<Vec<u8>> {
        Ok(match self {
            Self::Gzip(decoder) => {
                decoder.write_all(input)?;
                std::mem::take(decoder.get_mut())
            }
            Self::Brotli(decoder) => {
                decoder.write_all(input)?;
                std::mem::take(decoder.get_mut())
            }
            Self::Deflate(decoder) => {
                let Some(first) = input.first() else { return Ok(Vec::new()) };
                // Servers send both forms under this name.
                let decoder = decoder.get_or_insert_with(|| {
                    Box::new(if first & 0x0f == 8 {
                        Inflate::Zlib(ZlibDecoder::new(Vec::new()))
                    } else {
                        Inflate::Raw(DeflateDecoder::new(Vec::new()))
                    })
                });
                match &mut **decoder {
                    Inflate::Zlib(decoder) => {
                        decoder.write_all(input)?;
                        std::mem::take(decoder.get_mut())
                    }
                    Inflate::Raw(decoder) => {
                        decoder.write_all(input)?;
                        std::mem::take(decoder.get_mut())
                    }
                }
            }
        })
    }

    fn finish(&mut self) -> io::Result<Vec<u8>> {
        Ok(match self {
            Self::Gzip(decoder) => {
                decoder.try_finish()?;
                std::mem::take(decoder.get_mut())
            }
            Self::Brotli(decoder) => {
                decoder.close()?;
                std::mem::take(decoder.get_mut())
            }
            Self::Deflate(None) => Vec::new(),
            Self::Deflate(Some(decoder)) => match &mut **decoder {
                Inflate::Zlib(decoder) => {
                    decoder.try_finish()?;
                    std::mem::take(decoder.get_mut())
                }
                Inflate::Raw(decoder) => {
                    decoder.try_finish()?;
                    std::mem::take(decoder.get_mut())
                }
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn decode(encoding: &str, input: &[u8]) -> Vec<u8> {
        let mut decoder = Decoder::new(encoding);
        let mut all = Vec::new();
        for piece in input.chunks(3) {
            decoder
                .push(piece, &mut |bytes| {
                    all.extend(bytes);
                    Ok(())
                })
                .unwrap();
        }
        all.extend(decoder.finish().unwrap());
        all
    }

    #[test]
    fn undoes_every_encoding() {
        let text = "round and round ".repeat(50);
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(text.as_bytes()).unwrap();
        let gzip = gzip.finish().unwrap();
        assert_eq!(decode("gzip", &gzip), text.as_bytes());
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(text.as_bytes()).unwrap();
        assert_eq!(decode("deflate", &zlib.finish().unwrap()), text.as_bytes());
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::default());
        raw.write_all(text.as_bytes()).unwrap();
        assert_eq!(decode("deflate", &raw.finish().unwrap()), text.as_bytes());
        let mut twice = DeflateEncoder::new(Vec::new(), Compression::default());
        twice.write_all(&gzip).unwrap();
        assert_eq!(decode("gzip, deflate", &twice.finish().unwrap()), text.as_bytes());
        assert_eq!(decode("identity", b"as is"), b"as is");
        assert_eq!(decode("", b"as is"), b"as is");
    }

    #[test]
    fn keeps_the_beginning() {
        let mut kept = Kept::default();
        kept.add("ä".repeat(KEEP).as_bytes());
        let body = kept.take(u64::MAX);
        assert!(body.cut);
        assert_eq!(body.size_bytes, KEEP as u64 * 2);
        assert_eq!(body.text.map(|text| text.len()), Some(KEEP));
        let mut binary = Kept::default();
        binary.add(&[0xff, 0xfe]);
        assert_eq!(binary.take(u64::MAX).base64.as_deref(), Some("//4="));
        assert_eq!(Kept::default().take(u64::MAX), Body::default());
    }
}
