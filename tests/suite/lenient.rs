//! Passes with changes that cost something: nothing is later for them, and they end where strict ones do not come.

use shotplan::formulate::Problem;
use shotplan::generate::{self, Archetype, Recipe, Tightness};
use shotplan::model::*;
use shotplan::solve::engine::evaluate::Evaluator;
use shotplan::solve::engine::lenient::{Leniency, leniently};
use shotplan::solve::engine::place::Taste;
use shotplan::solve::engine::priorities;
use shotplan::solve::engine::trial::{Incumbent, Order, Trial};
use shotplan::solve::engine::unhurried::unhurry;

/// A plan of a generated show that strict passes have nothing more to save in.
fn passed(recipe: &Recipe) -> (Problem, Incumbent) {
    let (show, _) = generate::production_with_report(recipe);
    let problem = Problem::new(&show, Mode::Balanced);
    let lengths = priorities::usual_lengths(&problem);
    let urgency = priorities::urgency(&problem, &lengths, false);
    let keys = priorities::latest_start(&problem, &lengths, &urgency);
    let mut trial = Trial::new(&problem);
    let order = Order { keys, taste: Taste::BALANCED };
    trial.run(&problem, &urgency, &order, &|| false).expect("it was not stopped");
    let mut best = trial.incumbent();
    while unhurry(&problem, &mut best, true, &mut || false) {}
    (problem, best)
}

fn recipe(archetype: Archetype, seed: u64) -> Recipe {
    let tightness = if seed.is_multiple_of(2) { Tightness::Overloaded } else { Tightness::Tight };
    Recipe { archetype, seed, tightness, as_of_percent: 0, dirt: false }
}

/// Whatever changes may cost, no date is missed by more than before; and as they may cost less and less, less is paid
/// in the end than where none may cost anything.
#[test]
fn what_may_cost_something_at_first_saves_more_at_last() {
    let (mut strict, mut lenient, mut paid) = (0.0, 0.0, 0);
    for (archetype, seed) in
        (1..=4).map(|seed| (Archetype::Commercial, seed)).chain([(Archetype::Episodic, 1)])
    {
        let (problem, first) = passed(&recipe(archetype, seed));
        let mut best = first.value;
        let (mut evaluator, mut schedule, mut before) =
            (Evaluator::default(), first.schedule.clone(), first.objective);
        for number in 0..16 {
            let heat = 0.3 * problem.artist_day as f64 * 0.8_f64.powi(number);
            let leniency = Leniency::new(heat, seed, number as u64);
            let (next, is_whole) = leniently(&problem, &schedule, leniency, &mut || false);
            assert!(is_whole);
            let after = evaluator.evaluate(&problem, &next);
            assert!(after.milestone_lateness <= before.milestone_lateness, "{archetype:?} {seed}");
            assert!(after.shot_lateness <= before.shot_lateness, "{archetype:?} {seed}");
            assert!(after.broken_rules <= before.broken_rules, "{archetype:?} {seed}");
            assert_eq!(after.unscheduled, before.unscheduled, "{archetype:?} {seed}");
            let value = after.total(&problem.multipliers);
            paid += usize::from(value > before.total(&problem.multipliers));
            best = best.min(value);
            (schedule, before) = (next, after);
        }
        strict += 1.0;
        lenient += best.0 as f64 / first.value.0 as f64;
    }
    assert!(paid > 0, "no pass made a plan dearer");
    assert!(lenient < 0.97 * strict, "{lenient} of {strict}");
}

/// The same stream of draws gives the same plan, another one another.
#[test]
fn draws_decide() {
    let (problem, first) = passed(&recipe(Archetype::Commercial, 1));
    let heat = 0.3 * problem.artist_day as f64;
    let pass = |seed, number| {
        let leniency = Leniency::new(heat, seed, number);
        leniently(&problem, &first.schedule, leniency, &mut || false).0.start
    };
    assert_eq!(pass(1, 0), pass(1, 0));
    assert_ne!(pass(1, 0), pass(2, 0));
    assert_ne!(pass(1, 0), pass(1, 1));
}

/// Draws have the mean that was asked for; without leniency there are none.
#[test]
fn draws_have_their_mean() {
    let mut some = Leniency::new(10_000.0, 7, 0);
    let sum: i64 = (0..20_000).map(|_| some.draw()).sum();
    assert!((9_700..10_300).contains(&(sum / 20_000)), "{}", sum / 20_000);
    assert_eq!(Leniency::none().draw(), 0);
}

/// One artist of so many is asked; everybody is where every change has to save something.
#[test]
fn one_of_so_many_is_asked() {
    let mut some = Leniency::new(10_000.0, 7, 0);
    let asked = (0..12_000).filter(|_| some.asks(12)).count();
    assert!((880..1_120).contains(&asked), "{asked}");
    assert!((0..100).all(|_| Leniency::none().asks(12)));
}
