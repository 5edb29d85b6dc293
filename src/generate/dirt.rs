//! Dirt: the little that is wrong in every tracker, to be found by the checks.

use super::days::{DAY_MINUTES, plus};
use super::draft::Draft;
use super::draws::{Draws, Topic};
use crate::model::*;

/// Shares of tasks without a bid, tasks with a stale status, shots with a wrong due date, and time
/// logs of people who were not booked.
const MISSING_BIDS: f64 = 0.02;
const STALE_STATUSES: f64 = 0.01;
const WRONG_DUES: f64 = 0.005;
const UNBOOKED_LOGS: f64 = 0.01;

/// Spoils the data, and nothing but these four things.
pub(super) fn spoil(draft: &mut Draft) {
    let as_of = draft.production.settings.as_of;
    let production = &mut draft.production;
    let seed = draft.recipe.seed;
    let tasks = production.tasks.len();
    for index in chosen(seed, 0, tasks, MISSING_BIDS) {
        let id = TaskId::new(index);
        let class = production.class_of(production.tasks[id].entity);
        let department = production.tasks[id].department;
        let usual = usual_bid(&production.departments[department].code, class, DAY_MINUTES);
        // As a reader would find it: no bid in the file, the usual one in its place.
        let task = &mut production.tasks[id];
        if task.estimate == task.bid {
            task.estimate = usual;
        }
        task.bid = usual;
        task.bid_assumed = true;
        *production.assumed.entry("task.bid".to_owned()).or_default() += 1;
    }
    for index in chosen(seed, 1, tasks, STALE_STATUSES) {
        let task = &mut production.tasks[TaskId::new(index)];
        if task.status != Status::Omit {
            // Somebody is done or has not begun, and the tracker says wip since weeks ago.
            task.status = Status::Wip;
            task.remaining = None;
            task.updated = Some(plus(as_of, -20));
        }
    }
    for index in chosen(seed, 2, production.shots.len(), WRONG_DUES) {
        let shot = &mut production.shots[ShotId::new(index)];
        if let Some(turnover) = shot.turnover {
            shot.due = Some(plus(turnover, -7));
        }
    }
    let logs = production.time_logs.len();
    if logs > 0 {
        for index in chosen(seed, 3, logs, UNBOOKED_LOGS) {
            let date = production.time_logs[index].date;
            let away = production.people.enumerate().find(|(_, person)| {
                let is_booked = |b: &Booking| b.is_usable() && b.from <= date && date <= b.to;
                !person.bookings.is_empty() && !person.bookings.iter().any(is_booked)
            });
            if let Some((person, _)) = away {
                production.time_logs[index].person = person;
            }
        }
    }
}

/// A share of `count` rows, at least one where there are any.
fn chosen(seed: u64, kind: u64, count: usize, share: f64) -> Vec<usize> {
    let mut draws = Draws::new(seed, Topic::Dirt, kind);
    let wanted = ((count as f64 * share).round() as usize).max(1).min(count);
    let mut rows: Vec<usize> = (0..count).collect();
    for place in 0..wanted {
        let other = place + draws.below(count - place);
        rows.swap(place, other);
    }
    rows.truncate(wanted);
    rows.sort_unstable();
    rows
}
