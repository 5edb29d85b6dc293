//! Component 12: teams whose time is used unevenly.

use crate::model::{BALANCE, Cents, Id, Production, round_half_even};
use crate::verify::case::{Case, each_day};
use std::collections::BTreeMap;

/// Days in which a team's time is to be used evenly.
const PERIOD: u32 = 28;

/// Share slots of a person in a period: there, and used.
#[derive(Clone, Copy, Default)]
struct Use {
    there: i128,
    used: i128,
}

pub(super) fn cost(case: &Case<'_>, mean: Cents) -> Cents {
    let production = case.production;
    if production.settings.weights.points()[BALANCE] == 0 {
        return Cents::ZERO;
    }
    let per_day = i128::from(case.clock.per_day);
    let mut people: Vec<BTreeMap<u32, Use>> = vec![BTreeMap::new(); production.people.len()];
    for (of_person, time) in people.iter_mut().zip(&case.people) {
        for day in 0..case.clock.days() {
            let shares = time.lanes.iter().map(|lane| lane.base.share[day as usize]);
            let there = shares.map(i128::from).sum::<i128>() * per_day;
            of_person.entry(day / PERIOD).or_default().there += there;
        }
    }
    for (part, person) in case.worked_parts() {
        let Some(lane) = case.lane(part) else { continue };
        each_day(part.segments, case.clock.per_day, |day, slots| {
            let used = i128::from(lane.base.share[day as usize]) * i128::from(slots);
            people[person.index()].entry(day / PERIOD).or_default().used += used;
        });
    }
    let mut cost = Cents::ZERO;
    for department in production.departments.ids() {
        let is_of = |row: &Production, person| row.home_department(person) == Some(department);
        let team: Vec<_> = production.people.ids().filter(|&id| is_of(production, id)).collect();
        for period in 0..case.clock.days().div_ceil(PERIOD) {
            let (mut sum, mut whole) = (0_i64, Use::default());
            for person in &team {
                let Some(row) = people[person.index()].get(&period) else { continue };
                sum += squared(mean, *row, per_day);
                whole.there += row.there;
                whole.used += row.used;
            }
            cost += Cents((sum - squared(mean, whole, per_day)).max(0));
        }
    }
    cost
}

/// A twentieth of `R` a day for the square of the share that is used.
fn squared(mean: Cents, row: Use, per_day: i128) -> i64 {
    if row.there == 0 {
        return 0;
    }
    let price = i128::from(mean.0) * row.used * row.used;
    round_half_even(price, row.there * 20 * 10_000 * per_day)
}
