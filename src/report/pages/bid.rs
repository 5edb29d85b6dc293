//! The price of new shots.

use super::{day_cell, page as empty};
use crate::report::answer_page::*;
use crate::report::bid::pattern;
use crate::report::words::{count, per_cent};
use crate::result::BidAnswer;

/// Floor and price, what the plan makes of the shots, each shot, the work, the milestones that move.
pub fn page(answer: &BidAnswer) -> AnswerPage {
    let heading = &answer.heading;
    let shots = count(answer.shots.len() as u64, "shot");
    let mut page = empty(heading, &format!("A bid for {shots}"));
    let lines = vec![format!("at a margin of {}", per_cent(answer.margin))];
    page.tile("Price", heading.money(answer.price), Tone::Plain, lines);
    page.tile_asked("total:price");
    let cost = answer.shots.iter().fold(0, |sum, shot| i64::saturating_add(sum, shot.cost));
    let lines = vec![
        format!("{} of artists", heading.money(cost)),
        format!("{} overhead", per_cent(answer.overhead)),
    ];
    page.tile("Floor", heading.money(answer.floor), Tone::Plain, lines);
    page.tile_asked("total:floor");
    let change = answer.efc_after.saturating_sub(answer.efc_before);
    let lines = vec![format!(
        "from {} to {}",
        heading.money(answer.efc_before),
        heading.money(answer.efc_after)
    )];
    page.tile("Final cost of the show", heading.more(change), Tone::Plain, lines);
    page.tile_asked("final cost:change");
    let moved = answer.milestones.len() as u64;
    let is_late = answer.milestones.iter().any(|row| {
        row.is.is_none_or(|day| day > row.due) && row.was.is_some_and(|day| day <= row.due)
    });
    let (tone, text) = match (moved, is_late) {
        (0, _) => (Tone::Good, "none".to_owned()),
        (_, true) => (Tone::Bad, count(moved, "milestone")),
        (_, false) => (Tone::Fair, count(moved, "milestone")),
    };
    let late = is_late.then(|| "some of them beyond their dates".to_owned());
    page.tile("Milestones that move", text, tone, late.into_iter().collect());
    page.lead.push(
        "Below the floor money is lost. The final cost of the show moves by another amount: booked time \
         without a task pays for a part of the work, overtime and idle time for what it moves."
            .to_owned(),
    );
    let day = answer.day_minutes.max(1) as f64;
    let days = |minutes: i64| (minutes as f64 / day * 10.0).round() / 10.0;
    let mut table = Table::new(&[
        ("Shot", Kind::Text),
        ("Class", Kind::Text),
        ("Bid days", Kind::Number),
        ("Artists", Kind::Money),
        ("Floor", Kind::Money),
        ("Price", Kind::Money),
        ("Due", Kind::Day),
        ("Planned", Kind::Day),
        ("After the pattern of", Kind::Text),
    ])
    .opening(&["", "", "work", "cost", "floor", "price"]);
    table.shown = 40;
    for shot in &answer.shots {
        let is_late = match (shot.planned, shot.due) {
            (None, _) => true,
            (Some(planned), due) => due.is_some_and(|due| planned > due),
        };
        let cells = vec![
            shot.id.clone().into(),
            shot.class.clone().into(),
            days(shot.minutes).into(),
            shot.cost.into(),
            shot.floor.into(),
            shot.price.into(),
            day_cell(shot.due),
            day_cell(shot.planned),
            pattern(shot).into(),
        ];
        table.toned(cells, if is_late { Tone::Bad } else { Tone::Plain });
        table.asked(shot.id.clone());
    }
    let lead = "Shots in red are planned after their date, or have no place in the plan.";
    page.section("Shots", lead, vec![Block::Table(table)]);
    let mut work = Table::new(&[
        ("Department", Kind::Text),
        ("Bid days", Kind::Number),
        ("Artists", Kind::Money),
    ])
    .opening(&["", "work", "cost"]);
    work.shown = 40;
    for row in &answer.departments {
        work.row(vec![row.id.clone().into(), days(row.minutes).into(), row.cost.into()]);
        work.asked(row.id.clone());
    }
    page.section("Work", "", vec![Block::Table(work)]);
    let mut dates = Table::new(&[
        ("Milestone", Kind::Text),
        ("Due", Kind::Day),
        ("Without the shots", Kind::Day),
        ("With them", Kind::Day),
    ]);
    for row in &answer.milestones {
        let is_late = row.is.is_none_or(|day| day > row.due);
        let cells =
            vec![row.id.clone().into(), day_cell(row.due), day_cell(row.was), day_cell(row.is)];
        dates.toned(cells, if is_late { Tone::Bad } else { Tone::Plain });
    }
    page.section("Milestones that move", "", vec![Block::Table(dates)]);
    page
}
