//! The bodies of the fuzz targets, run over the saved inputs and over random changes of them.

use proptest::prelude::*;
use shotplan::read::fuzz;
use std::fs;
use std::path::PathBuf;

/// A body of a fuzz target: any bytes in, the number of issues out.
type Body = fn(&[u8]) -> usize;

const TARGETS: [(&str, Body); 6] = [
    ("tables", fuzz::tables),
    ("toml", fuzz::toml),
    ("json", fuzz::json),
    ("plan", fuzz::plan),
    ("scenarios", fuzz::scenarios),
    ("uncertainty", fuzz::uncertainty),
];

fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut seeds: Vec<(PathBuf, Vec<u8>)> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    seeds.sort();
    seeds
}

#[test]
fn saved_inputs_are_read_without_a_panic() {
    for (target, body) in TARGETS {
        let seeds = seeds(target);
        assert!(seeds.len() >= 3, "{target} has too few saved inputs");
        for (path, bytes) in seeds {
            let issues = body(&bytes);
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            // The name says what it is: `sound…` has nothing wrong, `broken…` has.
            if name.starts_with("broken") {
                assert!(issues > 0, "{} has no issue", path.display());
            }
        }
    }
}

/// A hundred cases, or many with `SHOTPLAN_SLOW=1`.
fn cases() -> u32 {
    if std::env::var_os("SHOTPLAN_SLOW").is_some() { 50_000 } else { 100 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    /// A saved input with some bytes changed, taken out, doubled, or put in.
    #[test]
    fn changed_inputs_are_read_without_a_panic(
        target in 0..TARGETS.len(),
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..4_u8, any::<u8>()), 1..12),
    ) {
        let (name, body) = TARGETS[target];
        let seeds = seeds(name);
        let mut bytes = seeds[which.index(seeds.len())].1.clone();
        for (place, kind, byte) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = place.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => {
                    bytes.remove(at);
                }
                2 => {
                    let end = (at + usize::from(byte)).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    bytes.splice(at..at, piece);
                }
                // Signs that mean something to a reader.
                _ => bytes[at] = b",;\"\n-%:9[{}]=.|~"[usize::from(byte) % 16],
            }
        }
        body(&bytes);
    }
}
