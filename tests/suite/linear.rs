//! Linear programs: small ones with hand-known answers on every back end, random ones whose optimum
//! is known by construction, and the staffing program against plans found by enumeration.

mod calls;
mod simplex;
mod staffing;

use proptest::prelude::*;
use shotplan::formulate::program::{
    Column, ColumnKind, Names, Numbers, Program, Row, RowKind, Sense,
};
use shotplan::model::{DepartmentId, Id};
use shotplan::solve::linear::{Answer, Backend, Settings, Status, solve, solve_unless};
use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};

const INFINITY: f64 = f64::INFINITY;

/// The back ends of this build.
fn back_ends() -> Vec<Backend> {
    let mut all = vec![Backend::Clarabel, Backend::Simplex, Backend::Microlp];
    if cfg!(feature = "highs") {
        all.push(Backend::Highs);
    } else {
        println!("HiGHS is not built in: its share of the tests is left out");
    }
    all
}

/// Solves on each back end and on the default order; all must agree.
fn on_all(program: &Program, look: impl Fn(&Answer)) {
    for backend in back_ends() {
        let answer = solve(program, &Settings::only(backend));
        assert_eq!(answer.status, Status::Optimal, "{backend}: {:?}", answer.tried);
        look(&answer);
    }
    look(&solve(program, &Settings::default()));
}

fn near(found: f64, expected: f64) {
    let scale = 1.0 + expected.abs();
    assert!((found - expected).abs() <= 1e-5 * scale, "{found} is not {expected}");
}

#[test]
fn prices_have_the_sign_of_the_convention() {
    // min 2x + 3y: x + y ≥ 10, x ≤ 6, y − x/2 = 1 … x = 6, y = 4.
    let mut program = Program::new();
    let x = program.column(0.0, 100.0, 2.0);
    let y = program.column(0.0, 100.0, 3.0);
    let demand = program.row(Sense::AtLeast, 10.0, [(x, 1.0), (y, 1.0)]);
    let crew = program.row(Sense::AtMost, 6.0, [(x, 1.0)]);
    on_all(&program, |answer| {
        near(answer.value, 24.0);
        near(answer.columns[x.index()], 6.0);
        near(answer.columns[y.index()], 4.0);
        near(answer.duals[demand.index()], 3.0); // one more day costs 3
        near(answer.duals[crew.index()], -1.0); // one more of x saves 3 − 2
        assert!(answer.safe_bound() <= 24.0 + 1e-9);
        near(answer.safe_bound(), 24.0);
    });

    let mut tied = Program::new();
    let x = tied.column(0.0, 100.0, 2.0);
    let y = tied.column(0.0, 100.0, 3.0);
    let sum = tied.row(Sense::Equal, 10.0, [(x, 1.0), (y, 1.0)]);
    let difference = tied.row(Sense::Equal, 2.0, [(x, 1.0), (y, -1.0)]);
    // x = 6, y = 4; the sum's price is (2 + 3) / 2, the difference's (2 − 3) / 2.
    on_all(&tied, |answer| {
        near(answer.value, 24.0);
        near(answer.duals[sum.index()], 2.5);
        near(answer.duals[difference.index()], -0.5);
    });
}

#[test]
fn a_price_is_what_one_more_unit_changes() {
    let build = |demand: f64| {
        let mut program = Program::new();
        let a = program.column(0.0, 5.0, 1.0);
        let b = program.column(0.0, 5.0, 4.0);
        let c = program.column(0.0, 50.0, 9.0);
        program.row(Sense::AtLeast, demand, [(a, 1.0), (b, 2.0), (c, 1.0)]);
        program.row(Sense::AtMost, 7.0, [(a, 1.0), (b, 1.0)]);
        program.add_offset(100.0);
        program
    };
    // At 9: a = 5 gives 5 for 5, b = 2 gives 4 for 8; the crew row binds: 113. One more: b for a
    // (−1 + 4) gives one more: 3.
    on_all(&build(9.0), |answer| near(answer.value, 113.0));
    let more = solve(&build(9.5), &Settings::default()).value;
    let less = solve(&build(9.0), &Settings::default()).value;
    let price = solve(&build(9.25), &Settings::default()).duals[0];
    near((more - less) / 0.5, price);
    near(price, 3.0);
}

