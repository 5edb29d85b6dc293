//! Cash by week.

use super::{day_cell, page as empty};
use crate::report::answer_page::*;
use crate::report::cash::{credits, lowest};
use crate::report::words::day;
use crate::result::{CashAnswer, CashEvent};

/// The balance as a curve, the weeks as a table, and each payment that has a name.
pub fn page(answer: &CashAnswer) -> AnswerPage {
    let (heading, cash) = (&answer.heading, &answer.cash);
    let mut page = empty(heading, "Cash by week");
    let tone = |amount: i64| if amount < 0 { Tone::Bad } else { Tone::Good };
    if let Some(week) = cash.lowest_week {
        let lines = vec![format!("in the week of {}", day(week))];
        page.tile("Lowest balance", heading.money(cash.lowest), tone(cash.lowest), lines);
        page.tile_asked(format!("{week}:balance"));
        page.lead.push(lowest(answer, week));
    }
    let left = cash.to_come.saturating_sub(cash.to_pay);
    let side = if left < 0 { "short" } else { "over" };
    let lines = vec![
        format!("to pay {}", heading.money(cash.to_pay)),
        format!("{} {side}", heading.money(left.saturating_abs())),
    ];
    page.tile("Still to come", heading.money(cash.to_come), Tone::Plain, lines);
    page.tile_asked("ahead:to_come");
    if let Some(week) = cash.late_client_week {
        let lines = vec![format!("lowest, in the week of {}", day(week))];
        let amount = cash.late_client_lowest;
        page.tile("If the client pays 30 days late", heading.money(amount), tone(amount), lines);
        page.tile_asked("client late");
    }
    let curve = |value: fn(&crate::result::CashWeek) -> i64| -> Vec<Option<f64>> {
        cash.weeks.iter().map(|row| Some(value(row) as f64)).collect()
    };
    let series =
        |name: &str, shape, values| Series { name: name.to_owned(), shape, values, to: Vec::new() };
    let chart = Chart {
        title: String::new(),
        x: Column::new("Week of", Kind::Day),
        y: Column::new("At hand", Kind::Money),
        at: cash.weeks.iter().map(|row| day_at(row.week)).collect(),
        series: vec![
            series("Paid in the week", Shape::Bars, curve(|row| row.paid.saturating_neg())),
            series("Balance at its end", Shape::Step, curve(|row| row.balance)),
        ],
        marks: vec![Mark { at: day_at(heading.as_of), name: "day of the plan".to_owned() }],
    };
    let weeks = Table::new(&[
        ("Week of", Kind::Day),
        ("Payroll", Kind::Money),
        ("Fringe", Kind::Money),
        ("Vendors", Kind::Money),
        ("Other", Kind::Money),
        ("Received", Kind::Money),
        ("Net", Kind::More),
        ("Balance", Kind::Money),
    ]);
    let columns = ["", "payroll", "fringe", "vendors", "other", "received", "net", "balance"];
    let mut weeks = weeks.opening(&columns);
    weeks.shown = 30;
    for row in
        cash.weeks.iter().filter(|row| row.paid != 0 || row.receipts != 0 || row.incentives != 0)
    {
        let tone = if Some(row.week) == cash.lowest_week { Tone::Fair } else { Tone::Plain };
        let cells = vec![
            day_cell(row.week),
            row.payroll.into(),
            row.fringe.into(),
            row.vendors.into(),
            row.other.into(),
            row.receipts.saturating_add(row.incentives).into(),
            row.net.into(),
            row.balance.into(),
        ];
        weeks.toned(cells, tone);
        weeks.asked(row.week.to_string());
    }
    let lead = format!(
        "Point at an amount, and open it: who is paid for what stands behind it. {}",
        credits(cash)
    );
    let mut ahead = Table::new(&[
        ("From the day of the plan on", Kind::Text),
        ("To come", Kind::Money),
        ("To pay", Kind::Money),
        ("Over; below 0 = short", Kind::More),
    ])
    .opening(&["", "to_come", "to_pay", "left"]);
    ahead.row(vec!["".into(), cash.to_come.into(), cash.to_pay.into(), left.into()]);
    ahead.asked("ahead");
    page.section(
        "Weeks",
        lead.trim_end(),
        vec![Block::Chart(chart), Block::Table(weeks), Block::Table(ahead)],
    );
    let mut events = Table::new(&[
        ("Day", Kind::Day),
        ("", Kind::Text),
        ("With", Kind::Text),
        ("For", Kind::Text),
        ("Invoiced", Kind::Day),
        ("Amount", Kind::More),
    ])
    .opening(&["", "", "", "", "", "amount"]);
    for (row, asked) in cash.events.iter().zip(CashEvent::asked(&cash.events)) {
        let is_out = row.kind == "vendor";
        let what = match (&*row.kind, row.planned) {
            ("vendor", _) => "paid",
            ("receipt", true) => "client pays, when the plan gets there",
            ("receipt", false) => "client pays",
            _ => "incentive",
        };
        let with = row.vendor.as_deref().or(row.show.as_deref()).unwrap_or_default();
        events.row(vec![
            day_cell(row.date),
            what.into(),
            with.into(),
            row.tied_to.clone().into(),
            day_cell(row.invoiced),
            if is_out { row.amount.saturating_neg() } else { row.amount }.into(),
        ]);
        events.asked(asked);
    }
    page.section("Payments", "", vec![Block::Table(events)]);
    page
}
