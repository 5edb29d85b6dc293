//! How long people's weeks are.

use super::page as empty;
use crate::report::answer_page::*;
use crate::report::crunch::{HOW, rest, verdict, ways};
use crate::report::words::count;
use crate::result::CrunchAnswer;

/// People and weeks beyond 48 hours, who they are, and what shorter weeks would do.
pub fn page(answer: &CrunchAnswer) -> AnswerPage {
    let heading = &answer.heading;
    let mut page = empty(heading, "How long the weeks are");
    page.lead.push(verdict(answer));
    if answer.people.is_empty() {
        return page;
    }
    page.lead.push(rest(answer));
    for row in answer.beyond.iter().filter(|row| [48, 50, 60].contains(&row.hours)) {
        let tone = match (row.weeks, row.hours) {
            (0, _) => Tone::Good,
            (_, 48) => Tone::Fair,
            _ => Tone::Bad,
        };
        let weeks = count(row.weeks.into(), "week");
        let lines = vec![format!("of {}", count(row.people.into(), "artist"))];
        page.tile(&format!("More than {} h", row.hours), weeks, tone, lines);
    }
    let in_a_row = count(answer.most_in_a_row.into(), "week");
    let tone = if answer.most_in_a_row > answer.patience { Tone::Bad } else { Tone::Plain };
    let lines = vec![format!("of more than {} h, of one artist", answer.heavy_hours)];
    page.tile("In a row", in_a_row, tone, lines);
    let mut people = Table::new(&[
        ("Artist", Kind::Text),
        ("Department", Kind::Text),
        ("Opted out", Kind::Text),
        ("Weeks with overtime", Kind::Number),
        ("Over 48 h", Kind::Number),
        ("Heavy", Kind::Number),
        ("In a row", Kind::Number),
        ("Longest, h", Kind::Number),
        ("Overtime, h", Kind::Number),
    ]);
    people.shown = 40;
    for row in &answer.people {
        let tone = if row.over_48 > 0 { Tone::Fair } else { Tone::Plain };
        let cells = vec![
            row.person.clone().into(),
            row.department.clone().into(),
            if row.opted_out { "yes" } else { "no" }.into(),
            row.weeks.into(),
            row.over_48.into(),
            row.heavy.into(),
            row.in_a_row.into(),
            row.longest_hours.into(),
            row.overtime_hours.into(),
        ];
        people.toned(cells, tone);
    }
    page.section("Artists", "Those with the longest weeks first.", vec![Block::Table(people)]);
    let mut weeks = Table::new(&[
        ("Week of", Kind::Day),
        ("With overtime", Kind::Number),
        ("Over 48 h", Kind::Number),
        ("Heavy", Kind::Number),
        ("Overtime, h", Kind::Number),
        ("Longest, h", Kind::Number),
    ]);
    weeks.shown = 30;
    for row in &answer.weeks {
        weeks.row(vec![
            day_cell(row.week),
            row.people.into(),
            row.over_48.into(),
            row.heavy.into(),
            row.overtime_hours.into(),
            row.longest_hours.into(),
        ]);
    }
    page.section("Weeks", "", vec![Block::Table(weeks)]);
    let rows: Vec<_> =
        ways(answer).into_iter().map(|(way, effect)| (way.to_owned(), effect)).collect();
    let table = super::effects("Weeks", None, rows);
    page.section("Shorter weeks", HOW, vec![Block::Table(table)]);
    page
}