#[test]
fn offsets_fixed_columns_and_empty_rows_are_counted() {
    let mut program = Program::new();
    let fixed = program.column(3.0, 3.0, 10.0);
    let free = program.column(f64::NEG_INFINITY, INFINITY, 1.0);
    program.row(Sense::AtLeast, 5.0, [(fixed, 1.0), (free, 1.0)]);
    program.row(Sense::AtMost, 0.0, []);
    program.row(Sense::AtMost, 3.0, [(fixed, 1.0)]);
    program.row(Sense::AtMost, INFINITY, [(free, 1.0)]);
    program.add_offset(-7.0);
    on_all(&program, |answer| {
        near(answer.value, 25.0); // 30 + 2 − 7
        near(answer.columns[free.index()], 2.0);
    });

    let mut all_fixed = Program::new();
    let only = all_fixed.column(2.0, 2.0, -3.0);
    all_fixed.row(Sense::Equal, 4.0, [(only, 2.0)]);
    on_all(&all_fixed, |answer| near(answer.value, -6.0));
}

/// Demands of many weeks, each met by its own crew or carried over from the week before.
fn weeks() -> Program {
    let mut program = Program::new();
    let mut before = None;
    for week in 0..40 {
        let crew = program.column(0.0, 5.0, 3.0 + f64::from(week % 7));
        let kept = program.column(0.0, 9.0, 0.5);
        let mut entries = vec![(crew, 1.0), (kept, -1.0)];
        entries.extend(before.map(|kept| (kept, 1.0)));
        program.row(Sense::AtLeast, f64::from(week % 5), entries);
        before = Some(kept);
    }
    program
}

/// Asked in each iteration and once more before the next back end; the bound until then is one, and whoever is never
/// stopped gets the same numbers as whoever cannot be.
#[test]
fn a_stop_is_heard_in_each_iteration() {
    let program = weeks();
    let continuous = vec![Backend::Clarabel, Backend::Simplex];
    let settings = Settings { continuous, ..Settings::default() };
    let whole = solve(&program, &settings);
    let asked = Cell::new(0);
    let count = || {
        asked.set(asked.get() + 1);
        false
    };
    assert_eq!(solve_unless(&program, &settings, &count), whole);
    let all = asked.get();
    assert!(whole.is_optimal() && all > 4, "asked {all} times");
    for moment in 0..all {
        asked.set(0);
        let stop = || {
            asked.set(asked.get() + 1);
            asked.get() > moment
        };
        let answer = solve_unless(&program, &settings, &stop);
        let told = |backend| (backend, "was told to stop".to_owned());
        let (expected, times) = match moment {
            0 => (vec![told(Backend::Clarabel)], 1),
            _ => (vec![told(Backend::Clarabel), told(Backend::Simplex)], moment + 2),
        };
        assert_eq!((answer.status, answer.tried.clone()), (Status::Undecided, expected));
        assert_eq!(asked.get(), times);
        assert!(answer.safe_bound() <= whole.value + 1e-6);
    }
    asked.set(0);
    let after_one = || asked.replace(asked.get() + 1) > 0;
    let answer = solve_unless(&program, &Settings::only(Backend::Simplex), &after_one);
    let stopped = (Backend::Simplex, "stopped after 0 steps".to_owned());
    assert_eq!((answer.status, answer.tried), (Status::Undecided, vec![stopped]));
}

#[test]
fn without_rows_bounds_decide() {
    let mut program = Program::new();
    program.column(-1.0, 4.0, 2.0);
    program.column(-1.0, 4.0, -2.0);
    let answer = solve(&program, &Settings::default());
    assert_eq!((answer.status, answer.backend), (Status::Optimal, Some(Backend::Bounds)));
    near(answer.value, -10.0);
    near(answer.safe_bound(), -10.0);

    let empty = solve(&Program::new(), &Settings::default());
    assert_eq!((empty.status, empty.value), (Status::Optimal, 0.0));

    program.column(0.0, INFINITY, -1.0);
    assert_eq!(solve(&program, &Settings::default()).status, Status::Unbounded);
}

