//! Text and bytes: the encodings of Buffer, TextEncoder and TextDecoder.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use rquickjs::{Ctx, Exception, Object, Result, String as JsString, TypedArray, Value};

use super::define;
use crate::value::{Bytes, Text, array, with_bytes};

const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    define!(ctx, object, "utf8", |ctx: Ctx<'js>, text: Text| array(&ctx, text.0.as_bytes()));
    define!(ctx, object, "utf8Length", |text: Text| text.0.len() as f64);
    define!(ctx, object, "encode", |ctx: Ctx<'js>,
                                    text: JsString<'js>,
                                    encoding: Text|
     -> Result<TypedArray<'js, u8>> {
        let bytes = encode(&ctx, text, &encoding.0)?;
        array(&ctx, &bytes)
    });
    define!(ctx, object, "decode", |ctx: Ctx<'js>,
                                    bytes: TypedArray<'js, u8>,
                                    start: usize,
                                    end: usize,
                                    encoding: Text| {
        let text = with_bytes(&bytes, |bytes| {
            let end = end.min(bytes.len());
            decode(&bytes[start.min(end)..end], &encoding.0)
        });
        match text {
            Decoded::Text(text) => JsString::from_str(ctx.clone(), &text).map(JsString::into_value),
            Decoded::Units(units) => from_units(&ctx, &units),
        }
    });
    // Whole-buffer decoding with a label of the Encoding Standard: [text, name], or null for an unknown label.
    define!(ctx, object, "label", |label: Text| {
        encoding_rs::Encoding::for_label(
            label.0.trim_matches([' ', '\t', '\n', '\r', '\x0c']).as_bytes(),
        )
        .map(|encoding| encoding.name().to_ascii_lowercase())
    });
    define!(ctx, object, "decodeLabel", |ctx: Ctx<'js>,
                                         bytes: Bytes,
                                         label: Text,
                                         fatal: bool,
                                         keep_bom: bool|
     -> Result<String> {
        let Some(encoding) = encoding_rs::Encoding::for_label(label.0.as_bytes()) else {
            return Err(Exception::throw_range(&ctx, "unknown encoding"));
        };
        let mut content = bytes.0.as_slice();
        if !keep_bom {
            let bom: &[u8] = match encoding.name() {
                "UTF-8" => b"\xef\xbb\xbf",
                "UTF-16LE" => b"\xff\xfe",
                "UTF-16BE" => b"\xfe\xff",
                _ => b"",
            };
            content = content.strip_prefix(bom).unwrap_or(content);
        }
        let (text, bad) = encoding.decode_without_bom_handling(content);
        if bad && fatal {
            return Err(Exception::throw_type(
                &ctx,
                &format!(
                    "The encoded data was not valid for encoding {}",
                    encoding.name().to_ascii_lowercase()
                ),
            ));
        }
        Ok(text.into_owned())
    });
    define!(ctx, object, "indexOf", |hay: TypedArray<'js, u8>,
                                     needle: Bytes,
                                     from: usize|
     -> f64 {
        with_bytes(&hay, |hay| find(hay, &needle.0, from).map_or(-1.0, |at| at as f64))
    });
    define!(ctx, object, "lastIndexOf", |hay: TypedArray<'js, u8>,
                                         needle: Bytes,
                                         from: usize|
     -> f64 {
        with_bytes(&hay, |hay| {
            let end = from.saturating_add(needle.0.len()).min(hay.len());
            hay[..end]
                .windows(needle.0.len().max(1))
                .rposition(|window| window == needle.0)
                .map_or(-1.0, |at| at as f64)
        })
    });
    define!(ctx, object, "compare", |one: TypedArray<'js, u8>,
                                     other: TypedArray<'js, u8>|
     -> i32 {
        with_bytes(&one, |one| with_bytes(&other, |other| one.cmp(other) as i32))
    });
    Ok(())
}

fn find(hay: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    if needle.is_empty() || from > hay.len() {
        return None;
    }
    let rest = &hay[from..];
    let first = needle[0];
    let mut at = 0;
    while let Some(next) = rest[at..].iter().position(|byte| *byte == first) {
        at += next;
        if rest[at..].starts_with(needle) {
            return Some(from + at);
        }
        at += 1;
    }
    None
}

/// UTF-16 code units of a string, lone surrogates included.
fn units(text: JsString<'_>) -> Result<Vec<u16>> {
    match text.to_string() {
        Ok(text) => Ok(text.encode_utf16().collect()),
        Err(rquickjs::Error::Utf8(_)) => {
            let text = rquickjs::CString::from_string(text)?;
            let bytes: &[u8] = text.as_ref();
            let mut units = Vec::with_capacity(bytes.len());
            let mut at = 0;
            while at < bytes.len() {
                let lead = bytes[at];
                let (length, bits) = match lead {
                    0..0x80 => (1, u32::from(lead)),
                    0x80..0xe0 => (2, u32::from(lead & 0x1f)),
                    0xe0..0xf0 => (3, u32::from(lead & 0x0f)),
                    _ => (4, u32::from(lead & 0x07)),
                };
                let code = bytes[at + 1..(at + length).min(bytes.len())]
                    .iter()
                    .fold(bits, |code, byte| code << 6 | u32::from(byte & 0x3f));
                match char::from_u32(code) {
                    Some(letter) => units.extend_from_slice(letter.encode_utf16(&mut [0; 2])),
                    None => units.push(code as u16),
                }
                at += length;
            }
            Ok(units)
        }
        Err(error) => Err(error),
    }
}

