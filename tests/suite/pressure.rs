//! What time costs a plan that is late, and what the first plans make of it.

use crate::support::{self, planning::planned};
use shotplan::model::*;
use shotplan::solve::engine::pressure;

/// Departments with one artist each.
const NEXT: [&str; 12] =
    ["CMP", "LGT", "FX", "ANI", "LAY", "CFX", "ENV", "ROTO", "PREP", "MOD", "TEX", "RIG"];

/// Ann tracks every shot for so many days, then each shot has an artist of its own; all are due on the first day.
fn one_tracks_for_all(shots: usize, days: u32, mode: &str) -> Production {
    let mut people = String::from("Ann,MM\n");
    let mut dues = String::new();
    let mut tasks = String::new();
    for (shot, department) in (1..=shots).zip(NEXT) {
        people += &format!("Next{shot},{department}\n");
        dues += &format!("010_{shot:04},2027-01-04\n");
        tasks += &format!(
            "mm{shot},010_{shot:04},MM,{days},\nnext{shot},010_{shot:04},{department},1,mm{shot}\n"
        );
    }
    support::show(&format!(
        "--- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-06-30
        productive = 1
        review = 0
        mode = \"{mode}\"
        --- people.csv
        name,department
        {people}
        --- shots.csv
        id,due
        {dues}
        --- tasks.csv
        id,shot,department,days,after
        {tasks}"
    ))
}

/// A slot of what comes next costs what a slot of its shot costs. The first of Ann's three tasks keeps three shots waiting, the
/// second two, the third one: six prices over three tasks of the same length are two each.
#[test]
fn prices_add_up_where_ways_of_late_shots_meet() {
    let show = one_tracks_for_all(3, 1, "no-overtime");
    let solved = planned(&show, 0);
    let prices = pressure::prices(&solved.problem, &solved.schedule);
    let price = |code: &str| {
        prices[show.tasks.iter().position(|task| task.code == code).expect("a task of the show")]
    };
    let slot = price("next1");
    assert!(slot > 0, "every shot is late");
    for (task, times) in
        [("mm1", 2), ("mm2", 2), ("mm3", 2), ("next1", 1), ("next2", 1), ("next3", 1)]
    {
        assert_eq!(price(task), times * slot, "{task}");
    }
}

/// Where nothing is late, time is worth nothing.
#[test]
fn time_has_no_price_where_nothing_is_late() {
    let mut show = one_tracks_for_all(3, 1, "no-overtime");
    for shot in show.shots.iter_mut() {
        shot.due = "2027-02-26".parse().ok();
    }
    let solved = planned(&show, 0);
    assert!(pressure::prices(&solved.problem, &solved.schedule).iter().all(|&price| price == 0));
}

/// Ann is in the way of twelve shots: already the first plans have her work longer from the first week on, weeks
/// before the last shots are late.
#[test]
fn first_plans_relieve_the_bottleneck() {
    let show = one_tracks_for_all(12, 5, "balanced");
    let plan = planned(&show, 0).plan;
    let ann = show.people.iter().position(|person| person.code == "Ann").expect("Ann");
    let first_week =
        plan.overtime.iter().filter(|row| row.person.index() == ann && row.day.0 < 5).count();
    assert!(first_week > 0, "Ann has no overtime in the first week: {:?}", plan.overtime);
}
