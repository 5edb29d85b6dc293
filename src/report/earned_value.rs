//! What is done for what was spent, for a terminal.

use super::levers::{table, title};
use super::summary::{paragraph, printable};
use crate::result::{Earned, EarnedAnswer, Heading};

/// Earned value in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn earned_value(answer: &EarnedAnswer, width: usize) -> String {
    let width = width.max(60);
    let heading = &answer.heading;
    let mut out = String::new();
    title(&mut out, heading, "earned value", width);
    let Some(earned) = &answer.earned else {
        paragraph(&mut out, "", NO_BIDS, width);
        return out;
    };
    let amounts = amounts(earned);
    let cells =
        amounts.iter().map(|(name, amount)| vec![(*name).to_owned(), heading.money(*amount)]);
    table(&mut out, &["", "Amount"], &[1], cells, width);
    departments(&mut out, earned, heading, width);
    out.push('\n');
    let cells = indices(earned).into_iter().map(|(name, value, means)| {
        let value = value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"));
        vec![name.to_owned(), value, means.to_owned()]
    });
    table(&mut out, &["", "Index", "1 means"], &[1], cells, width);
    out.push('\n');
    let cells = estimates(earned).into_iter().map(|(name, amount)| {
        let amount = amount.map_or_else(|| "–".to_owned(), |amount| heading.money(amount));
        vec![name.to_owned(), amount]
    });
    table(&mut out, &["Estimate at completion", "Amount"], &[1], cells, width);
    let text = format!(
        "They differ by {}: the further apart, the less one of them alone should be believed.",
        heading.money(earned.spread)
    );
    paragraph(&mut out, "", &text, width);
    for text in doubts(earned) {
        paragraph(&mut out, "", text, width);
    }
    out
}

/// The same by department.
fn departments(out: &mut String, earned: &Earned, heading: &Heading, width: usize) {
    if earned.departments.is_empty() {
        return;
    }
    out.push('\n');
    let cells = earned.departments.iter().map(|row| {
        let name = if row.department.is_empty() { "no department" } else { &*row.department };
        let amounts = [row.budget, row.planned, row.earned, row.spent];
        let mut cells = vec![printable(name)];
        cells.extend(amounts.map(|amount| heading.money(amount)));
        cells
    });
    let names = ["Department", "Budget", "Planned by now", "Earned", "Spent"];
    table(out, &names, &[1, 2, 3, 4], cells, width);
    paragraph(
        out,
        "",
        "--why DEPARTMENT lists the tasks behind a figure, as in --why CMP:spent.",
        width,
    );
}

/// Where there is nothing to earn.
pub(super) const NO_BIDS: &str = "No task has a bid: there is nothing to earn.";
/// What makes the figures weaker than they look.
pub(super) fn doubts(earned: &Earned) -> Vec<&'static str> {
    let mut doubts = Vec::new();
    if !earned.budgeted {
        doubts.push("No account of tasks has a budget: bids at the mean day rate stand for it.");
    }
    if !earned.baseline {
        doubts.push(
            "There is no baseline: planned is what has to be done by now so that every due date can still be met. \
             Schedule indices above 1 say no more than that, and the estimate that uses one is too low. The \
             plan.csv of an agreed plan, saved as baseline.csv beside the show, makes them real.",
        );
    }
    doubts
}

pub(super) fn amounts(earned: &Earned) -> [(&'static str, i64); 6] {
    [
        ("Budget at completion", earned.budget),
        ("Planned to be done by now", earned.planned),
        ("Earned: done by now", earned.earned),
        ("Spent", earned.spent),
        ("Cost variance (earned − spent)", earned.cost_variance),
        ("Schedule variance (earned − planned)", earned.schedule_variance),
    ]
}

/// How the amounts are asked for.
pub(super) const COLUMNS: [&str; 6] =
    ["budget", "planned", "earned", "spent", "cost_variance", "schedule_variance"];

/// Name, value, and what 1 stands for.
pub(super) fn indices(earned: &Earned) -> [(&'static str, Option<f64>, &'static str); 4] {
    [
        ("Cost (CPI)", earned.cost_index, "done for what it was budgeted at"),
        ("Schedule (SPI)", earned.schedule_index, "as much done as planned"),
        ("Schedule over time, SPI(t)", earned.time_index, "done when it was planned"),
        ("To complete (TCPI)", earned.to_complete_index, "the rest may cost its budget"),
    ]
}

/// How the estimates are asked for, in the order of [`estimates`].
pub(super) const ESTIMATES: [&str; 4] =
    ["as_so_far", "as_budgeted", "as_so_far_in_cost_and_time", "by_the_plan"];

pub(super) fn estimates(earned: &Earned) -> [(&'static str, Option<i64>); 4] {
    let of = |name: &str| earned.estimates.get(name).copied().flatten();
    [
        ("If the rest goes as so far", of("as_so_far")),
        ("If the rest goes as budgeted", of("as_budgeted")),
        ("If cost and delay both go on", of("as_so_far_in_cost_and_time")),
        ("By the plan", of("by_the_plan")),
    ]
}
