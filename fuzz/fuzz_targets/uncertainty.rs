//! Any bytes through `shotplan::read::fuzz::uncertainty`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    shotplan::read::fuzz::uncertainty(bytes);
});
