//! The engine: compiling a show, bounds, the first plan, and steps of improvement.
//!
//! Why: a first plan has to come while a producer waits, and steps a second decide how good it gets
//! in the rest of the time. A step must cost what it touches: its time must hardly grow with the
//! show.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use shotplan::formulate::Problem;
use shotplan::generate::{Archetype, Recipe, Tightness, production};
use shotplan::model::{Cents, Mode, Production, Weights};
use shotplan::solve::bounds;
use shotplan::solve::engine::improve::{Control, improve};
use shotplan::solve::engine::lenient::{Leniency, leniently};
use shotplan::solve::engine::place::Taste;
use shotplan::solve::engine::priorities;
use shotplan::solve::engine::trial::{Order, Trial};
use shotplan::solve::engine::unhurried::{unhurried, unhurry};
use std::hint::black_box;

/// Steps of improvement that are timed.
const STEPS: u64 = 512;

fn show(archetype: Archetype) -> Production {
    let tightness = Tightness::Tight;
    production(&Recipe { archetype, seed: 1, tightness, as_of_percent: 0, dirt: false })
}

/// Stops after so many steps.
struct Steps(u64);

impl Control for Steps {
    fn used(&mut self, steps: u64, _: Cents) -> Option<f64> {
        (steps < self.0).then_some(steps as f64 / self.0 as f64)
    }
    fn steps_left(&self, steps: u64) -> u64 {
        self.0 - steps
    }
}

/// Benches of the engine.
pub fn define(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("engine");
    group.sample_size(10);
    for &(name, archetype) in crate::timed(&[
        ("episodic", Archetype::Episodic),
        ("feature", Archetype::Feature),
        ("studio", Archetype::Studio),
    ]) {
        let production = show(archetype);
        let problem = Problem::new(&production, Mode::Balanced);
        let heads = bounds::heads(&problem);
        let bound = bounds::at_the_earliest(&problem, &heads)
            .total(&Weights::default().multipliers(Mode::Balanced));
        let lengths = priorities::usual_lengths(&problem);
        let urgency = priorities::urgency(&problem, &lengths, false);
        let mut order = Order {
            keys: priorities::by_shot(&problem, &lengths, &urgency),
            taste: Taste::BALANCED,
        };
        let latest = priorities::latest_start(&problem, &lengths, &urgency);
        priorities::put_fixed_first(&problem, &latest, &mut order.keys);
        let mut trial = Trial::new(&problem);
        let value = trial.run(&problem, &urgency, &order, &|| false);
        let first = trial.incumbent();
        assert_eq!(value, Some(first.value));
        let changes = bounds::changes(&problem, &heads, 10_000);
        assert!(bound + changes <= first.value);
        let latest_start = priorities::latest_start_slots(&problem, &lengths, &urgency);
        let improved = || {
            let mut best = first.clone();
            let mut steps = Steps(STEPS);
            improve(&problem, &urgency, &latest_start, &mut best, 1, Cents::ZERO, &mut steps);
            best
        };
        assert!(improved().value < first.value);
        assert_eq!(improved().schedule.parts, improved().schedule.parts);

        group.bench_function(BenchmarkId::new("compile", name), |bencher| {
            bencher.iter(|| Problem::new(black_box(&production), Mode::Balanced));
        });
        group.bench_function(BenchmarkId::new("bounds", name), |bencher| {
            bencher.iter(|| bounds::heads(black_box(&problem)));
        });
        group.bench_function(BenchmarkId::new("changes of sequence", name), |bencher| {
            bencher.iter(|| bounds::changes(black_box(&problem), &heads, 10_000));
        });
        group.bench_function(BenchmarkId::new("first plan", name), |bencher| {
            bencher.iter(|| trial.run(black_box(&problem), &urgency, &order, &|| false));
        });
        let late = Order { taste: Taste { overtime: 96, ..order.taste }, ..order.clone() };
        trial.run(&problem, &urgency, &late, &|| false);
        let hurried = trial.incumbent();
        let mut calm = hurried.clone();
        assert!(unhurry(&problem, &mut calm, true, &mut || false) && calm.value < hurried.value);
        group.bench_function(BenchmarkId::new("overtime nothing waits for", name), |bencher| {
            bencher.iter(|| unhurried(black_box(&problem), &hurried.schedule, true, &mut || false));
        });
        group.bench_function(
            BenchmarkId::new("changes that may cost something", name),
            |bencher| {
                bencher.iter(|| {
                    let leniency = Leniency::new(0.1 * problem.artist_day as f64, 1, 0);
                    leniently(black_box(&problem), &calm.schedule, leniency, &mut || false)
                });
            },
        );
        group.throughput(Throughput::Elements(STEPS));
        group.bench_function(BenchmarkId::new("512 steps", name), |bencher| {
            bencher.iter_batched(|| (), |()| improved(), BatchSize::PerIteration);
        });
    }
    group.finish();
}
