//! How long the network of a studio of 60,000 tasks takes: it is walked by every bound and by each
//! look at a show, so it must stay in milliseconds, and the bound with unlimited crew within a second.

use criterion::Criterion;
use jiff::civil::date;
use shotplan::graph::{Network, WorkingDays, earliest, latest, unlimited};
use shotplan::model::{availability::lanes, *};
use std::hint::black_box;

pub fn define(c: &mut Criterion) {
    let studio = studio();
    let (network, timeline) = (Network::new(&studio), studio.timeline());
    let tasks = studio.tasks.len();
    assert_eq!((tasks, studio.people.len(), network.edges()), (60_000, 1_200, 52_500));
    assert_eq!(network.order().map(<[TaskId]>::len), Some(tasks));

    let slots = Keyed::filled(8, tasks);
    let release = Keyed::filled(Slot(0), tasks);
    let due = Keyed::filled(None, tasks);
    let mut pace = WorkingDays { network: &network, slots: &slots, release: &release };
    // Eight departments of two days one after the other, half a day of review between: 16 + 3.5 days,
    // which end in the fourth week (19.5 working days = 3 weeks and 4.5 days).
    let last = TaskId::new(7);
    assert_eq!(earliest(&network, &mut pace).finish(last), Some(Slot(3 * 28 + 18)));

    let mut group = c.benchmark_group("graph");
    group.sample_size(10);
    group
        .bench_function("network of 60,000 tasks", |b| b.iter(|| Network::new(black_box(&studio))));
    group.bench_function("forward pass", |b| b.iter(|| earliest(&network, black_box(&mut pace))));
    group.bench_function("backward pass", |b| {
        b.iter(|| latest(&network, black_box(&mut pace), &due));
    });
    let lanes = lanes(&studio, &timeline);
    for (name, overtime) in [("unlimited crew", false), ("unlimited crew with overtime", true)] {
        group.bench_function(name, |b| {
            b.iter(|| {
                unlimited::earliest(black_box(&studio), &network, &timeline, &lanes, overtime)
            });
        });
    }
    group.finish();
}

/// 7,500 shots through eight departments, and 1,200 people of many speeds with leave here and there.
pub fn studio() -> Production {
    let mut studio = Production::new("studio", date(2027, 1, 4), date(2028, 6, 4));
    let names = ["MM", "ROTO", "LAY", "ANI", "CFX", "FX", "LGT", "CMP"];
    let departments = names.map(|name| studio.add_department(name));
    let shows: Vec<ShowId> = (0..6)
        .map(|n| studio.shows.push(Show::new(&format!("show{n}"), CalendarId::new(0))))
        .collect();
    let classes = [Class::A, Class::B, Class::B, Class::C, Class::D];
    for n in 0..7_500 {
        if n % 30 == 0 {
            let show = shows[n / 30 % shows.len()];
            studio.sequences.push(Sequence::new(&format!("{n:04}"), show));
        }
        let sequence = SequenceId::new(n / 30);
        let shot = studio.shots.push(Shot {
            class: Some(classes[n % classes.len()]),
            due: Some(date(2028, 3, 31)),
            ..Shot::new(&format!("shot{n:04}"), sequence)
        });
        let mut before: Option<TaskId> = None;
        for (place, &department) in departments.iter().enumerate() {
            let bid = 240 * (3 + ((n * 7 + place * 13) % 8) as i64);
            let code = format!("shot{n:04}_{}", names[place]);
            let task = Task::new(&code, Entity::Shot(shot), department, bid);
            let task = studio.tasks.push(task);
            studio.dependencies.extend(before.map(|before| Dependency::new(before, task)));
            before = Some(task);
        }
    }
    for n in 0..1_200 {
        let department = departments[n % departments.len()];
        let mut person = Person::new(&format!("artist{n:04}"), SiteId::new(0), department);
        person.skills[0].level = 700 + ((n * 37) % 601) as i64;
        let from = date(2027, 1, 4).saturating_add(jiff::Span::new().days((n * 11 % 500) as i64));
        let to = from.saturating_add(jiff::Span::new().days(13));
        let source = Source::default();
        person.leave.push(Leave { from, to, share: 10_000, approved: true, source });
        studio.people.push(person);
    }
    let contents = shows.iter().map(|show| Entity::Show(*show)).collect();
    studio.milestones.push(Milestone {
        code: "final".to_owned(),
        name: "final delivery".to_owned(),
        show: shows[0],
        kind: MilestoneKind::Final,
        date: date(2028, 5, 31),
        hard: true,
        penalty_per_day: None,
        contents,
        source: Source::default(),
    });
    studio
}
