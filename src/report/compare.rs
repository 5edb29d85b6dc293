//! Scenarios side by side, for a terminal.

use super::levers::{table, title};
use super::summary::{paragraph, printable};
use super::words::{count, day_or_dash, per_cent};
use crate::result::{
    CompareAnswer, HardBudgetRow, Heading, Measures, ScenarioDiff, ScenarioRow, ScenarioState,
};
use jiff::civil::Date;

/// Rows that are printed; the files have all.
const MOST_ROWS: usize = 40;
/// Differences of two scenarios that are printed.
const MOST_TASKS: usize = 15;

/// The milestone whose date stands in tables: the last one that is not done in the plan as it is.
pub(super) fn last_milestone(answer: &CompareAnswer) -> Option<(&str, &str)> {
    last_open(answer.base.measures.as_ref())
}

/// The last milestone that is not done: its show and id.
pub(super) fn last_open(measures: Option<&Measures>) -> Option<(&str, &str)> {
    let open = measures?.milestones.iter().filter(|row| !row.done);
    open.max_by_key(|row| row.due).map(|row| (row.show.as_str(), row.id.as_str()))
}

/// Its date in a scenario.
pub(super) fn date_of(measures: &Measures, milestone: Option<(&str, &str)>) -> Option<Date> {
    let Some(key) = milestone else { return measures.finish };
    let found = measures.milestones.iter().find(|row| (row.show.as_str(), row.id.as_str()) == key);
    found.and_then(|row| row.planned)
}

/// A gap above this says nothing that anybody could use, in basis points.
const WEAK: i64 = 2_500;

/// How good the plans are known to be: the widest gap, and which plans are only the best found.
pub(super) fn proven(rows: &[&ScenarioRow]) -> String {
    let gaps: Vec<i64> = rows.iter().filter_map(|row| Some(row.measures.as_ref()?.gap)).collect();
    let strong: Vec<i64> = gaps.iter().copied().filter(|&gap| gap <= WEAK).collect();
    let within = |most: i64| format!("No plan of {{}} is better by more than {}", per_cent(most));
    match (strong.iter().max(), gaps.len() - strong.len()) {
        (Some(0), 0) => "No plan of any of them is better.".to_owned(),
        (Some(&most), 0) => format!("{}.", within(most).replace("{}", "any of them")),
        (None, _) => "The plans are the best found; no strong limit is proven.".to_owned(),
        (Some(&most), weak) => format!(
            "{}; the plans of the other {weak} are the best found, no strong limit is proven.",
            within(most).replace("{}", &count(strong.len() as u64, "scenario"))
        ),
    }
}

/// The gap as it is shown: none where it says nothing.
pub(super) fn shown_gap(measures: &Measures) -> Option<i64> {
    (measures.gap <= WEAK).then_some(measures.gap)
}

/// What has to be said of a row besides its figures.
pub(super) fn note(row: &ScenarioRow) -> String {
    match row.state {
        ScenarioState::Failed => return row.problems.first().cloned().unwrap_or_default(),
        ScenarioState::Stopped => return "stopped before it".to_owned(),
        ScenarioState::Planned => {}
    }
    let mut notes: Vec<String> = Vec::new();
    if row.meets_aim == Some(false) {
        notes.push("misses the aim".to_owned());
    }
    if let Some(measures) = &row.measures {
        if measures.unplaced > 0 {
            let tasks = count(measures.unplaced.into(), "task");
            notes.push(format!("{tasks} without a place, and not in the cost"));
        }
        match measures.broken_rules.len() {
            0 => {}
            broken => notes.push(format!("{} broken", count(broken as u64, "hard rule"))),
        }
        match measures.hard_budgets.iter().filter(|row| !row.holds).count() {
            0 => {}
            over => notes.push(format!("over {}", count(over as u64, "hard budget"))),
        }
    }
    notes.join(", ")
}

/// A day that fits into a narrow column.
fn short(date: Option<Date>) -> String {
    date.map_or_else(|| "–".to_owned(), |date| date.to_string())
}

/// "2 / 14": things and days late.
fn late(things: u32, days: u64) -> String {
    match things {
        0 => "–".to_owned(),
        things => format!("{things} / {days}"),
    }
}

/// What becomes of a scenario: its date, dates and items that are late, what it costs more, overtime, most people.
pub(super) fn told(
    of: &Measures,
    milestone: Option<(&str, &str)>,
    heading: &Heading,
) -> [String; 6] {
    [
        short(date_of(of, milestone)),
        late(of.milestones_late, of.milestone_days_late),
        late(of.items_late, of.item_days_late),
        heading.more(of.cost.total),
        format!("{} h", (of.overtime_minutes + 30) / 60),
        of.peak_crew.artists.to_string(),
    ]
}

