//! How long a made-up show takes: tests and benches make one each time, so a feature must take well
//! under a third of a second and a studio under two.

use criterion::Criterion;
use shotplan::generate::{Archetype, Recipe, Tightness, production_with_report};
use std::hint::black_box;

pub fn define(c: &mut Criterion) {
    let mut group = c.benchmark_group("generate");
    group.sample_size(10);
    for (name, archetype, shots) in [
        ("commercial", Archetype::Commercial, 30),
        ("series", Archetype::Episodic, 285),
        ("feature", Archetype::Feature, 1_500),
        ("studio", Archetype::Studio, 7_110),
    ] {
        let recipe = Recipe {
            archetype,
            seed: 1,
            tightness: Tightness::Tight,
            as_of_percent: 35,
            dirt: false,
        };
        let (production, report) = production_with_report(&recipe);
        assert_eq!((report.shots, report.in_band), (shots, true));
        assert_eq!(production.tasks.len(), report.tasks);
        group.bench_function(name, |b| b.iter(|| production_with_report(black_box(&recipe))));
    }
    group.finish();
}
