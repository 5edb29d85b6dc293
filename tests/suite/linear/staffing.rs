//! The staffing program: every verified plan is a point of it at no more than the plan's value, so
//! that its optimum is a bound on all plans.

use crate::pools::pool;
use crate::properties::{anything, anything_with_pools};
use crate::support::planning::{Show, planned_in};
use shotplan::formulate::Problem;
use shotplan::formulate::program::{Names, Program, Sense};
use shotplan::formulate::staffing::{
    Grid, Kind, Outline, Staffing, most_columns, staffing, staffing_within,
};
use shotplan::generate::{Archetype, Recipe, Tightness, production};
use shotplan::model::*;
use shotplan::solve::bounds::heads;
use shotplan::solve::linear::{Backend, Settings, solve};
use shotplan::solve::{StaffingQuestion, known, prices, staffed, staffed_finer};
use std::collections::BTreeMap;

/// The first row or bound that `values` break, by more than rounding.
fn broken(staffing: &Staffing, production: &Production, values: &[f64]) -> Option<String> {
    let program = &staffing.program;
    let names = staffing.names(production);
    let row = program.row_ids().find_map(|row| {
        let (found, (sense, rhs)) = (program.activity(row, values), program.side(row));
        let violation = match sense {
            Sense::AtMost => found - rhs,
            Sense::AtLeast => rhs - found,
            Sense::Equal => (found - rhs).abs(),
        };
        let name = names.row(program.row_kind(row));
        (violation > 1e-6 * (1.0 + rhs.abs())).then(|| format!("{name}: {found} {sense:?} {rhs}"))
    });
    row.or_else(|| {
        program.column_ids().find_map(|column| {
            let (value, (lower, upper)) = (values[column.index()], program.bounds(column));
            let margin = 1e-6 * (1.0 + value.abs());
            let name = names.column(program.column_kind(column));
            (value < lower - margin || value > upper + margin)
                .then(|| format!("{name}: {value} outside {lower} to {upper}"))
        })
    })
}

/// What `values` cost, by the first word of what a column decides.
fn costs(program: &Program, values: &[f64]) -> BTreeMap<String, f64> {
    let mut costs = BTreeMap::from([("certain".to_owned(), program.offset())]);
    for column in program.column_ids() {
        let kind = format!("{:?}", program.column_kind(column));
        let word = kind.split(' ').next().unwrap_or_default().to_owned();
        *costs.entry(word).or_default() += program.cost(column) * values[column.index()];
    }
    costs
}

/// Whether the program is solved too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Solve {
    No,
    /// Large programs leave gaps that are refused now and then; what was solved must be right.
    IfPrecise,
    Yes,
}

/// Plans, and finds the plan in the program; gives the part of the plan's value that is proven.
pub(super) fn relaxes(production: &Production, mode: Mode, steps: u64, how: Solve) -> f64 {
    let mut production = production.clone();
    production.settings.mode = mode;
    let solved = planned_in(&production, mode, steps);
    let timeline = production.timeline();
    let lanes = availability::lanes(&production, &timeline);
    let known = known(&solved.problem, &solved.heads);
    let program = staffing(&production, &timeline, &lanes, &known, mode, Kind::Bound);
    let plan = solved.objective.total(&Weights::default().multipliers(mode)).0 as f64;
    let is_a_point = |program: &Staffing| {
        let image = program.image(&production, &timeline, &lanes, &solved.plan);
        if let Some(broken) = broken(program, &production, &image) {
            panic!("the plan breaks {broken}");
        }
        let value = program.program.value(&image);
        assert!(
            value <= plan + 5.0 + 1e-9 * plan.abs(),
            "{value} is more than {plan}: {:?} against {:?}",
            costs(&program.program, &image),
            solved.objective
        );
        value
    };
    let value = is_a_point(&program);
    if program.batch > 1 {
        let most = 3 * most_columns(Kind::Bound);
        let kind = (mode, Kind::Bound);
        is_a_point(&staffing_within(&production, &timeline, &lanes, &known, kind, most));
    }
    if how != Solve::No {
        let answer = solve(&program.program, &Settings::default());
        assert!(answer.is_optimal() || how == Solve::IfPrecise, "{:?}", answer.tried);
        if answer.is_optimal() {
            assert!(answer.value <= value * (1.0 + 1e-6) + 1.0, "{} above {value}", answer.value);
            assert!(program.bound(answer.safe_bound()).0 as f64 <= answer.value + 1.0);
        }
    }
    solved.lower_bound.0 as f64 / plan.max(1.0)
}

