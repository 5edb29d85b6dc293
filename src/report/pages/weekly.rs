//! The week of a show producer.

use super::{day_cell, number, page as empty};
use crate::report::answer_page::*;
use crate::report::cost_report::needed;
use crate::report::weekly::{delivery, slack, unapproved};
use crate::report::words::{day, per_cent};
use crate::result::WeeklyReport;

/// Dates, money and work on one sheet of paper.
pub fn page(report: &WeeklyReport) -> AnswerPage {
    let heading = &report.heading;
    let mut page = empty(heading, "The week");
    let tone = match (report.delivers, report.milestones_late) {
        (true, _) => Tone::Good,
        (false, 0) => Tone::Fair,
        (false, _) => Tone::Bad,
    };
    let answer = match tone {
        Tone::Good => "Yes",
        Tone::Fair => "Milestones yes",
        _ => "Not all in time",
    };
    page.tile("Do we deliver?", answer, tone, vec![delivery(report)]);
    let mut lines = Vec::new();
    if let (Some(budget), Some(variance)) = (report.budget, report.variance) {
        let side = if variance < 0 { "over" } else { "under" };
        let size = heading.money(variance.saturating_abs());
        lines.push(format!("{size} {side} the budget of {}", heading.money(budget)));
    }
    if let Some(moved) = report.movement {
        lines.push(format!("{} since the last period", heading.more(moved)));
    }
    lines.push(format!("{} to date", heading.money(report.to_date)));
    let tone = match report.variance {
        Some(..0) => Tone::Bad,
        Some(_) => Tone::Good,
        None => Tone::Plain,
    };
    page.tile("Estimated final cost", heading.money(report.efc), tone, lines);
    page.tile_asked("total:efc");
    if let Some(known) = &report.contingency {
        let mut lines = vec![format!(
            "{} set aside, {} drawn",
            heading.money(known.set_aside),
            heading.money(known.drawn)
        )];
        let need = known.need.as_ref();
        lines.extend(need.map(|need| needed(need, &|amount| heading.money(amount))));
        let tone = match need.map(|need| need.spare) {
            Some(..0) => Tone::Bad,
            Some(_) => Tone::Good,
            None if known.left < 0 => Tone::Bad,
            None => Tone::Plain,
        };
        page.tile("Contingency left", heading.money(known.left), tone, lines);
        page.tile_asked("contingency");
    }
    page.lead.extend(unapproved(report));
    if let (Some(week), Some(lowest)) = (report.lowest_week, report.lowest) {
        let mut lines = vec![format!("in the week of {}", day(week))];
        if let Some(margin) = report.margin {
            lines.push(format!("margin {}", heading.money(margin)));
        }
        let tone = if lowest < 0 { Tone::Fair } else { Tone::Plain };
        page.tile("Lowest balance", heading.money(lowest), tone, lines);
        page.tile_asked(format!("{week}:balance"));
    }
    let mut dates = Table::new(&[
        ("Late or due soon", Kind::Text),
        ("Due", Kind::Day),
        ("Planned", Kind::Day),
        ("", Kind::Text),
        ("Open", Kind::Number),
    ]);
    for row in &report.dates {
        let tone = if row.slack_days.is_none_or(|days| days < 0) { Tone::Bad } else { Tone::Plain };
        let cells = vec![
            row.name.clone().into(),
            day_cell(row.due),
            day_cell(row.planned),
            slack(row.slack_days).into(),
            row.open_items.into(),
        ];
        dates.toned(cells, tone);
    }
    let mut conflicts = Table::new(&[
        ("Rules that clash", Kind::Text),
        ("Cheapest way out that works", Kind::Text),
        ("Days later", Kind::Number),
        ("Costs", Kind::More),
    ]);
    for row in &report.conflicts {
        conflicts.row(vec![
            row.text.clone().into(),
            number(row.way_out.clone()),
            number(row.days),
            number(row.cost),
        ]);
    }
    page.section("Dates", "", vec![Block::Table(dates), Block::Table(conflicts)]);
    let mut weeks = Table::new(&[
        ("Week of", Kind::Day),
        ("Tasks begin", Kind::Number),
        ("Tasks end", Kind::Number),
        ("Shots and assets done", Kind::Number),
        ("Due", Kind::Number),
        ("Artists", Kind::Number),
        ("Overtime hours", Kind::Number),
        ("Of these on days off", Kind::Number),
        ("Paid", Kind::Money),
        ("Received", Kind::Money),
    ])
    .opening(&["", "", "", "", "", "", "", "", "paid", "received"]);
    for row in &report.weeks {
        weeks.row(vec![
            day_cell(row.week),
            row.starts.into(),
            row.ends.into(),
            row.finals.into(),
            row.due.into(),
            row.artists.into(),
            row.overtime_hours.into(),
            row.day_off_hours.into(),
            row.paid.into(),
            row.received.into(),
        ]);
        weeks.asked(row.week.to_string());
    }
    let mut loads = Table::new(&[
        ("Fullest departments, next four weeks", Kind::Text),
        ("Booked, of its own people's time", Kind::Share),
        ("Asked for by the work", Kind::Share),
    ]);
    for row in &report.departments {
        loads.row(vec![row.department.clone().into(), row.booked.into(), row.asked.into()]);
    }
    page.section("Work", "", vec![Block::Table(weeks), Block::Table(loads)]);
    let mut over = Table::new(&[
        ("Account", Kind::Text),
        ("", Kind::Text),
        ("Final cost", Kind::Money),
        ("Over its budget", Kind::Money),
    ])
    .opening(&["", "", "efc", "over"]);
    for row in &report.over {
        over.row(vec![
            row.account.clone().into(),
            row.description.clone().into(),
            row.efc.into(),
            (-row.variance).into(),
        ]);
        over.asked(row.account.clone());
    }
    let hundredths = |index: f64| per_cent((index * 10_000.0).round() as i64);
    let mut lines = Vec::new();
    if let Some(index) = report.cost_index {
        lines.push(format!("Value done for what was spent: {}.", hundredths(index)));
    }
    if let Some(index) = report.time_index {
        lines.push(format!("Time earned for the time that went by: {}.", hundredths(index)));
    }
    page.section("Money", "", vec![Block::Table(over), Block::Text { lines }]);
    page
}
