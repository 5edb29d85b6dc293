//! Work in house against each vendor.

use super::{day_cell, effects, number, page as empty};
use crate::report::answer_page::*;
use crate::report::outsource::no_vendor;
use crate::report::words::count;
use crate::result::OutsourceAnswer;

/// The offers, and what each does to the production.
pub fn page(answer: &OutsourceAnswer) -> AnswerPage {
    let heading = &answer.heading;
    let mut page = empty(heading, &format!("{}: in house or out", answer.scope));
    page.tile(
        "The work",
        count(answer.tasks.into(), "task"),
        Tone::Plain,
        vec![format!("{} bid days", answer.days)],
    );
    page.tile(
        "In house",
        heading.money(answer.labour),
        Tone::Plain,
        vec![format!(
            "of which {} is saved if nobody here does it",
            heading.money(answer.avoidable)
        )],
    );
    match answer.vendors.first() {
        None => page.lead.push(no_vendor(answer).to_owned()),
        Some(best) => {
            let more = best.effect.efc - answer.in_house.efc;
            let lines = vec![format!("final cost {} against in house", heading.more(more))];
            let tone = if more < 0 { Tone::Good } else { Tone::Plain };
            page.tile("Best vendor", best.vendor.clone(), tone, lines);
        }
    }
    let mut offers = Table::new(&[
        ("Vendor", Kind::Text),
        ("Tasks", Kind::Number),
        ("Stay here", Kind::Number),
        ("Days freed", Kind::Number),
        ("Price", Kind::Money),
        ("Supervision", Kind::Money),
        ("To smallest order", Kind::Money),
        ("Lead days", Kind::Number),
        ("Weeks of capacity", Kind::Number),
        ("Cleared from", Kind::Day),
        ("Order by", Kind::Day),
    ]);
    for row in &answer.vendors {
        offers.row(vec![
            row.vendor.clone().into(),
            row.tasks.into(),
            row.stay.into(),
            row.days_freed.into(),
            row.price.into(),
            row.supervision.into(),
            row.top_up.into(),
            row.lead_days.into(),
            number(row.weeks),
            day_cell(row.cleared_from),
            day_cell(row.order_by),
        ]);
    }
    let lead = "Order by: the last day for all of it without anything being later than it is now.";
    page.section("Offers", lead, vec![Block::Table(offers)]);
    let mut rows = vec![("in house".to_owned(), &answer.in_house)];
    rows.extend(answer.vendors.iter().map(|row| (row.vendor.clone(), &row.effect)));
    page.section(
        "What becomes of the production",
        "Each line is a plan of its own, made task by task and checked; supervision and what is missing to \
         the smallest order are in the final cost.",
        vec![Block::Table(effects("Done by", Some("It is done"), rows))],
    );
    page
}
