//! Any bytes through `shotplan::read::fuzz::toml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    shotplan::read::fuzz::toml(bytes);
});
