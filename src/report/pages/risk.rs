//! Odds on dates and money.

use super::{day_cell, page as empty};
use crate::report::answer_page::*;
use crate::report::risk::{amount_at, date_at, odds, percent, sentences};
use crate::report::words::{count, day};
use crate::result::RiskAnswer;
use serde_json::Value;

/// Bars of a tornado.
const MOST_BARS: usize = 14;

/// Odds of the promise and of the budget, curves, what spreads them, and what can be done.
pub fn page(answer: &RiskAnswer) -> AnswerPage {
    let heading = &answer.heading;
    let mut page = empty(heading, "Odds on dates and money");
    let sure = percent(answer.confidence);
    let target = answer.milestones.iter().find(|row| row.id == answer.target);
    if let Some(row) = target.or(answer.milestones.first()) {
        let tone = tone(row.on_time.value, answer.confidence);
        let lines = vec![row.name.clone(), format!("promised {}", day(row.due))];
        page.tile("On time", odds(row.on_time), tone, lines);
        if let Some(date) = date_at(&row.levels, answer.confidence) {
            let lines = match row.contingency_days {
                days @ 1.. => {
                    vec![format!("{} after the promise", count(days as u64, "working day"))]
                }
                days => vec![format!("{} to spare", count(days.unsigned_abs(), "working day"))],
            };
            page.tile(&format!("{sure} sure by"), day(date), Tone::Plain, lines);
        }
    }
    let safe = amount_at(&answer.cost.levels, answer.confidence);
    let lines = vec![format!("{} beyond the plan", heading.more(answer.cost.contingency))];
    page.tile(&format!("{sure} sure to cost at most"), heading.money(safe), Tone::Plain, lines);
    if let Some(inside) = answer.cost.on_budget {
        let tone = tone(inside.value, answer.confidence);
        let lines = answer.cost.budget.map(|budget| format!("of {}", heading.money(budget)));
        page.tile("Inside the budget", odds(inside), tone, lines.into_iter().collect());
    }
    page.lead = sentences(answer);
    page.section(
        "Dates",
        "Each line is the share of the draws in which a milestone is done by a day.",
        vec![Block::Table(dates(answer)), Block::Chart(date_curve(answer))],
    );
    let lead =
        "Bars are how often the final cost falls into a range, the line how often it stays below.";
    page.section(
        "Money",
        lead,
        vec![
            Block::Table(money(answer)),
            Block::Chart(cost_bars(answer)),
            Block::Chart(cost_curve(answer)),
        ],
    );
    page.section(
        "Shots finished by week",
        "Nine of ten draws lie above the lower edge, one of ten above the upper one.",
        vec![Block::Chart(fan(answer))],
    );
    page.section(
        "What spreads it",
        "How far the end and the cost move from each cause's P10 to its P90; the table has the share of the \
         variance that would go if it were certain.",
        vec![
            Block::Bars(tornado(answer, "Days", Kind::Number, |row| row.days_swing)),
            Block::Bars(tornado(answer, "Money", Kind::Money, |row| row.money_swing)),
            Block::Table(drivers(answer)),
        ],
    );
    page.section(
        "What can be done",
        "The same draws with each mitigation; its price is in the cost.",
        vec![Block::Table(mitigations(answer))],
    );
    page.section(
        "Work that decides the end",
        "Critical: in so many draws a task is on the chain that decides. Cruciality is the correlation of its \
         work with the end.",
        vec![Block::Table(departments(answer)), Block::Table(tasks(answer))],
    );
    let mut lines = vec![format!(
        "{}, seed {}, policy {}; errors are half of 95 % intervals for the number of draws alone.",
        count(answer.draws.into(), "draw"),
        answer.seed,
        answer.policy
    )];
    lines.extend(answer.assumed.iter().map(|text| format!("Assumed: {text}.")));
    page.section("What it rests on", "", vec![Block::Text { lines }]);
    page
}

fn tone(share: f64, confidence: f64) -> Tone {
    if share >= confidence {
        Tone::Good
    } else if share >= confidence / 2.0 {
        Tone::Fair
    } else {
        Tone::Bad
    }
}

fn points(share: f64) -> Value {
    Value::from((share * 10_000.0).round() as i64)
}

fn dates(answer: &RiskAnswer) -> Table {
    let sure = format!("P{}", (answer.confidence * 100.0).round());
    let mut columns = vec![
        ("Milestone", Kind::Text),
        ("Promised", Kind::Day),
        ("Plan", Kind::Day),
        ("P10", Kind::Day),
        ("P50", Kind::Day),
        ("P80", Kind::Day),
        ("P90", Kind::Day),
        ("On time", Kind::Share),
        ("±", Kind::Share),
        ("Days missing", Kind::Number),
    ];
    let own = ![0.1, 0.5, 0.8, 0.9].contains(&answer.confidence);
    if own {
        columns.insert(7, (sure.as_str(), Kind::Day));
    }
    let mut table = Table::new(&columns);
    for row in &answer.milestones {
        let at = |level: f64| day_cell(date_at(&row.levels, level));
        let mut cells = vec![
            row.name.clone().into(),
            day_cell(row.due),
            day_cell(row.planned),
            at(0.1),
            at(0.5),
            at(0.8),
            at(0.9),
            points(row.on_time.value),
            points(row.on_time.error),
            if row.levels.is_empty() { Value::Null } else { row.contingency_days.into() },
        ];
        if own {
            cells.insert(7, at(answer.confidence));
        }
        table.toned(cells, tone(row.on_time.value, answer.confidence));
    }
    table
}

