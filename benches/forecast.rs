//! Forecast: the money of a whole plan is taken again for each plan that is shown, so it must cost far
//! less than finding the plan. Sizes are those of an episodic show, a feature and a studio.
//!
//! The desk of a feature with 100,000 bookings: cost report, cash and every partition within half a second,
//! the workbook within three.

use criterion::{BenchmarkId, Criterion, Throughput};
use jiff::civil::date;
use shotplan::generate::{self, Archetype, Recipe, Tightness};
use shotplan::model::*;
use shotplan::pipeline::{self, Answered, Request};
use shotplan::result::Document;
use shotplan::solve::Limit;
use shotplan::{forecast, write};

/// `tasks` tasks of three days, worked by `people` one after another, over 74 weeks.
fn studio(tasks: u32, people: u32) -> (Production, Plan) {
    let mut production = Production::new("bench", date(2027, 1, 4), date(2028, 6, 2));
    let departments = ["MM", "ROTO", "ANI", "FX", "LGT", "CMP"];
    let departments = departments.map(|code| production.add_department(code));
    let show = production.shows.push(Show::new("SHW", CalendarId::new(0)));
    let sequence = production.sequences.push(Sequence::new("010", show));
    for index in 0..people {
        let department = departments[index as usize % departments.len()];
        let mut person = Person::new(&format!("p{index}"), SiteId::new(0), department);
        person.contracts = vec![Contract {
            kind: ContractKind::Staff,
            start: date(2026, 1, 1),
            end: None,
            min_end: None,
            notice_days: 20,
            rates: vec![(date(2026, 1, 1), Cents(34_000)), (date(2027, 9, 1), Cents(35_700))],
            basis: RateBasis::Day,
            burden: 2_200,
            currency: production.settings.currency,
            overtime: None,
            guarantee: Guarantee::default(),
            cancellation: Cancellation::default(),
            option: None,
            rate_assumed: false,
            source: Source::default(),
        }];
        if index % 3 == 0 {
            person.bookings = vec![Booking {
                show,
                department: None,
                from: date(2027, 1, 4),
                to: date(2028, 6, 2),
                share: 10_000,
                state: BookingState::Confirmed,
                probability: 10_000,
                cancelled: None,
                source: Source::default(),
            }];
        }
        production.people.push(person);
    }
    let mut plan = Plan::default();
    let mut free = vec![0_u32; people as usize];
    for index in 0..tasks {
        let shot = match index % 6 {
            0 => production.shots.push(Shot::new(&format!("010_{index}"), sequence)),
            _ => ShotId::new(production.shots.len() - 1),
        };
        let department = departments[index as usize % departments.len()];
        let task = Task::new(&format!("t{index}"), Entity::Shot(shot), department, 1_440);
        let task = production.tasks.push(task);
        if index % 6 > 0 {
            production.dependencies.push(Dependency::new(TaskId::new(task.index() - 1), task));
        }
        let row = (index % people) as usize;
        let person = PersonId::new(row);
        let (start, end) = (Slot(free[row]), Slot(free[row] + 12));
        free[row] += if free[row] % 28 >= 12 { 16 } else { 12 };
        let segments = vec![Interval { start, end }];
        plan.assignments.push(Assignment {
            task,
            part: 0,
            worker: Worker::Person(person),
            segments,
        });
        if index % 10 == 0 {
            plan.overtime.push(Overtime { person, day: Day(start.0 / 4), minutes: 60, worth: 60 });
        }
    }
    plan.overtime.sort();
    plan.overtime.dedup_by_key(|entry| (entry.person, entry.day));
    (production, plan)
}

/// Adds the benches of this file.
pub fn define(c: &mut Criterion) {
    let mut group = c.benchmark_group("forecast");
    group.sample_size(10);
    for (name, tasks, people) in
        [("episodic", 2_091, 80), ("feature", 13_091, 350), ("studio", 59_594, 1_200)]
    {
        let (production, plan) = studio(tasks, people);
        let answer = forecast::of(&production, &plan);
        assert_eq!(forecast::reconcile(&answer, &production, &plan), Ok(()));
        group.throughput(Throughput::Elements(tasks.into()));
        group.bench_function(BenchmarkId::new("of", name), |b| {
            b.iter(|| forecast::of(&production, &plan).total.efc());
        });
        group.bench_function(BenchmarkId::new("reconcile", name), |b| {
            b.iter(|| forecast::reconcile(&answer, &production, &plan).is_ok());
        });
    }
    group.finish();
    desk(c);
}

/// A feature with so many bookings, client payments and an incentive.
fn busy(bookings: u32) -> (Production, Plan) {
    let (mut production, plan) = studio(13_091, 350);
    book(&mut production, bookings, date(2026, 7, 1));
    let show = ShowId::new(0);
    production.shows[show].award = Some(Cents(3_000_000_000));
    production.incentives.push(IncentiveRule::new("example", "", 2_000));
    (production, plan)
}

/// Adds so many bookings in the 180 days from a day on.
fn book(production: &mut Production, bookings: u32, from: jiff::civil::Date) {
    let accounts: Vec<AccountId> = production.accounts.ids().collect();
    let people = production.people.len();
    for index in 0..bookings {
        production.actuals.push(Actual {
            date: from.saturating_add(jiff::Span::new().days(i64::from(index % 180))),
            account: accounts[3 + index as usize % 20],
            show: None,
            amount: Cents(10_000 + i64::from(index % 977)),
            currency: production.settings.currency,
            state: ActualState::Posted,
            person: Some(PersonId::new(index as usize % people)),
            vendor: None,
            task: None,
            source: Source::default(),
        });
    }
}

fn desk(c: &mut Criterion) {
    let (production, plan) = busy(100_000);
    let answer = forecast::of(&production, &plan);
    assert!(answer.ledger.len() > 100_000);
    assert_eq!(forecast::reconcile(&answer, &production, &plan), Ok(()));
    let document = result(100_000);
    let postings = document.desk.as_ref().map_or(0, |desk| desk.postings.len());
    assert!(postings > 100_000, "{postings} postings");
    let week = pipeline::weekly(&document);
    let book = write::workbook(&document, &week).expect("a desk").expect("a workbook");
    assert!(book.len() > 50_000);
    let mut group = c.benchmark_group("desk");
    group.sample_size(10);
    group.bench_function("report, cash and partitions", |b| {
        b.iter(|| forecast::of(&production, &plan).cash.weeks.len());
    });
    group.bench_function("workbook", |b| b.iter(|| write::workbook(&document, &week).is_some()));
    group.finish();
}

/// The result of a made-up feature in the middle of its work, with so many bookings more.
fn result(bookings: u32) -> Document {
    let recipe = Recipe {
        archetype: if crate::is_test() { Archetype::Episodic } else { Archetype::Feature },
        seed: 2,
        tightness: Tightness::Tight,
        as_of_percent: 35,
        dirt: false,
    };
    let mut production = generate::production(&recipe);
    let from = production.settings.as_of.saturating_sub(jiff::Span::new().days(200));
    book(&mut production, bookings, from);
    let place = tempfile::tempdir().expect("a temporary folder");
    let show = place.path().join("show");
    write::show_folder::write(&production, &show).expect("written");
    let request = Request { mode: None, seed: None, threads: 1, limit: Limit::Steps(0) };
    match pipeline::planned(&show, &request, &()).expect("the show is read") {
        Answered::Answer(document) => document,
        other => panic!("{other:?}"),
    }
}
