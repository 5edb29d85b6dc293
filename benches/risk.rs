//! Odds are drawn a thousand at a time, so a draw must cost little more than one walk over the tasks: a
//! thousand of an episodic within ten seconds, of a feature within ninety.

use criterion::{BenchmarkId, Criterion, Throughput};
use shotplan::forecast::{self, Tally};
use shotplan::generate::{self, Archetype, Recipe, Tightness};
use shotplan::model::*;
use shotplan::risk::{Chances, Course, Policy, Samples, Setting, Stream, hold_as_planned};
use shotplan::solve::{self, Limit};

const DRAWS: u32 = 50;

pub fn define(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("risk");
    group.sample_size(10);
    group.throughput(Throughput::Elements(u64::from(DRAWS)));
    let shows = [("episodic", Archetype::Episodic), ("feature", Archetype::Feature)];
    for &(name, archetype) in crate::timed(&shows) {
        let tightness = Tightness::Tight;
        let recipe = Recipe { archetype, seed: 2, tightness, as_of_percent: 0, dirt: false };
        let production = generate::production(&recipe);
        let limit = Limit::Steps(0);
        let options = solve::Options { mode: Mode::Balanced, seed: 1, threads: 1, limit };
        let plan = solve::plan(&production, &options, &()).plan;
        let forecast = forecast::of(&production, &plan);
        let uncertainty = Uncertainty::usual(&production);
        let mut course = Course::new(&production, &plan, Mode::Balanced);
        let chances = Chances::new(&production, &course, &uncertainty, &[]);
        let stream = Stream::new(1, DRAWS);
        let drawn = chances.none(&course, stream);
        hold_as_planned(&mut course, &chances, &drawn);
        assert!(course.moved.is_empty(), "the plan cannot be followed");
        let timeline = course.problem.timeline.clone();
        let tally = Tally::new(&production, &plan, &forecast, &timeline, &course.lanes);
        for policy in [Policy::FixedOrder, Policy::Replan] {
            let setting = Setting {
                production: &production,
                course: &course,
                tally: &tally,
                policy,
                target: 0,
                weeks: timeline.weeks() as usize,
            };
            let make = || Samples::make(setting, &chances, stream, 0, DRAWS, &|| false);
            let first = make();
            assert_eq!(first.cost.len(), DRAWS as usize);
            assert!(first.cost.iter().any(|&cost| cost != forecast.total.efc().0));
            assert_eq!(Samples::of_plan(setting, &chances, stream).cost, [forecast.total.efc().0]);
            let id = BenchmarkId::new(name, format!("{policy:?}"));
            group.bench_function(id, |bench| bench.iter(make));
        }
    }
    group.finish();
}