/// A string of any code units.
fn from_units<'js>(ctx: &Ctx<'js>, units: &[u16]) -> Result<Value<'js>> {
    if let Ok(text) = String::from_utf16(units) {
        return JsString::from_str(ctx.clone(), &text).map(JsString::into_value);
    }
    let make: rquickjs::Function = ctx.globals().get::<_, Object>("String")?.get("fromCharCode")?;
    let mut text: Option<Value<'js>> = None;
    for chunk in units.chunks(4096) {
        let piece: Value = make.call((rquickjs::prelude::Rest(chunk.to_vec()),))?;
        text = Some(match text {
            None => piece,
            Some(before) => {
                let join: rquickjs::Function = before
                    .as_object()
                    .map_or_else(|| ctx.eval("(a, b) => a + b"), |_| ctx.eval("(a, b) => a + b"))?;
                join.call((before, piece))?
            }
        });
    }
    match text {
        Some(text) => Ok(text),
        None => JsString::from_str(ctx.clone(), "").map(JsString::into_value),
    }
}

fn encode<'js>(ctx: &Ctx<'js>, text: JsString<'js>, encoding: &str) -> Result<Vec<u8>> {
    Ok(match encoding {
        "utf16le" => units(text)?.into_iter().flat_map(u16::to_le_bytes).collect(),
        "latin1" | "ascii" => units(text)?.into_iter().map(|unit| unit as u8).collect(),
        "hex" => {
            let text = Text::from_string(ctx, text)?;
            unhex(text.as_bytes())
        }
        "base64" | "base64url" => {
            let text = Text::from_string(ctx, text)?;
            unbase64(&text)
        }
        _ => Text::from_string(ctx, text)?.into_bytes(),
    })
}

/// Pairs of hexadecimal digits up to the first that is none.
fn unhex(text: &[u8]) -> Vec<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16);
    text.chunks_exact(2)
        .map_while(|pair| Some((digit(pair[0])? * 16 + digit(pair[1])?) as u8))
        .collect()
}

/// Both alphabets, without what belongs to neither, up to the first `=`.
pub(crate) fn unbase64(text: &str) -> Vec<u8> {
    let mut clean: Vec<u8> = text
        .bytes()
        .take_while(|byte| *byte != b'=')
        .filter_map(|byte| match byte {
            b'-' => Some(b'+'),
            b'_' => Some(b'/'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => Some(byte),
            _ => None,
        })
        .collect();
    if clean.len() % 4 == 1 {
        clean.pop();
    }
    FORGIVING.decode(clean).unwrap_or_default()
}

enum Decoded {
    Text(String),
    Units(Vec<u16>),
}

fn decode(bytes: &[u8], encoding: &str) -> Decoded {
    Decoded::Text(match encoding {
        "hex" => hex::encode(bytes),
        "base64" => STANDARD.encode(bytes),
        "base64url" => URL_SAFE_NO_PAD.encode(bytes),
        "latin1" => bytes.iter().map(|byte| *byte as char).collect(),
        "ascii" => bytes.iter().map(|byte| (*byte & 0x7f) as char).collect(),
        "utf16le" => {
            return Decoded::Units(
                bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect(),
            );
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    })
}

impl Text {
    fn from_string<'js>(ctx: &Ctx<'js>, text: JsString<'js>) -> Result<String> {
        <Self as rquickjs::FromJs>::from_js(ctx, text.into_value()).map(|text| text.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_forgiving_as_node() {
        assert_eq!(unbase64("aGk="), b"hi");
        assert_eq!(unbase64("aGk"), b"hi");
        assert_eq!(unbase64("a G\nk=junk"), b"hi");
        assert_eq!(unbase64("_-8"), [0xff, 0xef]);
        assert_eq!(unbase64("a"), b"");
    }

    #[test]
    fn hex_stops_at_the_first_fault() {
        assert_eq!(unhex(b"00ffzz11"), [0, 255]);
        assert_eq!(unhex(b"abc"), [0xab]);
    }

    #[test]
    fn finds_bytes() {
        assert_eq!(find(b"abcabc", b"ca", 0), Some(2));
        assert_eq!(find(b"abcabc", b"ab", 1), Some(3));
        assert_eq!(find(b"abc", b"x", 0), None);
    }
}