fn date_curve(answer: &RiskAnswer) -> Chart {
    // Few enough to be told apart: the target and the likeliest to be late.
    let mut rows: Vec<_> = answer.milestones.iter().filter(|row| !row.curve.is_empty()).collect();
    rows.sort_by(|a, b| {
        let key = |id: &str| id != answer.target;
        key(&a.id).cmp(&key(&b.id)).then(a.on_time.value.total_cmp(&b.on_time.value))
    });
    rows.truncate(5);
    let mut at: Vec<f64> =
        rows.iter().flat_map(|row| row.curve.iter().map(|point| day_at(point.date))).collect();
    at.sort_by(f64::total_cmp);
    at.dedup();
    let series = rows.iter().map(|row| {
        let mut next = 0;
        let values = at.iter().map(|&place| {
            while next < row.curve.len() && day_at(row.curve[next].date) <= place {
                next += 1;
            }
            Some(next.checked_sub(1).map_or(0.0, |last| row.curve[last].share * 10_000.0))
        });
        Series {
            name: row.name.clone(),
            shape: Shape::Step,
            values: values.collect(),
            to: Vec::new(),
        }
    });
    let marks =
        rows.iter().take(1).map(|row| Mark { at: day_at(row.due), name: "promised".to_owned() });
    Chart {
        title: "Done by".to_owned(),
        x: Column::new("Day", Kind::Day),
        y: Column::new("Share of draws", Kind::Share),
        series: series.collect(),
        marks: marks.collect(),
        at,
    }
}

fn money(answer: &RiskAnswer) -> Table {
    let mut table = Table::new(&[
        ("Money", Kind::Text),
        ("Plan", Kind::Money),
        ("P10", Kind::Money),
        ("P50", Kind::Money),
        ("P80", Kind::Money),
        ("P90", Kind::Money),
        ("± of P80", Kind::Money),
    ]);
    for (name, planned, levels) in [
        ("Final cost", answer.cost.planned, &answer.cost.levels),
        ("Lowest cash", answer.lowest_cash.planned, &answer.lowest_cash.levels),
    ] {
        let at = |level: f64| Value::from(amount_at(levels, level));
        let error = levels.iter().find(|row| row.level == 0.8).map_or(0.0, |row| row.error);
        table.row(vec![
            name.into(),
            planned.into(),
            at(0.1),
            at(0.5),
            at(0.8),
            at(0.9),
            (error.round() as i64).into(),
        ]);
    }
    table
}

/// Marks of the cost axis: plan and budget.
fn cost_marks(answer: &RiskAnswer) -> Vec<Mark> {
    let mut marks = vec![Mark { at: answer.cost.planned as f64, name: "plan".to_owned() }];
    let budget = answer.cost.budget;
    marks.extend(budget.map(|amount| Mark { at: amount as f64, name: "budget".to_owned() }));
    marks
}

fn cost_curve(answer: &RiskAnswer) -> Chart {
    Chart {
        title: "Final cost stays below".to_owned(),
        x: Column::new("Final cost", Kind::Money),
        y: Column::new("Share of draws", Kind::Share),
        at: answer.cost.curve.iter().map(|point| point.amount as f64).collect(),
        series: vec![Series {
            name: "share of draws".to_owned(),
            shape: Shape::Line,
            values: answer.cost.curve.iter().map(|point| Some(point.share * 10_000.0)).collect(),
            to: Vec::new(),
        }],
        marks: cost_marks(answer),
    }
}

/// Ranges of a histogram.
const RANGES: usize = 20;

fn cost_bars(answer: &RiskAnswer) -> Chart {
    let curve = &answer.cost.curve;
    let (low, high) = match (curve.first(), curve.last()) {
        (Some(low), Some(high)) if high.amount > low.amount => {
            (low.amount as f64, high.amount as f64)
        }
        _ => (0.0, 0.0),
    };
    let width = (high - low) / RANGES as f64;
    let below = |amount: f64| {
        let next = curve.partition_point(|point| (point.amount as f64) < amount);
        let (Some(after), Some(before)) = (curve.get(next), curve.get(next.wrapping_sub(1))) else {
            return if next == 0 { 0.0 } else { 1.0 };
        };
        let span = (after.amount - before.amount) as f64;
        let part = if span > 0.0 { (amount - before.amount as f64) / span } else { 1.0 };
        before.share + part * (after.share - before.share)
    };
    let ranges = if width > 0.0 { RANGES } else { 0 };
    let edge = |range: usize| low + width * range as f64;
    Chart {
        title: "Final cost falls into".to_owned(),
        x: Column::new("Final cost", Kind::Money),
        y: Column::new("Share of draws", Kind::Share),
        at: (0..ranges).map(|range| edge(range) + width / 2.0).collect(),
        series: vec![Series {
            name: "share of draws".to_owned(),
            shape: Shape::Bars,
            values: (0..ranges)
                .map(|range| {
                    let from = if range == 0 { 0.0 } else { below(edge(range)) };
                    let to = if range + 1 == ranges { 1.0 } else { below(edge(range + 1)) };
                    Some((to - from) * 10_000.0)
                })
                .collect(),
            to: Vec::new(),
        }],
        marks: cost_marks(answer),
    }
}

