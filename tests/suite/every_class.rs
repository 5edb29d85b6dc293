//! Tiny shows of every kind, each against all its plans: bound ≤ best ≤ engine, and nearly always equal.
//!
//! Nothing is assumed of what a good plan is: each task is tried with everybody at every slot, and the judge says which
//! of these plans are any, and what they are worth.

use crate::support::cases;
use crate::support::planning::{Show, planned};
use jiff::civil::{Date, date};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use shotplan::model::*;
use shotplan::verify;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// All four kinds of links with lags, negative ones too, and overlaps.
    Links,
    /// Leave, part time, two tasks at a time; tasks that leave may interrupt, and such that it may not.
    Absence,
    /// Dates on which or by which work begins or ends, work that is to be late, hard milestones.
    Dates,
    /// Tasks shared by two.
    Parts,
    /// People and dates that are locked, work that has begun.
    Locks,
    /// Time to settle in on another sequence.
    Settling,
    /// Freelancers beside people on the payroll, and two sequences.
    Pay,
    /// Milestones of several shots, and priorities.
    Milestones,
    /// An earlier plan.
    Keeping,
    /// Artists in London and Montreal.
    Sites,
    /// Two of these at once.
    Both,
}

/// So many days after the Monday on which all begins.
fn day(number: i64) -> Date {
    date(2027, 1, 4).saturating_add(jiff::Span::new().days(number))
}

/// Two tasks in two weeks, or three in one, for two artists of unequal speed.
fn tiny(kind: Kind, seed: u64) -> Production {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let tasks = if kind == Kind::Parts { 2 } else { random.random_range(2..=3) };
    let mut show = Show::new(&["ANI", "CMP"]);
    let last = if tasks == 3 || kind == Kind::Parts { 4 } else { 11 };
    show.production.settings.horizon_end = day(last);
    for code in ["ada", "bo"] {
        let person = show.artist(code, 0);
        let person = &mut show.production.people[person];
        person.skills[0].level = random.random_range(8..=12) * 100;
        person.skills.push(Skill { department: DepartmentId::new(1), ..person.skills[0].clone() });
        person.overtime_allowed = false;
    }
    let mut before = None;
    for number in 0..tasks {
        let shot = show.shot(&format!("s{number}"), random.random_range(4..=8));
        let most = if tasks == 3 { 5 } else { 9 };
        let task = show.task(shot, number % 2, random.random_range(1..=most));
        let linked = if kind == Kind::Links { 8 } else { 4 };
        if let Some(before) = before
            && random.random_range(0..10) < linked
        {
            show.after(before, task);
        }
        before = Some(task);
    }
    let mut production = show.production;
    with(kind, &mut production, show.show, &mut random);
    production
}

