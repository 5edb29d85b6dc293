//! Any bytes through `shotplan::read::fuzz::json`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    shotplan::read::fuzz::json(bytes);
});
