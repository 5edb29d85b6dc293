//! What is left of the money that comes in.

use super::{day_cell, page as empty};
use crate::report::answer_page::*;
use crate::report::margin::{by_urgency, lines, of_revenue};
use crate::report::vendors::is_open;
use crate::result::MarginAnswer;

/// The margin, what it is made of, the client's change orders and the incentives.
pub fn page(answer: &MarginAnswer) -> AnswerPage {
    let (heading, row) = (&answer.heading, &answer.margin);
    let mut page = empty(heading, "Margin");
    let tone = |amount: i64| if amount < 0 { Tone::Bad } else { Tone::Good };
    let share = |amount: i64| -> Vec<String> {
        let is_known = row.revenue > 0;
        is_known.then(|| format!("{} of revenue", of_revenue(answer, amount))).into_iter().collect()
    };
    page.tile("Margin", heading.money(row.margin), tone(row.margin), share(row.margin));
    page.tile_asked("margin");
    if row.pending != 0 || row.vendors_pending != 0 {
        let name = "With all pending changes";
        page.tile(
            name,
            heading.money(row.with_pending),
            tone(row.with_pending),
            share(row.with_pending),
        );
        page.tile_asked("with_pending");
    }
    let unapproved = row.unapproved_spent.saturating_add(row.unapproved_to_go);
    if unapproved != 0 {
        let lines = vec![
            format!("{} spent", heading.money(row.unapproved_spent)),
            format!("{} to go", heading.money(row.unapproved_to_go)),
        ];
        page.tile("Work that nobody has approved", heading.money(unapproved), Tone::Fair, lines);
        page.tile_asked("unapproved");
    }
    let mut made =
        Table::new(&[("", Kind::Text), ("Amount", Kind::Money)]).opening(&["", "amount"]);
    for (id, name, amount) in lines(answer) {
        made.row(vec![name.into(), amount.into()]);
        made.asked(id);
    }
    for (id, name, amount) in [
        ("unapproved_spent", "Spent on work that nobody has approved", row.unapproved_spent),
        ("unapproved_to_go", "To go of work that nobody has approved", row.unapproved_to_go),
    ] {
        if amount != 0 {
            made.row(vec![name.into(), amount.into()]);
            made.asked(id);
        }
    }
    page.section("What it is made of", "", vec![Block::Table(made)]);
    let mut changes = Table::new(&[
        ("Change", Kind::Text),
        ("Show", Kind::Text),
        ("State", Kind::Text),
        ("Since", Kind::Day),
        ("Days ago", Kind::Number),
        ("Price", Kind::Money),
        ("Tasks", Kind::Number),
        ("Begun", Kind::Number),
        ("Spent", Kind::Money),
        ("To go", Kind::Money),
    ])
    .opening(&["", "", "", "", "", "price", "", "", "spent", "to_go"]);
    for row in by_urgency(answer) {
        let tone = if is_open(row) && row.begun > 0 { Tone::Bad } else { Tone::Plain };
        let cells = vec![
            row.id.clone().into(),
            row.show.clone().into(),
            row.state.clone().into(),
            day_cell(row.date),
            row.age.into(),
            row.amount.into(),
            row.tasks.into(),
            row.begun.into(),
            row.spent.into(),
            row.to_go.into(),
        ];
        changes.toned(cells, tone);
        changes.asked(row.id.clone());
    }
    let lead = "Changes with the client, those that are not decided first. A task that two of them name counts in both.";
    page.section("Change orders", lead, vec![Block::Table(changes)]);
    let mut incentives = Table::new(&[
        ("Incentive", Kind::Text),
        ("Eligible", Kind::Money),
        ("Counts", Kind::Money),
        ("Rate", Kind::Share),
        ("Credit", Kind::Money),
        ("After tax", Kind::Money),
        ("Studio's share", Kind::Money),
        ("Expected", Kind::Money),
        ("Received", Kind::Day),
    ])
    .opening(&["", "eligible", "base", "", "credit", "after_tax", "studio", "expected"]);
    for row in &answer.incentives {
        incentives.row(vec![
            row.id.clone().into(),
            row.eligible.into(),
            row.base.into(),
            row.rate.into(),
            row.credit.into(),
            row.after_tax.into(),
            row.studio.into(),
            row.expected.into(),
            day_cell(row.received),
        ]);
        incentives.asked(row.asked());
    }
    let lead = "As the rules of the show say; have them checked by an adviser.";
    page.section("Incentives", lead, vec![Block::Table(incentives)]);
    page
}
