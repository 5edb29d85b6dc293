//! What the crew by week is made of: the tasks that ask for time, the people who can give it, the work that is planned.

use super::{Maker, less};
use crate::forecast::{CrewPart, CrewPartOf, PostingKind, crew_parts};
use crate::model::{DepartmentId, Id};
use crate::pipeline::Made;
use crate::pipeline::levers::heading;
use crate::result::{CrewDepartment, Opened, OpenedPart, Unit, WhyRow};
use std::collections::HashMap;

/// Department and week.
type Place = (DepartmentId, u32);

/// The figures of `crew` in minutes: a row each department and week, asked for as "CMP 2027-02-15". `artist` gives
/// the minutes that a full-time artist works in each week.
pub fn crew(made: &Made, departments: &[CrewDepartment], artist: &[i64]) -> Opened {
    let production = &made.production;
    let crew = &made.forecast.crew;
    let of = |weight: &dyn Fn(i64) -> i64| by_place(made, weight);
    let mut all = of(&|_| 10_000);
    let is_certain = production.shows.iter().all(|show| show.probability >= 10_000);
    let (mut firm, mut weighed) = match is_certain {
        true => (Parts::new(), Parts::new()),
        false => (
            of(&|chance| if chance >= 10_000 { 10_000 } else { 0 }),
            of(&|chance| chance.clamp(0, 10_000)),
        ),
    };
    let mut booked = booked(made);
    let mut maker = Maker::of("crew", &heading(production, production.settings.mode));
    for row in &crew.rows {
        let code = &production.departments[row.department].code;
        // Departments that nobody is asked for, or is in, stand in no list.
        if !departments.iter().any(|told| told.id == *code) {
            continue;
        }
        for (week, monday) in (0_u32..).zip(&crew.weeks) {
            let at = week as usize;
            let figure = |list: &[i64]| list.get(at).copied().unwrap_or_default();
            let (demand, capacity) = (figure(&row.demand), figure(&row.capacity));
            let worked = figure(&row.booked);
            if demand == 0 && capacity == 0 && worked == 0 {
                continue;
            }
            let hours = artist.get(at).copied().unwrap_or_default() / 60;
            let name = monday.strftime("week of %-d %b %Y");
            let name = format!("{code}, {name} (a full-time artist: {hours} h)");
            maker.row(&format!("{code} {monday}"), &name);
            let place = (row.department, week);
            let [asked, there] = all.remove(&place).unwrap_or_default();
            let mut cell = |column: &str, figure: i64, lines: Vec<WhyRow>| -> OpenedPart {
                let run = maker.run(lines, Unit::Minutes, figure);
                maker.sum(column, Unit::Minutes, figure, vec![run]);
                run
            };
            let asked = cell("demand", demand, asked);
            let there = cell("capacity", capacity, there);
            cell("booked", worked, booked.remove(&place).unwrap_or_default());
            let first =
                |parts: &mut Parts| parts.remove(&place).unwrap_or_default().into_iter().next();
            for (column, list, parts) in
                [("firm", &row.firm, &mut firm), ("weighed", &row.weighed, &mut weighed)]
            {
                match is_certain {
                    true => maker.sum(column, Unit::Minutes, demand, vec![asked]),
                    false => {
                        let run = maker.run(
                            first(parts).unwrap_or_default(),
                            Unit::Minutes,
                            figure(list),
                        );
                        maker.sum(column, Unit::Minutes, figure(list), vec![run]);
                    }
                }
            }
            maker.sum("gap", Unit::Minutes, demand - capacity, vec![asked, less(there)]);
            maker.first("gap");
        }
    }
    maker.done()
}

/// What is asked for, and what there is.
type Parts = HashMap<Place, [Vec<WhyRow>; 2]>;

fn by_place(made: &Made, weight: &dyn Fn(i64) -> i64) -> Parts {
    let production = &made.production;
    let weeks = &made.forecast.crew.weeks;
    let mut parts = Parts::new();
    for CrewPart { department, week, of, minutes } in
        crew_parts(production, &made.solved.plan, weight)
    {
        let monday = weeks.get(week as usize).copied();
        let line = |kind: &str| WhyRow { minutes, amount: None, ..WhyRow::new(kind, monday, 0) };
        let (at, line) = match of {
            CrewPartOf::Task(task) => {
                let task = production.tasks[task].code.clone();
                (0, WhyRow { task, state: "asked for".to_owned(), ..line("task") })
            }
            CrewPartOf::Person(person) => {
                let who = production.people[person].code.clone();
                (1, WhyRow { who, state: "there".to_owned(), ..line("time") })
            }
        };
        parts.entry((department, week)).or_default()[at].push(line);
    }
    parts
}

/// The planned work, by whom on what.
fn booked(made: &Made) -> HashMap<Place, Vec<WhyRow>> {
    let production = &made.production;
    let timeline = production.timeline();
    let mut lines: HashMap<Place, Vec<WhyRow>> = HashMap::new();
    let mut places: HashMap<(Place, usize, Option<usize>, &str), usize> = HashMap::new();
    for posting in &made.forecast.ledger {
        let kind = match posting.kind {
            PostingKind::Labour => "labour",
            PostingKind::Overtime => "overtime",
            _ => continue,
        };
        let (Some(department), Some(task)) = (posting.department, posting.task) else { continue };
        let week = timeline.week(timeline.day(posting.date));
        let place = (department, week);
        let key = (place, task.index(), posting.person.map(Id::index), kind);
        let list = lines.entry(place).or_default();
        match places.get(&key) {
            Some(&at) => list[at].minutes += posting.minutes,
            None => {
                places.insert(key, list.len());
                let who = posting.person.map(|person| production.people[person].code.clone());
                list.push(WhyRow {
                    task: production.tasks[task].code.clone(),
                    who: who.unwrap_or_default(),
                    minutes: posting.minutes,
                    amount: None,
                    ..WhyRow::new(kind, timeline.monday(week), 0)
                });
            }
        }
    }
    lines
}