/// Adds what a kind is about.
fn with(kind: Kind, production: &mut Production, show: ShowId, random: &mut Pcg64Mcg) {
    let people: Vec<PersonId> = production.people.ids().collect();
    let tasks: Vec<TaskId> = production.tasks.ids().collect();
    let first = production.sequences.ids().next().expect("a sequence");
    let other_sequence = |production: &mut Production, random: &mut Pcg64Mcg| {
        let code = format!("sq{}", production.sequences.len());
        let other = Sequence::new(&code, production.sequences[first].show);
        let other = production.sequences.push(other);
        for shot in production.shots.iter_mut() {
            shot.sequence = if random.random_bool(0.5) { other } else { first };
        }
    };
    match kind {
        Kind::Links => {
            for edge in production.dependencies.iter_mut() {
                let links = [
                    Link::FinishToStart,
                    Link::StartToStart,
                    Link::FinishToFinish,
                    Link::StartToFinish,
                ];
                edge.link = links[random.random_range(0..4)];
                edge.lag = random.random_range(-3..=5);
                if edge.link == Link::FinishToStart && random.random_bool(0.4) {
                    edge.overlap = random.random_range(2..=10) * 1_000;
                }
            }
        }
        Kind::Absence => {
            for &person in &people {
                let row = &mut production.people[person];
                if random.random_bool(0.7) {
                    let from = day(random.random_range(0..4));
                    let to = from.saturating_add(jiff::Span::new().days(random.random_range(0..2)));
                    let share = if random.random_bool(0.3) { 5_000 } else { 10_000 };
                    let source = Source::default();
                    row.leave.push(Leave { from, to, share, approved: true, source });
                }
                row.capacity = [10_000, 10_000, 6_000][random.random_range(0..3)];
                row.max_concurrent = random.random_range(1..=2);
            }
            for task in production.tasks.iter_mut() {
                task.splittable = random.random_bool(0.5);
            }
        }
        Kind::Dates => {
            for task in production.tasks.iter_mut() {
                let when = day(random.random_range(0..5));
                let rules = [
                    DateRule::MustStartOn(when),
                    DateRule::MustFinishOn(when),
                    DateRule::StartNoEarlierThan(when),
                    DateRule::StartNoLaterThan(when),
                    DateRule::FinishNoEarlierThan(when),
                    DateRule::FinishNoLaterThan(when),
                    DateRule::AsLateAsPossible,
                ];
                task.rules = rules.get(random.random_range(0..9)).copied().into_iter().collect();
                if random.random_bool(0.2) {
                    task.earliest = Some(day(random.random_range(0..3)));
                }
            }
            if random.random_bool(0.3) {
                let contents = vec![Entity::Show(show)];
                production.milestones.push(milestone(show, random, true, contents));
            }
        }
        Kind::Parts => {
            for task in production.tasks.iter_mut() {
                task.max_parallel = 2;
            }
        }
        Kind::Locks => {
            for &id in &tasks {
                let task = &mut production.tasks[id];
                if random.random_bool(0.6) {
                    task.assigned = vec![people[random.random_range(0..2)]];
                    task.status = [Status::Ready, Status::Wip][random.random_range(0..2)];
                    task.lock = [Lock::None, Lock::Person][random.random_range(0..2)];
                } else if random.random_bool(0.5) {
                    task.lock = Lock::Dates;
                    let start = random.random_range(0..4);
                    task.start = Some(day(start));
                    task.end = Some(day((start + random.random_range(1..=2)).min(4)));
                }
            }
        }
        Kind::Settling => {
            for department in production.departments.iter_mut() {
                department.setup_sequence = [0, 120, 240][random.random_range(0..3)];
            }
            other_sequence(production, random);
        }
        Kind::Pay => {
            let currency = production.settings.currency;
            production.people[people[1]].contracts.push(Contract {
                kind: ContractKind::Freelance,
                start: day(0),
                end: None,
                min_end: None,
                notice_days: 0,
                rates: vec![(day(0), Cents(31_111)), (day(2), Cents(15_557))],
                basis: RateBasis::Day,
                burden: 1_500,
                currency,
                overtime: None,
                guarantee: Guarantee::default(),
                cancellation: Cancellation::default(),
                option: None,
                rate_assumed: false,
                source: Source::default(),
            });
            other_sequence(production, random);
        }
        Kind::Milestones => {
            for shot in production.shots.iter_mut() {
                shot.priority = [Priority::Normal, Priority::Emergency][random.random_range(0..2)];
            }
            let shots: Vec<Entity> = production.shots.ids().map(Entity::Shot).collect();
            let some = shots[..random.random_range(1..=shots.len())].to_vec();
            for contents in [some, vec![Entity::Show(show)]] {
                let row = milestone(show, random, false, contents);
                production.milestones.push(row);
            }
        }
        Kind::Keeping => {
            let plan = planned(production, 40).plan;
            let mut earlier = EarlierPlan::of(production, &plan, random.random_range(0..3));
            for place in earlier.places.iter_mut().flatten() {
                if random.random_bool(0.5) {
                    place.people = vec![people[random.random_range(0..2)]];
                }
                if random.random_bool(0.5) {
                    place.start = day(random.random_range(0..4));
                }
            }
            production.earlier = Some(earlier);
        }
        Kind::Sites => {
            let mut montreal = production.sites[SiteId::new(0)].clone();
            montreal.code = "montreal".to_owned();
            montreal.utc_offset_minutes -= 300;
            production.people[people[1]].site = production.sites.push(montreal);
        }
        Kind::Both => {
            let kinds = [
                Kind::Links,
                Kind::Absence,
                Kind::Dates,
                Kind::Locks,
                Kind::Settling,
                Kind::Pay,
                Kind::Milestones,
                Kind::Sites,
                Kind::Keeping,
            ];
            // The later one second: an earlier plan is one of all the rest.
            let other = random.random_range(1..kinds.len());
            with(kinds[random.random_range(0..other)], production, show, random);
            with(kinds[other], production, show, random);
        }
    }
}

