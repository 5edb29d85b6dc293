//! Cash, vendors, margin, earned value and bids as CSV.

use super::amounts::money;
use super::tables::Table;
use crate::result::{BidsAnswer, CashAnswer, EarnedAnswer, MarginAnswer, VendorsAnswer};

/// The closed periods of a show, as its table `closed.csv`.
pub fn closed(production: &crate::model::Production) -> Vec<u8> {
    let mut table = Table::new(&super::show_folder::CLOSED);
    for row in &production.closed {
        let cells = super::show_folder::closed_row(production, row);
        table.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    table.bytes()
}

/// Cash by week.
pub fn cash(answer: &CashAnswer) -> Vec<u8> {
    let mut table = Table::new(&[
        "week",
        "payroll",
        "fringe",
        "vendors",
        "other",
        "paid",
        "receipts",
        "incentives",
        "net",
        "balance",
    ]);
    for row in &answer.cash.weeks {
        let amounts = [
            row.payroll,
            row.fringe,
            row.vendors,
            row.other,
            row.paid,
            row.receipts,
            row.incentives,
            row.net,
            row.balance,
        ];
        let amounts = amounts.map(|amount| money(amount, answer.heading.currency_decimals));
        let mut cells = vec![row.week.to_string()];
        cells.extend(amounts);
        table.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    table.bytes()
}

/// Vendors by show.
pub fn vendors(answer: &VendorsAnswer) -> Vec<u8> {
    let mut table = Table::new(&[
        "vendor",
        "name",
        "show",
        "contracted",
        "changes",
        "to_date",
        "open",
        "projected",
        "pending",
        "exposure",
        "efc",
        "at_risk",
        "paid",
        "to_pay",
        "supervision",
        "unapproved",
        "next_delivery",
    ]);
    for row in &answer.vendors {
        let amounts = [
            row.contracted,
            row.changes,
            row.to_date,
            row.open,
            row.projected,
            row.pending,
            row.exposure,
            row.efc,
            row.at_risk,
            row.paid,
            row.to_pay,
            row.supervision,
            row.unapproved,
        ];
        let mut cells =
            vec![row.vendor.clone(), row.name.clone(), row.show.clone().unwrap_or_default()];
        cells.extend(amounts.map(|amount| money(amount, answer.heading.currency_decimals)));
        let next = row.packages.iter().map(|package| package.delivery).min();
        cells.push(next.map_or_else(String::new, |date| date.to_string()));
        table.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    table.bytes()
}

/// The client's change orders, and above them what the margin is made of.
pub fn margin(answer: &MarginAnswer) -> Vec<u8> {
    let decimals = answer.heading.currency_decimals;
    let mut table = Table::new(&[
        "kind", "id", "show", "state", "date", "amount", "tasks", "begun", "spent", "to_go",
    ]);
    let row = &answer.margin;
    let sums = [
        ("award", row.award),
        ("approved", row.approved),
        ("pending", row.pending),
        ("draft", row.draft),
        ("revenue", row.revenue),
        ("gross", row.gross),
        ("incentives", row.incentives),
        ("net", row.net),
        ("margin", row.margin),
        ("vendors_pending", row.vendors_pending),
        ("with_pending", row.with_pending),
        ("unapproved_spent", row.unapproved_spent),
        ("unapproved_to_go", row.unapproved_to_go),
    ];
    for (name, amount) in sums {
        table.row(&["sum", name, "", "", "", &money(amount, decimals), "", "", "", ""]);
    }
    for row in &answer.changes {
        table.row(&[
            "change_order",
            &row.id,
            &row.show,
            &row.state,
            &row.date.map_or_else(String::new, |date| date.to_string()),
            &money(row.amount, decimals),
            &row.tasks.to_string(),
            &row.begun.to_string(),
            &money(row.spent, decimals),
            &money(row.to_go, decimals),
        ]);
    }
    for row in &answer.incentives {
        let (received, expected) = (row.received.to_string(), money(row.expected, decimals));
        table.row(&["incentive", &row.id, "", "", &received, &expected, "", "", "", ""]);
    }
    table.bytes()
}

/// Measures of earned value, and what was planned to be done by the end of each week.
pub fn earned_value(answer: &EarnedAnswer) -> Vec<u8> {
    let decimals = answer.heading.currency_decimals;
    let mut table = Table::new(&["measure", "week", "amount", "value"]);
    let Some(earned) = &answer.earned else { return table.bytes() };
    let amounts = [
        ("budget", earned.budget),
        ("planned", earned.planned),
        ("earned", earned.earned),
        ("spent", earned.spent),
        ("cost_variance", earned.cost_variance),
        ("schedule_variance", earned.schedule_variance),
        ("spread", earned.spread),
    ];
    for (name, amount) in amounts {
        table.row(&[name, "", &money(amount, decimals), ""]);
    }
    for (name, amount) in &earned.estimates {
        let amount = amount.map_or_else(String::new, |amount| money(amount, decimals));
        table.row(&[&format!("estimate_{name}"), "", &amount, ""]);
    }
    let values = [
        ("cost_index", earned.cost_index),
        ("schedule_index", earned.schedule_index),
        ("time_index", earned.time_index),
        ("to_complete_index", earned.to_complete_index),
        ("earned_schedule", Some(earned.earned_schedule)),
        ("actual_time", Some(earned.actual_time)),
    ];
    for (name, value) in values {
        let value = value.map_or_else(String::new, |value| value.to_string());
        table.row(&[name, "", "", &value]);
    }
    for (week, value) in &earned.weeks {
        table.row(&["planned", &week.to_string(), &money(*value, decimals), ""]);
    }
    table.bytes()
}

/// Finished work against its bids.
pub fn bids(answer: &BidsAnswer) -> Vec<u8> {
    let mut table = Table::new(&[
        "department",
        "class",
        "level",
        "tasks",
        "bid_days",
        "actual_days",
        "best_quarter",
        "middle",
        "worst_quarter",
    ]);
    let day = answer.day_minutes.max(1) as f64;
    let days = |minutes: i64| format!("{:.3}", minutes as f64 / day);
    for row in &answer.bids {
        let [best, middle, worst] = row.quartiles.map(|ratio| ratio.to_string());
        table.row(&[
            &row.department,
            row.class.as_deref().unwrap_or_default(),
            row.level.as_deref().unwrap_or_default(),
            &row.tasks.to_string(),
            &days(row.bid_minutes),
            &days(row.logged_minutes),
            &best,
            &middle,
            &worst,
        ]);
    }
    table.bytes()
}
