//! How long it takes to ask what to buy, building apart from solving: `crew-for` asks some ten times and
//! searches plans in between, so that asking must stay well below a second for a series. A feature is
//! solved with parts of heads only: rounding solves the same program some dozen times, which ten samples of
//! would make a bench of minutes.

use criterion::{BatchSize, Criterion};
use jiff::civil::Date;
use shotplan::compare::{Goal, Options, Tried};
use shotplan::formulate::levers::{Levers, levers};
use shotplan::formulate::program::Program;
use shotplan::generate::{Archetype, Recipe, Tightness, production};
use shotplan::model::{MilestoneKind, Mode, Production};
use shotplan::solve::Limit;
use shotplan::solve::levers::{Asking, cheapest};
use shotplan::solve::linear::{Settings, solve};
use std::hint::black_box;

/// A week before the last final delivery.
fn goal(show: &Production) -> (Goal, Date) {
    let finals = show.milestones.enumerate().filter(|(_, row)| row.kind == MilestoneKind::Final);
    let last = finals.max_by_key(|(_, row)| row.date);
    let (id, row) = last.expect("a generated show has a final delivery");
    let goal = Goal::of(show, id);
    let by = goal.shifted(show, row.date, -5);
    (goal, by)
}

/// With parts of heads, and a price on work that is left over that nothing else comes near.
fn priced(built: &Levers) -> Program {
    let mut program = built.program.relaxed();
    for &column in &built.left_over {
        program.set_cost(column, 1e6);
    }
    program
}

pub fn define(c: &mut Criterion) {
    let mut group = c.benchmark_group("levers");
    group.sample_size(10);
    for &(name, archetype) in crate::timed(&[
        ("commercial", Archetype::Commercial),
        ("episodic", Archetype::Episodic),
        ("feature", Archetype::Feature),
    ]) {
        let tightness = Tightness::Tight;
        let recipe = Recipe { archetype, seed: 2, tightness, as_of_percent: 0, dirt: false };
        let show = production(&recipe);
        let options = Options { mode: Mode::Balanced, seed: 1, threads: 1, limit: Limit::Steps(0) };
        let base = Tried::new(show.clone(), &options, &()).expect("a plan that passes");
        let asking = Asking::new(&show, Mode::Balanced, &base.solved.plan);
        let (goal, by) = goal(&show);
        let ask = || levers(&asking.question(&goal.wanted, by, 0.5));
        let question = asking.question(&goal.wanted, by, 0.5);
        group.bench_function(format!("{name}: build"), |b| b.iter(|| black_box(ask())));
        let parts = priced(&levers(&question));
        let answer = solve(&parts, &Settings::default());
        assert!(answer.is_optimal() && answer.duality_gap <= 1e-6, "{:?}", answer.tried);
        group.bench_function(format!("{name}: solve with parts of heads"), |b| {
            b.iter_batched(
                || &parts,
                |program| solve(black_box(program), &Settings::default()),
                BatchSize::LargeInput,
            );
        });
        if archetype == Archetype::Feature {
            continue;
        }
        let mix = cheapest(&question, &Settings::default()).expect("solved");
        assert!(mix.bound <= mix.cost && mix.gap() < 1.0);
        group.bench_function(format!("{name}: solve and round"), |b| {
            b.iter_batched(
                || &question,
                |question| cheapest(black_box(question), &Settings::default()),
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}
