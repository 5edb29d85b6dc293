//! What is left of the money that comes in, for a terminal.

use super::levers::{table, title};
use super::summary::{paragraph, printable};
use super::vendors::is_open;
use super::words::{count, day_or_dash, per_cent};
use crate::result::{ChangeRow, MarginAnswer};

/// Change orders that are shown; JSON and CSV have them all.
const MOST: usize = 16;

/// The margin in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn margin(answer: &MarginAnswer, width: usize) -> String {
    let width = width.max(60);
    let heading = &answer.heading;
    let mut out = String::new();
    title(&mut out, heading, "margin", width);
    let cells = lines(answer).into_iter().map(|(_, name, amount)| {
        let share = match (answer.margin.revenue, name.starts_with("Margin")) {
            (1.., true) => of_revenue(answer, amount),
            _ => String::new(),
        };
        vec![name.to_owned(), heading.money(amount), share]
    });
    table(&mut out, &["", "Amount", "Of revenue"], &[1, 2], cells, width);
    let row = &answer.margin;
    if row.unapproved_spent != 0 || row.unapproved_to_go != 0 {
        out.push('\n');
        let text = format!(
            "Work on changes that the client has not approved: {} spent, {} to go.",
            heading.money(row.unapproved_spent),
            heading.money(row.unapproved_to_go)
        );
        paragraph(&mut out, "", &text, width);
    }
    let rows = by_urgency(answer);
    if !rows.is_empty() {
        out.push('\n');
        let cells = rows.iter().take(MOST).map(|row| {
            vec![
                printable(&row.id),
                row.state.clone(),
                day_or_dash(row.date),
                heading.money(row.amount),
                format!("{} of {}", row.begun, row.tasks),
                heading.money(row.spent),
                heading.money(row.to_go),
            ]
        });
        let names = ["Change", "State", "Since", "Price", "Begun", "Spent", "To go"];
        table(&mut out, &names, &[3, 4, 5, 6], cells, width);
        if let Some(rest) = rows.len().checked_sub(MOST).filter(|rest| *rest > 0) {
            let text = format!("and {}", count(rest as u64, "more change"));
            paragraph(&mut out, "", &text, width);
        }
    }
    if !answer.incentives.is_empty() {
        out.push('\n');
        let cells = answer.incentives.iter().map(|row| {
            vec![
                printable(&row.id),
                heading.money(row.eligible),
                heading.money(row.base),
                per_cent(row.rate),
                heading.money(row.credit),
                heading.money(row.expected),
                day_or_dash(Some(row.received)),
            ]
        });
        let names = ["Incentive", "Eligible", "Counts", "Rate", "Credit", "Expected", "Received"];
        table(&mut out, &names, &[1, 2, 3, 4, 5], cells, width);
    }
    out
}

/// What the margin is made of, line by line: how it is asked for, its name and the amount.
pub(super) fn lines(answer: &MarginAnswer) -> Vec<(&'static str, &'static str, i64)> {
    let row = &answer.margin;
    let mut lines = vec![
        ("award", "Award", row.award),
        ("approved", "Approved changes", row.approved),
        ("revenue", "Revenue", row.revenue),
        ("gross", "Gross cost (EFC)", row.gross),
        ("incentives", "Incentives to expect", row.incentives),
        ("net", "Net cost", row.net),
        ("margin", "Margin", row.margin),
        ("pending", "Pending changes of the client", row.pending),
        ("vendors_pending", "Pending changes of vendors' orders", row.vendors_pending),
        ("with_pending", "Margin with all pending changes", row.with_pending),
        ("draft", "Drafts of changes, in none of these", row.draft),
    ];
    let may_be_left_out = ["Incentives to", "Net cost", "Pending changes of v", "Drafts"];
    lines.retain(|(_, name, amount)| {
        let is_told = match *name {
            "Net cost" => row.incentives != 0,
            _ => *amount != 0,
        };
        is_told || !may_be_left_out.iter().any(|start| name.starts_with(start))
    });
    lines
}

/// "12.5 %".
pub(super) fn of_revenue(answer: &MarginAnswer, amount: i64) -> String {
    let points = i128::from(amount) * 10_000 / i128::from(answer.margin.revenue.max(1));
    per_cent(i64::try_from(points).unwrap_or_default())
}

/// Change orders: those that are not decided first, the oldest first.
pub(super) fn by_urgency(answer: &MarginAnswer) -> Vec<&ChangeRow> {
    let mut rows: Vec<&ChangeRow> = answer.changes.iter().collect();
    rows.sort_by_key(|row| (!is_open(row), row.date, row.id.clone()));
    rows
}
