//! Finished work against its bids.

use super::{number, page as empty};
use crate::report::answer_page::*;
use crate::report::bids::{HOW, NONE, ratio};
use crate::result::BidsAnswer;

/// A row for each department, class and level.
pub fn page(answer: &BidsAnswer) -> AnswerPage {
    let mut page = empty(&answer.heading, "Bid against actual");
    if answer.bids.is_empty() {
        page.lead.push(NONE.to_owned());
        return page;
    }
    let sum = |value: fn(&crate::result::BidRow) -> i64| -> f64 {
        answer.bids.iter().map(|row| value(row) as f64).sum()
    };
    let (bid, logged) = (sum(|row| row.bid_minutes), sum(|row| row.logged_minutes));
    if bid > 0.0 {
        let tasks: u64 = answer.bids.iter().map(|row| u64::from(row.tasks)).sum();
        let tone = if logged > bid * 1.1 { Tone::Bad } else { Tone::Plain };
        let lines = vec![format!("of {tasks} finished tasks")];
        page.tile("Actual for each bid day", format!("{:.2}", logged / bid), tone, lines);
    }
    let mut table = Table::new(&[
        ("Department", Kind::Text),
        ("Class", Kind::Text),
        ("Level", Kind::Text),
        ("Tasks", Kind::Number),
        ("Bid days", Kind::Number),
        ("Actual days", Kind::Number),
        ("Ratio", Kind::Share),
        ("Best quarter", Kind::Share),
        ("Middle", Kind::Share),
        ("Worst quarter", Kind::Share),
    ]);
    table.opens = vec!["", "", "", "", "bid", "logged"];
    table.shown = 40;
    let day = answer.day_minutes.max(1) as f64;
    let tenth = |value: f64| (value * 10.0).round() / 10.0;
    let points = |value: f64| (value * 10_000.0).round();
    for row in &answer.bids {
        let known = ratio(row);
        let tone = if known.is_some_and(|ratio| ratio > 1.25) { Tone::Fair } else { Tone::Plain };
        let mut cells = vec![
            row.department.clone().into(),
            row.class.clone().into(),
            row.level.clone().into(),
            row.tasks.into(),
            tenth(row.bid_minutes as f64 / day).into(),
            tenth(row.logged_minutes as f64 / day).into(),
            number(known.map(points)),
        ];
        cells.extend(row.quartiles.map(|value| points(value).into()));
        table.toned(cells, tone);
        table.asked(row.asked());
    }
    page.section("By department, class and level", HOW, vec![Block::Table(table)]);
    page
}