pub(super) const MODES: [Mode; 4] =
    [Mode::Balanced, Mode::Deliver, Mode::Cheapest, Mode::NoOvertime];

#[test]
fn every_plan_is_a_point_of_the_program() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 4_000 } else { 300 };
    for seed in 0..seeds {
        println!("seed {seed}");
        let how = if seed % 10 == 0 { Solve::Yes } else { Solve::No };
        relaxes(&anything(seed), MODES[seed as usize % 4], 12, how);
    }
}

#[test]
fn a_finer_look_proves_more() {
    let show = production(&Recipe {
        archetype: Archetype::Commercial,
        seed: 1,
        tightness: Tightness::Overloaded,
        as_of_percent: 0,
        dirt: false,
    });
    let mode = Mode::Balanced;
    let solved = planned_in(&show, mode, 50);
    let question = StaffingQuestion {
        production: &show,
        problem: &solved.problem,
        heads: &solved.heads,
        mode,
        seconds: f64::INFINITY,
        stop: &|| false,
    };
    let coarse = staffed(&question);
    let finer = |than| staffed_finer(&question, than);
    let fine = finer(&coarse).expect("shots that were put together");
    assert!(coarse.bound > Cents::ZERO && fine.bound > coarse.bound);
    let value = solved.objective.total(&show.settings.multipliers());
    assert!(fine.bound <= solved.lower_bound && solved.lower_bound <= value);
    // Every shot has columns of its own.
    assert!(finer(&fine).is_none());
}

#[test]
fn every_plan_with_pools_is_a_point_of_the_program() {
    for seed in 0..150 {
        println!("seed {seed}");
        let how = if seed % 10 == 0 { Solve::Yes } else { Solve::No };
        relaxes(&anything_with_pools(seed), MODES[seed as usize % 4], 12, how);
    }
}

#[test]
fn more_of_a_pool_never_raises_the_bound() {
    for seed in 0..24 {
        let mut production = anything_with_pools(seed);
        let bound = |production: &Production| {
            let mode = production.settings.mode;
            let problem = Problem::new(production, mode);
            let known = known(&problem, &heads(&problem));
            let timeline = production.timeline();
            let lanes = availability::lanes(production, &timeline);
            let weekly = staffing(production, &timeline, &lanes, &known, mode, Kind::Bound);
            weekly.bound(solve(&weekly.program, &Settings::default()).safe_bound())
        };
        let before = bound(&production);
        for pool in production.pools.iter_mut() {
            let unit = pool.kind.unit();
            pool.change_capacity(jiff::civil::date(2027, 1, 4), None, unit);
        }
        let after = bound(&production);
        assert!(after.0 <= before.0 + 2, "seed {seed}: {before:?} became {after:?}");
    }
}

/// One day of work that takes a licence of which there are none, rented at 20.00 a day.
fn one_rented_day() -> Production {
    let mut show = Show::new(&["FX"]);
    let ada = show.artist("ada", 0);
    show.production.people[ada].overtime_allowed = false;
    let shot = show.shot("a", 60);
    show.task(shot, 0, 4);
    let mut licence = pool("houdini", PoolKind::Licence, 0);
    licence.departments = vec![(DepartmentId::new(0), 1)];
    licence.hard = false;
    licence.overflow_price = Some(FinePrice(2_000_000));
    show.production.pools.push(licence);
    show.production
}

