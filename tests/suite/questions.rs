//! Questions of a production manager: what one more artist is worth, who is missing, who could go.

use crate::support::planning::Show;
use shotplan::generate::{Archetype, Recipe, Tightness, production};
use shotplan::model::*;
use shotplan::pipeline::{self, Answered, Request};
use shotplan::solve::{Limit, prices};
use std::path::Path;

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-3 * expected, "{found} is not {expected}");
}

#[test]
fn a_price_is_what_one_artist_more_saves() {
    // One animator, ten days of work that may be cut up, due after the five days of the first week. On
    // the days after, 0.5, 0.4, 0.3, 0.2 and 0.1 of it are not done: 1.5 days late at half an
    // artist-day. One artist more on a day of the first week takes 0.1 off each: half a day, for a
    // fifth of a week 1.25 artist-days a week. One less leaves 0.6 to 0.1: 1.5 artist-days.
    let mut show = Show::new(&["ANI", "CMP"]);
    show.artist("ada", 0);
    show.artist("bo", 1);
    let shot = show.shot("010", 8);
    let task = show.task(shot, 0, 40);
    show.production.tasks[task].max_parallel = 10;
    // Comp has nothing that is due: nobody is missing there.
    let other = show.shot("020", 8);
    show.production.shots[other].due = None;
    show.task(other, 1, 40);
    let day = show.production.mean_day_cost().0 as f64;
    let found = prices(&show.production, Mode::NoOvertime, 5).expect("solved");
    near(found.value, 0.75 * day);
    assert_eq!(found.rows.len(), 5);
    for (at, price) in found.rows.iter().enumerate() {
        assert_eq!((price.call.department, price.period.first), (DepartmentId::new(0), at as u32));
        near(price.one_more, 1.25 * day);
        near(price.one_less.expect("there is one"), 1.5 * day);
        assert!(price.one_more <= price.dual * 1.001 && price.dual <= 1.5 * day * 1.001);
    }
}

#[test]
fn a_price_lies_between_one_more_and_one_less() {
    let (mut priced, mut days) = (0, 0);
    for seed in 1..=3 {
        let recipe = Recipe {
            archetype: Archetype::Commercial,
            seed,
            tightness: Tightness::Overloaded,
            as_of_percent: 35,
            dirt: false,
        };
        let show = production(&recipe);
        let found = prices(&show, Mode::Balanced, 4).expect("solved");
        for price in &found.rows {
            let margin = 1e-3 * price.dual + 1e-5 * found.value.abs();
            assert!(price.one_more <= price.dual + margin, "seed {seed}: {price:?}");
            if let Some(loss) = price.one_less {
                assert!(price.dual <= loss + margin, "seed {seed}: {price:?}");
            }
        }
        priced += found.rows.len();
        let between = |dual: f64, more: f64, less: Option<f64>| {
            let margin = 1e-3 * dual + 1e-5 * found.value.abs();
            more <= dual + margin && less.is_none_or(|less| dual <= less + margin)
        };
        for price in &found.overtime {
            assert!(between(price.dual, price.one_more, price.one_less), "seed {seed}: {price:?}");
        }
        for price in &found.vendors {
            assert!(between(price.dual, price.one_more, price.one_less), "seed {seed}: {price:?}");
        }
        days += found.milestones.len();
    }
    assert!(priced > 0, "overloaded shows and nobody missing");
    assert!(days > 0, "overloaded shows and no milestone is worth a day");
}

