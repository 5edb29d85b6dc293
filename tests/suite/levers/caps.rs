//! Budget caps on generated shows: they hold, or the answer says what is missing.

use jiff::civil::Date;
use shotplan::compare::{Goal, Options, Tried, budget};
use shotplan::forecast::Posting;
use shotplan::generate::{Archetype, Recipe, Tightness};
use shotplan::model::*;
use shotplan::solve::Limit;
use std::collections::BTreeMap;

/// Shows of the default run, and with `SHOTPLAN_SLOW=1`, by archetype.
const SHOWS: [(Archetype, u64, u64); 4] = [
    (Archetype::Commercial, 8, 34),
    (Archetype::Episodic, 0, 12),
    (Archetype::Feature, 0, 3),
    (Archetype::Studio, 0, 1),
];

/// All cost of a plan that a filter lets through, from its postings.
fn cost(tried: &Tried, filter: impl Fn(&Posting) -> bool) -> Cents {
    let rows = tried.forecast.ledger.iter();
    let is_cost = |row: &&Posting| {
        tried.production.accounts[row.account].kind != AccountKind::Revenue && filter(row)
    };
    rows.filter(is_cost).map(|row| row.amount).sum()
}

/// What costs most of its kind.
fn dearest<K: Ord + Copy>(tried: &Tried, key: impl Fn(&Posting) -> Option<K>) -> Option<K> {
    let mut sums: BTreeMap<K, Cents> = BTreeMap::new();
    for row in &tried.forecast.ledger {
        if tried.production.accounts[row.account].kind != AccountKind::Revenue
            && let Some(key) = key(row)
        {
            *sums.entry(key).or_default() += row.amount;
        }
    }
    sums.into_iter().max_by_key(|(_, sum)| *sum).map(|(key, _)| key)
}

/// Milestones with open work that ends after their date or has no place, one by one.
fn late(tried: &Tried) -> u32 {
    let is_late = |(id, row): &(MilestoneId, &Milestone)| {
        let goal = Goal::of(&tried.production, *id);
        goal.is_open() && tried.finish(&goal).is_none_or(|finish| finish > row.date)
    };
    tried.production.milestones.enumerate().filter(is_late).count() as u32
}

/// A deliverable is in time, and one beside it has work that nobody can do: the milestone with that one is late, though all
/// that has a place is done by then, and the one without it is not.
#[test]
fn a_milestone_with_work_without_a_place_is_late() {
    let production = crate::support::show(
        "--- show.toml
        [settings]
        as_of = 2027-01-04
        --- people.csv
        name,department
        Ann,CMP
        --- contracts.csv
        person,kind,start,end,rate,basis,burden
        Ann,staff,2026-01-05,,60000,year,0%
        --- shots.csv
        id,due
        010_0010,2027-02-26
        010_0020,2027-02-26
        --- tasks.csv
        id,shot,department,days
        cmp,010_0010,CMP,2
        fx,010_0020,FX,2
        --- milestones.csv
        id,kind,date,contents
        one,batch,2027-02-26,010_0010
        both,final,2027-03-26,010_0010; 010_0020",
    );
    let limit = Limit::Steps(0);
    let options = Options { mode: Mode::Balanced, seed: 1, threads: 1, limit };
    let base = Tried::unproven(production.clone(), &options, &()).expect("planned");
    let cap = BudgetCap { name: "cap".to_owned(), on: CapOn::Total, amount: Cents(1) };
    let (_, found) = budget(&production, &[cap], &options, &()).expect("planned");
    assert_eq!((found.base.milestones_late, late(&base)), (1, 1));
}

fn month(date: Date) -> Date {
    date.first_of_month()
}

