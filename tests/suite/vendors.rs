//! Vendors who can do only so much in a week.

use crate::support::planning::{Show, planned};
use rand::{Rng, RngExt, SeedableRng};
use shotplan::explain::{self, Reason};
use shotplan::model::*;
use shotplan::solve::{self, Before, Limit, Options};
use shotplan::verify;
use std::collections::BTreeMap;

/// Tasks of so many bid days each at a vendor with a lead time of three days.
fn at_a_vendor(capacity: Option<i64>, days: &[i64]) -> Show {
    let mut show = Show::new(&["ROTO"]);
    show.artist("ada", 0);
    let mut vendor = Vendor::new("kite", DepartmentId::new(0));
    (vendor.lead_days, vendor.capacity_days_per_week) = ([3; 4], capacity);
    vendor.currency = show.production.settings.currency;
    show.production.vendors.push(vendor);
    for (number, days) in days.iter().enumerate() {
        let shot = show.shot(&format!("s{number}"), 8);
        at(&mut show, shot, days * 480);
    }
    show
}

fn at(show: &mut Show, shot: ShotId, minutes: i64) -> TaskId {
    let task = show.task(shot, 0, 4);
    let row = &mut show.production.tasks[task];
    (row.bid, row.estimate, row.vendor) = (minutes, minutes, Some(VendorId::new(0)));
    task
}

/// Start and end of each placed task, in slots.
fn places(plan: &Plan) -> Vec<(u32, u32)> {
    plan.assignments.iter().map(|row| (row.segments[0].start.0, row.end().0)).collect()
}

#[test]
fn two_weeks_of_work_are_not_delivered_in_one() {
    let of = |capacity| {
        let mut found = places(&planned(&at_a_vendor(capacity, &[5, 5]).production, 50).plan);
        found.sort_unstable();
        found
    };
    assert_eq!(of(None), [(0, 12), (0, 12)]);
    assert_eq!(of(Some(5)), [(0, 20), (28, 48)]);
    // Ten a week: both in the lead time.
    assert_eq!(of(Some(10)), [(0, 12), (0, 12)]);
    // Eight: four days each, 150 minutes a slot. The first week has 1,440 left, enough for nine slots.
    assert_eq!(of(Some(8)), [(0, 16), (11, 35)]);
}

#[test]
fn a_task_alone_takes_as_long_as_its_vendor_asks_for_and_has_a_place() {
    let mut show = at_a_vendor(Some(5), &[12]);
    assert_eq!(places(&planned(&show.production, 20).plan), [(0, 64)]);
    // From a Thursday: 2, 5 and 5.
    show.production.tasks[TaskId::new(0)].earliest = Some(jiff::civil::date(2027, 1, 7));
    assert_eq!(places(&planned(&show.production, 20).plan), [(12, 76)]);
    // Some weeks have six days, some four: a place wherever it begins.
    for day in 0..14 {
        let calendar = &mut show.production.calendars[CalendarId::new(0)];
        let date =
            |day: i64| jiff::civil::date(2027, 1, 4).saturating_add(jiff::Span::new().days(day));
        calendar.exceptions = vec![(date(5), true), (date(8), false), (date(19), true)];
        show.production.tasks[TaskId::new(0)].earliest = Some(date(day));
        assert!(planned(&show.production, 20).plan.unplaced.is_empty());
    }
    show.production.vendors[VendorId::new(0)].capacity_days_per_week = Some(0);
    assert_eq!(planned(&show.production, 20).plan.unplaced.len(), 1);
}

#[test]
fn all_shows_share_a_vendor_and_why_tells_of_it() {
    let mut show = at_a_vendor(Some(5), &[5]);
    let other = show.production.shows.push(shotplan::model::Show::new("other", CalendarId::new(0)));
    let sequence = show.production.sequences.push(Sequence::new("o", other));
    let shot = show.production.shots.push(Shot::new("o1", sequence));
    at(&mut show, shot, 5 * 480);
    let solved = planned(&show.production, 50);
    let mut found = places(&solved.plan);
    found.sort_unstable();
    assert_eq!(found, [(0, 20), (28, 48)]);
    let reasons = explain::reasons(&show.production, &solved);
    let waits = reasons.iter().filter(|row| **row == Reason::WaitsForVendor(VendorId::new(0)));
    assert_eq!(waits.count(), 1, "{reasons:?}");
}

#[test]
fn a_lock_gives_way_to_the_capacity_and_its_break_is_told() {
    let mut show = at_a_vendor(Some(5), &[5, 5]);
    let monday = show.production.settings.as_of;
    for task in show.production.tasks.iter_mut() {
        (task.lock, task.start, task.status) = (Lock::Dates, Some(monday), Status::Wip);
        task.remaining = Some(5 * 480);
    }
    let solved = planned(&show.production, 50);
    let mut found = places(&solved.plan);
    found.sort_unstable();
    assert_eq!(found, [(0, 20), (28, 48)]);
    show.production
        .tasks
        .iter_mut()
        .for_each(|task| task.end = Some(jiff::civil::date(2027, 1, 8)));
    let solved = planned(&show.production, 50);
    let broken = verify::plan(&show.production, &solved.plan).broken;
    assert!(!broken.is_empty() && broken.iter().all(|row| row.task == broken[0].task));
}

