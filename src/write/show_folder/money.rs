//! What money is planned with: accounts, vendors, budget, payments, incentives, exchange rates.

use super::{Table, date, decimal, list, money, number, share, word};
use crate::model::*;
use crate::read::words;

/// The tables.
pub(super) fn tables(production: &Production) -> Vec<Table> {
    vec![
        accounts(production),
        vendors(production),
        budget(production),
        contingency(production),
        payments(production),
        incentives(production),
        exchange(production),
    ]
}

fn accounts(production: &Production) -> Table {
    let accounts = production
        .accounts
        .iter()
        .map(|row| vec![row.code.clone(), row.name.clone(), word(words::ACCOUNTS, row.kind)]);
    Table { name: "accounts", columns: &["id", "name", "kind"], rows: accounts.collect() }
}

fn vendors(production: &Production) -> Table {
    let vendors = production.vendors.iter().map(|row| {
        let departments = row.departments.iter().map(|&id| production.departments[id].code.clone());
        let steps = row.payments.iter().map(|(part, what)| format!("{} {what}", share(*part)));
        let steps = list(steps);
        vec![
            row.code.clone(),
            row.name.clone(),
            row.place.clone(),
            list(departments),
            if row.whole_sequences { word(words::PACKAGES, true) } else { String::new() },
            date(row.cleared_from),
            number(row.capacity_days_per_week),
            list(row.lead_days.iter().map(u32::to_string)),
            money(row.day_price, row.currency),
            money(row.minimum_order, row.currency),
            share(row.supervision),
            share(row.late_probability),
            if steps.is_empty() { "none".to_owned() } else { steps },
            row.terms_days.map_or(String::new(), |days| days.to_string()),
            row.currency.to_string(),
        ]
    });
    Table {
        name: "vendors",
        columns: &[
            "id",
            "name",
            "place",
            "departments",
            "takes",
            "cleared_from",
            "capacity_days_per_week",
            "lead_days",
            "day_price",
            "minimum_order",
            "supervision",
            "late_probability",
            "payments",
            "terms_days",
            "currency",
        ],
        rows: vendors.collect(),
    }
}

/// The code of a show; empty where a line belongs to none.
fn codes_of_shows(production: &Production) -> impl Fn(Option<ShowId>) -> String {
    |id| id.map_or(String::new(), |id| production.shows[id].code.clone())
}

/// The code of a department; empty where a line belongs to none.
fn codes_of_departments(production: &Production) -> impl Fn(Option<DepartmentId>) -> String {
    |id| id.map_or(String::new(), |id| production.departments[id].code.clone())
}

fn budget(production: &Production) -> Table {
    let home = production.settings.currency;
    let account = |id: AccountId| production.accounts[id].code.clone();
    let (show, department) = (codes_of_shows(production), codes_of_departments(production));
    let budget = production.budget.iter().map(|row| {
        vec![
            account(row.account),
            show(row.show),
            money(row.original, home),
            money(row.approved_changes, home),
            row.last_period.map_or(String::new(), |amount| money(amount, home)),
            String::new(),
            department(row.department),
        ]
    });
    let versions = production.versions.iter().map(|row| {
        let of = show(row.show);
        let none = String::new;
        vec![
            account(row.account),
            of,
            money(row.amount, home),
            none(),
            none(),
            row.version.clone(),
            department(row.department),
        ]
    });
    Table {
        name: "budget",
        columns: &[
            "account",
            "show",
            "original",
            "approved_changes",
            "last_period",
            "version",
            "department",
        ],
        rows: budget.chain(versions).collect(),
    }
}

fn contingency(production: &Production) -> Table {
    let home = production.settings.currency;
    let account = |id: AccountId| production.accounts[id].code.clone();
    let (show, department) = (codes_of_shows(production), codes_of_departments(production));
    let draws = production.draws.iter().map(|row| {
        vec![
            row.date.to_string(),
            account(row.account),
            money(row.amount, home),
            row.reason.clone(),
            account(row.from),
            show(row.show),
            department(row.department),
        ]
    });
    Table {
        name: "contingency",
        columns: &["date", "account", "amount", "reason", "from", "show", "department"],
        rows: draws.collect(),
    }
}

fn payments(production: &Production) -> Table {
    let payments = production.payments.iter().map(|row| {
        vec![
            production.shows[row.show].code.clone(),
            share(row.share),
            row.tied_to.clone(),
            date(row.date),
            row.terms_days.to_string(),
        ]
    });
    Table {
        name: "payments",
        columns: &["show", "share", "tied_to", "date", "terms_days"],
        rows: payments.collect(),
    }
}

fn incentives(production: &Production) -> Table {
    let home = production.settings.currency;
    let incentives = production.incentives.iter().map(|row| {
        let unless = |value: i64, default: i64| match value == default {
            true => String::new(),
            false => share(value),
        };
        let tier = |(from, rate): &(Cents, i64)| format!("{} {}", money(*from, home), share(*rate));
        let limit = |amount: Cents| match amount {
            Cents::ZERO => String::new(),
            amount => money(amount, home),
        };
        vec![
            row.code.clone(),
            row.place.clone(),
            word(words::INCENTIVE_KINDS, row.kind),
            share(row.rate),
            list(row.tiers.iter().map(tier)),
            unless(row.eligible, 10_000),
            unless(row.cap_share, 10_000),
            row.cap.map_or(String::new(), |cap| money(cap, home)),
            limit(row.minimum),
            list(row.net_of.iter().cloned()),
            unless(row.tax, 0),
            unless(row.studio_share, 10_000),
            row.lag_months.to_string(),
            unless(row.certainty, 10_000),
            date(row.valid_from),
            date(row.valid_to),
        ]
    });
    Table {
        name: "incentives",
        columns: &[
            "id",
            "place",
            "kind",
            "rate",
            "tiers",
            "eligible",
            "cap_share",
            "cap",
            "minimum",
            "net_of",
            "tax",
            "studio_share",
            "lag_months",
            "certainty",
            "valid_from",
            "valid_to",
        ],
        rows: incentives.collect(),
    }
}

fn exchange(production: &Production) -> Table {
    let fx = production
        .fx
        .iter()
        .map(|row| (row, ""))
        .chain(production.budget_rates.iter().map(|row| (row, "budget")))
        .map(|(row, kind)| {
            let rate = decimal(row.millionths, 6);
            vec![row.currency.to_string(), rate, date(row.from), kind.to_owned()]
        });
    Table { name: "fx", columns: &["currency", "rate", "from", "kind"], rows: fx.collect() }
}