#[test]
fn caps_hold_or_the_answer_says_what_is_missing() {
    let is_slow = std::env::var_os("SHOTPLAN_SLOW").is_some();
    let (mut kept, mut broken, mut all, mut missed) = (0, 0, 0, 0);
    for (archetype, few, many) in SHOWS {
        for seed in 1..=if is_slow { many } else { few } {
            all += 1;
            let recipe = Recipe {
                archetype,
                seed,
                tightness: Tightness::Tight,
                as_of_percent: if seed % 2 == 0 { 35 } else { 0 },
                dirt: false,
            };
            let production = shotplan::generate::production(&recipe);
            let limit = Limit::Steps(0);
            let options = Options { mode: Mode::Balanced, seed: 1, threads: 1, limit };
            let base = Tried::unproven(production.clone(), &options, &()).expect("planned");
            // On everything, and on what costs most: a department, a month, an account.
            let on = match seed % 4 {
                1 => dearest(&base, |row| row.department).map(CapOn::Department),
                2 => dearest(&base, |row| Some(month(row.date))).map(CapOn::Month),
                3 => dearest(&base, |row| Some(row.account)).map(CapOn::Account),
                _ => Some(CapOn::Total),
            };
            let on = on.expect("something costs money");
            let counted = |tried: &Tried| match &on {
                CapOn::Accounts(_) => unreachable!("no such cap is drawn"),
                CapOn::Total => cost(tried, |_| true),
                CapOn::Show(id) => cost(tried, |row| row.show == Some(*id)),
                CapOn::Department(id) => cost(tried, |row| row.department == Some(*id)),
                CapOn::Month(first) => cost(tried, |row| month(row.date) == *first),
                CapOn::Account(id) => cost(tried, |row| row.account == *id),
            };
            // Three to twenty-two per cent less than planned.
            let planned = counted(&base);
            let amount = planned.basis_points(9_700 - 100 * (seed as i64 % 20));
            let cap = BudgetCap { name: "cap".to_owned(), on: on.clone(), amount };
            let (_, found) = budget(&production, &[cap], &options, &()).expect("planned");
            let row = &found.caps[0];
            let case = format!("{archetype:?} {seed} {on:?}");
            // What is told is what the plan costs.
            assert_eq!(row.after, counted(&found.plan.tried), "{case}");
            assert!(row.after <= row.planned && row.planned == planned, "{case}");
            assert!(row.avoidable <= row.planned, "{case}");
            assert_eq!(found.base.milestones_late, late(&base), "{case}");
            assert_eq!(found.after.milestones_late, late(&found.plan.tried), "{case}");
            missed += late(&base);
            // Where work is left out, what all of it costs is told: more than there is.
            let left_out = found.left_out() > 0;
            assert_eq!(row.with_all_work, counted(&found.whole.tried), "{case}");
            let unplaced = |tried: &Tried| tried.solved.plan.left_out().count();
            assert!(unplaced(&found.whole.tried) <= unplaced(&base), "{case}");
            assert_eq!(row.missing(), (row.with_all_work - amount).max(Cents::ZERO), "{case}");
            assert!(!left_out || row.with_all_work > amount, "{case}");
            if row.holds() {
                kept += 1;
                assert!(counted(&found.plan.tried) <= amount, "{case}");
            } else {
                broken += 1;
                // All that could be saved was tried, and what is missing is told.
                assert!(row.with_all_work > amount && found.tries > 1, "{case}");
                assert!(left_out || row.after > amount, "{case}");
            }
        }
    }
    assert!(missed > 0, "no milestone is late");
    assert!(kept > 0 && broken > 0 && kept + broken == all, "{kept} kept, {broken} broken");
}

/// Two shows with compositors who are paid by the day: the dear ones work on the second.
fn two_shows(seed: u64) -> String {
    let mut dice = super::Dice(seed * 71 + 5);
    let mut text = String::from(
        "--- show.toml\n[settings]\nas_of = 2027-01-04\nhorizon_end = 2027-06-30\nproductive = \"100%\"\n--- shows.csv\nid\nnorth\nsouth\n",
    );
    text.push_str("--- tasks.csv\nshow,shot,department,days\n");
    for number in 0..12 {
        let (show, sequence) = if number % 2 == 0 { ("north", 1) } else { ("south", 2) };
        let days = 2 + dice.below(4);
        text.push_str(&format!("{show},0{sequence}0_{number:02}0,CMP,{days}\n"));
    }
    text.push_str("--- people.csv\nname,department,shows\n");
    let named = |show: &str| if seed.is_multiple_of(3) { String::new() } else { show.to_owned() };
    for (name, show) in [("Ann", "north"), ("Bo", "north"), ("Cy", "south"), ("Di", "south")] {
        text.push_str(&format!("{name},CMP,{}\n", named(show)));
    }
    text.push_str("--- contracts.csv\nperson,kind,start,notice,rate,burden\n");
    for name in ["Ann", "Bo", "Cy", "Di"] {
        let rate = 200 + 50 * dice.below(5);
        text.push_str(&format!("{name},freelance,2026-12-01,0,{rate},0%\n"));
    }
    text
}

#[test]
fn a_cap_on_one_show_is_kept_and_leaves_the_other_alone() {
    let options = Options { mode: Mode::NoOvertime, seed: 1, threads: 1, limit: Limit::Steps(20) };
    let (mut named, mut kept) = (0, 0);
    for seed in 0..18 {
        let production = crate::support::show(&two_shows(seed));
        let base = Tried::unproven(production.clone(), &options, &()).expect("planned");
        let id = ShowId::new(seed as usize % 2);
        let of = |tried: &Tried, id: ShowId| cost(tried, |row| row.show == Some(id));
        let planned = of(&base, id);
        let amount = planned.basis_points(9_500 - 500 * (seed as i64 % 7));
        let cap = BudgetCap { name: "one".to_owned(), on: CapOn::Show(id), amount };
        let (_, found) = budget(&production, &[cap], &options, &()).expect("planned");
        let row = &found.caps[0];
        assert_eq!((row.planned, row.after), (planned, of(&found.plan.tried, id)), "{seed}");
        // All of it is paid by the day, so that any cap can be kept, if only by leaving out work.
        assert!(of(&found.plan.tried, id) <= amount, "{seed}: {row:?}");
        assert_eq!(row.holds(), found.left_out() == 0, "{seed}: {row:?}");
        kept += 1;
        if seed % 3 != 0 {
            named += 1;
            // Who works for the other show only stays, and so does their work.
            let unplaced = found.plan.tried.solved.plan.unplaced.iter();
            let mut shows = unplaced.map(|row| production.show_of(production.tasks[row.0].entity));
            assert!(shows.all(|show| show == id), "{seed}");
            let is_of = |person: PersonId| production.people[person].shows == [id];
            let releases = &found.plan.releases;
            assert!(releases.iter().all(|row| is_of(row.0)), "{seed}: {releases:?}");
        }
    }
    assert_eq!((kept, named), (18, 12));
}
