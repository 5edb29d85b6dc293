//! Back ends side by side: a program from nothing by interior point and by the simplex method, the way from an
//! interior point to a basis, and what is left to do from a basis on after one right-hand side has changed. A
//! list of prices solves again some hundred times, rounding some dozen, so that a change must cost a fraction of
//! the first answer.

use criterion::{BatchSize, Criterion};
use jiff::civil::Date;
use shotplan::compare::{Goal, Options, Tried};
use shotplan::formulate::Problem;
use shotplan::formulate::levers::levers;
use shotplan::formulate::program::{Program, Row, Sense};
use shotplan::formulate::staffing::{Kind, staffing};
use shotplan::generate::{Archetype, Recipe, Tightness, production};
use shotplan::model::{MilestoneKind, Mode, Production, availability};
use shotplan::solve::Limit;
use shotplan::solve::bounds::heads;
use shotplan::solve::known;
use shotplan::solve::levers::Asking;
use shotplan::solve::linear::{Answer, Backend, Settings, solve, solve_from, with_basis};
use std::hint::black_box;

/// How a program is made of a show.
type Made = fn(Archetype) -> Program;

fn show(archetype: Archetype) -> Production {
    let tightness = Tightness::Overloaded;
    production(&Recipe { archetype, seed: 2, tightness, as_of_percent: 0, dirt: false })
}

/// What time is worth.
fn weekly(archetype: Archetype) -> Program {
    let (show, mode) = (show(archetype), Mode::Balanced);
    let problem = Problem::new(&show, mode);
    let (timeline, known) = (show.timeline(), known(&problem, &heads(&problem)));
    let lanes = availability::lanes(&show, &timeline);
    staffing(&show, &timeline, &lanes, &known, mode, Kind::Estimate).program
}

/// What to buy for the last delivery a week early.
fn purchases(archetype: Archetype) -> Program {
    let (show, mode) = (show(archetype), Mode::Balanced);
    let options = Options { mode, seed: 1, threads: 1, limit: Limit::Steps(0) };
    let base = Tried::new(show.clone(), &options, &()).expect("a plan that passes");
    let asking = Asking::new(&show, mode, &base.solved.plan);
    let finals = show.milestones.enumerate().filter(|(_, row)| row.kind == MilestoneKind::Final);
    let (id, row) = finals.max_by_key(|(_, row)| row.date).expect("a final delivery");
    let goal = Goal::of(&show, id);
    let by: Date = goal.shifted(&show, row.date, -5);
    let built = levers(&asking.question(&goal.wanted, by, 0.5));
    let mut program = built.program.relaxed();
    for &column in &built.left_over {
        program.set_cost(column, 1e6);
    }
    program
}

/// Rows with the highest prices, and one less of each.
fn changed(program: &Program, answer: &Answer) -> Vec<Program> {
    let is_limit = |row: &Row| program.side(*row).0 == Sense::AtMost && program.side(*row).1 >= 1.0;
    let mut rows: Vec<Row> = program.row_ids().filter(is_limit).collect();
    rows.sort_by(|a, b| answer.duals[a.index()].total_cmp(&answer.duals[b.index()]));
    let one_less = |row: &Row| {
        let mut changed = program.clone();
        changed.add_room(*row, -1.0);
        changed
    };
    rows.iter().take(10).map(one_less).collect()
}

pub fn define(c: &mut Criterion) {
    let mut group = c.benchmark_group("linear");
    group.sample_size(10);
    let programs: [(&str, Made, Archetype); 5] = [
        ("episodic, weeks", weekly, Archetype::Episodic),
        ("episodic, purchases", purchases, Archetype::Episodic),
        ("feature, weeks", weekly, Archetype::Feature),
        ("feature, purchases", purchases, Archetype::Feature),
        ("studio, weeks", weekly, Archetype::Studio),
    ];
    for &(name, program, archetype) in crate::timed(&programs) {
        let program = program(archetype);
        println!(
            "{name}: {} columns, {} rows, {} entries",
            program.columns(),
            program.rows(),
            program.entries()
        );
        let interior = Settings { negligible: 1.0, ..Settings::only(Backend::Clarabel) };
        let simplex = Settings { negligible: 1.0, ..Settings::only(Backend::Simplex) };
        let inside = solve(&program, &interior);
        let vertex = solve(&program, &simplex);
        assert!(vertex.is_optimal(), "{:?}", vertex.tried);
        if inside.is_optimal() {
            // Below what was said to be negligible, an interior point stops where it likes.
            let far = interior.negligible + 1e-6 * vertex.value.abs();
            assert!((inside.value - vertex.value).abs() <= far, "{}", inside.value);
            group.bench_function(format!("{name}: interior point"), |b| {
                b.iter(|| solve(black_box(&program), &interior));
            });
            group.bench_function(format!("{name}: from there to a basis"), |b| {
                b.iter_batched(
                    || inside.clone(),
                    |inside| with_basis(black_box(&program), inside, &interior, &|| false),
                    BatchSize::LargeInput,
                );
            });
        }
        group.bench_function(format!("{name}: simplex"), |b| {
            b.iter(|| solve(black_box(&program), &simplex));
        });
        let basis = vertex.basis.as_deref().expect("a vertex");
        let changed = changed(&program, &vertex);
        let mut next = changed.iter().cycle();
        group.bench_function(format!("{name}: simplex after one change"), |b| {
            b.iter_batched(
                || next.next().expect("a row with a limit"),
                |changed| solve_from(black_box(changed), basis, &simplex),
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}
