//! Headcount by department and week.

use super::{day_cell, number};
use crate::report::answer_page::*;
use crate::report::crew::weeks_with_work;
use crate::report::words::{count, day};
use crate::result::{CrewDepartment, CrewPlan};
use jiff::civil::Date;

/// Artists missing by week, whom to hire, prolong and release.
pub fn page(plan: &CrewPlan) -> AnswerPage {
    // There is no money on this page.
    let mut page = AnswerPage::new("Crew by week", &plan.production, "GBP", 2);
    page.over.push(format!("as of {}", day(plan.as_of)));
    let wanted: u32 = plan.hires.iter().map(|row| row.artists).sum();
    let (tone, text) = match wanted {
        0 => (Tone::Good, "nobody".to_owned()),
        more => (Tone::Fair, count(more.into(), "artist")),
    };
    page.tile("To hire", text, tone, Vec::new());
    page.tile(
        "To prolong",
        count(plan.extensions.len() as u64, "contract"),
        Tone::Plain,
        Vec::new(),
    );
    let days: u64 = plan.releases.iter().map(|row| u64::from(row.days)).sum();
    let lines = vec![format!("{} saved", count(days, "working day"))];
    page.tile("To release", count(plan.releases.len() as u64, "contract"), Tone::Plain, lines);

    let weeks = weeks_with_work(plan);
    let heat = Heat {
        title: "Artists missing, or to spare (−), by week".to_owned(),
        x: Column::new("Week of", Kind::Day),
        at: weeks.clone().map(|week| day_cell(plan.weeks[week])).collect(),
        value: Column::new("artists", Kind::Number),
        rows: plan
            .departments
            .iter()
            .map(|row| HeatRow {
                name: row.id.clone(),
                values: weeks
                    .clone()
                    .map(|week| row.gap.get(week).copied().unwrap_or(0.0))
                    .collect(),
                asked: weeks.clone().map(|week| asked(row, plan.weeks[week])).collect(),
                opens: Vec::new(),
            })
            .collect(),
    };
    page.section(
        "Who is missing when",
        "What the work asks for less what the department's own people can give without overtime. Open a figure \
         for the tasks and people behind it.",
        vec![Block::Heat(heat)],
    );
    if !plan.pools.is_empty() {
        let heat = Heat {
            title: "Used of what there is, by week".to_owned(),
            x: Column::new("Week of", Kind::Day),
            at: weeks.clone().map(|week| day_cell(plan.weeks[week])).collect(),
            value: Column::new("per cent", Kind::Number),
            rows: plan
                .pools
                .iter()
                .map(|row| HeatRow {
                    name: row.name.clone(),
                    values: weeks
                        .clone()
                        .map(|week| row.load.get(week).copied().unwrap_or(0.0))
                        .collect(),
                    asked: Vec::new(),
                    opens: Vec::new(),
                })
                .collect(),
        };
        page.section(
            "Render farm, licences and desks",
            "On the days on which any are used: the most at once, of a farm all that is rendered. Above 100 \
             it is beyond what there is.",
            vec![Block::Heat(heat)],
        );
    }
    let mut hires = Table::new(&[
        ("Department", Kind::Text),
        ("Artists", Kind::Number),
        ("From", Kind::Day),
        ("To", Kind::Day),
    ])
    .titled("Hire");
    for row in &plan.hires {
        hires.row(vec![
            row.department.clone().into(),
            row.artists.into(),
            day_cell(row.from),
            day_cell(row.to),
        ]);
    }
    let mut moves = Table::new(&[
        ("Person", Kind::Text),
        ("Department", Kind::Text),
        ("To", Kind::Text),
        ("From", Kind::Day),
        ("Until", Kind::Day),
        ("Working days without work", Kind::Number),
        ("Per cent of the bid standard", Kind::Number),
        ("Decide by", Kind::Day),
    ])
    .titled("Move");
    for row in &plan.moves {
        moves.row(vec![
            row.person.clone().into(),
            row.department.clone().unwrap_or_default().into(),
            row.place.clone().into(),
            day_cell(row.from),
            day_cell(row.to),
            row.free_days.into(),
            row.level.into(),
            day_cell(row.decide_by),
        ]);
    }
    let mut extensions = Table::new(&[
        ("Person", Kind::Text),
        ("Department", Kind::Text),
        ("Contract ends", Kind::Day),
        ("Artists short after that", Kind::Number),
    ])
    .titled("Prolong");
    for row in &plan.extensions {
        extensions.row(vec![
            row.person.clone().into(),
            row.department.clone().into(),
            day_cell(row.contract_end),
            row.short.into(),
        ]);
    }
    let mut releases = Table::new(&[
        ("Person", Kind::Text),
        ("Department", Kind::Text),
        ("Last work", Kind::Day),
        ("Contract ends", Kind::Day),
        ("Notice by", Kind::Day),
        ("Free from", Kind::Day),
        ("Working days saved", Kind::Number),
    ])
    .titled("Release");
    for row in &plan.releases {
        releases.row(vec![
            row.person.clone().into(),
            row.department.clone().unwrap_or_default().into(),
            day_cell(row.last_work),
            day_cell(row.contract_end),
            day_cell(row.notice_by),
            day_cell(row.free_from),
            row.days.into(),
        ]);
    }
    let mut options = Table::new(&[
        ("Person", Kind::Text),
        ("Department", Kind::Text),
        ("Contract ends", Kind::Day),
        ("May go on to", Kind::Day),
        ("Decide by", Kind::Day),
        ("Artists short after that", Kind::Number),
    ])
    .titled("Options to prolong");
    for row in &plan.options {
        options.row(vec![
            row.person.clone().into(),
            row.department.clone().unwrap_or_default().into(),
            day_cell(row.contract_end),
            day_cell(row.until),
            day_cell(row.decide_by),
            row.short.into(),
        ]);
    }
    let mut blocks = [hires, extensions, releases].map(Block::Table).to_vec();
    if !plan.options.is_empty() {
        blocks.insert(2, Block::Table(options));
    }
    if !plan.moves.is_empty() {
        blocks.insert(1, Block::Table(moves));
    }
    page.section("What to do about it", "", blocks);
    if !plan.bookings.is_empty() {
        let mut bookings = Table::new(&[
            ("State", Kind::Text),
            ("Department", Kind::Text),
            ("People", Kind::Number),
            ("Days", Kind::Number),
            ("Days to be expected", Kind::Number),
        ]);
        for row in &plan.bookings {
            bookings.row(vec![
                row.state.clone().into(),
                row.department.clone().into(),
                row.people.into(),
                row.days.into(),
                row.expected_days.into(),
            ]);
        }
        page.section(
            "How firm bookings are",
            "From the day of the plan on. Confirmed and tentative time is planned with, holds are not; only \
             confirmed time is paid without a task.",
            vec![Block::Table(bookings)],
        );
    }
    let charts = plan.departments.iter().flat_map(|row| {
        let curve = |name: &str, shape, list: &[f64]| Series {
            name: name.to_owned(),
            shape,
            values: weeks.clone().map(|week| list.get(week).copied()).collect(),
            to: Vec::new(),
        };
        let chart = Chart {
            title: row.id.clone(),
            x: Column::new("Week of", Kind::Day),
            y: Column::new("artists", Kind::Number),
            at: weeks.clone().map(|week| day_at(plan.weeks[week])).collect(),
            series: vec![
                curve("Booked", Shape::Bars, &row.booked),
                curve("There", Shape::Step, &row.capacity),
                curve("Asked for", Shape::Line, &row.demand),
            ],
            marks: Vec::new(),
        };
        let mut table = Table::new(&[
            ("Week of", Kind::Day),
            ("Asked for", Kind::Number),
            ("There", Kind::Number),
            ("Missing", Kind::Number),
            ("Booked", Kind::Number),
        ])
        .opening(&["", "demand", "capacity", "gap", "booked"]);
        table.shown = 6;
        for week in weeks.clone() {
            let mut cells = vec![day_cell(plan.weeks[week])];
            let lists = [&row.demand, &row.capacity, &row.gap, &row.booked];
            cells.extend(lists.map(|list| number(list.get(week).copied())));
            table.row(cells);
            table.asked(asked(row, plan.weeks[week]));
        }
        [Block::Chart(chart), Block::Table(table)]
    });
    page.section(
        "Department by department",
        "In full-time artists; open a figure for the tasks and people behind it, in hours.",
        charts.collect(),
    );
    page
}

/// How the figures of a department in a week are asked for.
fn asked(row: &CrewDepartment, monday: Date) -> String {
    format!("{} {monday}", row.id)
}