#[test]
fn a_program_without_an_end_is_never_solved() {
    // Clarabel stops here with a direction instead of a point, and good_lp calls that optimal.
    let mut program = Program::new();
    let x = program.column(0.0, INFINITY, -1.0);
    let y = program.column(0.0, INFINITY, -1.0);
    program.row(Sense::AtMost, 1.0, [(x, 1.0), (y, -1.0)]);
    for backend in back_ends() {
        let answer = solve(&program, &Settings::only(backend));
        assert_eq!(answer.status, Status::Unbounded, "{backend}: {:?}", answer.tried);
        assert!(answer.columns.is_empty() && answer.value.is_nan());
        assert_eq!(answer.safe_bound(), f64::NEG_INFINITY);
    }
}

#[test]
fn a_program_that_nothing_fits_is_recognised() {
    let mut program = Program::new();
    let x = program.column(0.0, 10.0, 1.0);
    let y = program.column(0.0, 10.0, 1.0);
    program.row(Sense::AtLeast, 15.0, [(x, 1.0), (y, 1.0)]);
    program.row(Sense::AtMost, 14.0, [(x, 1.0), (y, 1.0)]);
    for backend in back_ends() {
        let answer = solve(&program, &Settings::only(backend));
        assert_eq!(answer.status, Status::Infeasible, "{backend}: {:?}", answer.tried);
    }
    let mut crossed = Program::new();
    crossed.column(2.0, 1.0, 1.0);
    assert_eq!(solve(&crossed, &Settings::default()).status, Status::Infeasible);

    // Nothing fits *and* the cost has no end.
    let free = program.column(0.0, INFINITY, -1.0);
    program.row(Sense::AtLeast, 0.0, [(free, 1.0)]);
    assert_eq!(solve(&program, &Settings::default()).status, Status::Infeasible);
}

#[test]
fn numbers_that_are_none_are_refused() {
    let mut program = Program::new();
    let x = program.column(0.0, 1.0, f64::NAN);
    program.row(Sense::AtLeast, 1.0, [(x, 1.0)]);
    let answer = solve(&program, &Settings::default());
    assert_eq!(answer.status, Status::Undecided);
    assert_eq!(answer.safe_bound(), f64::NEG_INFINITY);
}

#[test]
fn many_equal_optima_do_not_confuse() {
    // An assignment of 6 tasks to 6 artists where every choice costs the same: highly degenerate.
    let mut program = Program::new();
    let mut cell = Vec::new();
    for _ in 0..36 {
        cell.push(program.column(0.0, 1.0, 7.0));
    }
    for i in 0..6 {
        program.row(Sense::Equal, 1.0, (0..6).map(|j| (cell[6 * i + j], 1.0)));
        program.row(Sense::Equal, 1.0, (0..6).map(|j| (cell[6 * j + i], 1.0)));
    }
    for backend in back_ends() {
        let answer = solve(&program, &Settings::only(backend));
        if backend == Backend::Microlp && answer.status == Status::Undecided {
            // It may go round in circles here, is stopped, and is named.
            assert_eq!(answer.tried[0].0, Backend::Microlp);
            continue;
        }
        near(answer.value, 42.0);
        assert!(answer.safe_bound() <= 42.0);
        near(answer.safe_bound(), 42.0);
    }
}

#[test]
fn whole_numbers_go_to_a_back_end_that_knows_them() {
    // Heads at 3 days each for 10 days of work: 4 heads, 3.33 without whole numbers.
    let mut program = Program::new();
    let heads = program.column(0.0, 10.0, 100.0);
    program.make_integer(heads);
    program.row(Sense::AtLeast, 10.0, [(heads, 3.0)]);
    let answer = solve(&program, &Settings::default());
    assert_eq!(answer.status, Status::Optimal, "{:?}", answer.tried);
    near(answer.value, 400.0);
    assert!(answer.safe_bound() <= 400.0 && answer.safe_bound() > 333.3);
    let refused = solve(&program, &Settings::only(Backend::Clarabel));
    assert_eq!(refused.status, Status::Undecided);
    assert!(refused.tried.iter().any(|(b, why)| *b == Backend::Clarabel && why.contains("whole")));
}

