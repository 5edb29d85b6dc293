//! How long the weekly program takes, building apart from solving: a plan waits for it once, a list of
//! prices some twenty times. All sizes have about as many columns of work, so that solving must stay
//! at a second, and building within another for a feature.

use criterion::{BatchSize, Criterion};
use shotplan::formulate::Problem;
use shotplan::formulate::staffing::{Kind, staffing};
use shotplan::generate::{Archetype, Recipe, Tightness, production};
use shotplan::model::{Mode, availability};
use shotplan::solve::bounds::heads;
use shotplan::solve::known;
use shotplan::solve::linear::{Settings, solve};
use std::hint::black_box;

pub fn define(c: &mut Criterion) {
    let mut group = c.benchmark_group("staffing");
    group.sample_size(10);
    let shows = [("episodic", Archetype::Episodic), ("feature", Archetype::Feature)];
    for &(name, archetype) in crate::timed(&shows) {
        let tightness = Tightness::Overloaded;
        let recipe = Recipe { archetype, seed: 2, tightness, as_of_percent: 35, dirt: false };
        let (show, mode) = (production(&recipe), Mode::Balanced);
        let problem = Problem::new(&show, mode);
        let (timeline, known) = (show.timeline(), known(&problem, &heads(&problem)));
        let lanes = availability::lanes(&show, &timeline);
        for kind in [Kind::Bound, Kind::Estimate] {
            let build = || staffing(&show, &timeline, &lanes, &known, mode, kind);
            let built = build();
            let answer = solve(&built.program, &Settings::default());
            assert!(answer.is_optimal() && answer.duality_gap <= 1e-6, "{:?}", answer.tried);
            group.bench_function(format!("{name} {kind:?}: build"), |b| {
                b.iter(|| black_box(build()));
            });
            group.bench_function(format!("{name} {kind:?}: solve"), |b| {
                b.iter_batched(
                    || &built.program,
                    |program| solve(black_box(program), &Settings::default()),
                    BatchSize::LargeInput,
                );
            });
        }
    }
    group.finish();
}
