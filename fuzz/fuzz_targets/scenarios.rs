//! Any bytes through `shotplan::read::fuzz::scenarios`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    shotplan::read::fuzz::scenarios(bytes);
});
