//! What is done for what was spent.

use super::{number, page as empty};
use crate::report::answer_page::*;
use crate::report::earned_value::{NO_BIDS, amounts, doubts, estimates, indices};
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
    let mut told = Table::new(&[("", Kind::Text), ("Amount", Kind::Money)]);
    for (name, amount) in amounts(earned) {
        told.row(vec![name.into(), amount.into()]);
    }
    page.section("On the day of the plan", "", vec![Block::Table(told)]);
    let mut estimate =
        Table::new(&[("Estimate at completion", Kind::Text), ("Amount", Kind::Money)]);
    for (name, amount) in estimates(earned) {
        estimate.row(vec![name.into(), number(amount)]);
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
    page.section("Planned value", &lead, vec![Block::Chart(chart)]);
    page
}
