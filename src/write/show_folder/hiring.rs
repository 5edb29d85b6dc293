//! On which terms people can come or help elsewhere: usual rates, hires, moves.

use super::{Table, date, decimal, list, money, share, word};
use crate::model::*;
use crate::read::words;

/// The tables.
pub(super) fn tables(production: &Production) -> Vec<Table> {
    vec![rates(production), hiring(production), moves(production)]
}

fn rates(production: &Production) -> Table {
    let department = |id: DepartmentId| production.departments[id].code.clone();
    let card = production.rate_card.iter().map(|row| {
        let rates = row.pay.rates.iter().map(|&(from, rate)| match from == row.pay.start {
            true => money(rate, row.pay.currency),
            false => format!("{from} {}", money(rate, row.pay.currency)),
        });
        vec![
            row.department.map_or(String::new(), department),
            row.position.clone().unwrap_or_default(),
            row.seniority.map_or(String::new(), |seniority| word(words::SENIORITIES, seniority)),
            row.site.map_or(String::new(), |site| production.sites[site].code.clone()),
            list(rates),
            word(words::BASES, row.pay.basis),
            if row.burden_given { share(row.pay.burden) } else { String::new() },
            row.pay.currency.to_string(),
        ]
    });
    Table {
        name: "rates",
        columns: &[
            "department",
            "position",
            "seniority",
            "site",
            "rate",
            "basis",
            "burden",
            "currency",
        ],
        rows: card.collect(),
    }
}

fn hiring(production: &Production) -> Table {
    let department = |id: DepartmentId| production.departments[id].code.clone();
    let home = production.settings.currency;
    let hiring = production.hiring.iter().map(|row| {
        let contract = &row.contract;
        let rates = contract.rates.iter().map(|&(from, rate)| match from == contract.start {
            true => money(rate, contract.currency),
            false => format!("{from} {}", money(rate, contract.currency)),
        });
        let ramp = list(row.ramp.iter().map(|points| share(*points)));
        vec![
            row.code.clone(),
            department(row.department),
            production.sites[row.site].code.clone(),
            word(words::SENIORITIES, row.seniority),
            decimal(row.level, 3),
            word(words::CONTRACTS, contract.kind),
            if contract.rate_assumed { String::new() } else { list(rates) },
            word(words::BASES, contract.basis),
            share(contract.burden),
            contract.currency.to_string(),
            contract.notice_days.to_string(),
            row.min_weeks.to_string(),
            row.lead_days.to_string(),
            date(row.earliest),
            if ramp.is_empty() { "none".to_owned() } else { ramp },
            row.most.to_string(),
            money(row.onboarding, home),
        ]
    });
    Table {
        name: "hiring",
        columns: &[
            "id",
            "department",
            "site",
            "seniority",
            "level",
            "kind",
            "rate",
            "basis",
            "burden",
            "currency",
            "notice",
            "min_weeks",
            "lead_days",
            "earliest",
            "ramp",
            "max_heads",
            "onboarding",
        ],
        rows: hiring.collect(),
    }
}

fn moves(production: &Production) -> Table {
    let department = |id: DepartmentId| production.departments[id].code.clone();
    let home = production.settings.currency;
    let moves = production.moves.iter().map(|row| {
        let people = row.people.iter().map(|&id| production.people[id].code.clone());
        let ramp = list(row.ramp.iter().map(|points| share(*points)));
        vec![
            row.code.clone(),
            list(people),
            row.from.map_or(String::new(), department),
            row.to.map_or(String::new(), department),
            row.site.map_or(String::new(), |site| production.sites[site].code.clone()),
            row.show.map_or(String::new(), |show| production.shows[show].code.clone()),
            decimal(row.level, 3),
            row.lead_days.to_string(),
            if ramp.is_empty() { "none".to_owned() } else { ramp },
            row.min_weeks.to_string(),
            if row.most == 0 { String::new() } else { row.most.to_string() },
            money(row.cost, home),
            share(row.pay),
            production.accounts[row.account].code.clone(),
        ]
    });
    Table {
        name: "moves",
        columns: &[
            "id",
            "people",
            "from",
            "to",
            "site",
            "show",
            "level",
            "lead_days",
            "ramp",
            "min_weeks",
            "max_heads",
            "cost",
            "pay",
            "account",
        ],
        rows: moves.collect(),
    }
}
