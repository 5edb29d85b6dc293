//! Rule 6: work is interrupted only where it may be, and not into crumbs.

use super::case::{Case, Part};
use super::enough_work::{SCALE, is_artist_work, speed};
use super::verdict::{Rule, Violation};
use crate::model::{Id, PersonId};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    for (part, person) in case.worked_parts() {
        if !is_artist_work(case, part.task) {
            continue;
        }
        let message = if case.production.tasks[part.task].splittable {
            too_small(case, part, person)
        } else {
            interrupted(case, part, person)
        };
        if let Some(message) = message {
            found.push(case.on_task(Rule::Splits, part.task, Some(person), message));
        }
    }
}

/// Where a task that may not be split is interrupted.
fn interrupted(case: &Case<'_>, part: &Part<'_>, person: PersonId) -> Option<String> {
    let [only] = part.segments else {
        return Some(format!("is worked in {} runs and may not be split", part.segments.len()));
    };
    let time = case.lane(part)?.full();
    let open = &case.sites[case.production.people[person].site.index()];
    let per_day = case.clock.per_day;
    let (first, last) = (only.start.0 / per_day, (only.end.0 - 1) / per_day);
    // Days without a share at its two ends are rule 3's.
    let away =
        (first + 1..last).find(|&day| open[day as usize] && time.share[day as usize] == 0)?;
    let (name, date) = (case.person(person), case.clock.date(away));
    Some(format!("may not be split, but {name} does not work on {date}"))
}

/// The first run but the last that does too little.
fn too_small(case: &Case<'_>, part: &Part<'_>, person: PersonId) -> Option<String> {
    let (_, runs) = part.segments.split_last()?;
    if runs.is_empty() {
        return None;
    }
    let level = case.production.level_for(person, part.task)?;
    let time = case.lane(part)?.full();
    let per_day = case.clock.per_day;
    let speed = speed(case, case.people[person.index()].day_minutes, level);
    let work = case.part_work(part.task, case.parts_of(part.task).len());
    let smallest = case.production.tasks[part.task].min_chunk.min(work);
    let wanted = smallest.max(0) as u128 * SCALE * u128::from(per_day);
    let run = runs.iter().find(|run| {
        let done = u128::from(time.sum(run.start.0, run.end.0, per_day));
        done.saturating_mul(speed) < wanted
    })?;
    let date = case.clock.start_date(run.start.0);
    Some(format!("does less than {smallest} minutes in the run that begins on {date}"))
}
