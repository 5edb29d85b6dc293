//! Scenarios side by side, as a page.

use super::{day_cell, number, page as empty, scenario_cells};
use crate::report::answer_page::*;
use crate::report::compare::{
    date_of, hard_budget, last_milestone, note, ordered, proven, shown_gap,
};
use crate::report::words::{count, day};
use crate::result::{CompareAnswer, Measures, ScenarioDiff};
use std::collections::BTreeSet;

/// Most scenarios of a wide table; the files have all.
const MOST_WIDE: usize = 24;

/// The table, cost against days, dates, accounts, edits, and the difference of two.
pub fn page(answer: &CompareAnswer) -> AnswerPage {
    let heading = &answer.heading;
    let scenarios = count(answer.scenarios.len() as u64, "scenario");
    let mut page = empty(heading, &format!("{scenarios} side by side"));
    let rows = ordered(answer);
    let planned = || rows.iter().filter_map(|row| Some((*row, row.measures.as_ref()?)));
    let milestone = last_milestone(answer);
    if let Some(base) = &answer.base.measures {
        let mut lines = vec![format!("{} late", count(base.milestones_late.into(), "milestone"))];
        lines.extend(date_of(base, milestone).map(|date| format!("done {}", day(date))));
        page.tile("As it is", heading.money(base.final_cost), Tone::Plain, lines);
    }
    if let Some((best, measures)) = planned().find(|(row, _)| row.rank == Some(1)) {
        let lines = vec![
            answer.aim.clone().unwrap_or_default(),
            format!("{} against the plan as it is", heading.more(measures.cost.total)),
        ];
        page.tile("Best for the aim", best.name.clone(), Tone::Good, lines);
    } else if let Some(aim) = &answer.aim {
        page.tile("Best for the aim", "none", Tone::Bad, vec![format!("no scenario is the {aim}")]);
    }
    if let Some((row, measures)) = planned().skip(1).min_by_key(|(_, m)| m.final_cost) {
        let mut lines = vec![heading.more(measures.cost.total)];
        let missing = measures.hard_budgets.iter().map(|budget| budget.missing).max().unwrap_or(0);
        let tone = if missing > 0 { Tone::Fair } else { Tone::Plain };
        if missing > 0 {
            lines.push(format!("{} above its hard budget", heading.money(missing)));
        }
        page.tile("Cheapest", row.name.clone(), tone, lines);
    }
    let lateness = |m: &Measures| (m.milestone_days_late, m.item_days_late, m.final_cost);
    if let Some((row, measures)) = planned().skip(1).min_by_key(|(_, m)| lateness(m)) {
        let lines = vec![format!(
            "{} late over milestones, {} over shots and assets",
            count(measures.milestone_days_late, "day"),
            count(measures.item_days_late, "day")
        )];
        page.tile("Least late", row.name.clone(), Tone::Plain, lines);
    }
    page.lead.push(format!(
        "Each scenario was planned task by task from the plan as it is on, and checked. {} Costs have the pay \
         of new people that no task uses, starts, and vendors' supervision in them.",
        proven(&rows)
    ));
    for (row, measures) in planned() {
        for said in hard_budget(measures, heading) {
            page.lead.push(format!("{}: {said}.", row.name));
        }
    }
    if answer.stopped > 0 {
        page.lead.push(format!(
            "{} not planned: the run was stopped.",
            count(answer.stopped.into(), "scenario")
        ));
    }
    page.section("Scenarios", "", vec![Block::Table(overview(answer))]);
    page.section(
        "Odds",
        "The plan of each scenario, drawn many times with what is not certain; dates and cost that hold with \
         the confidence of the aim.",
        vec![Block::Table(odds(answer))],
    );
    page.section(
        "Shows that may not happen",
        "Each scenario with such a show and without it, each planned; the expected cost is that of the two at \
         their chance. Days late are those of the other shows' milestones.",
        vec![Block::Table(prospects(answer))],
    );
    page.section(
        "Cost against date",
        "Each point is a scenario; to the left and down is better.",
        vec![Block::Chart(cost_by_date(answer))],
    );
    page.section(
        "Dates",
        "Last day of the work of each milestone.",
        vec![Block::Table(dates(answer))],
    );
    page.section("Final cost by account", "", vec![Block::Table(accounts(answer))]);
    page.section("What is different in each", "", vec![Block::Table(edits(answer))]);
    if let Some(diff) = &answer.diff {
        page.section(&format!("{} against {}", diff.b, diff.a), "", two(answer, diff));
    }
    page
}

