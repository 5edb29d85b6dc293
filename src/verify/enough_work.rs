//! Rule 3: each part has the time that it needs, and no slot more.

use super::case::Case;
use super::setup::Settling;
use super::verdict::{Rule, Violation};
use crate::model::{Id, TaskId};

/// Speed of a person on a task: what one share slot does, and the scale it is in.
///
/// Work of `minutes` needs `minutes × SCALE × S ÷ speed` share slots, with the speed
/// `day length × level × productive share`.
pub(super) const SCALE: u128 = 10_000_000_000;

/// `D × l × q`: minutes of a day × level × productive share, in thousandths each.
pub(super) fn speed(case: &Case<'_>, day_minutes: i64, level: i64) -> u128 {
    let positive = |value: i64| value.max(0) as u128;
    positive(day_minutes) * positive(level) * positive(case.production.settings.productive)
}

/// Share slots that `work` minutes need, rounded up; `None` if they are never done.
pub(super) fn need(case: &Case<'_>, work: i64, speed: u128) -> Option<u128> {
    let wanted = work.max(0) as u128 * SCALE * u128::from(case.clock.per_day);
    wanted.checked_add(speed.checked_sub(1)?).map(|sum| sum / speed)
}

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    let (per_day, clock) = (case.clock.per_day, &case.clock);
    let settling = Settling::new(case);
    for (row, part) in case.parts.iter().enumerate().filter(|(_, part)| part.sound) {
        let Some(person) = part.person().filter(|_| is_artist_work(case, part.task)) else {
            continue;
        };
        // Somebody who cannot do the task is judged by rule 7.
        let Some(level) = case.production.level_for(person, part.task) else { continue };
        let name = case.person(person);
        let mut say = |message: String| {
            found.push(case.on_task(Rule::EnoughWork, part.task, Some(person), message));
        };
        let Some(lane) = case.lane(part) else {
            let show = &case.production.shows[case.show_of(part.task)].code;
            say(format!("{name} is not booked on {show}"));
            continue;
        };
        let time = lane.full();
        for segment in part.segments {
            let (first, last) = (segment.start.0, segment.end.0 - 1);
            if time.at(first, per_day) == 0 {
                let date = clock.start_date(first);
                say(format!("begins on {date}, a day on which {name} does not work on it"));
            }
            if time.at(last, per_day) == 0 {
                let date = clock.start_date(last);
                say(format!("ends on {date}, a day on which {name} does not work on it"));
            }
        }
        let day_minutes = case.people[person.index()].day_minutes;
        let work = case.part_work(part.task, case.parts_of(part.task).len());
        let Some(work) = need(case, work, speed(case, day_minutes, level)) else {
            say(format!("{name} makes no headway at level {level}"));
            continue;
        };
        let sum = |start, end| u128::from(time.sum(start, end, per_day));
        let has: u128 = part.segments.iter().map(|s| sum(s.start.0, s.end.0)).sum();
        let last = sum(part.end() - 1, part.end());
        let days = |share_slots| clock.days_words(share_slots);
        let choices = settling.as_ref().map_or([0; 3], |all| all.choices(case, row, person));
        let fits = |setup: u128| has >= work + setup && (last == 0 || has - last < work + setup);
        if choices.into_iter().any(fits) {
            continue;
        }
        let need = work + choices[0];
        if has < need {
            say(format!("{name} has {} days for it and needs {}", days(has), days(need)));
        } else if last > 0 && has - last >= need {
            say(format!("{name} has {} days for it and needs only {}", days(has), days(need)));
        }
    }
}

/// Whether a task is for our people and has work left.
pub(super) fn is_artist_work(case: &Case<'_>, task: TaskId) -> bool {
    case.production.tasks[task].vendor.is_none() && case.production.work_left(task) > 0
}
