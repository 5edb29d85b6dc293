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
        assert_eq!((price.department, price.period.first), (DepartmentId::new(0), at as u32));
        near(price.one_more, 1.25 * day);
        near(price.one_less.expect("there is one"), 1.5 * day);
        assert!(price.one_more <= price.dual * 1.001 && price.dual <= 1.5 * day * 1.001);
    }
}

#[test]
fn a_price_lies_between_one_more_and_one_less() {
    let mut priced = 0;
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
    }
    assert!(priced > 0, "overloaded shows and nobody missing");
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
