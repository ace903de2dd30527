//! The protocol between pool and worker.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| runner::fuzzing::frames(input));
