//! Cost against date: each point can be planned again, and none is beaten by another.

use jiff::civil::Date;
use shotplan::compare::{Bill, Goal, Options, Point, Tradeoff, Tried, purchases, tradeoff};
use shotplan::generate::{Archetype, Recipe, Tightness};
use shotplan::model::*;
use shotplan::read;
use shotplan::scenario::{Change, apply};
use shotplan::solve::Limit;
use shotplan::write::show_folder;

const OPTIONS: Options =
    Options { mode: Mode::Balanced, seed: 1, threads: 1, limit: Limit::Steps(0) };

fn last_delivery(production: &Production) -> MilestoneId {
    let key = |row: &Milestone| (row.kind == MilestoneKind::Final, row.date);
    let last = production.milestones.enumerate().max_by_key(|(_, row)| key(row));
    last.expect("a generated show has a delivery").0
}

/// The plan of a point, from files: the show with its purchases is written to a folder and read again.
fn planned_again(production: &Production, milestone: MilestoneId, point: &Point) -> Tried {
    let mut changes = purchases(production, &point.bought);
    if let Some(date) = point.asked {
        changes.push(Change::MoveDate { milestone, date, hard: true });
    }
    let folder = tempfile::tempdir().expect("a folder");
    show_folder::write(&apply(production, &changes), folder.path()).expect("written");
    let reading = read::load(folder.path()).expect("read");
    let shows = reading.production.expect("a production");
    Tried::new(shows, &OPTIONS, &()).expect("planned")
}

fn check(production: &Production, found: &Tradeoff, milestone: MilestoneId) {
    let base = Tried::new(production.clone(), &OPTIONS, &()).expect("planned");
    let goal = Goal::of(production, milestone);
    for pair in found.points.windows(2) {
        // A later date has to be cheaper: the curve falls, and no point beats another.
        assert!(pair[0].finish < pair[1].finish, "{:?} {:?}", pair[0].finish, pair[1].finish);
        assert!(pair[0].bill.total() > pair[1].bill.total());
        assert!(!pair[0].bought.is_like(&pair[1].bought) || pair[0].asked != pair[1].asked);
    }
    let is_beaten = |finish: Date, cost: Cents| {
        found.points.iter().any(|point| point.finish <= finish && point.bill.total() <= cost)
    };
    let as_it_is = base.finish(&goal).expect("all work has a place");
    assert!(is_beaten(as_it_is, Cents::ZERO), "the plan as it is lies under the curve");
    for point in &found.points {
        assert!(found.earliest.is_none_or(|earliest| earliest <= point.finish));
        let again = planned_again(production, milestone, point);
        assert_eq!(again.finish(&goal), Some(point.finish), "asked for {:?}", point.asked);
        let bill = Bill::of(&base, &again, &point.bought, Date::MAX);
        assert_eq!(bill, point.bill, "asked for {:?}", point.asked);
    }
}

#[test]
fn each_point_is_planned_again_from_files_to_the_same_day_and_penny() {
    // Two commercials; with `SHOTPLAN_SLOW=1` eight, and two series.
    let is_slow = std::env::var_os("SHOTPLAN_SLOW").is_some();
    let (commercials, series) = if is_slow { (8, 2) } else { (2, 0) };
    let mut bought = 0;
    for (archetype, many) in [(Archetype::Commercial, commercials), (Archetype::Episodic, series)] {
        for seed in 1..=many {
            let tightness = Tightness::Tight;
            let recipe = Recipe { archetype, seed, tightness, as_of_percent: 0, dirt: false };
            let production = shotplan::generate::production(&recipe);
            let milestone = last_delivery(&production);
            let found =
                tradeoff(&production, milestone, 8, &OPTIONS, &|_, _| None, &()).expect("planned");
            assert!(found.tries <= 8 && found.points.len() + found.dominated <= 8);
            check(&production, &found, milestone);
            bought += found.points.iter().filter(|point| !point.bought.is_empty()).count();
        }
    }
    assert!(bought > 0, "no point of any curve buys anything");
}

#[test]
fn the_curve_is_the_same_on_any_number_of_threads() {
    let (archetype, tightness) = (Archetype::Commercial, Tightness::Tight);
    let recipe = Recipe { archetype, seed: 1, tightness, as_of_percent: 0, dirt: false };
    let production = shotplan::generate::production(&recipe);
    let milestone = last_delivery(&production);
    let curve = |threads: usize, most: usize| {
        let options = Options { threads, limit: Limit::Steps(64), ..OPTIONS };
        let found = tradeoff(&production, milestone, most, &options, &|_, _| None, &());
        let found = found.expect("planned");
        let row = |point: &Point| (point.asked, point.finish, point.bill.total());
        (found.points.iter().map(row).collect::<Vec<_>>(), found.tries, found.dominated)
    };
    // Two at a time, with an even number of plans and an odd one.
    for most in [6, 9] {
        let one = curve(1, most);
        assert_eq!(one.1, most);
        assert!(one.0.len() > 1, "{one:?}");
        for threads in [2, 3] {
            assert_eq!(curve(threads, most), one);
        }
    }
}