#[test]
fn a_back_end_that_gives_up_is_named() {
    let mut program = Program::new();
    let columns: Vec<_> = (0..20).map(|i| program.column(0.0, 9.0, f64::from(i % 7))).collect();
    for i in 0..19 {
        let factor = 1.0 + (i % 3) as f64;
        program.row(Sense::AtLeast, 4.0, [(columns[i], factor), (columns[i + 1], 1.0)]);
    }
    // Two iterations are not enough for Clarabel; microlp answers.
    let hurried = Settings { iterations: 2, ..Settings::default().middle_first() };
    let answer = solve(&program, &hurried);
    assert_eq!(answer.status, Status::Optimal);
    assert_ne!(answer.backend, Some(Backend::Clarabel));
    assert_eq!(answer.tried.first().map(|(backend, _)| *backend), Some(Backend::Clarabel));
    near(answer.value, solve(&program, &Settings::default()).value);
    // A limit on size keeps microlp out, and then nothing is known but what holds anyway.
    let tiny = Settings { microlp_size: 3, ..Settings::only(Backend::Microlp) };
    let refused = solve(&program, &tiny);
    assert_eq!((refused.status, refused.backend), (Status::Undecided, None));
    assert!(refused.tried[0].1.contains("more than 3"), "{:?}", refused.tried);
}

/// Two departments, three weeks: twelve days of animation, then twelve of comp, each shot's comp after
/// its animation. One animator (5 days a week), two compers (10). Comp that is not done by the end of
/// the second week costs 10 a day, and 10 more by the end of the third.
fn two_departments(animation: [f64; 3]) -> (Program, Vec<Row>, Vec<Row>) {
    let department = |index| DepartmentId::new(index);
    let mut program = Program::new();
    let ani: Vec<Column> = (0..3).map(|_| program.column(0.0, 12.0, 0.0)).collect();
    let cmp: Vec<Column> = (0..3).map(|_| program.column(0.0, 12.0, 0.0)).collect();
    let (mut of_ani, mut of_cmp) = (Vec::new(), Vec::new());
    for week in 0..3 {
        let mut work = |done: &[Column], pool: usize, days: f64| {
            let mut entries = vec![(done[week], 1.0)];
            if week > 0 {
                entries.push((done[week - 1], -1.0));
                program.row(Sense::AtLeast, 0.0, entries.clone());
            }
            let kind = RowKind::CrewFits { department: department(pool), week: week as u32 };
            program.row_of(kind, Sense::AtMost, days, entries)
        };
        of_ani.push(work(&ani, 0, animation[week]));
        of_cmp.push(work(&cmp, 1, 10.0));
        program.row(Sense::AtMost, 0.0, [(cmp[week], 1.0), (ani[week], -1.0)]);
    }
    for &cmp in &cmp[1..3] {
        let late = program.column(0.0, 12.0, 10.0);
        program.row(Sense::AtLeast, 12.0, [(late, 1.0), (cmp, 1.0)]);
    }
    (program, of_ani, of_cmp)
}

#[test]
fn an_artist_week_has_the_price_that_the_hand_finds() {
    let (program, of_ani, of_cmp) = two_departments([5.0, 5.0, 5.0]);
    on_all(&program, |answer| {
        // Ten days are animated after two weeks: two days of comp are late once.
        near(answer.value, 20.0);
        // A day more of animation in either of the first two weeks is a day of comp in time; the third
        // week has time to spare, and so have the compers.
        for (row, price) in of_ani.iter().zip([-10.0, -10.0, 0.0]) {
            near(answer.duals[row.index()], price);
        }
        for row in &of_cmp {
            near(answer.duals[row.index()], 0.0);
        }
    });
    // The dual holds for the two days that are missing and no further: a whole artist-week saves 20
    // instead of 50. One less costs the five days, and two more days that are late twice.
    for (animation, value) in
        [([5.0, 7.0, 5.0], 0.0), ([5.0, 10.0, 5.0], 0.0), ([5.0, 0.0, 5.0], 90.0)]
    {
        on_all(&two_departments(animation).0, |answer| near(answer.value, value));
    }
}

