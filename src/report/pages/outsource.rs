//! Work in house against each vendor.

use super::{day_cell, effects, number, page as empty};
use crate::report::answer_page::*;
use crate::report::outsource::no_vendor;
use crate::report::words::{count, thousands};
use crate::result::{EffectRow, OutsourceAnswer};

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
            let (with, without) = (&best.effect, &answer.in_house);
            let more = heading.more(with.efc - without.efc);
            let mut lines = vec![format!("final cost {more} against in house")];
            lines.extend(late_against(with, without));
            let is_better = value(with) < value(without);
            let tone = if is_better { Tone::Good } else { Tone::Plain };
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
         the smallest order are in the final cost. The vendors stand by that cost after incentives and lateness at \
         its prices.",
        vec![Block::Table(effects("Done by", Some("It is done"), rows))],
    );
    page
}

/// What the best vendor is best by.
fn value(effect: &EffectRow) -> i64 {
    effect.efc.saturating_sub(effect.incentives).saturating_add(effect.penalties)
}

/// What becomes late with the best vendor, and in house.
fn late_against(with: &EffectRow, without: &EffectRow) -> Vec<String> {
    let figures = [
        ("tasks left out", u64::from(with.unplaced), u64::from(without.unplaced)),
        ("late milestones", with.milestones_late.into(), without.milestones_late.into()),
        ("days late", with.days_late, without.days_late),
    ];
    let is_told = |(what, out, here): &(&str, u64, u64)| *what == "days late" || out + here > 0;
    let words = |(what, out, here): (&str, u64, u64)| {
        format!("{what}: {}, in house {}", thousands(out), thousands(here))
    };
    figures.into_iter().filter(is_told).map(words).collect()
}
