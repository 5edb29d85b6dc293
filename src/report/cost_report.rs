//! The cost report, for a terminal.

use super::summary::{STYLE, paragraph, printable};
use super::words::{day, money_in, per_cent};
use crate::result::{
    BudgetComparison, Contingency, ContingencyNeed, CostReport, MoneyRow, PartRow, ProspectShow,
    Prospects,
};
use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table};

/// From this width on every column has room.
const WIDE: usize = 130;

/// The report in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn cost_report(report: &CostReport, width: usize) -> String {
    let width = width.max(60);
    let money = |amount: i64| money_in(amount, &report.currency, report.currency_decimals);
    let mut out = String::new();
    let title = format!(
        "{} · cost report by {}, as of {} · {}",
        printable(&report.production),
        report.by,
        day(report.as_of),
        printable(&report.currency)
    );
    paragraph(&mut out, "", &title, width);
    out.push('\n');
    let columns = columns(report, width >= WIDE);
    let mut table = table(width);
    // With little room, name and description share a column.
    let names = if width >= WIDE { 2 } else { 1 };
    let mut header = vec![report.by.as_str(), ""];
    header.truncate(names);
    header.extend(columns.iter().map(|(name, _)| *name));
    table.set_header(header);
    let mut add = |name: &str, row: &PartRow| {
        let (name, description) = (printable(name), printable(&row.description));
        let mut cells = match names {
            2 => vec![Cell::new(name), Cell::new(description)],
            _ => vec![Cell::new(format!("{name} {description}").trim_end())],
        };
        let amount = |value: Option<i64>| value.map_or_else(|| "–".to_owned(), money);
        cells.extend(columns.iter().map(|(_, value)| right(amount(value(row)))));
        table.add_row(cells);
    };
    for row in &report.rows {
        add(&row.id, row);
    }
    add("total", &report.total);
    keep_whole(&mut table, names..names + columns.len());
    lines(&mut out, &table);
    out.push('\n');
    let text = match report.by.as_str() {
        "account" => {
            "Variance is current budget less final cost; below 0 is over. \
                      --why ACCOUNT lists what an account is made of."
        }
        "department" => {
            "Overtime and idle time count with their department. Accounts with a budget that departments \
             share stand under \"no department\", with their cost."
        }
        "person" => {
            "Without --with-rates people stand in bands of what a day of theirs costs, at least three \
             together."
        }
        "show" => "Budget without a show stands under \"no show\".",
        _ => "Budgets are by account: see --by account.",
    };
    paragraph(&mut out, "", text, width);
    if report.accruals_in_commitments {
        let text = "What is accrued stands in what is committed; CSV and JSON have it apart.";
        paragraph(&mut out, "", text, width);
    }
    if let Some(known) = &report.prospects {
        out.push('\n');
        paragraph(&mut out, "", &prospects(known, &money), width);
    }
    if let Some(known) = report.contingency.as_ref().filter(|_| report.by == "account") {
        out.push('\n');
        paragraph(&mut out, "", &contingency(known, report.as_of, &money), width);
    }
    out
}

/// "Not certain: AURORA (60 %) … Without: cost £5,000, margin £900 …".
pub(super) fn prospects(known: &Prospects, money: &dyn Fn(i64) -> String) -> String {
    let show = |row: &ProspectShow| {
        let chance = per_cent(row.probability);
        format!("{} ({chance}) cost {}", printable(&row.show), money(row.money.cost))
    };
    let shows: Vec<String> = known.shows.iter().map(show).collect();
    let case = |name: &str, row: &MoneyRow| {
        format!("{name} cost {}, margin {}", money(row.cost), money(row.margin))
    };
    format!(
        "Not certain to happen: {}. {}; {}; {} (before incentives).",
        shows.join(", "),
        case("Without", &known.firm),
        case("weighed by chance", &known.weighed),
        case("with all, as in the table,", &known.all)
    )
}

/// Draw-downs that are named; the rest is in JSON.
const MOST_DRAWS: usize = 4;

/// "Contingency: £5,000 set aside, £1,500 drawn, £3,500 left (25 Jan 2027 £1,500 to 20-18: retakes)." Draw-downs after the
/// day of the plan do not count yet.
pub(super) fn contingency(
    known: &Contingency,
    as_of: jiff::civil::Date,
    money: &dyn Fn(i64) -> String,
) -> String {
    let draws: Vec<String> = known
        .draws
        .iter()
        .rev()
        .take(MOST_DRAWS)
        .map(|row| {
            let (account, reason) = (printable(&row.account), printable(&row.reason));
            let later = if row.date > as_of { " (not yet)" } else { "" };
            format!("{} {}{later} to {account}: {reason}", day(row.date), money(row.amount))
        })
        .collect();
    let draws = match draws.as_slice() {
        [] => String::new(),
        draws => format!(" ({})", draws.join("; ")),
    };
    let need =
        known.need.as_ref().map_or_else(String::new, |need| format!(" {}", needed(need, money)));
    format!(
        "Contingency: {} set aside, {} drawn, {} left{draws}.{need}",
        money(known.set_aside),
        money(known.drawn),
        money(known.left)
    )
}

