//! Any bytes through `shotscenarios::read::fuzz::scenarios`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    shotscenarios::read::fuzz::scenarios(bytes);
});
