//! What becomes of a scenario, in the cells of a table that compares many.

use super::{day_cell, number};
use crate::report::answer_page::Kind;
use crate::report::compare::date_of;
use crate::result::Measures;
use serde_json::Value;

/// Headings of the cells of [`cells`]; the first is that of a milestone where there is one.
pub(super) fn columns<'n>(milestone: Option<(&'n str, &'n str)>) -> [(&'n str, Kind); 10] {
    [
        (milestone.map_or("Done", |(_, id)| id), Kind::Day),
        ("Dates late", Kind::Number),
        ("Days", Kind::Number),
        ("Shots late", Kind::Number),
        ("Days", Kind::Number),
        ("Final cost", Kind::Money),
        ("More", Kind::More),
        ("Cash low", Kind::Money),
        ("Peak crew", Kind::Number),
        ("Overtime h", Kind::Number),
    ]
}

/// The cells of a scenario; empty where it has no plan.
pub(super) fn cells(of: Option<&Measures>, milestone: Option<(&str, &str)>) -> [Value; 10] {
    let Some(of) = of else { return Default::default() };
    [
        day_cell(date_of(of, milestone)),
        of.milestones_late.into(),
        of.milestone_days_late.into(),
        of.items_late.into(),
        of.item_days_late.into(),
        of.final_cost.into(),
        of.cost.total.into(),
        number(of.cash_low.as_ref().map(|low| low.balance)),
        of.peak_crew.artists.into(),
        (of.overtime_minutes as f64 / 60.0).into(),
    ]
}