fn milestone(show: ShowId, random: &mut Pcg64Mcg, hard: bool, contents: Vec<Entity>) -> Milestone {
    Milestone {
        code: format!("m{}", contents.len()),
        name: "delivery".to_owned(),
        show,
        kind: MilestoneKind::Batch,
        date: day(random.random_range(0..4)),
        hard,
        penalty_per_day: random.random_bool(0.5).then_some(Cents(54_321)),
        contents,
        source: Source::default(),
    }
}

/// A place of a part: who, from which slot to which.
type Place = (usize, u32, u32);

/// Basis points of a slot that an artist works in it.
fn share(production: &Production, artist: usize, slot: u32) -> i64 {
    let person = &production.people[PersonId::new(artist)];
    let date = day(i64::from(slot / 4));
    let away: i64 = person
        .leave
        .iter()
        .filter(|leave| leave.from <= date && date <= leave.to)
        .map(|leave| leave.share)
        .sum();
    let present = if slot / 4 % 7 < 5 { (10_000 - away).max(0) } else { 0 };
    person.capacity * present / 10_000
}

/// All places of a part of a task, one of so many, whatever its artist does before.
fn places(production: &Production, task: TaskId, parts: i64) -> Vec<Place> {
    let slots = production.timeline().slots();
    let row = &production.tasks[task];
    let left = production.work_left(task);
    let setup = production.departments[row.department].setup_sequence;
    let mut found = Vec::new();
    for artist in 0..production.people.len() {
        let person = &production.people[PersonId::new(artist)];
        let speed = 480 * person.skills[0].level * 850;
        let work = (left + parts - 1) / parts;
        let need = (work * 10_000_000_000 * 4 + speed - 1) / speed;
        // Settling in takes time of the day, not work.
        let needs = [need, need + setup * 4 * 10_000 / 480];
        let needs = if setup == 0 { &needs[..1] } else { &needs[..] };
        for start in (0..slots).filter(|&slot| share(production, artist, slot) > 0) {
            for &need in needs {
                let mut done = 0;
                let end = (start..slots).find(|&slot| {
                    done += share(production, artist, slot);
                    done >= need
                });
                found.extend(end.map(|end| (artist, start, end + 1)));
            }
        }
    }
    found
}

/// The least objective of all plans in which every task has a place, and one of them.
fn best(production: &Production) -> Option<(Cents, Plan)> {
    let whole: Vec<Vec<Vec<Place>>> = production
        .tasks
        .ids()
        .map(|task| {
            let one = places(production, task, 1).into_iter().map(|place| vec![place]);
            let mut all: Vec<Vec<Place>> = one.collect();
            if production.tasks[task].max_parallel > 1 {
                let halves = places(production, task, 2);
                let of = |artist: usize| halves.iter().filter(move |half| half.0 == artist);
                all.extend(of(0).flat_map(|&one| of(1).map(move |&other| vec![one, other])));
            }
            all
        })
        .collect();
    let multipliers = production.settings.multipliers();
    let mut least: Option<(Cents, Plan)> = None;
    let mut chosen: Vec<&[Place]> = Vec::new();
    each(production, &whole, &mut chosen, &mut |plan| {
        let verdict = verify::plan(production, plan);
        if verdict.violations.is_empty() {
            let value = verdict.objective.total(&multipliers);
            if least.as_ref().is_none_or(|least| value < least.0) {
                least = Some((value, plan.clone()));
            }
        }
    });
    least
}

