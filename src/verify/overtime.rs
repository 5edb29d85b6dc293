//! Rule 15: overtime is allowed, possible, and within its caps.

use super::case::{Case, OvertimeWeek};
use super::verdict::{Rule, Violation};
use super::{days_off, long_weeks};
use crate::model::{Id, Mode, OvertimePolicy};

/// Most minutes of work in a week with overtime, whatever the policy allows: so that they keep an average of 48
/// hours, and with those who do not have to.
const WEEK: i64 = 48 * 60;
const WEEK_OPTED_OUT: i64 = 60 * 60;

/// Most minutes of work in a day with overtime, whatever the policy allows: eleven hours of rest are left
/// before a day like it.
const LONGEST_DAY: i64 = 13 * 60;

/// Minutes in the unit of [`super::shares::PersonTime::base_time`].
pub(super) const MINUTE: i128 = 10_000;

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    let mut entries: Vec<_> = case
        .plan
        .overtime
        .iter()
        .filter(|row| case.production.people.get(row.person).is_some())
        .filter(|row| row.day.0 < case.clock.days())
        .collect();
    entries.sort_unstable();
    for (index, entry) in entries.iter().enumerate() {
        let person = entry.person;
        let (name, date) = (case.person(person), case.clock.date(entry.day.0));
        let mut say = |message: String| found.push(case.on_person(Rule::Overtime, person, message));
        if case.production.settings.mode == Mode::NoOvertime {
            say(format!("{name} has overtime on {date}; the mode is no-overtime"));
        }
        if case.production.overtime_on(person, date).is_none() {
            let then = if case.production.may_work_overtime(person) { " then" } else { "" };
            say(format!("{name} has overtime on {date} and does not do any{then}"));
        }
        if entry.minutes == 0 {
            say(format!("{name} has overtime of 0 minutes on {date}"));
        }
        if entry.worth > entry.minutes {
            let (worth, minutes) = (entry.worth, entry.minutes);
            say(format!("{name} does {worth} minutes of work in {minutes} of overtime on {date}"));
        }
        if index > 0 && (entries[index - 1].person, entries[index - 1].day) == (person, entry.day) {
            say(format!("{name} has overtime on {date} more than once"));
        }
        let time = &case.people[person.index()];
        if days_off::kind(case, person, entry.day.0).is_some() {
            if let Some(why) = days_off::objection(case, person, entry.day.0, entry.minutes) {
                say(format!("{name} has overtime on {date}, but {why}"));
            }
        } else if time.only_lane(entry.day.0).is_none() {
            let why = if time.base_time(entry.day.0) == 0 {
                "does not work that day"
            } else {
                "shares the day between shows"
            };
            say(format!("{name} has overtime on {date}, but {why}"));
        }
    }
    let places = long_weeks::places_in_row(case);
    for (week, place) in case.overtime.iter().zip(places) {
        // What too long a week is worth is no matter.
        if caps(case, week, found) {
            long_weeks::judge(case, week, place, found);
        }
    }
}

/// Whether a week is no longer than it may be.
fn caps(case: &Case<'_>, week: &OvertimeWeek, found: &mut Vec<Violation>) -> bool {
    let Some(&(first, _)) = week.days.first() else { return true };
    let most = |policy: &OvertimePolicy| {
        let legal = match case.production.people[week.person].opted_out {
            true => policy.cap_opted_out_minutes.clamp(WEEK, WEEK_OPTED_OUT),
            false => WEEK,
        };
        legal.min(policy.cap_week_minutes)
    };
    let mut week_cap = most(&case.policy(week.person, first));
    let time = &case.people[week.person.index()];
    let name = case.person(week.person);
    let mut say =
        |message: String| found.push(case.on_person(Rule::Overtime, week.person, message));
    for &(day, minutes) in &week.days {
        let total = time.base_time(day) + i128::from(minutes) * MINUTE;
        let of_day = case.policy(week.person, day);
        let cap = of_day.cap_day_minutes.min(LONGEST_DAY);
        week_cap = week_cap.min(most(&of_day));
        if total > i128::from(cap) * MINUTE {
            let (total, date) = (total / MINUTE, case.clock.date(day));
            say(format!("{name} works {total} minutes on {date}; the cap of a day is {cap}"));
        }
    }
    let is_off = |day: &(u32, i64)| days_off::kind(case, week.person, day.0).is_some();
    if let Some(&(day, _)) = week.days.iter().find(|day| is_off(day)) {
        let (worked, most) =
            (days_off::days_worked(case, week), case.policy(week.person, day).days_a_week);
        if worked > most {
            let monday = case.clock.date(week.week * 7);
            say(format!(
                "{name} works {worked} days in the week of {monday}; at most {most} may be"
            ));
        }
    }
    let cap = week_cap;
    let total = total_time(case, week);
    let is_within = total <= i128::from(cap) * MINUTE;
    if !is_within {
        let (total, monday) = (total / MINUTE, case.clock.date(week.week * 7));
        say(format!(
            "{name} works {total} minutes in the week of {monday}; the cap of a week is {cap}"
        ));
    }
    is_within
}

/// Days of the timeline in a week.
pub(super) fn days_of(case: &Case<'_>, week: &OvertimeWeek) -> std::ops::Range<u32> {
    let monday = week.week * 7;
    monday..(monday + 7).min(case.clock.days())
}

/// Base and overtime of a week, in ten-thousandths of a minute.
pub(super) fn total_time(case: &Case<'_>, week: &OvertimeWeek) -> i128 {
    let time = &case.people[week.person.index()];
    let base: i128 = days_of(case, week).map(|day| time.base_time(day)).sum();
    base + i128::from(overtime_minutes(week)) * MINUTE
}

/// Overtime of a week, in minutes.
pub(super) fn overtime_minutes(week: &OvertimeWeek) -> i64 {
    week.days.iter().map(|&(_, minutes)| minutes).fold(0, i64::saturating_add)
}
