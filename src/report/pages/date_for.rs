//! The earliest date for a crew.

use super::{bill, day_cell, page as empty};
use crate::report::answer_page::*;
use crate::report::words::day;
use crate::result::DateForAnswer;

/// The date, what it is measured against, and its cost.
pub fn page(answer: &DateForAnswer) -> AnswerPage {
    let heading = &answer.heading;
    let name = &answer.milestone;
    let mut page = empty(heading, &format!("{name} with {}", answer.crew.join(", ")));
    let (date, tone) = match answer.date {
        Some(date) => (day(date), Tone::Plain),
        None => ("Some work has no place".to_owned(), Tone::Bad),
    };
    page.tile("The crew finishes it on", date, tone, Vec::new());
    let cost = heading.more(answer.cost.total);
    page.tile("It costs", cost, Tone::Plain, vec!["beyond the plan as it is".to_owned()]);
    let mut table = Table::new(&[("Plan", Kind::Text), ("Done", Kind::Day)]);
    for (name, date) in [
        ("As planned now", answer.planned),
        ("The people there are, this date before all else", answer.as_it_is),
        ("This crew, this date before all else", answer.date),
        ("No plan of this crew before", answer.earliest_possible),
    ] {
        table.row(vec![name.into(), day_cell(date)]);
    }
    page.section("Dates", "", vec![Block::Table(table)]);
    page.section("Cost", "", vec![Block::Table(bill(&answer.cost))]);
    page
}
