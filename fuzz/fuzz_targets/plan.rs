//! Any bytes through `shotplan::read::fuzz::plan`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    shotplan::read::fuzz::plan(bytes);
});
