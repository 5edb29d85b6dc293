//! Sixty-four scenarios of a series on one thread and on two: the ratio of the two is what a second core is
//! worth, and should stay near two. And a scenario of one small edit from the plan on, beside a first plan:
//! what-ifs must cost a fraction of it.

use criterion::Criterion;
use shotplan::compare::{Beginning, Options, Tried, side_by_side};
use shotplan::generate::{Archetype, Recipe, Tightness, production};
use shotplan::model::{Mode, Production};
use shotplan::pipeline::scenario_row;
use shotplan::read;
use shotplan::scenario::Scenario;
use shotplan::solve::Limit;
use std::hint::black_box;

/// Eight crews by eight overruns.
const SWEEP: &str = "
    [[sweep]]
    name = 'crews and overruns'
    [[sweep.axis]]
    param = 'artists'
    from = 0
    to = 7
    edit = { op = 'add_artists', department = 'CMP' }
    [[sweep.axis]]
    param = 'percent'
    from = 0
    to = 14
    step = 2
    edit = { op = 'bid_overrun', department = 'FX' }
";

const SMALL: &str = "
    [[scenario]]
    name = 'one away'
    [[scenario.edit]]
    op = 'lose_artists'
    department = 'CMP'
    artists = 1
";

fn scenarios(text: &str, show: &Production) -> Vec<Scenario> {
    read::scenarios("bench", text.as_bytes(), show).0
}

pub fn define(c: &mut Criterion) {
    let mut group = c.benchmark_group("scenarios");
    group.sample_size(10);
    let tightness = Tightness::Tight;
    let archetype = if crate::is_test() { Archetype::Commercial } else { Archetype::Episodic };
    let recipe = Recipe { archetype, seed: 2, tightness, as_of_percent: 0, dirt: false };
    let show = production(&recipe);
    let options = |steps, threads| {
        let limit = Limit::Steps(steps);
        Options { mode: Mode::Balanced, seed: 1, threads, limit }
    };
    let steps = options(if crate::is_test() { 25 } else { 250 }, 1);
    let beginning = Beginning::new(&show, &steps, &()).expect("a plan that passes");
    let all = scenarios(SWEEP, &show);
    assert_eq!(all.len(), 64);
    let run = |threads: usize| {
        let each = |at: usize, _| scenario_row(&beginning, &all[at], &steps, &());
        side_by_side(all.len(), threads, &|| false, &each)
    };
    assert_eq!(run(1), run(2), "threads make no difference");
    for threads in [1, 2] {
        let name = format!("episodic: 64 on {threads} threads");
        group.bench_function(name, |b| b.iter(|| black_box(run(threads))));
    }
    let small = &scenarios(SMALL, &show)[0];
    group.bench_function("episodic: one small edit, 250 steps", |b| {
        b.iter(|| black_box(beginning.future(small, &steps, &()).expect("a plan")));
    });
    group.bench_function("episodic: a first plan, 1,000 steps", |b| {
        b.iter(|| black_box(Tried::new(show.clone(), &options(1_000, 1), &()).expect("a plan")));
    });
    group.finish();
}