#[test]
fn prices_are_asked_by_kind() {
    let mut program = Program::new();
    let x = program.column(0.0, 9.0, 5.0);
    program.row_of(RowKind::WorkDone { group: 4 }, Sense::AtLeast, 2.0, [(x, 1.0)]);
    program.row(Sense::AtMost, 8.0, [(x, 1.0)]);
    let answer = solve(&program, &Settings::default());
    let of_work: Vec<f64> = answer
        .prices(&program)
        .filter(|(kind, _)| matches!(kind, RowKind::WorkDone { group: 4 }))
        .map(|(_, price)| price)
        .collect();
    assert_eq!(of_work.len(), 1);
    near(of_work[0], 5.0);
}

#[test]
fn entries_of_one_column_are_added_up() {
    let mut program = Program::new();
    let x = program.column(0.0, 9.0, 1.0);
    let y = program.column(0.0, 9.0, 1.0);
    let row = program.row(Sense::AtLeast, 6.0, [(y, 1.0), (x, 1.0), (x, 2.0), (y, -1.0)]);
    assert_eq!(program.row_entries(row), &[(x, 3.0)]);
    near(solve(&program, &Settings::default()).value, 2.0);
}

struct Words;
impl Names for Words {
    fn row(&self, _: RowKind) -> String {
        "crew fits CMP, week 3".to_owned()
    }
    fn column(&self, _: ColumnKind) -> String {
        "work on 080 (CMP)".to_owned()
    }
}

#[test]
fn the_text_of_a_program() {
    let mut program = Program::new();
    let x = program.column(0.0, INFINITY, 2.5);
    let y = program.column(f64::NEG_INFINITY, 4.0, -1.0);
    let z = program.column(f64::NEG_INFINITY, INFINITY, 0.0);
    program.make_integer(y);
    program.row(Sense::AtLeast, -1.0, [(x, 1.0), (y, -2.0)]);
    program.row(Sense::Equal, 0.0, [(z, 1.0), (x, 0.5)]);
    program.add_offset(12.0);
    let mut text = String::new();
    program.write_lp(&Words, &mut text).expect("a string takes all");
    assert_eq!(
        text,
        "Minimize\n cost: + 2.5 x0_work_on_080_CMP - x1_work_on_080_CMP + 12\n\
         Subject To\n r0_crew_fits_CMP_week_3: + x0_work_on_080_CMP - 2 x1_work_on_080_CMP >= -1\n \
         r1_crew_fits_CMP_week_3: + 0.5 x0_work_on_080_CMP + x2_work_on_080_CMP = 0\n\
         Bounds\n x0_work_on_080_CMP >= 0\n -inf <= x1_work_on_080_CMP <= 4\n \
         x2_work_on_080_CMP free\nGeneral\n x1_work_on_080_CMP\nEnd\n"
    );
    let mut numbers = String::new();
    program.write_lp(&Numbers, &mut numbers).expect("a string takes all");
    assert!(numbers.contains("x1_Plain"));
}

/// A program whose optimum is known: values and prices are drawn first, and right-hand sides and
/// costs are chosen so that they satisfy primal, dual and complementary slackness.
#[derive(Clone, Debug)]
struct Drawn {
    program: Program,
    value: f64,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    (1_usize..9, 1_usize..9).prop_flat_map(|(columns, rows)| {
        let column = (0_u8..3, 1_i32..20, 0_i32..10);
        let row = (0_u8..3, any::<bool>(), 1_i32..9, 1_i32..9);
        let factors = prop::collection::vec(-4_i32..5, columns * rows);
        (prop::collection::vec(column, columns), prop::collection::vec(row, rows), factors)
            .prop_map(move |(columns_drawn, rows_drawn, factors)| {
                build(&columns_drawn, &rows_drawn, &factors)
            })
    })
}