/// Rows in the order of reading: the plan as it is, then by place for the aim, then as they came.
pub(super) fn ordered(answer: &CompareAnswer) -> Vec<&ScenarioRow> {
    let mut rows: Vec<&ScenarioRow> = answer.scenarios.iter().collect();
    rows.sort_by_key(|row| row.rank.unwrap_or(u32::MAX));
    std::iter::once(&answer.base).chain(rows).collect()
}

/// The answer in plain text, for a terminal `width` columns wide. Ends with a line end.
pub fn compare(answer: &CompareAnswer, width: usize) -> String {
    let width = width.max(60);
    let heading = &answer.heading;
    let mut out = String::new();
    title(&mut out, heading, &count(answer.scenarios.len() as u64, "scenario"), width);
    if let Some(aim) = &answer.aim {
        paragraph(&mut out, "", &format!("Ranked for: {}", printable(aim)), width);
        out.push('\n');
    }
    let milestone = last_milestone(answer);
    let done = milestone.map_or("Done".to_owned(), |(_, id)| printable(id));
    let rows = ordered(answer);
    let cells = rows.iter().take(MOST_ROWS).map(|row| {
        let name = match row.rank {
            Some(rank) => format!("{rank}. {}", printable(&row.name)),
            None => printable(&row.name),
        };
        let Some(measures) = &row.measures else {
            let mut cells = vec![name];
            cells.resize(8, String::new());
            cells.push(printable(&note(row)));
            return cells;
        };
        let [date, dates, items, cost, overtime, peak] = told(measures, milestone, heading);
        vec![
            name,
            date,
            dates,
            items,
            cost,
            overtime,
            peak,
            format!("{} / {}", measures.churn.moved, measures.churn.people_changed),
            printable(&note(row)),
        ]
    });
    let names = [
        "Scenario",
        &done,
        "Dates late",
        "Items late",
        "Costs more",
        "Overtime",
        "Peak",
        "Changed",
        "",
    ];
    table(&mut out, &names, &[2, 3, 4, 5, 6, 7], cells, width);
    if rows.len() > MOST_ROWS {
        let more = rows.len() - MOST_ROWS;
        paragraph(&mut out, "", &format!("and {more} more (the files have all)"), width);
    }
    odds(&mut out, &rows, milestone, heading, width);
    hard_budgets(&mut out, &rows, heading, width);
    prospects(&mut out, &rows, heading, width);
    out.push('\n');
    let base = answer.base.measures.as_ref();
    let base_cost = base.map_or(0, |measures| measures.final_cost);
    paragraph(
        &mut out,
        "",
        &format!(
            "As it is, the production ends at {}. Late: how many, and working days altogether. Changed: tasks \
             that begin on another day, and tasks of other people, against the plan as it is. Each scenario \
             was planned from that plan on and checked. {}",
            heading.money(base_cost),
            proven(&rows),
        ),
        width,
    );
    let beaten: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let other = printable(row.dominated_by.as_deref()?);
            Some(format!("{} (by {other})", printable(&row.name)))
        })
        .collect();
    if !beaten.is_empty() {
        let text = format!(
            "Beaten by another that does the same work, no later, no dearer and with no more overtime: {}.",
            beaten.join("; ")
        );
        paragraph(&mut out, "", &text, width);
    }
    if answer.stopped > 0 {
        let text = format!(
            "{} not planned: the run was stopped.",
            count(answer.stopped.into(), "scenario")
        );
        paragraph(&mut out, "", &text, width);
    }
    if let Some(diff) = &answer.diff {
        out.push('\n');
        two(&mut out, answer, diff, width);
    }
    out
}

/// The odds of each, where the aim asks for some.
fn odds(
    out: &mut String,
    rows: &[&ScenarioRow],
    milestone: Option<(&str, &str)>,
    heading: &Heading,
    width: usize,
) {
    let drawn = |row: &&&ScenarioRow| row.measures.as_ref().is_some_and(|of| of.odds.is_some());
    let Some(first) = rows.iter().find(drawn).and_then(|row| row.measures.as_ref()?.odds.as_ref())
    else {
        return;
    };
    out.push('\n');
    let sure = per_cent(first.confidence);
    let cells = rows.iter().filter(drawn).take(MOST_ROWS).filter_map(|row| {
        let odds = row.measures.as_ref()?.odds.as_ref()?;
        let chance =
            milestone.and_then(|(_, id)| odds.milestones.iter().find(|chance| chance.id == id));
        Some(vec![
            printable(&row.name),
            short(chance.and_then(|chance| chance.date)),
            chance.map_or_else(|| "–".to_owned(), |chance| per_cent(chance.on_time)),
            per_cent(odds.all_on_time),
            heading.money(odds.final_cost),
        ])
    });
    let done = format!("{sure} sure by");
    let cost = format!("{sure} sure cost");
    let names = ["Odds", &done, "On time", "All on time", &cost];
    table(out, &names, &[2, 3, 4], cells, width);
}

