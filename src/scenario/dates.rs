//! When things are due, and when they may begin.

use super::Shift;
use crate::model::*;
use jiff::civil::Date;

/// `date` so many working days of a show later, earlier if below 0. With 0 it stays, worked or not.
///
/// ```
/// use jiff::civil::date;
/// use shotplan::model::*;
/// use shotplan::scenario::working_days_later;
/// let mut studio = Production::new("spot", date(2027, 1, 4), date(2027, 2, 26));
/// let show = studio.shows.push(Show::new("spot", CalendarId::new(0)));
/// let friday = date(2027, 1, 8);
/// assert_eq!(working_days_later(&studio, show, friday, 1), date(2027, 1, 11));
/// assert_eq!(working_days_later(&studio, show, friday, -5), date(2027, 1, 1));
/// ```
pub fn working_days_later(production: &Production, show: ShowId, date: Date, days: i64) -> Date {
    let calendar = &production.calendars[production.shows[show].calendar];
    let step = jiff::Span::new().days(days.signum());
    let (mut at, mut left) = (date, days.unsigned_abs());
    // A calendar without working days ends the search.
    for _ in 0..20_000 {
        if left == 0 {
            break;
        }
        at = at.saturating_add(step);
        left -= u64::from(calendar.is_worked(at));
    }
    at
}

fn shifted(production: &Production, show: ShowId, date: Date, shift: Shift) -> Date {
    match shift {
        Shift::By(days) => working_days_later(production, show, date, days),
        Shift::To(date) => date,
    }
}

/// Shots and assets are due at another time. Where nothing was due a shift by days changes nothing.
pub(super) fn move_due(changed: &mut Production, entities: &[Entity], shift: Shift) {
    for &entity in entities {
        let show = changed.show_of(entity);
        let due = match entity {
            Entity::Shot(shot) => changed.shots[shot].due,
            Entity::Asset(asset) => changed.assets[asset].due,
            Entity::Sequence(_) | Entity::Show(_) => continue,
        };
        let moved = match (due, shift) {
            (Some(due), _) => Some(shifted(changed, show, due, shift)),
            (None, Shift::To(date)) => Some(date),
            (None, Shift::By(_)) => None,
        };
        match entity {
            Entity::Shot(shot) => changed.shots[shot].due = moved,
            Entity::Asset(asset) => changed.assets[asset].due = moved,
            Entity::Sequence(_) | Entity::Show(_) => {}
        }
    }
}

/// Work may begin later. A turnover before the day of the plan has happened and stays; one that is not
/// known is on the day of the plan.
pub(super) fn slip_turnover(
    changed: &mut Production,
    sequences: &[SequenceId],
    shots: &[ShotId],
    shift: Shift,
) {
    let as_of = changed.settings.as_of;
    // What shots waited for before their sequences move along.
    let own = |production: &Production, shot: ShotId| {
        let row = &production.shots[shot];
        row.turnover.max(production.sequences[row.sequence].turnover)
    };
    let before: Vec<Option<Date>> = shots.iter().map(|&shot| own(changed, shot)).collect();
    for &id in sequences {
        let turnover = changed.sequences[id].turnover;
        if turnover.is_none_or(|date| date >= as_of) {
            let show = changed.sequences[id].show;
            let moved = shifted(changed, show, turnover.unwrap_or(as_of), shift);
            changed.sequences[id].turnover = Some(moved);
        }
    }
    for (&id, turnover) in shots.iter().zip(before) {
        if turnover.is_none_or(|date| date >= as_of) {
            let show = changed.show_of(Entity::Shot(id));
            let moved = shifted(changed, show, turnover.unwrap_or(as_of), shift);
            changed.shots[id].turnover = Some(moved);
        }
    }
}

/// Reviews take so many slots more.
pub(super) fn review(changed: &mut Production, tasks: &[TaskId], slots: i64) {
    for task in tasks {
        let review = &mut changed.tasks[*task].review;
        *review = (i64::from(*review) + slots).clamp(0, 100_000) as u32;
    }
}