fn odds(answer: &CompareAnswer) -> Table {
    let milestone = last_milestone(answer);
    let mut table = Table::new(&[
        ("Scenario", Kind::Text),
        (milestone.map_or("Done by", |(_, id)| id), Kind::Day),
        ("On time", Kind::Share),
        ("All dates on time", Kind::Share),
        ("Final cost", Kind::Money),
    ]);
    for row in ordered(answer) {
        let Some(odds) = row.measures.as_ref().and_then(|of| of.odds.as_ref()) else { continue };
        let chance =
            milestone.and_then(|(_, id)| odds.milestones.iter().find(|chance| chance.id == id));
        table.row(vec![
            row.name.clone().into(),
            day_cell(chance.and_then(|chance| chance.date)),
            number(chance.map(|chance| chance.on_time)),
            odds.all_on_time.into(),
            odds.final_cost.into(),
        ]);
    }
    table
}

fn prospects(answer: &CompareAnswer) -> Table {
    let mut table = Table::new(&[
        ("Scenario", Kind::Text),
        ("Show", Kind::Text),
        ("Chance", Kind::Share),
        ("Final cost with it", Kind::Money),
        ("Without it", Kind::Money),
        ("Expected", Kind::Money),
        ("Done without it", Kind::Day),
        ("Days late with it", Kind::Number),
        ("Without it", Kind::Number),
    ]);
    for row in ordered(answer) {
        let Some(of) = &row.measures else { continue };
        for prospect in &of.prospects {
            table.row(vec![
                row.name.clone().into(),
                prospect.show.clone().into(),
                prospect.probability.into(),
                of.final_cost.into(),
                prospect.final_cost_without.into(),
                prospect.expected_cost.into(),
                day_cell(prospect.finish_without),
                prospect.days_late_with.into(),
                prospect.days_late_without.into(),
            ]);
        }
    }
    table
}

fn overview(answer: &CompareAnswer) -> Table {
    let milestone = last_milestone(answer);
    let mut columns = vec![("Scenario", Kind::Text), ("Place", Kind::Number)];
    columns.extend(scenario_cells::columns(milestone));
    columns.extend([
        ("Moved", Kind::Number),
        ("Other hands", Kind::Number),
        ("Gap", Kind::Share),
        ("", Kind::Text),
    ]);
    let mut table = Table::new(&columns);
    table.shown = 40;
    for row in ordered(answer) {
        let of = row.measures.as_ref();
        let tone = match (of, row.rank, row.meets_aim, &row.dominated_by) {
            (None, ..) | (_, _, Some(false), _) => Tone::Bad,
            (_, Some(1), ..) => Tone::Good,
            (.., Some(_)) => Tone::Fair,
            _ => Tone::Plain,
        };
        let said = match (of, &row.dominated_by) {
            (Some(_), Some(other)) if note(row).is_empty() => format!("beaten by {other}"),
            _ => note(row),
        };
        let mut cells = vec![row.name.clone().into(), number(of.and(row.rank))];
        cells.extend(scenario_cells::cells(of, milestone));
        cells.extend([
            number(of.map(|of| of.churn.moved)),
            number(of.map(|of| of.churn.people_changed)),
            number(of.and_then(shown_gap)),
            said.into(),
        ]);
        table.toned(cells, tone);
    }
    table
}

fn cost_by_date(answer: &CompareAnswer) -> Chart {
    let milestone = last_milestone(answer);
    let mut points: Vec<(f64, f64)> = ordered(answer)
        .into_iter()
        .filter_map(|row| {
            let of = row.measures.as_ref()?;
            Some((day_at(date_of(of, milestone)?), of.final_cost as f64))
        })
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let base = answer.base.measures.as_ref().and_then(|of| date_of(of, milestone));
    let done = milestone.map_or("Done", |(_, id)| id);
    Chart {
        title: "Final cost, by the day it is done".to_owned(),
        x: Column::new(done, Kind::Day),
        y: Column::new("Final cost", Kind::Money),
        at: points.iter().map(|point| point.0).collect(),
        series: vec![Series {
            name: "Scenarios".to_owned(),
            shape: Shape::Points,
            values: points.iter().map(|point| Some(point.1)).collect(),
            to: Vec::new(),
        }],
        marks: base
            .map(|date| Mark { at: day_at(date), name: "as it is".to_owned() })
            .into_iter()
            .collect(),
    }
}

