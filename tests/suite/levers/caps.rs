//! Budget caps on generated shows: they hold, or the answer says what is missing.

use jiff::civil::Date;
use shotplan::compare::{BudgetCap, CapOn, Options, Tried, budget};
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

fn month(date: Date) -> Date {
    date.first_of_month()
}

#[test]
fn caps_hold_or_the_answer_says_what_is_missing() {
    let is_slow = std::env::var_os("SHOTPLAN_SLOW").is_some();
    let (mut kept, mut broken, mut all) = (0, 0, 0);
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
            let base = Tried::new(production.clone(), &options, &()).expect("planned");
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
            assert_eq!(row.after, counted(&found.plan), "{case}");
            assert!(row.after <= row.planned && row.planned == planned, "{case}");
            assert!(row.avoidable <= row.planned, "{case}");
            if row.holds() {
                kept += 1;
                assert!(counted(&found.plan) <= amount, "{case}");
            } else {
                broken += 1;
                // All that could be saved was tried, and what is missing is told.
                assert!(row.after > amount && found.tries > 1, "{case}");
            }
        }
    }
    assert!(kept > 0 && broken > 0 && kept + broken == all, "{kept} kept, {broken} broken");
}