/// What keeping a hard budget took, or what is missing, in sentences.
pub(super) fn hard_budget(measures: &Measures, heading: &Heading) -> Vec<String> {
    let took = |held: bool| match (measures.saved.len(), held) {
        (0, true) => ", nothing had to be saved".to_owned(),
        (0, false) => ", and nothing more can be saved".to_owned(),
        (_, true) => format!(": {}", measures.saved.join(", ")),
        (_, false) => format!(", with all that could be saved: {}", measures.saved.join(", ")),
    };
    let sentence = |row: &HardBudgetRow| {
        let cap = match row.accounts.len() {
            0..=4 => row.cap.clone(),
            many => format!("{many} accounts"),
        };
        let amount = heading.money(row.amount);
        match row.holds {
            true => format!(
                "{cap} within {amount}: {} in the plan{}",
                heading.money(row.cost),
                took(true)
            ),
            false => format!(
                "{cap} cannot be kept within {amount}: {} is missing{}; it takes so much more budget, or \
                 less work",
                heading.money(row.missing),
                took(false)
            ),
        }
    };
    measures.hard_budgets.iter().map(sentence).collect()
}

fn hard_budgets(out: &mut String, rows: &[&ScenarioRow], heading: &Heading, width: usize) {
    for row in rows.iter().take(MOST_ROWS) {
        for said in row.measures.iter().flat_map(|of| hard_budget(of, heading)) {
            let text = format!("{}: {}.", printable(&row.name), printable(&said));
            paragraph(out, "", &text, width);
        }
    }
}

/// With and without each show that may not happen.
fn prospects(out: &mut String, rows: &[&ScenarioRow], heading: &Heading, width: usize) {
    let cells: Vec<Vec<String>> = rows
        .iter()
        .take(MOST_ROWS)
        .filter_map(|row| Some((row, row.measures.as_ref()?)))
        .flat_map(|(row, of)| of.prospects.iter().map(move |prospect| (row, of, prospect)))
        .map(|(row, of, prospect)| {
            vec![
                printable(&row.name),
                printable(&prospect.show),
                per_cent(prospect.probability),
                heading.money(of.final_cost),
                heading.money(prospect.final_cost_without),
                heading.money(prospect.expected_cost),
                format!("{} / {}", prospect.days_late_with, prospect.days_late_without),
            ]
        })
        .collect();
    if cells.is_empty() {
        return;
    }
    out.push('\n');
    let names =
        ["Scenario", "Show", "Chance", "Cost with it", "Without", "Expected", "Others late"];
    table(out, &names, &[2, 3, 4, 5, 6], cells.into_iter(), width);
    let text = "Others late: working days over the milestones of the other shows, with this one and without it.";
    paragraph(out, "", text, width);
}

/// What two scenarios have differently.
fn two(out: &mut String, answer: &CompareAnswer, diff: &ScenarioDiff, width: usize) {
    let heading = &answer.heading;
    let (a, b) = (printable(&diff.a), printable(&diff.b));
    let text = format!(
        "{b} against {a}: {} on other days, {} of other people, final cost {}",
        count(diff.moved.into(), "task"),
        count(diff.people_changed.into(), "task"),
        heading.more(diff.final_cost)
    );
    paragraph(out, "", &text, width);
    for (name, edits) in [(&b, &diff.only_b), (&a, &diff.only_a)] {
        for edit in edits {
            paragraph(out, "", &format!("only {name}: {}", printable(edit)), width);
        }
    }
    out.push('\n');
    if !diff.milestones.is_empty() {
        let cells = diff
            .milestones
            .iter()
            .map(|row| vec![printable(&row.id), day_or_dash(row.a), day_or_dash(row.b)]);
        table(out, &["Milestone", &a, &b], &[], cells, width);
    }
    if !diff.accounts.is_empty() {
        let cells = diff.accounts.iter().map(|row| {
            vec![
                format!("{} {}", printable(&row.account), printable(&row.description)),
                heading.money(row.a),
                heading.money(row.b),
                heading.more(row.b - row.a),
            ]
        });
        table(out, &["Account", &a, &b, "More"], &[1, 2, 3], cells, width);
    }
    let span = |start: Option<Date>, end: Option<Date>, who: &[String]| match (start, end) {
        (Some(start), Some(end)) => format!("{start} to {end} {}", printable(&who.join(", "))),
        _ => "–".to_owned(),
    };
    let cells = diff.tasks.iter().take(MOST_TASKS).map(|row| {
        vec![
            printable(&row.task),
            span(row.start_a, row.end_a, &row.who_a),
            span(row.start_b, row.end_b, &row.who_b),
        ]
    });
    if !diff.tasks.is_empty() {
        table(out, &["Task", &a, &b], &[], cells, width);
    }
    if diff.tasks.len() > MOST_TASKS {
        let more = diff.tasks.len() - MOST_TASKS;
        paragraph(out, "", &format!("and {more} more tasks (compare.json has all)"), width);
    }
}
