//! What a function package holds, apart from how it was packed.

use std::io::{Cursor, Read};

use sha2::{Digest, Sha256};
use zip::ZipArchive;

/// As much as a package may unpack to; beyond that it is compared byte for byte.
const MAX_UNPACKED: u64 = 256 * 1024 * 1024;

/// A hash (SHA-256, hex) over the names and contents of the files in `zip`, so that the same files packed at another time or
/// by another program are the same. What is no readable zip is hashed as it is.
pub fn content_hash(zip: &[u8]) -> String {
    of_files(zip).unwrap_or_else(|| format!("raw:{}", hex::encode(Sha256::digest(zip))))
}

fn of_files(zip: &[u8]) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(zip)).ok()?;
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).ok()?;
        if !entry.is_dir() {
            files.push((entry.name().ok()?.into_owned(), index));
        }
    }
    files.sort();
    let mut hash = Sha256::new();
    let mut unpacked = 0;
    for (name, index) in files {
        let mut content = Vec::new();
        archive
            .by_index(index)
            .ok()?
            .take(MAX_UNPACKED - unpacked + 1)
            .read_to_end(&mut content)
            .ok()?;
        unpacked += content.len() as u64;
        if unpacked > MAX_UNPACKED {
            return None;
        }
        // Lengths first, so that no two lists of files run together to the same bytes.
        for part in [name.as_bytes(), &content] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    Some(hex::encode(hash.finalize()))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::*;

    fn packed(files: &[(&str, &str)], method: CompressionMethod) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            writer
                .start_file(*name, SimpleFileOptions::default().compression_method(method))
                .unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn order_and_packing_do_not_matter_but_names_and_contents_do() {
        let files = [("index.js", "code"), ("lib/a.js", "a")];
        let one = content_hash(&packed(&files, CompressionMethod::Deflated));
        let turned = [files[1], files[0]];
        assert_eq!(one, content_hash(&packed(&turned, CompressionMethod::Stored)));
        for other in [
            &[("index.js", "code"), ("lib/b.js", "a")][..],
            &[("index.js", "code"), ("lib/a.js", "b")],
            &[("index.js", "code")],
            &[("index.js", "codelib/a.jsa")],
        ] {
            assert_ne!(one, content_hash(&packed(other, CompressionMethod::Deflated)), "{other:?}");
        }
        assert!(content_hash(b"no zip").starts_with("raw:"));
    }
}
