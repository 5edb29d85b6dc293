//! Cash by week, for a terminal.

use super::cost_report::{keep_whole, lines, right, table};
use super::levers::title;
use super::summary::{paragraph, printable};
use super::words::day;
use crate::result::{Cash, CashAnswer, CashEvent};
use comfy_table::Cell;
use jiff::civil::Date;

/// Payments named as the cause of the lowest balance.
const CAUSES: usize = 3;

/// Cash in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn cash(answer: &CashAnswer, width: usize) -> String {
    let width = width.max(60);
    let (heading, cash) = (&answer.heading, &answer.cash);
    let amount = |value: i64| heading.money(value);
    let mut out = String::new();
    title(&mut out, heading, "cash by week", width);
    let mut grid = table(width);
    grid.set_header([
        "Week", "Payroll", "Fringe", "Vendors", "Other", "Received", "Net", "Balance", "",
    ]);
    let (mut before, mut left_out) = (cash.opening, 0);
    for row in &cash.weeks {
        // What is over is one line: the decision is about what comes.
        if row.week.saturating_add(jiff::Span::new().days(6)) < heading.as_of {
            before = row.balance;
            left_out += 1;
            continue;
        }
        if left_out > 0 {
            let mut cells = vec![Cell::new(format!("{left_out} before"))];
            cells.extend((0..6).map(|_| Cell::new("")));
            cells.push(right(amount(before)));
            grid.add_row(cells);
            left_out = 0;
        }
        let is_empty = row.paid == 0 && row.receipts == 0 && row.incentives == 0;
        let mark = if Some(row.week) == cash.lowest_week { "lowest" } else { "" };
        if is_empty && mark.is_empty() {
            continue;
        }
        grid.add_row([
            Cell::new(row.week),
            right(amount(row.payroll)),
            right(amount(row.fringe)),
            right(amount(row.vendors)),
            right(amount(row.other)),
            right(amount(row.receipts.saturating_add(row.incentives))),
            right(amount(row.net)),
            right(amount(row.balance)),
            Cell::new(mark),
        ]);
    }
    keep_whole(&mut grid, 0..9);
    lines(&mut out, &grid);
    out.push('\n');
    if let Some(week) = cash.lowest_week {
        paragraph(&mut out, "Lowest    ", &lowest(answer, week), width);
    }
    let to_go = format!(
        "{} to pay and {} to come from the day of the plan on: {} {}.",
        amount(cash.to_pay),
        amount(cash.to_come),
        amount(cash.to_come.saturating_sub(cash.to_pay).saturating_abs()),
        if cash.to_come >= cash.to_pay { "over" } else { "short" }
    );
    paragraph(&mut out, "To go     ", &to_go, width);
    if !credits(cash).is_empty() {
        paragraph(&mut out, "Credits   ", credits(cash), width);
    }
    if let Some(week) = cash.late_client_week
        && cash.late_client_lowest != cash.lowest
    {
        let text = format!(
            "If each client payment comes 30 days late, the lowest balance is {} in the week of {}.",
            amount(cash.late_client_lowest),
            day(week)
        );
        paragraph(&mut out, "Late      ", &text, width);
    }
    out
}

/// What to know of the column of money received: it is below 0 where credits to the client are more than what
/// comes in.
pub(super) fn credits(cash: &Cash) -> &'static str {
    match cash.weeks.iter().any(|row| row.receipts.saturating_add(row.incentives) < 0) {
        true => "Received below 0: credits to the client, by approved change orders.",
        false => "",
    }
}

/// The lowest balance, what is paid until then, and what has not come by then.
pub(super) fn lowest(answer: &CashAnswer, week: Date) -> String {
    let (heading, cash) = (&answer.heading, &answer.cash);
    let amount = |value: i64| heading.money(value);
    let mut text = format!("{} in the week of {}.", amount(cash.lowest), day(week));
    // A credit to the client is no money in.
    let is_receipt = |event: &&CashEvent| event.kind != "vendor" && event.amount > 0;
    let end = week.saturating_add(jiff::Span::new().days(6));
    let last = cash.events.iter().filter(is_receipt).rfind(|event| event.date <= end);
    let since = last.map_or(Date::MIN, |event| event.date);
    let spent = |value: fn(&crate::result::CashWeek) -> i64| -> i64 {
        let weeks = cash.weeks.iter().filter(|row| {
            row.week <= week && row.week.saturating_add(jiff::Span::new().days(6)) >= since
        });
        weeks.fold(0, |sum, row| sum.saturating_add(value(row)))
    };
    let mut kinds = [
        ("payroll", spent(|row| row.payroll)),
        ("fringes", spent(|row| row.fringe)),
        ("vendors", spent(|row| row.vendors)),
        ("other cost", spent(|row| row.other)),
    ];
    kinds.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
    let paid: Vec<String> = kinds
        .iter()
        .filter(|(_, sum)| *sum > 0)
        .take(2)
        .map(|(kind, sum)| format!("{} of {kind}", amount(*sum)))
        .collect();
    if !paid.is_empty() {
        let from = match last {
            Some(event) => {
                format!("since {} ({}) came", day(event.date), printable(&event.tied_to))
            }
            None => "before anything comes in".to_owned(),
        };
        text.push_str(&format!(" {} paid {from}.", paid.join(" and ")));
    }
    let coming: Vec<String> = cash
        .events
        .iter()
        .filter(is_receipt)
        .filter(|event| event.date > end)
        .take(CAUSES)
        .map(|event| {
            format!(
                "{} for {} on {}",
                amount(event.amount),
                printable(&event.tied_to),
                day(event.date)
            )
        })
        .collect();
    if !coming.is_empty() {
        text.push_str(&format!(" Still to come: {}.", coming.join(", ")));
    }
    text
}
