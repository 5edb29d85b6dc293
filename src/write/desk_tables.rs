//! The answers of the desk as CSV: one table each, or one of those that an answer has.

use super::amounts::{minutes, money};
use super::tables::Table;
use crate::result::{
    BidAnswer, BidsAnswer, BudgetAnswer, CashAnswer, CashEvent, CrewPlan, EarnedAnswer,
    MarginAnswer, Rung, VendorsAnswer,
};
use jiff::civil::Date;

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

/// Payments with a name: invoices of vendors, client payments, incentives.
pub fn payments(events: &[CashEvent], decimals: u32) -> Vec<u8> {
    let mut table =
        Table::new(&["date", "kind", "vendor", "show", "for", "invoiced", "by_the_plan", "amount"]);
    for row in events {
        table.row(&[
            &row.date.to_string(),
            &row.kind,
            row.vendor.as_deref().unwrap_or_default(),
            row.show.as_deref().unwrap_or_default(),
            &row.tied_to,
            &row.invoiced.to_string(),
            if row.planned { "yes" } else { "no" },
            &money(row.amount, decimals),
        ]);
    }
    table.bytes()
}

/// What stopping on a day would save.
pub fn ladder(rungs: &[Rung], decimals: u32) -> Vec<u8> {
    let mut table = Table::new(&["decided", "spent", "owed", "people", "vendors", "avoidable"]);
    for row in rungs {
        let amounts = [row.spent, row.owed, row.people, row.vendors, row.avoidable];
        let mut cells = vec![row.decided.to_string()];
        cells.extend(amounts.map(|amount| money(amount, decimals)));
        table.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    table.bytes()
}

/// Changes of vendors' orders.
pub fn changes(answer: &VendorsAnswer) -> Vec<u8> {
    let mut table = Table::new(&[
        "id", "vendor", "order", "show", "state", "date", "amount", "adds", "days", "tasks",
        "begun",
    ]);
    let decimals = answer.heading.currency_decimals;
    for row in &answer.changes {
        table.row(&[
            &row.id,
            row.vendor.as_deref().unwrap_or_default(),
            row.order.as_deref().unwrap_or_default(),
            &row.show,
            &row.state,
            &day(row.date),
            &money(row.amount, decimals),
            &money(row.adds, decimals),
            &row.days.to_string(),
            &row.tasks.to_string(),
            &row.begun.to_string(),
        ]);
    }
    table.bytes()
}

/// Packages of vendors.
pub fn packages(answer: &VendorsAnswer) -> Vec<u8> {
    let mut table = Table::new(&[
        "vendor",
        "show",
        "sequence",
        "department",
        "tasks",
        "bid_days",
        "start",
        "delivery",
        "acceptance",
    ]);
    for vendor in &answer.vendors {
        for row in &vendor.packages {
            table.row(&[
                &vendor.vendor,
                vendor.show.as_deref().unwrap_or_default(),
                row.sequence.as_deref().unwrap_or_default(),
                &row.department,
                &row.tasks.to_string(),
                &minutes(row.minutes, answer.day_minutes),
                &row.start.to_string(),
                &row.delivery.to_string(),
                &day(row.acceptance),
            ]);
        }
    }
    table.bytes()
}

/// Artists by department and week.
pub fn crew(plan: &CrewPlan) -> Vec<u8> {
    let mut table = Table::new(&[
        "department",
        "week",
        "demand",
        "firm",
        "weighed",
        "capacity",
        "booked",
        "gap",
        "backlog",
    ]);
    for row in &plan.departments {
        let lists = [
            &row.demand,
            &row.firm,
            &row.weighed,
            &row.capacity,
            &row.booked,
            &row.gap,
            &row.backlog,
        ];
        for (week, monday) in plan.weeks.iter().enumerate() {
            let mut cells = vec![row.id.clone(), monday.to_string()];
            cells.extend(lists.map(|list| list.get(week).map_or_else(String::new, f64::to_string)));
            table.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
    table.bytes()
}

/// The caps of a plan.
pub fn budget(answer: &BudgetAnswer) -> Vec<u8> {
    let mut table = Table::new(&[
        "cap",
        "amount",
        "planned",
        "avoidable",
        "after",
        "with_all_work",
        "holds",
        "missing",
    ]);
    for row in &answer.caps {
        let told = |amount: i64| money(amount, answer.heading.currency_decimals);
        table.row(&[
            &row.cap,
            &told(row.amount),
            &told(row.planned),
            &told(row.avoidable),
            &told(row.after),
            &told(row.with_all_work),
            if row.holds { "yes" } else { "no" },
            &told(row.missing),
        ]);
    }
    table.bytes()
}

/// New shots and their prices.
pub fn bid(answer: &BidAnswer) -> Vec<u8> {
    let mut table =
        Table::new(&["shot", "class", "bid_days", "cost", "floor", "price", "due", "planned"]);
    for row in &answer.shots {
        let told = |amount: i64| money(amount, answer.heading.currency_decimals);
        table.row(&[
            &row.id,
            &row.class,
            &minutes(row.minutes, answer.day_minutes),
            &told(row.cost),
            &told(row.floor),
            &told(row.price),
            &day(row.due),
            &day(row.planned),
        ]);
    }
    table.bytes()
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}
