//! What a logo and a function package must be (contract chapters 2 and 4), checked without unpacking anything to disk.

use std::io::{Cursor, Read};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use definition::Logo;
use zip::ZipArchive;

use crate::error::ApiError;
use crate::{MAX_FUNCTION_FILES, MAX_FUNCTION_UNPACKED, MAX_FUNCTION_ZIP, MAX_LOGO};

/// The entry that every package needs at its root.
const ENTRY: &str = "index.js";

/// Decodes the `base64` text found at `path` and checks the logo in it.
pub fn logo_from_base64(text: &str, path: &str) -> Result<Vec<u8>, ApiError> {
    // Some clients send what a browser's FileReader gives them.
    let text = text.strip_prefix("data:image/png;base64,").unwrap_or(text);
    if text.len() > MAX_LOGO.div_ceil(3) * 4 {
        return Err(ApiError::too_large("the logo", MAX_LOGO as u64));
    }
    let bytes = STANDARD
        .decode(text)
        .map_err(|_| ApiError::field(path, "a PNG image in standard base64"))?;
    check_logo(&bytes, path)?;
    Ok(bytes)
}

/// A logo is a PNG of 128 × 128 pixels and at most 100 KB.
pub fn check_logo(bytes: &[u8], path: &str) -> Result<(), ApiError> {
    if bytes.len() > MAX_LOGO {
        return Err(ApiError::too_large("the logo", MAX_LOGO as u64));
    }
    Logo::check(bytes)
        .map(drop)
        .map_err(|error| ApiError::unprocessable(path, format!("{path}: {error}")))
}

/// A function package is a zip of bounded size with `index.js` at its root and no name that leaves its folder. Returns
/// whether there is anything beside `index.js`. `path` names the place in the request.
pub fn check_function_zip(bytes: &[u8], path: &str) -> Result<bool, ApiError> {
    let refuse = |message: String| ApiError::unprocessable(path, format!("{path}: {message}"));
    if bytes.len() > MAX_FUNCTION_ZIP {
        return Err(ApiError::too_large("the function's zip", MAX_FUNCTION_ZIP as u64));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| {
        refuse(
            "the file is not a zip; send the function's folder, zipped, with index.js at its root"
                .into(),
        )
    })?;
    if archive.len() > MAX_FUNCTION_FILES {
        return Err(refuse(format!(
            "the zip has {} entries; at most {MAX_FUNCTION_FILES} are taken",
            archive.len()
        )));
    }
    let mut unpacked = 0_u64;
    let mut elsewhere = None;
    let mut others = false;
    for index in 0..archive.len() {
        let entry = archive
            .by_index_raw(index)
            .map_err(|_| refuse(format!("entry {index} of the zip cannot be read")))?;
        let name = entry
            .name()
            .map_err(|_| refuse(format!("entry {index} of the zip has an unreadable name")))?;
        if entry.enclosed_name().is_none() || name.contains('\\') || name.starts_with('/') {
            return Err(refuse(format!("the zip has an entry that leaves its folder: {name:?}")));
        }
        if entry.encrypted() {
            return Err(refuse(format!("the zip's entry {name:?} is encrypted")));
        }
        unpacked = unpacked.saturating_add(entry.size());
        if name != ENTRY {
            others |= entry.is_file();
            if name.ends_with("/index.js") && !name.contains("node_modules/") {
                elsewhere.get_or_insert_with(|| name.clone().into_owned());
            }
        }
    }
    if unpacked > MAX_FUNCTION_UNPACKED {
        return Err(ApiError::too_large("the function's zip, unpacked,", MAX_FUNCTION_UNPACKED));
    }
    let Ok(entry) = archive.by_name(ENTRY) else {
        let hint = elsewhere.map_or(String::new(), |name| {
            format!("; it has {name:?}: zip the content of that folder, not the folder itself")
        });
        return Err(refuse(format!("the zip has no index.js at its root{hint}")));
    };
    // Reading to the end checks the sum as well.
    std::io::copy(&mut entry.take(MAX_FUNCTION_UNPACKED), &mut std::io::sink())
        .map_err(|_| refuse("index.js in the zip is damaged".into()))?;
    Ok(others)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zip_of(files: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn png_of(size: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, size, size);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&vec![7; (size * size) as usize]).unwrap();
        bytes
    }

    #[test]
    fn packages() {
        assert!(
            !check_function_zip(&zip_of(&[("index.js", "exports.handler = 1")]), "file").unwrap()
        );
        assert!(
            check_function_zip(&zip_of(&[("index.js", "1"), ("package.json", "{}")]), "file")
                .unwrap()
        );
        for (files, word) in [
            (&[("package.json", "{}")][..], "no index.js at its root"),
            (&[("build/index.js", "1")], "not the folder itself"),
            (&[("index.js", "1"), ("../x.js", "1")], "leaves its folder"),
            (&[("index.js", "1"), ("/etc/x", "1")], "leaves its folder"),
        ] {
            let error = check_function_zip(&zip_of(files), "file").unwrap_err();
            assert_eq!(error.status, 422);
            assert!(error.message.contains(word), "{}", error.message);
        }
        assert!(
            check_function_zip(b"PK not a zip", "file").unwrap_err().message.contains("not a zip")
        );
        let mut damaged =
            zip_of(&[("index.js", &"exports.handler = async () => ({ output: {} });\n".repeat(3))]);
        damaged[45] ^= 0xff;
        assert!(check_function_zip(&damaged, "file").is_err());
    }

    #[test]
    fn logos() {
        let good = png_of(128);
        check_logo(&good, "base64").unwrap();
        assert_eq!(logo_from_base64(&STANDARD.encode(&good), "base64").unwrap(), good);
        assert!(check_logo(&png_of(64), "base64").unwrap_err().message.contains("64 × 64"));
        assert!(check_logo(&good[..good.len() / 2], "base64").is_err());
        assert_eq!(check_logo(b"GIF89a", "base64").unwrap_err().status, 422);
        assert_eq!(logo_from_base64("not base64!", "base64").unwrap_err().status, 400);
        assert_eq!(check_logo(&vec![0; MAX_LOGO + 1], "base64").unwrap_err().status, 413);
    }
}
