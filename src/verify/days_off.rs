//! Work on days on which the site does not work: who may be asked, on which lane, and what it is paid
//! at least (rule 15 and "Overtime pay" in `docs/rules.md`).

use super::case::{Case, OvertimeWeek};
use super::overtime::days_of;
use super::shares::LaneTime;
use crate::model::{DaysOff, Id, OvertimePolicy, Person, PersonId};
use jiff::civil::Date;

/// What kind of day off a day is for a person; `None` on a day on which their site works.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Weekend,
    Holiday,
}

pub(super) fn kind(case: &Case<'_>, person: PersonId, day: u32) -> Option<Kind> {
    let site = case.production.people[person].site;
    if case.sites[site.index()].get(day as usize).copied().unwrap_or(true) {
        return None;
    }
    let site = &case.production.sites[site];
    let is_of_week = case.production.calendars[site.calendar].workdays[day as usize % 7];
    let is_holiday = is_of_week || site.holidays.contains(&case.clock.date(day));
    Some(if is_holiday { Kind::Holiday } else { Kind::Weekend })
}

/// The lane that has the day where the site is off: the only one there is, or the only one that is booked.
pub(super) fn lane(person: &Person, lanes: &[LaneTime], date: Date) -> Option<usize> {
    let is_booked = |lane: &LaneTime| {
        let Some(show) = lane.show else { return true };
        person.bookings.iter().any(|row| {
            row.is_usable()
                && row.show == show
                && row.share > 0
                && (row.from..=row.to).contains(&date)
        })
    };
    let mut booked = (0..lanes.len()).filter(|&lane| is_booked(&lanes[lane]));
    let only = booked.next()?;
    booked.next().is_none().then_some(only)
}

/// Why a person cannot be asked to work on a day off; `None` where they can.
pub(super) fn objection(
    case: &Case<'_>,
    person: PersonId,
    day: u32,
    minutes: u32,
) -> Option<String> {
    let (row, date) = (&case.production.people[person], case.clock.date(day));
    let time = &case.people[person.index()];
    let policy = case.policy(person, day);
    let may = match (kind(case, person, day), policy.days_off) {
        (None, _) | (_, DaysOff::All) => true,
        (Some(Kind::Weekend), DaysOff::Weekends) => true,
        (Some(_), _) => false,
    };
    if !may {
        return Some("does not work that day".to_owned());
    }
    if date < case.production.settings.as_of {
        return Some("that is before the day of the plan".to_owned());
    }
    if !(row.contracts.is_empty() || row.contracts.iter().any(|contract| contract.covers(date))) {
        return Some("has no contract then".to_owned());
    }
    let is_away = |from: Date, to: Date| from <= date && date <= to;
    if row.leave.iter().any(|row| row.approved && row.share > 0 && is_away(row.from, row.to)) {
        return Some("is away that day".to_owned());
    }
    if row.capacity <= 0 || row.lead_share >= 10_000 || lane(row, &time.lanes, date).is_none() {
        return Some("has no show, or more than one, that could have the day".to_owned());
    }
    let monday = day - day % 7;
    let base: i128 =
        (monday..(monday + 7).min(case.clock.days())).map(|day| time.base_time(day)).sum();
    if base == 0 {
        return Some("works on no other day of that week".to_owned());
    }
    let most = policy.cap_day_off_minutes;
    (i64::from(minutes) > most)
        .then(|| format!("at most {most} minutes may be worked on a day off"))
}

/// Days with work in a week: those of the site that have gone by, those with a share, those with overtime.
pub(super) fn days_worked(case: &Case<'_>, week: &OvertimeWeek) -> i64 {
    let time = &case.people[week.person.index()];
    let site = case.production.people[week.person].site.index();
    let as_of = case.clock.offset(case.production.settings.as_of);
    let is_worked = |day: &u32| {
        (i64::from(*day) < as_of && case.sites[site][*day as usize])
            || time.base_time(*day) > 0
            || week.days.iter().any(|&(own, _)| own == *day)
    };
    days_of(case, week).filter(is_worked).count() as i64
}

/// What the overtime days of a week are paid at least from their first minute on, in basis points.
pub(super) fn multiples(case: &Case<'_>, week: &OvertimeWeek, policy: &OvertimePolicy) -> Vec<i64> {
    let site = &case.production.sites[case.production.people[week.person].site];
    let calendar = &case.production.calendars[site.calendar];
    let monday = case.clock.date(week.week * 7);
    let mut number = 0;
    for day in 0..7 {
        let date = monday.saturating_add(jiff::Span::new().days(day));
        number += i64::from(calendar.workdays[day as usize] || calendar.is_worked(date));
    }
    let mut days: Vec<u32> = week.days.iter().map(|&(day, _)| day).collect();
    days.sort_unstable();
    days.dedup();
    let mut multiples = vec![10_000; 7];
    for day in days {
        multiples[day as usize % 7] = match kind(case, week.person, day) {
            None => 10_000,
            Some(Kind::Holiday) => policy.holiday,
            Some(Kind::Weekend) => {
                number += 1;
                match number {
                    ..=5 => 10_000,
                    6 => policy.sixth_day,
                    7.. => policy.seventh_day,
                }
            }
        };
    }
    multiples
}
