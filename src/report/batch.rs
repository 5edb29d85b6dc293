//! A batch in one look, for a terminal.

use super::levers::table;
use super::summary::{paragraph, printable};
use super::words::{count, day_or_dash, money_in};
use crate::result::{BatchSummary, ItemRow, ItemStatus};

/// The batch in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn batch(summary: &BatchSummary, width: usize) -> String {
    let width = width.max(60);
    let mut out = String::new();
    let mut title = format!("{} of {} done", summary.done, count(summary.items as u64, "item"));
    for (status, items) in &summary.by_status {
        title.push_str(&format!(" · {items} {}", words(*status)));
    }
    if summary.skipped > 0 {
        title.push_str(&format!(" · {} done before", summary.skipped));
    }
    paragraph(&mut out, "", &title, width);
    if summary.rows.is_empty() {
        return out;
    }
    out.push('\n');
    let cells = summary.rows.iter().map(cells);
    table(
        &mut out,
        &["Item", "Result", "Done", "Late", "Final cost", "Variance"],
        &[3, 4, 5],
        cells,
        width,
    );
    let more = summary.done.saturating_sub(summary.rows.len());
    if more > 0 {
        let text = format!("The worst are shown; {} more are in results.csv.", more);
        out.push('\n');
        paragraph(&mut out, "", &text, width);
    }
    out
}

fn cells(row: &ItemRow) -> Vec<String> {
    let money = |amount: Option<i64>| match (amount, &row.currency) {
        (Some(amount), Some(currency)) => {
            money_in(amount, currency, row.currency_decimals.unwrap_or_default())
        }
        _ => "–".to_owned(),
    };
    let result = match (&row.message, row.issues.first()) {
        (Some(message), _) => format!("{}: {}", words(row.status), printable(message)),
        (None, Some(issue)) => format!(
            "{}: {}, the first is {} {}: {}",
            words(row.status),
            count(row.errors.into(), "error"),
            issue.code,
            printable(&issue.object),
            printable(&issue.message)
        ),
        (None, None) => match row.delivers {
            Some(true) => format!("{}, delivers", words(row.status)),
            _ => words(row.status).to_owned(),
        },
    };
    let late = match (row.milestones_late, row.worst_late_days, row.unplaced) {
        (_, _, Some(unplaced)) if unplaced > 0 => format!("{unplaced} without a place"),
        (_, Some(0), _) => "–".to_owned(),
        (_, Some(days), _) => count(days.into(), "day"),
        _ => "–".to_owned(),
    };
    vec![
        printable(&row.name),
        result,
        day_or_dash(row.finish),
        late,
        money(row.efc),
        money(row.variance),
    ]
}

fn words(status: ItemStatus) -> &'static str {
    match status {
        ItemStatus::Planned => "planned",
        ItemStatus::Clash => "hard rules clash",
        ItemStatus::NoPlan => "no plan",
        ItemStatus::Flawed => "flawed",
        ItemStatus::Failed => "failed",
        ItemStatus::Unreadable => "unreadable",
    }
}