/// Every choice of a place for each task in which nobody does more at a time than they may.
fn each<'a>(
    production: &Production,
    whole: &'a [Vec<Vec<Place>>],
    chosen: &mut Vec<&'a [Place]>,
    visit: &mut dyn FnMut(&Plan),
) {
    let Some(places) = whole.get(chosen.len()) else {
        let mut plan = Plan::default();
        for (task, places) in chosen.iter().enumerate() {
            for (part, &(artist, start, end)) in places.iter().enumerate() {
                plan.assignments.push(Assignment {
                    task: TaskId::new(task),
                    part: part as u32,
                    worker: Worker::Person(PersonId::new(artist)),
                    segments: vec![Interval { start: Slot(start), end: Slot(end) }],
                });
            }
        }
        visit(&plan);
        return;
    };
    for place in places {
        let is_free = place.iter().all(|&(artist, start, end)| {
            let others = chosen.iter().flat_map(|places| places.iter());
            let clashes =
                others.filter(|other| other.0 == artist && other.1 < end && start < other.2);
            clashes.count() < production.people[PersonId::new(artist)].max_concurrent as usize
        });
        if is_free {
            chosen.push(place);
            each(production, whole, chosen, visit);
            chosen.pop();
        }
    }
}

/// `hits` of ten are to be the best there is.
fn agrees(kind: Kind, count: u64, hits: u64) {
    let (mut solved, mut hit) = (0, 0);
    for seed in 0..cases(count) {
        let production = tiny(kind, seed * 31 + 5);
        let Some((best, plan)) = best(&production) else { continue };
        let solution = planned(&production, 400);
        let value = solution.objective.total(&production.settings.multipliers());
        for (name, bound) in &solution.bounds {
            assert!(
                *bound <= best,
                "{kind:?} {seed}: {name} {bound:?} above {best:?} of {plan:#?} for {:#?}",
                production.tasks
            );
        }
        assert!(
            best <= value,
            "{kind:?} {seed}: {value:?} of {:?} is better than the best {best:?} for {:#?}",
            solution.plan,
            production.tasks
        );
        solved += 1;
        hit += u64::from(value == best);
        if value != best {
            println!("{kind:?} {seed}: {value:?}, the best is {best:?}");
            println!("{:?}\n{:?}\n{:?}", production.earlier, solution.plan, plan);
        }
    }
    println!("{kind:?}: {hit} of {solved}");
    assert!(solved * 2 >= cases(count), "only {solved} have a plan");
    assert!(hit * 10 >= solved * hits, "the best plan is found for {hit} of {solved}");
}

#[test]
fn links_of_all_kinds() {
    agrees(Kind::Links, 12, 9);
}

#[test]
fn leave_and_part_time() {
    agrees(Kind::Absence, 12, 9);
}

#[test]
fn dates_of_all_kinds() {
    agrees(Kind::Dates, 12, 9);
}

#[test]
fn tasks_shared_by_two() {
    agrees(Kind::Parts, 12, 9);
}

#[test]
fn locks_and_begun_work() {
    agrees(Kind::Locks, 12, 9);
}

#[test]
fn time_to_settle_in() {
    agrees(Kind::Settling, 12, 9);
}

#[test]
fn freelancers_and_sequences() {
    agrees(Kind::Pay, 12, 9);
}

#[test]
fn milestones_and_priorities() {
    agrees(Kind::Milestones, 12, 9);
}

#[test]
fn an_earlier_plan() {
    agrees(Kind::Keeping, 12, 9);
}

#[test]
fn two_sites() {
    agrees(Kind::Sites, 12, 9);
}

#[test]
fn two_kinds_at_once() {
    agrees(Kind::Both, 24, 9);
}