fn dates(answer: &CompareAnswer) -> Table {
    let rows = ordered(answer);
    let rows: Vec<_> =
        rows.into_iter().filter(|row| row.measures.is_some()).take(MOST_WIDE).collect();
    let mut columns = vec![("Milestone", Kind::Text), ("Due", Kind::Day)];
    columns.extend(rows.iter().map(|row| (row.name.as_str(), Kind::Day)));
    let mut table = Table::new(&columns);
    let Some(base) = &answer.base.measures else { return table };
    for milestone in base.milestones.iter().filter(|row| !row.done) {
        let mut cells = vec![milestone.id.clone().into(), day_cell(Some(milestone.due))];
        let key = Some((milestone.show.as_str(), milestone.id.as_str()));
        let of = rows.iter().filter_map(|row| row.measures.as_ref());
        cells.extend(of.map(|of| day_cell(date_of(of, key))));
        table.row(cells);
    }
    table
}

fn accounts(answer: &CompareAnswer) -> Table {
    let rows = ordered(answer);
    let rows: Vec<_> =
        rows.into_iter().filter(|row| row.measures.is_some()).take(MOST_WIDE).collect();
    let mut columns = vec![("Account", Kind::Text)];
    columns.extend(rows.iter().map(|row| (row.name.as_str(), Kind::Money)));
    let mut table = Table::new(&columns);
    let all: BTreeSet<(&str, &str)> = rows
        .iter()
        .filter_map(|row| row.measures.as_ref())
        .flat_map(|of| &of.accounts)
        .map(|row| (row.account.as_str(), row.description.as_str()))
        .collect();
    for (account, description) in all {
        let mut cells = vec![format!("{account} {description}").into()];
        let of = rows.iter().filter_map(|row| row.measures.as_ref());
        cells.extend(of.map(|of| {
            number(of.accounts.iter().find(|row| row.account == account).map(|row| row.efc))
        }));
        table.row(cells);
    }
    table
}

fn edits(answer: &CompareAnswer) -> Table {
    let mut table = Table::new(&[
        ("Scenario", Kind::Text),
        ("Edit", Kind::Text),
        ("Values", Kind::Number),
        ("For example", Kind::Text),
    ]);
    for row in &answer.scenarios {
        for edit in &row.edits {
            let example = edit.examples.first().map(|value| {
                let said = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
                let (before, after) = (said(&value.before), said(&value.after));
                format!("{}: {} {before} → {after}", value.object, value.field)
            });
            table.row(vec![
                row.name.clone().into(),
                edit.text.clone().into(),
                edit.values.into(),
                number(example),
            ]);
        }
    }
    table
}

fn two(answer: &CompareAnswer, diff: &ScenarioDiff) -> Vec<Block> {
    let mut lines = vec![format!(
        "{} on other days, {} of other people, final cost {}.",
        count(diff.moved.into(), "task"),
        count(diff.people_changed.into(), "task"),
        answer.heading.more(diff.final_cost)
    )];
    for (name, edits) in [(&diff.b, &diff.only_b), (&diff.a, &diff.only_a)] {
        lines.extend(edits.iter().map(|edit| format!("Only in {name}: {edit}")));
    }
    let (a, b) = (diff.a.as_str(), diff.b.as_str());
    let mut milestones = Table::new(&[("Milestone", Kind::Text), (a, Kind::Day), (b, Kind::Day)]);
    for row in &diff.milestones {
        milestones.row(vec![row.id.clone().into(), day_cell(row.a), day_cell(row.b)]);
    }
    let mut accounts = Table::new(&[
        ("Account", Kind::Text),
        (a, Kind::Money),
        (b, Kind::Money),
        ("More", Kind::More),
    ]);
    for row in &diff.accounts {
        accounts.row(vec![
            format!("{} {}", row.account, row.description).into(),
            row.a.into(),
            row.b.into(),
            (row.b - row.a).into(),
        ]);
    }
    let mut tasks = Table::new(&[
        ("Task", Kind::Text),
        ("From", Kind::Day),
        ("To", Kind::Day),
        ("Who", Kind::Text),
        ("From", Kind::Day),
        ("To", Kind::Day),
        ("Who", Kind::Text),
    ])
    .titled(format!("Tasks: {a}, then {b}"));
    for row in &diff.tasks {
        tasks.row(vec![
            row.task.clone().into(),
            day_cell(row.start_a),
            day_cell(row.end_a),
            row.who_a.join(", ").into(),
            day_cell(row.start_b),
            day_cell(row.end_b),
            row.who_b.join(", ").into(),
        ]);
    }
    vec![
        Block::Text { lines },
        Block::Table(milestones),
        Block::Table(accounts),
        Block::Table(tasks),
    ]
}