#[test]
fn rent_of_a_pool_counts_at_its_weight() {
    let technology = Weights::names().find(|(_, name)| *name == "technology").expect("it is one").0;
    // Twice in mode `cheapest`; a weight of the house multiplies that.
    for (mode, points, times) in [
        (Mode::Balanced, 10_000, 1.0),
        (Mode::Cheapest, 10_000, 2.0),
        (Mode::Balanced, 5_000, 0.5),
        (Mode::Balanced, 30_000, 3.0),
        (Mode::Cheapest, 30_000, 6.0),
        (Mode::Balanced, 0, 0.0),
    ] {
        let mut production = one_rented_day();
        production.settings.mode = mode;
        production.settings.weights.set(technology, points);
        let solved = planned_in(&production, mode, 20);
        assert_eq!(solved.objective.technology, Cents(2_000));
        let timeline = production.timeline();
        let lanes = availability::lanes(&production, &timeline);
        let known = known(&solved.problem, &solved.heads);
        for kind in [Kind::Bound, Kind::Estimate] {
            let program = staffing(&production, &timeline, &lanes, &known, mode, kind);
            let answer = solve(&program.program, &Settings::default());
            assert!(answer.is_optimal(), "{:?}", answer.tried);
            // Half a unit less for rounding at most.
            let rent = 2_000.0 * times;
            assert!((answer.value - rent).abs() <= 1.0 * times + 1e-2, "{} {rent}", answer.value);
        }
    }
}

#[test]
fn plans_of_generated_shows_are_points_of_the_program() {
    let is_slow = std::env::var_os("SHOTPLAN_SLOW").is_some();
    let large = [(Archetype::Feature, 0), (Archetype::Studio, 0)];
    let large = if is_slow { &large[..] } else { &[] };
    for (seed, tightness) in
        [(1, Tightness::Tight), (2, Tightness::Overloaded), (3, Tightness::Relaxed)]
    {
        let small = [(Archetype::Commercial, 100), (Archetype::Episodic, 0)];
        for &(archetype, steps) in small.iter().chain(large) {
            let recipe = Recipe { archetype, seed, tightness, as_of_percent: 35, dirt: false };
            let proven =
                relaxes(&production(&recipe), MODES[seed as usize], steps, Solve::IfPrecise);
            println!("{archetype:?} {seed} {tightness:?}: {:.1} % proven", 100.0 * proven);
        }
    }
}

