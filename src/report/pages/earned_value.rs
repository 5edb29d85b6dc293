//! What is done for what was spent.

use super::{day_cell, number, page as empty};
use crate::report::answer_page::*;
use crate::report::earned_value::{
    COLUMNS, ESTIMATES, NO_BIDS, amounts, doubts, estimates, indices,
};
use crate::result::EarnedAnswer;

/// Indices, the curve of what was planned, and all estimates at completion.
pub fn page(answer: &EarnedAnswer) -> AnswerPage {
    let heading = &answer.heading;
    let mut page = empty(heading, "Earned value");
    let Some(earned) = &answer.earned else {
        page.lead.push(NO_BIDS.to_owned());
        return page;
    };
    for (name, value, means) in indices(earned) {
        let is_rest = name.starts_with("To complete");
        let tone = match value {
            None => Tone::Plain,
            Some(value) if is_rest && value > 1.0 => Tone::Fair,
            Some(value) if !is_rest && value < 0.9 => Tone::Bad,
            Some(value) if !is_rest && value < 1.0 => Tone::Fair,
            Some(_) => Tone::Good,
        };
        let text = value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
        page.tile(name, text, tone, vec![format!("1: {means}")]);
    }
    page.lead.extend(doubts(earned).into_iter().map(str::to_owned));
    let mut told =
        Table::new(&[("", Kind::Text), ("Amount", Kind::Money)]).opening(&["", "amount"]);
    for ((name, amount), column) in amounts(earned).into_iter().zip(COLUMNS) {
        told.row(vec![name.into(), amount.into()]);
        told.asked(format!("total:{column}"));
    }
    let mut departments = Table::new(&[
        ("Department", Kind::Text),
        ("Budget", Kind::Money),
        ("Planned by now", Kind::Money),
        ("Earned", Kind::Money),
        ("Spent", Kind::Money),
        ("Earned less spent", Kind::More),
        ("Earned less planned", Kind::More),
    ])
    .opening(&[
        "",
        "budget",
        "planned",
        "earned",
        "spent",
        "cost_variance",
        "schedule_variance",
    ]);
    departments.shown = 40;
    for row in &earned.departments {
        let name = if row.department.is_empty() { "no department" } else { &row.department };
        departments.row(vec![
            name.into(),
            row.budget.into(),
            row.planned.into(),
            row.earned.into(),
            row.spent.into(),
            row.earned.saturating_sub(row.spent).into(),
            row.earned.saturating_sub(row.planned).into(),
        ]);
        departments.asked(if row.department.is_empty() { ":" } else { &*row.department });
    }
    page.section("On the day of the plan", "", vec![Block::Table(told), Block::Table(departments)]);
    let mut estimate =
        Table::new(&[("Estimate at completion", Kind::Text), ("Amount", Kind::Money)])
            .opening(&["", "amount"]);
    for ((name, amount), column) in estimates(earned).into_iter().zip(ESTIMATES) {
        estimate.row(vec![name.into(), number(amount)]);
        estimate.asked(format!("total:{column}"));
    }
    let lead = format!(
        "They differ by {}: the further apart, the less one of them alone should be believed.",
        heading.money(earned.spread)
    );
    page.section("Where it ends", &lead, vec![Block::Table(estimate)]);
    let chart = Chart {
        title: String::new(),
        x: Column::new("Week of", Kind::Day),
        y: Column::new("Value", Kind::Money),
        at: earned.weeks.iter().map(|(week, _)| day_at(*week)).collect(),
        series: vec![Series {
            name: "Planned to be done by its end".to_owned(),
            shape: Shape::Line,
            values: earned.weeks.iter().map(|(_, value)| Some(*value as f64)).collect(),
            to: Vec::new(),
        }],
        marks: vec![Mark { at: day_at(heading.as_of), name: "day of the plan".to_owned() }],
    };
    let lead = format!(
        "What is earned by now should have been earned after {:.1} weeks; {:.1} have gone by.",
        earned.earned_schedule, earned.actual_time
    );
    let mut weeks =
        Table::new(&[("Week of", Kind::Day), ("Planned to be done by its end", Kind::Money)])
            .opening(&["", "planned"]);
    for (week, value) in &earned.weeks {
        weeks.row(vec![day_cell(*week), (*value).into()]);
        weeks.asked(week.to_string());
    }
    page.section("Planned value", &lead, vec![Block::Chart(chart), Block::Table(weeks)]);
    page
}
