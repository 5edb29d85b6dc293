//! Time to settle in: the engine, the judge and the run of risks agree, and work is grouped where that
//! saves time.

use crate::properties::{anything, anything_with_pools};
use crate::support::planning::{Show, planned, planned_in};
use jiff::civil::date;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use shotplan::generate::{Archetype, Recipe, Tightness, production};
use shotplan::model::*;
use shotplan::solve::{self, Limit, Options};
use shotplan::verify;

/// Departments that ask for time, people who were on something, who prefer something, who lead.
pub fn settling(mut production: Production, seed: u64) -> Production {
    let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0x5e7);
    for department in production.departments.iter_mut() {
        department.setup_sequence = [0, 60, 120, 333][random.random_range(0..4)];
        department.setup_show = [0, 120, 480, 960][random.random_range(0..4)];
    }
    for person in production.people.ids() {
        if random.random_bool(0.3) && !production.tasks.is_empty() {
            let task = TaskId::new(random.random_range(0..production.tasks.len()));
            let day = date(2026, 12, random.random_range(1..=31));
            let source = Source::default();
            production.time_logs.push(TimeLog { task, person, date: day, minutes: 60, source });
        }
        let sequence = SequenceId::new(random.random_range(0..production.sequences.len()));
        let preference = [
            Preference::Sequence(sequence),
            Preference::Class(Class::C),
            Preference::Department(DepartmentId::new(0)),
            Preference::Show(ShowId::new(0)),
        ][random.random_range(0..4)];
        let row = &mut production.people[person];
        if random.random_bool(0.3) {
            row.prefers.push(preference);
        }
        if random.random_bool(0.3) {
            row.seniority = Seniority::Lead;
        }
    }
    if random.random_bool(0.5) {
        production.settings.weights.set(LEADS, 10_000);
    }
    production
}

#[test]
fn any_plan_gives_time_to_settle_in() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 2_000 } else { 250 };
    let (mut hero, mut disliked) = (0, 0);
    for seed in 0..seeds {
        println!("seed {seed}");
        let show = if seed % 3 == 0 { anything_with_pools(seed) } else { anything(seed) };
        let mode = Mode::ALL[seed as usize % Mode::ALL.len()];
        let show = settling(show, seed);
        let solved = planned_in(&show, mode, 60);
        hero += u32::from(solved.objective.leads > Cents::ZERO);
        disliked += u32::from(solved.objective.fit > Cents::ZERO);
    }
    assert!(hero > 4 && disliked > 40, "{hero} without a lead, {disliked} disliked");
}

/// A plan goes on from an earlier one whose people, dates and times to settle in have changed.
#[test]
fn a_plan_that_goes_on_from_another_gives_it_too() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 1_500 } else { 120 };
    for seed in 0..seeds {
        println!("seed {seed}");
        let show = settling(anything(seed), seed);
        let first = planned(&show, 24);
        let mut changed = settling(show, seed + 1_000);
        if let Some(task) = changed.tasks.iter_mut().find(|task| task.status == Status::Ready) {
            task.estimate += 960;
        }
        let options =
            Options { mode: Mode::Balanced, seed: 1, threads: 1, limit: Limit::Steps(24) };
        let (plan, value) = (&first.plan, first.objective.total(&changed.settings.multipliers()));
        let before = solve::Before { plan, value, anew: Limit::Steps(24), staffing: None };
        let solved = solve::plan_from(&changed, before, &options, &());
        let verdict = verify::plan(&changed, &solved.plan);
        assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
        assert_eq!(verdict.objective, solved.objective);
    }
}

