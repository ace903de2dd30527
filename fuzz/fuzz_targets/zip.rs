//! A function's zip.
#![no_main]

use std::io::Write;

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
    file.write_all(input).expect("and written");
    engine::fuzzing::zip(file.path());
});
