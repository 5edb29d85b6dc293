//! Shows that may not happen: demand, cost and margin with them, without them, and weighed by their chance.

use crate::support::desk::Desk;
use crate::support::planning::planned;
use shotplan::formulate::staffing::{Kind, Known, staffing};
use shotplan::model::*;
use shotplan::{forecast, solve};

const TWO_SHOWS: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-03-26
    currency = \"GBP\"
    productive = \"100%\"
    charge_basis = \"worked\"
    [[shows]]
    id = \"SURE\"
    award = 5000
    [[shows]]
    id = \"MAYBE\"
    award = 4000
    probability = \"60%\"
    --- shots.csv
    show,shot,due
    SURE,010_0010,2027-01-08
    MAYBE,020_0010,2027-01-08
    --- tasks.csv
    id,shot,department,days
    a,010_0010,CMP,5
    b,020_0010,CMP,5
    --- people.csv
    name,department
    Ann,CMP
    --- contracts.csv
    person,kind,start,end,rate,basis,burden
    Ann,staff,2027-01-04,2027-12-31,400,day,0%
";

#[test]
fn demand_cost_and_margin_are_told_firm_and_weighed() {
    let production = crate::support::show(TWO_SHOWS);
    let plan = planned(&production, 20).plan;
    let money = forecast::of(&production, &plan);
    // Five days at 400 each; 60 % of the second.
    let prospects = &money.prospects;
    assert_eq!(prospects.firm, (Cents(500_000), Cents(200_000)));
    assert_eq!(prospects.weighed(), (Cents(740_000), Cents(320_000)));
    let row = &money.crew.rows[0];
    let sum = |list: &[i64]| list.iter().sum::<i64>();
    assert_eq!([sum(&row.demand), sum(&row.weighed), sum(&row.firm)], [4_800, 3_840, 2_400]);
    let desk = Desk::with("two", TWO_SHOWS);
    let found = desk.json(&["crew", "two", "--steps", "20", "--format", "json"], 0);
    assert_eq!(found["prospects"][0]["probability"], 6_000, "{found}");
    let heads = |list: &str| found["departments"][0][list][0].as_f64().expect("a number");
    assert_eq!([heads("demand"), heads("weighed"), heads("firm")], [2.0, 1.6, 1.0], "{found}");
    let found = desk.json(&["cost-report", "two", "--steps", "20", "--format", "json"], 0);
    let told = &found["prospects"];
    assert_eq!(told["weighed"]["margin"], 420_000, "{told}");
    assert_eq!((&told["all"]["cost"], &told["firm"]["cost"]), (&400_000.into(), &200_000.into()));
    let words = |call: &[&str]| -> String {
        let text = String::from_utf8(desk.run(call).code(0).get_output().stdout.clone());
        text.expect("text").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let crew = words(&["crew", "two", "--steps", "20"]);
    assert!(crew.contains("MAYBE 60 %") && crew.contains("CMP +0.6"), "{crew}");
    let cost = words(&["cost-report", "two", "--steps", "20"]);
    assert!(cost.contains("weighed by chance cost £3,200, margin £4,200"), "{cost}");
}

#[test]
fn the_estimate_weighs_shows_and_the_bound_does_not() {
    let value = |chance: i64, kind: Kind| {
        let mut production = crate::support::show(TWO_SHOWS);
        production.shows[ShowId::new(1)].probability = chance;
        let timeline = production.timeline();
        let lanes = availability::lanes(&production, &timeline);
        let known = Known::default();
        let weekly = staffing(&production, &timeline, &lanes, &known, Mode::NoOvertime, kind);
        solve::linear::solve(&weekly.program, &solve::linear::Settings::default()).value
    };
    let near = |one: f64, two: f64| (one - two).abs() <= 1e-4 * (1.0 + one.abs());
    assert!(near(value(10_000, Kind::Bound), value(6_000, Kind::Bound)));
    let (all, some) = (value(10_000, Kind::Estimate), value(3_000, Kind::Estimate));
    assert!(all > 1.0 && some < 0.6 * all, "{some} {all}");
}
