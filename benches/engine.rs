//! The engine: the first plan, and steps of improvement.
//!
//! Why: a first verified plan has to come while a producer waits, and steps a second decide how good
//! it gets in the rest of the time.

use criterion::{BenchmarkId, Criterion};
use shotplan::generate::{Archetype, Recipe, Tightness, production};
use shotplan::model::{Mode, Production};
use shotplan::solve::{self, Limit, Options};
use std::hint::black_box;

fn show(archetype: Archetype) -> Production {
    let tightness = Tightness::Tight;
    production(&Recipe { archetype, seed: 1, tightness, as_of_percent: 35, dirt: false })
}

/// Benches of the engine.
pub fn define(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("engine");
    group.sample_size(10);
    for (name, archetype) in
        [("commercial", Archetype::Commercial), ("episodic", Archetype::Episodic)]
    {
        let production = show(archetype);
        for (what, steps) in [("first plan", 0), ("64 steps", 64)] {
            let options =
                Options { mode: Mode::Balanced, seed: 1, threads: 2, limit: Limit::Steps(steps) };
            let solved = solve::plan(&production, &options, &());
            assert!(solved.lower_bound <= solved.objective.total(Mode::Balanced));
            group.bench_function(BenchmarkId::new(what, name), |bencher| {
                bencher.iter(|| solve::plan(black_box(&production), &options, &()).objective);
            });
        }
    }
    group.finish();
}