/// One artist, up to six tasks of two sequences and two shows, some waiting for others.
fn tiny(seed: u64) -> Show {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let mut show = Show::new(&["CMP"]);
    let department = &mut show.production.departments[DepartmentId::new(0)];
    department.setup_sequence = 120 * random.random_range(0..=3);
    department.setup_show = 120 * random.random_range(0..=6);
    let ada = show.artist("ada", 0);
    show.production.people[ada].overtime_allowed = false;
    let other = show.production.shows.push(shotplan::model::Show::new("two", CalendarId::new(0)));
    let mut sequences = vec![show.sequence];
    sequences.push(show.production.sequences.push(Sequence::new("sr", show.show)));
    sequences.push(show.production.sequences.push(Sequence::new("ss", other)));
    let mut tasks: Vec<TaskId> = Vec::new();
    for number in 0..random.random_range(3..=6) {
        let shot = show.shot(&format!("s{number}"), 400);
        show.production.shots[shot].due = None;
        show.production.shots[shot].sequence = sequences[random.random_range(0..3)];
        let task = show.task(shot, 0, random.random_range(1..=6));
        if number > 0 && random.random_bool(0.3) {
            let before = tasks[random.random_range(0..tasks.len())];
            show.after(before, task);
        }
        tasks.push(task);
    }
    if random.random_bool(0.5) {
        let (task, source) = (tasks[0], Source::default());
        let log = TimeLog { task, person: ada, date: date(2026, 12, 31), minutes: 60, source };
        show.production.time_logs.push(log);
    }
    show.production.milestones.push(Milestone {
        code: "all".into(),
        name: "All".into(),
        show: show.show,
        kind: MilestoneKind::Final,
        date: date(2027, 1, 1),
        hard: false,
        penalty_per_day: Some(Cents(1_000_000)),
        contents: vec![Entity::Show(show.show), Entity::Show(other)],
        source: Source::default(),
    });
    show
}

/// The fewest working slots in which one artist does all, over every order that the dependencies allow.
fn fewest(show: &Production) -> i64 {
    fn go(show: &Production, done: &mut Vec<TaskId>, slots: i64, best: &mut i64) {
        if done.len() == show.tasks.len() {
            *best = (*best).min(slots);
        }
        for task in show.tasks.ids().filter(|task| !done.contains(task)).collect::<Vec<_>>() {
            let mut waits = show.dependencies.iter().filter(|edge| edge.to == task);
            if !waits.all(|edge| done.contains(&edge.from)) {
                continue;
            }
            let entity = |task: TaskId| show.tasks[task].entity;
            let last = done.last().copied().or_else(|| show.time_logs.first().map(|log| log.task));
            let department = &show.departments[DepartmentId::new(0)];
            let setup = match last {
                Some(last) if show.sequence_of(entity(last)) == show.sequence_of(entity(task)) => 0,
                Some(last) if show.show_of(entity(last)) == show.show_of(entity(task)) => {
                    department.setup_sequence
                }
                _ => department.setup_show.max(department.setup_sequence),
            };
            done.push(task);
            go(show, done, slots + show.tasks[task].bid / 102 + setup / 120, best);
            done.pop();
        }
    }
    let mut best = i64::MAX;
    go(show, &mut Vec::new(), 0, &mut best);
    best
}

#[test]
fn work_is_grouped_as_enumeration_groups_it() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 1_500 } else { 150 };
    let mut grouped = 0;
    for seed in 0..seeds {
        println!("seed {seed}");
        let show = tiny(seed).production;
        let solved = planned(&show, 1000);
        let last = solved.plan.assignments.iter().map(|row| row.end().0).max().unwrap_or(0);
        // Five days of four slots a week; the weekend is between.
        let worked = i64::from(last / 28 * 20 + (last % 28).min(20));
        let fewest = fewest(&show);
        assert!(worked >= fewest, "{worked} below {fewest}");
        // Days are what costs: within the last day the order is free.
        assert_eq!((worked - 1) / 4, (fewest - 1) / 4, "{worked} and {fewest}");
        let order: Vec<_> = show.tasks.iter().map(|task| task.entity).collect();
        let changes =
            order.windows(2).filter(|pair| show.sequence_of(pair[0]) != show.sequence_of(pair[1]));
        grouped += u32::from(changes.count() > 2);
    }
    assert!(grouped > 50, "{grouped} shows would alternate");
}

/// The same bytes on any number of threads where departments ask for time to settle in.
#[test]
fn threads_change_nothing() {
    let tightness = Tightness::Tight;
    let recipe = Recipe {
        archetype: Archetype::Commercial,
        seed: 3,
        tightness,
        as_of_percent: 20,
        dirt: false,
    };
    let mut show = production(&recipe);
    for department in show.departments.iter_mut() {
        (department.setup_sequence, department.setup_show) = (120, 960);
    }
    show.settings.weights.set(BALANCE, 10_000);
    let on = |threads| {
        let limit = Limit::Steps(300);
        let options = Options { mode: Mode::Balanced, seed: 1, threads, limit };
        let solved = solve::plan(&show, &options, &());
        let verdict = verify::plan(&show, &solved.plan);
        assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
        (solved.plan, solved.objective, verdict.objective)
    };
    let first = on(1);
    assert_eq!(first.1, first.2);
    assert!(on(2) == first && on(4) == first);
}
