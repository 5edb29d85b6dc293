//! One question over a range, as a page: its curve, and where it breaks.

use super::{page as empty, scenario_cells};
use crate::report::answer_page::*;
use crate::report::compare::{last_open, note};
use crate::report::sweep::breaking;
use crate::report::words::count;
use crate::result::{Measures, ScenarioRow, SweepAnswer};

/// A curve: its name, and its value in a scenario.
type Curve = (&'static str, fn(&Measures) -> f64);

/// Curves of cost and lateness, where it breaks, and the table.
pub fn page(answer: &SweepAnswer) -> AnswerPage {
    let heading = &answer.heading;
    let mut page = empty(heading, &answer.questions.join(" × "));
    for row in answer.breaks.iter().take(4) {
        let (name, tone) = match row.held {
            true => (format!("{} breaks at", row.what), Tone::Bad),
            false => (format!("{} holds from", row.what), Tone::Good),
        };
        let before = if row.held { "holds" } else { "missed" };
        page.tile(&name, row.first.clone(), tone, vec![format!("{before} up to {}", row.last)]);
    }
    page.lead.extend(answer.breaks.iter().map(breaking));
    if answer.breaks.is_empty() && answer.questions.len() == 1 {
        page.lead.push("Nothing breaks or begins to hold in this range.".to_owned());
    }
    page.lead.push(
        "Each value was planned task by task from the plan as it is on, and checked. Costs have the pay of \
         new people that no task uses, starts, and vendors' supervision in them."
            .to_owned(),
    );
    if answer.stopped > 0 {
        let stopped = count(answer.stopped.into(), "value");
        page.lead.push(format!("{stopped} not planned: the run was stopped."));
    }
    if let Some(at) = places(answer) {
        let curve = |title: &str, kind: Kind, series: Vec<Curve>| {
            Block::Chart(Chart {
                title: title.to_owned(),
                x: Column::new(answer.questions.join(", "), at.1),
                y: Column::new("", kind),
                at: at.0.clone(),
                series: series
                    .into_iter()
                    .map(|(name, value)| Series {
                        name: name.to_owned(),
                        shape: Shape::Dots,
                        values: answer
                            .rows
                            .iter()
                            .map(|row| row.measures.as_ref().map(value))
                            .collect(),
                        to: Vec::new(),
                    })
                    .collect(),
                marks: marks(answer, &at.0),
            })
        };
        let late: Vec<Curve> = vec![
            ("milestones", |of| of.milestone_days_late as f64),
            ("shots and assets", |of| of.item_days_late as f64),
        ];
        let cost: Vec<Curve> = vec![("final cost", |of| of.final_cost as f64)];
        page.section(
            "The curve",
            "",
            vec![
                curve("Working days late", Kind::Number, late),
                curve("Final cost", Kind::Money, cost),
            ],
        );
    }
    page.section("Every value", "", vec![Block::Table(values(answer))]);
    page
}

/// The values as places on an axis, where there is one question and its values are numbers or days.
fn places(answer: &SweepAnswer) -> Option<(Vec<f64>, Kind)> {
    if answer.questions.len() != 1 {
        return None;
    }
    let said: Vec<&str> =
        answer.rows.iter().map(|row| row.point.first().map_or("", |p| &p.value)).collect();
    let numbers: Option<Vec<f64>> =
        said.iter().map(|text| text.trim_end_matches('%').parse().ok()).collect();
    let ascending = |at: &[f64]| at.windows(2).all(|pair| pair[0] < pair[1]);
    if let Some(at) = numbers.filter(|at| ascending(at)) {
        return Some((at, Kind::Number));
    }
    let days: Option<Vec<f64>> = said.iter().map(|text| Some(day_at(text.parse().ok()?))).collect();
    days.filter(|at| ascending(at)).map(|at| (at, Kind::Day))
}

fn marks(answer: &SweepAnswer, at: &[f64]) -> Vec<Mark> {
    let place = |value: &str| {
        let mut rows = answer.rows.iter();
        rows.position(|row| row.point.first().is_some_and(|point| point.value == value))
    };
    answer
        .breaks
        .iter()
        .filter_map(|row| {
            let at = *at.get(place(&row.first)?)?;
            let what = if row.held { "breaks" } else { "holds" };
            Some(Mark { at, name: format!("{} {what}", row.what) })
        })
        .take(4)
        .collect()
}

fn values(answer: &SweepAnswer) -> Table {
    let milestone = last_open(answer.base.measures.as_ref());
    let mut columns: Vec<(&str, Kind)> = match answer.rows.first() {
        Some(row) => row.point.iter().map(|p| (p.param.as_str(), Kind::Text)).collect(),
        None => Vec::new(),
    };
    let params = columns.len();
    columns.extend(scenario_cells::columns(milestone));
    columns.push(("", Kind::Text));
    let mut table = Table::new(&columns);
    table.shown = 60;
    for row in &answer.rows {
        let mut cells: Vec<serde_json::Value> =
            row.point.iter().map(|point| point.value.clone().into()).collect();
        cells.resize(params, serde_json::Value::Null);
        cells.extend(scenario_cells::cells(row.measures.as_ref(), milestone));
        cells.push(note(row).into());
        table.toned(cells, tone(row));
    }
    table
}

fn tone(row: &ScenarioRow) -> Tone {
    match &row.measures {
        None => Tone::Bad,
        Some(of) if of.milestones_late > 0 => Tone::Fair,
        Some(_) => Tone::Plain,
    }
}