fn build(columns: &[(u8, i32, i32)], rows: &[(u8, bool, i32, i32)], factors: &[i32]) -> Drawn {
    let n = columns.len();
    // x at its lower bound (0), upper bound, or between.
    let x: Vec<f64> = columns
        .iter()
        .map(|&(place, upper, _)| match place {
            0 => 0.0,
            1 => f64::from(upper),
            _ => f64::from(upper) / 2.0,
        })
        .collect();
    // Binding rows have a price of the right sign, the others none and some slack.
    let price = |&(sense, binds, price, _): &(u8, bool, i32, i32)| match (sense, binds) {
        (_, false) if sense != 2 => 0.0,
        (0, _) => -f64::from(price),
        (1, _) => f64::from(price),
        (_, up) => f64::from(if up { price } else { -price }),
    };
    let prices: Vec<f64> = rows.iter().map(price).collect();
    let mut program = Program::new();
    let mut ids = Vec::new();
    for (j, &(place, upper, reduced)) in columns.iter().enumerate() {
        // Reduced cost: ≥ 0 at the lower bound, ≤ 0 at the upper one, 0 between.
        let reduced = match place {
            0 => f64::from(reduced),
            1 => -f64::from(reduced),
            _ => 0.0,
        };
        let priced: f64 = (0..rows.len()).map(|i| prices[i] * f64::from(factors[i * n + j])).sum();
        ids.push(program.column(0.0, f64::from(upper), reduced + priced));
    }
    for (i, &(sense, binds, _, slack)) in rows.iter().enumerate() {
        let entries: Vec<_> = (0..n).map(|j| (ids[j], f64::from(factors[i * n + j]))).collect();
        let activity: f64 = entries.iter().zip(&x).map(|((_, factor), x)| factor * x).sum();
        let slack = if binds { 0.0 } else { f64::from(slack) };
        match sense {
            0 => program.row(Sense::AtMost, activity + slack, entries),
            1 => program.row(Sense::AtLeast, activity - slack, entries),
            _ => program.row(Sense::Equal, activity, entries),
        };
    }
    let value = program.value(&x);
    Drawn { program, value }
}

/// Whether an answer to a program with a known optimum is that one, and its bound a bound.
fn is_right(drawn: &Drawn, answer: &Answer) -> Result<(), TestCaseError> {
    prop_assert_eq!(answer.status, Status::Optimal, "{:?}", answer.tried);
    let scale = 1.0 + drawn.value.abs();
    let (found, bound) = (answer.value, answer.safe_bound());
    prop_assert!((found - drawn.value).abs() <= 1e-5 * scale, "{:?}: {found}", answer.backend);
    prop_assert!(bound <= drawn.value, "{:?}: bound {bound}", answer.backend);
    prop_assert!(bound >= drawn.value - 1e-5 * scale, "{:?}: bound {bound}", answer.backend);
    Ok(())
}

/// An interior point may end a hair too far from the optimum, is not accepted then, and the next back end answers.
static FELL_SHORT: AtomicUsize = AtomicUsize::new(0);
const FEW: usize = 3;

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..Default::default() })]

    #[test]
    fn known_optima_are_found_by_interior_point(drawn in drawn()) {
        let answer = solve(&drawn.program, &Settings::default().middle_first());
        if answer.backend != Some(Backend::Clarabel) {
            let is_rare = FELL_SHORT.fetch_add(1, Ordering::Relaxed) < FEW;
            prop_assert!(is_rare, "it falls short often: {:?}", answer.tried);
        }
        is_right(&drawn, &answer)?;
        if cfg!(feature = "highs") {
            is_right(&drawn, &solve(&drawn.program, &Settings::only(Backend::Highs)))?;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..Default::default() })]

    /// microlp may go round in circles and be stopped; it must never be wrong.
    #[test]
    fn known_optima_are_found_by_small_simplex(drawn in drawn()) {
        let answer = solve(&drawn.program, &Settings::only(Backend::Microlp));
        if answer.status != Status::Undecided {
            is_right(&drawn, &answer)?;
        }
    }
}