#[test]
fn a_kept_plan_moves_what_its_vendor_has_no_room_for_any_more() {
    let mut show = at_a_vendor(Some(10), &[5, 5, 3]);
    let plan = planned(&show.production, 50).plan;
    show.production.vendors[VendorId::new(0)].capacity_days_per_week = Some(6);
    assert!(!verify::plan(&show.production, &plan).violations.is_empty());
    let options = Options { mode: Mode::Balanced, seed: 1, threads: 1, limit: Limit::Steps(0) };
    let before = Before { plan: &plan, value: Cents(0), anew: Limit::Steps(0), staffing: None };
    let kept = solve::plan_from(&show.production, before, &options, &());
    let verdict = verify::plan(&show.production, &kept.plan);
    assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
    assert!(kept.plan.unplaced.is_empty());
}

/// A few tasks at one vendor, some of which wait for others.
fn tiny(random: &mut impl Rng, most_tasks: usize) -> Show {
    let mut show = at_a_vendor(Some(random.random_range(2..=8)), &[]);
    show.production.settings.horizon_end = jiff::civil::date(2027, 4, 30);
    show.production.vendors[VendorId::new(0)].lead_days = [random.random_range(1..=6); 4];
    for number in 0..random.random_range(2..=most_tasks) {
        let shot = show.shot(&format!("s{number}"), random.random_range(6..=18));
        let task = at(&mut show, shot, random.random_range(100..=8 * 480));
        if number > 0 && random.random_range(0..4) == 0 {
            show.after(TaskId::new(number - 1), task);
        }
    }
    show
}

fn worked(slot: u32) -> bool {
    slot / 4 % 7 < 5
}

/// The least objective over all orders, each task at the first slot at which its weeks have room.
fn best_in_any_order(production: &Production) -> Cents {
    let vendor = &production.vendors[VendorId::new(0)];
    let most = vendor.capacity_days_per_week.expect("it is limited") * 480;
    let length = |work: i64| {
        let lead = i64::from(vendor.lead_days[0]);
        4 * (0..).find(|days| *days >= lead && days * most >= work * 5).expect("a length")
    };
    let mut best = Cents(i64::MAX);
    let mut order: Vec<usize> = (0..production.tasks.len()).collect();
    permutations(&mut order, 0, &mut |order| {
        let mut ends: BTreeMap<TaskId, u32> = BTreeMap::new();
        let mut weeks: BTreeMap<u32, i64> = BTreeMap::new();
        let mut plan = Plan::default();
        for &task in order {
            let id = TaskId::new(task);
            let mut from = 0;
            for edge in production.dependencies.iter().filter(|edge| edge.to == id) {
                match ends.get(&edge.from) {
                    Some(end) => from = from.max(*end),
                    None => return,
                }
            }
            let work = production.work_left(id);
            let all = length(work);
            let (slots, after) = (from..)
                .filter(|&slot| worked(slot))
                .find_map(|start| {
                    let slots: Vec<u32> =
                        (start..).filter(|&slot| worked(slot)).take(all as usize).collect();
                    let mut after = weeks.clone();
                    for (at, slot) in (0..).zip(&slots) {
                        *after.entry(slot / 28).or_default() +=
                            work * (at + 1) / all - work * at / all;
                    }
                    after.values().all(|minutes| *minutes <= most).then_some((slots, after))
                })
                .expect("alone it has a place");
            weeks = after;
            let (start, end) = (slots[0], slots[slots.len() - 1] + 1);
            ends.insert(id, end);
            plan.assignments.push(Assignment {
                task: id,
                part: 0,
                worker: Worker::Vendor(VendorId::new(0)),
                segments: vec![Interval { start: Slot(start), end: Slot(end) }],
            });
        }
        plan.assignments.sort_by_key(|row| row.task);
        let verdict = verify::plan(production, &plan);
        assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
        let multipliers = Weights::default().multipliers(Mode::Balanced);
        best = best.min(verdict.objective.total(&multipliers));
    });
    best
}

fn permutations(order: &mut Vec<usize>, from: usize, each: &mut dyn FnMut(&[usize])) {
    if from == order.len() {
        return each(order);
    }
    for at in from..order.len() {
        order.swap(from, at);
        permutations(order, from + 1, each);
        order.swap(from, at);
    }
}

#[test]
fn full_vendors_agree_with_trying_every_order() {
    let (mut hit, mut shows) = (0, 0);
    for seed in 0..150 {
        let mut random = rand_pcg::Pcg64Mcg::seed_from_u64(seed);
        let show = tiny(&mut random, 4);
        let exact = best_in_any_order(&show.production);
        let solved = planned(&show.production, 120);
        let value = solved.objective.total(&Weights::default().multipliers(Mode::Balanced));
        assert!(solved.lower_bound <= exact, "seed {seed}: bound above the optimum");
        hit += u32::from(value <= exact);
        shows += 1;
    }
    assert!(hit * 100 >= shows * 97, "the engine found the optimum of only {hit} of {shows}");
}
