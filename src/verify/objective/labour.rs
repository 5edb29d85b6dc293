//! Component 4: pay that another plan could avoid.

use crate::model::{Cents, ContractKind, Id, PersonId, Production};
use crate::verify::case::{Case, each_day};
use crate::verify::overtime_pay::overtime_pay;
use jiff::civil::Date;

pub(super) fn cost(case: &Case<'_>) -> Cents {
    overtime_pay(case) + freelance_days(case)
}

fn freelance_days(case: &Case<'_>) -> Cents {
    let production = case.production;
    let avoidable: Vec<Vec<Option<Date>>> =
        production.people.ids().map(|person| first_avoidable_days(production, person)).collect();
    let slots = i64::from(case.clock.per_day);
    let mut cost = Cents::ZERO;
    for (part, person) in case.worked_parts() {
        let contracts = &production.people[person].contracts;
        let avoidable = &avoidable[person.index()];
        let (true, Some(lane)) = (avoidable.iter().any(Option::is_some), case.lane(part)) else {
            continue;
        };
        each_day(part.segments, case.clock.per_day, |day, worked| {
            let date = case.clock.date(day);
            let contract = contracts.iter().position(|contract| contract.covers(date));
            let from = contract.and_then(|contract| avoidable[contract]);
            if from.is_some_and(|from| date >= from) {
                let share = i64::from(lane.base.share[day as usize]) * i64::from(worked);
                cost += production.day_cost(person, date).times(share, 10_000 * slots);
            }
        });
    }
    cost
}

/// First day that could be saved of each contract of a person; `None` for those that are not
/// freelance.
fn first_avoidable_days(production: &Production, person: PersonId) -> Vec<Option<Date>> {
    production.people[person]
        .contracts
        .iter()
        .map(|contract| {
            (contract.kind == ContractKind::Freelance)
                .then(|| production.first_avoidable_day(person, contract))
        })
        .collect()
}
