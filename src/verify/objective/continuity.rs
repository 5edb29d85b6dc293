//! Component 6: more artists on a sequence than its work needs.

use crate::model::Cents;
use crate::verify::case::Case;

/// Bid days of work that are enough for one artist.
const DAYS_EACH: i64 = 20;

pub(super) fn cost(case: &Case<'_>, mean: Cents) -> Cents {
    let production = case.production;
    let each = DAYS_EACH * production.bid_day_minutes().max(1);
    let mut work = Vec::with_capacity(case.parts.len());
    for (part, person) in case.worked_parts() {
        let task = &production.tasks[part.task];
        if let Some(sequence) = production.sequence_of(task.entity) {
            work.push(((sequence, task.department), part.task, person));
        }
    }
    work.sort_unstable();
    let mut artists = Vec::new();
    let mut cost = Cents::ZERO;
    for group in work.chunk_by(|one, other| one.0 == other.0) {
        artists.clear();
        artists.extend(group.iter().map(|&(_, _, person)| person));
        artists.sort_unstable();
        artists.dedup();
        let minutes: i64 = group
            .chunk_by(|one, other| one.1 == other.1)
            .map(|task| production.work_left(task[0].1))
            .fold(0, i64::saturating_add);
        let needed = minutes / each + i64::from(minutes % each > 0);
        let extra = (artists.len() as i64 - needed).max(0);
        cost += mean.times(extra, 4);
    }
    cost
}