#[test]
fn a_day_on_a_milestone_is_worth_its_penalty() {
    // Four days of work for one artist, due after two: late by two days whatever is planned.
    let mut show = Show::new(&["ANI"]);
    show.artist("ada", 0);
    let shot = show.shot("010", 8);
    show.production.shots[shot].due = None;
    show.production.shots[shot].award = Some(Cents(0));
    show.task(shot, 0, 16);
    show.production.milestones.push(Milestone {
        code: "final".to_owned(),
        name: "final".to_owned(),
        show: show.show,
        kind: MilestoneKind::Final,
        date: jiff::civil::date(2027, 1, 5),
        hard: false,
        penalty_per_day: Some(Cents(100_000)),
        contents: vec![Entity::Shot(shot)],
        source: Source::default(),
    });
    let found = prices(&show.production, Mode::NoOvertime, 5).expect("solved");
    let [day] = &found.milestones[..] else { panic!("{:?}", found.milestones) };
    near(day.later, 100_000.0);
    near(day.earlier, 100_000.0);
    assert!(found.overtime.is_empty() && found.vendors.is_empty());
}

#[test]
fn an_hour_above_the_cap_is_worth_something_where_all_overtime_is_used() {
    // Ten days of work before a hard milestone after five: every hour counts, and a vendor's day too.
    let mut show = Show::new(&["ANI"]);
    let ada = show.artist("ada", 0);
    show.production.people[ada].overtime_allowed = true;
    show.production.people[ada].opted_out = true;
    let shot = show.shot("010", 8);
    show.production.shots[shot].due = None;
    let task = show.task(shot, 0, 40);
    show.production.tasks[task].max_parallel = 10;
    show.production.milestones.push(Milestone {
        code: "final".to_owned(),
        name: "final".to_owned(),
        show: show.show,
        kind: MilestoneKind::Final,
        date: jiff::civil::date(2027, 1, 8),
        hard: true,
        penalty_per_day: None,
        contents: vec![Entity::Shot(shot)],
        source: Source::default(),
    });
    let found = prices(&show.production, Mode::Balanced, 5).expect("solved");
    assert!(!found.overtime.is_empty());
    for price in &found.overtime {
        let margin = 1e-3 * price.dual;
        assert!(price.one_more > 0.0 && price.one_more <= price.dual + margin, "{price:?}");
        assert!(price.one_less.is_some_and(|less| less >= price.dual - margin), "{price:?}");
    }
    // An hour of overtime is an eighth of a day of work, less its pay.
    let hour = found.overtime[0].one_more;
    let day = found.rows[0].one_more / 5.0;
    assert!(hour < day / 8.0 && hour > day / 8.0 - show.production.mean_day_cost().0 as f64);
}

fn crew_of(show: &str) -> shotplan::result::CrewPlan {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/productions").join(show);
    let limit = Limit::Steps(0);
    let request = Request { mode: None, seed: None, threads: 1, limit };
    match pipeline::crew(&path, &request, &()) {
        Ok(Answered::Answer(plan)) => plan,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_crew_adds_up_week_by_week() {
    for show in ["handmade", "commercial"] {
        let plan = crew_of(show);
        assert!(!plan.departments.is_empty());
        for row in &plan.departments {
            let mut left = 0.0_f64;
            for week in 0..plan.weeks.len() {
                let gap = row.demand[week] - row.capacity[week];
                assert!((row.gap[week] - gap).abs() < 0.05 + 1e-9, "{show} {} {week}", row.id);
                if row.backlog[week] > 0.0 || left > 0.0 {
                    let expected = (left + row.gap[week]).max(0.0);
                    assert!((row.backlog[week] - expected).abs() < 0.06 || left == 0.0);
                }
                left = row.backlog[week];
            }
        }
        for hire in &plan.hires {
            let row = plan.departments.iter().find(|row| row.id == hire.department).expect("row");
            let weeks = plan.weeks.iter().filter(|day| **day >= hire.from && **day <= hire.to);
            let most = row.backlog.iter().fold(0.0_f64, |most, left| most.max(*left));
            assert!(f64::from(hire.artists) * weeks.count() as f64 >= most, "{show} {hire:?}");
        }
        for row in &plan.releases {
            assert!(row.last_work.is_none_or(|last| last < row.free_from), "{row:?}");
            assert!(row.notice_by <= row.free_from && row.free_from <= row.contract_end);
            assert!(row.notice_by >= plan.as_of);
        }
    }
}
