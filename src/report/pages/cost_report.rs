//! The cost report sorted one way.

use super::number;
use crate::report::answer_page::*;
use crate::report::cost_report::{columns, contingency};
use crate::report::words::{day, money_in};
use crate::result::{CostReport, PartRow};

/// Every row of the report, and what stands under it.
pub fn page(report: &CostReport) -> AnswerPage {
    let title = format!("Cost report by {}", report.by);
    let mut page =
        AnswerPage::new(&title, &report.production, &report.currency, report.currency_decimals);
    page.over = vec![format!("as of {}", day(report.as_of))];
    let money = |amount: i64| money_in(amount, &report.currency, report.currency_decimals);
    let total = &report.total;
    let mut lines = vec![format!("{} to date", money(total.actual.saturating_add(total.accrued)))];
    let mut tone = Tone::Plain;
    if let (Some(budget), Some(variance)) = (total.current_budget, total.variance) {
        let side = if variance < 0 { "over" } else { "under" };
        lines.push(format!(
            "{} {side} the budget of {}",
            money(variance.saturating_abs()),
            money(budget)
        ));
        tone = if variance < 0 { Tone::Bad } else { Tone::Good };
    }
    page.tile("Estimated final cost", money(total.efc), tone, lines);
    page.tile_asked("total:efc");
    let of_cost = columns(report, true);
    let mut table = Table::new(&[(sorted_by(report), Kind::Text), ("Description", Kind::Text)]);
    table.columns.extend(of_cost.iter().map(|(name, _)| {
        let kind = if matches!(*name, "Variance" | "Movement") { Kind::More } else { Kind::Money };
        Column { hint: hint(name), ..Column::new(*name, kind) }
    }));
    let merged = report.accruals_in_commitments;
    let fields = of_cost.iter().map(|(name, _)| match field(name) {
        "committed" if merged => "committed_and_accrued",
        field => field,
    });
    table.opens = ["efc", ""].into_iter().chain(fields).collect();
    table.shown = 60;
    table.sums = 1;
    table.folds_empty = true;
    let asked = PartRow::asked(&report.rows).into_iter().chain(["total".to_owned()]);
    for (row, asked) in report.rows.iter().chain([total]).zip(asked) {
        let is_total = std::ptr::eq(row, total);
        let name = if is_total { "total" } else { &row.id };
        let mut cells = vec![name.into(), row.description.clone().into()];
        cells.extend(of_cost.iter().map(|(_, value)| number(value(row))));
        let is_over = row.variance.is_some_and(|variance| variance < 0);
        table.toned(cells, if is_over { Tone::Bad } else { Tone::Plain });
        table.asked(if asked.is_empty() { ":".to_owned() } else { asked });
    }
    let mut under = Vec::new();
    if let Some(known) = report.contingency.as_ref().filter(|_| report.by == "account") {
        under.push(contingency(known, report.as_of, &money));
    }
    page.section("Cost", "", vec![Block::Table(table), Block::Text { lines: under }]);
    page
}

/// The heading of the names of rows.
fn sorted_by(report: &CostReport) -> &'static str {
    match report.by.as_str() {
        "account" => "Account",
        "department" => "Department",
        "sequence" => "Sequence",
        "shot" => "Shot",
        "vendor" => "Vendor",
        "person" => "Person",
        "show" => "Show",
        _ => "",
    }
}

/// What a column means.
fn hint(column: &str) -> &'static str {
    match column {
        "Original" => "Original budget: as first agreed",
        "Changes" => "Change orders signed so far",
        "Budget" => "Current budget: original budget plus approved changes",
        "Actual" => "Posted in the books",
        "Accrued" => "Incurred but not posted yet",
        "Committed" => "Promised by contract or purchase order, not incurred yet",
        "ETC" => "Estimate to complete: what this plan still adds beyond what is committed",
        "EFC" => "Estimated final cost: actual + accrued + committed + estimate to complete",
        "Variance" => "Current budget less estimated final cost; below 0 = over budget",
        "Last period" => "Estimated final cost in the last report",
        "Movement" => {
            "Estimated final cost now less that of the last report; above 0 = grown since"
        }
        _ => "",
    }
}

/// How the figures of a column are asked for; empty = they do not open.
pub(super) fn field(column: &str) -> &'static str {
    match column {
        "Original" => "original_budget",
        "Changes" => "approved_changes",
        "Budget" => "current_budget",
        "Actual" => "actual",
        "Accrued" => "accrued",
        "Committed" => "committed",
        "ETC" => "etc",
        "EFC" => "efc",
        "Variance" => "variance",
        "Last period" => "efc_last_period",
        "Movement" => "movement",
        _ => "",
    }
}
