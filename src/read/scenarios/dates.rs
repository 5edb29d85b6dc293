//! Edits of dates: milestones, due dates, turnovers, reviews.

use super::cells::Cells;
use super::scope::{scope, sequences, shots, shows};
use crate::model::*;
use crate::scenario::{Change, Shift, working_days_later};

/// Working days one way or the other that still make sense.
const MOST_DAYS: i64 = 1_000;

/// By days, or to a date.
fn shift(cells: &mut Cells<'_, '_>) -> Option<Shift> {
    match cells.one_of(&["days", "date"])? {
        "days" => cells.whole("days", -MOST_DAYS, MOST_DAYS).map(Shift::By),
        _ => cells.date("date").map(Shift::To),
    }
}

pub(super) fn move_date(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    let which = cells.one_of(&["milestone", "sequence", "shots"]);
    let hard = cells.flag("hard");
    let shift = match which? {
        // Only harder or softer.
        "milestone" if hard.is_some() && !cells.has("days") && !cells.has("date") => Shift::By(0),
        _ => shift(cells)?,
    };
    if which? != "milestone" {
        if hard.is_some() {
            let message = "only milestones are hard".to_owned();
            cells.fail("S12", "hard", message, "move the milestone of this work");
        }
        let of = match which? {
            "sequence" => {
                let all = cells.refer_all("sequence", "sequence", &sequences(production))?;
                let own = |id: &ShotId| all.contains(&production.shots[*id].sequence);
                production.shots.ids().filter(own).collect()
            }
            _ => cells.refer_all("shots", "shot", &shots(production))?,
        };
        let due = |id: &&ShotId| production.shots[**id].due.is_some();
        if matches!(shift, Shift::By(_)) && !of.is_empty() && of.iter().filter(due).count() == 0 {
            let message = "none of these shots has a due date".to_owned();
            cells.fail("S12", "days", message, "write a `date` instead");
        }
        let entities = of.into_iter().map(Entity::Shot).collect();
        return Some(vec![Change::MoveDue { entities, shift }]);
    }
    let show = cells.refer("show", "show", &shows(production));
    let known: Vec<(MilestoneId, &str, &str)> = production
        .milestones
        .enumerate()
        .filter(|(_, row)| show.is_none_or(|show| row.show == show))
        .map(|(id, row)| (id, &*row.code, &*row.name))
        .collect();
    let milestone = cells.refer("milestone", "milestone", &known)?;
    let row = &production.milestones[milestone];
    let date = match shift {
        Shift::By(days) => working_days_later(production, row.show, row.date, days),
        Shift::To(date) => date,
    };
    if date < production.settings.as_of && row.date >= production.settings.as_of {
        let message = format!("{date} is before the day of the plan");
        cells.fail("S06", "days", message, "move it by fewer days");
    }
    Some(vec![Change::MoveDate { milestone, date, hard: hard.unwrap_or(row.hard) }])
}

pub(super) fn slip_turnover(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    let shift = shift(cells);
    let scope = scope(cells, true)?;
    let shift = shift?;
    let as_of = production.settings.as_of;
    let open = |shot: &ShotId| {
        let row = &production.shots[*shot];
        let turnover = row.turnover.max(production.sequences[row.sequence].turnover);
        turnover.is_none_or(|date| date >= as_of)
    };
    let shots = scope.shots();
    if !shots.iter().any(open) {
        let message = "all of this has been turned over before the day of the plan".to_owned();
        cells.fail(
            "S12",
            "days",
            message,
            "leave the edit out, or name work that is still to come",
        );
        return None;
    }
    Some(vec![Change::SlipTurnover { sequences: scope.sequences, shots, shift }])
}

pub(super) fn client_lag(cells: &mut Cells<'_, '_>) -> Option<Vec<Change>> {
    let production = cells.production;
    cells.needed("days");
    let day = i64::from(production.settings.slots_per_day.max(1));
    let slots = cells.slots("days", day);
    let scope = scope(cells, false)?;
    let slots = slots?;
    let mut has_more: Keyed<TaskId, bool> = Keyed::filled(false, production.tasks.len());
    for edge in &production.dependencies {
        if production.tasks[edge.from].entity == production.tasks[edge.to].entity {
            has_more[edge.from] = true;
        }
    }
    let seen = |task: &TaskId| production.is_open(*task) && (scope.by_task || !has_more[*task]);
    let tasks: Vec<TaskId> = scope.tasks.iter().copied().filter(seen).collect();
    Some(vec![Change::Review { tasks, slots }])
}
