//! The app's logo: a PNG of exactly 128 × 128 pixels and at most 100 KB (contract chapter 2).

use std::io::Cursor;

use crate::FileVersion;

/// Pixels on each side.
pub const SIDE: u32 = 128;
/// Bytes that the file may have.
pub const MAX_BYTES: usize = 100 * 1024;
/// Bytes that decoding may take: 128 × 128 pixels of 16-bit RGBA many times over, and far less than a bomb wants.
const DECODE_LIMIT: usize = 8 * 1024 * 1024;

/// A PNG that the framework takes as a logo.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    bytes: Vec<u8>,
}

impl Logo {
    /// Takes `bytes` for a logo if they are one, decoding every pixel.
    ///
    /// # Errors
    /// When they are too many, not a whole PNG, or not 128 × 128 pixels.
    pub fn check(bytes: impl Into<Vec<u8>>) -> Result<Self, LogoError> {
        let bytes = bytes.into();
        if bytes.len() > MAX_BYTES {
            return Err(LogoError::TooLarge { found: bytes.len() as u64 });
        }
        if bytes.is_empty() {
            return Err(LogoError::Empty);
        }
        if let Some(format) = other_format(&bytes) {
            return Err(LogoError::NotPng { found: format.to_owned() });
        }
        let mut decoder =
            png::Decoder::new_with_limits(Cursor::new(&bytes), png::Limits { bytes: DECODE_LIMIT });
        decoder.set_ignore_text_chunk(true);
        decoder.set_ignore_iccp_chunk(true);
        let damaged = |error: png::DecodingError| LogoError::Damaged { reason: error.to_string() };
        let header = decoder.read_header_info().map_err(damaged)?;
        let (width, height) = (header.width, header.height);
        // Before any pixel: a picture of another size may be as large as it likes.
        if (width, height) != (SIDE, SIDE) {
            return Err(LogoError::Size { width, height });
        }
        let mut reader = decoder.read_info().map_err(damaged)?;
        let length =
            reader.output_buffer_size().filter(|length| *length <= DECODE_LIMIT).ok_or_else(
                || LogoError::Damaged { reason: "its pixels do not fit into memory".to_owned() },
            )?;
        reader.next_frame(&mut vec![0; length]).map_err(damaged)?;
        reader.finish().map_err(damaged)?;
        Ok(Self { bytes })
    }

    /// The file's bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The file's bytes, without a copy.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// What identifies these bytes.
    pub fn version(&self) -> FileVersion {
        FileVersion::of(&self.bytes)
    }
}

impl std::fmt::Debug for Logo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Logo({} bytes)", self.bytes.len())
    }
}

/// What bytes that do not begin as a PNG seem to be; `None` = they do begin as one.
fn other_format(bytes: &[u8]) -> Option<&'static str> {
    let starts = |signature: &[u8]| bytes.starts_with(signature);
    if starts(b"\x89PNG\r\n\x1a\n") {
        return None;
    }
    Some(match bytes {
        _ if starts(b"\xff\xd8\xff") => "a JPEG",
        _ if starts(b"GIF8") => "a GIF",
        _ if starts(b"BM") => "a BMP",
        _ if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => "a WebP",
        _ if starts(b"<svg") || starts(b"<?xml") => "an SVG or XML file",
        _ if starts(b"\0\0\x01\0") => "an icon file",
        _ => "something else",
    })
}

/// Why bytes are no logo; says what was found and what is expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoError {
    /// No bytes at all.
    #[error("the logo is empty; expected a PNG of 128 × 128 pixels")]
    Empty,
    /// More than 102,400 bytes.
    #[error("the logo has {found} bytes; expected at most 102,400 (100 KB)")]
    TooLarge {
        /// Bytes found.
        found: u64,
    },
    /// Begins as no PNG does.
    #[error("the logo is {found}; expected a PNG of 128 × 128 pixels")]
    NotPng {
        /// What it seems to be, with its article.
        found: String,
    },
    /// Begins as a PNG, and then is none.
    #[error("the logo is a damaged PNG: {reason}; expected one that decodes, of 128 × 128 pixels")]
    Damaged {
        /// What the decoder says.
        reason: String,
    },
    /// Another size.
    #[error("the logo is {width} × {height} pixels; expected 128 × 128")]
    Size {
        /// Pixels found.
        width: u32,
        /// Pixels found.
        height: u32,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG of noise, so that it does not compress away.
    pub(crate) fn picture(width: u32, height: u32, depth: png::BitDepth) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(depth);
        let mut writer = encoder.write_header().unwrap();
        let mut seed = 1_u32;
        let length =
            (width * height * 4) as usize * if depth == png::BitDepth::Sixteen { 2 } else { 1 };
        let pixels: Vec<u8> = (0..length)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 24) as u8
            })
            .collect();
        writer.write_image_data(&pixels).unwrap();
        writer.finish().unwrap();
        bytes
    }

    #[test]
    fn takes_a_png_of_the_right_size() {
        let bytes = picture(128, 128, png::BitDepth::Eight);
        let logo = Logo::check(bytes.clone()).unwrap();
        assert_eq!(logo.bytes(), bytes);
        assert_eq!(format!("{logo:?}"), format!("Logo({} bytes)", bytes.len()));
    }

    #[test]
    fn refuses_other_sizes_naming_both() {
        for (width, height) in [(127, 128), (128, 129), (256, 256), (1, 1)] {
            let error = Logo::check(picture(width, height, png::BitDepth::Eight))
                .map_err(|e| e.to_string());
            // 256 × 256 of noise is too many bytes before it is too many pixels.
            if width < 256 {
                let expected = format!("the logo is {width} × {height} pixels; expected 128 × 128");
                assert_eq!(error, Err(expected));
            } else {
                assert!(error.is_err());
            }
        }
    }

    #[test]
    fn refuses_too_many_bytes() {
        let bytes = picture(128, 128, png::BitDepth::Sixteen);
        assert_eq!(
            Logo::check(bytes.clone()),
            Err(LogoError::TooLarge { found: bytes.len() as u64 })
        );
    }

    #[test]
    fn names_other_formats() {
        let refused = |bytes: &[u8]| Logo::check(bytes).unwrap_err().to_string();
        assert!(refused(b"\xff\xd8\xff\xe0junk").contains("a JPEG"));
        assert!(refused(b"<svg />").contains("SVG"));
        assert!(refused(b"hello").contains("something else; expected a PNG"));
        assert!(refused(b"").contains("empty"));
    }

    #[test]
    fn refuses_a_png_that_does_not_decode() {
        let whole = picture(128, 128, png::BitDepth::Eight);
        for length in [8, 20, 33, whole.len() / 2] {
            assert!(
                matches!(Logo::check(&whole[..length]), Err(LogoError::Damaged { .. })),
                "cut at {length}"
            );
        }
        let mut flipped = whole.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 0xff;
        assert!(matches!(Logo::check(flipped), Err(LogoError::Damaged { .. })));
    }

    #[test]
    fn a_bomb_is_refused_by_its_header() {
        // 100,000 × 100,000 in a handful of bytes: nothing is allocated for it.
        let mut bytes = Vec::new();
        let encoder = png::Encoder::new(&mut bytes, 100_000, 100_000);
        drop(encoder.write_header().unwrap());
        assert_eq!(Logo::check(bytes), Err(LogoError::Size { width: 100_000, height: 100_000 }));
    }
}
