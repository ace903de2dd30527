//! Which file of a package a specifier names.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| engine::fuzzing::resolution(input));
