//! Rule 15: overtime does no more work than the hours of so long a week are worth; and how many heavy weeks
//! follow each other.

use super::case::{Case, OvertimeWeek};
use super::overtime::{MINUTE, overtime_minutes, total_time};
use super::verdict::{Rule, Violation};

/// For each week with overtime, its place in a row of heavy ones; 0 where it is not heavy.
pub(super) fn places_in_row(case: &Case<'_>) -> Vec<usize> {
    let heavy = i128::from(case.production.settings.productivity.heavy) * MINUTE;
    let mut places: Vec<usize> = Vec::with_capacity(case.overtime.len());
    for (index, week) in case.overtime.iter().enumerate() {
        let follows = index.checked_sub(1).filter(|&before| {
            let last = &case.overtime[before];
            last.person == week.person && last.week + 1 == week.week
        });
        let before = follows.map_or(0, |before| places[before]);
        places.push(if total_time(case, week) > heavy { before + 1 } else { 0 });
    }
    places
}

/// Judges what the overtime of a week does that is at `place` in a row of heavy ones.
pub(super) fn judge(
    case: &Case<'_>,
    week: &OvertimeWeek,
    place: usize,
    found: &mut Vec<Violation>,
) {
    let done: i128 = week.worth.into();
    let time = total_time(case, week);
    let extra: i128 = overtime_minutes(week).into();
    let most = worth_of(case, time, place) - worth_of(case, time - extra * MINUTE, 0);
    // Both are in ten-thousandths of basis points of basis points of a minute.
    let most = most.max(0) / (MINUTE * 10_000 * 10_000);
    if done > most {
        let (name, monday) = (case.person(week.person), case.clock.date(week.week * 7));
        let message = format!(
            "{name} does {done} minutes of work in {extra} of overtime in the week of {monday}; in \
             a week as long as that they are worth {most}"
        );
        found.push(case.on_person(Rule::Overtime, week.person, message));
    }
}

/// What the first `time` of a week is worth that is at `place` in a row of heavy ones.
fn worth_of(case: &Case<'_>, time: i128, place: usize) -> i128 {
    let curve = &case.production.settings.productivity;
    let (mut left, mut done, mut worth) = (time.max(0), 0, 0);
    for &(to, points) in &curve.steps {
        let here = left.min((i128::from(to) * MINUTE - done).max(0));
        worth += here * i128::from(points);
        left -= here;
        done += here;
    }
    let tired = place.saturating_sub(curve.patience);
    let points = match tired {
        0 => 10_000,
        _ => *curve.fatigue.get(tired - 1).or(curve.fatigue.last()).unwrap_or(&10_000),
    };
    worth * i128::from(points)
}