fn fan(answer: &RiskAnswer) -> Chart {
    let weeks = &answer.finals;
    let values = |of: fn(&crate::result::RiskWeek) -> u32| -> Vec<Option<f64>> {
        weeks.iter().map(|week| Some(f64::from(of(week)))).collect()
    };
    let series =
        |name: &str, shape: Shape, values, to| Series { name: name.to_owned(), shape, values, to };
    Chart {
        title: String::new(),
        x: Column::new("Week", Kind::Day),
        y: Column::new("Shots finished", Kind::Number),
        at: weeks.iter().map(|week| day_at(week.week)).collect(),
        series: vec![
            series("P10 to P90", Shape::Band, values(|week| week.p10), values(|week| week.p90)),
            series("P50", Shape::Line, values(|week| week.p50), Vec::new()),
            series("plan", Shape::Line, values(|week| week.planned), Vec::new()),
        ],
        marks: Vec::new(),
    }
}

fn tornado(
    answer: &RiskAnswer,
    title: &str,
    kind: Kind,
    swing: fn(&crate::result::RiskDriver) -> f64,
) -> Bars {
    let mut rows: Vec<(&str, f64)> =
        answer.drivers.iter().map(|row| (row.name.as_str(), swing(row))).collect();
    rows.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    rows.retain(|row| row.1 != 0.0);
    rows.truncate(MOST_BARS);
    let bar = |(name, swing): (&str, f64)| {
        let half = swing.abs() / 2.0;
        Bar { name: name.to_owned(), low: -half, high: half }
    };
    Bars {
        title: title.to_owned(),
        value: Column::new(title, kind),
        rows: rows.into_iter().map(bar).collect(),
    }
}

fn drivers(answer: &RiskAnswer) -> Table {
    let mut table = Table::new(&[
        ("Cause", Kind::Text),
        ("Of the days", Kind::Share),
        ("±", Kind::Share),
        ("Days, P10 to P90", Kind::Number),
        ("Of the money", Kind::Share),
        ("± ", Kind::Share),
        ("Money, P10 to P90", Kind::More),
    ]);
    for row in &answer.drivers {
        table.row(vec![
            row.name.clone().into(),
            points(row.days_share),
            points(row.days_error),
            row.days_swing.into(),
            points(row.money_share),
            points(row.money_error),
            (row.money_swing as i64).into(),
        ]);
    }
    table
}

fn mitigations(answer: &RiskAnswer) -> Table {
    let mut table = Table::new(&[
        ("If you do", Kind::Text),
        ("Price", Kind::Money),
        ("On time before", Kind::Share),
        ("after", Kind::Share),
        ("Sure by, before", Kind::Day),
        ("after ", Kind::Day),
        ("Days won", Kind::Number),
        ("Mean cost", Kind::More),
    ]);
    for row in &answer.mitigations {
        table.row(vec![
            row.name.clone().into(),
            row.price.into(),
            points(row.on_time_before.value),
            points(row.on_time_after.value),
            day_cell(row.date_before),
            day_cell(row.date_after),
            row.days.into(),
            ((row.mean_cost_after - row.mean_cost_before) as i64).into(),
        ]);
    }
    table
}

fn departments(answer: &RiskAnswer) -> Table {
    let mut table = Table::new(&[
        ("Department", Kind::Text),
        ("Of the work on deciding chains", Kind::Share),
        ("Its most critical task", Kind::Share),
    ]);
    for row in &answer.departments {
        table.row(vec![
            row.department.clone().into(),
            points(row.criticality),
            points(row.highest),
        ]);
    }
    table
}

fn tasks(answer: &RiskAnswer) -> Table {
    let mut table = Table::new(&[
        ("Task", Kind::Text),
        ("Department", Kind::Text),
        ("Critical", Kind::Share),
        ("Cruciality", Kind::Number),
        ("Sensitivity", Kind::Number),
    ]);
    for row in answer.tasks.iter().take(200) {
        table.row(vec![
            row.task.clone().into(),
            row.department.clone().into(),
            points(row.criticality),
            ((row.cruciality * 100.0).round() / 100.0).into(),
            ((row.sensitivity * 100.0).round() / 100.0).into(),
        ]);
    }
    table
}
