//! A plan under budget caps.

use super::ladder::{LEAD, ladder};
use super::{day_cell, effects, number, page as empty};
use crate::report::answer_page::*;
use crate::report::words::count;
use crate::result::BudgetAnswer;

/// Whether the caps hold, what keeps them costs, and what could still be cut.
pub fn page(answer: &BudgetAnswer) -> AnswerPage {
    let heading = &answer.heading;
    let mut page = empty(heading, "Budget caps");
    match answer.holds {
        true => page.tile("Do the caps hold?", "Yes", Tone::Good, Vec::new()),
        false => {
            let broken = answer.caps.iter().filter(|row| !row.holds);
            let missing = broken.map(|row| {
                format!("{}: {} missing with all work done", row.cap, heading.money(row.missing))
            });
            let left_out = match answer.with.unplaced.saturating_sub(answer.without.unplaced) {
                0 => None,
                tasks => Some(format!("{} left out", count(tasks.into(), "task"))),
            };
            let is_kept = answer.caps.iter().all(|row| row.after <= row.amount);
            let said = if is_kept { "Only with less work" } else { "Not all" };
            let lines = left_out.into_iter().chain(missing).collect();
            page.tile("Do the caps hold?", said, Tone::Bad, lines);
        }
    }
    let more = answer.with.efc - answer.without.efc;
    let lines = vec![format!("{} against the plan without caps", heading.more(more))];
    page.tile("Final cost", heading.money(answer.with.efc), Tone::Plain, lines);
    page.tile_asked("with caps:efc");
    let days = answer.with.days_late;
    let lines = vec![format!("{} without caps", count(answer.without.days_late, "day"))];
    page.tile("Days late", count(days, "day"), Tone::Plain, lines);
    let mut caps = Table::new(&[
        ("Cap", Kind::Text),
        ("Amount", Kind::Money),
        ("Planned", Kind::Money),
        ("Could be saved", Kind::Money),
        ("With caps", Kind::Money),
        ("With all work", Kind::Money),
        ("Missing", Kind::Money),
        ("Days a week's pay more brings", Kind::Number),
        ("Days a week's pay less costs", Kind::Number),
    ])
    .opening(&["", "", "planned", "avoidable", "after", "with_all_work", "missing"]);
    for row in &answer.caps {
        let cells = vec![
            row.cap.clone().into(),
            row.amount.into(),
            row.planned.into(),
            row.avoidable.into(),
            row.after.into(),
            row.with_all_work.into(),
            if row.holds { serde_json::Value::Null } else { row.missing.into() },
            number(row.days_for_a_week_more),
            number(row.days_for_a_week_less),
        ];
        caps.toned(cells, if row.holds { Tone::Good } else { Tone::Bad });
        caps.asked(row.cap.clone());
    }
    page.section(
        "Caps",
        "Could be saved: freelance days and overtime; staff are paid in any case. With all work: the least that \
         was found without leaving out more than the plan without caps does; a cap holds if that keeps it, and \
         what is missing is missing there. The last columns say how \
         many bid days in time the pay of an artist for a week is worth under the cap, by solving the \
         weekly program again.",
        vec![Block::Table(caps)],
    );
    let rows =
        [("without caps".to_owned(), &answer.without), ("with caps".to_owned(), &answer.with)];
    let mut done = effects("Plan", None, rows).opening(&[
        "",
        "",
        "",
        "",
        "",
        "efc",
        "more",
        "after_incentives",
    ]);
    for (row, name) in done.rows.iter_mut().zip(["without caps", "with caps"]) {
        row.asked = name.to_owned();
    }
    page.section("What the caps do", "", vec![Block::Table(done)]);
    let mut releases =
        Table::new(&[("Person", Kind::Text), ("Department", Kind::Text), ("Last day", Kind::Day)])
            .titled("Contracts that end earlier");
    for row in &answer.releases {
        let home = row.department.clone().unwrap_or_default();
        releases.row(vec![row.person.clone().into(), home.into(), day_cell(row.last_day)]);
    }
    let mut blocks = vec![Block::Table(releases)];
    if answer.called_off != 0 {
        let owed = answer.heading.money(answer.called_off);
        let text = format!(
            "{owed} of the final cost with caps is owed for confirmed days that are called off."
        );
        blocks.push(Block::text(text));
    }
    if !answer.no_overtime.is_empty() {
        blocks.push(Block::text(format!("No overtime in {}.", answer.no_overtime.join(", "))));
    }
    page.section("What goes", "", blocks);
    let chart = Chart {
        title: "What could still be saved, by the day of the decision".to_owned(),
        x: Column::new("Decided", Kind::Day),
        y: Column::new("Saved", Kind::Money),
        at: answer.ladder.iter().map(|row| day_at(row.decided)).collect(),
        series: vec![Series {
            name: "Saved".to_owned(),
            shape: Shape::Step,
            values: answer.ladder.iter().map(|row| Some(row.avoidable as f64)).collect(),
            to: Vec::new(),
        }],
        marks: Vec::new(),
    };
    page.section(
        "What could still be saved of the cost to go",
        LEAD,
        vec![Block::Chart(chart), Block::Table(ladder(&answer.ladder))],
    );
    page
}
