//! Any bytes through `shotplan::read::fuzz::tables`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    shotplan::read::fuzz::tables(bytes);
});
