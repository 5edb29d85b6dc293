//! Shows whose best finish is known by construction: a full block of crew × days, cut into tasks.

use crate::support::planning::{Show, planned};
use rand::{RngExt, SeedableRng};
use shotplan::generate::{Archetype, Recipe, Tightness, production};
use shotplan::model::*;
use shotplan::solve::bounds;

/// `artists` artists are busy for exactly `days` days; nothing can end sooner.
fn full_block(artists: usize, days: i64, seed: u64) -> Show {
    let mut random = rand_pcg::Pcg64Mcg::seed_from_u64(seed);
    let mut show = Show::new(&["CMP"]);
    for artist in 0..artists {
        show.artist(&format!("artist {artist}"), 0);
        let mut left = days * 4;
        while left > 0 {
            let slots = random.random_range(1..=16).min(left);
            let shot = show.shot(&format!("{artist}_{left}"), 3 + days * 7 / 5);
            show.task(shot, 0, slots);
            left -= slots;
        }
    }
    let milestone = Milestone {
        code: "final".into(),
        name: "Final delivery".into(),
        show: show.show,
        kind: MilestoneKind::Final,
        date: jiff::civil::date(2027, 12, 1),
        hard: false,
        penalty_per_day: None,
        contents: vec![Entity::Show(show.show)],
        source: Source::default(),
    };
    show.production.milestones.push(milestone);
    for person in show.production.people.iter_mut() {
        person.overtime_allowed = false;
    }
    show
}

#[test]
fn the_load_bound_is_the_known_end_of_a_full_block() {
    // 4 artists × 20 days: four full weeks from Monday 4 January end on Friday 29 January.
    let show = full_block(4, 20, 1);
    let solved = planned(&show.production, 400);
    let timeline = show.production.timeline();
    let earliest = solved.earliest.milestones[0].expect("all work has a place");
    assert_eq!(timeline.finish_date(earliest), jiff::civil::date(2027, 1, 29));
    let end = solved.plan.assignments.iter().map(Assignment::end).max().expect("work");
    let finish = timeline.finish_date(end);
    assert!(finish >= jiff::civil::date(2027, 1, 29), "better than possible: {finish}");
    assert!(finish <= jiff::civil::date(2027, 2, 2), "far from the known optimum: {finish}");
}

#[test]
fn no_plan_of_a_full_block_is_better_than_possible() {
    for seed in 0..8 {
        let show = full_block(3, 10, seed);
        let solved = planned(&show.production, 100);
        let end = solved.plan.assignments.iter().map(Assignment::end).max().expect("work");
        let finish = show.production.timeline().finish_date(end);
        assert!(finish >= jiff::civil::date(2027, 1, 15), "seed {seed}: {finish}");
    }
}

#[test]
fn overtime_left_by_the_rules_lowers_the_bound() {
    // The same block: 40 hours a week may become 48, so 20 days of work can be done in 17.
    let mut show = full_block(4, 20, 1);
    let plain = planned(&show.production, 50).earliest.milestones[0];
    for person in show.production.people.iter_mut() {
        person.overtime_allowed = true;
    }
    let with_overtime = planned(&show.production, 50).earliest.milestones[0];
    let date = |slot: Option<Slot>| show.production.timeline().finish_date(slot.expect("placed"));
    assert_eq!(date(plain), jiff::civil::date(2027, 1, 29));
    // 4 artists × 80 slots of 120 minutes = 38,400; three weeks of 48 h × 4 = 34,560, and the
    // fourth week's first days do the rest.
    assert!(date(with_overtime) >= jiff::civil::date(2027, 1, 25));
    assert!(date(with_overtime) < date(plain));
}

/// So many sequences of one shot of two days each, long before it is due.
fn short_sequences(artists: usize, sequences: usize) -> Show {
    let mut show = Show::new(&["CMP"]);
    for artist in 0..artists {
        show.artist(&format!("artist {artist}"), 0);
    }
    for number in 0..sequences {
        if number > 0 {
            let row = Sequence::new(&format!("sq{number}"), show.show);
            show.sequence = show.production.sequences.push(row);
        }
        let shot = show.shot(&format!("shot {number}"), 60);
        show.task(shot, 0, 8);
    }
    show
}

#[test]
fn few_people_change_sequence_as_often_as_they_must() {
    for (artists, sequences, changes) in [(1, 3, 2), (2, 3, 1), (3, 3, 0), (2, 7, 5)] {
        let show = short_sequences(artists, sequences);
        let solved = planned(&show.production, 64);
        let certain = bounds::changes(&solved.problem, &solved.heads, 10_000);
        let price = solved.problem.artist_day * changes / 10;
        assert!((price - 2..=price).contains(&certain.0), "{artists} on {sequences}: {certain:?}");
        assert!(solved.objective.switches.0 >= price);
        // With the price of unplaced work given to another bound, there is less for the changes.
        assert!(bounds::changes(&solved.problem, &solved.heads, 0) <= certain);
    }
}

#[test]
fn work_without_a_sequence_hides_a_change() {
    let mut show = short_sequences(1, 3);
    let whole = Entity::Show(show.show);
    let mut task = Task::new("pipeline", whole, DepartmentId::new(0), 4 * 102);
    task.review = 0;
    show.production.tasks.push(task);
    let solved = planned(&show.production, 64);
    let certain = bounds::changes(&solved.problem, &solved.heads, 10_000);
    let price = solved.problem.artist_day / 10;
    assert!((price - 2..=price).contains(&certain.0), "{certain:?}");
    assert!(certain <= solved.objective.switches);
}

#[test]
fn every_bound_is_below_the_plans_of_generated_shows() {
    for (archetype, tightness) in [
        (Archetype::Commercial, Tightness::Relaxed),
        (Archetype::Commercial, Tightness::Tight),
        (Archetype::Commercial, Tightness::Overloaded),
        (Archetype::Episodic, Tightness::Tight),
    ] {
        for as_of_percent in [0, 35] {
            let recipe = Recipe { archetype, seed: 7, tightness, as_of_percent, dirt: false };
            let solved = planned(&production(&recipe), 2_000);
            let value = solved.objective.total(&Weights::default().multipliers(Mode::Balanced));
            for (name, bound) in &solved.bounds {
                assert!(*bound <= value, "{recipe:?}: {name} {bound:?} above {value:?}");
            }
        }
    }
}

/// The first plan of a tight show keeps its hard dates, or nearly so; the search keeps all.
#[test]
fn hard_dates_that_can_hold_are_kept() {
    let archetype = Archetype::Episodic;
    for seed in 1..=3 {
        let tightness = Tightness::Tight;
        let recipe = Recipe { archetype, seed, tightness, as_of_percent: 0, dirt: false };
        let production = production(&recipe);
        let broken = |steps| planned(&production, steps).objective.broken_rules;
        assert!(broken(0) <= Cents(5_000 * production.mean_day_cost().0), "seed {seed}");
        assert_eq!(broken(4_000), Cents::ZERO, "seed {seed}");
    }
}
