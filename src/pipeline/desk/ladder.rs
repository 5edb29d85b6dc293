//! The commitments ladder: what a stop on each day would save, and what is owed anyway.

use crate::forecast::{self, Forecast};
use crate::model::{Contract, ContractKind, Production};
use crate::result::{LadderLine, Rung};

pub fn ladder(forecast: &Forecast) -> Vec<Rung> {
    let rung = |row: &forecast::Rung| Rung {
        decided: row.decided,
        spent: row.spent.0,
        owed: row.owed.0,
        people: row.people.0,
        vendors: row.vendors.0,
        avoidable: row.avoidable().0,
    };
    forecast.ladder.rungs.iter().map(rung).collect()
}

/// What each rung of the ladder is made of.
pub fn ladder_lines(production: &Production, forecast: &Forecast) -> Vec<LadderLine> {
    let as_of = production.settings.as_of;
    let code_of = |id| production.accounts.get(id).map(|row| row.code.clone());
    let empty = |kind: &str, what: String| LadderLine {
        kind: kind.to_owned(),
        who: None,
        what,
        order: None,
        account: None,
        from: as_of,
        to: as_of,
        rungs: Vec::new(),
    };
    let line = |row: &forecast::LadderLine| {
        let mut line = match row.of {
            forecast::LadderOf::Contract(person, at) => {
                let person = &production.people[person];
                let contract = at.and_then(|at| person.contracts.get(at as usize));
                LadderLine {
                    who: Some(person.code.clone()),
                    from: contract.map_or(as_of, |row| row.start),
                    to: contract.map_or(as_of, |row| {
                        row.end.unwrap_or(production.settings.horizon_end).max(row.start)
                    }),
                    ..empty("contract", contract.map_or("no contract".to_owned(), terms))
                }
            }
            forecast::LadderOf::Order(order) => {
                let Some(order) = production.commitments.get(order as usize) else {
                    return empty("order", String::new());
                };
                let what = match order.cancellable_from {
                    Some(from) => format!("can be cancelled from {from}"),
                    None => "cannot be cancelled".to_owned(),
                };
                let day = order.expected.unwrap_or(as_of).max(as_of);
                LadderLine {
                    who: order.vendor.map(|id| production.vendors[id].code.clone()),
                    order: Some(order.code.clone()),
                    account: code_of(order.account),
                    from: order.cancellable_from.unwrap_or(day).min(day),
                    to: day,
                    ..empty("order", what)
                }
            }
            forecast::LadderOf::Vendor(vendor, department) => LadderLine {
                who: Some(production.vendors[vendor].code.clone()),
                ..empty(
                    "vendor",
                    department.map_or("to be ordered".to_owned(), |id| {
                        format!("{} to be ordered", production.departments[id].code)
                    }),
                )
            },
            forecast::LadderOf::Account(account) => LadderLine {
                account: code_of(account),
                ..empty(
                    "account",
                    production
                        .accounts
                        .get(account)
                        .map_or_else(String::new, |row| row.name.clone()),
                )
            },
        };
        line.rungs = row.amounts.iter().map(|amounts| amounts.map(|amount| amount.0)).collect();
        line
    };
    forecast.ladder.lines.iter().map(line).collect()
}

/// "fixed term, 20 days' notice".
fn terms(contract: &Contract) -> String {
    let kind = match contract.kind {
        ContractKind::Staff => "staff",
        ContractKind::Fixed => "fixed term",
        ContractKind::Freelance => "freelance",
    };
    match contract.notice_days {
        0 => kind.to_owned(),
        1 => format!("{kind}, 1 day's notice"),
        days => format!("{kind}, {days} days' notice"),
    }
}
