//! What makes a date.

use super::{bill, day_cell, number, page as empty, purchases};
use crate::report::answer_page::*;
use crate::report::crew_for::no_way;
use crate::report::words::{count, day, day_or_dash};
use crate::result::CrewForAnswer;

/// Whether the date can be made, what is bought for it, and what was tried.
pub fn page(answer: &CrewForAnswer) -> AnswerPage {
    let heading = &answer.heading;
    let name = &answer.milestone;
    let mut page = empty(heading, &format!("{name} by {}", day(answer.by)));
    let planned = vec![format!("the plan as it is finishes it on {}", day_or_dash(answer.planned))];
    match (answer.makes_it, answer.date) {
        (true, Some(date)) => page.tile("Can it be done?", "Yes", Tone::Good, {
            vec![format!("it is finished on {}", day(date)), planned[0].clone()]
        }),
        (_, Some(_)) if answer.date == answer.planned => {
            page.tile("Can it be done?", no_way(answer), Tone::Bad, planned);
        }
        (_, Some(date)) => page.tile("Can it be done?", no_way(answer), Tone::Bad, {
            vec![format!("the earliest found is {}", day(date)), planned[0].clone()]
        }),
        (_, None) => {
            page.tile("Can it be done?", "No plan finishes it", Tone::Bad, planned);
        }
    }
    // Where nothing helps, nothing has a price.
    let helps = answer.makes_it || answer.date.is_some_and(|date| Some(date) != answer.planned);
    if helps {
        let is_free = answer.tries.is_empty();
        let cost = if is_free { "nothing".into() } else { heading.more(answer.cost.total) };
        page.tile("It costs", cost, Tone::Plain, vec!["beyond the plan as it is".to_owned()]);
    }
    if let Some(earliest) = answer.earliest_possible {
        let tone = if earliest > answer.by { Tone::Bad } else { Tone::Plain };
        let lines = vec!["whoever is hired, with no more tasks shared: its longest chain of work takes until then".to_owned()];
        page.tile("Never before", day(earliest), tone, lines);
    }
    if answer.purchases.is_empty() && answer.makes_it {
        page.lead.push("Nothing has to be bought.".to_owned());
    }
    if helps {
        page.section(
            "What to buy",
            "Each with the last day to decide, so that it can begin in time.",
            vec![Block::Table(purchases(&answer.purchases)), Block::Table(bill(&answer.cost))],
        );
    }
    let mut short = Table::new(&[
        ("Department", Kind::Text),
        ("Bid days without time", Kind::Number),
        ("Crew capped at", Kind::Number),
    ]);
    for row in &answer.short {
        short.row(vec![row.department.clone().into(), row.days.into(), number(row.crew_cap)]);
    }
    if !answer.full.is_empty() {
        page.lead.push(super::super::crew_for::all_used(&answer.full));
    }
    page.lead.extend(super::super::crew_for::mix(answer));
    if let Some(raised) = &answer.raised {
        page.lead.push(super::super::crew_for::beyond(heading, raised));
    }
    page.section(
        "What is in the way",
        "With all that can be bought the weekly program still has no time for this work.",
        vec![Block::Table(short)],
    );
    let mut tries = Table::new(&[
        ("Weekly program asked for", Kind::Day),
        ("Hires", Kind::Number),
        ("Moves", Kind::Number),
        ("Longer contracts", Kind::Number),
        ("Tasks sent out", Kind::Number),
        ("Detailed plan ends", Kind::Day),
        ("Days late", Kind::Number),
        ("Costs", Kind::More),
    ]);
    for row in &answer.tries {
        let tone = match row.late {
            Some(..=0) => Tone::Good,
            _ => Tone::Plain,
        };
        let cells = vec![
            day_cell(row.asked),
            row.hires.into(),
            row.moves.into(),
            row.extensions.into(),
            row.sent_out.into(),
            day_cell(row.planned),
            number(row.late.map(|days| days.max(0))),
            row.cost.into(),
        ];
        tries.toned(cells, tone);
    }
    let lead = format!(
        "The weekly program decides what to buy; then {} made, task by task, and checked.",
        match answer.tries.len() {
            1 => "a plan was".to_owned(),
            many => format!("{} were", count(many as u64, "plan")),
        }
    );
    page.section("What was tried", &lead, vec![Block::Table(tries)]);
    page
}
