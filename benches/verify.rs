//! Judging a plan happens after every run, on every platform, for every size: it has to stay far
//! below the time of planning itself.
//!
//! The plans are laid out by hand, so that this bench depends on no solver: each artist works a
//! chain of tasks, one after the other with its review between, across shots of many sequences.

use criterion::{BenchmarkId, Criterion, Throughput};
use jiff::civil::date;
use shotplan::model::*;
use shotplan::verify;
use std::hint::black_box;

/// Departments, each with its share of the people.
const DEPARTMENTS: [&str; 5] = ["ROTO", "ANI", "FX", "LGT", "CMP"];

/// Registers the benches of this room.
pub fn define(c: &mut Criterion) {
    let mut group = c.benchmark_group("verify");
    group.sample_size(10);
    for (name, tasks, people) in
        [("episodic", 2_100, 80), ("feature", 13_000, 350), ("studio", 60_000, 1_200)]
    {
        let (production, plan) = laid_out(tasks, people);
        let verdict = verify::plan(&production, &plan);
        assert!(verdict.violations.is_empty(), "{:?}", verdict.violations.first());
        assert!(verdict.objective.labour > Cents::ZERO);
        group.throughput(Throughput::Elements(tasks as u64));
        group.bench_with_input(BenchmarkId::from_parameter(name), &(), |bench, ()| {
            bench.iter(|| verify::plan(black_box(&production), black_box(&plan)));
        });
    }
    group.finish();
}

/// A production and a valid plan of it.
fn laid_out(tasks: usize, people: usize) -> (Production, Plan) {
    let monday = date(2027, 1, 4);
    let mut show = Production::new("bench", monday, date(2028, 8, 6));
    show.settings.productive = 1_000;
    let main = show.shows.push(Show::new("bench", CalendarId::new(0)));
    let departments = DEPARTMENTS.map(|code| show.add_department(code));
    for &department in &departments {
        show.departments[department].curve.cap = Some(people as u32);
    }
    for person in 0..people {
        let department = departments[person % departments.len()];
        let mut row = Person::new(&format!("p{person:04}"), SiteId::new(0), department);
        row.contracts.push(contract(show.settings.currency, person));
        show.people.push(row);
    }
    let mut sequences = Vec::new();
    let mut shots = Vec::new();
    for shot in 0..tasks.div_ceil(7) {
        if shot % 30 == 0 {
            let code = format!("{:03}", sequences.len());
            sequences.push(show.sequences.push(Sequence::new(&code, main)));
        }
        let mut row = Shot::new(&format!("s{shot:05}"), sequences[shot / 30]);
        row.class = Some([Class::A, Class::B, Class::C, Class::D][shot % 4]);
        row.due = Some(date(2027, 6, 1));
        shots.push(show.shots.push(row));
    }
    let delivery = Milestone {
        code: "final".to_owned(),
        name: "final".to_owned(),
        show: main,
        kind: MilestoneKind::Final,
        date: date(2027, 9, 1),
        hard: true,
        penalty_per_day: None,
        contents: vec![Entity::Show(main)],
        source: Source::default(),
    };
    show.milestones.push(delivery);

    let mut plan = Plan::default();
    // Working slots used so far and the last task, by person.
    let mut used = vec![0_u32; people];
    let mut last: Vec<Option<TaskId>> = vec![None; people];
    for index in 0..tasks {
        let person = index % people;
        let days = 2 + (index / people) as u32 % 6;
        let department = departments[person % departments.len()];
        let entity = Entity::Shot(shots[index / 7]);
        let code = format!("t{index:05}");
        let task = show.tasks.push(Task::new(&code, entity, department, i64::from(days) * 480));
        if let Some(before) = last[person].replace(task) {
            show.dependencies.push(Dependency::new(before, task));
            used[person] += 2;
        }
        let start = Slot(calendar_slot(used[person]));
        used[person] += days * 4;
        let end = Slot(calendar_slot(used[person] - 1) + 1);
        let worker = Worker::Person(PersonId::new(person));
        let segments = vec![Interval { start, end }];
        plan.assignments.push(Assignment { task, part: 0, worker, segments });
    }
    (show, plan)
}

/// The slot of a working slot of a Monday-to-Friday week.
fn calendar_slot(working: u32) -> u32 {
    let (day, slot) = (working / 4, working % 4);
    (day / 5 * 7 + day % 5) * 4 + slot
}

fn contract(currency: Currency, person: usize) -> Contract {
    let kinds = [ContractKind::Staff, ContractKind::Fixed, ContractKind::Freelance];
    Contract {
        kind: kinds[person % kinds.len()],
        start: date(2026, 1, 1),
        end: None,
        min_end: None,
        notice_days: 5,
        rates: vec![(date(2026, 1, 1), Cents(30_000)), (date(2027, 7, 1), Cents(31_500))],
        basis: RateBasis::Day,
        burden: 2_200,
        currency,
        overtime: None,
        guarantee: Guarantee::default(),
        cancellation: Cancellation::default(),
        option: None,
        rate_assumed: false,
        source: Source::default(),
    }
}
