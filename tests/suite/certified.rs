//! Shows whose best finish is known by construction: a full block of crew × days, cut into tasks.

use crate::support::planning::{Show, planned};
use rand::{RngExt, SeedableRng};
use shotplan::model::*;

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
