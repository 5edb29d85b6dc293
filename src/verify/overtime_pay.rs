//! What overtime costs, for each person and the weeks that are paid together ("Overtime pay" in `docs/rules.md`).

use super::case::{Case, OvertimeWeek};
use super::days_off;
use super::overtime::{MINUTE, days_of, overtime_minutes};
use crate::model::{Cents, Id, OvertimePolicy, round_half_even};
use std::ops::Range;

/// Pay of all overtime: minutes and their premium at the day's cost, rounded once a week.
///
/// An hour that both the daily and the weekly rule reach is paid once: the larger premium of the
/// weeks that are paid together counts. What the base alone would bring is not paid here: it is not overtime.
pub(super) fn overtime_pay(case: &Case<'_>) -> Cents {
    let together = |week: &OvertimeWeek| {
        let first = week.days.first().map_or(0, |&(day, _)| day);
        (week.person, case.production.paid_together(week.person, case.clock.date(first)))
    };
    let spans = case.overtime.chunk_by(|a, b| together(a) == together(b));
    spans
        .filter_map(|span| {
            let (_, (monday, weeks)) = together(span.first()?);
            let first = case.clock.offset(monday).max(0) as u32;
            Some(pay_of_span(case, span, first..first.saturating_add(7 * weeks as u32)))
        })
        .sum()
}

/// Pay of the overtime of a person in weeks that are paid together, with the days of all these weeks.
fn pay_of_span(case: &Case<'_>, span: &[OvertimeWeek], days: Range<u32>) -> Cents {
    let person = span[0].person;
    let Some(&(first, _)) = span[0].days.first() else { return Cents::ZERO };
    let policy = case.policy(person, first);
    if policy.exempt {
        return Cents::ZERO;
    }
    let time = &case.people[person.index()];
    let weeks = i128::from(days.len() as u32 / 7).max(1);
    let (mut base, mut base_daily) = (0, 0);
    for day in days.start..days.end.min(case.clock.days()) {
        base += time.base_time(day);
        base_daily += on_day(&policy, time.base_time(day), 10_000);
    }
    let (mut extra, mut total_daily) = (0, base_daily);
    for week in span {
        let least = days_off::multiples(case, week, &policy);
        for (day, least) in days_of(case, week).zip(least) {
            let own = week.days.iter().find(|&&(own, _)| own == day).map_or(0, |&(_, more)| more);
            let with = time.base_time(day) + i128::from(own) * MINUTE;
            total_daily += on_day(&policy, with, least);
            total_daily -= on_day(&policy, time.base_time(day), 10_000);
        }
        extra += i128::from(overtime_minutes(week));
    }
    if extra == 0 {
        return Cents::ZERO;
    }
    let weekly = |time: i128| {
        policy.weekly.map_or(0, |(from, multiplier)| {
            let beyond = (time - weeks * i128::from(from) * MINUTE).max(0);
            beyond * i128::from(multiplier - 10_000)
        })
    };
    let with = total_daily.max(weekly(base + extra * MINUTE));
    let premium = (with - base_daily.max(weekly(base))).max(0);
    let day = i128::from(time.day_minutes) * MINUTE * 10_000;
    span.iter()
        .map(|week| {
            let own = i128::from(overtime_minutes(week));
            let date = case.clock.date(week.days.first().map_or(first, |&(day, _)| day));
            let cost = i128::from(case.production.day_cost(person, date).0);
            // Each hour of overtime bears the same part of the premium.
            let minutes = (extra * MINUTE * 10_000).saturating_add(premium);
            Cents(round_half_even(cost.saturating_mul(own).saturating_mul(minutes), day * extra))
        })
        .sum()
}

/// Premium of a day of `total` ten-thousandths of a minute that is paid at least `least` basis points, in
/// hundred-millionths of a minute.
fn on_day(policy: &OvertimePolicy, total: i128, least: i64) -> i128 {
    if least > 10_000 {
        return on_day_off(policy, total, least);
    }
    let mut premium = 0;
    for (index, &(from, multiplier)) in policy.daily.iter().enumerate() {
        let next = policy.daily.get(index + 1);
        let upto = next.map_or(total, |&(next, _)| total.min(i128::from(next) * MINUTE));
        let inside = (upto - i128::from(from) * MINUTE).max(0);
        premium += inside * i128::from(multiplier - 10_000);
    }
    premium
}

/// Premium of a day off that is paid `least` times from its first minute on: from tier to tier the higher
/// of the two.
fn on_day_off(policy: &OvertimePolicy, total: i128, least: i64) -> i128 {
    let mut edges: Vec<(i128, i64)> = vec![(0, 10_000)];
    edges.extend(policy.daily.iter().map(|&(from, times)| (i128::from(from) * MINUTE, times)));
    let ends = edges.iter().skip(1).map(|&(from, _)| from).chain([i128::MAX]);
    edges
        .iter()
        .zip(ends)
        .map(|(&(from, times), end)| {
            (total.min(end) - from).max(0) * i128::from(times.max(least) - 10_000)
        })
        .sum()
}