/// "To be 80 % sure it takes £6,000 above the final cost: £2,500 is missing."
pub(super) fn needed(need: &ContingencyNeed, money: &dyn Fn(i64) -> String) -> String {
    let sure = per_cent((need.confidence * 10_000.0).round() as i64);
    let verdict = match need.spare {
        0 => "exactly what is left".to_owned(),
        1.. => format!("{} could be released", money(need.spare)),
        missing => format!("{} is missing", money(missing.saturating_neg())),
    };
    let budget = match need.beyond_budget {
        None => String::new(),
        Some(0) => "; the budget is just enough".to_owned(),
        Some(over @ 1..) => format!("; that is {} over the budget", money(over)),
        Some(inside) => format!("; that is {} inside the budget", money(inside.saturating_neg())),
    };
    format!(
        "To be {sure} sure it takes {} above the final cost, {} in all: {verdict}{budget}.",
        money(need.need),
        money(need.final_cost)
    )
}

/// A budget that was kept against the one in force, in plain text. Ends with a line end.
pub fn against(told: &BudgetComparison, width: usize) -> String {
    let width = width.max(60);
    let money = |amount: i64| money_in(amount, &told.currency, told.currency_decimals);
    let mut out = String::new();
    let title = format!(
        "{} · budget \"{}\" against the one in force, as of {} · {}",
        printable(&told.production),
        printable(&told.version),
        day(told.as_of),
        printable(&told.currency)
    );
    paragraph(&mut out, "", &title, width);
    out.push('\n');
    let mut table = table(width);
    let version = printable(&told.version);
    table.set_header([
        "account",
        &*version,
        "In force",
        "Change",
        "EFC",
        "Variance then",
        "Variance",
    ]);
    for row in told.rows.iter().chain([&told.total]) {
        let name = format!("{} {}", printable(&row.account), printable(&row.description));
        let amounts = [
            row.version_budget,
            row.current_budget,
            row.change,
            row.efc,
            row.version_variance,
            row.variance,
        ];
        let amounts = amounts.map(|amount| right(money(amount)));
        table.add_row([Cell::new(name)].into_iter().chain(amounts));
    }
    keep_whole(&mut table, 1..7);
    lines(&mut out, &table);
    out
}

type Column = (&'static str, fn(&PartRow) -> Option<i64>);

pub(super) fn columns(report: &CostReport, wide: bool) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let has =
        |value: fn(&PartRow) -> Option<i64>| report.rows.iter().any(|row| value(row).is_some());
    if has(|row| row.current_budget) {
        if wide {
            columns.push(("Original", |row| row.original_budget));
            columns.push(("Changes", |row| row.approved_changes));
        }
        columns.push(("Budget", |row| row.current_budget));
    }
    match (wide, report.accruals_in_commitments) {
        (true, false) => {
            columns.push(("Actual", |row| Some(row.actual)));
            columns.push(("Accrued", |row| Some(row.accrued)));
        }
        (_, true) => columns.push(("Actual", |row| Some(row.actual))),
        (false, false) => {
            columns.push(("To date", |row| Some(row.actual.saturating_add(row.accrued))));
        }
    }
    columns.push(match report.accruals_in_commitments {
        true => ("Committed", |row| Some(row.committed.saturating_add(row.accrued))),
        false => ("Committed", |row| Some(row.committed)),
    });
    columns.push(("ETC", |row| Some(row.etc)));
    columns.push(("EFC", |row| Some(row.efc)));
    if has(|row| row.variance) {
        columns.push(("Variance", |row| row.variance));
    }
    if has(|row| row.movement) {
        if wide {
            columns.push(("Last period", |row| row.efc_last_period));
        }
        columns.push(("Movement", |row| row.movement));
    }
    columns
}

pub(super) fn table(width: usize) -> Table {
    let mut table = Table::new();
    table
        .load_style(STYLE)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table
}

/// Amounts and dates are never broken: names give way.
pub(super) fn keep_whole(table: &mut Table, columns: std::ops::Range<usize>) {
    for column in columns {
        if let Some(column) = table.column_mut(column) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
}

pub(super) fn right(text: String) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

pub(super) fn lines(out: &mut String, table: &Table) {
    for line in table.to_string().lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
}
