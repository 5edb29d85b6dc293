//! Rows of a batch as a table: one line an item, amounts as decimal numbers.

use super::amounts::money;
use crate::result::ItemRow;

/// The columns, in their order.
pub const ITEM_COLUMNS: [&str; 30] = [
    "name",
    "show",
    "scenario",
    "status",
    "message",
    "mode",
    "seed",
    "as_of",
    "delivers",
    "finish",
    "milestones",
    "milestones_late",
    "deliverables",
    "deliverables_late",
    "worst_late_days",
    "unplaced",
    "currency",
    "efc",
    "budget",
    "variance",
    "planned_minutes",
    "objective",
    "lower_bound",
    "gap",
    "steps",
    "seconds",
    "conflicts",
    "errors",
    "warnings",
    "input_hash",
];

/// The cells of a row, in the order of [`ITEM_COLUMNS`]; empty where a row says nothing.
pub fn item(row: &ItemRow) -> [String; 30] {
    fn cell<T: ToString>(value: Option<T>) -> String {
        value.map_or_else(String::new, |value| value.to_string())
    }
    let amount = |value: Option<i64>| {
        cell(value.map(|value| money(value, row.currency_decimals.unwrap_or_default())))
    };
    [
        row.name.clone(),
        row.show.clone(),
        cell(row.scenario.as_ref()),
        row.status.word().to_owned(),
        cell(row.message.as_ref()),
        cell(row.mode.as_ref()),
        cell(row.seed),
        cell(row.as_of),
        cell(row.delivers),
        cell(row.finish),
        cell(row.milestones),
        cell(row.milestones_late),
        cell(row.deliverables),
        cell(row.deliverables_late),
        cell(row.worst_late_days),
        cell(row.unplaced),
        cell(row.currency.as_ref()),
        amount(row.efc),
        amount(row.budget),
        amount(row.variance),
        cell(row.planned_minutes),
        amount(row.objective),
        amount(row.lower_bound),
        cell(row.gap),
        cell(row.steps),
        cell(row.seconds),
        cell(row.conflicts),
        row.errors.to_string(),
        row.warnings.to_string(),
        row.input_hash.clone(),
    ]
}