/// Days on milestones are asked of several at once; each by itself has the same price, of the same program with the
/// shots together that are together now. Where the new dates would put no others together, the program built
/// anew is that one, row by row; where each shot is by itself, it has the same value; and else it says no
/// more than the one that tells all shots apart.
#[test]
fn a_day_on_a_milestone_is_worth_what_its_own_programs_say() {
    let (mut priced, mut worthless, mut same, mut alone, mut others) = (0, 0, 0, 0, 0);
    let is_slow = std::env::var_os("SHOTPLAN_SLOW").is_some();
    let shows = [
        (2, Tightness::Tight, 65),
        (3, Tightness::Overloaded, 35),
        (1, Tightness::Tight, 35),
        (3, Tightness::Overloaded, 80),
    ];
    for &(seed, tightness, as_of_percent) in &shows[..if is_slow { 4 } else { 2 }] {
        let recipe = Recipe {
            archetype: Archetype::Commercial,
            seed,
            tightness,
            as_of_percent,
            dirt: false,
        };
        let production = production(&recipe);
        let mode = Mode::Balanced;
        let problem = Problem::new(&production, mode);
        let known = known(&problem, &heads(&problem));
        let timeline = production.timeline();
        let lanes = availability::lanes(&production, &timeline);
        let negligible = production.mean_day_cost().0 as f64 * 1e-4;
        let settings = Settings { negligible, ..Settings::default() };
        let value = |program: &Program| {
            let answer = solve(program, &settings);
            assert!(answer.is_optimal(), "{:?}", answer.tried);
            answer.value
        };
        let outline = |kind| Outline::new(&production, &timeline, &lanes, &known, mode, kind);
        let (outline, bounds) = (outline(Kind::Estimate), outline(Kind::Bound));
        let weekly = outline.staffing();
        let (now, least) = (value(&weekly.program), production.mean_day_cost().0 as f64 / 100.0);
        let margin = least / 10.0 + 1e-5 * now.abs();
        let found = prices(&production, mode, 100).expect("solved");
        assert_eq!(found.together, weekly.batch);
        let mut regrouped = 0;
        for (id, row) in production.milestones.enumerate() {
            let calendar = &production.calendars[production.shows[row.show].calendar];
            let mut moved = |step: i64| {
                let mut day = row.date.saturating_add(jiff::Span::new().days(step));
                while !calendar.is_worked(day) {
                    day = day.saturating_add(jiff::Span::new().days(step));
                }
                let mut changed = production.clone();
                changed.milestones[id].date = day;
                let anew = staffing(&changed, &timeline, &lanes, &known, mode, Kind::Estimate);
                let kept = outline.program_with_dates(&[(id, day)]);
                let worth = value(&kept);
                if anew.units().eq(weekly.units()) {
                    assert!(anew.program == kept, "{id:?} {step}");
                    same += 1;
                } else if weekly.batch == 1 {
                    let own = value(&anew.program);
                    assert!((own - worth).abs() <= margin, "{id:?} {step}: {own} {worth}");
                    alone += 1;
                } else if regrouped < 3 {
                    let kept = value(&bounds.program_with_dates(&[(id, day)]));
                    let fine = (mode, Kind::Bound);
                    let fine = staffing_within(&changed, &timeline, &lanes, &known, fine, 6_000);
                    assert_eq!((fine.batch, fine.grid), (1, Grid::Weeks));
                    let fine = value(&fine.program);
                    assert!(kept <= fine + margin, "{id:?} {step}: {kept} {fine}");
                    others += i32::from(kept > margin);
                    regrouped += 1;
                }
                worth
            };
            let (later, earlier) = (now - moved(1), moved(-1) - now);
            assert!(later.min(earlier) >= -margin, "{id:?}: {later} {earlier}");
            let (later, earlier) = (later.max(0.0), earlier.max(0.0));
            match found.milestones.iter().find(|price| price.milestone == id) {
                Some(price) => {
                    priced += 1;
                    assert!((price.later - later).abs() <= margin, "{price:?} {later} {earlier}");
                    assert!(
                        (price.earlier - earlier).abs() <= margin,
                        "{price:?} {later} {earlier}"
                    );
                }
                None => {
                    worthless += 1;
                    assert!(later.max(earlier) <= least + margin, "{id:?}: {later} {earlier}");
                }
            }
        }
    }
    let all = [priced, worthless, same, alone, others];
    println!("{all:?}");
    assert!(all.iter().all(|count| *count > 0), "{all:?}");
}

#[test]
fn back_ends_agree_on_the_program() {
    for (archetype, seed) in [(Archetype::Commercial, 1), (Archetype::Episodic, 2)] {
        let tightness = Tightness::Overloaded;
        let recipe = Recipe { archetype, seed, tightness, as_of_percent: 35, dirt: false };
        let production = production(&recipe);
        let mode = Mode::Balanced;
        let problem = Problem::new(&production, mode);
        let known = known(&problem, &heads(&problem));
        let timeline = production.timeline();
        let lanes = availability::lanes(&production, &timeline);
        for kind in [Kind::Bound, Kind::Estimate] {
            let program = staffing(&production, &timeline, &lanes, &known, mode, kind);
            let mut values = Vec::new();
            // microlp is for small programs.
            for backend in super::back_ends().into_iter().filter(|one| *one != Backend::Microlp) {
                let answer = solve(&program.program, &Settings::only(backend));
                assert!(answer.is_optimal(), "{backend} {kind:?}: {:?}", answer.tried);
                assert!(answer.duality_gap <= 1e-6 && answer.primal_residual <= 1e-6);
                assert!(answer.safe_bound() <= answer.value + 1.0);
                values.push(answer.value);
            }
            for value in &values {
                let scale = 1.0 + values[0].abs();
                assert!((value - values[0]).abs() <= 1e-6 * scale, "{archetype:?}: {values:?}");
            }
        }
    }
}
