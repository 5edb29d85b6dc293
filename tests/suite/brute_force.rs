//! Tiny shows, solved by trying every order and every artist: bound ≤ exact ≤ engine.

use crate::support::permutations;
use crate::support::planning::{Show, planned};
use rand::{RngExt, SeedableRng};
use shotplan::compare::{Options, date_for};
use shotplan::model::*;
use shotplan::solve::Limit;
use shotplan::verify;

/// A show of up to five tasks for two artists of unequal speed.
fn tiny(seed: u64) -> Show {
    tiny_of(seed, 5)
}

/// The same with another number of tasks at most.
fn tiny_of(seed: u64, most: usize) -> Show {
    let mut random = rand_pcg::Pcg64Mcg::seed_from_u64(seed);
    let mut show = Show::new(&["ANI", "CMP"]);
    for code in ["ada", "bo"] {
        let person = show.artist(code, 0);
        let level = random.random_range(7..=12) * 100;
        let person = &mut show.production.people[person];
        person.skills[0].level = level;
        person.skills.push(Skill { department: DepartmentId::new(1), ..person.skills[0].clone() });
        person.overtime_allowed = false;
    }
    let mut last = None;
    for number in 0..random.random_range(most.min(3)..=most) {
        let shot = show.shot(&format!("s{number}"), random.random_range(4..=12));
        let task = show.task(shot, number % 2, random.random_range(1..=12));
        if let Some(last) = last
            && random.random_range(0..2) == 0
        {
            show.after(last, task);
        }
        last = Some(task);
    }
    show
}

/// The least objective over every order of the tasks and every choice of artists, each task as early
/// as it can be after what was placed before.
fn exact(production: &Production) -> Cents {
    let tasks = production.tasks.len();
    let mut best = Cents(i64::MAX);
    let mut order: Vec<usize> = (0..tasks).collect();
    permutations(&mut order, 0, &mut |order| {
        for choice in 0..1_usize << tasks {
            if let Some(plan) = place(production, order, choice) {
                let verdict = verify::plan(production, &plan);
                assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
                best = best
                    .min(verdict.objective.total(&Weights::default().multipliers(Mode::Balanced)));
            }
        }
    });
    best
}

/// Places the tasks in order; bit `t` of `choice` says which artist works task `t`.
fn place(production: &Production, order: &[usize], choice: usize) -> Option<Plan> {
    let mut end = vec![None; order.len()];
    let mut free = [0_u32; 2];
    let mut plan = Plan::default();
    for &task in order {
        let id = TaskId::new(task);
        let mut start = 0;
        for edge in production.dependencies.iter().filter(|edge| edge.to == id) {
            start = start.max(end[edge.from.index()]?);
        }
        let artist = choice >> task & 1;
        start = start.max(free[artist]);
        // Working slots: four a day, Monday to Friday, from a Monday on.
        let level = production.people[PersonId::new(artist)].skills[0].level;
        let need = (production.tasks[id].bid * 10_000_000_000 * 4 + 480 * level * 850 - 1)
            / (480 * level * 850);
        let slots = (need + 9_999) / 10_000;
        let worked = |slot: u32| slot / 4 % 7 < 5;
        while !worked(start) {
            start += 1;
        }
        let (mut at, mut left) = (start, slots);
        while left > 0 {
            left -= i64::from(worked(at));
            at += 1;
        }
        free[artist] = at;
        end[task] = Some(at);
        plan.assignments.push(Assignment {
            task: id,
            part: 0,
            worker: Worker::Person(PersonId::new(artist)),
            segments: vec![Interval { start: Slot(start), end: Slot(at) }],
        });
    }
    plan.assignments.sort_by_key(|row| row.task);
    Some(plan)
}

#[test]
fn bound_at_most_exact_at_most_engine() {
    let (mut hit, mut shows) = (0, 0);
    for seed in 0..12 {
        let show = tiny(seed);
        let exact = exact(&show.production);
        let solved = planned(&show.production, 400);
        let value = solved.objective.total(&Weights::default().multipliers(Mode::Balanced));
        for (name, bound) in &solved.bounds {
            assert!(*bound <= exact, "seed {seed}: {name} {bound:?} above the optimum {exact:?}");
        }
        assert!(exact <= value, "seed {seed}: better than the best there is");
        hit += u32::from(value == exact);
        shows += 1;
    }
    assert!(hit * 10 >= shows * 9, "the engine found the optimum of only {hit} of {shows}");
}

/// Every bound, that of the weekly program among them, on hundreds of shows that are solved by trying.
#[test]
fn no_bound_is_above_the_best_of_hundreds_of_shows() {
    let (mut proven, shows) = (0, 240);
    for seed in 0..shows {
        let show = tiny_of(seed + 4_000, 3);
        let exact = exact(&show.production);
        let solved = planned(&show.production, 40);
        for (name, bound) in &solved.bounds {
            assert!(*bound <= exact, "seed {seed}: {name} {bound:?} above the optimum {exact:?}");
        }
        // Within a hundredth: what is left is rounding and the order of work.
        proven += u64::from(solved.lower_bound.0 * 100 >= exact.0 * 99);
    }
    assert!(proven * 4 >= shows, "a bound is the optimum for {proven} of {shows}");
}

/// The earliest day on which all work can be done, over every order and every choice of artists.
fn earliest_end(production: &Production) -> jiff::civil::Date {
    let tasks = production.tasks.len();
    let mut best = u32::MAX;
    let mut order: Vec<usize> = (0..tasks).collect();
    permutations(&mut order, 0, &mut |order| {
        for choice in 0..1_usize << tasks {
            if let Some(plan) = place(production, order, choice) {
                let ends = plan.assignments.iter().map(|row| row.end().0);
                best = best.min(ends.max().unwrap_or(0));
            }
        }
    });
    production.timeline().finish_date(Slot(best))
}

#[test]
fn no_date_for_a_crew_is_earlier_than_the_earliest_and_nearly_all_are_it() {
    let (mut hit, mut proven, shows) = (0, 0, 40);
    for seed in 0..shows {
        let mut show = tiny(seed + 500);
        let milestone = show.production.milestones.push(Milestone {
            code: "final".to_owned(),
            name: "final".to_owned(),
            show: show.show,
            kind: MilestoneKind::Final,
            date: jiff::civil::date(2027, 3, 1),
            hard: false,
            penalty_per_day: None,
            contents: vec![Entity::Show(show.show)],
            source: Source::default(),
        });
        let options =
            Options { mode: Mode::NoOvertime, seed: 1, threads: 1, limit: Limit::Steps(100) };
        let exact = earliest_end(&show.production);
        let found = date_for(&show.production, milestone, &[], &options, &()).expect("planned");
        let date = found.finish.expect("all has a place");
        let bound = found.bound.expect("all has a place");
        assert!(bound <= exact, "seed {seed}: {bound} above {exact}");
        assert!(exact <= date, "seed {seed}: {date} is earlier than the earliest, {exact}");
        assert!(found.as_it_is.is_some_and(|date| exact <= date), "seed {seed}: {found:?}");
        hit += u32::from(date == exact);
        proven += u32::from(bound == exact);
    }
    assert!(u64::from(hit) * 10 >= shows * 9, "the earliest date found for {hit} of {shows}");
    assert!(
        u64::from(proven) * 2 >= shows,
        "the bound is the earliest date for {proven} of {shows}"
    );
}
